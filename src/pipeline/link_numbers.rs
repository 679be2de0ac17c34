//! The numbers of all links, compared with the highest that were ever published.
//!
//! The rules it guards: a link that was ended stays dead. A number that is lowered is an error, also where what it belongs to was taken
//! out and put back in between. A stakeholder who was a person of loggia.toml, and whose links were ended by raising that person's number,
//! needs a higher number of their own once the person is gone: without the person's number the old link would be derived again.
//!
//! The record, `links.lock`, names nobody: it holds the numbers above 1, each by a keyed hash of what it is the number of.

use std::collections::{BTreeMap, BTreeSet};

use crate::access::key::Key;
use crate::access::link::LinkNumbers;
use crate::content::folder::origin::Origins;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::id::{EngagementId, StakeholderId};
use crate::engagement::link_record::{FILE_NAME, LinkRecord};
use crate::engagement::stakeholder::Stakeholder;
use crate::pipeline::engagement_numbers::{EngagementNumbers, Names};
use crate::pipeline::link_record::{hash, put, sealed, text};
use crate::pipeline::records::NewRecord;
use crate::pipeline::workspace::Workspace;

/// Where the rules of the site are.
const SITE: &str = "loggia.toml";

/// Where the rules of an engagement are.
const ENGAGEMENT: &str = "engagement.toml";

/// Links that ended are known as far back as this, by each of their numbers.
const ENDED: u32 = 50;

/// So many of them are looked at.
const MOST: usize = 200;

/// The numbers of today, held against the record.
pub(super) struct ComparedNumbers {
    /// The record as it is now.
    pub(super) text: String,
    /// The same, if it is to be written anew.
    pub(super) record: Option<NewRecord>,
}

/// Returns the numbers from which the link of a reader is derived.
///
/// The page that lists a person's portals holds their codes, so whoever ends the link to that page ends those as well.
pub(super) fn numbers(
    workspace: &Workspace,
    engagement: &Engagement,
    reader: &Stakeholder,
) -> LinkNumbers {
    LinkNumbers {
        site: workspace.book.firm.link,
        engagement: engagement.link,
        stakeholder: reader.link,
        person: person_number(workspace, (&engagement.id, &engagement.was), |id| {
            reader.is_called(id.as_str())
        }),
    }
}

/// The numbers of links that ended when these were raised, as many as anyone gives; none where none was.
pub(super) fn ended(current: LinkNumbers) -> impl Iterator<Item = LinkNumbers> {
    let LinkNumbers {
        site,
        engagement,
        stakeholder,
        person,
    } = current;
    let up_to = |number: u32| number.saturating_sub(ENDED).max(1)..=number;
    let all = up_to(site).flat_map(move |site| {
        up_to(engagement).flat_map(move |engagement| {
            up_to(person).flat_map(move |person| {
                up_to(stakeholder).map(move |stakeholder| LinkNumbers {
                    site,
                    engagement,
                    stakeholder,
                    person,
                })
            })
        })
    });
    all.filter(move |numbers| *numbers != current).take(MOST)
}

/// The number of the person whom a stakeholder is; 1 for nobody's.
fn person_number(
    workspace: &Workspace,
    (engagement, was): (&EngagementId, &[EngagementId]),
    is_called: impl Fn(&StakeholderId) -> bool,
) -> u32 {
    let mut persons = workspace.book.firm.persons.iter();
    let person = persons.find(|person| {
        let tied = person.stakeholder_in(engagement, was);
        tied.is_some_and(&is_called)
    });
    person.map_or(1, |person| person.link)
}

