//! The rows of what waits for its day: for everyone the same.

use crate::engagement::kind::ItemKind;
use crate::engagement::later::{Later, WaitingFile};
use crate::portal::perspective::Perspective;
use crate::portal::sight::cell::{Ground, SightCell};
use crate::portal::sight::row::{SightItem, part};

/// The rows of one kind of item that wait for their day.
pub(super) fn items(
    kind: ItemKind,
    later: Option<&Later>,
    perspectives: &[Perspective<'_>],
) -> Vec<SightItem> {
    let files = later.map(Later::files).unwrap_or_default().into_iter();
    let mut files: Vec<WaitingFile> = files.filter(|file| file.kind == kind).collect();
    // Of several texts in one file the first to come is told.
    files.sort_by(|one, other| (&one.path, one.date).cmp(&(&other.path, other.date)));
    files.dedup_by(|later, first| later.path == first.path);
    let items = files.into_iter().map(|file| item(file, perspectives));
    items.collect()
}

fn item(file: WaitingFile, perspectives: &[Perspective<'_>]) -> SightItem {
    let rule = format!("it waits for its day, {}", file.date);
    let cell = |_: &Perspective<'_>| SightCell::not(rule.as_str(), Ground::Day);
    let what = match file.kind {
        ItemKind::Round => "figures",
        ItemKind::Themes => "themes",
        ItemKind::Update => "update",
        ItemKind::Review => "review",
        ItemKind::Engagement => "text",
        ItemKind::Agreement
        | ItemKind::Goal
        | ItemKind::Agenda
        | ItemKind::Record
        | ItemKind::AskingKey
        | ItemKind::Consent
        | ItemKind::Note
        | ItemKind::File => "item",
    };
    SightItem {
        title: file.path.clone(),
        untitled: None,
        place: file.path,
        attendees: Vec::new(),
        parts: vec![part(perspectives, (what, None), cell)],
    }
}
