//! The numbers that the links of one engagement are derived from, as its folder says them.

use crate::content::Outline;
use crate::engagement::Engagement;
use crate::engagement::id::{EngagementId, StakeholderId};
use crate::engagement::stakeholder::Stakeholder;

/// The numbers of one engagement, as its folder says them.
pub(super) struct EngagementNumbers {
    pub(super) names: Names<EngagementId>,
    pub(super) number: u32,
    pub(super) people: Vec<(Names<StakeholderId>, u32)>,
}

/// What someone or something is called now, and was called first: the record goes by the oldest id, as links do.
pub(super) struct Names<T> {
    pub(super) id: T,
    pub(super) was: Vec<T>,
}

impl<T> Names<T> {
    pub(super) fn first(&self) -> &T {
        self.was.first().unwrap_or(&self.id)
    }
}

impl EngagementNumbers {
    pub(super) fn of(engagement: &Engagement) -> Self {
        let names = (&engagement.id, engagement.was.as_slice());
        Self::among(names, engagement.link, &engagement.stakeholders)
    }

    pub(super) fn of_outline(id: &EngagementId, outline: &Outline) -> Self {
        let names = (id, outline.was.as_slice());
        Self::among(names, outline.link, &outline.stakeholders)
    }

    fn among(
        (id, was): (&EngagementId, &[EngagementId]),
        number: u32,
        people: &[Stakeholder],
    ) -> Self {
        let names = |person: &Stakeholder| Names {
            id: person.id.clone(),
            was: person.was.clone(),
        };
        let people = people.iter().map(|person| (names(person), person.link));
        Self {
            names: Names {
                id: id.clone(),
                was: was.to_vec(),
            },
            number,
            people: people.collect(),
        }
    }

    /// All of it as words, from which [`Self::of_words`] makes the same again.
    pub(super) fn words(&self) -> Vec<String> {
        let mut words = self.names.words(self.number, EngagementId::as_str);
        for (names, number) in &self.people {
            words.extend(names.words(*number, StakeholderId::as_str));
        }
        words
    }

    /// The numbers that these words tell; nothing where they tell none.
    pub(super) fn of_words(words: &[String]) -> Option<Self> {
        let (names, number, mut rest) = Names::of_words(words, EngagementId::parse)?;
        let mut people = Vec::new();
        while !rest.is_empty() {
            let (names, number, others) = Names::of_words(rest, StakeholderId::parse)?;
            people.push((names, number));
            rest = others;
        }
        Some(Self {
            names,
            number,
            people,
        })
    }
}

impl<T> Names<T> {
    /// The number, how many names there were, the name, and those before it.
    fn words(&self, number: u32, text: impl Fn(&T) -> &str) -> Vec<String> {
        let mut words = vec![number.to_string(), self.was.len().to_string()];
        let names = [&self.id].into_iter().chain(&self.was);
        words.extend(names.map(|name| text(name).to_owned()));
        words
    }

    /// Reads what [`Self::words`] writes, and returns what is behind it.
    fn of_words(
        words: &[String],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<(Self, u32, &[String])> {
        let [number, count, id, rest @ ..] = words else {
            return None;
        };
        let (was, rest) = rest.split_at_checked(count.parse().ok()?)?;
        let was = was.iter().map(|name| parse(name));
        let names = Self {
            id: parse(id)?,
            was: was.collect::<Option<_>>()?,
        };
        Some((names, number.parse().ok()?, rest))
    }
}

#[cfg(test)]
mod tests {
    use super::{EngagementNumbers, Names};
    use crate::engagement::id::{EngagementId, StakeholderId};

    #[test]
    fn words_tell_the_same_numbers() {
        let id = |text: &str| StakeholderId::parse(text).unwrap();
        let numbers = EngagementNumbers {
            names: Names {
                id: EngagementId::parse("nyah").unwrap(),
                was: vec![EngagementId::parse("nyah-a").unwrap()],
            },
            number: 3,
            people: vec![
                (
                    Names {
                        id: id("priya"),
                        was: Vec::new(),
                    },
                    1,
                ),
                (
                    Names {
                        id: id("tom"),
                        was: vec![id("tom-b"), id("tom-a")],
                    },
                    7,
                ),
            ],
        };
        let words = numbers.words();
        let again = EngagementNumbers::of_words(&words).unwrap();
        assert_eq!(again.words(), words);
        assert_eq!((again.number, again.people.len()), (3, 2));
        assert_eq!(again.people[1].0.first(), &id("tom-b"));
        for count in [0, 1, 2, 3, 5, 6, 8, 9, 10] {
            assert!(
                EngagementNumbers::of_words(&words[..count]).is_none(),
                "{count}"
            );
        }
    }
}
