//! What the reader may read, since when; and for the coachee and the coach, who reads what.
//!
//! The rule it guards: what a page says about sharing is taken from what the pages hold, never from `[share]` alone. The reader's own
//! list comes from the reader's own page; the table comes from the same questions as [`Sight`], asked of every reader.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use crate::engagement::audience::{Part, Reader};
use crate::engagement::consent::{AGREEMENT, PERFORMANCE, Place, item};
use crate::engagement::kind::ItemKind;
use crate::engagement::stakeholder::Role;
use crate::portal::perspective::Perspective;
use crate::portal::sight::Sight;
use crate::portal::sight::cell::Seen;
use crate::portal::sight::row::{SightItem, SightPart};
use crate::portal::view::agreement::AgreementView;
use crate::portal::view::facts::FactsView;
use crate::portal::view::figures::{ApartView, ProgressView};
use crate::portal::view::goals::GoalView;
use crate::portal::view::sharing::{
    AnswersView, SharedItemView, SharedLineView, SharedPartView, SharingView,
};
use crate::portal::who_reads::WhoReads;
use crate::portal::{meetings, progress, since, stories};

/// What stands on the reader's page, as far as it is shared part by part.
pub(super) struct Contents<'a> {
    pub(super) facts: Option<&'a FactsView>,
    pub(super) sees_people: bool,
    pub(super) sees_assessments: bool,
    pub(super) goals: &'a [Arc<GoalView>],
    /// Whether it holds outcomes or corrections beyond those of reviews.
    pub(super) sees_more_of_programme: bool,
    pub(super) agreement: Option<&'a AgreementView>,
}

impl Contents<'_> {
    /// Where the page holds something of a part; nowhere if it holds nothing.
    fn places(&self, perspective: &Perspective<'_>, part: Part) -> Vec<Place> {
        let of_no_item = |is_there: bool| is_there.then_some(None).into_iter().collect();
        let goals = |is_there: &dyn Fn(&GoalView) -> bool| {
            let goals = perspective.goals.iter().zip(self.goals);
            let there = goals.filter(|(_, view)| is_there(view));
            there
                .map(|(seen, _)| Some(item(ItemKind::Goal, seen.goal.first_id().as_str())))
                .collect()
        };
        let figures = |is_there: &dyn Fn(&ProgressView) -> bool| {
            goals(&|goal| goal.progress.as_deref().is_some_and(is_there))
        };
        match part {
            Part::Facts => {
                let Some(facts) = self.facts else {
                    return Vec::new();
                };
                let performance = facts.performance.is_some();
                let performance = performance.then(|| Some(PERFORMANCE.to_owned()));
                std::iter::once(None).chain(performance).collect()
            }
            Part::People => of_no_item(self.sees_people),
            Part::Assessments => of_no_item(self.sees_assessments),
            Part::Goals => goals(&|goal| goal.has_wording),
            Part::Actions => goals(&|goal| {
                goal.actions.is_some()
                    || goal.support.is_some()
                    || !goal.ideas.is_empty()
                    || goal.thanks.is_some()
            }),
            Part::Progress => goals(&|goal| {
                goal.progress.is_some() || goal.reached.is_some() || goal.in_my_words.is_some()
            }),
            Part::Groups => figures(&|figures| !figures.groups.is_empty()),
            Part::FollowUp => figures(&|figures| figures.has_followed_up),
            Part::Own => figures(&|figures| figures.has_own),
            Part::Themes => goals(&|goal| !goal.themes.is_empty()),
            Part::Agendas => meetings::places(perspective),
            Part::Updates => stories::places_of_updates(perspective),
            Part::Reviews => {
                let mut places = stories::places_of_reviews(perspective);
                places.extend(self.sees_more_of_programme.then_some(None));
                places
            }
            Part::Agreement => {
                let agreement = self.agreement.map(|_| Some(AGREEMENT.to_owned()));
                agreement.into_iter().collect()
            }
            Part::Asked => {
                let engagement = perspective.engagement;
                of_no_item(engagement.asks(perspective.reader, perspective.today))
            }
        }
    }
}

