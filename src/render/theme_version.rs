//! The version of the default theme, which an exported theme names in `theme.toml`.
//!
//! The rule it guards: files that stood for those of another version are not mixed with the ones of today unnoticed. Whoever carried the
//! changes over says so with the number.

use crate::diagnostic::{Diagnostic, Source};

/// The file of a theme that names its version.
pub(super) const FILE: &str = "theme.toml";

/// The version of the default theme that this program brings. It is raised when a template, a sentence or a class that a firm's own files
/// can name is gone or means something else.
const VERSION: u32 = 2;

/// The version of themes that name none.
const FIRST: u32 = 1;

/// What a version changed, in files whose names begin so.
struct Change {
    version: u32,
    files: &'static str,
    what: &'static str,
}

/// Everything that was changed, the oldest first.
const CHANGES: [Change; 3] = [
    Change {
        version: 2,
        files: "templates/",
        what: "a page begins with a glance and tells each goal in one place; sections and templates have other names",
    },
    Change {
        version: 2,
        files: "strings/",
        what: "the sentences of that page are others, and there are more of them",
    },
    Change {
        version: 2,
        files: "style.css",
        what: "the classes of that page are others",
    },
];

/// The file as an exported theme has it.
pub(super) fn text() -> String {
    format!(
        "# The version of Loggia's own theme that these files come from.\nversion = {VERSION}\n"
    )
}

/// The problem with a firm's files that stand for those of another version. `version` is the file that names it, if there is one, `shown`
/// the folder, and `changed` names the files that are not as in the default theme.
pub(super) fn problem(
    shown: &str,
    version: Option<&Source>,
    changed: &[&str],
) -> Option<Diagnostic> {
    if changed.is_empty() {
        return None;
    }
    let said = version.map_or(Some(FIRST), |source| number(source.text()));
    let place = version.map_or(shown, Source::path);
    let Some(said) = said else {
        let problem = Diagnostic::error("this does not name the version of a theme");
        let hint = format!("write `version = {VERSION}` if its files are made from those of today");
        return Some(problem.in_file(place).with_hint(hint));
    };
    if said == VERSION {
        return None;
    }
    let message = format!(
        "this theme is made from version {said} of Loggia's own theme, and this is version {VERSION}"
    );
    let problem = Diagnostic::error(message).in_file(place);
    if said > VERSION {
        return Some(problem.with_hint("build with the version of Loggia that exported it"));
    }
    let changes = CHANGES.iter().filter(|change| {
        change.version > said && changed.iter().any(|name| name.starts_with(change.files))
    });
    let changes: Vec<String> = changes
        .map(|change| format!("{}: {}", change.files, change.what))
        .collect();
    let hint = format!(
        "export the theme anew, carry your changes over and keep its {FILE}. Yours differ in {}. Since then: {}",
        changed.join(", "),
        changes.join("; ")
    );
    Some(problem.with_hint(hint))
}

/// The number that the file says.
fn number(text: &str) -> Option<u32> {
    let table: toml::Table = text.parse().ok()?;
    let version = table.get("version")?.as_integer()?;
    u32::try_from(version).ok().filter(|_| table.len() == 1)
}

#[cfg(test)]
mod tests {
    use super::{CHANGES, FILE, VERSION, number, problem, text};
    use crate::diagnostic::Source;

    fn told(version: Option<&str>, names: &[&str]) -> Option<String> {
        let version = version.map(|text| Source::of(FILE, text));
        problem("themes/own", version.as_ref(), names).map(|problem| problem.render(false))
    }

    #[test]
    fn files_of_another_version_are_listed_with_what_has_changed() {
        assert_eq!(number(&text()), Some(VERSION));
        let names = ["templates/goal.html", "style.css"];
        assert_eq!(told(Some(&text()), &names), None);
        assert_eq!(told(None, &[]), None);
        for version in [None, Some("version = 1\n")] {
            let told = told(version, &names).unwrap();
            for word in names
                .iter()
                .chain(["version 1 of", CHANGES[0].what, CHANGES[2].what].iter())
            {
                assert!(told.contains(word), "{word}: {told}");
            }
            assert!(!told.contains(CHANGES[1].what), "{told}");
        }
        let newer = told(Some("version = 99\n"), &names).unwrap();
        assert!(
            newer.contains("version of Loggia that exported it"),
            "{newer}"
        );
        for odd in ["", "version = \"2\"", "version = 2\nname = 1", "version ="] {
            assert!(
                told(Some(odd), &names).unwrap().contains("does not name"),
                "{odd}"
            );
        }
    }

    #[test]
    fn every_version_says_what_it_changed() {
        for version in 2..=VERSION {
            assert!(CHANGES.iter().any(|change| change.version == version));
        }
    }
}
