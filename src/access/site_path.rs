//! A path inside the published site.
//!
//! The rule it guards: whatever is written lies inside the site, under a name that means the same on every host and disk.

use std::fmt;

use crate::diagnostic::Diagnostic;

/// The names of the files outside `p/` that every site has.
pub const ROOT_NAMES: [&str; 4] = [".nojekyll", "404.html", "_headers", "index.html"];

/// The folders of a site below which pages lie: what people read, and what they are asked.
pub const PAGE_FOLDERS: [&str; 2] = ["p/", "a/"];

/// The folder of the page at `path`, such as `p/<id>`; nothing where no page can lie.
pub fn page_folder(path: &str) -> Option<&str> {
    let folder = path.strip_suffix("/index.html")?;
    let id = PAGE_FOLDERS
        .iter()
        .find_map(|below| folder.strip_prefix(below))?;
    (!id.is_empty() && !id.contains('/')).then_some(folder)
}

/// A relative path of lower-case names, such as `p/<id>/index.html`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SitePath(String);

impl SitePath {
    /// Reads a path; refuses everything but names of `a-z`, `0-9`, `-`, `_` and `.`, joined by `/`.
    ///
    /// A name is neither `.` nor `..`, and ends with a letter or digit, since some disks drop a dot at the end.
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        if text.split('/').all(is_name) {
            return Ok(Self(text.to_owned()));
        }
        Err(
            Diagnostic::error(format!("`{}` is no path of a site", text.escape_debug())).with_hint(
                "use lower-case letters, digits, `-`, `_` and `.`, and `/` between names",
            ),
        )
    }

    /// The path as text, with `/` between its names.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Whether `name` can be the name of a file or folder of the site.
fn is_name(name: &str) -> bool {
    let is_plain = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    name.bytes()
        .all(|letter| is_plain(letter) || b"-_.".contains(&letter))
        && name.bytes().next_back().is_some_and(is_plain)
        && !name.contains("..")
}

#[cfg(test)]
mod tests {
    use super::SitePath;

    #[test]
    fn names_of_a_site_are_accepted() {
        for path in [
            "index.html",
            "404.html",
            "_headers",
            ".nojekyll",
            "p/0123456789abcdefghjkmnpqrs/index.html",
            "a-b/c_d/e.f",
        ] {
            assert_eq!(SitePath::parse(path).unwrap().as_str(), path);
        }
    }

    #[test]
    fn whatever_could_lie_elsewhere_is_refused() {
        let refused = [
            "",
            "/",
            ".",
            "..",
            "../x",
            "a/../b",
            "a/..",
            "a//b",
            "/a",
            "a/",
            "a/./b",
            "a.",
            "a/b.",
            "A",
            "a b",
            "a\\b",
            "a:b",
            "é",
            "a\0",
            "a\n",
            "~",
            "%2e",
            "a..b",
            "-",
            "_",
            "a#b",
            "a?b",
            "p/index.HTML",
        ];
        for path in refused {
            let problem = SitePath::parse(path).unwrap_err();
            assert!(
                problem.message().ends_with("is no path of a site"),
                "{problem}"
            );
        }
    }
}
