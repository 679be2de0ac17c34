//! The loop through its seams: what is on disk in, what is served out.

#![cfg(unix)]

use std::fs::Permissions;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use std::{fs, thread};

use tempfile::TempDir;

use crate::dev::current::CurrentSnapshot;
use crate::dev::editor::Editor;
use crate::dev::hint::Changes;
use crate::dev::pages;
use crate::dev::pages::Templates;
use crate::dev::route::{Answer, Opened, Site};
use crate::dev::server::{Listeners, Server};
use crate::dev::snapshot::{DaySource, Snapshot};
use crate::diagnostic::Diagnostic;
use crate::pipeline::inviting;
use crate::pipeline::preview::PreviewKey;

const BOOK: &str =
    "[firm]\nname = \"Harbour\"\n[site]\nlanguage = \"en\"\ntimezone = \"Europe/London\"\n";

const ENGAGEMENT: &str = r#"title = "Turn 0"
start = 2026-01-12
[share]
agreed = 2026-02-02
people = []
follow_up = []
goals = ["manager"]
[[stakeholder]]
id = "nyah"
name = "Nyah Adeyemi"
role = "coachee"
[[stakeholder]]
id = "priya"
name = "Priya Raman"
role = "manager"
[[stakeholder]]
id = "anders"
name = "Anders Holm"
role = "sponsor"
"#;

const GOAL: &str = "+++\ntitle = \"Goal 0\"\n+++\nText.\n";

/// A content folder with two engagements, and the loop around it.
struct Folder {
    folder: TempDir,
    site: Site,
    snapshot: Snapshot,
}

impl Folder {
    fn make() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let this = Self {
            site: Site {
                templates: Templates::compiled(),
                key: PreviewKey::make().unwrap(),
                content: folder.path().join("content"),
                editor: None,
            },
            folder,
            snapshot: Snapshot::default(),
        };
        this.write("loggia.toml", BOOK);
        for id in ["one", "two"] {
            this.write(&format!("{id}/engagement.toml"), ENGAGEMENT);
            this.write(&format!("{id}/goals/1-a.md"), GOAL);
        }
        this.built(&Changes::default())
    }

    fn content(&self) -> PathBuf {
        self.folder.path().join("content")
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.content().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn built(mut self, changes: &Changes) -> Self {
        self.snapshot = self.snapshot.rebuilt(&self.content(), changes, day()).0;
        self
    }

    fn document(&self, target: &str) -> String {
        document(self.site.answer(&self.snapshot, target))
    }
}

fn day() -> DaySource {
    DaySource::Fixed("2026-11-22".parse().unwrap())
}

fn changes(id: &str) -> Changes {
    Changes {
        engagements: [id.to_owned()].into(),
        ..Changes::default()
    }
}

fn shared() -> Changes {
    Changes {
        shared: true,
        ..Changes::default()
    }
}

fn document(answer: Answer) -> String {
    match answer {
        Answer::Dev(page) | Answer::NotFound(page) => page.document,
        Answer::Portal(bytes) | Answer::Published(bytes) | Answer::Before(bytes) => {
            String::from_utf8(bytes).unwrap()
        }
        Answer::Live(target) | Answer::Places(target) => target,
    }
}

#[test]
fn only_the_touched_engagement_is_drawn() {
    let folder = Folder::make();
    let before = ["one", "two"].map(|id| Arc::clone(folder.snapshot.rendered(id).unwrap()));
    folder.write(
        "one/engagement.toml",
        &ENGAGEMENT.replace("Turn 0", "Turn 1"),
    );
    let folder = folder.built(&changes("one"));
    assert!(!Arc::ptr_eq(
        &before[0],
        folder.snapshot.rendered("one").unwrap()
    ));
    assert!(Arc::ptr_eq(
        &before[1],
        folder.snapshot.rendered("two").unwrap()
    ));
    assert!(folder.document("/e/one/priya/portal").contains("Turn 1"));
    assert!(folder.document("/e/one/priya/before").contains("Turn 0"));
    assert!(folder.document("/e/two/priya/before").is_empty());
}

