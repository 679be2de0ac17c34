//! The command line: what can be asked for, and what is answered on standard output.

mod answers;
mod bar;
mod build;
mod explain;
mod json;
mod links;
mod manual;
mod new;
pub mod outcome;
mod report;
mod schema;
mod serving;
mod session;
mod sight;
mod theme;
mod times;

use std::io;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use jiff::Timestamp;

use crate::cli::answers::{checked, print_sights, refused};
use crate::cli::new::New;
use crate::cli::outcome::Outcome;
use crate::cli::schema::SchemaOptions;
use crate::cli::serving::{ServeOptions, serve};
use crate::cli::session::{Common, Session};
use crate::cli::theme::ThemeCommand;
use crate::diagnostic::terminal::tame;
use crate::pipeline::options::BuildOptions;
use crate::pipeline::shard::Shard;
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{auditing, checking, explaining, merging};
use crate::text::counted;

/// One read-only portal per stakeholder from a folder of plain text, confidential notes excluded.
///
/// Without a command: builds the site and prints everyone's link.
#[derive(Parser)]
#[command(name = "loggia", version, after_help = EXIT_CODES)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    common: Common,
}

const EXIT_CODES: &str = "Exit codes: 0 done, 1 a failure outside the content (disk, key, port), 2 wrong use, 3 problems in the \
    content, 4 something confidential was about to leave.";

fn shard(text: &str) -> Result<Shard, &'static str> {
    Shard::parse(text).ok_or("write the part as 2/8: the second of eight")
}

#[derive(Args)]
struct BuildArguments {
    /// Fail where a record of published rounds would have to be written
    #[arg(long)]
    locked: bool,
    /// Do not compare the pages with notes and private passages; then no note is opened
    #[arg(long)]
    no_audit: bool,
    /// Build only the K-th of N parts of the site, to be joined with `loggia merge`
    #[arg(long, value_name = "K/N", value_parser = shard)]
    shard: Option<Shard>,
    /// Tell on standard error where the time went
    #[arg(long)]
    timings: bool,
}

impl BuildArguments {
    fn options(&self) -> BuildOptions {
        let part = self.shard.unwrap_or(Shard::WHOLE);
        BuildOptions::of(self.locked, self.no_audit).of_part(part)
    }
}

#[derive(Subcommand)]
enum Command {
    /// Begin a firm's folder, with a small engagement that shows what each file is for
    Init {
        /// A new or empty folder
        #[arg(default_value = ".")]
        dir: PathBuf,
    },
    /// Begin an engagement, or a file of one
    New {
        #[command(subcommand)]
        what: New,
    },
    /// Look at everything, notes included, and write nothing
    Check {
        /// Print the problems as JSON
        #[arg(long)]
        json: bool,
        /// Print every item and part with those who see it, and as JSON with the rule that decided
        #[arg(long)]
        who_sees_what: bool,
    },
    /// Show every portal as its reader sees it, and follow every edit
    Serve(ServeOptions),
    /// Build the site, all of it or nothing
    Build {
        #[command(flatten)]
        options: BuildArguments,
        /// Write what went to whom, by which rule, into this file, as JSON
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
    },
    /// Join the parts of a site that were built with `--shard` to the site that one build would have made
    Merge {
        /// The folders of all parts
        #[arg(required = true, value_name = "PART")]
        parts: Vec<PathBuf>,
    },
    /// Say who sees what and which line of which file decided
    Explain {
        /// The engagement's id
        engagement: String,
        /// A reader's id or role, an item's file or id, or both
        #[arg(value_name = "READER or ITEM", num_args = 0..=2)]
        words: Vec<String>,
        /// Print the answers as JSON
        #[arg(long)]
        json: bool,
    },
    /// Look at a site for what must not be there: at one in a folder, also one fetched back from its host
    Audit {
        /// The folder of the site
        dir: PathBuf,
        /// Print the problems as JSON
        #[arg(long)]
        json: bool,
    },
    /// Begin a theme of the firm's own
    Theme {
        #[command(subcommand)]
        what: ThemeCommand,
    },
    /// Print what may stand in a file, as a JSON Schema for editors
    Schema(SchemaOptions),
    /// Print what a shell needs to complete commands and options
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the man page
    Man,
    /// Print who has which link
    Links {
        /// Print them as JSON
        #[arg(long)]
        json: bool,
        /// Write the draft of a mail to each reader into this folder
        #[arg(long, value_name = "DIR")]
        invite: Option<PathBuf>,
    },
}

