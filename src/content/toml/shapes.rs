//! What single values of the coach's files look like, for schemas: what the reader tells of a value by its form alone.
//!
//! The rule it guards: words come from the lists that the reader knows, and no shape refuses what the reader takes.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::content::toml::value::{Day, LocalTime, Spanned, Text};
use crate::engagement::advice::Advice;
use crate::engagement::agenda::{CoachPart, Kind};
use crate::engagement::goal::SupportKind;
use crate::engagement::id::{LONGEST, RESERVED};
use crate::engagement::stakeholder::Role;

/// Lower-case words joined by single hyphens.
const SLUG: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// Declares a shape: a type without values that only has a schema.
macro_rules! shape {
    ($(#[$doc:meta])* $name:ident, $schema:expr) => {
        $(#[$doc])*
        pub(in crate::content) enum $name {}

        shape_of!($name, $schema);
    };
}

/// Gives a type its schema.
macro_rules! shape_of {
    ($name:ident, $schema:expr) => {
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

shape!(
    /// An id, or the name of a group.
    Id,
    id()
);
shape!(
    /// The name of a role.
    RoleName,
    words(&Role::ALL.map(Role::as_str))
);
shape!(
    /// Who sees something: a role, an id, or `everyone`.
    Audience,
    audience(&["everyone"])
);
shape!(
    /// Who sees a meeting: a role, an id, `everyone` or `attendees`.
    MeetingAudience,
    audience(&RESERVED)
);
shape!(
    /// One of the field's meetings.
    MeetingKind,
    words(&Kind::ALL.map(Kind::as_str))
);
shape!(
    /// What the coach does in a quarterly meeting.
    CoachPartName,
    words(&CoachPart::ALL.map(CoachPart::as_str))
);
shape!(
    /// What is asked for.
    SupportKindName,
    words(&SupportKind::ALL.map(SupportKind::as_str))
);
shape!(
    /// The name of a piece of advice.
    AdviceName,
    words(&Advice::ALL.map(Advice::as_str))
);
shape!(
    /// A language as a tag.
    Language,
    pattern("^\\s*[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\\s*$")
);
shape!(
    /// A mail address.
    Mail,
    pattern("^\\s*[^\\s<>,;]+@[^\\s<>,;]*\\.[^\\s<>,;]*\\s*$")
);
shape!(
    /// Where readers turn with questions.
    Address,
    pattern("^\\s*([Hh][Tt][Tt][Pp][Ss]?://[^/\\s]|[Mm][Aa][Ii][Ll][Tt][Oo]:|[Tt][Ee][Ll]:)\\S+\\s*$")
);
shape!(
    /// Where a site stands.
    SiteAddress,
    pattern("^\\s*https?://[^/?#\"<>\\\\ ][^?#\"<>\\\\ ]*\\s*$")
);
shape!(
    /// A colour.
    Hue,
    pattern("^\\s*#[0-9A-Fa-f]{6}\\s*$")
);
shape_of!(Text, json_schema!({ "type": "string", "pattern": "\\S" }));
shape_of!(Day, json_schema!({ "type": "string", "format": "date" }));
// The format `date-time` of JSON Schema has a zone; this time has none.
shape_of!(
    LocalTime,
    pattern("^\\d{4}-\\d{2}-\\d{2}[Tt ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?$")
);

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

fn id() -> Schema {
    json_schema!({
        "type": "string",
        "pattern": SLUG,
        "maxLength": LONGEST,
        "not": { "enum": RESERVED },
    })
}

fn words(words: &[&str]) -> Schema {
    json_schema!({ "type": "string", "enum": words })
}

fn pattern(pattern: &str) -> Schema {
    json_schema!({ "type": "string", "pattern": pattern })
}

/// Words that an editor can propose, or anybody's id.
fn audience(more: &[&str]) -> Schema {
    let mut known = Role::ALL.map(Role::as_str).to_vec();
    known.extend(more);
    json_schema!({ "anyOf": [words(&known), id()] })
}
