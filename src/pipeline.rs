//! The whole build on one screen: folder, engagement, portal, page, sealed, site.

pub mod auditing;
pub mod drafting;
pub mod explaining;
pub mod inviting;
pub mod manner;
pub mod persons;
pub mod preview;
pub mod release;

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
use crate::access::root::root_files;
use crate::access::shell::Shell;
use crate::access::shell::ShellTheme;
use crate::access::strings::ShellStrings;
use crate::audit;
use crate::audit::Findings;
use crate::audit::overlap::Watch;
use crate::content::Book;
use crate::content::Reading;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::audience::Reader;
use crate::engagement::colour::Colours;
use crate::engagement::firm::AccessMode;
use crate::engagement::firm::OpeningMode;
use crate::engagement::id::EngagementId;
use crate::engagement::stakeholder::Stakeholder;
use crate::pipeline::manner::Auditing;
use crate::pipeline::manner::Manner;
use crate::pipeline::manner::Recording;
use crate::pipeline::manner::Reporting;
use crate::pipeline::persons::Ties;
use crate::pipeline::release::Release;
use crate::pipeline::release::ReleasedFile;
use crate::portal::view::PortalView;
use crate::progress;
use crate::progress::figures::Figures;
use crate::progress::lock;
use crate::publish::Publication;
use crate::publish::Published;
use crate::publish::replace::replace;
use crate::render::Page;
use crate::render::theme::Theme;

/// A firm's book, opened, with everything that stays the same from engagement to engagement.
pub struct Studio {
    book: Book,
    theme: Theme,
    shell: Shell,
    warnings: Vec<Diagnostic>,
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
    /// What went to whom; empty where nobody asked for it.
    pub release: Release,
    /// Warnings.
    pub warnings: Vec<Diagnostic>,
}

/// A record of published rounds that is to be written.
struct Record {
    path: PathBuf,
    shown: String,
    text: String,
}

impl Record {
    /// The problem with a record that is not up to date.
    fn unwritten(&self) -> Diagnostic {
        let problem = Diagnostic::error("this record of published rounds is not up to date")
            .in_file(&*self.shown);
        problem.with_hint("run `loggia build` without `--locked` where the content is kept, and keep the file it writes")
    }
}

