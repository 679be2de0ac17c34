//! Whether a request may be answered. Its head is all that is read of it.
//!
//! The rule it guards: only a browser that opened the link of this run gets anything. The link's token becomes a cookie, which no script
//! can read and which no page of another site can make the browser send. Besides, a request must be for this machine, and come from one
//! of this server's own pages or from the address bar. Nothing in a target is decoded: it is looked up as it is written. Whatever does
//! anything is a POST from a page of this server.
//!
//! A cookie belongs to a host, whatever the port: another server on this machine is sent it too by a browser that visits both.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use sha2::{Digest, Sha256};
use tiny_http::Header;

/// The loopback addresses that people write; there are many others.
const LOOPBACK: [IpAddr; 2] = [
    IpAddr::V4(Ipv4Addr::LOCALHOST),
    IpAddr::V6(Ipv6Addr::LOCALHOST),
];

/// What a request must hold to be answered.
pub(super) struct Access {
    /// Where the server listens.
    pub(super) address: SocketAddr,
    /// The secret of this run.
    pub(super) token: String,
}

/// A request that is answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// Whether only the head of the answer is wanted.
    pub(super) is_head: bool,
    /// What is asked for.
    pub(super) target: Target,
}

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// The cookie, with the token that the link holds.
    Cookie,
    /// A path.
    Path(String),
    /// That a file is opened in the coach's editor: the path behind `/open/`.
    Open(String),
}

/// Where a file is asked to be opened: the one address that does anything.
const OPEN: &str = "/open/";

impl Access {
    /// The link that opens the server in a browser.
    pub(super) fn link(&self) -> String {
        format!("http://{}{}", self.address, self.link_target())
    }

    fn link_target(&self) -> String {
        format!("/?token={}", self.token)
    }

    /// The cookie's name and value. Servers on other ports of this machine have their own.
    fn cookie(&self) -> String {
        format!("loggia-{}={}", self.address.port(), self.token)
    }

    /// The field of an answer that gives a browser the cookie, until it is closed.
    pub(super) fn set_cookie(&self) -> String {
        format!("{}; Path=/; HttpOnly; SameSite=Strict", self.cookie())
    }

    /// Reads a whole head, its last empty line included. Returns the request if it may be answered.
    pub(super) fn admit(&self, head: &[u8]) -> Option<Request> {
        // Cookies of other servers on this machine may hold any letter.
        let head = String::from_utf8_lossy(head).replace(|letter: char| !letter.is_ascii(), "?");
        let mut lines = head.strip_suffix("\r\n\r\n")?.split("\r\n");
        let is_odd = |letter: char| letter.is_ascii_control() && letter != '\t';
        if lines.clone().any(|line| line.contains(is_odd)) {
            return None;
        }
        let words: Vec<&str> = lines.next()?.split(' ').collect();
        let [method @ ("GET" | "HEAD" | "POST"), target, "HTTP/1.1"] = words[..] else {
            return None;
        };
        let is_post = method == "POST";
        let fields: Result<Vec<Header>, ()> = lines.map(str::parse).collect();
        let fields = fields.ok()?;
        let values = |name: &'static str| {
            let named = fields.iter().filter(move |field| field.field.equiv(name));
            named.map(|field| field.value.as_str())
        };
        let hosts: Vec<&str> = values("Host").collect();
        let [host] = hosts[..] else {
            return None;
        };
        let origin = format!("http://{host}");
        if !self.is_own_host(host) || values("Origin").any(|given| given != origin) {
            return None;
        }
        // A browser says with every POST which page it comes from; what does not say so is not one of ours.
        if is_post && (values("Origin").count() != 1 || !target.starts_with(OPEN)) {
            return None;
        }
        let is_head = method == "HEAD";
        // The file that opens the browser is another site to it; the token shows that the file is ours.
        if !is_post && is_same_secret(target, &self.link_target()) {
            let target = Target::Cookie;
            return Some(Request { is_head, target });
        }
        // `same-site` is another port of this machine.
        let is_own_site = |site: &str| matches!(site, "same-origin" | "none");
        let mut cookies = values("Cookie").flat_map(|value| value.split(';'));
        let is_admitted = values("Sec-Fetch-Site").all(is_own_site)
            && cookies.any(|cookie| is_same_secret(cookie.trim(), &self.cookie()))
            && is_plain_path(target);
        let file = target.strip_prefix(OPEN).filter(|_| is_post);
        let target = match file {
            Some(file) => Target::Open(file.to_owned()),
            None => Target::Path(target.to_owned()),
        };
        is_admitted.then_some(Request { is_head, target })
    }

    /// Whether `host` is an address of this server: never a name that somebody else could point here, `localhost` apart.
    fn is_own_host(&self, host: &str) -> bool {
        let (ip, port) = (self.address.ip(), self.address.port());
        // A browser leaves out this port.
        let host = match port {
            80 => format!("{host}:80"),
            _ => host.to_owned(),
        };
        let given: Option<SocketAddr> = host.parse().ok();
        let is_own = |given: SocketAddr| {
            let is_own_ip =
                given.ip() == ip || ip.is_unspecified() || LOOPBACK.contains(&given.ip());
            given.port() == port && is_own_ip
        };
        given.is_some_and(is_own) || host.eq_ignore_ascii_case(&format!("localhost:{port}"))
    }
}

