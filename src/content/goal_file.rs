//! goals/N-ID.md to [`Goal`].

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use crate::content::document::Document;
use crate::content::engagement_file::words;
use crate::content::front_matter::FrontMatter;
use crate::content::people::People;
use crate::content::prose;
use crate::content::prose::Mentions;
use crate::content::prose::Surroundings;
use crate::content::value::Day;
use crate::content::value::Text;
use crate::content::value::table;
use crate::content::value::tables;
use crate::diagnostic::Diagnostic;
use crate::engagement::audience::Audience;
use crate::engagement::audience::Guarded;
use crate::engagement::audience::Part;
use crate::engagement::goal::Action;
use crate::engagement::goal::Goal;
use crate::engagement::goal::Support;
use crate::engagement::goal::Wording;
use crate::engagement::id::GoalId;
use crate::engagement::id::StakeholderId;
use crate::engagement::stakeholder::Role;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GoalFile {
    title: Text,
    alias: Option<Text>,
    statement: Option<Text>,
    behaviour: Option<Text>,
    #[serde(default)]
    good: Vec<Spanned<Text>>,
    supporters: Option<Vec<Spanned<String>>>,
    #[serde(default, deserialize_with = "table")]
    share: GoalShare,
    #[serde(default, deserialize_with = "tables")]
    action: Vec<ActionTable>,
    #[serde(default, deserialize_with = "tables")]
    support: Vec<SupportTable>,
}

/// `share` of a goal: it replaces the engagement's, part by part.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct GoalShare {
    goals: Option<Vec<Spanned<String>>>,
    actions: Option<Vec<Spanned<String>>>,
    progress: Option<Vec<Spanned<String>>>,
    groups: Option<Vec<Spanned<String>>>,
    #[serde(rename = "self")]
    own: Option<Vec<Spanned<String>>>,
    themes: Option<Vec<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActionTable {
    text: Text,
    owner: Option<Spanned<String>>,
    due: Option<Day>,
    done: Option<Day>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SupportTable {
    from: Spanned<String>,
    text: Text,
}

/// The audiences of a goal's parts.
struct Parts<'a> {
    id: &'a GoalId,
    document: &'a Document,
    people: &'a People<'a>,
    shared: &'a BTreeMap<Part, Audience>,
    supporters: Option<&'a [StakeholderId]>,
}

/// Reads one goal; `shared` is what the engagement shares.
pub(super) fn read(
    file: &FrontMatter,
    id: GoalId,
    people: &People<'_>,
    shared: &BTreeMap<Part, Audience>,
    mentions: &mut Mentions,
    problems: &mut Vec<Diagnostic>,
) -> Option<Goal> {
    let document = &file.document;
    let goal: GoalFile = document.read(problems)?;
    let supporters = goal
        .supporters
        .as_deref()
        .map(|list| supporters(list, people, document, problems));
    let parts = Parts {
        id: &id,
        document,
        people,
        shared,
        supporters: supporters.as_deref(),
    };
    let audiences = parts.audiences(&goal.share, problems);

    let around = Surroundings {
        people,
        audience: &audiences.wording,
        attendees: None,
    };
    let text = prose::read(file, &around, mentions, problems);
    let actions = read_actions(goal.action, people, document, problems);
    let support = goal.support.into_iter().filter_map(|table| {
        let from = people.find(table.from.get_ref(), table.from.span(), document, problems)?;
        Some(Support {
            from,
            text: table.text.0,
        })
    });
    let support = support.collect();
    let wording = Wording {
        title: goal.title.0,
        statement: goal.statement.map(|text| text.0),
        behaviour: goal.behaviour.map(|text| text.0),
        good: goal
            .good
            .into_iter()
            .map(|text| text.into_inner().0)
            .collect(),
        prose: text,
    };
    Some(Goal {
        wording: Guarded::of(wording, audiences.wording),
        alias: Guarded::of(goal.alias.map(|alias| alias.0), audiences.any),
        actions: Guarded::of(actions, audiences.actions.clone()),
        support: Guarded::of(support, audiences.actions),
        supporters,
        progress: audiences.progress,
        groups: audiences.groups,
        own: audiences.own,
        themes_for: audiences.themes,
        themes: Vec::new(),
        id,
    })
}

/// Who sees which part of a goal.
struct Audiences {
    wording: Audience,
    actions: Audience,
    progress: Audience,
    groups: Audience,
    own: Audience,
    themes: Audience,
    /// Whoever sees any part.
    any: Audience,
}

