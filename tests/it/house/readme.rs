//! Every command of the README runs, on a copy of the samples.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::project::Project;

/// The lines of the README's shell blocks, without remarks, block by block.
fn blocks() -> Vec<Vec<String>> {
    let readme = fs::read_to_string("README.md").unwrap();
    let mut blocks = Vec::new();
    let mut is_shell = false;
    for line in readme.lines() {
        match line.trim_start() {
            "```sh" => {
                is_shell = true;
                blocks.push(Vec::new());
            }
            "```" => is_shell = false,
            line if is_shell => {
                let command = line.split('#').next().unwrap_or_default().trim();
                let block = blocks.last_mut().unwrap();
                block.extend((!command.is_empty()).then(|| command.to_owned()));
            }
            _ => {}
        }
    }
    blocks
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (name, kind) = (entry.file_name(), entry.file_type().unwrap());
        let is_of_this_clone = matches!(
            name.to_str(),
            Some("loggia.key" | "rounds.lock" | "share.lock" | "links.lock")
        );
        if kind.is_dir() {
            copy(&entry.path(), &to.join(name));
        } else if !is_of_this_clone {
            fs::copy(entry.path(), to.join(name)).unwrap();
        }
    }
}

#[test]
fn every_command_of_the_readme_works() {
    let folder = TempDir::new().unwrap();
    copy(Path::new("content"), &folder.path().join("content"));
    let blocks = blocks();
    assert!(blocks.len() > 5, "{blocks:?}");
    for block in blocks {
        run(&block, folder.path());
    }
    let pages = fs::read_dir(folder.path().join("site/p")).unwrap().count();
    assert!(pages > 20, "{pages} portals");
}

/// Runs the lines of a block one after the other, the first of them in `folder`.
fn run(block: &[String], folder: &Path) {
    let mut here = folder.to_owned();
    for command in block {
        if let Some(inside) = command.strip_prefix("cd ") {
            here.push(inside);
            continue;
        }
        let line = match command.as_str() {
            // The first command of all, as the built program.
            "cargo run --release" => "loggia",
            // This is one of them.
            "tests/run" => continue,
            // Nobody's site; `tests/it/site/fetched.rs` has some to fetch.
            command if command.contains("https://") => continue,
            command => command,
        };
        assert!(line.starts_with("loggia"), "`{command}` is not run");
        if line == "loggia key answers" {
            // Nobody has the key that opens answers to the samples' pages.
            for engagement in ["nyah-adeyemi", "mateo-silva"] {
                let public = format!("content/{engagement}/pulse/asking.pub");
                fs::remove_file(here.join(public)).unwrap();
            }
        }
        let program = Path::new(env!("CARGO_BIN_EXE_loggia"));
        let path = format!(
            "{}:{}",
            program.parent().unwrap().display(),
            std::env::var("PATH").unwrap_or_default()
        );
        let output = Command::new("sh")
            .args(["-c", line])
            .env("PATH", path)
            .current_dir(&here)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "`{command}`: {told}");
    }
}

