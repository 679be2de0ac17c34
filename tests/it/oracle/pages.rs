//! Who sees what: each reader's page holds exactly the tokens that the rules give that reader, no fewer and no more.

use std::collections::{BTreeMap, BTreeSet};

use proptest::test_runner::{TestCaseError, TestError};

use crate::folder::build::Site;
use crate::folder::grow::{Chooser, Seeds, seeds};
use crate::folder::{Folder, Number, Role, Words, tokens};
use crate::oracle::output::secrets;
use crate::oracle::search::found;
use crate::oracle::sight;
use crate::worlds::runner;

/// How many grown folders are gone through unless `LOGGIA_CASES` says otherwise.
const CASES: u32 = 250;

#[test]
fn each_page_holds_what_its_reader_may_see_and_nothing_else() {
    run_on_folders(CASES, |folder| {
        exactly_theirs(folder, &folder.built()).map(|_| ())
    });
}

#[test]
fn sharing_less_adds_nothing_to_any_page() {
    run_on_folders(CASES, |folder| {
        let before = folder.built();
        let Some(less) = with_one_word_less(folder) else {
            return Ok(());
        };
        let after = less.built();
        for (number, (_, page)) in &after.portals {
            let (_, old) = before
                .portals
                .get(number)
                .ok_or("a portal came of sharing less")?;
            let more: Vec<String> = found(&page.bytes)
                .difference(&found(&old.bytes))
                .cloned()
                .collect();
            // An alias stands for the title where the wording is shared no longer.
            let aliases: BTreeSet<String> = less
                .goals
                .iter()
                .filter_map(|goal| goal.alias.as_deref())
                .flat_map(tokens)
                .collect();
            let more: Vec<String> = more
                .into_iter()
                .filter(|token| !aliases.contains(token))
                .collect();
            if !more.is_empty() {
                return Err(format!(
                    "{:?} sees more after sharing less: {more:?}",
                    folder.person(*number)
                ));
            }
        }
        Ok(())
    });
}

/// Tries a property on grown folders, and shows the simplest for which it does not hold.
pub(crate) fn run_on_folders(usual: u32, property: impl Fn(&Folder) -> Result<(), String>) {
    run_on_seeds(usual, 1, |seeds| {
        let mut folder = Folder::grown(seeds);
        // Which word is taken away is chosen by the seeds as well.
        folder.tokens += seeds.reader as usize % 1000;
        property(&folder).map_err(|why| format!("{why}\n\n{}", shown(&folder)))
    });
}

/// Tries a property on the seeds of folders with up to `changes` changes, and tells of the simplest for which it does not hold.
pub(crate) fn run_on_seeds(
    usual: u32,
    changes: usize,
    property: impl Fn(&Seeds) -> Result<(), String>,
) {
    let result = runner(usual).run(&seeds(changes), |seeds| {
        property(&seeds).map_err(TestCaseError::fail)
    });
    match result {
        Ok(()) => {}
        Err(TestError::Fail(why, _)) => panic!("{why}"),
        Err(other) => panic!("{other}"),
    }
}

