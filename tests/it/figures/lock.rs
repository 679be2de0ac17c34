//! `rounds.lock`: what may change after a publish, and what the coach reads when something else has.

use std::hash::{DefaultHasher, Hash, Hasher};

use loggia::content;
use loggia::diagnostic::Source;
use loggia::engagement::Engagement;
use loggia::engagement::lock::Lock;
use loggia::engagement::stakeholder::Role;
use loggia::progress::{lock, lock_text};

use crate::figures::survey::Survey;
use crate::project::Project;

/// A stand-in for the keyed hash, which is as good here: it is different for different bytes.
pub(crate) fn hash_with(key: u64) -> impl Fn(&[u8]) -> [u8; 32] {
    move |bytes| {
        let mut hasher = DefaultHasher::new();
        (key, bytes).hash(&mut hasher);
        let mut hash = [0; 32];
        for part in hash.chunks_mut(8) {
            part.copy_from_slice(&hasher.finish().to_be_bytes());
            part.len().hash(&mut hasher);
        }
        hash
    }
}

const DATE: &str = "2026-03-02";

const ROWS: [(&str, i32); 5] = [
    ("priya", 4),
    ("peer-1", 3),
    ("peer-2", 4),
    ("peer-3", 3),
    ("peer-4", 2),
];

fn survey() -> Survey {
    Survey::of_level(1, 5)
        .person("priya", Role::Manager, None)
        .people("peer", 5)
        .goal("a", "Speaks concisely.")
}

fn published() -> Lock {
    let engagement = survey().answers(DATE, "a", &ROWS).build();
    lock::check(&engagement, None, &hash_with(1)).unwrap()
}

/// What the coach reads when this engagement is built after [`published`].
fn problems(engagement: &Engagement) -> String {
    problems_with(engagement, &published(), 1)
}

fn problems_with(engagement: &Engagement, lock: &Lock, key: u64) -> String {
    match lock::check(engagement, Some(lock), &hash_with(key)) {
        Ok(_) => String::new(),
        Err(problems) => {
            let text = problems
                .iter()
                .map(|problem| problem.diagnostic(&engagement.id).to_string());
            text.collect::<Vec<_>>().join("\n")
        }
    }
}

#[track_caller]
fn check(survey: Survey, expected: &str) {
    assert_eq!(problems(&survey.build()), expected);
}

#[test]
fn the_same_round_again_leaves_the_same_file() {
    let lock = published();
    let mut rows = ROWS;
    rows.reverse();
    let engagement = survey().answers(DATE, "a", &rows).build();
    let again = lock::check(&engagement, Some(&lock), &hash_with(1)).unwrap();
    assert_eq!(lock_text::text(&again), lock_text::text(&lock));
}

#[test]
fn a_file_is_read_back_as_it_was_written_and_names_nobody() {
    let lock = published();
    let text = lock_text::text(&lock);
    let read =
        content::folder::lock::parse(&Source::of("nyah-adeyemi/pulse/rounds.lock", &text)).unwrap();
    assert_eq!(read, lock);
    for name in ["priya", "peer", "nyah", "concisely"] {
        assert!(!text.contains(name), "{text}");
    }
    let anchored = Survey::of_level(1, 5)
        .anchored("\"never\" \\", "always\u{7}")
        .build();
    let lock = lock::check(&anchored, None, &hash_with(1)).unwrap();
    let read =
        content::folder::lock::parse(&Source::of("rounds.lock", &lock_text::text(&lock))).unwrap();
    assert_eq!(read, lock);
}

#[test]
fn a_later_round_is_added_and_the_earlier_stays() {
    let later = survey()
        .answers(DATE, "a", &ROWS)
        .answers("2026-06-01", "a", &ROWS[..4])
        .build();
    let lock = lock::check(&later, Some(&published()), &hash_with(1)).unwrap();
    assert_eq!(lock.published.len(), 2);
    assert!(
        published()
            .published
            .iter()
            .all(|(place, record)| lock.published[place] == *record)
    );
}

