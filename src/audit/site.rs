//! A folder that is a site, or is said to be one: on this machine, or fetched back from a host.
//!
//! The rule it guards: every file is either known or reported as unknown, and of a path that alone opens a page a message shows
//! the first letters only.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::audit::markup::Markup;
use crate::audit::page;
use crate::diagnostic::Diagnostic;
use crate::files::modes::can_be_changed_by_others;
use crate::picture::is_free_of_metadata;

/// No file of a site is longer, pages with all their pictures included: what is longer is not read, whoever laid it there.
pub const LONGEST: u64 = 64 << 20;

/// Something that lies in the folder. It holds none of its bytes, so that a site of any size can be looked at file by file.
pub struct FoundFile {
    /// Its path in the folder, with `/` between names.
    pub path: String,
    /// Where it lies.
    place: PathBuf,
    is_regular: bool,
    is_too_long: bool,
    can_be_changed_by_others: bool,
}

/// What is known of a site without looking at its pages.
pub struct SiteRules<'a> {
    /// The files of a site that are nobody's page, the marker aside.
    pub root: &'a [&'a str],
    /// Whether the marker names a path; nothing where there is no marker.
    pub is_owned: Option<&'a dyn Fn(&str) -> bool>,
    /// The name of the marker.
    pub marker: &'a str,
    /// The scripts that its pages may run, as sources of a content security policy.
    pub scripts: &'a [String],
}

/// Lists everything in a folder, without following a link.
pub fn list(folder: &Path) -> Result<Vec<FoundFile>, Diagnostic> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder)
        .min_depth(1)
        .follow_links(false)
        .sort_by_file_name()
    {
        let entry = entry.map_err(|reason| {
            let place = reason.path().unwrap_or(folder).to_owned();
            let reason = reason
                .into_io_error()
                .unwrap_or_else(|| std::io::Error::other("a loop of links"));
            Diagnostic::cannot_read(&place, &reason)
        })?;
        if entry.file_type().is_dir() {
            continue;
        }
        let unreadable = |reason: std::io::Error| Diagnostic::cannot_read(entry.path(), &reason);
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let metadata = fs::symlink_metadata(entry.path()).map_err(unreadable)?;
        files.push(FoundFile {
            path: inside.to_string_lossy().replace('\\', "/"),
            place: entry.path().to_owned(),
            is_regular: entry.file_type().is_file(),
            is_too_long: metadata.len() > LONGEST,
            can_be_changed_by_others: can_be_changed_by_others(&metadata),
        });
    }
    Ok(files)
}

impl FoundFile {
    /// Reads the file; what is no regular file, or longer than any of a site, has no bytes.
    pub fn bytes(&self) -> Result<Vec<u8>, Diagnostic> {
        if !self.is_regular || self.is_too_long {
            return Ok(Vec::new());
        }
        fs::read(&self.place).map_err(|reason| Diagnostic::cannot_read(&self.place, &reason))
    }

    /// Reads the text of the file, as far as it is one.
    pub fn text(&self) -> Result<String, Diagnostic> {
        let bytes = self.bytes()?;
        Ok(String::from_utf8(bytes)
            .unwrap_or_else(|reason| String::from_utf8_lossy(reason.as_bytes()).into_owned()))
    }

    /// Whether it lies where someone's page does: below `p/`, or below `a/` where raters are asked.
    pub fn is_page(&self) -> bool {
        let below = self.path.strip_prefix("p/");
        let id = below.or_else(|| self.path.strip_prefix("a/"));
        let id = id.and_then(|rest| rest.strip_suffix("/index.html"));
        id.is_some_and(|id| {
            id.len() == 26
                && id
                    .bytes()
                    .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
        })
    }

    /// Its path as messages show it: where the path alone opens a page, only its beginning.
    pub fn shown(&self) -> String {
        match self.path.split_once('/') {
            Some((folder, id)) if self.is_page() => format!("{folder}/{}…/index.html", &id[..6]),
            Some(_) | None => self.path.clone(),
        }
    }

