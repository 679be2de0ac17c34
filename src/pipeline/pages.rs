//! Engagement and figures to pages: for each reader, what that reader may see, and the page that shows it.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::audience::Reader;
use crate::engagement::stakeholder::Stakeholder;
use crate::engagement::today::Today;
use crate::pipeline::timing::Stage;
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{page_sizes, parallel};
use crate::portal::PortalSource;
use crate::portal::files::ShownFiles;
use crate::portal::view::PortalView;
use crate::progress::figures::Figures;
use crate::render::Page;
use crate::render::page_text::PageText;

/// What the pages of an engagement are made from.
pub struct PageSource<'a> {
    /// The firm and its theme.
    pub workspace: &'a Workspace,
    /// The engagement.
    pub engagement: &'a Engagement,
    /// The figures of its rounds.
    pub figures: &'a Figures,
    /// The day as of which the pages are made.
    pub today: Today<'a>,
}

/// One reader's page, not yet sealed.
pub struct ReaderPage {
    /// The reader.
    pub reader: Reader,
    /// What the page shows.
    pub view: Arc<PortalView>,
    /// The page.
    pub page: Page,
}

/// A page whose files are still to be put in.
struct Unfilled<'a> {
    view: Arc<PortalView>,
    text: PageText,
    files: ShownFiles<'a>,
}

/// Makes the page of every reader. Where one would be longer than may be published, none is put together, so that no memory is
/// spent on it.
pub fn of_all_readers(source: &PageSource<'_>) -> Result<Vec<ReaderPage>, Vec<Diagnostic>> {
    let readers = source.engagement.readers(source.today);
    let pages = parallel::readers(&readers, |_, reader| written(source, reader));
    let pages: Result<Vec<Unfilled<'_>>, Diagnostic> = pages.into_iter().collect();
    let pages = pages.map_err(|problem| vec![problem])?;
    let ids = readers.iter().map(|reader| reader.id().as_str());
    let sizes: Vec<_> = ids.zip(pages.iter().map(Unfilled::length)).collect();
    let problems = page_sizes::problems(source.engagement.id.as_str(), &sizes);
    if problems.iter().any(Diagnostic::is_error) {
        return Err(problems);
    }
    let pages = readers.iter().zip(pages);
    Ok(pages.map(|(reader, page)| page.filled(reader)).collect())
}

/// Makes the page of one reader.
pub(super) fn of_reader(
    source: &PageSource<'_>,
    reader: &Reader,
) -> Result<ReaderPage, Diagnostic> {
    let page = written(source, reader)?;
    let size = (reader.id().as_str(), page.length());
    let problems = page_sizes::problems(source.engagement.id.as_str(), &[size]);
    match problems.into_iter().find(Diagnostic::is_error) {
        Some(problem) => Err(problem),
        None => Ok(page.filled(reader)),
    }
}

impl Unfilled<'_> {
    /// How many bytes the page will have.
    fn length(&self) -> usize {
        self.text.length(&self.files)
    }

    fn filled(self, reader: &Reader) -> ReaderPage {
        ReaderPage {
            reader: reader.clone(),
            view: self.view,
            page: self.text.with_files(&self.files),
        }
    }
}

/// Fills the template of one reader's page.
fn written<'a>(source: &PageSource<'a>, reader: &Reader) -> Result<Unfilled<'a>, Diagnostic> {
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
    let view = Arc::new(workspace.clock.time(Stage::Portal, view));
    let person = engagement.stakeholder(reader.id());
    let language = person.map_or(firm.language.as_str(), |person| {
        language(workspace, engagement, person)
    });
    let page = || workspace.theme.page(Arc::clone(&view), language);
    let page = workspace.clock.time(Stage::Render, page)?;
    Ok(Unfilled {
        view,
        text: page,
        files: ShownFiles::of(engagement, reader),
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