#[test]
fn the_coachees_own_answer_is_not_frozen() {
    let survey = survey()
        .answers(DATE, "a", &ROWS)
        .answers(DATE, "a", &[("nyah", 5)]);
    check(survey, "");
}

#[test]
fn a_question_with_too_few_answers_is_not_frozen() {
    let few = survey().answers(DATE, "a", &ROWS[..3]).build();
    let lock = lock::check(&few, None, &hash_with(1)).unwrap();
    assert!(lock.published.is_empty());
    let more = survey().answers(DATE, "a", &ROWS).build();
    let lock = lock::check(&more, Some(&lock), &hash_with(1)).unwrap();
    assert_eq!(lock.published.len(), 1);
}

#[test]
fn a_late_rating_is_refused() {
    let late = [&ROWS[..], &[("peer-5", 5)]].concat();
    check(
        survey().answers(DATE, "a", &late),
        "\
error: 1 rating came after the round of 2026-03-02 was published for goal `a`
--> nyah-adeyemi/pulse/2026-03-02.csv
hint: put late ratings into a round of their own, with its own date: two versions of one figure give away who answered what",
    );
}

#[test]
fn a_rating_that_went_is_refused() {
    check(
        survey().answers(DATE, "a", &ROWS[1..]),
        "\
error: 1 rating went after the round of 2026-03-02 was published for goal `a`
--> nyah-adeyemi/pulse/2026-03-02.csv
hint: put the ratings back as they were: two versions of one figure give away who answered what; to withdraw the figure for \
good, keep a copy of the file elsewhere, and take all ratings of this goal out of it",
    );
}

#[test]
fn a_changed_rating_is_refused() {
    let mut rows = ROWS;
    rows[2].1 = 5;
    check(
        survey().answers(DATE, "a", &rows),
        "\
error: 1 rating of goal `a` changed after the round of 2026-03-02 was published
--> nyah-adeyemi/pulse/2026-03-02.csv
hint: put the ratings back as they were: two versions of one figure give away who answered what; to withdraw the figure for \
good, which is the only way to mend a mistyped score, keep a copy of the file elsewhere, and take all ratings of this goal out of it",
    );
    let seen = ROWS.map(|(rater, score)| (rater, score, Some(true)));
    let survey = survey().all_answers(DATE, "a", seen.into_iter());
    assert!(problems(&survey.build()).contains("5 ratings of goal `a` changed"));
}

#[test]
fn a_figure_may_be_withdrawn_but_not_come_back_changed() {
    let withdrawn = survey().answers(DATE, "a", &[]).build();
    let lock = lock::check(&withdrawn, Some(&published()), &hash_with(1)).unwrap();
    assert_eq!(lock, published());
    let hidden = survey().minimum(6).answers(DATE, "a", &ROWS).build();
    assert_eq!(problems(&hidden), "");
}

#[test]
fn other_groups_are_refused() {
    let survey = |group| {
        let names = ["peer-1", "peer-2", "peer-3", "peer-4", "peer-5"];
        let survey = Survey::of_level(1, 5).people("peer", 5).people("report", 4);
        let survey = survey.person("lena", Role::Supporter, Some(group));
        let rows = ["report-1", "report-2", "report-3", "report-4", "lena"].map(|name| (name, 3));
        survey
            .goal("a", "Speaks concisely.")
            .answers(DATE, "a", &names.map(|name| (name, 2)))
            .answers(DATE, "a", &rows)
    };
    let lock = lock::check(&survey("report").build(), None, &hash_with(1)).unwrap();
    assert_eq!(
        problems_with(&survey("peer").build(), &lock, 1),
        "\
error: the raters of goal `a` would be grouped otherwise than when the round of 2026-03-02 was published
--> nyah-adeyemi/engagement.toml
hint: put back the groups, the roles of raters and `minimum`: two ways to group the same answers give people away",
    );
}