/// Whether a path holds nothing that anyone could read as anything else.
fn is_plain_path(path: &str) -> bool {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/-_.".contains(letter);
    path.starts_with('/')
        && path.chars().all(is_plain)
        && !path.contains("..")
        && !path.contains("//")
}

/// Compares digests: how long that takes reveals nothing of the secret.
fn is_same_secret(given: &str, secret: &str) -> bool {
    Sha256::digest(given) == Sha256::digest(secret)
}

#[cfg(test)]
mod tests {
    use super::{Access, Request, Target};
    use crate::damage::{Damage, fuzz};

    const HOST: &str = "Host: localhost:4400";
    const COOKIE: &str = "Cookie: loggia-4400=k7";

    fn access(address: &str) -> Access {
        Access {
            address: address.parse().unwrap(),
            token: "k7".to_owned(),
        }
    }

    fn ask(start: &str, fields: &[&str]) -> Option<Request> {
        let fields: String = fields.iter().map(|field| format!("{field}\r\n")).collect();
        let head = format!("{start} HTTP/1.1\r\n{fields}\r\n");
        access("127.0.0.1:4400").admit(head.as_bytes())
    }

    #[test]
    fn own_pages_and_the_address_bar_are_answered() {
        for fields in [
            &["Host: 127.0.0.1:4400"][..],
            &["host:localhost:4400", "Sec-Fetch-Site: none"],
            &["Host: LOCALHOST:4400", "Sec-Fetch-Site: same-origin"],
            &["Host: [::1]:4400", "Origin: http://[::1]:4400"],
            &[HOST, "Content-Length: 0", "Cookie: ä=1"],
        ] {
            let answered = ask("GET /e/nyah/priya/portal", &[fields, &[COOKIE]].concat());
            let target = Target::Path("/e/nyah/priya/portal".to_owned());
            let is_head = false;
            assert_eq!(answered, Some(Request { is_head, target }), "{fields:?}");
        }
        let among_others = "cookie: a=1; loggia-4400=k7;loggia-4401=k8";
        assert!(ask("HEAD /", &[HOST, among_others]).unwrap().is_head);
    }

    #[test]
    fn other_hosts_and_sites_are_refused() {
        for fields in [
            &[][..],
            &["Host: evil.example"],
            &["Host: evil.example:4400"],
            &["Host: localhost.evil.example:4400"],
            &["Host: localhost"],
            &["Host: localhost:4401"],
            &["Host: 127.0.0.1.evil.example:4400"],
            &["Host: 127.0.0.2:4400"],
            &["Host: 0.0.0.0:4400"],
            &["Host: 2130706433:4400"],
            &["Host: 127.1:4400"],
            &["Host: ::1:4400"],
            &["Host: [127.0.0.1]:4400"],
            &["Host: [::ffff:127.0.0.1]:4400"],
            &["Host: localhost.:4400"],
            &["Host: user@localhost:4400"],
            &[HOST, "Host: evil.example:4400"],
            &[HOST, HOST],
            &[HOST, "Sec-Fetch-Site: cross-site"],
            &[HOST, "Sec-Fetch-Site: same-site"],
            &[HOST, "Sec-Fetch-Site: "],
            &[HOST, "Sec-Fetch-Site: none", "Sec-Fetch-Site: cross-site"],
            &[HOST, "Origin: null"],
            &[HOST, "Origin: http://evil.example"],
            &[HOST, "Origin: http://localhost:3000"],
            &[HOST, "Origin: https://localhost:4400"],
            &[HOST, "Origin: http://127.0.0.1:4400"],
        ] {
            let answered = ask("GET /", &[fields, &[COOKIE]].concat());
            assert_eq!(answered, None, "{fields:?}");
        }
    }

