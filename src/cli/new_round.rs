//! `loggia new round`: a round without answers, or from the export of a form.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use crate::cli::outcome::Outcome;
use crate::diagnostic::Diagnostic;
use crate::engagement::id::EngagementId;
use crate::pipeline::workspace::Workspace;
use crate::scaffold;
use crate::scaffold::NewFiles;
use crate::scaffold::form::{DateOrder, Import, LONGEST, Wishes};

/// Which round, and what is to be known of the form behind it.
#[derive(Args)]
pub(super) struct Round {
    /// The engagement
    pub(super) engagement: String,
    /// The day it closes; today when absent
    #[arg(long, value_name = "DATE")]
    date: Option<Date>,
    /// The export, as CSV or .xlsx: one row a rater, one column a question; free text is dropped
    #[arg(long, value_name = "FILE")]
    from_form: Option<PathBuf>,
    /// The export's column that says who answered, by its letters or its header
    #[arg(long, value_name = "COLUMN", requires = "from_form")]
    rater: Option<String>,
    /// Nobody was asked for a name
    #[arg(long, requires = "from_form", conflicts_with = "rater")]
    anonymous: bool,
    /// The export's column that says of which group somebody is who answered without a name
    #[arg(
        long,
        value_name = "COLUMN",
        requires = "from_form",
        conflicts_with = "rater"
    )]
    group: Option<String>,
    /// The export's column that says who saw a follow-up; `none` where there is none
    #[arg(long, value_name = "COLUMN", requires = "from_form")]
    follow_up: Option<String>,
    /// What to add to every number of the export, such as -4 for a form from 1 to 7 on a scale from -3 to +3
    #[arg(long, value_name = "NUMBER", default_value = "0", requires = "from_form", allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(-1000..=1000))]
    shift: i32,
    /// The sheet of a workbook with the answers
    #[arg(long, value_name = "NAME", requires = "from_form")]
    sheet: Option<String>,
    /// The first day of which answers are of this round, where the form was used before
    #[arg(long, value_name = "DATE", requires = "from_form")]
    since: Option<Date>,
    /// Which comes first in the dates of the export
    #[arg(long, requires = "since")]
    dates: Option<DateOrder>,
    /// People did answer as in an earlier round
    #[arg(long, requires = "from_form")]
    same_again: bool,
}

impl Round {
    /// The files of the round.
    pub(super) fn files(
        &self,
        workspace: &Workspace,
        id: &EngagementId,
        today: Date,
    ) -> Result<NewFiles, Outcome> {
        let day = self.date.unwrap_or(today);
        let survey = workspace.survey(id, today)?;
        let Some(form) = &self.from_form else {
            return Ok(scaffold::round(id.as_str(), day, &survey));
        };
        let unreadable = |problem: Diagnostic| Outcome::failed(vec![problem], 1);
        let bytes =
            read(form).map_err(|error| unreadable(Diagnostic::cannot_read(form, &error)))?;
        let import = Import {
            folder: id.as_str(),
            day,
            file: &form.display().to_string(),
            bytes: &bytes,
            wishes: &self.wishes(),
        };
        scaffold::form::round(&import, &survey).map_err(|problems| Outcome::failed(problems, 3))
    }

    /// What the coach says about the export.
    fn wishes(&self) -> Wishes {
        Wishes {
            rater: self.rater.clone(),
            anonymous: self.anonymous,
            group: self.group.clone(),
            followed_up: self.follow_up.clone(),
            shift: self.shift,
            sheet: self.sheet.clone(),
            since: self.since,
            dates: self.dates,
            same_again: self.same_again,
        }
    }
}

/// Reads a file, of a longer one than an export just as much as shows that it is longer.
fn read(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(LONGEST).unwrap_or(u64::MAX).saturating_add(1);
    fs::File::open(file)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}
