//! Who sees what of one engagement, as a table: how much each reader sees of every item and part, and by which rule.
//!
//! The rule it guards: readers share a column only where they see the same by the same rules, so that no column says of anyone what is
//! true of somebody else.

use minijinja::{Value, context};

use crate::dev::snapshot::Rendered;
use crate::pipeline::preview;

/// Every item and part against every reader.
pub(super) fn sight(rendered: &Rendered) -> Value {
    let sight = preview::sight(&rendered.valid, rendered.today);
    let groups = sight.alike();
    let columns = groups.iter().map(|group| {
        let readers = group.iter().map(|number| &sight.readers[*number]);
        let role = sight.readers[group[0]].role;
        let readers = readers.map(|reader| context! { id => &reader.id, name => &reader.name });
        let title = counted_role(group.len(), role);
        context! { role, title, readers => readers.collect::<Value>() }
    });
    let items = sight.items.iter().map(|item| {
        let parts = item.parts.iter().map(|part| {
            let cells = groups.iter().map(|group| &part.cells[group[0]]);
            let cells =
                cells.map(|cell| context! { seen => cell.seen.as_str(), rule => &cell.rule });
            let is_alike = part.is_seen_alike();
            context! { name => part.name, is_alike, cells => cells.collect::<Value>() }
        });
        let parts: Value = parts.collect();
        let is_alike = item.parts.iter().all(|part| part.is_seen_alike());
        context! { title => &item.title, place => &item.place, is_alike, parts }
    });
    let parts = || sight.items.iter().flat_map(|item| &item.parts);
    let without = sight.without.iter().map(|person| {
        let reason: Value = person.reason.as_str().split('`').collect();
        context! { name => &person.name, role => person.role, reason, is_asked => person.is_asked }
    });
    let asked = preview::asked(&rendered.valid, rendered.today).into_iter();
    let asked = asked.map(|(id, name)| context! { id, name });
    context! {
        columns => columns.collect::<Value>(),
        items => items.collect::<Value>(),
        rows => parts().count(),
        alike => parts().filter(|part| part.is_seen_alike()).count(),
        without => without.collect::<Value>(),
        asked => asked.collect::<Value>(),
        notes => sight.notes,
    }
}

/// Several people of one role, such as `5 supporters`.
fn counted_role(number: usize, role: &str) -> String {
    match role {
        "hr" => format!("{number} of HR"),
        "coach" => format!("{number} coaches"),
        role => format!("{number} {role}s"),
    }
}
