//! `check`: everything is looked at as a build would, and links and shares among the notes besides; nothing is written.

use jiff::civil::Date;

use crate::access::key::Key;
use crate::audit;
use crate::diagnostic::Diagnostic;
use crate::engagement::id::EngagementId;
use crate::pipeline::engagement_numbers::EngagementNumbers;
use crate::pipeline::options::Auditing;
use crate::pipeline::persons::PersonPortals;
use crate::pipeline::preparing::{Preparation, prepare};
use crate::pipeline::problems::{Failure, Problems};
use crate::pipeline::shard::Shard;
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{link_numbers, link_record, parallel, persons};

/// Checks all engagements and the pages of persons. Returns the warnings if a build would go through.
pub fn check(workspace: &Workspace, today: Date) -> Result<Vec<Diagnostic>, Failure> {
    let mut problems = Problems::of(workspace.warnings.iter().cloned());
    let mut person_portals = PersonPortals::default();
    let mut key = Key::open_if_any(workspace.book.folder()).map_err(Failure::outside)?;
    if let Some(known) = &key
        && let Err(problem) = link_record::verify(workspace.book.link_record.as_ref(), known)
    {
        // With another key every record would be told as one of another key.
        problems.general.push(problem);
        key = None;
    }
    let preparation = Preparation {
        workspace,
        key: key.as_ref(),
        today: today.into(),
        auditing: Auditing::Full,
    };
    let check = |id: &EngagementId| check_engagement(&preparation, id);
    let mut numbers = Vec::new();
    let checked: Vec<Checked> = parallel::engagements(&workspace.book.engagements, check);
    for its in checked {
        problems.extend(its.problems);
        person_portals.extend(its.person_portals);
        numbers.extend(its.numbers);
    }
    if let Some(key) = &key {
        let compared = link_numbers::compare(workspace, key, numbers);
        problems
            .general
            .extend(compared.err().into_iter().flatten());
    }
    let pages = persons::pages(workspace, person_portals, Shard::WHOLE);
    for page in problems.value_or_default(pages) {
        problems.leaks.extend(persons::leaks(workspace, &page));
    }
    problems.into_result()
}

/// What was found in one engagement.
struct Checked {
    problems: Problems,
    person_portals: PersonPortals,
    numbers: Option<EngagementNumbers>,
}

fn check_engagement(preparation: &Preparation<'_>, id: &EngagementId) -> Checked {
    let Preparation {
        workspace, today, ..
    } = *preparation;
    let mut prepared = prepare(preparation, id);
    let notes = audit::notes::problems(workspace.book.folder(), id.as_str());
    prepared.problems.general.extend(notes);
    let engagement = prepared.engagement.as_ref();
    let person_portals = engagement
        .map(|engagement| persons::portals(workspace, None, engagement, today))
        .unwrap_or_default();
    Checked {
        numbers: engagement.map(EngagementNumbers::of),
        problems: prepared.problems,
        person_portals,
    }
}
