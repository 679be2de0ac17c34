//! The files of the content folder, each with its role.
//!
//! The rule it guards: a file with no role is an error, a link is an error, and `notes/` is not listed here.

use std::fs;
use std::fs::FileType;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::content::folder::leavings::{is_emacs_link, is_leaving};
use crate::content::folder::names::unkeepable;
use crate::content::folder::stand_in::StandIn;
use crate::content::suggest;
use crate::diagnostic::Diagnostic;
use crate::engagement::id::is_slug;
use crate::engagement::kind::{ItemKind, NameForm};

/// What a file of an engagement is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::content) enum FileRole {
    /// `engagement.toml`.
    Engagement,
    /// `agreement.md`.
    Agreement,
    /// A goal with its number and id.
    Goal { number: u32, id: String },
    /// A meeting; the day from its name and its id.
    Agenda(Date, String),
    /// The ratings of a round.
    Round(Date),
    /// What the coach says about a round.
    Themes(Date),
    /// What was published of the rounds.
    Record,
    /// What asking pages seal answers to.
    AskingKey,
    /// What was agreed about who may read what.
    Consent,
    /// A piece of news.
    Update(Date, String),
    /// A review.
    Review(Date, String),
    /// A picture or document, by its name.
    File(String),
}

/// A file with its role.
#[derive(Debug, Clone)]
pub(in crate::content) struct RoledFile {
    /// Where it is.
    pub(in crate::content) path: PathBuf,
    /// Its path inside the content folder, with `/` between names.
    pub(in crate::content) shown: String,
    /// What it is.
    pub(in crate::content) role: FileRole,
}

impl RoledFile {
    /// Its path inside the engagement's folder.
    pub(in crate::content) fn path_inside(&self) -> String {
        let inside = self.shown.split_once('/').map(|(_, inside)| inside);
        inside.unwrap_or_default().to_owned()
    }
}

/// The files of one folder.
#[derive(Debug, Default)]
pub(in crate::content) struct Listing {
    /// Files with a role, by name.
    pub(in crate::content) files: Vec<RoledFile>,
}

/// Lists the files of the engagement in `folder`, whose name is `id`. `notes/` is not even opened.
pub(in crate::content) fn list(folder: &Path, id: &str, problems: &mut Vec<Diagnostic>) -> Listing {
    let mut listing = Listing::default();
    for (inside, kind) in sorted(folder, id, "", problems) {
        let shown = format!("{id}/{inside}");
        if !kind.is_dir() {
            listing.add(folder, shown, &inside, kind, problems);
        } else if !ItemKind::folders().contains(&inside.as_str()) {
            problems.push(roleless_folder(&shown, &inside));
        } else if inside != ItemKind::Note.place() {
            for (inside, kind) in sorted(folder, id, &inside, problems) {
                let shown = format!("{id}/{inside}");
                if kind.is_dir() {
                    problems.push(roleless_folder(&shown, &inside));
                } else {
                    listing.add(folder, shown, &inside, kind, problems);
                }
            }
        }
    }
    listing
}

impl Listing {
    /// Adds a file with its role, or says that it has none.
    fn add(
        &mut self,
        folder: &Path,
        shown: String,
        inside: &str,
        kind: FileType,
        problems: &mut Vec<Diagnostic>,
    ) {
        if !kind.is_file() {
            problems.push(irregular(&shown));
            return;
        }
        if let Some(problem) = stands_for_another(folder, inside, &shown) {
            problems.push(problem);
            return;
        }
        match role(inside) {
            Ok(role) => self.files.push(RoledFile {
                path: folder.join(inside),
                shown,
                role,
            }),
            Err(hint) => {
                let problem = Diagnostic::error("this file has no role").in_file(shown);
                problems.push(problem.with_hint(hint));
            }
        }
    }
}

