//! `audit` of a site on its host: what curl fetches from servers of several kinds, good and bad.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use tiny_http::{Response, Server};

use crate::project::{Project, Ran};
use crate::site::asking::asking;

/// What a host does with a request.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Host {
    /// It gives files, and 404 where there is none.
    Plain,
    /// It answers everything with 200.
    Soft,
    /// It shows what is in folders without an index.
    Listing,
    /// It sends everyone elsewhere.
    Moved,
    /// It asks for an account.
    Closed,
}

/// Serves a folder on this machine until it is dropped.
struct Served {
    server: Arc<Server>,
    running: Option<thread::JoinHandle<()>>,
}

impl Served {
    fn of(folder: PathBuf, host: Host) -> Self {
        let server = Arc::new(Server::http("127.0.0.1:0").unwrap());
        let serving = Arc::clone(&server);
        let running = thread::spawn(move || {
            for request in serving.incoming_requests() {
                let (code, bytes) = answer(&folder, host, request.url());
                let _ = request.respond(Response::from_data(bytes).with_status_code(code));
            }
        });
        Self {
            server,
            running: Some(running),
        }
    }

    fn address(&self) -> String {
        format!("http://{}/", self.server.server_addr())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.server.unblock();
        self.running.take().map(thread::JoinHandle::join);
    }
}

fn answer(folder: &std::path::Path, host: Host, url: &str) -> (u16, Vec<u8>) {
    let path = folder.join(url.trim_start_matches('/'));
    let file = if url.ends_with('/') {
        path.join("index.html")
    } else {
        path.clone()
    };
    // Hosts keep what begins so to themselves.
    let is_kept = file
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with(['.', '_']));
    match host {
        Host::Moved => return (301, Vec::new()),
        Host::Closed => return (403, Vec::new()),
        Host::Plain | Host::Soft | Host::Listing => {}
    }
    if let Ok(bytes) = fs::read(&file)
        && !is_kept
    {
        return (200, bytes);
    }
    if host == Host::Listing && path.is_dir() {
        let names = fs::read_dir(path).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        return (200, names.collect::<Vec<_>>().join("\n").into_bytes());
    }
    let lost = fs::read(folder.join("404.html")).unwrap();
    (if host == Host::Soft { 200 } else { 404 }, lost)
}

fn audited(project: &Project, host: Host) -> Ran {
    let served = Served::of(project.site(), host);
    project.run(&["audit", &served.address()])
}

fn built() -> Project {
    let project = Project::small();
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    project
}

#[test]
fn a_whole_site_on_its_host_is_found_whole() {
    let project = built();
    let folder = project.run(&["audit", project.site().to_str().unwrap()]);
    let ran = audited(&project, Host::Plain);
    assert_eq!((ran.code, &ran.stderr), (folder.code, &folder.stderr));
    assert_eq!(
        ran.stderr,
        "no problems
"
    );
}

#[test]
fn asking_pages_are_fetched_too() {
    let project = asking();
    project.built();
    let ran = audited(&project, Host::Plain);
    assert_eq!((ran.code, &*ran.stderr), (0, "no problems\n"));
    let page = fs::read_dir(project.site().join("a"))
        .unwrap()
        .next()
        .unwrap();
    fs::remove_file(page.unwrap().path().join("index.html")).unwrap();
    let ran = audited(&project, Host::Plain);
    assert!(ran.stderr.contains("is not here"), "{}", ran.stderr);
    let ran = audited(&project, Host::Listing);
    assert_eq!(ran.code, 4, "{}", ran.stderr);
}

#[test]
fn what_is_wrong_on_a_host_is_told() {
    let project = built();
    for (host, code, told) in [
        (Host::Soft, 0, "answers as if there were one"),
        (Host::Listing, 4, "lists the folder of all pages"),
        (Host::Moved, 0, "sends readers of this file elsewhere"),
        (Host::Closed, 0, "refuses this file (code 403)"),
    ] {
        let ran = audited(&project, host);
        assert_eq!(ran.code, code, "{}", ran.stderr);
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
    }
}

#[test]
fn a_page_that_is_gone_changed_or_of_yesterday_is_told() {
    let project = built();
    let pages = project.site().join("p");
    let page = fs::read_dir(&pages)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path()
        .join("index.html");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replace("<body", "<body data-x=1")).unwrap();
    let changed = audited(&project, Host::Plain);
    assert_eq!(changed.code, 4, "{}", changed.stderr);
    fs::remove_file(&page).unwrap();
    let gone = audited(&project, Host::Plain);
    assert!(
        gone.stderr.contains("is not here") || gone.stderr.contains("not there"),
        "{}",
        gone.stderr
    );
    fs::write(&page, text).unwrap();
    project.replace(
        "nyah/updates/2026-03-15-first-month.md",
        "title = \"",
        "title = \"Another: ",
    );
    let stale = audited(&project, Host::Plain);
    assert_ne!(stale.stderr, "", "{}", stale.stderr);
}

#[test]
fn a_link_that_ended_and_still_opens_is_told() {
    let project = built();
    let before = project.site();
    let kept = project.folder().join("kept");
    copied(&before.join("p"), &kept);
    let site = project.read("loggia.toml");
    project.write(
        "loggia.toml",
        site.replacen("[site]\n", "[site]\nlink = 2\n", 1),
    );
    let ran = project.run(&["build", "--ends", "9"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(audited(&project, Host::Plain).code, 0);
    copied(&kept, &before.join("p"));
    let ran = audited(&project, Host::Plain);
    assert_eq!(ran.code, 4, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("has ended, and its page is still here"),
        "{}",
        ran.stderr
    );
}

fn copied(from: &std::path::Path, to: &std::path::Path) {
    for page in fs::read_dir(from).unwrap() {
        let page = page.unwrap();
        let folder = to.join(page.file_name());
        fs::create_dir_all(&folder).unwrap();
        fs::copy(page.path().join("index.html"), folder.join("index.html")).unwrap();
    }
}

#[test]
fn no_address_is_fetched_that_is_none_and_none_without_the_key() {
    let project = built();
    for address in [
        "http://portals.example/",
        "https://",
        "https://a.example/?q",
        "ftp://a.example/",
    ] {
        let ran = project.run(&["audit", address]);
        assert_eq!(ran.code, 2, "{address}: {}", ran.stderr);
    }
    // Nobody listens there.
    let ran = project.run(&["audit", "http://127.0.0.1:9/"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("cannot be fetched"), "{}", ran.stderr);
    fs::remove_file(project.path("loggia.key")).unwrap();
    let ran = project.run(&["audit", "http://127.0.0.1:9/"]);
    assert!(ran.stderr.contains("without the key"), "{}", ran.stderr);
}
