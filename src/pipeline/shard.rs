//! One part of a site, where a firm's machines build it side by side.
//!
//! The rule it guards: which part an engagement belongs to follows from its id alone, so that an engagement that comes or goes moves no
//! other.

use std::fmt;

use sha2::{Digest, Sha256};

/// The K-th of N parts, K from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    number: u32,
    of: u32,
}

impl Shard {
    /// The whole site as its only part.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// The largest number of parts: a message lists all that are missing by their numbers.
    const MOST: u32 = 10_000;

    /// Reads `K/N`, as in `2/8`.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, of) = text.split_once('/')?;
        let read = |text: &str| {
            let is_plain = text.bytes().all(|digit| digit.is_ascii_digit());
            is_plain.then(|| text.parse::<u32>().ok()).flatten()
        };
        let shard = Self {
            number: read(number)?,
            of: read(of)?,
        };
        let is_one = (1..=shard.of).contains(&shard.number);
        (is_one && shard.of <= Self::MOST).then_some(shard)
    }

    /// Which one it is, from 1.
    pub fn number(self) -> u32 {
        self.number
    }

    /// How many there are.
    pub fn count(self) -> u32 {
        self.of
    }

    /// Whether there is no other.
    pub fn is_whole(self) -> bool {
        self.of == 1
    }

    /// Whether the engagement or person with this id belongs to it.
    pub fn holds(self, id: &str) -> bool {
        let digest = Sha256::digest(id);
        let [a, b, c, d, ..] = digest[..] else {
            return false;
        };
        u32::from_be_bytes([a, b, c, d]) % self.of == self.number - 1
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::Shard;

    #[test]
    fn parts_are_read_strictly() {
        assert_eq!(Shard::parse("1/1"), Some(Shard::WHOLE));
        assert_eq!(Shard::parse("2/8").unwrap().to_string(), "2/8");
        for text in [
            "",
            "1",
            "0/2",
            "1/10001",
            "1/4294967295",
            "3/2",
            "1/0",
            "+1/2",
            "1/2/3",
            "a/b",
            " 1/2",
            "1/4294967296",
        ] {
            assert_eq!(Shard::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_id_belongs_to_exactly_one_part() {
        for of in 1..=7 {
            let parts: Vec<Shard> = (1..=of).map(|number| Shard { number, of }).collect();
            for id in ["nyah-adeyemi", "mateo-silva", "a", "engagement-17"] {
                assert_eq!(parts.iter().filter(|part| part.holds(id)).count(), 1);
            }
        }
    }
}
