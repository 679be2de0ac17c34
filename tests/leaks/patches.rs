//! The deliberate leaks, each a small patch in `patches/`: what it lets out, which test must catch it, and what it changes.
//!
//! The program itself holds none of them. They are applied to a copy of its sources, all at once, and each is let out by its name.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

/// A leak.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Leak {
    /// What it lets out, for whoever reads the list.
    what: String,
    /// The tests that must catch it, as a filter of their names.
    pub(crate) caught_by: String,
    /// What it changes in the sources.
    change: Vec<Change>,
}

/// A change of one file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    /// The file, from the top of the project.
    file: String,
    /// A text that stands there once.
    find: String,
    /// What stands there instead.
    replace: String,
}

/// All leaks by name.
pub(crate) fn all() -> BTreeMap<String, Leak> {
    let folder = root().join("tests/leaks/patches");
    let mut leaks = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let leak = toml::from_str(&fs::read_to_string(&path).unwrap());
        let leak: Leak = leak.unwrap_or_else(|error| panic!("{name}: {error}"));
        leaks.insert(name, leak);
    }
    leaks
}

/// The files that the leaks change, with all of them applied; or, by name, every leak that does not apply.
pub(crate) fn applied(leaks: &BTreeMap<String, Leak>) -> Result<BTreeMap<String, String>, String> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut wrong = String::new();
    for (name, leak) in leaks {
        for change in &leak.change {
            let file = files.entry(change.file.clone()).or_insert_with(|| {
                fs::read_to_string(root().join(&change.file)).unwrap_or_default()
            });
            let count = file.matches(&change.find).count();
            if count != 1 {
                let text = &change.find;
                wrong += &format!("{name}: in {} stands {count} times: {text}\n", change.file);
            }
            *file = file.replacen(&change.find, &change.replace, 1);
        }
    }
    if wrong.is_empty() {
        Ok(files)
    } else {
        Err(wrong)
    }
}

/// The top of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_leak_applies_and_says_what_it_is() {
    let leaks = all();
    assert!(leaks.len() >= 51, "only {} leaks", leaks.len());
    for (name, leak) in &leaks {
        for said in [&leak.what, &leak.caught_by] {
            assert!(!said.trim().is_empty(), "{name} says too little");
        }
        let switch = format!("leaks::is_on(\"{name}\")");
        let other_switch = format!("leaks::text_if_on(\"{name}\"");
        let is_switched = |change: &Change| {
            change.replace.contains(&switch) || change.replace.contains(&other_switch)
        };
        assert!(
            leak.change.iter().any(is_switched),
            "{name} is not switched by its name"
        );
    }
    if let Err(wrong) = applied(&leaks) {
        panic!("leaks that no longer apply:\n{wrong}");
    }
}

#[test]
fn the_program_itself_holds_no_leak() {
    fn look(folder: &Path) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                look(&path);
            } else {
                let text = fs::read(&path).unwrap();
                let text = String::from_utf8_lossy(&text);
                for word in ["LOGGIA_LEAK", "leaks::"] {
                    assert!(!text.contains(word), "{}: {word}", path.display());
                }
            }
        }
    }
    look(&root().join("src"));
}
