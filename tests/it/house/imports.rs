//! Who imports whom: between folders by a table, between files without a circle.
//!
//! Imports are read from the text of the sources: `use` with groups of any depth and over several lines, and every path in the code
//! that begins with `crate`, `self`, `super` or a module that the file declares.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::house::{Code, area, root, sources};

/// Which folder may import which others. `src/README.md` has the same table.
const ARROWS: [(&str, &[&str]); 18] = [
    ("diagnostic", &[]),
    // What the operating system does, below everything: whoever touches a file may ask it, and it knows nothing of Loggia.
    ("files", &[]),
    // Templates, counted nouns and strings of TOML are written alike everywhere.
    ("text", &["diagnostic"]),
    ("engagement", &[]),
    ("picture", &["engagement"]),
    (
        "content",
        &["engagement", "picture", "files", "diagnostic", "text"],
    ),
    ("consent", &["engagement"]),
    ("progress", &["engagement", "diagnostic", "text"]),
    ("portal", &["engagement", "progress"]),
    ("render", &["progress", "portal", "diagnostic", "text"]),
    ("access", &["render", "files", "diagnostic", "text"]),
    ("publish", &["access", "files", "diagnostic"]),
    ("record", &["publish", "files", "diagnostic"]),
    (
        "audit",
        &["engagement", "picture", "content", "files", "diagnostic"],
    ),
    ("scaffold", &["files", "diagnostic", "text"]),
    (
        "pipeline",
        &[
            "diagnostic",
            "engagement",
            "content",
            "consent",
            "progress",
            "portal",
            "render",
            "access",
            "publish",
            "record",
            "audit",
            "files",
            "scaffold",
        ],
    ),
    ("dev", &["pipeline", "files", "diagnostic", "text"]),
    // The type of `access = …`, the id that `new` is given, and what `check --who-sees-what` prints.
    (
        "cli",
        &[
            "pipeline",
            "dev",
            "scaffold",
            "diagnostic",
            "text",
            "engagement",
            "portal",
        ],
    ),
];

/// The circles that the code still has. None may grow and none may be added. `LOGGIA_ACCEPT=1` takes off the list what is gone.
const CIRCLES: &str = "tests/it/house/circles.txt";

