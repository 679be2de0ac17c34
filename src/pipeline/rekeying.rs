//! `key rotate` and `key adopt`: the records under another key.
//!
//! The rule it guards: key and records change together, or nothing does. A record is only taken over from the old key if it is sound under
//! that key and what is there today fits it; what can no longer be checked is said.

use std::path::Path;

use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::access::key::Key;
use crate::access::unfinished::Change as Unfinished;
use crate::consent;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::consent::FILE_NAME as SHARE_FILE;
use crate::engagement::link_record::FILE_NAME as LINKS_FILE;
use crate::engagement::lock::{FILE_NAME as ROUNDS_FILE, Rekeying};
use crate::pipeline::consent_problems::Told;
use crate::pipeline::problems::{Failure, Problems};
use crate::pipeline::records::{PURPOSE, SHARE_PURPOSE};
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{keys, link_numbers, link_record, reading};
use crate::progress::{lock_rekeyed, lock_text};
use crate::publish::together;
use crate::publish::together::NewFile;

/// What became of the key and the records.
pub struct Rekeyed {
    /// The fingerprint of the key that counts now.
    pub key: String,
    /// The file in which the old key is kept, if it was there.
    pub kept: Option<String>,
    /// How many records were written under the key.
    pub records: usize,
    /// Everyone whose link is another one now.
    pub readers: Vec<NewLink>,
    /// What can no longer be checked, and other warnings.
    pub warnings: Vec<Diagnostic>,
}

/// Someone who needs a new mail.
pub struct NewLink {
    /// The engagement; none for the page of a person who reads several portals.
    pub engagement: Option<String>,
    /// The name.
    pub name: String,
    /// Where mail goes.
    pub email: Option<String>,
}

/// Makes a new key, and writes all records under it.
pub fn rotate(workspace: &Workspace, today: Date, out: &Path) -> Result<Rekeyed, Failure> {
    let folder = workspace.book.folder();
    if Key::is_in_environment() {
        let problem =
            Diagnostic::error("the key comes from `LOGGIA_KEY`, where it cannot be replaced");
        let hint = "run this where `loggia.key` is kept, without `LOGGIA_KEY`; then set that to the new key";
        return Err(problem.with_hint(hint).into());
    }
    let old = keys::opened(workspace, out)?;
    let kept = format!("{}.old-{}", Key::FILE_NAME, old.fingerprint());
    Key::refuse_where_git_takes(folder, &kept)?;
    let new = Key::make()?;
    let mut change = Change::of(workspace, today);
    for engagement in change.engagements()? {
        change.rotate(&engagement, (&old, &new));
    }
    let mut warnings = std::mem::take(&mut change.problems).into_result()?;
    let was = workspace.book.link_record.as_ref();
    let mut earlier = was.map(|was| was.earlier.clone()).unwrap_or_default();
    earlier.push(old.fingerprint());
    change.add(LINKS_FILE, link_numbers::anew(workspace, &new, earlier));
    let records = change.files.len();
    change.add_key(Key::FILE_NAME, &new);
    change.add_key(&kept, &old);
    change.put()?;
    warnings.extend(new.notice().cloned());
    Ok(Rekeyed {
        key: new.fingerprint(),
        kept: Some(kept),
        records,
        readers: change.readers,
        warnings,
    })
}

/// Takes records whose key is lost over to the key that is here, or to a new one.
pub fn adopt(workspace: &Workspace, today: Date, out: &Path) -> Result<Rekeyed, Failure> {
    if !keys::has_records(workspace) {
        let problem = Diagnostic::error(
            "there is no record to take over: nothing was published from this folder",
        );
        return Err(problem
            .with_hint("run `loggia build`, which makes a key")
            .into());
    }
    let key = Key::open_or_make(workspace.book.folder(), Some(out))?;
    let mut change = Change::of(workspace, today);
    for engagement in change.engagements()? {
        change.adopt(&engagement, &key);
    }
    let was = workspace.book.link_record.as_ref();
    let name = key.fingerprint();
    match was {
        Some(was) if was.key == name => {
            let edited = link_record::verify(Some(was), &key).err();
            change.problems.general.extend(edited);
        }
        None if change.files.is_empty() => {}
        _ => {
            let mut earlier = was.map(|was| was.earlier.clone()).unwrap_or_default();
            earlier.extend(was.map(|was| was.key.clone()));
            let problem = Diagnostic::warning(
                "all links are new: that those of the lost key are ended can no longer be checked on a host by opening them",
            );
            let hint = "publish, so that the old pages go; whoever has one of their links can still open a copy";
            change
                .problems
                .general
                .push(problem.in_file(LINKS_FILE).with_hint(hint));
            change.add(LINKS_FILE, link_numbers::anew(workspace, &key, earlier));
        }
    }
    let mut warnings = std::mem::take(&mut change.problems).into_result()?;
    let records = change.files.len();
    change.put()?;
    warnings.extend(key.notice().cloned());
    Ok(Rekeyed {
        key: name,
        kept: None,
        records,
        readers: if records == 0 {
            Vec::new()
        } else {
            change.readers
        },
        warnings,
    })
}

