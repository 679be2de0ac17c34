//! `loggia schema`: what may stand in each file, for editors that check and complete while a coach writes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::cli::outcome::Outcome;
use crate::diagnostic::Diagnostic;
use crate::pipeline::release;
use crate::pipeline::scaffolding::file_kinds;
use crate::scaffold::NewFile;
use crate::text::counted;

/// Which schemas, and where to.
#[derive(Args)]
pub(super) struct SchemaOptions {
    /// The kind of file; without it, which kinds there are
    #[arg(value_parser = PossibleValuesParser::new(file_kinds().into_iter().map(|kind| kind.name)))]
    kind: Option<String>,
    /// Write it, or all of them, into this folder, over those of an earlier version
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
}

/// Prints or writes what was asked for.
pub(super) fn schema(
    options: &SchemaOptions,
    is_quiet: bool,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    let Some(folder) = &options.into else {
        return print(options.kind.as_deref(), stdout);
    };
    let kinds = file_kinds().into_iter();
    let kinds = kinds.filter(|kind| options.kind.as_deref().is_none_or(|name| name == kind.name));
    let new_files = kinds.map(|kind| NewFile {
        path: kind.file_name(),
        text: kind.text(),
    });
    let new_files: Vec<NewFile> = new_files.collect();
    let line = format!(
        "{}: {} written; a TOML file names its own in its first line: `#:schema PATH`",
        folder.display(),
        counted(new_files.len(), "schema", "schemas")
    );
    Ok(match write(&new_files, folder) {
        Ok(()) => Outcome::done(line, Vec::new(), is_quiet),
        Err(problem) => Outcome::failed(vec![problem], 1),
    })
}

/// Prints the schema of one kind, or which kinds there are.
fn print(wanted: Option<&str>, stdout: &mut dyn Write) -> io::Result<Outcome> {
    for kind in file_kinds() {
        match wanted {
            None => writeln!(stdout, "{:<11}  {}", kind.name, kind.files)?,
            Some(name) if name == kind.name => stdout.write_all(kind.text().as_bytes())?,
            Some(_) => {}
        }
    }
    Ok(Outcome::silent())
}

/// Writes schemas into a folder, over those of an earlier version.
fn write(new_files: &[NewFile], folder: &Path) -> Result<(), Diagnostic> {
    fs::create_dir_all(folder).map_err(|error| Diagnostic::cannot_write(folder, &error))?;
    for new_file in new_files {
        release::keep(&folder.join(&new_file.path), &new_file.text)?;
    }
    Ok(())
}
