//! The text of `pulse/rounds.lock`.

use std::collections::BTreeSet;

use crate::engagement::lock::Lock;
use crate::text::toml_string;

/// What the file begins with.
const HEADER: &str = "\
# Written by `loggia build`: what the published figures of each round were made from. A figure that changes after it was
# published can give away who answered what, so the build compares, and stops when something has changed.
# Keep this file with the ratings and do not edit it. It holds no names and no answers, only hashes that mean nothing
# without `loggia.key`.

";

/// The file's text.
pub fn text(lock: &Lock) -> String {
    format!("{HEADER}seal = \"{}\"\n{}", lock.seal, body(lock))
}

/// What the seal is the hash of.
pub(super) fn body(lock: &Lock) -> String {
    let mut body = format!(
        "key = \"{}\"\nscale = {}\n",
        lock.key,
        toml_string(&lock.scale)
    );
    for ((round, goal), record) in &lock.published {
        let list = |hashes: &BTreeSet<String>| -> String {
            let lines = hashes.iter().map(|hash| format!("  \"{hash}\",\n"));
            lines.collect()
        };
        body.push_str(&format!(
            "\n[[published]]\nround = {round}\ngoal = \"{goal}\"\nquestion = \"{}\"\n{}groups = \"{}\"\n\
             raters = [\n{}]\nanswers = [\n{}]\n",
            record.question,
            record.corrected.map_or_else(String::new, |day| format!("corrected = {day}\n")),
            record.groups,
            list(&record.raters),
            list(&record.answers),
        ));
        if let Some(alone) = &record.alone {
            body.push_str(&format!("alone = [\n{}]\n", list(alone)));
        }
    }
    body
}
