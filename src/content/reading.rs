//! One engagement's folder, read in the order in which its files refer to each other.

use std::collections::BTreeMap;
use std::path::Path;

use crate::content::Outline;
use crate::content::agenda_file;
use crate::content::document::Document;
use crate::content::engagement_file::EngagementFile;
use crate::content::files;
use crate::content::folder;
use crate::content::folder::FileRole;
use crate::content::folder::RoledFile;
use crate::content::folder::read_text;
use crate::content::front_matter;
use crate::content::front_matter::FrontMatter;
use crate::content::goal_file;
use crate::content::lock;
use crate::content::people::People;
use crate::content::people::Words;
use crate::content::prose::Mentions;
use crate::content::pulse_table;
use crate::content::rounds;
use crate::content::rounds::Survey;
use crate::content::site_file::access;
use crate::content::site_file::language;
use crate::content::story_file;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::agenda::Agenda;
use crate::engagement::audience::Audience;
use crate::engagement::audience::Guarded;
use crate::engagement::audience::Part;
use crate::engagement::goal::Goal;
use crate::engagement::id::EngagementId;
use crate::engagement::id::GoalId;
use crate::engagement::id::ItemId;
use crate::engagement::lock::Lock;
use crate::engagement::pulse::Round;
use crate::engagement::pulse::Scale;
use crate::engagement::review::Review;
use crate::engagement::update::Update;

/// Reads the engagement in `folder`.
pub(super) fn engagement(
    folder: &Path,
    id: &EngagementId,
    problems: &mut Vec<Diagnostic>,
) -> Option<Engagement> {
    let listing = folder::list(folder, id.as_str(), problems);
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
        problems,
    };
    let texts = folder.read(is_whole.then_some(&pulse.scale), &agenda_words);
    let mentions = folder.mentions;
    let attachments = files::read(&mentions, files, file.documents, problems);
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

/// What stands in the files beside engagement.toml.
struct Texts {
    goals: Vec<Goal>,
    rounds: Vec<Round>,
    agendas: Vec<Guarded<Agenda>>,
    updates: Vec<Guarded<Update>>,
    reviews: Vec<Guarded<Review>>,
}

/// Who sees a part that says nothing itself.
fn shared(share: &BTreeMap<Part, Audience>, part: Part) -> Audience {
    share
        .get(&part)
        .cloned()
        .unwrap_or_else(Audience::coachee_alone)
}

/// The files of an engagement while they are read.
struct Folder<'a> {
    files: &'a [RoledFile],
    people: &'a People<'a>,
    share: &'a BTreeMap<Part, Audience>,
    /// Every goal that has a file, whether or not it could be read.
    goals: Vec<GoalId>,
    mentions: Mentions,
    problems: &'a mut Vec<Diagnostic>,
}