#[test]
fn only_pages_that_changed_are_news() {
    let folder = Folder::make();
    let state = |folder: &Folder, target: &str| folder.site.state(&folder.snapshot, target);
    let targets = [
        "/e/one/priya/",
        "/e/one/anders/",
        "/e/two/priya/",
        "/problems",
    ];
    let before = targets.map(|target| state(&folder, target));
    folder.write("one/goals/1-a.md", &GOAL.replace("Text", "Other text"));
    let folder = folder.built(&changes("one"));
    let news = [0, 1, 2, 3].map(|index: usize| state(&folder, targets[index]) != before[index]);
    assert_eq!(news, [true, false, false, false]);
}

#[test]
fn errors_stand_above_warnings() {
    let folder = Folder::make();
    folder.write("two/goals/1-a.md", "+++\ntitel = \"x\"\n+++\n");
    let folder = folder.built(&changes("two"));
    let kinds: Vec<bool> = folder
        .snapshot
        .problems
        .iter()
        .map(Diagnostic::is_error)
        .collect();
    let errors = kinds.iter().take_while(|is_error| **is_error).count();
    assert!(0 < errors && errors < kinds.len(), "{kinds:?}");
    assert!(!kinds[errors..].contains(&true), "{kinds:?}");
}

#[test]
fn what_fails_leaves_the_last_good_portal_and_says_so() {
    let folder = Folder::make();
    let good = folder.document("/e/one/priya/portal");
    folder.write("one/goals/1-a.md", "+++\ntitel = \"x\"\n+++\n");
    let folder = folder.built(&changes("one"));
    assert!(folder.snapshot.has_errors());
    assert_eq!(folder.document("/e/one/priya/portal"), good);
    for target in ["/", "/problems", "/e/one/priya/", "/e/two/priya/"] {
        assert!(
            folder
                .document(target)
                .contains("one&#x2f;goals&#x2f;1-a.md:2:1"),
            "{target}"
        );
    }
    // The firm cannot be read either; what changes meanwhile is caught up with.
    folder.write("loggia.toml", "nonsense");
    let folder = folder.built(&shared());
    folder.write("one/goals/1-a.md", GOAL);
    folder.write(
        "two/engagement.toml",
        &ENGAGEMENT.replace("Turn 0", "Turn 2"),
    );
    let mut both = changes("two");
    both.merge(&changes("one"));
    let folder = folder.built(&both);
    assert!(folder.document("/e/two/priya/portal").contains("Turn 0"));
    folder.write("loggia.toml", BOOK);
    let folder = folder.built(&shared());
    assert!(!folder.snapshot.has_errors());
    assert!(folder.document("/e/two/priya/portal").contains("Turn 2"));
    assert_eq!(folder.document("/e/one/priya/portal"), good);
}

#[test]
fn what_is_gone_is_gone_at_once_and_the_first_failure_is_a_page() {
    let folder = Folder::make();
    fs::remove_dir_all(folder.content().join("two")).unwrap();
    let engagement_list = Changes {
        engagement_list: true,
        ..Changes::default()
    };
    let folder = folder.built(&engagement_list);
    assert!(matches!(
        folder.site.answer(&folder.snapshot, "/e/two/priya/portal"),
        Answer::NotFound(_)
    ));
    assert!(matches!(
        folder.site.answer(&folder.snapshot, "/e/one/priya/portal"),
        Answer::Portal(_)
    ));

    folder.write("loggia.toml", "[frim]");
    let first = Snapshot::default()
        .rebuilt(&folder.content(), &Changes::default(), day())
        .0;
    let page = document(folder.site.answer(&first, "/"));
    assert!(
        page.contains("frim") && page.contains("loggia.toml"),
        "{page}"
    );
}

