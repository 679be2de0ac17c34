//! The names in a folder, and which of them another computer cannot keep, or cannot tell apart. Whoever gave them may have no such
//! computer; the next one to open the folder may.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::files::names::{folded, is_device};

/// The names in a folder in their order, with what each is.
pub(in crate::content) fn names(folder: &Path) -> std::io::Result<Vec<(String, fs::FileType)>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        names.push((
            entry.file_name().to_string_lossy().into_owned(),
            entry.file_type()?,
        ));
    }
    names.sort_by(|one, other| one.0.cmp(&other.0));
    Ok(names)
}

/// What is wrong with the names in `part` of the engagement `id`, given by their paths inside the engagement.
pub(super) fn unkeepable<'a>(
    id: &str,
    part: &str,
    paths: impl Iterator<Item = &'a str>,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut seen = BTreeMap::new();
    for inside in paths {
        let name = inside.strip_prefix(part).unwrap_or(inside);
        let name = name.trim_start_matches('/');
        let shown = format!("{id}/{inside}");
        if is_device(name) {
            let problem = Diagnostic::error("Windows keeps this name for a device").in_file(&shown);
            problems.push(problem.with_hint("give it another name"));
        }
        if let Some(other) = seen.insert(folded(name), name) {
            let message = format!("on Windows and on a Mac this is the same name as `{other}`");
            let problem = Diagnostic::error(message).in_file(&shown);
            problems.push(problem.with_hint("rename one of the two"));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::unkeepable;

    #[test]
    fn names_that_are_one_elsewhere_or_none_are_told() {
        let told = |names: &[&str]| {
            let found = unkeepable("nyah", "files", names.iter().copied());
            let files = found
                .iter()
                .map(|problem| problem.file().unwrap().to_owned());
            files.collect::<Vec<_>>()
        };
        assert_eq!(told(&["files/a.png", "files/b.png"]), Vec::<String>::new());
        assert_eq!(told(&["files/aux.png"]), ["nyah/files/aux.png"]);
        assert_eq!(
            told(&["files/Plan.png", "files/plan.png"]),
            ["nyah/files/plan.png"]
        );
        assert_eq!(
            told(&["files/ma\u{308}rz.png", "files/m\u{e4}rz.png"]).len(),
            1
        );
    }
}