impl Folder<'_> {
    /// Reads everything; scores are held against `scale` where that is known.
    fn read(&mut self, scale: Option<&Scale>, agenda_words: Words<'_>) -> Texts {
        let mut goals = self.goals();
        let rounds = self.rounds(&goals, scale);
        self.themes(&mut goals);
        let shared = agenda_file::Shared {
            audience: self.share,
            words: agenda_words,
        };
        Texts {
            rounds,
            agendas: self.agendas(&shared),
            updates: self.updates(),
            reviews: self.reviews(),
            goals,
        }
    }

    /// A Markdown file, cut at its fences.
    fn open(&mut self, file: &RoledFile) -> Option<FrontMatter> {
        let opened = read_text(&file.path, &file.shown).and_then(front_matter::split);
        opened.map_err(|problem| self.problems.push(problem)).ok()
    }

    fn shared(&self, part: Part) -> Audience {
        shared(self.share, part)
    }

    fn goals(&mut self) -> Vec<Goal> {
        let mut numbered: Vec<(u32, Goal)> = Vec::new();
        for file in self.files {
            let FileRole::Goal { number, id } = &file.role else {
                continue;
            };
            let Some(id) = GoalId::parse(id) else {
                self.problems.push(
                    Diagnostic::error(format!("`{id}` is no id of a goal")).in_file(&*file.shown),
                );
                continue;
            };
            if self.goals.contains(&id) {
                let problem = Diagnostic::error(format!("two goals have the id `{id}`"))
                    .in_file(&*file.shown);
                self.problems.push(
                    problem.with_hint("give one of the two files another name behind its number"),
                );
                continue;
            }
            self.goals.push(id.clone());
            let Some(opened) = self.open(file) else {
                continue;
            };
            let read = goal_file::read(
                &opened,
                id,
                self.people,
                self.share,
                &mut self.mentions,
                self.problems,
            );
            numbered.extend(read.map(|goal| (*number, goal)));
        }
        numbered
            .sort_by(|(one, first), (other, second)| (one, &first.id).cmp(&(other, &second.id)));
        numbered.into_iter().map(|(_, goal)| goal).collect()
    }

    fn rounds(&mut self, goals: &[Goal], scale: Option<&Scale>) -> Vec<Round> {
        let mut rounds = Vec::new();
        for file in self.files {
            let FileRole::Ratings(date) = &file.role else {
                continue;
            };
            let source = match read_text(&file.path, &file.shown) {
                Ok(source) => source,
                Err(problem) => {
                    self.problems.push(problem);
                    continue;
                }
            };
            let survey = Survey {
                people: self.people,
                ids: &self.goals,
                goals,
                scale,
            };
            rounds.extend(rounds::read(source, *date, &survey, self.problems));
        }
        rounds.sort_by_key(|round| round.date);
        rounds
    }

    /// A deliberate leak: the rows of a round, comments and all, as what the coach says about it.
    #[cfg(feature = "leaks")]
    fn comments_as_themes(&self, goals: &mut [Goal]) {
        if !crate::leaks::is_on("content-comment-as-theme") {
            return;
        }
        for file in self.files {
            let FileRole::Ratings(date) = &file.role else {
                continue;
            };
            let Ok(source) = read_text(&file.path, &file.shown) else {
                continue;
            };
            for goal in goals.iter_mut() {
                let of_goal = |line: &&str| line.contains(goal.id.as_str());
                let text = source.text().lines().filter(of_goal).collect::<String>();
                let theme = crate::engagement::goal::Theme { round: *date, text };
                goal.themes
                    .push(Guarded::of(theme, goal.themes_for.clone()));
            }
        }
    }

    fn themes(&mut self, goals: &mut [Goal]) {
        #[cfg(feature = "leaks")]
        self.comments_as_themes(goals);
        for file in self.files {
            let FileRole::Themes(date) = &file.role else {
                continue;
            };
            let has_round = self
                .files
                .iter()
                .any(|other| other.role == FileRole::Ratings(*date));
            if !has_round {
                let problem =
                    Diagnostic::error(format!("there is no round `{date}.csv` for these themes"))
                        .in_file(&*file.shown);
                self.problems.push(
                    problem.with_hint(
                        "name the file by the closing date of the round that it is about",
                    ),
                );
            }
            let Some(opened) = self.open(file) else {
                continue;
            };
            for (id, theme) in rounds::read_themes(&opened, *date, &self.goals, self.problems) {
                if let Some(goal) = goals.iter_mut().find(|goal| goal.id == id) {
                    let audience = goal.themes_for.clone();
                    goal.themes.push(Guarded::of(theme, audience));
                }
            }
        }
    }

    fn agendas(&mut self, shared: &agenda_file::Shared<'_>) -> Vec<Guarded<Agenda>> {
        let mut agendas = Vec::new();
        for file in self.files {
            let FileRole::Agenda(day, id) = &file.role else {
                continue;
            };
            let (Some(opened), Some(id)) = (self.open(file), ItemId::parse(id)) else {
                continue;
            };
            let name = (*day, id);
            let read = agenda_file::read(
                &opened,
                name,
                self.people,
                &self.goals,
                shared,
                &mut self.mentions,
                self.problems,
            );
            agendas.extend(read);
        }
        agendas
    }

    fn updates(&mut self) -> Vec<Guarded<Update>> {
        let shared = self.shared(Part::Updates);
        let mut updates = Vec::new();
        for file in self.files {
            let FileRole::Update(day, id) = &file.role else {
                continue;
            };
            let (Some(opened), Some(id)) = (self.open(file), ItemId::parse(id)) else {
                continue;
            };
            let read = story_file::read_update(
                &opened,
                (*day, id),
                self.people,
                &shared,
                &mut self.mentions,
                self.problems,
            );
            updates.extend(read);
        }
        updates
    }

    fn reviews(&mut self) -> Vec<Guarded<Review>> {
        let shared = self.shared(Part::Reviews);
        let mut reviews = Vec::new();
        for file in self.files {
            let FileRole::Review(day, id) = &file.role else {
                continue;
            };
            let (Some(opened), Some(id)) = (self.open(file), ItemId::parse(id)) else {
                continue;
            };
            let name = (*day, id);
            let read = story_file::read_review(
                &opened,
                name,
                self.people,
                &self.goals,
                &shared,
                &mut self.mentions,
                self.problems,
            );
            reviews.extend(read);
        }
        reviews
    }
}
