//! What is known of an engagement while its files are read, and what reading them adds.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::content::kinds::people::{People, words};
use crate::content::toml::document::Document;
use crate::content::toml::report::Report;
use crate::content::toml::value::Spanned;
use crate::diagnostic::{Diagnostic, Source};
use crate::engagement::audience::{Audience, Part};
use crate::engagement::id::{GoalId, StakeholderId};
use crate::engagement::pulse::Scale;

/// What the texts of an engagement refer to in `files/`: the name, and the first place that does.
pub(in crate::content) type Mentions = BTreeMap<String, (Source, Range<usize>)>;

/// What engagement.toml and the names of the files say; every other file is read beside it.
pub(in crate::content) struct Known<'a> {
    /// Who takes part.
    pub(in crate::content) people: &'a People<'a>,
    /// Who sees each part; of agendas without those who merely attend.
    pub(in crate::content) share: &'a BTreeMap<Part, Audience>,
    /// Whether whoever attends a meeting sees it.
    pub(in crate::content) attendees_see_agendas: bool,
    /// Every goal that has a file, whether or not it can be read.
    pub(in crate::content) goals: Vec<GoalId>,
    /// What the scores mean; absent where engagement.toml could not be read.
    pub(in crate::content) scale: Option<&'a Scale>,
}

impl Known<'_> {
    /// Who sees a part of what says nothing itself.
    pub(in crate::content) fn shared(&self, part: Part) -> Audience {
        shared(self.share, part)
    }

    /// The goal that a word names, or an error with a suggestion.
    pub(in crate::content) fn goal(
        &self,
        word: &Spanned<String>,
        report: &mut Report<'_>,
    ) -> Option<GoalId> {
        let written = word.get_ref();
        let found = self.goals.iter().find(|goal| goal.as_str() == written);
        if found.is_none() {
            let known = self.goals.iter().map(GoalId::as_str);
            report.error_unknown(format!("unknown goal `{written}`"), word, known);
        }
        found.cloned()
    }
}

/// Who sees a part of what says nothing itself.
pub(in crate::content) fn shared(share: &BTreeMap<Part, Audience>, part: Part) -> Audience {
    share
        .get(&part)
        .cloned()
        .unwrap_or_else(Audience::coachee_alone)
}

/// What an item says itself about who sees it.
pub(in crate::content) struct OwnShare<'a> {
    /// What a message calls the item.
    pub(in crate::content) what: &'a str,
    /// The part of `[share]` that holds where the item says nothing.
    pub(in crate::content) part: Part,
    /// Its own list.
    pub(in crate::content) list: Option<&'a [Spanned<String>]>,
    /// Who attends, if it is a meeting.
    pub(in crate::content) attendees: Option<&'a [StakeholderId]>,
}

impl OwnShare<'_> {
    /// Who sees the item: the people of its own list, or else those of the engagement's.
    pub(in crate::content) fn audience(
        &self,
        known: &Known<'_>,
        report: &mut Report<'_>,
    ) -> Audience {
        if let Some(list) = self.list {
            let people = known.people;
            let audience = people.audience(self.what, &words(list), self.attendees, report);
            return audience.said_by_itself();
        }
        let shared = known.shared(self.part);
        match self.attendees {
            Some(list) if known.attendees_see_agendas => {
                shared.or(&Audience::only(list.iter().cloned()))
            }
            _ => shared,
        }
    }
}

/// What the files of an engagement add: the attachments that their texts show, and what is wrong with them.
pub(in crate::content) struct Found<'a> {
    /// What the texts refer to in `files/`.
    pub(in crate::content) mentions: Mentions,
    /// What is wrong.
    pub(in crate::content) problems: &'a mut Vec<Diagnostic>,
}

impl<'a> Found<'a> {
    /// Nothing yet; what is wrong goes into `problems`.
    pub(in crate::content) fn new(problems: &'a mut Vec<Diagnostic>) -> Self {
        Self {
            mentions: Mentions::new(),
            problems,
        }
    }

    /// Places what is wrong in a document.
    pub(in crate::content) fn report<'d>(&'d mut self, document: &'d Document) -> Report<'d> {
        Report::new(document, self.problems)
    }
}
