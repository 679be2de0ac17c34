//! The templates of new files, and the engine that fills them.

use jiff::civil::Date;
use minijinja::{Error, Value};

use crate::scaffold::days::workday;
use crate::text::fault::Fault;
use crate::text::{one_line, template, toml_string};

/// Names every template, and holds its text.
macro_rules! bundle {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("templates/", $name)))),*]
    };
}

/// The templates by the path inside their folder.
const TEMPLATES: &[(&str, &str)] = bundle! {
    "agenda.md"
    "agendas/alignment.md"
    "agendas/calibration.md"
    "agendas/check-in.md"
    "agendas/context.md"
    "agendas/enrolment.md"
    "agendas/final.md"
    "agendas/follow-up.md"
    "agendas/midpoint.md"
    "agendas/other.md"
    "agendas/quarterly.md"
    "agendas/sponsor-review.md"
    "agreement.md"
    "engagement.toml"
    "example/calibration.md"
    "example/engagement.toml"
    "example/enrolment.md"
    "example/goal.md"
    "example/note.md"
    "example/round.csv"
    "example/themes.md"
    "example/update.md"
    "gitignore"
    "goal.md"
    "loggia.toml"
    "methods/alignment.toml"
    "methods/eight-steps.toml"
    "methods/four-stages.toml"
    "methods/stakeholder-centred.toml"
    "note.md"
    "review.md"
    "themes.md"
    "update.md"
    "vscode/extensions.json"
    "vscode/tasks.json"
};

/// Why filling cannot fail.
const WHOLE: &str = "tests fill every template, whatever the engagement has and has not";

/// Returns the text of a new file: a template, filled with the values of `context`.
pub(super) fn filled(name: &str, context: Value) -> String {
    let mut environment = template::environment();
    environment.add_filter("toml", toml);
    environment.add_filter("workday", workday_after);
    for (name, text) in TEMPLATES {
        environment.add_template(name, text).expect(WHOLE);
    }
    let template = environment.get_template(name).expect(WHOLE);
    template.render(context).expect(WHOLE)
}

/// Returns the path of a new file, in which `context` fills the gaps.
pub(super) fn filled_path(path: &str, context: Value) -> String {
    let environment = template::environment();
    let template = environment.template_from_named_str("path.md", path);
    template.expect(WHOLE).render(context).expect(WHOLE)
}

/// A text or a list of texts, as TOML reads it on one line.
fn toml(value: &Value) -> Result<String, Error> {
    if let Some(text) = value.as_str() {
        return Ok(toml_string(&one_line(text)));
    }
    let texts: Result<Vec<String>, Error> = value.try_iter()?.map(|text| toml(&text)).collect();
    Ok(format!("[{}]", texts?.join(", ")))
}

/// The day `days` after `day`, or the Monday after it.
fn workday_after(day: &str, days: i32) -> Result<String, Error> {
    let day: Date = day
        .parse()
        .map_err(|_| Fault::of("`workday` takes a date"))?;
    Ok(workday(day, days).to_string())
}
