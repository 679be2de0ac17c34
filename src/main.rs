//! Calls the command line, prints problems, and chooses the exit code.

use std::io;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use loggia::cli;
use loggia::cli::Arguments;
use loggia::cli::outcome::Outcome;
use loggia::diagnostic::terminal::tame_lines;

fn main() -> ExitCode {
    let arguments = Arguments::of_command_line();
    let mut stdout = anstream::stdout().lock();
    let outcome = cli::run(&arguments, &mut stdout).and_then(|outcome| {
        stdout.flush()?;
        tell(&outcome)?;
        Ok(ExitCode::from(outcome.code))
    });
    match outcome {
        Ok(code) => code,
        // Whoever reads the output has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let mut stderr = anstream::stderr().lock();
            let _ = writeln!(stderr, "error: cannot write to standard output: {error}");
            if matches!(
                error.kind(),
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded
            ) {
                let _ = writeln!(
                    stderr,
                    "\nhint: make room on the disk, and run the command again"
                );
            }
            ExitCode::FAILURE
        }
    }
}

/// Prints what was said on the way, and what was done.
fn tell(outcome: &Outcome) -> io::Result<()> {
    let mut stderr = anstream::stderr().lock();
    for problem in &outcome.problems {
        writeln!(stderr, "{}\n", problem.render(true))?;
    }
    for note in &outcome.notes {
        writeln!(stderr, "{}", tame_lines(note))?;
    }
    for text in outcome.done.iter().chain(&outcome.times) {
        writeln!(stderr, "{}", tame_lines(text))?;
    }
    Ok(())
}
