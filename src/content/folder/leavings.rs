//! Names of files that no build looks at.

use crate::content::folder::stand_in::StandIn;

/// Returns whether a name is a dotfile or what an editor leaves behind. What stands for another file is none.
pub(in crate::content) fn is_leaving(name: &str) -> bool {
    if let Some(stand_in) = StandIn::of(name)
        && !is_leaving(stand_in.original())
    {
        return false;
    }
    const ENDINGS: [&str; 13] = [
        "~",
        ".swp",
        ".swo",
        ".swx",
        ".bak",
        ".bck",
        ".orig",
        ".rej",
        ".tmp",
        ".part",
        ".crdownload",
        ".lock~",
        ".old",
    ];
    let lower = name.to_lowercase();
    name.starts_with('.')
        || name.starts_with("~$")
        || (name.starts_with('#') && name.ends_with('#'))
        || ENDINGS.iter().any(|ending| lower.ends_with(ending))
        || matches!(name, "4913" | "Thumbs.db" | "desktop.ini" | "Icon\r")
        || lower.contains("___jb_")
}

/// Returns whether a name is that of the link by which Emacs marks a file as being edited. It leads nowhere, and like any leaving it
/// is never opened.
pub(in crate::content) fn is_emacs_link(name: &str) -> bool {
    name.starts_with(".#")
}
