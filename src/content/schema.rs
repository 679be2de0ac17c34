//! A JSON Schema for each kind of file that a coach writes, made from the types that read it, so that the two cannot part.
//!
//! The rule it guards: what the reader refuses by its form alone (an unknown key, a misspelt role, a day that is none), the schema
//! refuses too. What a file says of others, such as an id, only the reader can judge.

use schemars::JsonSchema;
use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::transform_subschemas;
use serde_json::Value;

use crate::content::kinds::agenda_file::AgendaFile;
use crate::content::kinds::engagement_file::EngagementFile;
use crate::content::kinds::goal_file::GoalFile;
use crate::content::kinds::passphrases::PassphrasesFile;
use crate::content::kinds::site_file::SiteFile;
use crate::content::kinds::story_file::ReviewFile;
use crate::content::kinds::story_file::UpdateFile;
use crate::content::kinds::themes_file::ThemesFile;

/// A kind of file that a coach writes.
#[derive(Clone, Copy)]
pub struct FileKind {
    /// What its schema is called.
    pub name: &'static str,
    /// Which files it is for.
    pub files: &'static str,
    schema: fn() -> Schema,
}

/// Every kind of file that is TOML, or has TOML at its head. Notes are free: no page is made of them.
pub const ALL: [FileKind; 8] = [
    kind("loggia", "loggia.toml", of::<SiteFile>),
    kind("passphrases", "passphrases.toml", of::<PassphrasesFile>),
    kind("engagement", "engagement.toml", of::<EngagementFile>),
    kind("goal", "the front matter of goals/N-ID.md", of::<GoalFile>),
    kind(
        "agenda",
        "the front matter of agendas/DATE-TOPIC.md",
        of::<AgendaFile>,
    ),
    kind(
        "themes",
        "the front matter of pulse/DATE.md",
        of::<ThemesFile>,
    ),
    kind(
        "update",
        "the front matter of updates/DATE-TOPIC.md",
        of::<UpdateFile>,
    ),
    kind(
        "review",
        "the front matter of reviews/DATE-TOPIC.md",
        of::<ReviewFile>,
    ),
];

const fn kind(name: &'static str, files: &'static str, schema: fn() -> Schema) -> FileKind {
    FileKind {
        name,
        files,
        schema,
    }
}

impl FileKind {
    /// The name of the file that its schema is written into.
    pub fn file_name(&self) -> String {
        format!("{}.schema.json", self.name)
    }

    /// Its schema, as the text of that file.
    pub fn text(&self) -> String {
        let mut schema = (self.schema)();
        schema.insert("title".to_owned(), self.files.into());
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