/// Compares the numbers of today with the record, which [`verify`] has found sound. Engagements that were not read, as those of other
/// parts of the site, are read as far as their people.
pub(super) fn compare(
    workspace: &Workspace,
    key: &Key,
    read: Vec<EngagementNumbers>,
) -> Result<ComparedNumbers, Vec<Diagnostic>> {
    let all = all_engagements(workspace, read);
    let was = workspace.book.link_record.as_ref();
    let mut comparison = Comparison {
        workspace,
        key,
        was,
        now: LinkRecord {
            seal: String::new(),
            key: key.fingerprint(),
            earlier: was.map(|was| was.earlier.clone()).unwrap_or_default(),
            raised: was.map(|was| was.raised.clone()).unwrap_or_default(),
        },
        problems: Vec::new(),
    };
    comparison.look_at_site();
    for engagement in &all {
        comparison.look_at(engagement);
    }
    let Comparison { now, problems, .. } = comparison;
    if !problems.is_empty() {
        return Err(problems);
    }
    let now = sealed(key, now);
    let text = text(&now);
    let record = (was != Some(&now)).then(|| {
        let path = workspace.book.folder().join(FILE_NAME);
        NewRecord::of(path, (FILE_NAME, "link numbers"), text.clone())
    });
    Ok(ComparedNumbers { text, record })
}

/// Returns the record of a key that was never used before: all links are new, so no number was ever published with it.
pub(super) fn anew(workspace: &Workspace, key: &Key, earlier: Vec<String>) -> String {
    let mut now = LinkRecord {
        seal: String::new(),
        key: key.fingerprint(),
        earlier,
        raised: BTreeMap::new(),
    };
    let mut comparison = Comparison {
        workspace,
        key,
        was: None,
        now,
        problems: Vec::new(),
    };
    comparison.look_at_site();
    for engagement in &all_engagements(workspace, Vec::new()) {
        comparison.look_at(engagement);
    }
    now = sealed(key, comparison.now);
    text(&now)
}

/// Returns the record in which the number of somebody who is forgotten was raised: whoever gets that person's old id later needs another link.
pub(super) fn forgotten(
    workspace: &Workspace,
    key: &Key,
    engagement: &Engagement,
    person: &Stakeholder,
) -> Option<String> {
    let mut record = workspace.book.link_record.clone()?;
    let firsts = [engagement.first_id().as_str(), person.first_id().as_str()];
    let own = hash(key, &["stakeholder", firsts[0], firsts[1]]);
    let next = record.highest(&own).max(person.link).saturating_add(1);
    record.raised.insert(own, next);
    Some(text(&sealed(key, record)))
}

/// Adds the engagements that were not read.
fn all_engagements(
    workspace: &Workspace,
    mut read: Vec<EngagementNumbers>,
) -> Vec<EngagementNumbers> {
    let known: BTreeSet<EngagementId> = read.iter().map(|known| known.names.id.clone()).collect();
    for id in &workspace.book.engagements {
        if !known.contains(id) {
            // What cannot be read is told where the engagement is built; what was recorded of it stays.
            let outline = workspace.book.outline(id).value;
            read.extend(outline.map(|outline| EngagementNumbers::of_outline(id, &outline)));
        }
    }
    read
}

/// The numbers of today, as far as they were looked at.
struct Comparison<'a> {
    workspace: &'a Workspace,
    key: &'a Key,
    was: Option<&'a LinkRecord>,
    now: LinkRecord,
    problems: Vec<Diagnostic>,
}

/// A number that is lower than one that was published.
struct Lowered<'a> {
    /// What it is the number of, in words.
    whose: &'a str,
    is: u32,
    was: u32,
}

impl Lowered<'_> {
    fn problem(&self) -> Diagnostic {
        let Self { whose, is, was } = self;
        let message = format!(
            "`link` of {whose} was {was} when it was published, and {is} would open links again that were ended"
        );
        Diagnostic::error(message).with_hint(format!(
            "write `link = {was}` to leave the links as they are, or `link = {}` to end them",
            was.saturating_add(1)
        ))
    }
}

