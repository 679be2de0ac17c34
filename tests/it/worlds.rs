//! Two worlds: whatever changes in a folder that a reader may not see, that reader's page and all shared files stay the same to the
//! byte. Folders and changes are grown at random; whether a change may be noticed is asked of the oracle, never of the program.

use std::collections::BTreeMap;
use std::sync::Mutex;

use proptest::test_runner::Config;
use proptest::test_runner::RngAlgorithm;
use proptest::test_runner::TestCaseError;
use proptest::test_runner::TestRng;
use proptest::test_runner::TestRunner;

use crate::folder::Folder;
use crate::folder::Number;
use crate::folder::Role;
use crate::folder_build::Output;
use crate::folder_build::Site;
use crate::folder_grow::Chooser;
use crate::folder_grow::Seeds;
use crate::folder_grow::seeds;
use crate::oracle::sight;
use crate::worlds_change::CHANGES;

/// How many pairs of worlds are built unless `LOGGIA_CASES` says otherwise.
const CASES: u32 = 600;

/// How many changes are tried in each world.
const TRIED: usize = 24;

/// What was tried, for the line at the end.
#[derive(Default)]
struct Tally {
    cases: usize,
    unchanged: usize,
    noticed_by_coachee: usize,
    noticed_by_another: usize,
    roles: BTreeMap<Role, usize>,
    changes: BTreeMap<&'static str, usize>,
}

/// A folder, what became of it, and one reader who must not notice.
struct Pair {
    one: Folder,
    other: Folder,
    reader: Number,
    changes: Vec<&'static str>,
}

#[test]
fn what_a_reader_may_not_see_changes_nothing_for_that_reader() {
    let tally = Mutex::new(Tally::default());
    let mut runner = runner(CASES);
    let result = runner.run(&seeds(TRIED), |seeds| {
        let pair = Pair::grown(&seeds);
        check(&pair, &mut tally.lock().unwrap()).map_err(TestCaseError::fail)
    });
    if let Err(proptest::test_runner::TestError::Fail(why, seeds)) = &result {
        panic!("{why}\n\n{}", Pair::grown(seeds).shown());
    }
    result.unwrap();
    let tally = tally.into_inner().unwrap();
    tally.print();
    tally.must_be_telling();
}

/// Goes through so many cases, unless `LOGGIA_CASES` says otherwise. The tests of the tests go through the same ones each time,
/// and do not look for simpler ones.
pub(crate) fn runner(usual: u32) -> TestRunner {
    let cases = std::env::var("LOGGIA_CASES").map_or(usual, |count| count.parse().unwrap());
    let config = Config {
        failure_persistence: None,
        max_shrink_iters: if cfg!(feature = "leaks") { 0 } else { 400 },
        ..Config::with_cases(cases)
    };
    if cfg!(feature = "leaks") {
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
    } else {
        TestRunner::new(config)
    }
}

impl Pair {
    fn grown(seeds: &Seeds) -> Self {
        let one = Folder::grown(seeds);
        let readers = one.readers();
        let is_other = |number: &Number| one.person(*number).role != Role::Coachee;
        let numbers: Vec<Number> = readers.iter().map(|person| person.number).collect();
        // The coachee comes last, since there is one in every folder.
        let numbers: Vec<Number> = numbers
            .iter()
            .copied()
            .filter(is_other)
            .chain(numbers.iter().copied().filter(|number| !is_other(number)))
            .collect();
        let (mut other, mut changes, mut reader) = (
            one.clone(),
            Vec::new(),
            numbers.first().copied().unwrap_or_default(),
        );
        if !numbers.is_empty() {
            reader = numbers[seeds.reader as usize % numbers.len()];
            let before = sight(&one, reader);
            for change in &seeds.changes {
                let (name, next) = changed(&other, change);
                if next.is_sound() && sight(&next, reader) == before {
                    changes.push(name);
                    other = next;
                }
            }
        }
        Self {
            one,
            other,
            reader,
            changes,
        }
    }

    /// The two folders, for whoever has to understand a failure.
    fn shown(&self) -> String {
        let mut text = format!(
            "reader {:?}\nchanges {:?}\n",
            self.one
                .people
                .iter()
                .find(|person| person.number == self.reader),
            self.changes
        );
        let (one, other) = (self.one.files(), self.other.files());
        for (name, bytes) in &one {
            let state = match other.get(name) {
                Some(same) if same == bytes => "",
                Some(_) => " (differs)",
                None => " (is gone)",
            };
            text += &format!("--- {name}{state}\n{}\n", String::from_utf8_lossy(bytes));
        }
        for (name, bytes) in other
            .iter()
            .filter(|(name, bytes)| one.get(*name) != Some(bytes))
        {
            text += &format!("+++ {name}\n{}\n", String::from_utf8_lossy(bytes));
        }
        text
    }
}

