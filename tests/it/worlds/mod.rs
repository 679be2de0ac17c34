//! Two worlds: whatever changes in a folder that a reader may not see, that reader's page and all shared files stay the same to the
//! byte. Folders and changes are grown at random; whether a change may be noticed is asked of the oracle, never of the program.

mod change;
mod found;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;

use proptest::test_runner::{Config, RngAlgorithm, RngSeed, TestCaseError, TestRng, TestRunner};

use crate::folder::build::{Mode, Output, Site, is_leaking};
use crate::folder::grow::{Chooser, Seeds, seeds};
use crate::folder::{Folder, Number, Role};
use crate::oracle::sight;
use crate::worlds::change::CHANGES;

/// How many pairs of worlds are built unless `LOGGIA_CASES` says otherwise.
const CASES: u32 = 600;

/// Every so many pairs are built once more with their pages sealed.
const SEALED: usize = 3;

/// Every so many pairs are built once more after a build that recorded what was agreed.
const RECORDED: usize = 2;

/// The day on which the coachee agreed in that build: a page says then since when its reader reads what.
const EARLIER: &str = "2026-01-01";

/// How many changes are tried in each world.
const TRIED: usize = 24;

/// What was tried, for the line at the end.
#[derive(Default)]
struct Tally {
    cases: usize,
    /// The hashes of what the cases grew from.
    different: BTreeSet<u64>,
    unchanged: usize,
    sealed: usize,
    recorded: usize,
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
    // With a leak let out, both threads would go through the same cases.
    let threads = if is_leaking() { 1 } else { 2 };
    let run = |part: u32| {
        let mut runner = part_of_runner(CASES, part, threads);
        // Counted by each thread, so that a seed leads to the same builds however the threads take turns.
        let turn = Cell::new(0);
        let result = runner.run(&seeds(TRIED), |seeds| {
            tally.lock().unwrap().note(&seeds);
            turn.set(turn.get() + 1);
            let pair = Pair::grown(&seeds);
            check(&pair, turn.get(), &tally).map_err(TestCaseError::fail)
        });
        if let Err(proptest::test_runner::TestError::Fail(why, seeds)) = &result {
            panic!("{why}\n\n{}", Pair::grown(seeds).shown());
        }
        result.unwrap();
    };
    std::thread::scope(|scope| {
        (1..threads).for_each(|part| drop(scope.spawn(move || run(part))));
        run(0);
    });
    let tally = tally.into_inner().unwrap();
    tally.print();
    tally.must_be_telling();
}

/// Goes through so many cases, unless `LOGGIA_CASES` says otherwise. The tests of the tests go through the same ones each time,
/// and do not look for simpler ones.
pub(crate) fn runner(usual: u32) -> TestRunner {
    part_of_runner(usual, 0, 1)
}

