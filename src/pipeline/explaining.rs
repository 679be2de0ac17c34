//! Who sees what, with the line of the file that decided.

use jiff::civil::Date;

use crate::content::folder::origin::{Origin, Origins};
use crate::diagnostic::{Diagnostic, sort};
use crate::engagement::id::EngagementId;
use crate::pipeline::preview::{preview, sight};
use crate::pipeline::problems::{Failure, FailureKind};
use crate::pipeline::workspace::Workspace;
use crate::portal::sight::cell::{Ground, Seen, SightCell};
use crate::portal::sight::row::SightItem;
use crate::portal::sight::{NoPortal, Sight, SightReader, WithoutPortal};

/// Where the rules of an engagement are that are no item's own.
const ENGAGEMENT: &str = "engagement.toml";

/// Who sees what of an engagement, and where that is written.
pub struct Explanation {
    /// Who sees what.
    pub sight: Sight,
    pub(in crate::pipeline) origins: Origins,
}

/// Why a reader sees a part, or does not.
#[derive(Debug)]
pub struct Why {
    /// The rule.
    pub rule: String,
    /// Where it is written.
    pub origin: Option<Written>,
    /// Where it is written what is taken out of it.
    pub limits: Vec<Written>,
}

/// Where something is written: a place in a file of the content folder.
#[derive(Debug)]
pub struct Written {
    /// The path inside the content folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl From<Origin> for Written {
    fn from(origin: Origin) -> Self {
        Self {
            file: origin.file,
            line: origin.line,
            column: origin.column,
        }
    }
}

/// Returns who sees what of an engagement, and where that is written.
pub fn explain(
    workspace: &Workspace,
    id: &EngagementId,
    today: Date,
) -> Result<Explanation, Failure> {
    let preview = preview(workspace, id.as_str(), today);
    let Some(valid) = preview.valid else {
        return Err(Failure::of(FailureKind::Content, preview.problems));
    };
    Ok(Explanation {
        sight: sight(&valid, today),
        origins: workspace.book.origins(id),
    })
}

/// Who sees what of every engagement, or what stands in the way.
pub fn sights(workspace: &Workspace, today: Date) -> Result<Vec<Sight>, Failure> {
    let mut sights = Vec::new();
    let mut problems = workspace.warnings.clone();
    for id in workspace.engagements() {
        let preview = preview(workspace, id, today);
        problems.extend(preview.problems);
        sights.extend(preview.valid.map(|valid| sight(&valid, today)));
    }
    sort(&mut problems);
    if problems.iter().any(Diagnostic::is_error) {
        return Err(Failure::of(FailureKind::Content, problems));
    }
    Ok(sights)
}

impl Explanation {
    /// Returns why a reader sees a part of an item, or does not.
    pub fn why(&self, reader: &SightReader, item: &SightItem, cell: &SightCell) -> Why {
        let words = words_for(reader, item);
        let origin = self.origin(reader, item, cell, cell.ground);
        let limits = match cell.limit {
            Some(Ground::Passages) => self.origins.passages_for_others(&item.place, &words),
            Some(ground) => self
                .origin(reader, item, cell, ground)
                .into_iter()
                .collect(),
            None => Vec::new(),
        };
        Why {
            rule: cell.rule.clone(),
            origin: origin.map(Written::from),
            limits: limits.into_iter().map(Written::from).collect(),
        }
    }

    fn origin(
        &self,
        reader: &SightReader,
        item: &SightItem,
        cell: &SightCell,
        ground: Ground,
    ) -> Option<Origin> {
        let origins = &self.origins;
        match ground {
            Ground::Role => origins.stakeholder(&reader.id, "role"),
            Ground::Supporters => origins.key(&item.place, &["supporters"]),
            Ground::Passages | Ground::Texts | Ground::Day => None,
            Ground::Competencies => origins.key(ENGAGEMENT, &["competencies"]),
            Ground::Goal => origins.key(&item.place, &["outcome"]),
            Ground::Roles => origins.key(ENGAGEMENT, &["roles", reader.role]),
            Ground::Pulse => {
                let minimum = origins.key(ENGAGEMENT, &["pulse", "minimum"]);
                minimum.or_else(|| origins.key(ENGAGEMENT, &["pulse"]))
            }
            Ground::Share(part) => {
                let own: [&str; 2] = ["share", part.key()];
                let own = if item.place.starts_with("goals/") {
                    &own[..]
                } else {
                    &own[..1]
                };
                let is_own = item.place != ENGAGEMENT && origins.key(&item.place, own).is_some();
                let (place, path) = if is_own {
                    (item.place.as_str(), own)
                } else {
                    (ENGAGEMENT, &["share", part.key()][..])
                };
                self.listed(&words_for(reader, item), cell, place, path)
            }
        }
    }