/// The folder after one change.
fn changed(folder: &Folder, seeds: &[u32]) -> (&'static str, Folder) {
    let mut chooser = Chooser::of(seeds);
    let (name, change) = CHANGES[chooser.below(CHANGES.len())];
    let mut next = folder.clone();
    change(&mut next, &mut chooser);
    (name, next)
}

/// Builds both worlds and holds what the reader gets side by side.
fn check(pair: &Pair, tally: &mut Tally) -> Result<(), String> {
    tally.cases += 1;
    if pair.one.files() == pair.other.files() {
        tally.unchanged += 1;
        return Ok(());
    }
    let (one, other) = (pair.one.built(), pair.other.built());
    same_to_reader(&one, &other, pair.reader)?;
    tally.count(pair, &one, &other);
    Ok(())
}

/// Says what the reader could notice.
fn same_to_reader(one: &Site, other: &Site, reader: Number) -> Result<(), String> {
    // Its path follows the reader's own id and link (section 6), and may change; its bytes may not.
    let page = |site: &Site| site.portals.get(&reader).map(|(_, output)| output.clone());
    let (before, after) = (page(one), page(other));
    if before != after {
        let text = |page: Option<Output>| {
            page.map(|page| String::from_utf8_lossy(&page.bytes).into_owned())
                .unwrap_or_default()
        };
        return Err(format!(
            "the reader's page differs:\n{}",
            difference(&text(before), &text(after))
        ));
    }
    let paths = |site: &Site| {
        site.portals
            .values()
            .map(|(path, _)| path.clone())
            .collect::<std::collections::BTreeSet<_>>()
    };
    // The marker holds digests of the paths: it may tell that a link came or went, and nothing else.
    let is_compared = |name: &str| name != ".loggia-site" || paths(one) == paths(other);
    let names = one.shared.keys().chain(other.shared.keys());
    for name in names.filter(|name| is_compared(name)) {
        if one.shared.get(name) != other.shared.get(name) {
            return Err(format!("the shared file {name} differs"));
        }
    }
    Ok(())
}

/// The lines in which two pages differ.
fn difference(one: &str, other: &str) -> String {
    let (one, other): (Vec<&str>, Vec<&str>) = (one.lines().collect(), other.lines().collect());
    let start = one
        .iter()
        .zip(&other)
        .take_while(|(one, other)| one == other)
        .count();
    let rest = (one.len() - start).min(other.len() - start);
    let end = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take(rest)
        .take_while(|(one, other)| one == other)
        .count();
    let part = |lines: &[&str], mark: &str| {
        lines[start..lines.len() - end]
            .iter()
            .take(12)
            .map(|line| format!("{mark} {line}\n"))
            .collect::<String>()
    };
    part(&one, "-") + &part(&other, "+")
}

impl Tally {
    fn count(&mut self, pair: &Pair, one: &Site, other: &Site) {
        let differs = |number: Number| {
            one.portals.get(&number).map(|(_, page)| page)
                != other.portals.get(&number).map(|(_, page)| page)
        };
        let coachee = pair
            .one
            .people
            .iter()
            .find(|person| person.role == Role::Coachee)
            .map(|person| person.number);
        let others = pair
            .one
            .people
            .iter()
            .map(|person| person.number)
            .filter(|number| Some(*number) != coachee);
        self.noticed_by_coachee += usize::from(coachee.is_some_and(differs));
        self.noticed_by_another += usize::from(others.into_iter().any(differs));
        *self
            .roles
            .entry(pair.one.person(pair.reader).role)
            .or_default() += 1;
        for change in &pair.changes {
            *self.changes.entry(change).or_default() += 1;
        }
    }

    fn print(&self) {
        let Self {
            cases,
            unchanged,
            noticed_by_coachee,
            noticed_by_another,
            roles,
            changes,
        } = self;
        let text = format!(
            "two worlds: {cases} cases, {unchanged} of them without a change; noticed by the coachee in {noticed_by_coachee}, \
             by another reader in {noticed_by_another}\n  readers: {roles:?}\n  changes: {changes:?}\n"
        );
        std::io::Write::write_all(&mut std::io::stderr(), text.as_bytes()).unwrap();
    }

    /// A test in which nothing changes, or nobody could have noticed, proves nothing.
    fn must_be_telling(&self) {
        let built = self.cases - self.unchanged;
        assert!(
            built * 10 >= self.cases * 8,
            "too few cases change anything"
        );
        assert!(
            self.noticed_by_another * 4 >= built,
            "too few changes are noticed by anyone else"
        );
        // A few hundred are enough for every role and every kind of change to come up.
        if built < 400 {
            return;
        }
        for role in Role::ALL {
            let count = self.roles.get(&role).copied().unwrap_or_default();
            assert!(
                count * 50 >= built,
                "too few cases look with the eyes of {role:?}"
            );
        }
        for (name, _) in CHANGES {
            assert!(
                self.changes.contains_key(name),
                "nothing was hidden by: {name}"
            );
        }
    }
}
