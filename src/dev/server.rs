//! Answers from memory: tiny_http behind the fence.
//!
//! The rule it guards: every answer comes from one snapshot, and no field of an answer from the request.

use std::io;
use std::io::Cursor;
use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::net::Ipv6Addr;
use std::net::SocketAddr;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::thread;

use tiny_http::Header;
use tiny_http::Request;
use tiny_http::Response;
use tiny_http::Server;
use tiny_http::StatusCode;

use crate::dev::board::Board;
use crate::dev::fence::Fence;
use crate::dev::fence::PASSWORD;
use crate::dev::head::Gate;
use crate::dev::live;
use crate::dev::pages;
use crate::dev::route::Answer;
use crate::dev::route::Site;

/// What every answer says: keep it to yourself, read it as what it is, and use it on no other site.
pub(super) const HEADERS: [(&str, &str); 6] = [
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Robots-Tag", "noindex"),
];

/// A listener that holds a port, before anything is served on it.
pub(super) struct Doors {
    listeners: Vec<TcpListener>,
    /// The address to tell.
    pub(super) address: SocketAddr,
}

impl Doors {
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

/// Serves what hangs on the board until the program ends. Returns where the server listens behind the fence.
pub(super) fn serve(doors: Doors, site: Arc<Site>, board: Arc<Board>) -> io::Result<SocketAddr> {
    let inner = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let behind = inner.local_addr()?;
    let server = Server::from_listener(inner, None).map_err(io::Error::other)?;
    let fence = Arc::new(Fence {
        gate: Gate {
            address: doors.address,
            base: site.base.clone(),
        },
        behind,
        password: random_word()?,
        open: AtomicUsize::new(0),
    });
    for listener in doors.listeners {
        let fence = Arc::clone(&fence);
        thread::Builder::new().spawn(move || fence.stand(&listener))?;
    }
    thread::Builder::new().spawn(move || {
        while let Ok(request) = server.recv() {
            let (site, board, fence) = (Arc::clone(&site), Arc::clone(&board), Arc::clone(&fence));
            let answer = move || {
                // A reader who has gone is no fault.
                let _ = answer(request, &site, &board, &fence.password);
            };
            let _ = thread::Builder::new().spawn(answer);
        }
    })?;
    Ok(behind)
}

/// A word that nobody can guess.
pub(super) fn random_word() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(data_encoding::HEXLOWER.encode(&bytes))
}

fn answer(request: Request, site: &Site, board: &Board, password: &str) -> io::Result<()> {
    let is_from_fence = request
        .headers()
        .iter()
        .any(|header| header.field.equiv(PASSWORD) && header.value == password);
    if !is_from_fence {
        return request.respond(Response::empty(403));
    }
    let snapshot = board.present();
    let answer = site.answer(&snapshot, request.url());
    const HTML: &str = "text/html; charset=utf-8";
    let (status, kind, policy, bytes) = match answer {
        Answer::Live(target) => {
            drop(snapshot);
            return live::stream(request, site, board, &target);
        }
        Answer::Dev(page) => (200, HTML, pages::policy(), page.document.into_bytes()),
        Answer::NotThere(page) => (404, HTML, pages::policy(), page.document.into_bytes()),
        Answer::Portal(bytes) => (200, HTML, "frame-ancestors 'self'".to_owned(), bytes),
        Answer::Published(bytes) => (200, HTML, "frame-ancestors 'none'".to_owned(), bytes),
        Answer::Before(bytes) => (
            200,
            "text/plain; charset=utf-8",
            "default-src 'none'".to_owned(),
            bytes,
        ),
    };
    request.respond(response(status, kind, &policy, bytes))
}

fn response(status: u16, kind: &str, policy: &str, bytes: Vec<u8>) -> Response<Cursor<Vec<u8>>> {
    let length = bytes.len();
    let own = [("Content-Type", kind), ("Content-Security-Policy", policy)];
    let headers = own.into_iter().chain(HEADERS).map(|(name, value)| {
        Header::from_bytes(name, value).expect("a field of our own is well-formed")
    });
    let status = StatusCode(status);
    Response::new(
        status,
        headers.collect(),
        Cursor::new(bytes),
        Some(length),
        None,
    )
    .with_chunked_threshold(usize::MAX)
}
