//! Where the key of a site comes from: the environment variable `LOGGIA_KEY`, or else the file `loggia.key` beside `loggia.toml`,
//! which the first build makes.

use std::env;
use std::ffi::OsString;
use std::path::Path;

use zeroize::Zeroizing;

use crate::access::key::Key;
use crate::access::key_file;
use crate::diagnostic::Diagnostic;

/// The environment variable that holds the key where no file can be kept.
const VARIABLE: &str = "LOGGIA_KEY";

impl Key {
    /// Returns the key of the site in `content_dir`, and makes one if there is none.
    ///
    /// Refuses a key that others can read, that lies in `out_dir`, that git tracks, or that is damaged.
    pub fn open_or_make(content_dir: &Path, out_dir: Option<&Path>) -> Result<Self, Diagnostic> {
        Self::from_either(env::var_os(VARIABLE), content_dir, out_dir)
    }

    /// Returns the key of the site in `content_dir`, if there is one; makes none.
    pub fn open_if_any(content_dir: &Path) -> Result<Option<Self>, Diagnostic> {
        let value = env::var_os(VARIABLE);
        if value.is_none() && !key_file::exists(content_dir) {
            return Ok(None);
        }
        Self::from_either(value, content_dir, None).map(Some)
    }

    /// Returns the key in `value` if there is one, else the one in the file.
    fn from_either(
        value: Option<OsString>,
        content_dir: &Path,
        out_dir: Option<&Path>,
    ) -> Result<Self, Diagnostic> {
        let Some(value) = value else {
            return key_file::open_or_make(content_dir, out_dir);
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

    #[test]
    fn environment_wins_and_needs_no_folder() {
        let written = OsString::from(Key::of_tests().written().as_str());
        let key = Key::from_either(Some(written), Path::new("/nowhere"), None).unwrap();
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
            let problem = Key::from_either(Some(value.into()), Path::new("/nowhere"), None)
                .unwrap_err()
                .to_string();
            assert!(problem.contains("LOGGIA_KEY"), "{problem}");
            assert!(value.is_empty() || !problem.contains(value), "{problem}");
        }
    }
}
