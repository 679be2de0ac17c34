//! What a page asks a rater, as answers know it: alike where pages are made and where answers are read.

use crate::access::asking::{AskedGoal, Questions};
use crate::engagement::Engagement;
use crate::engagement::asked;
use crate::engagement::pulse::Scale;
use crate::pipeline::pages;
use crate::pipeline::workspace::Workspace;

/// The questions of one rater's page.
pub(super) struct PageQuestions<'a> {
    engagement: &'a Engagement,
    goals: Vec<AskedGoal<'a>>,
    language: &'a str,
}

impl<'a> PageQuestions<'a> {
    /// The questions that a rater is asked, in the language of the rater's pages.
    pub(super) fn of(
        workspace: &'a Workspace,
        engagement: &'a Engagement,
        asked: &asked::Asked<'a>,
    ) -> Self {
        let goals = asked.questions.iter().map(|asked| AskedGoal {
            id: asked.goal.first_id().as_str(),
            question: asked.question,
            follow_up: asked.asks_follow_up,
        });
        Self {
            engagement,
            goals: goals.collect(),
            language: pages::language(workspace, engagement, asked.person),
        }
    }

    /// The same, as their id is derived from them.
    pub(super) fn questions(&self) -> Questions<'_> {
        let pulse = &self.engagement.pulse;
        let (low, high) = match &pulse.scale {
            // Its words are the page's own, and follow from the language.
            Scale::Change => (None, None),
            Scale::Level { low, high, .. } => (low.as_deref(), high.as_deref()),
        };
        Questions {
            scale: (pulse.scale.from(), pulse.scale.to()),
            ends: (low.unwrap_or_default(), high.unwrap_or_default()),
            goals: &self.goals,
            period: pulse.asking.period.as_deref().unwrap_or_default(),
            language: self.language,
        }
    }
}
