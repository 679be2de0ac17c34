//! The files that hold keys, `loggia.key` and `answers.key`: made once, refused where others could read them.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Component, Path, PathBuf};
use std::time::Duration;
use std::{fs, io, thread};

use zeroize::Zeroizing;

use crate::access::key::Key;
use crate::diagnostic::Diagnostic;
use crate::files::below::NotOpened;
use crate::files::modes::{Readers, is_open_to_others};
use crate::files::{below, git};

/// A file beside `loggia.toml` that holds a key, with what is said where it is not as it has to be.
pub(super) struct KeyFile {
    /// The name of the file.
    pub(super) name: &'static str,
    /// What follows from the key.
    meaning: &'static str,
    /// What to do besides closing it where others may have read it.
    exposed: &'static str,
    /// What to put in the place of something that is no plain file.
    plain: &'static str,
    /// What to do where it holds no key.
    damaged: &'static str,
    /// What whoever has the repository can do, where git tracks it.
    tracked: &'static str,
    /// What to do about that besides taking it out of git.
    replaced: &'static str,
    /// What is lost without it.
    lost: &'static str,
    /// What to do where it cannot be made.
    unmade: &'static str,
    /// What is said where there is none, and what to do.
    absent: (&'static str, &'static str),
}

/// The key of a site.
pub(super) const SITE: KeyFile = KeyFile {
    name: "loggia.key",
    meaning: "all links follow from it",
    exposed: "if others may have read it, all links should be replaced",
    plain: "put the key file itself here, not a link to it, or give its 53 characters as `LOGGIA_KEY`",
    damaged: "bring it back from your backup; if there is none, move this file elsewhere and run `loggia key adopt`: every reader then needs a \
              new link",
    tracked: "whoever has the repository can open every portal",
    replaced: "if others have the repository, then run `loggia key rotate`, which makes a new key and new links for everyone",
    lost: "every reader needs a new link",
    unmade: "the first build makes `loggia.key`; where it cannot, give a key as `LOGGIA_KEY`",
    absent: (
        "there is no `loggia.key` here, and no `LOGGIA_KEY`",
        "links follow from the key of the site: bring it back from your backup, or set `LOGGIA_KEY`; only for a site that was never \
         published run `loggia build`, which makes the key, and if the key is lost run `loggia key adopt`",
    ),
};

/// The key that opens answers.
pub(super) const ANSWERS: KeyFile = KeyFile {
    name: "answers.key",
    meaning: "answers to asking pages open with it alone",
    exposed: "if others may have read it, run `loggia key answers --rotate`",
    plain: "put the key file itself here, not a link to it",
    damaged: "bring it back from your backup; if there is none, move this file elsewhere and run `loggia key answers`: what was sent so far \
              can then not be opened, and has to be sent again",
    tracked: "whoever has the repository can read answers",
    replaced: "if others have the repository, then run `loggia key answers --rotate`",
    lost: "no answer that was sent can be opened",
    unmade: "`loggia key answers` makes `answers.key` where answers are collected, and nowhere else",
    absent: (
        "there is no `answers.key` here, which opens answers",
        "it is on the machine where `loggia key answers` was run: bring it from there or from your backup; where no asking page was ever \
         published, run `loggia key answers`, which makes it",
    ),
};

/// More bytes than a key has: a file that is longer is something else.
const LONGEST: u64 = 128;

/// What stands between the name of a key's file and the name of a key that was replaced.
const OLD: &str = ".old-";

/// How long and how often a build waits for another one to write the key: half a second for 54 bytes.
const WAIT: Duration = Duration::from_millis(10);
const WAITS: u32 = 50;

impl KeyFile {
    /// Whether there is a key file, whatever it holds.
    pub(super) fn exists(&self, content_dir: &Path) -> bool {
        fs::symlink_metadata(content_dir.join(self.name)).is_ok()
    }

    /// Returns the key in the file, and makes the file if there is none.
    pub(super) fn open_or_make(
        &self,
        content_dir: &Path,
        out_dir: Option<&Path>,
    ) -> Result<Key, Diagnostic> {
        match self.open_present(content_dir, out_dir)? {
            Some(key) => Ok(key),
            None => Ok(self
                .make(&content_dir.join(self.name))?
                .with_notice(Some(self.made()))),
        }
    }

    /// Returns the keys that this one replaced, as they are kept beside it, by the names of their files.
    pub(super) fn old_ones(&self, content_dir: &Path) -> Result<Vec<Key>, Diagnostic> {
        let old = self.names_of_old_ones(content_dir)?;
        let old = old
            .iter()
            .map(|name| self.read_private(&content_dir.join(name)));
        old.collect()
    }

