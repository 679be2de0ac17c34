//! Where the key of a site comes from: the environment variable `LOGGIA_KEY`, or else the file `loggia.key` beside `loggia.toml`,
//! which the first build makes.

use std::env;
use std::ffi::OsString;
use std::path::Path;

use zeroize::Zeroizing;

use crate::access::key::Key;
use crate::access::key_file::SITE;
use crate::access::unfinished;
use crate::diagnostic::Diagnostic;

/// The environment variable that holds the key where no file can be kept.
const VARIABLE: &str = "LOGGIA_KEY";

/// How a key is had from the content folder, into which no output folder may lead.
type FromFile = fn(&Path, Option<&Path>) -> Result<Key, Diagnostic>;

impl Key {
    /// Returns the key of the site in `content_dir`, and makes one if there is none.
    ///
    /// Refuses a key that others can read, that lies in `out_dir`, that git tracks, or that is damaged.
    pub fn open_or_make(content_dir: &Path, out_dir: Option<&Path>) -> Result<Self, Diagnostic> {
        Self::from_either(
            env::var_os(VARIABLE),
            content_dir,
            out_dir,
            |content, out| SITE.open_or_make(content, out),
        )
    }

    /// Returns the key of the site in `content_dir`; makes none, and refuses what [`Key::open_or_make`] refuses.
    pub fn open(content_dir: &Path, out_dir: Option<&Path>) -> Result<Self, Diagnostic> {
        Self::from_either(
            env::var_os(VARIABLE),
            content_dir,
            out_dir,
            |content, out| SITE.open(content, out),
        )
    }

    /// Returns the keys that this one replaced, as `loggia key rotate` keeps them beside it.
    pub fn old_ones(content_dir: &Path) -> Result<Vec<Self>, Diagnostic> {
        SITE.old_ones(content_dir)
    }

    /// Refuses a key file beside the key, of this name, if git would take it.
    pub fn refuse_where_git_takes(content_dir: &Path, name: &str) -> Result<(), Diagnostic> {
        SITE.refuse_where_git_takes(content_dir, name)
    }

    /// The name of the key file.
    pub const FILE_NAME: &str = SITE.name;

    /// Whether the key comes from the environment and not from the file.
    pub fn is_in_environment() -> bool {
        env::var_os(VARIABLE).is_some()
    }

    /// Returns the key of the site in `content_dir`, if there is one; makes none.
    pub fn open_if_any(content_dir: &Path) -> Result<Option<Self>, Diagnostic> {
        let value = env::var_os(VARIABLE);
        if value.is_none() && !SITE.exists(content_dir) {
            return Ok(None);
        }
        Self::from_either(value, content_dir, None, |content, out| {
            SITE.open(content, out)
        })
        .map(Some)
    }

    /// Returns the key in `value` if there is one, else what `from_file` finds in the content folder.
    fn from_either(
        value: Option<OsString>,
        content_dir: &Path,
        out_dir: Option<&Path>,
        from_file: FromFile,
    ) -> Result<Self, Diagnostic> {
        if let Some(problem) = unfinished::problem(content_dir) {
            return Err(problem);
        }
        let Some(value) = value else {
            return from_file(content_dir, out_dir);
        };
        let value = Zeroizing::new(value.into_encoded_bytes());
        let text = std::str::from_utf8(&value).unwrap_or_default();
        Self::parse(text).ok_or_else(|| {
            Diagnostic::error(format!("the environment variable `{VARIABLE}` does not hold a key"))
                .with_hint("give it the 53 characters of `loggia.key`, unchanged, or unset it to use that file")
        })
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;
    use std::path::Path;

    use crate::access::key::Key;
    use crate::access::key_file::SITE;

    #[test]
    fn environment_wins_and_needs_no_folder() {
        let written = OsString::from(Key::of_tests().written().as_str());
        let key = Key::from_either(
            Some(written),
            Path::new("/nowhere"),
            None,
            |content, out| SITE.open(content, out),
        )
        .unwrap();
        assert_eq!(key.fingerprint(), Key::of_tests().fingerprint());
    }

    #[test]
    fn refused_environment_is_never_quoted() {
        let good = Key::of_tests().written();
        let mistyped = good.replacen('1', "2", 1);
        let refused = [
            "",
            "secret",
            &good[..52],
            &format!("{}\n", *good),
            &good.to_uppercase(),
            &mistyped,
            &"0".repeat(53),
        ];
        for value in refused {
            let problem = Key::from_either(
                Some(value.into()),
                Path::new("/nowhere"),
                None,
                |content, out| SITE.open(content, out),
            )
            .unwrap_err()
            .to_string();
            assert!(problem.contains("LOGGIA_KEY"), "{problem}");
            assert!(value.is_empty() || !problem.contains(value), "{problem}");
        }
    }
}
