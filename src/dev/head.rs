//! The head of a request, read strictly, and whether it may come in.
//!
//! The rule it guards: a page on another site reads nothing here, whatever it makes the browser send; and nothing of a request but
//! its method and its target goes on. A target is looked up as it stands: there is nothing in it to decode.

use std::net::IpAddr;
use std::net::SocketAddr;

/// A head may be this long; a browser's has less than a kilobyte.
pub(super) const LONGEST_HEAD: usize = 8 << 10;

/// Who may ask.
pub(super) struct Gate {
    /// Where the server listens.
    pub(super) address: SocketAddr,
    /// What every target must begin with, such as `/k3…9`; empty on loopback.
    pub(super) base: String,
}

/// A request that may come in.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Admitted {
    /// Whether only the head of the answer is wanted.
    pub(super) is_head: bool,
    /// The path asked for, without the base.
    pub(super) target: String,
}

/// Why a request is turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is not HTTP as browsers speak it.
    Malformed,
    /// Its head is too long or came too slowly.
    TooMuch,
    /// It wants something else than to read.
    Method,
    /// It was made for another host, by another site, or without the token.
    Foreign,
    /// There is nothing like that here.
    NotThere,
    /// Too many ask at once.
    Busy,
}

impl Refusal {
    /// The status line's number and words.
    pub(super) fn status(self) -> &'static str {
        match self {
            Self::Malformed => "400 Bad Request",
            Self::TooMuch => "431 Request Header Fields Too Large",
            Self::Method => "405 Method Not Allowed",
            Self::Foreign => "403 Forbidden",
            Self::NotThere => "404 Not Found",
            Self::Busy => "503 Service Unavailable",
        }
    }

    /// What is said about it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Malformed => "This is no request that a browser makes.\n",
            Self::TooMuch => "This request is too long.\n",
            Self::Method => "There are only pages to read here.\n",
            Self::Foreign => {
                "This address can be opened from the terminal or the address bar only, not from another site.\n"
            }
            Self::NotThere => "There is no such page.\n",
            Self::Busy => "Too many pages are open. Close some.\n",
        }
    }
}

/// What is read of a head.
#[derive(Default)]
struct Fields<'a> {
    hosts: Vec<&'a str>,
    origins: Vec<&'a str>,
    sites: Vec<&'a str>,
}

impl Gate {
    /// Reads a whole head, its last empty line included, and decides.
    pub(super) fn admit(&self, head: &[u8]) -> Result<Admitted, Refusal> {
        let head = std::str::from_utf8(head).map_err(|_| Refusal::Malformed)?;
        let head = head.strip_suffix("\r\n\r\n").ok_or(Refusal::Malformed)?;
        let is_odd = |letter: char| !(letter.is_ascii_graphic() || letter == ' ' || letter == '\t');
        let mut lines = head.split("\r\n");
        let request = lines.next().ok_or(Refusal::Malformed)?;
        let mut words = request.split(' ');
        let (method, target) = (words.next(), words.next());
        let is_http = words.next() == Some("HTTP/1.1") && words.next().is_none();
        let (Some(method), Some(target), true) = (method, target, is_http) else {
            return Err(Refusal::Malformed);
        };
        if request.contains(is_odd) {
            return Err(Refusal::Malformed);
        }
        let fields = fields(lines)?;
        let is_head = match method {
            "GET" => false,
            "HEAD" => true,
            _ => return Err(Refusal::Method),
        };
        self.check_source(&fields)?;
        let target = self.check_target(target)?;
        Ok(Admitted { is_head, target })
    }

    /// Whether the request was made for this host, by this host's own pages or by the person at the keyboard.
    fn check_source(&self, fields: &Fields<'_>) -> Result<(), Refusal> {
        let [host] = fields.hosts[..] else {
            return Err(Refusal::Foreign);
        };
        if !self.is_own_host(host) {
            return Err(Refusal::Foreign);
        }
        let origin = format!("http://{host}");
        let is_own_origin = fields.origins.iter().all(|given| *given == origin);
        // `same-site` is another port of this machine.
        let is_own_site = |site: &&str| matches!(*site, "same-origin" | "none");
        let is_own = is_own_origin && fields.origins.len() <= 1 && fields.sites.len() <= 1;
        if is_own && fields.sites.iter().all(is_own_site) {
            Ok(())
        } else {
            Err(Refusal::Foreign)
        }
    }

    /// Whether `host` is an address of this server: never a name that somebody else could point here, `localhost` apart.
    fn is_own_host(&self, host: &str) -> bool {
        let port = self.address.port();
        let name = match host.strip_suffix(&format!(":{port}")) {
            Some(name) => name,
            None if port == 80 => host,
            None => return false,
        };
        let bare = name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'));
        let ip: Option<IpAddr> = bare.unwrap_or(name).parse().ok();
        let is_any = self.address.ip().is_unspecified();
        match ip {
            Some(ip) if bare.is_some() != ip.is_ipv6() => false,
            Some(ip) => ip == self.address.ip() || ip.is_loopback() && is_plain(ip) || is_any,
            None => name.eq_ignore_ascii_case("localhost"),
        }
    }

