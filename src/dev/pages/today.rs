//! The start page: what there is to think of on the day, over all engagements.
//!
//! The rule it guards: it is made for the coach's own screen when it is asked for, and nothing of it is kept or published.

use std::collections::BTreeMap;
use std::fmt::Display;

use minijinja::{Value, context};

use crate::dev::pages::problems::{counted, engagement_of, problems_of};
use crate::dev::pages::templates::{DevPage, Framed, Templates};
use crate::dev::snapshot::{Rendered, Snapshot};
use crate::diagnostic::Diagnostic;
use crate::pipeline::due::AnswersHere;
use crate::pipeline::preview;
use crate::text;

/// What is due in all engagements, and all engagements with their readers.
pub(in crate::dev) fn start(templates: &Templates, snapshot: &Snapshot) -> DevPage {
    let workspace = snapshot.workspace.as_ref();
    let firm = workspace.map(|workspace| workspace.firm());
    let answers = workspace.map(|workspace| AnswersHere::of(workspace));
    let mut lines = Vec::new();
    for (id, rendered) in built(snapshot) {
        let (workspace, valid, today) = (&rendered.workspace, &rendered.valid, rendered.today);
        let answers = answers.iter();
        let due = answers.flat_map(|answers| preview::due(workspace, valid, today, answers));
        lines.extend(due.map(|entry| (id, valid.title(), entry)));
    }
    // Stable: within a day they stay in the order of the engagements.
    lines.sort_by_key(|(_, _, entry)| (entry.matter, entry.day));
    let groups = lines.chunk_by(|(_, _, one), (_, _, other)| one.matter == other.matter);
    let groups = groups.map(|group| {
        let lines = group.iter().map(|(engagement, title, entry)| {
            let (text, place) = (&entry.text, &entry.place);
            context! { day => day(entry.day), text, place, engagement => *engagement, title => *title }
        });
        let heading = group.first().map(|(_, _, entry)| entry.matter.heading());
        context! { heading, lines => lines.collect::<Value>() }
    });
    let engagements = snapshot.engagements.iter().map(|(id, state)| {
        let rendered = state.current.as_ref();
        let title = rendered.map(|rendered| rendered.valid.title());
        let readers = rendered.map(|rendered| names(rendered));
        context! { id, is_built => rendered.is_some(), title, readers }
    });
    let context = context! {
        firm => firm.unwrap_or_default(),
        today => day(snapshot.today),
        groups => groups.collect::<Value>(),
        warned => warned(snapshot),
        number => text::counted(snapshot.engagements.len(), "engagement", "engagements"),
        engagements => engagements.collect::<Value>(),
        ..problems_of(snapshot)
    };
    templates.page("start.html", context, Framed::default())
}

fn built(snapshot: &Snapshot) -> impl Iterator<Item = (&str, &Rendered)> {
    let engagements = snapshot.engagements.iter();
    engagements.filter_map(|(id, state)| Some((id.as_str(), state.current.as_deref()?)))
}

/// The names of those who have a portal: what an engagement is found by.
fn names(rendered: &Rendered) -> String {
    let names: Vec<&str> = rendered
        .pages
        .iter()
        .map(|page| page.name.as_str())
        .collect();
    names.join(", ")
}

/// The engagements in which something is wrong or to be looked at again, with how much.
fn warned(snapshot: &Snapshot) -> Value {
    let mut by_engagement: BTreeMap<&str, Vec<Diagnostic>> = BTreeMap::new();
    for problem in &snapshot.problems {
        let id = engagement_of(problem);
        if let Some(id) = id.filter(|id| snapshot.engagements.contains_key(*id)) {
            by_engagement.entry(id).or_default().push(problem.clone());
        }
    }
    let warned = by_engagement.into_iter();
    let warned = warned.map(|(id, problems)| context! { id, count => counted(&problems) });
    warned.collect()
}

fn day(day: Option<impl Display>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}
