//! goals/N-ID.md to [`Goal`].

use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::kinds::action_table::{ActionTable, read_actions};
use crate::content::kinds::former;
use crate::content::kinds::idea_table;
use crate::content::kinds::idea_table::IdeaTable;
use crate::content::kinds::known::{Found, Known, OwnShare};
use crate::content::kinds::people::People;
use crate::content::kinds::prose::{self, Surroundings};
use crate::content::kinds::support_table::{self, SupportTable};
use crate::content::toml::front_matter::FrontMatter;
use crate::content::toml::report::Report;
use crate::content::toml::shapes;
use crate::content::toml::value::{Day, Spanned, Text, table, tables};
use crate::engagement::audience::{Audience, Guarded, Part};
use crate::engagement::goal::{Before, Feedforward, Goal, Matters, Standing, Wording};
use crate::engagement::id::{GoalId, StakeholderId};
use crate::engagement::stakeholder::{Role, Stakeholder};

/// A goal; below the settings, why it matters.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct GoalFile {
    /// What it is called.
    title: Text,
    /// The ids that it had before, the oldest first: answers and records go by it.
    #[serde(default)]
    #[schemars(with = "Vec<shapes::Id>")]
    was: Vec<Spanned<String>>,
    /// What readers see who get its progress, but not its wording.
    alias: Option<Text>,
    /// What the coachee wants to achieve.
    statement: Option<Text>,
    /// What others can observe: the question of the pulse.
    behaviour: Option<Text>,
    /// The day on which the words of its behaviour were mended, with the same meaning: its figures stay, and whoever sees them reads it.
    corrected: Option<Spanned<Day>>,
    /// The day on which it was reached; for whoever sees its progress.
    reached: Option<Day>,
    /// How it goes, in one line of the coachee's own; for whoever sees its progress.
    in_my_words: Option<Text>,
    /// What good looks like, sign by sign.
    #[serde(default)]
    good: Vec<Spanned<Text>>,
    /// Why it matters to the business.
    business: Option<Text>,
    /// What it means for the coachee's own way.
    career: Option<Text>,
    /// Which aim of the organisation it serves.
    serves: Option<Text>,
    /// Who rates it, and the only supporters who see it; all when absent.
    #[schemars(with = "Option<Vec<shapes::Id>>")]
    supporters: Option<Vec<Spanned<String>>>,
    /// Who sees it; it replaces the engagement's, part by part.
    #[serde(default, deserialize_with = "table")]
    share: GoalShare,
    /// What is to be done.
    #[serde(default, deserialize_with = "tables")]
    action: Vec<ActionTable>,
    /// What the goal said before it was reworded; for whoever sees the wording.
    #[serde(default, deserialize_with = "tables")]
    before: Vec<BeforeTable>,
    /// The support asked for.
    #[serde(default, deserialize_with = "tables")]
    support: Vec<SupportTable>,
    /// Ideas that the coachee heard, and what became of them.
    #[serde(default, deserialize_with = "tables")]
    idea: Vec<IdeaTable>,
    /// Thanks to those who help, in a line; for whoever sees the actions.
    thanks: Option<Text>,
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
    /// How many raters saw the coachee follow up; only with the progress.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    follow_up: Option<Vec<Spanned<String>>>,
    /// The coachee's own rating.
    #[serde(rename = "self")]
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    own: Option<Vec<Spanned<String>>>,
    /// What the coach says about a round.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    themes: Option<Vec<Spanned<String>>>,
}

/// Words that the goal had before, which stay readable when it is reworded.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct BeforeTable {
    /// The last day of these words.
    until: Spanned<Day>,
    /// The old statement.
    statement: Option<Text>,
    /// The old behaviour.
    behaviour: Option<Text>,
}