#[test]
fn another_scale_or_question_is_refused() {
    let scale = Survey::of_level(1, 7)
        .people("peer", 5)
        .goal("a", "Speaks concisely.");
    check(
        scale.answers(DATE, "a", &ROWS),
        "\
error: the scale is `1 to 7`, and rounds were published on `1 to 5`
--> nyah-adeyemi/engagement.toml
hint: put the scale back; another scale needs another engagement, since its figures do not compare",
    );
    let question = Survey::of_level(1, 5)
        .person("priya", Role::Manager, None)
        .people("peer", 5)
        .goal("a", "Speaks up.");
    check(
        question.answers(DATE, "a", &ROWS),
        "\
error: the behaviour of goal `a` has changed since ratings of it were published
--> nyah-adeyemi/goals
hint: put its words back, and write a new goal for the new question; if only its words were mended and it asks for the same, give the goal `corrected = DATE`, the day on which they were: whoever sees its figures reads it there",
    );
}

#[test]
fn a_round_or_goal_that_is_gone_is_refused() {
    check(
        survey(),
        "\
error: the round of 2026-03-02 was published, and its file is gone
--> nyah-adeyemi/pulse/2026-03-02.csv
hint: bring the file back from a backup or from version control; to withdraw the round for good, put a file there that has its header line alone",
    );
    check(
        Survey::of_level(1, 5).answers(DATE, "a", &ROWS),
        "\
error: ratings of goal `a` were published, and the goal is gone
--> nyah-adeyemi/goals
hint: put its file back under its name; to show its figures to nobody else, give it `share = { progress = [] }`",
    );
}

#[test]
fn an_edited_file_and_another_key_are_noticed() {
    let engagement = survey().answers(DATE, "a", &ROWS).build();
    for (from, to) in [
        ("1 to 5", "1 to 7"),
        ("goal = \"a\"", "goal = \"b\""),
        ("2026-03-02", "2026-03-03"),
    ] {
        let text = lock_text::text(&published()).replace(from, to);
        let edited = content::folder::lock::parse(&Source::of("rounds.lock", &text)).unwrap();
        assert_eq!(
            problems_with(&engagement, &edited, 1),
            "\
error: the record of published rounds is not as it was written
--> nyah-adeyemi/pulse/rounds.lock
hint: bring it back from a backup or from version control; it is never edited by hand",
        );
    }
    assert_eq!(
        problems_with(&engagement, &published(), 2),
        "\
error: the record of published rounds was made with another key, or under another name of this folder
--> nyah-adeyemi/pulse/rounds.lock
hint: if the folder has another name now, say in engagement.toml what it was: `was = [\"…\"]`; else bring back the \
`loggia.key` of the last publish: `loggia key` tells which key is here; if it is gone for good, run `loggia key adopt`, which takes \
the record over and says what can no longer be checked",
    );
}

#[test]
fn a_file_that_is_no_lock_is_refused() {
    for (text, told) in [
        ("", "cannot be read"),
        ("seal = 1\n", "cannot be read"),
        ("<<<<<<< HEAD\n", "holds two versions"),
        (
            "seal = \"\"\nkey = \"\"\nscale = \"\"\nodd = 1\n",
            "was written by a newer version",
        ),
    ] {
        let problem = content::folder::lock::parse(&Source::of("rounds.lock", text)).unwrap_err();
        let told = format!("the record of published rounds {told}");
        assert!(problem.message().starts_with(&told), "{problem}");
    }
    let dated = lock_text::text(&published()).replace("2026-03-02", "2026-03-02T10:00:00");
    let problem = content::folder::lock::parse(&Source::of("rounds.lock", &dated)).unwrap_err();
    assert!(
        problem
            .message()
            .starts_with("the record of published rounds cannot be read"),
        "{problem}"
    );
}

