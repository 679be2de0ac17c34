//! Who may read what today, whichever way; compared with what was agreed.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use crate::consent::problem::ConsentProblem;
use crate::engagement::Engagement;
use crate::engagement::agenda::Agenda;
use crate::engagement::audience::{Audience, Part, Reader};
use crate::engagement::consent::{AGREEMENT, PERFORMANCE, Place, Readers, Since, Word, item};
use crate::engagement::goal::Goal;
use crate::engagement::kind::ItemKind;
use crate::engagement::lock::RecordHash;
use crate::engagement::prose::Prose;
use crate::engagement::stakeholder::Role;
use crate::engagement::today::Today;

/// Who may read what.
pub(super) struct Now {
    /// Readers other than the coachee and the coach, those to come among them, and each in every part that is still to come: what they
    /// are to read from a later day on is agreed with the rest, and no build stops on that day.
    readers: Vec<Reader>,
    /// The same of those who are asked in the pulse, with a portal or without.
    raters: Vec<Reader>,
    word: Word,
    /// Every part of every item, whether or not it is as for the part as a whole.
    items: BTreeMap<(String, Part), Readers>,
    /// Who attends a meeting.
    meetings: BTreeMap<String, Meeting>,
    /// Every line of every text.
    lines: BTreeMap<(String, String), Readers>,
    /// Every line of a private passage, whoever reads the same words in another passage of the text.
    private: BTreeSet<(String, String)>,
}

/// What counts of a meeting.
struct Meeting {
    attendees: Readers,
    is_to_come: bool,
}

impl Now {
    /// Looks at everything that is shared on a day. Without `hash` it looks at no single passage.
    pub(super) fn of(
        engagement: &Engagement,
        today: Today<'_>,
        hash: Option<&RecordHash<'_>>,
    ) -> Self {
        let everyone = engagement.readers_from(today);
        let (all_seeing, readers): (Vec<Reader>, Vec<Reader>) = everyone
            .into_iter()
            .partition(|reader| reader.role().sees_all_that_is_shared());
        let raters = engagement.raters_from(today).into_iter();
        let coaches = all_seeing.iter().filter(|one| one.role() == Role::Coach);
        let mut now = Self {
            word: Word {
                everything: coaches.map(|coach| coach.first_id().clone()).collect(),
                attendees: engagement.attendees_see_agendas,
                ..Word::default()
            },
            readers,
            raters: raters
                .filter(|rater| !rater.role().sees_all_that_is_shared())
                .collect(),
            items: BTreeMap::new(),
            meetings: BTreeMap::new(),
            lines: BTreeMap::new(),
            private: BTreeSet::new(),
        };
        for (part, audience) in &engagement.share {
            let readers = match part {
                Part::Asked => first_ids(&now.raters),
                _ => now.admitted(audience),
            };
            now.word.parts.insert(*part, readers);
        }
        if let Some(coachee) = engagement.coachee() {
            now.look_at_items(engagement, &coachee, today, hash);
        }
        now
    }

    fn admitted(&self, audience: &Audience) -> Readers {
        let admitted = self.readers.iter().filter(|one| audience.admits(one));
        admitted.map(|reader| reader.first_id().clone()).collect()
    }

    fn look_at_items(
        &mut self,
        engagement: &Engagement,
        coachee: &Reader,
        today: Today<'_>,
        hash: Option<&RecordHash<'_>>,
    ) {
        let facts = engagement.facts.reveal_to(coachee);
        if let Some(performance) = facts.and_then(|facts| facts.performance.as_ref()) {
            self.add(PERFORMANCE, Part::Facts, performance.audience());
        }
        if let Some(guarded) = &engagement.agreement
            && let Some(agreement) = guarded.reveal_to(coachee)
        {
            let text = (&agreement.prose, guarded.audience());
            self.add(AGREEMENT, Part::Agreement, guarded.audience());
            self.add_lines(AGREEMENT, text, coachee, hash);
        }
        for goal in &engagement.goals {
            let item = item(ItemKind::Goal, goal.first_id().as_str());
            for (part, audience) in goal_parts(goal) {
                self.add(&item, part, audience);
            }
            if let Some(wording) = goal.wording.reveal_to(coachee) {
                let text = (&wording.prose, goal.wording.audience());
                self.add_lines(&item, text, coachee, hash);
            }
        }
        for agenda in &engagement.agendas {
            let Some(meeting) = agenda.reveal_to(coachee) else {
                continue;
            };
            let item = item(ItemKind::Agenda, meeting.id.as_str());
            self.add(&item, Part::Agendas, agenda.audience());
            self.add_lines(&item, (&meeting.prose, agenda.audience()), coachee, hash);
            self.meetings
                .insert(item, Meeting::of(engagement, meeting, today));
        }
        for guarded in &engagement.updates {
            if let Some(update) = guarded.reveal_to(coachee) {
                let item = item(ItemKind::Update, update.id.as_str());
                self.add(&item, Part::Updates, guarded.audience());
                self.add_lines(&item, (&update.prose, guarded.audience()), coachee, hash);
            }
        }
        for guarded in &engagement.reviews {
            if let Some(review) = guarded.reveal_to(coachee) {
                let item = item(ItemKind::Review, review.id.as_str());
                self.add(&item, Part::Reviews, guarded.audience());
                self.add_lines(&item, (&review.prose, guarded.audience()), coachee, hash);
            }
        }
    }

