//! What was found wrong, and who sees what: printed for people, or as JSON for programs.

use std::io;
use std::io::Write;

use crate::cli::arguments::{Arguments, Command};
use crate::cli::json::print_json;
use crate::cli::outcome::Outcome;
use crate::cli::problem_lines::problem_lines;
use crate::cli::{build, sight};
use crate::diagnostic::Diagnostic;
use crate::pipeline::problems::Failure;
use crate::portal::sight::Sight;
use crate::text::counted;

/// Prints who sees what.
pub(super) fn print_sights(
    sights: &[Sight],
    json: bool,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    if json {
        sight::print_as_json(sights, stdout)?;
    } else {
        sight::print_as_text(sights, stdout)?;
    }
    Ok(Outcome::silent())
}

/// Prints what a check or an audit found.
pub(super) fn checked(
    arguments: &Arguments,
    found: Result<Vec<Diagnostic>, Failure>,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    let warnings = match found {
        Ok(warnings) => warnings,
        Err(failure) => return refused(arguments, failure, stdout),
    };
    if wants_json(arguments) {
        print_problems(&warnings, stdout)?;
        return Ok(Outcome::silent());
    }
    let line = match warnings.len() {
        0 => "no problems".to_owned(),
        number => format!("no errors, {}", counted(number, "warning", "warnings")),
    };
    Ok(Outcome::done(line, warnings, arguments.common.quiet))
}

/// A failure: its problems go to standard output as JSON where that was asked for, and to standard error otherwise.
pub(super) fn refused(
    arguments: &Arguments,
    failure: Failure,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    if let Some(Command::Build { options, .. }) = &arguments.command
        && options.json
    {
        return build::print_refusal(failure, stdout);
    }
    let mut outcome = Outcome::from(failure);
    if wants_json(arguments) {
        print_problems(&outcome.problems, stdout)?;
        outcome.problems.clear();
    }
    Ok(outcome)
}

fn wants_json(arguments: &Arguments) -> bool {
    matches!(
        arguments.command,
        Some(Command::Check { json: true, .. } | Command::Audit { json: true, .. })
    )
}

fn print_problems(problems: &[Diagnostic], stdout: &mut dyn Write) -> io::Result<()> {
    print_json(&problem_lines(problems), stdout)
}
