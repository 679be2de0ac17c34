//! What comes with the program: licences, sources, and how much of it. The rules stand in `.deny.toml`, which cargo-deny reads too.
//!
//! Known vulnerabilities are looked for by cargo-deny alone, which needs its database: where there is none, that is said aloud.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

/// So many crates, the program itself among them, may be in a release. Eleven of them decode pictures and write them anew: that
/// nothing hides in a picture is not for code of our own to know. Seventeen of them are HPKE and the curve that it needs: answers are
/// opened by code that others have looked at, too. Five of them take mails apart, which come from anyone. Three more keep a
/// fetched site in a folder that goes again. Twenty-two read workbooks.
const MOST: usize = 207;

/// Where every crate comes from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

#[test]
fn every_crate_comes_from_the_registry_with_its_digest() {
    for package in locked() {
        let name = package["name"].as_str().unwrap();
        if name == "loggia" {
            assert!(package.get("source").is_none());
            continue;
        }
        let source = package.get("source").and_then(toml::Value::as_str);
        assert_eq!(source, Some(REGISTRY), "{name}");
        assert!(package.get("checksum").is_some(), "{name} has no digest");
    }
}

#[test]
fn no_crate_is_one_of_those_refused() {
    let rules = rules();
    let refused = rules["bans"]["deny"].as_array().unwrap();
    assert!(refused.len() > 4);
    let refused: BTreeSet<&str> = refused
        .iter()
        .map(|rule| rule["crate"].as_str().unwrap())
        .collect();
    for package in locked() {
        let name = package["name"].as_str().unwrap();
        assert!(!refused.contains(name), "{name} is refused by .deny.toml");
    }
}

#[test]
fn every_licence_is_allowed() {
    let rules = rules();
    let allowed: BTreeSet<&str> = rules["licenses"]["allow"]
        .as_array()
        .unwrap()
        .iter()
        .map(|licence| licence.as_str().unwrap())
        .collect();
    let (packages, are_of_every_system) = packages();
    assert!(packages.len() > 100, "{}", packages.len());
    let mut wrong = Vec::new();
    let mut needed = BTreeSet::new();
    for (name, licence) in &packages {
        match choice(licence, &allowed) {
            Some(used) => needed.extend(used),
            None => wrong.push(format!("{name}: {licence}")),
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    // The programs to download come with the texts of the same.
    let papers = fs::read_to_string(root().join(".about.toml")).unwrap();
    let papers: toml::Table = papers.parse().unwrap();
    let accepted = papers["accepted"].as_array().unwrap().iter();
    let accepted: BTreeSet<&str> = accepted.map(|licence| licence.as_str().unwrap()).collect();
    assert_eq!(accepted, allowed);
    // A licence that no crate needs is a door left open; those of other systems are known only where they were fetched.
    if are_of_every_system {
        assert_eq!(needed, allowed.into_iter().map(str::to_owned).collect());
    }
}

#[test]
fn licences_are_read_as_they_are_meant() {
    let allowed = BTreeSet::from(["MIT", "Unicode-3.0", "Zlib WITH some-exception"]);
    for (licence, is_allowed) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("MIT OR GPL-3.0-only", true),
        ("GPL-3.0-only/MIT", true),
        ("MIT AND GPL-3.0-only", false),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("(MIT OR Apache-2.0) AND Zlib", false),
        ("Apache-2.0 WITH LLVM-exception OR MIT", true),
        ("MIT WITH some-exception", false),
        ("Zlib WITH some-exception", true),
        ("", false),
    ] {
        assert_eq!(choice(licence, &allowed).is_some(), is_allowed, "{licence}");
    }
}

#[test]
fn a_release_holds_few_crates() {
    let crates = released();
    say(&format!("{} crates are in a release\n", crates.len()));
    assert!(
        crates.len() > 50 && crates.len() <= MOST,
        "{}",
        crates.len()
    );
}

#[test]
fn no_crate_of_ours_is_there_twice() {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, version) in released() {
        versions.entry(name).or_default().insert(version);
    }
    let manifest = manifest();
    for (name, wanted) in manifest["dependencies"].as_table().unwrap() {
        // Two are for other systems, and for the tests that do as if this were one.
        let is_optional = wanted.get("optional").is_some();
        let Some(there) = versions.get(name).filter(|_| !is_optional) else {
            assert!(is_optional, "{name}");
            continue;
        };
        assert_eq!(there.len(), 1, "{name}: {there:?}");
    }
}

#[test]
fn no_code_of_ours_is_unsafe() {
    let manifest = manifest();
    assert_eq!(
        manifest["lints"]["rust"]["unsafe_code"].as_str(),
        Some("forbid")
    );
    // The lint holds for every target of the package, unless a file turned it off, which `forbid` does not let it.
    assert_eq!(manifest["package"].get("build"), None);
    assert!(!root().join("build.rs").exists());
}

#[test]
fn the_package_holds_what_the_program_is_made_of_and_no_more() {
    let list = ["package", "--list", "--allow-dirty", "--offline"];
    let output = cargo(&list).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    let packed = String::from_utf8(output.stdout).unwrap();
    let packed: BTreeSet<&str> = packed.lines().collect();
    for name in [
        "Cargo.lock",
        "CHANGELOG.md",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "SECURITY.md",
        "src/main.rs",
        "src/scaffold/templates/gitignore",
        "themes/default/style.css",
    ] {
        assert!(packed.contains(name), "{name} is missing");
    }
    for folder in ["src", "themes"] {
        for file in walkdir::WalkDir::new(root().join(folder)) {
            let file = file.unwrap();
            let inside = file.path().strip_prefix(root()).unwrap();
            let is_packed = packed.contains(inside.to_str().unwrap());
            assert!(is_packed || file.path().is_dir(), "{inside:?} is missing");
        }
    }
    // Besides these, cargo adds a few files of its own, none of them in a folder.
    let is_more = |path: &&&str| {
        path.contains('/') && !path.starts_with("src/") && !path.starts_with("themes/")
    };
    assert_eq!(packed.iter().find(is_more), None);
}

