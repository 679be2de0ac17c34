//! A site that is already out, looked at with everything that is known of it here: content, key and day.

use std::path::Path;

use jiff::civil::Date;

use crate::access;
use crate::access::key::Key;
use crate::access::link::Link;
use crate::access::passphrase::Passphrase;
use crate::access::root;
use crate::access::root::root_files;
use crate::access::shell::Shell;
use crate::access::shell::ShellTheme;
use crate::access::strings::ShellStrings;
use crate::audit;
use crate::audit::Exhibit;
use crate::audit::overlap::Watch;
use crate::audit::site;
use crate::audit::site::FoundFile;
use crate::audit::site::SiteRules;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::audience::Reader;
use crate::engagement::firm::AccessMode;
use crate::engagement::stakeholder::Stakeholder;
use crate::pipeline::Studio;
use crate::pipeline::persons::Ties;
use crate::pipeline::verdict::Failure;
use crate::pipeline::verdict::FailureKind;
use crate::pipeline::verdict::Told;
use crate::publish::MARKER;
use crate::publish::Ownership;
use crate::render::theme::Theme;

/// Links that ended are looked for as far back as this: nobody gives one person more.
const LINKS: u32 = 50;

/// Looks at a folder of which nothing is known but what lies in it.
pub fn audit_alone(folder: &Path) -> Result<Vec<Diagnostic>, Failure> {
    let theme =
        Theme::load(None).map_err(|problems| Failure::of(FailureKind::Outside, problems))?;
    let words = theme.words("en").and_then(|words| ShellStrings::of(&words));
    let shell = words
        .and_then(|words| Shell::of(&ShellTheme::built_in(), &words))
        .map_err(Failure::outside)?;
    let mut inspection = Inspection::begin(folder, &shell)?;
    for file in inspection.files.iter().filter(|file| file.is_portal()) {
        if !access::is_sealed(&file.text()) {
            let problem = Diagnostic::warning(
                "this page is not sealed: whoever can list the host's files can read it",
            );
            inspection.told.problems.push(file.place(problem));
        }
    }
    let problem = Diagnostic::warning(
        "there is no content folder here, so words were not compared and no page was opened",
    );
    inspection
        .told
        .problems
        .push(problem.with_hint("give it with `--content DIR`"));
    inspection.told.verdict()
}

/// A folder while it is looked at.
struct Inspection {
    files: Vec<FoundFile>,
    told: Told,
}

impl Inspection {
    /// Reads the folder, and looks at each file by itself.
    fn begin(folder: &Path, shell: &Shell) -> Result<Self, Failure> {
        let files = site::read(folder).map_err(Failure::outside)?;
        let mut told = Told::default();
        let marker = files.iter().find(|file| file.path == MARKER);
        let ownership = marker.and_then(|file| Ownership::parse(&file.text()));
        if ownership.is_none() {
            let problem = Diagnostic::warning(format!(
                "there is no marker `{MARKER}`, so stale files cannot be told from others"
            ));
            told.problems.push(problem.with_hint("fetch dotfiles too"));
        }
        let is_owned = ownership
            .as_ref()
            .map(|ownership| |path: &str| ownership.names(path));
        let scripts: Vec<String> = shell
            .script_sources()
            .split(' ')
            .map(str::to_owned)
            .collect();
        let rules = SiteRules {
            root: &root::NAMES,
            is_owned: is_owned
                .as_ref()
                .map(|is_owned| is_owned as &dyn Fn(&str) -> bool),
            marker: MARKER,
            scripts: &scripts,
        };
        for file in &files {
            let (leaks, warnings): (Vec<_>, Vec<_>) = file
                .problems(&rules)
                .into_iter()
                .partition(Diagnostic::is_error);
            told.leaks.extend(leaks);
            told.problems.extend(warnings);
        }
        Ok(Self { files, told })
    }
}

