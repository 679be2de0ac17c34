//! The command line: each command is handed to the function that does it, and its results are printed.

mod answers;
mod arguments;
mod bar;
mod build;
mod collect;
mod explain;
mod forget;
mod held;
mod json;
mod key;
mod links;
mod manual;
mod merging;
mod new;
mod new_round;
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
use std::path::Path;

use jiff::Timestamp;

pub use crate::cli::arguments::Arguments;

use crate::cli::answers::{checked, print_sights, refused};
use crate::cli::arguments::{BuildArguments, Command};
use crate::cli::build::Manner;
use crate::cli::new::wrong_use;
use crate::cli::outcome::Outcome;
use crate::cli::serving::serve;
use crate::cli::session::Session;
use crate::cli::theme::ThemeCommand;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::terminal::tame;
use crate::pipeline::auditing::fetching::Address;
use crate::pipeline::inviting::Whom;
use crate::pipeline::options::{BuildOptions, IfBroken};
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{asking_keys, auditing, checking, explaining, passphrases, release};

/// Does what was asked for. Results go to `stdout`.
pub fn run(arguments: &Arguments, stdout: &mut dyn Write) -> io::Result<Outcome> {
    let common = &arguments.common;
    match &arguments.command {
        Some(Command::Init { dir, coach }) => new::init(dir, coach.as_deref(), common, stdout),
        Some(Command::New { what }) => new::new(what, common, stdout),
        Some(Command::Theme {
            what: ThemeCommand::Export { dir },
        }) => Ok(theme::export(dir, common.quiet)),
        Some(Command::Schema(options)) => schema::schema(options, common.quiet, stdout),
        Some(Command::Completions { shell }) => manual::completions(*shell, stdout),
        Some(Command::Man) => manual::man(stdout),
        Some(Command::Serve(options)) => Ok(serve(options, common)),
        Some(Command::Merge {
            sites: true, parts, ..
        }) => Ok(merging::join(parts, common)),
        Some(Command::Merge { ends, parts, .. }) => Ok(merging::merge(parts, *ends, common)),
        Some(Command::Key { what: None }) => {
            let printed = key::fingerprint(common, stdout)?;
            let has_answers_key = common.content.join(asking_keys::FILE_NAME).exists();
            match printed.code {
                0 if has_answers_key => with_book(arguments, stdout),
                _ => Ok(printed),
            }
        }
        Some(Command::Key { what: Some(_) } | Command::Forget(_) | Command::Collect(_)) => {
            match key::finished(common) {
                Some(outcome) => Ok(outcome),
                None => with_book(arguments, stdout),
            }
        }
        Some(Command::Audit { site, .. })
            if address(site).is_none() && !common.content.join("loggia.toml").exists() =>
        {
            checked(arguments, auditing::audit_alone(site), stdout)
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
    let note = |path: &str| format!("note: `{}` is passed over", tame(path));
    workspace.passed_over().map(note).collect()
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

/// The address of a site that is asked for in place of a folder.
fn address(site: &Path) -> Option<Result<Address, Diagnostic>> {
    Address::parse(site.to_str()?)
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
    let now = || Timestamp::now().to_zoned(workspace.timezone().clone());
    let today = common.today.unwrap_or_else(|| now().date());
    let session = &Session {
        workspace,
        common,
        today,
    };
    match &arguments.command {
        Some(Command::Check {
            json,
            who_sees_what: true,
        }) => who_sees_what(arguments, session, *json, stdout),
        Some(Command::Check { .. }) => {
            checked(arguments, checking::check(workspace, today), stdout)
        }
        Some(Command::Explain {
            engagement,
            words,
            json,
        }) => explain::explain(session, (engagement, words), *json, stdout),
        Some(Command::Audit { site, .. }) => {
            let found = match address(site) {
                None => auditing::audit(workspace, site, today),
                Some(Ok(address)) => auditing::audit_at(workspace, &address, today),
                Some(Err(problem)) => return Ok(wrong_use(vec![problem])),
            };
            checked(arguments, found, stdout)
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
        Some(Command::Key { what: None }) => key::print_answers(session, stdout),
        Some(Command::Forget(options)) => forget::forget(session, options, stdout),
        Some(Command::Links {
            remind: Some(folder),
            ..
        }) => Ok(links::remind(session, folder)),
        Some(Command::Collect(options)) => collect::collect(session, options, stdout),
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
            | Command::Man,
        ) => Ok(Outcome::silent()),
        None => build_and_show(session, stdout),
    }
}

/// Prints the table of who sees what.
fn who_sees_what(
    arguments: &Arguments,
    session: &Session<'_>,
    json: bool,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    match explaining::sights(session.workspace, session.today) {
        Ok(sights) => print_sights(&sights, json, stdout),
        Err(failure) => refused(arguments, failure, stdout),
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
