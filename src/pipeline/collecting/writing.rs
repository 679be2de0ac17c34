//! Counted answers become a round's ratings and notes with comments.
//!
//! The rule it guards: nothing is written before the round has closed; a file that is not as it was written stays as it is, and so does a
//! round of which figures were published. Ratings hold no comment, no time and nothing else that tells when someone answered.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::access::asking::answers::{Answers, Rated};
use crate::access::unfinished::Change as Unfinished;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::asked::{Asked, AskedRound};
use crate::engagement::id::StakeholderId;
use crate::files::modes::Readers;
use crate::pipeline::collecting::known;
use crate::pipeline::collecting::request::Request;
use crate::pipeline::collecting::standing::{AnswersByRound, is_locked};
use crate::publish::together;
use crate::publish::together::NewFile;
use crate::record::answers::{KeptAnswers, WrittenFiles, hash_of};

/// What became of the ratings of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundState {
    /// The round has not closed: answers are kept until then.
    Open,
    /// It has closed, and its ratings are written.
    Written,
    /// It has closed, and nobody has answered.
    Unanswered,
    /// Its file was edited or written by hand, and stays.
    Edited,
    /// Figures of it were published, and it stays.
    Locked,
}

/// A round with those who are asked in it, for the coach's own eyes.
pub struct CollectedRound {
    /// The engagement's id.
    pub engagement: String,
    /// The last day on which it can be answered.
    pub closes: Date,
    /// What became of its ratings.
    pub state: RoundState,
    /// The names of those who have answered.
    pub answered: Vec<String>,
    /// The names of those who have not.
    pub waiting: Vec<String>,
    /// How many comments there are.
    pub comments: usize,
}

/// From what files are written.
pub(super) struct Source<'a> {
    pub(super) folder: &'a Path,
    pub(super) engagements: &'a [Engagement],
    pub(super) answers: &'a AnswersByRound,
    pub(super) request: &'a Request<'a>,
    pub(super) kept: &'a KeptAnswers,
}

/// What became of it.
pub(super) struct Written {
    pub(super) rounds: Vec<CollectedRound>,
    pub(super) files: Vec<String>,
    pub(super) warnings: Vec<Diagnostic>,
}

/// Writes the ratings and comments of every round that has closed, all of them or none.
pub(super) fn write(source: &Source<'_>) -> Result<Written, Diagnostic> {
    let mut change = Change {
        folder: source.folder,
        before: source.kept.written()?,
        new: Vec::new(),
        gone: Vec::new(),
        warnings: Vec::new(),
    };
    let mut rounds = Vec::new();
    for engagement in source.engagements {
        for round in known::rounds(engagement) {
            rounds.extend(change.round(source, engagement, round)?);
        }
    }
    let files = change.put(source.kept)?;
    Ok(Written {
        rounds,
        files,
        warnings: change.warnings,
    })
}

/// The files that are to be written and removed.
struct Change<'a> {
    folder: &'a Path,
    before: WrittenFiles,
    new: Vec<NewFile>,
    gone: Vec<String>,
    warnings: Vec<Diagnostic>,
}

/// What may be done with a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Present {
    /// There is none, or one as it was written.
    Ours,
    /// It is just what is to be written.
    Same,
    /// It was edited, or written by someone else.
    Edited,
}

