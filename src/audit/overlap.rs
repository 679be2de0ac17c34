//! Words in a row of a page that also stand where this reader may not look.
//!
//! The rule it guards: of what is found, only places and numbers are told, never a word. Runs of words are looked up by their hash, so
//! the work grows with the length of the texts and not with the number of their pairs.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::collections::HashSet;
use std::hash::DefaultHasher;
use std::hash::Hash;
use std::hash::Hasher;
use std::path::Path;

use jiff::civil::Date;

use crate::audit::Exhibit;
use crate::audit::Findings;
use crate::audit::letters::Letters;
use crate::audit::letters::Word;
use crate::audit::markup::Markup;
use crate::audit::seen;
use crate::audit::source;
use crate::audit::source::Kind;
use crate::audit::source::SourceFile;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::audience::Reader;
use crate::engagement::firm::Overlap;
use crate::engagement::stakeholder::Role;

/// Words in a row that are no chance. Between the pages of the three sample engagements and what their readers may not see, runs of two
/// coincide in 317 pairs of places, of three in 67, of four in 18, of five in 3, and of six in none.
pub const RUN: u8 = 6;

/// The weight of that many words.
const WEIGHT: u8 = 2 * RUN;

/// A run with its numbers and signs is never longer than this: lists of dates say nothing.
const LONGEST: usize = 24;

/// The texts of one engagement, by runs of their words, and what was found of them in pages.
pub struct Watch<'a> {
    engagement: &'a Engagement,
    files: Vec<SourceFile>,
    /// Where runs stand that are for nobody.
    closed: HashMap<u64, Vec<Spot>>,
    /// Where runs stand that are shared with some.
    shared: HashMap<u64, Vec<Spot>>,
    /// The runs that the coachee may see, who sees all that anyone sees.
    coachee: SeenRuns,
    /// The runs of every text that was seen by somebody: most are seen by several.
    known: KnownRuns,
    found: BTreeMap<Place, Found>,
    problems: Vec<Diagnostic>,
}

/// The runs of texts.
type KnownRuns = HashMap<String, Vec<u64>>;

/// A place in a file.
#[derive(Debug, Clone, Copy)]
struct Spot {
    file: usize,
    kind: Kind,
    line: u32,
}

/// What is told once: the same words may stand in many pages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    kind: Kind,
    hidden: usize,
    shown: Option<usize>,
    medium: Medium,
    /// Whether the reader sees the same words by right.
    is_by_right: bool,
}

/// In what the words were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Medium {
    Portal,
    File,
}

/// How much of it there is.
#[derive(Debug)]
struct Found {
    hidden_line: u32,
    shown_line: u32,
    words: usize,
    readers: BTreeSet<String>,
}

/// Words in a row of one text.
struct Run {
    hash: u64,
    words: std::ops::Range<usize>,
    line: u32,
}

impl<'a> Watch<'a> {
    /// Reads the texts of an engagement, its notes among them: what is read here is compared and goes nowhere.
    pub fn over(content: &Path, engagement: &'a Engagement, today: Date) -> Self {
        let mut problems = Vec::new();
        let files = source::read(content, engagement.id.as_str(), &mut problems);
        let (mut closed, mut shared) = (HashMap::new(), HashMap::new());
        for (index, file) in files.iter().enumerate() {
            for (kind, words) in &file.pieces {
                let map: &mut HashMap<u64, Vec<Spot>> = match kind {
                    Kind::Shared => &mut shared,
                    Kind::Note | Kind::Private | Kind::Comment | Kind::Remark => &mut closed,
                };
                for run in runs(words) {
                    let spot = Spot {
                        file: index,
                        kind: *kind,
                        line: run.line,
                    };
                    map.entry(run.hash).or_default().push(spot);
                }
            }
        }
        let readers = engagement.readers(today);
        let coachee = readers.iter().find(|reader| reader.role() == Role::Coachee);
        let mut known = KnownRuns::new();
        Self {
            coachee: coachee
                .map(|reader| SeenRuns::of(engagement, reader, &mut known))
                .unwrap_or_default(),
            known,
            engagement,
            files,
            closed,
            shared,
            found: BTreeMap::new(),
            problems,
        }
    }

    /// Looks at the page of a reader.
    pub fn look(&mut self, reader: &Reader, page: &Exhibit<'_>) {
        let words = page.letters().words();
        let own = SeenRuns::of(self.engagement, reader, &mut self.known);
        self.compare(&words, reader.id().as_str(), Some(&own));
    }

    /// Looks at a text that nobody was to get.
    pub fn look_at_stray(&mut self, name: &str, text: &str) {
        self.compare(&Markup::of(text).letters().words(), name, None);
    }