/// A change of several files that was interrupted, and is finished now.
pub enum Finished {
    /// The key was being replaced; this is the fingerprint of the one that counts now.
    Key(String),
    /// Somebody was being forgotten.
    Forgetting,
    /// The key that opens answers was being replaced.
    OpeningKey,
    /// Answers were being written.
    Collecting,
}

/// Finishes a change of several files that was begun, if there is one.
pub fn finish(content: &Path) -> Result<Option<Finished>, Diagnostic> {
    Ok(match together::finish(content)? {
        None => None,
        Some(Unfinished::Key) => Some(Finished::Key(keys::fingerprint(content)?)),
        Some(Unfinished::Forgetting) => Some(Finished::Forgetting),
        Some(Unfinished::OpeningKey) => Some(Finished::OpeningKey),
        Some(Unfinished::Collecting) => Some(Finished::Collecting),
    })
}

/// The new files, and what stands in their way.
struct Change<'a> {
    workspace: &'a Workspace,
    today: Date,
    files: Vec<NewFile>,
    readers: Vec<NewLink>,
    problems: Problems,
}

impl<'a> Change<'a> {
    fn of(workspace: &'a Workspace, today: Date) -> Self {
        Self {
            workspace,
            today,
            files: Vec::new(),
            readers: Vec::new(),
            problems: Problems::default(),
        }
    }

    /// Reads all engagements: what cannot be read cannot be taken over either.
    fn engagements(&mut self) -> Result<Vec<Engagement>, Failure> {
        let workspace = self.workspace;
        let mut engagements = Vec::new();
        let mut problems = Problems::default();
        for id in &workspace.book.engagements {
            let read = reading::engagement(workspace, id, self.today.into()).reading;
            engagements.extend(problems.value_of(read));
        }
        // Advice and what waits for its day is for `check`.
        problems.into_result()?;
        for engagement in &engagements {
            let readers = engagement.readers(self.today.into());
            let people = readers
                .iter()
                .filter_map(|reader| engagement.stakeholder(reader.id()));
            self.readers.extend(people.map(|person| NewLink {
                engagement: Some(engagement.id.to_string()),
                name: person.name.clone(),
                email: person.email.clone(),
            }));
        }
        let persons = workspace.book.firm.persons.iter();
        self.readers.extend(persons.map(|person| NewLink {
            engagement: None,
            name: person.name.clone(),
            email: None,
        }));
        Ok(engagements)
    }

    fn rotate(&mut self, engagement: &Engagement, (old, new): (&Key, &Key)) {
        if let Some(was) = &engagement.pulse.lock {
            let [by_old, by_new] =
                [old, new].map(|key| move |text: &[u8]| key.derive(PURPOSE, &[text]));
            let rekeying = Rekeying::of_keys(&by_old, &by_new);
            match lock_rekeyed::rekeyed(engagement, was, &rekeying) {
                Ok(rekeyed) => self.add_rounds(engagement, &rekeyed, NOT_CARRIED),
                Err(problems) => {
                    let told = problems.into_iter();
                    let told = told
                        .map(|problem| problem.as_of(self.today.into()).diagnostic(&engagement.id));
                    self.problems.general.extend(told);
                }
            }
        }
        if let Some(was) = &engagement.consent {
            let [by_old, by_new] =
                [old, new].map(|key| move |text: &[u8]| key.derive(SHARE_PURPOSE, &[text]));
            let rekeying = Rekeying::of_keys(&by_old, &by_new);
            match consent::rekeyed::rekeyed(engagement, was, self.today.into(), &rekeying) {
                Ok(rekeyed) => self.add_consent(engagement, &rekeyed),
                Err(problems) => {
                    let origins = self.workspace.book.origins(&engagement.id);
                    let told = Told {
                        engagement,
                        origins: &origins,
                    };
                    let told = problems.iter().map(|problem| told.diagnostic(problem));
                    self.problems.general.extend(told);
                }
            }
        }
    }

