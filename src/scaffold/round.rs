//! A round of the pulse before anyone has answered.

use jiff::civil::Date;
use minijinja::context;

use crate::scaffold::new_files::NewFiles;
use crate::scaffold::placing::NewFile;
use crate::scaffold::questionnaire;
use crate::scaffold::survey::Survey;
use crate::scaffold::templates::filled;

/// The columns of a round.
pub(super) const HEADER: &str = "rater,goal,score,followed_up\n";

/// The columns of a round that names nobody.
pub(super) const ANONYMOUS_HEADER: &str = "group,goal,score,followed_up\n";

/// A round that closes on `day`, without answers: whom to ask what stands in what to do next.
pub fn round(engagement: &str, day: Date, survey: &Survey) -> NewFiles {
    let mut new_files = with_rows(engagement, day, HEADER.to_owned(), survey);
    new_files.next.push(questionnaire::text(survey));
    let without = survey
        .questions
        .iter()
        .filter(|question| question.behaviour.is_none());
    new_files.next.extend(
        without.map(|question| format!("`{}` has no behaviour to ask about yet", question.goal)),
    );
    new_files.next.push(format!(
        "export its answers, as CSV or .xlsx, delete the empty `{engagement}/pulse/{day}.csv`, and run `loggia new round {engagement} \
         --from-form FILE --date {day}`"
    ));
    let line = "or put one line for each answer into it, such as `tom,concise-in-the-room,2,yes`; comments are never read";
    new_files.next.push(line.to_owned());
    new_files
}

/// A round that closes on `day`, with the rows of its file.
pub(super) fn with_rows(engagement: &str, day: Date, rows: String, survey: &Survey) -> NewFiles {
    let goal = survey
        .questions
        .first()
        .map_or("the-id-of-a-goal", |question| question.goal.as_str());
    let themes = filled("themes.md", context! { day => day.to_string(), goal });
    NewFiles {
        files: vec![
            NewFile {
                path: format!("{engagement}/pulse/{day}.csv"),
                text: rows,
            },
            NewFile {
                path: format!("{engagement}/pulse/{day}.md"),
                text: themes,
            },
        ],
        next: Vec::new(),
    }
}
