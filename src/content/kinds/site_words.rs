//! Keys that more than one file has: the language, how pages leave the machine, how they open.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::toml::report::Report;
use crate::content::toml::value::{Spanned, Text};
use crate::engagement::firm::{AccessMode, OpeningMode};

/// How pages leave the machine: encrypted, or under a secret path alone.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(in crate::content) enum Access {
    Sealed,
    Link,
}

/// How sealed pages open: by themselves, or at a click, which keeps scanners of mails out.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(in crate::content) enum Open {
    AtOnce,
    Click,
}

impl Open {
    /// What the word means.
    pub(in crate::content) fn mode(self) -> OpeningMode {
        match self {
            Self::AtOnce => OpeningMode::AtOnce,
            Self::Click => OpeningMode::Click,
        }
    }
}

/// How pages leave the machine, with a warning where only their path protects them.
pub(in crate::content) fn access(word: &Spanned<Access>, report: &mut Report<'_>) -> AccessMode {
    match word.get_ref() {
        Access::Sealed => AccessMode::Sealed,
        Access::Link => {
            let message =
                "these pages are not sealed: whoever can list the host's files can read them";
            let hint = "not for public Pages repositories, buckets that can be listed, or hosts whose staff should not read along";
            report.warning(message, word.span(), Some(hint));
            AccessMode::Link
        }
    }
}

/// Checks the shape of a language tag such as `en`, `pt-BR` or `ar`.
pub(in crate::content) fn language(text: Spanned<Text>, report: &mut Report<'_>) -> Option<String> {
    let (span, Text(tag)) = (text.span(), text.into_inner());
    let mut parts = tag.split('-');
    let is_primary = parts.next().is_some_and(|part| {
        matches!(part.len(), 2 | 3) && part.bytes().all(|byte| byte.is_ascii_lowercase())
    });
    let is_good = is_primary
        && parts.all(|part| {
            matches!(part.len(), 2..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
    if !is_good {
        report.error_with(
            format!("`{tag}` is no language"),
            span,
            "write it as a tag such as `en` or `pt-BR`",
        );
    }
    is_good.then_some(tag)
}
