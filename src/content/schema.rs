//! A JSON Schema for each kind of file that a coach writes, made from the types that read it, so that the two cannot part.
//!
//! The rule it guards: what the reader refuses by its form alone (an unknown key, a misspelt role, a day that is none), the schema
//! refuses too. What a file says of others, such as an id, only the reader can judge.

use schemars::generate::SchemaSettings;
use schemars::transform::transform_subschemas;
use schemars::{JsonSchema, Schema};
use serde::de::DeserializeOwned;
use serde_json::Value;
use strum::VariantArray;

use crate::content::kinds::agenda_file::AgendaFile;
use crate::content::kinds::agreement_file::AgreementFile;
use crate::content::kinds::engagement_file::EngagementFile;
use crate::content::kinds::goal_file::GoalFile;
use crate::content::kinds::passphrases::PassphrasesFile;
use crate::content::kinds::site_file::SiteFile;
use crate::content::kinds::story_file::{ReviewFile, UpdateFile};
use crate::content::kinds::themes_file::ThemesFile;
use crate::content::toml::keys::Keys;
use crate::engagement::kind::{ItemKind, NameForm, Text};

/// The schema of one kind of file that a coach writes.
pub struct FileSchema {
    /// What it is called.
    pub name: &'static str,
    /// Which files it is for.
    pub files: String,
    schema: fn() -> Schema,
}

/// The schema of every kind of file that is TOML, or has TOML at its head. Notes are free: no page is made of them.
pub fn all() -> Vec<FileSchema> {
    let mut schemas = vec![
        FileSchema {
            name: "loggia",
            files: "loggia.toml".to_owned(),
            schema: of::<SiteFile>,
        },
        FileSchema {
            name: "passphrases",
            files: "passphrases.toml".to_owned(),
            schema: of::<PassphrasesFile>,
        },
    ];
    schemas.extend(ItemKind::VARIANTS.iter().filter_map(|kind| of_kind(*kind)));
    schemas
}

/// The schema of the files of a kind, if they hold TOML.
fn of_kind(kind: ItemKind) -> Option<FileSchema> {
    let Settings { name, schema, .. } = settings_of(kind)?;
    let row = kind.row();
    let file = match row.name {
        NameForm::Fixed(name) => name.to_owned(),
        NameForm::NumberAndId => "N-ID.md".to_owned(),
        NameForm::DayAndTopic => "DATE-TOPIC.md".to_owned(),
        NameForm::Day(ending) => format!("DATE{ending}"),
        NameForm::Any => "*".to_owned(),
    };
    let head = match row.text {
        Text::Markdown => "the front matter of ",
        Text::Toml | Text::Ratings | Text::Confidential | Text::Nothing => "",
    };
    Some(FileSchema {
        name,
        files: format!("{head}{}", kind.path(&file)),
        schema,
    })
}

/// The type that reads the settings of a kind of file: what it is called, its schema and its keys.
struct Settings {
    name: &'static str,
    schema: fn() -> Schema,
    keys: fn() -> Keys,
}

/// The settings that files of a kind hold, if they hold any.
fn settings_of(kind: ItemKind) -> Option<Settings> {
    fn read_by<T: DeserializeOwned + JsonSchema>(name: &'static str) -> Settings {
        Settings {
            name,
            schema: of::<T>,
            keys: Keys::of::<T>,
        }
    }
    Some(match kind {
        ItemKind::Engagement => read_by::<EngagementFile>("engagement"),
        ItemKind::Agreement => read_by::<AgreementFile>("agreement"),
        ItemKind::Goal => read_by::<GoalFile>("goal"),
        ItemKind::Agenda => read_by::<AgendaFile>("agenda"),
        ItemKind::Themes => read_by::<ThemesFile>("themes"),
        ItemKind::Update => read_by::<UpdateFile>("update"),
        ItemKind::Review => read_by::<ReviewFile>("review"),
        ItemKind::Round
        | ItemKind::Record
        | ItemKind::AskingKey
        | ItemKind::Consent
        | ItemKind::Note
        | ItemKind::File => return None,
    })
}

/// The keys of every kind of front matter.
pub(in crate::content) fn front_matter_keys() -> Vec<Keys> {
    ItemKind::VARIANTS
        .iter()
        .filter(|kind| matches!(kind.row().text, Text::Markdown))
        .filter_map(|kind| settings_of(*kind))
        .map(|settings| (settings.keys)())
        .collect()
}

impl FileSchema {
    /// The name of the file that it is written into.
    pub fn file_name(&self) -> String {
        format!("{}.schema.json", self.name)
    }

    /// The text of that file.
    pub fn text(&self) -> String {
        let mut schema = (self.schema)();
        schema.insert("title".to_owned(), self.files.clone().into());
        format!("{:#}\n", schema.as_value())
    }
}

