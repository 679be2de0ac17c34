//! What pages say about sharing, held against what all pages hold: nothing is taken from the program but the pages themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use html5ever::parse_document;
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use crate::folder::{Number, Role, tokens};
use crate::oracle::pages::run_on_folders;

/// How many grown folders are gone through unless `LOGGIA_CASES` says otherwise.
const CASES: u32 = 80;

/// The kinds of item that say on the coachee's page who reads them, by their class.
const ITEMS: [&str; 5] = ["goal", "meeting", "update", "review", "agreement"];

#[test]
fn what_the_coachee_reads_about_readers_is_what_their_pages_hold() {
    run_on_folders(CASES, |folder| {
        let site = folder.built();
        let pages: BTreeMap<Number, Page> = site
            .portals
            .iter()
            .map(|(number, (_, page))| (*number, Page::read(&page.bytes)))
            .collect();
        let of_role = |role: Role| {
            let mut people = folder
                .people
                .iter()
                .filter(move |person| person.role == role);
            people.next().map(|person| person.number)
        };
        let Some(coachee) = of_role(Role::Coachee).and_then(|number| pages.get(&number)) else {
            return Ok(());
        };
        for (number, page) in &pages {
            let person = folder.person(*number);
            if matches!(person.role, Role::Coachee | Role::Coach) {
                continue;
            }
            if let Some(word) = page.says_who_reads() {
                return Err(format!("{} is told who else reads: {word}", person.name));
            }
            compare(coachee, page, &person.name)?;
        }
        Ok(())
    });
}

/// Whether the coachee's page says of `name` what that person's page holds.
fn compare(coachee: &Page, page: &Page, name: &str) -> Result<(), String> {
    for class in ITEMS {
        let said = coachee.items(class);
        let held = page.items(class);
        for (title, items) in &said {
            // Two reviews without a title of their own are called alike.
            let [item] = items.as_slice() else {
                continue;
            };
            let is_said = is_among(&readers(item), name);
            let is_held = held.contains_key(title);
            if is_said != is_held {
                return Err(format!(
                    "{class} {title:?}: said {is_said}, held {is_held} by {name}"
                ));
            }
            let Some([their]) = held.get(title).map(Vec::as_slice) else {
                continue;
            };
            for passage in item.all("passage") {
                let Some(word) = passage.own_word(item) else {
                    continue;
                };
                let is_said = is_among(&readers(&passage), name);
                let is_held = their.text().contains(&word);
                if is_said != is_held {
                    return Err(format!(
                        "a passage of {title:?} ({word}): said {is_said}, held {is_held} by {name}"
                    ));
                }
            }
        }
    }
    let own = page.own_list();
    for (part, names) in coachee.table() {
        let (is_said, is_held) = (is_among(&names, name), own.contains(&part));
        if is_said != is_held {
            return Err(format!(
                "{part}: said {is_said}, on the page of {name} {is_held}"
            ));
        }
    }
    Ok(())
}

/// Whether a name is among those that are said, or everyone's is.
fn is_among(said: &BTreeSet<String>, name: &str) -> bool {
    said.contains(name) || said.contains("everyone else who has a page")
}

/// The names in the line of who reads an item or a passage.
fn readers(item: &Node) -> BTreeSet<String> {
    let lines = item
        .children()
        .into_iter()
        .filter(|node| node.is("readers"));
    lines.flat_map(|line| line.names()).collect()
}

/// A page as a browser reads it.
struct Page(Node);