/// Reads one goal, whose file is named by its id and stands at a path inside the engagement.
pub(in crate::content) fn read(
    file: &FrontMatter,
    (id, path): (GoalId, String),
    known: &Known<'_>,
    found: &mut Found<'_>,
) -> Option<Goal> {
    let people = known.people;
    let report = &mut found.report(&file.document);
    let goal: GoalFile = report.read()?;
    let was = old_ids(&goal.was, &id, known, report);
    let listed = goal.supporters.as_deref();
    let supporters = listed.map(|list| supporters(list, people, report));
    let parts = Parts {
        what: &format!("goal `{id}`"),
        known,
        supporters: supporters.as_deref(),
    };
    let audiences = parts.audiences(&goal.share, report);
    let actions = read_actions(goal.action, people, report);
    let before = read_before(goal.before, report);
    let standing = Standing {
        reached: goal.reached.map(|day| day.0),
        in_my_words: goal.in_my_words.map(|text| text.0),
    };
    let support = support_table::read(goal.support, people, known.today, report);
    let feedforward = Feedforward {
        ideas: idea_table::read(goal.idea, known.today, report),
        thanks: goal.thanks.map(|text| text.0),
    };
    let around = Surroundings {
        people,
        audience: &audiences.wording,
        attendees: None,
    };
    let corrected = goal
        .corrected
        .map(|day| report.day_that_came(&day, "this correction is still to come", known.today));
    let wording = Wording {
        title: goal.title.0,
        statement: goal.statement.map(|text| text.0),
        behaviour: goal.behaviour.map(|text| text.0),
        good: signs(goal.good),
        matters: matters([goal.business, goal.career, goal.serves]),
        before,
        prose: prose::read(file, &around, found),
    };
    Some(Goal {
        question: Guarded::of(wording.behaviour.clone(), audiences.asked),
        wording: Guarded::of(wording, audiences.wording),
        alias: Guarded::of(goal.alias.map(|alias| alias.0), audiences.any),
        actions: Guarded::of(actions, audiences.actions.clone()),
        support: Guarded::of(support, audiences.actions.clone()),
        feedforward: Guarded::of(feedforward, audiences.actions),
        supporters,
        standing: Guarded::of(standing, audiences.progress.clone()),
        progress: audiences.progress,
        groups: audiences.groups,
        follow_up: audiences.follow_up,
        own: audiences.own,
        themes_for: audiences.themes,
        themes: Vec::new(),
        id,
        was,
        path,
        corrected,
    })
}

/// Why the goal matters: to the business, on the coachee's own way, and to an aim of the organisation.
fn matters(texts: [Option<Text>; 3]) -> Matters {
    let [business, career, serves] = texts.map(|text| text.map(|text| text.0));
    Matters {
        business,
        career,
        serves,
    }
}

/// The ids that a goal had before, none of which is another's.
fn old_ids(
    list: &[Spanned<String>],
    id: &GoalId,
    known: &Known<'_>,
    report: &mut Report<'_>,
) -> Vec<GoalId> {
    let was = former::read(list, (id.as_str(), GoalId::parse), report);
    for word in list {
        let mut old = was.iter();
        let old = old.find(|old| old.as_str() == word.get_ref());
        if old.is_some_and(|old| known.goals.is_taken(old, id)) {
            former::taken(word.get_ref(), word.span(), report);
        }
    }
    was
}

/// The parts of a goal, and whom its `supporters` leave out of them.
struct Parts<'a> {
    /// What a message calls the goal.
    what: &'a str,
    known: &'a Known<'a>,
    supporters: Option<&'a [StakeholderId]>,
}

/// Who sees which part of a goal.
struct Audiences {
    wording: Audience,
    actions: Audience,
    progress: Audience,
    groups: Audience,
    follow_up: Audience,
    own: Audience,
    themes: Audience,
    asked: Audience,
    /// Whoever sees any part.
    any: Audience,
}