/// Goes through one of so many equal parts of them, each part of its own.
fn part_of_runner(usual: u32, part: u32, parts: u32) -> TestRunner {
    let cases = std::env::var("LOGGIA_CASES").map_or(usual, |count| count.parse().unwrap());
    let cases = cases.div_ceil(parts);
    let mut config = Config {
        failure_persistence: None,
        max_shrink_iters: if is_leaking() { 0 } else { 400 },
        ..Config::with_cases(cases)
    };
    if let RngSeed::Fixed(seed) = &mut config.rng_seed {
        *seed = seed.wrapping_add(u64::from(part) << 32);
    }
    if is_leaking() {
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

/// Builds both worlds and holds what the reader gets side by side; which further builds are tried follows from the turn.
fn check(pair: &Pair, turn: usize, tally: &Mutex<Tally>) -> Result<(), String> {
    let is_unchanged = pair.one.files() == pair.other.files();
    {
        let mut tally = tally.lock().unwrap();
        tally.cases += 1;
        tally.unchanged += usize::from(is_unchanged);
    }
    if is_unchanged {
        return Ok(());
    }
    let built = |mode| {
        let reader = Some(pair.reader);
        let (one, other) = (&pair.one, &pair.other);
        (one.built_as(mode, reader), other.built_as(mode, reader))
    };
    let (one, other) = built(Mode::Open);
    same_in_both(pair, &one, &other)?;
    same_to_person(&one, &other, pair.reader)?;
    // A leak is let out on both ways; the audit, which the preview does not leave out, would stop it there.
    if !is_leaking() {
        pair.one.check_preview(&one)?;
        pair.other.check_preview(&other)?;
    }
    tally.lock().unwrap().count(pair, &one, &other);
    // Each world has a past of its own, in which this reader saw the same: somebody may have been called otherwise all the time.
    if turn.is_multiple_of(RECORDED)
        && let Some(past) = pair.one.when_agreed_on(EARLIER)
        && let Some(others) = pair.other.when_agreed_on(EARLIER)
        && sight(&past, pair.reader) == sight(&others, pair.reader)
        && let Some(record) = past.recorded()
        && let Some(others) = others.recorded()
    {
        let one = pair.one.built_after(&record, Some(pair.reader));
        let other = pair.other.built_after(&others, Some(pair.reader));
        same_in_both(pair, &one, &other)?;
        tally.lock().unwrap().recorded += 1;
    }
    if turn.is_multiple_of(SEALED) {
        let (one, other) = built(Mode::Sealed);
        same_in_both(pair, &one, &other)?;
        same_to_person(&one, &other, pair.reader)?;
        tally.lock().unwrap().sealed += 1;
    }
    Ok(())
}

/// Says what a person could notice on the page that leads to the reader's portal. It holds that portal's address, which follows the
/// reader's own id and link and may change; that of a sealed one holds its code too.
fn same_to_person(one: &Site, other: &Site, reader: Number) -> Result<(), String> {
    let path = |site: &Site| site.portals.get(&reader).map(|(path, _)| path.clone());
    let text = |site: &Site| site.person.as_ref().map(|(_, _, text)| text.clone());
    if path(one) == path(other) {
        let (before, after) = (
            text(one).unwrap_or_default(),
            text(other).unwrap_or_default(),
        );
        if before != after {
            return Err(format!(
                "the person's page differs:\n{}",
                difference(&before, &after)
            ));
        }
        return if one.person == other.person {
            Ok(())
        } else {
            Err("the person's page is sealed in another way".to_owned())
        };
    }
    let without_address = |site: &Site| {
        let text = text(site)?;
        let (before, rest) = text.split_once("href=\"..")?;
        let (_, after) = rest.split_once('"')?;
        Some((before.to_owned(), after.to_owned()))
    };
    let (before, after) = (without_address(one), without_address(other));
    if before.is_none() || before != after {
        return Err("the person's page differs in more than an address".to_owned());
    }
    Ok(())
}

/// Holds two sites of a pair against each other: the reader's page, the reader's asking page, and all that is nobody's.
fn same_in_both(pair: &Pair, one: &Site, other: &Site) -> Result<(), String> {
    same_to_reader(one, other, pair.reader)?;
    // What a rater is asked may be known to nobody but those who are asked.
    if asked(&pair.one, pair.reader) != asked(&pair.other, pair.reader) {
        return Ok(());
    }
    let own = |site: &Site| site.asking.get(&pair.reader).cloned();
    let is_same = match (own(one), own(other)) {
        // What follows from the rater's own id follows the path.
        (Some((path, file, text)), Some((other_path, other_file, other_text))) => {
            path != other_path || (file, text) == (other_file, other_text)
        }
        (one, other) => one.is_none() == other.is_none(),
    };
    match is_same {
        true => Ok(()),
        false => Err("the reader's asking page differs".to_owned()),
    }
}

/// What a rater is asked, goal by goal.
fn asked(folder: &Folder, rater: Number) -> Option<String> {
    let mut asked = folder.with_asking_page().into_iter();
    let (_, goals) = asked.find(|(person, _)| person.number == rater)?;
    let goals = goals.iter();
    let goals = goals.map(|goal| (&goal.id, &goal.was, &goal.statement, &goal.behaviour));
    Some(format!("{:?}", goals.collect::<Vec<_>>()))
}

/// Says what the reader could notice.
fn same_to_reader(one: &Site, other: &Site, reader: Number) -> Result<(), String> {
    let text = |site: &Site| site.texts.get(&reader).cloned().unwrap_or_default();
    let (before, after) = (text(one), text(other));
    if before != after {
        return Err(format!(
            "the reader's page differs:\n{}",
            difference(&before, &after)
        ));
    }
    // Its path follows the reader's own id and link, and may change; what is sealed is sealed for the path.
    let page = |site: &Site| site.portals.get(&reader).cloned();
    let size = |page: &Option<(String, Output)>| {
        page.as_ref().map(|(_, file)| (file.mode, file.bytes.len()))
    };
    let (before, after) = (page(one), page(other));
    let path = |page: &Option<(String, Output)>| page.as_ref().map(|(path, _)| path.clone());
    if size(&before) != size(&after) || (path(&before) == path(&after) && before != after) {
        return Err("the reader's file differs".to_owned());
    }
    let paths = |site: &Site| {
        let asking = site.asking.values().map(|(path, ..)| path);
        let portals = site.portals.values().map(|(path, _)| path);
        portals
            .chain(asking)
            .cloned()
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
    fn note(&mut self, seeds: &Seeds) {
        let mut hash = DefaultHasher::new();
        format!("{seeds:?}").hash(&mut hash);
        self.different.insert(hash.finish());
    }

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
            different,
            unchanged,
            sealed,
            recorded,
            noticed_by_coachee,
            noticed_by_another,
            roles,
            changes,
        } = self;
        let text = format!(
            "two worlds: {cases} cases, {} different ones, {unchanged} of them without a change, {sealed} sealed too, \
             {recorded} after a record; noticed by the coachee \
             in {noticed_by_coachee}, by another reader in {noticed_by_another}\n  readers: {roles:?}\n  changes: {changes:?}\n",
            different.len()
        );
        std::io::Write::write_all(&mut std::io::stderr(), text.as_bytes()).unwrap();
    }

    /// A test in which nothing changes, or nobody could have noticed, proves nothing.
    fn must_be_telling(&self) {
        assert_eq!(self.different.len(), self.cases, "cases came again");
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