impl Studio {
    /// Looks at a site that is already out: at its files, and, opened with the key, at every page.
    pub fn audit(&self, folder: &Path, today: Date) -> Result<Vec<Diagnostic>, Failure> {
        let key = Key::open_if_any(self.book.folder()).map_err(Failure::outside)?;
        let mut inspection = Inspection::begin(folder, &self.shell)?;
        let mut is_known = vec![false; inspection.files.len()];
        let mut ties = Ties::default();
        for id in &self.book.engagements {
            let Some(engagement) = inspection.told.tell(self.engagement(id, today)) else {
                continue;
            };
            let mut watch = Watch::over(self.book.folder(), &engagement, today);
            for file in inspection
                .files
                .iter()
                .filter(|file| !file.is_portal() && file.path != MARKER)
            {
                watch.look_at_stray(&file.shown(), &file.text());
            }
            if let Some(key) = &key {
                let mut pages = Pages {
                    studio: self,
                    key,
                    engagement: &engagement,
                    inspection: &mut inspection,
                    is_known: &mut is_known,
                };
                pages.look(&mut watch, today)?;
            }
            self.tie(&mut ties, None, &engagement, today);
            inspection.told.hear(watch.findings(self.book.firm.overlap));
        }
        if let Some(key) = &key {
            self.look_at_persons(&mut inspection, key, &ties, &mut is_known);
        }
        self.look_at_all(&mut inspection, key.as_ref(), &is_known);
        inspection.told.verdict()
    }

    /// The pages of persons who read several portals: they are known, and as closed as what they lead to.
    fn look_at_persons(
        &self,
        inspection: &mut Inspection,
        key: &Key,
        ties: &Ties,
        is_known: &mut [bool],
    ) {
        let Inspection { files, told } = inspection;
        for way in ties.ways(&self.book.firm.persons, key) {
            let path = way.link.path();
            let Some(index) = files.iter().position(|file| file.path == path.as_str()) else {
                let message = format!("the page of person `{}` is not here", way.id);
                let problem = Diagnostic::warning(message).with_hint("publish again");
                told.problems.push(problem);
                continue;
            };
            is_known[index] = true;
            let file = &files[index];
            let mut leak = |message: String, hint: &str| {
                let problem = Diagnostic::error(message).with_hint(hint);
                told.leaks.push(file.place(problem));
            };
            let is_open = way.access == AccessMode::Link || !access::is_sealed(&file.text());
            if is_open && way.access == AccessMode::Sealed {
                let message = format!("the page of person `{}` is not sealed", way.id);
                leak(message, "publish again");
            }
            let document = if is_open {
                Some(file.text())
            } else {
                access::opened(&file.text(), &way.link, None)
            };
            let Some(document) = document else {
                let message = format!(
                    "the page of person `{}` does not open with its code",
                    way.id
                );
                leak(
                    message,
                    "it is damaged, or was made with another key; publish again",
                );
                continue;
            };
            let page = Exhibit::of(&document, "");
            let terms = audit::terms(&self.book.firm.terms, &page, "loggia.toml", &way.id);
            told.leaks.extend(terms);
            if !is_open {
                told.leaks
                    .extend(audit::faults(&page, "loggia.toml", &way.id));
            }
        }
    }

    /// What can be said of each file without knowing whose it is.
    fn look_at_all(&self, inspection: &mut Inspection, key: Option<&Key>, is_known: &[bool]) {
        let Inspection { files, told } = inspection;
        if key.is_none() {
            let problem = Diagnostic::warning("there is no key, so no page was opened");
            told.problems.push(
                problem.with_hint("put `loggia.key` beside loggia.toml, or set `LOGGIA_KEY`"),
            );
        }
        let of_all = root_files(&self.shell);
        for (file, is_known) in files.iter().zip(is_known) {
            let bytes = file.bytes.as_deref().unwrap_or_default();
            if key.is_some_and(|key| key.stands_in(bytes)) {
                told.leaks
                    .push(file.place(Diagnostic::error("this file holds the key of the site")));
            }
            let ours = of_all.iter().find(|ours| ours.path().as_str() == file.path);
            if ours.is_some_and(|ours| ours.bytes() != bytes) {
                let problem =
                    Diagnostic::warning("this file is not what this version of Loggia writes");
                told.problems.push(
                    file.place(problem)
                        .with_hint("publish again, or look at who changed it"),
                );
            }
            if file.is_portal() && !is_known && key.is_some() {
                let problem =
                    Diagnostic::error("this page belongs to nobody who has a portal today");
                told.leaks.push(
                    file.place(problem)
                        .with_hint("it is stale, or of another site; take it away from the host"),
                );
            }
            if !file.is_portal() {
                let found = audit::terms(
                    &self.book.firm.terms,
                    &Exhibit::of(&file.text(), ""),
                    &file.shown(),
                    &file.shown(),
                );
                told.leaks.extend(found);
            }
        }
    }
}

/// The pages of one engagement in a folder.
struct Pages<'a> {
    studio: &'a Studio,
    key: &'a Key,
    engagement: &'a Engagement,
    inspection: &'a mut Inspection,
    is_known: &'a mut [bool],
}

