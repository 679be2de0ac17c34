//! What the tests outside Rust open: the golden vectors in `tests/access/vectors/`, and a small site for the browsers.
//!
//! `LOGGIA_ACCEPT=1 cargo test --lib access::samples` writes the vectors anew, which only a new format may need;
//! `LOGGIA_SAMPLES=DIR cargo test --lib access::samples` writes the site, with `samples.json` beside it, into `DIR`.

use std::path::{Path, PathBuf};
use std::{env, fs};

use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::access::key::Key;
use crate::access::link::Link;
use crate::access::passphrase::Passphrase;
use crate::access::root::root_files;
use crate::access::shell::Shell;
use crate::access::{Access, Opening, Sealed, seal};
use crate::render::Page;
use crate::render::phrases::Phrases;
use crate::render::style_sheet::StyleSheet;

/// The style of every sample page.
const STYLE: &str = "h1 { color: rgb(1, 2, 3); } section { min-height: 90vh; } @media print { section { min-height: 0; } }";

/// The passphrase of the samples that have one; `é` is two characters, as some keyboards type it.
const WORDS: &str = "  Re\u{301}sume\u{301} in the loggia ";

fn link(stakeholder: &str, number: u32) -> Link {
    Link::numbered(&Key::of_tests(), "nyah-adeyemi", stakeholder, number)
}

fn vector(stakeholder: &str, words: Option<&str>, document: &str) -> Value {
    let link = link(stakeholder, 1);
    let passphrase = words.map(|words| Passphrase::of(words, &link).unwrap());
    json!({
        "key": Key::of_tests().written().as_str(),
        "engagement": "nyah-adeyemi",
        "stakeholder": stakeholder,
        "number": 1,
        "passphrase": words,
        "path": link.path().as_str(),
        "code": link.code().as_str(),
        "document": document,
        "sealed": BASE64.encode(&seal::seal(document, &link, passphrase.as_ref())),
    })
}

#[test]
fn golden_vectors_stay() {
    let vectors = [
        (
            "plain.json",
            vector(
                "priya",
                None,
                "<!DOCTYPE html>\n<h1>Grüße, שלום, 你好 👋</h1>\n",
            ),
        ),
        ("empty.json", vector("x", None, "")),
        (
            "long.json",
            vector("priya", None, &"a line of the page\n".repeat(3700)),
        ),
        (
            "passphrase.json",
            vector("anders", Some(WORDS), "<!DOCTYPE html>\n<h1>Sponsor</h1>\n"),
        ),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/access/vectors");
    for (name, vector) in vectors {
        let text = format!("{vector:#}\n");
        if env::var_os("LOGGIA_ACCEPT").is_some() {
            fs::write(folder.join(name), &text).unwrap();
        }
        let kept = fs::read_to_string(folder.join(name)).unwrap();
        assert!(
            kept == text,
            "{name} is not what this code seals: links that are out there would no longer open"
        );
    }
}

#[test]
fn site_for_the_browsers_is_written() {
    let temporary = tempfile::tempdir().unwrap();
    let folder =
        env::var_os("LOGGIA_SAMPLES").map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let shell = Shell::of(&Phrases::english()).unwrap();
    let plain = || Access::Sealed(Opening::default());
    let passphrase = Passphrase::of(WORDS, &link("passphrase", 1)).unwrap();
    let samples = [
        ("plain", portal(), plain()),
        ("other", portal().replace("Nyah", "Omar"), plain()),
        ("hostile", HOSTILE.into(), plain()),
        (
            "large",
            portal().replace("Prose.", &"<p>Prose of one portal.</p>\n".repeat(3500)),
            plain(),
        ),
        (
            "click",
            portal(),
            Access::Sealed(Opening {
                click: true,
                passphrase: None,
            }),
        ),
        (
            "passphrase",
            portal(),
            Access::Sealed(Opening {
                click: false,
                passphrase: Some(passphrase),
            }),
        ),
        ("link", portal(), Access::Link),
        (
            "large-link",
            portal().replace("Prose.", &"<p>Prose of one portal.</p>\n".repeat(3500)),
            Access::Link,
        ),
    ];
    for file in root_files(&shell) {
        write(&folder, &file);
    }
    let mut index = serde_json::Map::new();
    for (name, body, access) in samples {
        let link = link(name, 1);
        write(&folder, &Sealed::of(&page(&body), &link, &access, &shell));
        index.insert(
            name.into(),
            json!({ "path": link.path().as_str(), "code": link.code().as_str() }),
        );
    }
    index.insert(
        "old".into(),
        json!({ "code": link("plain", 0).code().as_str() }),
    );
    fs::write(
        folder.join("samples.json"),
        format!("{:#}\n", Value::Object(index)),
    )
    .unwrap();
}

/// A page as `render` makes it, around `body`.
fn page(body: &str) -> Page {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
    let document = format!(
        "<!DOCTYPE html>\n<html lang=\"de\" class=\"portal\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>Nyah Adeyemi: Portal</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    );
    Page::of(document, StyleSheet::of(STYLE.into()).into(), "de".into())
}

fn write(folder: &Path, file: &Sealed) {
    let path = folder.join(file.path().as_str());
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, file.bytes()).unwrap();
}

/// A body with places to go to, one of them in a closed fold.
fn portal() -> String {
    "<h1>Leading through others</h1>\n<nav><a href=\"#goals\">Goals</a> <a href=\"#folded\">Folded</a> <a href=\"#\">Top</a></nav>\n\
     <section id=\"overview\"><h2>Overview</h2>Nyah. Prose.</section>\n\
     <section id=\"goals\"><h2>Goals</h2><a id=\"away\" href=\"https://elsewhere.example/\">Away</a></section>\n\
     <details><summary>Past</summary><section id=\"folded\"><h2>Folded</h2></section></details>\n\
     <svg viewBox=\"0 0 9 9\" width=\"9\"><a href=\"#overview\" id=\"drawn\"><rect width=\"9\" height=\"9\"/></a></svg>\n"
        .into()
}

/// Everything that a page must not be able to do, had someone smuggled it past every earlier stage.
const HOSTILE: &str = r##"<h1 style="color: rgb(9, 9, 9)" onclick="window.hit = 1" id="heading">Hostile</h1>
<style>h1 { color: rgb(8, 8, 8) !important; }</style>
<script>window.hit = 2</script>
<script src="/beacon.js"></script>
<img src="/beacon.png" onerror="window.hit = 3"><img src="data:," onerror="window.hit = 4">
<svg onload="window.hit = 5"><image href="/beacon.svg"/><script>window.hit = 6</script></svg>
<a id="script-link" href="javascript:window.hit=7">x</a>
<form id="hostile-form" action="/beacon-form"><button id="hostile-button">x</button></form>
<base href="/beacon-base/"><iframe src="/beacon-frame"></iframe><object data="/beacon-object"></object><embed src="/beacon-embed">
<link rel="stylesheet" href="/beacon.css"><link rel="prefetch" href="/beacon-prefetch"><link rel="icon" href="/beacon.ico">
<meta http-equiv="refresh" content="1; url=/beacon-refresh"><video src="/beacon.mp4" poster="/beacon-poster"></video>
<div style="background: url(/beacon-background)">x</div><template shadowrootmode="open"><script>window.hit = 8</script></template>
<noscript><img src="/beacon-noscript"></noscript><body onload="window.hit = 9" background="/beacon-body">
"##;
