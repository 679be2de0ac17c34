//! `loggia key`: which key this is, another one in its place, and records whose key is lost.

use std::io;
use std::io::Write;

use clap::Subcommand;

use crate::cli::outcome::Outcome;
use crate::cli::session::{Common, Session};
use crate::diagnostic::Diagnostic;
use crate::pipeline::asking_keys::AnswersKeyState;
use crate::pipeline::collecting::deleting;
use crate::pipeline::problems::Failure;
use crate::pipeline::rekeying::{Finished, Rekeyed};
use crate::pipeline::{asking_keys, keys, rekeying};
use crate::text::counted;

/// What is to be done with the key.
#[derive(Subcommand, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyCommand {
    /// Put a new key in the place of the key, with all records under it: every link changes
    Rotate,
    /// Take records over whose key is lost, and say what can no longer be checked
    Adopt,
    /// Make the key that opens answers, and write what is public of it into every engagement that asks
    Answers {
        /// Put a new key in its place; answers that were sealed to the old one still open
        #[arg(long, conflicts_with = "delete_old")]
        rotate: bool,
        /// Delete the keys that were replaced: what was sealed to them can then never be opened again
        #[arg(long)]
        delete_old: bool,
    },
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

/// Prints what is known of the key that opens answers, where it is.
pub(super) fn print_answers(session: &Session<'_>, stdout: &mut dyn Write) -> io::Result<Outcome> {
    match asking_keys::state(session.workspace, session.today) {
        Ok(None) => Ok(Outcome::silent()),
        Ok(Some((key, problems))) => {
            writeln!(stdout, "{} {key}", asking_keys::FILE_NAME)?;
            let code = if problems.iter().any(Diagnostic::is_error) {
                3
            } else {
                0
            };
            Ok(Outcome::failed(problems, code))
        }
        Err(failure) => Ok(failure.into()),
    }
}

/// Makes the key that opens answers, or puts a new one in its place.
fn answers(session: &Session<'_>, rotate: bool) -> Outcome {
    let Session {
        workspace,
        common,
        today,
    } = *session;
    let done = match rotate {
        true => asking_keys::rotate(workspace, today),
        false => asking_keys::make(workspace, today, &common.out),
    };
    let AnswersKeyState {
        key,
        files,
        kept,
        warnings,
    } = match done {
        Ok(state) => state,
        Err(failure) => return failure.into(),
    };
    let kept = kept.map_or_else(String::new, |file| {
        format!("; the old key is kept as {file}")
    });
    let files = match files[..] {
        [] => "nothing to write".to_owned(),
        _ => format!("{} written", files.join(", ")),
    };
    let line = format!("{} {key}: {files}{kept}", asking_keys::FILE_NAME);
    Outcome::done(line, warnings, common.quiet)
}

/// Deletes the keys that were replaced.
fn delete_old(session: &Session<'_>) -> Outcome {
    let Session {
        workspace,
        common,
        today,
    } = *session;
    match deleting::delete_old(workspace, today, &common.out) {
        Ok(deleted) => {
            let line = match deleted[..] {
                [] => "there is no key that was replaced".to_owned(),
                _ => format!(
                    "{} deleted here; backups may still hold it",
                    deleted.join(", ")
                ),
            };
            Outcome::done(line, Vec::new(), common.quiet)
        }
        Err(failure) => failure.into(),
    }
}

/// Finishes a change of the key, or of all files that name somebody, that was interrupted; nothing if there is none.
pub(super) fn finished(common: &Common) -> Option<Outcome> {
    let line = match rekeying::finish(&common.content) {
        Ok(None) => return None,
        Ok(Some(Finished::Key(key))) => format!("the change of the key is finished; key {key}"),
        Ok(Some(Finished::Forgetting)) => {
            "the forgetting that was begun is finished; run this again if it was of somebody else"
                .to_owned()
        }
        Ok(Some(Finished::OpeningKey)) => {
            "the change of the key that opens answers is finished".to_owned()
        }
        Ok(Some(Finished::Collecting)) => {
            "the writing of answers is finished; run this again if there are more".to_owned()
        }
        Err(problem) => return Some(Failure::from(problem).into()),
    };
    Some(Outcome::done(line, Vec::new(), common.quiet))
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
        KeyCommand::Answers {
            delete_old: true, ..
        } => return Ok(delete_old(session)),
        KeyCommand::Answers { rotate, .. } => return Ok(answers(session, rotate)),
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