    /// Returns the names of the files of the keys that this one replaced.
    pub(super) fn names_of_old_ones(&self, content_dir: &Path) -> Result<Vec<String>, Diagnostic> {
        let start = format!("{}{OLD}", self.name);
        let cannot_read = |reason| Diagnostic::cannot_read(content_dir, &reason);
        let mut names = Vec::new();
        for entry in fs::read_dir(content_dir).map_err(cannot_read)? {
            let name = entry.map_err(cannot_read)?.file_name();
            names.extend(
                name.into_string()
                    .ok()
                    .filter(|name| name.starts_with(&start)),
            );
        }
        names.sort();
        Ok(names)
    }

    /// Returns the key in the file; a file that is not there is an error that says what to do.
    pub(super) fn open(
        &self,
        content_dir: &Path,
        out_dir: Option<&Path>,
    ) -> Result<Key, Diagnostic> {
        self.open_present(content_dir, out_dir)?
            .ok_or_else(|| self.absent())
    }

    /// Returns the key in the file, if there is a file.
    fn open_present(
        &self,
        content_dir: &Path,
        out_dir: Option<&Path>,
    ) -> Result<Option<Key>, Diagnostic> {
        let path = content_dir.join(self.name);
        if let Some(out_dir) = out_dir {
            self.refuse_inside(content_dir, out_dir)?;
        }
        self.refuse_tracked(content_dir)?;
        match fs::symlink_metadata(&path) {
            Ok(_) => Ok(Some(
                self.read_private(&path)?
                    .with_notice(self.not_ignored(content_dir)),
            )),
            Err(reason) if reason.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(reason) => Err(Diagnostic::cannot_read(&path, &reason)),
        }
    }

    /// What is said where there is no key.
    fn absent(&self) -> Diagnostic {
        let (problem, hint) = self.absent;
        Diagnostic::error(problem).with_hint(hint)
    }

    /// Reads a key file that only its owner can read.
    fn read_private(&self, path: &Path) -> Result<Key, Diagnostic> {
        let name = self.name;
        let found =
            fs::symlink_metadata(path).map_err(|reason| Diagnostic::cannot_read(path, &reason))?;
        if !found.is_file() {
            return Err(self.not_plain());
        }
        // Not followed even if a link took the file's place just now; what is asked and read from here on is the open file.
        let file = below::open(path).map_err(|reason| match reason {
            NotOpened::Linked => self.not_plain(),
            NotOpened::Failed(reason) => Diagnostic::cannot_read(path, &reason),
        })?;
        let metadata = file
            .metadata()
            .map_err(|reason| Diagnostic::cannot_read(path, &reason))?;
        if is_open_to_others(&metadata) {
            return Err(Diagnostic::error(format!(
                "`{name}` can be read by other users of this machine"
            ))
            .in_file(name)
            .with_hint(format!(
                "run `chmod 600 {}`; {}",
                path.display(),
                self.exposed
            )));
        }
        wait_for_text(&file);
        let text = read(file).map_err(|reason| Diagnostic::cannot_read(path, &reason))?;
        let text = text.strip_suffix('\n').unwrap_or(&text);
        Key::parse(text.strip_suffix('\r').unwrap_or(text)).ok_or_else(|| {
            Diagnostic::error(format!("`{name}` does not hold a key"))
                .in_file(name)
                .with_hint(self.damaged)
        })
    }

    /// The problem with a link, a folder or a device that has the name of the key file.
    fn not_plain(&self) -> Diagnostic {
        Diagnostic::error(format!("`{}` is not a plain file", self.name))
            .in_file(self.name)
            .with_hint(self.plain)
    }

    /// Makes a key and keeps it in a new file that only its owner can read.
    fn make(&self, path: &Path) -> Result<Key, Diagnostic> {
        let key = Key::make()?;
        let failed =
            |reason: io::Error| Diagnostic::cannot_write(path, &reason).with_hint(self.unmade);
        let made = Readers::Owner.writing().create_new(true).open(path);
        let mut file = match made {
            Ok(file) => file,
            // Another build was a moment faster.
            Err(reason) if reason.kind() == io::ErrorKind::AlreadyExists => {
                return self.read_private(path);
            }
            Err(reason) => return Err(failed(reason)),
        };
        let mut text = key.written();
        text.push('\n');
        let written = file
            .write_all(text.as_bytes())
            .and_then(|()| file.sync_all());
        if let Err(reason) = written {
            // Half a key would be refused as damaged from now on, and nothing depends on it yet.
            let _ = fs::remove_file(path);
            return Err(failed(reason));
        }
        Ok(key)
    }

