//! The command line: what can be asked for, and what is answered on standard output.

mod explain;
mod new;
mod report;
mod sight;

use std::fs;
use std::io;
use std::io::Write;
use std::net::IpAddr;
use std::path::Path;
use std::path::PathBuf;

use clap::Args;
use clap::Parser;
use clap::Subcommand;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::cli::new::New;
use crate::dev;
use crate::dev::Wish;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Severity;
use crate::diagnostic::terminal::tame;
use crate::engagement::firm::AccessMode;
use crate::pipeline::Built;
use crate::pipeline::Failure;
use crate::pipeline::FailureKind;
use crate::pipeline::Studio;
use crate::pipeline::auditing;
use crate::pipeline::inviting::Invitation;
use crate::pipeline::inviting::Way;
use crate::pipeline::manner::Manner;
use crate::pipeline::persons::PersonWay;
use crate::portal::sight::Sight;

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

#[derive(Args)]
struct Common {
    /// The content folder, which holds loggia.toml
    #[arg(long, global = true, value_name = "DIR", default_value = "content")]
    content: PathBuf,
    /// The folder of the site
    #[arg(long, global = true, value_name = "DIR", default_value = "site")]
    out: PathBuf,
    /// The day to build for, as 2026-02-03; today when absent
    #[arg(long, global = true, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
    /// Say nothing but problems and results
    #[arg(long, global = true)]
    quiet: bool,
}

#[derive(Args)]
struct ServeOptions {
    /// The port to listen at; another one if it is taken
    #[arg(long, value_name = "N", default_value_t = 4400)]
    port: u16,
    /// The address to listen at; any but loopback opens the portals to others
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    host: IpAddr,
    /// Open the browser
    #[arg(long)]
    open: bool,
    /// Compare the folders every second instead of waiting for the system to tell: for network drives
    #[arg(long)]
    poll: bool,
}

fn day(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "write the day as 2026-02-03")
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
        /// Fail where a record of published rounds would have to be written
        #[arg(long)]
        locked: bool,
        /// Do not compare the pages with notes and private passages; then no note is opened
        #[arg(long)]
        no_audit: bool,
        /// Write what went to whom, by which rule, into this file, as JSON
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
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

/// How a run ended.
pub struct Outcome {
    /// What is to be told on standard error.
    pub problems: Vec<Diagnostic>,
    /// What is good to know and no warning, for standard error.
    pub notes: Vec<String>,
    /// A line about what was done, for standard error.
    pub done: Option<String>,
    /// The exit code.
    pub code: u8,
}

impl Outcome {
    fn done(line: String, warnings: Vec<Diagnostic>, quiet: bool) -> Self {
        Self {
            problems: warnings,
            notes: Vec::new(),
            done: (!quiet).then_some(line),
            code: 0,
        }
    }
}

impl Outcome {
    fn failed(problems: Vec<Diagnostic>, code: u8) -> Self {
        Self {
            problems,
            notes: Vec::new(),
            done: None,
            code,
        }
    }
}

impl From<Failure> for Outcome {
    fn from(failure: Failure) -> Self {
        let code = match failure.kind {
            FailureKind::Outside => 1,
            FailureKind::Content => 3,
            FailureKind::Leak => 4,
        };
        Self {
            problems: failure.problems,
            notes: Vec::new(),
            done: None,
            code,
        }
    }
}

