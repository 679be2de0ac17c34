//! Questions whose words were mended: the figures stay where the coach says on which day, and every page with figures says it too.

use std::collections::BTreeMap;

use loggia::content;
use loggia::diagnostic::Source;
use loggia::engagement::Engagement;
use loggia::engagement::lock::{Lock, Rekeying};
use loggia::progress::{lock, lock_rekeyed, lock_text};

use crate::figures::lock::hash_with;
use crate::figures::survey::Survey;
use crate::project::Project;
use crate::site::plan::pages;

const ROWS: [(&str, i32); 5] = [
    ("peer-1", 3),
    ("peer-2", 4),
    ("peer-3", 3),
    ("peer-4", 2),
    ("peer-5", 4),
];

/// Two goals, of which the first has this behaviour and was corrected on this day, with rounds of these days.
fn engagement(behaviour: &str, corrected: Option<&str>, rounds: &[&str]) -> Engagement {
    let survey = Survey::of_level(1, 5)
        .people("peer", 6)
        .goal("a", behaviour)
        .goal("b", "Listens.");
    let survey = rounds.iter().fold(survey, |survey, day| {
        survey.answers(day, "a", &ROWS).answers(day, "b", &ROWS)
    });
    let mut engagement = survey.build();
    engagement.goals[0].corrected = corrected.map(|day| day.parse().unwrap());
    engagement
}

/// The record after one build after another, or what the last one is told.
fn built(steps: &[(&str, Option<&str>, &[&str])]) -> Result<Lock, String> {
    let mut record: Option<Lock> = None;
    for (number, (behaviour, corrected, rounds)) in steps.iter().enumerate() {
        let engagement = engagement(behaviour, *corrected, rounds);
        match lock::check(&engagement, record.as_ref(), &hash_with(1)) {
            Ok(lock) => {
                let text = lock_text::text(&lock);
                let source = Source::of("a/pulse/rounds.lock", &text);
                let read = content::folder::lock::parse(&source).unwrap();
                assert_eq!(read, lock, "{text}");
                record = Some(read);
            }
            Err(problems) => {
                assert_eq!(number + 1, steps.len(), "{problems:?}");
                let told = problems
                    .iter()
                    .map(|problem| problem.diagnostic(&engagement.id).to_string());
                return Err(told.collect::<Vec<_>>().join("\n"));
            }
        }
    }
    Ok(record.unwrap())
}

const FIRST: (&str, Option<&str>, &[&str]) = ("Speaks up.", None, &["2026-03-02"]);

#[test]
fn mended_words_keep_their_figures_and_are_noted() {
    let mended = ("Speaks up!", Some("2026-03-03"), &["2026-03-02"][..]);
    let before = built(&[FIRST]).unwrap();
    let after = built(&[FIRST, mended]).unwrap();
    assert_eq!(built(&[FIRST, mended, mended]).unwrap(), after);
    let mut marked = BTreeMap::new();
    for ((round, goal), record) in &after.published {
        let mut old = before.published[&(*round, goal.clone())].clone();
        marked.insert(goal.to_string(), record.corrected);
        old.question.clone_from(&record.question);
        old.corrected = record.corrected;
        assert_eq!(*record, old, "nothing but the question changes");
    }
    let day = Some("2026-03-03".parse().unwrap());
    assert_eq!(
        marked,
        BTreeMap::from([("a".to_owned(), day), ("b".to_owned(), None)])
    );
}

