//! The private record of what builds made and for whom: one file for each folder of a site, in `.loggia/` beside loggia.toml.
//!
//! It serves what a page cannot tell of itself: what is new for whom since the last release, and what a page that was published showed,
//! so that it can stay where its engagement cannot be built ([`crate::pipeline`]). It may be deleted at any time; then everything is new.
//!
//! The rules it guards:
//!
//! - It holds ids, days, paths and keyed digests, never a text; it is for its owner alone (mode 600), in no repository and never in a site.
//! - What is not exactly as a build wrote it counts as not there, and is said in one line: a seal over all of it, made with the key, tells.
//! - It is written whole or not at all. A build writes it twice: before the site goes out with the release before it, and after that
//!   without. So whenever a build is killed, the pages that are out stand in it.
//!
//! # The format
//!
//! ```text
//! loggia record 1: …                                    another number is another version's
//! seal <64 hexadecimal digits of everything below>
//! site <which folder of a site>
//! invited <engagement> <reader> <path>                  to whom a mail was written, and below it what the page told then
//! release <day>                                         the latest first, at most two
//! page <engagement> <reader> <path> <sha256> <sealed or link> <code or click>
//!  <part> <digest> <digest> …                           what the page tells, part by part; `~` after the part: only news; `!`: no news
//! person <id> <path> <sha256> <sealed or link> <code or click>
//!  <engagement> <digest>                                a line of that page
//! warning <digest>                                      a warning that was told
//! ```
//!
//! What the pages were made from, so that they need not be made again, lies in a file of its own beside it: [`made`].

pub mod answers;
pub mod contents;
mod fields;
pub mod made;
pub mod store;
mod text;
pub mod told;

#[cfg(test)]
mod tests;
