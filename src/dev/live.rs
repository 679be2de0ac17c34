//! News of builds for an open page: server-sent events, and only when what the page shows has changed.

use std::io;
use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use crate::dev::board::Board;
use crate::dev::route::Site;
use crate::dev::server::HEADERS;

/// How often something is written when there is no news: a page that has gone is noticed by it.
const PING: Duration = Duration::from_secs(2);

/// Tells the page at `path` of every build that changes it, until it goes.
pub(super) fn send(
    mut stream: &TcpStream,
    site: &Site,
    board: &Board,
    path: &str,
) -> io::Result<()> {
    let headers = HEADERS.map(|(name, value)| format!("{name}: {value}\r\n"));
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{}Connection: close\r\n\r\nretry: 500\n\n",
        headers.concat()
    );
    stream.write_all(head.as_bytes())?;
    let mut told = None;
    let mut number = None;
    loop {
        let snapshot = match number {
            None => board.present(),
            Some(number) => board.wait(number, PING),
        };
        let is_new = number != Some(snapshot.number);
        number = Some(snapshot.number);
        let state = is_new.then(|| site.state(&snapshot, path));
        drop(snapshot);
        match state.filter(|state| told.as_ref() != Some(state)) {
            None => stream.write_all(b": nothing new\n\n")?,
            Some(state) => {
                let (page, portal) = &state;
                let news = format!("data: {{\"page\":\"{page}\",\"portal\":\"{portal}\"}}\n\n");
                stream.write_all(news.as_bytes())?;
                told = Some(state);
            }
        }
    }
}
