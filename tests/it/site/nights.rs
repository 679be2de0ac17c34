//! A page changes when something on it came about, and stays byte for byte through all other nights.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;
use loggia::engagement::stakeholder::Role;
use loggia::pipeline::reading;
use loggia::pipeline::workspace::Workspace;
use loggia::render::theme::Theme;

use crate::folder::Folder;
use crate::folder::build::{place, write};
use crate::folder::grow::seeds;
use crate::project::{Project, reader_pages, tree};
use crate::worlds::runner;

/// For so many nights each folder is looked at.
const NIGHTS: i32 = 60;

/// Every day that stands in a text or a name of the folder, on which a round to come opens, and from which a page says that there was no
/// round for long.
fn days_of(content: &Path) -> BTreeSet<Date> {
    let mut days = BTreeSet::new();
    let mut held = Vec::new();
    for (name, bytes) in tree(content) {
        held.extend(
            name.strip_suffix(".csv")
                .and_then(|name| days_in(name).pop()),
        );
        let text = name + "\n" + &String::from_utf8_lossy(&bytes);
        days.extend(days_in(&text));
        let mut lines = text.lines();
        let open = lines.find_map(|line| {
            line.strip_prefix("open = ")?
                .split(' ')
                .next()?
                .parse()
                .ok()
        });
        let rounds = text.lines().filter(|line| line.starts_with("rounds = ["));
        let opens = |day: Date| day.saturating_sub(open.unwrap_or(10_i64).days());
        days.extend(rounds.flat_map(days_in).map(opens));
    }
    days.extend(long_after(&held));
    days
}

/// The days after two of the times between any two rounds, counted from any round: which rounds a reader knows differs.
fn long_after(rounds: &[Date]) -> impl Iterator<Item = Date> {
    let times = rounds.iter().flat_map(|one| {
        let others = rounds.iter();
        others.map(|other| i64::from((*other - *one).get_days()))
    });
    let times: BTreeSet<i64> = times.filter(|time| *time > 0).collect();
    let after = move |round: &Date| {
        let round = *round;
        let times = times.clone().into_iter();
        times.map(move |time| round.saturating_add((2 * time + 1).days()))
    };
    rounds.iter().flat_map(after)
}

fn days_in(text: &str) -> Vec<Date> {
    let starts = text.char_indices().map(|(start, _)| start);
    let day = |start: usize| text.get(start..start + 10)?.parse().ok();
    starts.filter_map(day).collect()
}

/// An engagement, a reader of it, and whether that is the coachee.
type Name = (String, String, bool);

/// The pages of all readers on a day.
fn pages(content: &Path, today: Date) -> BTreeMap<Name, String> {
    let workspace = Workspace::open(content).ok().unwrap();
    let mut pages = BTreeMap::new();
    for id in &workspace.book().engagements {
        let read = reading::engagement(&workspace, id, today.into()).reading;
        let engagement = read.value.unwrap_or_else(|| panic!("{:?}", read.problems));
        for page in reader_pages(&workspace, &engagement, today).unwrap() {
            let is_coachee = page.reader.role() == Role::Coachee;
            let name = (id.to_string(), page.reader.id().to_string(), is_coachee);
            pages.insert(name, page.page.document().to_owned());
        }
    }
    pages
}

/// How days are written, by the languages of the pages so far.
#[derive(Default)]
struct Calendar(BTreeMap<String, Vec<(Date, String)>>);

impl Calendar {
    /// Every day of four years that a text in the language of a page says.
    fn said<'a>(&'a mut self, page: &'a str, text: &'a str) -> impl Iterator<Item = Date> + 'a {
        let (_, language) = page.split_once("<html lang=\"").unwrap();
        let language = language.split('"').next().unwrap();
        let days = self.0.entry(language.to_owned()).or_insert_with(|| {
            let phrases = Theme::load(None).unwrap().phrases(language).unwrap();
            let first: Date = "2025-01-01".parse().unwrap();
            let days = first.series(1.day()).take(4 * 365);
            days.map(|day| (day, phrases.date(day))).collect()
        });
        // The first of March stands in the eleventh as well.
        let is_said = |words: &str| {
            let mut found = text.match_indices(words);
            found.any(|(at, _)| !text[..at].ends_with(char::is_numeric))
        };
        days.iter()
            .filter(move |(_, words)| is_said(words))
            .map(|(day, _)| *day)
    }

    /// The day that a page gives itself.
    fn day_of(&mut self, page: &str) -> Option<Date> {
        let (_, cover) = page.split_once("<header").unwrap();
        self.said(page, cover.split("</header>").next().unwrap())
            .next()
    }

    /// Every day that a page shows.
    fn shown<'a>(&'a mut self, page: &'a str) -> impl Iterator<Item = Date> + 'a {
        let (_, body) = page.split_once("</head>").unwrap();
        self.said(page, body)
    }
}

/// How often a page changed from one night to the next.
#[track_caller]
fn changes(content: &Path, first: Date) -> usize {
    let days = days_of(content);
    let (mut today, mut before) = (first, pages(content, first));
    let (mut changes, mut calendar) = (0, Calendar::default());
    for _ in 0..NIGHTS {
        let (yesterday, tomorrow) = (today, today.checked_add(1.day()).unwrap());
        today = tomorrow;
        let after = pages(content, today);
        for (name, page) in &after {
            let day = calendar.day_of(page);
            let is_known = day.is_none_or(|day| day <= today && days.contains(&day));
            assert!(is_known, "{name:?} is of {day:?} on {today}");
            // Whatever the coachee reads as past has made the page new: to no other reader is all of it told as past.
            if name.2 {
                let past = calendar.shown(page).filter(|day| *day < today).max();
                assert!(past <= day, "{name:?} shows {past:?} and is of {day:?}");
            }
            if before.get(name).is_none_or(|earlier| earlier == page) {
                continue;
            }
            changes += 1;
            let has_come = days.contains(&today) || days.contains(&yesterday);
            assert!(has_come, "{name:?} changes on {today}, which is no day");
        }
        before = after;
    }
    changes
}

#[test]
fn the_samples_change_on_their_own_days_alone() {
    let first = "2026-11-22".parse().unwrap();
    let changes = changes(&Project::samples().content(), first);
    // A meeting, a milestone, an action, for some of 27 readers: far from 27 pages on 60 nights.
    assert!((5..200).contains(&changes), "{changes} changes");
}

#[test]
fn any_folder_changes_on_its_own_days_alone() {
    let mut runner = runner(8);
    let result = runner.run(&seeds(0), |seeds| {
        let place = place();
        let content = place.path().join("content");
        write(&content, &Folder::grown(&seeds).files());
        changes(&content, "2026-06-15".parse().unwrap());
        Ok(())
    });
    result.unwrap();
}