/// The lines that somebody types who begins with the program and nothing else.
#[test]
fn the_ten_steps_from_nothing_to_a_link_work() {
    let readme = fs::read_to_string("README.md").unwrap();
    let (_, steps) = readme.split_once("\n## From nothing").unwrap();
    let (steps, _) = steps.split_once("\n## ").unwrap();
    let numbers = steps
        .lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_digit()));
    assert_eq!(numbers.count(), 10);
    let typed = steps.lines().map(str::trim);
    let typed = typed.filter(|line| {
        ["./loggia ", "../loggia", "cd "]
            .iter()
            .any(|begin| line.starts_with(begin))
    });
    let folder = TempDir::new().unwrap();
    let mut here = folder.path().to_owned();
    fs::copy(env!("CARGO_BIN_EXE_loggia"), here.join("loggia")).unwrap();
    let mut told = Vec::new();
    for line in typed {
        if let Some(inside) = line.strip_prefix("cd ") {
            here.push(inside);
            continue;
        }
        // What never ends, and nobody's site: `tests/browser/dev.test.mjs` and `tests/it/site/fetched.rs` try these.
        if line.contains(" serve") || line.contains("https://") {
            continue;
        }
        if line == "../loggia links" {
            let toml = here.join("content/loggia.toml");
            let text = fs::read_to_string(&toml).unwrap();
            // As the step before it says: the `#` and the space go.
            let mended = text.replace("\n# base_url", "\nbase_url");
            assert_ne!(mended, text);
            fs::write(toml, mended).unwrap();
        }
        let output = Command::new("sh")
            .args(["-c", line])
            .current_dir(&here)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "`{line}`: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        told.push(String::from_utf8(output.stdout).unwrap());
    }
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told[0].starts_with("loggia "));
    assert!(
        folder
            .path()
            .join("practice/content/robin-ashdown/goals/1-short-meetings.md")
            .is_file()
    );
    assert!(folder.path().join("practice/content/loggia.key").is_file());
    assert!(told[2].contains("file://") && !told[3].contains("file://"));
    assert!(told[3].contains("https://portal.firm.example/p/"));
}

/// The commands of the steps that begin with a line of the README, up to the line where others begin.
fn steps(begin: &str, end: &str) -> Vec<String> {
    let readme = fs::read_to_string("README.md").unwrap();
    let (_, steps) = readme.split_once(&format!("\n{begin}\n")).unwrap();
    let (steps, _) = steps.split_once(&format!("\n{end}\n")).unwrap();
    let lines = steps.lines().map(str::trim);
    let commands = lines.filter(|line| line.starts_with("loggia "));
    commands.map(str::to_owned).collect()
}

#[test]
fn the_steps_for_a_key_that_is_lost_or_has_leaked_work() {
    let lost = steps(
        "If the key is lost:",
        "If the key, or a backup of it, has leaked:",
    );
    let leaked = steps(
        "If the key, or a backup of it, has leaked:",
        "If a coach leaves:",
    );
    assert_eq!(
        lost,
        [
            "loggia key adopt",
            "loggia build",
            "loggia links --invite mail"
        ]
    );
    assert_eq!(
        leaked,
        [
            "loggia key rotate",
            "loggia build",
            "loggia links --invite mail"
        ]
    );
    let project = Project::samples();
    let old = project.built();
    let links = || project.run(&["links", "--json"]).stdout;
    let mut known = vec![links()];
    for (steps, is_lost) in [(lost, true), (leaked, false)] {
        if is_lost {
            project.remove("loggia.key");
        }
        for step in steps {
            let words: Vec<&str> = step.split(' ').skip(1).collect();
            let ran = project.run(&words);
            assert_eq!(ran.code, 0, "{step}: {}", ran.stderr);
        }
        let now = links();
        assert!(!known.contains(&now));
        known.push(now);
        assert_eq!(project.run(&["build", "--locked"]).code, 0);
        assert_eq!(project.run(&["audit", "site"]).code, 0);
    }
    let now = crate::project::tree(&project.site());
    let stale = old
        .keys()
        .find(|path| path.starts_with("p/") && now.contains_key(*path));
    assert_eq!(stale, None, "no old page is left");
}

/// Every test that the README names is there.
#[test]
fn every_test_that_the_readme_names_is_there() {
    let readme = fs::read_to_string("README.md").unwrap();
    let named: Vec<(&str, &str)> = readme
        .split('`')
        .skip(1)
        .step_by(2)
        .filter_map(|code| code.rsplit_once("::"))
        .filter(|(file, name)| !file.contains(' ') && !name.contains(' '))
        .collect();
    assert!(named.len() > 8, "{named:?}");
    for (file, name) in named {
        let file = format!("tests/it/{}.rs", file.replace("::", "/"));
        let source = fs::read_to_string(&file).unwrap_or_default();
        let is_test = source.contains(&format!("#[test]\nfn {name}()"));
        assert!(is_test, "{file} has no test `{name}`");
    }
}
