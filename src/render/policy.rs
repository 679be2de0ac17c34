//! How a content security policy names a script or a style sheet that stands in the page.

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

/// The source that allows exactly `text`, by its hash.
pub fn source_of(text: &str) -> String {
    let hash = BASE64.encode(&Sha256::digest(unix_lines(text)));
    format!("'sha256-{hash}'")
}

/// The text with the line ends that a browser reads and hashes, whatever the file has.
pub fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}
