//! A round of the pulse before anyone has answered.

use jiff::civil::Date;
use minijinja::context;

use crate::scaffold::new_files::NewFiles;
use crate::scaffold::placing::NewFile;
use crate::scaffold::survey::Survey;
use crate::scaffold::templates::filled;

/// The columns of a round.
pub(super) const HEADER: &str = "rater,goal,score,followed_up\n";

/// A round that closes on `day`, without answers: whom to ask what stands in what to do next.
pub fn round(engagement: &str, day: Date, survey: &Survey) -> NewFiles {
    let mut new_files = with_rows(engagement, day, HEADER.to_owned(), survey);
    new_files.next.push("put one line for each answer, such as `tom,concise-in-the-room,2,yes`; comments are never read".to_owned());
    for question in &survey.questions {
        let text = question
            .behaviour
            .as_deref()
            .unwrap_or("this goal has no behaviour to ask about yet");
        new_files
            .next
            .push(format!("ask about `{}`: {text}", question.goal));
    }
    new_files.next.push(format!(
        "or export a web form and run `loggia new round {engagement} --from-form FILE.csv --date {day}`"
    ));
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
