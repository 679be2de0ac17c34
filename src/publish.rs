//! Writes the sealed files of a site to a folder, all of them or none.
//!
//! The rule it guards: whoever reads the site meets the last published one or this one, never a mixture and never less, even
//! when the build is killed; and no file is deleted that an earlier build did not write.

mod target;

mod present;
pub mod replace;
pub mod standing;
pub mod together;

mod marker;

mod swap;

mod disk;
pub mod drafts;
mod plan;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::access::{Sealed, site_path};
use crate::diagnostic::Diagnostic;
use crate::files::sync::OpenFolder;

use disk::{Disk, Lock};
use marker::{Marker, SiteId};
use plan::{Fate, Plan, folders_of};
use present::Present;
use standing::{MadeFile, Standing};
use target::Target;

/// A site being staged beside the folder it will replace.
///
/// Dropped before [`Publication::publish`], it takes the staged files away again and leaves the present site as it is.
#[derive(Debug)]
pub struct Publication {
    disk: Disk,
    target: Target,
    site: SiteId,
    present: Present,
    plan: Mutex<Plan>,
    // Opened before anything is written: Linux reports a failed write-back only to handles older than the failure.
    parent: OpenFolder,
    // Last, so that the lock is given back after the staged files are gone.
    _lock: Lock,
}

/// A site, the same for every build of it.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// What tells it from other sites.
    pub name: &'a str,
    /// What nobody else knows: with it nobody can tell how many files there are.
    pub secret: &'a str,
}

/// What a publication did, in files.
#[derive(Debug, Default)]
pub struct Published {
    /// New files, and those with other bytes than before.
    pub written: usize,
    /// Files that were already there, and still are with their inode and times.
    pub unchanged: usize,
    /// Files of the last site that are no longer in this one.
    pub removed: usize,
    /// A warning when this site is out but the one before it could not be taken away from beside it.
    pub leftover: Option<Diagnostic>,
}

impl Publication {
    /// Starts a new site for `out`: checks that Loggia may own it, keeps other builders out and settles what a killed build
    /// left behind.
    ///
    /// `sources` are the folders that the site is made from: it is neither one of them, nor in one, nor around one.
    pub fn begin(out: &Path, sources: &[&Path], site: Site<'_>) -> Result<Self, Diagnostic> {
        Self::begin_after(out, sources, site, &[])
    }

    /// Does the same for a site that had other names before: it also takes the place of a folder that has one of these.
    pub fn begin_after(
        out: &Path,
        sources: &[&Path],
        site: Site<'_>,
        earlier: &[String],
    ) -> Result<Self, Diagnostic> {
        let target = Target::of(out, sources, std::env::home_dir().as_deref())?;
        let site = SiteId::of(site.name, site.secret).with_earlier(earlier);
        Self::begin_as(Disk::default(), target, site)
    }

    /// Does the same for several sites that are joined, each as it was built.
    pub fn begin_joined(
        out: &Path,
        sources: &[&Path],
        sites: &[&Ownership],
    ) -> Result<Self, Diagnostic> {
        let target = Target::of(out, sources, std::env::home_dir().as_deref())?;
        let markers: Vec<&Marker> = sites.iter().map(|site| &site.0).collect();
        Self::begin_as(Disk::default(), target, SiteId::of_joined(&markers))
    }

    #[cfg(test)]
    fn begin_on(disk: Disk, target: Target, site: Site<'_>) -> Result<Self, Diagnostic> {
        Self::begin_as(disk, target, SiteId::of(site.name, site.secret))
    }

    fn begin_as(disk: Disk, target: Target, site: SiteId) -> Result<Self, Diagnostic> {
        let lock = disk.lock(&target.lock, &target.out)?;
        let parent = disk.open_folder(&target.parent)?;
        swap::restore(&disk, &target, &parent)?;
        let present = Present::read(&disk, &target.out, &site)?;
        swap::settle(&disk, &target, &parent)?;
        let publication = Self {
            disk,
            target,
            site,
            present,
            plan: Mutex::default(),
            parent,
            _lock: lock,
        };
        publication
            .disk
            .create_folder(&publication.target.staging)?;
        publication.write_marker("")?;
        let staging = &publication.target.staging;
        publication
            .disk
            .learn_modes(&staging.join(marker::NAME), staging)?;
        Ok(publication)
    }

    /// Whether the site that it takes the place of was made with another key: then every link is another one.
    pub fn replaces_another_key(&self, name: &str) -> bool {
        let present = Ownership::parse(&self.present.marker);
        present.is_some_and(|present| !present.is_of(name))
    }

    /// The folders of the pages that are out, such as `p/<id>`.
    pub fn pages_out(&self) -> BTreeSet<String> {
        let page = |path: &String| site_path::page_folder(path).map(str::to_owned);
        self.present.files.iter().filter_map(page).collect()
    }

    /// Takes a file into the new site, and returns its [`content_digest`]; refuses a path that is already taken. May be called from many
    /// threads.
    pub fn put(&self, sealed: &Sealed) -> Result<String, Diagnostic> {
        let path = sealed.path().as_str();
        self.plan().claim(path)?;
        let fate = if self.present.holds(&self.disk, path, sealed.bytes())? {
            Fate::Unchanged
        } else {
            self.make_folders(&mut self.plan().folders, path)?;
            self.disk
                .write_file(&self.target.staging.join(path), sealed.bytes())?;
            Fate::Written
        };
        let digest = content_digest(path, sealed.bytes());
        let mut plan = self.plan();
        plan.files.insert(path.to_owned(), fate);
        plan.digests.insert(digest.clone());
        Ok(digest)
    }