/// What the reader may read, and for the coachee and the coach, by `sight`, what everyone else reads.
pub(super) fn view(
    perspective: &Perspective<'_>,
    contents: &Contents<'_>,
    sight: Option<&Sight>,
) -> Arc<SharingView> {
    let engagement = perspective.engagement;
    let held = Part::ALL
        .into_iter()
        .map(|part| (part, contents.places(perspective, part)))
        .filter(|(_, places)| !places.is_empty());
    let held: Vec<(Part, Vec<Place>)> = held.collect();
    // The coachee and the coach read everything from the first: for them it is the last word that counts.
    let since = match sight {
        Some(_) => Vec::new(),
        None => since::of_parts(perspective, &held),
    };
    let days: BTreeSet<Date> = since.iter().map(|of_part| of_part.date).collect();
    let last_word = sight.and_then(|_| engagement.agreed_by(perspective.today));
    Arc::new(SharingView {
        agreed: days.last().copied().or(last_word),
        plan: since::plan(&since, &days),
        since: if days.len() > 1 { since } else { Vec::new() },
        parts: held.iter().map(|(part, _)| *part).collect(),
        table: sight.map(|sight| {
            let row = |part| match part {
                Part::Asked => asked_part(perspective),
                _ => shared_part(perspective, sight, part),
            };
            let rows = Part::ALL.map(|part| Arc::new(row(part)));
            rows.into_iter().filter(|row| has_row(row)).collect()
        }),
        others: match sight {
            Some(_) => u32::try_from(others(perspective).len()).unwrap_or(u32::MAX),
            None => 0,
        },
        attendees_see_agendas: engagement.attendees_see_agendas,
        apart: apart(perspective),
        answers: answers(perspective),
    })
}

/// What others see of the answers of a reader who is asked, and whose answers count among those of others. It says nothing but what
/// the pulse and the reader's own line in engagement.toml do.
fn answers(perspective: &Perspective<'_>) -> Option<Arc<AnswersView>> {
    let engagement = perspective.engagement;
    let me = engagement.stakeholder(perspective.reader.id())?;
    let is_counted = match me.role {
        Role::Supporter => true,
        // What is true of answers that stand alone is said with the manager's own word.
        Role::Manager => me.apart.is_none_or(|since| since > perspective.today),
        Role::Coachee | Role::Coach | Role::Sponsor | Role::Hr => false,
    };
    is_counted.then(|| {
        Arc::new(AnswersView {
            minimum: engagement.pulse.fewest(),
            minimum_of_group: engagement.pulse.fewest_for_finer(),
        })
    })
}

/// Whose own answers the reader finds under a name, and whether the reader's own may stand so.
fn apart(perspective: &Perspective<'_>) -> Vec<Arc<ApartView>> {
    let found = progress::apart(perspective);
    let people = perspective.engagement.stakeholders.iter();
    let mut apart: Vec<Arc<ApartView>> = people
        .filter_map(|person| {
            let since = person.apart?;
            let is_me = perspective.is_me(&person.id)
                && person.role == Role::Manager
                && since <= perspective.today;
            (is_me || found.contains(&&person.id)).then(|| {
                Arc::new(ApartView {
                    name: person.name.clone(),
                    since,
                    is_me,
                })
            })
        })
        .collect();
    apart.sort_by(|one, other| one.name.cmp(&other.name));
    apart
}

/// The readers besides the coachee and the coach, each with their place in the rows of `sight`.
fn others(perspective: &Perspective<'_>) -> Vec<(usize, Reader)> {
    let readers = perspective.engagement.readers(perspective.today);
    let readers = readers.into_iter().enumerate();
    readers
        .filter(|(_, reader)| !reader.role().sees_all_that_is_shared())
        .collect()
}

/// Who else sees each item.
pub(super) fn who_reads(perspective: &Perspective<'_>, sight: &Sight) -> WhoReads {
    let others = others(perspective);
    let mut who_reads = WhoReads::default();
    for item in &sight.items {
        // The first part is the item itself, or the wording of a goal.
        let Some(row) = item.parts.first() else {
            continue;
        };
        let seen = others
            .iter()
            .filter(|(column, _)| row.cells[*column].seen != Seen::Not);
        who_reads.add(
            &item.place,
            seen.map(|(_, reader)| reader.clone()).collect(),
        );
    }
    who_reads
}

/// How much of a row this page itself holds: what nobody is shown, such as a theme of too few raters, is missing here too.
fn seen_here(perspective: &Perspective<'_>, row: &SightPart) -> Seen {
    let readers = perspective.engagement.readers(perspective.today);
    let mut columns = readers.iter().zip(&row.cells);
    let own = columns.find(|(reader, _)| *reader == perspective.reader);
    own.map_or(Seen::Not, |(_, cell)| cell.seen)
}

