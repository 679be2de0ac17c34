//! The pages of persons who read several portals: a line for each portal that they already have.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;

use crate::access::key::Key;
use crate::access::link::{Link, LinkNumbers, LinkSource};
use crate::access::{Access, Sealed};
use crate::audit::ParsedPage;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::firm::{AccessMode, OpeningMode};
use crate::engagement::id::{EngagementId, PersonId};
use crate::engagement::person::Person;
use crate::engagement::today::Today;
use crate::pipeline::passphrases::Words;
use crate::pipeline::problems::{Failure, Problems};
use crate::pipeline::sealing::Asks;
use crate::pipeline::shard::Shard;
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{keys, page_audit, passphrases, reading, records, sealing};
use crate::portal::PortalSource;
use crate::portal::view::PortalView;
use crate::portal::view::portals::{PortalLineView, PortalsView};
use crate::render::Page;

/// What stands for the engagement in a person's link: no engagement can have this id.
const NO_ENGAGEMENT: &str = "*";

/// The portals of every person, gathered engagement by engagement.
#[derive(Default)]
pub(super) struct PersonPortals {
    lines: BTreeMap<PersonId, PortalLines>,
}

/// The portals of one person.
struct PortalLines {
    lines: Vec<(EngagementId, PortalLineView)>,
    access: AccessMode,
    /// What any of the portals asks for.
    asks: Asks,
}

/// The link to a person's page.
pub struct PersonLink {
    /// What loggia.toml calls the person.
    pub id: String,
    /// The name.
    pub name: String,
    /// How the page is kept from others.
    pub access: AccessMode,
    /// The link.
    pub link: Link,
    /// What the page asks for besides.
    pub(super) asks: Asks,
}

/// A person's page, not yet sealed.
pub(super) struct PersonPage {
    pub(super) person: usize,
    pub(super) access: AccessMode,
    pub(super) asks: Asks,
    /// What its lines say, by their engagements.
    pub(super) lines: Vec<(EngagementId, String)>,
    page: Page,
}

/// Returns the link of every person who has a portal.
pub fn links(workspace: &Workspace, today: Date, out: &Path) -> Result<Vec<PersonLink>, Failure> {
    let key = keys::opened(workspace, out)?;
    let mut problems = Problems::default();
    let mut person_portals = PersonPortals::default();
    let persons = &workspace.book.firm.persons;
    let has_person = |id: &&EngagementId| {
        let mut persons = persons.iter();
        let is_meant =
            |known: &EngagementId| known == *id || workspace.book.renamed.get(known) == Some(*id);
        persons.any(|person| person.engagements.keys().any(is_meant))
    };
    for id in workspace.book.engagements.iter().filter(has_person) {
        let read = reading::engagement(workspace, id, today.into());
        if let Some(engagement) = problems.value_of(read.reading) {
            person_portals.extend(portals(workspace, None, &engagement, today.into()));
        }
    }
    problems.into_result()?;
    Ok(person_portals.links(workspace, &key))
}

/// Returns the portals that persons have in one engagement. Without a `key` they have no addresses.
pub(super) fn portals(
    workspace: &Workspace,
    key: Option<&Key>,
    engagement: &Engagement,
    today: Today<'_>,
) -> PersonPortals {
    let firm = &workspace.book.firm;
    let mut person_portals = PersonPortals::default();
    for person in &firm.persons {
        let tied = person.stakeholder_in(&engagement.id, &engagement.was);
        let Some(stakeholder) = tied.and_then(|tied| engagement.stakeholder(tied)) else {
            continue;
        };
        let readers = engagement.readers(today);
        let Some(reader) = readers.iter().find(|reader| *reader.id() == stakeholder.id) else {
            continue;
        };
        let access = sealing::access_mode(workspace, engagement);
        let address = key.map_or_else(String::new, |key| {
            address(
                &sealing::link(workspace, key, engagement, stakeholder),
                access,
            )
        });
        let figures = records::figures(key, engagement);
        let source = PortalSource {
            firm,
            engagement,
            figures: &figures,
        };
        let portal = PortalView::of(source, reader, today);
        let line = PortalLineView::of(&portal, address);
        let lines = PortalLines {
            lines: vec![(engagement.id.clone(), line)],
            access,
            asks: sealing::asks(workspace, engagement, stakeholder),
        };
        person_portals.add(person.id.clone(), lines);
    }
    person_portals
}

/// Makes the page of every person of this part of the site who has a portal.
pub(super) fn pages(
    workspace: &Workspace,
    mut person_portals: PersonPortals,
    shard: Shard,
) -> Result<Vec<PersonPage>, Vec<Diagnostic>> {
    let weak = passphrases::weak_of_persons(workspace);
    if !weak.is_empty() {
        return Err(weak);
    }
    let firm = &workspace.book.firm;
    let mut pages = Vec::new();
    let persons = firm.persons.iter().enumerate();
    for (index, person) in persons.filter(|(_, person)| shard.holds(person.id.as_str())) {
        let Some(portals) = person_portals.lines.remove(&person.id) else {
            continue;
        };
        let PortalLines {
            lines,
            access,
            asks,
        } = portals;
        let said = lines.iter();
        let said = said.map(|(id, line)| (id.clone(), format!("{line:?}")));
        let said = said.collect();
        let lines = lines.into_iter().map(|(_, line)| line).collect();
        let view = PortalsView::of(firm, person, lines);
        let language = person.language.as_ref().unwrap_or(&firm.language);
        let page = workspace.theme.portals_page(view, language);
        pages.push(PersonPage {
            person: index,
            access,
            asks: asks.or(own_asks(workspace, person)),
            lines: said,
            page: page.map_err(|problem| vec![problem])?,
        });
    }
    Ok(pages)
}

