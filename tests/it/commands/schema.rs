//! `loggia schema`: what it prints, and that naming a schema changes nothing else. Whether the schemas are right is tried in
//! `tests/formats/`, by programs that are not ours.

use std::fs;

use serde_json::Value;

use crate::project::{Project, tree};

const DIRECTIVE: &str = "#:schema ../../schemas/engagement.schema.json\n";

/// Each kind of file with its schema.
fn schemas(project: &Project) -> Vec<(String, Value)> {
    let listed = project.run(&["schema"]);
    assert_eq!(listed.code, 0, "{}", listed.stderr);
    let kinds = listed
        .stdout
        .lines()
        .map(|line| line.split(' ').next().unwrap());
    kinds
        .map(|kind| {
            let printed = project.run(&["schema", kind]);
            assert_eq!(printed.code, 0, "{}", printed.stderr);
            (kind.to_owned(), printed.stdout.parse().unwrap())
        })
        .collect()
}

/// Calls `look` for a schema and for every schema inside it, with the keys that lead there.
fn walk(schema: &Value, path: &str, look: &mut dyn FnMut(&str, &Value)) {
    look(path, schema);
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        walk(inner, &format!("{path}.{name}"), look);
    }
    for name in ["items", "additionalProperties"] {
        if schema[name].is_object() {
            walk(&schema[name], path, look);
        }
    }
    for inner in schema["anyOf"].as_array().into_iter().flatten() {
        walk(inner, path, look);
    }
}

#[test]
fn every_key_is_explained_and_unknown_keys_are_refused() {
    let project = Project::small();
    let mut keys = 0;
    for (kind, schema) in schemas(&project) {
        walk(&schema, &kind, &mut |path, schema| {
            let Some(properties) = schema["properties"].as_object() else {
                return;
            };
            assert_eq!(schema["additionalProperties"], Value::Bool(false), "{path}");
            for (name, of_key) in properties {
                keys += 1;
                assert!(of_key["description"].is_string(), "{path}.{name}");
                let has_type = of_key["type"].is_string() || of_key["anyOf"].is_array();
                assert!(has_type, "{path}.{name} {of_key}");
            }
        });
        let text = schema.to_string();
        assert!(!text.contains("null") && !text.contains("$ref"), "{kind}");
    }
    assert!(keys > 100, "{keys} keys");
}

/// The examples of the README, each with the schema that it is held against.
#[test]
fn every_key_in_the_readme_is_in_a_schema() {
    let schemas = schemas(&Project::small());
    let keys = |of: &str| {
        let mut keys = Vec::new();
        let (_, schema) = schemas.iter().find(|(kind, _)| kind == of).unwrap();
        walk(schema, "", &mut |path, _| keys.push(path.to_owned()));
        keys
    };
    let (site, engagement) = (keys("loggia"), keys("engagement"));
    let readme = fs::read_to_string("README.md").unwrap();
    let mut count = 0;
    for example in readme.split("```toml\n").skip(1) {
        let example = example.split("```").next().unwrap();
        let mut written = Vec::new();
        for (name, value) in &example.parse::<toml::Table>().unwrap() {
            collect(name, value, "", &mut written);
        }
        // What a person is called in each engagement is no key.
        written.retain(|key| !key.starts_with(".person.engagements."));
        let is_known = |known: &[String]| written.iter().all(|key| known.contains(key));
        assert!(is_known(&site) || is_known(&engagement), "{written:?}");
        count += written.len();
    }
    assert!(count > 15, "{count} keys");
}

fn collect(name: &str, value: &toml::Value, path: &str, keys: &mut Vec<String>) {
    let path = format!("{path}.{name}");
    match value {
        toml::Value::Table(table) => {
            for (name, value) in table {
                collect(name, value, &path, keys);
            }
        }
        toml::Value::Array(list) => {
            for table in list.iter().filter_map(toml::Value::as_table) {
                for (name, value) in table {
                    collect(name, value, &path, keys);
                }
            }
        }
        _ => {}
    }
    keys.push(path);
}

#[test]
fn the_line_that_names_a_schema_changes_no_byte_and_no_word() {
    let project = Project::small();
    let without = project.built();
    let told = project.run(&["check"]);
    let file = "nyah/engagement.toml";
    project.write(file, format!("{DIRECTIVE}{}", project.read(file)));
    let site = "#:schema ../schemas/loggia.schema.json\n";
    project.write(
        "loggia.toml",
        format!("{site}{}", project.read("loggia.toml")),
    );
    assert!(project.built() == without);
    let again = project.run(&["check"]);
    assert_eq!((told.code, again.code), (0, 0));
    assert_eq!(told.stderr, again.stderr);
}

#[test]
fn schemas_lie_where_the_first_lines_say() {
    let project = Project::small();
    let begun = project.run(&["init", "firm"]);
    assert_eq!(begun.code, 0, "{}", begun.stderr);
    let firm = project.folder().join("firm");
    let written = project.run(&["schema", "--into", "again"]);
    assert_eq!(written.code, 0, "{}", written.stderr);
    let again = tree(&project.folder().join("again"));
    assert_eq!(again.len(), loggia::content::schema::all().len());
    for (name, bytes) in tree(&firm.join("schemas")) {
        assert!(bytes == again[&name], "{name}");
    }
    for file in ["loggia.toml", "robin-ashdown/engagement.toml"] {
        let file = firm.join("content").join(file);
        let text = fs::read_to_string(&file).unwrap();
        let named = text.lines().next().unwrap().strip_prefix("#:schema ");
        let schema = file.parent().unwrap().join(named.unwrap());
        assert!(schema.is_file(), "{}", schema.display());
    }
    // A second time they are written over: a later version knows more keys.
    fs::write(project.folder().join("again/goal.schema.json"), "old").unwrap();
    assert_eq!(project.run(&["schema", "--into", "again"]).code, 0);
    assert!(tree(&project.folder().join("again")) == again);
}

#[test]
fn a_folder_without_schemas_is_told_how_to_get_them() {
    let project = Project::small();
    let told = |id: &str| project.run(&["new", "engagement", id]).stderr;
    assert!(told("ida-berg").contains("loggia schema --into schemas"));
    let written = project.run(&["schema", "engagement", "--into", "schemas"]);
    assert_eq!(written.code, 0, "{}", written.stderr);
    assert!(!told("jon-berg").contains("loggia schema"));
}
