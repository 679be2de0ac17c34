//! goals/N-ID.md to [`Goal`].

use std::collections::BTreeMap;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::kinds::engagement_file::words;
use crate::content::kinds::people::People;
use crate::content::kinds::prose;
use crate::content::kinds::prose::{Mentions, Surroundings};
use crate::content::toml::document::Document;
use crate::content::toml::front_matter::FrontMatter;
use crate::content::toml::shapes;
use crate::content::toml::value::{Day, Spanned, Text, table, tables};
use crate::diagnostic::Diagnostic;
use crate::engagement::audience::{Audience, Guarded, Part};
use crate::engagement::goal::{Action, Goal, Support, Wording};
use crate::engagement::id::{GoalId, StakeholderId};
use crate::engagement::stakeholder::Role;

/// A goal; below the settings, why it matters.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct GoalFile {
    /// What it is called.
    title: Text,
    /// What readers see who get its progress, but not its wording.
    alias: Option<Text>,
    /// What the coachee wants to achieve.
    statement: Option<Text>,
    /// What others can observe: the question of the pulse.
    behaviour: Option<Text>,
    /// What good looks like, sign by sign.
    #[serde(default)]
    good: Vec<Spanned<Text>>,
    /// Who rates it, and the only supporters who see it; all when absent.
    #[schemars(with = "Option<Vec<shapes::Id>>")]
    supporters: Option<Vec<Spanned<String>>>,
    /// Who sees it; it replaces the engagement's, part by part.
    #[serde(default, deserialize_with = "table")]
    share: GoalShare,
    /// What is to be done.
    #[serde(default, deserialize_with = "tables")]
    action: Vec<ActionTable>,
    /// The support asked for.
    #[serde(default, deserialize_with = "tables")]
    support: Vec<SupportTable>,
}

/// `share` of a goal: it replaces the engagement's, part by part.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
struct GoalShare {
    /// The wording.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    goals: Option<Vec<Spanned<String>>>,
    /// Actions and the support asked for.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    actions: Option<Vec<Spanned<String>>>,
    /// Published figures of the pulse.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    progress: Option<Vec<Spanned<String>>>,
    /// The same, split by rater group.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    groups: Option<Vec<Spanned<String>>>,
    /// The coachee's own rating.
    #[serde(rename = "self")]
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    own: Option<Vec<Spanned<String>>>,
    /// What the coach says about a round.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    themes: Option<Vec<Spanned<String>>>,
}

/// Something to do.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct ActionTable {
    /// What is to be done.
    text: Text,
    /// Who does it.
    #[schemars(with = "Option<shapes::Id>")]
    owner: Option<Spanned<String>>,
    /// The day by which it is to be done.
    due: Option<Day>,
    /// The day on which it was done.
    done: Option<Day>,
}

/// Support that the coachee asks for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SupportTable {
    /// Of whom it is asked.
    #[schemars(with = "shapes::Id")]
    from: Spanned<String>,
    /// What is asked for.
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
pub(in crate::content) fn read(
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
        let both = |audience: Audience| audience.narrowed(|id| self.admits(&progress, id));
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
        let shared = match list {
            Some(list) => {
                let what = format!("goal `{}`", self.id);
                let audience =
                    self.people
                        .audience(&what, &words(list), None, self.document, problems);
                self.warn_of_unlisted(list, problems);
                audience.said_by_itself()
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
        !is_supporter || self.supporters.is_none_or(|listed| listed.contains(id))
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
pub(in crate::content) fn read_actions(
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