/// Holds every asking page against what its rater is asked: the questions, who asks, whom about, and where answers go.
fn questions_and_nothing_else(folder: &Folder, site: &Site) -> Result<(), String> {
    let raters: BTreeMap<_, _> = folder
        .with_asking_page()
        .into_iter()
        .map(|(person, goals)| (person.number, goals))
        .collect();
    if !raters.keys().eq(site.asking.keys()) {
        let pages: Vec<_> = site.asking.keys().collect();
        return Err(format!(
            "{pages:?} have asking pages, and {:?} should",
            raters.keys()
        ));
    }
    let is_asked = !folder.asked().is_empty();
    let scale = folder
        .pulse
        .level
        .iter()
        .flat_map(|(low, high)| [low, high]);
    let common: BTreeSet<String> = scale
        .chain(&folder.pulse.period)
        .chain([&folder.firm])
        .flat_map(|text| tokens(text))
        .collect();
    for (rater, (_, _, text)) in &site.asking {
        let behaviours = raters[rater]
            .iter()
            .filter_map(|goal| goal.behaviour.as_ref());
        let questions: BTreeSet<String> = behaviours.flat_map(|text| tokens(text)).collect();
        let people = folder.people.iter();
        let known = people.filter(|person| {
            person.number == *rater || matches!(person.role, Role::Coachee | Role::Coach)
        });
        let known = known.flat_map(|person| [Some(&person.name), person.email.as_ref()]);
        let known: BTreeSet<String> = known.flatten().flat_map(|text| tokens(text)).collect();
        let shown = found(text.as_bytes());
        let more: Vec<_> = shown
            .iter()
            .filter(|token| {
                !questions.contains(*token) && !known.contains(*token) && !common.contains(*token)
            })
            .collect();
        let less: Vec<_> = questions.difference(&shown).filter(|_| is_asked).collect();
        if !more.is_empty() || !less.is_empty() {
            return Err(format!(
                "rater {rater:?} is asked {more:?} and should not, or is not asked {less:?}"
            ));
        }
    }
    Ok(())
}

/// Holds every page against the oracle, and the other files against everything. Returns how many tokens were told to whom.
fn exactly_theirs(folder: &Folder, site: &Site) -> Result<BTreeMap<Number, usize>, String> {
    for (name, output) in &site.shared {
        let leaked = found(&output.bytes);
        if !leaked.is_empty() {
            return Err(format!("the shared file {name} holds {leaked:?}"));
        }
    }
    questions_and_nothing_else(folder, site)?;
    let quoted: Vec<String> = secrets(folder)
        .intersection(&tokens(&site.told))
        .cloned()
        .collect();
    if !quoted.is_empty() {
        return Err(format!("a message quotes {quoted:?}:\n{}", site.told));
    }
    let mut told = BTreeMap::new();
    for person in &folder.people {
        let (sight, page) = (
            sight(folder, person.number),
            site.portals.get(&person.number),
        );
        let (Some(sight), Some((path, page))) = (&sight, page) else {
            if sight.is_some() != page.is_some() {
                return Err(format!(
                    "{person:?} has a portal: {}, and should not",
                    page.is_some()
                ));
            }
            continue;
        };
        let expected: BTreeSet<String> = sight.told.iter().flat_map(|text| tokens(text)).collect();
        let shown = found(&page.bytes);
        let (more, less): (Vec<_>, Vec<_>) = (
            shown.difference(&expected).collect(),
            expected.difference(&shown).collect(),
        );
        if !more.is_empty() || !less.is_empty() {
            return Err(format!(
                "{person:?} sees {more:?} and should not; does not see {less:?} and should"
            ));
        }
        if !tokens(path).is_empty() {
            return Err(format!("the path {path} tells"));
        }
        told.insert(person.number, expected.len());
    }
    Ok(told)
}

/// The same folder with one word taken out of one list, if there is one.
fn with_one_word_less(folder: &Folder) -> Option<Folder> {
    let mut less = folder.clone();
    let mut lists: Vec<&mut Words> = less.share.values_mut().collect();
    lists.extend(
        less.goals
            .iter_mut()
            .flat_map(|goal| goal.share.values_mut()),
    );
    lists.extend(less.agendas.iter_mut().flat_map(|agenda| &mut agenda.share));
    lists.extend(less.updates.iter_mut().flat_map(|update| &mut update.share));
    lists.extend(less.reviews.iter_mut().flat_map(|review| &mut review.share));
    let mut lists: Vec<&mut Words> = lists
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect();
    let choice = u32::try_from(folder.tokens).ok()?;
    let index = Chooser::of(&[choice]).below(lists.len());
    lists.get_mut(index)?.pop();
    Some(less)
}

fn shown(folder: &Folder) -> String {
    let mut text = String::new();
    for (name, bytes) in folder.files() {
        text += &format!("--- {name}\n{}\n", String::from_utf8_lossy(&bytes));
    }
    text
}