/// The files and folders in `part` of an engagement's folder by their paths inside that, links and leavings apart.
fn sorted(
    folder: &Path,
    id: &str,
    part: &str,
    problems: &mut Vec<Diagnostic>,
) -> Vec<(String, FileType)> {
    let place = folder.join(part);
    let entries = fs::read_dir(&place).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let entries = entries.unwrap_or_else(|error| {
        problems.push(Diagnostic::cannot_read(&place, &error));
        Vec::new()
    });
    let mut sorted = Vec::new();
    for entry in entries {
        let name = entry.file_name();
        let inside = if part.is_empty() {
            name.to_string_lossy().into_owned()
        } else {
            format!("{part}/{}", name.to_string_lossy())
        };
        let shown = format!("{id}/{inside}");
        match (name.to_str(), entry.file_type()) {
            (_, Err(error)) => problems.push(Diagnostic::cannot_read(&entry.path(), &error)),
            (None, _) => {
                let problem = Diagnostic::error("the name of this file is not UTF-8");
                problems.push(problem.in_file(shown));
            }
            (Some(name), Ok(kind)) if kind.is_symlink() && !is_emacs_link(name) => {
                problems.push(linked(&shown));
            }
            (Some(name), Ok(_)) if is_leaving(name) => {}
            (Some(_), Ok(kind)) => sorted.push((inside, kind)),
        }
    }
    sorted.sort_by(|one, other| one.0.cmp(&other.0));
    problems.extend(unkeepable(
        id,
        part,
        sorted.iter().map(|(inside, _)| &**inside),
    ));
    sorted
}

/// The problem with a file that stands for one with a role, or is a copy of one.
fn stands_for_another(engagement: &Path, inside: &str, shown: &str) -> Option<Diagnostic> {
    let start = inside.rfind('/').map_or(0, |place| place + 1);
    let is_meant = |stand_in: &StandIn| {
        let original = format!("{}{}", &inside[..start], stand_in.original());
        match (stand_in, role(&original)) {
            (_, Err(_)) => false,
            (StandIn::Placeholder(_), Ok(_)) => true,
            // In `files/` anything may be called so, as `Plan (Konflikt).pdf`.
            (StandIn::Conflict(_), Ok(FileRole::File(_))) => engagement.join(original).exists(),
            (StandIn::Conflict(_), Ok(_)) => true,
            (StandIn::Copy(_), Ok(_)) => {
                role(inside).is_err() && engagement.join(original).exists()
            }
        }
    };
    let stand_in = StandIn::candidates(&inside[start..]).find(is_meant)?;
    Some(stand_in.problem(shown))
}

/// Whether what is wrong with the file at `broken` may be wrong with `file`: it is the same, or one of two that stand for each other.
pub(in crate::content) fn concerns(broken: &str, file: &RoledFile) -> bool {
    let start = broken.rfind('/').map_or(0, |place| place + 1);
    let (folder, name) = broken.split_at(start);
    let is_original = |stand_in: StandIn| {
        let original = file.shown.strip_prefix(folder);
        original.is_some_and(|original| original == stand_in.original())
    };
    broken == file.shown || StandIn::candidates(name).any(is_original)
}

pub(in crate::content) fn irregular(shown: &str) -> Diagnostic {
    Diagnostic::error("this is no file that holds text or a picture")
        .in_file(shown)
        .with_hint("remove it, or put the file itself here")
}

/// The problem with a symbolic link.
pub(in crate::content) fn linked(shown: &str) -> Diagnostic {
    Diagnostic::error("this is a symbolic link")
        .in_file(shown)
        .with_hint("links could lead out of the folder; put the file itself here")
}

fn roleless_folder(shown: &str, inside: &str) -> Diagnostic {
    let folders = ItemKind::folders();
    let hint = match suggest::closest(inside, folders.iter().copied()) {
        _ if inside.contains('/') => "folders of an engagement hold no folders".to_owned(),
        Some(name) => format!("did you mean `{name}`?"),
        None => {
            let folders: Vec<String> = folders.iter().map(|name| format!("`{name}`")).collect();
            format!("an engagement holds the folders {}", folders.join(", "))
        }
    };
    Diagnostic::error("this folder has no role")
        .in_file(shown)
        .with_hint(hint)
}

/// The role of the file at `inside` its engagement, or a hint about what would be one.
fn role(inside: &str) -> Result<FileRole, String> {
    let (folder, name) = match inside.rsplit_once('/') {
        Some((folder, name)) => (Some(folder), name),
        None => (None, inside),
    };
    let mut kinds = ItemKind::in_folder(folder);
    kinds.find_map(|kind| role_of(kind, name)).ok_or_else(|| {
        // Some editors add their own ending, and most file managers hide it.
        let meant = name
            .strip_suffix(".txt")
            .filter(|meant| meant.contains('.'));
        let is_meant =
            |meant: &&str| ItemKind::in_folder(folder).any(|kind| role_of(kind, meant).is_some());
        match meant.filter(is_meant) {
            Some(meant) => format!("take `.txt` off its name: `{meant}`"),
            None => naming(folder),
        }
    })
}

