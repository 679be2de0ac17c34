//! News of builds for an open page: server-sent events, and only when what the page shows has changed.

use std::io;
use std::io::Write;
use std::time::Duration;

use tiny_http::Request;

use crate::dev::board::Board;
use crate::dev::route::Site;
use crate::dev::server::HEADERS;

/// How often something is written when there is no news: a page that has gone is noticed by it.
const PING: Duration = Duration::from_secs(5);

/// Tells the page at `target` of every build that changes it, until it goes.
pub(super) fn stream(request: Request, site: &Site, board: &Board, target: &str) -> io::Result<()> {
    // A response of tiny_http would hold back small pieces.
    let mut writer = request.into_writer();
    write!(
        writer,
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
    )?;
    for (name, value) in HEADERS {
        write!(writer, "{name}: {value}\r\n")?;
    }
    write!(writer, "Connection: close\r\n\r\nretry: 500\n\n")?;
    let mut told = None;
    let mut number = None;
    loop {
        let snapshot = match number {
            None => board.present(),
            Some(number) => board.wait(number, PING),
        };
        let is_new = number != Some(snapshot.number);
        number = Some(snapshot.number);
        let state = is_new.then(|| site.state(&snapshot, target));
        match state.filter(|state| told.as_ref() != Some(state)) {
            None => writer.write_all(b": nothing new\n\n")?,
            Some(state) => {
                let (page, portal) = &state;
                write!(
                    writer,
                    "data: {{\"page\":\"{page}\",\"portal\":\"{portal}\"}}\n\n"
                )?;
                told = Some(state);
            }
        }
        writer.flush()?;
    }
}
