//! The pages of persons who read several portals: a line for each portal that they already have.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;

use crate::access::Access;
use crate::access::Opening;
use crate::access::Sealed;
use crate::access::key::Key;
use crate::access::link::Link;
use crate::audit::ParsedPage;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::firm::AccessMode;
use crate::engagement::firm::OpeningMode;
use crate::engagement::id::EngagementId;
use crate::engagement::id::PersonId;
use crate::engagement::person::Person;
use crate::pipeline::Workspace;
use crate::pipeline::inviting::Way;
use crate::pipeline::link;
use crate::pipeline::problems::Failure;
use crate::pipeline::problems::Problems;
use crate::pipeline::shard::Shard;
use crate::portal::view::PortalLineView;
use crate::portal::view::PortalView;
use crate::portal::view::PortalsView;
use crate::progress;
use crate::render::Page;

/// What stands for the engagement in a person's link: no engagement can be called so.
const NO_ENGAGEMENT: &str = "*";

/// The portals of every person, gathered engagement by engagement.
#[derive(Default)]
pub(super) struct PersonPortals {
    lines: BTreeMap<PersonId, Lines>,
}

/// The portals of one person.
struct Lines {
    lines: Vec<PortalLineView>,
    access: AccessMode,
}

/// A person's way in.
pub struct PersonWay {
    /// What loggia.toml calls the person.
    pub id: String,
    /// The name.
    pub name: String,
    /// How the page is kept.
    pub access: AccessMode,
    /// The link.
    pub link: Link,
}

impl PersonWay {
    /// The way to the person's page.
    pub fn way(&self) -> Way<'_> {
        Way {
            access: self.access,
            link: &self.link,
        }
    }
}

/// A person's page, not yet sealed.
pub(super) struct PersonPage {
    pub(super) person: usize,
    pub(super) access: AccessMode,
    page: Page,
}

impl Workspace {
    /// Returns the way in of every person who has a portal.
    pub fn person_ways(&self, today: Date, out: &Path) -> Result<Vec<PersonWay>, Failure> {
        let key = Key::open_or_make(self.book.folder(), Some(out)).map_err(Failure::outside)?;
        let mut problems = Problems::default();
        let mut person_portals = PersonPortals::default();
        let persons = &self.book.firm.persons;
        let is_tied = |id: &&EngagementId| {
            let mut persons = persons.iter();
            persons.any(|person| person.engagements.contains_key(id))
        };
        for id in self.book.engagements.iter().filter(is_tied) {
            if let Some(engagement) = problems.value_of(self.engagement(id, today)) {
                self.tie(&mut person_portals, None, &engagement, today);
            }
        }
        problems.into_result()?;
        Ok(person_portals.ways(persons, &key))
    }

    /// Adds the portals of an engagement to those of the persons who have one there. Addresses are only made with a `key`.
    pub(super) fn tie(
        &self,
        person_portals: &mut PersonPortals,
        key: Option<&Key>,
        engagement: &Engagement,
        today: Date,
    ) {
        let firm = &self.book.firm;
        for person in &firm.persons {
            let Some(stakeholder) = person.engagements.get(&engagement.id) else {
                continue;
            };
            let readers = engagement.readers(today);
            let reader = readers.iter().find(|reader| reader.id() == stakeholder);
            let (Some(reader), Some(stakeholder)) = (reader, engagement.stakeholder(stakeholder))
            else {
                continue;
            };
            let access = engagement.access.unwrap_or(firm.access);
            let address = key.map_or_else(String::new, |key| {
                address(&link(key, engagement, stakeholder), access)
            });
            let figures = progress::figures(engagement);
            let portal = PortalView::of(firm, engagement, &figures, reader, today);
            let line = PortalLineView::of(&portal, address);
            person_portals.add(person, line, access);
        }
    }

    /// Makes the page of every person of this part of the site who has a portal.
    pub(super) fn person_pages(
        &self,
        mut person_portals: PersonPortals,
        shard: Shard,
        today: Date,
    ) -> Result<Vec<PersonPage>, Vec<Diagnostic>> {
        let firm = &self.book.firm;
        let mut pages = Vec::new();
        let persons = firm.persons.iter().enumerate();
        for (index, person) in persons.filter(|(_, person)| shard.holds(person.id.as_str())) {
            let Some(Lines { lines, access }) = person_portals.lines.remove(&person.id) else {
                continue;
            };
            let view = PortalsView::of(firm, person, lines, today);
            let language = person.language.as_ref().unwrap_or(&firm.language);
            let page = self.theme.portals_page(view, language);
            pages.push(PersonPage {
                person: index,
                access,
                page: page.map_err(|problem| vec![problem])?,
            });
        }
        Ok(pages)
    }

    /// What a person's page must not hold: confidential terms, and anything that it would load or run.
    pub(super) fn person_leaks(&self, page: &PersonPage) -> Vec<Diagnostic> {
        let firm = &self.book.firm;
        let id = firm.persons[page.person].id.as_str();
        let page = ParsedPage::of(page.page.document(), self.theme.known_style());
        self.leaks(&page, "loggia.toml", id)
    }

    /// Makes the file of a person's page.
    pub(super) fn seal_person(&self, key: &Key, page: &PersonPage) -> Sealed {
        let person = &self.book.firm.persons[page.person];
        let access = match page.access {
            AccessMode::Link => Access::Link,
            AccessMode::Sealed => Access::Sealed(self.person_opening()),
        };
        Sealed::of(&page.page, &person_link(key, person), &access, &self.shell)
    }

    /// What the sealed page of a person asks for.
    pub(super) fn person_opening(&self) -> Opening {
        Opening {
            click: self.book.firm.opening == OpeningMode::Click,
            passphrase: None,
        }
    }
}

impl PersonPortals {
    /// Adds a line. One sealed portal seals the page: its code stands in it.
    fn add(&mut self, person: &Person, line: PortalLineView, access: AccessMode) {
        let lines = vec![line];
        let line = (person.id.clone(), Lines { lines, access });
        self.join(Self {
            lines: BTreeMap::from([line]),
        });
    }

    /// Adds what was gathered in other engagements.
    pub(super) fn join(&mut self, other: Self) {
        for (person, Lines { lines, access }) in other.lines {
            let known = self.lines.entry(person).or_insert(Lines {
                lines: Vec::new(),
                access,
            });
            known.lines.extend(lines);
            if access == AccessMode::Sealed {
                known.access = access;
            }
        }
    }

    /// Everyone's way in.
    pub(super) fn ways(&self, persons: &[Person], key: &Key) -> Vec<PersonWay> {
        let way = |person: &Person| {
            let access = self.lines.get(&person.id)?.access;
            Some(PersonWay {
                id: person.id.to_string(),
                name: person.name.clone(),
                access,
                link: person_link(key, person),
            })
        };
        persons.iter().filter_map(way).collect()
    }
}

fn person_link(key: &Key, person: &Person) -> Link {
    Link::of(key, NO_ENGAGEMENT, person.id.as_str(), person.link)
}

/// Where a portal is, as seen from another page of the site.
fn address(link: &Link, access: AccessMode) -> String {
    match access {
        AccessMode::Link => format!("../{}/", link.id()),
        AccessMode::Sealed => format!("../{}/#{}", link.id(), link.code().as_str()),
    }
}