    /// Refuses a content folder that is the output folder or lies in it: the key would be published.
    fn refuse_inside(&self, content_dir: &Path, out_dir: &Path) -> Result<(), Diagnostic> {
        let content = resolved(content_dir);
        if !content.starts_with(resolved(out_dir)) {
            return Ok(());
        }
        Err(Diagnostic::error(format!(
            "`{}` would lie inside the output folder `{}`",
            self.name,
            out_dir.display()
        ))
        .in_file(self.name)
        .with_hint("build into a folder of its own, which does not contain the content folder"))
    }

    /// What the coach should know about a new key.
    fn made(&self) -> Diagnostic {
        let Self {
            name,
            meaning,
            lost,
            ..
        } = self;
        Diagnostic::warning(format!("`{name}` is new: {meaning}"))
        .in_file(*name)
        .with_hint(format!(
            "keep a copy where only you can read it, since without it {lost}; if this folder is in git, add the line `{name}` to \
             `.gitignore`"
        ))
    }

    /// What the coach should know about a key that the next `git add` would take.
    fn not_ignored(&self, content_dir: &Path) -> Option<Diagnostic> {
        let name = self.name;
        git::would_take(content_dir, name).then(|| {
            Diagnostic::warning(format!(
                "git does not ignore `{name}`, so the next `git add` may take it"
            ))
            .in_file(name)
            .with_hint(format!("add the line `{name}` to `.gitignore`"))
        })
    }

    /// Refuses a key file that git tracks: everyone with the repository, and its history, would have it.
    fn refuse_tracked(&self, content_dir: &Path) -> Result<(), Diagnostic> {
        let Self {
            name,
            tracked,
            replaced,
            ..
        } = self;
        if !git::tracks(content_dir, &format!("{name}*")) {
            return Ok(());
        }
        Err(Diagnostic::error(format!("`{name}` is tracked by git, so {tracked}"))
        .in_file(*name)
        .with_hint(format!(
            "run `git rm --cached {name}`, add the line `{name}` to `.gitignore`, and commit both; {replaced}"
        )))
    }

    /// Refuses a key that would be kept under a name that git takes.
    pub(super) fn refuse_where_git_takes(
        &self,
        content_dir: &Path,
        name: &str,
    ) -> Result<(), Diagnostic> {
        if !git::would_take(content_dir, name) {
            return Ok(());
        }
        let problem = Diagnostic::error(format!(
            "the old key would be kept as `{name}`, and the next `git add` would take it"
        ));
        Err(problem.with_hint(format!(
            "add the line `{}*` to `.gitignore`, and run this again",
            self.name
        )))
    }
}

/// Waits as long as another build may take to write the file that it has just made; one that stays empty is damaged.
fn wait_for_text(file: &File) {
    for _ in 0..WAITS {
        if file.metadata().is_ok_and(|metadata| metadata.len() > 0) {
            return;
        }
        thread::sleep(WAIT);
    }
}

/// Reads a short file; what is no text or too long comes back as something that is no key.
fn read(file: File) -> io::Result<Zeroizing<String>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(
        usize::try_from(LONGEST).unwrap_or_default(),
    ));
    file.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(Zeroizing::new(
        std::str::from_utf8(&bytes).unwrap_or_default().to_owned(),
    ))
}

