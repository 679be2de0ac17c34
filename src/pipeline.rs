//! The whole build on one screen: folder, engagement, portal, page, sealed, site.

use std::path::Path;
use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::access::Access;
use crate::access::Opening;
use crate::access::Sealed;
use crate::access::key::Key;
use crate::access::link::Link;
use crate::access::root::root_files;
use crate::access::shell::Shell;
use crate::access::shell::ShellTheme;
use crate::access::strings::ShellStrings;
use crate::audit;
use crate::content::Book;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::audience::Reader;
use crate::engagement::firm::AccessMode;
use crate::engagement::id::EngagementId;
use crate::engagement::stakeholder::Stakeholder;
use crate::portal::view::PortalView;
use crate::progress;
use crate::publish::Publication;
use crate::publish::Published;
use crate::render::Page;
use crate::render::theme::Theme;

/// A firm's book, opened, with everything that stays the same from engagement to engagement.
pub struct Studio {
    book: Book,
    theme: Theme,
    shell: Shell,
}

/// Why there is nothing to show for it, and what was said on the way.
#[derive(Debug)]
pub struct Failure {
    /// What kind of failure it is.
    pub kind: FailureKind,
    /// Everything to tell, warnings included.
    pub problems: Vec<Diagnostic>,
}

/// What kind of failure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// Something outside the content, such as the disk.
    Outside,
    /// Something in the content.
    Content,
    /// Something that must not leave was about to.
    Leak,
}

impl Failure {
    fn of(kind: FailureKind, problems: Vec<Diagnostic>) -> Self {
        Self { kind, problems }
    }

    fn outside(problem: Diagnostic) -> Self {
        Self::of(FailureKind::Outside, vec![problem])
    }
}

/// What a build did.
#[derive(Debug)]
pub struct Built {
    /// How many engagements there are.
    pub engagements: usize,
    /// How many portals were made.
    pub portals: usize,
    /// What became of the files.
    pub published: Published,
    /// Warnings.
    pub warnings: Vec<Diagnostic>,
}

/// One reader's page, not yet sealed.
pub struct Portal {
    /// For whom it is.
    pub reader: Reader,
    /// The page.
    pub page: Page,
}

/// One reader's way in.
pub struct Invitation {
    /// The engagement.
    pub engagement: EngagementId,
    /// The reader's id there.
    pub stakeholder: String,
    /// The reader's name.
    pub name: String,
    /// The reader's role.
    pub role: &'static str,
    /// How the page is kept.
    pub access: AccessMode,
    /// The link.
    pub link: Link,
}

impl Studio {
    /// Opens the book in `content`, with the theme that it names from `themes` beside it.
    pub fn open(content: &Path) -> Result<Self, Failure> {
        let reading = Book::open(content);
        let Some(book) = reading.value else {
            return Err(Failure::of(FailureKind::Content, reading.problems));
        };
        let folder = book
            .firm
            .theme
            .as_ref()
            .map(|name| theme_folder(content, name));
        if let (Some(name), Some(folder)) = (&book.firm.theme, &folder)
            && !folder.is_dir()
        {
            let problem = Diagnostic::error(format!("there is no theme `{name}`"));
            let hint = "a theme is a folder in `themes/`, which stands beside the content folder";
            let problem = problem.in_file("loggia.toml").with_hint(hint);
            return Err(Failure::of(FailureKind::Content, vec![problem]));
        }
        let theme = Theme::load(folder.as_deref())
            .map_err(|problems| Failure::of(FailureKind::Content, problems))?;
        let shell = Shell::of(&ShellTheme::built_in(), &ShellStrings::english())
            .map_err(Failure::outside)?;
        Ok(Self { book, theme, shell })
    }

    /// The zone in which the firm's days begin.
    pub fn timezone(&self) -> &TimeZone {
        &self.book.firm.timezone
    }

    /// The book.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// Builds the site into `out`: all of it or nothing.
    pub fn build(&self, out: &Path, today: Date) -> Result<Built, Failure> {
        let key = Key::open_or_make(self.book.folder(), Some(out)).map_err(Failure::outside)?;
        let site = key.fingerprint();
        let publication =
            Publication::begin(out, self.book.folder(), &site).map_err(Failure::outside)?;
        let mut all = Told::default();
        let mut portals = 0;
        for id in &self.book.engagements {
            let Some(engagement) = all.tell(self.book.engagement(id)) else {
                continue;
            };
            for portal in all.take(self.portals(&engagement, today)) {
                all.leaks.extend(audit::terms(
                    &self.book.firm.terms,
                    portal.page.document(),
                    id.as_str(),
                    portal.reader.id().as_str(),
                ));
                let Some(link) = link(&key, &engagement, &portal.reader) else {
                    continue;
                };
                let sealed = Sealed::of(&portal.page, &link, &self.access(), &self.shell);
                publication.put(&sealed).map_err(Failure::outside)?;
                portals += 1;
            }
        }
        let warnings = all.verdict()?;
        for file in root_files(&self.shell) {
            publication.put(&file).map_err(Failure::outside)?;
        }
        let published = publication.publish().map_err(Failure::outside)?;
        Ok(Built {
            engagements: self.book.engagements.len(),
            portals,
            published,
            warnings,
        })
    }

