//! `loggia collect`: reads answers out of mails, and says what became of them.
//!
//! The rule it guards: who has answered is for the coach's own eyes, so it goes to the terminal and nowhere else.

use std::io;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use jiff::{Timestamp, ToSpan};

use crate::cli::outcome::Outcome;
use crate::cli::session::Session;
use crate::diagnostic::terminal::tame;
use crate::pipeline::collecting;
use crate::pipeline::collecting::Collected;
use crate::pipeline::collecting::request::{Accepted, Request};
use crate::pipeline::collecting::writing::{CollectedRound, RoundState};
use crate::text::counted;

/// What is to be collected.
#[derive(Args)]
pub(super) struct CollectOptions {
    /// Mails (.eml), mailboxes (.mbox), texts, or folders of them; `-` is standard input
    #[arg(value_name = "FILES")]
    sources: Vec<PathBuf>,
    /// Count answers to questions that were worded otherwise when they were answered
    #[arg(long)]
    accept_older_words: bool,
    /// Count answers that were given after the round had closed
    #[arg(long)]
    late: bool,
    /// Count answers that came over a link which was ended
    #[arg(long)]
    accept_ended_link: bool,
    /// Do not count answers over links of a key that was replaced, since it was stolen
    #[arg(long)]
    stolen: bool,
}

/// Collects answers, and prints round by round who has answered.
pub(super) fn collect(
    session: &Session<'_>,
    options: &CollectOptions,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    let request = Request {
        sources: &options.sources,
        accepted: Accepted {
            older_words: options.accept_older_words,
            late: options.late,
            ended_link: options.accept_ended_link,
            stolen: options.stolen,
        },
        today: session.today,
        now: moment(session),
        out: &session.common.out,
    };
    let collected = match collecting::collect(session.workspace, &request) {
        Ok(collected) => collected,
        Err(failure) => return Ok(failure.into()),
    };
    let Collected {
        new,
        rounds,
        files,
        warnings,
    } = collected;
    for round in &rounds {
        print(round, stdout)?;
    }
    for file in &files {
        writeln!(stdout, "wrote {}", tame(file))?;
    }
    let line = format!(
        "{} that were not here before",
        counted(new, "answer", "answers")
    );
    Ok(Outcome::done(line, warnings, session.common.quiet))
}

/// Now; where a day is named, the end of that day.
fn moment(session: &Session<'_>) -> Timestamp {
    let end = session.common.today.and_then(|day| {
        let next = day.tomorrow().ok()?.at(0, 0, 0, 0);
        let zone = session.workspace.timezone();
        let end = zone.to_zoned(next).ok()?.timestamp();
        end.checked_sub(1.second()).ok()
    });
    end.unwrap_or_else(Timestamp::now)
}

fn print(round: &CollectedRound, stdout: &mut dyn Write) -> io::Result<()> {
    let CollectedRound {
        engagement,
        closes,
        state,
        answered,
        waiting,
        comments,
    } = round;
    let state = match state {
        RoundState::Open => "open: answers are kept until it has closed",
        RoundState::Written => "closed: its ratings are written",
        RoundState::Unanswered => "closed: nobody has answered",
        RoundState::Edited => "closed: its file was edited, and stays",
        RoundState::Locked => "figures were published, and stay",
    };
    writeln!(stdout, "{engagement}, round of {closes} ({state})")?;
    let names = |names: &[String]| match names {
        [] => "nobody".to_owned(),
        names => tame(&names.join(", ")),
    };
    writeln!(stdout, "  answered: {}", names(answered))?;
    if !waiting.is_empty() {
        writeln!(stdout, "  not yet: {}", names(waiting))?;
    }
    if *comments > 0 {
        let comments = counted(*comments, "comment", "comments");
        writeln!(
            stdout,
            "  {comments}, in `notes/` once the round has closed"
        )?;
    }
    Ok(())
}