/// The real place of a path of which the last parts may not exist yet.
fn resolved(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut real = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(real.pop()),
            Component::Prefix(_)
            | Component::RootDir
            | Component::CurDir
            | Component::Normal(_) => real.push(part),
        }
        real = real.canonicalize().unwrap_or(real);
    }
    real
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::SITE;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;
    use std::process::Command;
    use tempfile::tempdir;

    /// The whole text of the problem with the key in `content_dir`.
    #[track_caller]
    fn problem(content_dir: &Path, out_dir: Option<&Path>) -> String {
        SITE.open_or_make(content_dir, out_dir)
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn first_build_makes_a_private_file_and_the_next_opens_it() {
        let folder = tempdir().unwrap();
        let made = SITE
            .open_or_make(folder.path(), Some(&folder.path().join("site")))
            .unwrap();
        let file = folder.path().join(SITE.name);
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(fs::read_to_string(&file).unwrap().len(), 54);
        let opened = SITE.open_or_make(folder.path(), None).unwrap();
        assert_eq!(made.fingerprint(), opened.fingerprint());
        let other = tempdir().unwrap();
        assert_ne!(
            made.fingerprint(),
            SITE.open_or_make(other.path(), None).unwrap().fingerprint()
        );
    }

    #[test]
    fn file_that_others_can_read_is_refused() {
        let folder = tempdir().unwrap();
        SITE.open_or_make(folder.path(), None).unwrap();
        let file = folder.path().join(SITE.name);
        for mode in [0o640, 0o604, 0o660, 0o644, 0o610, 0o601] {
            fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
            let text = problem(folder.path(), None);
            assert!(
                text.contains("other users") && text.contains("chmod 600"),
                "{text}"
            );
            assert!(!text.contains(fs::read_to_string(&file).unwrap().trim()));
        }
        fs::set_permissions(&file, fs::Permissions::from_mode(0o400)).unwrap();
        SITE.open_or_make(folder.path(), None).unwrap();
    }

    #[test]
    fn link_and_folder_are_refused() {
        let folder = tempdir().unwrap();
        let elsewhere = tempdir().unwrap();
        SITE.open_or_make(elsewhere.path(), None).unwrap();
        std::os::unix::fs::symlink(
            elsewhere.path().join(SITE.name),
            folder.path().join(SITE.name),
        )
        .unwrap();
        assert!(problem(folder.path(), None).contains("not a plain file"));
        fs::remove_file(folder.path().join(SITE.name)).unwrap();
        std::os::unix::fs::symlink("/nowhere", folder.path().join(SITE.name)).unwrap();
        assert!(problem(folder.path(), None).contains("not a plain file"));
        fs::remove_file(folder.path().join(SITE.name)).unwrap();
        fs::create_dir(folder.path().join(SITE.name)).unwrap();
        assert!(problem(folder.path(), None).contains("not a plain file"));
    }

    #[test]
    fn damaged_file_is_refused_and_kept() {
        let folder = tempdir().unwrap();
        let file = folder.path().join(SITE.name);
        SITE.open_or_make(folder.path(), None).unwrap();
        let good = fs::read_to_string(&file).unwrap();
        let damaged = [
            "",
            "\n",
            &good[1..],
            &good[..20],
            &good.to_uppercase(),
            &format!("{good}\n"),
            &"x".repeat(4000),
        ];
        for text in damaged {
            fs::write(&file, text).unwrap();
            let problem = problem(folder.path(), None);
            assert!(
                problem.contains("does not hold a key") && problem.contains("backup"),
                "{problem}"
            );
            assert!(text.trim().is_empty() || !problem.contains(text.trim()));
            assert_eq!(fs::read_to_string(&file).unwrap(), text);
        }
        fs::write(&file, [255; 53]).unwrap();
        assert!(problem(folder.path(), None).contains("does not hold a key"));
        fs::write(&file, good.replace('\n', "\r\n")).unwrap();
        SITE.open_or_make(folder.path(), None).unwrap();
    }

    #[test]
    fn key_inside_the_output_is_refused_before_it_is_made() {
        let folder = tempdir().unwrap();
        let content = folder.path().join("content");
        fs::create_dir(&content).unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("alias")).unwrap();
        for out in [
            "content",
            ".",
            "content/..",
            "alias",
            "alias/content",
            "content/site/..",
        ] {
            let text = problem(&content, Some(&folder.path().join(out)));
            assert!(text.contains("inside the output folder"), "{text}");
        }
        assert!(!content.join(SITE.name).exists());
        for out in ["content/site", "site", "contents", "content/new/site"] {
            SITE.open_or_make(&content, Some(&folder.path().join(out)))
                .unwrap();
        }
    }

    #[test]
    fn key_tracked_by_git_is_refused() {
        let folder = tempdir().unwrap();
        let content = folder.path().join("content");
        fs::create_dir(&content).unwrap();
        let git = |arguments: &[&str]| {
            let status = Command::new("git")
                .args(arguments)
                .current_dir(&content)
                .status();
            status.unwrap().success()
        };
        SITE.open_or_make(&content, None).unwrap();
        assert!(git(&["init", "-q", ".."]));
        SITE.open_or_make(&content, None).unwrap();
        assert!(git(&["add", SITE.name]));
        let text = problem(&content, None);
        assert!(
            text.contains("tracked by git") && text.contains("`.gitignore`"),
            "{text}"
        );
        fs::remove_file(content.join(SITE.name)).unwrap();
        assert!(problem(&content, None).contains("tracked by git"));
        assert!(git(&["rm", "-q", "--cached", SITE.name]));
        let made = SITE.open_or_make(&content, None).unwrap();
        assert!(
            made.notice()
                .unwrap()
                .to_string()
                .contains("`loggia.key` is new")
        );
        let exposed = SITE.open_or_make(&content, None).unwrap();
        assert!(
            exposed
                .notice()
                .unwrap()
                .to_string()
                .contains("git does not ignore `loggia.key`")
        );
        fs::write(folder.path().join(".gitignore"), "loggia.key\n").unwrap();
        assert!(
            SITE.open_or_make(&content, None)
                .unwrap()
                .notice()
                .is_none()
        );
    }
}
