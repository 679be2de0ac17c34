//! House rules that nobody has to remember: where values become readable, what no file may hold, how long one may be.

mod imports;
mod readme;
mod security;
mod supply;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A file holds no more lines than this, its tests aside.
const LONGEST: usize = 400;

/// A file of the program, without comments and without the tests at its end.
struct Code {
    path: String,
    whole: String,
    lines: Vec<(usize, String)>,
}

impl Code {
    fn of(path: &str, whole: &str) -> Self {
        let mut lines = Vec::new();
        if !is_for_tests(path) {
            for (index, line) in whole.lines().enumerate().take(length(whole)) {
                let code = line.split("//").next().unwrap_or_default();
                lines.push((index + 1, code.to_owned()));
            }
        }
        Self {
            path: path.to_owned(),
            whole: whole.to_owned(),
            lines,
        }
    }
}

/// A word, the only places where it may stand, and why.
const PLACES: [(&str, &[&str], &str); 17] = [
    (
        "Deserialize",
        &["src/content/"],
        "only the reading of the folder deserialises",
    ),
    (
        "DeserializeOwned",
        &["src/content/"],
        "only the reading of the folder deserialises",
    ),
    (
        "JsonSchema",
        &["src/content/"],
        "a schema is made of the types that read the folder",
    ),
    (
        "serde",
        &["src/content/", "src/cli.rs", "src/cli/"],
        "serde stands at the two ends",
    ),
    (
        "Serialize",
        &["src/cli.rs", "src/cli/"],
        "only the small types of `--json` serialise",
    ),
    (
        "Object",
        &["src/portal/view.rs"],
        "what a template can see is made in one file",
    ),
    (
        "from_object",
        &["src/portal/view.rs"],
        "what a template can see is made in one file",
    ),
    (
        "from_dyn_object",
        &["src/portal/view.rs"],
        "what a template can see is made in one file",
    ),
    (
        "from_serialize",
        &[],
        "nothing is handed to a template whole",
    ),
    (
        "from_safe_string",
        &[
            "src/render/calendar.rs",
            "src/portal/view.rs",
            "src/render/functions.rs",
            "src/access/shell.rs",
        ],
        "markup that is not escaped is written by the program itself",
    ),
    (
        "AnswersKey",
        &[
            "src/access/asking.rs",
            "src/access/asking/",
            "src/pipeline/asking_keys.rs",
            "src/pipeline/collecting.rs",
            "src/pipeline/collecting/",
        ],
        "answers are opened where they are collected, and by no build",
    ),
    (
        "reveal_to",
        &[
            "src/portal/",
            "src/engagement/",
            "src/content/practice.rs",
            "src/content/practice/",
            "src/pipeline/scaffolding.rs",
            "src/consent/now.rs",
            "src/audit/",
        ],
        "confidential text is looked at where a reader's view is made, and for the coach's own eyes",
    ),
    (
        ".ratings",
        &[
            "src/progress/",
            "src/content/practice/",
            "src/engagement/pulse.rs",
        ],
        "single answers are read where figures are made of them",
    ),
    (
        "std::os",
        &["src/files/"],
        "what differs by platform is asked in one folder",
    ),
    (
        "rustix",
        &["src/files/"],
        "what differs by platform is asked in one folder",
    ),
    (
        "unix",
        &["src/files/"],
        "what differs by platform is asked in one folder",
    ),
    (
        "target_os",
        // The browser is started by the desktop's own command.
        &["src/files/", "src/dev/browser.rs"],
        "what differs by platform is asked in one folder",
    ),
];

