//! What is dated after a day and waits for its own.
//!
//! The rule it guards: what waits is in none of the engagement's lists, so that nothing that is made from them can show it or count it.

use jiff::civil::Date;

use crate::engagement::Engagement;
use crate::engagement::audience::{Dated, Guarded};
use crate::engagement::goal::Theme;
use crate::engagement::id::GoalId;
use crate::engagement::kind::ItemKind;
use crate::engagement::programme::Correction;
use crate::engagement::pulse::Round;
use crate::engagement::review::Review;
use crate::engagement::today::Today;
use crate::engagement::update::Update;

/// What has been taken out of an engagement because its day has not come.
#[derive(Default)]
pub struct Later {
    /// The rounds that have not closed.
    pub rounds: Vec<Round>,
    /// What is said about those rounds, each with the goal that it is about.
    pub themes: Vec<(GoalId, Guarded<Theme>)>,
    /// The themes of assessments that are still to be held, each with the place of the assessment in the list and its day.
    pub assessments: Vec<(usize, Date, Guarded<Vec<String>>)>,
    /// The corrections to the programme that are to hold from a day to come.
    pub corrections: Vec<Guarded<Correction>>,
    /// The updates of days to come.
    pub updates: Vec<Guarded<Update>>,
    /// The reviews of days to come.
    pub reviews: Vec<Guarded<Review>>,
}

/// Whether the file of an item is kept back until the day in its name. Meetings and days of the engagement itself are announced before
/// they come; what is told of such a day waits inside engagement.toml.
pub fn waits_for_its_day(kind: ItemKind) -> bool {
    match kind {
        ItemKind::Round | ItemKind::Themes | ItemKind::Update | ItemKind::Review => true,
        ItemKind::Engagement
        | ItemKind::Agreement
        | ItemKind::Goal
        | ItemKind::Agenda
        | ItemKind::Record
        | ItemKind::AskingKey
        | ItemKind::Consent
        | ItemKind::Note
        | ItemKind::File => false,
    }
}

/// A file that waits for its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingFile {
    /// What it holds.
    pub kind: ItemKind,
    /// Its path inside the engagement's folder.
    pub path: String,
    /// The day for which it waits.
    pub date: Date,
}

impl Later {
    /// The files that wait, each once.
    pub fn files(&self) -> Vec<WaitingFile> {
        let rounds = self.rounds.iter().map(|round| {
            let name = format!("{}.csv", round.date);
            (ItemKind::Round, name, round.date)
        });
        let themes = self.themes.iter();
        let themes = themes.map(|(_, theme)| (ItemKind::Themes, theme.file(), theme.date()));
        let updates = self.updates.iter();
        let updates = updates.map(|update| (ItemKind::Update, update.file(), update.date()));
        let reviews = self.reviews.iter();
        let reviews = reviews.map(|review| (ItemKind::Review, review.file(), review.date()));
        let corrections = self.corrections.iter().map(Guarded::date);
        let own = self.assessments.iter().map(|(_, date, _)| *date);
        let own = own.chain(corrections);
        let own = own.map(|date| (ItemKind::Engagement, "engagement.toml".to_owned(), date));
        let all = rounds.chain(themes).chain(updates).chain(reviews);
        let mut files: Vec<WaitingFile> = Vec::new();
        for (kind, name, date) in all.chain(own) {
            let path = kind.path(&name);
            let file = WaitingFile { kind, path, date };
            if !files.contains(&file) {
                files.push(file);
            }
        }
        files
    }
}

impl Engagement {
    /// Takes out whatever is dated after `today` and waits for its day, and returns it. Everyone is then what they are on `today`.
    pub fn split_off(&mut self, today: Today<'_>) -> Later {
        for person in &mut self.stakeholders {
            person.look_on(today);
        }
        let is_later = |date: Date| date > today;
        let mut themes = Vec::new();
        for goal in &mut self.goals {
            let later = goal.themes.extract_if(.., |theme| is_later(theme.date()));
            themes.extend(later.map(|theme| (goal.id.clone(), theme)));
        }
        let mut assessments = Vec::new();
        for (place, assessment) in self.assessments.iter_mut().enumerate() {
            let date = assessment.date;
            let later = assessment.themes.take_if(|_| is_later(date));
            assessments.extend(later.map(|themes| (place, date, themes)));
        }
        let corrections = &mut self.corrections;
        let corrections = corrections.extract_if(.., |correction| is_later(correction.date()));
        let rounds = &mut self.pulse.rounds;
        let rounds = rounds.extract_if(.., |round| is_later(round.date));
        let updates = &mut self.updates;
        let updates = updates.extract_if(.., |update| is_later(update.date()));
        let reviews = &mut self.reviews;
        let reviews = reviews.extract_if(.., |review| is_later(review.date()));
        Later {
            rounds: rounds.collect(),
            themes,
            assessments,
            corrections: corrections.collect(),
            updates: updates.collect(),
            reviews: reviews.collect(),
        }
    }

    /// Puts back what was taken out, so that it can be split on another day.
    pub fn put_back(&mut self, later: Later) {
        let Later {
            rounds,
            themes,
            assessments,
            corrections,
            updates,
            reviews,
        } = later;
        self.corrections.extend(corrections);
        self.corrections.sort_by_key(Guarded::date);
        for (place, _, themes) in assessments {
            if let Some(assessment) = self.assessments.get_mut(place) {
                assessment.themes = Some(themes);
            }
        }
        for (id, theme) in themes {
            let goal = self.goals.iter_mut().find(|goal| goal.id == id);
            if let Some(goal) = goal {
                goal.themes.push(theme);
                goal.themes.sort_by_key(Guarded::date);
            }
        }
        self.pulse.rounds.extend(rounds);
        self.pulse.rounds.sort_by_key(|round| round.date);
        self.updates.extend(updates);
        self.updates.sort_by_key(Guarded::date);
        self.reviews.extend(reviews);
        self.reviews.sort_by_key(Guarded::date);
    }
}

impl Dated for Theme {
    fn date(&self) -> Date {
        self.round
    }

    fn file(&self) -> String {
        format!("{}.md", self.round)
    }
}

impl Dated for Update {
    fn date(&self) -> Date {
        self.date
    }

    fn file(&self) -> String {
        format!("{}.md", self.id)
    }
}

impl Dated for Review {
    fn date(&self) -> Date {
        self.date
    }

    fn file(&self) -> String {
        format!("{}.md", self.id)
    }
}