/// The schema of what a type reads. Nothing in it refers elsewhere: not every editor follows.
fn of<T: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().for_deserialize();
    let settings = settings.with(|settings| settings.inline_subschemas = true);
    let mut schema = settings
        .with_transform(tidy)
        .into_generator()
        .into_root_schema_for::<T>();
    schema.remove("title");
    schema
}

/// Takes out what says nothing of TOML: it has no null, and numbers have no formats.
fn tidy(schema: &mut Schema) {
    let is_null = |value: &Value| value.is_null() || value == "null";
    if let Some(Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| !is_null(name));
        if let [name] = types.as_slice() {
            let name = name.clone();
            schema.insert("type".to_owned(), name);
        }
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.retain(|word| !word.is_null());
    }
    if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
        choices.retain(|choice| choice.get("type").is_none_or(|name| !is_null(name)));
        let only = match choices.as_slice() {
            [only] => only.as_object().cloned(),
            _ => None,
        };
        if let Some(only) = only {
            schema.remove("anyOf");
            for (key, value) in only {
                schema.ensure_object().entry(key).or_insert(value);
            }
        }
    }
    let is_number = schema
        .get("type")
        .is_some_and(|name| name == "integer" || name == "number");
    if is_number {
        schema.remove("format");
    }
    transform_subschemas(&mut tidy, schema);
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use strum::VariantArray;

    use super::{front_matter_keys, settings_of};
    use crate::content::text::passages;
    use crate::content::toml::keys::Keys;
    use crate::diagnostic::Source;
    use crate::engagement::kind::{ItemKind, Text};

    /// The keys of a table, and of the tables in it, as a schema has them.
    fn keys_of_schema(schema: &Value) -> Vec<String> {
        let mut keys = Vec::new();
        for (key, value) in schema["properties"].as_object().into_iter().flatten() {
            let below = keys_of_schema(value)
                .into_iter()
                .chain(keys_of_schema(&value["items"]));
            keys.extend(below.map(|inner| format!("{key}.{inner}")));
            keys.push(key.clone());
        }
        keys.sort();
        keys
    }

    fn paths(keys: &Keys) -> Vec<String> {
        let mut paths = Vec::new();
        for (key, below) in keys.iter() {
            let below = below.map(paths_of_table).unwrap_or_default();
            paths.extend(below.into_iter().map(|inner| format!("{key}.{inner}")));
            paths.push(key.to_owned());
        }
        paths.sort();
        paths
    }

    /// So that a table without keys would not pass unseen.
    fn paths_of_table(keys: &Keys) -> Vec<String> {
        let paths = paths(keys);
        assert!(!paths.is_empty());
        paths
    }

    #[test]
    fn the_keys_of_a_type_are_those_of_its_schema() {
        let all = ItemKind::VARIANTS
            .iter()
            .filter_map(|kind| settings_of(*kind));
        for settings in all {
            let mut of_schema = keys_of_schema((settings.schema)().as_value());
            // A scale is a word or a table; of such a choice no keys are learnt.
            of_schema.retain(|key| !key.starts_with("pulse.scale."));
            assert_eq!(paths(&(settings.keys)()), of_schema, "{}", settings.name);
        }
    }

    #[test]
    fn no_key_and_no_table_of_front_matter_is_text_below_it() {
        fn add_lines(keys: &Keys, lines: &mut Vec<String>) {
            for (key, below) in keys.iter() {
                let mut title = key.to_owned();
                title[..1].make_ascii_uppercase();
                lines.extend([
                    format!("{key} = \"x\""),
                    format!("{key}=1"),
                    format!("  {title} = ["),
                    format!("\"{key}\" = x"),
                ]);
                if let Some(below) = below {
                    lines.extend([
                        format!("[{key}]"),
                        format!("[[{key}]]"),
                        format!("[[ {key} ]]  # x"),
                    ]);
                    add_lines(below, lines);
                }
            }
        }

        let known = front_matter_keys();
        let has_front_matter = |kind: &&ItemKind| kind.row().text == Text::Markdown;
        let kinds = ItemKind::VARIANTS.iter().filter(has_front_matter);
        assert_eq!(known.len(), kinds.count());
        let mut all = Vec::new();
        for keys in &known {
            add_lines(keys, &mut all);
        }
        assert!(all.len() > 200, "{}", all.len());
        for line in all {
            let text = format!("Why it matters.\n\n{line}\n");
            let mut problems = Vec::new();
            let source = Source::of("x.md", &text);
            passages::split(&source, 0..text.len(), &known, &mut problems);
            assert_eq!(problems.len(), 1, "{line}");
        }
    }
}