    #[test]
    fn a_file_is_opened_by_a_post_of_an_own_page_alone() {
        let own = "Origin: http://localhost:4400";
        let opened = ask("POST /open/nyah/goals/1-a.md/8", &[HOST, own, COOKIE]);
        let target = Target::Open("nyah/goals/1-a.md/8".to_owned());
        let is_head = false;
        assert_eq!(opened, Some(Request { is_head, target }));
        let fetched = ask("GET /open/nyah/goals/1-a.md/8", &[HOST, own, COOKIE]);
        assert!(matches!(fetched.unwrap().target, Target::Path(_)));
        for (start, fields) in [
            ("POST /open/a/b.md/8", &[HOST, COOKIE][..]),
            ("POST /open/a/b.md/8", &[HOST, own]),
            ("POST /open/a/b.md/8", &[HOST, own, own, COOKIE]),
            ("POST /open/a/b.md/8", &[HOST, "Origin: null", COOKIE]),
            (
                "POST /open/a/b.md/8",
                &[HOST, "Origin: http://evil.example", COOKIE],
            ),
            (
                "POST /open/a/b.md/8",
                &[HOST, own, COOKIE, "Sec-Fetch-Site: cross-site"],
            ),
            (
                "POST /open/a/b.md/8",
                &[HOST, own, "Cookie: loggia-4400=k8"],
            ),
            ("POST /open/../b.md/8", &[HOST, own, COOKIE]),
            ("POST /open/a/b;x.md/8", &[HOST, own, COOKIE]),
            ("POST /e/nyah/", &[HOST, own, COOKIE]),
            ("POST /?token=k7", &[HOST, own, COOKIE]),
            ("PUT /open/a/b.md/8", &[HOST, own, COOKIE]),
        ] {
            assert_eq!(ask(start, fields), None, "{start} {fields:?}");
        }
    }

    #[test]
    fn odd_requests_and_targets_are_refused() {
        for start in [
            "GET /../loggia.toml",
            "GET /..",
            "GET /e/../../etc/passwd",
            "GET /%2e%2e/loggia.key",
            "GET /..%2f..%2fetc%2fpasswd",
            "GET /%252e%252e/",
            "GET //evil.example/",
            "GET /e//nyah",
            "GET /\\..\\",
            "GET /C:/windows",
            "GET /?raw",
            "GET /.svg?.wasm?init",
            "GET /@fs/etc/passwd",
            "GET /#/../x",
            "GET /e;/x",
            "GET /e/\u{7f}",
            "GET /e/é",
            "GET http://localhost:4400/",
            "GET *",
            "GET ",
            "GET e/x",
            "GET  /",
            "GET / ",
            "GET\t/",
            "GET / HTTP/1.0\r\nX:",
            "GET / HTTP/1.1\r\nX: a\nb\r\nY:",
            "POST /",
            "OPTIONS /",
            "CONNECT /",
            "get /",
        ] {
            assert_eq!(ask(start, &[HOST, COOKIE]), None, "{start:?}");
        }
        assert_eq!(ask("GET /", &[HOST, COOKIE, "nonsense"]), None);
        assert_eq!(ask("GET /", &["Host : localhost:4400", COOKIE]), None);
        for head in [
            format!("GET / HTTP/1.1\n{HOST}\n{COOKIE}\r\n\r\n"),
            format!("GET / HTTP/1.1\r\n{HOST}\r\n{COOKIE}\r\n"),
            format!("GET /\r\n{HOST}\r\n{COOKIE}\r\n\r\n"),
            String::new(),
        ] {
            assert_eq!(access("127.0.0.1:4400").admit(head.as_bytes()), None);
        }
    }

