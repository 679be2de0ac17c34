//! What is known of an engagement while its files are read, and what reading them adds.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::tz::TimeZone;

use crate::content::kinds::goal_names::GoalNames;
use crate::content::kinds::people::{People, words};
use crate::content::text::placeholder;
use crate::content::toml::document::Document;
use crate::content::toml::report::Report;
use crate::content::toml::value::Spanned;
use crate::diagnostic::{Diagnostic, Source};
use crate::engagement::audience::{Audience, Part};
use crate::engagement::id::{GoalId, StakeholderId};
use crate::engagement::lock::Lock;
use crate::engagement::pulse::Scale;
use crate::engagement::today::Today;
use crate::text::counted;

/// What the texts of an engagement refer to in `files/`: the name, and the first place that does.
pub(in crate::content) type Mentions = BTreeMap<String, (Source, Range<usize>)>;

/// What engagement.toml and the names of the files say; every other file is read beside it.
pub(in crate::content) struct Known<'a> {
    /// The day as of which the engagement is read.
    pub(in crate::content) today: Today<'a>,
    /// The time zone of a meeting that names none.
    pub(in crate::content) zone: TimeZone,
    /// Who takes part.
    pub(in crate::content) people: &'a People<'a>,
    /// Who sees each part; of agendas without those who merely attend.
    pub(in crate::content) share: &'a BTreeMap<Part, Audience>,
    /// Whether whoever attends a meeting sees it.
    pub(in crate::content) attendees_see_agendas: bool,
    /// Every goal that has a file, whether or not it can be read.
    pub(in crate::content) goals: GoalNames,
    /// What the scores mean; absent where engagement.toml could not be read.
    pub(in crate::content) scale: Option<&'a Scale>,
    /// What was published of the rounds so far.
    pub(in crate::content) lock: Option<&'a Lock>,
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
        goal_among(&self.goals, word, report)
    }
}

/// The one of these goals that a word names, or an error with a suggestion.
pub(in crate::content) fn goal_among(
    goals: &GoalNames,
    word: &Spanned<String>,
    report: &mut Report<'_>,
) -> Option<GoalId> {
    let written = word.get_ref();
    let found = goals.find(written);
    if found.is_none() {
        let known = goals.ids().iter().map(GoalId::as_str);
        report.error_unknown(format!("unknown goal `{written}`"), word, known);
    }
    found.cloned()
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
                shared.or(&Audience::only(known.people.members_among(list)))
            }
            _ => shared,
        }
    }
}

/// What the files of an engagement add: the attachments that their texts show, and what is wrong with them.
pub(in crate::content) struct Found<'a> {
    /// What the texts refer to in `files/`.
    pub(in crate::content) mentions: Mentions,
    /// The first placeholder of each file, with how many the file has.
    placeholders: Vec<(Source, Range<usize>, usize)>,
    /// What is wrong.
    pub(in crate::content) problems: &'a mut Vec<Diagnostic>,
}

impl<'a> Found<'a> {
    /// Nothing yet; what is wrong goes into `problems`.
    pub(in crate::content) fn new(problems: &'a mut Vec<Diagnostic>) -> Self {
        Self {
            mentions: Mentions::new(),
            placeholders: Vec::new(),
            problems,
        }
    }

    /// Keeps the placeholders of a piece of TOML.
    pub(in crate::content) fn look_for_placeholders(&mut self, document: &Document) {
        let start = document.start();
        let places = placeholder::in_toml(document.text()).into_iter();
        let places = places.map(|place| start + place.start..start + place.end);
        self.keep_placeholders(document.source(), places.collect());
    }

    /// Keeps the placeholders of a file, given by their places in it.
    pub(in crate::content) fn keep_placeholders(
        &mut self,
        source: &Source,
        places: Vec<Range<usize>>,
    ) {
        let count = places.len();
        let Some(first) = places.into_iter().next() else {
            return;
        };
        let is_of_file =
            |known: &&mut (Source, Range<usize>, usize)| known.0.path() == source.path();
        match self.placeholders.iter_mut().find(is_of_file) {
            Some(known) => known.2 += count,
            None => self.placeholders.push((source.clone(), first, count)),
        }
    }

    /// Says where placeholders stand: an error where others are to read the texts. Returns whether there are any.
    pub(in crate::content) fn report_placeholders(&mut self, is_agreed: bool) -> bool {
        for (source, place, count) in &self.placeholders {
            let more = match count {
                1 => String::new(),
                count => format!(
                    ", and so do {}",
                    counted(count - 1, "more text", "more texts")
                ),
            };
            let message = format!("this still holds a placeholder in ‹…›{more}");
            let (problem, hint) = if is_agreed {
                let hint = "write what is to be read there, or take the line out: nothing goes out before; quotation marks are “…” or «…»";
                (Diagnostic::error(message), hint)
            } else {
                let hint = "write what is to be read there, or take the line out; until then this engagement has no portal; quotation marks are “…” or «…»";
                (Diagnostic::warning(message), hint)
            };
            self.problems
                .push(problem.at(source, place.clone()).with_hint(hint));
        }
        !self.placeholders.is_empty()
    }

    /// Places what is wrong in a document.
    pub(in crate::content) fn report<'d>(&'d mut self, document: &'d Document) -> Report<'d> {
        Report::new(document, self.problems)
    }
}
