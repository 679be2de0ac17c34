//! Folder to audited pages: the stages of one engagement that `check`, `build` and `serve` have in common.
//!
//! The rule it guards: the three find the same problems in an engagement, because they look for them here and nowhere else. `check` looks
//! at the notes besides.

use crate::access::key::Key;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::id::EngagementId;
use crate::engagement::later::Later;
use crate::engagement::today::Today;
use crate::pipeline::asking::{AskingPage, AskingPages};
use crate::pipeline::options::Auditing;
use crate::pipeline::page_audit::PageAudit;
use crate::pipeline::pages::{PageSource, ReaderPage};
use crate::pipeline::problems::Problems;
use crate::pipeline::records::NewRecord;
use crate::pipeline::timing::Stage;
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{page_audit, page_sizes, pages, passphrases, reading, records};
use crate::progress::figures::Figures;

/// What is the same for all engagements that a command prepares.
#[derive(Clone, Copy)]
pub(super) struct Preparation<'a> {
    pub(super) workspace: &'a Workspace,
    /// Without a key, what was published before is not compared.
    pub(super) key: Option<&'a Key>,
    pub(super) today: Today<'a>,
    pub(super) auditing: Auditing,
}

/// What became of one engagement up to its pages.
#[derive(Default)]
pub(super) struct Prepared {
    /// Everything that was found wrong.
    pub(super) problems: Problems,
    /// The engagement without what waits for its day, if it could be read.
    pub(super) engagement: Option<Engagement>,
    /// What waits for its day.
    pub(super) later: Later,
    /// What may be published of its rounds.
    pub(super) figures: Figures,
    /// The page of every reader; none if one cannot be made or sealed.
    pub(super) pages: Vec<ReaderPage>,
    /// The page of everyone who is asked in the pulse; none if one of these or those cannot be made or sealed.
    pub(super) asking: Vec<AskingPage>,
    /// The records of published rounds and of what was agreed, if they are to be written anew.
    pub(super) records: Vec<NewRecord>,
}

/// Takes one engagement from the folder to its audited pages.
pub(super) fn prepare(preparation: &Preparation<'_>, id: &EngagementId) -> Prepared {
    let Preparation {
        workspace,
        key,
        today,
        auditing,
    } = *preparation;
    let clock = &workspace.clock;
    let mut prepared = Prepared::default();
    let problems = &mut prepared.problems;

    // Folder to engagement.
    let read = reading::engagement(workspace, id, today);
    let Some(mut engagement) = problems.value_of(read.reading) else {
        return prepared;
    };

    // Engagement to figures, which must not contradict those that were published before.
    if let Some(key) = key {
        let compare = || records::compare(workspace, key, &engagement, today);
        let record = problems.value_or_default(clock.time(Stage::Figures, compare));
        prepared.records.extend(record);
    }

    // Who may read what, which must not be more than was agreed.
    let record = records::compare_consent(workspace, key, &mut engagement, today);
    // A folder of version 0.1.0 does not say yet who may read two parts: its pages stay until it does.
    problems.stop_all |=
        record.is_err() && engagement.consent.is_none() && !engagement.unsaid.is_empty();
    prepared.records.extend(problems.value_or_default(record));
    let figures = clock.time(Stage::Figures, || records::figures(key, &engagement));

    // Engagement and figures to a portal and a page for each reader.
    let source = PageSource {
        workspace,
        engagement: &engagement,
        figures: &figures,
        today,
    };
    prepared.pages = problems.value_or_default(pages::of_all_readers(&source));

    let source = AskingPages {
        workspace,
        key,
        engagement: &engagement,
        today,
    };
    prepared.asking = source.audited(problems);

    problems.general.extend(long_pages(id, &prepared.pages));

    // Pages to findings.
    let audit = PageAudit {
        workspace,
        engagement: &engagement,
        pages: &prepared.pages,
        today,
    };
    let findings = || page_audit::findings(&audit, auditing);
    problems.add_findings(clock.time(Stage::Audit, findings));
    let weak = passphrases::weak(workspace, &engagement);
    if !weak.is_empty() {
        // The pages could not be sealed.
        prepared.pages.clear();
        prepared.asking.clear();
        problems.general.extend(weak);
    }

    prepared.later = read.later;
    prepared.figures = figures;
    prepared.engagement = Some(engagement);
    prepared
}

/// What is said of pages that are long.
fn long_pages(id: &EngagementId, pages: &[ReaderPage]) -> Vec<Diagnostic> {
    let size = |page: &ReaderPage| page.page.document().len();
    let sizes: Vec<(&str, usize)> = pages
        .iter()
        .map(|page| (page.reader.id().as_str(), size(page)))
        .collect();
    page_sizes::problems(id.as_str(), &sizes)
}