#[test]
fn no_page_tells_of_notes_and_private_passages() {
    let folder = Folder::make();
    folder.write("one/notes/2026-01-20-canary-name.md", "canary of a note");
    folder.write(
        "one/goals/1-a.md",
        &GOAL.replace("Text.", "Text.\n\n::: private\ncanary of a passage\n:::\n"),
    );
    folder.write(
        "one/updates/2026-01-20-x.md",
        "+++\ntitle = \"x\"\n+++\n\n::: private\ncanary of another <b>\n:::\n[x](y)\n",
    );
    let folder = folder.built(&changes("one"));
    let targets = [
        "/",
        "/problems",
        "/e/one/",
        "/e/one/nyah/",
        "/e/one/nyah/portal",
        "/e/one/nyah/sealed/",
        "/e/one/nyah/sealed/page",
        "/e/one/nyah/on/2027-01-01/portal",
        "/e/one/nyah/before",
        "/e/one/nyah/places",
        "/e/one/nyah/beside/priya/",
    ];
    for target in targets {
        let page = folder.document(target);
        assert!(page.len() > 20 || target.ends_with("before"), "{target}");
        assert!(!page.contains("canary"), "{target}");
    }
    assert!(folder.document("/problems").contains("updates"));
    folder.write("one/updates/2026-01-20-x.md", "+++\ntitle = \"x\"\n+++\n");
    let folder = folder.built(&changes("one"));
    assert!(
        folder
            .document("/e/one/")
            .contains("1 note, which nobody sees")
    );
    assert!(
        targets
            .iter()
            .all(|target| !folder.document(target).contains("canary"))
    );
}

#[test]
fn no_preview_holds_a_code_or_a_passphrase_of_the_site() {
    let words = "seven quiet harbours";
    let expecting = ENGAGEMENT.replace(
        "role = \"manager\"",
        "role = \"manager\"\npassphrase = true",
    );
    for is_at_hand in [false, true] {
        let folder = Folder::make();
        folder.write("one/engagement.toml", &expecting);
        if is_at_hand {
            folder.write("passphrases.toml", &format!("[one]\npriya = \"{words}\"\n"));
            let path = folder.content().join("passphrases.toml");
            fs::set_permissions(path, Permissions::from_mode(0o600)).unwrap();
        }
        let folder = folder.built(&shared());
        assert!(!folder.snapshot.has_errors());
        let workspace = folder.snapshot.workspace.as_ref().unwrap();
        // Links follow from a key, which `serve` makes no use of.
        let key = folder.content().join("loggia.key");
        fs::write(
            &key,
            "sdkqfzttjg5jatcn2rdhatzwxm31a16mm3w36n9hq03fv8q3e1zgr\n",
        )
        .unwrap();
        fs::set_permissions(key, Permissions::from_mode(0o600)).unwrap();
        let out = folder.folder.path().join("site");
        let links = inviting::links(workspace, "2026-11-22".parse().unwrap(), &out);
        let links = links.map_err(|failure| failure.problems).unwrap();
        assert_eq!(links.len(), 6);
        for link in links {
            let (engagement, reader) = (&link.engagement, &link.stakeholder);
            let page = format!("/e/{engagement}/{reader}");
            for form in ["", "portal", "sealed/", "sealed/page"] {
                let shown = folder.document(&format!("{page}/{form}"));
                assert!(shown.len() > 100, "{page}/{form}");
                for secret in [link.link.code().as_str(), &link.link.id(), words] {
                    assert!(!shown.contains(secret), "{page}/{form}");
                }
            }
            let explained = folder.document(&format!("{page}/sealed/"));
            let asks = engagement.as_str() == "one" && reader == "priya";
            assert_eq!(explained.contains("any passphrase here"), asks, "{page}");
            assert!(explained.contains("sealed&#x2f;page#"), "{page}");
        }
    }
}

/// A server, as a browser knows it that has opened its link.
struct Served {
    address: SocketAddr,
    /// The fields that each request needs.
    fields: String,
}

impl Served {
    fn start(current: &Arc<CurrentSnapshot>) -> Self {
        let listeners = Listeners::open(IpAddr::V4(Ipv4Addr::LOCALHOST), 0).unwrap();
        let address = listeners.address;
        let site = Site {
            key: PreviewKey::make().unwrap(),
            templates: Templates::compiled(),
            content: PathBuf::new(),
            editor: None,
        };
        let link = Server::start(listeners, site, Arc::clone(current)).unwrap();
        let (_, target) = link.split_once(&address.to_string()).unwrap();
        let host = format!("Host: {address}\r\n");
        let answer = ask(
            address,
            format!("GET {target} HTTP/1.1\r\n{host}\r\n").as_bytes(),
        );
        let (_, rest) = answer.split_once("Set-Cookie: ").unwrap();
        let (cookie, _) = rest
            .split_once("; Path=/; HttpOnly; SameSite=Strict\r\n")
            .unwrap();
        let fields = format!("{host}Cookie: {cookie}\r\n");
        Self { address, fields }
    }

