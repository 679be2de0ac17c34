//! An answer as bytes: its fields, and what tiny_http writes of it.

use std::io;
use std::io::{Cursor, Write};
use std::net::TcpStream;

use tiny_http::{HTTPVersion, Header, Response, StatusCode};

/// An answer that is held in memory as a whole.
pub(super) type InMemory = Response<Cursor<Vec<u8>>>;

/// The fields of every answer: it is not stored, its type is not guessed, and no other site may use it.
pub(super) const HEADERS: [(&str, &str); 6] = [
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Robots-Tag", "noindex"),
];

/// The type of a page.
pub(super) const HTML: &str = "text/html; charset=utf-8";
/// The type of a text.
pub(super) const PLAIN: &str = "text/plain; charset=utf-8";
/// The policy of what loads nothing and runs nothing.
pub(super) const NO_SOURCES: &str = "default-src 'none'";

/// The answer where no more connections are taken.
pub(super) fn busy() -> InMemory {
    let words = "Too many pages are open. Close some.\n";
    response(503, PLAIN, NO_SOURCES, words)
}

/// An answer with the fields that each has, and the policy of its page.
pub(super) fn response(
    status: u16,
    kind: &str,
    policy: &str,
    bytes: impl Into<Vec<u8>>,
) -> InMemory {
    let bytes = bytes.into();
    let length = bytes.len();
    let own = [("Content-Type", kind), ("Content-Security-Policy", policy)];
    let headers = own.into_iter().chain(HEADERS);
    let headers = headers.map(|(name, value)| header(name, value)).collect();
    let status = StatusCode(status);
    Response::new(status, headers, Cursor::new(bytes), Some(length), None)
        .with_chunked_threshold(usize::MAX)
}

/// A field of a head.
pub(super) fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("a field of our own is well-formed")
}

/// Writes an answer to a connection that closes after it.
pub(super) fn send(mut stream: &TcpStream, response: InMemory, is_head: bool) -> io::Result<()> {
    let mut bytes = Vec::new();
    response.raw_print(&mut bytes, HTTPVersion(1, 1), &[], is_head, None)?;
    // tiny_http prints no such field. Without it a client may send its next request here before it sees the end.
    let status = bytes.windows(2).position(|two| two == b"\r\n");
    let next = status.map_or(0, |end| end + 2);
    bytes.splice(next..next, *b"Connection: close\r\n");
    stream.write_all(&bytes)
}
