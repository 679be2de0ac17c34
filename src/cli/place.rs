//! Where the practice is: the folder that holds `content/` and `site/`, looked for from where the command is run.

use std::path::{Path, PathBuf};

/// The content folder and the folder of the site.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) content: PathBuf,
    pub(super) out: PathBuf,
}

impl Place {
    /// What was said on the command line; for what was not, the nearest `loggia.toml`: here, in `content/`, or in the folders above.
    pub(super) fn of(content: Option<&PathBuf>, out: Option<&PathBuf>, here: &Path) -> Self {
        let found = match content {
            Some(_) => None,
            None => here.ancestors().find_map(|folder| Self::at(folder, here)),
        };
        let found = found.unwrap_or_else(|| Self {
            content: PathBuf::from("content"),
            out: PathBuf::from("site"),
        });
        Self {
            content: content.cloned().unwrap_or(found.content),
            out: out.cloned().unwrap_or(found.out),
        }
    }

    /// The practice whose content is `folder` or lies in it, as seen from `here`.
    fn at(folder: &Path, here: &Path) -> Option<Self> {
        let is_content = |folder: &Path| folder.join("loggia.toml").is_file();
        let (content, practice) = if is_content(folder) {
            (folder.to_owned(), folder.parent()?.to_owned())
        } else {
            (folder.join("content"), folder.to_owned())
        };
        is_content(&content).then(|| Self {
            content: as_seen_from(&content, here),
            out: as_seen_from(&practice.join("site"), here),
        })
    }
}

/// A path as people write it: `content`, `.` or `..` instead of all that leads there.
fn as_seen_from(path: &Path, here: &Path) -> PathBuf {
    if path == here {
        return PathBuf::from(".");
    }
    if let Ok(below) = path.strip_prefix(here) {
        return below.to_owned();
    }
    for (ups, above) in here.ancestors().enumerate().skip(1) {
        if let Ok(below) = path.strip_prefix(above) {
            let mut shown: PathBuf = std::iter::repeat_n("..", ups).collect();
            shown.push(below);
            return shown;
        }
    }
    path.to_owned()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn it_is_found_here_in_content_and_above() {
        let root = tempfile::tempdir().unwrap();
        let practice = root.path().join("practice");
        let goals = practice.join("content/nyah/goals");
        fs::create_dir_all(&goals).unwrap();
        fs::write(practice.join("content/loggia.toml"), "").unwrap();
        for (here, content, out) in [
            (practice.clone(), "content", "site"),
            (practice.join("content"), ".", "../site"),
            (practice.join("content/nyah"), "..", "../../site"),
            (goals, "../..", "../../../site"),
            // Nothing is found there: the message names the usual folder.
            (root.path().to_owned(), "content", "site"),
        ] {
            let place = Place::of(None, None, &here);
            let expected = Place {
                content: PathBuf::from(content),
                out: PathBuf::from(out),
            };
            assert_eq!(place, expected, "{}", here.display());
        }
    }

    #[test]
    fn what_is_said_wins() {
        let (content, out) = (PathBuf::from("elsewhere"), PathBuf::from("public"));
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let place = Place::of(Some(&content), Some(&out), here);
        assert_eq!(place, Place { content, out });
        let said = PathBuf::from("elsewhere");
        let place = Place::of(Some(&said), None, here);
        assert_eq!(place.out, Path::new("site"));
    }
}