#[test]
fn it_is_said_whether_advisories_can_be_looked_up() {
    let is_installed = Command::new("cargo-deny")
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success());
    if !is_installed {
        say("advisories were not checked: cargo-deny is not installed here\n");
    }
    // None may be passed over in silence.
    let rules = rules();
    assert_eq!(rules["advisories"]["ignore"].as_array().unwrap().len(), 0);
    let script = fs::read_to_string(root().join("tests/run")).unwrap();
    assert!(script.contains("cargo deny") && script.contains("advisories were not checked"));
}

/// The licences that are made use of, if the expression allows a choice of allowed ones: `A OR (B AND C)`, with the older `A/B`.
fn choice(licence: &str, allowed: &BTreeSet<&str>) -> Option<BTreeSet<String>> {
    let spaced = licence
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let (chosen, rest) = any_of(&words, allowed);
    chosen.filter(|_| rest.is_empty())
}

/// Alternatives, the smallest one first, and what stands behind them.
fn any_of<'a>(
    words: &'a [&'a str],
    allowed: &BTreeSet<&str>,
) -> (Option<BTreeSet<String>>, &'a [&'a str]) {
    let (mut chosen, mut rest) = all_of(words, allowed);
    while let Some(("OR", after)) = rest.split_first().map(|(word, after)| (*word, after)) {
        let (other, after) = all_of(after, allowed);
        chosen = match (chosen, other) {
            (Some(one), Some(other)) if other.len() < one.len() => Some(other),
            (Some(one), _) => Some(one),
            (None, other) => other,
        };
        rest = after;
    }
    (chosen, rest)
}

/// Licences that hold together.
fn all_of<'a>(
    words: &'a [&'a str],
    allowed: &BTreeSet<&str>,
) -> (Option<BTreeSet<String>>, &'a [&'a str]) {
    let (mut chosen, mut rest) = one_of(words, allowed);
    while let Some(("AND", after)) = rest.split_first().map(|(word, after)| (*word, after)) {
        let (other, after) = one_of(after, allowed);
        chosen = chosen.zip(other).map(|(mut one, other)| {
            one.extend(other);
            one
        });
        rest = after;
    }
    (chosen, rest)
}

/// One licence, or an expression in brackets.
fn one_of<'a>(
    words: &'a [&'a str],
    allowed: &BTreeSet<&str>,
) -> (Option<BTreeSet<String>>, &'a [&'a str]) {
    match words {
        [] => (None, words),
        ["(", inner @ ..] => {
            let (chosen, rest) = any_of(inner, allowed);
            match rest {
                [")", after @ ..] => (chosen, after),
                _ => (None, rest),
            }
        }
        // An exception makes another licence of it.
        [name, "WITH", exception, after @ ..] => {
            let name = format!("{name} WITH {exception}");
            let is_allowed = allowed.contains(name.as_str());
            (is_allowed.then(|| BTreeSet::from([name])), after)
        }
        [name, after @ ..] => {
            let is_allowed = allowed.contains(name);
            (
                is_allowed.then(|| BTreeSet::from([(*name).to_owned()])),
                after,
            )
        }
    }
}

/// The packages of Cargo.lock, on every system.
fn locked() -> Vec<toml::Value> {
    let lock: toml::Value = read("Cargo.lock");
    lock["package"].as_array().unwrap().clone()
}

/// Every crate with its licence, and whether they are of all systems: where nobody fetched those of others, they are of this one.
fn packages() -> (BTreeMap<String, String>, bool) {
    let everywhere = metadata(&[]);
    let are_of_every_system = everywhere.is_some();
    let text = everywhere.unwrap_or_else(|| {
        say(
            "licences of crates for other systems were not checked: they are not on this machine\n",
        );
        metadata(&["--filter-platform", &host()]).unwrap()
    });
    let known: serde_json::Value = serde_json::from_str(&text).unwrap();
    let packages = known["packages"].as_array().unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let others = packages
        .iter()
        .filter(|package| package["name"] != "loggia");
    let named = others.map(|package| {
        let name = format!("{} {}", text(&package["name"]), text(&package["version"]));
        (name, text(&package["license"]))
    });
    (named.collect(), are_of_every_system)
}

fn metadata(more: &[&str]) -> Option<String> {
    let output = cargo(&["metadata", "--locked", "--offline", "--format-version", "1"])
        .args(more)
        .output()
        .unwrap();
    output
        .status
        .success()
        .then(|| String::from_utf8(output.stdout).unwrap())
}

/// The crates of a release for this system, each with its version.
fn released() -> BTreeSet<(String, String)> {
    let tree = ["tree", "--locked", "--offline", "--edges", "normal"];
    let output = cargo(&tree)
        .args(["--prefix", "none", "--format", "{p}"])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            Some((words.next()?.to_owned(), words.next()?.to_owned()))
        })
        .collect()
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(root());
    command
}

/// This machine's name among compilers.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut lines = text.lines();
    lines
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap()
        .to_owned()
}

fn rules() -> toml::Value {
    read(".deny.toml")
}

fn manifest() -> toml::Value {
    read("Cargo.toml")
}

fn read(name: &str) -> toml::Value {
    let text = fs::read_to_string(root().join(name)).unwrap();
    toml::Value::Table(text.parse().unwrap())
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Says something that the harness does not swallow.
fn say(text: &str) {
    std::io::stderr().write_all(text.as_bytes()).unwrap();
}
