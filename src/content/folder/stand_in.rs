//! What a cloud drive or a file manager leaves in the place of a file or beside it: a placeholder for a file that is elsewhere, a file
//! that is still being fetched, a copy of a file that was changed in two places.
//!
//! The rule it guards: where such a file stands for one that a build reads, it is an error, since what is published would be another
//! text than the coach believes.

use std::path::Path;

use crate::diagnostic::Diagnostic;

/// A file that stands for another.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::content) enum StandIn {
    /// The file itself is not here, or not whole.
    Placeholder(String),
    /// A copy of the file that a program made because there were two of it.
    Conflict(String),
    /// A copy of the file, perhaps: somebody may also have called it so.
    Copy(String),
}

/// The endings of placeholders, and of files that are being fetched.
const PLACEHOLDERS: [&str; 20] = [
    ".icloud",
    ".nextcloud",
    ".owncloud",
    ".opencloud",
    ".onedrive",
    ".dropbox",
    ".gdrive",
    ".cloud",
    ".cloudf",
    ".pcloud",
    ".boxcloud",
    ".sync",
    ".!sync",
    ".bts",
    ".rslsync",
    ".placeholder",
    ".offline",
    ".drivedownload",
    ".tmp.drivedownload",
    ".tmp.driveupload",
];

/// What the names of copies hold that were made because of a conflict, in lower case, in the languages of the services.
const CONFLICTS: [&str; 16] = [
    "conflict",
    "konflikt",
    "conflit",
    "conflicto",
    "conflito",
    "conflitto",
    "競合",
    "衝突",
    "冲突",
    "تعارض",
    "متعارض",
    "in conflitto",
    "conflictueuse",
    "case collision",
    "en double",
    "ristiriita",
];

/// What the names of other copies hold, in lower case.
const COPIES: [&str; 11] = [
    "copy",
    "another copy",
    "kopie",
    "weitere kopie",
    "copie",
    "autre copie",
    "copia",
    "cópia",
    "コピー",
    "نسخة",
    "副本",
];

/// What the names of copies begin with, in lower case.
const COPIES_OF: [&str; 8] = [
    "copy of ",
    "kopie von ",
    "copie de ",
    "copia de ",
    "cópia de ",
    "コピー ～ ",
    "نسخة من ",
    "copia di ",
];

impl StandIn {
    /// What a name says for sure.
    pub(in crate::content) fn of(name: &str) -> Option<Self> {
        placeholder(name)
            .map(Self::Placeholder)
            .or_else(|| conflict(name).map(Self::Conflict))
    }

    /// What a name may say, the likeliest first.
    pub(in crate::content) fn candidates(name: &str) -> impl Iterator<Item = Self> {
        Self::of(name)
            .into_iter()
            .chain(perhaps(name).into_iter().map(Self::Copy))
    }

    /// The name of the file that it stands for.
    pub(in crate::content) fn original(&self) -> &str {
        match self {
            Self::Placeholder(original) | Self::Conflict(original) | Self::Copy(original) => {
                original
            }
        }
    }

    /// The problem with it. `shown` is its path inside the content folder.
    pub(in crate::content) fn problem(&self, shown: &str) -> Diagnostic {
        match self {
            Self::Placeholder(original) => Diagnostic::error(format!(
                "`{original}` is not here, only what a cloud drive keeps in its place"
            ))
            .in_file(shown)
            .with_hint(
                "have the drive fetch it, and keep this folder on this machine; then try again",
            ),
            Self::Conflict(original) | Self::Copy(original) => {
                Diagnostic::error(format!("this is a copy of `{original}`"))
                    .in_file(shown)
                    .with_hint(format!(
                        "compare the two, keep what is right in `{original}`, and delete this file"
                    ))
            }
        }
    }
}

/// The file that a placeholder stands for: `.x.md.icloud` for `x.md`.
fn placeholder(name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    for start in [".syncthing.", "~syncthing~"] {
        if lower.starts_with(start) && lower.ends_with(".tmp") && name.len() > start.len() + 4 {
            return Some(name[start.len()..name.len() - 4].to_owned());
        }
    }
    let endings = PLACEHOLDERS
        .iter()
        .filter(|ending| lower.ends_with(*ending));
    let longest = endings.max_by_key(|ending| ending.len())?;
    let stem = name.get(..name.len() - longest.len())?;
    let stem = stem.strip_prefix(['.', '~']).unwrap_or(stem);
    (!stem.is_empty()).then(|| stem.to_owned())
}

/// The file of which a name says that there were two: `x (Tom's conflicted copy 2026-11-01).md`, `x.sync-conflict-….md`.
fn conflict(name: &str) -> Option<String> {
    let is_conflict = |part: &str| {
        let part = part.to_lowercase();
        CONFLICTS.iter().any(|word| part.contains(word))
    };
    // What is in brackets says so.
    for (opening, closing) in [('(', ')'), ('[', ']'), ('（', '）')] {
        let Some((before, rest)) = name.rsplit_once(opening) else {
            continue;
        };
        if let Some((inside, after)) = rest.rsplit_once(closing)
            && is_conflict(inside)
        {
            return joined(before, after);
        }
    }
    // A piece of the name between its stem and its ending does.
    let lower = name.to_lowercase();
    for mark in [
        ".sync-conflict-",
        "_conflict-",
        "_conflictingfile_",
        ".conflict.",
        "_conflict.",
        "-conflict-copy",
        ".conflicted.",
        " conflicted copy",
    ] {
        let Some(place) = lower.find(mark).filter(|_| lower.len() == name.len()) else {
            continue;
        };
        let rest = &name[place + mark.len() - 1..];
        let end = rest.rfind('.').map_or("", |dot| &rest[dot..]);
        return joined(&name[..place], end);
    }
    None
}

