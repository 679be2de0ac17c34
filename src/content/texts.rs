//! The files of an engagement besides engagement.toml, each kind in its order.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::content::folder::listing::{FileRole, RoledFile};
use crate::content::folder::open::read_text;
use crate::content::kinds::people::{People, Words};
use crate::content::kinds::prose::Mentions;
use crate::content::kinds::ratings_file::Survey;
use crate::content::kinds::sheet::Sheets;
use crate::content::kinds::{agenda_file, goal_file, ratings_file, story_file, themes_file};
use crate::content::toml::front_matter;
use crate::content::toml::front_matter::FrontMatter;
use crate::content::toml::keys::Keys;
use crate::diagnostic::Diagnostic;
use crate::engagement::agenda::Agenda;
use crate::engagement::audience::{Audience, Guarded, Part};
use crate::engagement::goal::Goal;
use crate::engagement::id::{GoalId, ItemId};
use crate::engagement::pulse::{Round, Scale};
use crate::engagement::review::Review;
use crate::engagement::update::Update;

/// What stands in the files beside engagement.toml.
pub(super) struct Texts {
    pub(super) goals: Vec<Goal>,
    pub(super) rounds: Vec<Round>,
    pub(super) agendas: Vec<Guarded<Agenda>>,
    pub(super) updates: Vec<Guarded<Update>>,
    pub(super) reviews: Vec<Guarded<Review>>,
}

/// Who sees a part that says nothing itself.
pub(super) fn shared(share: &BTreeMap<Part, Audience>, part: Part) -> Audience {
    share
        .get(&part)
        .cloned()
        .unwrap_or_else(Audience::coachee_alone)
}

/// The files of an engagement while they are read.
pub(super) struct Folder<'a> {
    pub(super) files: &'a [RoledFile],
    pub(super) people: &'a People<'a>,
    pub(super) share: &'a BTreeMap<Part, Audience>,
    /// Every goal that has a file, whether or not it could be read.
    pub(super) goals: Vec<GoalId>,
    pub(super) mentions: Mentions,
    /// The keys of every kind of front matter.
    pub(super) front_matter_keys: Rc<[Keys]>,
    pub(super) problems: &'a mut Vec<Diagnostic>,
}

