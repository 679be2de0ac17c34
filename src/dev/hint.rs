//! What events of the file system hint at, and what has really changed.
//!
//! The rule it guards: an event is only a hint. Reading a file, temporary files of editors, the key and the output of builds are not even
//! that; and a hint leads to a build only if the files differ from those of the last look.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use notify::{Event, EventKind};

use crate::pipeline::watching;

/// The folders of a project, resolved as events name them.
#[derive(Debug, Clone)]
pub(super) struct Folders {
    /// The content folder.
    pub(super) content: PathBuf,
    /// The folder of themes beside it.
    pub(super) themes: PathBuf,
    /// The folder that builds write to; events inside are ignored.
    pub(super) out: PathBuf,
}

/// Where something may have changed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Hints {
    /// Anywhere.
    pub(super) everywhere: bool,
    /// In loggia.toml or in another file beside it.
    pub(super) site_file: bool,
    /// In a theme.
    pub(super) themes: bool,
    /// In these engagements.
    pub(super) engagements: BTreeSet<String>,
}

/// What has changed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Changes {
    /// Something that all pages depend on: loggia.toml, the theme or the day.
    pub(super) shared: bool,
    /// The list of engagements.
    pub(super) engagement_list: bool,
    /// These engagements.
    pub(super) engagements: BTreeSet<String>,
}

impl Changes {
    /// Whether nothing has changed.
    pub(super) fn is_empty(&self) -> bool {
        !self.shared && !self.engagement_list && self.engagements.is_empty()
    }

    /// Adds the changes of `other`.
    pub(super) fn merge(&mut self, other: &Self) {
        self.shared |= other.shared;
        self.engagement_list |= other.engagement_list;
        self.engagements.extend(other.engagements.iter().cloned());
    }
}

impl Hints {
    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds what an event may mean. Returns whether it may mean anything.
    pub(super) fn add(&mut self, event: &Event, folders: &Folders) -> bool {
        // Reading a file is an event too: each build would cause the next.
        if matches!(event.kind, EventKind::Access(_)) {
            return false;
        }
        if event.need_rescan() || event.paths.is_empty() {
            self.everywhere = true;
            return true;
        }
        let mut is_hint = false;
        for path in &event.paths {
            is_hint |= self.add_path(path, folders);
        }
        is_hint
    }

    fn add_path(&mut self, path: &Path, folders: &Folders) -> bool {
        if path.starts_with(&folders.out) {
            return false;
        }
        if let Ok(inside) = path.strip_prefix(&folders.content) {
            let names: Vec<&OsStr> = inside.iter().collect();
            if names.iter().any(|name| is_passed_over(name)) {
                return false;
            }
            match names[..] {
                [] => self.everywhere = true,
                [name] if name == "loggia.key" || name == "answers.key" => return false,
                [name, ref inside @ ..] => {
                    self.site_file |= inside.is_empty();
                    self.engagements.insert(name.to_string_lossy().into_owned());
                }
            }
            return true;
        }
        if let Ok(inside) = path.strip_prefix(&folders.themes) {
            let is_hint = !inside.iter().any(is_passed_over);
            self.themes |= is_hint;
            return is_hint;
        }
        false
    }
}

fn is_passed_over(name: &OsStr) -> bool {
    watching::is_passed_over(&name.to_string_lossy())
}

/// Hashes of what was on disk at the last look.
pub(super) struct Fingerprints {
    content: PathBuf,
    themes: PathBuf,
    site_file: [u8; 32],
    theme: [u8; 32],
    engagements: BTreeMap<String, [u8; 32]>,
}

impl Fingerprints {
    /// Hashes everything.
    pub(super) fn taken(content: &Path, themes: &Path) -> Self {
        let mut fingerprints = Self {
            content: content.to_owned(),
            themes: themes.to_owned(),
            site_file: [0; 32],
            theme: [0; 32],
            engagements: BTreeMap::new(),
        };
        let everywhere = Hints {
            everywhere: true,
            ..Hints::default()
        };
        fingerprints.confirm(&everywhere);
        fingerprints
    }

    /// Hashes again what `hints` point at, and returns what differs.
    pub(super) fn confirm(&mut self, hints: &Hints) -> Changes {
        let mut changes = Changes::default();
        if hints.everywhere || hints.site_file {
            let site_file = watching::hash_of_book(&self.content);
            changes.shared |= site_file != std::mem::replace(&mut self.site_file, site_file);
        }
        if hints.everywhere || hints.themes {
            let theme = watching::hash_of_theme(&self.themes);
            changes.shared |= theme != std::mem::replace(&mut self.theme, theme);
        }
        let there: BTreeSet<String> = watching::folders(&self.content).into_iter().collect();
        let known: BTreeSet<String> = self.engagements.keys().cloned().collect();
        for gone in known.difference(&there) {
            self.engagements.remove(gone);
            changes.engagement_list = true;
        }
        for id in &there {
            let is_new = !known.contains(id);
            if is_new || hints.everywhere || hints.engagements.contains(id) {
                let trace = watching::hash_of_engagement(&self.content, id);
                if self.engagements.insert(id.clone(), trace) != Some(trace) {
                    changes.engagements.insert(id.clone());
                    changes.engagement_list |= is_new;
                }
            }
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use notify::event::{
        AccessKind, CreateKind, DataChange, Flag, ModifyKind, RemoveKind, RenameMode,
    };
    use notify::{Event, EventKind};

    use super::{Changes, Fingerprints, Folders, Hints};

    const WRITE: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const CREATE: EventKind = EventKind::Create(CreateKind::File);
    const REMOVE: EventKind = EventKind::Remove(RemoveKind::File);
    const RENAME: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::Both));