/// One reader's page, not yet sealed.
pub struct Portal {
    /// For whom it is.
    pub reader: Reader,
    /// The page.
    pub page: Page,
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
        let theme = match book.firm.colours {
            Some(Colours { light, dark }) => theme.in_colours(light.parts, dark.parts),
            None => theme,
        };
        let words = theme
            .words(&book.firm.language)
            .and_then(|words| ShellStrings::of(&words));
        let shell = words.and_then(|words| Shell::of(&ShellTheme::built_in(), &words));
        let shell = shell.map_err(|problem| Failure::of(FailureKind::Content, vec![problem]))?;
        Ok(Self {
            book,
            theme,
            shell,
            warnings: reading.problems,
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

    /// Builds the site into `out`: all of it or nothing.
    ///
    /// Figures that were published before are compared with their record, and new ones are recorded before they go out.
    pub fn build(&self, out: &Path, today: Date, manner: Manner) -> Result<Built, Failure> {
        let key = Key::open_or_make(self.book.folder(), Some(out)).map_err(Failure::outside)?;
        let site = key.fingerprint();
        let publication =
            Publication::begin(out, self.book.folder(), &site).map_err(Failure::outside)?;
        let mut told = Told::of(self.warnings.iter().chain(key.notice()).cloned());
        let mut count = 0;
        let mut release = Release::default();
        let mut records = Vec::new();
        let mut ties = Ties::default();
        for id in &self.book.engagements {
            let Some(engagement) = told.tell(self.engagement(id, today)) else {
                continue;
            };
            records.extend(told.take(self.record(&key, &engagement)));
            let portals = told.take(self.portals(&engagement, today));
            told.hear(self.findings(&engagement, &portals, today, manner.auditing));
            let mut released = match manner.reporting {
                Reporting::On => Some(self.released(&engagement, today)),
                Reporting::Off => None,
            };
            for portal in portals {
                let sealed = self
                    .seal(&key, &engagement, &portal)
                    .map_err(Failure::outside)?;
                publication.put(&sealed).map_err(Failure::outside)?;
                count += 1;
                if let Some(released) = &mut released {
                    let line = self.released_portal(&engagement, &portal.reader, &sealed);
                    released.portals.push(line);
                }
            }
            release.engagements.extend(released);
            self.tie(&mut ties, Some(&key), &engagement, today);
        }
        for page in told.take(self.person_pages(ties, today)) {
            told.leaks.extend(self.person_leaks(&page));
            let sealed = self.seal_person(&key, &page);
            publication.put(&sealed).map_err(Failure::outside)?;
            release.persons.push(self.released_person(&page, &sealed));
        }
        if manner.recording == Recording::Locked {
            told.problems.extend(records.iter().map(Record::unwritten));
        }
        let mut warnings = told.verdict()?;
        for file in root_files(&self.shell) {
            publication.put(&file).map_err(Failure::outside)?;
            release.files.push(ReleasedFile::of(&file));
        }
        for record in &records {
            replace(&record.path, record.text.as_bytes()).map_err(Failure::outside)?;
        }
        let published = publication.publish().map_err(Failure::outside)?;
        warnings.extend(published.leftover.clone());
        Ok(Built {
            engagements: self.book.engagements.len(),
            portals: count,
            published,
            release,
            warnings,
        })
    }

    /// Looks at everything as a build would, notes included, and writes nothing.
    pub fn check(&self, today: Date) -> Result<Vec<Diagnostic>, Failure> {
        let mut told = Told::of(self.warnings.iter().cloned());
        let mut ties = Ties::default();
        for id in &self.book.engagements {
            told.problems
                .extend(audit::notes::problems(self.book.folder(), id.as_str()));
            let Some(engagement) = told.tell(self.engagement(id, today)) else {
                continue;
            };
            let portals = told.take(self.portals(&engagement, today));
            told.hear(self.findings(&engagement, &portals, today, Auditing::Full));
            self.tie(&mut ties, None, &engagement, today);
        }
        for page in told.take(self.person_pages(ties, today)) {
            told.leaks.extend(self.person_leaks(&page));
        }
        told.verdict()
    }

    /// Compares what would be published of the pulse with its record; returns the record if it is to be written anew.
    fn record(&self, key: &Key, engagement: &Engagement) -> Result<Vec<Record>, Vec<Diagnostic>> {
        let hash = |text: &[u8]| key.derive("rounds/v1", &[text]);
        let was = engagement.pulse.lock.as_ref();
        let now = lock::check(engagement, was, &hash).map_err(|problems| {
            problems
                .iter()
                .map(|problem| problem.diagnostic(&engagement.id))
                .collect::<Vec<_>>()
        })?;
        let is_new = was != Some(&now) && !(was.is_none() && now.published.is_empty());
        let shown = format!("{}/pulse/{}", engagement.id, lock::FILE_NAME);
        let path = self.book.folder().join(&shown);
        Ok(is_new
            .then(|| Record {
                path,
                shown,
                text: lock::text(&now),
            })
            .into_iter()
            .collect())
    }

    /// Reads one engagement as it can be told on `today`.
    pub fn engagement(&self, id: &EngagementId, today: Date) -> Reading<Engagement> {
        let mut reading = self.book.engagement(id);
        if let Some(engagement) = &reading.value {
            reading.problems.extend(self.book.advice(engagement, today));
        }
        Reading {
            value: reading.value.map(|engagement| engagement.as_of(today)),
            ..reading
        }
    }

    /// Makes the page of every reader of an engagement, or says what stands in the way.
    pub fn portals(
        &self,
        engagement: &Engagement,
        today: Date,
    ) -> Result<Vec<Portal>, Vec<Diagnostic>> {
        let figures = progress::figures(engagement);
        let mut portals = Vec::new();
        for reader in engagement.readers(today) {
            let portal = self.portal(engagement, &figures, reader, today);
            portals.push(portal.map_err(|problem| vec![problem])?);
        }
        Ok(portals)
    }

    /// Makes the page of one reader.
    fn portal(
        &self,
        engagement: &Engagement,
        figures: &Figures,
        reader: Reader,
        today: Date,
    ) -> Result<Portal, Diagnostic> {
        let firm = &self.book.firm;
        let view = PortalView::of(firm, engagement, figures, &reader, today);
        let person = match engagement.stakeholder(reader.id()) {
            _ if crate::leaks::is_on("pipeline-language-of-another") => {
                engagement.stakeholders.last()
            }
            person => person,
        };
        let language = person.map_or(firm.language.as_str(), |person| {
            self.language(engagement, person)
        });
        let page = self.theme.page(view, language, &firm.timezone)?;
        #[cfg(feature = "leaks")]
        let page = leaks::in_comment(page, engagement, self.book.folder());
        Ok(Portal { reader, page })
    }

    /// The language of one reader's page.
    fn language<'a>(&'a self, engagement: &'a Engagement, person: &'a Stakeholder) -> &'a str {
        if crate::leaks::is_on("pipeline-language-of-another") {
            let last = engagement
                .stakeholders
                .last()
                .and_then(|person| person.language.as_ref());
            return last.unwrap_or(&self.book.firm.language);
        }
        person
            .language
            .as_ref()
            .or(engagement.language.as_ref())
            .unwrap_or(&self.book.firm.language)
    }