/// Who sees a part: in one line where it is the same for all of it, else in a line for each circle of readers.
fn shared_part(perspective: &Perspective<'_>, sight: &Sight, part: Part) -> SharedPartView {
    let others = others(perspective);
    let name = |reader: &Reader| perspective.name_of(reader.id());
    let mut lines: Vec<SharedLineView> = Vec::new();
    for item in &sight.items {
        let of_part = item.parts.iter().filter(|row| row.shared_by == Some(part));
        let here = of_part.map(|row| (row, seen_here(perspective, row)));
        let rows: Vec<(&SightPart, Seen)> = here.filter(|(_, here)| *here != Seen::Not).collect();
        if rows.is_empty() {
            continue;
        }
        let (mut people, mut in_part) = (Vec::new(), Vec::new());
        for (column, reader) in &others {
            let cells = rows
                .iter()
                .map(|(row, here)| (row.cells[*column].seen, *here));
            let seen: Vec<(Seen, Seen)> = cells.collect();
            // What is missing on this page too is missing to nobody. Of the people everyone knows some: this part shares the rest.
            let is_whole = seen
                .iter()
                .all(|(seen, here)| *seen == Seen::Whole || seen == here);
            let is_seen = seen.iter().any(|(seen, _)| *seen != Seen::Not);
            if is_whole {
                people.push(name(reader));
            } else if is_seen && part != Part::People {
                in_part.push(name(reader));
            }
        }
        let is_same = |line: &&mut SharedLineView| line.people == people && line.in_part == in_part;
        match lines.iter_mut().find(is_same) {
            Some(line) => line.items.push(shared_item(item)),
            None => lines.push(SharedLineView {
                items: vec![shared_item(item)],
                people,
                in_part,
            }),
        }
    }
    // Goals stand in the order of the page.
    if matches!(part, Part::Agendas | Part::Updates | Part::Reviews) {
        sort(&mut lines);
    }
    if let [only] = lines.as_mut_slice() {
        only.items.clear();
    }
    let is_there = |name: &String| {
        let mut readers = lines
            .iter()
            .flat_map(|line| line.people.iter().chain(&line.in_part));
        readers.any(|reader| reader == name)
    };
    let to_come = others
        .iter()
        .filter(|(_, reader)| perspective.engagement.shares(part, reader))
        .map(|(_, reader)| name(reader))
        .filter(|name| !is_there(name))
        .collect();
    SharedPartView {
        part,
        lines: lines.into_iter().map(Arc::new).collect(),
        to_come,
    }
}

/// Who besides the coachee is asked in the next round, with a portal or without.
fn asked_part(perspective: &Perspective<'_>) -> SharedPartView {
    let (engagement, today) = (perspective.engagement, perspective.today);
    let round = engagement.next_asked_round(today);
    let asked = round.map(|_| engagement.asked(today)).unwrap_or_default();
    let (mut people, mut to_come) = (Vec::new(), Vec::new());
    for person in &engagement.stakeholders {
        if person.role == Role::Coachee || !engagement.may_be_asked(person, today) {
            continue;
        }
        match asked.iter().any(|asked| asked.person.id == person.id) {
            true => people.push(person.name.clone()),
            false => to_come.push(person.name.clone()),
        }
    }
    let line = SharedLineView {
        items: Vec::new(),
        people,
        in_part: Vec::new(),
    };
    let is_there = !line.people.is_empty();
    SharedPartView {
        part: Part::Asked,
        lines: is_there.then(|| Arc::new(line)).into_iter().collect(),
        to_come,
    }
}

/// Whether the table has a row for the part. What many engagements never have gets one once there is something of it or it is shared.
fn has_row(row: &SharedPartView) -> bool {
    let is_seldom = matches!(row.part, Part::Agreement | Part::Asked);
    !is_seldom || !row.lines.is_empty() || !row.to_come.is_empty()
}

/// An item as its page names it.
fn shared_item(item: &SightItem) -> Arc<SharedItemView> {
    Arc::new(SharedItemView {
        title: Some(item.title.clone()).filter(|_| item.untitled.is_none()),
        review: item.untitled,
    })
}

/// Puts lines in an order that comes from titles and names: those of files, which order the items, are told to nobody.
fn sort(lines: &mut [SharedLineView]) {
    let key = |item: &Arc<SharedItemView>| (item.review, item.title.clone());
    for line in &mut *lines {
        line.items.sort_by_key(key);
    }
    lines.sort_by_key(|line| {
        let items: Vec<_> = line.items.iter().map(key).collect();
        (items, line.people.clone(), line.in_part.clone())
    });
}