impl Parts<'_> {
    /// Who sees which part.
    fn audiences(&self, share: &GoalShare, problems: &mut Vec<Diagnostic>) -> Audiences {
        let wording = self.audience(Part::Goals, share.goals.as_deref(), problems);
        let actions = self.audience(Part::Actions, share.actions.as_deref(), problems);
        let progress = self.audience(Part::Progress, share.progress.as_deref(), problems);
        // Groups and the own rating are figures too: only who sees the figures can see them split.
        let is_loose = crate::leaks::is_on("content-groups-without-progress");
        let both =
            |audience: Audience| audience.narrowed(|id| is_loose || self.admits(&progress, id));
        let groups = both(self.audience(Part::Groups, share.groups.as_deref(), problems));
        let own = both(self.audience(Part::Own, share.own.as_deref(), problems));
        let themes = self.audience(Part::Themes, share.themes.as_deref(), problems);
        let any = wording.or(&actions).or(&progress).or(&themes);
        Audiences {
            wording,
            actions,
            progress,
            groups,
            own,
            themes,
            any,
        }
    }

    /// Who sees a part: the goal's own list or else the engagement's, without supporters whom the goal does not list.
    fn audience(
        &self,
        part: Part,
        list: Option<&[Spanned<String>]>,
        problems: &mut Vec<Diagnostic>,
    ) -> Audience {
        let shared = match list.filter(|_| !crate::leaks::is_on("content-goal-share-ignored")) {
            Some(list) => {
                let what = format!("goal `{}`", self.id);
                let audience =
                    self.people
                        .audience(&what, &words(list), None, self.document, problems);
                self.warn_of_unlisted(list, problems);
                audience
            }
            None => self
                .shared
                .get(&part)
                .cloned()
                .unwrap_or_else(Audience::coachee_alone),
        };
        shared.narrowed(|id| self.is_listed(id))
    }

    fn is_listed(&self, id: &StakeholderId) -> bool {
        let is_supporter = self
            .people
            .all()
            .iter()
            .any(|person| person.id == *id && person.role == Role::Supporter);
        let is_anyone = !is_supporter || crate::leaks::is_on("content-unlisted-supporter");
        is_anyone || self.supporters.is_none_or(|listed| listed.contains(id))
    }

    fn admits(&self, audience: &Audience, id: &StakeholderId) -> bool {
        let person = self.people.all().iter().find(|person| person.id == *id);
        person.is_some_and(|person| audience.admits_person(id, person.role))
    }

    fn warn_of_unlisted(&self, list: &[Spanned<String>], problems: &mut Vec<Diagnostic>) {
        for word in list {
            let named = self
                .people
                .all()
                .iter()
                .find(|person| person.id.as_str() == word.get_ref());
            if named.is_some_and(|person| !self.is_listed(&person.id)) {
                let message = format!(
                    "`{}` does not see goal `{}`: its `supporters` do not list them",
                    word.get_ref(),
                    self.id
                );
                problems.push(self.document.warning(message, word.span()));
            }
        }
    }
}

fn supporters(
    list: &[Spanned<String>],
    people: &People<'_>,
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> Vec<StakeholderId> {
    let mut found: Vec<StakeholderId> = Vec::new();
    for word in list {
        let span: Range<usize> = word.span();
        let Some(id) = people.find(word.get_ref(), span.clone(), document, problems) else {
            continue;
        };
        let is_circle = people
            .all()
            .iter()
            .any(|person| person.id == id && person.role.sees_all_that_is_shared());
        if is_circle {
            problems.push(document.error(format!("`{id}` is no supporter"), span));
        } else if found.contains(&id) {
            problems.push(document.error(format!("`{id}` is listed twice"), span));
        } else {
            found.push(id);
        }
    }
    found
}

/// Reads actions, which next steps of meetings are too.
pub(super) fn read_actions(
    tables: Vec<ActionTable>,
    people: &People<'_>,
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Action> {
    let mut actions = Vec::new();
    for table in tables {
        let owner = table
            .owner
            .and_then(|owner| people.find(owner.get_ref(), owner.span(), document, problems));
        actions.push(Action {
            text: table.text.0,
            owner,
            due: table.due.map(|day| day.0),
            done: table.done.map(|day| day.0),
        });
    }
    actions
}