#[test]
fn a_build_that_may_write_no_record_notices_that_one_is_gone() {
    const RECORD: &str = "nyah-adeyemi/pulse/rounds.lock";
    let project = Project::samples();
    let before = project.built();
    assert_eq!(project.run(&["build", "--locked"]).code, 0);
    let record = project.read(RECORD);
    project.remove(RECORD);
    let ran = project.run(&["build", "--locked"]);
    assert_ne!(ran.code, 0);
    assert!(
        ran.stderr
            .contains("this record of published rounds is not up to date")
            && ran.stderr.contains(RECORD),
        "{}",
        ran.stderr
    );
    assert!(!project.path(RECORD).exists(), "it is not written either");
    assert_eq!(crate::project::tree(&project.site()), before);
    project.write(RECORD, &record);
    assert_eq!(project.run(&["build", "--locked"]).code, 0);
}

#[test]
fn a_check_comes_to_the_judgement_of_a_build() {
    let project = Project::samples();
    project.built();
    let round = "nyah-adeyemi/pulse/2026-09-28.csv";
    let before = project.read(round);
    let row = before.lines().nth(1).unwrap();
    project.write(round, before.replacen(&format!("{row}\n"), "", 1));
    let (checked, built) = (project.run(&["check"]), project.run(&["build", "--strict"]));
    assert_eq!((checked.code, built.code), (3, 3), "{}", checked.stderr);
    assert_eq!(checked.stderr, built.stderr);
    project.write(round, before);
}

#[test]
fn a_build_that_fails_leaves_nothing_beside_the_ratings() {
    let project = Project::samples();
    project.built();
    project.remove("nyah-adeyemi/pulse/rounds.lock");
    let goal = "mateo-silva/goals";
    assert!(project.path(goal).is_dir());
    project.write(&format!("{goal}/9-broken.md"), "+++\nno = \n+++\n");
    let before = crate::project::tree(&project.content());
    for command in [&["check"][..], &["build", "--strict"]] {
        assert_eq!(project.run(command).code, 3);
        assert_eq!(
            crate::project::tree(&project.content()),
            before,
            "{command:?} wrote into the content"
        );
    }
    project.remove(&format!("{goal}/9-broken.md"));
    project.built();
    let names = std::fs::read_dir(project.path("nyah-adeyemi/pulse")).unwrap();
    let names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.contains(&"rounds.lock".into()));
    let drafts = names
        .iter()
        .filter(|name| name.to_string_lossy().ends_with(".new"));
    assert_eq!(drafts.count(), 0, "{names:?}");
}

/// A coach's and a firm's builds may meet: whoever comes second writes the same record again.
#[test]
fn two_builds_at_once_keep_out_of_each_other_s_way() {
    let project = Project::samples();
    for _ in 0..4 {
        for id in ["nyah-adeyemi", "mateo-silva", "ingrid-solheim"] {
            let record = project.path(&format!("{id}/pulse/rounds.lock"));
            let _ = std::fs::remove_file(record);
        }
        let builds = ["one", "two"].map(|out| {
            let mut command = project.command(&["build", "--quiet", "--today", "2026-11-22"]);
            command.args(["--out", out]);
            command.stderr(std::process::Stdio::piped());
            command.spawn().unwrap()
        });
        for build in builds {
            let ended = build.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&ended.stderr);
            assert!(ended.status.success(), "{said}");
        }
    }
    assert_eq!(project.run(&["build", "--locked"]).code, 0);
}

#[test]
fn a_build_for_a_day_before_a_published_round_says_that_it_closes_later() {
    let project = Project::small();
    project.built();
    let lock = project.read("nyah/pulse/rounds.lock");
    for round_is_there in [true, false] {
        if !round_is_there {
            project.remove("nyah/pulse/2026-03-02.csv");
            project.remove("nyah/pulse/2026-03-02.md");
        }
        for arguments in [&["build"][..], &["build", "--locked"], &["check"]] {
            let mut command = project.command(arguments);
            let ran = crate::project::finish(command.args(["--today", "2026-03-01"]));
            assert_eq!(ran.code, 3, "{}", ran.stderr);
            let told = "the round of 2026-03-02 was published, and closes after 2026-03-01";
            assert!(ran.stderr.contains(told), "{}", ran.stderr);
            for harmful in ["gone", "withdraw", "remove", "delete"] {
                assert!(!ran.stderr.contains(harmful), "{harmful}: {}", ran.stderr);
            }
            assert_eq!(project.read("nyah/pulse/rounds.lock"), lock);
        }
    }
}

