//! The command line: each command is handed to the function that does it, and its results are printed.

mod answers;
mod arguments;
mod bar;
mod build;
mod explain;
mod forget;
mod held;
mod json;
mod key;
mod links;
mod manual;
mod new;
pub mod outcome;
mod place;
mod problem_lines;
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

use jiff::Timestamp;

pub use crate::cli::arguments::Arguments;

use crate::cli::answers::{checked, print_sights, refused};
use crate::cli::arguments::{BuildArguments, Command};
use crate::cli::build::Manner;
use crate::cli::outcome::Outcome;
use crate::cli::serving::serve;
use crate::cli::session::{Common, Session};
use crate::cli::theme::ThemeCommand;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::terminal::tame;
use crate::pipeline::IfBroken;
use crate::pipeline::inviting::Whom;
use crate::pipeline::options::BuildOptions;
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{auditing, checking, explaining, joining, merging, passphrases, release};
use crate::text::counted;

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
        Some(Command::Merge { sites, parts }) => Ok(merge(parts, *sites, common)),
        Some(Command::Key { what: None }) => key::fingerprint(common, stdout),
        Some(Command::Key { what: Some(_) }) => match key::finished(common) {
            Some(outcome) => Ok(outcome),
            None => with_book(arguments, stdout),
        },
        Some(Command::Forget(_)) => match forget::finished(common) {
            Some(outcome) => Ok(outcome),
            None => with_book(arguments, stdout),
        },
        Some(Command::Audit { dir, .. }) if !common.content.join("loggia.toml").exists() => {
            checked(arguments, auditing::audit_alone(dir), stdout)
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

/// What is good to know: the files that are passed over, and the passphrases that are not at hand where they are not needed yet.
fn notes(arguments: &Arguments, workspace: &Workspace) -> Vec<String> {
    let mut notes = passed_over(arguments, workspace);
    let needs_no_passphrase = matches!(
        arguments.command,
        Some(
            Command::Check {
                json: false,
                who_sees_what: false
            } | Command::Links { json: false, .. }
        )
    );
    if needs_no_passphrase && !arguments.common.quiet {
        let missing = passphrases::notes(workspace).into_iter();
        notes.extend(missing.map(|note| format!("note: {note}")));
    }
    notes
}

/// What is passed over, a line for each file, where the whole book is looked through by a person.
fn passed_over(arguments: &Arguments, workspace: &Workspace) -> Vec<String> {
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
    let may_be_empty = match &arguments.command {
        Some(Command::Build { options, .. }) => options.empty,
        _ => false,
    };
    let opened = match may_be_empty {
        true => Workspace::open_even_empty(&common.content, clock.clone()),
        false => Workspace::open_timed(&common.content, clock.clone()),
    };
    let workspace = match opened {
        Ok(workspace) => workspace,
        Err(failure) => return refused(arguments, failure, stdout),
    };
    let mut outcome = of_book(arguments, &workspace, stdout)?;
    outcome.notes = notes(arguments, &workspace);
    outcome.times = times::table(&clock);
    Ok(outcome)
}

/// To whom mails are written, by the two switches of the command.
fn whom(new: bool, all: bool) -> Whom {
    match (new, all) {
        (_, true) => Whom::Everyone,
        (true, false) => Whom::NewAndNews,
        (false, false) => Whom::New,
    }
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
        Some(Command::Check { .. }) => {
            checked(arguments, checking::check(workspace, today), stdout)
        }
        Some(Command::Explain {
            engagement,
            words,
            json,
        }) => explain::explain(session, (engagement, words), *json, stdout),
        Some(Command::Audit { dir, .. }) => {
            checked(arguments, auditing::audit(workspace, dir, today), stdout)
        }
        Some(Command::Build { options, report }) => {
            build_as_asked(session, options, report.as_deref(), stdout)
        }
        Some(Command::Links {
            invite: Some(folder),
            new,
            all,
            ..
        }) => Ok(links::invite(session, folder, whom(*new, *all))),
        Some(Command::Key { what: Some(what) }) => key::change(session, *what, stdout),
        Some(Command::Forget(options)) => forget::forget(session, options, stdout),
        Some(Command::Links { json, .. }) => links::links(session, *json, stdout),
        // These were done before a book was needed.
        Some(
            Command::Init { .. }
            | Command::New { .. }
            | Command::Theme { .. }
            | Command::Serve(_)
            | Command::Merge { .. }
            | Command::Schema(_)
            | Command::Completions { .. }
            | Command::Key { what: None }
            | Command::Man,
        ) => Ok(Outcome::silent()),
        None => build_and_show(session, stdout),
    }
}

/// Builds the site as the command line says.
fn build_as_asked(
    session: &Session<'_>,
    asked: &BuildArguments,
    report: Option<&Path>,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    let mut manner = Manner {
        options: asked.options(),
        if_broken: asked.if_broken(),
    };
    let built = match report {
        None => build::build_with_bar(session, manner, None),
        Some(file) => {
            if let Err(problem) = release::refuse_inside(file, &session.common.out) {
                return Ok(Outcome::failed(vec![problem], 2));
            }
            manner.options = manner.options.reporting();
            report::build_and_report(session, manner, file)
        }
    };
    if asked.json {
        return build::print(built, session, stdout);
    }
    Ok(build::told(built, session))
}

/// Builds the site and prints everyone's link to it as it lies on this machine.
fn build_and_show(session: &Session<'_>, stdout: &mut dyn Write) -> io::Result<Outcome> {
    let manner = Manner {
        options: BuildOptions::USUAL,
        if_broken: IfBroken::KeepPages,
    };
    let built = build::build(session, manner);
    if built.code != 0 {
        return Ok(built);
    }
    let listed = links::preview(session, stdout)?;
    if listed.code != 0 {
        return Ok(listed);
    }
    let firm = &session.workspace.book().firm;
    let first = match firm.base_url {
        Some(_) => "",
        None => "write the address of your host as `base_url` under `[site]` in loggia.toml, ",
    };
    let out = session.common.out.display();
    let note = format!(
        "links with `file:` open on this computer only; to send links, {first}put `{out}` on the host, and run `loggia links`"
    );
    let done = built.done.map(|line| format!("{line}\n{note}"));
    Ok(Outcome { done, ..built })
}

/// Joins the parts of a site, or whole sites.
fn merge(parts: &[PathBuf], are_sites: bool, common: &Common) -> Outcome {
    let parts: Vec<&Path> = parts.iter().map(PathBuf::as_path).collect();
    let (joined, word, words) = match are_sites {
        true => (joining::join(&parts, &common.out), "site", "sites"),
        false => (merging::merge(&parts, &common.out), "part", "parts"),
    };
    match joined {
        Ok(published) => {
            let files = counted(published.written + published.unchanged, "file", "files");
            let mut line = format!(
                "{}: {} joined; {files}, {} written",
                common.out.display(),
                counted(parts.len(), word, words),
                published.written
            );
            let mut warnings: Vec<Diagnostic> = published.leftover.into_iter().collect();
            match merging::remember(&common.content, &parts, &common.out) {
                Ok(news) => line += &build::news_lines(&news.unwrap_or_default()),
                Err(problem) => warnings.push(problem),
            }
            Outcome::done(line, warnings, common.quiet)
        }
        Err(failure) => failure.into(),
    }
}