    fn get(&self, target: &str) -> String {
        let fields = &self.fields;
        ask(
            self.address,
            format!("GET {target} HTTP/1.1\r\n{fields}\r\n").as_bytes(),
        )
    }
}

/// Sends bytes, and returns all that comes back.
fn ask(address: SocketAddr, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let _ = stream.write_all(request);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// The number behind a word in a page.
fn number(page: &str, word: &str) -> Option<usize> {
    let rest = page.split_once(word)?.1;
    rest.split(|letter: char| !letter.is_ascii_digit())
        .next()?
        .parse()
        .ok()
}

#[test]
fn a_thousand_builds_never_mix_in_one_answer() {
    let mut folder = Folder::make();
    fs::remove_dir_all(folder.content().join("two")).unwrap();
    // Without the coachee's word there is one portal, which is drawn the sooner.
    let alone = ENGAGEMENT.replace("agreed = 2026-02-02\n", "");
    let current = Arc::new(CurrentSnapshot::default());
    current.replace(std::mem::take(&mut folder.snapshot));
    let served = Served::start(&current);
    let is_over = AtomicBool::new(false);
    let answers = thread::scope(|scope| {
        let read = || {
            let mut answers = 0;
            let mut last = 0;
            while !is_over.load(Ordering::SeqCst) {
                let page = served.get("/e/one/nyah/portal");
                let (title, goal) = (number(&page, "Turn "), number(&page, "Goal "));
                assert!(
                    title.is_some() && title == goal,
                    "{title:?} {goal:?}\n{page}"
                );
                assert!(title >= Some(last), "an older build came back");
                last = title.unwrap_or_default();
                answers += 1;
            }
            answers
        };
        let readers = [scope.spawn(read), scope.spawn(read), scope.spawn(read)];
        for turn in 1..=1000 {
            folder.write(
                "one/engagement.toml",
                &alone.replace("Turn 0", &format!("Turn {turn}")),
            );
            folder.write(
                "one/goals/1-a.md",
                &GOAL.replace("Goal 0", &format!("Goal {turn}")),
            );
            let present = current.get();
            current.replace(present.rebuilt(&folder.content(), &changes("one"), day()).0);
        }
        is_over.store(true, Ordering::SeqCst);
        readers.map(|reader| reader.join().unwrap())
    });
    assert!(answers.iter().all(|answers| *answers > 10), "{answers:?}");
    assert_eq!(
        number(&served.get("/e/one/nyah/portal"), "Turn "),
        Some(1000)
    );
    assert_eq!(current.get().number, 1001);
}

#[test]
fn odd_requests_get_a_constant_answer_over_the_wire() {
    let mut folder = Folder::make();
    let current = Arc::new(CurrentSnapshot::default());
    current.replace(std::mem::take(&mut folder.snapshot));
    let served = Served::start(&current);
    let (address, host) = (served.address, &served.fields);
    let long = "x".repeat(20_000);
    let odd = [
        format!("GET /../../../etc/passwd HTTP/1.1\r\n{host}\r\n"),
        format!("GET /e/one/%2e%2e/%2e%2e/loggia.key HTTP/1.1\r\n{host}\r\n"),
        format!("GET http://evil.example/../.. HTTP/1.1\r\n{host}\r\n"),
        "GET / HTTP/1.1\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\nHost: {address}\r\n\r\n"),
        format!("GET /e/one/priya/portal HTTP/1.1\r\nHost: {address}\r\n\r\n"),
        format!("GET /?token=0 HTTP/1.1\r\nHost: {address}\r\n\r\n"),
        "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\n{host}Origin: http://evil.example\r\n\r\n"),
        format!("GET / HTTP/1.1\r\n{host}Sec-Fetch-Site: cross-site\r\n\r\n"),
        format!(
            "POST / HTTP/1.1\r\n{host}Transfer-Encoding: xchunked\r\nContent-Length: 3\r\n\r\nabcGET /smuggled HTTP/1.1\r\n{host}\r\n"
        ),
        format!("GET / HTTP/1.1\r\n{host}X: {long}\r\n\r\n"),
        format!("GET /{long} HTTP/1.1\r\n{host}\r\n"),
        "\u{16}\u{3}\u{1}\u{2}\u{0}\r\n\r\n".to_owned(),
    ];
    // The time of day is all that differs.
    let without_date = |answer: &str| {
        let (before, rest) = answer.split_once("Date: ").unwrap();
        format!("{before}{}", rest.split_once("\r\n").unwrap().1)
    };
    let constant = without_date(&ask(address, b"\r\n\r\n"));
    for request in odd {
        let answer = ask(address, request.as_bytes());
        let shown: String = request.chars().take(80).collect();
        assert!(answer.starts_with("HTTP/1.1 4"), "{shown:?} {answer}");
        assert_eq!(answer.matches("HTTP/1.1").count(), 1, "{shown:?} {answer}");
        assert!(
            answer.len() < 600 && !answer.contains("passwd") && !answer.contains("Harbour"),
            "{shown:?} {answer}"
        );
        assert!(!answer.contains("Access-Control"), "{answer}");
        assert_eq!(without_date(&answer), constant, "{shown:?}");
    }
    let twice = format!("GET /problems HTTP/1.1\r\n{host}\r\nGET / HTTP/1.1\r\n{host}\r\n");
    assert_eq!(
        ask(address, twice.as_bytes())
            .matches("HTTP/1.1 200")
            .count(),
        1
    );
    let head = ask(
        address,
        format!("HEAD /e/one/priya/portal HTTP/1.1\r\n{host}\r\n").as_bytes(),
    );
    assert!(
        head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n"),
        "{head}"
    );
    assert!(served.get("/live").starts_with("HTTP/1.1 404"));
}