impl Parts<'_> {
    /// Who sees which part.
    fn audiences(&self, share: &GoalShare, report: &mut Report<'_>) -> Audiences {
        let mut audience = |part, list: &Option<Vec<_>>| self.audience(part, list, report);
        let wording = audience(Part::Goals, &share.goals);
        let actions = audience(Part::Actions, &share.actions);
        let progress = audience(Part::Progress, &share.progress);
        // Groups, follow-up seen and the own rating are figures too: only who sees the figures can see them.
        let both =
            |audience: Audience| audience.narrowed(|id, role| progress.admits_person(id, role));
        let groups = both(audience(Part::Groups, &share.groups));
        let follow_up = both(audience(Part::FollowUp, &share.follow_up));
        let own = both(audience(Part::Own, &share.own));
        let themes = audience(Part::Themes, &share.themes);
        // Who is asked is said for the engagement, and for the goal by its `supporters`: they rate it, all of them where it lists none.
        // A goal that its own `share` keeps from a manager, or from everyone, is told to nobody by a question either.
        let asked = self.audience(Part::Asked, &None, report);
        let asked = match &share.goals {
            Some(own) => asked.narrowed(|id, role| {
                let rates = match self.supporters {
                    Some(listed) => listed.contains(id),
                    None => role == Role::Supporter && !own.is_empty(),
                };
                rates || wording.admits_person(id, role)
            }),
            None => asked,
        };
        let any = wording.or(&actions).or(&progress).or(&themes);
        Audiences {
            wording,
            actions,
            progress,
            groups,
            follow_up,
            own,
            themes,
            asked,
            any,
        }
    }

    /// Who sees a part: the goal's own list or else the engagement's, without supporters whom the goal does not list.
    fn audience(
        &self,
        part: Part,
        list: &Option<Vec<Spanned<String>>>,
        report: &mut Report<'_>,
    ) -> Audience {
        let share = OwnShare {
            what: self.what,
            part,
            list: list.as_deref(),
            attendees: None,
        };
        let audience = share.audience(self.known, report);
        for word in list.iter().flatten() {
            self.warn_if_unlisted(word, report);
        }
        audience.narrowed(|id, role| self.is_listed(id, role))
    }

    fn person(&self, id: &str) -> Option<&Stakeholder> {
        let mut people = self.known.people.all().iter();
        people.find(|person| person.id.as_str() == id)
    }

    fn is_listed(&self, id: &StakeholderId, role: Role) -> bool {
        role != Role::Supporter || self.supporters.is_none_or(|listed| listed.contains(id))
    }

    fn warn_if_unlisted(&self, word: &Spanned<String>, report: &mut Report<'_>) {
        let named = self.person(word.get_ref());
        if named.is_some_and(|person| !self.is_listed(&person.id, person.role)) {
            let message = format!(
                "`{}` does not see {}: its `supporters` do not list them",
                word.get_ref(),
                self.what
            );
            report.warning(message, word.span(), None);
        }
    }
}

fn supporters(
    list: &[Spanned<String>],
    people: &People<'_>,
    report: &mut Report<'_>,
) -> Vec<StakeholderId> {
    let mut found: Vec<StakeholderId> = Vec::new();
    for word in list {
        let span = word.span();
        let Some(id) = people.find(word, report) else {
            continue;
        };
        let is_circle = people
            .all()
            .iter()
            .any(|person| person.id == id && person.role.sees_all_that_is_shared());
        if is_circle {
            report.error(format!("`{id}` is no supporter"), span);
        } else if found.contains(&id) {
            report.error(format!("`{id}` is listed twice"), span);
        } else {
            found.push(id);
        }
    }
    found
}

/// The signs of success.
fn signs(texts: Vec<Spanned<Text>>) -> Vec<String> {
    let texts = texts.into_iter();
    texts.map(|text| text.into_inner().0).collect()
}

/// The words that a goal had before, the latest first.
fn read_before(tables: Vec<BeforeTable>, report: &mut Report<'_>) -> Vec<Before> {
    let mut before: Vec<Before> = Vec::new();
    for table in tables {
        let until = table.until.get_ref().0;
        if table.statement.is_none() && table.behaviour.is_none() {
            let hint = "write the old `statement`, the old `behaviour` or both";
            report.error_with("this `[[before]]` holds no words", table.until.span(), hint);
        } else if before.iter().any(|other| other.until == until) {
            let hint = "give each the last day on which its words stood";
            report.error_with(
                format!("two `[[before]]` of this goal end on {until}"),
                table.until.span(),
                hint,
            );
        } else {
            before.push(Before {
                until,
                statement: table.statement.map(|text| text.0),
                behaviour: table.behaviour.map(|text| text.0),
            });
        }
    }
    before.sort_by_key(|words| std::cmp::Reverse(words.until));
    before
}