    /// Whether the present site holds a file as it was made, as it would be written; nothing if it does not.
    pub fn holds(&self, made: &MadeFile<'_>) -> Result<Option<Standing>, Diagnostic> {
        self.present.holds_made(&self.disk, made)
    }

    /// Takes a file of the present site into the new one, which [`Self::holds`] has found there; refuses a path that is already taken.
    pub fn keep(&self, path: &str, digest: &str) -> Result<(), Diagnostic> {
        let mut plan = self.plan();
        plan.claim(path)?;
        plan.files.insert(path.to_owned(), Fate::Unchanged);
        plan.digests.insert(digest.to_owned());
        Ok(())
    }

    /// The [`content_digest`] of every file that it has taken so far.
    pub fn content_digests(&self) -> BTreeSet<String> {
        self.plan().digests.clone()
    }

    /// Puts the new site in the place of the present one, in one step. On an error the present site is as it was; if it
    /// already holds exactly this build, nothing is touched.
    pub fn publish(mut self) -> Result<Published, Diagnostic> {
        let plan = std::mem::take(&mut *self.plan());
        plan.refuse_unfinished()?;
        let Plan {
            files, mut folders, ..
        } = plan;
        // Read again: the build took time, and what someone laid into the site meanwhile must not be lost.
        self.present = Present::absent(&self.target.out);
        let present = Present::read(&self.disk, &self.target.out, &self.site)?;
        let marker = self.site.marker(files.keys()).to_string();
        let linked = files
            .iter()
            .filter(|(_, fate)| **fate == Fate::Unchanged)
            .map(|(path, _)| path)
            .collect::<Vec<_>>();
        let mut published = Published {
            written: files.len() - linked.len(),
            unchanged: linked.len(),
            removed: present
                .files
                .iter()
                .filter(|path| !files.contains_key(*path))
                .count(),
            leftover: None,
        };
        if published.written == 0 && present.is_exactly(&files, &marker) {
            return Ok(published);
        }
        for path in linked {
            self.make_folders(&mut folders, path)?;
            self.disk
                .link(&self.target.out.join(path), &self.target.staging.join(path))?;
        }
        self.write_marker(&marker)?;
        self.disk
            .sync_all_below(&self.parent, &self.target.staging)?;
        swap::swap(&self.disk, &self.target, &self.parent)?;
        let settled = swap::settle(&self.disk, &self.target, &self.parent);
        published.leftover = settled.err().map(|problem| leftover(&problem));
        Ok(published)
    }

    /// Makes the staged folders that a file stands in, except those that are `made`.
    fn make_folders(&self, made: &mut BTreeSet<String>, path: &str) -> Result<(), Diagnostic> {
        for folder in folders_of(path) {
            if !made.contains(folder) {
                self.disk.create_folder(&self.target.staging.join(folder))?;
                made.insert(folder.to_owned());
            }
        }
        Ok(())
    }

    fn write_marker(&self, text: &str) -> Result<(), Diagnostic> {
        self.disk
            .write_marker(&self.target.staging.join(marker::NAME), text.as_bytes())
    }

    fn plan(&self) -> MutexGuard<'_, Plan> {
        // A thread that panicked leaves `Begun` behind, which `publish` refuses.
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next `begin`.
        let _ = swap::clear(&self.disk, &self.target.staging);
    }
}

/// The name of the file that says which files of a folder are a build's.
pub const MARKER: &str = marker::NAME;

pub use marker::content_digest;

/// What the marker of a published folder says.
#[derive(Debug)]
pub struct Ownership(Marker);

impl Ownership {
    /// Reads the marker's text; anything that Loggia did not write is none.
    pub fn parse(text: &str) -> Option<Self> {
        Marker::parse(text).map(Self)
    }

    /// Whether a text that is no marker to this version is one of another.
    pub fn is_of_other_version(text: &str) -> bool {
        marker::is_of_other_version(text)
    }

    /// Whether the folder is the site with this name.
    pub fn is_of(&self, site: &str) -> bool {
        self.0.is_of_name(site)
    }

    /// Whether the folder holds several sites.
    pub fn is_joined(&self) -> bool {
        self.0.is_joined()
    }

    /// Whether one site is in both folders.
    pub fn meets(&self, other: &Self) -> bool {
        self.0.meets(&other.0)
    }

    /// Whether the file at `path` belongs to another site of the folder than the one with this name.
    pub fn names_for_other(&self, site: &str, path: &str) -> bool {
        self.0.names_for_other(site, path)
    }

    /// Whether the build that wrote the marker also wrote the file at `path`.
    pub fn names(&self, path: &str) -> bool {
        self.0.names(path)
    }
}

fn leftover(problem: &Diagnostic) -> Diagnostic {
    Diagnostic::warning(format!(
        "the site is out, but the one before it still stands beside it: {}",
        problem.message()
    ))
    .with_hint("the next build tries again; until then do not copy the hidden folder to a host")
}
