//! The fence before the server: a listener that reads the head of each request, and lets in what may come in.
//!
//! The rule it guards: a slow, long, foreign or odd request ends here. tiny_http, which has no limits of its own and reads some heads
//! wrongly, listens on a private port behind the fence, gets heads that were written here, and answers only to the fence's password.

use std::io;
use std::io::ErrorKind;
use std::io::Read;
use std::io::Write;
use std::net::Shutdown;
use std::net::SocketAddr;
use std::net::TcpListener;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use crate::dev::head::Admitted;
use crate::dev::head::Gate;
use crate::dev::head::LONGEST_HEAD;
use crate::dev::head::Refusal;

/// The name of the field in which the fence shows its password.
pub(super) const PASSWORD: &str = "X-Loggia-Fence";

/// What a head may take to arrive.
const HEAD_TIME: Duration = Duration::from_secs(5);

/// What a reader may take to accept a piece of an answer.
const WRITE_TIME: Duration = Duration::from_secs(10);

/// How often a waiting answer looks whether its reader is still there.
const WATCH_TIME: Duration = Duration::from_millis(500);

/// A browser opens six connections; this is enough for ten of them.
const MOST_CONNECTIONS: usize = 64;

/// How long the accepting waits when the system has no more files to give.
const BREATH: Duration = Duration::from_millis(50);

/// One connection only reads, copies and waits.
const STACK: usize = 256 << 10;

/// The fence and what is behind it.
pub(super) struct Fence {
    /// Who may ask.
    pub(super) gate: Gate,
    /// Where tiny_http listens.
    pub(super) behind: SocketAddr,
    /// What tiny_http wants to see.
    pub(super) password: String,
    /// How many connections are open.
    pub(super) open: AtomicUsize,
}

/// Counts a connection for as long as it is held.
struct Place(Arc<Fence>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Fence {
    /// Lets requests in until the program ends.
    pub(super) fn stand(self: &Arc<Self>, listener: &TcpListener) {
        for stream in listener.incoming() {
            let Ok(stream) = stream else {
                thread::sleep(BREATH);
                continue;
            };
            let place = Place(Arc::clone(self));
            let is_full = self.open.fetch_add(1, Ordering::SeqCst) >= MOST_CONNECTIONS;
            if is_full {
                refuse_at_once(&stream);
                continue;
            }
            let answer = move || {
                let _ = place.0.answer(&stream);
            };
            // Where no thread can be had, the connection closes and the place is given back.
            let _ = thread::Builder::new().stack_size(STACK).spawn(answer);
        }
    }

    fn answer(&self, mut client: &TcpStream) -> io::Result<()> {
        client.set_nodelay(true)?;
        client.set_write_timeout(Some(WRITE_TIME))?;
        let admitted = read_head(client).and_then(|head| self.gate.admit(&head));
        match admitted {
            Ok(admitted) => self.relay(client, &admitted),
            Err(refusal) => {
                client.write_all(refused(refusal).as_bytes())?;
                client.shutdown(Shutdown::Write)?;
                drain(client);
                Ok(())
            }
        }
    }

    /// Asks the server behind, and hands on what it says.
    fn relay(&self, mut client: &TcpStream, admitted: &Admitted) -> io::Result<()> {
        let mut behind = TcpStream::connect(self.behind)?;
        behind.set_nodelay(true)?;
        behind.set_read_timeout(Some(WATCH_TIME))?;
        let method = if admitted.is_head { "HEAD" } else { "GET" };
        let (target, password) = (&admitted.target, &self.password);
        let request = format!(
            "{method} {target} HTTP/1.1\r\nHost: loggia\r\n{PASSWORD}: {password}\r\nConnection: close\r\n\r\n"
        );
        behind.write_all(request.as_bytes())?;
        let mut buffer = vec![0; 32 << 10];
        loop {
            match behind.read(&mut buffer) {
                Ok(0) => break,
                Ok(length) => client.write_all(&buffer[..length])?,
                Err(error) if is_waiting(&error) && !has_gone(client) => {}
                Err(error) => return Err(error),
            }
        }
        client.shutdown(Shutdown::Write)
    }
}

/// Reads up to the end of the head. What comes after it is never looked at.
fn read_head(mut client: &TcpStream) -> Result<Vec<u8>, Refusal> {
    let deadline = Instant::now() + HEAD_TIME;
    let mut head = Vec::with_capacity(1024);
    let mut buffer = [0; 2048];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() || client.set_read_timeout(Some(left)).is_err() {
            return Err(Refusal::TooMuch);
        }
        let length = match client.read(&mut buffer) {
            Ok(0) => return Err(Refusal::Malformed),
            Ok(length) => length,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(_) => return Err(Refusal::TooMuch),
        };
        let from = head.len().saturating_sub(3);
        head.extend_from_slice(&buffer[..length]);
        let end = head[from..].windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            head.truncate(from + end + 4);
            return Ok(head);
        }
        if head.len() > LONGEST_HEAD {
            return Err(Refusal::TooMuch);
        }
    }
}

fn refused(refusal: Refusal) -> String {
    let (status, words) = (refusal.status(), refusal.words());
    let length = words.len();
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {length}\r\nCache-Control: no-store\r\n\
         X-Content-Type-Options: nosniff\r\nCross-Origin-Resource-Policy: same-origin\r\nConnection: close\r\n\r\n{words}"
    )
}

/// Says that there are too many, without waiting for anyone.
fn refuse_at_once(mut client: &TcpStream) {
    let _ = client.set_nonblocking(true);
    let _ = client.write(refused(Refusal::Busy).as_bytes());
}

/// Reads a little of what is still coming: closing on unread bytes would take back the answer.
fn drain(mut client: &TcpStream) {
    let _ = client.set_read_timeout(Some(WATCH_TIME));
    let mut buffer = [0; 2048];
    let mut left = 64;
    while left > 0 && matches!(client.read(&mut buffer), Ok(length) if length > 0) {
        left -= 1;
    }
}

fn is_waiting(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
    )
}

/// Whether the reader has closed the connection.
fn has_gone(client: &TcpStream) -> bool {
    let mut byte = [0];
    if client.set_nonblocking(true).is_err() {
        return true;
    }
    let seen = client.peek(&mut byte);
    let has_gone = match seen {
        Ok(0) => true,
        Ok(_) => false,
        Err(error) => !is_waiting(&error),
    };
    client.set_nonblocking(false).is_err() || has_gone
}
