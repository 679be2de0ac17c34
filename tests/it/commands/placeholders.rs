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

#[test]
fn in_the_file_of_the_firm_it_is_an_error() {
    let project = Project::small();
    project.replace("loggia.toml", "\"Harbour Coaching\"", "\"‹Your firm›\"");
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("--> loggia.toml:2:"), "{}", ran.stderr);
}

/// What stood on every page of whoever began with the example: a name and an address that are nobody's.
#[test]
fn what_init_writes_has_the_name_of_its_folder_and_no_address_of_its_own() {
    for (folder, name) in [
        ("quay-street-coaching", "Quay Street Coaching"),
        ("…", "Coaching"),
    ] {
        let project = Project::small();
        let ran = project.run(&["init", folder]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let file = project.folder().join(folder).join("content/loggia.toml");
        let text = std::fs::read_to_string(file).unwrap();
        assert!(text.contains(&format!("\nname = \"{name}\"\n")), "{text}");
        assert!(!text.contains("\ncontact"), "{text}");
    }
}
