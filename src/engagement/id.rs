//! Ids: lower-case words joined by hyphens, as they stand in file names and TOML.

use std::fmt;

/// Words of the audience language that no id may be.
pub const RESERVED: [&str; 2] = ["everyone", "attendees"];

/// The longest id, in bytes: file systems end at 255, and an id shares its name with a date and an ending.
pub const LONGEST: usize = 80;

/// Returns whether `text` is lower-case ASCII words of letters and digits joined by single hyphens.
pub fn is_slug(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.len() <= LONGEST && text.split('-').all(is_word)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Returns the id, or nothing if `text` is not lower-case words joined by hyphens or is a reserved word.
            pub fn parse(text: &str) -> Option<Self> {
                (is_slug(text) && !RESERVED.contains(&text)).then(|| Self(text.to_owned()))
            }

            /// The id as it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    };
}

id!(
    /// The name of an engagement's folder.
    EngagementId
);
id!(
    /// What a person is called in one engagement's files.
    StakeholderId
);
id!(
    /// What a person of several engagements is called in loggia.toml.
    PersonId
);
id!(
    /// The name of a goal's file without its number.
    GoalId
);
id!(
    /// The name of a file that is called by day and topic, such as a meeting's: with its date and without its ending.
    ItemId
);
id!(
    /// The name of a rater group: `peer`, `report` or the firm's own word.
    GroupId
);

#[cfg(test)]
mod tests {
    use super::StakeholderId;

    #[test]
    fn refuses_what_is_not_lower_case_words() {
        for text in [
            "",
            "-",
            "a-",
            "-a",
            "a--b",
            "A",
            "a b",
            "ä",
            "a_b",
            "a.b",
            "../a",
            "everyone",
            "attendees",
            "a\n",
        ] {
            assert!(StakeholderId::parse(text).is_none(), "{text:?}");
        }
        assert!(StakeholderId::parse(&"a".repeat(81)).is_none());
        for text in ["a", "nyah-adeyemi", "2026-02-03-calibration", "360"] {
            assert_eq!(
                StakeholderId::parse(text)
                    .map(|id| id.to_string())
                    .as_deref(),
                Some(text)
            );
        }
    }
}
