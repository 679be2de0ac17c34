//! `loggia key`: which key this is.

use std::io;
use std::io::Write;

use crate::cli::outcome::Outcome;
use crate::cli::session::Common;
use crate::pipeline::keys;
use crate::pipeline::problems::Failure;

/// Prints the fingerprint of the key.
pub(super) fn fingerprint(common: &Common, stdout: &mut dyn Write) -> io::Result<Outcome> {
    match keys::fingerprint(&common.content) {
        Ok(fingerprint) => {
            writeln!(stdout, "{fingerprint}")?;
            Ok(Outcome::silent())
        }
        Err(problem) => Ok(Failure::from(problem).into()),
    }
}