impl Pages<'_> {
    fn look(&mut self, watch: &mut Watch<'_>, today: Date) -> Result<(), Failure> {
        let readers = self.engagement.readers(today);
        for person in &self.engagement.stakeholders {
            for number in (1..=LINKS).filter(|number| *number != person.link) {
                self.look_for_ended(person, number);
            }
            let link = self.link(person, person.link);
            match readers.iter().find(|reader| *reader.id() == person.id) {
                Some(reader) => self.look_at_page(reader, person, &link, watch)?,
                None => self.look_for_lost(person, &link),
            }
        }
        Ok(())
    }

    fn link(&self, person: &Stakeholder, number: u32) -> Link {
        Link::of(
            self.key,
            self.engagement.id.as_str(),
            person.id.as_str(),
            number,
        )
    }

    /// Where the file of a link lies in the list of files, if it is there. From now on it is known.
    fn find(&mut self, link: &Link) -> Option<usize> {
        let path = link.path();
        let found = self
            .inspection
            .files
            .iter()
            .position(|file| file.path == path.as_str())?;
        self.is_known[found] = true;
        Some(found)
    }

    fn leak(&mut self, file: usize, message: String, hint: &str) {
        let problem = Diagnostic::error(message).with_hint(hint);
        let problem = self.inspection.files[file].place(problem);
        self.inspection.told.leaks.push(problem);
    }

    fn look_for_ended(&mut self, person: &Stakeholder, number: u32) {
        if let Some(file) = self.find(&self.link(person, number)) {
            let message = format!(
                "link {number} of `{}` in `{}` has ended, and its page is still here",
                person.id, self.engagement.id
            );
            self.leak(file, message, "take it away from the host");
        }
    }

    fn look_for_lost(&mut self, person: &Stakeholder, link: &Link) {
        if let Some(file) = self.find(link) {
            let message = format!(
                "`{}` in `{}` has no portal, and the page is still here",
                person.id, self.engagement.id
            );
            self.leak(file, message, "take it away from the host");
        }
    }

    /// What the reader types besides having the link.
    fn passphrase(&self, person: &Stakeholder, link: &Link) -> Result<Option<Passphrase>, Failure> {
        let all = &self.studio.book.passphrases;
        let words = all.of(self.engagement.id.as_str(), person.id.as_str());
        let passphrase = words.map(|words| Passphrase::of(words, link)).transpose();
        passphrase.map_err(Failure::outside)
    }

    fn look_at_page(
        &mut self,
        reader: &Reader,
        person: &Stakeholder,
        link: &Link,
        watch: &mut Watch<'_>,
    ) -> Result<(), Failure> {
        let (engagement, firm) = (&self.engagement.id, &self.studio.book.firm);
        let Some(index) = self.find(link) else {
            let problem = Diagnostic::warning(format!(
                "the portal of `{}` in `{engagement}` is not here",
                person.id
            ));
            self.inspection
                .told
                .problems
                .push(problem.with_hint("publish again"));
            return Ok(());
        };
        let file = self.inspection.files[index].text();
        let document = match self.engagement.access.unwrap_or(firm.access) {
            AccessMode::Link => file,
            AccessMode::Sealed if !access::is_sealed(&file) => {
                let message = format!(
                    "the portal of `{}` in `{engagement}` is not sealed",
                    person.id
                );
                self.leak(
                    index,
                    message,
                    "whoever can list the host's files can read it; publish again",
                );
                file
            }
            AccessMode::Sealed => {
                let passphrase = self.passphrase(person, link)?;
                let Some(document) = access::opened(&file, link, passphrase.as_ref()) else {
                    let message = format!(
                        "the portal of `{}` in `{engagement}` does not open with the reader's code",
                        person.id
                    );
                    self.leak(
                        index,
                        message,
                        "it is damaged, or was made with another key or passphrase; publish again",
                    );
                    return Ok(());
                };
                let faults = audit::faults(
                    &Exhibit::of(&document, ""),
                    engagement.as_str(),
                    person.id.as_str(),
                );
                self.inspection.told.leaks.extend(faults);
                document
            }
        };
        let told = &mut self.inspection.told;
        let page = Exhibit::of(&document, "");
        told.leaks.extend(audit::terms(
            &firm.terms,
            &page,
            engagement.as_str(),
            person.id.as_str(),
        ));
        watch.look(reader, &page);
        Ok(())
    }
}
