//! Engagement and figures to pages: for each reader, what that reader may see, and the page that shows it.

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::audience::Reader;
use crate::engagement::stakeholder::Stakeholder;
use crate::pipeline::parallel;
use crate::pipeline::timing::Stage;
use crate::pipeline::workspace::Workspace;
use crate::portal::PortalSource;
use crate::portal::view::PortalView;
use crate::progress::figures::Figures;
use crate::render::Page;

/// What the pages of an engagement are made from.
pub struct PageSource<'a> {
    /// The firm and its theme.
    pub workspace: &'a Workspace,
    /// The engagement.
    pub engagement: &'a Engagement,
    /// The figures of its rounds.
    pub figures: &'a Figures,
    /// The day as of which the pages are made.
    pub today: Date,
}

/// One reader's page, not yet sealed.
pub struct ReaderPage {
    /// The reader.
    pub reader: Reader,
    /// The page.
    pub page: Page,
}

/// Makes the page of every reader.
pub fn of_all_readers(source: &PageSource<'_>) -> Result<Vec<ReaderPage>, Vec<Diagnostic>> {
    let readers = source.engagement.readers(source.today);
    let pages = parallel::readers(&readers, |_, reader| of_reader(source, reader));
    let pages: Result<Vec<ReaderPage>, Diagnostic> = pages.into_iter().collect();
    pages.map_err(|problem| vec![problem])
}

/// Makes the page of one reader.
pub(super) fn of_reader(
    source: &PageSource<'_>,
    reader: &Reader,
) -> Result<ReaderPage, Diagnostic> {
    let PageSource {
        workspace,
        engagement,
        figures,
        today,
    } = *source;
    let firm = &workspace.book.firm;
    let source = PortalSource {
        firm,
        engagement,
        figures,
    };
    let view = || PortalView::of(source, reader, today);
    let view = workspace.clock.time(Stage::Portal, view);
    let person = engagement.stakeholder(reader.id());
    let language = person.map_or(firm.language.as_str(), |person| {
        language(workspace, engagement, person)
    });
    let page = || workspace.theme.page(view, language);
    let page = workspace.clock.time(Stage::Render, page)?;
    Ok(ReaderPage {
        reader: reader.clone(),
        page,
    })
}

/// Returns the language of one reader's page.
pub(super) fn language<'a>(
    workspace: &'a Workspace,
    engagement: &'a Engagement,
    person: &'a Stakeholder,
) -> &'a str {
    person
        .language
        .as_ref()
        .or(engagement.language.as_ref())
        .unwrap_or(&workspace.book.firm.language)
}
