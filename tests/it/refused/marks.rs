//! Byte order marks: what is wrong in a file is told alike, with the same line and column, whether the file begins with one or not.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::project::Project;

const GOAL: &str = "nyah/goals/1-clear.md";
const ROUND: &str = "nyah/pulse/2026-03-02.csv";

/// For each kind of file one that is wrong: what stands in it, and what is written instead.
const WRONG: [(&str, &str, &str); 14] = [
    ("loggia.toml", "[firm]", "[firn]"),
    (
        "loggia.toml",
        "[firm]",
        "person = [{ nam = \"Mia\" }]\n[firm]",
    ),
    (
        "nyah/engagement.toml",
        "title = \"Leading",
        "title = 1 # \"Leading",
    ),
    (GOAL, "+++\ntitle = \"Clear in the room\"", "+++\ntitle = 7"),
    (GOAL, "+++\ntitle", " +++\ntitle"),
    (
        "nyah/agendas/2026-02-03-calibration.md",
        "kind = \"calibration\"",
        "kind = \"calibratoin\"",
    ),
    ("nyah/reviews/2026-03-16-midpoint.md", "kind = ", "kin = "),
    (
        "nyah/updates/2026-03-15-first-month.md",
        "+++\ntitle",
        "+++x\ntitle",
    ),
    (
        "nyah/pulse/2026-03-02.md",
        "+++\n[[theme]]",
        "+++\n[[them]]",
    ),
    (ROUND, "rater,goal,score", "rater,goal,skore"),
    (ROUND, "rater,goal", "rater,\"goal"),
    (ROUND, "rater,goal,score", "rater,goal\rscore"),
    (
        "nyah/notes/2026-01-20-session.md",
        "She cried",
        "+++\nshare = [\"manager\"]\n+++\nShe cried",
    ),
    ("passphrases.toml", "[nyah]", "[nyha]"),
];

#[test]
fn what_is_wrong_is_told_alike_with_a_byte_order_mark_and_without() {
    for (file, from, to) in WRONG {
        let project = Project::small();
        let path = project.path("passphrases.toml");
        project.write(
            "passphrases.toml",
            "[nyah]\npriya = \"seven quiet harbours\"\n",
        );
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
        project.replace(
            "nyah/engagement.toml",
            "link = 1",
            "link = 1\npassphrase = true",
        );
        project.replace(file, from, to);
        let without = project.run(&["check"]);
        assert_eq!(without.code, 3, "{file}: {}", without.stderr);
        assert!(without.stderr.contains(file), "{file}: {}", without.stderr);
        let text = project.read(file);
        project.write(file, format!("\u{feff}{text}"));
        let with = project.run(&["check"]);
        assert_eq!(with.stderr, without.stderr, "{file}");
    }
}

#[test]
fn a_letter_that_is_not_utf_8_is_counted_from_behind_the_mark() {
    let project = Project::small();
    let told = |before: &[u8]| {
        project.write(GOAL, [before, b"+++ \xff\n"].concat());
        project.run(&["check"]).stderr
    };
    assert!(told(b"").contains("1-clear.md:1:5"), "{}", told(b""));
    assert_eq!(told(b"\xef\xbb\xbf"), told(b""));
}