    /// Looks through the pages of an engagement for what must not leave. Nothing flows from here to a page.
    fn findings(
        &self,
        engagement: &Engagement,
        portals: &[Portal],
        today: Date,
        auditing: Auditing,
    ) -> Findings {
        let mut findings = match auditing {
            Auditing::Off => Findings::default(),
            Auditing::Full => {
                let mut watch = Watch::over(self.book.folder(), engagement, today);
                for portal in portals {
                    watch.look(&portal.reader, portal.page.document());
                }
                watch.findings(self.book.firm.overlap)
            }
        };
        for portal in portals {
            findings.leaks.extend(self.leaks(&engagement.id, portal));
        }
        findings
    }

    /// What one page must not hold, whoever reads it: confidential terms, and anything that it would load or run.
    fn leaks(&self, engagement: &EngagementId, portal: &Portal) -> Vec<Diagnostic> {
        let (document, reader) = (portal.page.document(), portal.reader.id().as_str());
        let mut leaks = audit::terms(&self.book.firm.terms, document, engagement.as_str(), reader);
        leaks.extend(audit::faults(document, engagement.as_str(), reader));
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
    preview::themes_folder(content).join(name)
}

/// What was said on the way through a book.
#[derive(Default)]
struct Told {
    problems: Vec<Diagnostic>,
    leaks: Vec<Diagnostic>,
}

impl Told {
    /// Starts with what was said before.
    fn of(problems: impl Iterator<Item = Diagnostic>) -> Self {
        Self {
            problems: problems.collect(),
            leaks: Vec::new(),
        }
    }

    /// Keeps what a reading says, and returns what it read.
    fn tell<T>(&mut self, reading: Reading<T>) -> Option<T> {
        self.problems.extend(reading.problems);
        reading.value
    }

    /// Keeps what an audit found.
    fn hear(&mut self, findings: Findings) {
        self.problems.extend(findings.warnings);
        self.leaks.extend(findings.leaks);
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

/// Leaks that add to a finished page.
#[cfg(feature = "leaks")]
mod leaks {
    use std::fs;
    use std::path::Path;

    use crate::engagement::Engagement;
    use crate::leaks::is_on;
    use crate::render::Page;

    /// The page with a remark that tells something of the folder, if one of these leaks is on.
    pub(super) fn in_comment(page: Page, engagement: &Engagement, folder: &Path) -> Page {
        let folder = folder.join(engagement.id.as_str());
        let remark = if is_on("pipeline-count-of-goals") {
            engagement.goals.len().to_string()
        } else if is_on("pipeline-count-of-notes") {
            let notes = fs::read_dir(folder.join("notes"));
            notes.map_or(0, Iterator::count).to_string()
        } else if is_on("pipeline-size-of-file") {
            let file = fs::metadata(folder.join("engagement.toml"));
            file.map_or(0, |file| file.len()).to_string()
        } else if is_on("pipeline-time-of-file") {
            let file = fs::metadata(folder.join("engagement.toml"));
            format!("{:?}", file.and_then(|file| file.modified()).ok())
        } else if is_on("pipeline-supporters-who-rated") {
            let ratings = engagement
                .pulse
                .rounds
                .iter()
                .map(|round| round.ratings.len());
            ratings.sum::<usize>().to_string()
        } else {
            return page;
        };
        let document = page
            .document()
            .replace("</body>", &format!("<!-- {remark} --></body>"));
        Page::of(
            document,
            page.style().to_owned(),
            page.language().to_owned(),
        )
    }
}
