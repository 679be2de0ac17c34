//! The server: its connections and their limits, and what is answered.
//!
//! The rule it guards: every answer comes from one snapshot, and whoever has not shown the token gets one and the same answer.
//!
//! tiny_http reads the fields of a head and writes an answer, but does not listen. Its own server takes a thread for each client, waits
//! for ever for the end of a head of any length, keeps a connection open after an answer, and stops for good once the system has no more
//! files to give; nothing of this can be limited from outside. Here a connection gets one thread of a fixed number, a time for its head
//! and one answer.

use std::io::{ErrorKind, Read};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{io, thread};

use crate::dev::current::CurrentSnapshot;
use crate::dev::request::{Access, Target};
use crate::dev::response::{HTML, InMemory, NO_SOURCES, PLAIN, busy, header, response, send};
use crate::dev::route::{Answer, Opened, Site};
use crate::dev::{live, pages};

/// A head may be this long; a browser's has about a kilobyte.
const LONGEST_HEAD: usize = 8 << 10;

/// How long a head may take to arrive.
const HEAD_TIME: Duration = Duration::from_secs(5);

/// How long a reader may take to accept a piece of an answer.
const WRITE_TIME: Duration = Duration::from_secs(10);

/// How long the end of a connection is waited for.
const END_TIME: Duration = Duration::from_millis(500);

/// A browser opens six connections; this is enough for ten of them.
const MOST_CONNECTIONS: usize = 64;

/// How many of the connections may wait for news of builds: each page that is looked at holds one.
const MOST_LIVE: usize = 32;

/// How long accepting pauses when the system has no more files to give.
const PAUSE: Duration = Duration::from_millis(50);

/// Listeners that hold a port, before anything is served on it.
pub(super) struct Listeners {
    listeners: Vec<TcpListener>,
    /// The address to print.
    pub(super) address: SocketAddr,
}

impl Listeners {
    /// Opens `port` on `host`, or any free port where that one is taken.
    pub(super) fn open(host: IpAddr, port: u16) -> io::Result<Self> {
        let first = TcpListener::bind((host, port)).or_else(|_| TcpListener::bind((host, 0)))?;
        let address = first.local_addr()?;
        let mut listeners = vec![first];
        // Some systems look up `localhost` as ::1 first.
        if host == IpAddr::V4(Ipv4Addr::LOCALHOST) {
            listeners.extend(TcpListener::bind((Ipv6Addr::LOCALHOST, address.port())));
        }
        Ok(Self { listeners, address })
    }
}

/// What all connections share.
pub(super) struct Server {
    /// Who is answered.
    pub(super) access: Access,
    /// What stays the same from build to build.
    pub(super) site: Site,
    /// What is served.
    pub(super) current: Arc<CurrentSnapshot>,
    /// Held once by the server and once by each open connection.
    connections: Arc<()>,
    /// Held once by the server and once by each connection that waits for news.
    live: Arc<()>,
}

/// A token that nobody can guess.
pub(super) fn random_token() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(data_encoding::HEXLOWER.encode(&bytes))
}

impl Server {
    /// Serves until the program ends, in threads of its own. Returns the link that opens it in a browser.
    pub(super) fn start(
        listeners: Listeners,
        site: Site,
        current: Arc<CurrentSnapshot>,
    ) -> io::Result<String> {
        let access = Access {
            address: listeners.address,
            token: random_token()?,
        };
        let link = access.link();
        let server = Arc::new(Self {
            access,
            site,
            current,
            connections: Arc::default(),
            live: Arc::default(),
        });
        for listener in listeners.listeners {
            let server = Arc::clone(&server);
            thread::Builder::new().spawn(move || server.accept(&listener))?;
        }
        Ok(link)
    }

    fn accept(self: &Arc<Self>, listener: &TcpListener) {
        for stream in listener.incoming() {
            let Ok(stream) = stream else {
                thread::sleep(PAUSE);
                continue;
            };
            if Arc::strong_count(&self.connections) > MOST_CONNECTIONS {
                // This must not block: other connections wait to be accepted.
                let _ = stream.set_nonblocking(true);
                let _ = send(&stream, busy(), false);
                continue;
            }
            let (server, held) = (Arc::clone(self), Arc::clone(&self.connections));
            let answer = move || {
                // A reader who has closed the page is no error.
                let _ = server.answer(&stream);
                drop(held);
            };
            // Where no thread can be had, the connection closes.
            let _ = thread::Builder::new().spawn(answer);
        }
    }

