//! Sealed answers from mails become ratings and notes: a function of the set of messages, and nothing of a mail or of anybody leaks on the way.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use data_encoding::BASE64URL_NOPAD;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use loggia::access::asking::answers_key::AnswersKey;
use loggia::access::asking::{Asked, AskedGoal, Questions};
use loggia::access::key::Key;
use loggia::access::link::{LinkNumbers, LinkSource};
use loggia::engagement::due::Matter;
use loggia::pipeline::due::AnswersHere;
use loggia::pipeline::preview;
use loggia::pipeline::preview::preview;
use loggia::pipeline::workspace::Workspace;

use crate::project::{Project, Ran, finish, tree};
use crate::sealed_answers::{SealedWith, plain, sealed};

const ENGAGEMENT: &str = "nyah/engagement.toml";
const ROUND: &str = "nyah/pulse/2026-04-20.csv";
const HEADER: &str = "rater,goal,score,followed_up,comment\n";

/// While the round is open, and the day after it has closed.
const OPEN: &str = "2026-04-15";
const AFTER: &str = "2026-04-21";

/// What a rater answers, and over which link.
#[derive(Clone, Copy)]
struct Answer<'a> {
    rater: &'a str,
    /// The day and hour of April 2026, in UTC.
    at: (i8, i8),
    score: i8,
    comment: &'a str,
    number: u32,
    question: &'a str,
}

impl<'a> Answer<'a> {
    fn of(rater: &'a str, score: i8) -> Self {
        Self {
            rater,
            at: (14, 9),
            score,
            comment: "",
            number: 1,
            question: "Nyah makes her main point early.",
        }
    }

    fn saying(self, comment: &'a str) -> Self {
        Self { comment, ..self }
    }

    fn on(self, day: i8, hour: i8) -> Self {
        Self {
            at: (day, hour),
            ..self
        }
    }

    /// The message, as it is sent.
    fn sent(&self, project: &Project) -> String {
        let key = Key::open(&project.content(), None).unwrap();
        self.sent_over(project, &key)
    }

    /// The same over a page that was made with this key of the site.
    fn sent_over(&self, project: &Project, key: &Key) -> String {
        let answers_key = AnswersKey::open(&project.content()).unwrap();
        let asked = Asked {
            rater: LinkSource {
                engagement: "nyah",
                stakeholder: self.rater,
                numbers: LinkNumbers::of_stakeholder(self.number),
            },
            round: "2026-04-20".parse().unwrap(),
        };
        let is_asked = self.rater != "nyah";
        let goals = [AskedGoal {
            id: "clear",
            question: self.question,
            follow_up: is_asked,
        }];
        let questions = Questions {
            scale: (-3, 3),
            ends: ("", ""),
            goals: &goals,
            period: "",
            language: "en",
        };
        let with = SealedWith {
            key: answers_key.asking_key("nyah").bytes(),
            psk: *asked.psk(key),
            id: asked.id(key),
            q: asked.questions_id(key, &questions),
        };
        let moment = Date::new(2026, 4, self.at.0)
            .unwrap()
            .at(self.at.1, 0, 0, 0);
        let moment = TimeZone::UTC.to_timestamp(moment).unwrap().as_millisecond();
        let follow_up = if is_asked { 2 } else { 255 };
        let inside = plain(
            u64::try_from(moment).unwrap(),
            &[(self.score, follow_up)],
            self.comment,
        );
        armoured(&sealed(&with, &inside, self.score.unsigned_abs() + 1))
    }
}

/// A message as it is sent.
fn armoured(message: &[u8]) -> String {
    let letters = BASE64URL_NOPAD.encode(message).into_bytes();
    let lines = letters
        .chunks(72)
        .map(|line| std::str::from_utf8(line).unwrap());
    let lines: Vec<&str> = lines.collect();
    format!("[loggia answers 1]\r\n{}\r\n[end]\r\n", lines.join("\r\n"))
}

