//! `[share]`: who may read which part, and since when.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::kinds::people::{People, words};
use crate::content::toml::report::Report;
use crate::content::toml::shapes;
use crate::content::toml::value::{Day, Spanned};
use crate::engagement::audience::{Audience, Part};
use crate::engagement::id::StakeholderId;

/// `[share]`: the coachee's word, and a list of words for each part.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct ShareTable {
    /// The day on which the coachee agreed to what follows; without it only the coachee has a portal.
    pub(in crate::content) agreed: Option<Day>,
    /// Dates, sessions held and planned, milestones, and how people work together.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    facts: Option<Vec<Spanned<String>>>,
    /// Who else takes part, besides the coachee, the coach and the managers; and who rates.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    people: Option<Vec<Spanned<String>>>,
    /// What the assessments showed, in the themes that the coachee chose.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    assessments: Option<Vec<Spanned<String>>>,
    /// The wording of the goals.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    goals: Option<Vec<Spanned<String>>>,
    /// Actions and the support asked for.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    actions: Option<Vec<Spanned<String>>>,
    /// Published figures of the pulse.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    progress: Option<Vec<Spanned<String>>>,
    /// The same, split by rater group.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    groups: Option<Vec<Spanned<String>>>,
    /// How many raters saw the coachee follow up; only with the progress.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    follow_up: Option<Vec<Spanned<String>>>,
    /// The coachee's own rating.
    #[serde(rename = "self")]
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    own: Option<Vec<Spanned<String>>>,
    /// What the coach says about a round.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    themes: Option<Vec<Spanned<String>>>,
    /// The meetings.
    #[schemars(with = "Option<Vec<shapes::MeetingAudience>>")]
    agendas: Option<Vec<Spanned<String>>>,
    /// What the coachee tells.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    updates: Option<Vec<Spanned<String>>>,
    /// Intended beside actual outcomes.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    reviews: Option<Vec<Spanned<String>>>,
    /// What was agreed about the engagement, and who has said yes.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    agreement: Option<Vec<Spanned<String>>>,
    /// The questions of the pulse, for those of them who rate, on a page of their own.
    #[schemars(with = "Option<Vec<shapes::Audience>>")]
    asked: Option<Vec<Spanned<String>>>,
}

impl ShareTable {
    /// The list for a part.
    fn list(&self, part: Part) -> Option<&Vec<Spanned<String>>> {
        match part {
            Part::Facts => self.facts.as_ref(),
            Part::People => self.people.as_ref(),
            Part::Assessments => self.assessments.as_ref(),
            Part::Goals => self.goals.as_ref(),
            Part::Actions => self.actions.as_ref(),
            Part::Progress => self.progress.as_ref(),
            Part::Groups => self.groups.as_ref(),
            Part::FollowUp => self.follow_up.as_ref(),
            Part::Own => self.own.as_ref(),
            Part::Themes => self.themes.as_ref(),
            Part::Agendas => self.agendas.as_ref(),
            Part::Updates => self.updates.as_ref(),
            Part::Reviews => self.reviews.as_ref(),
            Part::Agreement => self.agreement.as_ref(),
            Part::Asked => self.asked.as_ref(),
        }
    }

    /// Whether whoever attends a meeting sees it.
    pub(in crate::content) fn attendees_see_agendas(&self) -> bool {
        let words = self.agendas.iter().flatten();
        words.into_iter().any(|word| word.get_ref() == "attendees")
    }

    /// The parts that were in other parts in version 0.1.0, if there is no list for them.
    pub(in crate::content) fn unsaid(&self) -> Vec<Part> {
        let parts = [Part::People, Part::FollowUp].into_iter();
        parts.filter(|part| self.list(*part).is_none()).collect()
    }

    /// The audience of each part; of agendas without those who merely attend.
    pub(in crate::content) fn audiences(
        &self,
        people: &People<'_>,
        report: &mut Report<'_>,
    ) -> BTreeMap<Part, Audience> {
        let mut audiences = BTreeMap::new();
        for part in Part::ALL {
            let list = words(self.list(part).map(Vec::as_slice).unwrap_or_default());
            let what = format!("`{}`", part.key());
            let attendees: Option<&[StakeholderId]> = (part == Part::Agendas).then_some(&[]);
            audiences.insert(part, people.audience(&what, &list, attendees, report));
        }
        audiences
    }
}