    fn add(&mut self, item: &str, part: Part, audience: &Audience) {
        let readers = self.admitted(audience);
        self.items.insert((item.to_owned(), part), readers);
    }

    /// Adds the lines of a text, each with those who read it in some passage.
    fn add_lines(
        &mut self,
        item: &str,
        (prose, audience): (&Prose, &Audience),
        coachee: &Reader,
        hash: Option<&RecordHash<'_>>,
    ) {
        let Some(hash) = hash else { return };
        for (line, passage) in prose.lines(coachee) {
            let Some(line) = hash.line(item, line) else {
                continue;
            };
            let reads = |reader: &&Reader| audience.admits(reader) && passage.admits(reader);
            let readers = self.readers.iter().filter(reads);
            let readers: Vec<_> = readers.map(|reader| reader.first_id().clone()).collect();
            let place = (item.to_owned(), line);
            self.lines.entry(place).or_default().extend(readers);
        }
        for line in prose.private_hashes(item, hash) {
            self.private.insert((item.to_owned(), line));
        }
    }

    /// What readers may read that the word of a day does not let them.
    pub(super) fn more_than(&self, was: &Word, agreed: Date) -> Vec<ConsentProblem> {
        let mut problems = Vec::new();
        for coach in self.word.everything.difference(&was.everything) {
            problems.push(ConsentProblem::Everything {
                agreed,
                reader: coach.clone(),
            });
        }
        for reader in self.each_reader() {
            for part in Part::ALL {
                let reads = self.word.admits(reader.first_id(), part, None);
                let is_more = reads && !was.admits(reader.first_id(), part, None);
                let of_items = if is_more {
                    vec![None]
                } else {
                    self.items_beyond(was, reader, part)
                };
                for item in of_items {
                    problems.push(ConsentProblem::Part {
                        agreed,
                        reader: reader.clone(),
                        part,
                        item,
                    });
                }
            }
            problems.extend(self.passages_beyond(was, reader).map(|item| {
                ConsentProblem::Passage {
                    agreed,
                    reader: reader.clone(),
                    item,
                }
            }));
        }
        problems.extend(self.asked_beyond(was, agreed));
        problems
    }

    /// Those without a portal who are asked in the pulse, and whom the word does not let be asked.
    fn asked_beyond(&self, was: &Word, agreed: Date) -> Vec<ConsentProblem> {
        let mut told = BTreeSet::new();
        let has_portal = |rater: &Reader| self.readers.iter().any(|one| one.id() == rater.id());
        let without = self.raters.iter().filter(|rater| !has_portal(rater));
        let beyond = without.filter(|rater| !was.admits(rater.first_id(), Part::Asked, None));
        let once = beyond.filter(|rater| told.insert(rater.id()));
        once.map(|rater| ConsentProblem::Part {
            agreed,
            reader: rater.clone(),
            part: Part::Asked,
            item: None,
        })
        .collect()
    }

    /// Every reader once, in the last part that the person plays.
    fn each_reader(&self) -> impl Iterator<Item = &Reader> {
        let is_last = |(index, reader): &(usize, &Reader)| {
            let mut later = self.readers[index + 1..].iter();
            later.all(|other| other.id() != reader.id())
        };
        let readers = self.readers.iter().enumerate().filter(is_last);
        readers.map(|(_, reader)| reader)
    }

    /// The items of which a reader reads a part that the word does not let the reader read.
    fn items_beyond(&self, was: &Word, reader: &Reader, part: Part) -> Vec<Option<String>> {
        let of_part = self.items.iter().filter(|((_, own), _)| *own == part);
        let read = of_part.filter(|(_, readers)| readers.contains(reader.first_id()));
        let items = read.map(|((item, _), _)| item);
        items
            .filter(|item| !self.is_covered(was, reader, part, item))
            .map(|item| Some(item.clone()))
            .collect()
    }