#[test]
fn a_day_allows_one_change_of_what_was_asked_before_it() {
    let rounds: &[&str] = &["2026-03-02", "2026-04-02"];
    let mended = ("Speaks up!", Some("2026-03-20"), FIRST.2);
    let again = |behaviour, day, rounds| built(&[FIRST, mended, (behaviour, Some(day), rounds)]);
    for (behaviour, day, rounds) in [
        ("Talks.", "2026-03-20", FIRST.2),
        ("Talks.", "2026-03-19", FIRST.2),
        // Also what stood there first is another wording now.
        ("Speaks up.", "2026-03-20", FIRST.2),
    ] {
        let told = again(behaviour, day, rounds).unwrap_err();
        assert!(
            told.contains("is not after 2026-03-20") && told.contains("nyah-adeyemi/goals"),
            "{told}"
        );
    }
    assert!(again("Talks.", "2026-03-21", FIRST.2).is_ok());
    // A round that was asked with the mended words was asked after that day.
    let asked = ("Speaks up!", Some("2026-03-20"), rounds);
    let late = |day| built(&[FIRST, mended, asked, ("Talks.", Some(day), rounds)]);
    for day in ["2026-03-20", "2026-03-30", "2026-04-02"] {
        assert!(late(day).unwrap_err().contains("is not after 2026-04-02"));
    }
    assert!(late("2026-04-03").is_ok());
    // The day of a round is not after it.
    for day in ["2026-03-01", "2026-03-02"] {
        let told = built(&[FIRST, ("Speaks up!", Some(day), FIRST.2)]).unwrap_err();
        assert!(told.contains("is not after 2026-03-02"), "{told}");
    }
    let told = built(&[FIRST, ("Speaks up!", None, FIRST.2)]).unwrap_err();
    assert!(told.contains("`corrected = DATE`"), "{told}");
}

#[test]
fn what_was_said_of_a_correction_stays_said() {
    let mended = ("Speaks up!", Some("2026-03-20"), FIRST.2);
    for day in [None, Some("2026-03-19")] {
        let told = built(&[FIRST, mended, ("Speaks up!", day, FIRST.2)]).unwrap_err();
        assert!(told.contains("put `corrected = 2026-03-20` back"), "{told}");
    }
    // Where nothing was published in the old words, the day binds nothing.
    assert!(built(&[("A.", Some("2026-03-20"), &[]), ("B.", None, &[])]).is_ok());
}

#[test]
fn a_correction_that_no_build_has_seen_yet_survives_another_key() {
    let before = built(&[FIRST]).unwrap();
    let mended = engagement("Speaks up!", Some("2026-03-20"), FIRST.2);
    let (old, new) = (hash_with(1), hash_with(2));
    let rekeyed = lock_rekeyed::rekeyed(&mended, &before, &Rekeying::of_keys(&old, &new));
    let rekeyed = rekeyed.ok().unwrap();
    assert!(rekeyed.lost.is_empty());
    let again = lock::check(&mended, Some(&rekeyed.lock), &new).unwrap();
    assert_eq!(again, rekeyed.lock);
}

const GOAL: &str = "nyah/goals/1-clear.md";

#[test]
fn whoever_sees_the_figures_reads_on_which_day_the_question_was_mended() {
    let project = Project::small();
    let plain = pages(&project, "2026-03-20");
    project.replace(GOAL, "good = [", "corrected = 2026-03-18\ngood = [");
    let told = pages(&project, "2026-03-20");
    for (reader, page) in &told {
        let sees_figures = plain[reader].contains("id=\"goal-a-progress\"")
            || plain[reader].contains("class=\"progress\"");
        let says = page.contains("The words of the question were mended on");
        assert_eq!(says, sees_figures, "{reader}");
        assert_eq!(plain[reader] == *page, !sees_figures, "{reader}");
        let cover = page.split("</header>").next().unwrap();
        let is_dated = cover.contains("18 March 2026");
        assert_eq!(is_dated, sees_figures, "{reader}");
    }
    assert!(told.values().any(|page| page.contains("were mended on")));
    // It says nothing of figures that were all asked in the new words.
    project.replace(GOAL, "corrected = 2026-03-18", "corrected = 2026-01-11");
    assert_eq!(pages(&project, "2026-03-20"), plain);
    project.replace(GOAL, "corrected = 2026-01-11", "corrected = 2026-03-21");
    let ran = project.run(&["check"]);
    assert!(
        ran.stderr.contains("this correction is still to come"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_site_is_built_again_with_mended_words() {
    let project = Project::small();
    project.built();
    let goal = project.read(GOAL);
    let line = goal
        .lines()
        .find(|line| line.starts_with("behaviour"))
        .unwrap();
    let mended = line.replacen("Nyah", "Nyah, as a rule,", 1);
    assert_ne!(line, mended);
    project.replace(GOAL, line, &mended);
    assert_eq!(project.run(&["build"]).code, 3);
    project.replace(GOAL, &mended, &format!("{mended}\ncorrected = 2026-03-19"));
    project.built();
    let ran = project.run(&["build", "--locked"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}