/// Does what was asked for. Results go to `stdout`.
pub fn run(arguments: &Arguments, stdout: &mut dyn Write) -> io::Result<Outcome> {
    let common = &arguments.common;
    match &arguments.command {
        Some(Command::Init { dir }) => new::init(dir, common, stdout),
        Some(Command::New { what }) => new::new(what, common, stdout),
        Some(Command::Theme {
            what: ThemeCommand::Export { dir },
        }) => Ok(theme::export(dir, common.quiet)),
        Some(Command::Schema(options)) => schema::schema(options, common.quiet, stdout),
        Some(Command::Completions { shell }) => manual::completions(*shell, stdout),
        Some(Command::Man) => manual::man(stdout),
        Some(Command::Serve(options)) => Ok(serve(options, common)),
        Some(Command::Merge { parts }) => Ok(merge(parts, common)),
        Some(Command::Audit { dir, .. }) if !common.content.join("loggia.toml").exists() => {
            match auditing::audit_alone(dir) {
                Ok(warnings) => checked(arguments, warnings, stdout),
                Err(failure) => refused(arguments, failure, stdout),
            }
        }
        Some(
            Command::Check { .. }
            | Command::Build { .. }
            | Command::Links { .. }
            | Command::Audit { .. }
            | Command::Explain { .. },
        )
        | None => with_book(arguments, stdout),
    }
}

/// What is passed over, a line for each file, where the whole book is looked through by a person.
fn notes(arguments: &Arguments, workspace: &Workspace) -> Vec<String> {
    let is_looked_through = matches!(
        arguments.command,
        None | Some(
            Command::Build { .. }
                | Command::Check {
                    json: false,
                    who_sees_what: false
                }
        )
    );
    if arguments.common.quiet || !is_looked_through {
        return Vec::new();
    }
    let names = workspace.book().passed_over();
    let note = |path: &String| format!("note: `{}` is passed over", tame(path));
    names.iter().map(note).collect()
}

/// Does what needs the whole book.
fn with_book(arguments: &Arguments, stdout: &mut dyn Write) -> io::Result<Outcome> {
    let common = &arguments.common;
    let clock = times::clock(arguments.command.as_ref());
    let workspace = match Workspace::open_timed(&common.content, clock.clone()) {
        Ok(workspace) => workspace,
        Err(failure) => return refused(arguments, failure, stdout),
    };
    let mut outcome = of_book(arguments, &workspace, stdout)?;
    outcome.notes = notes(arguments, &workspace);
    outcome.times = times::table(&clock);
    Ok(outcome)
}

fn of_book(
    arguments: &Arguments,
    workspace: &Workspace,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    let common = &arguments.common;
    let today = common.today.unwrap_or_else(|| {
        Timestamp::now()
            .to_zoned(workspace.timezone().clone())
            .date()
    });
    let session = &Session {
        workspace,
        common,
        today,
    };
    match &arguments.command {
        Some(Command::Check {
            json,
            who_sees_what: true,
        }) => match explaining::sights(workspace, today) {
            Ok(sights) => print_sights(&sights, *json, stdout),
            Err(failure) => refused(arguments, failure, stdout),
        },
        Some(Command::Check { .. }) => match checking::check(workspace, today) {
            Ok(warnings) => checked(arguments, warnings, stdout),
            Err(failure) => refused(arguments, failure, stdout),
        },
        Some(Command::Explain {
            engagement,
            words,
            json,
        }) => explain::explain(session, (engagement, words), *json, stdout),
        Some(Command::Audit { dir, .. }) => match auditing::audit(workspace, dir, today) {
            Ok(warnings) => checked(arguments, warnings, stdout),
            Err(failure) => refused(arguments, failure, stdout),
        },
        Some(Command::Build {
            options,
            report: None,
        }) => Ok(build::build(session, options.options())),
        Some(Command::Build {
            options,
            report: Some(file),
        }) => {
            let options = options.options().reporting();
            Ok(report::build_and_report(session, options, file))
        }
        Some(Command::Links {
            invite: Some(folder),
            ..
        }) => Ok(links::invite(session, folder)),
        Some(Command::Links { json, invite: None }) => links::links(session, *json, stdout),
        // These were done before a book was needed.
        Some(
            Command::Init { .. }
            | Command::New { .. }
            | Command::Theme { .. }
            | Command::Serve(_)
            | Command::Merge { .. }
            | Command::Schema(_)
            | Command::Completions { .. }
            | Command::Man,
        ) => Ok(Outcome::silent()),
        None => build_and_show(session, stdout),
    }
}

/// Builds the site and prints everyone's link to it as it lies on this machine.
fn build_and_show(session: &Session<'_>, stdout: &mut dyn Write) -> io::Result<Outcome> {
    let built = build::build(session, BuildOptions::USUAL);
    if built.code != 0 {
        return Ok(built);
    }
    let listed = links::preview(session, stdout)?;
    Ok(if listed.code == 0 { built } else { listed })
}

/// Joins the parts of a site.
fn merge(parts: &[PathBuf], common: &Common) -> Outcome {
    let parts: Vec<&Path> = parts.iter().map(PathBuf::as_path).collect();
    match merging::merge(&parts, &common.out) {
        Ok(published) => {
            let files = counted(published.written + published.unchanged, "file", "files");
            let line = format!(
                "{}: {} joined; {files}, {} written",
                common.out.display(),
                counted(parts.len(), "part", "parts"),
                published.written
            );
            let leftover = published.leftover.into_iter().collect();
            Outcome::done(line, leftover, common.quiet)
        }
        Err(failure) => failure.into(),
    }
}