/// Opens the news of a page.
fn live(served: &Served) -> TcpStream {
    let mut stream = TcpStream::connect(served.address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let fields = &served.fields;
    write!(stream, "GET /live/e/one/priya/ HTTP/1.1\r\n{fields}\r\n").unwrap();
    stream
}

#[test]
fn news_comes_at_once() {
    let mut folder = Folder::make();
    let current = Arc::new(CurrentSnapshot::default());
    current.replace(std::mem::take(&mut folder.snapshot));
    let served = Served::start(&current);
    let mut stream = live(&served);
    let mut heard = String::new();
    let mut hear = |stream: &mut TcpStream, times: usize| {
        let mut buffer = [0; 4096];
        let end = Instant::now() + Duration::from_secs(30);
        while heard.matches("data: ").count() < times {
            assert!(Instant::now() < end, "{heard}");
            let length = stream.read(&mut buffer).unwrap();
            assert!(length > 0, "{heard}");
            heard.push_str(&String::from_utf8_lossy(&buffer[..length]));
        }
    };
    hear(&mut stream, 1);
    folder.write(
        "one/engagement.toml",
        &ENGAGEMENT.replace("Turn 0", "Turn 1"),
    );
    let present = current.get();
    current.replace(present.rebuilt(&folder.content(), &changes("one"), day()).0);
    hear(&mut stream, 2);
}

#[test]
fn connections_are_limited_and_pages_come_while_others_wait_for_news() {
    let mut folder = Folder::make();
    let current = Arc::new(CurrentSnapshot::default());
    current.replace(std::mem::take(&mut folder.snapshot));
    let served = Served::start(&current);
    let start = |stream: &mut TcpStream| {
        let mut start = [0; 12];
        stream.read_exact(&mut start).unwrap();
        String::from_utf8_lossy(&start).into_owned()
    };
    let mut waiting = Vec::new();
    for _ in 0..32 {
        let mut stream = live(&served);
        assert_eq!(start(&mut stream), "HTTP/1.1 200");
        waiting.push(stream);
    }
    assert_eq!(start(&mut live(&served)), "HTTP/1.1 503");
    let is_page = |answer: &str| answer.starts_with("HTTP/1.1 200") && answer.contains("Priya");
    assert!(is_page(&served.get("/e/one/priya/portal")));
    let silent = || TcpStream::connect(served.address).unwrap();
    let silent: Vec<TcpStream> = (0..32).map(|_| silent()).collect();
    let end = Instant::now() + Duration::from_secs(4);
    while !served.get("/").starts_with("HTTP/1.1 503") {
        assert!(Instant::now() < end, "there was no limit");
    }
    drop((waiting, silent));
    let end = Instant::now() + Duration::from_secs(20);
    while !is_page(&served.get("/e/one/priya/portal")) {
        assert!(Instant::now() < end, "those who went still count");
        thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn pages_hold_their_style_and_script_whole_and_escape_the_rest() {
    let folder = Folder::make();
    let title = "<b>&\"' {{ 1 }}";
    let written = format!("title = {}", serde_json::to_string(title).unwrap());
    let text = ENGAGEMENT.replace("title = \"Turn 0\"", &written);
    folder.write("one/engagement.toml", &text);
    let anders = "name = \"Anders Holm\"\n";
    let none = text.replace(anders, &format!("{anders}portal = false\n"));
    folder.write("one/engagement.toml", &none);
    let folder = folder.built(&changes("one"));
    let problems = &folder.snapshot.problems;
    let problems: Vec<String> = problems
        .iter()
        .map(|problem| problem.render(false))
        .collect();
    assert!(!folder.snapshot.has_errors(), "{problems:?}");
    for target in [
        "/",
        "/problems",
        "/e/one/",
        "/e/one/priya/",
        "/e/one/priya/sealed/",
        "/nothing",
    ] {
        let page = folder.document(target);
        let style = include_str!("pages/dev.css");
        let script = concat!(
            include_str!("pages/dev.js"),
            include_str!("pages/keys.js"),
            include_str!("pages/search.js"),
            include_str!("pages/files.js")
        );
        assert!(
            page.contains(&format!("<style>{style}</style>")),
            "{target}"
        );
        assert!(page.contains(&format!("\">{script}</script>")), "{target}");
        assert!(!page.contains("<b>&") && !page.contains("{% "), "{page}");
        // An empty part takes no room, and a blank would make it one that is not empty.
        assert!(page.contains("role=\"status\"></aside>"), "{target}");
    }
    assert!(
        folder
            .document("/e/one/priya/")
            .contains("<main id=\"main\"></main>")
    );
    let table = folder.document("/e/one/");
    assert!(
        table.contains("<h1>&lt;b&gt;&amp;&quot;&#x27; {{ 1 }} <small>one</small></h1>"),
        "{table}"
    );
    assert!(
        table.contains("Anders Holm <small>sponsor</small> has no portal: "),
        "{table}"
    );
    let opening = folder.site.templates.opening("http://x/?token=\"");
    assert!(
        opening.contains("url=http:&#x2f;&#x2f;x&#x2f;?token=&quot;"),
        "{opening}"
    );
    assert!(pages::policy().contains("script-src 'sha256-"));
}

#[test]
fn a_build_tells_where_its_time_went_if_it_is_to() {
    let mut folder = Folder::make();
    assert_eq!(folder.snapshot.stages(), None);
    folder.snapshot = Snapshot::timed();
    let mut folder = folder.built(&Changes::default());
    let told = folder.snapshot.stages().unwrap();
    let words: Vec<&str> = told.split([' ', '(', ')', ',']).collect();
    let names = words.iter().filter(|word| word.parse::<u128>().is_err());
    let names: Vec<&str> = names.copied().filter(|name| !name.is_empty()).collect();
    assert_eq!(names, ["read", "figures", "portal", "render", "audit"]);
    // What was told is not told again, and what comes after is.
    assert_eq!(folder.snapshot.stages().unwrap(), " ()");
    folder = folder.built(&changes("one"));
    assert!(folder.snapshot.stages().unwrap().contains("read "));
}

#[test]
fn readers_who_see_the_same_share_a_column() {
    let people = ["ada", "ben", "cyr", "dua", "eli"];
    let entry = |id: &str| {
        format!("[[stakeholder]]\nid = \"{id}\"\nname = \"{id}\"\nrole = \"supporter\"\n")
    };
    let supporters: String = people.iter().map(|id| entry(id)).collect();
    let heads = |folder: &Folder| {
        let page = folder.document("/e/one/");
        let (_, head) = page.split_once("<thead>").unwrap();
        head.split_once("</thead>").unwrap().0.to_owned()
    };
    let folder = Folder::make();
    folder.write("one/engagement.toml", &format!("{ENGAGEMENT}{supporters}"));
    let folder = folder.built(&changes("one"));
    let together = heads(&folder);
    assert_eq!(together.matches("<th ").count(), 4, "{together}");
    assert!(together.contains("5 supporters") && together.contains("ada, ben, cyr, dua, eli"));
    // One of them reads the goals besides.
    let for_one = ENGAGEMENT.replace("[\"manager\"]", "[\"manager\", \"cyr\"]");
    folder.write("one/engagement.toml", &format!("{for_one}{supporters}"));
    let folder = folder.built(&changes("one"));
    let apart = heads(&folder);
    assert_eq!(apart.matches("<th ").count(), 5, "{apart}");
    assert!(apart.contains("4 supporters") && apart.contains("href=\"/e/one/cyr/\""));
}

#[test]
fn the_start_page_says_what_is_due_over_all_engagements() {
    let folder = Folder::make();
    let soon = ENGAGEMENT.replace(
        "start = 2026-01-12",
        "start = 2026-01-12\ncloses = 2026-12-10",
    );
    folder.write("one/engagement.toml", &soon);
    let meeting = "+++\ntitle = \"Half-way\"\nkind = \"other\"\nstart = 2026-11-24T10:30:00\nminutes = 30\nattendees = [\"nyah\", \"priya\"]\n+++\n";
    folder.write("one/agendas/2026-11-24-half-way.md", meeting);
    let later = meeting
        .replace("2026-11-24", "2026-12-24")
        .replace("Half-way", "Far away");
    folder.write("one/agendas/2026-12-24-later.md", &later);
    let action = |text: &str, more: &str| {
        format!("[[action]]\ntext = \"{text}\"\nowner = \"nyah\"\ndue = 2026-11-02\n{more}")
    };
    let goal = format!(
        "+++\ntitle = \"Goal 0\"\n{}{}+++\nText.\n",
        action("Write it up", ""),
        action("Tell them", "done = 2026-11-01\n")
    );
    folder.write("one/goals/1-a.md", &goal);
    let alone = ENGAGEMENT.replace("agreed = 2026-02-02\n", "");
    folder.write("two/engagement.toml", &alone);
    let folder = folder.built(&shared());
    assert!(
        !folder.snapshot.has_errors(),
        "{:?}",
        folder.snapshot.problems
    );
    let page = folder.document("/");
    for said in [
        "Meetings of the next two weeks <small>1<",
        "10:30 Half-way",
        "Overdue <small>1<",
        "Nyah Adeyemi: Write it up",
        "the coachee has not agreed to what is shared",
        "nothing says what is confidential",
        "Pages about to close <small>1<",
        "all pages go on 2026-12-10",
        "the mid-point review",
        "data-open=\"one/agendas&#x2f;2026-11-24-half-way.md/1\"",
        "2 engagements",
        "<a href=\"/e/two/#warnings\">two</a>",
    ] {
        assert!(page.contains(said), "{said}\n{page}");
    }
    for unsaid in ["Far away", "Tell them"] {
        assert!(!page.contains(unsaid), "{unsaid}\n{page}");
    }
}

#[test]
fn what_a_portal_shows_is_found_in_the_files_and_the_portal_stays_the_same() {
    let folder = Folder::make();
    folder.write(
        "one/goals/1-a.md",
        "+++\ntitle = \"Goal 0\"\n+++\nWords for all.\n\n::: private\nWords for nobody else.\n:::\n",
    );
    let folder = folder.built(&changes("one"));
    let portal = folder.document("/e/one/priya/portal");
    let places = folder.document("/e/one/priya/places");
    let place = |line: usize, words: &str| {
        format!("data-file=\"one&#x2f;goals&#x2f;1-a.md\" data-line=\"{line}\">{words}<")
    };
    for place in [place(2, "goal 0"), place(4, "words for all")] {
        assert!(places.contains(&place), "{place}\n{places}");
    }
    assert!(!places.contains("nobody else"), "{places}");
    // What the sponsor does not see, with the line that says so.
    let absent = folder.document("/e/one/anders/places");
    assert!(!absent.contains("words for all"), "{absent}");
    assert!(
        absent.contains("data-title=\"Goal 0\" data-part=\"wording\""),
        "{absent}"
    );
    assert!(
        absent.contains("one&#x2f;engagement.toml\" data-line=\"7\""),
        "{absent}"
    );
    assert_eq!(folder.document("/e/one/priya/portal"), portal);
    assert!(!portal.contains("1-a.md"));
    let beside = folder.document("/e/one/priya/beside/anders/");
    for form in ["priya", "anders"] {
        assert!(beside.contains(&format!("src=\"&#x2f;e&#x2f;one&#x2f;{form}&#x2f;portal\"")));
    }
    let nobody = folder
        .site
        .answer(&folder.snapshot, "/e/one/priya/beside/x/");
    assert!(matches!(nobody, Answer::NotFound(_)));
}

/// An editor that writes its arguments, one a line, into `seen` beside itself.
fn script(folder: &Path) -> Editor {
    let path = folder.join("editor");
    let text = "#!/bin/sh\nfor word; do echo \"$word\"; done > \"$0.part\"\nmv \"$0.part\" \"$(dirname \"$0\")/seen\"\n";
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o700)).unwrap();
    Editor::of_command(path.to_str().unwrap()).unwrap()
}

#[test]
fn an_editor_gets_one_absolute_path_and_no_shell_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let odd = folder.path().join("a b; touch x $(touch y)");
    fs::create_dir_all(odd.join("one/goals")).unwrap();
    fs::write(odd.join("loggia.toml"), BOOK).unwrap();
    fs::write(odd.join("one/goals/1-a.md"), GOAL).unwrap();
    fs::write(odd.join("loggia.key"), "secret").unwrap();
    fs::write(folder.path().join("outside.md"), GOAL).unwrap();
    std::os::unix::fs::symlink(
        folder.path().join("outside.md"),
        odd.join("one/goals/2-b.md"),
    )
    .unwrap();
    let site = Site {
        key: PreviewKey::make().unwrap(),
        templates: Templates::compiled(),
        content: odd.clone(),
        editor: Some(script(folder.path())),
    };
    let snapshot = Snapshot::default();
    for target in [
        "one/goals/1-a.md",
        "one/goals/9-z.md/1",
        "one/goals/2-b.md/1",
        "one/../one/goals/1-a.md/1",
        "../outside.md/1",
        "loggia.key/1",
        "one/goals/1-a.md/-1",
        "/1",
    ] {
        assert!(
            matches!(site.open(&snapshot, target), Opened::NoFile),
            "{target}"
        );
    }
    let seen = folder.path().join("seen");
    assert!(!seen.exists());
    assert!(matches!(
        site.open(&snapshot, "one/goals/1-a.md/3"),
        Opened::Yes
    ));
    let end = Instant::now() + Duration::from_secs(10);
    while !seen.exists() && Instant::now() < end {
        thread::sleep(Duration::from_millis(10));
    }
    let file = odd.canonicalize().unwrap().join("one/goals/1-a.md");
    assert_eq!(
        fs::read_to_string(&seen).unwrap(),
        format!("{}\n", file.display())
    );
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(names.len(), 4, "{names:?}");
}

