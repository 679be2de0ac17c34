//! The tester is tested: every deliberate leak is let out in turn, and the test that it names must catch it. A test that catches none
//! of them proves nothing (Hritcu et al., "Testing noninterference, quickly").
//!
//! It takes minutes and stands apart from the other tests: `cargo test --test leaks -- --nocapture`.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set itself up should stop"
)]

mod patches;

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::Instant;

/// How many cases a test by chance goes through while a leak is let out; the others have no such number.
const CASES: [(&str, &str); 5] = [
    ("oracle::output::no_message", "120"),
    ("oracle::pages::each_page", "60"),
    ("oracle::pages::sharing_less", "60"),
    ("oracle::sharing", "160"),
    ("worlds::what_a_reader", "800"),
];

#[test]
fn every_leak_is_caught_by_the_test_that_it_names() {
    let leaks = patches::all();
    let tests = tests_of_copy();
    // The copy does what the program does while no leak is let out: what is caught is the leak.
    let nets: BTreeSet<&str> = leaks.values().map(|leak| &*leak.caught_by).collect();
    let without = nets.into_iter().map(|net| (NO_LEAK, net));
    let with = leaks.iter().map(|(name, leak)| (&**name, &*leak.caught_by));
    let waiting: Mutex<Vec<_>> = Mutex::new(with.chain(without).collect());
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some((name, net)) = next(&waiting) {
                    let started = Instant::now();
                    let test = failed(&tests, net, name);
                    let line = format!(
                        "{name:36} {} ({:.1} s)\n",
                        test.as_deref().unwrap_or("NOBODY"),
                        started.elapsed().as_secs_f32()
                    );
                    std::io::stderr().write_all(line.as_bytes()).unwrap();
                    if test.is_some() == (name == NO_LEAK) {
                        wrong.lock().unwrap().push((name, net));
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(
        wrong.is_empty(),
        "these leaks are not caught by the test that they name, or that test fails without any: {wrong:?}"
    );
}

/// What stands for a leak where none is let out.
const NO_LEAK: &str = "none";

fn next<T>(waiting: &Mutex<Vec<T>>) -> Option<T> {
    waiting.lock().unwrap().pop()
}

/// The first of the tests of this name that fails while a leak is let out.
fn failed(tests: &Path, filter: &str, leak: &str) -> Option<String> {
    let cases = CASES.iter().find(|(test, _)| *test == filter);
    let output = Command::new(tests)
        .args([filter, "--test-threads=1"])
        .current_dir(patches::root())
        .env("LOGGIA_LEAK", leak)
        .env("LOGGIA_CASES", cases.map_or("1", |(_, cases)| cases))
        .output()
        .unwrap();
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(
        !report.contains("running 0 tests") && report.contains("running "),
        "there is no test `{filter}`: {report}"
    );
    report
        .lines()
        .find_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... FAILED"))
        .map(str::to_owned)
}

/// Makes a copy of the sources with all leaks, compiles its tests, and says where they are.
fn tests_of_copy() -> PathBuf {
    let target = target();
    let copy = target.join("leaks/copy");
    fs::remove_dir_all(&copy).ok();
    for file in tracked() {
        let to = copy.join(&file);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(patches::root().join(&file), to).unwrap();
    }
    let changed = patches::applied(&patches::all());
    for (file, text) in changed.unwrap_or_else(|wrong| panic!("{wrong}")) {
        fs::write(copy.join(file), text).unwrap();
    }
    fs::copy(
        copy.join("tests/leaks/switch.rs"),
        copy.join("src/leaks.rs"),
    )
    .unwrap();
    let lib = copy.join("src/lib.rs");
    let text = fs::read_to_string(&lib).unwrap() + "\nmod leaks;\n";
    fs::write(lib, text).unwrap();
    let output = Command::new(env!("CARGO"))
        .args([
            "test",
            "--no-run",
            "--quiet",
            "--test",
            "it",
            "--message-format=json",
        ])
        .current_dir(&copy)
        .env("CARGO_TARGET_DIR", target.join("leaks/target"))
        .output()
        .unwrap();
    let messages = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{messages}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let built: Vec<serde_json::Value> = messages
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let is_tests = |message: &&serde_json::Value| {
        message["target"]["name"] == "it" && message["executable"].is_string()
    };
    let tests = built.iter().find(is_tests).unwrap();
    PathBuf::from(tests["executable"].as_str().unwrap())
}

/// The folder in which cargo builds: this test stands in `TARGET/debug/deps`.
fn target() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    tests.ancestors().nth(3).unwrap().to_owned()
}

/// The files that git knows.
fn tracked() -> Vec<String> {
    let listed = Command::new("git")
        .arg("-C")
        .arg(patches::root())
        .args(["ls-files", "-z"])
        .output()
        .unwrap();
    assert!(listed.status.success());
    let names = String::from_utf8(listed.stdout).unwrap();
    let exists = |name: &&str| !name.is_empty() && patches::root().join(name).is_file();
    names
        .split('\0')
        .filter(exists)
        .map(str::to_owned)
        .collect()
}
