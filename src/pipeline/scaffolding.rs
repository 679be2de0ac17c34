//! What a new file needs to know of the engagement it is for, in plain values; and the files that need nothing of an engagement: themes and schemas.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::content::schema::FileSchema;
use crate::content::{Outline, schema};
use crate::diagnostic::Diagnostic;
use crate::engagement::goal::Goal;
use crate::engagement::id::{EngagementId, GroupId};
use crate::engagement::pulse::{Round, Scale};
use crate::engagement::stakeholder::{GROUPS, Presence, Role, Stakeholder};
use crate::pipeline::problems::{Failure, FailureKind};
use crate::pipeline::workspace::Workspace;
use crate::progress::answers::answers;
use crate::render::theme::Theme;
use crate::scaffold::survey::{EarlierRound, Question, Respondent, Survey};
use crate::scaffold::{NewFile, NewFiles, Participants};

/// The default theme, as files of a firm's own.
pub fn default_theme() -> NewFiles {
    let files = Theme::files().map(|(path, text)| NewFile {
        path: path.to_owned(),
        text: text.to_owned(),
    });
    let (path, text) = Theme::version_file();
    let version = NewFile {
        path: path.to_owned(),
        text,
    };
    NewFiles {
        files: files.chain([version]).collect(),
        next: Vec::new(),
    }
}

/// The kinds of files that a coach writes, each with what may stand in it.
pub fn file_kinds() -> Vec<FileSchema> {
    schema::all()
}

/// The schemas of the files that editors can check as a whole, in the folder where those files look for them.
pub fn schemas() -> Vec<NewFile> {
    let kinds = file_kinds().into_iter();
    let new_files = kinds
        .filter(|kind| kind.files.ends_with(".toml"))
        .map(|kind| NewFile {
            path: format!("schemas/{}", kind.file_name()),
            text: kind.text(),
        });
    new_files.collect()
}

impl Workspace {
    /// Returns the engagement that the coach calls `word`, or says which ones there are.
    pub fn find(&self, word: &str) -> Result<EngagementId, Diagnostic> {
        let known = &self.book.engagements;
        let found = known.iter().find(|id| id.as_str() == word);
        let mut renamed = self.book.renamed.iter();
        let mut old = || renamed.find(|(old, _)| old.as_str() == word);
        let found = found.or_else(|| old().map(|(_, now)| now));
        found.cloned().ok_or_else(|| {
            let problem = Diagnostic::error(format!("there is no engagement `{word}`"));
            problem.with_hint_if(self.book.suggestion(word))
        })
    }

    /// Returns who takes part in an engagement and when it is, whatever the state of its other files.
    pub fn outline(&self, id: &EngagementId) -> Result<Outline, Failure> {
        let reading = self.book.outline(id);
        let problems = reading.problems;
        reading
            .value
            .ok_or_else(|| Failure::of(FailureKind::Content, problems))
    }

    /// Returns what raters are asked and who they are.
    pub fn survey(&self, id: &EngagementId, today: Date) -> Result<Survey, Failure> {
        let reading = self.book.engagement(id, today.into());
        let Some(engagement) = reading.value else {
            return Err(Failure::of(FailureKind::Content, reading.problems));
        };
        // Raters are shown the question anyway. It is read as the coachee reads it, who agreed to it.
        let reader = engagement.coachee();
        let question = |goal: &Goal| {
            let wording = reader
                .as_ref()
                .and_then(|reader| goal.wording.reveal_to(reader));
            Question {
                goal: goal.id.to_string(),
                title: wording.map_or_else(|| goal.id.to_string(), |wording| wording.title.clone()),
                behaviour: wording.and_then(|wording| wording.behaviour.clone()),
                raters: goal
                    .supporters
                    .as_ref()
                    .map(|ids| ids.iter().map(ToString::to_string).collect()),
            }
        };
        // Whoever is to come or has left is not asked.
        let people = engagement.stakeholders.iter();
        let people = people.filter(|person| person.presence == Presence::Here);
        let groups = engagement.stakeholders.iter();
        let groups = groups.flat_map(|person| person.time.groups());
        let groups: BTreeSet<&str> = groups.map(GroupId::as_str).chain(GROUPS).collect();
        let language = engagement.language.as_ref();
        let (low, high) = match &engagement.pulse.scale {
            Scale::Change => (None, None),
            Scale::Level { low, high, .. } => (low.clone(), high.clone()),
        };
        Ok(Survey {
            questions: engagement.goals.iter().map(question).collect(),
            people: people.map(respondent).collect(),
            scale: (engagement.pulse.scale.from(), engagement.pulse.scale.to()),
            is_change: engagement.pulse.scale == Scale::Change,
            words: engagement.pulse.words.clone(),
            language: language.unwrap_or(&self.book.firm.language).clone(),
            low,
            high,
            groups: groups.into_iter().map(str::to_owned).collect(),
            earlier: engagement.pulse.rounds.iter().map(earlier).collect(),
        })
    }
}

fn earlier(round: &Round) -> EarlierRound {
    EarlierRound {
        day: round.date,
        answers: answers(round),
    }
}

fn respondent(person: &Stakeholder) -> Respondent {
    Respondent {
        id: person.id.to_string(),
        name: person.name.clone(),
        email: person.email.clone(),
        rates_all: matches!(person.role, Role::Coachee | Role::Manager),
        never_rates: person.role == Role::Coach,
    }
}

/// Who takes part on `today`, as a new file needs to know it.
pub fn participants(id: &EngagementId, outline: &Outline, today: Date) -> Participants {
    let people = outline.stakeholders.iter();
    let here = people.filter(|person| person.time.presence_on(today.into()) == Presence::Here);
    let here: Vec<&Stakeholder> = here.collect();
    let is_of = |person: &&Stakeholder, role| person.time.capacity_on(today.into()).role == role;
    let of = |role: Role| {
        here.iter()
            .copied()
            .filter(move |person| is_of(person, role))
    };
    let first = |role: Role| of(role).next().map(|person| person.id.to_string());
    let coachee = of(Role::Coachee).next();
    Participants {
        folder: id.to_string(),
        coachee: first(Role::Coachee).unwrap_or_default(),
        name: coachee.map_or_else(String::new, |person| person.name.clone()),
        coach: first(Role::Coach),
        manager: first(Role::Manager),
        sponsor: first(Role::Sponsor),
        hr: first(Role::Hr),
        supporters: of(Role::Supporter)
            .map(|person| person.id.to_string())
            .collect(),
    }
}