/// The role of a file of this kind that is called so; nothing if files of this kind are called otherwise.
fn role_of(kind: ItemKind, name: &str) -> Option<FileRole> {
    let named = Named::read(kind.row().name, name)?;
    match (kind, named) {
        (ItemKind::Engagement, Named::Fixed) => Some(FileRole::Engagement),
        (ItemKind::Agreement, Named::Fixed) => Some(FileRole::Agreement),
        (ItemKind::Goal, Named::Numbered(number, id)) => Some(FileRole::Goal { number, id }),
        (ItemKind::Agenda, Named::Dated(day, id)) => Some(FileRole::Agenda(day, id)),
        (ItemKind::Round, Named::Day(day)) => Some(FileRole::Round(day)),
        (ItemKind::Themes, Named::Day(day)) => Some(FileRole::Themes(day)),
        (ItemKind::Record, Named::Fixed) => Some(FileRole::Record),
        (ItemKind::AskingKey, Named::Fixed) => Some(FileRole::AskingKey),
        (ItemKind::Consent, Named::Fixed) => Some(FileRole::Consent),
        (ItemKind::Update, Named::Dated(day, id)) => Some(FileRole::Update(day, id)),
        (ItemKind::Review, Named::Dated(day, id)) => Some(FileRole::Review(day, id)),
        (ItemKind::File, Named::Any(name)) => Some(FileRole::File(name)),
        // A note has no role in a build: its folder is not listed.
        (ItemKind::Note, _) => None,
        // Each kind has one form of name, above.
        (
            ItemKind::Engagement
            | ItemKind::Agreement
            | ItemKind::Goal
            | ItemKind::Agenda
            | ItemKind::Round
            | ItemKind::Themes
            | ItemKind::Record
            | ItemKind::AskingKey
            | ItemKind::Consent
            | ItemKind::Update
            | ItemKind::Review
            | ItemKind::File,
            _,
        ) => None,
    }
}

/// What the name of a file says.
enum Named {
    Fixed,
    Numbered(u32, String),
    Dated(Date, String),
    Day(Date),
    Any(String),
}

impl Named {
    /// Reads a name of this form.
    fn read(form: NameForm, name: &str) -> Option<Self> {
        match form {
            NameForm::Fixed(fixed) => (name == fixed).then_some(Self::Fixed),
            NameForm::NumberAndId => numbered(name),
            NameForm::DayAndTopic => dated(name),
            NameForm::Day(ending) => name.strip_suffix(ending).and_then(day).map(Self::Day),
            NameForm::Any => Some(Self::Any(name.to_owned())),
        }
    }
}

/// What is said of a file that has no role in this folder.
fn naming(folder: Option<&str>) -> String {
    let Some(folder) = folder else {
        return "an engagement's folder holds `engagement.toml`, `agreement.md` and folders such as `goals` and `notes`"
            .to_owned();
    };
    let Some(kind) = ItemKind::in_folder(Some(folder)).next() else {
        return "folders of an engagement hold no folders".to_owned();
    };
    let example = example(kind);
    match kind.row().name {
        NameForm::NumberAndId => {
            format!("files in `{folder}` are called by number and id, such as {example}")
        }
        NameForm::DayAndTopic => format!(
            "files in `{folder}` are called by day and topic in lower case, such as {example}"
        ),
        NameForm::Day(_) => {
            format!("a round is called by its closing date, such as {example}")
        }
        NameForm::Fixed(_) | NameForm::Any => {
            format!("files in `{folder}` are called like {example}")
        }
    }
}

/// What a file of this kind could be called, for whoever has called one otherwise.
fn example(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Engagement => "`engagement.toml`",
        ItemKind::Agreement => "`agreement.md`",
        ItemKind::Goal => "`1-concise-in-the-room.md`",
        ItemKind::Agenda => "`2026-02-03-calibration.md`",
        ItemKind::Round | ItemKind::Themes => "`2026-03-02.csv` and `2026-03-02.md`",
        ItemKind::Record => "`rounds.lock`",
        ItemKind::AskingKey => "`asking.pub`",
        ItemKind::Consent => "`share.lock`",
        ItemKind::Update => "`2026-03-15-first-month.md`",
        ItemKind::Review => "`2026-07-14-midpoint.md`",
        ItemKind::Note => "`2026-02-10-session.md`",
        ItemKind::File => "`whiteboard.png`",
    }
}

