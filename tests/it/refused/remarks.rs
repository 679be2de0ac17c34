//! A remark inside a value of TOML hides nothing there: whatever value it stands in, it is refused, and no message quotes it.

use walkdir::WalkDir;

use crate::project::{Project, Ran};

/// Texts that some program hides, around a word that stands nowhere else.
const REMARKS: [&str; 3] = [
    "<!-- hushword -->",
    "%% hushword %%",
    "::: private hushword",
];

/// The files of a small engagement that hold TOML, with where each text in it ends: before its closing quote.
fn texts(project: &Project) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for entry in WalkDir::new(project.content()).sort_by_file_name() {
        let entry = entry.unwrap();
        let name = entry.path().strip_prefix(project.content()).unwrap();
        let name = name.to_str().unwrap().to_owned();
        let text = match name.rsplit_once('.') {
            _ if name.contains("notes/") => continue,
            Some((_, "toml")) => project.read(&name),
            Some((_, "md")) => {
                let text = project.read(&name);
                let end = text[3..].find("+++").unwrap() + 3;
                text[..end].to_owned()
            }
            _ => continue,
        };
        let mut is_open = false;
        for (place, _) in text.match_indices('"') {
            if is_open {
                found.push((name.clone(), place));
            }
            is_open = !is_open;
        }
    }
    found
}

#[track_caller]
fn check(ran: &Ran, what: &str) {
    assert_eq!(ran.code, 3, "{what}: {}", ran.stderr);
    let is_quoted = ran.stderr.contains("hushword") || ran.stdout.contains("hushword");
    assert!(!is_quoted, "{what}: {}", ran.stderr);
}

#[test]
fn a_remark_in_a_value_is_refused_and_never_quoted() {
    let project = Project::small();
    let plan = "competencies = [\"Listens first\", { text = \"Says less\", goal = \"clear\" }]\n";
    let engagement = project.read("nyah/engagement.toml");
    project.write("nyah/engagement.toml", format!("{plan}{engagement}"));
    assert_eq!(project.run(&["check"]).code, 0);
    let texts = texts(&project);
    assert!(texts.len() > 50, "{}", texts.len());
    for (index, (name, place)) in texts.iter().enumerate() {
        let whole = project.read(name);
        let remark = REMARKS[index % REMARKS.len()].replace("::: ", "\\n::: ");
        let (before, after) = whole.split_at(*place);
        project.write(name, format!("{before} {remark}{after}"));
        let line = before.lines().last().unwrap_or_default();
        check(&project.run(&["check"]), &format!("{name}: {line}"));
        project.write(name, whole);
    }
}

#[test]
fn a_competency_with_a_remark_is_told_as_any_other_text() {
    for (value, told) in [
        (
            "[\"Listens <!-- hushword -->\"]",
            "holds a passage or a remark",
        ),
        (
            "[{ text = \"Listens <!-- hushword -->\" }]",
            "holds a passage or a remark",
        ),
        (
            "[{ text = \"Listens <!-- hushword -->\", goal = \"claer\" }]",
            "holds a passage or a remark",
        ),
        (
            "[{ text = \"Listens\", goal = \"claer <!-- hushword -->\" }]",
            "unknown goal",
        ),
        (
            "[{ txt = \"Listens <!-- hushword -->\" }]",
            "unknown key `txt`",
        ),
        ("[{ \"x <!-- hushword -->\" = \"Listens\" }]", "unknown key"),
        (
            "[1, \"Listens <!-- hushword -->\"]",
            "is a text or a table such as",
        ),
        ("[\"Listens <!-- hushword -->\", \"open]", "quote"),
    ] {
        let project = Project::small();
        let engagement = project.read("nyah/engagement.toml");
        project.write(
            "nyah/engagement.toml",
            format!("competencies = {value}\n{engagement}"),
        );
        let ran = project.run(&["check"]);
        check(&ran, value);
        assert!(ran.stderr.contains(told), "{value}: {}", ran.stderr);
    }
}