/// The rounds of [`published`] and another, with these answers.
fn with_round(date: &str, rows: &[(&str, i32)]) -> Engagement {
    let survey = survey().answers(DATE, "a", &ROWS);
    survey.answers(date, "a", rows).build()
}

#[test]
fn a_round_of_the_same_people_within_a_week_is_refused() {
    let late: [(&str, i32); 1] = [("peer-5", 1)];
    for (date, is_refused) in [
        ("2026-03-01", true),
        ("2026-03-03", true),
        ("2026-02-24", true),
        ("2026-03-08", true),
        ("2026-02-23", false),
        ("2026-03-09", false),
    ] {
        let told = problems(&with_round(date, &ROWS));
        let words = "asks people about goal `a` whom the round of 2026-03-02 asked within a week";
        assert_eq!(told.contains(words), is_refused, "{date}: {told}");
        // One of them is enough, and others are nobody's business.
        let reports = ["report-1", "report-2", "report-3", "report-4", "report-5"];
        let mut rows = reports.map(|name| (name, 2));
        let others = rows;
        rows[0].0 = "priya";
        let with_one = with_people(date, &rows);
        assert_eq!(problems(&with_one).contains(words), is_refused, "{date}");
        assert_eq!(problems(&with_people(date, &others)), "", "{date}");
        assert_eq!(
            problems(&with_round(date, &late)),
            "",
            "too few are not shown"
        );
    }
    // Both at once, with no record yet: the later one is refused.
    let both = with_round("2026-03-03", &ROWS);
    let refused = lock::check(&both, None, &hash_with(1)).unwrap_err();
    let told = refused[0].diagnostic(&both.id).to_string();
    assert!(
        told.contains("the round of 2026-03-03 asks people"),
        "{told}"
    );
    assert_eq!(refused.len(), 1);
}

/// The round of [`published`] and another, with reports among the raters.
fn with_people(date: &str, rows: &[(&str, i32)]) -> Engagement {
    let survey = survey().people("report", 5).answers(DATE, "a", &ROWS);
    survey.answers(date, "a", rows).build()
}

#[test]
fn a_withdrawn_round_does_not_come_back_under_another_date() {
    let again = |date: &str, rows: &[(&str, i32)]| {
        let survey = survey().answers(DATE, "a", &[]);
        problems(&survey.answers(date, "a", rows).build())
    };
    let mut corrected = ROWS;
    corrected[0].1 = 1;
    for (date, is_refused) in [
        ("2026-03-03", true),
        ("2026-03-29", true),
        ("2026-02-03", true),
        ("2026-03-30", false),
        ("2026-06-01", false),
    ] {
        let told = again(date, &corrected);
        let words = "who answered in the round of 2026-03-02, which was published and withdrawn";
        assert_eq!(told.contains(words), is_refused, "{date}: {told}");
        assert_eq!(told.is_empty(), !is_refused, "{date}: {told}");
        for harmful in ["remove", "delete"] {
            assert!(!told.contains(harmful), "{told}");
        }
    }
    // Whether its file is gone or only its answers.
    let gone = survey().answers("2026-03-03", "a", &corrected).build();
    let told = problems(&gone);
    assert!(
        told.contains("its file is gone") && told.contains("published and withdrawn"),
        "{told}"
    );
}

#[test]
fn a_round_that_was_published_is_not_refused_for_one_that_came_later() {
    let two = with_round("2026-06-01", &ROWS);
    let lock = lock::check(&two, Some(&published()), &hash_with(1)).unwrap();
    let third = survey()
        .answers(DATE, "a", &ROWS)
        .answers("2026-06-01", "a", &ROWS);
    let third = third.answers("2026-06-03", "a", &ROWS).build();
    let told = problems_with(&third, &lock, 1);
    assert_eq!(told.matches("asks people").count(), 1, "{told}");
    assert!(
        told.contains("the round of 2026-06-03 asks people"),
        "{told}"
    );
}
