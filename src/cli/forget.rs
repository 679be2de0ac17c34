//! `loggia forget`: takes one person out of an engagement, and says what that does not reach.

use std::io;
use std::io::Write;

use clap::Args;

use crate::cli::outcome::Outcome;
use crate::cli::session::Session;
use crate::diagnostic::terminal::tame;
use crate::pipeline::forgetting;
use crate::pipeline::forgetting::{Forgotten, Request};
use crate::text::counted;

/// Who is to be forgotten.
#[derive(Args)]
pub(super) struct ForgetOptions {
    /// The engagement's id
    engagement: String,
    /// The person's id there
    person: String,
    /// Take the person's ratings out as well, and withdraw every figure that was published of them
    #[arg(long = "ratings")]
    without_ratings: bool,
}

/// Forgets someone, and prints where people wrote of them.
pub(super) fn forget(
    session: &Session<'_>,
    options: &ForgetOptions,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    let request = Request {
        engagement: &options.engagement,
        person: &options.person,
        without_ratings: options.without_ratings,
        today: session.today,
        out: &session.common.out,
    };
    let forgotten = match forgetting::forget(session.workspace, &request) {
        Ok(forgotten) => forgotten,
        Err(failure) => return Ok(failure.into()),
    };
    print_mentions(&forgotten, stdout)?;
    let Forgotten {
        id,
        name,
        files,
        withdrawn,
        rounds,
        is_in_environment,
        answers,
        comments,
        ..
    } = forgotten;
    for (round, goal) in &withdrawn {
        writeln!(
            stdout,
            "All ratings of goal `{goal}` are out of the round of {round}: its figure is withdrawn for good."
        )?;
    }
    if rounds > 0 {
        writeln!(
            stdout,
            "Ratings in {} remain, without a name; `--ratings` takes them out, and withdraws the figures.",
            counted(rounds, "round", "rounds")
        )?;
    }
    if is_in_environment {
        writeln!(
            stdout,
            "`LOGGIA_PASSPHRASES` holds a passphrase of the person: take it out where that is set, before the next build."
        )?;
    }
    print_deleted(answers, comments, stdout)?;
    writeln!(
        stdout,
        "Not reached: what git keeps of earlier versions, backups, the site until the next build, a secret `LOGGIA_PASSPHRASES` and records \
         that builds elsewhere keep (.loggia), and what readers have saved."
    )?;
    let line = format!(
        "{} written; `{}` is `{id}` now, {name}",
        counted(files.len(), "file", "files"),
        options.person
    );
    Ok(Outcome::done(line, Vec::new(), session.common.quiet))
}

/// Prints where people wrote of the person.
fn print_mentions(forgotten: &Forgotten, stdout: &mut dyn Write) -> io::Result<()> {
    let mentions = &forgotten.mentions;
    if !mentions.is_empty() {
        writeln!(
            stdout,
            "These may name the person, and stay as they are; what becomes of them is for you to decide:"
        )?;
    }
    for mention in mentions {
        let path = tame(&mention.path);
        match mention.line {
            0 => writeln!(stdout, "  {path} (the name of the file)")?,
            line => writeln!(stdout, "  {path}:{line}")?,
        }
    }
    Ok(())
}

/// Prints how many answers to asking pages, and notes with comments to them, were deleted.
fn print_deleted(answers: usize, comments: usize, stdout: &mut dyn Write) -> io::Result<()> {
    if answers + comments > 0 {
        let answers = counted(answers, "answer", "answers");
        let comments = counted(comments, "comment", "comments");
        writeln!(
            stdout,
            "Deleted: {answers} as they had come, and {comments}; the mails that brought them are for you to delete."
        )?;
    }
    Ok(())
}
