//! updates/DATE-TOPIC.md to [`Update`] and reviews/DATE-TOPIC.md to [`Review`]: what is told about the engagement once something has
//! happened. They stand together because both are a title, a `share` of their own and a text, which are read alike.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::kinds::continues_list::{self, ContinuesValue};
use crate::content::kinds::known::{Found, Known, OwnShare};
use crate::content::kinds::prose::{self, Surroundings};
use crate::content::toml::front_matter::FrontMatter;
use crate::content::toml::report::Report;
use crate::content::toml::shapes;
use crate::content::toml::value::{Day, Spanned, Text, tables};
use crate::engagement::audience::{Guarded, Part};
use crate::engagement::id::ItemId;
use crate::engagement::review::{Comparison, Review, ReviewKind};
use crate::engagement::today::Today;
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
    /// What was celebrated.
    #[serde(default)]
    celebrated: Vec<Text>,
    /// What goes on after the end: texts, or tables that say with whom.
    #[serde(default)]
    continues: Vec<Spanned<ContinuesValue>>,
    /// The day on which people look again.
    follow_up: Option<Spanned<Day>>,
    /// What was found on that day.
    #[serde(default)]
    found: Vec<Spanned<Text>>,
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

/// Reads one piece of news, whose file is named by its day and its id.
pub(in crate::content) fn read_update(
    file: &FrontMatter,
    (date, id): (Date, ItemId),
    known: &Known<'_>,
    found: &mut Found<'_>,
) -> Option<Guarded<Update>> {
    let mut report = found.report(&file.document);
    let update: UpdateFile = report.read()?;
    let share = OwnShare {
        what: "this update",
        part: Part::Updates,
        list: update.share.as_deref(),
        attendees: None,
    };
    let audience = share.audience(known, &mut report);
    let around = Surroundings {
        people: known.people,
        audience: &audience,
        attendees: None,
    };
    let prose = prose::read(file, &around, found);
    let update = Update {
        id,
        date,
        title: update.title.0,
        prose,
    };
    Some(Guarded::of(update, audience))
}

/// Reads one review, whose file is named by its day and its id.
pub(in crate::content) fn read_review(
    file: &FrontMatter,
    (date, id): (Date, ItemId),
    known: &Known<'_>,
    found: &mut Found<'_>,
) -> Option<Guarded<Review>> {
    let mut report = found.report(&file.document);
    let review: ReviewFile = report.read()?;
    check_found(&review, known.today, &mut report);
    let share = OwnShare {
        what: "this review",
        part: Part::Reviews,
        list: review.share.as_deref(),
        attendees: None,
    };
    let audience = share.audience(known, &mut report);
    let mut outcomes = Vec::new();
    for table in review.outcome {
        let goal = match table.goal {
            None => None,
            // An outcome of an unknown goal has no audience; it is never taken for one of no goal.
            Some(word) => match known.goal(&word, &mut report) {
                None => continue,
                found => found,
            },
        };
        outcomes.push(Comparison {
            goal,
            intended: table.intended.0,
            actual: table.actual.0,
        });
    }
    let continues = continues_list::read(review.continues, known.people, &mut report);
    let around = Surroundings {
        people: known.people,
        audience: &audience,
        attendees: None,
    };
    let prose = prose::read(file, &around, found);
    let texts = |texts: Vec<Text>| texts.into_iter().map(|text| text.0).collect();
    let review = Review {
        id,
        date,
        kind: match review.kind {
            KindName::Midpoint => ReviewKind::Midpoint,
            KindName::Final => ReviewKind::Final,
        },
        title: review.title.map(|title| title.0),
        outcomes,
        celebrated: texts(review.celebrated),
        continues,
        follow_up: review.follow_up.map(|day| day.into_inner().0),
        found: texts(review.found.into_iter().map(Spanned::into_inner).collect()),
        prose,
    };
    Some(Guarded::of(review, audience))
}

/// What was found is said only of a follow-up whose day has come.
fn check_found(review: &ReviewFile, today: Today<'_>, report: &mut Report<'_>) {
    let Some(first) = review.found.first() else {
        return;
    };
    match &review.follow_up {
        Some(day) => {
            report.day_that_came(day, "this follow-up is still to come", today);
        }
        None => {
            let hint = "write the day on which you looked back together as `follow_up`";
            let message = "what was found at a follow-up that has no day";
            report.error_with(message, first.span(), hint);
        }
    }
}
