//! `loggia key`: which key this is, another one in its place, and records whose key is lost.

use std::io;
use std::io::Write;

use clap::Subcommand;

use crate::cli::outcome::Outcome;
use crate::cli::session::{Common, Session};
use crate::pipeline::problems::Failure;
use crate::pipeline::rekeying::Rekeyed;
use crate::pipeline::{keys, rekeying};
use crate::text::counted;

/// What is to be done with the key.
#[derive(Subcommand, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyCommand {
    /// Put a new key in the place of the key, with all records under it: every link changes
    Rotate,
    /// Take records over whose key is lost, and say what can no longer be checked
    Adopt,
}

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

/// Finishes a change of the key that was interrupted; nothing if there is none.
pub(super) fn finished(common: &Common) -> Option<Outcome> {
    match rekeying::finish(&common.content) {
        Ok(false) => None,
        Ok(true) => {
            let line = match keys::fingerprint(&common.content) {
                Ok(key) => format!("the change of the key is finished; key {key}"),
                Err(problem) => return Some(Failure::from(problem).into()),
            };
            Some(Outcome::done(line, Vec::new(), common.quiet))
        }
        Err(problem) => Some(Failure::from(problem).into()),
    }
}

/// Replaces the key or takes records over, and prints who needs a new mail.
pub(super) fn change(
    session: &Session<'_>,
    command: KeyCommand,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    let Session {
        workspace,
        common,
        today,
    } = *session;
    let change = match command {
        KeyCommand::Rotate => rekeying::rotate,
        KeyCommand::Adopt => rekeying::adopt,
    };
    let Rekeyed {
        key,
        kept,
        records,
        readers,
        warnings,
    } = match change(workspace, today, &common.out) {
        Ok(rekeyed) => rekeyed,
        Err(failure) => return Ok(failure.into()),
    };
    if !readers.is_empty() {
        writeln!(
            stdout,
            "These need a new mail, once the site is published (`loggia links --invite`):"
        )?;
    }
    for reader in &readers {
        let of = reader.engagement.as_deref().unwrap_or("all portals");
        let mail = reader
            .email
            .as_ref()
            .map_or_else(String::new, |mail| format!(" <{mail}>"));
        writeln!(stdout, "  {}{mail}: {of}", reader.name)?;
    }
    let kept = kept.map_or_else(String::new, |file| {
        format!("; the old key is kept as {file}")
    });
    let records = counted(records, "record", "records");
    let line = format!("{records} written; key {key}{kept}");
    Ok(Outcome::done(line, warnings, common.quiet))
}
