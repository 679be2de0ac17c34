//! `check`: everything is looked at as a build would, and links and shares among the notes besides; nothing is written.

use jiff::civil::Date;

use crate::access::key::Key;
use crate::audit;
use crate::diagnostic::Diagnostic;
use crate::engagement::id::EngagementId;
use crate::pipeline::options::Auditing;
use crate::pipeline::persons::PersonPortals;
use crate::pipeline::preparing::{Preparation, prepare};
use crate::pipeline::problems::{Failure, Problems};
use crate::pipeline::shard::Shard;
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{parallel, persons};

/// Checks all engagements and the pages of persons. Returns the warnings if a build would go through.
pub fn check(workspace: &Workspace, today: Date) -> Result<Vec<Diagnostic>, Failure> {
    let mut problems = Problems::of(workspace.warnings.iter().cloned());
    let mut person_portals = PersonPortals::default();
    let key = Key::open_if_any(workspace.book.folder()).map_err(Failure::outside)?;
    let preparation = Preparation {
        workspace,
        key: key.as_ref(),
        today,
        auditing: Auditing::Full,
    };
    let check = |id: &EngagementId| check_engagement(&preparation, id);
    let checked: Vec<(Problems, PersonPortals)> =
        parallel::engagements(&workspace.book.engagements, check);
    for (its_problems, its_person_portals) in checked {
        problems.extend(its_problems);
        person_portals.extend(its_person_portals);
    }
    let pages = persons::pages(workspace, person_portals, Shard::WHOLE);
    for page in problems.value_or_default(pages) {
        problems.leaks.extend(persons::leaks(workspace, &page));
    }
    problems.into_result()
}

fn check_engagement(preparation: &Preparation<'_>, id: &EngagementId) -> (Problems, PersonPortals) {
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
    (prepared.problems, person_portals)
}