#[test]
fn nobody_imports_what_is_not_theirs() {
    let arrows: BTreeMap<_, _> = ARROWS.into_iter().collect();
    let program = Program::read();
    let (mut wrong, mut used) = (Vec::new(), BTreeSet::new());
    for code in program.files() {
        let area = area(&code.path);
        if matches!(area, "lib" | "main") {
            continue;
        }
        let allowed = arrows
            .get(area)
            .unwrap_or_else(|| panic!("{area} is not in the table"));
        for (line, path) in program.paths(code) {
            let other = &*path[0];
            if other == area || !arrows.contains_key(other) {
                continue;
            }
            if !allowed.contains(&other) {
                wrong.push(format!("{}:{line} imports {other}", code.path));
            }
            used.insert((area.to_owned(), other.to_owned()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    for (area, others) in ARROWS {
        for other in others {
            assert!(
                used.contains(&(area.to_owned(), (*other).to_owned())),
                "{area} no longer imports {other}: take it out of the table"
            );
        }
    }
}

#[test]
fn the_page_about_the_sources_has_the_same_table() {
    let page = fs::read_to_string(root().join("src/README.md")).unwrap();
    let head = "| module | may import |\n|---|---|\n";
    let (_, table) = page.split_once(head).expect("src/README.md has the table");
    let mut said = Vec::new();
    for line in table.lines().take_while(|line| line.starts_with('|')) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let others = cells[1].split(", ").filter(|other| *other != "nothing");
        said.push((cells[0], others.collect::<BTreeSet<_>>()));
    }
    let held = ARROWS.map(|(module, others)| (module, others.iter().copied().collect()));
    assert_eq!(said, held);
}

#[test]
fn an_import_names_each_thing_and_stays_near() {
    let mut wrong = Vec::new();
    for code in sources() {
        let mut refuse = |line: usize, what: &str| {
            wrong.push(format!("{}:{line} {what}", code.path));
        };
        let (imports, rest) = imports(&code);
        for import in &imports {
            for path in &import.paths {
                if path.ends_with("::*") {
                    refuse(import.line, "imports everything");
                }
                if path.starts_with("super::super::") {
                    refuse(import.line, "goes up twice");
                }
                let other = path.strip_prefix("crate::");
                let other = other.and_then(|path| path.split("::").next());
                let is_away = other.is_some_and(|other| other != area(&code.path));
                if import.is_passed_on && is_away {
                    refuse(import.line, "passes on what is another folder's");
                }
            }
        }
        for (line, text) in &rest {
            if text.contains("super::super::") {
                refuse(*line, "goes up twice");
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn files_import_each_other_in_no_new_circle() {
    let program = Program::read();
    let graph = program.graph();
    let found = circles(&graph);
    let text = fs::read_to_string(root().join(CIRCLES)).unwrap();
    let mut known: Vec<BTreeSet<&str>> = Vec::new();
    for group in text.split("\n\n") {
        known.push(
            group
                .lines()
                .filter(|line| !line.starts_with('#'))
                .collect(),
        );
    }
    known.retain(|group| !group.is_empty());
    let mut wrong = String::new();
    for group in &found {
        if known.iter().any(|known| group.is_subset(known)) {
            continue;
        }
        wrong +=
            "these files import each other in a circle, and the list has not all of them in one:\n";
        for file in group {
            let others: Vec<_> = graph[file].intersection(group).copied().collect();
            wrong += &format!("  {file} imports {}\n", others.join(", "));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    if found == known {
        return;
    }
    let comment = text.lines().take_while(|line| line.starts_with('#'));
    let mut now: String = comment.map(|line| format!("{line}\n")).collect();
    for group in &found {
        now += "\n";
        for file in group {
            now += &format!("{file}\n");
        }
    }
    if std::env::var_os("LOGGIA_ACCEPT").is_some() {
        fs::write(root().join(CIRCLES), now).unwrap();
    } else {
        panic!("some circles are gone: LOGGIA_ACCEPT=1 writes {CIRCLES} as follows\n{now}");
    }
}

#[test]
fn imports_are_read_in_every_form() {
    let code = Code::of(
        "src/portal/own.rs",
        "mod child;\n\
         use crate::engagement::{Goal, id::{self, StakeholderId as Id}};\n\
         pub(crate) use crate::{\n    render::html,\n    portal::view::PortalView,\n};\n\
         use std::fmt;\n\
         // use crate::audit::nothing;\n\
         fn f(x: crate::content::Texts) { super::up(); child::down(self::here, Other::thing) }\n\
         #[cfg(test)]\nmod tests {\n    use crate::dev::Page;\n}\n",
    );
    let modules = [
        "content",
        "engagement",
        "engagement::id",
        "portal",
        "portal::own",
        "portal::own::child",
        "portal::view",
        "render",
    ];
    let files = modules.map(|module| (module.to_owned(), Code::of(&format!("src/{module}"), "")));
    let program = Program(files.into_iter().collect());
    let read: Vec<String> = program
        .paths(&code)
        .iter()
        .map(|(line, path)| format!("{line} {}", path.join("::")))
        .collect();
    assert_eq!(
        read,
        [
            "2 engagement::Goal",
            "2 engagement::id",
            "2 engagement::id::StakeholderId",
            "3 render::html",
            "3 portal::view::PortalView",
            "9 content::Texts",
            "9 portal::up",
            "9 portal::own::child::down",
            "9 portal::own::here",
        ]
    );
    assert_eq!(
        program.file_of(&["portal".into(), "view".into(), "PortalView".into()]),
        Some("portal::view")
    );
    let (imports, _) = imports(&code);
    let passed_on: Vec<bool> = imports.iter().map(|import| import.is_passed_on).collect();
    assert_eq!(passed_on, [false, true, false]);
}

#[test]
fn circles_are_found_at_any_length() {
    let graph: BTreeMap<&str, BTreeSet<&str>> = [
        ("a", vec!["b"]),
        ("b", vec!["c", "d"]),
        ("c", vec!["a"]),
        ("d", vec!["e"]),
        ("e", vec!["d", "f"]),
        ("f", vec![]),
    ]
    .map(|(from, to)| (from, to.into_iter().collect()))
    .into();
    let expected = [BTreeSet::from(["a", "b", "c"]), BTreeSet::from(["d", "e"])];
    assert_eq!(circles(&graph), expected);
}

/// An import: the paths that it names, each written out.
struct Import {
    line: usize,
    is_passed_on: bool,
    paths: Vec<String>,
}

/// The imports of a file, and the lines that are none.
fn imports(code: &Code) -> (Vec<Import>, Vec<(usize, &str)>) {
    let (mut imports, mut rest) = (Vec::new(), Vec::new());
    let mut lines = code.lines.iter();
    while let Some((line, text)) = lines.next() {
        let mut shown = text.trim_start();
        let is_passed_on = shown.starts_with("pub");
        for mark in ["pub ", "pub(crate) ", "pub(super) "] {
            shown = shown.strip_prefix(mark).unwrap_or(shown);
        }
        let Some(first) = shown.strip_prefix("use ") else {
            rest.push((*line, &**text));
            continue;
        };
        let mut whole = first.to_owned();
        while !whole.contains(';') {
            let (_, text) = lines.next().expect("an import ends with a semicolon");
            whole += text;
        }
        let paths = written_out(whole.split(';').next().unwrap_or_default());
        imports.push(Import {
            line: *line,
            is_passed_on,
            paths,
        });
    }
    (imports, rest)
}

/// `a::{b, c::{self, d as e}}` as `a::b`, `a::c`, `a::c::d`.
fn written_out(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((before, group)) = tree.split_once('{') else {
        let path = tree.split_whitespace().next().unwrap_or_default();
        return vec![path.trim_end_matches("::self").to_owned()];
    };
    let (group, _) = group.rsplit_once('}').expect("a group is closed");
    let (mut paths, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, letter) in group.char_indices().chain([(group.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let one = &group[start..at];
                if !one.trim().is_empty() {
                    paths.extend(written_out(&format!("{before}{}", one.trim())));
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    paths
}

/// The files of the program, each under the path of its module.
struct Program(BTreeMap<String, Code>);

impl Program {
    fn read() -> Self {
        let files = sources().into_iter();
        Self(files.map(|code| (module(&code.path), code)).collect())
    }

    fn files(&self) -> impl Iterator<Item = &Code> {
        self.0.values()
    }

    /// The paths within the crate that a file names, from the top, each with its line.
    fn paths(&self, code: &Code) -> Vec<(usize, Vec<String>)> {
        let own = module(&code.path);
        let own: Vec<&str> = own.split("::").collect();
        let (imports, rest) = imports(code);
        let mut children = Vec::new();
        for (_, text) in &rest {
            let declared = text
                .split_once("mod ")
                .and_then(|(_, name)| name.strip_suffix(';'));
            children.extend(declared);
        }
        let mut named: Vec<(usize, String)> = Vec::new();
        for import in &imports {
            named.extend(import.paths.iter().map(|path| (import.line, path.clone())));
        }
        for (line, text) in &rest {
            let is_path = |letter: char| letter.is_ascii_alphanumeric() || "_:".contains(letter);
            // For whom a thing is visible is no import.
            let mut parts = text.split("pub(in ");
            let first = parts.next().unwrap_or_default();
            let rest = parts.map(|part| part.split_once(')').map_or("", |(_, rest)| rest));
            let text: String = std::iter::once(first).chain(rest).collect();
            let paths = text.split(|letter| !is_path(letter));
            let paths = paths.filter(|path| path.contains("::"));
            named.extend(paths.map(|path| (*line, path.to_owned())));
        }
        let mut paths = Vec::new();
        for (line, path) in named {
            let mut parts: Vec<&str> = path.split("::").filter(|part| !part.is_empty()).collect();
            let begin = match parts.first().copied() {
                Some("crate") => &own[..0],
                Some("self") => &own[..],
                Some("super") => &own[..own.len() - 1],
                Some(first) if children.contains(&first) => {
                    parts.insert(0, "self");
                    &own[..]
                }
                _ => continue,
            };
            let path: Vec<String> = begin
                .iter()
                .chain(&parts[1..])
                .map(|part| (*part).to_owned())
                .collect();
            if !path.is_empty() {
                paths.push((line, path));
            }
        }
        paths
    }

    /// The module that a path leads into and that has a file of its own.
    fn file_of(&self, path: &[String]) -> Option<&str> {
        let longest = (1..=path.len()).rev();
        let mut modules = longest.map(|length| path[..length].join("::"));
        let (module, _) = modules.find_map(|module| self.0.get_key_value(&module))?;
        Some(module)
    }

    /// Each module with the others that it imports. Tests may import whatever they test.
    fn graph(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut graph = BTreeMap::new();
        for (module, code) in &self.0 {
            let paths = self.paths(code);
            let others = paths.iter().filter_map(|(_, path)| self.file_of(path));
            let others = others.filter(|other| other != module && !self.0[*other].lines.is_empty());
            graph.insert(&**module, others.collect());
        }
        graph
    }
}

/// The path of the module of a file, `portal::view` for `src/portal/view.rs`.
fn module(path: &str) -> String {
    let inside = path.trim_start_matches("src/").trim_end_matches(".rs");
    inside.trim_end_matches("/mod").replace('/', "::")
}

/// The groups of modules of which each imports each, directly or through others of the group.
fn circles<'a>(graph: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> Vec<BTreeSet<&'a str>> {
    let mut reached: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for start in graph.keys() {
        let (mut seen, mut open) = (BTreeSet::new(), vec![*start]);
        while let Some(module) = open.pop() {
            for other in graph.get(module).into_iter().flatten() {
                if seen.insert(*other) {
                    open.push(other);
                }
            }
        }
        reached.insert(start, seen);
    }
    let mut groups = BTreeSet::new();
    for (module, others) in &reached {
        let back = others
            .iter()
            .filter(|other| reached[*other].contains(module));
        let group: BTreeSet<&str> = back.copied().collect();
        groups.insert(group);
    }
    groups.remove(&BTreeSet::new());
    groups.into_iter().collect()
}