    fn compare(&mut self, words: &[Word], reader: &str, own: Option<&SeenRuns>) {
        let mut last: BTreeMap<(Kind, usize), (usize, usize)> = BTreeMap::new();
        for run in runs(words) {
            for spot in self.hidden_spots(run.hash, own) {
                let shown = self.shown_spot(run.hash, own);
                let place = Place {
                    kind: spot.kind,
                    hidden: spot.file,
                    shown: shown.map(|shown| shown.file),
                    is_by_right: own.is_some_and(|own| own.holds_anywhere(run.hash)),
                    medium: if own.is_some() {
                        Medium::Portal
                    } else {
                        Medium::File
                    },
                };
                // Runs that overlap on the page are one.
                let (start, end) = last
                    .get(&(spot.kind, spot.file))
                    .copied()
                    .unwrap_or_default();
                let start = if run.words.start < end {
                    start
                } else {
                    run.words.start
                };
                last.insert((spot.kind, spot.file), (start, run.words.end));
                let found = self.found.entry(place).or_insert_with(|| Found {
                    hidden_line: spot.line,
                    shown_line: shown.map_or(1, |shown| shown.line),
                    words: 0,
                    readers: BTreeSet::new(),
                });
                found.words = found.words.max(run.words.end - start);
                found.readers.insert(reader.to_owned());
            }
        }
    }

    /// Where the run stands that a page must not hold, one place a file.
    fn hidden_spots(&self, hash: u64, own: Option<&SeenRuns>) -> Vec<Spot> {
        let mut spots: Vec<Spot> = Vec::new();
        for spot in self.closed.get(&hash).into_iter().flatten() {
            if !spots
                .iter()
                .any(|known| (known.file, known.kind) == (spot.file, spot.kind))
            {
                spots.push(*spot);
            }
        }
        if !spots.is_empty() {
            return spots;
        }
        for spot in self.shared.get(&hash).into_iter().flatten() {
            let folder = self.files[spot.file].folder();
            // Templates repeat themselves: what the reader sees by right in a file of the same folder is no news.
            let is_own = own.is_some_and(|own| own.holds(folder, hash));
            if self.coachee.holds(folder, hash) && !is_own {
                return vec![*spot];
            }
        }
        spots
    }

    /// Where the run stands by right.
    fn shown_spot(&self, hash: u64, own: Option<&SeenRuns>) -> Option<Spot> {
        let own = own?;
        let spots = self.shared.get(&hash)?.iter();
        spots
            .copied()
            .find(|spot| own.holds(self.files[spot.file].folder(), hash))
    }

    /// What was found. Words that stand nowhere by right are a leak; others are what `overlap` says.
    pub fn findings(self, overlap: Overlap) -> Findings {
        let mut findings = Findings {
            warnings: self.problems,
            leaks: Vec::new(),
        };
        for (place, found) in &self.found {
            let hidden = &self.files[place.hidden];
            let readers: Vec<String> = found
                .readers
                .iter()
                .map(|reader| format!("`{reader}`"))
                .collect();
            let medium = match place.medium {
                Medium::Portal => "the portal of",
                Medium::File => "the file",
            };
            let also = if place.is_by_right { "also " } else { "" };
            let message = format!(
                "{} words in a row in {medium} {} {also}stand in {}",
                found.words,
                readers.join(", "),
                place.kind.noun()
            );
            let is_leak =
                overlap == Overlap::Deny || (place.kind == Kind::Shared && !place.is_by_right);
            let problem = if is_leak {
                Diagnostic::error(message)
            } else {
                Diagnostic::warning(message)
            };
            let hint = format!(
                "they stand in `{}`, line {}; if they should not be read, say it in other words here",
                hidden.path, found.hidden_line
            );
            let problem = match place.shown {
                Some(shown) => self.files[shown].place(problem, found.shown_line),
                None => hidden.place(problem, found.hidden_line),
            };
            let list = if is_leak {
                &mut findings.leaks
            } else {
                &mut findings.warnings
            };
            list.push(problem.with_hint(hint));
        }
        findings
    }
}

/// Runs by the folder they come from.
#[derive(Default)]
struct SeenRuns(HashSet<(&'static str, u64)>);

impl SeenRuns {
    fn of(engagement: &Engagement, reader: &Reader, known: &mut KnownRuns) -> Self {
        let mut runs_seen = HashSet::new();
        for (folder, text) in seen::texts(engagement, reader) {
            let hashes = known.entry(text).or_insert_with_key(|text| {
                let words = Letters::of(text, 1).words();
                runs(&words).map(|run| run.hash).collect()
            });
            runs_seen.extend(hashes.iter().map(|hash| (folder, *hash)));
        }
        Self(runs_seen)
    }

    /// Whether the run stands in anything that is seen.
    fn holds_anywhere(&self, hash: u64) -> bool {
        let mut folders = seen::FOLDERS.into_iter();
        folders.any(|folder| self.0.contains(&(folder, hash)))
    }

    /// Whether the run stands in some file of the folder that is seen.
    fn holds(&self, folder: &str, hash: u64) -> bool {
        let known = seen::FOLDERS.into_iter().find(|known| *known == folder);
        known.is_some_and(|folder| self.0.contains(&(folder, hash)))
    }
}

/// The runs of a text: one from every word on, as long as it takes to say something.
fn runs(words: &[Word]) -> impl Iterator<Item = Run> {
    let run = |start: usize| {
        let mut hasher = DefaultHasher::new();
        let mut weight = 0;
        for (index, word) in words.iter().enumerate().skip(start).take(LONGEST) {
            word.hash.hash(&mut hasher);
            weight += word.weight;
            if weight >= WEIGHT {
                return Some(Run {
                    hash: hasher.finish(),
                    words: start..index + 1,
                    line: words[start].line,
                });
            }
        }
        None
    };
    let starts = (0..words.len()).filter(|start| words[*start].weight > 0);
    starts.filter_map(run)
}
