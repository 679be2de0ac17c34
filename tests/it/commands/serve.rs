//! `loggia serve`: what someone else on the coach's machine can get of it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use crate::project::{Project, TODAY};

/// A server that ends with the test.
struct Served {
    child: Child,
    /// The address of the server, as `127.0.0.1:4400`.
    address: String,
    /// The target that the link on the terminal asks for.
    target: String,
}

impl Served {
    fn start(project: &Project) -> Self {
        let mut command = project.command(&["serve", "--port", "0", "--today", TODAY]);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let link = lines.find_map(|line| {
            let line = line.unwrap();
            let (_, rest) = line.split_once("http://")?;
            Some(rest.split(' ').next()?.to_owned())
        });
        let (address, token) = link.as_ref().unwrap().split_once('/').unwrap();
        let served = Self {
            child,
            address: address.to_owned(),
            target: format!("/{token}"),
        };
        // The first build stands once its line is there; the rest is read so that the server can go on writing.
        assert!(lines.any(|line| line.unwrap().ends_with(" ms")));
        std::thread::spawn(move || lines.for_each(drop));
        served
    }

    /// The whole answer to a request.
    fn get(&self, target: &str, cookie: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let fields = format!("Host: {}\r\nCookie: {cookie}\r\n", self.address);
        let request = format!("GET {target} HTTP/1.1\r\n{fields}\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn nothing_is_told_without_the_token_and_no_code_of_the_site_with_it() {
    let project = Project::small();
    project.built();
    let links = project.run(&["links", "--json"]).stdout;
    let links: Vec<serde_json::Value> = serde_json::from_str(&links).unwrap();
    let served = Served::start(&project);
    let welcome = served.get(&served.target, "");
    let (_, rest) = welcome.split_once("Set-Cookie: ").unwrap();
    let cookie = rest.split(';').next().unwrap();
    for link in links {
        let text = |key: &str| link[key].as_str().unwrap().to_owned();
        for form in ["sealed/", "sealed/page", "portal"] {
            let target = format!("/e/nyah/{}/{form}", text("stakeholder"));
            let refused = served.get(&target, "");
            assert!(refused.starts_with("HTTP/1.1 403 ") && !refused.contains("Nyah"));
            let shown = served.get(&target, cookie);
            assert!(shown.starts_with("HTTP/1.1 200 "), "{shown}");
            assert!(!shown.contains(&text("code")), "{target}");
            let folder = text("path").split('/').nth(1).unwrap().to_owned();
            assert!(!shown.contains(&folder), "{target}");
        }
    }
}