/// Returns an error for everything that a person's page must not hold: confidential terms, and what it would load or run.
pub(super) fn leaks(workspace: &Workspace, page: &PersonPage) -> Vec<Diagnostic> {
    let firm = &workspace.book.firm;
    let id = firm.persons[page.person].id.as_str();
    let page = ParsedPage::of(page.page.document(), workspace.theme.known_style());
    page_audit::leaks(workspace, &page, "loggia.toml", id)
}

/// Makes the file of a person's page, and adds what must not leave with it; nothing where its passphrase is not at hand.
pub(super) fn seal(
    workspace: &Workspace,
    key: &Key,
    page: &PersonPage,
    problems: &mut Problems,
) -> Result<Option<Sealed>, Diagnostic> {
    problems.leaks.extend(leaks(workspace, page));
    let person = &workspace.book.firm.persons[page.person];
    let link = person_link(workspace, key, person);
    let access = match page.access {
        AccessMode::Link => Access::Link,
        AccessMode::Sealed => {
            let words = Words::of_person(workspace, person.id.as_str());
            if let Some(missing) = words.at_hand().err().filter(|_| page.asks.passphrase) {
                problems.secrets.push(missing);
                return Ok(None);
            }
            Access::Sealed(page.asks.opening(words.at_hand(), &link)?)
        }
    };
    let sealed = Sealed::of(&page.page, &link, &access, &workspace.shell);
    Ok(Some(sealed))
}

/// What the sealed page of a person asks for whatever its portals ask for.
pub(super) fn own_asks(workspace: &Workspace, person: &Person) -> Asks {
    Asks {
        click: workspace.book.firm.opening == OpeningMode::Click,
        passphrase: person.passphrase,
    }
}

impl PersonPage {
    /// The page as its reader sees it.
    pub(super) fn document(&self) -> &str {
        self.page.document()
    }
}

impl PersonPortals {
    /// Adds portals. One sealed portal seals the page, because the code of that portal stands on it.
    fn add(&mut self, person: PersonId, portals: PortalLines) {
        let PortalLines {
            lines,
            access,
            asks,
        } = portals;
        let known = self.lines.entry(person).or_insert(PortalLines {
            lines: Vec::new(),
            access,
            asks,
        });
        known.lines.extend(lines);
        known.asks = known.asks.or(asks);
        if access == AccessMode::Sealed {
            known.access = access;
        }
    }

    /// Adds the portals of other engagements.
    pub(super) fn extend(&mut self, other: Self) {
        for (person, portals) in other.lines {
            self.add(person, portals);
        }
    }

    /// Whether any of them is this person's.
    pub(super) fn has(&self, person: &PersonId) -> bool {
        self.lines.contains_key(person)
    }

    /// The persons whose portals they are.
    pub(super) fn persons(&self) -> impl Iterator<Item = &PersonId> {
        self.lines.keys()
    }

    /// Leaves only the portals of some persons.
    pub(super) fn retain(&mut self, is_meant: impl Fn(&PersonId) -> bool) {
        self.lines.retain(|person, _| is_meant(person));
    }

    /// Puts the portals of each person in the order of these engagements.
    pub(super) fn sort(&mut self, engagements: &[EngagementId]) {
        let places = engagements.iter().zip(0..);
        let places: BTreeMap<&EngagementId, usize> = places.collect();
        for portals in self.lines.values_mut() {
            portals.lines.sort_by_key(|(id, _)| places.get(id));
        }
    }

    /// Returns the link of everyone who has a portal.
    pub(super) fn links(&self, workspace: &Workspace, key: &Key) -> Vec<PersonLink> {
        let link = |person: &Person| {
            let portals = self.lines.get(&person.id)?;
            Some(PersonLink {
                id: person.id.to_string(),
                name: person.name.clone(),
                access: portals.access,
                link: person_link(workspace, key, person),
                asks: portals.asks.or(own_asks(workspace, person)),
            })
        };
        let persons = workspace.book.firm.persons.iter();
        persons.filter_map(link).collect()
    }
}

/// The link of a person.
pub(super) fn person_link(workspace: &Workspace, key: &Key, person: &Person) -> Link {
    Link::of(key, &link_source(workspace, person))
}

/// Returns what the link of a person is derived from.
pub(super) fn link_source<'a>(workspace: &Workspace, person: &'a Person) -> LinkSource<'a> {
    LinkSource {
        engagement: NO_ENGAGEMENT,
        stakeholder: person.id.as_str(),
        numbers: LinkNumbers {
            site: workspace.book.firm.link,
            ..LinkNumbers::of_stakeholder(person.link)
        },
    }
}

/// Where a portal is, as seen from another page of the site.
fn address(link: &Link, access: AccessMode) -> String {
    match access {
        AccessMode::Link => format!("../{}/", link.id()),
        AccessMode::Sealed => format!("../{}/#{}", link.id(), link.code().as_str()),
    }
}
