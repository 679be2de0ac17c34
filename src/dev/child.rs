//! Other programs that this one starts.
//!
//! The rule it guards: none of them inherits a secret of this program.

use std::env;
use std::ffi::OsStr;
use std::process::Command;

/// Words in the names of variables that hold secrets.
const SECRETS: [&str; 9] = [
    "AUTHTOKEN",
    "CREDENTIALS",
    "KEY",
    "PASS",
    "PASSPHRASE",
    "PASSWD",
    "PASSWORD",
    "SECRET",
    "TOKEN",
];

/// Whether a variable of the environment may hold a secret: one of this program, or one that is called so.
fn may_be_secret(name: &str) -> bool {
    let name = name.to_uppercase();
    let mut words = name.split('_');
    name.starts_with("LOGGIA_") || words.any(|word| SECRETS.contains(&word))
}

/// A command that inherits no secret of this program.
pub(super) fn without_secrets(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        if may_be_secret(&name.to_string_lossy()) {
            command.env_remove(name);
        }
    }
    command
}

#[cfg(test)]
mod tests {
    use super::may_be_secret;

    #[test]
    fn secrets_are_known_by_their_names() {
        for name in [
            "LOGGIA_KEY",
            "AWS_SECRET_ACCESS_KEY",
            "github_token",
            "PGPASSWORD_PASS",
        ] {
            assert!(may_be_secret(name), "{name}");
        }
        for name in ["PATH", "HOME", "DISPLAY", "KEYBOARD_LAYOUT", "MONKEY"] {
            assert!(!may_be_secret(name), "{name}");
        }
    }
}
