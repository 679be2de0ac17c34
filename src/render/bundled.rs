//! The files of a theme: the default ones are inside the program, and a file of a firm's own folder replaces the one of its name.

use std::collections::BTreeMap;
use std::path::Path;

use walkdir::WalkDir;

use crate::diagnostic::{Diagnostic, Source, without_byte_order_mark};
use crate::render::theme_version;

/// The folder of a firm's own theme.
#[derive(Debug, Clone, Copy)]
pub struct OwnFiles<'a> {
    /// Where it is.
    pub folder: &'a Path,
    /// Which names in it are no part of it, as what editors leave behind.
    pub is_passed_over: fn(&str) -> bool,
    /// The problem with a file of such a name, which is shown under such a path, if it stands for another.
    pub stand_in: fn(&str, &str) -> Option<Diagnostic>,
}

/// Names every file of the default theme.
macro_rules! bundle {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../themes/default/", $name)))),*]
    };
}

/// The default theme by the path inside its folder.
pub(super) const FILES: &[(&str, &str)] = bundle! {
    "404.html"
    "asking.css"
    "asking.js"
    "opener.js"
    "seal-answers.js"
    "sealed.html"
    "style.css"
    "strings/ar.toml"
    "strings/de.toml"
    "strings/en.toml"
    "strings/es.toml"
    "strings/fr.toml"
    "strings/ja.toml"
    "strings/pt.toml"
    "templates/about.html"
    "templates/actions.html"
    "templates/agreement.html"
    "templates/ask.html"
    "templates/asking.html"
    "templates/assessments.html"
    "templates/change.html"
    "templates/cover.html"
    "templates/end.html"
    "templates/glance.html"
    "templates/glance_raters.html"
    "templates/glance_seen.html"
    "templates/glance_where.html"
    "templates/goal.html"
    "templates/goal_more.html"
    "templates/goals.html"
    "templates/items.html"
    "templates/journey.html"
    "templates/latest.html"
    "templates/meeting.html"
    "templates/meeting_body.html"
    "templates/meeting_folded.html"
    "templates/meetings.html"
    "templates/news.html"
    "templates/next.html"
    "templates/overview.html"
    "templates/page.html"
    "templates/portals.html"
    "templates/programme.html"
    "templates/progress.html"
    "templates/prose.html"
    "templates/readers.html"
    "templates/review.html"
    "templates/rounds.html"
    "templates/sessions.html"
    "templates/sharing.html"
    "templates/support.html"
    "templates/theme.html"
    "templates/themes.html"
};

/// The pages around sealed ones. They hold the code that opens a page, so they are the same for every firm.
const SHELL: [&str; 5] = [
    "asking.js",
    "404.html",
    "opener.js",
    "seal-answers.js",
    "sealed.html",
];

/// Whether a file belongs to the pages around sealed ones.
pub(super) fn is_of_shell(name: &str) -> bool {
    SHELL.contains(&name)
}

/// Files that explain a theme and are no part of it.
const EXPLANATIONS: [&str; 2] = ["README.md", "LICENSE"];

/// A file of the default theme.
pub(super) fn source(name: &str) -> Source {
    let text = FILES.iter().find(|(known, _)| *known == name);
    Source::of(
        &format!("themes/default/{name}"),
        text.map_or("", |(_, text)| text),
    )
}

/// Whether a file of a theme is just what the program brings under this name.
pub(super) fn is_unchanged(name: &str, source: &Source) -> bool {
    FILES.contains(&(name, source.text()))
}

/// All files of a theme by their path inside its folder.
pub(super) fn files(
    own: Option<&OwnFiles<'_>>,
) -> Result<BTreeMap<String, Source>, Vec<Diagnostic>> {
    let mut files: BTreeMap<String, Source> = FILES
        .iter()
        .map(|(name, _)| ((*name).to_owned(), source(name)))
        .collect();
    if let Some(own) = own {
        files.extend(own_files(own)?);
    }
    Ok(files)
}

