//! Keys that more than one file has: the language, how pages leave the machine, how they open.

use std::net::IpAddr;
use std::ops::Range;

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

/// The number of a link, or of all links of an engagement or the site; the first is 1.
pub(in crate::content) fn link_number(link: Option<Spanned<u32>>, report: &mut Report<'_>) -> u32 {
    let Some(link) = link else {
        return 1;
    };
    if *link.get_ref() == 0 {
        let hint = "raise it by one to end the old link";
        report.error_with("`link` counts from 1", link.span(), hint);
    }
    link.into_inner()
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

/// Refuses sealed pages at an address of `http:`: browsers lend the means to open them only to pages that came by `https:`, or from the
/// same computer (W3C, Secure Contexts).
pub(in crate::content) fn check_sealed(
    mode: AccessMode,
    base_url: Option<&str>,
    span: Range<usize>,
    report: &mut Report<'_>,
) {
    let Some(rest) = base_url.and_then(|url| url.strip_prefix("http://")) else {
        return;
    };
    let host = rest.split('/').next().unwrap_or_default();
    let host = match host.strip_prefix('[') {
        Some(host) => host.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let is_this_computer = host == "localhost"
        || host.ends_with(".localhost")
        || host
            .parse()
            .is_ok_and(|address: IpAddr| address.is_loopback());
    if mode == AccessMode::Sealed && !is_this_computer {
        report.error_with(
            "no browser opens sealed pages that come by `http:`",
            span,
            "write `https://…` as `base_url`, where the host has it; every free host does",
        );
    }
}
