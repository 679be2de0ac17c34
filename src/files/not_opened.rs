//! Why a file is not opened.

use std::io;

/// Why a file was not opened.
#[derive(Debug)]
pub enum NotOpened {
    /// The file, or a folder on the way to it, is a symbolic link; or something on the way is no folder.
    Linked,
    /// The system's own reason.
    Failed(io::Error),
}
