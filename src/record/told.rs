//! What a page tells its reader, as keyed digests.

use std::collections::BTreeMap;

/// What a page tells, as keyed digests by part. Equal texts have equal digests, as often as they stand there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    pub(super) parts: BTreeMap<String, Vec<String>>,
}

/// What follows the name of a part whose digests only make news.
const NEWS: char = '~';

/// What follows the name of a part whose digests are no news.
const RIGHT: char = '!';

impl Told {
    /// Adds something that the page shows.
    pub fn add(&mut self, part: &str, digest: String) {
        self.parts.entry(part.to_owned()).or_default().push(digest);
    }

    /// Adds something whose change is news, and whose going takes nothing from the reader, as the hour of a meeting.
    pub fn add_news(&mut self, part: &str, digest: String) {
        self.add(&format!("{part}{NEWS}"), digest);
    }

    /// Adds that the reader may read a part, whatever there is of it: that this changes is no news.
    pub fn add_right(&mut self, part: &str, digest: String) {
        self.add(&format!("{part}{RIGHT}"), digest);
    }

    /// Brings the digests in an order that says nothing.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.parts.values_mut().for_each(|digests| digests.sort());
        self
    }

    /// The first part of which something is shown that `now` does not show.
    pub fn beyond(&self, now: &Self) -> Option<&str> {
        let mut parts = self.parts.iter().filter(|(part, _)| !part.ends_with(NEWS));
        let lacks = |part: &str, digests: &[String]| {
            let there = now.parts.get(part).map_or(&[][..], Vec::as_slice);
            is_more(digests, there)
        };
        parts
            .find(|(part, digests)| lacks(part, digests))
            .map(|(part, _)| part.trim_end_matches(RIGHT))
    }

    /// The parts in which anything differs.
    pub fn changed(&self, other: &Self) -> Vec<String> {
        let mut parts: Vec<String> = Vec::new();
        let all = self.parts.keys().chain(other.parts.keys());
        for part in all.filter(|part| !part.ends_with(RIGHT)) {
            let name = part.trim_end_matches(NEWS);
            if self.parts.get(part) != other.parts.get(part)
                && !parts.iter().any(|known| known == name)
            {
                parts.push(name.to_owned());
            }
        }
        parts.sort();
        parts
    }
}

/// Whether one of the digests stands more often here than there.
fn is_more(here: &[String], there: &[String]) -> bool {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for digest in there {
        *left.entry(digest).or_default() += 1;
    }
    here.iter()
        .any(|digest| match left.get_mut(digest.as_str()) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        })
}
