//! Whose answer to which round a message can be.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use zeroize::Zeroizing;

use crate::access::asking::message::MessageId;
use crate::access::asking::{Asked, Questions};
use crate::access::key::Key;
use crate::access::link::LinkSource;
use crate::engagement::Engagement;
use crate::engagement::asked::AskedRound;
use crate::engagement::stakeholder::Stakeholder;
use crate::pipeline::problems::Failure;
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{keys, link_numbers, sealing};

/// The key of the site first, then those that it replaced.
pub(in crate::pipeline) fn site_keys(
    workspace: &Workspace,
    out: &Path,
) -> Result<Vec<Key>, Failure> {
    let mut keys = vec![keys::opened(workspace, out)?];
    keys.extend(Key::old_ones(workspace.book.folder())?);
    Ok(keys)
}

/// Whose answer to which round it is, and over which link it came.
#[derive(Clone, Copy)]
pub(in crate::pipeline) struct Whose<'a> {
    /// The engagement.
    pub(in crate::pipeline) engagement: &'a Engagement,
    /// Who answered.
    pub(in crate::pipeline) person: &'a Stakeholder,
    /// Which round.
    pub(in crate::pipeline) round: AskedRound,
    /// From what the page's keys are derived.
    asked: Asked<'a>,
    /// The key of the site that made the page, by its place.
    key: usize,
    /// Whether the link of the page was ended.
    pub(in crate::pipeline) is_ended: bool,
}

/// Everyone's ids in every round, over every link that there is and was.
pub(in crate::pipeline) struct Known<'a> {
    by_id: BTreeMap<MessageId, Whose<'a>>,
    keys: &'a [Key],
}

impl<'a> Known<'a> {
    /// Derives all ids from the key of the site, which comes first, and from those that it replaced.
    pub(in crate::pipeline) fn of(
        workspace: &Workspace,
        engagements: &'a [Engagement],
        keys: &'a [Key],
    ) -> Self {
        let mut by_id = BTreeMap::new();
        for engagement in engagements {
            for person in &engagement.stakeholders {
                for whose in everywhere(workspace, engagement, person, keys.len()) {
                    by_id.insert(whose.asked.id(&keys[whose.key]), whose);
                }
            }
        }
        Self { by_id, keys }
    }

    /// Whose answer a message with this id is; nothing for one that is not of this site.
    pub(in crate::pipeline) fn whose(&self, id: MessageId) -> Option<Whose<'a>> {
        self.by_id.get(&id).copied()
    }

    /// The secret of the link that an answer came over.
    pub(super) fn psk(&self, whose: &Whose<'_>) -> Zeroizing<[u8; 32]> {
        whose.asked.psk(&self.keys[whose.key])
    }

    /// The id of questions, over the link that an answer came over.
    pub(super) fn questions_id(&self, whose: &Whose<'_>, questions: &Questions<'_>) -> MessageId {
        whose.asked.questions_id(&self.keys[whose.key], questions)
    }

    /// The ids of one person's answers.
    pub(in crate::pipeline) fn ids_of(&self, person: &Stakeholder) -> BTreeSet<MessageId> {
        let of_person = |whose: &Whose<'_>| std::ptr::eq(whose.person, person);
        let ids = self.by_id.iter().filter(|(_, whose)| of_person(whose));
        ids.map(|(id, _)| *id).collect()
    }
}

impl Whose<'_> {
    /// Whether the page was made with a key of the site that was replaced.
    pub(super) fn is_of_old_key(&self) -> bool {
        self.key > 0
    }
}

/// One person in every round, over every link of every key.
fn everywhere<'a>(
    workspace: &Workspace,
    engagement: &'a Engagement,
    person: &'a Stakeholder,
    keys: usize,
) -> Vec<Whose<'a>> {
    let source = sealing::link_source(workspace, engagement, person);
    let ended = link_numbers::ended(source.numbers).map(|numbers| (numbers, true));
    let all = ended.chain([(source.numbers, false)]);
    let mut everywhere = Vec::new();
    for (numbers, is_ended) in all {
        for round in rounds(engagement) {
            for key in 0..keys {
                everywhere.push(Whose {
                    engagement,
                    person,
                    round,
                    asked: Asked {
                        rater: LinkSource { numbers, ..source },
                        round: round.closes,
                    },
                    key,
                    is_ended,
                });
            }
        }
    }
    everywhere
}

/// Every round in which someone was or is asked: those that are named, and those that there are answers to.
pub(in crate::pipeline) fn rounds(engagement: &Engagement) -> Vec<AskedRound> {
    let mut rounds: BTreeMap<_, _> = BTreeMap::new();
    let lock = engagement.pulse.lock.iter();
    let published = lock.flat_map(|lock| lock.published.keys().map(|(day, _)| *day));
    let there = engagement.pulse.rounds.iter().map(|round| round.date);
    for closes in published.chain(there) {
        let opens = closes;
        rounds.insert(closes, AskedRound { opens, closes });
    }
    rounds.extend(engagement.asked_rounds().map(|round| (round.closes, round)));
    rounds.into_values().collect()
}
