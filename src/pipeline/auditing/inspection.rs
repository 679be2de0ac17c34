//! A site's folder, read, and what all checks of it share.

use std::collections::BTreeMap;
use std::path::Path;

use crate::access::key::Key;
use crate::access::link::Link;
use crate::access::shell::Shell;
use crate::access::{Opening, Sealing, site_path};
use crate::audit;
use crate::audit::site::{FoundFile, SiteRules};
use crate::audit::{Findings, ParsedPage, site};
use crate::diagnostic::Diagnostic;
use crate::pipeline::problems::{Failure, Problems};
use crate::pipeline::workspace::Workspace;
use crate::publish::{MARKER, Ownership};

/// The files of a site, and what was found in them so far.
pub(super) struct Inspection {
    pub(super) files: Vec<FoundFile>,
    /// The place of each file among them, by its path.
    places: BTreeMap<String, usize>,
    /// Of each file, whether it was found to be the page of someone, also of someone who should have none.
    pub(super) is_known: Vec<bool>,
    pub(super) problems: Problems,
    /// Whether it says of itself that it was made with another key.
    pub(super) is_of_other_key: bool,
    pub(super) ownership: Option<Ownership>,
}

impl Inspection {
    /// Reads the folder, and checks each file by itself.
    pub(super) fn begin(folder: &Path, shell: &Shell) -> Result<Self, Failure> {
        let files = site::list(folder).map_err(Failure::outside)?;
        let mut problems = Problems::default();
        let marker = files.iter().find(|file| file.path == MARKER);
        let text = marker.map(FoundFile::text).transpose();
        let text = text.map_err(Failure::outside)?;
        let ownership = text.as_deref().and_then(Ownership::parse);
        let is_owned = ownership
            .as_ref()
            .map(|ownership| |path: &str| ownership.names(path));
        let scripts: Vec<String> = shell
            .script_sources()
            .split(' ')
            .map(str::to_owned)
            .collect();
        let rules = SiteRules {
            root: &site_path::ROOT_NAMES,
            is_owned: is_owned
                .as_ref()
                .map(|is_owned| is_owned as &dyn Fn(&str) -> bool),
            marker: MARKER,
            scripts: &scripts,
        };
        for file in &files {
            let (leaks, warnings): (Vec<_>, Vec<_>) = file
                .problems(&rules)
                .map_err(Failure::outside)?
                .into_iter()
                .partition(Diagnostic::is_error);
            problems.leaks.extend(leaks);
            problems.general.extend(warnings);
        }
        Ok(Self {
            is_known: vec![false; files.len()],
            places: files
                .iter()
                .enumerate()
                .map(|(place, file)| (file.path.clone(), place))
                .collect(),
            files,
            problems,
            is_of_other_key: false,
            ownership,
        })
    }

    /// Warns where there is no marker that this version reads.
    pub(super) fn expect_marker(&mut self) -> Result<(), Failure> {
        if self.ownership.is_none() {
            let marker = self.files.iter().find(|file| file.path == MARKER);
            let text = marker.map(FoundFile::text).transpose();
            let text = text.map_err(Failure::outside)?;
            let problem = no_marker(marker.zip(text.as_deref()));
            self.problems.general.push(problem);
        }
        Ok(())
    }

    /// Compares the key that the site was made with and the one that is here.
    pub(super) fn compare_key(&mut self, key: &Key) {
        let name = key.fingerprint();
        let Some(ownership) = &self.ownership else {
            return;
        };
        if ownership.is_of(&name) {
            return;
        }
        self.is_of_other_key = true;
        let problem = Diagnostic::error(format!(
            "this site was made with another key than the one here, which is `{name}`: no page of it was opened"
        ));
        let hint = "bring back the key that it was made with; if that key was replaced, publish again: until then the old links open";
        let mut files = self.files.iter();
        let marker = files.find(|file| file.path == MARKER);
        let problem = problem.with_hint(hint);
        let placed = marker.map_or_else(|| problem.clone(), |file| file.place(problem.clone()));
        self.problems.leaks.push(placed);
    }

    /// Whether a file belongs to another site that was joined with the one of this key.
    pub(super) fn is_of_other_site(ownership: Option<&Ownership>, key: &Key, path: &str) -> bool {
        let name = key.fingerprint();
        ownership.is_some_and(|ownership| {
            ownership.is_of(&name) && ownership.names_for_other(&name, path)
        })
    }

    /// Returns the index of the file to which a link leads, if it is here. From now on the file is known.
    pub(super) fn find(&mut self, link: &Link) -> Option<usize> {
        let found = *self.places.get(link.path().as_str())?;
        self.is_known[found] = true;
        Some(found)
    }

    /// Adds an error about something in a file that must not be there.
    pub(super) fn leak(&mut self, file: usize, message: String, hint: &str) {
        let problem = Diagnostic::error(message).with_hint(hint);
        self.problems.leaks.push(self.files[file].place(problem));
    }
}

/// What is said where there is no marker that this version reads.
fn no_marker(found: Option<(&FoundFile, &str)>) -> Diagnostic {
    let cannot = "stale files cannot be told from others";
    let Some((file, text)) = found else {
        let message = format!("there is no marker `{MARKER}`, so {cannot}");
        return Diagnostic::warning(message).with_hint("fetch dotfiles too");
    };
    let (message, hint) = match Ownership::is_of_other_version(text) {
        true => (
            "was written by another version of Loggia",
            "look through the folder with the version that published it",
        ),
        false => ("is damaged", "publish again, or look at who changed it"),
    };
    let problem = Diagnostic::warning(format!("the marker `{MARKER}` {message}, so {cannot}"));
    file.place(problem.with_hint(hint))
}

/// A sealed page, opened.
pub(super) struct OpenedPage<'a> {
    pub(super) file: &'a FoundFile,
    /// The text of the file.
    pub(super) text: &'a str,
    pub(super) document: &'a str,
    pub(super) link: &'a Link,
    pub(super) opening: &'a Opening,
}

/// Returns findings about what can be read of a sealed page without its code, unless it is exactly what this program writes there.
pub(super) fn clear_part(workspace: &Workspace, page: &OpenedPage<'_>) -> Option<Findings> {
    let OpenedPage {
        file: found,
        text: file,
        document,
        link,
        opening,
    } = *page;
    let sealing = Sealing {
        link,
        opening,
        shell: &workspace.shell,
    };
    if sealing.makes(file, document) {
        return None;
    }
    let (shown, terms) = (found.shown(), &workspace.book.firm.terms);
    // A few words behind a page are too few to be found in a note, and too many where nobody was to write any.
    let problem = Diagnostic::error(
        "what stands around this sealed page is not what this version of Loggia writes",
    );
    let hint = "publish again, or look at who changed it";
    let mut leaks = audit::terms(terms, &ParsedPage::of(file, ""), &shown, &shown);
    leaks.push(found.place(problem.with_hint(hint)));
    Some(Findings {
        leaks,
        warnings: Vec::new(),
    })
}
