//! The files of an engagement besides engagement.toml.
//!
//! The rule it guards: [`read`] names every [`FileRole`], so that a new one does not compile before it is said where its files are read.

use std::rc::Rc;

use jiff::civil::Date;

use crate::content::folder::listing::{FileRole, RoledFile};
use crate::content::folder::old_ids;
use crate::content::folder::open::read_text;
use crate::content::kinds::goal_names::GoalNames;
use crate::content::kinds::known::{Found, Known};
use crate::content::kinds::ratings_row::Survey;
use crate::content::kinds::sheet::Sheets;
use crate::content::kinds::{
    agenda_file, agreement_file, goal_file, ratings_file, story_file, themes_file,
};
use crate::content::schema::front_matter_keys;
use crate::content::toml::front_matter::{self, FrontMatter};
use crate::content::toml::keys::Keys;
use crate::diagnostic::Diagnostic;
use crate::engagement::agenda::Agenda;
use crate::engagement::agreement::Agreement;
use crate::engagement::audience::Guarded;
use crate::engagement::goal::{Goal, Theme};
use crate::engagement::id::{GoalId, ItemId};
use crate::engagement::pulse::Round;
use crate::engagement::review::Review;
use crate::engagement::update::Update;

/// What stands in the files beside engagement.toml.
#[derive(Default)]
pub(super) struct Texts {
    pub(super) agreement: Option<Guarded<Agreement>>,
    pub(super) goals: Vec<Goal>,
    pub(super) rounds: Vec<Round>,
    pub(super) agendas: Vec<Guarded<Agenda>>,
    pub(super) updates: Vec<Guarded<Update>>,
    pub(super) reviews: Vec<Guarded<Review>>,
}

/// The goals that have a file; a file whose name gives none, or another's, is an error.
pub(super) fn goal_names(files: &[RoledFile], problems: &mut Vec<Diagnostic>) -> GoalNames {
    let mut was = Vec::new();
    let mut ids: Vec<GoalId> = Vec::new();
    for file in files {
        let FileRole::Goal { id: written, .. } = &file.role else {
            continue;
        };
        match GoalId::parse(written) {
            None => {
                let problem = Diagnostic::error(format!("`{written}` is no id of a goal"));
                problems.push(problem.in_file(&*file.shown));
            }
            Some(id) if ids.contains(&id) => {
                let problem = Diagnostic::error(format!("two goals have the id `{id}`"));
                let hint = "give one of the two files another name behind its number";
                problems.push(problem.in_file(&*file.shown).with_hint(hint));
            }
            Some(id) => {
                // What is wrong in the file is told when all of it is read.
                let old = read_text(&file.path, &file.shown).ok();
                let old = old.map_or_else(Vec::new, |source| old_ids::of_goal(source.text()));
                was.extend(old.into_iter().map(|old| (old, id.clone())));
                ids.push(id);
            }
        }
    }
    GoalNames::of(ids, was)
}

/// Reads the agreement, goals, agendas, rounds, themes, updates and reviews. Whoever needs engagement.toml, the record of rounds, pictures and
/// documents reads them elsewhere.
pub(super) fn read(files: &[RoledFile], known: &Known<'_>, found: &mut Found<'_>) -> Texts {
    let keys: Rc<[Keys]> = front_matter_keys().into();
    let mut texts = Texts {
        goals: goals(files, known, found, &keys),
        ..Texts::default()
    };
    let mut sheets = Sheets::default();
    for file in files {
        match &file.role {
            FileRole::Agreement => {
                texts.agreement = open(file, &keys, found)
                    .and_then(|front| agreement_file::read(&front, known, found));
            }
            FileRole::Round(date) => {
                let (goals, date) = (texts.goals.as_slice(), *date);
                let survey = Survey { known, goals, date };
                let source = read_text(&file.path, &file.shown);
                let source = source.map_err(|problem| found.problems.push(problem));
                let round = source.ok().and_then(|source| {
                    ratings_file::read(source, &survey, &mut sheets, found.problems)
                });
                texts.rounds.extend(round);
            }
            FileRole::Themes(date) => {
                check_round(*date, file, files, found);
                let Some(front) = open(file, &keys, found) else {
                    continue;
                };
                for (id, theme) in themes_file::read(&front, *date, known, found) {
                    add_theme(&mut texts.goals, &id, theme);
                }
            }
            FileRole::Agenda(day, id) => {
                if let Some((front, id)) = open(file, &keys, found).zip(ItemId::parse(id)) {
                    let agenda = agenda_file::read(&front, (*day, id), known, found);
                    texts.agendas.extend(agenda);
                }
            }
            FileRole::Update(day, id) => {
                if let Some((front, id)) = open(file, &keys, found).zip(ItemId::parse(id)) {
                    let update = story_file::read_update(&front, (*day, id), known, found);
                    texts.updates.extend(update);
                }
            }
            FileRole::Review(day, id) => {
                if let Some((front, id)) = open(file, &keys, found).zip(ItemId::parse(id)) {
                    let review = story_file::read_review(&front, (*day, id), known, found);
                    texts.reviews.extend(review);
                }
            }
            // Goals were read first, since the others speak of them; the rest is read elsewhere.
            FileRole::Engagement
            | FileRole::Goal { .. }
            | FileRole::Record
            | FileRole::AskingKey
            | FileRole::Consent
            | FileRole::File(_) => {}
        }
    }
    texts.rounds.sort_by_key(|round| round.date);
    texts
}

/// The goals in the order of their numbers; of two with one id, the first.
fn goals(
    files: &[RoledFile],
    known: &Known<'_>,
    found: &mut Found<'_>,
    keys: &Rc<[Keys]>,
) -> Vec<Goal> {
    let mut unread = known.goals.ids().to_vec();
    let mut numbered: Vec<(u32, Goal)> = Vec::new();
    for file in files {
        let FileRole::Goal { number, id } = &file.role else {
            continue;
        };
        let Some(index) = unread.iter().position(|goal| goal.as_str() == id) else {
            continue;
        };
        let id = unread.remove(index);
        if let Some(front) = open(file, keys, found) {
            let goal = goal_file::read(&front, (id, file.path_inside()), known, found);
            numbered.extend(goal.map(|goal| (*number, goal)));
        }
    }
    numbered.sort_by(|(one, first), (other, second)| (one, &first.id).cmp(&(other, &second.id)));
    numbered.into_iter().map(|(_, goal)| goal).collect()
}

/// A Markdown file, cut at its fences.
fn open(file: &RoledFile, keys: &Rc<[Keys]>, found: &mut Found<'_>) -> Option<FrontMatter> {
    read_text(&file.path, &file.shown)
        .and_then(|source| front_matter::split(source, keys))
        .map_err(|problem| found.problems.push(problem))
        .ok()
        .inspect(|front| found.look_for_placeholders(&front.document))
}

/// What is said about a round needs the round.
fn check_round(date: Date, file: &RoledFile, files: &[RoledFile], found: &mut Found<'_>) {
    let is_round = |other: &RoledFile| other.role == FileRole::Round(date);
    if !files.iter().any(is_round) {
        let message = format!("there is no round `{date}.csv` for these themes");
        let hint = "name the file by the closing date of the round that it is about";
        let problem = Diagnostic::error(message).in_file(&*file.shown);
        found.problems.push(problem.with_hint(hint));
    }
}

fn add_theme(goals: &mut [Goal], id: &GoalId, theme: Theme) {
    if let Some(goal) = goals.iter_mut().find(|goal| goal.id == *id) {
        let audience = goal.themes_for.clone();
        goal.themes.push(Guarded::of(theme, audience));
    }
}
