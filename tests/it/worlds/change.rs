//! Changes to a folder, of every kind that a coach can make. Whether a reader may notice one is not asked here.

use crate::folder::grow::{ADVICE, Chooser, LANGUAGES, MATTERS, PAUSES, STOOD, WORDS, ZONES, time};
use crate::folder::{
    Action, Content, Folder, GOAL_PARTS, Idea, Loose, Manner, Number, PARTS, Passage, Person,
    Reach, Role, TODAY, Theme, Time, Word, Words,
};

/// One kind of change.
type Change = fn(&mut Folder, &mut Chooser<'_>);

/// Every kind, with its name.
pub(crate) const CHANGES: [(&str, Change); 49] = [
    ("reword a text", reword),
    ("reword a text", reword),
    ("reword a passage", reword_passage),
    ("add a passage", add_passage),
    ("add a private passage", add_private_passage),
    ("delete a passage", delete_passage),
    ("change for whom a passage is", retarget_passage),
    ("rename an id or a file", rename),
    ("rename an id or a file", rename),
    ("move a date", move_date),
    ("share more", share_more),
    ("share less", share_less),
    ("share a part of a goal otherwise", share_goal),
    ("share a part otherwise", share_part),
    ("add a goal", |folder, chooser| folder.grow_goal(chooser)),
    ("delete a goal", delete_goal),
    ("renumber a goal", renumber_goal),
    ("add an agenda", |folder, chooser| {
        folder.grow_agenda(chooser);
    }),
    ("delete an agenda", delete_agenda),
    ("add an update", |folder, chooser| {
        folder.grow_update(chooser);
    }),
    ("delete an update", delete_update),
    ("add a review", |folder, chooser| {
        folder.grow_review(chooser);
    }),
    ("delete a review", delete_review),
    ("write the agreement anew", |folder, chooser| {
        folder.grow_agreement(chooser);
    }),
    ("change the agreement", change_agreement),
    ("add a round", |folder, chooser| folder.grow_round(chooser)),
    ("delete a round", delete_round),
    ("change a score", change_score),
    ("change a score", change_score),
    ("add a rating", add_rating),
    ("delete a rating", delete_rating),
    ("swap two raters", swap_raters),
    ("comment on a rating", comment),
    ("see a follow-up", see_follow_up),
    ("add a theme", add_theme),
    ("add a file", |folder, chooser| folder.grow_file(chooser)),
    ("delete a note or leaving", delete_loose),
    ("change a file", change_file),
    ("change an action", change_action),
    ("change what is said of a goal", change_standing),
    ("change support or outcomes", change_tied),
    ("change an assessment", change_assessment),
    ("change the programme", change_programme),
    ("change a person", change_person),
    ("add a person", add_person),
    ("list a supporter", list_supporter),
    ("remark or reorder keys", change_manner),
    ("reorder people", reorder_people),
    ("set the engagement otherwise", change_settings),
];

/// Any element of a list, if there is one.
fn any<'l, T>(list: &'l mut [T], chooser: &mut Chooser<'_>) -> Option<&'l mut T> {
    let index = chooser.below(list.len());
    list.get_mut(index)
}

fn take<T>(list: &mut Vec<T>, chooser: &mut Chooser<'_>) {
    let index = chooser.below(list.len());
    if index < list.len() {
        list.remove(index);
    }
}

/// What an action is, and why it was given up.
fn texts_of(action: &mut Action) -> impl Iterator<Item = &mut String> {
    let reasons = action
        .dropped
        .iter_mut()
        .filter_map(|(_, why)| why.as_mut());
    std::iter::once(&mut action.text).chain(reasons)
}

/// The days of an action.
fn days_of(action: &mut Action) -> impl Iterator<Item = &mut String> {
    let dropped = action.dropped.iter_mut().map(|(day, _)| day);
    action.due.iter_mut().chain(&mut action.done).chain(dropped)
}

impl Folder {
    /// Every text that stands in one line.
    fn texts(&mut self) -> Vec<&mut String> {
        let mut texts: Vec<&mut String> = vec![];
        texts.extend(self.terms.iter_mut());
        texts.extend(&mut self.facts.purpose);
        texts.extend(&mut self.facts.aims);
        texts.extend(&mut self.facts.motivation);
        texts.extend(&mut self.facts.resources);
        texts.extend(self.facts.competencies.iter_mut().map(|(text, _)| text));
        for activity in &mut self.facts.activities {
            texts.extend(activity.text.iter_mut().chain(&mut activity.outcome));
        }
        texts.extend(
            self.facts
                .milestones
                .iter_mut()
                .map(|milestone| &mut milestone.title),
        );
        texts.extend(self.facts.communication.values_mut());
        texts.extend(self.facts.roles.values_mut());
        for assessment in &mut self.assessments {
            texts.extend(&mut assessment.name);
        }
        for outcome in &mut self.outcomes {
            texts.push(&mut outcome.text);
            texts.extend(outcome.stood.values_mut());
        }
        for correction in &mut self.corrections {
            texts.push(&mut correction.text);
            texts.extend(&mut correction.why);
        }
        for person in &mut self.people {
            texts.push(&mut person.name);
            texts.extend(&mut person.title);
        }
        if let Some((low, high)) = &mut self.pulse.level {
            texts.extend([low, high]);
        }
        for goal in &mut self.goals {
            texts.push(&mut goal.title);
            texts.extend(
                goal.alias
                    .iter_mut()
                    .chain(&mut goal.statement)
                    .chain(&mut goal.behaviour)
                    .chain(&mut goal.good),
            );
            texts.extend(&mut goal.in_my_words);
            texts.extend(goal.matters.values_mut());
            for (_, statement, behaviour) in &mut goal.before {
                texts.extend(statement.iter_mut().chain(behaviour));
            }
            texts.extend(goal.actions.iter_mut().flat_map(texts_of));
            texts.extend(goal.support.iter_mut().map(|support| &mut support.text));
            texts.extend(&mut goal.thanks);
            for idea in &mut goal.ideas {
                texts.push(&mut idea.text);
                texts.extend(&mut idea.came);
            }
        }
        for agenda in &mut self.agendas {
            texts.push(&mut agenda.title);
            texts.extend(&mut agenda.place);
            texts.extend(agenda.items.iter_mut().map(|item| &mut item.text));
            texts.extend(agenda.outcomes.iter_mut().map(|(_, text)| text));
            let steps = agenda.next.iter_mut().chain(&mut agenda.debrief);
            texts.extend(steps.flat_map(texts_of));
        }
        texts.extend(self.updates.iter_mut().map(|update| &mut update.title));
        for review in &mut self.reviews {
            texts.extend(&mut review.title);
            texts.extend(review.celebrated.iter_mut().chain(&mut review.found));
            texts.extend(review.continues.iter_mut().map(|(text, _)| text));
            texts.extend(
                review
                    .outcomes
                    .iter_mut()
                    .flat_map(|outcome| [&mut outcome.intended, &mut outcome.actual]),
            );
        }
        texts.extend(
            self.agreement
                .iter_mut()
                .flat_map(|agreement| &mut agreement.title),
        );
        for round in &mut self.rounds {
            texts.extend(round.themes.iter_mut().map(|theme| &mut theme.text));
            texts.extend(
                round
                    .ratings
                    .iter_mut()
                    .flat_map(|rating| &mut rating.comment),
            );
        }
        texts.extend(
            self.notes
                .iter_mut()
                .chain(&mut self.leavings)
                .map(|loose| &mut loose.text),
        );
        texts
    }

    /// Every name that a reader never sees.
    fn names(&mut self) -> Vec<&mut String> {
        let mut names: Vec<&mut String> = vec![];
        names.extend(self.people.iter_mut().map(|person| &mut person.id));
        names.extend(self.goals.iter_mut().map(|goal| &mut goal.id));
        names.extend(self.agendas.iter_mut().map(|agenda| &mut agenda.topic));
        names.extend(self.updates.iter_mut().map(|update| &mut update.topic));
        names.extend(self.reviews.iter_mut().map(|review| &mut review.topic));
        names
    }

    fn days(&mut self) -> Vec<&mut String> {
        let mut days: Vec<&mut String> = vec![];
        days.extend(
            self.facts
                .milestones
                .iter_mut()
                .map(|milestone| &mut milestone.day),
        );
        days.extend(
            self.assessments
                .iter_mut()
                .map(|assessment| &mut assessment.day),
        );
        days.extend(
            self.corrections
                .iter_mut()
                .map(|correction| &mut correction.day),
        );
        days.extend(self.updates.iter_mut().map(|update| &mut update.day));
        days.extend(self.reviews.iter_mut().map(|review| &mut review.day));
        days.extend(self.rounds.iter_mut().map(|round| &mut round.day));
        for goal in &mut self.goals {
            days.extend(&mut goal.reached);
            days.extend(goal.actions.iter_mut().flat_map(days_of));
            days.extend(goal.support.iter_mut().flat_map(|support| &mut support.due));
        }
        for agenda in &mut self.agendas {
            days.push(&mut agenda.day);
            let steps = agenda.next.iter_mut().chain(&mut agenda.debrief);
            days.extend(steps.flat_map(days_of));
        }
        days
    }

    fn bodies(&mut self) -> Vec<(&mut Vec<Passage>, bool)> {
        let mut bodies: Vec<(&mut Vec<Passage>, bool)> = vec![];
        bodies.extend(self.goals.iter_mut().map(|goal| (&mut goal.body, false)));
        bodies.extend(
            self.agendas
                .iter_mut()
                .map(|agenda| (&mut agenda.body, true)),
        );
        bodies.extend(
            self.updates
                .iter_mut()
                .map(|update| (&mut update.body, false)),
        );
        bodies.extend(
            self.reviews
                .iter_mut()
                .map(|review| (&mut review.body, false)),
        );
        bodies.extend(
            self.agreement
                .iter_mut()
                .map(|agreement| (&mut agreement.body, false)),
        );
        bodies
    }

    /// Every list of words, and whether `attendees` may be one.
    fn lists(&mut self) -> Vec<(&mut Words, bool)> {
        let mut lists: Vec<(&mut Words, bool)> = vec![];
        lists.extend(
            self.share
                .iter_mut()
                .map(|(part, words)| (words, *part == "agendas")),
        );
        lists.extend(
            self.goals
                .iter_mut()
                .flat_map(|goal| goal.share.values_mut())
                .map(|words| (words, false)),
        );
        lists.extend(
            self.agendas
                .iter_mut()
                .flat_map(|agenda| &mut agenda.share)
                .map(|words| (words, true)),
        );
        lists.extend(
            self.updates
                .iter_mut()
                .flat_map(|update| &mut update.share)
                .map(|words| (words, false)),
        );
        lists.extend(
            self.reviews
                .iter_mut()
                .flat_map(|review| &mut review.share)
                .map(|words| (words, false)),
        );
        lists
    }
}

fn reword(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let index = chooser.below(400);
    let new = folder.text(chooser);
    let mut texts = folder.texts();
    let count = texts.len().max(1);
    if let Some(text) = texts.get_mut(index % count) {
        **text = new;
    }
}

fn reword_passage(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let new = folder.lines(chooser);
    let mut bodies = folder.bodies();
    if let Some(passage) = any(&mut bodies, chooser).and_then(|(body, _)| any(body, chooser)) {
        passage.text = new;
    }
}

fn add_passage(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let passage = folder.passage(chooser, false);
    insert(folder, chooser, passage);
}

fn add_private_passage(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let passage = Passage {
        reach: Reach::Private,
        text: folder.lines(chooser),
    };
    insert(folder, chooser, passage);
}

fn insert(folder: &mut Folder, chooser: &mut Chooser<'_>, passage: Passage) {
    let mut bodies = folder.bodies();
    if let Some((body, _)) = any(&mut bodies, chooser) {
        body.insert(chooser.below(body.len() + 1), passage);
    }
}

fn delete_passage(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let mut bodies = folder.bodies();
    if let Some((body, _)) = any(&mut bodies, chooser) {
        take(body, chooser);
    }
}

fn retarget_passage(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let word = folder.a_word(chooser, false);
    let mut bodies = folder.bodies();
    let passage = any(&mut bodies, chooser).and_then(|(body, _)| any(body, chooser));
    if let Some(Passage {
        reach: Reach::Only(words),
        ..
    }) = passage
    {
        words.push(word);
    }
}

fn rename(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let new = folder.token();
    let mut names = folder.names();
    // A name that sorts before or behind all others must not matter either.
    let new = format!("{}{new}", chooser.one_of(&["", "0", "zz"]));
    if let Some(name) = any(&mut names, chooser) {
        **name = new;
    }
}

fn move_date(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let index = chooser.below(400);
    let new = chooser.day();
    if folder.has_round_near(&new) {
        return;
    }
    let mut days = folder.days();
    let count = days.len().max(1);
    if let Some(day) = days.get_mut(index % count) {
        **day = new;
    }
}

fn share_more(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let index = chooser.below(100);
    let word = folder.a_word(chooser, false);
    let mut lists = folder.lists();
    let count = lists.len().max(1);
    if let Some((words, _)) = lists
        .get_mut(index % count)
        .filter(|(words, _)| !words.contains(&word))
    {
        words.push(word);
    }
}

fn share_less(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let mut lists = folder.lists();
    if let Some((words, _)) = any(&mut lists, chooser) {
        take(words, chooser);
    }
}

fn share_goal(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let words = folder.words(chooser, false);
    let part = chooser.one_of(&GOAL_PARTS);
    if let Some(goal) = any(&mut folder.goals, chooser)
        && goal.share.remove(part).is_none()
    {
        goal.share.insert(part, words);
    }
}

fn share_part(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let part = chooser.one_of(&PARTS);
    let words = folder.words(chooser, part == "agendas");
    folder.share.insert(part, words);
}

fn delete_goal(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let Some(number) = any(&mut folder.goals, chooser).map(|goal| goal.number) else {
        return;
    };
    folder.goals.retain(|goal| goal.number != number);
    for agenda in &mut folder.agendas {
        agenda.outcomes.retain(|(goal, _)| *goal != Some(number));
    }
    let competencies = &mut folder.facts.competencies;
    competencies.retain(|(_, goal)| *goal != Some(number));
    folder
        .outcomes
        .retain(|outcome| outcome.goal != Some(number));
    for review in &mut folder.reviews {
        review
            .outcomes
            .retain(|outcome| outcome.goal != Some(number));
    }
    for round in &mut folder.rounds {
        round.ratings.retain(|rating| rating.goal != number);
        round.themes.retain(|theme| theme.goal != number);
    }
}

fn renumber_goal(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    if let Some(goal) = any(&mut folder.goals, chooser) {
        goal.place = u32::try_from(chooser.below(12)).unwrap();
    }
}

fn delete_agenda(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    take(&mut folder.agendas, chooser);
}

fn delete_update(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    take(&mut folder.updates, chooser);
}

fn delete_review(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    take(&mut folder.reviews, chooser);
}

fn delete_round(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    take(&mut folder.rounds, chooser);
}

fn change_score(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let Some(round) = any(&mut folder.rounds, chooser) else {
        return;
    };
    let index = chooser.below(round.ratings.len());
    let Some(rating) = round.ratings.get(index).cloned() else {
        return;
    };
    let new = folder.rating(rating.rater, rating.goal, chooser).score;
    for round in &mut folder.rounds {
        let mut same = round
            .ratings
            .iter_mut()
            .filter(|other| (other.rater, other.goal) == (rating.rater, rating.goal));
        if let Some(other) = same.next() {
            other.score = new;
        }
    }
}

fn add_rating(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let pairs = match folder.rounds.first() {
        Some(round) => folder.may_rate(&round.day),
        None => return,
    };
    if pairs.is_empty() {
        return;
    }
    let (rater, goal) = chooser.one_of(&pairs);
    let rating = folder.rating(rater, goal, chooser);
    if let Some(round) = any(&mut folder.rounds, chooser)
        && !round
            .ratings
            .iter()
            .any(|other| (other.rater, other.goal) == (rater, goal))
    {
        round
            .ratings
            .insert(chooser.below(round.ratings.len() + 1), rating);
    }
}

fn delete_rating(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    if let Some(round) = any(&mut folder.rounds, chooser) {
        take(&mut round.ratings, chooser);
    }
}

fn swap_raters(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let Some(round) = any(&mut folder.rounds, chooser) else {
        return;
    };
    let (one, other) = (
        chooser.below(round.ratings.len()),
        chooser.below(round.ratings.len()),
    );
    if one >= round.ratings.len() {
        return;
    }
    let (first, second) = (round.ratings[one].clone(), round.ratings[other].clone());
    if first.goal == second.goal {
        round.ratings[one].score = second.score;
        round.ratings[other].score = first.score;
    }
    round.ratings.swap(one, other);
}

fn comment(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let text = chooser.in_a_hundred(80).then(|| folder.text(chooser));
    if let Some(rating) =
        any(&mut folder.rounds, chooser).and_then(|round| any(&mut round.ratings, chooser))
    {
        rating.comment = text;
    }
}

fn see_follow_up(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let seen = chooser.one_of(&[None, Some(true), Some(false)]);
    if let Some(rating) =
        any(&mut folder.rounds, chooser).and_then(|round| any(&mut round.ratings, chooser))
    {
        rating.followed_up = seen;
    }
}

fn add_theme(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let Some(goal) = any(&mut folder.goals, chooser).map(|goal| goal.number) else {
        return;
    };
    let text = folder.text(chooser);
    if let Some(round) = any(&mut folder.rounds, chooser) {
        round
            .themes
            .insert(chooser.below(round.themes.len() + 1), Theme { goal, text });
    }
}

fn delete_loose(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    match chooser.below(2) {
        0 => take(&mut folder.notes, chooser),
        _ => take(&mut folder.leavings, chooser),
    }
}

fn change_file(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let (text, name) = (folder.text(chooser), folder.token());
    let Some(attachment) = any(&mut folder.attachments, chooser) else {
        folder.notes.push(Loose { name, text });
        return;
    };
    match &mut attachment.content {
        Content::Picture { remark, .. } if chooser.in_a_hundred(60) => *remark = text,
        Content::Picture { pixels, .. } => *pixels = name,
        Content::Document(old) | Content::Other(old) => *old = text,
    }
}

fn change_action(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let action = folder.an_action(chooser);
    let goals = folder.goals.iter_mut().map(|goal| &mut goal.actions);
    let agendas = folder.agendas.iter_mut().map(|agenda| &mut agenda.next);
    let mut lists: Vec<_> = goals.chain(agendas).collect();
    if let Some(actions) = any(&mut lists, chooser) {
        match chooser.below(3) {
            0 => take(actions, chooser),
            1 => actions.insert(chooser.below(actions.len() + 1), action),
            _ => {
                if let Some(old) = any(actions, chooser) {
                    *old = action;
                }
            }
        }
    }
}

fn change_standing(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let (words, before) = (folder.text(chooser), folder.before(chooser));
    let day = chooser.day();
    let Some(goal) = any(&mut folder.goals, chooser) else {
        return;
    };
    match chooser.below(4) {
        3 => {
            let key = chooser.one_of(&MATTERS);
            if goal.matters.remove(key).is_none() {
                goal.matters.insert(key, words);
            }
        }
        0 => goal.reached = goal.reached.is_none().then_some(day),
        1 => goal.in_my_words = goal.in_my_words.is_none().then_some(words),
        2 if !goal.number.is_multiple_of(2) => {
            goal.corrected = goal.corrected.is_none().then(|| day.min(TODAY.to_owned()));
        }
        _ => goal.before = before,
    }
}

fn change_tied(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let text = folder.text(chooser);
    let goal = any(&mut folder.goals, chooser).map(|goal| goal.number);
    let (support, step) = (folder.support(chooser), folder.debrief_step(chooser));
    match chooser.below(4) {
        3 => {
            if let Some(agenda) = any(&mut folder.agendas, chooser) {
                match chooser.below(2) {
                    0 => agenda.debrief.push(step),
                    _ => take(&mut agenda.debrief, chooser),
                }
            }
        }
        0 => {
            if let Some(agenda) = any(&mut folder.agendas, chooser) {
                agenda
                    .outcomes
                    .insert(chooser.below(agenda.outcomes.len() + 1), (goal, text));
            }
        }
        1 => {
            if let Some(goal) = any(&mut folder.goals, chooser) {
                if chooser.in_a_hundred(50) {
                    goal.support.push(support);
                } else {
                    let idea = Idea {
                        text,
                        tried: None,
                        came: None,
                    };
                    goal.ideas.push(idea);
                }
            }
        }
        _ => {
            let continuation = folder.continuation(chooser);
            if let Some(review) = any(&mut folder.reviews, chooser) {
                match chooser.below(3) {
                    0 => take(&mut review.outcomes, chooser),
                    1 => review.celebrated.push(text),
                    _ => review.continues.push(continuation),
                }
            }
        }
    }
}

fn change_agreement(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let day = Some(Folder::day_that_was(chooser));
    let person = folder.people[chooser.below(folder.people.len())].number;
    let Some(agreement) = &mut folder.agreement else {
        return;
    };
    match chooser.below(5) {
        0 => folder.agreement = None,
        1 => agreement.changed = day,
        2 => take(&mut agreement.parties, chooser),
        3 => {
            if let Some((_, agreed)) = any(&mut agreement.parties, chooser) {
                *agreed = if agreed.is_none() { day } else { None };
            }
        }
        _ => {
            if agreement.parties.iter().all(|(known, _)| *known != person) {
                agreement.parties.push((person, day));
            }
        }
    }
}

fn change_assessment(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let theme = folder.theme(chooser);
    match chooser.below(4) {
        0 => folder.grow_assessment(chooser),
        1 => take(&mut folder.assessments, chooser),
        2 => {
            if let Some(assessment) = any(&mut folder.assessments, chooser) {
                assessment.themes.push(theme);
            }
        }
        _ => {
            if let Some(assessment) = any(&mut folder.assessments, chooser) {
                take(&mut assessment.themes, chooser);
            }
        }
    }
}

fn change_programme(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let text = folder.text(chooser);
    let goal = folder.some_goal(70, chooser);
    match chooser.below(9) {
        6 => folder.grow_activity(chooser),
        7 => take(&mut folder.facts.activities, chooser),
        8 => {
            if let Some((_, tied)) = any(&mut folder.facts.competencies, chooser) {
                *tied = goal;
            }
        }
        0 => folder.grow_outcome(chooser),
        1 => take(&mut folder.outcomes, chooser),
        2 => folder.grow_correction(chooser),
        3 => take(&mut folder.corrections, chooser),
        4 => {
            let key = chooser.one_of(&STOOD);
            if let Some(outcome) = any(&mut folder.outcomes, chooser)
                && outcome.stood.remove(key).is_none()
            {
                outcome.stood.insert(key, text);
            }
        }
        _ => {
            if let Some(outcome) = any(&mut folder.outcomes, chooser) {
                outcome.goal = goal;
            }
        }
    }
}

/// A day on which someone leaves who has answered: after most rounds, and before the day of the build.
const LEAVES: &str = "2026-06-10";

/// A day on which the coach says that another address is the same person's.
const SAME_PERSON: &str = "2026-06-09";

fn change_person(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let token = folder.token();
    let Some(person) = any(&mut folder.people, chooser) else {
        return;
    };
    match chooser.below(9) {
        7 | 8 => change_time(folder, chooser),
        6 if person.role == Role::Manager => person.apart = chooser.maybe_one_of(60, &WORDS),
        0 => {
            person.email = Some(format!("{token}@example.org"));
            person.same_person = Some(SAME_PERSON);
        }
        1 => person.link += 1,
        2 => person.portal = !person.portal,
        3 => person.language = chooser.one_of(&[None, Some("en-GB"), Some("en-US")]),
        4 => {
            person.group = chooser
                .maybe_one_of(80, &["peer", "report", "client"])
                .map(str::to_owned);
        }
        _ => person.title = Some(token),
    }
}

/// Gives a person another time. Of whoever has answered, the days of the answers stay as they are.
fn change_time(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let Some(person) = any(&mut folder.people, chooser) else {
        return;
    };
    let ratings = folder.rounds.iter();
    let rated = ratings.filter(|round| {
        let mut ratings = round.ratings.iter();
        ratings.any(|rating| rating.rater == person.number)
    });
    let latest = rated.map(|round| round.day.as_str()).max();
    let is_sole = person.role == Role::Coachee;
    match latest {
        _ if is_sole => {}
        None => person.time = time(person.role, person.group.as_ref(), chooser),
        Some(day) if day < LEAVES && person.time.becomes.is_none() => {
            person.time.until = Some(LEAVES);
        }
        Some(_) => {}
    }
}

fn add_person(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let role = chooser.one_of(&[Role::Supporter, Role::Hr, Role::Sponsor, Role::Manager]);
    folder.grow_person(role, chooser);
    let newcomer = folder.people.pop().unwrap();
    folder
        .people
        .insert(chooser.below(folder.people.len() + 1), newcomer);
}

fn list_supporter(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let raters: Vec<Number> = folder
        .people
        .iter()
        .filter(|person| person.role > Role::Coach)
        .map(|person| person.number)
        .collect();
    let has_rated = |folder: &Folder, goal: Number, rater: Number| {
        folder
            .rounds
            .iter()
            .flat_map(|round| &round.ratings)
            .any(|rating| (rating.goal, rating.rater) == (goal, rater))
    };
    let index = chooser.below(folder.goals.len());
    let Some(goal) = folder.goals.get(index).map(|goal| goal.number) else {
        return;
    };
    let Some(rater) = chooser.maybe_one_of(100, &raters) else {
        return;
    };
    let is_rater = has_rated(folder, goal, rater);
    if let Some(listed) = &mut folder.goals[index].supporters {
        match listed.iter().position(|other| *other == rater) {
            Some(_) if is_rater => {}
            Some(place) => drop(listed.remove(place)),
            None => listed.push(rater),
        }
    }
}

fn change_manner(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let new = Manner {
        remark: Some(folder.token()),
        is_reversed: chooser.in_a_hundred(50),
    };
    let mut manners = vec![&mut folder.manner];
    manners.extend(folder.goals.iter_mut().map(|goal| &mut goal.manner));
    manners.extend(folder.agendas.iter_mut().map(|agenda| &mut agenda.manner));
    manners.extend(folder.updates.iter_mut().map(|update| &mut update.manner));
    manners.extend(folder.reviews.iter_mut().map(|review| &mut review.manner));
    manners.extend(
        folder
            .agreement
            .iter_mut()
            .map(|agreement| &mut agreement.manner),
    );
    manners.extend(folder.rounds.iter_mut().map(|round| &mut round.manner));
    if let Some(manner) = any(&mut manners, chooser) {
        **manner = new;
    }
}

fn change_settings(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let step = chooser.maybe_one_of(70, &[0, 1, 2]);
    match chooser.below(6) {
        4 => folder.timezone = chooser.maybe_one_of(70, &ZONES),
        5 => folder.facts.paused = chooser.maybe_one_of(70, &PAUSES),
        0 => folder.language = chooser.maybe_one_of(70, &LANGUAGES),
        1 => folder.silence = chooser.maybe_one_of(70, &ADVICE).into_iter().collect(),
        2 => folder.facts.present = step,
        _ => {
            if let Some(milestone) = any(&mut folder.facts.milestones, chooser) {
                milestone.step = step;
            }
        }
    }
}

fn reorder_people(folder: &mut Folder, chooser: &mut Chooser<'_>) {
    let person = folder.people.remove(chooser.below(folder.people.len()));
    folder
        .people
        .insert(chooser.below(folder.people.len() + 1), person);
}

impl Folder {
    /// Whether the program takes the folder: a sole coach is called `coach`, and nobody else is.
    pub(crate) fn is_sound(&self) -> bool {
        let coaches = self
            .people
            .iter()
            .filter(|person| person.role == Role::Coach)
            .count();
        let has_coach = self.people.iter().any(|person| person.id == "coach");
        let only = |passage: &Passage| matches!(&passage.reach, Reach::Only(words) if words.contains(&Word::Attendees));
        let outside = self
            .goals
            .iter()
            .map(|goal| &goal.body)
            .chain(self.updates.iter().map(|update| &update.body));
        let mut texts = outside
            .chain(self.reviews.iter().map(|review| &review.body))
            .chain(self.agreement.iter().map(|agreement| &agreement.body))
            .flatten();
        let has_several_coaches = has_coach && coaches > 1;
        let stays = |person: &Person| {
            let now = (person.role, person.group.clone());
            let Time { was, becomes, .. } = &person.time;
            let others = was.iter().chain(becomes);
            others
                .map(|(role, group, _)| (*role, group.clone()))
                .any(|other| other == now)
        };
        let must_be_manager = |person: &Person| {
            let Time { was, becomes, .. } = &person.time;
            let roles = was.iter().chain(becomes).map(|(role, ..)| *role);
            let is_ever = roles.chain([person.role]).any(|role| role == Role::Manager);
            person.apart.is_some() && !is_ever
        };
        !has_several_coaches
            && !self.people.iter().any(stays)
            && !self.people.iter().any(must_be_manager)
            && self.rounds.iter().all(|round| {
                let pairs = self.may_rate(&round.day);
                let mut ratings = round.ratings.iter();
                ratings.all(|rating| pairs.contains(&(rating.rater, rating.goal)))
            })
            && !texts.any(only)
    }
}
