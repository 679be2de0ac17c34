//! The record of published rounds in which one person has another id, by the same key.
//!
//! The rule it guards: what was published stays bound to the same people and answers, so that whoever is forgotten opens no way to publish a
//! figure again. Of a withdrawn question some hashes may not be known any more: they stay as they are, and what they are of cannot come back.

use crate::engagement::Engagement;
use crate::engagement::lock::{KeyedHash, Lock, Rekeying};
use crate::progress::lock_rekeyed::rekeyed;
use crate::progress::problem::LockProblem;

/// Returns a record, which must be sound and fit what is there, with the id `new` in the place of the oldest id of someone.
pub fn forgotten(
    engagement: &Engagement,
    was: &Lock,
    hash: KeyedHash<'_>,
    (old, new): (&str, &str),
) -> Result<Lock, Vec<LockProblem>> {
    let by_new = |text: &[u8]| hash(&renamed(text, old, new));
    let rekeying = Rekeying::of_keys(hash, &by_new);
    Ok(rekeyed(engagement, was, &rekeying)?.lock)
}

/// What a hash is made of, with the new id: the words of a record, each ended by a byte of its own.
fn renamed(text: &[u8], old: &str, new: &str) -> Vec<u8> {
    let Ok(written) = std::str::from_utf8(text) else {
        return text.to_vec();
    };
    let mut words: Vec<String> = written.split('\0').map(str::to_owned).collect();
    let of_what = words.get(2).cloned().unwrap_or_default();
    // Kind of record, engagement, of what, round, goal; then who.
    let Some(who) = words.get_mut(5) else {
        return text.to_vec();
    };
    match of_what.as_str() {
        "rater" | "answer" if who == old => new.clone_into(who),
        "groups" => {
            let mut lines: Vec<String> = who.lines().map(|line| of_line(line, old, new)).collect();
            lines.sort_unstable();
            *who = lines.join("\n");
        }
        _ => {}
    }
    words.join("\0").into_bytes()
}

/// A line of people who are counted together, or of those who stand alone.
fn of_line(line: &str, old: &str, new: &str) -> String {
    let (head, ids) = match line.strip_prefix("alone ") {
        Some(ids) => ("alone ", ids),
        None => ("", line),
    };
    let ids = ids.split(' ').map(|id| if id == old { new } else { id });
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    format!("{head}{}", ids.join(" "))
}
