//! What folders are like on the disk, as digests: whoever finds the same digest again finds the same files.
//!
//! The rules it guards: a file counts by its stamp only where that tells for good that nothing changed, else by what is in it. So a
//! change within one tick of the clock, or on a system that does not tell which file is which, is not missed. And nothing is looked at
//! here that the build would not look at: of `files/` what texts show, of notes nothing but for the audit.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};
use walkdir::{DirEntry, WalkDir};

use crate::content::folder::inputs::{Entry, Inputs};
use crate::engagement::kind::ItemKind;
use crate::files::below::open_below;
use crate::files::identity::Stamp;
use crate::pipeline::watching;

/// How long before a look a file must have changed last for its stamp to tell of a change after it: the coarsest clock of a file system
/// in use ticks every two seconds.
const TICK: Duration = Duration::from_secs(3);

/// Whether notes are opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notes {
    /// The audit reads them, so they count like all other files.
    Read,
    /// No build without an audit looks at one.
    Closed,
}

/// The moment before which files must have changed last for their stamps to count from now on, in seconds since 1970.
pub(super) fn settled_now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let since = since.unwrap_or_default().saturating_sub(TICK);
    since.as_secs()
}

/// Everything in the folder of an engagement that a build looks at, as two digests: one for each of two moments before which stamps
/// count.
#[derive(Clone)]
pub(super) struct FolderMarks {
    digests: [Sha256; 2],
    moments: [u64; 2],
    is_unsettled: bool,
}

impl FolderMarks {
    /// Looks at the folder `id`, of which `inputs` tells what lies there: all but what texts show. Nothing where anything cannot be
    /// looked at.
    pub(super) fn of(
        (content, inputs): (&Path, &Inputs),
        id: &str,
        notes: Notes,
        moments: [u64; 2],
    ) -> Option<Self> {
        let folder = &content.join(id);
        let mut marks = Self {
            digests: [Sha256::new(), Sha256::new()],
            moments,
            is_unsettled: false,
        };
        for (path, entry) in inputs.of_engagement(id) {
            marks.add(path.as_bytes());
            match entry {
                Entry::Folder => marks.add(b"folder"),
                Entry::Named => marks.add(b"file"),
                Entry::Read(stamp) | Entry::Record(stamp) => {
                    marks.add(b"file");
                    marks.add_file((folder, path), &stamp?)?;
                }
                Entry::Other => return None,
            }
        }
        match notes {
            Notes::Read => marks.add_notes(folder)?,
            Notes::Closed => {}
        }
        Some(marks)
    }

    /// Adds a file that texts show.
    pub(super) fn add_shown(&mut self, folder: &Path, path: &str) -> Option<()> {
        let found = fs::symlink_metadata(folder.join(path)).ok()?;
        self.add(path.as_bytes());
        self.add_file((folder, path), &Stamp::from(&found))
    }

    /// Adds a file that texts show and that held this when it was read, a moment ago.
    pub(super) fn add_read(&mut self, folder: &Path, path: &str, hash: [u8; 32]) -> Option<()> {
        let found = fs::symlink_metadata(folder.join(path)).ok()?;
        self.add(path.as_bytes());
        self.add_stamped(&Stamp::from(&found), || Some(hash))
    }

    /// The two digests, and whether stamps were not enough for the first of them.
    pub(super) fn digests(self) -> ([[u8; 32]; 2], bool) {
        let digests = self.digests.map(|digest| digest.finalize().into());
        (digests, self.is_unsettled)
    }

    fn add_notes(&mut self, folder: &Path) -> Option<()> {
        let place = ItemKind::Note.place();
        if !folder.join(place).is_dir() {
            return Some(());
        }
        for entry in seen(&folder.join(place)) {
            let entry = entry.ok()?;
            let inside = entry.path().strip_prefix(folder).ok()?.to_str()?;
            self.add(inside.as_bytes());
            if entry.file_type().is_file() {
                let found = entry.metadata().ok()?;
                self.add_file((folder, inside), &Stamp::from(&found))?;
            } else if !entry.file_type().is_dir() {
                return None;
            }
        }
        Some(())
    }

    fn add_file(&mut self, (folder, path): (&Path, &str), stamp: &Stamp) -> Option<()> {
        self.add_stamped(stamp, || hash_of(folder, path).ok())
    }

