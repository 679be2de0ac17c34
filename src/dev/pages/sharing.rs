//! Who sees what: the start page and the page of one engagement.

use std::sync::Arc;

use minijinja::{Value, context};

use crate::dev::pages::problems::problems_of;
use crate::dev::pages::templates::{DevPage, Framed, Templates};
use crate::dev::pages::view::readers;
use crate::dev::snapshot::{Rendered, Snapshot};
use crate::pipeline::preview;

/// With more engagements than this, the start page links to their tables instead of holding them.
const MOST_TABLES: usize = 12;

/// All engagements with their readers, and who sees what.
pub(in crate::dev) fn start(templates: &Templates, snapshot: &Snapshot) -> DevPage {
    let firm = snapshot
        .workspace
        .as_ref()
        .map(|workspace| workspace.firm());
    let has_tables = snapshot.engagements.len() <= MOST_TABLES;
    let engagements = snapshot.engagements.iter().map(|(id, state)| {
        let Some(rendered) = &state.current else {
            return context! { id, is_built => false };
        };
        let sight = has_tables.then(|| sight(rendered));
        context! { is_built => true, sight, ..heading(id, rendered) }
    });
    let context = context! {
        firm => firm.unwrap_or_default(),
        today => today(snapshot),
        engagements => engagements.collect::<Value>(),
        ..problems_of(snapshot)
    };
    templates.page("start.html", context, Framed::default())
}

/// One engagement with its readers, and who sees what.
pub(in crate::dev) fn engagement(
    templates: &Templates,
    snapshot: &Snapshot,
    id: &str,
) -> Option<DevPage> {
    let rendered = snapshot.rendered(id)?;
    let context = context! {
        today => today(snapshot),
        engagement => context! { sight => sight(rendered), ..heading(id, rendered) },
        ..problems_of(snapshot)
    };
    Some(templates.page("engagement.html", context, Framed::default()))
}

fn today(snapshot: &Snapshot) -> String {
    let today = snapshot.today.map(|today| today.to_string());
    today.unwrap_or_default()
}

fn heading(id: &str, rendered: &Rendered) -> Value {
    context! { id, title => rendered.valid.title(), readers => readers(rendered) }
}

/// Every item and part against every reader.
fn sight(rendered: &Arc<Rendered>) -> Value {
    let sight = preview::sight(&rendered.valid, rendered.today);
    let items = sight.items.iter().map(|item| {
        let parts = item.parts.iter().map(|part| {
            let cells = part.cells.iter();
            let cells =
                cells.map(|cell| context! { seen => cell.seen.as_str(), rule => &cell.rule });
            context! { name => part.name, cells => cells.collect::<Value>() }
        });
        let parts: Value = parts.collect();
        context! { title => &item.title, place => &item.place, parts }
    });
    let without = sight.without.iter().map(|person| {
        let reason: Value = person.reason.as_str().split('`').collect();
        context! { name => &person.name, role => person.role, reason }
    });
    let readers = sight.readers.iter();
    let readers = readers
        .map(|reader| context! { id => &reader.id, name => &reader.name, role => reader.role });
    context! {
        readers => readers.collect::<Value>(),
        items => items.collect::<Value>(),
        without => without.collect::<Value>(),
        notes => sight.notes,
    }
}
