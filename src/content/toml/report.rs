//! What is wrong with one document, said at its place and kept with the problems of the run.

use std::ops::Range;

use jiff::civil::Date;
use serde::de::DeserializeOwned;

use crate::content::suggest;
use crate::content::toml::document::Document;
use crate::content::toml::value::{Day, Spanned};
use crate::diagnostic::Diagnostic;
use crate::engagement::today::Today;

/// A document that is being read, and the problems of the run.
pub(in crate::content) struct Report<'a> {
    document: &'a Document,
    problems: &'a mut Vec<Diagnostic>,
}

impl<'a> Report<'a> {
    /// Places problems in `document`, and adds them to `problems`.
    pub(in crate::content) fn new(
        document: &'a Document,
        problems: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Self { document, problems }
    }

    /// The document.
    pub(in crate::content) fn document(&self) -> &'a Document {
        self.document
    }

    /// Reads the document as a `T`, with every problem of its form.
    pub(in crate::content) fn read<T: DeserializeOwned>(&mut self) -> Option<T> {
        self.document.read(self.problems)
    }

    /// An error at `span`, which counts from the start of the TOML.
    pub(in crate::content) fn error(&mut self, message: impl Into<String>, span: Range<usize>) {
        self.problems.push(self.document.error(message, span));
    }

    /// An error at `span`, and what to do about it.
    pub(in crate::content) fn error_with(
        &mut self,
        message: impl Into<String>,
        span: Range<usize>,
        hint: impl Into<String>,
    ) {
        let problem = self.document.error(message, span);
        self.problems.push(problem.with_hint(hint));
    }

    /// The day, with an error that says `what` is still to come if it is after `today`.
    pub(in crate::content) fn day_that_came(
        &mut self,
        day: &Spanned<Day>,
        what: &str,
        today: Today<'_>,
    ) -> Date {
        let date = day.get_ref().0;
        if date > today {
            let message = format!("{what}: today is {today}");
            let hint = "write the day once it has come; until then leave the line out";
            self.error_with(message, day.span(), hint);
        }
        date
    }

    /// An error about a word that is none of `known`, with the one that it most likely stands for.
    pub(in crate::content) fn error_unknown<'k>(
        &mut self,
        message: impl Into<String>,
        word: &Spanned<String>,
        known: impl IntoIterator<Item = &'k str> + Clone,
    ) {
        let problem = self.document.error(message, word.span());
        let hint = suggest::hint(word.get_ref(), known);
        self.problems.push(problem.with_hint_if(hint));
    }

    /// A warning at `span`, and what to do about it, if there is something to say.
    pub(in crate::content) fn warning(
        &mut self,
        message: impl Into<String>,
        span: Range<usize>,
        hint: Option<&str>,
    ) {
        let problem = self.document.warning(message, span);
        self.problems
            .push(problem.with_hint_if(hint.map(str::to_owned)));
    }

    /// A problem that has its place already.
    pub(in crate::content) fn push(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// How many problems the run has so far.
    pub(in crate::content) fn count(&self) -> usize {
        self.problems.len()
    }
}
