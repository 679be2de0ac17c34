//! A JSON Schema for each kind of file that a coach writes, made from the types that read it, so that the two cannot part.
//!
//! The rule it guards: what the reader refuses by its form alone (an unknown key, a misspelt role, a day that is none), the schema
//! refuses too. What a file says of others, such as an id, only the reader can judge.

use schemars::JsonSchema;
use schemars::Schema;
use schemars::generate::SchemaSettings;
use schemars::transform::transform_subschemas;
use serde_json::Value;
use strum::VariantArray;

use crate::content::kinds::agenda_file::AgendaFile;
use crate::content::kinds::engagement_file::EngagementFile;
use crate::content::kinds::goal_file::GoalFile;
use crate::content::kinds::passphrases::PassphrasesFile;
use crate::content::kinds::site_file::SiteFile;
use crate::content::kinds::story_file::ReviewFile;
use crate::content::kinds::story_file::UpdateFile;
use crate::content::kinds::themes_file::ThemesFile;
use crate::engagement::kind::ItemKind;
use crate::engagement::kind::NameForm;
use crate::engagement::kind::Text;

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
    let (name, schema): (_, fn() -> Schema) = match kind {
        ItemKind::Engagement => ("engagement", of::<EngagementFile>),
        ItemKind::Goal => ("goal", of::<GoalFile>),
        ItemKind::Agenda => ("agenda", of::<AgendaFile>),
        ItemKind::Themes => ("themes", of::<ThemesFile>),
        ItemKind::Update => ("update", of::<UpdateFile>),
        ItemKind::Review => ("review", of::<ReviewFile>),
        ItemKind::Round | ItemKind::Record | ItemKind::Note | ItemKind::File => return None,
    };
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
