//! The pages of persons who read several portals, on their way to the site.
//!
//! The rule it guards: such a page stays as it was made only where every portal on it is of an engagement that stays, and no other
//! portal has come. What is needed for the others is read again of engagements that stay.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::engagement::id::{EngagementId, PersonId};
use crate::engagement::person::Person;
use crate::pipeline::engagement_build::EngagementBuild;
use crate::pipeline::holding_persons::PersonNow;
use crate::pipeline::persons::PersonPortals;
use crate::pipeline::problems::Problems;
use crate::pipeline::staged::Staged;
use crate::pipeline::{holding_persons, parallel, persons, reading, release};
use crate::record::contents::RecordedPerson;
use crate::record::made::MadePerson;

/// The pages that stay as they were made, by person.
type KeptPages = BTreeMap<PersonId, (MadePerson, RecordedPerson)>;

/// Stages the pages of persons who read several portals.
pub(super) fn stage(build: &EngagementBuild<'_>, staged: &mut Staged) -> Result<(), Diagnostic> {
    let EngagementBuild {
        workspace, options, ..
    } = *build;
    let kept = kept_pages(build, staged)?;
    read_kept_engagements(build, staged, &kept);
    let portals = std::mem::take(&mut staged.person_portals);
    staged.places.add_persons(workspace, build.key, &portals);
    let pages = persons::pages(workspace, portals, options.shard);
    let mut pages = staged.problems.value_or_default(pages);
    let persons = workspace.book.firm.persons.iter().enumerate();
    for (index, person) in persons.filter(|(_, person)| options.shard.holds(person.id.as_str())) {
        if let Some(page) = kept.get(&person.id) {
            keep(build, person, page, staged)?;
            continue;
        }
        let place = pages.iter().position(|page| page.person == index);
        let page = place.map(|place| pages.remove(place));
        let now = PersonNow {
            person,
            page: page.as_ref(),
            held: &staged.held,
        };
        let is_concerned = now.is_concerned();
        let kept = build.holding().filter(|_| is_concerned);
        if let Some(kept) = kept.and_then(|holding| now.hold(&holding)) {
            build.put(&kept.file)?;
            let whose = format!("person `{}`", person.id);
            staged.places.add_kept(&kept.released.file, whose);
            staged.persons.push(kept.released);
            staged.recorded.persons.push(kept.recorded);
            continue;
        }
        let Some(page) = page else {
            if is_concerned {
                let notice = holding_persons::ended(person);
                staged.held_problems.general.push(notice);
            }
            continue;
        };
        if let Some(sealed) = persons::seal(workspace, build.key, &page, &mut staged.problems)? {
            let digest = build.put(&sealed)?;
            let released = release::of_person_page(workspace, &page, &sealed);
            let engagements = page.lines.iter().map(|(id, _)| id.to_string());
            staged.made.1.extend(digest.map(|digest| MadePerson {
                id: person.id.to_string(),
                engagements: engagements.collect(),
                file: released.file.made(digest),
            }));
            staged.recorded.persons.push(RecordedPerson {
                id: person.id.to_string(),
                file: released.recorded(),
                lines: build.digests.lines(&page.lines),
            });
            staged.persons.push(released);
        }
    }
    Ok(())
}

/// Stages the page of a person that stays as it was made.
fn keep(
    build: &EngagementBuild<'_>,
    person: &Person,
    (made, recorded): &(MadePerson, RecordedPerson),
    staged: &mut Staged,
) -> Result<(), Diagnostic> {
    if let Some(publication) = build.publication {
        publication.keep(&made.file.path, &made.file.digest)?;
    }
    staged.places.add_person(build.workspace, build.key, person);
    staged.recorded.persons.push(recorded.clone());
    staged.made.1.push(made.clone());
    Ok(())
}

/// The pages of persons that stay as they were made.
fn kept_pages(build: &EngagementBuild<'_>, staged: &Staged) -> Result<KeptPages, Diagnostic> {
    let mut kept = KeptPages::new();
    let Some(publication) = build.publication else {
        return Ok(kept);
    };
    for person in &build.workspace.book.firm.persons {
        let is_held = |id: &EngagementId| {
            let mut held = staged.held.iter();
            held.any(|held| held.engagement == id.as_str())
        };
        let is_new = staged.person_portals.has(&person.id);
        if is_new || person.engagements.keys().any(is_held) {
            continue;
        }
        let reads = |persons: &[String]| persons.iter().any(|id| *id == person.id.as_str());
        let of_person = staged.kept.iter().filter(|(_, persons)| reads(persons));
        let engagements: Vec<String> = of_person.map(|(id, _)| id.to_string()).collect();
        let page = build
            .unchanged
            .kept_person(person.id.as_str(), &engagements, publication)?;
        kept.extend(page.map(|page| (person.id.clone(), page)));
    }
    Ok(kept)
}

/// Reads engagements that stay for the pages of persons that are made again.
fn read_kept_engagements(build: &EngagementBuild<'_>, staged: &mut Staged, kept: &KeptPages) {
    let EngagementBuild { workspace, key, .. } = *build;
    let is_made = |person: &PersonId| !kept.contains_key(person);
    let made: BTreeSet<&str> = {
        let persons = workspace.book.firm.persons.iter();
        let made = persons.filter(|person| is_made(&person.id));
        made.map(|person| person.id.as_str()).collect()
    };
    let is_needed = |persons: &[String]| persons.iter().any(|id| made.contains(id.as_str()));
    let needed = staged.kept.iter().filter(|(_, persons)| is_needed(persons));
    let needed: Vec<EngagementId> = needed.map(|(id, _)| id.clone()).collect();
    let read: Vec<(PersonPortals, Problems)> = parallel::engagements(&needed, |id| {
        let mut problems = Problems::default();
        let today = build.today.into();
        let engagement = problems.value_of(reading::engagement(workspace, id, today).reading);
        // Its warnings are told already.
        problems.general.retain(Diagnostic::is_error);
        let portals =
            engagement.map(|engagement| persons::portals(workspace, Some(key), &engagement, today));
        (portals.unwrap_or_default(), problems)
    });
    for (mut portals, problems) in read {
        portals.retain(is_made);
        staged.person_portals.extend(portals);
        staged.problems.extend(problems);
    }
    staged.person_portals.sort(&workspace.book.engagements);
}