    fn add_stamped(
        &mut self,
        stamp: &Stamp,
        read: impl FnOnce() -> Option<[u8; 32]>,
    ) -> Option<()> {
        let [then, now] = self.moments.map(|moment| {
            let moment = SystemTime::UNIX_EPOCH + Duration::from_secs(moment);
            stamp.settled_before(moment)
        });
        self.is_unsettled |= then.is_none();
        let hash = match then.is_none() || now.is_none() {
            true => read()?,
            false => [0; 32],
        };
        for (digest, stamp) in self.digests.iter_mut().zip([then, now]) {
            add(digest, stamp.as_deref().unwrap_or(&hash));
        }
        Some(())
    }

    fn add(&mut self, bytes: &[u8]) {
        for digest in &mut self.digests {
            add(digest, bytes);
        }
    }
}

/// The digest of what all engagements share: what lies beside loggia.toml, and the theme, by what is in the files.
pub(super) fn shared(
    (content, inputs): (&Path, &Inputs),
    theme: Option<&Path>,
) -> Option<[u8; 32]> {
    let mut digest = Sha256::new();
    for (name, entry) in inputs.beside() {
        match entry {
            Entry::Read(_) => {
                add(&mut digest, name.as_bytes());
                add(&mut digest, &hash_of(content, name).ok()?);
            }
            Entry::Folder | Entry::Named | Entry::Record(_) => {}
            Entry::Other => return None,
        }
    }
    for entry in theme.map(seen).into_iter().flatten() {
        let entry = entry.ok()?;
        let inside = entry.path().strip_prefix(theme?).ok()?.to_str()?;
        add(&mut digest, inside.as_bytes());
        if entry.file_type().is_file() {
            add(&mut digest, &hash_of(theme?, inside).ok()?);
        } else if !entry.file_type().is_dir() {
            return None;
        }
    }
    Some(digest.finalize().into())
}

/// Everything in a folder in the order of the names, but for what is passed over.
fn seen(folder: &Path) -> impl Iterator<Item = walkdir::Result<DirEntry>> {
    let walk = WalkDir::new(folder).min_depth(1).sort_by_file_name();
    let is_seen = |entry: &DirEntry| {
        entry.depth() == 0 || !watching::is_passed_over(&entry.file_name().to_string_lossy())
    };
    walk.into_iter().filter_entry(is_seen)
}

/// Adds bytes behind their length, so that no two lists are the same bytes.
fn add(digest: &mut Sha256, bytes: &[u8]) {
    digest.update((bytes.len() as u64).to_be_bytes());
    digest.update(bytes);
}

fn hash_of(folder: &Path, inside: &str) -> io::Result<[u8; 32]> {
    let mut file = open_below(folder, inside).map_err(|_| io::ErrorKind::Other)?;
    let mut digest = Sha256::new();
    io::copy(&mut file, &mut Writer(&mut digest))?;
    Ok(digest.finalize().into())
}

/// A digest that is written to.
struct Writer<'a>(&'a mut Sha256);

