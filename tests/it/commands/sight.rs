//! Who sees what, held against the pages: a title stands in a portal exactly where the table says so, and what is hidden leaves no gap.

use std::collections::BTreeMap;
use std::path::Path;

use loggia::pipeline::explaining::sights;
use loggia::pipeline::preview::{PageOf, page, preview, sight};
use loggia::pipeline::workspace::Workspace;
use loggia::portal::sight::cell::{Ground, Seen, SightCell};

use crate::folder::build::{place, write};
use crate::folder::write::ENGAGEMENT;
use crate::folder::{Folder, TODAY};
use crate::oracle::items::{Items, Shown, items};
use crate::oracle::pages::run_on_folders;
use crate::project::Project;

/// How many grown folders are gone through unless `LOGGIA_CASES` says otherwise.
const CASES: u32 = 250;

#[test]
fn table_says_what_the_pages_show() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let workspace = Workspace::open(&content).ok().unwrap();
    let today = "2026-11-22".parse().unwrap();
    let mut compared = [0, 0];
    for id in workspace.engagements() {
        let valid = preview(&workspace, id, today).valid.unwrap();
        let sight = sight(&valid, today);
        // A milestone can be called like the meeting that it is.
        let facts = std::fs::read_to_string(content.join(id).join("engagement.toml")).unwrap();
        for (column, reader) in sight.readers.iter().enumerate() {
            let page = page(
                &workspace,
                &valid,
                PageOf {
                    reader: &reader.id,
                    day: today,
                },
            )
            .unwrap()
            .unwrap();
            let words = words(page.page.document());
            for item in &sight.items {
                let named = ["wording", "agenda", "update", "review"];
                let Some(part) = item.parts.iter().find(|part| named.contains(&part.name)) else {
                    continue;
                };
                let is_seen = part.cells[column].seen != Seen::Not;
                let same = sight.items.iter().filter(|other| other.title == item.title);
                if same.count() > 1 || facts.contains(&item.title) {
                    continue;
                }
                assert_eq!(
                    words.contains(&item.title),
                    is_seen,
                    "{id}: {} for {}: {:?}",
                    item.title,
                    reader.id,
                    part.cells[column]
                );
                compared[usize::from(is_seen)] += 1;
            }
        }
    }
    assert!(compared.iter().all(|count| *count > 50), "{compared:?}");
}

#[test]
fn table_has_a_row_for_whatever_anyone_sees_and_each_cell_is_right() {
    run_on_folders(CASES, |folder| {
        let place = place();
        let content = place.path().join("content");
        write(&content, &folder.files());
        let workspace = Workspace::open(&content).ok().ok_or("refused")?;
        let today = TODAY.parse().unwrap();
        let Some(valid) = preview(&workspace, ENGAGEMENT, today).valid else {
            return Err("refused".to_owned());
        };
        let sight = sight(&valid, today);
        let expected: Vec<Items> = sight
            .readers
            .iter()
            .map(|reader| items_of(folder, &reader.id))
            .collect();
        if expected.len() != folder.readers().len() {
            return Err("a reader has no column".to_owned());
        }
        let mut rows = BTreeMap::new();
        for item in &sight.items {
            for part in &item.parts {
                if rows.insert((item.place.clone(), part.name), part).is_some() {
                    return Err(format!("two rows for {} of {}", part.name, item.place));
                }
            }
        }
        for (row, shown) in expected.iter().flatten() {
            if *shown == Shown::Yes && !rows.contains_key(row) {
                return Err(format!("{row:?}: the table has no such row"));
            }
        }
        for (row, part) in &rows {
            let is_seen = |cell: &SightCell| cell.seen != Seen::Not;
            let is_answered = part.cells.iter().any(is_seen);
            for ((reader, cell), items) in sight.readers.iter().zip(&part.cells).zip(&expected) {
                let shown = items.get(row);
                let is_right = match shown {
                    // What is not shared with a reader is not hidden for want of answers.
                    None => !is_seen(cell) && cell.ground != Ground::Pulse,
                    Some(Shown::Yes) => is_seen(cell),
                    Some(Shown::IfAnswered) => is_seen(cell) == is_answered,
                };
                let names_its_part = match (part.shared_by, cell.ground) {
                    (Some(part), Ground::Share(named)) => named == part || !is_seen(cell),
                    _ => true,
                };
                if !is_right || !names_its_part {
                    return Err(format!(
                        "{row:?} for {}: {cell:?} says the table, {shown:?} the rules",
                        reader.id
                    ));
                }
            }
        }
        Ok(())
    });
}

/// What the rules let the reader of this id see.
fn items_of(folder: &Folder, id: &str) -> Items {
    let person = folder.people.iter().find(|person| person.id == id).unwrap();
    items(folder, person.number).unwrap()
}

#[test]
fn coachee_sees_all_and_every_cell_has_its_rule() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let workspace = Workspace::open(&content).ok().unwrap();
    let today = "2026-11-22".parse().unwrap();
    for sight in sights(&workspace, today).ok().unwrap() {
        let coachee = sight
            .readers
            .iter()
            .position(|reader| reader.role == "coachee")
            .unwrap();
        assert!(sight.notes > 0);
        for part in sight.items.iter().flat_map(|item| &item.parts) {
            assert_eq!(part.cells.len(), sight.readers.len());
            assert!(part.cells.iter().all(|cell| !cell.rule.is_empty()));
            let others = part.cells.iter().any(|cell| cell.seen != Seen::Not);
            assert!(
                !others || part.cells[coachee].seen != Seen::Not,
                "{}",
                part.name
            );
        }
    }
}

/// The words of a page without its tags.
fn words(document: &str) -> String {
    let mut words = String::new();
    let mut is_tag = false;
    for letter in document.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => is_tag = false,
            letter if !is_tag => words.push(letter),
            _ => {}
        }
    }
    words.replace("&#x27;", "'").replace("&amp;", "&")
}

/// The blank lines around a passage go with it, whatever it stands between.
#[test]
fn a_hidden_passage_leaves_no_gap_in_any_block() {
    const UPDATE: &str = "nyah/updates/2026-03-15-first-month.md";
    let project = Project::small();
    let file = project.read(UPDATE);
    let (front, _) = file.rsplit_once("+++\n").unwrap();
    let built = |body: &str| {
        project.write(UPDATE, format!("{front}+++\n{body}\n"));
        project.built()
    };
    for (before, after) in [
        ("one", "two"),
        ("    one", "    two"),
        ("    one\n", "\n    two"),
        ("- one", "- two"),
        ("- one", "      code"),
        ("- one\n\n      code", "      more"),
        ("1. one", "2. two"),
        ("> one", "> two"),
        ("> ", ">     two"),
        ("| a |\n|---|\n| one |", "| two |"),
        ("# one", "two\n==="),
        ("```\none\n```", "```\ntwo\n```"),
        ("one\\", "[two]\n\n[two]: https://two.example"),
    ] {
        let plain = built(&format!("{before}\n\n{after}"));
        for passage in [
            "::: private\nhid\n:::",
            "::: private\n    hid\n\n    hid\n:::",
        ] {
            let with = built(&format!("{before}\n\n{passage}\n\n{after}"));
            assert!(with == plain, "{before:?} {after:?}");
            let twice = built(&format!("{before}\n\n{passage}\n\n{passage}\n\n{after}"));
            assert!(twice == plain, "{before:?} {after:?}, twice");
        }
    }
}