    /// What a list of events hints at.
    fn hints(events: &[(EventKind, &[&str])]) -> Hints {
        let folders = Folders {
            content: PathBuf::from("/w/content"),
            themes: PathBuf::from("/w/themes"),
            out: PathBuf::from("/w/content/site"),
        };
        let mut hints = Hints::default();
        for (kind, paths) in events {
            let mut event = Event::new(*kind);
            event.paths = paths
                .iter()
                .map(|path| Path::new("/w").join(path))
                .collect();
            hints.add(&event, &folders);
        }
        hints
    }

    fn engagement(id: &str) -> Hints {
        Hints {
            engagements: [id.to_owned()].into(),
            ..Hints::default()
        }
    }

    #[test]
    fn saves_hint_at_their_engagement_alone() {
        let goal = "content/nyah/goals/1-a.md";
        let vim = [
            (CREATE, &["content/nyah/goals/4913"][..]),
            (REMOVE, &["content/nyah/goals/4913"]),
            (RENAME, &[goal, "content/nyah/goals/1-a.md~"]),
            (CREATE, &[goal]),
            (WRITE, &[goal]),
            (REMOVE, &["content/nyah/goals/1-a.md~"]),
        ];
        assert_eq!(hints(&vim), engagement("nyah"));
        let emacs = [
            (CREATE, &["content/nyah/goals/.#1-a.md"][..]),
            (RENAME, &[goal, "content/nyah/goals/1-a.md~"]),
            (CREATE, &[goal]),
            (REMOVE, &["content/nyah/goals/.#1-a.md"]),
        ];
        assert_eq!(hints(&emacs), engagement("nyah"));
        let sed = [
            (CREATE, &["content/nyah/goals/sedAbC123"][..]),
            (RENAME, &["content/nyah/goals/sedAbC123", goal]),
        ];
        assert_eq!(hints(&sed), engagement("nyah"));
    }

    #[test]
    fn leavings_reading_output_and_key_hint_at_nothing() {
        let reading = EventKind::Access(AccessKind::Any);
        for (kind, path) in [
            (reading, "content/nyah/goals/1-a.md"),
            (WRITE, "content/nyah/goals/.1-a.md.swp"),
            (WRITE, "content/nyah/goals/1-a.md~"),
            (CREATE, "content/nyah/goals/#1-a.md#"),
            (CREATE, "content/nyah/goals/.#1-a.md"),
            (CREATE, "content/nyah/goals/4913"),
            (CREATE, "content/.git/index.lock"),
            (CREATE, "content/nyah/.DS_Store"),
            (WRITE, "content/loggia.key"),
            (WRITE, "content/site/p/x/index.html"),
            (WRITE, "elsewhere/x"),
            (WRITE, "themes/harbour/templates/.goal.html.swp"),
        ] {
            assert!(hints(&[(kind, &[path])]).is_empty(), "{path}");
        }
    }

    #[test]
    fn lost_events_hint_at_everything() {
        let mut event = Event::new(EventKind::Other);
        event.attrs.set_flag(Flag::Rescan);
        let folders = Folders {
            content: PathBuf::from("/w/content"),
            themes: PathBuf::from("/w/themes"),
            out: PathBuf::from("/w/site"),
        };
        let mut hints = Hints::default();
        assert!(hints.add(&event, &folders) && hints.everywhere);
    }

    #[test]
    fn only_what_changed_on_disk_is_touched() {
        let folder = tempfile::tempdir().unwrap();
        let content = folder.path().join("content");
        let themes = folder.path().join("themes");
        for id in ["a", "b"] {
            fs::create_dir_all(content.join(id).join("goals")).unwrap();
            fs::write(content.join(id).join("engagement.toml"), id).unwrap();
        }
        let mut fingerprints = Fingerprints::taken(&content, &themes);
        let everywhere = Hints {
            everywhere: true,
            ..Hints::default()
        };
        assert_eq!(fingerprints.confirm(&everywhere), Changes::default());

        fs::write(content.join("a/engagement.toml"), "other").unwrap();
        assert!(fingerprints.confirm(&engagement("b")).is_empty());
        let changes = fingerprints.confirm(&engagement("a"));
        assert_eq!(changes.engagements, ["a".to_owned()].into());
        assert!(!changes.shared && !changes.engagement_list);
        assert!(fingerprints.confirm(&engagement("a")).is_empty());

        fs::rename(content.join("b"), content.join("c")).unwrap();
        let changes = fingerprints.confirm(&engagement("b"));
        assert!(changes.engagement_list && changes.engagements == ["c".to_owned()].into());

        fs::create_dir_all(themes.join("x")).unwrap();
        fs::write(themes.join("x/style.css"), "p{}").unwrap();
        let hints = Hints {
            themes: true,
            ..Hints::default()
        };
        assert!(fingerprints.confirm(&hints).shared);
        assert!(fingerprints.confirm(&hints).is_empty());
    }
}
