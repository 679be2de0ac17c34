//! Answers for programs.

use std::io;
use std::io::Write;

use serde::Serialize;

/// Prints a value as JSON.
pub(super) fn print_json<T: Serialize>(value: &T, stdout: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *stdout, value)?;
    writeln!(stdout)
}