#[test]
fn content_never_says_what_is_run() {
    let known = format!("{BOOK}[serve]\neditor = \"vscode\"\n");
    for (book, is_good) in [
        (known.clone(), true),
        (known.replace("vscode", "/bin/sh"), false),
        (known.replace("vscode", "sh -c 'touch x'"), false),
        (known.replace("vscode", "code --goto"), false),
        (known.replace("editor", "command"), false),
    ] {
        let folder = Folder::make();
        folder.write("loggia.toml", &book);
        let folder = folder.built(&shared());
        assert_eq!(!folder.snapshot.has_errors(), is_good, "{book}");
        let workspace = folder.snapshot.workspace.as_ref().unwrap();
        assert_eq!(workspace.editor(), is_good.then_some("vscode"), "{book}");
    }
    // Without an editor it is told what to open; a page that is fetched opens nothing.
    let mut folder = Folder::make();
    let opened = folder.site.open(&folder.snapshot, "one/goals/1-a.md/3");
    assert!(matches!(opened, Opened::NoEditor(file) if file.ends_with("one/goals/1-a.md:3")));
    folder.site.editor = Some(script(folder.folder.path()));
    let fetched = folder
        .site
        .answer(&folder.snapshot, "/open/one/goals/1-a.md/3");
    assert!(matches!(fetched, Answer::NotFound(_)));
    thread::sleep(Duration::from_millis(200));
    assert!(!folder.folder.path().join("seen").exists());
}
