//! Who has answered a round, as far as answers were collected on this machine.
//!
//! It is known by the ids of the messages that were kept, which take no key to read: a reminder needs not know what was answered.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;

use crate::engagement::Engagement;
use crate::engagement::asked::AskedRound;
use crate::engagement::id::{EngagementId, StakeholderId};
use crate::pipeline::asking_keys;
use crate::pipeline::collecting::known::{Known, site_keys};
use crate::pipeline::collecting::messages;
use crate::pipeline::problems::Failure;
use crate::pipeline::workspace::Workspace;
use crate::record::answers::KeptAnswers;

/// Everyone whose answer was kept, with the closing day of its round.
pub(in crate::pipeline) struct Answered(BTreeSet<(EngagementId, StakeholderId, Date)>);

impl Answered {
    /// Looks through the messages that were kept. Those over links that have ended do not count, as `collect` does not count them.
    pub(in crate::pipeline) fn of(
        workspace: &Workspace,
        today: Date,
        out: &Path,
    ) -> Result<Self, Failure> {
        let engagements = asking_keys::engagements(workspace, today)?;
        let keys = site_keys(workspace, out)?;
        let known = Known::of(workspace, &engagements, &keys);
        // What is damaged is said by `collect`.
        let kept = messages::kept(&KeptAnswers::of(workspace.book.folder()), &mut Vec::new())?;
        let whose = kept.keys().filter_map(|message| known.whose(message.id()));
        let answered = whose.filter(|whose| !whose.is_ended).map(|whose| {
            let (engagement, person) = (whose.engagement, whose.person);
            (engagement.id.clone(), person.id.clone(), whose.round.closes)
        });
        Ok(Self(answered.collect()))
    }

    /// Whether somebody has answered a round.
    pub(in crate::pipeline) fn holds(
        &self,
        engagement: &Engagement,
        person: &StakeholderId,
        round: AskedRound,
    ) -> bool {
        let answer = (engagement.id.clone(), person.clone(), round.closes);
        self.0.contains(&answer)
    }
}