    /// Places a problem at this file.
    pub fn place(&self, problem: Diagnostic) -> Diagnostic {
        problem.in_file(self.shown())
    }

    /// Returns what is wrong with this file, whatever it says.
    pub fn problems(&self, rules: &SiteRules<'_>) -> Result<Vec<Diagnostic>, Diagnostic> {
        if !self.is_regular {
            let problem = Diagnostic::error("this is no regular file")
                .with_hint("a link could lead anywhere; remove it");
            return Ok(vec![self.place(problem)]);
        }
        if self.is_too_long {
            let problem = Diagnostic::error("this file is longer than any that a build writes");
            let problem = problem.with_hint("it was not read; take it away from the host");
            return Ok(vec![self.place(problem)]);
        }
        let mut problems = Vec::new();
        if self.path != rules.marker {
            problems.extend(self.strangeness(rules));
        }
        if self.can_be_changed_by_others {
            let problem = Diagnostic::warning("other users of this machine can change this file");
            problems.push(problem.with_hint("run `chmod go-w` on it"));
        }
        let ending = self
            .path
            .rsplit_once('.')
            .map_or("", |(_, ending)| ending)
            .to_ascii_lowercase();
        if ["html", "htm", "xhtml", "svg"].contains(&ending.as_str()) {
            let faults = page::faults(&Markup::of(&self.text()?), rules.scripts);
            problems.extend(
                faults.into_iter().map(|fault| {
                    Diagnostic::error(format!("line {}: {}", fault.line, fault.message))
                }),
            );
        }
        if ["png", "jpg", "jpeg", "webp"].contains(&ending.as_str())
            && !is_free_of_metadata(&ending, &self.bytes()?)
        {
            problems.push(Diagnostic::error(
                "this picture carries metadata, or is damaged",
            ));
        }
        let placed = problems.into_iter().map(|problem| self.place(problem));
        Ok(placed.collect())
    }

    /// The problem with a file that no build wrote, or that no site has.
    fn strangeness(&self, rules: &SiteRules<'_>) -> Option<Diagnostic> {
        let is_usual = self.is_page() || rules.root.contains(&self.path.as_str());
        let is_owned = rules.is_owned.is_none_or(|is_owned| is_owned(&self.path));
        match (is_usual, is_owned) {
            (true, true) => None,
            (true, false) => Some(
                Diagnostic::error("the last build did not write this file")
                    .with_hint("it is stale, or someone put it here; take it away from the host"),
            ),
            (false, true | false) => Some(
                Diagnostic::error("a site of Loggia has no such file")
                    .with_hint("nobody was to get it; take it away from the host"),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{LONGEST, SiteRules, list};

    #[test]
    fn a_file_longer_than_any_of_a_site_is_told_and_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = fs::File::create(folder.path().join("index.html")).unwrap();
        let rules = SiteRules {
            root: &["index.html"],
            is_owned: None,
            marker: ".marker",
            scripts: &[],
        };
        for (length, is_told) in [(LONGEST, false), (LONGEST + 1, true)] {
            file.set_len(length).unwrap();
            let found = &list(folder.path()).unwrap()[0];
            assert_eq!(found.bytes().unwrap().is_empty(), is_told);
            if is_told {
                let problems = found.problems(&rules).unwrap();
                assert!(problems[0].message().contains("longer than any"));
            }
        }
    }

    #[test]
    fn files_are_read_when_they_are_looked_at_and_not_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("index.html");
        fs::write(&file, "one").unwrap();
        let found = list(folder.path()).unwrap();
        assert_eq!(found[0].text().unwrap(), "one");
        // What was held would still say the old words.
        fs::write(&file, "two").unwrap();
        assert_eq!(found[0].text().unwrap(), "two");
        fs::remove_file(&file).unwrap();
        let problem = found[0].text().unwrap_err();
        assert!(problem.message().contains("cannot read"), "{problem}");
    }
}
