//! `loggia forget`: takes one person out of an engagement, and says what that does not reach.

use std::io;
use std::io::Write;

use clap::Args;

use crate::cli::outcome::Outcome;
use crate::cli::session::{Common, Session};
use crate::diagnostic::terminal::tame;
use crate::pipeline::forgetting;
use crate::pipeline::forgetting::{Forgotten, Request};
use crate::pipeline::problems::Failure;
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

/// Finishes a change that was interrupted; nothing if there is none.
pub(super) fn finished(common: &Common) -> Option<Outcome> {
    match forgetting::finish(&common.content) {
        Ok(false) => None,
        Ok(true) => {
            let line =
                "what was begun before is finished; if that was something else, run this again";
            Some(Outcome::done(line.to_owned(), Vec::new(), common.quiet))
        }
        Err(problem) => Some(Failure::from(problem).into()),
    }
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
    let Forgotten {
        id,
        name,
        files,
        withdrawn,
        rounds,
        mentions,
    } = forgotten;
    if !mentions.is_empty() {
        writeln!(
            stdout,
            "These may name the person, and stay as they are; what becomes of them is for you to decide:"
        )?;
    }
    for mention in &mentions {
        let path = tame(&mention.path);
        match mention.line {
            0 => writeln!(stdout, "  {path} (the name of the file)")?,
            line => writeln!(stdout, "  {path}:{line}")?,
        }
    }
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
    writeln!(
        stdout,
        "Not reached: what git keeps of earlier versions, backups, the site and the private record of builds (.loggia) until the next build, and what readers have saved."
    )?;
    let line = format!(
        "{} written; `{}` is `{id}` now, {name}",
        counted(files.len(), "file", "files"),
        options.person
    );
    Ok(Outcome::done(line, Vec::new(), session.common.quiet))
}