    /// The word of a list that names the reader, where the reader sees the part; else the list; else what it would stand in.
    fn listed(
        &self,
        words: &[&str],
        cell: &SightCell,
        place: &str,
        path: &[&str],
    ) -> Option<Origin> {
        let words = match cell.seen {
            Seen::Not => &[],
            Seen::Whole | Seen::Part => words,
        };
        let word = self.origins.word(place, path, words);
        word.or_else(|| self.origins.key(place, path))
            .or_else(|| self.origins.key(place, &path[..1]))
    }

    /// Returns where it is written that a person has no portal.
    pub fn why_without(&self, person: &WithoutPortal) -> Option<Written> {
        let origin = match person.reason {
            NoPortal::Draft => None,
            NoPortal::Closed => self.origins.key(ENGAGEMENT, &["closes"]),
            NoPortal::Refused => self.origins.stakeholder(&person.id, "portal"),
            NoPortal::ToCome => self.origins.stakeholder(&person.id, "from"),
            NoPortal::Gone => self.origins.stakeholder(&person.id, "until"),
            NoPortal::NotYetAgreed | NoPortal::NotAgreed => {
                self.origins.key(ENGAGEMENT, &["share"])
            }
        };
        origin.map(Written::from)
    }

    /// Returns the reader whom the coach calls `word`: by id, or by a role that one reader alone has.
    pub fn reader(&self, word: &str) -> Option<&SightReader> {
        let readers = &self.sight.readers;
        let is_called =
            |reader: &&SightReader| reader.id == word || reader.was.iter().any(|old| old == word);
        let by_id = readers.iter().find(is_called);
        let mut with_role = readers.iter().filter(|reader| reader.role == word);
        by_id.or_else(|| with_role.next().filter(|_| with_role.next().is_none()))
    }

    /// Returns the items that the coach calls `word`: by file, by the file's name, or a goal by its id.
    pub fn items(&self, word: &str) -> Vec<&SightItem> {
        let word = word
            .strip_prefix(&format!("{}/", self.sight.engagement))
            .unwrap_or(word);
        let is_meant = |item: &&SightItem| {
            let (folder, name) = item.place.rsplit_once('/').unwrap_or(("", &item.place));
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            let bare = word.strip_suffix(".md").unwrap_or(word);
            let goal = stem.split_once('-').filter(|_| folder == "goals");
            let is_goal =
                goal.is_some_and(|(_, id)| id == bare.strip_prefix("goals/").unwrap_or(bare));
            item.place == word
                || name == word
                || stem == word
                || folder == word
                || is_goal
                || (folder.is_empty() && word == "facts")
        };
        self.sight.items.iter().filter(is_meant).collect()
    }

    /// Returns a problem with a word that means nothing here, and what there is.
    pub fn unknown(&self, word: &str) -> Diagnostic {
        let readers = self
            .sight
            .readers
            .iter()
            .map(|reader| format!("`{}`", reader.id));
        let items = self
            .sight
            .items
            .iter()
            .map(|item| format!("`{}`", item.place));
        let known: Vec<String> = readers.chain(items).collect();
        let message = format!(
            "`{word}` is neither a reader nor an item of `{}`",
            self.sight.engagement
        );
        Diagnostic::error(message).with_hint(format!("known here: {}", known.join(", ")))
    }
}

/// The words by which a list of readers can name this one.
fn words_for<'a>(reader: &'a SightReader, item: &SightItem) -> Vec<&'a str> {
    let attends = item.attendees.contains(&reader.id);
    let words = ["everyone", reader.role, reader.id.as_str()];
    let was = reader.was.iter().map(String::as_str);
    words
        .into_iter()
        .chain(was)
        .chain(attends.then_some("attendees"))
        .collect()
}