impl Page {
    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let dom = parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(&*text);
        Self(Node(Rc::clone(&dom.document)))
    }

    /// The items of a class by their titles, which stand in their first heading; the day apart.
    fn items(&self, class: &str) -> BTreeMap<String, Vec<Node>> {
        let mut items: BTreeMap<String, Vec<Node>> = BTreeMap::new();
        for item in self.0.all(class) {
            let Some(heading) = item.descendants().into_iter().find(Node::is_heading) else {
                continue;
            };
            let inside = heading.descendants().into_iter();
            let title = inside
                .filter(|node| node.has("dir"))
                .last()
                .unwrap_or(heading);
            let title = title.text().trim().to_owned();
            items.entry(title).or_default().push(item);
        }
        items
    }

    /// The lines of the table of who reads what: the part's words, and the names of those who read something of it now.
    fn table(&self) -> Vec<(String, BTreeSet<String>)> {
        let Some(table) = self.0.all("shared").into_iter().next() else {
            return Vec::new();
        };
        let rows = table.tagged("tr").into_iter();
        let lines = rows.filter_map(|row| {
            let cells = row.tagged("td");
            let part = row.tagged("th").first()?.text();
            let lines = cells.first()?.tagged("p").into_iter();
            let now = lines.filter(|line| !line.is("later"));
            let names = now.flat_map(|line| line.names_of_people()).collect();
            Some((part.trim().to_owned(), names))
        });
        lines.collect()
    }

    /// The parts that the reader is told they may read.
    fn own_list(&self) -> BTreeSet<String> {
        let lists = self.0.all("you-may-read").into_iter();
        let items = lists.flat_map(|list| list.tagged("li"));
        items.map(|item| item.text().trim().to_owned()).collect()
    }

    /// A sentence on who else reads, which only the coachee and the coach are told.
    fn says_who_reads(&self) -> Option<String> {
        let mut told = self.0.all("readers");
        told.extend(self.0.all("shared"));
        told.first().map(Node::text)
    }
}

/// A node of a page.
#[derive(Clone)]
struct Node(Handle);

impl Node {
    fn children(&self) -> Vec<Self> {
        let children = self.0.children.borrow();
        children
            .iter()
            .map(|child| Self(Rc::clone(child)))
            .collect()
    }

    fn descendants(&self) -> Vec<Self> {
        let mut found = Vec::new();
        for child in self.children() {
            found.push(child.clone());
            found.extend(child.descendants());
        }
        found
    }

    fn attribute(&self, key: &str) -> Option<String> {
        let NodeData::Element { attrs, .. } = &self.0.data else {
            return None;
        };
        let attributes = attrs.borrow();
        let mut found = attributes
            .iter()
            .filter(|attribute| &*attribute.name.local == key);
        found.next().map(|attribute| attribute.value.to_string())
    }

    fn has(&self, key: &str) -> bool {
        self.attribute(key).is_some()
    }

    fn tag(&self) -> String {
        match &self.0.data {
            NodeData::Element { name, .. } => name.local.to_string(),
            _ => String::new(),
        }
    }

    fn is(&self, class: &str) -> bool {
        let classes = self.attribute("class").unwrap_or_default();
        classes.split_whitespace().any(|known| known == class)
    }

    fn is_heading(&self) -> bool {
        matches!(self.tag().as_str(), "h2" | "h3" | "h4")
    }

    fn all(&self, class: &str) -> Vec<Self> {
        let found = self.descendants().into_iter();
        found.filter(|node| node.is(class)).collect()
    }

    fn tagged(&self, tag: &str) -> Vec<Self> {
        let found = self.descendants().into_iter();
        found.filter(|node| node.tag() == tag).collect()
    }

    fn text(&self) -> String {
        match &self.0.data {
            NodeData::Text { contents } => contents.borrow().to_string(),
            _ => self.children().iter().map(Self::text).collect(),
        }
    }

    /// A word that stands in it and nowhere else in `item`, the sentence on readers apart.
    fn own_word(&self, item: &Self) -> Option<String> {
        let inside = self
            .children()
            .into_iter()
            .filter(|node| !node.is("readers"));
        let text: String = inside.map(|node| node.text()).collect();
        let all = item.text();
        let mut words = tokens(&text).into_iter();
        words.find(|word| all.matches(word).count() == 1)
    }

    /// The names in a sentence.
    fn names(&self) -> Vec<String> {
        self.tagged("bdi").iter().map(Self::text).collect()
    }

    /// The names in a line of the table, without the titles of items before them.
    fn names_of_people(&self) -> Vec<String> {
        let mut titles = Vec::new();
        for child in self.children().iter().filter(|child| child.is("soft")) {
            titles.extend(child.names());
        }
        let names = self.names();
        names[titles.len()..].to_vec()
    }
}