impl io::Write for Writer<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{FolderMarks, Notes, settled_now, shared};
    use crate::content::folder::inputs::Inputs;

    /// The digest of the engagement `nyah` in a content folder.
    fn look(content: &Path, notes: Notes, moment: u64) -> Option<[u8; 32]> {
        let inputs = Inputs::of(content);
        let marks = FolderMarks::of((content, &inputs), "nyah", notes, [moment; 2]);
        marks.map(|marks| marks.digests().0[0])
    }

    #[test]
    fn a_change_within_one_tick_of_the_clock_is_noticed() {
        let content = tempfile::tempdir().unwrap();
        let file = content.path().join("nyah/goals/a.md");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, "0").unwrap();
        let look = || look(content.path(), Notes::Read, settled_now()).unwrap();
        let mut before = look();
        for number in 1..500 {
            // The same length, and mostly the same times.
            fs::write(&file, (number % 10).to_string()).unwrap();
            let now = look();
            assert_ne!(now, before);
            before = now;
        }
    }

    #[test]
    fn whatever_changes_in_a_folder_is_noticed_and_nothing_else() {
        let content = tempfile::tempdir().unwrap();
        let path = |name: &str| content.path().join("nyah").join(name);
        fs::create_dir(path("")).unwrap();
        let mut seen = Vec::new();
        let mut is_new = |what: &str| {
            // No file changed before 1970, so no stamp counts.
            let digest = look(content.path(), Notes::Read, 0).unwrap();
            assert_eq!(look(content.path(), Notes::Read, 0), Some(digest));
            assert!(!seen.contains(&digest), "{what}");
            seen.push(digest);
        };
        is_new("nothing");
        fs::write(path("a"), "b").unwrap();
        is_new("a file");
        fs::rename(path("a"), path("b")).unwrap();
        is_new("another name");
        fs::create_dir(path("a")).unwrap();
        is_new("a folder");
        fs::rename(path("b"), path("a/b")).unwrap();
        is_new("another place");
        fs::write(path("a/b"), "c").unwrap();
        is_new("other words");
        fs::write(path("share.lock"), "").unwrap();
        is_new("a record");
        fs::create_dir(path("files")).unwrap();
        fs::write(path("files/a.png"), "1").unwrap();
        is_new("a picture");
        fs::create_dir_all(path("notes/old")).unwrap();
        fs::write(path("notes/old/a.md"), "1").unwrap();
        is_new("a note");
        fs::write(path("notes/old/a.md"), "2").unwrap();
        is_new("other words in a note");
        let before = look(content.path(), Notes::Read, 0);
        for unseen in [".hidden", "a/b~", "notes/old/.a.md.swp"] {
            fs::write(path(unseen), "").unwrap();
        }
        fs::write(path("files/a.png"), "2").unwrap();
        assert_eq!(look(content.path(), Notes::Read, 0), before);
        std::os::unix::fs::symlink("a/b", path("link")).unwrap();
        assert_eq!(look(content.path(), Notes::Read, 0), None);
    }

    #[test]
    fn what_texts_show_counts_as_it_was_read() {
        let content = tempfile::tempdir().unwrap();
        let folder = content.path().join("nyah");
        fs::create_dir_all(folder.join("files")).unwrap();
        fs::write(folder.join("files/a.png"), "1").unwrap();
        let with = |add: &dyn Fn(&mut FolderMarks) -> Option<()>| {
            let inputs = Inputs::of(content.path());
            let place = (content.path(), &inputs);
            let mut marks = FolderMarks::of(place, "nyah", Notes::Closed, [0; 2]).unwrap();
            add(&mut marks).map(|()| marks.digests().0[0])
        };
        let shown = || with(&|marks| marks.add_shown(&folder, "files/a.png"));
        let one = shown();
        assert!(one.is_some());
        let hash = super::hash_of(&folder, "files/a.png").unwrap();
        assert_eq!(
            with(&|marks| marks.add_read(&folder, "files/a.png", hash)),
            one
        );
        fs::write(folder.join("files/a.png"), "2").unwrap();
        assert_ne!(shown(), one);
        fs::remove_file(folder.join("files/a.png")).unwrap();
        assert_eq!(shown(), None);
    }

    #[test]
    fn notes_are_looked_at_only_for_the_audit() {
        let content = tempfile::tempdir().unwrap();
        let notes = content.path().join("nyah/notes");
        fs::create_dir_all(&notes).unwrap();
        fs::write(notes.join("a.md"), "one").unwrap();
        let looks =
            || [Notes::Closed, Notes::Read].map(|notes| look(content.path(), notes, settled_now()));
        let [closed, read] = looks();
        fs::write(notes.join("a.md"), "two").unwrap();
        fs::write(notes.join("b.md"), "").unwrap();
        let [still, now] = looks();
        assert!(closed.is_some() && closed == still && read != now);
    }

    #[test]
    fn beside_the_engagements_keys_and_records_do_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let look = || shared((folder.path(), &Inputs::of(folder.path())), None);
        fs::write(path("loggia.toml"), "a").unwrap();
        let before = look();
        for name in [
            "loggia.key",
            "answers.key.old",
            ".answers.key.new",
            "links.lock",
            "loggia.toml~",
        ] {
            fs::write(path(name), "b").unwrap();
        }
        fs::create_dir_all(path("nyah/notes")).unwrap();
        assert!(before.is_some());
        assert_eq!(look(), before);
        fs::write(path("loggia.toml"), "b").unwrap();
        assert_ne!(look(), before);
    }
}
