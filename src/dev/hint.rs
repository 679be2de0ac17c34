//! What an event of the file system may mean, and what has really changed.
//!
//! The rule it guards: an event is a hint and no more. Reading, editors' leavings, the key, and what a build writes are no hints, and
//! a hint causes a build only when what lies on disk is not what was there before.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;
use std::path::PathBuf;

use notify::Event;
use notify::EventKind;

use crate::pipeline::watching;

/// The folders that matter, as the system names them.
#[derive(Debug, Clone)]
pub(super) struct Places {
    /// The content folder.
    pub(super) content: PathBuf,
    /// The folder of themes beside it.
    pub(super) themes: PathBuf,
    /// The folder of the site, which is never looked at.
    pub(super) out: PathBuf,
}

/// Where something may have changed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Hints {
    /// Anywhere.
    pub(super) everywhere: bool,
    /// In loggia.toml, or beside it.
    pub(super) book: bool,
    /// In a theme.
    pub(super) themes: bool,
    /// In these engagements.
    pub(super) engagements: BTreeSet<String>,
}

/// What has changed.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Touched {
    /// What all pages depend on: loggia.toml, a theme, the day.
    pub(super) look: bool,
    /// Which engagements there are.
    pub(super) listing: bool,
    /// These engagements.
    pub(super) engagements: BTreeSet<String>,
}

impl Touched {
    /// Whether nothing has.
    pub(super) fn is_empty(&self) -> bool {
        !self.look && !self.listing && self.engagements.is_empty()
    }

    /// Both together.
    pub(super) fn merge(&mut self, other: &Self) {
        self.look |= other.look;
        self.listing |= other.listing;
        self.engagements.extend(other.engagements.iter().cloned());
    }
}

impl Hints {
    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds what an event may mean. Returns whether it may mean anything.
    pub(super) fn add(&mut self, event: &Event, places: &Places) -> bool {
        // Reading a file is an event too: a build that heeded it would never end.
        if matches!(event.kind, EventKind::Access(_)) {
            return false;
        }
        if event.need_rescan() || event.paths.is_empty() {
            self.everywhere = true;
            return true;
        }
        let mut is_hint = false;
        for path in &event.paths {
            is_hint |= self.add_path(path, places);
        }
        is_hint
    }

    fn add_path(&mut self, path: &Path, places: &Places) -> bool {
        if path.starts_with(&places.out) {
            return false;
        }
        if let Ok(inside) = path.strip_prefix(&places.content) {
            let names: Vec<&OsStr> = inside.iter().collect();
            if names.iter().any(|name| is_passed_over(name)) {
                return false;
            }
            match names[..] {
                [] => self.everywhere = true,
                [name] if name == "loggia.key" => return false,
                [name] => {
                    self.book = true;
                    let name = name.to_string_lossy().into_owned();
                    self.engagements.insert(name);
                }
                [name, ..] => {
                    let name = name.to_string_lossy().into_owned();
                    self.engagements.insert(name);
                }
            }
            return true;
        }
        if let Ok(inside) = path.strip_prefix(&places.themes) {
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

/// What was on disk when it was last looked at.
pub(super) struct Traces {
    content: PathBuf,
    themes: PathBuf,
    book: [u8; 32],
    theme: [u8; 32],
    engagements: BTreeMap<String, [u8; 32]>,
}

impl Traces {
    /// Looks at everything.
    pub(super) fn taken(content: &Path, themes: &Path) -> Self {
        let mut traces = Self {
            content: content.to_owned(),
            themes: themes.to_owned(),
            book: [0; 32],
            theme: [0; 32],
            engagements: BTreeMap::new(),
        };
        let everywhere = Hints {
            everywhere: true,
            ..Hints::default()
        };
        traces.confirm(&everywhere);
        traces
    }

    /// Looks where the hints point, and returns what is not as it was.
    pub(super) fn confirm(&mut self, hints: &Hints) -> Touched {
        let mut touched = Touched::default();
        if hints.everywhere || hints.book {
            let book = watching::trace_of_book(&self.content);
            touched.look |= book != std::mem::replace(&mut self.book, book);
        }
        if hints.everywhere || hints.themes {
            let theme = watching::trace_of_theme(&self.themes);
            touched.look |= theme != std::mem::replace(&mut self.theme, theme);
        }
        let there: BTreeSet<String> = watching::folders(&self.content).into_iter().collect();
        let known: BTreeSet<String> = self.engagements.keys().cloned().collect();
        for gone in known.difference(&there) {
            self.engagements.remove(gone);
            touched.listing = true;
        }
        for id in &there {
            let is_new = !known.contains(id);
            if is_new || hints.everywhere || hints.engagements.contains(id) {
                let trace = watching::trace_of_engagement(&self.content, id);
                if self.engagements.insert(id.clone(), trace) != Some(trace) {
                    touched.engagements.insert(id.clone());
                    touched.listing |= is_new;
                }
            }
        }
        touched
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::path::PathBuf;

    use notify::Event;
    use notify::EventKind;
    use notify::event::AccessKind;
    use notify::event::CreateKind;
    use notify::event::DataChange;
    use notify::event::Flag;
    use notify::event::ModifyKind;
    use notify::event::RemoveKind;
    use notify::event::RenameMode;

    use super::Hints;
    use super::Places;
    use super::Touched;
    use super::Traces;

    const WRITE: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const CREATE: EventKind = EventKind::Create(CreateKind::File);
    const REMOVE: EventKind = EventKind::Remove(RemoveKind::File);
    const RENAME: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::Both));

    /// What a list of events hints at.
    fn hints(events: &[(EventKind, &[&str])]) -> Hints {
        let places = Places {
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
            hints.add(&event, &places);
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
        let places = Places {
            content: PathBuf::from("/w/content"),
            themes: PathBuf::from("/w/themes"),
            out: PathBuf::from("/w/site"),
        };
        let mut hints = Hints::default();
        assert!(hints.add(&event, &places) && hints.everywhere);
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
        let mut traces = Traces::taken(&content, &themes);
        let everywhere = Hints {
            everywhere: true,
            ..Hints::default()
        };
        assert_eq!(traces.confirm(&everywhere), Touched::default());

        fs::write(content.join("a/engagement.toml"), "other").unwrap();
        assert!(traces.confirm(&engagement("b")).is_empty());
        let touched = traces.confirm(&engagement("a"));
        assert_eq!(touched.engagements, ["a".to_owned()].into());
        assert!(!touched.look && !touched.listing);
        assert!(traces.confirm(&engagement("a")).is_empty());

        fs::rename(content.join("b"), content.join("c")).unwrap();
        let touched = traces.confirm(&engagement("b"));
        assert!(touched.listing && touched.engagements == ["c".to_owned()].into());

        fs::create_dir_all(themes.join("x")).unwrap();
        fs::write(themes.join("x/style.css"), "p{}").unwrap();
        let hints = Hints {
            themes: true,
            ..Hints::default()
        };
        assert!(traces.confirm(&hints).look);
        assert!(traces.confirm(&hints).is_empty());
    }
}
