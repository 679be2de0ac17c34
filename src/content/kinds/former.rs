//! `was`: the ids that someone or something had before.
//!
//! The rule it guards: an id that somebody had is nobody else's for good, since links, records and answers go by it.

use std::ops::Range;

use crate::content::toml::report::Report;
use crate::content::toml::value::Spanned;

/// What to do about an id that is taken.
pub(super) const TAKEN: &str = "an id that was given once stays taken: give the newcomer another one, or take it out of `was` if it never was the old name of this";

/// Reads a list of ids, the oldest first; `now` is what it is called today.
pub(super) fn read<Id: PartialEq>(
    list: &[Spanned<String>],
    (now, parse): (&str, impl Fn(&str) -> Option<Id>),
    report: &mut Report<'_>,
) -> Vec<Id> {
    let mut found: Vec<Id> = Vec::new();
    for word in list {
        let written = word.get_ref();
        if written == now {
            let message = format!("`{written}` is what this is called now");
            let hint = "`was` holds the names that it had before, the oldest first";
            report.error_with(message, word.span(), hint);
            continue;
        }
        match parse(written) {
            None => report.error_with(
                format!("`{written}` is no id"),
                word.span(),
                "ids are lower-case words joined by hyphens, such as `nyah-adeyemi`",
            ),
            Some(id) if found.contains(&id) => {
                report.error(format!("`{written}` is listed twice"), word.span());
            }
            Some(id) => found.push(id),
        }
    }
    found
}

/// The problem with an old id that is also what another is called, or was.
pub(super) fn taken(written: &str, span: Range<usize>, report: &mut Report<'_>) {
    let message = format!("`{written}` is also the id of another, now or before");
    report.error_with(message, span, TAKEN);
}
