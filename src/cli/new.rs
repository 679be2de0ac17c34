//! `loggia init` and `loggia new`: what was asked for, as new files, and what became of them.

use std::io::Write;
use std::path::Path;
use std::{env, io};

use clap::builder::PossibleValue;
use clap::{Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;
use strum::VariantArray;

use crate::cli::new_round::Round;
use crate::cli::outcome::Outcome;
use crate::cli::session::Common;
use crate::diagnostic::Diagnostic;
use crate::pipeline::scaffolding::{participants, schemas};
use crate::pipeline::workspace::Workspace;
use crate::scaffold;
use crate::scaffold::form::DateOrder;
use crate::scaffold::{AgendaKind, Brief, Method, Names, NewFiles, ReviewKind};

/// The exit code of wrong use: a name that is not known, a file that is already there.
const WRONG_USE: u8 = 2;

/// A file or folder to start from.
#[derive(Subcommand)]
pub(super) enum New {
    /// An engagement, with its first goal and the meetings of its method booked
    Engagement {
        /// The folder's name, such as nyah-adeyemi
        id: String,
        /// The way to go about it
        #[arg(long, default_value = "stakeholder-centred")]
        method: Method,
        /// The coachee's name; made of the id when absent
        #[arg(long, value_name = "NAME")]
        coachee: Option<String>,
        /// The coach's name; the id is made of it, as with the names that follow
        #[arg(long, value_name = "NAME")]
        coach: Option<String>,
        /// The manager's name
        #[arg(long, value_name = "NAME")]
        manager: Option<String>,
        /// The sponsor's name
        #[arg(long, value_name = "NAME")]
        sponsor: Option<String>,
        /// The name of the partner from human resources
        #[arg(long, value_name = "NAME")]
        hr: Option<String>,
        /// A supporter's name; may be given several times
        #[arg(long, value_name = "NAME")]
        supporter: Vec<String>,
        /// The first day; today when absent
        #[arg(long, value_name = "DATE")]
        start: Option<Date>,
        /// How many months it takes
        #[arg(long, value_name = "NUMBER", default_value = "9", value_parser = clap::value_parser!(u8).range(1..=60))]
        months: u8,
    },
    /// What everyone agrees to, with lines for who says yes
    Agreement {
        /// The engagement
        engagement: String,
    },
    /// A goal, numbered after the last one
    Goal {
        /// The engagement
        engagement: String,
        /// What it is called; its id is made of it
        title: Option<String>,
    },
    /// A meeting, its items timed
    Agenda {
        /// The engagement
        engagement: String,
        /// What it is called
        title: Option<String>,
        /// Which of the field's meetings it is
        #[arg(long, default_value = "other")]
        kind: AgendaKind,
        /// The day; from the engagement's dates, or in a week, when absent
        #[arg(long, value_name = "DATE")]
        date: Option<Date>,
    },
    /// A round of the pulse: the form to build, or what came back from it
    Round(Round),
    /// News from the coachee
    Update {
        /// The engagement
        engagement: String,
        /// Its headline
        title: Option<String>,
        /// The day; today when absent
        #[arg(long, value_name = "DATE")]
        date: Option<Date>,
    },
    /// Intended beside actual outcomes; a final one is the report
    Review {
        /// The engagement
        engagement: String,
        /// Its headline
        title: Option<String>,
        /// Whether it stands in the middle or at the end; from the engagement's dates when absent
        #[arg(long)]
        kind: Option<ReviewKind>,
        /// The day; today when absent
        #[arg(long, value_name = "DATE")]
        date: Option<Date>,
    },
    /// A confidential note, of which no page is ever made
    Note {
        /// The engagement
        engagement: String,
        /// What it is about
        title: Option<String>,
        /// The day; today when absent
        #[arg(long, value_name = "DATE")]
        date: Option<Date>,
    },
}

/// Lets the command line take the words of these types.
macro_rules! words {
    ($($name:ident)*) => {$(
        impl ValueEnum for $name {
            fn value_variants<'a>() -> &'a [Self] {
                Self::VARIANTS
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(PossibleValue::new(self.as_str()))
            }
        }
    )*};
}

words! { Method AgendaKind ReviewKind DateOrder }

/// Begins a firm's folder in `folder`.
pub(super) fn init(
    folder: &Path,
    coach: Option<&str>,
    common: &Common,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    let hint = "give `loggia init` a new folder: `loggia init my-firm`";
    if let Err(problem) = scaffold::refuse_unless_empty(folder, hint) {
        return Ok(wrong_use(vec![problem]));
    }
    let mut new_files = scaffold::firm(&firm_name(folder), coach, day(common.today));
    new_files.files.extend(schemas());
    if folder != Path::new(".") {
        new_files.next.insert(0, format!("cd {}", folder.display()));
    }
    write(&new_files, folder, common, stdout)
}

/// What a firm is called as long as nobody has said it: like its folder.
fn firm_name(folder: &Path) -> String {
    let whole = std::path::absolute(folder).ok();
    let name = whole.as_ref().and_then(|path| path.file_name());
    let name = name.and_then(|name| scaffold::slug(&name.to_string_lossy()));
    scaffold::spoken(&name.unwrap_or_else(|| "coaching".to_owned()))
}

/// Begins what was asked for.
pub(super) fn new(what: &New, common: &Common, stdout: &mut dyn Write) -> io::Result<Outcome> {
    match new_files(what, common) {
        Ok(new_files) => write(&new_files, &common.content, common, stdout),
        Err(outcome) => Ok(outcome),
    }
}

fn new_files(what: &New, common: &Common) -> Result<NewFiles, Outcome> {
    let New::Engagement {
        id,
        method,
        coachee,
        coach,
        manager,
        sponsor,
        hr,
        supporter,
        start,
        months,
    } = what
    else {
        return files_of_engagement(what, common);
    };
    let content = &common.content;
    if !content.join("loggia.toml").is_file() {
        let message = format!("there is no loggia.toml in `{}`", content.display());
        let hint = "`loggia init` begins a firm's folder; `--content DIR` names one";
        return Err(wrong_use(vec![Diagnostic::error(message).with_hint(hint)]));
    }
    if scaffold::slug(id).as_deref() != Some(id) {
        let message = format!("`{id}` is no id of an engagement");
        let hint = scaffold::slug(id).map(|slug| format!("call it `{slug}`"));
        return Err(wrong_use(vec![
            Diagnostic::error(message).with_hint_if(hint),
        ]));
    }
    if scaffold::is_kept_by_windows(id) {
        let problem = Diagnostic::error(format!("Windows keeps the name `{id}` for a device"));
        let hint = "call it by first name and last name, such as `nyah-adeyemi`";
        return Err(wrong_use(vec![problem.with_hint(hint)]));
    }
    let mut new_files = scaffold::engagement(&Brief {
        id: id.clone(),
        coachee: coachee.clone(),
        names: Names {
            coach: coach.clone(),
            manager: manager.clone(),
            sponsor: sponsor.clone(),
            hr: hr.clone(),
            supporters: supporter.clone(),
        },
        method: *method,
        start: start.unwrap_or_else(|| day(common.today)),
        months: *months,
    });
    new_files.next.extend(schemas_are_missing(content));
    Ok(new_files)
}

/// What to do where the first line of engagement.toml would lead nowhere.
fn schemas_are_missing(content: &Path) -> Option<String> {
    let content = content.canonicalize().ok()?;
    let schemas = content.parent()?.join("schemas");
    let is_there = schemas.join("engagement.schema.json").exists();
    let here = env::current_dir().unwrap_or_default();
    let shown = schemas.strip_prefix(here).unwrap_or(&schemas).display();
    (!is_there).then(|| format!("`loggia schema --into {shown}` lets editors check TOML"))
}

/// What belongs to an engagement that is there already.
fn files_of_engagement(what: &New, common: &Common) -> Result<NewFiles, Outcome> {
    let workspace = Workspace::open(&common.content)?;
    let id = workspace
        .find(what.engagement())
        .map_err(|problem| wrong_use(vec![problem]))?;
    let outline = workspace.outline(&id)?;
    let today = day(common.today);
    let people = participants(&id, &outline, today);
    let (start, end) = (outline.start, outline.end);
    let named = |title: &Option<String>, default: &str| {
        let title = title.clone().unwrap_or_else(|| default.to_owned());
        let slug =
            scaffold::slug(&title).unwrap_or_else(|| default.to_lowercase().replace(' ', "-"));
        (title, slug)
    };
    match what {
        New::Engagement { .. } => Ok(NewFiles::default()),
        New::Agreement { .. } => Ok(scaffold::agreement(today, &people)),
        New::Goal { title, .. } => {
            let number = scaffold::next_number(&common.content.join(&people.folder).join("goals"));
            let (title, slug) = named(title, &format!("Goal {number}"));
            Ok(scaffold::goal(number, (&title, &slug), today, &people))
        }
        New::Agenda {
            title, kind, date, ..
        } => {
            let day = date.unwrap_or_else(|| kind.day(start, end, today));
            Ok(scaffold::agenda(*kind, title.as_deref(), day, &people))
        }
        New::Round(round) => round.files(&workspace, &id, today),
        New::Update { title, date, .. } => {
            let (title, slug) = named(title, "Update");
            let day = date.unwrap_or(today);
            Ok(scaffold::update((&title, &slug), day, &people))
        }
        New::Review {
            title, kind, date, ..
        } => {
            let day = date.unwrap_or(today);
            let kind = kind.unwrap_or_else(|| ReviewKind::on(day, end));
            Ok(scaffold::review(
                &people.folder,
                kind,
                title.as_deref(),
                day,
            ))
        }
        New::Note { title, date, .. } => {
            let (title, slug) = named(title, "Note");
            let day = date.unwrap_or(today);
            Ok(scaffold::note(&people.folder, (&title, &slug), day))
        }
    }
}

/// Writes the new files, names them on standard output, and says what to do next.
fn write(
    new_files: &NewFiles,
    folder: &Path,
    common: &Common,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    if let Err(reason) = new_files.write(folder) {
        return Ok(reason.into());
    }
    for new_file in &new_files.files {
        writeln!(stdout, "{}", folder.join(&new_file.path).display())?;
    }
    let next: Vec<String> = new_files
        .next
        .iter()
        .map(|line| format!("next: {line}"))
        .collect();
    Ok(Outcome::done(next.join("\n"), Vec::new(), common.quiet))
}

pub(super) fn wrong_use(problems: Vec<Diagnostic>) -> Outcome {
    Outcome::failed(problems, WRONG_USE)
}

/// Today in UTC where it was not said: a new file's date is a proposal.
fn day(today: Option<Date>) -> Date {
    today.unwrap_or_else(|| {
        let now = Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC);
        now.date()
    })
}

impl New {
    /// The engagement it belongs to, as it was called.
    fn engagement(&self) -> &str {
        match self {
            Self::Engagement { id, .. } => id,
            Self::Round(round) => &round.engagement,
            Self::Agreement { engagement }
            | Self::Goal { engagement, .. }
            | Self::Agenda { engagement, .. }
            | Self::Update { engagement, .. }
            | Self::Review { engagement, .. }
            | Self::Note { engagement, .. } => engagement,
        }
    }
}
