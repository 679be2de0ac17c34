//! A site built in parts, on machines that know nothing of each other, and joined: the same to the byte as one build.

use std::fs;
use std::path::{Path, PathBuf};

use loggia::pipeline::shard::Shard;

use crate::project::{Project, tree};

/// Two of the samples' people are one person with a page of her own.
const PERSON: &str = "\n[[person]]\nid = \"both\"\nname = \"Priya Raman\"\n\n[person.engagements]\nnyah-adeyemi = \"priya\"\n";

/// Builds the samples in `count` parts; returns their folders' names.
fn parts(project: &Project, count: usize) -> Vec<String> {
    let part = |number: usize| {
        let out = format!("part-{number}");
        let shard = format!("{number}/{count}");
        let ran = project.run(&["build", "--shard", &shard, "--out", &out]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        out
    };
    (1..=count).map(part).collect()
}

fn merged(project: &Project, parts: &[String]) -> crate::project::Ran {
    let mut words = vec!["merge"];
    words.extend(parts.iter().map(String::as_str));
    words.extend(["--out", "joined"]);
    project.run(&words)
}

#[test]
fn parts_joined_are_the_site_of_one_build() {
    let project = Project::samples();
    let firm = project.read("loggia.toml") + PERSON;
    project.write("loggia.toml", firm);
    let whole = project.built();
    assert!(whole.len() > 25);
    for count in [1, 2, 5] {
        let mut parts = parts(&project, count);
        parts.reverse();
        if count == 1 {
            // A single part is the site itself.
            assert_eq!(tree(&project.folder().join("part-1")), whole);
            continue;
        }
        let ran = merged(&project, &parts);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert_eq!(tree(&project.folder().join("joined")), whole, "{count}");
        for part in parts {
            fs::remove_dir_all(project.folder().join(part)).unwrap();
        }
    }
}

#[test]
fn parts_that_do_not_fit_are_refused_and_the_last_site_stays() {
    let project = Project::samples();
    let mut names = parts(&project, 2);
    assert_eq!(merged(&project, &names).code, 0);
    let before = tree(&project.folder().join("joined"));
    let other = project.run(&[
        "build",
        "--shard",
        "2/2",
        "--out",
        "other",
        "--today",
        "2026-11-21",
    ]);
    assert_eq!(other.code, 2, "a day is given once");
    let mut later = project.command(&[
        "build",
        "--shard",
        "2/2",
        "--out",
        "other",
        "--today",
        "2026-11-23",
    ]);
    assert!(later.output().unwrap().status.success());
    for (parts, said) in [
        (vec!["part-1"], "of 2 parts these are missing: 2"),
        (vec!["part-1", "part-1"], "part 1/2 is here twice: `part-1`"),
        (
            vec!["part-1", "other"],
            "the day of `other` is not that of `part-1`",
        ),
        (
            vec!["part-1", "content"],
            "`content` is not a part of a site",
        ),
        (vec!["part-1", "nowhere"], "nowhere"),
    ] {
        names = parts.into_iter().map(str::to_owned).collect();
        let ran = merged(&project, &names);
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
        assert_eq!(tree(&project.folder().join("joined")), before);
    }
    fs::write(project.folder().join("part-1/stray.html"), "x").unwrap();
    let ran = merged(&project, &["part-1".to_owned(), "part-2".to_owned()]);
    assert!(
        ran.stderr
            .contains("`part-1/stray.html` was not written by the build of this part"),
        "{}",
        ran.stderr
    );
    assert_eq!(tree(&project.folder().join("joined")), before);
}

#[test]
fn a_part_is_never_the_place_of_the_whole() {
    let project = Project::samples();
    let parts = parts(&project, 2);
    for out in ["part-1", "part-1/site", "."] {
        let mut words = vec!["merge"];
        words.extend(parts.iter().map(String::as_str));
        words.extend(["--out", out]);
        let ran = project.run(&words);
        assert_eq!(ran.code, 1, "{out}: {}", ran.stderr);
    }
    let ran = project.run(&["build", "--shard", "3/2"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("write the part as 2/8"),
        "{}",
        ran.stderr
    );
}

/// A person's page is made of engagements that other parts publish: what is wrong with them stops this part, too.
#[test]
fn a_part_needs_the_engagements_of_its_persons_to_be_sound() {
    let project = Project::samples();
    project.write("loggia.toml", project.read("loggia.toml") + PERSON);
    let goal = "nyah-adeyemi/goals/1-concise-in-the-room.md";
    project.replace(goal, "alias = ", "alais = ");
    let mut stopped = 0;
    for number in 1..=7 {
        let text = format!("{number}/7");
        let shard = Shard::parse(&text).unwrap();
        let needs = ["nyah-adeyemi", "both"]
            .into_iter()
            .any(|id| shard.holds(id));
        let ran = project.run(&[
            "build",
            "--shard",
            &text,
            "--out",
            &format!("part-{number}"),
        ]);
        assert_eq!(
            ran.code,
            if needs { 3 } else { 0 },
            "{text}: {}",
            ran.stderr
        );
        stopped += usize::from(needs);
    }
    assert_eq!(
        stopped, 2,
        "the person and the engagement are in different parts"
    );
}

/// A way in which a part is no longer as it was built: what is done to its folder, one page and another page.
type Damage = fn(&Path, &Path, &Path);

#[test]
fn a_part_that_was_changed_on_the_way_is_refused_and_the_last_site_stays() {
    let project = Project::samples();
    let parts = parts(&project, 2);
    assert_eq!(merged(&project, &parts).code, 0);
    let joined = project.folder().join("joined");
    let before = tree(&joined);
    let folder = project.folder().join("part-1");
    let whole = tree(&folder);
    let pages = whole.keys().filter(|path| path.starts_with("p/"));
    let pages: Vec<PathBuf> = pages.map(|path| folder.join(path)).collect();
    let (one, other) = (&pages[0], &pages[1]);
    let damages: [(&str, Damage); 9] = [
        ("is not as the build of this part wrote it", |_, one, _| {
            fs::write(one, "<p>plain words</p>").unwrap();
        }),
        ("is not as the build of this part wrote it", |_, one, _| {
            let mut bytes = fs::read(one).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(one, bytes).unwrap();
        }),
        ("is not as the build of this part wrote it", |_, one, _| {
            fs::write(one, "").unwrap();
        }),
        (
            "is not as the build of this part wrote it",
            |_, one, other| {
                let (first, second) = (fs::read(one).unwrap(), fs::read(other).unwrap());
                fs::write(one, second).unwrap();
                fs::write(other, first).unwrap();
            },
        ),
        (
            "is not as the build of this part wrote it",
            |_, one, other| {
                fs::copy(one, other).unwrap();
            },
        ),
        ("a file of `part-1` is missing", |_, one, _| {
            fs::remove_file(one).unwrap();
        }),
        ("files of `part-1` are missing", |_, one, other| {
            fs::remove_dir_all(one.parent().unwrap()).unwrap();
            fs::remove_dir_all(other.parent().unwrap()).unwrap();
        }),
        (
            "is not as the build of this part wrote it",
            |folder, _, _| {
                fs::write(folder.join("_headers"), "/*\n").unwrap();
            },
        ),
        ("a file of `part-1` is missing", |folder, _, _| {
            fs::remove_file(folder.join(".nojekyll")).unwrap();
        }),
    ];
    for (told, damage) in damages {
        damage(&folder, one, other);
        let ran = merged(&project, &parts);
        assert_eq!(ran.code, 1, "{told}: {}", ran.stderr);
        assert!(ran.stderr.contains(told), "{told}: {}", ran.stderr);
        assert_eq!(tree(&joined), before, "{told}");
        for (path, bytes) in &whole {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }
    assert_eq!(merged(&project, &parts).code, 0);
}

#[test]
fn parts_and_what_they_join_to_name_links_that_begin_and_end() {
    let project = Project::samples();
    let names = parts(&project, 2);
    assert_eq!(merged(&project, &names).code, 0);
    let priya = "id = \"priya\"\n";
    project.replace(
        "nyah-adeyemi/engagement.toml",
        priya,
        "id = \"priya\"\nlink = 2\n",
    );
    let (mut begins, mut ends) = (0, 0);
    for number in 1..=2 {
        // On a machine that has the site as published, and no record of it.
        let _ = fs::remove_dir_all(project.path(".loggia"));
        let (shard, out) = (format!("{number}/2"), format!("new-{number}"));
        let words = [
            "build",
            "--shard",
            &shard,
            "--out",
            &out,
            "--previous",
            "joined",
        ];
        let ran = project.run(&words);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        begins += ran
            .stderr
            .matches("a link begins: `priya` in `nyah-adeyemi`")
            .count();
        ends += ran
            .stderr
            .matches("a link ends: `priya` in `nyah-adeyemi`")
            .count();
        assert!(ran.stderr.matches("a link ").count() <= 4, "{}", ran.stderr);
    }
    // That of the portal and that of the asking page.
    assert_eq!((begins, ends), (2, 2));
    let names = ["new-1".to_owned(), "new-2".to_owned()];
    // Where the parts are joined there may be no content.
    fs::rename(project.content(), project.folder().join("elsewhere")).unwrap();
    let ran = merged(&project, &names);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(
        ran.stderr.matches("a link begins: the page in p/").count(),
        1
    );
    assert_eq!(ran.stderr.matches("a link ends: the page in p/").count(), 1);
    let ran = merged(&project, &names);
    assert!(!ran.stderr.contains("a link"), "{}", ran.stderr);
}

#[test]
fn joined_parts_do_not_end_many_links_unless_told() {
    let project = Project::samples();
    let names = parts(&project, 2);
    assert_eq!(merged(&project, &names).code, 0);
    let joined = project.folder().join("joined");
    let before = tree(&joined);
    project.remove("mateo-silva");
    for name in &names {
        fs::remove_dir_all(project.folder().join(name)).unwrap();
    }
    let names = parts(&project, 2);
    let ran = merged(&project, &names);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    let (_, count) = ran.stderr.split_once("`--ends ").unwrap();
    let count = count.split('`').next().unwrap();
    assert!(count.parse::<usize>().unwrap() > 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("in `mateo-silva`"), "{}", ran.stderr);
    assert!(tree(&joined) == before, "the last site stays");
    let mut words = vec!["merge", "--ends", count, "--out", "joined"];
    words.extend(names.iter().map(String::as_str));
    assert_eq!(project.run(&words).code, 0);

    let project = Project::samples();
    let names = parts(&project, 2);
    assert_eq!(merged(&project, &names).code, 0);
    // What the folder explains ends at once, however much it is.
    project.replace(
        "mateo-silva/engagement.toml",
        "rounds = [2026-12-14]  ",
        "rounds = []  ",
    );
    project.replace(
        "mateo-silva/engagement.toml",
        "end = 2027-02-26",
        "end = 2026-11-10\ncloses = 2026-11-20",
    );
    let names = names.iter().enumerate().map(|(index, _)| {
        let (shard, out) = (format!("{}/2", index + 1), format!("new-{index}"));
        let ran = project.run(&["build", "--shard", &shard, "--out", &out]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        out
    });
    let ran = merged(&project, &names.collect::<Vec<String>>());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn a_file_that_no_build_writes_is_not_read() {
    let project = Project::samples();
    let names = parts(&project, 2);
    let long = fs::File::create(project.folder().join("part-1/404.html")).unwrap();
    long.set_len((64 << 20) + 1).unwrap();
    let ran = merged(&project, &names);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let said = "`part-1/404.html` is longer than any file of a site";
    assert!(ran.stderr.contains(said), "{}", ran.stderr);
}

#[test]
fn parts_of_a_new_key_take_the_place_of_the_site_of_the_old_one() {
    let project = Project::samples();
    let names = parts(&project, 2);
    assert_eq!(merged(&project, &names).code, 0);
    let before = tree(&project.folder().join("joined"));
    assert_eq!(project.run(&["key", "rotate"]).code, 0);
    let new = [1, 2].map(|number| {
        let (shard, out) = (format!("{number}/2"), format!("new-{number}"));
        let words = [
            "build",
            "--shard",
            &shard,
            "--out",
            &out,
            "--previous",
            "joined",
        ];
        let ran = project.run(&words);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        out
    });
    let ran = merged(&project, &new);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let after = tree(&project.folder().join("joined"));
    let is_page = |path: &&String| path.starts_with("p/");
    assert_eq!(before.len(), after.len());
    assert!(
        before
            .keys()
            .filter(is_page)
            .all(|path| !after.contains_key(path))
    );
}
