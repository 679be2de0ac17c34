//! What `new` writes in ‹…› goes out to nobody.

use std::path::Path;

use crate::project::{Project, tree};

/// A text of every kind of file, as it stands in the small engagement.
const TEXTS: [(&str, &str); 8] = [
    ("nyah/engagement.toml", "Notice the behaviour and say so."),
    ("nyah/engagement.toml", "Leading through others"),
    ("nyah/engagement.toml", "Mid-point review"),
    ("nyah/engagement.toml", "Anders Holm"),
    ("nyah/goals/1-clear.md", "title = \""),
    ("nyah/updates/2026-03-15-first-month.md", "title = \""),
    ("nyah/reviews/2026-03-16-midpoint.md", "intended = \""),
    ("nyah/pulse/2026-03-02.md", "text = \""),
];

/// The small engagement with a placeholder behind `before` in a file.
fn with_placeholder(file: &str, before: &str) -> Project {
    let project = Project::small();
    let text = project.read(file);
    assert!(text.contains(before), "{file}: {before}");
    project.write(file, text.replacen(before, &format!("{before}‹say it›"), 1));
    project
}

#[test]
fn with_the_word_of_the_coachee_it_is_an_error_in_every_kind_of_text() {
    for (file, before) in TEXTS {
        let project = with_placeholder(file, before);
        let ran = project.run(&["build"]);
        assert_eq!(ran.code, 3, "{file}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("this still holds a placeholder in ‹…›"),
            "{}",
            ran.stderr
        );
        assert!(
            ran.stderr.contains(&format!("--> {file}:")),
            "{}",
            ran.stderr
        );
        assert!(!project.site().exists());
    }
}

#[test]
fn without_that_word_it_is_a_warning_and_nobody_has_a_portal() {
    for (file, before) in TEXTS {
        let project = with_placeholder(file, before);
        project.replace("nyah/engagement.toml", "agreed = 2026-02-02\n", "");
        let ran = project.run(&["build"]);
        assert_eq!(ran.code, 0, "{file}: {}", ran.stderr);
        assert!(
            ran.stderr.contains(&format!("--> {file}:")),
            "{}",
            ran.stderr
        );
        let pages = tree(&project.site());
        assert!(
            pages.keys().all(|path| !Path::new(path).starts_with("p")),
            "{file}"
        );
    }
}

#[test]
fn a_body_is_looked_at_and_what_is_for_nobody_is_not() {
    let file = "nyah/updates/2026-03-15-first-month.md";
    let body = |text: &str| {
        let project = Project::small();
        project.write(file, format!("{}\n{text}\n", project.read(file)));
        project.run(&["check"])
    };
    assert_eq!(body("What I ‹did›.").code, 3);
    assert_eq!(body("::: only manager\nWhat I ‹did›.\n:::").code, 3);
    assert_eq!(body("::: private\nWhat I ‹did›.\n:::").code, 0);
}
