//! One engagement's folder, read in the order in which its files refer to each other.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::content::folder::listing::{FileRole, RoledFile};
use crate::content::folder::open::read_text;
use crate::content::folder::{consent, listing, lock};
use crate::content::kinds::engagement_file::EngagementFile;
use crate::content::kinds::known::{Found, Known, shared};
use crate::content::kinds::people::People;
use crate::content::kinds::pulse_table::RoundDays;
use crate::content::kinds::site_words::{access, check_sealed, language, link_number};
use crate::content::kinds::{attachments, programme_table, pulse_table, zone};
use crate::content::texts;
use crate::content::toml::document::Document;
use crate::content::toml::report::Report;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::audience::{Guarded, Part};
use crate::engagement::consent::{Consent, Since};
use crate::engagement::firm::Firm;
use crate::engagement::id::EngagementId;
use crate::engagement::lock::Lock;
use crate::engagement::stakeholder::Stakeholder;
use crate::engagement::today::Today;

/// Who takes part in an engagement and when it is.
pub struct Outline {
    /// Everyone who takes part.
    pub stakeholders: Vec<Stakeholder>,
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Option<Date>,
    /// The number of all links of the engagement.
    pub link: u32,
    /// The ids that it had before, the oldest first.
    pub was: Vec<EngagementId>,
}

/// What can be read of an engagement in which something is wrong.
pub struct SoundPart {
    /// The engagement as if the broken files were not there.
    pub engagement: Engagement,
    /// Whether the record of published rounds is one of those.
    pub lacks_record: bool,
}

/// How an engagement is read.
pub(super) struct AsOf<'a> {
    /// The day.
    pub(super) today: Today<'a>,
    /// The firm, if loggia.toml could be read.
    pub(super) firm: Option<&'a Firm>,
}

impl AsOf<'_> {
    /// The time zone of an engagement that names none.
    fn zone(&self) -> TimeZone {
        self.firm
            .map_or(TimeZone::UTC, |firm| firm.timezone.clone())
    }
}

