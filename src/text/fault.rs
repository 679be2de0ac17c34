//! What goes wrong in a template, as a problem with a place.
//!
//! The rule it guards: the engine's own messages can quote the values they stumbled over, and those are a reader's. So only the
//! kind of an error, its file and its line are shown, and words that this program chose itself.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::fmt;

use minijinja::{Error, ErrorKind};

use crate::diagnostic::{Diagnostic, Source};

/// This program's own message about a wrong use of a function in a template. It never holds a value of a portal.
#[derive(Debug)]
pub struct Fault(String);

impl Fault {
    /// A fault in its own words.
    pub fn of(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::new(ErrorKind::InvalidOperation, "").with_source(fault)
    }
}

/// Says where in which template an error arose, without a word of what was being written.
pub fn diagnostic(error: &Error, sources: &BTreeMap<String, Source>) -> Diagnostic {
    let innermost = innermost(error);
    let problem = Diagnostic::error(message(innermost));
    let Some(source) = innermost.name().and_then(|name| sources.get(name)) else {
        return problem;
    };
    let Some(line) = innermost.line() else {
        return problem.in_file(source.path());
    };
    let start: usize = source
        .text()
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let text = source.text()[start..].lines().next().unwrap_or_default();
    let indent = text.len() - text.trim_start().len();
    problem.at(source, start + indent..start + text.len())
}

/// The error that caused the others: an include that fails reports the file that includes as well.
fn innermost(error: &Error) -> &Error {
    let mut innermost = error;
    let mut cause = error.source();
    while let Some(next) = cause {
        if let Some(next) = next.downcast_ref::<Error>()
            && next.line().is_some()
        {
            innermost = next;
        }
        cause = next.source();
    }
    innermost
}

fn message(error: &Error) -> String {
    let mut cause = error.source();
    while let Some(next) = cause {
        if let Some(fault) = next.downcast_ref::<Fault>() {
            return fault.to_string();
        }
        cause = next.source();
    }
    let words = match error.kind() {
        // What the parser says is about the template alone.
        ErrorKind::SyntaxError => error.detail().unwrap_or("syntax error"),
        ErrorKind::TemplateNotFound | ErrorKind::BadInclude => {
            "the theme has no template of this name"
        }
        ErrorKind::UndefinedError => "this value does not exist",
        ErrorKind::UnknownFilter => "there is no filter of this name",
        ErrorKind::UnknownTest => "there is no test of this name",
        ErrorKind::UnknownFunction => "there is no function of this name",
        ErrorKind::UnknownMethod => "values have no methods here",
        ErrorKind::MissingArgument | ErrorKind::TooManyArguments => "wrong number of arguments",
        ErrorKind::OutOfFuel => "this template takes too many steps; it may never end",
        _ => "this cannot be done with these values",
    };
    format!("in the theme: {words}")
}