impl Comparison<'_> {
    fn look_at_site(&mut self) {
        let firm = &self.workspace.book.firm;
        if let Some(lowered) = self.raise(&["site"], firm.link, "the site") {
            let origins = self.workspace.book.site_origins();
            let marked = origins
                .mark(&lowered, SITE, &["site", "link"], &[])
                .or_else(|| origins.mark(&lowered, SITE, &["site"], &[]));
            self.problems.push(marked.unwrap_or(lowered.in_file(SITE)));
        }
        for person in &firm.persons {
            let id = person.id.as_str();
            let whose = format!("person `{id}`");
            if let Some(lowered) = self.raise(&["person", id], person.link, &whose) {
                let origins = self.workspace.book.site_origins();
                let place = (SITE, "person");
                let marked = origins.mark_in_table(&lowered, place, id, &["link", "id"]);
                self.problems.push(marked.unwrap_or(lowered.in_file(SITE)));
            }
        }
    }

    fn look_at(&mut self, engagement: &EngagementNumbers) {
        let id = engagement.names.id.as_str();
        let first = engagement.names.first().as_str();
        let origins = || self.workspace.book.origins(&engagement.names.id);
        let mut found = Vec::new();
        let whose = format!("engagement `{id}`");
        if let Some(lowered) = self.raise(&["engagement", first], engagement.number, &whose) {
            let marked = origins().mark(&lowered, ENGAGEMENT, &["link"], &[]);
            found.push(marked.unwrap_or(lowered.in_file(format!("{id}/{ENGAGEMENT}"))));
        }
        for (person, number) in &engagement.people {
            if let Some(problem) = self.look_at_person(engagement, person, *number) {
                let names = (&engagement.names.id, &person.id);
                found.push(at_person(&origins(), names, problem));
            }
        }
        self.problems.extend(found);
    }

    fn look_at_person(
        &mut self,
        engagement: &EngagementNumbers,
        names: &Names<StakeholderId>,
        number: u32,
    ) -> Option<Diagnostic> {
        let Names { id, was: ids } = names;
        let (of, person) = (engagement.names.id.as_str(), id.as_str());
        let firsts = [engagement.names.first().as_str(), names.first().as_str()];
        let own = hash(self.key, &["stakeholder", firsts[0], firsts[1]]);
        let of_person = hash(self.key, &["person of", firsts[0], firsts[1]]);
        let (was, was_person) = (self.highest(&own), self.highest(&of_person));
        let tied = (&engagement.names.id, engagement.names.was.as_slice());
        let now_person = person_number(self.workspace, tied, |word| {
            word == id || ids.contains(word)
        });
        let whose = format!("`{person}` in `{of}`");
        if number < was {
            return Some(
                Lowered {
                    whose: &whose,
                    is: number,
                    was,
                }
                .problem(),
            );
        }
        if now_person < was_person {
            // Where a person's number was added to the stakeholder's, as it was once, numbers up to the sum were published.
            let needed = was.saturating_add(was_person);
            if number < needed {
                let message = format!(
                    "links of {whose} were ended by the number of a person in {SITE}, which no longer counts: they would open again"
                );
                return Some(Diagnostic::error(message).with_hint(format!(
                    "write `link = {needed}` for {whose}, and send the new link; or put the person back with `link = {was_person}`"
                )));
            }
        }
        put(&mut self.now.raised, own, number);
        put(&mut self.now.raised, of_person, now_person);
        None
    }

    /// Records a number. Returns the problem with one that is lower than before.
    fn raise(&mut self, words: &[&str], is: u32, whose: &str) -> Option<Diagnostic> {
        let hash = hash(self.key, words);
        let was = self.highest(&hash);
        if is < was {
            return Some(Lowered { whose, is, was }.problem());
        }
        put(&mut self.now.raised, hash, is);
        None
    }

    fn highest(&self, hash: &str) -> u32 {
        self.was.map_or(1, |was| was.highest(hash))
    }
}

/// The problem at the number of a stakeholder, or where it would stand.
fn at_person(
    origins: &Origins,
    (engagement, person): (&EngagementId, &StakeholderId),
    problem: Diagnostic,
) -> Diagnostic {
    let place = (ENGAGEMENT, "stakeholder");
    let marked = origins.mark_in_table(&problem, place, person.as_str(), &["link", "id"]);
    marked.unwrap_or_else(|| problem.in_file(format!("{engagement}/{ENGAGEMENT}")))
}
