//! `forget`: one person of an engagement gets an id and a name that say nothing, in every file and record, all or nothing.
//!
//! The rule it guards: figures and everyone else's pages stay as they are, and so do the guarantees of the records: what was published stays
//! bound to the same answers, what was agreed to the same readers, and the link of the old id stays dead.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::access::key::Key;
use crate::access::unfinished::Change;
use crate::consent;
use crate::content::forgotten;
use crate::content::forgotten::mentions::{Mention, Other};
use crate::content::forgotten::person::{Forgetting, RatingsOut};
use crate::content::forgotten::{Edited, mentions, ratings};
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::consent::FILE_NAME as SHARE_FILE;
use crate::engagement::id::{PersonId, StakeholderId};
use crate::engagement::link_record::FILE_NAME as LINKS_FILE;
use crate::engagement::lock::FILE_NAME as ROUNDS_FILE;
use crate::engagement::person::Person;
use crate::engagement::stakeholder::{Role, Stakeholder};
use crate::pipeline::collecting::forgotten::Traces;
use crate::pipeline::consent_problems::Told;
use crate::pipeline::problems::{Failure, FailureKind, Problems};
use crate::pipeline::records::{PURPOSE, SHARE_PURPOSE};
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{keys, link_numbers, reading, remembering};
use crate::progress::{lock_forgotten, lock_text};
use crate::publish::together;
use crate::publish::together::NewFile;
use crate::record::contents::Record;
use crate::record::store;
use crate::record::store::Store;

/// Who is to be forgotten, and how far.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The engagement's id.
    pub engagement: &'a str,
    /// The person's id there, or one that they had.
    pub person: &'a str,
    /// Whether the person's ratings go as well.
    pub without_ratings: bool,
    /// The day of the command.
    pub today: Date,
    /// The folder of the site, in which no key may lie.
    pub out: &'a Path,
}

/// What became of a person.
pub struct Forgotten {
    /// The id from now on.
    pub id: String,
    /// The name from now on.
    pub name: String,
    /// The files that were written, inside the content folder.
    pub files: Vec<String>,
    /// The rounds and goals whose figures go with the ratings that were taken out.
    pub withdrawn: Vec<(String, String)>,
    /// How many rounds hold ratings of the person still.
    pub rounds: usize,
    /// Where people wrote of the person, in this engagement and in the others.
    pub mentions: Vec<Mention>,
    /// Whether the environment holds a passphrase of the person.
    pub is_in_environment: bool,
    /// How many answers to asking pages were deleted, as they had come.
    pub answers: usize,
    /// How many notes with comments to them were deleted.
    pub comments: usize,
}

/// Forgets someone.
pub fn forget(workspace: &Workspace, request: &Request<'_>) -> Result<Forgotten, Failure> {
    let engagement = engagement(workspace, request)?;
    let mut people = engagement.stakeholders.iter();
    let person = people.find(|person| person.is_called(request.person));
    let person = person.ok_or_else(|| unknown_person(&engagement, request.person))?;
    refuse_whom_it_is_about(&engagement, person, request.today)?;
    let id = new_id(&engagement)?;
    let language = engagement.language.as_ref();
    let phrases = workspace
        .theme
        .phrases(language.unwrap_or(&workspace.book.firm.language))?;
    let role = person.time.last.role.as_str();
    let name = phrases.say(&format!("former.{role}"), &[])?;
    let out = RatingsOut {
        whole: ratings::published(&engagement, person),
    };
    let forgetting = Forgetting {
        engagement: &engagement,
        person,
        id: &id,
        name: &name,
        persons: &persons_gone(workspace, &engagement, person),
        today: request.today,
        taken_out: request.without_ratings.then_some(&out),
    };
    let folder = workspace.book.folder();
    let edited = forgotten::edited(folder, &forgetting)
        .map_err(|problems| Failure::of(FailureKind::Content, problems))?;
    let texts = edited.iter();
    let texts: BTreeMap<String, String> = texts
        .map(|Edited { path, text }| (path.clone(), text.clone()))
        .collect();
    let mut files = texts;
    files.extend(records(workspace, &forgetting, request)?);
    let others = others(workspace, &engagement);
    let named = (engagement.id.as_str(), others.as_slice());
    let traces = Traces::of(workspace, &engagement, person, request.out)?;
    let mut mentions = mentions::of(folder, named, person, &files);
    mentions.retain(|mention| !traces.holds(&mention.path));
    let private = private_records(workspace, &forgetting, request);
    let of_coach: Vec<String> = files.keys().cloned().collect();
    files.extend(private);
    put(folder, &files)?;
    let (answers, comments) = traces.delete(folder)?;
    let withdrawn = out.whole.iter().filter(|_| request.without_ratings);
    Ok(Forgotten {
        id: id.to_string(),
        name: name.clone(),
        files: of_coach,
        withdrawn: withdrawn
            .map(|(day, goal)| (day.to_string(), goal.to_string()))
            .collect(),
        rounds: match request.without_ratings {
            true => 0,
            false => ratings::rounds(&engagement, person),
        },
        mentions,
        is_in_environment: forgotten::is_in_environment(&forgetting),
        answers,
        comments,
    })
}

