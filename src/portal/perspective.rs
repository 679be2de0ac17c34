//! An engagement as one reader sees it on one day: the goals of which the reader sees a part, and the names that stand in it.

use std::sync::Arc;

use crate::engagement::Engagement;
use crate::engagement::audience::{Audience, Reader};
use crate::engagement::goal::{Goal, Wording};
use crate::engagement::id::{GoalId, StakeholderId};
use crate::engagement::today::Today;
use crate::portal::view::goals::GoalName;
use crate::portal::view::people::PersonView;
use crate::portal::who_reads::WhoReads;
use crate::progress::figures::Figures;

/// An engagement seen by one reader on one day.
pub(super) struct Perspective<'a> {
    pub(super) engagement: &'a Engagement,
    pub(super) figures: &'a Figures,
    pub(super) reader: &'a Reader,
    pub(super) today: Today<'a>,
    /// The goals of which the reader sees a part, in their order.
    pub(super) goals: Vec<SeenGoal<'a>>,
    /// Who else sees each item; on the pages of the coachee and the coach alone.
    pub(super) who_reads: Option<WhoReads>,
}

/// A goal of which the reader sees a part.
pub(super) struct SeenGoal<'a> {
    pub(super) goal: &'a Goal,
    /// The wording, if it is revealed.
    pub(super) wording: Option<&'a Wording>,
    /// Whether the reader sees its figures.
    pub(super) has_progress: bool,
    /// What the reader calls it.
    pub(super) name: Arc<GoalName>,
}

impl SeenGoal<'_> {
    /// Whether what is tied to the goal is seen too: the reader knows its wording, or its figures under an alias.
    pub(super) fn carries(&self) -> bool {
        self.wording.is_some() || self.has_progress
    }
}

/// To what something is tied that the reader sees.
pub(super) enum Tie {
    /// To the engagement as a whole.
    None,
    /// To a goal.
    Goal(Arc<GoalName>),
}

impl Tie {
    /// The name of the goal, if it is one.
    pub(super) fn into_name(self) -> Option<Arc<GoalName>> {
        match self {
            Self::None => None,
            Self::Goal(name) => Some(name),
        }
    }
}

impl<'a> Perspective<'a> {
    /// Finds the goals of which the reader sees a part.
    pub(super) fn of(
        engagement: &'a Engagement,
        figures: &'a Figures,
        reader: &'a Reader,
        today: Today<'a>,
    ) -> Self {
        let mut goals = Vec::new();
        for goal in &engagement.goals {
            let wording = goal.wording.reveal_to(reader);
            let has_progress = goal.progress.admits(reader);
            let has_actions = goal
                .actions
                .reveal_to(reader)
                .is_some_and(|actions| !actions.is_empty());
            if wording.is_none() && !has_progress && !has_actions {
                continue;
            }
            let number = u32::try_from(goals.len() + 1).unwrap_or(u32::MAX);
            let alias = || goal.alias.reveal_to(reader).cloned().flatten();
            let title = wording.map(|wording| wording.title.clone()).or_else(alias);
            let name = Arc::new(GoalName {
                title,
                number,
                anchor: format!("goal-{number}"),
            });
            goals.push(SeenGoal {
                goal,
                wording,
                has_progress,
                name,
            });
        }
        Self {
            engagement,
            figures,
            reader,
            today,
            goals,
            who_reads: None,
        }
    }

    /// The names of those who read the item at `path` besides the coachee and the coach, if this page says so.
    pub(super) fn readers_of(&self, path: &str) -> Option<Vec<String>> {
        let readers = self.who_reads.as_ref()?.of_item(path).iter();
        Some(readers.map(|reader| self.name_of(reader.id())).collect())
    }

    /// The same for a passage of the item's text that is for `audience`.
    pub(super) fn readers_of_passage(
        &self,
        path: &str,
        audience: &Audience,
    ) -> Option<Vec<String>> {
        let readers = self.who_reads.as_ref()?.of_passage(path, audience);
        let names = readers.into_iter().map(|reader| self.name_of(reader.id()));
        Some(names.collect())
    }

    /// Returns to what something is tied, or nothing if the reader does not see what is tied to `goal`.
    pub(super) fn tied(&self, goal: Option<&GoalId>) -> Option<Tie> {
        let Some(id) = goal else {
            return Some(Tie::None);
        };
        let seen = self.goals.iter().find(|seen| seen.goal.id == *id)?;
        seen.carries().then(|| Tie::Goal(Arc::clone(&seen.name)))
    }

    /// The name of a person who stands in something that the reader sees.
    pub(super) fn name_of(&self, id: &StakeholderId) -> String {
        self.engagement
            .stakeholder(id)
            .map_or_else(|| id.to_string(), |person| person.name.clone())
    }

    /// Whether the person is the reader.
    pub(super) fn is_me(&self, id: &StakeholderId) -> bool {
        self.reader.id() == id
    }

    /// The reader, in every portal by name and role; the job title stands among the people.
    pub(super) fn reader_view(&self) -> Arc<PersonView> {
        Arc::new(PersonView {
            name: self.name_of(self.reader.id()),
            role: self.reader.role(),
            title: None,
            is_me: true,
            since: None,
            until: None,
            before: Vec::new(),
        })
    }
}