/// Reads the engagement in `folder`.
pub(super) fn engagement(
    folder: &Path,
    (id, as_of): (&EngagementId, &AsOf<'_>),
    problems: &mut Vec<Diagnostic>,
) -> Option<Engagement> {
    let listing = listing::list(folder, id.as_str(), problems);
    of_files(&listing.files, (id, as_of), problems)
}

/// Reads the engagement that consists of these files.
fn of_files(
    files: &[RoledFile],
    (id, as_of): (&EngagementId, &AsOf<'_>),
    problems: &mut Vec<Diagnostic>,
) -> Option<Engagement> {
    let is_engagement = |file: &&RoledFile| file.role == FileRole::Engagement;
    let Some(file) = files.iter().find(is_engagement) else {
        let problem =
            Diagnostic::error("this engagement has no `engagement.toml`").in_file(id.as_str());
        problems.push(problem.with_hint("every folder beside `loggia.toml` is an engagement; give it one, or move the folder away"));
        return None;
    };
    let before = problems.len();
    let document = read_text(&file.path, &file.shown)
        .map_err(|problem| problems.push(problem))
        .ok()
        .map(Document::whole);
    let file = document
        .as_ref()
        .and_then(|document| document.read(problems));
    if let Some((document, file)) = document.as_ref().zip(file) {
        let opened = Opened {
            file,
            as_of,
            is_whole: problems.len() == before,
        };
        return read((id, files), opened, document, problems);
    }
    // Without this file nobody is known, but every other file can still be looked at.
    let known = Known {
        today: as_of.today,
        zone: as_of.zone(),
        people: &People::among(&[], false),
        share: &BTreeMap::new(),
        attendees_see_agendas: false,
        goals: texts::goal_names(files, problems),
        scale: None,
        lock: None,
    };
    texts::read(files, &known, &mut Found::new(problems));
    None
}

/// Reads the engagement in `folder` without the files in which something is wrong, and without those that need them. Nothing if that
/// would be engagement.toml, or where nobody can tell in which file a problem is.
pub(super) fn sound_part(
    folder: &Path,
    (id, as_of): (&EngagementId, &AsOf<'_>),
) -> Option<SoundPart> {
    let mut problems = Vec::new();
    let mut files = listing::list(folder, id.as_str(), &mut problems).files;
    let is_record = |file: &RoledFile| file.role == FileRole::Record;
    let had_record = files.iter().any(is_record);
    loop {
        let engagement = of_files(&files, (id, as_of), &mut problems);
        let mut broken = Vec::new();
        for problem in problems.drain(..).filter(Diagnostic::is_error) {
            broken.push(problem.file()?.to_owned());
        }
        let count = files.len();
        files.retain(|file| !broken.iter().any(|broken| listing::concerns(broken, file)));
        if files.len() == count {
            return engagement.map(|engagement| SoundPart {
                engagement,
                lacks_record: had_record && !files.iter().any(is_record),
            });
        }
    }
}

/// engagement.toml as it could be read.
struct Opened<'a> {
    file: EngagementFile,
    as_of: &'a AsOf<'a>,
    /// Whether nothing of it had to be left out.
    is_whole: bool,
}

/// Reads the rest of an engagement around its engagement.toml.
#[expect(
    clippy::too_many_lines,
    reason = "an engagement is filled here, field by field"
)]
fn read(
    (id, files): (&EngagementId, &[RoledFile]),
    Opened {
        mut file,
        as_of,
        is_whole,
    }: Opened<'_>,
    document: &Document,
    problems: &mut Vec<Diagnostic>,
) -> Option<Engagement> {
    let today = as_of.today;
    let goals = texts::goal_names(files, problems);
    let lock = record(files, problems);
    let before = problems.len();
    let report = &mut Report::new(document, problems);
    let mut stakeholders = file.stakeholders(report);
    for person in &mut stakeholders {
        person.look_on(today);
    }
    let was = file.was(id.as_str(), report);
    let people = People::among(&stakeholders, is_whole && report.count() == before);
    let share = file.share.audiences(&people, report);
    let attendees_see_agendas = file.share.attendees_see_agendas();
    let unsaid = file.share.unsaid();
    let silence = file.silence(report);
    let agreed = file.share.agreed.map(|day| day.0);
    let closes = file.closes.as_ref().map(|day| day.get_ref().0);
    let around = RoundDays {
        days: file.days(),
        closes,
        lock: lock.as_ref(),
        today,
    };
    let mut pulse = pulse_table::read(file.pulse.take(), &around, report);
    let language = file.language.take().and_then(|tag| language(tag, report));
    let link = link_number(file.link.take(), report);
    let own_zone = file.timezone.take();
    let own_zone = own_zone.and_then(|text| zone::read(&text, report));
    let timezone = own_zone.unwrap_or_else(|| as_of.zone());
    let base_url = as_of.firm.and_then(|firm| firm.base_url.as_deref());
    let access = file.access.take().map(|word| {
        let mode = access(&word, report);
        check_sealed(mode, base_url, word.span(), report);
        mode
    });
    let (documents, title) = (file.documents, file.title.0.clone());
    let for_facts = shared(&share, Part::Facts);
    let roles = file.roles(&people, &for_facts);
    let assessments = file.assessments(&share, report);
    let for_reviews = shared(&share, Part::Reviews);
    let outcomes = std::mem::take(&mut file.outcome);
    let corrections = std::mem::take(&mut file.correction);
    let outcomes = programme_table::outcomes(outcomes, &for_reviews, &goals, report);
    let performance = file.performance(&people, &for_facts);
    let facts = file.facts(performance, (&goals, today), report);

    let known = Known {
        today,
        zone: timezone.clone(),
        people: &people,
        share: &share,
        attendees_see_agendas,
        goals,
        scale: is_whole.then_some(&pulse.scale),
        lock: lock.as_ref(),
    };
    let mut found = Found::new(problems);
    found.look_for_placeholders(document);
    let texts = texts::read(files, &known, &mut found);
    let is_draft = found.report_placeholders(agreed.is_some());
    let attachments = attachments::read(&found.mentions, files, documents, found.problems);
    pulse.rounds = texts.rounds;
    pulse.lock = lock;
    pulse.asking_key = asking_key(files, problems);
    Some(Engagement {
        id: id.clone(),
        was,
        title,
        is_draft,
        silence,
        agreed,
        closes,
        timezone,
        access,
        link,
        language,
        facts: Guarded::of(facts, for_facts),
        agreement: texts.agreement,
        assessments,
        outcomes,
        corrections: programme_table::corrections(corrections, &for_reviews),
        roles,
        goals: texts.goals,
        agendas: texts.agendas,
        pulse,
        updates: texts.updates,
        reviews: texts.reviews,
        attachments: attachments.shown,
        shown_sources: attachments.sources,
        attendees_see_agendas,
        unsaid,
        consent: agreed_before(files, problems),
        since: Since::new(),
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
    let report = &mut Report::new(&document, problems);
    let link = link_number(file.link.take(), report);
    let was = file.was(id.as_str(), report);
    let stakeholders = file.stakeholders(report);
    let (start, end) = file.days();
    Some(Outline {
        stakeholders,
        start,
        end,
        link,
        was,
    })
}

/// What was published of the rounds so far.
fn record(files: &[RoledFile], problems: &mut Vec<Diagnostic>) -> Option<Lock> {
    let file = files.iter().find(|file| file.role == FileRole::Record)?;
    let read = read_text(&file.path, &file.shown)
        .and_then(|source| lock::parse(&source).map_err(|problem| *problem));
    read.map_err(|problem| problems.push(problem)).ok()
}

/// What asking pages seal answers to, unread.
fn asking_key(files: &[RoledFile], problems: &mut Vec<Diagnostic>) -> Option<String> {
    let is_key = |file: &&RoledFile| file.role == FileRole::AskingKey;
    let file = files.iter().find(is_key)?;
    let read = read_text(&file.path, &file.shown).map(|source| source.text().to_owned());
    read.map_err(|problem| problems.push(problem)).ok()
}

/// What was agreed so far about who may read what.
fn agreed_before(files: &[RoledFile], problems: &mut Vec<Diagnostic>) -> Option<Consent> {
    let file = files.iter().find(|file| file.role == FileRole::Consent)?;
    let read = read_text(&file.path, &file.shown)
        .and_then(|source| consent::parse(&source).map_err(|problem| *problem));
    read.map_err(|problem| problems.push(problem)).ok()
}
