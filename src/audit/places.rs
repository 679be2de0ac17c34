//! Where runs of words stand in the files of one engagement, and in which of its folders a reader may see them.
//!
//! Only runs that stand in some file are kept, each under a number: whatever else a page says is of no interest.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use smallvec::SmallVec;
use strum::VariantArray;

use crate::audit::source::{Kind, SourceFile};
use crate::audit::words::{Words, runs};
use crate::engagement::audience::Reader;
use crate::engagement::kind::ItemKind;
use crate::engagement::{Engagement, seen};

/// A place in a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// The number of the file.
    pub(super) file: usize,
    /// What stands there.
    pub(super) kind: Kind,
    /// The line, from 1.
    pub(super) line: u32,
    folder: Folders,
}

/// Every run of an engagement's files.
#[derive(Default)]
pub(super) struct Places {
    /// The number of each run, by its hash; numbers begin at 0 and leave none out.
    numbers: HashMap<u64, usize, BuildHasherDefault<IsHash>>,
    /// Where the run of each number stands, in the order of the files; never empty.
    spots: Vec<SmallVec<[Spot; 1]>>,
}

/// A set of folders of an engagement; each stands there as the first kind of item that lies in it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Folders(u32);

const _: () = assert!(
    ItemKind::VARIANTS.len() <= 32,
    "there are more kinds of item than bits"
);

impl Folders {
    fn of(place: &str) -> Self {
        let kind = ItemKind::VARIANTS
            .iter()
            .position(|kind| kind.place() == place);
        Self(kind.map_or(0, |kind| 1 << kind))
    }

    fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl Places {
    /// The runs of all files.
    pub(super) fn of(files: &[SourceFile]) -> Self {
        let mut places = Self::default();
        for (file, source) in files.iter().enumerate() {
            let folder = Folders::of(source.folder());
            for (kind, words) in &source.pieces {
                for run in runs(words) {
                    places.add(
                        run.hash,
                        Spot {
                            file,
                            kind: *kind,
                            line: run.line,
                            folder,
                        },
                    );
                }
            }
        }
        places
    }

    /// Adds a spot, the first of its kind in its file; others say no more.
    fn add(&mut self, hash: u64, spot: Spot) {
        let next = self.spots.len();
        let number = *self.numbers.entry(hash).or_insert(next);
        if number == next {
            self.spots.push(SmallVec::new());
        }
        let spots = &mut self.spots[number];
        let is_same = |last: &Spot| (last.file, last.kind) == (spot.file, spot.kind);
        if !spots.last().is_some_and(is_same) {
            spots.push(spot);
        }
    }

    /// The number of a run, if it stands anywhere.
    pub(super) fn number(&self, hash: u64) -> Option<usize> {
        self.numbers.get(&hash).copied()
    }

    /// The spots of a run that are for nobody.
    pub(super) fn closed(&self, run: usize) -> impl Iterator<Item = &Spot> {
        let spots = self.spots[run].iter();
        spots.filter(|spot| !matches!(spot.kind, Kind::Shared | Kind::Later))
    }

    /// The first spot that somebody sees and `own` does not.
    ///
    /// Templates repeat themselves: words that the reader may see in one file of a folder are not reported for another file of it.
    pub(super) fn withheld(&self, run: usize, all: &SeenRuns, own: &SeenRuns) -> Option<&Spot> {
        let (all, own) = (all.folders(run), own.folders(run));
        let is_withheld = |spot: &&Spot| all.meets(spot.folder) && !own.meets(spot.folder);
        self.shared(run).find(is_withheld)
    }

    /// The first spot that waits for its day, if `own` sees the words nowhere: a review quotes what it looks back on.
    pub(super) fn waiting(&self, run: usize, own: &SeenRuns) -> Option<&Spot> {
        let mut spots = self.spots[run].iter();
        spots.find(|spot| spot.kind == Kind::Later && !own.holds(run))
    }

    /// The first spot that `own` sees.
    pub(super) fn by_right(&self, run: usize, own: &SeenRuns) -> Option<&Spot> {
        let own = own.folders(run);
        self.shared(run).find(|spot| own.meets(spot.folder))
    }

    fn shared(&self, run: usize) -> impl Iterator<Item = &Spot> {
        let spots = self.spots[run].iter();
        spots.filter(|spot| spot.kind == Kind::Shared)
    }

    /// The numbers of the runs of a text, as far as they have one.
    fn numbers_in(&self, text: &str) -> Vec<usize> {
        let words = Words::of(text, 1);
        runs(&words)
            .filter_map(|run| self.number(run.hash))
            .collect()
    }
}

/// In which folders somebody sees each run.
#[derive(Default)]
pub(super) struct SeenRuns(Vec<Folders>);

/// The runs of texts that were seen by somebody: most are seen by several.
pub(super) type KnownTexts = HashMap<String, Vec<usize>>;

impl SeenRuns {
    /// What a reader sees of an engagement.
    pub(super) fn of(
        engagement: &Engagement,
        reader: &Reader,
        places: &Places,
        known: &mut KnownTexts,
    ) -> Self {
        let mut seen = vec![Folders::default(); places.spots.len()];
        for (kind, text) in seen::texts(engagement, reader) {
            let folder = Folders::of(kind.place());
            let numbers = known
                .entry(text)
                .or_insert_with_key(|text| places.numbers_in(text));
            for number in numbers {
                seen[*number].0 |= folder.0;
            }
        }
        Self(seen)
    }

    fn folders(&self, run: usize) -> Folders {
        self.0.get(run).copied().unwrap_or_default()
    }

    /// Whether the run stands in anything that is seen.
    pub(super) fn holds(&self, run: usize) -> bool {
        self.folders(run) != Folders::default()
    }
}

/// The hasher for what is a hash already.
#[derive(Default)]
struct IsHash(u64);

impl Hasher for IsHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
