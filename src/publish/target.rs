//! Where a site may be written. The rule it guards: a folder that could hold anything but a site is refused by name.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::files::identity::{Identity, is_mount_root, share_file_system};
use crate::publish::marker;

/// The folder of the site, and the names beside it that publishing uses.
#[derive(Debug)]
pub(super) struct Target {
    /// The site itself.
    pub(super) out: PathBuf,
    /// The folder that holds all the others.
    pub(super) parent: PathBuf,
    /// The site that is being made; after an exchange, the one before it.
    pub(super) staging: PathBuf,
    /// The last site, where it had to be moved aside.
    pub(super) old: PathBuf,
    /// Stands as long as `old` is whole and may have to come back.
    pub(super) journal: PathBuf,
    /// Held by the one build that may write. It stays: deleting a lock file lets two builders in.
    pub(super) lock: PathBuf,
}

impl Target {
    /// Checks `out`; `home` is passed in because it comes from the environment.
    pub(super) fn of(
        out: &Path,
        sources: &[&Path],
        home: Option<&Path>,
    ) -> Result<Self, Diagnostic> {
        let out = real_path(out)?;
        let (Some(parent), Some(name)) = (out.parent(), out.file_name()) else {
            return Err(refusal(
                &out,
                "it is the root of the file system",
                ELSEWHERE,
            ));
        };
        if name.to_string_lossy().contains(".loggia-") {
            return Err(refusal(
                &out,
                "Loggia uses this name itself while it publishes",
                ELSEWHERE,
            ));
        }
        for source in sources {
            let source = source
                .canonicalize()
                .map_err(|reason| Diagnostic::cannot_read(source, &reason))?;
            refuse_source(&out, parent, &source)?;
        }
        if let Some(site) = site_around(parent) {
            let name = site.file_name().unwrap_or_default().display();
            let reason = format!("it is inside `{name}`, which is a site");
            return Err(refusal(&out, &reason, "publish beside it"));
        }
        if home.is_some_and(|home| is_within(home, &out)) {
            return Err(refusal(
                &out,
                "it is, or holds, your home folder",
                ELSEWHERE,
            ));
        }
        if fs::symlink_metadata(out.join(".git")).is_ok() {
            return Err(refusal(
                &out,
                "it holds a git repository",
                "publish to a folder inside or beside it",
            ));
        }
        if is_mount_point(&out, parent)? {
            return Err(refusal(
                &out,
                "it is a mount point and cannot be exchanged",
                "publish to a folder inside it",
            ));
        }
        let beside = |role: &str| parent.join(name_beside(name, role));
        Ok(Self {
            parent: parent.to_owned(),
            staging: beside("new"),
            old: beside("old"),
            journal: beside("journal"),
            lock: beside("lock"),
            out,
        })
    }
}

const ELSEWHERE: &str = "choose a folder of its own for the site with `--out`";

/// Says why nothing is written to `out`, and what to do.
pub(super) fn refusal(out: &Path, reason: &str, hint: &str) -> Diagnostic {
    Diagnostic::error(format!("cannot publish to `{}`: {reason}", out.display())).with_hint(hint)
}

/// The path without links in it; refuses one that ends in a link or in something that is not a folder.
fn real_path(out: &Path) -> Result<PathBuf, Diagnostic> {
    // Without this a closing slash would make the system look through a link.
    let out = out.components().collect::<PathBuf>();
    match fs::symlink_metadata(&out) {
        Ok(metadata) if metadata.is_symlink() => Err(refusal(
            &out,
            "it is a symbolic link",
            "name the folder that it points to",
        )),
        Ok(metadata) if !metadata.is_dir() => Err(refusal(&out, "it is not a folder", ELSEWHERE)),
        Ok(_) => out
            .canonicalize()
            .map_err(|reason| Diagnostic::cannot_read(&out, &reason)),
        Err(_) => {
            let Some(name) = out.file_name() else {
                return Err(refusal(&out, "there is no such folder", ELSEWHERE));
            };
            let parent = out
                .parent()
                .filter(|parent| !parent.as_os_str().is_empty())
                .unwrap_or(Path::new("."));
            // A parent that is not there is most often a typing error or a disk that is not mounted.
            let missing = |_| {
                refusal(
                    &out,
                    "the folder around it does not exist",
                    "create that folder first",
                )
            };
            Ok(parent.canonicalize().map_err(missing)?.join(name))
        }
    }
}

/// Refuses the content folder, what is in it and what it is in.
fn refuse_source(out: &Path, parent: &Path, source: &Path) -> Result<(), Diagnostic> {
    let hint = "publish beside what the site is made from, not around it or in it";
    let name = source.file_name().unwrap_or_default().display();
    if is_within(source, out) {
        let reason = format!("it is, or holds, `{name}`, from which the site is made");
        return Err(refusal(out, &reason, hint));
    }
    if is_within(parent, source) {
        let reason = format!("it is inside `{name}`, from which the site is made");
        return Err(refusal(out, &reason, hint));
    }
    Ok(())
}

/// The published site that a folder is, or lies in; the folder need not be there yet.
pub(super) fn site_around(folder: &Path) -> Option<PathBuf> {
    let folder = real_folder(folder);
    let mut around = folder.ancestors();
    let site = around.find(|folder| fs::symlink_metadata(folder.join(marker::NAME)).is_ok());
    site.map(Path::to_owned)
}

/// The path without links of a folder that need not be there yet.
fn real_folder(folder: &Path) -> PathBuf {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    for there in whole.ancestors() {
        if let (Ok(real), Ok(rest)) = (there.canonicalize(), whole.strip_prefix(there)) {
            return real.join(rest);
        }
    }
    whole
}

/// Whether `inner` is `outer` or below it. Compares folders, not names: letter case and bind mounts give one folder two names.
pub(super) fn is_within(inner: &Path, outer: &Path) -> bool {
    let Some(outer) = Identity::of(outer) else {
        return false;
    };
    real_folder(inner)
        .ancestors()
        .any(|folder| Identity::of(folder) == Some(outer))
}

/// Whether something is mounted at `out`, which may be absent.
fn is_mount_point(out: &Path, parent: &Path) -> Result<bool, Diagnostic> {
    let Ok(here) = fs::symlink_metadata(out) else {
        return Ok(false);
    };
    let above = fs::metadata(parent).map_err(|reason| Diagnostic::cannot_read(parent, &reason))?;
    Ok(!share_file_system(&here, &above) || is_mount_root(out))
}

fn name_beside(name: &OsStr, role: &str) -> OsString {
    let mut beside = OsString::from(".");
    beside.push(name);
    beside.push(".loggia-");
    beside.push(role);
    beside
}
