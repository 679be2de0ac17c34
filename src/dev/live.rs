//! Server-sent events that tell an open page when what it shows has changed.

use std::io;
use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use crate::dev::current::CurrentSnapshot;
use crate::dev::response::HEADERS;
use crate::dev::route::Site;

/// How often a comment is sent when there is no event: writing fails once the page has been closed.
const PING: Duration = Duration::from_secs(2);

/// Sends an event for every build that changes the page at `path`, until the page is closed.
pub(super) fn send(
    mut stream: &TcpStream,
    site: &Site,
    current: &CurrentSnapshot,
    path: &str,
) -> io::Result<()> {
    let headers = HEADERS.map(|(name, value)| format!("{name}: {value}\r\n"));
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{}Connection: close\r\n\r\nretry: 500\n\n",
        headers.concat()
    );
    stream.write_all(head.as_bytes())?;
    let mut sent = None;
    let mut number = None;
    loop {
        let snapshot = match number {
            None => current.get(),
            Some(number) => current.wait(number, PING),
        };
        let is_new = number != Some(snapshot.number);
        number = Some(snapshot.number);
        let state = is_new.then(|| site.state(&snapshot, path));
        drop(snapshot);
        match state.filter(|state| sent.as_ref() != Some(state)) {
            None => stream.write_all(b": nothing new\n\n")?,
            Some(state) => {
                let (page, portal) = &state;
                let event = format!("data: {{\"page\":\"{page}\",\"portal\":\"{portal}\"}}\n\n");
                stream.write_all(event.as_bytes())?;
                sent = Some(state);
            }
        }
    }
}
