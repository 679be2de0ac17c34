//! Which links a build begins and which it ends, told from the site as it stands.
//!
//! The rule it guards: links do not end in great number unless somebody says so. A name that is mended without saying what it was before
//! looks like someone who is gone and someone who is new. Whom the folder still names loses a page by its own word (a day, a raised link,
//! `portal = false`, consent that is taken back), and such an end never waits for anything.

use std::collections::{BTreeMap, BTreeSet};

use crate::access::key::Key;
use crate::access::link::{Link, LinkSource};
use crate::access::site_path::page_folder;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::person::Person;
use crate::engagement::today::Today;
use crate::pipeline::asking;
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

/// Whose pages lie where, by their folders.
#[derive(Default)]
pub(super) struct PagePlaces {
    /// Pages of this build.
    now: BTreeMap<String, String>,
    /// Where pages of people whom the folder names lay, or would lie.
    others: BTreeMap<String, String>,
    /// Whose pages lay where, as records tell it, which explains no end.
    known: BTreeMap<String, String>,
    /// Whether there are people of whom nothing can be read: then nobody can tell why links end.
    lacks_people: bool,
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
        today: Today<'_>,
    ) -> Self {
        let readers = engagement.readers(today);
        let asked = asking::asked(engagement, today);
        let mut places = Self::default();
        for person in &engagement.stakeholders {
            let whose = format!("`{}` in `{}`", person.id, engagement.id);
            let source = sealing::link_source(workspace, engagement, person);
            let place = Link::of(key, &source).folder();
            if readers.iter().any(|reader| *reader.id() == person.id) {
                places.now.insert(place, whose.clone());
            } else {
                places.others.insert(place, whose.clone());
            }
            let place = Link::asking(key, &source).folder();
            let is_asked = asked.iter().any(|asked| asked.person.id == person.id);
            let (now, others) = (&mut places.now, &mut places.others);
            let of_page = if is_asked { now } else { others };
            of_page.insert(place, asking_page_of(&whose));
            places.add_ended(key, source, &whose);
        }
        places
    }

    /// Whose pages lie where in an engagement in which nothing is wrong, as words, from which [`Self::of_words`] makes the same again.
    pub(super) fn words(&self) -> Vec<String> {
        let mut words = vec![self.now.len().to_string()];
        for (place, whose) in self.now.iter().chain(&self.others) {
            words.extend([place.clone(), whose.clone()]);
        }
        words
    }

    /// The places that these words tell; nothing where they tell none.
    pub(super) fn of_words(words: &[String]) -> Option<Self> {
        let (count, rest) = words.split_first()?;
        let (pairs, []) = rest.as_chunks::<2>() else {
            return None;
        };
        let (now, others) = pairs.split_at_checked(count.parse().ok()?)?;
        let map = |pairs: &[[String; 2]]| {
            let pairs = pairs.iter().cloned();
            pairs.map(|[place, whose]| (place, whose)).collect()
        };
        Some(Self {
            now: map(now),
            others: map(others),
            ..Self::default()
        })
    }

    /// Adds the page of a person that stays as it is.
    pub(super) fn add_person(&mut self, workspace: &Workspace, key: &Key, person: &Person) {
        let link = persons::person_link(workspace, key, person);
        let whose = format!("person `{}`", person.id);
        self.now.insert(link.folder(), whose);
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
                .insert(Link::of(key, &source).folder(), whose.clone());
            self.add_ended(key, source, &whose);
        }
        for link in portals.links(workspace, key) {
            let whose = format!("person `{}`", link.id);
            self.now.insert(link.link.folder(), whose);
        }
    }

    /// Adds a page that stays as it was published, of an engagement that cannot be built.
    pub(super) fn add_kept(&mut self, page: &ReleasedFile, whose: String) {
        if let Some(place) = page_folder(&page.path) {
            self.now.insert(place.to_owned(), whose);
        }
    }

    /// Adds a page of an engagement that cannot be built: if it ends, that is why.
    pub(super) fn add_held(&mut self, path: &str, whose: String) {
        if let Some(place) = page_folder(path) {
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
            let source = LinkSource { numbers, ..source };
            let place = Link::of(key, &source).folder();
            self.others.insert(place, whose.to_owned());
            let asking = Link::asking(key, &source).folder();
            self.others.insert(asking, asking_page_of(whose));
        }
    }

    /// Adds the places of another engagement.
    pub(super) fn extend(&mut self, other: Self) {
        self.now.extend(other.now);
        self.others.extend(other.others);
        self.lacks_people |= other.lacks_people;
    }

    /// The places where no page is, and the folder says why.
    pub(super) fn explained(&self) -> impl Iterator<Item = &str> {
        let others = self.others.keys().map(String::as_str);
        others.filter(|place| !self.now.contains_key(*place))
    }

    /// Whether nobody can tell of all links why they end.
    pub(super) fn lacks_anyone(&self) -> bool {
        self.lacks_people
    }

    /// Compares a part of a site with the pages that are out, as far as they are of this part. Whether too many end is for the whole site
    /// to tell.
    pub(super) fn compare_part(&self, out: &BTreeSet<String>) -> LinkChanges {
        let ended = out.iter().filter(|place| !self.now.contains_key(*place));
        let of_part: Vec<&String> = ended
            .filter(|place| self.others.contains_key(*place))
            .collect();
        LinkChanges {
            begun: match out.is_empty() {
                true => Vec::new(),
                false => self.begun(out),
            },
            ended: self.names(&of_part),
        }
    }

    /// The places of a site that was joined of parts: of `names` it is known whose they are.
    pub(super) fn of_parts(
        made: BTreeSet<String>,
        explained: BTreeSet<String>,
        names: BTreeMap<String, String>,
        lacks_people: bool,
    ) -> Self {
        let named = |place: String| {
            let whose = names.get(&place).cloned();
            let whose = whose.unwrap_or_else(|| format!("the page in {place}/"));
            (place, whose)
        };
        let now = made.into_iter().map(named).collect();
        let others = explained.into_iter().map(named).collect();
        Self {
            now,
            others,
            known: names,
            lacks_people,
        }
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
        let known = |place: &str| self.others.get(place).or_else(|| self.known.get(place));
        let name = |place: &&String| match known(place) {
            Some(whose) => whose.clone(),
            None => format!("someone whom no file names any more ({place}/)"),
        };
        let mut names: Vec<String> = places.iter().map(name).collect();
        names.sort();
        names.dedup();
        names
    }
}

/// What the asking page of someone is called.
fn asking_page_of(whose: &str) -> String {
    format!("{whose} (asking page)")
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
         `was = [\"…\"]`; if their links are to end, say so with `--ends {unexplained}`"
    );
    let problem = Diagnostic::error(message).with_hint(hint);
    Failure::of(FailureKind::Content, vec![problem])
}
