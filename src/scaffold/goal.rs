//! A goal.

use jiff::civil::Date;
use minijinja::context;

use crate::scaffold::days::workday;
use crate::scaffold::new_files::NewFiles;
use crate::scaffold::participants::Participants;
use crate::scaffold::templates::filled;

/// The days that a first action is given.
const FIRST_ACTION: i32 = 30;

/// The goal of this number and id, begun on `today`.
pub fn goal(
    number: u32,
    (title, id): (&str, &str),
    today: Date,
    participants: &Participants,
) -> NewFiles {
    let due = workday(today, FIRST_ACTION).to_string();
    let text = filled("goal.md", context! { title, due, ..participants.values() });
    let path = format!("{}/goals/{number}-{id}.md", participants.folder);
    let next = vec![
        "write the statement, what others will see, and what good looks like: others will answer exactly that sentence".to_owned(),
        format!("`{id}` is what rounds, agendas and reviews call this goal"),
    ];
    NewFiles::one(path, text, next)
}