/// The persons of loggia.toml who take part in this engagement alone, as the one who is forgotten.
fn persons_gone(
    workspace: &Workspace,
    engagement: &Engagement,
    person: &Stakeholder,
) -> Vec<PersonId> {
    let persons = workspace.book.firm.persons.iter();
    let is_gone = |one: &&Person| {
        let tied = one.stakeholder_in(&engagement.id, &engagement.was);
        let is_tied = tied.is_some_and(|id| person.is_called(id.as_str()));
        is_tied && one.engagements.len() == 1
    };
    persons.filter(is_gone).map(|one| one.id.clone()).collect()
}

/// The other engagements, as far as their people can be read.
fn others(workspace: &Workspace, engagement: &Engagement) -> Vec<Other> {
    let ids = workspace.book.engagements.iter();
    let others = ids.filter(|id| **id != engagement.id).map(|id| {
        let outline = workspace.book.outline(id).value;
        let people = outline.map(|outline| outline.stakeholders);
        let people = people.iter().flatten();
        let names = people.flat_map(|person| {
            let ids = person.was.iter().chain([&person.id]);
            ids.map(ToString::to_string).chain([person.name.clone()])
        });
        Other {
            engagement: id.to_string(),
            names: names.collect(),
        }
    });
    others.collect()
}

/// The private records of builds with the new id, by path. Those of a key that is not at hand are taken away: they may go at any time.
fn private_records(
    workspace: &Workspace,
    forgetting: &Forgetting<'_>,
    request: &Request<'_>,
) -> BTreeMap<String, String> {
    let folder = workspace.book.folder();
    store::remove_leavings(folder);
    let Some(key) = Key::open_if_any(folder).ok().flatten() else {
        store::remove_all(folder);
        return BTreeMap::new();
    };
    let engagement = forgetting.engagement;
    let is_meant = |of: &str, reader: &str| {
        let mut names = engagement.was.iter().chain([&engagement.id]);
        names.any(|name| name.as_str() == of) && forgetting.person.is_called(reader)
    };
    let is_gone = |id: &str| {
        forgetting
            .persons
            .iter()
            .any(|person| person.as_str() == id)
    };
    let hash = |body: &[u8]| key.derive(remembering::PURPOSE, &[body]);
    let store = Store::of(folder, request.out, &hash);
    let change = |record: &mut Record| record.forget(&is_meant, forgetting.id.as_str(), &is_gone);
    store.changed(&change).into_iter().collect()
}

/// The engagement that is asked for, whose files must be in order.
fn engagement(workspace: &Workspace, request: &Request<'_>) -> Result<Engagement, Failure> {
    let known = workspace.book.engagements.iter();
    let mut known = known.filter(|id| id.as_str() == request.engagement);
    let Some(id) = known.next() else {
        let problem = Diagnostic::error(format!("there is no engagement `{}`", request.engagement));
        let hint = workspace.book.suggestion(request.engagement);
        let problem = problem.with_hint_if(hint);
        return Err(Failure::of(FailureKind::Content, vec![problem]));
    };
    let mut problems = Problems::default();
    let read = reading::engagement(workspace, id, request.today.into()).reading;
    let engagement = problems.value_of(read);
    problems.into_result()?;
    engagement.ok_or_else(|| Failure::outside(Diagnostic::error(format!("`{id}` cannot be read"))))
}

fn unknown_person(engagement: &Engagement, word: &str) -> Failure {
    let problem = Diagnostic::error(format!("there is no `{word}` in `{}`", engagement.id));
    let ids = engagement.stakeholders.iter();
    let ids: Vec<String> = ids.map(|person| format!("`{}`", person.id)).collect();
    let problem = problem.with_hint(format!("its people are {}", ids.join(", ")));
    Failure::of(FailureKind::Content, vec![problem])
}