    /// Looks at everything as a build would, notes included, and writes nothing.
    pub fn check(&self, today: Date) -> Result<Vec<Diagnostic>, Failure> {
        let mut all = Told::default();
        for id in &self.book.engagements {
            all.problems
                .extend(audit::notes(self.book.folder(), id.as_str()));
            let Some(engagement) = all.tell(self.book.engagement(id)) else {
                continue;
            };
            for portal in all.take(self.portals(&engagement, today)) {
                all.leaks.extend(audit::terms(
                    &self.book.firm.terms,
                    portal.page.document(),
                    id.as_str(),
                    portal.reader.id().as_str(),
                ));
            }
        }
        all.verdict()
    }

    /// Makes the page of every reader of an engagement, or says what stands in the way.
    pub fn portals(
        &self,
        engagement: &Engagement,
        today: Date,
    ) -> Result<Vec<Portal>, Vec<Diagnostic>> {
        let firm = &self.book.firm;
        let figures = progress::figures(engagement);
        let mut portals = Vec::new();
        for reader in engagement.readers(today) {
            let view = PortalView::of(firm, engagement, &figures, &reader, today);
            let own = engagement
                .stakeholder(reader.id())
                .and_then(|person| person.language.as_ref());
            let language = own
                .or(engagement.language.as_ref())
                .unwrap_or(&firm.language);
            let page = self
                .theme
                .page(view, language, &firm.timezone)
                .map_err(|problem| vec![problem])?;
            portals.push(Portal { reader, page });
        }
        Ok(portals)
    }

    /// Returns everyone's way in.
    pub fn invitations(&self, today: Date, out: &Path) -> Result<Vec<Invitation>, Failure> {
        let key = Key::open_or_make(self.book.folder(), Some(out)).map_err(Failure::outside)?;
        let mut all = Told::default();
        let mut invitations = Vec::new();
        for id in &self.book.engagements {
            let Some(engagement) = all.tell(self.book.engagement(id)) else {
                continue;
            };
            for reader in engagement.readers(today) {
                let person = engagement.stakeholder(reader.id());
                let (Some(person), Some(link)) = (person, link(&key, &engagement, &reader)) else {
                    continue;
                };
                invitations.push(self.invitation(id, person, link));
            }
        }
        all.verdict()?;
        Ok(invitations)
    }

    fn invitation(
        &self,
        engagement: &EngagementId,
        person: &Stakeholder,
        link: Link,
    ) -> Invitation {
        Invitation {
            engagement: engagement.clone(),
            stakeholder: person.id.to_string(),
            name: person.name.clone(),
            role: person.role.as_str(),
            access: self.book.firm.access,
            link,
        }
    }

    fn access(&self) -> Access {
        match self.book.firm.access {
            AccessMode::Sealed => Access::Sealed(Opening::default()),
            AccessMode::Link => Access::Link,
        }
    }
}

/// The link of one reader.
fn link(key: &Key, engagement: &Engagement, reader: &Reader) -> Option<Link> {
    let person = engagement.stakeholder(reader.id())?;
    Some(Link::of(
        key,
        engagement.id.as_str(),
        person.id.as_str(),
        person.link,
    ))
}

/// Themes lie in `themes/` beside the content folder.
fn theme_folder(content: &Path, name: &str) -> PathBuf {
    content.join("..").join("themes").join(name)
}

/// What was said on the way through a book.
#[derive(Default)]
struct Told {
    problems: Vec<Diagnostic>,
    leaks: Vec<Diagnostic>,
}

impl Told {
    /// Keeps what a reading says, and returns what it read.
    fn tell<T>(&mut self, reading: crate::content::Reading<T>) -> Option<T> {
        self.problems.extend(reading.problems);
        reading.value
    }

    /// Keeps what went wrong, and returns what did not.
    fn take<T>(&mut self, result: Result<Vec<T>, Vec<Diagnostic>>) -> Vec<T> {
        result.unwrap_or_else(|problems| {
            self.problems.extend(problems);
            Vec::new()
        })
    }

    /// The warnings, if nothing worse was said.
    fn verdict(mut self) -> Result<Vec<Diagnostic>, Failure> {
        let has_errors = self.problems.iter().any(Diagnostic::is_error);
        let has_leaks = !self.leaks.is_empty();
        self.problems.append(&mut self.leaks);
        crate::diagnostic::sort(&mut self.problems);
        match (has_errors, has_leaks) {
            (true, _) => Err(Failure::of(FailureKind::Content, self.problems)),
            (false, true) => Err(Failure::of(FailureKind::Leak, self.problems)),
            (false, false) => Ok(self.problems),
        }
    }
}
