//! Who sees what: the start page and the page of one engagement.

use std::fmt::Write;
use std::sync::Arc;

use crate::dev::pages::Content;
use crate::dev::pages::DevPage;
use crate::dev::pages::counted;
use crate::dev::pages::escaped;
use crate::dev::pages::home;
use crate::dev::pages::page;
use crate::dev::pages::warning;
use crate::dev::snapshot::Drawing;
use crate::dev::snapshot::Snapshot;

/// With more engagements than this, the start page links to their tables instead of holding them.
const MOST_TABLES: usize = 12;

/// All engagements with their readers, and who sees what.
pub(in crate::dev) fn start(snapshot: &Snapshot) -> DevPage {
    let firm = snapshot.studio.as_ref().map(|studio| studio.firm());
    let mut main = format!("<h1>{}</h1>", escaped(firm.unwrap_or_default()));
    main.push_str(&day(snapshot));
    let has_tables = snapshot.entries.len() <= MOST_TABLES;
    for (id, entry) in &snapshot.entries {
        let Some(drawing) = &entry.current else {
            let _ = write!(
                main,
                "<section><h2>{id}</h2><p>Not built yet.</p></section>"
            );
            continue;
        };
        let title = escaped(drawing.sound.title());
        let _ = write!(
            main,
            "<section><h2><a href=\"/e/{id}/\">{id}</a> <small>{title}</small></h2>"
        );
        if has_tables {
            main.push_str(&table(id, drawing));
        } else {
            main.push_str(&readers(id, drawing));
        }
        main.push_str("</section>");
    }
    let content = Content {
        title: "Who sees what".to_owned(),
        bar: bar(snapshot),
        problems: warning(snapshot),
        main,
        frame: None,
    };
    page(&content)
}

/// One engagement with its readers, and who sees what.
pub(in crate::dev) fn engagement(snapshot: &Snapshot, id: &str) -> Option<DevPage> {
    let drawing = snapshot.drawing(id)?;
    let title = escaped(drawing.sound.title());
    let mut main = format!("<h1>{title} <small>{}</small></h1>", escaped(id));
    main.push_str(&day(snapshot));
    main.push_str(&table(id, drawing));
    let content = Content {
        title: format!("Who sees what: {id}"),
        bar: bar(snapshot),
        problems: warning(snapshot),
        main,
        frame: None,
    };
    Some(page(&content))
}

fn day(snapshot: &Snapshot) -> String {
    let today = snapshot.today.map(|today| today.to_string());
    format!("<p class=\"soft\">As of {}.</p>", today.unwrap_or_default())
}

fn bar(snapshot: &Snapshot) -> String {
    let problems = match snapshot.problems.len() {
        0 => String::new(),
        _ => format!("<a href=\"/problems\">{}</a>", counted(&snapshot.problems)),
    };
    format!("{}<span class=\"rest\"></span>{problems}", home())
}

fn readers(id: &str, drawing: &Drawing) -> String {
    let mut list = String::from("<ul class=\"readers\">");
    for reader in &drawing.pages {
        let (name, role) = (escaped(&reader.name), reader.role);
        let address = format!("/e/{id}/{}/", reader.reader);
        let _ = write!(
            list,
            "<li><a href=\"{address}\">{name}</a> <small>{role}</small></li>"
        );
    }
    list.push_str("</ul>");
    list
}

/// Every item and part against every reader.
fn table(id: &str, drawing: &Arc<Drawing>) -> String {
    let sight = drawing.studio.sight(&drawing.sound, drawing.today);
    let mut table = String::new();
    let _ = write!(
        table,
        "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Who sees what in {id}\"><table><thead><tr><td></td>"
    );
    for reader in &sight.readers {
        let (name, role) = (escaped(&reader.name), reader.role);
        let address = format!("/e/{id}/{}/", reader.id);
        let _ = write!(
            table,
            "<th scope=\"col\"><a href=\"{address}\">{name}</a> <small>{role}</small></th>"
        );
    }
    table.push_str("</tr></thead>");
    let columns = sight.readers.len() + 1;
    for item in &sight.items {
        let (title, place) = (escaped(&item.title), escaped(&item.place));
        let _ = write!(
            table,
            "<tbody><tr class=\"item\"><th scope=\"rowgroup\" colspan=\"{columns}\">{title} <code>{place}</code></th></tr>"
        );
        for part in &item.parts {
            let _ = write!(table, "<tr><th scope=\"row\">{}</th>", part.name);
            for cell in &part.cells {
                let (kind, rule) = (cell.seen.as_str(), escaped(&cell.rule));
                let class = kind.replace(' ', "-");
                let _ = write!(
                    table,
                    "<td class=\"{class}\" tabindex=\"0\"><b>{kind}</b><span class=\"rule\">{rule}</span></td>"
                );
            }
            table.push_str("</tr>");
        }
        table.push_str("</tbody>");
    }
    table.push_str("</table></div><ul class=\"soft\">");
    for person in &sight.without {
        let (name, reason) = (escaped(&person.name), marked(person.reason.as_str()));
        let _ = write!(
            table,
            "<li>{name} <small>{}</small> has no portal: {reason}.</li>",
            person.role
        );
    }
    let _ = match sight.notes {
        0 => Ok(()),
        1 => write!(table, "<li>1 note, which nobody sees.</li>"),
        notes => write!(table, "<li>{notes} notes, which nobody sees.</li>"),
    };
    table.push_str("</ul>");
    table
}

/// A text whose backquotes stand for code.
fn marked(text: &str) -> String {
    let mut marked = String::new();
    for (index, piece) in text.split('`').enumerate() {
        let piece = escaped(piece);
        if index % 2 == 0 {
            marked.push_str(&piece);
        } else {
            let _ = write!(marked, "<code>{piece}</code>");
        }
    }
    marked
}