    fn adopt(&mut self, engagement: &Engagement, key: &Key) {
        let by_key = |text: &[u8]| key.derive(PURPOSE, &[text]);
        if let Some(was) = engagement.pulse.lock.as_ref()
            && lock_rekeyed::is_of_other_key(engagement, was, &by_key)
        {
            match lock_rekeyed::adopted(engagement, was, &by_key) {
                Ok(adopted) => {
                    let path = format!("{}/pulse/{ROUNDS_FILE}", engagement.id);
                    self.unchecked(&path, "whether it is as it was written, and whether the answers are those that were published");
                    self.add_rounds(engagement, &adopted, NOT_ALIKE);
                }
                Err(problems) => {
                    let told = problems.into_iter();
                    let told = told
                        .map(|problem| problem.as_of(self.today.into()).diagnostic(&engagement.id));
                    self.problems.general.extend(told);
                }
            }
        }
        let by_key = |text: &[u8]| key.derive(SHARE_PURPOSE, &[text]);
        if let Some(was) = engagement.consent.as_ref()
            && consent::rekeyed::is_of_other_key(engagement, was, &by_key)
        {
            let adopted = consent::rekeyed::adopted(engagement, was, &by_key);
            self.unchecked(
                &format!("{}/{SHARE_FILE}", engagement.id),
                "whether it is as it was written",
            );
            self.add_consent(engagement, &adopted);
        }
    }

    fn unchecked(&mut self, path: &str, what: &str) {
        let problem =
            Diagnostic::warning(format!("of this record can no longer be checked {what}"));
        let hint = "compare it with the one in your backup or in version control";
        self.problems
            .general
            .push(problem.in_file(path).with_hint(hint));
    }

    fn add_rounds(&mut self, engagement: &Engagement, rekeyed: &lock_rekeyed::Rekeyed, why: &str) {
        let path = format!("{}/pulse/{ROUNDS_FILE}", engagement.id);
        for (round, goal) in &rekeyed.lost {
            let problem = Diagnostic::warning(format!(
                "of round {round}, what was published on goal `{goal}` {why}"
            ));
            let hint = "no figure is made of it any more, as of a round that was withdrawn: take its answers out of the round's file";
            self.problems
                .general
                .push(problem.in_file(&*path).with_hint(hint));
        }
        self.add(&path, lock_text::text(&rekeyed.lock));
    }

    fn add_consent(&mut self, engagement: &Engagement, rekeyed: &consent::rekeyed::Rekeyed) {
        let path = format!("{}/{SHARE_FILE}", engagement.id);
        for item in &rekeyed.lost {
            let problem = Diagnostic::warning(format!(
                "of `{item}` it is no longer known for whom some passages were not: that they open to others can no longer be noticed"
            ));
            let hint = "look through its passages (`::: only`) once more";
            self.problems
                .general
                .push(problem.in_file(&*path).with_hint(hint));
        }
        self.add(&path, consent::text(&rekeyed.record));
    }

    fn add(&mut self, path: &str, text: String) {
        self.files.push(NewFile {
            path: path.to_owned(),
            bytes: Zeroizing::new(text.into_bytes()),
            is_private: false,
        });
    }

    fn add_key(&mut self, path: &str, key: &Key) {
        self.files.push(NewFile {
            path: path.to_owned(),
            bytes: key.file_bytes(),
            is_private: true,
        });
    }

    fn put(&self) -> Result<(), Diagnostic> {
        if self.files.is_empty() {
            return Ok(());
        }
        let folder = self.workspace.book.folder();
        together::put_together(folder, Unfinished::Key, &self.files)
    }
}

/// Why a published question could not be taken over from a key that is there.
const NOT_CARRIED: &str = "was withdrawn, and holds people or answers that are no longer known";

/// Why one could not be taken over from a key that is lost.
const NOT_ALIKE: &str = "is not what is there now: other people answered, or the answers are gone";
