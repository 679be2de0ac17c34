//! One engagement's folder, read in the order in which its files refer to each other.

use std::collections::BTreeMap;
use std::path::Path;

use crate::content::Outline;
use crate::content::folder::listing::{FileRole, RoledFile};
use crate::content::folder::open::read_text;
use crate::content::folder::{listing, lock};
use crate::content::kinds::engagement_file::EngagementFile;
use crate::content::kinds::people::People;
use crate::content::kinds::prose::Mentions;
use crate::content::kinds::site_file::{access, language};
use crate::content::kinds::{attachments, pulse_table};
use crate::content::schema::front_matter_keys;
use crate::content::texts::{Folder, shared};
use crate::content::toml::document::Document;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::audience::{Guarded, Part};
use crate::engagement::id::EngagementId;
use crate::engagement::lock::Lock;

/// Reads the engagement in `folder`.
pub(super) fn engagement(
    folder: &Path,
    id: &EngagementId,
    problems: &mut Vec<Diagnostic>,
) -> Option<Engagement> {
    let listing = listing::list(folder, id.as_str(), problems);
    let is_engagement = |file: &&RoledFile| file.role == FileRole::Engagement;
    let Some(file) = listing.files.iter().find(is_engagement) else {
        let problem =
            Diagnostic::error("this engagement has no `engagement.toml`").in_file(id.as_str());
        problems.push(problem.with_hint("every folder beside `loggia.toml` is an engagement; give it one, or move the folder away"));
        return None;
    };
    let before = problems.len();
    let document = match read_text(&file.path, &file.shown) {
        Ok(source) => Some(Document::whole(source)),
        Err(problem) => {
            problems.push(problem);
            None
        }
    };
    let file = document
        .as_ref()
        .and_then(|document| Some((document.read(problems)?, document)));
    if let Some((file, document)) = file {
        let is_whole = problems.len() == before;
        return read(id, file, document, is_whole, &listing.files, problems);
    }
    // Without this file nobody is known, but every other file can still be looked at.
    let mut folder = Folder {
        files: &listing.files,
        people: &People::some_of(&[]),
        share: &BTreeMap::new(),
        goals: Vec::new(),
        mentions: Mentions::new(),
        front_matter_keys: front_matter_keys().into(),
        problems,
    };
    folder.read(None, &[]);
    None
}

/// Reads the rest of an engagement around its engagement.toml; `is_whole` says that nothing of that had to be left out.
fn read(
    id: &EngagementId,
    mut file: EngagementFile,
    document: &Document,
    is_whole: bool,
    files: &[RoledFile],
    problems: &mut Vec<Diagnostic>,
) -> Option<Engagement> {
    let before = problems.len();
    let stakeholders = file.stakeholders(document, problems);
    let people = if is_whole && problems.len() == before {
        People::all_of(&stakeholders)
    } else {
        People::some_of(&stakeholders)
    };
    let share = file.share.audiences(&people, document, problems);
    let agenda_words = file.share.agenda_words();
    let mut pulse = pulse_table::read(file.pulse.take(), document, problems);
    pulse.lock = record(files, problems);
    let mut folder = Folder {
        files,
        people: &people,
        share: &share,
        goals: Vec::new(),
        mentions: Mentions::new(),
        front_matter_keys: front_matter_keys().into(),
        problems,
    };
    let texts = folder.read(is_whole.then_some(&pulse.scale), &agenda_words);
    let mentions = folder.mentions;
    let attachments = attachments::read(&mentions, files, file.documents, problems);
    pulse.rounds = texts.rounds;

    let silence = file.silence(document, problems);
    let agreed = file.share.agreed.map(|day| day.0);
    let closes = file.closes.as_ref().map(|day| day.get_ref().0);
    let language = file
        .language
        .take()
        .and_then(|tag| language(tag, document, problems));
    let access = file
        .access
        .take()
        .map(|word| access(&word, document, problems));
    let for_facts = shared(&share, Part::Facts);
    let roles = file.roles(&people, &for_facts);
    let performance = file.performance(&people, &for_facts);
    Some(Engagement {
        id: id.clone(),
        title: file.title.0.clone(),
        silence,
        agreed,
        closes,
        access,
        language,
        facts: Guarded::of(file.facts(performance, document, problems), for_facts),
        roles,
        goals: texts.goals,
        agendas: texts.agendas,
        pulse,
        updates: texts.updates,
        reviews: texts.reviews,
        attachments,
        attendees_see_agendas: agenda_words.iter().any(|(word, _)| word == "attendees"),
        share,
        stakeholders,
    })
}

/// Reads engagement.toml of `folder` alone.
pub(super) fn outline(
    folder: &Path,
    id: &EngagementId,
    problems: &mut Vec<Diagnostic>,
) -> Option<Outline> {
    let shown = format!("{id}/engagement.toml");
    let document = read_text(&folder.join("engagement.toml"), &shown)
        .map_err(|problem| problems.push(problem))
        .ok()?;
    let document = Document::whole(document);
    let mut file: EngagementFile = document.read(problems)?;
    let stakeholders = file.stakeholders(&document, problems);
    let (start, end) = file.days();
    Some(Outline {
        stakeholders,
        start,
        end,
    })
}

/// What was published of the rounds so far.
fn record(files: &[RoledFile], problems: &mut Vec<Diagnostic>) -> Option<Lock> {
    let file = files.iter().find(|file| file.role == FileRole::Lock)?;
    let read = read_text(&file.path, &file.shown)
        .and_then(|source| lock::parse(&source).map_err(|problem| *problem));
    read.map_err(|problem| problems.push(problem)).ok()
}
