//! The tester is tested: every deliberate leak of `src/` is let out in turn, and some test must catch it. A test that catches none
//! of them proves nothing (Hritcu et al., "Testing noninterference, quickly").
//!
//! It is compiled with the feature `leaks` alone: `cargo test --features leaks --test it leaks:: -- --nocapture`.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;
use std::time::Instant;

/// The tests that may catch a leak, the quick ones first, each with how many cases it goes through.
const NETS: [(&str, &str); 5] = [
    ("worlds_found::", "1"),
    ("oracle_output::no_message", "120"),
    ("oracle_pages::each_page", "60"),
    ("worlds::what_a_reader", "250"),
    ("oracle_pages::sharing_less", "60"),
];

/// The tests that may catch what leaks on the way from the page to the reader.
const WAYS: [(&str, &str); 4] = [
    ("links::", "1"),
    ("persons::", "1"),
    ("shards::", "1"),
    ("report::", "1"),
];

/// The leaks on that way.
const ON_THE_WAY: [&str; 6] = [
    "access-",
    "cli-",
    "pipeline-invitation",
    "pipeline-merge",
    "pipeline-person-",
    "publish-",
];

/// The tests that may catch a leak of figures.
const FIGURES: [(&str, &str); 2] = [
    ("attacker::a_quick_attack", "1"),
    ("worlds::what_a_reader", "250"),
];

#[test]
fn every_leak_is_caught() {
    let names: Vec<String> = names(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")))
        .into_iter()
        .collect();
    assert!(names.len() >= 45, "only {} leaks", names.len());
    let (todo, caught) = (Mutex::new(names), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(name) = next(&todo) {
                    let started = Instant::now();
                    let test = catch(&name);
                    let seconds = started.elapsed().as_secs_f32();
                    let line = format!(
                        "{name:36} {} ({seconds:.1} s)\n",
                        test.as_deref().unwrap_or("NOBODY")
                    );
                    std::io::stderr().write_all(line.as_bytes()).unwrap();
                    caught.lock().unwrap().push((name, test));
                }
            });
        }
    });
    let caught = caught.into_inner().unwrap();
    let escaped: Vec<&String> = caught
        .iter()
        .filter(|(_, test)| test.is_none())
        .map(|(name, _)| name)
        .collect();
    assert!(
        escaped.is_empty(),
        "these leaks are caught by no test: {escaped:?}"
    );
}

#[test]
fn without_a_leak_every_net_is_quiet() {
    for name in ["none", "progress-none", "access-none"] {
        assert_eq!(catch(name), None, "{name}");
    }
}

fn next(todo: &Mutex<Vec<String>>) -> Option<String> {
    todo.lock().unwrap().pop()
}

/// The name of the first test that fails while a leak is let out.
fn catch(leak: &str) -> Option<String> {
    let nets: &[(&str, &str)] = if leak.starts_with("progress-") {
        &FIGURES
    } else if ON_THE_WAY.iter().any(|stage| leak.starts_with(stage)) {
        &WAYS
    } else {
        &NETS
    };
    for (filter, cases) in nets {
        let output = Command::new(env::current_exe().unwrap())
            .args([filter, "--test-threads=1", "--skip", "leaks::"])
            .env("LOGGIA_LEAK", leak)
            .env("LOGGIA_CASES", cases)
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(told.contains("running "), "the tests did not run: {told}");
        let failed = told
            .lines()
            .find_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... FAILED"));
        if let Some(test) = failed {
            return Some(test.to_owned());
        }
    }
    None
}

/// The names of all leaks that stand in the sources below a folder.
fn names(folder: &Path) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            names.extend(self::names(&path));
        } else {
            let text = fs::read_to_string(&path).unwrap();
            let calls = text.split("is_on(\"").skip(1);
            names.extend(
                calls
                    .filter_map(|call| call.split('"').next())
                    .map(str::to_owned),
            );
        }
    }
    names
}
