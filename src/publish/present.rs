//! The site as it stands. The rule it guards: what the last build did not write is named, never replaced.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::diagnostic::Diagnostic;
use crate::files::identity::{Stamp, share_file_system};

use super::disk::Disk;
use super::marker;
use super::marker::{Marker, SiteId};
use super::plan::{Fate, folders_of};
use super::standing::{MadeFile, Standing};
use super::target::refusal;

/// The folder that is to be replaced: absent, empty or a site of ours.
#[derive(Debug)]
pub(super) struct Present {
    out: PathBuf,
    /// The paths of its files, the marker not among them.
    pub(super) files: BTreeSet<String>,
    /// How many folders there are, the site itself among them.
    folders: usize,
    /// Whether each of them is as a build makes it.
    are_folders_ours: bool,
    pub(super) marker: String,
}

impl Present {
    /// A folder that is not there.
    pub(super) fn absent(out: &Path) -> Self {
        Self {
            out: out.to_owned(),
            files: BTreeSet::new(),
            folders: 0,
            are_folders_ours: true,
            marker: String::new(),
        }
    }

    /// Reads the folder; refuses one that is not ours, and one that holds files the last build did not write.
    pub(super) fn read(disk: &Disk, out: &Path, site: &SiteId) -> Result<Self, Diagnostic> {
        let mut present = Self::absent(out);
        let Some(metadata) = disk.metadata(out)? else {
            return Ok(present);
        };
        if !metadata.is_dir() {
            return Err(refusal(
                out,
                "it is not a folder",
                "choose another folder with `--out`",
            ));
        }
        let mut strange = Vec::new();
        present.walk(disk, "", &metadata, &mut strange)?;
        if present.files.is_empty() && strange.is_empty() && present.folders == 1 {
            return Ok(present);
        }
        let marker = present.take_marker(disk, site)?;
        strange.extend(
            present
                .files
                .iter()
                .filter(|path| !marker.names(path))
                .cloned(),
        );
        if strange.is_empty() {
            Ok(present)
        } else {
            Err(unowned(out, strange))
        }
    }

    /// Whether a file stands there with these bytes, readable for everyone, as it would be written.
    pub(super) fn holds(&self, disk: &Disk, path: &str, bytes: &[u8]) -> Result<bool, Diagnostic> {
        Ok(self.files.contains(path) && disk.holds(&self.out.join(path), bytes)?)
    }

    /// Whether a file stands there as it was made, readable for everyone, as it would be written.
    pub(super) fn holds_made(
        &self,
        disk: &Disk,
        made: &MadeFile<'_>,
    ) -> Result<Option<Standing>, Diagnostic> {
        let MadeFile {
            path,
            digest,
            stamp,
            moment,
        } = *made;
        if !self.files.contains(path) {
            return Ok(None);
        }
        let place = self.out.join(path);
        let Some(metadata) = disk.as_made(&place)? else {
            return Ok(None);
        };
        let now = Stamp::from(&metadata).settled_before(moment);
        let now: Option<[u8; 32]> = now.map(|stamp| Sha256::digest(stamp).into());
        if now.is_some() && now == stamp {
            return Ok(Some(Standing { stamp: now }));
        }
        let mut found = marker::ContentDigest::of(path);
        disk.read_through(&place, |bytes| found.add(bytes))?;
        Ok((found.written() == digest).then_some(Standing { stamp: now }))
    }

    /// Whether it consists of these files and no more, all of them unchanged.
    pub(super) fn is_exactly(&self, files: &BTreeMap<String, Fate>, marker: &str) -> bool {
        let folders = files
            .keys()
            .flat_map(|path| folders_of(path))
            .chain([""])
            .collect::<BTreeSet<_>>();
        self.marker == marker
            && self.files.iter().eq(files.keys())
            // Every folder of a file is there, so as many are the same.
            && self.folders == folders.len()
            && self.are_folders_ours
    }

    /// Lists what is below `folder`; what no build writes (links, devices, other file systems) goes to `strange`.
    fn walk(
        &mut self,
        disk: &Disk,
        folder: &str,
        metadata: &std::fs::Metadata,
        strange: &mut Vec<String>,
    ) -> Result<(), Diagnostic> {
        self.folders += 1;
        self.are_folders_ours &= disk.is_as_made(metadata);
        let here = self.out.join(folder);
        for (name, kind) in disk.entries(&here)? {
            let path = if folder.is_empty() {
                String::new()
            } else {
                format!("{folder}/")
            };
            let Some(text) = name.to_str() else {
                strange.push(path + &name.to_string_lossy());
                continue;
            };
            let path = path + text;
            if kind.is_file() {
                self.files.insert(path);
            } else if kind.is_dir() {
                match disk.metadata(&here.join(text))? {
                    Some(below) if share_file_system(&below, metadata) => {
                        self.walk(disk, &path, &below, strange)?;
                    }
                    _ => strange.push(path),
                }
            } else {
                strange.push(path);
            }
        }
        Ok(())
    }

    /// Reads the marker and takes it from the list of files; refuses a folder without one of this site.
    fn take_marker(&mut self, disk: &Disk, site: &SiteId) -> Result<Marker, Diagnostic> {
        let hint = "choose an empty or new folder with `--out`, or empty this one yourself";
        // A link by that name is not among the files, so it counts as none.
        if !self.files.remove(marker::NAME) {
            return Err(refusal(
                &self.out,
                "it is not empty, and Loggia did not make it",
                hint,
            ));
        }
        self.marker =
            String::from_utf8_lossy(&disk.read(&self.out.join(marker::NAME))?).into_owned();
        let Some(marker) = Marker::parse(&self.marker) else {
            let reason = match marker::is_of_other_version(&self.marker) {
                true => "its `.loggia-site` is of another version of Loggia",
                false => "its `.loggia-site` is not one that this Loggia wrote",
            };
            return Err(refusal(&self.out, reason, hint));
        };
        if !marker.is_of(site) && marker.is_joined() {
            return Err(refusal(
                &self.out,
                "it holds several sites that were joined, and others than this one would be gone",
                "build into a folder of its own, and join the sites again with `loggia merge --sites`",
            ));
        }
        if !marker.is_of(site) {
            return Err(refusal(
                &self.out,
                "it holds a site that was made with another key",
                "choose another folder with `--out`; if it is the site of this content, bring back the key that it was made with: \
                 `loggia key` tells which one is here",
            ));
        }
        Ok(marker)
    }
}

/// How many files a message lists; a hundred would hide the sentence above them.
const LISTED: usize = 10;

fn unowned(out: &Path, mut strange: Vec<String>) -> Diagnostic {
    strange.sort();
    // A file's name may hold anything, also what a terminal would act on.
    let mut names = strange
        .iter()
        .take(LISTED)
        .map(|path| format!("`{}`", path.escape_debug()))
        .collect::<Vec<_>>()
        .join(", ");
    if strange.len() > LISTED {
        names += &format!(" and {} more", strange.len() - LISTED);
    }
    let reason = format!("publishing would delete what Loggia did not write: {names}");
    refusal(
        out,
        &reason,
        "move it to a folder of its own, or delete it yourself",
    )
}
