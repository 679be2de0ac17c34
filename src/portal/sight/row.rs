//! A row of who sees what: one item with its parts, and how far `[share]` lets each reader in.

use crate::engagement::audience::{Audience, Part};
use crate::engagement::stakeholder::Role;
use crate::portal::perspective::Perspective;
use crate::portal::sight::cell::{Ground, NO_PROGRESS, SightCell};
use crate::portal::states::Untitled;

/// Something that can be shared, by its title and where it is written.
#[derive(Debug)]
pub struct SightItem {
    /// The file, or the beginning of its name, inside the engagement's folder.
    pub place: String,
    /// What it is called.
    pub title: String,
    /// What it is, where it has no title of its own: `title` is then for the coach's screen alone.
    pub untitled: Option<Untitled>,
    /// The ids of those who attend, if it is a meeting.
    pub attendees: Vec<String>,
    /// Its parts.
    pub parts: Vec<SightPart>,
}

/// A row: one part of an item.
#[derive(Debug)]
pub struct SightPart {
    /// What the part is called.
    pub name: &'static str,
    /// The part of `[share]` that says who sees it; none for what follows from something else.
    pub shared_by: Option<Part>,
    /// One cell a reader, in the order of the readers.
    pub cells: Vec<SightCell>,
}

/// A row, asked of every reader.
pub(super) fn part(
    perspectives: &[Perspective<'_>],
    (name, shared_by): (&'static str, Option<Part>),
    cell: impl Fn(&Perspective<'_>) -> SightCell,
) -> SightPart {
    SightPart {
        name,
        shared_by,
        cells: perspectives.iter().map(cell).collect(),
    }
}

/// Whether the reader is let in by their role, by `[share]` of the engagement or by the item's own `share`, in words.
pub(super) fn by_share(
    perspective: &Perspective<'_>,
    part: Part,
    audience: &Audience,
) -> SightCell {
    let (key, ground) = (part.key(), Ground::Share(part));
    match (
        perspective.reader.role(),
        audience.admits(perspective.reader),
        audience.is_own(),
    ) {
        (Role::Coachee, true, _) => {
            SightCell::whole("the coachee sees all that anyone sees", Ground::Role)
        }
        (Role::Coach, true, _) => {
            SightCell::whole("the coach sees what the coachee sees", Ground::Role)
        }
        (_, true, true) => SightCell::whole("`share` in its own file", ground),
        (_, false, true) => SightCell::not("`share` in its own file leaves them out", ground),
        (_, true, false) => SightCell::whole(format!("`[share] {key}` in engagement.toml"), ground),
        (_, false, false) if is_named(perspective, part) => {
            SightCell::not(NO_PROGRESS.words, NO_PROGRESS.ground)
        }
        (_, false, false) => SightCell::not(format!("`[share] {key}` does not name them"), ground),
    }
}

/// Whether `[share]` of the engagement names the reader for a part. Of `attendees` it says nothing.
pub(super) fn is_named(perspective: &Perspective<'_>, part: Part) -> bool {
    let shared = perspective.engagement.share.get(&part);
    shared.is_some_and(|shared| shared.admits(perspective.reader))
}