    #[test]
    fn without_the_token_nothing_is_answered() {
        for cookie in [
            "Cookie: ",
            "Cookie: loggia-4400=",
            "Cookie: loggia-4400=k",
            "Cookie: loggia-4400=k77",
            "Cookie: loggia-4400=K7",
            "Cookie: loggia-4401=k7",
            "Cookie: xloggia-4400=k7",
            "X: loggia-4400=k7",
        ] {
            assert_eq!(ask("GET /", &[HOST, cookie]), None, "{cookie}");
        }
        for target in [
            "/?token=",
            "/?token=k",
            "/?token=k77",
            "/k7/",
            "/e/?token=k7",
        ] {
            assert_eq!(ask(&format!("GET {target}"), &[HOST]), None, "{target}");
        }
        let from_a_file = ask("GET /?token=k7", &[HOST, "Sec-Fetch-Site: cross-site"]);
        assert_eq!(from_a_file.unwrap().target, Target::Cookie);
        assert_eq!(ask("GET /?token=k7", &["Host: evil.example:4400"]), None);

        let for_others = access("0.0.0.0:80");
        let ask = |host: &str| {
            let head = format!("GET / HTTP/1.1\r\nHost: {host}\r\nCookie: loggia-80=k7\r\n\r\n");
            for_others.admit(head.as_bytes())
        };
        assert!(ask("192.168.1.5").is_some());
        assert_eq!(ask("evil.example"), None);
        assert_eq!(ask("192.168.1.5:81"), None);
    }

    /// Says what is wrong with having answered a head, read in another way than the program does.
    fn check(head: &[u8], request: &Request) -> Result<(), String> {
        let text = String::from_utf8_lossy(head);
        let (first, rest) = text.split_once("\r\n").ok_or("one line")?;
        let is_post = first.starts_with("POST /open/");
        if !first.starts_with("GET /") && !first.starts_with("HEAD /") && !is_post {
            return Err(first.to_owned());
        }
        let of = |name: &str| {
            let fields = rest.lines().filter_map(|line| line.split_once(':'));
            let own = fields.filter(|field| field.0.eq_ignore_ascii_case(name));
            own.map(|field| field.1.trim().to_ascii_lowercase())
                .collect::<Vec<_>>()
        };
        // The same address may be written in several ways; that of another machine is none of them.
        let loopback = ["localhost:4400", "127.0.0.1:4400", "[::1]:4400"];
        let hosts = of("host");
        let is_own = |host: &String| {
            let address = host.parse::<std::net::SocketAddr>();
            loopback.contains(&host.as_str())
                || address.is_ok_and(|address| address.ip().is_loopback())
        };
        if hosts.len() != 1 || !hosts.iter().all(is_own) {
            return Err(format!("it is for {hosts:?}"));
        }
        let is_own_origin = of("origin")
            == hosts
                .iter()
                .map(|host| format!("http://{host}"))
                .collect::<Vec<_>>();
        let path = match &request.target {
            Target::Cookie => return Ok(()),
            Target::Path(path) if !is_post => path.clone(),
            Target::Open(path) if is_post && is_own_origin => format!("/{path}"),
            Target::Path(_) | Target::Open(_) => return Err("it does what it may not".to_owned()),
        };
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte);
        let is_odd = path.contains("..") || path.contains("//");
        if !path.starts_with('/') || is_odd || !path.bytes().all(is_plain) {
            return Err(format!("it asks for {path:?}"));
        }
        let mut sites = of("sec-fetch-site").into_iter();
        if sites.any(|site| site.contains("cross")) || !rest.contains("loggia-4400=k7") {
            return Err("it comes from another site, or without the token".to_owned());
        }
        Ok(())
    }

    #[test]
    fn whatever_is_answered_is_ours_and_plain() {
        let heads = [
            "GET /e/nyah/priya/portal HTTP/1.1\r\nHost: localhost:4400\r\nCookie: loggia-4400=k7\r\n\r\n",
            "HEAD / HTTP/1.1\r\nhost: 127.0.0.1:4400\r\nOrigin: http://127.0.0.1:4400\r\nCookie: a=1; loggia-4400=k7\r\n\r\n",
            "GET /?token=k7 HTTP/1.1\r\nHost: [::1]:4400\r\nSec-Fetch-Site: none\r\nContent-Length: 0\r\n\r\n",
            "POST /open/nyah/goals/1-a.md/8 HTTP/1.1\r\nHost: localhost:4400\r\nOrigin: http://localhost:4400\r\nCookie: loggia-4400=k7\r\n\r\n",
            "GET /../..//%2e%2e\\x?y#z HTTP/1.0\r\nTransfer-Encoding: chunked\r\nHost: evil.example\r\n\r\n",
        ];
        let heads = heads.map(|head| head.as_bytes().to_vec());
        fuzz("head", &heads, Damage::Growing, |_, head| {
            let request = access("127.0.0.1:4400").admit(head);
            if let Some(request) = &request {
                check(head, request)?;
            }
            Ok(request.is_some())
        });
    }
}