/// The files of a firm's folder. One that could change nothing is an error.
fn own_files(own: &OwnFiles<'_>) -> Result<Vec<(String, Source)>, Vec<Diagnostic>> {
    let folder = own.folder;
    let mut files = Vec::new();
    let mut problems = Vec::new();
    let is_seen = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !(own.is_passed_over)(&entry.file_name().to_string_lossy())
    };
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(is_seen) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => match own_file(own, entry.path()) {
                Ok(file) => files.extend(file),
                Err(problem) => problems.push(problem),
            },
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_path_buf();
                problems.push(Diagnostic::cannot_read(&path, &error.into()));
            }
        }
    }
    let version = files
        .iter()
        .position(|(name, _)| name == theme_version::FILE);
    let version = version.map(|place| files.remove(place).1);
    let changed = files
        .iter()
        .filter(|(name, source)| !is_unchanged(name, source))
        .map(|(name, _)| name.as_str())
        .collect::<Vec<_>>();
    let shown = folder.display().to_string();
    if let Some(problem) = theme_version::problem(&shown, version.as_ref(), &changed) {
        // Whatever else is wrong follows from that.
        return Err(vec![problem]);
    }
    problems.extend(unused(&files));
    if problems.is_empty() {
        Ok(files)
    } else {
        Err(problems)
    }
}

/// The problems with templates that stand for no other and that no file of the firm's names.
fn unused(files: &[(String, Source)]) -> Vec<Diagnostic> {
    let is_new = |name: &str| !FILES.iter().any(|(known, _)| *known == name);
    let is_named = |template: &str| {
        let ways = [format!("\"{template}\""), format!("'{template}'")];
        let mut texts = files.iter().map(|(_, source)| source.text());
        texts.any(|text| ways.iter().any(|way| text.contains(way)))
    };
    let mut problems = Vec::new();
    for (name, source) in files {
        let template = name.strip_prefix("templates/");
        if template.is_some_and(|template| is_new(name) && !is_named(template)) {
            let message = format!(
                "`{name}` stands for no template of the default theme, and no other includes it"
            );
            let problem = Diagnostic::error(message).in_file(source.path());
            problems.push(problem.with_hint_if(suggestion(name)));
        }
    }
    problems
}

fn own_file(own: &OwnFiles<'_>, path: &Path) -> Result<Option<(String, Source)>, Diagnostic> {
    let shown = path.display().to_string();
    let inner = path.strip_prefix(own.folder).unwrap_or(path);
    let file_name = path.file_name().unwrap_or_default().to_string_lossy();
    if let Some(problem) = (own.stand_in)(&file_name, &shown) {
        return Err(problem);
    }
    let name = inner.to_string_lossy().replace('\\', "/");
    if EXPLANATIONS.contains(&name.as_str()) {
        return Ok(None);
    }
    let metadata = path
        .symlink_metadata()
        .map_err(|error| Diagnostic::cannot_read(path, &error))?;
    if !metadata.is_file() {
        return Err(Diagnostic::error("a theme holds plain files only").in_file(shown));
    }
    let is_known = name == theme_version::FILE
        || FILES.iter().any(|(known, _)| *known == name)
        || in_folder(&name, "templates/", ".html")
        || in_folder(&name, "strings/", ".toml");
    if !is_known {
        let problem = Diagnostic::error(format!("a theme has no file `{name}`"));
        return Err(problem.in_file(shown).with_hint_if(suggestion(&name)));
    }
    if is_of_shell(&name) {
        let problem = Diagnostic::error(format!("a theme cannot change `{name}`")).in_file(shown);
        let hint =
            "it opens sealed pages and is the same for every firm; its words stand in `strings/`";
        return Err(problem.with_hint(hint));
    }
    let text =
        std::fs::read_to_string(path).map_err(|error| Diagnostic::cannot_read(path, &error))?;
    let source = Source::of(&shown, without_byte_order_mark(&text));
    Ok(Some((name, source)))
}

/// Whether a file stands right inside a folder and has an ending.
fn in_folder(name: &str, folder: &str, ending: &str) -> bool {
    name.strip_prefix(folder)
        .and_then(|name| name.strip_suffix(ending))
        .is_some_and(|stem| !stem.contains('/'))
}

fn suggestion(name: &str) -> Option<String> {
    let close = FILES
        .iter()
        .map(|(known, _)| (strsim::damerau_levenshtein(known, name), known));
    let (distance, nearest) = close.min_by_key(|(distance, _)| *distance)?;
    (distance <= 3).then(|| format!("did you mean `{nearest}`?"))
}
