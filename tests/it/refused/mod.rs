//! What the coach reads when something is wrong: `tests/cases/refused`, a file for each.
//!
//! A case says how the small engagement is changed, and holds all that `loggia build` (or another command) then says, to the letter.
//! After the change the old site must still stand, byte for byte. `LOGGIA_ACCEPT=1` writes what is said now into the cases, to
//! be read before it is committed.

mod marks;
pub(crate) mod mutated;
mod remarks;
mod rows;
mod typos;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::project::{Project, Ran, identity, tree};

/// What stands between the change and what is said about it.
const RULE: &str = "\n----\n";

#[test]
fn every_case_is_told_as_it_is_written() {
    let cases = cases();
    assert!(cases.len() > 50, "{} cases", cases.len());
    let wrong: Vec<String> = on_two_threads(&cases, |case| {
        differing(case).map(|told| format!("{}:\n{told}", case.display()))
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/refused");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    cases
}

fn on_two_threads(
    cases: &[PathBuf],
    check: impl Fn(&Path) -> Option<String> + Sync,
) -> Vec<String> {
    let (one, other) = cases.split_at(cases.len() / 2);
    let all = |part: &[PathBuf]| {
        part.iter()
            .filter_map(|case| check(case))
            .collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let first = scope.spawn(|| all(one));
        let mut wrong = all(other);
        wrong.splice(0..0, first.join().unwrap());
        wrong
    })
}

/// What is told, if that is not what the case says.
fn differing(case: &Path) -> Option<String> {
    let text = fs::read_to_string(case).unwrap();
    let (change, expected) = text.split_once(RULE).unwrap_or((text.trim_end(), ""));
    let told = told(change);
    if told == expected {
        return None;
    }
    if std::env::var_os("LOGGIA_ACCEPT").is_some() {
        fs::write(case, format!("{change}{RULE}{told}")).unwrap();
        return None;
    }
    Some(told)
}

/// The exit code and all that is said after a change.
fn told(change: &str) -> String {
    let project = Project::small();
    project.built();
    let (site, folder) = (tree(&project.site()), identity(&project.site()));
    let arguments = apply(&project, change);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ran = project.run(&arguments);
    if ran.code != 0 {
        assert_eq!(identity(&project.site()), folder, "{change}");
        assert!(tree(&project.site()) == site, "{change}");
    }
    written(&ran, &project)
}

fn written(ran: &Ran, project: &Project) -> String {
    let place = project.folder().to_string_lossy().into_owned();
    let text = format!("exit {}\n{}{}", ran.code, ran.stdout, ran.stderr);
    // Every project has a key of its own.
    let key = project.run(&["key"]).stdout;
    let lines = text
        .replace(&place, "…")
        .replace(&format!("; key {}", key.trim_end()), "");
    format!("{}\n", lines.trim_end())
}

/// Makes a change, and returns the command line that is to be tried then.
fn apply(project: &Project, change: &str) -> Vec<String> {
    let mut arguments = vec!["build".to_owned(), "--strict".to_owned()];
    let mut lines = change.lines().peekable();
    while let Some(line) = lines.next() {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let (name, other) = rest.split_once(' ').unwrap_or((rest, ""));
        let mut block = |mark: &str| {
            let mut text = String::new();
            while let Some(line) = lines.next_if(|line| line.starts_with(mark)) {
                text.push_str(line[1..].strip_prefix(' ').unwrap_or(&line[1..]));
                text.push('\n');
            }
            unescaped(&text)
        };
        match verb {
            "#" | "" => {}
            "run" => arguments = rest.split(' ').map(str::to_owned).collect(),
            "replace" => {
                let (mut from, mut to) = (block("<"), block(">"));
                // Without anything instead, whole lines go.
                if to.pop().is_some() {
                    from.pop();
                }
                let text = fs::read(project.path(name)).unwrap();
                let at = text.windows(from.len()).position(|part| part == from);
                let at = at.unwrap_or_else(|| {
                    panic!("{name} does not hold {}", String::from_utf8_lossy(&from))
                });
                let after = &text[at + from.len()..];
                project.write(name, [&text[..at], &to, after].concat());
            }
            "write" => drop(project.write(name, block(">"))),
            "append" => drop(project.write(
                name,
                [fs::read(project.path(name)).unwrap(), block(">")].concat(),
            )),
            "remove" => drop(project.remove(name)),
            "rename" => drop(project.rename(name, other)),
            "folder" => fs::create_dir_all(project.path(name)).unwrap(),
            "link" => drop(project.link(name, other)),
            "pipe" => drop(project.pipe(name)),
            "forbid" => {
                fs::set_permissions(project.path(name), fs::Permissions::from_mode(0o0)).unwrap();
            }
            _ => panic!("`{verb}` is no change"),
        }
    }
    arguments
}

/// A text with `\xff` for a byte, `\u{…}` for a letter, `\r` and `\t`; `\` at the end of a line takes the line's end away.
fn unescaped(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        rest = &rest[at + 1..];
        let (byte, after): (Vec<u8>, &str) = if let Some(code) = rest.strip_prefix("u{") {
            let (code, after) = code.split_once('}').unwrap();
            let letter = char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap();
            (letter.to_string().into_bytes(), after)
        } else if let Some(code) = rest.strip_prefix('x') {
            (
                vec![u8::from_str_radix(&code[..2], 16).unwrap()],
                &code[2..],
            )
        } else if let Some(after) = rest.strip_prefix('r') {
            (b"\r".to_vec(), after)
        } else if let Some(after) = rest.strip_prefix('t') {
            (b"\t".to_vec(), after)
        } else if let Some(after) = rest.strip_prefix('\n') {
            (Vec::new(), after)
        } else {
            (b"\\".to_vec(), rest)
        };
        bytes.extend(byte);
        rest = after;
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}
