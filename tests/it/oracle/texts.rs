//! The texts that the audit holds against a page are those that the reader sees, each from a file of the kind that it is said to be of.

use std::collections::BTreeSet;

use loggia::engagement::kind::ItemKind;
use loggia::engagement::seen;
use loggia::pipeline::workspace::Workspace;

use crate::folder::build::{place, write};
use crate::folder::complete::kind_of;
use crate::folder::write::ENGAGEMENT;
use crate::folder::{Action, Content, Folder, Person, TODAY, tokens};
use crate::oracle::pages::run_on_folders;
use crate::oracle::{Eye, sight};

/// How many grown folders are gone through unless `LOGGIA_CASES` says otherwise.
const CASES: u32 = 250;

#[test]
fn texts_for_the_audit_are_those_that_the_reader_sees() {
    run_on_folders(CASES, |folder| {
        let place = place();
        let content = place.path().join("content");
        let files = folder.files();
        write(&content, &files);
        let workspace = Workspace::open(&content)
            .ok()
            .ok_or("the folder is refused")?;
        let book = workspace.book();
        let today = TODAY.parse::<jiff::civil::Date>().unwrap();
        let engagement = book.engagement(&book.engagements[0], today.into()).value;
        let mut engagement = engagement.ok_or("the engagement is refused")?;
        engagement.split_off(today.into());
        for reader in engagement.readers(today.into()) {
            let mut people = folder.people.iter();
            let person = people
                .find(|person| person.id == reader.id().as_str())
                .unwrap();
            let mut seen = BTreeSet::new();
            for (kind, text) in seen::texts(&engagement, &reader) {
                let of_kind = files.iter().filter(|(name, _)| is_of(name, kind));
                let written = of_kind.map(|(_, bytes)| String::from_utf8_lossy(bytes));
                let written = tokens(&written.collect::<String>());
                let found = tokens(&text);
                if !found.is_subset(&written) {
                    return Err(format!("{text:?} is in no file of {kind:?}"));
                }
                seen.extend(found);
            }
            let told = sight(folder, person.number).unwrap().told;
            let told: BTreeSet<String> = told.iter().flat_map(|text| tokens(text)).collect();
            let missing: BTreeSet<_> = &(&told - &seen) - &not_compared(folder);
            let more: BTreeSet<_> = &(&seen - &told) - &harmless(folder, person);
            if !missing.is_empty() || !more.is_empty() {
                return Err(format!(
                    "{person:?} sees {missing:?}, of which `engagement::seen` does not know, and does not see {more:?}"
                ));
            }
        }
        Ok(())
    });
}

/// Whether a file of the content folder is of this kind.
fn is_of(name: &str, kind: ItemKind) -> bool {
    let inside = name.strip_prefix(&format!("{ENGAGEMENT}/"));
    inside.and_then(kind_of) == Some(kind)
}

/// What stands on pages and in no text of an item.
fn not_compared(folder: &Folder) -> BTreeSet<String> {
    let mut found = tokens(&folder.firm);
    // The ends of the scale are words of the figures.
    if let Some((low, high)) = &folder.pulse.level {
        found.extend(tokens(&format!("{low} {high}")));
    }
    // So is the time that a question is about.
    if let Some(period) = &folder.pulse.period {
        found.extend(tokens(period));
    }
    for attachment in &folder.attachments {
        found.extend(tokens(&attachment.name));
        found.extend(match &attachment.content {
            Content::Picture { pixels, .. } => tokens(pixels),
            Content::Document(text) | Content::Other(text) => tokens(text),
        });
    }
    found
}

/// What a reader may know although it does not stand on the page.
fn harmless(folder: &Folder, person: &Person) -> BTreeSet<String> {
    // Names stand wherever someone takes part, and a text that shows a file names it.
    let mut found: BTreeSet<String> = folder
        .people
        .iter()
        .flat_map(|other| tokens(&other.name))
        .collect();
    found.extend(
        folder
            .attachments
            .iter()
            .flat_map(|file| tokens(&file.name)),
    );
    found.extend(person.title.iter().flat_map(|title| tokens(title)));
    let eye = Eye::of(folder, person.number).unwrap();
    for agenda in folder
        .agendas
        .iter()
        .filter(|agenda| eye.sees_agenda(agenda))
    {
        found.extend(agenda.next.iter().flat_map(waiting));
        if eye.sees_all {
            found.extend(agenda.debrief.iter().flat_map(waiting));
        }
    }
    for seen in eye.seen() {
        // Whoever reads the title knows what an alias stands for.
        if seen.wording {
            found.extend(seen.goal.alias.iter().flat_map(|alias| tokens(alias)));
        }
        // What is dropped on a day to come waits for it on every page.
        if seen.actions {
            found.extend(seen.goal.actions.iter().flat_map(waiting));
        }
        // That too few answered keeps a theme off every page, and hides it from none of those it is for.
        if seen.carries() && eye.has_right(seen.goal, "themes") {
            let themes = folder.rounds.iter().flat_map(|round| &round.themes);
            let own = themes.filter(|theme| theme.goal == seen.goal.number);
            found.extend(own.flat_map(|theme| tokens(&theme.text)));
        }
    }
    found
}

/// Why an action will be dropped, on a day to come.
fn waiting(action: &Action) -> BTreeSet<String> {
    match &action.dropped {
        Some((day, Some(why))) if day.as_str() > TODAY => tokens(why),
        _ => BTreeSet::new(),
    }
}