/// The files that a name may be a copy of, as file managers and some services name them: `x (1).md`, `x - Copy.md`, `x-PC.md`. Such a
/// name may also be somebody's own.
fn perhaps(name: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lower = name.to_lowercase();
    for start in COPIES_OF {
        if lower.starts_with(start) {
            found.extend(name.get(start.len()..).map(str::to_owned));
        }
    }
    // `x.md (1)` as well as `x (1).md`.
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains(' ') => (stem, format!(".{ending}")),
        _ => (name, String::new()),
    };
    let mut stem = stem;
    while let Some(shorter) = without_copy(stem) {
        found.push(format!("{shorter}{ending}"));
        stem = shorter;
    }
    // The name of a machine: `x-PC.md`, `x-DESKTOP-4K2.md`.
    for (place, _) in stem.match_indices('-') {
        let machine = &stem[place + 1..];
        let is_machine = machine.starts_with(|letter: char| letter.is_ascii_uppercase())
            && machine
                .chars()
                .all(|letter| letter.is_alphanumeric() || letter == '-');
        if is_machine {
            found.push(format!("{}{ending}", &stem[..place]));
        }
    }
    found
}

/// A name without what makes it one of a copy at its end.
fn without_copy(stem: &str) -> Option<&str> {
    let (before, last) = match stem.strip_suffix([')', '）']) {
        Some(rest) => rest.rsplit_once(['(', '（'])?,
        None => stem.rsplit_once([' ', '_', '-'])?,
    };
    let last = last.trim().to_lowercase();
    let is_number = !last.is_empty() && last.chars().all(|letter| letter.is_ascii_digit());
    let is_copy = COPIES.contains(&last.as_str())
        || COPIES.iter().any(|copy| {
            let number = last.strip_prefix(copy).map(str::trim);
            number.is_some_and(|number| number.chars().all(|letter| letter.is_ascii_digit()))
        });
    let before = before.trim_end_matches([' ', '-', '_']);
    ((is_number || is_copy) && !before.is_empty()).then_some(before)
}

/// A stem and an ending as one name.
fn joined(stem: &str, ending: &str) -> Option<String> {
    let stem = stem.trim_end_matches([' ', '_', '-', '.']);
    let name = format!("{stem}{}", ending.trim());
    (!stem.is_empty() && Path::new(&name).extension().is_some()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::{StandIn, perhaps};

    #[test]
    fn placeholders_and_conflicts_are_known_by_their_names() {
        for name in [
            ".1-clear.md.icloud",
            "1-clear.md.icloud",
            "1-clear.md.nextcloud",
            "1-clear.md.owncloud",
            "1-clear.md.cloud",
            "1-clear.md.onedrive",
            ".syncthing.1-clear.md.tmp",
            "~syncthing~1-clear.md.tmp",
            "1-clear.md.!sync",
            "1-clear.md.tmp.drivedownload",
        ] {
            let expected = StandIn::Placeholder("1-clear.md".to_owned());
            assert_eq!(StandIn::of(name), Some(expected), "{name}");
        }
        for name in [
            "1-clear (Tom's conflicted copy 2026-11-01).md",
            "1-clear (conflicted copy 2026-11-01 101010).md",
            "1-clear (Toms in Konflikt stehende Kopie 2026-11-01).md",
            "1-clear (Copie en conflit de Tom 2026-11-01).md",
            "1-clear (Copia en conflicto de Tom 2026-11-01).md",
            "1-clear (Cópia em conflito de Tom 2026-11-01).md",
            "1-clear (Tom の競合コピー 2026-11-01).md",
            "1-clear (SFConflict tom@example.org 2026-11-01-10-10-10).md",
            "1-clear (Case Conflict 1).md",
            "1-clear [Conflict].md",
            "1-clear.sync-conflict-20261101-101010-ABCDEFG.md",
            "1-clear_conflict-20261101-101010.md",
            "1-clear.Conflict.md",
            "1-clear_Conflict.md",
        ] {
            let expected = StandIn::Conflict("1-clear.md".to_owned());
            assert_eq!(StandIn::of(name), Some(expected), "{name}");
        }
        for name in [
            "1-clear.md",
            "2-conflict.md",
            "2026-03-01-conflict-in-the-team.md",
            "1-clear.md~",
            ".1-clear.md.swp",
            ".DS_Store",
            "plan (draft).pdf",
            "cloud.png",
            ".icloud",
            "Photo 2.png",
        ] {
            assert_eq!(StandIn::of(name), None, "{name}");
        }
    }

    #[test]
    fn copies_of_file_managers_lead_to_their_original() {
        for name in [
            "1-clear (1).md",
            "1-clear(2).md",
            "1-clear - Copy.md",
            "1-clear - Copy (2).md",
            "1-clear - Copy - Copy.md",
            "1-clear copy.md",
            "1-clear copy 2.md",
            "1-clear 2.md",
            "1-clear (copy).md",
            "1-clear (another copy).md",
            "1-clear - Kopie.md",
            "1-clear Kopie 3.md",
            "1-clear - Copie (2).md",
            "1-clear - copia.md",
            "1-clear - Cópia.md",
            "1-clear - コピー.md",
            "1-clear - نسخة.md",
            "1-clear.md (1)",
            "Copy of 1-clear.md",
            "Kopie von 1-clear.md",
            "1-clear-PC.md",
            "1-clear-DESKTOP-4K2B.md",
            "1-clear-Toms-MacBook.md",
        ] {
            let found = perhaps(name);
            assert!(
                found.iter().any(|name| name == "1-clear.md"),
                "{name}: {found:?}"
            );
        }
        assert!(perhaps("1-clear.md").is_empty());
    }
}
