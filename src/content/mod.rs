//! Folder to engagement: the only reader of the content folder and the only place that deserialises.
//!
//! The rules it guards: what is unknown is refused, all problems of a run are told at once, and no note is ever opened;
//! [`trace`] counts and dates them.

pub mod folder;
pub mod forgotten;
pub mod kinds;
mod text;
mod toml;

mod practice;
mod reading;
pub mod schema;
mod suggest;
mod texts;

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::content::folder::leavings::{is_emacs_link, is_leaving};
use crate::content::folder::names::names;
use crate::content::folder::old_ids;
pub use crate::content::folder::open::LONGEST_TEXT;
use crate::content::folder::open::read_text;
use crate::content::folder::stand_in::StandIn;
use crate::content::folder::{links, listing};
use crate::content::kinds::passphrases::{Known, Passphrases};
use crate::content::kinds::persons::Renamed;
use crate::content::kinds::{passphrases, persons, site_file};
use crate::content::reading::AsOf;
pub use crate::content::reading::{Outline, SoundPart};
use crate::content::toml::document::Document;
use crate::content::toml::report::Report;
use crate::diagnostic::{Diagnostic, shorten, sort};
use crate::engagement::Engagement;
use crate::engagement::firm::Firm;
use crate::engagement::id::EngagementId;
use crate::engagement::link_record;
use crate::engagement::link_record::LinkRecord;
use crate::engagement::today::Today;
use crate::files::names::is_device;

/// How many engagements a folder holds at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fewest {
    /// One.
    One,
    /// None: whoever asks for an empty site gets one.
    None,
}

/// The content folder of a firm: what loggia.toml says, and where the engagements are.
pub struct Book {
    folder: PathBuf,
    /// The firm and its site.
    pub firm: Firm,
    /// The engagements by id.
    pub engagements: Vec<EngagementId>,
    /// What they were called before.
    pub renamed: Renamed,
    /// What some readers type besides having their link.
    pub passphrases: Passphrases,
    /// The highest numbers that links were published with, as links.lock holds them.
    pub link_record: Option<LinkRecord>,
}

/// Something that was read, as far as it could be, and every problem met on the way.
#[derive(Debug)]
pub struct Reading<T> {
    /// What was read; absent where an error stands in the way.
    pub value: Option<T>,
    /// Errors and warnings in the order in which they are shown.
    pub problems: Vec<Diagnostic>,
}

impl<T> Reading<T> {
    fn of(value: Option<T>, mut problems: Vec<Diagnostic>) -> Self {
        sort(&mut problems);
        let is_sound = !problems.iter().any(Diagnostic::is_error);
        if !is_sound {
            // A warning about what could be read in part would often be wrong; the next run has it if it is not.
            problems.retain(Diagnostic::is_error);
        }
        shorten(&mut problems);
        Self {
            value: value.filter(|_| is_sound),
            problems,
        }
    }
}

impl Book {
    /// Opens the content folder, and reads loggia.toml. A folder without any engagement is most likely the wrong one.
    pub fn open(folder: &Path, fewest: Fewest) -> Reading<Self> {
        let mut problems = Vec::new();
        let mut engagements = Vec::new();
        let firm = match names(folder) {
            Ok(names) => {
                let others = sorted_out(names, &mut engagements, &mut problems);
                let is_too_few = engagements.is_empty() && fewest == Fewest::One;
                if is_too_few && !problems.iter().any(Diagnostic::is_error) {
                    problems.push(no_engagement(folder));
                }
                firm(folder, others, &mut problems)
            }
            Err(error) => {
                let hint = "say with `--content DIR` where the folder is that holds `loggia.toml`";
                problems.push(Diagnostic::cannot_read(folder, &error).with_hint(hint));
                None
            }
        };
        // Whoever has a book goes on to its engagements; all problems are to be told in one run all the same.
        if problems.iter().any(Diagnostic::is_error) {
            for id in &engagements {
                // The day is told by the firm's time zone, which may be what is wrong.
                let folder = folder.join(id.as_str());
                let as_of = AsOf {
                    today: Date::MAX.into(),
                    firm: firm.as_ref(),
                };
                reading::engagement(&folder, (id, &as_of), &mut problems);
            }
        }
        let renamed = renamed(folder, &engagements, &mut problems);
        if let Some(firm) = &firm {
            persons::check_engagements(&firm.persons, &engagements, &renamed, &mut problems);
        }
        let ids = engagements.iter().chain(renamed.keys());
        let ids: Vec<String> = ids.map(EngagementId::to_string).collect();
        let known = Known {
            engagements: &ids,
            persons: firm.as_ref().map(|firm| firm.persons.as_slice()),
        };
        let passphrases = passphrases::read(folder, &known, &mut problems);
        let link_record = links::read(folder, &mut problems);
        let book = firm.map(|firm| Self {
            folder: folder.to_owned(),
            firm,
            engagements,
            renamed,
            passphrases,
            link_record,
        });
        Reading::of(book, problems)
    }

