//! A goal.

use jiff::civil::Date;

use crate::scaffold::NewFiles;
use crate::scaffold::cast::Cast;
use crate::scaffold::text::fill;
use crate::scaffold::text::quoted;
use crate::scaffold::text::workday;

const TEMPLATE: &str = include_str!("templates/goal.md");

/// The days that a first action is given.
const FIRST_ACTION: i32 = 30;

/// The goal of this number and id, begun on `today`.
pub fn goal(
    engagement: &str,
    number: u32,
    (title, id): (&str, &str),
    today: Date,
    cast: &Cast,
) -> NewFiles {
    let support = cast.manager.as_ref().map(|manager| {
        format!("\n[[support]]\nfrom = {}\ntext = \"What would help, as a request that can be answered with yes or no.\"\n", quoted(manager))
    });
    let text = fill(
        TEMPLATE,
        &[
            ("title", &quoted(title)),
            ("first", cast.first_name_in_text()),
            ("coachee", &quoted(&cast.coachee)),
            ("due", &workday(today, FIRST_ACTION).to_string()),
            ("support", support.as_deref().unwrap_or_default().trim_end()),
        ],
    );
    let path = format!("{engagement}/goals/{number}-{id}.md");
    let next = vec![
        "write the statement, what others will see, and what good looks like: others will answer exactly that sentence".to_owned(),
        format!("`{id}` is what rounds, agendas and reviews call this goal"),
    ];
    NewFiles::one(path, text, next)
}