    fn check_target(&self, target: &str) -> Result<String, Refusal> {
        let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/-_.".contains(letter);
        if !target.starts_with('/') {
            return Err(Refusal::Malformed);
        }
        if !target.chars().all(is_plain) || target.contains("..") || target.contains("//") {
            return Err(Refusal::NotThere);
        }
        match target.strip_prefix(&self.base) {
            Some(rest) if rest.starts_with('/') => Ok(rest.to_owned()),
            Some(_) | None => Err(Refusal::Foreign),
        }
    }
}

/// Only the two loopback addresses that people write, and none of the many others.
fn is_plain(ip: IpAddr) -> bool {
    ip == IpAddr::from([127, 0, 0, 1]) || ip == IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1])
}

/// Reads the fields that matter; one that would bring a body or another protocol is refused.
fn fields<'a>(lines: impl Iterator<Item = &'a str>) -> Result<Fields<'a>, Refusal> {
    let mut fields = Fields::default();
    for line in lines {
        let (name, value) = line.split_once(':').ok_or(Refusal::Malformed)?;
        let is_token = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
        let is_text = |letter: char| !letter.is_control() || letter == '\t';
        if name.is_empty() || !name.chars().all(is_token) || !value.chars().all(is_text) {
            return Err(Refusal::Malformed);
        }
        let value = value.trim_matches([' ', '\t']);
        match name.to_ascii_lowercase().as_str() {
            "host" => fields.hosts.push(value),
            "origin" => fields.origins.push(value),
            "sec-fetch-site" => fields.sites.push(value),
            "transfer-encoding" | "upgrade" | "expect" => return Err(Refusal::Malformed),
            "content-length" if value != "0" => return Err(Refusal::Malformed),
            _ => {}
        }
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::Admitted;
    use super::Gate;
    use super::Refusal;
    use crate::damage::Damage;
    use crate::damage::fuzz;

    fn gate(base: &str) -> Gate {
        Gate {
            address: "127.0.0.1:4400".parse().unwrap(),
            base: base.to_owned(),
        }
    }

    fn ask(target: &str, fields: &[&str]) -> Result<Admitted, Refusal> {
        let fields: String = fields.iter().map(|field| format!("{field}\r\n")).collect();
        let head = format!("GET {target} HTTP/1.1\r\n{fields}\r\n");
        gate("").admit(head.as_bytes())
    }

    #[test]
    fn own_pages_and_the_address_bar_come_in() {
        for fields in [
            &["Host: 127.0.0.1:4400"][..],
            &["host:localhost:4400", "Sec-Fetch-Site: none"],
            &["Host: LOCALHOST:4400", "Sec-Fetch-Site: same-origin"],
            &["Host: [::1]:4400", "Origin: http://[::1]:4400"],
            &["Host: localhost:4400", "Content-Length: 0", "Cookie: ä=1"],
        ] {
            let admitted = ask("/e/nyah-adeyemi/priya/portal", fields);
            assert!(admitted.is_ok(), "{fields:?}");
        }
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
            &["Host: localhost:4400", "Host: evil.example:4400"],
            &["Host: localhost:4400", "Host: localhost:4400"],
            &["Host: localhost:4400", "Sec-Fetch-Site: cross-site"],
            &["Host: localhost:4400", "Sec-Fetch-Site: same-site"],
            &["Host: localhost:4400", "Sec-Fetch-Site: "],
            &[
                "Host: localhost:4400",
                "Sec-Fetch-Site: none",
                "Sec-Fetch-Site: cross-site",
            ],
            &["Host: localhost:4400", "Origin: null"],
            &["Host: localhost:4400", "Origin: http://evil.example"],
            &["Host: localhost:4400", "Origin: http://localhost:3000"],
            &["Host: localhost:4400", "Origin: https://localhost:4400"],
            &["Host: localhost:4400", "Origin: http://127.0.0.1:4400"],
        ] {
            assert_eq!(ask("/", fields), Err(Refusal::Foreign), "{fields:?}");
        }
    }

    #[test]
    fn odd_targets_lead_nowhere() {
        for target in [
            "/../loggia.toml",
            "/..",
            "/e/../../etc/passwd",
            "/%2e%2e/loggia.key",
            "/e/%2e%2e%2f",
            "/..%2f..%2fetc%2fpasswd",
            "/%252e%252e/",
            "//evil.example/",
            "/e//nyah",
            "/\\..\\",
            "/C:/windows",
            "/?raw",
            "/e/?import&raw",
            "/e/x?raw??",
            "/.svg?.wasm?init",
            "/@fs/etc/passwd",
            "/#/../x",
            "/e;/x",
            "/e/\u{7f}",
            "/e/é",
        ] {
            let answer = ask(target, &["Host: localhost:4400"]);
            let is_refused = matches!(answer, Err(Refusal::NotThere | Refusal::Malformed));
            assert!(is_refused, "{target:?} {answer:?}");
        }
        for target in [
            "http://evil.example/",
            "http://localhost:4400/",
            "*",
            "",
            "e/x",
            "localhost:4400",
        ] {
            let answer = ask(target, &["Host: localhost:4400"]);
            assert_eq!(answer, Err(Refusal::Malformed), "{target:?}");
        }
    }

    #[test]
    fn heads_that_two_readers_could_read_differently_are_refused() {
        let host = "Host: localhost:4400\r\n";
        for head in [
            format!("GET / HTTP/1.1\n{host}\r\n"),
            format!("GET  / HTTP/1.1\r\n{host}\r\n"),
            format!("GET / HTTP/1.0\r\n{host}\r\n"),
            format!("GET / HTTP/2\r\n{host}\r\n"),
            format!("GET / HTTP/1.1 \r\n{host}\r\n"),
            format!("GET /\r\n{host}\r\n"),
            format!("GET\t/\tHTTP/1.1\r\n{host}\r\n"),
            format!("GET / HTTP/1.1\r\n{host}X: a\r\n folded\r\n\r\n"),
            format!("GET / HTTP/1.1\r\n{host}Transfer-Encoding: xchunked\r\n\r\n"),
            format!(
                "GET / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n"
            ),
            format!("GET / HTTP/1.1\r\n{host}Content-Length: 3\r\n\r\n"),
            format!("GET / HTTP/1.1\r\n{host}Content-Length : 3\r\n\r\n"),
            format!("GET / HTTP/1.1\r\n{host}Upgrade: websocket\r\n\r\n"),
            format!("GET / HTTP/1.1\r\n{host}X: a\rb\r\n\r\n"),
            format!("GET / HTTP/1.1\r\n{host}X: a\0b\r\n\r\n"),
            format!("GET / HTTP/1.1\r\n{host}nonsense\r\n\r\n"),
            format!("GET / HTTP/1.1\r\n{host}"),
            String::new(),
        ] {
            let answer = gate("").admit(head.as_bytes());
            assert_eq!(answer, Err(Refusal::Malformed), "{head:?}");
        }
        for method in [
            "POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "get", "TRACE",
        ] {
            let head = format!("{method} / HTTP/1.1\r\n{host}\r\n");
            assert_eq!(gate("").admit(head.as_bytes()), Err(Refusal::Method));
        }
    }

    #[test]
    fn with_a_token_nothing_is_there_without_it() {
        let gate = Gate {
            address: "0.0.0.0:80".parse().unwrap(),
            base: "/k7".to_owned(),
        };
        let ask = |target: &str, host: &str| {
            let head = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n");
            gate.admit(head.as_bytes())
        };
        assert_eq!(ask("/k7/e/x/", "192.168.1.5").unwrap().target, "/e/x/");
        for target in ["/", "/k", "/k7", "/k7x/", "/K7/", "/e/x/", "/k8/k7/"] {
            assert_eq!(
                ask(target, "192.168.1.5"),
                Err(Refusal::Foreign),
                "{target}"
            );
        }
        assert_eq!(ask("/k7/", "evil.example"), Err(Refusal::Foreign));
        assert_eq!(ask("/k7/", "192.168.1.5:81"), Err(Refusal::Foreign));
    }

    /// Says what is wrong with having admitted a head, read in another way than the program does.
    fn check(head: &[u8], admitted: &Admitted) -> Result<(), String> {
        let text = std::str::from_utf8(head).map_err(|_| "bytes that are no text")?;
        let target = &admitted.target;
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte);
        let is_odd = target.contains("..") || target.contains("//");
        if !target.starts_with('/') || is_odd || !target.bytes().all(is_plain) {
            return Err(format!("it asks for {target:?}"));
        }
        let (first, rest) = text.split_once("\r\n").ok_or("one line")?;
        if !first.starts_with("GET /") && !first.starts_with("HEAD /") {
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
        let has_body = !of("transfer-encoding").is_empty()
            || of("content-length").iter().any(|length| length != "0");
        let is_foreign = of("sec-fetch-site")
            .iter()
            .any(|site| site.contains("cross"));
        if has_body || is_foreign {
            return Err("it has a body, or comes from another site".to_owned());
        }
        Ok(())
    }

    #[test]
    fn whatever_is_admitted_is_ours_and_plain() {
        let heads = [
            "GET /e/nyah-adeyemi/priya/portal HTTP/1.1\r\nHost: localhost:4400\r\n\r\n",
            "HEAD /k7/ HTTP/1.1\r\nhost: 127.0.0.1:4400\r\nOrigin: http://127.0.0.1:4400\r\nCookie: a=1\r\n\r\n",
            "GET /k7/live/x HTTP/1.1\r\nHost: [::1]:4400\r\nSec-Fetch-Site: none\r\nContent-Length: 0\r\n\r\n",
            "GET /../..//%2e%2e\\x?y#z HTTP/1.0\r\nTransfer-Encoding: chunked\r\nHost: evil.example\r\n\r\n",
        ];
        let heads = heads.map(|head| head.as_bytes().to_vec());
        fuzz("head", &heads, Damage::Growing, |_, head| {
            let mut is_admitted = false;
            for base in ["", "/k7"] {
                if let Ok(admitted) = gate(base).admit(head) {
                    check(head, &admitted)?;
                    is_admitted = true;
                }
            }
            Ok(is_admitted)
        });
    }
}
