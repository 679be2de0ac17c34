//! Words in a row of a page that also stand where this reader may not look.
//!
//! The rule it guards: messages name places and numbers of what was found, never a word of it. Runs of words are looked up by their hash, so
//! the work grows with the length of the texts and not with the number of their pairs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::audit::places::{KnownTexts, Places, SeenRuns};
use crate::audit::source::{Kind, SourceFile};
use crate::audit::words::{Word, runs};
use crate::audit::{Findings, ParsedPage, source};
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::audience::Reader;
use crate::engagement::firm::Overlap;
use crate::engagement::stakeholder::Role;
use crate::engagement::today::Today;

/// The texts of one engagement, by runs of their words, and what was found of them in pages.
pub struct OverlapSearch<'a> {
    engagement: &'a Engagement,
    files: Vec<SourceFile>,
    places: Places,
    /// The runs that the coachee may see, who sees all that anyone sees.
    coachee: SeenRuns,
    known: KnownTexts,
    found: BTreeMap<OverlapKey, Found>,
    problems: Vec<Diagnostic>,
}

/// What is reported once, although the same words may stand in many pages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct OverlapKey {
    kind: Kind,
    hidden: usize,
    shown: Option<usize>,
    medium: Medium,
    /// Whether the reader may see the same words in another text.
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

impl<'a> OverlapSearch<'a> {
    /// Reads the texts of an engagement, its notes among them: what is read here is compared and goes nowhere.
    pub fn over(content: &Path, engagement: &'a Engagement, today: Today<'_>) -> Self {
        let mut problems = Vec::new();
        let files = source::read(content, (engagement.id.as_str(), today), &mut problems);
        let places = Places::of(&files);
        let readers = engagement.readers(today);
        let coachee = readers.iter().find(|reader| reader.role() == Role::Coachee);
        let mut known = KnownTexts::new();
        Self {
            coachee: coachee
                .map(|reader| SeenRuns::of(engagement, reader, &places, &mut known))
                .unwrap_or_default(),
            engagement,
            files,
            places,
            known,
            found: BTreeMap::new(),
            problems,
        }
    }

    /// Compares the page of a reader.
    pub fn look(&mut self, reader: &Reader, page: &ParsedPage<'_>) {
        let own = SeenRuns::of(self.engagement, reader, &self.places, &mut self.known);
        self.compare(page.words(), reader.id().as_str(), &own, Medium::Portal);
    }

    /// Compares a text that was meant for nobody.
    pub fn look_at_stray(&mut self, name: &str, text: &str) {
        let nothing = SeenRuns::default();
        self.compare(
            ParsedPage::of(text, "").words(),
            name,
            &nothing,
            Medium::File,
        );
    }

    /// Compares words with everything that their reader may not see.
    fn compare(&mut self, words: &[Word], reader: &str, own: &SeenRuns, medium: Medium) {
        let mut last: BTreeMap<(Kind, usize), (usize, usize)> = BTreeMap::new();
        for run in runs(words) {
            let Some(number) = self.places.number(run.hash) else {
                continue;
            };
            let mut spots: Vec<_> = self.places.closed(number).collect();
            if spots.is_empty() {
                spots.extend(self.places.withheld(number, &self.coachee, own));
                spots.extend(self.places.waiting(number, own));
            }
            for spot in spots {
                let shown = self.places.by_right(number, own);
                let key = OverlapKey {
                    kind: spot.kind,
                    hidden: spot.file,
                    shown: shown.map(|shown| shown.file),
                    is_by_right: own.holds(number),
                    medium,
                };
                // Runs that overlap on the page are one.
                let before = last.get(&(spot.kind, spot.file)).copied();
                let (start, end) = before.unwrap_or_default();
                let start = if run.words.start < end {
                    start
                } else {
                    run.words.start
                };
                last.insert((spot.kind, spot.file), (start, run.words.end));
                let found = self.found.entry(key).or_insert_with(|| Found {
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

    /// What was found. Words of a shared text that the reader may see nowhere are a leak; all others are a leak or a warning, as `overlap`
    /// says.
    pub fn findings(self, overlap: Overlap) -> Findings {
        let mut findings = Findings {
            warnings: self.problems,
            leaks: Vec::new(),
        };
        for (key, found) in &self.found {
            let hidden = &self.files[key.hidden];
            let readers: Vec<String> = found
                .readers
                .iter()
                .map(|reader| format!("`{reader}`"))
                .collect();
            let medium = match key.medium {
                Medium::Portal => "the portal of",
                Medium::File => "the file",
            };
            let also = if key.is_by_right { "also " } else { "" };
            let message = format!(
                "{} words in a row in {medium} {} {also}stand in {}",
                found.words,
                readers.join(", "),
                key.kind.noun()
            );
            let is_leak = overlap == Overlap::Deny
                || (matches!(key.kind, Kind::Shared | Kind::Later) && !key.is_by_right);
            let problem = if is_leak {
                Diagnostic::error(message)
            } else {
                Diagnostic::warning(message)
            };
            let hint = format!(
                "they stand in `{}`, line {}; if they should not be read, say it in other words here",
                hidden.path, found.hidden_line
            );
            let problem = match key.shown {
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