impl Folder<'_> {
    /// Reads everything; scores are held against `scale` where that is known.
    pub(super) fn read(&mut self, scale: Option<&Scale>, agenda_words: Words<'_>) -> Texts {
        let mut goals = self.goals();
        let rounds = self.rounds(&goals, scale);
        self.themes(&mut goals);
        let shared = agenda_file::Shared {
            audience: self.share,
            words: agenda_words,
        };
        Texts {
            rounds,
            agendas: self.agendas(&shared),
            updates: self.updates(),
            reviews: self.reviews(),
            goals,
        }
    }

    /// A Markdown file, cut at its fences.
    fn open(&mut self, file: &RoledFile) -> Option<FrontMatter> {
        let opened = read_text(&file.path, &file.shown)
            .and_then(|source| front_matter::split(source, &self.front_matter_keys));
        opened.map_err(|problem| self.problems.push(problem)).ok()
    }

    fn shared(&self, part: Part) -> Audience {
        shared(self.share, part)
    }

    fn goals(&mut self) -> Vec<Goal> {
        let mut numbered: Vec<(u32, Goal)> = Vec::new();
        for file in self.files {
            let FileRole::Goal { number, id } = &file.role else {
                continue;
            };
            let Some(id) = GoalId::parse(id) else {
                self.problems.push(
                    Diagnostic::error(format!("`{id}` is no id of a goal")).in_file(&*file.shown),
                );
                continue;
            };
            if self.goals.contains(&id) {
                let problem = Diagnostic::error(format!("two goals have the id `{id}`"))
                    .in_file(&*file.shown);
                self.problems.push(
                    problem.with_hint("give one of the two files another name behind its number"),
                );
                continue;
            }
            self.goals.push(id.clone());
            let Some(opened) = self.open(file) else {
                continue;
            };
            let read = goal_file::read(
                &opened,
                id,
                self.people,
                self.share,
                &mut self.mentions,
                self.problems,
            );
            numbered.extend(read.map(|goal| (*number, goal)));
        }
        numbered
            .sort_by(|(one, first), (other, second)| (one, &first.id).cmp(&(other, &second.id)));
        numbered.into_iter().map(|(_, goal)| goal).collect()
    }

    fn rounds(&mut self, goals: &[Goal], scale: Option<&Scale>) -> Vec<Round> {
        let mut rounds = Vec::new();
        let mut sheets = Sheets::default();
        for file in self.files {
            let FileRole::Ratings(date) = &file.role else {
                continue;
            };
            let source = match read_text(&file.path, &file.shown) {
                Ok(source) => source,
                Err(problem) => {
                    self.problems.push(problem);
                    continue;
                }
            };
            let survey = Survey {
                people: self.people,
                ids: &self.goals,
                goals,
                scale,
            };
            let round = ratings_file::read(source, *date, &survey, &mut sheets, self.problems);
            rounds.extend(round);
        }
        rounds.sort_by_key(|round| round.date);
        rounds
    }

    fn themes(&mut self, goals: &mut [Goal]) {
        for file in self.files {
            let FileRole::Themes(date) = &file.role else {
                continue;
            };
            let has_round = self
                .files
                .iter()
                .any(|other| other.role == FileRole::Ratings(*date));
            if !has_round {
                let problem =
                    Diagnostic::error(format!("there is no round `{date}.csv` for these themes"))
                        .in_file(&*file.shown);
                self.problems.push(
                    problem.with_hint(
                        "name the file by the closing date of the round that it is about",
                    ),
                );
            }
            let Some(opened) = self.open(file) else {
                continue;
            };
            for (id, theme) in themes_file::read(&opened, *date, &self.goals, self.problems) {
                if let Some(goal) = goals.iter_mut().find(|goal| goal.id == id) {
                    let audience = goal.themes_for.clone();
                    goal.themes.push(Guarded::of(theme, audience));
                }
            }
        }
    }

    fn agendas(&mut self, shared: &agenda_file::Shared<'_>) -> Vec<Guarded<Agenda>> {
        let mut agendas = Vec::new();
        for file in self.files {
            let FileRole::Agenda(day, id) = &file.role else {
                continue;
            };
            let (Some(opened), Some(id)) = (self.open(file), ItemId::parse(id)) else {
                continue;
            };
            let name = (*day, id);
            let read = agenda_file::read(
                &opened,
                name,
                self.people,
                &self.goals,
                shared,
                &mut self.mentions,
                self.problems,
            );
            agendas.extend(read);
        }
        agendas
    }

    fn updates(&mut self) -> Vec<Guarded<Update>> {
        let shared = self.shared(Part::Updates);
        let mut updates = Vec::new();
        for file in self.files {
            let FileRole::Update(day, id) = &file.role else {
                continue;
            };
            let (Some(opened), Some(id)) = (self.open(file), ItemId::parse(id)) else {
                continue;
            };
            let read = story_file::read_update(
                &opened,
                (*day, id),
                self.people,
                &shared,
                &mut self.mentions,
                self.problems,
            );
            updates.extend(read);
        }
        updates
    }

    fn reviews(&mut self) -> Vec<Guarded<Review>> {
        let shared = self.shared(Part::Reviews);
        let mut reviews = Vec::new();
        for file in self.files {
            let FileRole::Review(day, id) = &file.role else {
                continue;
            };
            let (Some(opened), Some(id)) = (self.open(file), ItemId::parse(id)) else {
                continue;
            };
            let name = (*day, id);
            let read = story_file::read_review(
                &opened,
                name,
                self.people,
                &self.goals,
                &shared,
                &mut self.mentions,
                self.problems,
            );
            reviews.extend(read);
        }
        reviews
    }
}
