//! Grown folders hold whatever an engagement's folder can hold: every key of every schema and a file of every kind.
//!
//! What no grown folder holds, the oracle and the two worlds never look at. So a new key or kind fails here by its name, until the
//! generator writes it, or a line of [`UNWRITTEN_KEYS`] or [`UNWRITTEN_KINDS`] says why not.

use std::collections::BTreeSet;
use std::path::Path;

use loggia::content::schema;
use loggia::engagement::kind::{ItemKind, NameForm, Text};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;
use strum::VariantArray;

use crate::folder::build::outputs;
use crate::folder::grow::seeds;
use crate::folder::write::ENGAGEMENT;
use crate::folder::{Folder, TODAY};

/// Keys that grown folders do not hold, each with its reason. A key that one of them does hold is refused here.
const UNWRITTEN_KEYS: [(&str, &str); 3] = [
    (
        "engagement.toml.access",
        "the tests that build a folder choose in loggia.toml whether its pages are sealed",
    ),
    (
        "engagement.toml.stakeholder.open",
        "it says how a sealed page opens, which tests/it/site/passphrases.rs tries",
    ),
    (
        "engagement.toml.stakeholder.passphrase",
        "it says what a sealed page asks for, which tests/it/site/passphrases.rs tries",
    ),
];

/// Kinds of which grown folders hold no file, each with its reason.
const UNWRITTEN_KINDS: [(ItemKind, &str); 2] = [
    (ItemKind::Record, "the build writes it, never the coach"),
    (ItemKind::Consent, "the build writes it, never the coach"),
];

/// Kinds of which the example of `loggia init` holds no file, each with its reason.
const NOT_IN_EXAMPLE: [(ItemKind, &str); 6] = [
    (
        ItemKind::Agreement,
        "many engagements have none; `loggia new agreement` begins one",
    ),
    (ItemKind::Record, "the build writes it, never the coach"),
    (ItemKind::AskingKey, "`loggia key answers` writes it"),
    (ItemKind::Consent, "the build writes it, never the coach"),
    (
        ItemKind::Review,
        "the example is six weeks old, and the first review comes at half-time",
    ),
    (ItemKind::File, "a picture is the coach's own"),
];

/// How many folders are grown: enough that a key written in one of thirty is all but sure to be met.
const FOLDERS: usize = 300;

#[test]
fn grown_folders_hold_every_key_and_every_kind() {
    let (mut keys, mut kinds) = (BTreeSet::new(), BTreeSet::new());
    let mut runner = TestRunner::deterministic();
    for _ in 0..FOLDERS {
        let seeds = seeds(0).new_tree(&mut runner).unwrap().current();
        for (name, bytes) in Folder::grown(&seeds).files() {
            let inside = name.strip_prefix(&format!("{ENGAGEMENT}/"));
            let Some(kind) = inside.and_then(kind_of) else {
                continue;
            };
            kinds.insert(kind);
            if let Some(settings) = settings_of(kind, &bytes) {
                add_keys(&settings, kind.place(), &mut keys);
            }
        }
    }

    check_each(
        &kinds,
        &UNWRITTEN_KINDS,
        "grown folders hold a file of each kind, or UNWRITTEN_KINDS says why not",
    );
    let known = known_keys();
    let unwritten: BTreeSet<&str> = UNWRITTEN_KEYS.map(|(key, _)| key).into();
    let wrong: Vec<&String> = known
        .iter()
        .filter(|key| keys.contains(*key) == unwritten.contains(key.as_str()))
        .collect();
    assert!(
        wrong.is_empty(),
        "{wrong:?}: grown folders hold each key, or UNWRITTEN_KEYS says why not (tests/it/folder)"
    );
    let unknown: Vec<&&str> = unwritten
        .iter()
        .filter(|key| !known.contains(**key))
        .collect();
    assert!(
        unknown.is_empty(),
        "{unknown:?} in UNWRITTEN_KEYS: no such key"
    );
}

