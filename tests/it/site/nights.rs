//! A page changes when something on it came about, and stays byte for byte through all other nights.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::ToSpan;
use jiff::civil::Date;
use loggia::engagement::stakeholder::Role;
use loggia::pipeline::reading;
use loggia::pipeline::workspace::Workspace;

use crate::folder::Folder;
use crate::folder::build::{place, write};
use crate::folder::grow::seeds;
use crate::project::{Project, reader_pages, tree};
use crate::worlds::runner;

/// For so many nights each folder is looked at.
const NIGHTS: i32 = 60;

/// Every day that stands in a text or a name of the folder.
fn days_of(content: &Path) -> BTreeSet<Date> {
    let mut days = BTreeSet::new();
    for (name, bytes) in tree(content) {
        let text = name + "\n" + &String::from_utf8_lossy(&bytes);
        let starts = text.char_indices().map(|(start, _)| start);
        days.extend(starts.filter_map(|start| text.get(start..start + 10)?.parse::<Date>().ok()));
    }
    days
}

/// An engagement, a reader of it, and whether that is the coachee.
type Name = (String, String, bool);

/// The pages of all readers on a day.
fn pages(content: &Path, today: Date) -> BTreeMap<Name, String> {
    let workspace = Workspace::open(content).ok().unwrap();
    let mut pages = BTreeMap::new();
    for id in &workspace.book().engagements {
        let read = reading::engagement(&workspace, id, today).reading;
        let engagement = read.value.unwrap_or_else(|| panic!("{:?}", read.problems));
        for page in reader_pages(&workspace, &engagement, today).unwrap() {
            let is_coachee = page.reader.role() == Role::Coachee;
            let name = (id.to_string(), page.reader.id().to_string(), is_coachee);
            pages.insert(name, page.page.document().to_owned());
        }
    }
    pages
}

/// The day that a page gives itself.
fn day_of(page: &str) -> Option<Date> {
    let cover = page.split("</header>").next().unwrap();
    let (_, time) = cover.split_once("<time datetime=\"")?;
    Some(time[..10].parse().unwrap())
}

/// Every day that a page shows.
fn shown(page: &str) -> impl Iterator<Item = Date> {
    let times = page.split("<time datetime=\"").skip(1);
    times.map(|time| time[..10].parse().unwrap())
}

/// How often a page changed from one night to the next.
#[track_caller]
fn changes(content: &Path, first: Date) -> usize {
    let days = days_of(content);
    let (mut today, mut before) = (first, pages(content, first));
    let mut changes = 0;
    for _ in 0..NIGHTS {
        let (yesterday, tomorrow) = (today, today.checked_add(1.day()).unwrap());
        today = tomorrow;
        let after = pages(content, today);
        for (name, page) in &after {
            let day = day_of(page);
            let is_known = day.is_none_or(|day| day <= today && days.contains(&day));
            assert!(is_known, "{name:?} is of {day:?} on {today}");
            // Whatever the coachee reads as past has made the page new: to no other reader is all of it told as past.
            if name.2 {
                let past = shown(page).filter(|day| *day < today).max();
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