/// Does what was asked for. Results go to `stdout`.
pub fn run(arguments: &Arguments, stdout: &mut dyn Write) -> io::Result<Outcome> {
    let common = &arguments.common;
    match &arguments.command {
        Some(Command::Init { dir }) => new::init(dir, common, stdout),
        Some(Command::New { what }) => new::new(what, common, stdout),
        Some(Command::Serve(options)) => Ok(serve(options, common)),
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
fn notes(arguments: &Arguments, studio: &Studio) -> Vec<String> {
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
    let names = studio.book().passed_over();
    let note = |path: &String| format!("note: `{}` is passed over", tame(path));
    names.iter().map(note).collect()
}

/// Does what needs the whole book.
fn with_book(arguments: &Arguments, stdout: &mut dyn Write) -> io::Result<Outcome> {
    let common = &arguments.common;
    let studio = match Studio::open(&common.content) {
        Ok(studio) => studio,
        Err(failure) => return refused(arguments, failure, stdout),
    };
    let mut outcome = of_book(arguments, &studio, stdout)?;
    outcome.notes = notes(arguments, &studio);
    Ok(outcome)
}

fn of_book(arguments: &Arguments, studio: &Studio, stdout: &mut dyn Write) -> io::Result<Outcome> {
    let common = &arguments.common;
    let today = common
        .today
        .unwrap_or_else(|| Timestamp::now().to_zoned(studio.timezone().clone()).date());
    match &arguments.command {
        Some(Command::Check {
            json,
            who_sees_what: true,
        }) => match studio.sights(today) {
            Ok(sights) => told(&sights, *json, stdout),
            Err(failure) => refused(arguments, failure, stdout),
        },
        Some(Command::Check { .. }) => match studio.check(today) {
            Ok(warnings) => checked(arguments, warnings, stdout),
            Err(failure) => refused(arguments, failure, stdout),
        },
        Some(Command::Explain {
            engagement,
            words,
            json,
        }) => explain::explain(studio, (engagement, words), today, *json, stdout),
        Some(Command::Audit { dir, .. }) => match studio.audit(dir, today) {
            Ok(warnings) => checked(arguments, warnings, stdout),
            Err(failure) => refused(arguments, failure, stdout),
        },
        Some(Command::Build {
            locked,
            no_audit,
            report: None,
        }) => {
            let manner = Manner::of(*locked, *no_audit);
            Ok(build(studio, common, today, manner))
        }
        Some(Command::Build {
            locked,
            no_audit,
            report: Some(file),
        }) => {
            let manner = Manner::of(*locked, *no_audit).reporting();
            Ok(report::build_and_report(
                studio, common, today, manner, file,
            ))
        }
        Some(Command::Links {
            invite: Some(folder),
            ..
        }) => Ok(invite(studio, common, today, folder)),
        Some(Command::Links { json, invite: None }) => links(studio, common, today, *json, stdout),
        // These were done before a book was needed.
        Some(Command::Init { .. } | Command::New { .. } | Command::Serve(_)) => {
            Ok(Outcome::failed(Vec::new(), 0))
        }
        None => build_and_show(studio, common, today, stdout),
    }
}

/// Builds the site and prints everyone's link to it as it lies on this machine.
fn build_and_show(
    studio: &Studio,
    common: &Common,
    today: Date,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    let built = build(studio, common, today, Manner::USUAL);
    if built.code != 0 {
        return Ok(built);
    }
    let listed = preview(studio, common, today, stdout)?;
    Ok(if listed.code == 0 { built } else { listed })
}

/// Serves until the program is ended; returns only what stands in the way.
fn serve(options: &ServeOptions, common: &Common) -> Outcome {
    let wish = Wish {
        content: common.content.clone(),
        out: common.out.clone(),
        today: common.today,
        host: options.host,
        port: options.port,
        polls: options.poll,
        opens: options.open,
    };
    let Err(problem) = dev::serve(&wish, &mut anstream::stderr());
    Outcome::failed(vec![problem], 1)
}

fn build(studio: &Studio, common: &Common, today: Date, manner: Manner) -> Outcome {
    match studio.build(&common.out, today, manner) {
        Ok(built) => done(built, common, today),
        Err(failure) => failure.into(),
    }
}

fn done(built: Built, common: &Common, today: Date) -> Outcome {
    let (portals, engagements) = (
        counted(built.portals, "portal"),
        counted(built.engagements, "engagement"),
    );
    let written = built.published.written;
    let line = format!(
        "{}: {portals} of {engagements}, as of {today}; {} written",
        common.out.display(),
        counted(written, "file")
    );
    Outcome::done(line, built.warnings, common.quiet)
}

fn counted(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

/// One problem, for programs.
#[derive(Serialize)]
struct ProblemLine<'a> {
    severity: &'a str,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    hint: Option<&'a str>,
}

/// Who sees what.
fn told(sights: &[Sight], json: bool, stdout: &mut dyn Write) -> io::Result<Outcome> {
    if json {
        sight::print_as_json(sights, stdout)?;
    } else {
        sight::print_as_text(sights, stdout)?;
    }
    Ok(Outcome {
        problems: Vec::new(),
        notes: Vec::new(),
        done: None,
        code: 0,
    })
}

fn checked(
    arguments: &Arguments,
    warnings: Vec<Diagnostic>,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    if wants_json(arguments) {
        print_problems(&warnings, stdout)?;
        return Ok(Outcome {
            problems: Vec::new(),
            notes: Vec::new(),
            done: None,
            code: 0,
        });
    }
    let line = match warnings.len() {
        0 => "no problems".to_owned(),
        number => format!("no errors, {}", counted(number, "warning")),
    };
    Ok(Outcome::done(line, warnings, arguments.common.quiet))
}

/// A failure: its problems go to standard output as JSON where that was asked for, and to standard error otherwise.
fn refused(arguments: &Arguments, failure: Failure, stdout: &mut dyn Write) -> io::Result<Outcome> {
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
    let lines = problems.iter().map(|problem| ProblemLine {
        severity: match problem.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: problem.message(),
        file: problem.file(),
        line: problem.position().map(|(line, _)| line),
        column: problem.position().map(|(_, column)| column),
        hint: problem.hint(),
    });
    print_json(&lines.collect::<Vec<_>>(), stdout)
}

/// One link, for programs.
#[derive(Serialize)]
struct LinkLine {
    engagement: Option<String>,
    stakeholder: String,
    role: String,
    access: &'static str,
    path: String,
    code: Option<String>,
    url: String,
}

fn links(
    studio: &Studio,
    common: &Common,
    today: Date,
    json: bool,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    let invitations = match studio.invitations(today, &common.out) {
        Ok(invitations) => invitations,
        Err(failure) => return Ok(failure.into()),
    };
    let persons = match studio.person_ways(today, &common.out) {
        Ok(persons) => persons,
        Err(failure) => return Ok(failure.into()),
    };
    let base = studio.book().firm.base_url.as_deref().unwrap_or_default();
    if json {
        let of_readers = invitations
            .iter()
            .map(|invitation| link_line(invitation, base));
        let of_persons = persons.iter().map(|way| person_line(way, base));
        let lines: Vec<LinkLine> = of_readers.chain(of_persons).collect();
        print_json(&lines, stdout)?;
    } else {
        print_links(
            &invitations,
            |invitation| link_line(invitation, base).url,
            stdout,
        )?;
        for way in &persons {
            writeln!(stdout, "\n{}: all portals of {}", way.id, way.name)?;
            writeln!(stdout, "    {}", person_line(way, base).url)?;
        }
    }
    Ok(Outcome {
        problems: Vec::new(),
        notes: Vec::new(),
        done: None,
        code: 0,
    })
}

fn invite(studio: &Studio, common: &Common, today: Date, folder: &Path) -> Outcome {
    match studio.invite(folder, today, &common.out) {
        Ok(count) => {
            let line = format!("{}: {}", folder.display(), counted(count, "invitation"));
            Outcome::done(line, Vec::new(), common.quiet)
        }
        Err(failure) => failure.into(),
    }
}

/// Prints the links of the site as it lies on this machine, to be opened at once.
fn preview(
    studio: &Studio,
    common: &Common,
    today: Date,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    let invitations = match studio.invitations(today, &common.out) {
        Ok(invitations) => invitations,
        Err(failure) => return Ok(failure.into()),
    };
    let site = fs::canonicalize(&common.out)?;
    let of_file = |invitation: &Invitation| {
        let file = format!("file://{}/{}", site.display(), invitation.link.path());
        match invitation.access {
            AccessMode::Sealed => format!("{file}#{}", invitation.link.code().as_str()),
            AccessMode::Link => file,
        }
    };
    print_links(&invitations, of_file, stdout)?;
    Ok(Outcome {
        problems: Vec::new(),
        notes: Vec::new(),
        done: None,
        code: 0,
    })
}

fn link_line(invitation: &Invitation, base: &str) -> LinkLine {
    LinkLine {
        engagement: Some(invitation.engagement.to_string()),
        stakeholder: invitation.stakeholder.clone(),
        role: invitation.role.to_owned(),
        ..way_line(&invitation.way(), base)
    }
}

/// The line of a person who reads several portals: it belongs to no single engagement.
fn person_line(way: &PersonWay, base: &str) -> LinkLine {
    LinkLine {
        engagement: None,
        stakeholder: way.id.clone(),
        role: "person".to_owned(),
        ..way_line(&way.way(), base)
    }
}

fn way_line(way: &Way<'_>, base: &str) -> LinkLine {
    let link = way.link;
    let (access, code, url) = match way.access {
        AccessMode::Sealed => (
            "sealed",
            Some(link.code().as_str().to_owned()),
            link.sealed_url(base).to_string(),
        ),
        AccessMode::Link => ("link", None, link.plain_url(base)),
    };
    LinkLine {
        engagement: None,
        stakeholder: String::new(),
        role: String::new(),
        access,
        path: link.path().as_str().to_owned(),
        code,
        url,
    }
}

fn print_links(
    invitations: &[Invitation],
    url: impl Fn(&Invitation) -> String,
    stdout: &mut dyn Write,
) -> io::Result<()> {
    let mut engagement = None;
    for invitation in invitations {
        if engagement != Some(&invitation.engagement) {
            let gap = if engagement.is_some() { "\n" } else { "" };
            writeln!(stdout, "{gap}{}", invitation.engagement)?;
            engagement = Some(&invitation.engagement);
        }
        writeln!(stdout, "  {} ({})", invitation.name, invitation.role)?;
        writeln!(stdout, "    {}", url(invitation))?;
    }
    Ok(())
}

fn print_json<T: Serialize>(value: &T, stdout: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *stdout, value)?;
    writeln!(stdout)
}