    fn answer(&self, stream: &TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(WRITE_TIME))?;
        let request = read_head(stream).and_then(|head| self.access.admit(&head));
        let Some(request) = request else {
            let words = "Open the link that stands in the terminal.\n";
            return close(stream, response(403, PLAIN, NO_SOURCES, words), false);
        };
        let path = match request.target {
            Target::Cookie => return close(stream, self.cookie(), request.is_head),
            Target::Path(path) => path,
            Target::Open(target) => {
                let opened = self.site.open(&self.current.get(), &target);
                return close(stream, answer_of(opened), request.is_head);
            }
        };
        let snapshot = self.current.get();
        let answer = self.site.answer(&snapshot, &path);
        let response = match answer {
            Answer::Live(page) => {
                drop(snapshot);
                let held = Arc::clone(&self.live);
                if Arc::strong_count(&held) <= MOST_LIVE + 1 {
                    return live::send(stream, &self.site, &self.current, &page);
                }
                busy()
            }
            Answer::Dev(page) => response(200, HTML, &pages::policy(), page.document),
            Answer::NotFound(page) => response(404, HTML, &pages::policy(), page.document),
            Answer::Portal(bytes) => response(200, HTML, "frame-ancestors 'self'", bytes),
            Answer::Published(bytes) => response(200, HTML, "frame-ancestors 'none'", bytes),
            Answer::Before(bytes) => response(200, PLAIN, NO_SOURCES, bytes),
            Answer::Places(page) => response(200, HTML, NO_SOURCES, page),
        };
        close(stream, response, request.is_head)
    }

    /// Gives the cookie, and leads to the address without the token.
    ///
    /// The page that leads there is one of this server: a browser would not send the cookie along a redirect that began in another site,
    /// as the file does that opens the browser.
    fn cookie(&self) -> InMemory {
        let page = "<!doctype html><title>Loggia</title><a href=\"/\">Today</a>\n";
        response(200, HTML, NO_SOURCES, page)
            .with_header(header("Set-Cookie", &self.access.set_cookie()))
            .with_header(header("Refresh", "0; url=/"))
    }
}

/// What a page is told of a file that it asked to be opened.
fn answer_of(opened: Opened) -> InMemory {
    match opened {
        Opened::Yes => response(204, PLAIN, NO_SOURCES, ""),
        Opened::NoEditor(file) => response(200, PLAIN, NO_SOURCES, file),
        Opened::Failed(reason) => response(500, PLAIN, NO_SOURCES, reason),
        Opened::NoFile => response(404, PLAIN, NO_SOURCES, "There is no such file.\n"),
    }
}

/// Reads up to the end of the head. Nothing that comes after it is looked at.
fn read_head(mut stream: &TcpStream) -> Option<Vec<u8>> {
    let deadline = Instant::now() + HEAD_TIME;
    let mut head = Vec::with_capacity(1024);
    let mut buffer = [0; 2048];
    while head.len() <= LONGEST_HEAD {
        let left = deadline.saturating_duration_since(Instant::now());
        // A time of zero is refused.
        stream.set_read_timeout(Some(left)).ok()?;
        let length = match stream.read(&mut buffer) {
            Ok(0) => return None,
            Ok(length) => length,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(_) => return None,
        };
        let from = head.len().saturating_sub(3);
        head.extend_from_slice(&buffer[..length]);
        let end = head[from..].windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            head.truncate(from + end + 4);
            return Some(head);
        }
    }
    None
}

/// Sends the only answer of a connection, and reads a little of what is still coming: to close on unread bytes would take it back.
fn close(mut stream: &TcpStream, response: InMemory, is_head: bool) -> io::Result<()> {
    send(stream, response, is_head)?;
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(END_TIME))?;
    let mut buffer = [0; 4096];
    for _ in 0..8 {
        if stream.read(&mut buffer)? == 0 {
            break;
        }
    }
    Ok(())
}
