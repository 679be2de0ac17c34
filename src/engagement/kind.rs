//! The one list of the kinds of item that an engagement's folder holds.
//!
//! The rule it guards: whoever treats kinds differently matches on [`ItemKind`] with every variant named, so that a new kind does not
//! compile until each place has said what it does with it. Where a kind lies, how its files are called and written, which parts of
//! `[share]` share it and which section shows it stands in [`ItemKind::row`] and nowhere else. Which of its texts the audit compares
//! with pages is said in [`seen`](crate::engagement::seen).

use strum::VariantArray;

use crate::engagement::audience::Part;

/// A kind of item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
pub enum ItemKind {
    /// The engagement itself: people, dates, and what is shared with whom.
    Engagement,
    /// What was agreed about the engagement, and who has said yes.
    Agreement,
    /// A goal with its actions and the support asked for.
    Goal,
    /// A meeting.
    Agenda,
    /// The ratings of a round.
    Round,
    /// What the coach says about a round.
    Themes,
    /// What was published of the rounds; written by the build.
    Record,
    /// What asking pages seal answers to; `loggia key answers` writes it.
    AskingKey,
    /// What was agreed about who may read what; written by the build.
    Consent,
    /// A piece of news.
    Update,
    /// A comparison of intended and actual outcomes.
    Review,
    /// A confidential note, which is published to nobody.
    Note,
    /// A picture or document that a text shows.
    File,
}

/// What is the same for every item of a kind.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The folder of the engagement that holds these items; nothing for what lies in the engagement's folder itself.
    pub folder: Option<&'static str>,
    /// How their files are called.
    pub name: NameForm,
    /// The parts of `[share]` that say who sees them; none for what nobody sees by being shared.
    pub parts: &'static [Part],
    /// What is written in them.
    pub text: Text,
    /// The section of the page that shows them; a test holds that it exists.
    pub section: Option<&'static str>,
}

/// How the files of a kind are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameForm {
    /// Exactly so.
    Fixed(&'static str),
    /// `1-concise-in-the-room.md`: the order and the id.
    NumberAndId,
    /// `2026-02-03-calibration.md`: the day and the topic.
    DayAndTopic,
    /// `2026-03-02` and this ending: the day alone.
    Day(&'static str),
    /// Any name.
    Any,
}

/// What is written in the files of a kind, for whoever compares their words with pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// TOML.
    Toml,
    /// Markdown below TOML.
    Markdown,
    /// A table of ratings, of which comments are words.
    Ratings,
    /// Words for nobody.
    Confidential,
    /// Nothing that is words.
    Nothing,
}

impl ItemKind {
    /// What is the same for every item of this kind.
    #[expect(clippy::too_many_lines, reason = "a table is as long as it has rows")]
    pub const fn row(self) -> Row {
        match self {
            Self::Engagement => Row {
                folder: None,
                name: NameForm::Fixed("engagement.toml"),
                parts: &[Part::Facts, Part::People, Part::Assessments, Part::Asked],
                text: Text::Toml,
                section: Some("about"),
            },
            Self::Agreement => Row {
                folder: None,
                name: NameForm::Fixed("agreement.md"),
                parts: &[Part::Agreement],
                text: Text::Markdown,
                section: Some("about"),
            },
            Self::Goal => Row {
                folder: Some("goals"),
                name: NameForm::NumberAndId,
                parts: &[Part::Goals, Part::Actions],
                text: Text::Markdown,
                section: Some("goals"),
            },
            Self::Agenda => Row {
                folder: Some("agendas"),
                name: NameForm::DayAndTopic,
                parts: &[Part::Agendas],
                text: Text::Markdown,
                section: Some("meetings"),
            },
            Self::Round => Row {
                folder: Some("pulse"),
                name: NameForm::Day(".csv"),
                parts: &[Part::Progress, Part::Groups, Part::FollowUp, Part::Own],
                text: Text::Ratings,
                section: Some("goals"),
            },
            Self::Themes => Row {
                folder: Some("pulse"),
                name: NameForm::Day(".md"),
                parts: &[Part::Themes],
                text: Text::Markdown,
                section: Some("goals"),
            },
            Self::Record => Row {
                folder: Some("pulse"),
                name: NameForm::Fixed("rounds.lock"),
                parts: &[],
                text: Text::Nothing,
                section: None,
            },
            Self::AskingKey => Row {
                folder: Some("pulse"),
                name: NameForm::Fixed("asking.pub"),
                parts: &[],
                text: Text::Nothing,
                section: None,
            },
            Self::Consent => Row {
                folder: None,
                name: NameForm::Fixed("share.lock"),
                parts: &[],
                text: Text::Nothing,
                section: None,
            },
            Self::Update => Row {
                folder: Some("updates"),
                name: NameForm::DayAndTopic,
                parts: &[Part::Updates],
                text: Text::Markdown,
                section: Some("news"),
            },
            Self::Review => Row {
                folder: Some("reviews"),
                name: NameForm::DayAndTopic,
                parts: &[Part::Reviews],
                text: Text::Markdown,
                section: Some("news"),
            },
            Self::Note => Row {
                folder: Some("notes"),
                name: NameForm::Any,
                parts: &[],
                text: Text::Confidential,
                section: None,
            },
            Self::File => Row {
                folder: Some("files"),
                name: NameForm::Any,
                parts: &[],
                text: Text::Nothing,
                section: None,
            },
        }
    }

    /// The kinds whose files lie in `folder` of an engagement.
    pub fn in_folder(folder: Option<&str>) -> impl Iterator<Item = Self> {
        let lies_there = move |kind: &Self| kind.row().folder == folder;
        Self::VARIANTS.iter().copied().filter(lies_there)
    }

    /// The folders of an engagement, each once, in the order of the kinds.
    pub fn folders() -> Vec<&'static str> {
        let mut folders = Vec::new();
        for kind in Self::VARIANTS {
            folders.extend(kind.row().folder.filter(|folder| !folders.contains(folder)));
        }
        folders
    }

    /// The first part of an item's path inside its engagement: its folder, or the name of the file in the engagement's folder itself.
    pub fn place(self) -> &'static str {
        let row = self.row();
        match (row.folder, row.name) {
            (Some(folder), _) => folder,
            (None, NameForm::Fixed(name)) => name,
            (None, _) => "",
        }
    }

    /// The path of an item inside its engagement's folder.
    pub fn path(self, name: &str) -> String {
        match self.row().folder {
            Some(folder) => format!("{folder}/{name}"),
            None => name.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use strum::VariantArray;

    use super::{ItemKind, NameForm};
    use crate::engagement::audience::Part;

    #[test]
    fn every_part_shares_one_kind() {
        for part in Part::ALL {
            let kinds = ItemKind::VARIANTS
                .iter()
                .filter(|kind| kind.row().parts.contains(&part));
            assert_eq!(kinds.count(), 1, "{part:?}");
        }
    }

    #[test]
    fn no_file_could_be_of_two_kinds() {
        let mut forms = BTreeSet::new();
        for kind in ItemKind::VARIANTS {
            let row = kind.row();
            let form = format!("{:?}", row.name);
            assert!(forms.insert((row.folder, form)), "{kind:?}");
            let is_alone = ItemKind::in_folder(row.folder).count() == 1;
            assert!(is_alone || row.name != NameForm::Any, "{kind:?}");
        }
    }
}
