//! Which links a build begins and which it ends, told from the site as it stands.
//!
//! The rule it guards: links do not end in great number unless somebody says so. A name that is mended without saying what it was before
//! looks like someone who is gone and someone who is new. Whom the folder still names loses a page by its own word (a day, a raised link,
//! `portal = false`, consent that is taken back), and such an end never waits for anything.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::access::key::Key;
use crate::access::link::{Link, LinkSource};
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::pipeline::link_numbers;
use crate::pipeline::persons;
use crate::pipeline::persons::PersonPortals;
use crate::pipeline::problems::{Failure, FailureKind};
use crate::pipeline::release::ReleasedFile;
use crate::pipeline::sealing;
use crate::pipeline::workspace::Workspace;

/// So many links may end at once, however few there are.
const FEW: usize = 3;

/// One of so many may end at once.
const TENTH: usize = 10;

/// Whose pages lie where, by folder below `p/`.
#[derive(Default)]
pub(super) struct PagePlaces {
    /// Pages of this build.
    now: BTreeMap<String, String>,
    /// Where pages of people whom the folder names lay, or would lie.
    others: BTreeMap<String, String>,
    /// Whether there are people of whom nothing can be read: then nobody can tell why links end.
    lacks_people: bool,
}

/// The folder of a page below `p/`.
fn folder_of(path: &str) -> Option<&str> {
    path.strip_prefix("p/")?.split('/').next()
}

/// What becomes of links.
#[derive(Debug, Default)]
pub struct LinkChanges {
    /// Whose links begin; nobody's where there was no site.
    pub begun: Vec<String>,
    /// Whose links end.
    pub ended: Vec<String>,
}

impl PagePlaces {
    /// The places of everyone in an engagement.
    pub(super) fn of(
        (workspace, key): (&Workspace, &Key),
        engagement: &Engagement,
        today: Date,
    ) -> Self {
        let readers = engagement.readers(today);
        let mut places = Self::default();
        for person in &engagement.stakeholders {
            let whose = format!("`{}` in `{}`", person.id, engagement.id);
            let source = sealing::link_source(workspace, engagement, person);
            let place = Link::of(key, &source).id();
            if readers.iter().any(|reader| *reader.id() == person.id) {
                places.now.insert(place, whose.clone());
            } else {
                places.others.insert(place, whose.clone());
            }
            places.add_ended(key, source, &whose);
        }
        places
    }

    /// Adds the pages of persons who read several portals.
    pub(super) fn add_persons(
        &mut self,
        workspace: &Workspace,
        key: &Key,
        portals: &PersonPortals,
    ) {
        for person in &workspace.book.firm.persons {
            let whose = format!("person `{}`", person.id);
            let source = persons::link_source(workspace, person);
            self.others
                .insert(Link::of(key, &source).id(), whose.clone());
            self.add_ended(key, source, &whose);
        }
        for link in portals.links(workspace, key) {
            let whose = format!("person `{}`", link.id);
            self.now.insert(link.link.id(), whose);
        }
    }

    /// Adds a page that stays as it was published, of an engagement that cannot be built.
    pub(super) fn add_kept(&mut self, page: &ReleasedFile, whose: String) {
        if let Some(place) = folder_of(&page.path) {
            self.now.insert(place.to_owned(), whose);
        }
    }

    /// Adds a page of an engagement that cannot be built: if it ends, that is why.
    pub(super) fn add_held(&mut self, path: &str, whose: String) {
        if let Some(place) = folder_of(path) {
            self.others.entry(place.to_owned()).or_insert(whose);
        }
    }

    /// Says that not even the people of an engagement can be read.
    pub(super) fn lack_people(&mut self) {
        self.lacks_people = true;
    }

    /// Adds the places of links that ended.
    fn add_ended(&mut self, key: &Key, source: LinkSource<'_>, whose: &str) {
        for numbers in link_numbers::ended(source.numbers) {
            let place = Link::of(key, &LinkSource { numbers, ..source }).id();
            self.others.insert(place, whose.to_owned());
        }
    }

    /// Adds the places of another engagement.
    pub(super) fn extend(&mut self, other: Self) {
        self.now.extend(other.now);
        self.others.extend(other.others);
        self.lacks_people |= other.lacks_people;
    }

    /// Compares with the pages that are out. More ends than usual must be as many as `told`.
    pub(super) fn compare(
        &self,
        out: &BTreeSet<String>,
        told: Option<usize>,
    ) -> Result<LinkChanges, Failure> {
        let ended = out.iter().filter(|place| !self.now.contains_key(*place));
        let ended: Vec<&String> = ended.collect();
        let is_unknown = |place: &&&String| !self.others.contains_key(**place);
        let unexplained = ended.iter().filter(is_unknown).count();
        let changes = LinkChanges {
            begun: match out.is_empty() {
                true => Vec::new(),
                false => self.begun(out),
            },
            ended: self.names(&ended),
        };
        let is_much = !self.lacks_people && unexplained > FEW && unexplained * TENTH > out.len();
        if is_much && told != Some(unexplained) {
            return Err(too_many(unexplained, out.len(), &changes));
        }
        Ok(changes)
    }

    fn begun(&self, out: &BTreeSet<String>) -> Vec<String> {
        let new = self.now.iter().filter(|(place, _)| !out.contains(*place));
        let mut names: Vec<String> = new.map(|(_, whose)| whose.clone()).collect();
        names.sort();
        names
    }

    /// Whose pages lay in these places; of those whom the folder does not name, where.
    fn names(&self, places: &[&String]) -> Vec<String> {
        let name = |place: &&String| match self.others.get(*place) {
            Some(whose) => whose.clone(),
            None => format!("someone whom no file names any more (p/{place}/)"),
        };
        let mut names: Vec<String> = places.iter().map(name).collect();
        names.sort();
        names.dedup();
        names
    }
}

fn too_many(unexplained: usize, all: usize, changes: &LinkChanges) -> Failure {
    let message = format!(
        "{unexplained} links of {all} would end, and nothing says why: those of {}",
        changes.ended.join(", ")
    );
    let begun = match changes.begun.as_slice() {
        [] => String::new(),
        begun => format!("links would begin for {}; ", begun.join(", ")),
    };
    let hint = format!(
        "{begun}if these are the same people under mended names, say what they, or their folder, were called before: \
         `was = [\"…\"]`; if their links are to end, build with `--ends {unexplained}`"
    );
    let problem = Diagnostic::error(message).with_hint(hint);
    Failure::of(FailureKind::Content, vec![problem])
}