/// Refuses the coachee, and whoever has not come yet or becomes something else later.
fn refuse_whom_it_is_about(
    engagement: &Engagement,
    person: &Stakeholder,
    today: Date,
) -> Result<(), Failure> {
    let time = &person.time;
    let days = time.before.iter().map(|(_, until)| *until).chain(time.from);
    let is_to_come = days.max().is_some_and(|latest| latest >= today);
    let (problem, hint) = if person.role == Role::Coachee {
        let hint = "take the engagement's folder out of the content folder instead, and build";
        (format!("the engagement is about `{}`", person.id), hint)
    } else if is_to_come && time.until.is_none_or(|until| until > today) {
        let hint = "take the day that is still to come out of that `[[stakeholder]]` first, or wait until the day after it";
        (
            format!(
                "`{}` comes, or becomes something else, only later",
                person.id
            ),
            hint,
        )
    } else {
        return Ok(());
    };
    let problem = Diagnostic::error(problem).with_hint(hint);
    let problem = problem.in_file(format!("{}/engagement.toml", engagement.id));
    Err(Failure::of(FailureKind::Content, vec![problem]))
}

/// An id that nobody has or had.
fn new_id(engagement: &Engagement) -> Result<StakeholderId, Failure> {
    let is_free = |id: &StakeholderId| {
        let mut people = engagement.stakeholders.iter();
        !people.any(|person| person.is_called(id.as_str()))
    };
    let ids = (1..).map_while(|number: u32| StakeholderId::parse(&format!("former-{number}")));
    let mut ids = ids.filter(is_free);
    let none = || Failure::outside(Diagnostic::error("there is no id left"));
    ids.next().ok_or_else(none)
}

/// The records with the new id, by path.
fn records(
    workspace: &Workspace,
    forgetting: &Forgetting<'_>,
    request: &Request<'_>,
) -> Result<BTreeMap<String, String>, Failure> {
    let mut files = BTreeMap::new();
    if !keys::has_records(workspace) {
        return Ok(files);
    }
    let engagement = forgetting.engagement;
    let key = keys::opened(workspace, request.out)?;
    let old = forgetting.person.first_id();
    let mut problems = Problems::default();
    if let Some(was) = &engagement.pulse.lock {
        let hash = |text: &[u8]| key.derive(PURPOSE, &[text]);
        let ids = (old.as_str(), forgetting.id.as_str());
        match lock_forgotten::forgotten(engagement, was, &hash, ids) {
            Ok(now) => {
                let path = format!("{}/pulse/{ROUNDS_FILE}", engagement.id);
                files.insert(path, lock_text::text(&now));
            }
            Err(told) => {
                let told = told.into_iter();
                let told = told.map(|problem| {
                    problem
                        .as_of(request.today.into())
                        .diagnostic(&engagement.id)
                });
                problems.general.extend(told);
            }
        }
    }
    let hash = |text: &[u8]| key.derive(SHARE_PURPOSE, &[text]);
    let ids = (old, forgetting.id, forgetting.name);
    match consent::rekeyed::forgotten(engagement, request.today.into(), &hash, ids) {
        Ok(now) => {
            let path = format!("{}/{SHARE_FILE}", engagement.id);
            files.extend(now.map(|now| (path, consent::text(&now))));
        }
        Err(told) => {
            let origins = workspace.book.origins(&engagement.id);
            let teller = Told {
                engagement,
                origins: &origins,
            };
            let told = told.iter().map(|problem| teller.diagnostic(problem));
            problems.general.extend(told);
        }
    }
    let links = link_numbers::forgotten(workspace, &key, engagement, forgetting.person);
    files.extend(links.map(|text| (LINKS_FILE.to_owned(), text)));
    problems.into_result()?;
    Ok(files)
}

/// Writes all files, or none. One that only its owner can read stays so.
fn put(folder: &Path, files: &BTreeMap<String, String>) -> Result<(), Failure> {
    let new = files.iter().map(|(path, text)| NewFile {
        path: path.clone(),
        bytes: Zeroizing::new(text.clone().into_bytes()),
        is_private: together::is_private(&folder.join(path)),
    });
    let new: Vec<NewFile> = new.collect();
    Ok(together::put_together(folder, Change::Forgetting, &new)?)
}