/// The small engagement, of which a round closes on 20 April, with both keys.
fn asking() -> Project {
    let project = Project::small();
    project.replace(ENGAGEMENT, "[pulse]\n", "[pulse]\nrounds = [2026-04-20]\n");
    project.replace(
        ENGAGEMENT,
        "people = [\"everyone\"]\n",
        "people = [\"everyone\"]\nasked = [\"manager\", \"supporter\"]\n",
    );
    let ran = project.run(&["key", "answers"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("nyah/pulse/asking.pub"),
        "{}",
        ran.stderr
    );
    project.built();
    project
}

fn on(project: &Project, day: &str, arguments: &[&str]) -> Ran {
    finish(project.command(arguments).args(["--today", day]))
}

/// Collects what is in a file.
#[track_caller]
fn collected(project: &Project, day: &str, text: &str, more: &[&str]) -> Ran {
    let file = project.folder().join("mails.txt");
    fs::write(&file, text).unwrap();
    let ran = on(project, day, &[&["collect", "mails.txt"], more].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran
}

fn kept(project: &Project) -> usize {
    let names = tree(&project.path(".loggia/answers"));
    names.keys().filter(|name| name.ends_with(".txt")).count()
}

#[test]
fn whoever_has_answered_is_not_reminded() {
    let project = asking();
    project.replace(
        "loggia.toml",
        "[site]",
        "[site]\nbase_url = \"https://quay.example/\"",
    );
    let drafts = |folder: &str| {
        let ran = on(&project, OPEN, &["links", "--remind", folder]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let names = tree(&project.folder().join(folder));
        let names = names.into_keys().filter(|name| name.ends_with(".eml"));
        names.collect::<Vec<_>>()
    };
    let all = drafts("before");
    assert!(all.iter().any(|name| name.contains("priya")), "{all:?}");
    collected(&project, OPEN, &Answer::of("priya", 2).sent(&project), &[]);
    // Over a link that is none of hers, or not the one of today, nobody has answered.
    collected(
        &project,
        OPEN,
        &Answer {
            number: 7,
            ..Answer::of("tom", 1)
        }
        .sent(&project),
        &[],
    );
    let rest: Vec<String> = all
        .into_iter()
        .filter(|name| !name.contains("priya"))
        .collect();
    assert_eq!(drafts("after"), rest);
    // No page says so.
    let before = tree(&project.site());
    let ran = on(&project, "2026-03-20", &["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let marker = ".loggia-site";
    let pages = |tree: crate::project::Tree| {
        tree.into_iter()
            .filter(|(name, _)| name != marker)
            .collect::<Vec<_>>()
    };
    assert!(pages(before) == pages(tree(&project.site())));
}

#[test]
fn the_coachs_desk_says_how_many_have_answered_and_never_who() {
    let project = asking();
    let today: Date = OPEN.parse().unwrap();
    let said = || {
        let workspace = Workspace::open(&project.content()).map_err(|failure| failure.problems);
        let workspace = workspace.unwrap();
        let valid = preview(&workspace, "nyah", today).valid.unwrap();
        let answers = AnswersHere::of(&workspace);
        let due = preview::due(&workspace, &valid, today, &answers).into_iter();
        let rounds = due.filter(|entry| entry.matter == Matter::Round);
        let said: Vec<String> = rounds.map(|entry| entry.text).collect();
        assert_eq!(said.len(), 1, "{said:?}");
        said[0].clone()
    };
    assert!(said().contains("no answer was collected"), "{}", said());
    let answers = [
        Answer::of("priya", 2),
        Answer::of("tom", 1),
        Answer::of("tom", 2).on(15, 8),
        // Over a link that was never one of hers.
        Answer {
            number: 7,
            ..Answer::of("lena", 1)
        },
    ];
    for answer in answers {
        collected(&project, OPEN, &answer.sent(&project), &[]);
    }
    let said = said();
    assert!(said.contains("until 2026-04-20: 2 of "), "{said}");
    for name in ["priya", "tom", "Priya", "Tom"] {
        assert!(!said.contains(name), "{said}");
    }
}

#[test]
fn answers_become_ratings_and_notes_once_the_round_has_closed() {
    let project = asking();
    let before = tree(&project.content());
    let mail = |answer: Answer<'_>| {
        format!(
            "From: subjectcanary@example.org\nSubject: subjectcanary\nDate: Tue, 14 Apr 2026 09:30:00 +0000\n\nbodycanary\n\n{}",
            answer.sent(&project)
        )
    };
    fs::create_dir(project.folder().join("mails")).unwrap();
    for (name, answer) in [
        ("1.eml", Answer::of("priya", 2)),
        (
            "2.eml",
            Answer::of("tom", 1).saying("Café: she waits now, \"mostly\".\nThank you"),
        ),
        ("3.eml", Answer::of("idris", -128)),
        ("4.eml", Answer::of("nyah", 3)),
    ] {
        fs::write(project.folder().join("mails").join(name), mail(answer)).unwrap();
    }
    let ran = on(&project, OPEN, &["collect", "mails"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for said in [
        "nyah, round of 2026-04-20 (open",
        "answered: Nyah Adeyemi, Priya Raman, Tom Weber, Idris Bello\n",
        "not yet: Lena Kovač\n",
    ] {
        assert!(ran.stdout.contains(said), "{}", ran.stdout);
    }
    let all = format!("{}{}", ran.stdout, ran.stderr);
    for secret in ["canary", "Café", "waits"] {
        assert!(!all.contains(secret), "{all}");
    }
    assert_eq!(kept(&project), 4);
    assert_kept_says_nothing(&project);
    let now = tree(&project.content());
    let new = now
        .keys()
        .filter(|name| before.get(*name) != now.get(*name));
    let new: Vec<_> = new.filter(|name| !name.starts_with(".loggia/")).collect();
    assert_eq!(
        new,
        Vec::<&String>::new(),
        "nothing is written before the close"
    );

    let ran = on(&project, AFTER, &["collect"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let expected = "nyah,clear,3,,\npriya,clear,2,yes,\ntom,clear,1,yes,\n";
    assert_eq!(project.read(ROUND), format!("{HEADER}{expected}"));
    let note = project.read("nyah/notes/2026-04-20-comment-tom.md");
    assert!(
        note.contains("Café: she waits now, \"mostly\".\nThank you\n"),
        "{note}"
    );
    let ran = on(&project, AFTER, &["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

/// What is kept is its owner's alone, and names nobody.
fn assert_kept_says_nothing(project: &Project) {
    for (name, bytes) in tree(&project.path(".loggia/answers")) {
        let path = project.path(&format!(".loggia/answers/{name}"));
        let mode = fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains("canary") && !text.contains("tom"), "{name}");
    }
}

#[test]
fn nothing_by_which_answers_are_known_links_two_raters() {
    let project = asking();
    let heads = ["priya", "tom", "idris"].map(|rater| {
        let sent = Answer::of(rater, 1).sent(&project);
        let first = sent.lines().nth(1).unwrap().as_bytes()[..20].to_vec();
        BASE64URL_NOPAD.decode(&first).unwrap()
    });
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
        assert_ne!(heads[one][1..9], heads[other][1..9]);
        assert_ne!(heads[one][9..15], heads[other][9..15]);
    }
}

#[test]
fn order_repetition_and_runs_do_not_matter() {
    let project = asking();
    let messages: Vec<String> = [
        Answer::of("priya", 2),
        Answer::of("priya", -1).on(14, 10).saying("after all"),
        Answer::of("tom", 1).saying("gone again"),
        Answer::of("tom", 3).on(15, 8),
        Answer::of("lena", 0),
        Answer::of("lena", 1),
    ]
    .map(|answer| answer.sent(&project))
    .into();
    let mut results = Vec::new();
    for order in [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [3, 0, 5, 2, 4, 1]] {
        for size in [1, 2, 6] {
            let _ = fs::remove_dir_all(project.path(".loggia/answers"));
            let _ = fs::remove_file(project.path(ROUND));
            let _ = fs::remove_file(project.path("nyah/notes/2026-04-20-comment-priya.md"));
            for group in order.chunks(size) {
                let text: String = group.iter().map(|index| messages[*index].clone()).collect();
                collected(
                    &project,
                    AFTER,
                    &format!("{text}{}", messages[order[0]]),
                    &[],
                );
            }
            let notes = tree(&project.path("nyah/notes"));
            results.push((project.read(ROUND), notes));
        }
    }
    assert!(results.windows(2).all(|pair| pair[0] == pair[1]));
    let (ratings, notes) = &results[0];
    assert!(ratings.starts_with(&format!("{HEADER}priya,clear,-1,yes,\ntom,clear,3,yes,\n")));
    assert!(notes.contains_key("2026-04-20-comment-priya.md"));
    assert!(
        !notes.contains_key("2026-04-20-comment-tom.md"),
        "the later answer has none"
    );
    // The earlier one once more: the later still counts.
    let ran = collected(&project, AFTER, &messages[0], &[]);
    assert_eq!(project.read(ROUND), *ratings);
    assert!(ran.stderr.contains("different answers"), "{}", ran.stderr);
}

#[test]
fn whatever_is_not_counted_is_kept_and_said() {
    let project = asking();
    let one = Answer::of("priya", 2);
    let good = one.sent(&project);
    let foreign = Answer {
        rater: "nobody",
        ..one
    }
    .sent(&project);
    let ended = Answer { number: 2, ..one }.sent(&project);
    let other_words = Answer {
        question: "Nyah speaks up.",
        ..one
    }
    .sent(&project);
    let off = Answer::of("priya", 4).sent(&project);
    let letters: Vec<&str> = good.lines().collect();
    let cut = letters[..13].join("\n");
    let damaged = good.replacen(&letters[5][..8], "AAAAAAAA", 1);
    let forged = {
        let mut bytes = BASE64URL_NOPAD
            .decode(letters[1..letters.len() - 1].concat().as_bytes())
            .unwrap();
        bytes.truncate(1058);
        bytes[500] ^= 1;
        armoured(&crate::sealed_answers::checked(bytes))
    };
    for (text, said) in [
        (cut, "cut or damaged: 864 of 1416 letters"),
        (damaged, "damaged on its way"),
        (
            good.replace("answers 1", "answers 3"),
            "a version that is not known",
        ),
        (foreign, "not from this site"),
        (ended, "not from this site"),
        (forged, "does not open"),
        (off, "no page of this site seals"),
        (other_words, "other words than the questions have today"),
        (one.on(20, 23).sent(&project), "after the round had closed"),
        (one.on(19, 9).sent(&project), ""),
    ] {
        let _ = fs::remove_dir_all(project.path(".loggia/answers"));
        let _ = fs::remove_file(project.path(ROUND));
        let ran = collected(&project, AFTER, &text, &[]);
        if said.is_empty() {
            assert!(project.path(ROUND).exists(), "{}", ran.stderr);
        } else {
            assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
            assert!(!project.path(ROUND).exists(), "{said}");
        }
    }
}

#[test]
fn a_clock_that_is_ahead_and_an_ended_link_do_not_count() {
    let project = asking();
    let good = Answer::of("priya", 2).sent(&project);
    let ran = collected(&project, "2026-04-12", &good, &[]);
    assert!(
        ran.stderr.contains("more than a day ahead"),
        "{}",
        ran.stderr
    );
    // What came over the first link is of an ended one from here on.
    project.replace(ENGAGEMENT, "link = 1\n", "link = 2\n");
    let ran = collected(&project, AFTER, "", &[]);
    assert!(
        ran.stderr.contains("`priya`") && ran.stderr.contains("a link that was ended"),
        "{}",
        ran.stderr
    );
    assert!(!project.path(ROUND).exists());
    collected(&project, AFTER, "", &["--accept-ended-link"]);
    assert_eq!(project.read(ROUND), format!("{HEADER}priya,clear,2,yes,\n"));
}

#[test]
fn switches_count_what_would_not_be() {
    let project = asking();
    let late = Answer::of("priya", 2).on(20, 23).sent(&project);
    let other_words = Answer {
        question: "Nyah speaks up.",
        ..Answer::of("tom", 1)
    }
    .sent(&project);
    let text = format!("{late}{other_words}");
    collected(&project, AFTER, &text, &[]);
    assert!(!project.path(ROUND).exists());
    collected(&project, AFTER, "", &["--late"]);
    assert_eq!(project.read(ROUND), format!("{HEADER}priya,clear,2,yes,\n"));
    collected(&project, AFTER, "", &["--late", "--accept-older-words"]);
    assert_eq!(
        project.read(ROUND),
        format!("{HEADER}priya,clear,2,yes,\ntom,clear,1,yes,\n")
    );
    // Over the old key of the site, until that is said to be stolen.
    let old = Key::open(&project.content(), None).unwrap();
    let ran = on(&project, "2026-04-12", &["key", "rotate"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let lena = Answer::of("lena", 3).sent_over(&project, &old);
    let before = project.read(ROUND);
    fs::remove_file(project.path(ROUND)).unwrap();
    let ran = collected(&project, AFTER, &lena, &["--stolen"]);
    assert!(
        ran.stderr.contains("the key that was stolen"),
        "{}",
        ran.stderr
    );
    assert!(!project.path(ROUND).exists());
    collected(&project, AFTER, "", &["--late", "--accept-older-words"]);
    assert_eq!(project.read(ROUND), format!("{before}lena,clear,3,yes,\n"));
}

#[test]
fn an_edited_round_and_a_published_one_stay() {
    let project = asking();
    let all: String = [("priya", 1), ("tom", 2), ("lena", 2), ("idris", 1)]
        .map(|(rater, score)| Answer::of(rater, score).sent(&project))
        .concat();
    collected(&project, AFTER, &all, &[]);
    let written = project.read(ROUND);
    let edited = written.replace("priya,clear,1", "priya,clear,2");
    project.write(ROUND, &edited);
    let later = Answer::of("tom", -1).on(16, 9).sent(&project);
    let ran = collected(&project, AFTER, &later, &[]);
    assert!(
        ran.stderr.contains("edited or written by hand"),
        "{}",
        ran.stderr
    );
    assert_eq!(project.read(ROUND), edited);
    project.write(ROUND, &written);
    collected(&project, AFTER, "", &[]);
    assert!(project.read(ROUND).contains("tom,clear,-1"));
    let published = project.read(ROUND);
    let ran = on(&project, AFTER, &["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        project
            .read("nyah/pulse/rounds.lock")
            .contains("2026-04-20")
    );
    let last = Answer::of("lena", -3).on(17, 9).sent(&project);
    let ran = collected(&project, AFTER, &last, &["--late"]);
    assert!(
        ran.stderr.contains("figures of that round were published"),
        "{}",
        ran.stderr
    );
    assert_eq!(project.read(ROUND), published);
}

#[test]
fn whoever_is_forgotten_takes_answers_and_comments_along() {
    let project = asking();
    let priya = Answer::of("priya", 2).saying("hers");
    let tom = Answer::of("tom", 1).saying("his");
    let all = format!(
        "{}{}{}",
        priya.sent(&project),
        tom.sent(&project),
        tom.on(15, 9).sent(&project)
    );
    collected(&project, AFTER, &all, &[]);
    assert_eq!(kept(&project), 3);
    let ran = on(&project, AFTER, &["forget", "nyah", "tom"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout
            .contains("2 answers as they had come, and 1 comment"),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains("comment-tom"), "{}", ran.stdout);
    assert_eq!(kept(&project), 1);
    assert!(
        !project
            .path("nyah/notes/2026-04-20-comment-tom.md")
            .exists()
    );
    assert!(
        project
            .path("nyah/notes/2026-04-20-comment-priya.md")
            .exists()
    );
    for (name, bytes) in tree(&project.path(".loggia/answers")) {
        assert!(!name.contains("tom") && !String::from_utf8_lossy(&bytes).contains("tom"));
    }
}

#[test]
fn a_mail_that_is_too_long_is_said_and_the_others_are_read() {
    let project = asking();
    let good = Answer::of("priya", 2).sent(&project);
    let long = format!(
        "From: a@b.example\nDate: Tue, 14 Apr 2026 09:30:00 +0000\n\n{}",
        "x".repeat(10 * 1024 * 1024)
    );
    let mailbox = format!("From a\n{long}\n\nFrom b\n\n{good}\n");
    let ran = collected(&project, AFTER, &mailbox, &[]);
    assert!(ran.stderr.contains("longer than 10 MB"), "{}", ran.stderr);
    assert_eq!(project.read(ROUND), format!("{HEADER}priya,clear,2,yes,\n"));
}

#[test]
fn no_build_opens_the_key_to_answers() {
    let project = asking();
    let with = project.built();
    project.remove("answers.key").pipe("answers.key");
    // Whoever opened it would wait for ever.
    assert_eq!(project.built(), with);
    project
        .remove("answers.key")
        .write("answers.key", "no key at all");
    assert_eq!(project.built(), with);
    let ran = on(&project, OPEN, &["collect"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("`answers.key`") && !ran.stderr.contains("no key at all"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_key_that_is_not_ones_own_is_refused() {
    let project = asking();
    let own = project.read("nyah/pulse/asking.pub");
    let other = asking();
    project.write("nyah/pulse/asking.pub", other.read("nyah/pulse/asking.pub"));
    for command in [
        &["collect"][..],
        &["key"],
        &["key", "answers"],
        &["key", "answers", "--rotate"],
    ] {
        let ran = on(&project, OPEN, command);
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        assert!(
            ran.stderr.contains("another key than `answers.key`"),
            "{}",
            ran.stderr
        );
    }
    project.write("nyah/pulse/asking.pub", own);
    let key = project.read("answers.key");
    project.remove("answers.key");
    let ran = on(&project, OPEN, &["key", "answers"]);
    assert!(
        ran.code == 1 && ran.stderr.contains("there is no `answers.key` here"),
        "{}",
        ran.stderr
    );
    assert!(!project.path("answers.key").exists());
    project.write("answers.key", key);
    let ran = on(&project, OPEN, &["key"]);
    assert!(
        ran.code == 1 && ran.stderr.contains("chmod 600"),
        "{}",
        ran.stderr
    );
}

#[test]
fn key_to_answers_is_refused_where_git_has_it() {
    let project = asking();
    let git = |arguments: &[&str]| {
        let status = Command::new("git")
            .args(arguments)
            .current_dir(project.content())
            .status();
        assert!(status.unwrap().success());
    };
    git(&["init", "-q"]);
    git(&["add", "answers.key"]);
    for command in [&["collect"][..], &["key", "answers"]] {
        let ran = on(&project, OPEN, command);
        assert!(
            ran.code == 1 && ran.stderr.contains("tracked by git"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn a_replaced_key_to_answers_opens_what_was_sealed_to_it_until_it_is_deleted() {
    let project = asking();
    let before = Answer::of("priya", 2).sent(&project);
    let (key, public) = (
        project.read("answers.key"),
        project.read("nyah/pulse/asking.pub"),
    );
    let ran = on(&project, OPEN, &["key", "answers", "--rotate"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_ne!(project.read("answers.key"), key);
    assert_ne!(project.read("nyah/pulse/asking.pub"), public);
    let names = tree(&project.content());
    let old = names
        .keys()
        .find(|name| name.starts_with("answers.key.old-2026-04-15-"))
        .unwrap();
    assert_eq!(project.read(old), key);
    for name in [old.as_str(), "answers.key"] {
        let mode = fs::metadata(project.path(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
    let after = [("tom", 1), ("lena", 2), ("idris", 2)]
        .map(|(rater, score)| Answer::of(rater, score).sent(&project));
    let all = format!("{before}{}", after.concat());
    collected(&project, AFTER, &all, &[]);
    assert!(project.read(ROUND).contains("priya,clear,2,yes,\n"));
    let ran = on(&project, AFTER, &["key", "answers", "--delete-old"]);
    assert!(
        ran.code == 3 && ran.stderr.contains("still opens answers"),
        "{}",
        ran.stderr
    );
    let ran = on(&project, AFTER, &["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = on(&project, AFTER, &["key", "answers", "--delete-old"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!project.path(old).exists());
}