#[test]
fn what_is_dangerous_stands_in_its_place() {
    let mut wrong = Vec::new();
    for code in sources() {
        for (number, line) in &code.lines {
            for (word, places, reason) in PLACES {
                let is_there = holds_word(line, word)
                    && !places.iter().any(|place| code.path.starts_with(place))
                    // A map of JSON is no template's.
                    && !line.contains("serde_json");
                if is_there {
                    wrong.push(format!("{}:{number} `{word}`: {reason}", code.path));
                }
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn secrets_can_be_neither_cloned_nor_shown_nor_serialised() {
    for (file, name) in [
        ("src/engagement/audience.rs", "Guarded"),
        ("src/engagement/prose.rs", "Prose"),
        ("src/access/key.rs", "Key"),
        ("src/access/asking/answers_key.rs", "AnswersKey"),
    ] {
        let code = fs::read_to_string(root().join(file)).unwrap();
        let declared = [
            format!("pub struct {name}<T> {{"),
            format!("pub struct {name} {{"),
            format!("pub struct {name}("),
        ];
        let at = declared.iter().find_map(|text| code.find(text.as_str()));
        let before = &code[..at.unwrap_or_else(|| panic!("{file} declares {name}"))];
        let derived = before
            .lines()
            .rev()
            .take_while(|line| !line.trim().is_empty());
        for line in derived {
            assert!(!line.contains("derive"), "{name}: {line}");
        }
        for code in sources() {
            for shown in ["Clone", "Display", "Serialize", "Deref", "AsRef", "Object"] {
                for form in [
                    format!("{shown} for {name}"),
                    format!("{shown}<str> for {name}"),
                ] {
                    assert!(!code.whole.contains(&form), "{}: {form}", code.path);
                }
            }
        }
    }
}

/// Words that no file of the program holds outside its tests.
const FORBIDDEN: [&str; 16] = [
    "dbg!",
    "todo!",
    "unimplemented!",
    "panic!",
    "println!",
    "eprintln!",
    "print!",
    "eprint!",
    ".unwrap()",
    "unsafe {",
    "unsafe fn",
    "unsafe impl",
    "HashMap",
    "HashSet",
    "lazy_static",
    "thread_local!",
];

#[test]
fn forbidden_words_are_absent() {
    let mut wrong = Vec::new();
    for code in sources() {
        for (number, line) in &code.lines {
            for word in FORBIDDEN {
                // An index of hashes is only asked, never walked in order.
                let is_index = code.path == "src/audit/places.rs" && word.starts_with("Hash");
                if holds_word(line, word) && !is_index {
                    wrong.push(format!("{}:{number} {word}", code.path));
                }
            }
        }
    }
    for file in tracked() {
        let Ok(text) = fs::read_to_string(root().join(&file)) else {
            continue;
        };
        // Put together here, so that this file does not hold them.
        for word in [
            concat!("TO", "DO"),
            concat!("FIX", "ME"),
            concat!("XX", "X:"),
        ] {
            let is_code = [".rs", ".toml", ".html", ".css", ".js", ".mjs", ".sh", ".md"]
                .iter()
                .any(|end| file.ends_with(end));
            if is_code && !file.starts_with("tests/cases/") && text.contains(word) {
                wrong.push(format!("{file} {word}"));
            }
        }
        for place in [
            concat!("/wo", "rk/"),
            concat!("/ro", "ot/"),
            concat!("/ho", "me/"),
        ] {
            if !file.ends_with(".lock") && text.contains(place) {
                wrong.push(format!("{file} names the machine's {place}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_file_says_what_it_is_and_stays_short() {
    let mut wrong = Vec::new();
    for code in sources() {
        if !code.whole.starts_with("//! ") {
            wrong.push(format!("{} does not begin with `//!`", code.path));
        }
        let length = length(&code.whole);
        let is_justified = code
            .whole
            .lines()
            .any(|line| line.starts_with("//! Longer than"));
        if length > LONGEST && !is_justified && !is_for_tests(&code.path) {
            wrong.push(format!("{} has {length} lines", code.path));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn templates_are_markup_and_nothing_else() {
    let mut wrong = Vec::new();
    let mut unescaped = 0;
    for file in tracked() {
        if !(file.starts_with("themes/default/templates/") && file.ends_with(".html")) {
            continue;
        }
        let text = fs::read_to_string(root().join(&file)).unwrap();
        unescaped += text.matches("|safe").count() + text.matches("| safe").count();
        let lower = text.to_lowercase();
        for word in [
            " style=",
            "<script",
            "http:",
            "https:",
            "<!--",
            "javascript",
            " on",
            "<iframe",
            "<link",
            "<object",
            "<embed",
            "autoescape",
            "debug(",
            "<base",
            "<form",
        ] {
            let is_there = match word {
                // An event handler is an attribute that begins with `on`.
                " on" => lower.split(" on").skip(1).any(|rest| {
                    let name = rest.chars().take_while(char::is_ascii_alphabetic).count();
                    name > 0 && rest[name..].starts_with('=')
                }),
                // Raters fill in the one form that there is: it leads nowhere, and its page's policy lets none be sent.
                "<form" if file.ends_with("/asking.html") => {
                    lower.matches("<form").count() > 1 || lower.contains("action=")
                }
                _ => lower.contains(word),
            };
            if is_there {
                wrong.push(format!("{file} holds `{word}`"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(
        unescaped, 0,
        "no template asks for text that is not escaped"
    );
}

/// Documents by whose bare name texts have been cited that are not in the repository.
const ABSENT: [&str; 2] = [concat!("DES", "IGN"), concat!("DOM", "AIN")];

#[test]
fn no_file_cites_a_document_that_is_not_here() {
    let files = tracked();
    let names: BTreeSet<&str> = files
        .iter()
        .filter_map(|file| file.rsplit('/').next())
        .collect();
    let mut wrong = Vec::new();
    for file in &files {
        let is_ours = [
            ".rs", ".toml", ".html", ".css", ".js", ".mjs", ".md", ".yml",
        ]
        .iter()
        .any(|end| file.ends_with(end))
            || file == "tests/run";
        if !is_ours || file.starts_with("content/") || file.starts_with("tests/cases/") {
            continue;
        }
        let text = fs::read_to_string(root().join(file)).unwrap();
        for (index, line) in text.lines().enumerate() {
            for cited in citations(line, &names) {
                wrong.push(format!("{file}:{} cites {cited}", index + 1));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn citations_are_told_from_other_words() {
    let names = BTreeSet::from(["README.md"]);
    for (line, expected) in [
        ("see README.md, and `2026-03-02-DATE.md`", 0),
        (concat!("as PLA", "NS.md says"), 1),
        (concat!("the shares of DES", "IGN."), 1),
        (concat!("the rule of sect", "ion 6"), 1),
        ("RFC 5545, section 3.1", 0),
        ("a section of its own", 0),
    ] {
        assert_eq!(citations(line, &names).len(), expected, "{line}");
    }
}

/// What a line cites: documents named in capitals that are not among the files, and numbers of sections of who knows what.
fn citations<'a>(line: &'a str, names: &BTreeSet<&str>) -> Vec<&'a str> {
    let mut cited = Vec::new();
    for word in
        line.split(|letter: char| !(letter.is_ascii_alphanumeric() || "._-".contains(letter)))
    {
        let word = word.trim_end_matches('.');
        let is_document = word.strip_suffix(".md").is_some_and(|stem| {
            stem.len() > 3 && stem.bytes().all(|letter| letter.is_ascii_uppercase())
        });
        // The form of a file's name, as the coach is told of it.
        let is_form = word == "DATE.md";
        if ABSENT.contains(&word) || is_document && !is_form && !names.contains(word) {
            cited.push(word);
        }
    }
    let is_of_a_standard = line.contains("RFC ") || line.contains("https://");
    for before in [concat!("sect", "ion "), concat!("sect", "ions ")] {
        for (at, _) in line.match_indices(before) {
            let number = &line[at + before.len()..];
            if number.starts_with(|letter: char| letter.is_ascii_digit()) && !is_of_a_standard {
                cited.push(&line[at..]);
            }
        }
    }
    cited
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files that git knows.
fn tracked() -> Vec<String> {
    let listed = Command::new("git")
        .arg("-C")
        .arg(root())
        .args(["ls-files", "-z"])
        .output()
        .unwrap();
    assert!(listed.status.success());
    let names = String::from_utf8(listed.stdout).unwrap();
    let exists = |name: &&str| !name.is_empty() && root().join(name).is_file();
    names
        .split('\0')
        .filter(exists)
        .map(str::to_owned)
        .collect()
}

/// The area of a file: the folder of `src` that it is in, or its own name.
fn area(path: &str) -> &str {
    let inside = path.trim_start_matches("src/");
    inside.split(['/', '.']).next().unwrap_or(inside)
}

fn is_for_tests(path: &str) -> bool {
    ["/tests/", "/samples/", "/tests.rs", "/samples.rs"]
        .iter()
        .any(|part| path.contains(part))
}

fn sources() -> Vec<Code> {
    let mut sources = Vec::new();
    for path in tracked() {
        if !(path.starts_with("src/") && path.ends_with(".rs")) {
            continue;
        }
        let whole = fs::read_to_string(root().join(&path)).unwrap();
        sources.push(Code::of(&path, &whole));
    }
    assert!(sources.len() > 50);
    sources
}

/// How many lines a file has before its tests, which stand at its end, perhaps only for a system with modes and links.
fn length(text: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    let begins_tests = |pair: &[&str]| pair[0] == "#[cfg(test)]" && pair[1].ends_with('{');
    let tests = lines.windows(2).position(begins_tests);
    let is_of_unix =
        |start: &usize| start.checked_sub(1).map(|above| lines[above]) == Some("#[cfg(unix)]");
    match tests {
        Some(start) if is_of_unix(&start) => start - 1,
        Some(start) => start,
        None => lines.len(),
    }
}

/// Whether a line holds a word, not as a part of another.
fn holds_word(line: &str, word: &str) -> bool {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let starts = !word.starts_with(is_name) || before.is_none_or(|letter| !is_name(letter));
        let ends = !word.ends_with(is_name) || after.is_none_or(|letter| !is_name(letter));
        starts && ends
    })
}