    fn is_covered(&self, was: &Word, reader: &Reader, part: Part, item: &str) -> bool {
        if was.admits(reader.first_id(), part, Some(item)) {
            return true;
        }
        let meeting = self.meetings.get(item).filter(|_| part == Part::Agendas);
        let is_new = !was.items.contains_key(&(item.to_owned(), part));
        meeting.is_some_and(|meeting| {
            // Whoever is asked to a meeting still to come reads what it is about. One that nobody knew of was held with those who
            // attended it, if attending was agreed to be enough.
            let may_join = meeting.is_to_come || is_new && was.attendees;
            may_join && meeting.attendees.contains(reader.first_id())
        })
    }

    /// The items with a line that was kept from the reader and is not any more.
    fn passages_beyond(&self, was: &Word, reader: &Reader) -> impl Iterator<Item = String> {
        let read = self
            .lines
            .iter()
            .filter(|(_, readers)| readers.contains(reader.first_id()));
        let opened = read.filter(|(place, _)| {
            let before = was.lines.get(*place);
            before.is_some_and(|before| !before.contains(reader.first_id()))
        });
        let mut items: Vec<String> = opened.map(|((item, _), _)| item.clone()).collect();
        items.dedup();
        items.into_iter()
    }

    /// What is to be recorded. What is gone under the same word stays as it was, should it come back.
    pub(super) fn word(&self, was: Option<&Word>) -> Word {
        let mut word = self.word.clone();
        if let Some(was) = was {
            word.items.extend(was.items.clone());
            word.lines.extend(was.lines.clone());
        }
        for (place, readers) in &self.items {
            let (_, part) = place;
            if *part == Part::Agendas || self.word.parts.get(part) != Some(readers) {
                word.items.insert(place.clone(), readers.clone());
            } else {
                word.items.remove(place);
            }
        }
        let reads_item = |item: &str| {
            let parts = [
                Part::Goals,
                Part::Agendas,
                Part::Updates,
                Part::Reviews,
                Part::Agreement,
            ];
            let mut found = parts
                .iter()
                .filter_map(|part| self.items.get(&(item.to_owned(), *part)));
            found.next()
        };
        for (place, readers) in &self.lines {
            if reads_item(&place.0) == Some(readers) {
                word.lines.remove(place);
            } else {
                word.lines.insert(place.clone(), readers.clone());
            }
        }
        // Also where nobody reads the item as yet: who comes to a meeting reads its agenda without a new word.
        for place in &self.private {
            if !self.lines.contains_key(place) {
                word.lines.insert(place.clone(), Readers::new());
            }
        }
        word
    }

    /// Since when each reader may read what the reader reads of a part, place by place: the first of the words, up to the last, that
    /// let them. A page tells the days of the places that it holds something of, so what is shared by an item alone and what is shared
    /// by `[share]` too are told alike.
    pub(super) fn since(&self, words: &BTreeMap<Date, Word>) -> Since {
        let first = |reads: &dyn Fn(&Word) -> bool| {
            let run = words.iter().rev().take_while(|(_, word)| reads(word));
            let first = run.last().or_else(|| words.last_key_value());
            first.map(|(day, _)| *day)
        };
        let mut since = Since::new();
        let mut put = |reader: &Reader, part: Part, place: Place, day: Option<Date>| {
            let places = since.entry((reader.id().clone(), part)).or_default();
            places.extend(day.map(|day| (place, day)));
        };
        for reader in self.each_reader() {
            let id = reader.first_id();
            for part in Part::ALL {
                if self.word.admits(id, part, None) {
                    let day = first(&|word| word.admits(id, part, None));
                    put(reader, part, None, day);
                }
            }
            for ((item, part), readers) in &self.items {
                if readers.contains(id) {
                    let day = first(&|word| self.is_covered(word, reader, *part, item));
                    put(reader, *part, Some(item.clone()), day);
                }
            }
        }
        since
    }
}

/// The oldest ids of readers, under which the record knows them.
fn first_ids(readers: &[Reader]) -> Readers {
    let ids = readers.iter().map(|reader| reader.first_id().clone());
    ids.collect()
}

impl Meeting {
    fn of(engagement: &Engagement, meeting: &Agenda, today: Today<'_>) -> Self {
        let first_id = |id| {
            let person = engagement.stakeholder(id);
            person.map_or(id, |person| person.first_id()).clone()
        };
        let end = meeting
            .start
            .checked_add(i64::from(meeting.minutes).minutes());
        Self {
            attendees: meeting.attendees.iter().map(first_id).collect(),
            is_to_come: end.unwrap_or(meeting.start).date() >= today,
        }
    }
}

/// Who reads which part of a goal.
fn goal_parts(goal: &Goal) -> [(Part, &Audience); 7] {
    [
        (Part::Goals, goal.wording.audience()),
        (Part::Actions, goal.actions.audience()),
        (Part::Progress, &goal.progress),
        (Part::Groups, &goal.groups),
        (Part::FollowUp, &goal.follow_up),
        (Part::Own, &goal.own),
        (Part::Themes, &goal.themes_for),
    ]
}
