//! Looks for what must not be there, in what is about to go out and in what already lies on a host.
//!
//! The rule it guards: this is the only module that opens a note, and nothing flows from here to a page. Its messages name files,
//! lines and numbers, and never quote what was found.

mod address;
mod letters;
mod lookalikes;
mod markup;
pub mod notes;
pub mod outline;
pub mod overlap;
mod page;
mod places;
mod readable;
mod references;
pub mod site;
mod source;
mod term;
mod words;

use std::cell::OnceCell;

use crate::audit::letters::Letters;
use crate::audit::markup::Markup;
use crate::audit::term::Term;
use crate::audit::words::{Word, Words};
use crate::diagnostic::Diagnostic;

/// What an audit found.
#[derive(Debug, Default)]
pub struct Findings {
    /// What must not leave.
    pub leaks: Vec<Diagnostic>,
    /// What the coach should look at.
    pub warnings: Vec<Diagnostic>,
}

/// A page, parsed once for everything that is looked for in it.
pub struct ParsedPage<'a> {
    markup: Markup<'a>,
    style: &'a str,
    letters: OnceCell<Letters>,
    words: OnceCell<Vec<Word>>,
}

impl<'a> ParsedPage<'a> {
    /// Parses a page. `style` is a style sheet whose rules need not be searched because they hold nothing confidential; it may be empty.
    pub fn of(document: &'a str, style: &'a str) -> Self {
        Self {
            markup: Markup::of(document),
            style,
            letters: OnceCell::new(),
            words: OnceCell::new(),
        }
    }

    /// Splits it into words now, on this thread, rather than when they are first asked for.
    pub fn read_words(&self) {
        self.words();
    }

    /// Everything that can be read in it, letter by letter.
    fn letters(&self) -> &Letters {
        let read = || self.markup.read(self.style, Letters::default());
        self.letters.get_or_init(read)
    }

    /// Everything that can be read in it, word by word.
    fn words(&self) -> &[Word] {
        let read = || self.markup.read(self.style, Words::default()).into_vec();
        self.words.get_or_init(read)
    }
}

/// Returns an error for every confidential term that stands in a page. It names the term's number, not the term.
pub fn terms(
    terms: &[String],
    page: &ParsedPage<'_>,
    engagement: &str,
    reader: &str,
) -> Vec<Diagnostic> {
    if terms.is_empty() {
        return Vec::new();
    }
    let letters = page.letters();
    let mut problems = Vec::new();
    for (index, term) in terms.iter().enumerate() {
        if Term::of(term).line_in(letters).is_some() {
            let message = format!(
                "the portal of `{reader}` would show confidential term number {}",
                index + 1
            );
            let hint = "the terms stand in `[confidential]` of loggia.toml; take the word out of what this reader sees";
            problems.push(
                Diagnostic::error(message)
                    .in_file(engagement)
                    .with_hint(hint),
            );
        }
    }
    problems
}

/// Returns an error for whatever a page would load, run or carry besides what it shows.
pub fn faults(page: &ParsedPage<'_>, engagement: &str, reader: &str) -> Vec<Diagnostic> {
    let faults = page::faults(&page.markup, &[]);
    let problem = |fault: page::Fault| {
        let message = format!(
            "the portal of `{reader}` would not be complete in itself: {}",
            fault.message
        );
        let hint = "a page loads nothing and runs nothing; look for it in the theme";
        Diagnostic::error(message)
            .in_file(engagement)
            .with_hint(hint)
    };
    faults.into_iter().map(problem).collect()
}
