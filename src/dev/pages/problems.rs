//! What is wrong: the page with all problems, what every other page says of them, and the page for an unknown address.

use minijinja::{Value, context};

use crate::dev::pages::templates::{DevPage, Framed, Templates};
use crate::dev::snapshot::Snapshot;
use crate::diagnostic::Diagnostic;
use crate::text;

/// Everything that is wrong, as it stands on the terminal.
pub(in crate::dev) fn problems(templates: &Templates, snapshot: &Snapshot) -> DevPage {
    let is_before_the_first_build = snapshot.number == 0;
    let context = context! {
        is_before_the_first_build,
        // This page shows the problems itself; they are not put above it a second time.
        has_errors => false,
        ..problems_of(snapshot)
    };
    templates.page("problems.html", context, Framed::default())
}

/// The page for every address where there is none.
pub(in crate::dev) fn not_found(templates: &Templates) -> DevPage {
    let context = context! { has_errors => false };
    templates.page("not_found.html", context, Framed::default())
}

/// What a page says of the problems: with an error among them it shows all above the rest.
pub(super) fn problems_of(snapshot: &Snapshot) -> Value {
    context! {
        has_errors => snapshot.has_errors(),
        count => counted(&snapshot.problems),
        problems => snapshot.problems.iter().map(value).collect::<Value>(),
    }
}

/// The problems of one engagement.
pub(super) fn own_problems(snapshot: &Snapshot, id: &str) -> Value {
    let problems = snapshot.problems.iter();
    let own = problems.filter(|problem| engagement_of(problem) == Some(id));
    own.map(value).collect()
}

/// The folder in which the file of a problem lies: an engagement's id, unless the file is the firm's own.
pub(super) fn engagement_of(problem: &Diagnostic) -> Option<&str> {
    let (folder, _) = problem.file()?.split_once('/')?;
    Some(folder)
}

fn value(problem: &Diagnostic) -> Value {
    let kind = match problem.is_error() {
        true => "error",
        false => "warning",
    };
    let line = problem.position().map_or(1, |(line, _)| line);
    context! { kind, text => problem.render(false), file => problem.file(), line }
}

/// How many errors and warnings there are.
pub(in crate::dev) fn counted(problems: &[Diagnostic]) -> String {
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    let warnings = problems.len() - errors;
    let errors_counted = text::counted(errors, "error", "errors");
    let warnings_counted = text::counted(warnings, "warning", "warnings");
    match (errors, warnings) {
        (_, 0) => errors_counted,
        (0, _) => warnings_counted,
        (_, _) => format!("{errors_counted}, {warnings_counted}"),
    }
}
