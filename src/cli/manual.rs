//! Completions for a shell, and the man page, both made from the definition of the command line.

use std::io;
use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::arguments::Arguments;
use crate::cli::outcome::Outcome;

/// Prints what a shell needs to complete commands and options.
pub(super) fn completions(shell: Shell, stdout: &mut dyn Write) -> io::Result<Outcome> {
    clap_complete::generate(shell, &mut Arguments::command(), "loggia", stdout);
    Ok(Outcome::silent())
}

/// Prints the man page, every command with its options in a section of its own.
pub(super) fn man(stdout: &mut dyn Write) -> io::Result<Outcome> {
    let mut command = Arguments::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(stdout)?;
    for part in command
        .get_subcommands()
        .filter(|part| part.get_name() != "help")
    {
        let page = clap_mangen::Man::new(part.clone().disable_help_flag(true));
        writeln!(stdout, ".SH {}", part.get_name().to_uppercase())?;
        page.render_synopsis_section(stdout)?;
        page.render_description_section(stdout)?;
        page.render_options_section(stdout)?;
    }
    Ok(Outcome::silent())
}