    /// Reads one engagement as of `today`, by which what has happened must have happened.
    pub fn engagement(&self, id: &EngagementId, today: Today<'_>) -> Reading<Engagement> {
        let mut problems = Vec::new();
        let folder = self.folder.join(id.as_str());
        let firm = Some(&self.firm);
        let as_of = AsOf { today, firm };
        let engagement = reading::engagement(&folder, (id, &as_of), &mut problems);
        if let Some(engagement) = &engagement {
            let passphrases = &self.passphrases;
            passphrases.check_engagement(&self.firm, engagement, &mut problems);
            persons::check_people(&self.firm.persons, engagement, &mut problems);
        }
        Reading::of(engagement, problems)
    }

    /// Reads what can be read of an engagement as if the files were not there in which something is wrong.
    pub fn sound_part(&self, id: &EngagementId, today: Today<'_>) -> Option<SoundPart> {
        let firm = Some(&self.firm);
        reading::sound_part(&self.folder.join(id.as_str()), (id, &AsOf { today, firm }))
    }

    /// Reads who takes part in an engagement and when it is, and none of its other files.
    pub fn outline(&self, id: &EngagementId) -> Reading<Outline> {
        let mut problems = Vec::new();
        let outline = reading::outline(&self.folder.join(id.as_str()), id, &mut problems);
        Reading::of(outline, problems)
    }

    /// Returns what a good coach would look at again on `today`.
    pub fn advice(&self, engagement: &Engagement, today: Today<'_>) -> Vec<Diagnostic> {
        practice::warnings(engagement, today)
    }

