//! Pages to findings: the pages of an engagement searched for what must not leave the machine. Nothing flows from here to a page.

use crate::audit;
use crate::audit::overlap::OverlapSearch;
use crate::audit::{Findings, ParsedPage};
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::today::Today;
use crate::pipeline::options::Auditing;
use crate::pipeline::pages::ReaderPage;
use crate::pipeline::parallel;
use crate::pipeline::workspace::Workspace;

/// The pages of an engagement, and what they are compared with.
pub(super) struct PageAudit<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) engagement: &'a Engagement,
    pub(super) pages: &'a [ReaderPage],
    pub(super) today: Today<'a>,
}

/// Searches the pages of an engagement: for confidential terms and for anything they would load or run, and, if `auditing` is full, for
/// words of notes and of passages that their readers may not see.
pub(super) fn findings<'a>(audit: &PageAudit<'a>, auditing: Auditing) -> Findings {
    let PageAudit {
        workspace,
        engagement,
        pages,
        today,
    } = *audit;
    let known = workspace.theme.known_style();
    let examine = |_, page: &'a ReaderPage| {
        let parsed = ParsedPage::of(page.page.document(), known);
        let reader = page.reader.id().as_str();
        let leaks = leaks(workspace, &parsed, engagement.id.as_str(), reader);
        (auditing == Auditing::Full).then(|| parsed.read_words());
        (&page.reader, parsed, leaks)
    };
    let examine = || parallel::readers(pages, examine);
    let search = || OverlapSearch::over(workspace.book.folder(), engagement, today);
    let (search, examined) = match auditing {
        Auditing::Off => (None, examine()),
        Auditing::Full => parallel::both(|| Some(search()), examine),
    };
    let mut findings = Findings::default();
    if let Some(mut search) = search {
        for (reader, parsed, _) in &examined {
            search.look(reader, parsed);
        }
        findings = search.findings(workspace.book.firm.overlap);
    }
    findings
        .leaks
        .extend(examined.into_iter().flat_map(|(.., leaks)| leaks));
    findings
}

/// Returns an error for everything that a page must not hold whoever reads it: confidential terms, and what it would load or run.
pub(super) fn leaks(
    workspace: &Workspace,
    page: &ParsedPage<'_>,
    engagement: &str,
    reader: &str,
) -> Vec<Diagnostic> {
    let mut leaks = audit::terms(&workspace.book.firm.terms, page, engagement, reader);
    leaks.extend(audit::faults(page, engagement, reader));
    leaks
}
