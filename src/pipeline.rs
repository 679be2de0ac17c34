//! What every way through has in common: folder, engagement, portal, page, sealed. The build itself is in [`building`].

pub mod auditing;
pub mod building;
pub mod explaining;
pub mod inviting;
mod judging;
pub mod merging;
pub mod options;
mod parallel;
pub mod persons;
pub mod preview;
pub mod problems;
pub mod release;
pub mod scaffolding;
pub mod shard;
pub mod timing;
pub mod watching;

use std::path::Path;
use std::path::PathBuf;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::access::Access;
use crate::access::Opening;
use crate::access::Sealed;
use crate::access::key::Key;
use crate::access::link::Link;
use crate::access::passphrase::Passphrase;
use crate::access::shell::Shell;
use crate::audit;
use crate::audit::Findings;
use crate::audit::ParsedPage;
use crate::audit::overlap::OverlapSearch;
use crate::content::Book;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::audience::Reader;
use crate::engagement::colour::Colours;
use crate::engagement::firm::AccessMode;
use crate::engagement::firm::OpeningMode;
use crate::engagement::id::EngagementId;
use crate::engagement::stakeholder::Stakeholder;
use crate::pipeline::options::Auditing;
use crate::pipeline::persons::PersonPortals;
use crate::pipeline::problems::Failure;
use crate::pipeline::problems::FailureKind;
use crate::pipeline::problems::Problems;
use crate::pipeline::shard::Shard;
use crate::pipeline::timing::Clock;
use crate::pipeline::timing::Stage;
use crate::portal::view::PortalView;
use crate::progress;
use crate::progress::figures::Figures;
use crate::render::Page;
use crate::render::theme::OwnFiles;
use crate::render::theme::Theme;

/// A firm's book, opened, with everything that stays the same from engagement to engagement.
pub struct Workspace {
    book: Book,
    theme: Theme,
    shell: Shell,
    warnings: Vec<Diagnostic>,
    clock: Clock,
}

/// One reader's page, not yet sealed.
pub struct Portal {
    /// For whom it is.
    pub reader: Reader,
    /// The page.
    pub page: Page,
}

impl Workspace {
    /// Opens the book in `content`, with the theme that it names from `themes` beside it.
    pub fn open(content: &Path) -> Result<Self, Failure> {
        Self::open_timed(content, Clock::default())
    }

    /// The same, with a clock that measures whatever is done from here on.
    pub fn open_timed(content: &Path, clock: Clock) -> Result<Self, Failure> {
        let reading = clock.time(Stage::Read, || Book::open(content));
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
        let own = folder.as_deref().map(|folder| OwnFiles {
            folder,
            is_passed_over: watching::is_passed_over,
        });
        let theme = clock.time(Stage::Render, || Theme::load(own.as_ref()));
        let theme = theme.map_err(|problems| Failure::of(FailureKind::Content, problems))?;
        let theme = match book.firm.colours {
            Some(Colours { light, dark }) => theme.in_colours(light.parts, dark.parts),
            None => theme,
        };
        let phrases = theme.phrases(&book.firm.language);
        let shell = phrases.and_then(|phrases| Shell::of(&phrases));
        let shell = shell.map_err(|problem| Failure::of(FailureKind::Content, vec![problem]))?;
        Ok(Self {
            book,
            theme,
            shell,
            warnings: reading.problems,
            clock,
        })
    }

    /// The zone in which the firm's days begin.
    pub fn timezone(&self) -> &TimeZone {
        &self.book.firm.timezone
    }

    /// The book.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// Looks at everything as a build would, and at links and shares among the notes besides; writes nothing.
    pub fn check(&self, today: Date) -> Result<Vec<Diagnostic>, Failure> {
        let mut problems = Problems::of(self.warnings.iter().cloned());
        let mut person_portals = PersonPortals::default();
        let key = Key::open_if_any(self.book.folder()).map_err(Failure::outside)?;
        let check = |id: &EngagementId| self.check_one(id, key.as_ref(), today);
        let checked: Vec<(Problems, PersonPortals)> =
            parallel::engagements(&self.book.engagements, check);
        for (of_one, person_portals_of_one) in checked {
            problems.extend(of_one);
            person_portals.join(person_portals_of_one);
        }
        for page in problems.list_of(self.person_pages(person_portals, Shard::WHOLE, today)) {
            problems.leaks.extend(self.person_leaks(&page));
        }
        problems.into_result()
    }

    fn check_one(
        &self,
        id: &EngagementId,
        key: Option<&Key>,
        today: Date,
    ) -> (Problems, PersonPortals) {
        let mut person_portals = PersonPortals::default();
        let mut judged = self.judged(id, key, today, Auditing::Full);
        let notes = audit::notes::problems(self.book.folder(), id.as_str());
        judged.problems.general.extend(notes);
        if let Some(engagement) = &judged.engagement {
            self.tie(&mut person_portals, None, engagement, today);
        }
        (judged.problems, person_portals)
    }