impl Change<'_> {
    /// Adds the files of one round; nothing is said of one that nobody is asked in any more and that has no answers.
    fn round(
        &mut self,
        source: &Source<'_>,
        engagement: &Engagement,
        round: AskedRound,
    ) -> Result<Option<CollectedRound>, Diagnostic> {
        let Request { today, now, .. } = *source.request;
        let closes = round.closes;
        let none = BTreeMap::new();
        let answers = source.answers.get(&(engagement.id.clone(), closes));
        let answers = answers.unwrap_or(&none);
        let is_asked = engagement.asked_rounds().any(|asked| asked == round);
        if round.opens > today || (answers.is_empty() && !is_asked) {
            return Ok(None);
        }
        let asked = engagement.asked(today.min(closes).into());
        let has_closed = round.moments(&engagement.timezone);
        let has_closed = has_closed.is_some_and(|(_, closed)| closed <= now.as_millisecond());
        let state = if is_locked(engagement, closes) {
            RoundState::Locked
        } else if !has_closed {
            RoundState::Open
        } else if answers.is_empty() {
            RoundState::Unanswered
        } else {
            self.add_comments(engagement, closes, answers)?;
            self.add_ratings(engagement, closes, &asked, answers)?
        };
        let (answered, waiting): (Vec<_>, Vec<_>) = asked
            .iter()
            .partition(|asked| answers.contains_key(&asked.person.id));
        let names = |asked: Vec<&Asked<'_>>| {
            let names = asked.into_iter().map(|asked| asked.person.name.clone());
            names.collect()
        };
        let comments = answers
            .values()
            .filter(|answers| !answers.comment.is_empty());
        Ok(Some(CollectedRound {
            engagement: engagement.id.to_string(),
            closes,
            state,
            answered: names(answered),
            waiting: names(waiting),
            comments: comments.count(),
        }))
    }

    fn add_ratings(
        &mut self,
        engagement: &Engagement,
        closes: Date,
        asked: &[Asked<'_>],
        answers: &BTreeMap<StakeholderId, Answers>,
    ) -> Result<RoundState, Diagnostic> {
        let path = format!("{}/pulse/{closes}.csv", engagement.id);
        match self.add(&path, ratings(asked, answers))? {
            Present::Ours | Present::Same => Ok(RoundState::Written),
            Present::Edited => {
                let problem = Diagnostic::warning(
                    "this round was edited or written by hand, and stays as it is: the answers are kept beside it",
                );
                let hint = "to have it written from the answers, move it elsewhere and run `loggia collect`";
                self.warnings.push(problem.in_file(path).with_hint(hint));
                Ok(RoundState::Edited)
            }
        }
    }

    fn add_comments(
        &mut self,
        engagement: &Engagement,
        closes: Date,
        answers: &BTreeMap<StakeholderId, Answers>,
    ) -> Result<(), Diagnostic> {
        let mut now = BTreeSet::new();
        let said = answers
            .iter()
            .filter(|(_, answers)| !answers.comment.is_empty());
        for (person, answers) in said {
            let path = comment_path(engagement, closes, person);
            now.insert(path.clone());
            let name = engagement
                .stakeholder(person)
                .map_or("", |person| &person.name);
            let text = format!(
                "# What {name} wrote with the answers to the pulse of {closes}\n\n{}\n",
                answers.comment
            );
            if self.add(&path, text)? == Present::Edited {
                let problem = Diagnostic::warning("this note was edited, and stays as it is");
                let hint = "to have it written from the answer, move it elsewhere and run `loggia collect`";
                self.warnings.push(problem.in_file(path).with_hint(hint));
            }
        }
        // A later answer of the same person has no comment, or is not counted any more.
        let start = comment_start(engagement, closes);
        let earlier: Vec<String> = self.before.keys().cloned().collect();
        for path in earlier {
            if path.starts_with(&start) && !now.contains(&path) && self.is_as_written(&path)? {
                self.gone.push(path);
            }
        }
        Ok(())
    }

    /// Whether a file is there as it was written.
    fn is_as_written(&self, path: &str) -> Result<bool, Diagnostic> {
        let found = found(self.folder, path)?;
        Ok(found.is_some_and(|bytes| self.before.get(path) == Some(&hash_of(&bytes))))
    }

    /// Adds a file unless one is there that is not as it was written.
    fn add(&mut self, path: &str, text: String) -> Result<Present, Diagnostic> {
        let present = match found(self.folder, path)? {
            Some(bytes) if bytes == text.as_bytes() => Present::Same,
            Some(bytes) if self.before.get(path) != Some(&hash_of(&bytes)) => Present::Edited,
            _ => Present::Ours,
        };
        match present {
            Present::Ours => self.new.push(NewFile {
                path: path.to_owned(),
                bytes: Zeroizing::new(text.into_bytes()),
                is_private: true,
            }),
            Present::Same => {
                self.before
                    .insert(path.to_owned(), hash_of(text.as_bytes()));
            }
            Present::Edited => {}
        }
        Ok(present)
    }

    /// Puts all files in their places and returns which they are.
    fn put(&mut self, kept: &KeptAnswers) -> Result<Vec<String>, Diagnostic> {
        for file in &self.new {
            if let Some(folder) = self.folder.join(&file.path).parent() {
                let made = Readers::Everyone.folder().recursive(true).create(folder);
                made.map_err(|reason| Diagnostic::cannot_write(folder, &reason))?;
            }
            self.before.insert(file.path.clone(), hash_of(&file.bytes));
        }
        if !self.new.is_empty() {
            together::put_together(self.folder, Unfinished::Collecting, &self.new)?;
        }
        for path in &self.gone {
            let file = self.folder.join(path);
            fs::remove_file(&file).map_err(|reason| Diagnostic::cannot_write(&file, &reason))?;
            self.before.remove(path);
        }
        if self.before != kept.written()? {
            kept.remember(&self.before)?;
        }
        let new = self.new.iter().map(|file| file.path.clone());
        Ok(new.chain(self.gone.iter().cloned()).collect())
    }
}

/// What a file holds, if there is one.
fn found(folder: &Path, path: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
    let file = folder.join(path);
    match fs::read(&file) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(reason) if reason.kind() == ErrorKind::NotFound => Ok(None),
        Err(reason) => Err(Diagnostic::cannot_read(&file, &reason)),
    }
}

/// With what the paths of the notes begin that hold comments of a round.
fn comment_start(engagement: &Engagement, closes: Date) -> String {
    format!("{}/notes/{closes}-comment-", engagement.id)
}

/// The note with one person's comment.
pub(super) fn comment_path(
    engagement: &Engagement,
    closes: Date,
    person: &StakeholderId,
) -> String {
    format!("{}{person}.md", comment_start(engagement, closes))
}

/// The ratings of a round as its file has them: a row for each goal that someone gave a score.
///
/// Whoever did not see enough of a goal, or left it out, is no respondent of that goal.
fn ratings(asked: &[Asked<'_>], answers: &BTreeMap<StakeholderId, Answers>) -> String {
    let mut text = "rater,goal,score,followed_up,comment\n".to_owned();
    for asked in asked {
        let Some(answers) = answers.get(&asked.person.id) else {
            continue;
        };
        for (question, answer) in asked.questions.iter().zip(&answers.goals) {
            let Rated::Score(score) = answer.rating else {
                continue;
            };
            let followed_up = match answer.followed_up {
                Some(true) => "yes",
                Some(false) => "no",
                None => "",
            };
            let (rater, goal) = (&asked.person.id, &question.goal.id);
            text.push_str(&format!("{rater},{goal},{score},{followed_up},\n"));
        }
    }
    text
}