fn numbered(name: &str) -> Option<Named> {
    let (number, id) = name.strip_suffix(".md")?.split_once('-')?;
    let is_number =
        !number.is_empty() && number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    let number = (is_number && is_slug(id)).then(|| number.parse().ok())??;
    Some(Named::Numbered(number, id.to_owned()))
}

/// The day and the whole stem of a name such as `2026-02-03-calibration.md`; the topic may be absent.
fn dated(name: &str) -> Option<Named> {
    let stem = name.strip_suffix(".md")?;
    let (date, rest) = (stem.get(..10)?, stem.get(10..)?);
    let is_topic = rest.is_empty() || rest.strip_prefix('-').is_some_and(is_slug);
    (is_topic && is_slug(stem)).then(|| day(date).map(|day| Named::Dated(day, stem.to_owned())))?
}

/// A day as `2026-02-03`, exactly.
fn day(text: &str) -> Option<Date> {
    let date: Date = text.parse().ok()?;
    (date.to_string() == text).then_some(date)
}

/// The path of `path` inside `folder`, with `/` between names.
pub(in crate::content) fn inside(folder: &Path, path: &Path) -> String {
    let rest = path.strip_prefix(folder).unwrap_or(path);
    let names: Vec<String> = rest
        .iter()
        .map(|name| name.to_string_lossy().into_owned())
        .collect();
    names.join("/")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{FileRole, role};

    #[test]
    fn names_that_decide_have_a_role() {
        let day = date(2026, 2, 3);
        let goal = |number, id: &str| FileRole::Goal {
            number,
            id: id.to_owned(),
        };
        for (good, expected) in [
            ("engagement.toml", FileRole::Engagement),
            ("agreement.md", FileRole::Agreement),
            ("goals/1-a.md", goal(1, "a")),
            ("goals/10-a-b.md", goal(10, "a-b")),
            (
                "agendas/2026-02-03-x.md",
                FileRole::Agenda(day, "2026-02-03-x".to_owned()),
            ),
            (
                "updates/2026-02-03.md",
                FileRole::Update(day, "2026-02-03".to_owned()),
            ),
            (
                "reviews/2026-02-03-x.md",
                FileRole::Review(day, "2026-02-03-x".to_owned()),
            ),
            ("pulse/2026-02-03.csv", FileRole::Round(day)),
            ("pulse/2026-02-03.md", FileRole::Themes(day)),
            ("pulse/rounds.lock", FileRole::Record),
            ("pulse/asking.pub", FileRole::AskingKey),
            ("share.lock", FileRole::Consent),
            ("files/A b.png", FileRole::File("A b.png".to_owned())),
        ] {
            assert_eq!(role(good), Ok(expected), "{good}");
        }
    }

    #[test]
    fn names_that_decide_are_exact() {
        for (bad, hint) in [
            ("engagment.toml", "an engagement's folder holds"),
            ("Agreement.md", "an engagement's folder holds"),
            ("agreements.md", "an engagement's folder holds"),
            ("Engagement.toml", "an engagement's folder holds"),
            ("notes.md", "an engagement's folder holds"),
            ("goals/a.md", "files in `goals`"),
            ("goals/1_a.md", "files in `goals`"),
            ("goals/1-A.md", "files in `goals`"),
            ("goals/1-a.MD", "files in `goals`"),
            ("goals/1-a.markdown", "files in `goals`"),
            ("goals/1-a.md.txt", "take `.txt` off its name: `1-a.md`"),
            ("goals/a.md.txt", "files in `goals`"),
            ("agendas/2026-2-3-x.md", "files in `agendas`"),
            ("agendas/2026-02-30-x.md", "files in `agendas`"),
            ("agendas/x.md", "files in `agendas`"),
            ("agendas/2026-02-03_x.md", "files in `agendas`"),
            ("updates/x.md", "files in `updates`"),
            ("reviews/x.md", "files in `reviews`"),
            ("pulse/2026-02.csv", "a round is called"),
            ("pulse/2026-02-03.CSV", "a round is called"),
            ("pulse/2026-02-03.tsv", "a round is called"),
            (
                "goals/sub/1-a.md",
                "folders of an engagement hold no folders",
            ),
            ("pulse/round.lock", "a round is called"),
        ] {
            let told = role(bad).unwrap_err();
            assert!(told.starts_with(hint), "{bad}: {told}");
        }
    }
}
