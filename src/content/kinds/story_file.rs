//! updates/DATE-TOPIC.md to [`Update`] and reviews/DATE-TOPIC.md to [`Review`].

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::kinds::agenda_file::find_goal;
use crate::content::kinds::engagement_file::words;
use crate::content::kinds::people::People;
use crate::content::kinds::prose;
use crate::content::kinds::prose::{Mentions, Surroundings};
use crate::content::toml::document::Document;
use crate::content::toml::front_matter::FrontMatter;
use crate::content::toml::shapes;
use crate::content::toml::value::{Day, Spanned, Text, tables};
use crate::diagnostic::Diagnostic;
use crate::engagement::audience::{Audience, Guarded};
use crate::engagement::id::{GoalId, ItemId};
use crate::engagement::review::{Comparison, Review, ReviewKind};
use crate::engagement::update::Update;

/// What the coachee tells readers, below the settings.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct UpdateFile {
    /// Its headline.
    title: Text,
    /// Who sees it, in place of the engagement's `updates`.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    share: Option<Vec<Spanned<String>>>,
}

/// Intended beside actual outcomes; more below the settings.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct ReviewFile {
    /// Whether it stands in the middle or at the end.
    kind: KindName,
    /// Its headline.
    title: Option<Text>,
    /// Who sees it, in place of the engagement's `reviews`.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    share: Option<Vec<Spanned<String>>>,
    /// What was intended, and what came of it.
    #[serde(default, deserialize_with = "tables")]
    outcome: Vec<ComparisonTable>,
    /// What goes on after the end.
    #[serde(default)]
    continues: Vec<Text>,
    /// The day on which people look again.
    follow_up: Option<Day>,
}

/// Whether it stands in the middle or at the end.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum KindName {
    Midpoint,
    Final,
}

/// An intended outcome beside the actual one.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ComparisonTable {
    /// The goal it is about; whoever may not see that goal does not see it.
    #[schemars(with = "Option<shapes::Id>")]
    goal: Option<Spanned<String>>,
    /// What was intended.
    intended: Text,
    /// What came of it.
    actual: Text,
}

/// Reads one piece of news; `shared` is who sees news that say nothing themselves.
pub(in crate::content) fn read_update(
    file: &FrontMatter,
    (date, id): (Date, ItemId),
    people: &People<'_>,
    shared: &Audience,
    mentions: &mut Mentions,
    problems: &mut Vec<Diagnostic>,
) -> Option<Guarded<Update>> {
    let document = &file.document;
    let update: UpdateFile = document.read(problems)?;
    let audience = audience(
        "this update",
        update.share.as_deref(),
        shared,
        people,
        document,
        problems,
    );
    let around = Surroundings {
        people,
        audience: &audience,
        attendees: None,
    };
    let prose = prose::read(file, &around, mentions, problems);
    Some(Guarded::of(
        Update {
            id,
            date,
            title: update.title.0,
            prose,
        },
        audience,
    ))
}

/// Reads one review; `shared` is who sees reviews that say nothing themselves.
pub(in crate::content) fn read_review(
    file: &FrontMatter,
    (date, id): (Date, ItemId),
    people: &People<'_>,
    goals: &[GoalId],
    shared: &Audience,
    mentions: &mut Mentions,
    problems: &mut Vec<Diagnostic>,
) -> Option<Guarded<Review>> {
    let document = &file.document;
    let review: ReviewFile = document.read(problems)?;
    let audience = audience(
        "this review",
        review.share.as_deref(),
        shared,
        people,
        document,
        problems,
    );
    let mut outcomes = Vec::new();
    for table in review.outcome {
        let goal = match table.goal {
            None => None,
            // An outcome of an unknown goal has no audience; it is never taken for one of no goal.
            Some(goal) => match find_goal(goal.get_ref(), goal.span(), goals, document, problems) {
                Some(id) => Some(id),
                None => continue,
            },
        };
        outcomes.push(Comparison {
            goal,
            intended: table.intended.0,
            actual: table.actual.0,
        });
    }
    let around = Surroundings {
        people,
        audience: &audience,
        attendees: None,
    };
    let prose = prose::read(file, &around, mentions, problems);
    let kind = match review.kind {
        KindName::Midpoint => ReviewKind::Midpoint,
        KindName::Final => ReviewKind::Final,
    };
    let review = Review {
        id,
        date,
        kind,
        title: review.title.map(|title| title.0),
        outcomes,
        continues: review.continues.into_iter().map(|text| text.0).collect(),
        follow_up: review.follow_up.map(|day| day.0),
        prose,
    };
    Some(Guarded::of(review, audience))
}

fn audience(
    what: &str,
    list: Option<&[Spanned<String>]>,
    shared: &Audience,
    people: &People<'_>,
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> Audience {
    list.map_or_else(
        || shared.clone(),
        |list| {
            let audience = people.audience(what, &words(list), None, document, problems);
            audience.said_by_itself()
        },
    )
}
