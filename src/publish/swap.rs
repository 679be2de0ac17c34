//! The step from one site to the next. The rule it guards: it is undone or done, whenever it is interrupted.
//!
//! Linux and macOS exchange two folders in one operation. Where the file system cannot, the old site is moved aside and the
//! new one moved in, and between the two there is no site; a journal then says that the old one is whole and comes back.

use std::path::Path;

use crate::diagnostic::Diagnostic;
use crate::files::sync::OpenFolder;

use super::disk::{Disk, Exchange};
use super::marker;
use super::target::Target;

/// Puts the staged site in place. On an error the present one is there again.
pub(super) fn swap(disk: &Disk, target: &Target, parent: &OpenFolder) -> Result<(), Diagnostic> {
    let Target { out, staging, .. } = target;
    if disk.metadata(out)?.is_none() {
        disk.rename(staging, out)?;
        return disk.sync_folder(parent, &target.parent).inspect_err(|_| {
            let _ = disk.rename(out, staging);
            // What is staged is deleted next; by then its name must not be the site's on the disk either.
            let _ = disk.sync_folder(parent, &target.parent);
        });
    }
    match disk.exchange(staging, out)? {
        Exchange::Done => disk.sync_folder(parent, &target.parent).inspect_err(|_| {
            let _ = disk.exchange(staging, out);
            let _ = disk.sync_folder(parent, &target.parent);
        }),
        Exchange::Unsupported => swap_by_two_renames(disk, target, parent),
    }
}

/// Brings back the old site if a build was stopped after moving it aside and before moving the new one in.
pub(super) fn restore(disk: &Disk, target: &Target, parent: &OpenFolder) -> Result<(), Diagnostic> {
    let is_there = |path: &Path| disk.metadata(path).map(|metadata| metadata.is_some());
    if is_there(&target.journal)? && !is_there(&target.out)? && is_there(&target.old)? {
        disk.rename(&target.old, &target.out)?;
        disk.sync_folder(parent, &target.parent)?;
    }
    Ok(())
}

/// Takes away what a finished or stopped build left beside the site.
pub(super) fn settle(disk: &Disk, target: &Target, parent: &OpenFolder) -> Result<(), Diagnostic> {
    // In this order: while the journal stands, the old site counts as whole.
    if disk.metadata(&target.journal)?.is_some() {
        disk.remove_file(&target.journal)?;
        disk.sync_folder(parent, &target.parent)?;
    }
    clear(disk, &target.old)?;
    clear(disk, &target.staging)
}

/// Deletes one of Loggia's own folders, the marker last, so that half a folder is still known as ours.
pub(super) fn clear(disk: &Disk, folder: &Path) -> Result<(), Diagnostic> {
    let Some(metadata) = disk.metadata(folder)? else {
        return Ok(());
    };
    let in_the_way = || {
        Diagnostic::error(format!(
            "`{}` is in the way, and Loggia did not make it",
            folder.display()
        ))
        .with_hint("move it elsewhere; Loggia needs this name while it publishes")
    };
    if !metadata.is_dir() {
        return Err(in_the_way());
    }
    let mut entries = disk.entries(folder)?;
    entries.sort_by_key(|(name, _)| name == marker::NAME);
    if entries
        .last()
        .is_some_and(|(name, kind)| name != marker::NAME || !kind.is_file())
    {
        return Err(in_the_way());
    }
    for (name, kind) in entries {
        let path = folder.join(name);
        if kind.is_dir() {
            disk.remove_tree(&path)?;
        } else {
            disk.remove_file(&path)?;
        }
    }
    disk.remove_folder(folder)
}

fn swap_by_two_renames(
    disk: &Disk,
    target: &Target,
    parent: &OpenFolder,
) -> Result<(), Diagnostic> {
    move_aside_and_in(disk, target, parent).inspect_err(|_| {
        // If this fails too, the next `begin` does it.
        let _ = undo(disk, target, parent);
    })
}

fn move_aside_and_in(disk: &Disk, target: &Target, parent: &OpenFolder) -> Result<(), Diagnostic> {
    disk.write_file(
        &target.journal,
        b"loggia is exchanging two folders; the next `loggia build` ends it\n",
    )?;
    disk.sync_folder(parent, &target.parent)?;
    disk.rename(&target.out, &target.old)?;
    disk.rename(&target.staging, &target.out)?;
    disk.sync_folder(parent, &target.parent)
}

fn undo(disk: &Disk, target: &Target, parent: &OpenFolder) -> Result<(), Diagnostic> {
    let has_moved_in = disk.metadata(&target.staging)?.is_none();
    if has_moved_in {
        disk.rename(&target.out, &target.staging)?;
    }
    restore(disk, target, parent)?;
    disk.remove_file(&target.journal)
}