    /// Returns a hint that names the engagement that `word` most likely stands for, or all of them.
    pub fn suggestion(&self, word: &str) -> Option<String> {
        suggest::hint(word, self.engagements.iter().map(EngagementId::as_str))
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// What the names of keys begin with that were replaced.
const OLD_KEYS: [&str; 2] = ["loggia.key.old-", "answers.key.old-"];

/// The drafts of keys that are to be replaced.
const KEY_DRAFTS: [&str; 2] = ["loggia.key.new", "answers.key.new"];

/// The key that opens answers, which nothing in this folder reads.
const ANSWERS_KEY: &str = "answers.key";

/// Tells engagements and leavings from the files of the content folder, and returns the others.
fn sorted_out(
    names: Vec<(String, fs::FileType)>,
    engagements: &mut Vec<EngagementId>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let mut others = Vec::new();
    for (name, kind) in names {
        if kind.is_symlink() && !is_emacs_link(&name) {
            problems.push(listing::linked(&name));
        } else if is_leaving(&name) {
            // What is passed over is told from the inputs of a build.
        } else if is_kept_key(&name) && kind.is_file() {
            // Kept by a change of the key, or left by one that was killed; nothing reads it.
        } else if kind.is_dir() {
            engagements.extend(engagement_id(&name, problems));
        } else if !matches!(
            name.as_str(),
            "loggia.toml" | "loggia.key" | ANSWERS_KEY | passphrases::FILE | link_record::FILE_NAME
        ) {
            others.push(name);
        }
    }
    others
}

/// Whether a file beside loggia.toml is a key that was replaced, or the draft of one.
fn is_kept_key(name: &str) -> bool {
    OLD_KEYS.iter().any(|start| name.starts_with(start)) || KEY_DRAFTS.contains(&name)
}

/// What the engagements were called before. An old name that is another folder's, now or before, is an error.
fn renamed(folder: &Path, engagements: &[EngagementId], problems: &mut Vec<Diagnostic>) -> Renamed {
    let mut renamed = Renamed::new();
    for id in engagements {
        let file = format!("{id}/engagement.toml");
        // What is wrong there is told when the engagement is read.
        let text = read_text(&folder.join(&file), &file);
        let old = text.map_or_else(
            |_| Vec::new(),
            |source| old_ids::of_engagement(source.text()),
        );
        for old in old {
            let is_taken = engagements.contains(&old) && old != *id;
            if is_taken || renamed.get(&old).is_some_and(|other| other != id) {
                let message = format!(
                    "`{old}` in `was` is also the name of another engagement, now or before"
                );
                let hint = "a name that was given once stays taken: give the new folder another one, or take it out of `was` if this folder never was called so";
                problems.push(Diagnostic::error(message).in_file(&*file).with_hint(hint));
            }
            renamed.insert(old, id.clone());
        }
    }
    renamed
}

fn no_engagement(folder: &Path) -> Diagnostic {
    Diagnostic::error(format!("there is no engagement in `{}`", folder.display()))
        .with_hint(
            "an engagement is a folder that holds `engagement.toml`; to take the last portals down, build an empty site with \
             `loggia build --empty`",
        )
}

/// Reads loggia.toml, and refuses every file among `others` that it does not name.
fn firm(folder: &Path, others: Vec<String>, problems: &mut Vec<Diagnostic>) -> Option<Firm> {
    let file = folder.join("loggia.toml");
    let found = fs::symlink_metadata(&file);
    let firm = if found.as_ref().is_ok_and(fs::Metadata::is_symlink) {
        None
    } else if found.is_err() {
        let problem = Diagnostic::error("there is no `loggia.toml`").in_file("loggia.toml");
        problems.push(problem.with_hint(
            "it names the firm and its site: write `[firm]`, and below it `name = \"…\"`",
        ));
        None
    } else {
        match read_text(&file, "loggia.toml") {
            Ok(source) => {
                let terms = site_file::terms_in(source.text());
                let document = Document::whole(source.withholding(terms));
                site_file::read(folder, &mut Report::new(&document, problems))
            }
            Err(problem) => {
                problems.push(problem);
                None
            }
        }
    };
    let logo = firm.as_ref().and_then(|firm| firm.logo_file.clone());
    for name in others {
        if let Some(problem) = stands_for_another(folder, &name, logo.as_deref()) {
            problems.push(problem);
        } else if Some(&name) != logo.as_ref() {
            let hint =
                "beside `loggia.toml` there are folders of engagements, the key and the logo";
            let problem = Diagnostic::error("this file has no role").in_file(name);
            problems.push(problem.with_hint(hint));
        }
    }
    firm
}

/// The problem with a file beside loggia.toml that stands for one of the firm's, or is a copy of one.
fn stands_for_another(folder: &Path, name: &str, logo: Option<&str>) -> Option<Diagnostic> {
    let is_ours = |original: &str| {
        matches!(
            original,
            "loggia.toml" | "loggia.key" | ANSWERS_KEY | passphrases::FILE
        ) || original.ends_with(".lock")
            || Some(original) == logo
    };
    let mut candidates = StandIn::candidates(name);
    let is_likely = |stand_in: &StandIn| match stand_in {
        StandIn::Placeholder(_) | StandIn::Conflict(_) => true,
        StandIn::Copy(original) => Some(name) != logo && folder.join(original).exists(),
    };
    let stand_in =
        candidates.find(|stand_in| is_ours(stand_in.original()) && is_likely(stand_in))?;
    Some(stand_in.problem(name))
}

fn engagement_id(name: &str, problems: &mut Vec<Diagnostic>) -> Option<EngagementId> {
    let id = EngagementId::parse(name);
    if is_device(name) {
        problems.push(
            Diagnostic::error("Windows keeps this name for a device")
                .in_file(name)
                .with_hint("call the folder by first name and last name, such as `nyah-adeyemi`"),
        );
        return None;
    }
    if id.is_none() {
        let hint = "an engagement's folder is named in lower-case words joined by hyphens, such as `nyah-adeyemi`";
        problems.push(
            Diagnostic::error(format!("`{name}` is no id of an engagement"))
                .in_file(name)
                .with_hint(hint),
        );
    }
    id
}
