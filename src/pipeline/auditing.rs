//! A site that is already out, looked at with everything that is known of it here: content, key and day.

mod pages;

use std::path::Path;

use jiff::civil::Date;

use crate::access;
use crate::access::key::Key;
use crate::access::root;
use crate::access::root::root_files;
use crate::access::shell::Shell;
use crate::audit;
use crate::audit::ParsedPage;
use crate::audit::overlap::OverlapSearch;
use crate::audit::site;
use crate::audit::site::FoundFile;
use crate::audit::site::SiteRules;
use crate::diagnostic::Diagnostic;
use crate::engagement::firm::AccessMode;
use crate::pipeline::Workspace;
use crate::pipeline::auditing::pages::Pages;
use crate::pipeline::persons::PersonPortals;
use crate::pipeline::problems::Failure;
use crate::pipeline::problems::FailureKind;
use crate::pipeline::problems::Problems;
use crate::publish::MARKER;
use crate::publish::Ownership;
use crate::render::theme::Theme;

/// Looks at a folder of which nothing is known but what lies in it.
pub fn audit_alone(folder: &Path) -> Result<Vec<Diagnostic>, Failure> {
    let theme =
        Theme::load(None).map_err(|problems| Failure::of(FailureKind::Outside, problems))?;
    let phrases = theme.phrases("en");
    let shell = phrases
        .and_then(|phrases| Shell::of(&phrases))
        .map_err(Failure::outside)?;
    let mut inspection = Inspection::begin(folder, &shell)?;
    for file in inspection.files.iter().filter(|file| file.is_portal()) {
        if !access::is_sealed(&file.text()) {
            let problem = Diagnostic::warning(
                "this page is not sealed: whoever can list the host's files can read it",
            );
            inspection.problems.general.push(file.place(problem));
        }
    }
    let problem = Diagnostic::warning(
        "there is no content folder here, so words were not compared and no page was opened",
    );
    inspection
        .problems
        .general
        .push(problem.with_hint("give it with `--content DIR`"));
    inspection.problems.into_result()
}

/// A folder while it is looked at.
struct Inspection {
    files: Vec<FoundFile>,
    problems: Problems,
}

impl Inspection {
    /// Reads the folder, and looks at each file by itself.
    fn begin(folder: &Path, shell: &Shell) -> Result<Self, Failure> {
        let files = site::read(folder).map_err(Failure::outside)?;
        let mut problems = Problems::default();
        let marker = files.iter().find(|file| file.path == MARKER);
        let ownership = marker.and_then(|file| Ownership::parse(&file.text()));
        if ownership.is_none() {
            let problem = Diagnostic::warning(format!(
                "there is no marker `{MARKER}`, so stale files cannot be problems from others"
            ));
            problems
                .general
                .push(problem.with_hint("fetch dotfiles too"));
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
            problems.leaks.extend(leaks);
            problems.general.extend(warnings);
        }
        Ok(Self { files, problems })
    }
}

impl Workspace {
    /// Looks at a site that is already out: at its files, and, opened with the key, at every page.
    pub fn audit(&self, folder: &Path, today: Date) -> Result<Vec<Diagnostic>, Failure> {
        let key = Key::open_if_any(self.book.folder()).map_err(Failure::outside)?;
        let mut inspection = Inspection::begin(folder, &self.shell)?;
        let mut is_known = vec![false; inspection.files.len()];
        let mut person_portals = PersonPortals::default();
        for id in &self.book.engagements {
            let Some(engagement) = inspection.problems.value_of(self.engagement(id, today)) else {
                continue;
            };
            let mut search = OverlapSearch::over(self.book.folder(), &engagement, today);
            for file in inspection
                .files
                .iter()
                .filter(|file| !file.is_portal() && file.path != MARKER)
            {
                search.look_at_stray(&file.shown(), &file.text());
            }
            if let Some(key) = &key {
                let mut pages = Pages {
                    workspace: self,
                    key,
                    engagement: &engagement,
                    inspection: &mut inspection,
                    is_known: &mut is_known,
                };
                pages.look(&mut search, today)?;
            }
            self.tie(&mut person_portals, None, &engagement, today);
            inspection
                .problems
                .add_findings(search.findings(self.book.firm.overlap));
        }
        if let Some(key) = &key {
            self.look_at_persons(&mut inspection, key, &person_portals, &mut is_known);
        }
        self.look_at_all(&mut inspection, key.as_ref(), &is_known);
        inspection.problems.into_result()
    }

    /// The pages of persons who read several portals: they are known, and as closed as what they lead to.
    fn look_at_persons(
        &self,
        inspection: &mut Inspection,
        key: &Key,
        person_portals: &PersonPortals,
        is_known: &mut [bool],
    ) {
        let Inspection { files, problems } = inspection;
        for way in person_portals.ways(&self.book.firm.persons, key) {
            let path = way.link.path();
            let Some(index) = files.iter().position(|file| file.path == path.as_str()) else {
                let message = format!("the page of person `{}` is not here", way.id);
                let problem = Diagnostic::warning(message).with_hint("publish again");
                problems.general.push(problem);
                continue;
            };
            is_known[index] = true;
            let file = &files[index];
            let mut leak = |message: String, hint: &str| {
                let problem = Diagnostic::error(message).with_hint(hint);
                problems.leaks.push(file.place(problem));
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
            let page = ParsedPage::of(&document, self.theme.known_style());
            let terms = audit::terms(&self.book.firm.terms, &page, "loggia.toml", &way.id);
            problems.leaks.extend(terms);
            if !is_open {
                problems
                    .leaks
                    .extend(audit::faults(&page, "loggia.toml", &way.id));
                let clear = self.clear_part(file, &document, &way.link, &self.person_opening());
                clear
                    .into_iter()
                    .for_each(|findings| problems.add_findings(findings));
            }
        }
    }

    /// What can be said of each file without knowing whose it is.
    fn look_at_all(&self, inspection: &mut Inspection, key: Option<&Key>, is_known: &[bool]) {
        let Inspection { files, problems } = inspection;
        if key.is_none() {
            let problem = Diagnostic::warning("there is no key, so no page was opened");
            problems.general.push(
                problem.with_hint("put `loggia.key` beside loggia.toml, or set `LOGGIA_KEY`"),
            );
        }
        let of_all = root_files(&self.shell);
        for (file, is_known) in files.iter().zip(is_known) {
            let bytes = file.bytes.as_deref().unwrap_or_default();
            if key.is_some_and(|key| key.stands_in(bytes)) {
                problems
                    .leaks
                    .push(file.place(Diagnostic::error("this file holds the key of the site")));
            }
            let ours = of_all.iter().find(|ours| ours.path().as_str() == file.path);
            let is_ours = ours.is_some_and(|ours| ours.bytes() == bytes);
            if ours.is_some() && !is_ours {
                let problem =
                    Diagnostic::warning("this file is not what this version of Loggia writes");
                problems.general.push(
                    file.place(problem)
                        .with_hint("publish again, or look at who changed it"),
                );
            }
            if file.is_portal() && !is_known && key.is_some() {
                let problem =
                    Diagnostic::error("this page belongs to nobody who has a portal today");
                problems.leaks.push(
                    file.place(problem)
                        .with_hint("it is stale, or of another site; take it away from the host"),
                );
            }
            if !file.is_portal() && !is_ours {
                let found = audit::terms(
                    &self.book.firm.terms,
                    &ParsedPage::of(&file.text(), ""),
                    &file.shown(),
                    &file.shown(),
                );
                problems.leaks.extend(found);
            }
        }
    }
}