#[test]
fn samples_and_the_example_of_init_hold_every_kind() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let samples: BTreeSet<String> = outputs(&samples).into_keys().collect();
    check_kinds(
        &samples,
        &UNWRITTEN_KINDS,
        "content/ holds a file of each kind, or UNWRITTEN_KINDS says why not",
    );

    let example = loggia::scaffold::firm("Practice", None, TODAY.parse().unwrap()).files;
    let paths = example
        .iter()
        .filter_map(|file| file.path.strip_prefix("content/"));
    let paths = paths.map(str::to_owned).collect();
    check_kinds(
        &paths,
        &NOT_IN_EXAMPLE,
        "`loggia init` writes a file of each kind, or NOT_IN_EXAMPLE says why not",
    );
}

/// Holds files of a content folder against the kinds: each is there or excused, and not both.
fn check_kinds(files: &BTreeSet<String>, excused: &[(ItemKind, &str)], rule: &str) {
    let inside = files.iter().filter_map(|path| path.split_once('/'));
    let kinds: BTreeSet<ItemKind> = inside.filter_map(|(_, inside)| kind_of(inside)).collect();
    check_each(&kinds, excused, rule);
}

fn check_each(kinds: &BTreeSet<ItemKind>, excused: &[(ItemKind, &str)], rule: &str) {
    for kind in ItemKind::VARIANTS {
        let is_excused = excused.iter().any(|(known, _)| known == kind);
        assert!(kinds.contains(kind) != is_excused, "{kind:?}: {rule}");
    }
}

/// The kind of the file that is called so inside its engagement; nothing for what an editor left behind.
pub(crate) fn kind_of(name: &str) -> Option<ItemKind> {
    let (folder, name) = match name.split_once('/') {
        Some((folder, name)) => (Some(folder), name),
        None => (None, name),
    };
    let is_called = |kind: &ItemKind| match kind.row().name {
        NameForm::Fixed(fixed) => name == fixed,
        NameForm::Day(ending) => name.ends_with(ending),
        NameForm::NumberAndId | NameForm::DayAndTopic => name.ends_with(".md"),
        NameForm::Any => true,
    };
    ItemKind::in_folder(folder).find(is_called)
}

/// What is set in a file of this kind.
fn settings_of(kind: ItemKind, bytes: &[u8]) -> Option<toml::Value> {
    let text = String::from_utf8_lossy(bytes);
    let settings = match kind.row().text {
        Text::Toml => &*text,
        Text::Markdown => text.strip_prefix("+++\n")?.split("+++\n").next()?,
        Text::Ratings | Text::Confidential | Text::Nothing => return None,
    };
    Some(settings.parse::<toml::Table>().unwrap().into())
}

/// Adds the keys of a value and of what is in it, each behind the keys that lead there.
fn add_keys(value: &toml::Value, path: &str, keys: &mut BTreeSet<String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                let path = format!("{path}.{key}");
                add_keys(value, &path, keys);
                keys.insert(path);
            }
        }
        toml::Value::Array(list) => list.iter().for_each(|value| add_keys(value, path, keys)),
        _ => {}
    }
}

/// Every key of the files of an engagement, as the schemas have them.
fn known_keys() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut kinds = BTreeSet::new();
    for schema in schema::all() {
        // The two files beside the engagements are the firm's: nothing in them is hidden from some readers only.
        let beside = ["loggia.toml", "passphrases.toml"];
        if beside.contains(&&*schema.files) {
            continue;
        }
        let name = schema.files.rsplit(' ').next().unwrap();
        let kind = kind_of(name).unwrap();
        assert!(kinds.insert(kind), "{kind:?} has two schemas");
        add_known(&schema.text().parse().unwrap(), kind.place(), &mut keys);
    }
    for kind in ItemKind::VARIANTS {
        let has_settings = matches!(kind.row().text, Text::Toml | Text::Markdown);
        assert_eq!(kinds.contains(kind), has_settings, "{kind:?}: its schema");
    }
    keys
}

/// Adds the keys of a schema and of the schemas in it, each behind the keys that lead there.
fn add_known(schema: &Value, path: &str, keys: &mut BTreeSet<String>) {
    for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}.{key}");
        add_known(inner, &path, keys);
        keys.insert(path);
    }
    for name in ["items", "additionalProperties"] {
        if schema[name].is_object() {
            add_known(&schema[name], path, keys);
        }
    }
    for inner in schema["anyOf"].as_array().into_iter().flatten() {
        add_known(inner, path, keys);
    }
}