    /// Makes the page of every reader of an engagement, or says what stands in the way.
    pub fn portals(
        &self,
        engagement: &Engagement,
        today: Date,
    ) -> Result<Vec<Portal>, Vec<Diagnostic>> {
        let figures = || progress::figures(engagement);
        let figures = self.clock.time(Stage::Figures, figures);
        let readers = engagement.readers(today);
        let portal = |_, reader: &Reader| self.portal(engagement, &figures, reader, today);
        let portals = parallel::readers(&readers, portal).into_iter();
        let portals: Result<Vec<Portal>, Diagnostic> = portals.collect();
        portals.map_err(|problem| vec![problem])
    }

    /// Makes the page of one reader.
    fn portal(
        &self,
        engagement: &Engagement,
        figures: &Figures,
        reader: &Reader,
        today: Date,
    ) -> Result<Portal, Diagnostic> {
        let firm = &self.book.firm;
        let view = || PortalView::of(firm, engagement, figures, reader, today);
        let view = self.clock.time(Stage::Portal, view);
        let person = engagement.stakeholder(reader.id());
        let language = person.map_or(firm.language.as_str(), |person| {
            self.language(engagement, person)
        });
        let page = || self.theme.page(view, language, &firm.timezone);
        let page = self.clock.time(Stage::Render, page)?;
        Ok(Portal {
            reader: reader.clone(),
            page,
        })
    }

    /// The language of one reader's page.
    fn language<'a>(&'a self, engagement: &'a Engagement, person: &'a Stakeholder) -> &'a str {
        person
            .language
            .as_ref()
            .or(engagement.language.as_ref())
            .unwrap_or(&self.book.firm.language)
    }

    /// Looks through the pages of an engagement for what must not leave. Nothing flows from here to a page.
    fn findings<'a>(
        &self,
        engagement: &Engagement,
        portals: &'a [Portal],
        today: Date,
        auditing: Auditing,
    ) -> Findings {
        let examine = |index, portal: &'a Portal| {
            // The style sheet is the same in all pages: one of a firm's is looked at in the first.
            let known = if index == 0 {
                self.theme.known_style()
            } else {
                portal.page.style().text()
            };
            let parsed = ParsedPage::of(portal.page.document(), known);
            let reader = portal.reader.id().as_str();
            let leaks = self.leaks(&parsed, engagement.id.as_str(), reader);
            (auditing == Auditing::Full).then(|| parsed.read_words());
            (&portal.reader, parsed, leaks)
        };
        let examine = || parallel::readers(portals, examine);
        let search = || OverlapSearch::over(self.book.folder(), engagement, today);
        let (search, examined) = match auditing {
            Auditing::Off => (None, examine()),
            Auditing::Full => parallel::both(|| Some(search()), examine),
        };
        let mut findings = Findings::default();
        if let Some(mut search) = search {
            for (reader, parsed, _) in &examined {
                search.look(reader, parsed);
            }
            findings = search.findings(self.book.firm.overlap);
        }
        findings
            .leaks
            .extend(examined.into_iter().flat_map(|(.., leaks)| leaks));
        findings
    }

    /// What one page must not hold, whoever reads it: confidential terms, and anything that it would load or run.
    fn leaks(&self, page: &ParsedPage<'_>, engagement: &str, reader: &str) -> Vec<Diagnostic> {
        let mut leaks = audit::terms(&self.book.firm.terms, page, engagement, reader);
        leaks.extend(audit::faults(page, engagement, reader));
        leaks
    }

    /// Makes the file of one page.
    fn seal(
        &self,
        key: &Key,
        engagement: &Engagement,
        portal: &Portal,
    ) -> Result<Sealed, Diagnostic> {
        let person = engagement
            .stakeholder(portal.reader.id())
            .ok_or_else(|| Diagnostic::error("a reader is unknown"))?;
        let link = link(key, engagement, person);
        let access = self.access(engagement, person, &link)?;
        Ok(Sealed::of(&portal.page, &link, &access, &self.shell))
    }

    /// How the page of one reader leaves the machine.
    fn access(
        &self,
        engagement: &Engagement,
        person: &Stakeholder,
        link: &Link,
    ) -> Result<Access, Diagnostic> {
        let firm = &self.book.firm;
        match engagement.access.unwrap_or(firm.access) {
            AccessMode::Link => Ok(Access::Link),
            AccessMode::Sealed => {
                let click = person.opening.unwrap_or(firm.opening) == OpeningMode::Click;
                let words = self
                    .book
                    .passphrases
                    .of(engagement.id.as_str(), person.id.as_str());
                let passphrase = words.map(|words| Passphrase::of(words, link)).transpose()?;
                Ok(Access::Sealed(Opening { click, passphrase }))
            }
        }
    }
}

/// The link of one reader.
fn link(key: &Key, engagement: &Engagement, person: &Stakeholder) -> Link {
    Link::of(key, engagement.id.as_str(), person.id.as_str(), person.link)
}

/// Themes lie in `themes/` beside the content folder.
fn theme_folder(content: &Path, name: &str) -> PathBuf {
    watching::themes_folder(content).join(name)
}
