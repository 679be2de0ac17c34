//! Who sees what, for the terminal and for programs.

use std::io;
use std::io::Write;

use serde::Serialize;

use crate::cli::json::print_json;
use crate::diagnostic::terminal::Tamed;
use crate::portal::sight::cell::Seen;
use crate::portal::sight::row::SightPart;
use crate::portal::sight::{Sight, SightReader};

/// The table of one engagement, for programs.
#[derive(Serialize)]
struct SightLine<'a> {
    engagement: &'a str,
    title: &'a str,
    readers: Vec<ReaderLine<'a>>,
    without_portal: Vec<WithoutLine<'a>>,
    items: Vec<ItemLine<'a>>,
    notes: usize,
}

#[derive(Serialize)]
struct ReaderLine<'a> {
    id: &'a str,
    name: &'a str,
    role: &'a str,
}

#[derive(Serialize)]
struct WithoutLine<'a> {
    name: &'a str,
    role: &'a str,
    reason: &'a str,
    is_asked: bool,
}

#[derive(Serialize)]
struct ItemLine<'a> {
    place: &'a str,
    title: &'a str,
    parts: Vec<PartLine<'a>>,
}

#[derive(Serialize)]
struct PartLine<'a> {
    part: &'a str,
    readers: Vec<CellLine<'a>>,
}

#[derive(Serialize)]
struct CellLine<'a> {
    reader: &'a str,
    seen: &'a str,
    rule: &'a str,
}

/// Prints the tables as JSON.
pub(super) fn print_as_json(sights: &[Sight], stdout: &mut dyn Write) -> io::Result<()> {
    let lines: Vec<SightLine<'_>> = sights.iter().map(sight_line).collect();
    print_json(&lines, stdout)
}

fn sight_line(sight: &Sight) -> SightLine<'_> {
    let readers = sight.readers.iter().map(|reader| ReaderLine {
        id: &reader.id,
        name: &reader.name,
        role: reader.role,
    });
    let without = sight.without.iter().map(|person| WithoutLine {
        name: &person.name,
        role: person.role,
        reason: person.reason.as_str(),
        is_asked: person.is_asked,
    });
    let items = sight.items.iter().map(|item| {
        let parts = item.parts.iter();
        ItemLine {
            place: &item.place,
            title: &item.title,
            parts: parts.map(|part| part_line(part, &sight.readers)).collect(),
        }
    });
    SightLine {
        engagement: &sight.engagement,
        title: &sight.title,
        readers: readers.collect(),
        without_portal: without.collect(),
        items: items.collect(),
        notes: sight.notes,
    }
}

fn part_line<'a>(part: &'a SightPart, readers: &'a [SightReader]) -> PartLine<'a> {
    let cells = readers
        .iter()
        .zip(&part.cells)
        .map(|(reader, cell)| CellLine {
            reader: &reader.id,
            seen: cell.seen.as_str(),
            rule: &cell.rule,
        });
    PartLine {
        part: part.name,
        readers: cells.collect(),
    }
}

/// Prints the tables for people: by item and part, the ids of those who see it.
pub(super) fn print_as_text(sights: &[Sight], stdout: &mut dyn Write) -> io::Result<()> {
    let stdout = &mut Tamed(stdout);
    for (index, sight) in sights.iter().enumerate() {
        let gap = if index > 0 { "\n" } else { "" };
        writeln!(stdout, "{gap}{}: {}", sight.engagement, sight.title)?;
        for item in &sight.items {
            writeln!(stdout, "  {} ({})", item.title, item.place)?;
            for part in &item.parts {
                writeln!(
                    stdout,
                    "    {:<9} {}",
                    part.name,
                    seen_by(part, &sight.readers)
                )?;
            }
        }
        for person in &sight.without {
            let asked = match person.is_asked {
                true => ", and is asked in the pulse on an asking page",
                false => "",
            };
            let reason = person.reason.as_str();
            writeln!(stdout, "  {} has no portal: {reason}{asked}", person.name)?;
        }
        writeln!(stdout, "  notes: {}, which nobody sees", sight.notes)?;
    }
    Ok(())
}

/// Such as `nyah, priya; in part: tom; not: anders`.
fn seen_by(part: &SightPart, readers: &[SightReader]) -> String {
    let mut groups = Vec::new();
    for (seen, label) in [
        (Seen::Whole, ""),
        (Seen::Part, "in part: "),
        (Seen::Not, "not: "),
    ] {
        let cells = readers.iter().zip(&part.cells);
        let ids: Vec<&str> = cells
            .filter(|(_, cell)| cell.seen == seen)
            .map(|(reader, _)| reader.id.as_str())
            .collect();
        if !ids.is_empty() {
            groups.push(format!("{label}{}", ids.join(", ")));
        }
    }
    groups.join("; ")
}
