//! The page as its reader gets it, tried with portals made by hand.

use std::path::Path;

use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use crate::diagnostic::Diagnostic;
use crate::portal::files::ShownFiles;
use crate::portal::samples;
use crate::render::theme::{OwnFiles, Theme, lean};
use crate::render::{Page, bundled};

mod order;

/// Every language of the default theme.
const LANGUAGES: [&str; 7] = ["en", "fr", "de", "es", "pt", "ja", "ar"];

fn page(name: &str, language: &str) -> Page {
    page_of(&Theme::load(None).unwrap(), name, language)
}

fn page_of(theme: &Theme, name: &str, language: &str) -> Page {
    let mut portals = samples::all().into_iter();
    let (_, portal) = portals.find(|(known, _)| *known == name).unwrap();
    theme
        .page(portal, language)
        .unwrap_or_else(|problem| panic!("{problem}"))
        .with_files(&ShownFiles::default())
}

/// Every element of a page and what is in it, comments included.
fn nodes(document: &str) -> Vec<Handle> {
    let dom = html5ever::parse_document(RcDom::default(), <_>::default()).one(document);
    assert_eq!(*dom.errors.borrow(), Vec::<std::borrow::Cow<str>>::new());
    let (mut found, mut rest) = (Vec::new(), vec![dom.document]);
    while let Some(node) = rest.pop() {
        rest.extend(node.children.borrow().iter().cloned());
        found.push(node);
    }
    found
}

/// The name and the attributes of an element.
fn element(node: &Handle) -> Option<(String, Vec<(String, String)>)> {
    let NodeData::Element { name, attrs, .. } = &node.data else {
        return None;
    };
    let attributes = attrs.borrow();
    let attributes = attributes.iter();
    let pairs = attributes.map(|a| (a.name.local.to_string(), a.value.to_string()));
    Some((name.local.to_string(), pairs.collect()))
}

/// The words of a page with the elements that they are in, whatever spaces stand between elements.
fn outline(document: &str) -> Vec<String> {
    fn write(node: &Handle, path: &str, lines: &mut Vec<String>) {
        let path = match element(node) {
            Some((tag, attributes)) => format!("{path} {tag}{attributes:?}"),
            None => path.to_owned(),
        };
        if let NodeData::Text { contents } = &node.data {
            lines.push(format!("{path}: {}", contents.borrow().trim()));
        } else {
            lines.push(path.clone());
        }
        for child in node.children.borrow().iter() {
            write(child, &path, lines);
        }
    }
    let dom = html5ever::parse_document(RcDom::default(), <_>::default()).one(document);
    assert_eq!(*dom.errors.borrow(), Vec::<std::borrow::Cow<str>>::new());
    let mut lines = Vec::new();
    write(&dom.document, "", &mut lines);
    lines.retain(|line| !line.ends_with(": "));
    lines
}

#[test]
fn a_page_without_needless_ends_is_the_same_page() {
    let list = "<ul>\n  <li>a <b>b</b></li>\n  <li><ol><li>c</li></ol></li>\n</ul>";
    let terms = "<dl>\n<div>\n<dt>a</dt>\n<dd>b</dd>\n<dd>c</dd>\n</div>\n<dt>d</dt>\n<dd><p>e</p></dd>\n</dl>";
    let table = "<table>\n<caption>a</caption>\n<thead>\n<tr>\n<th>b</th>\n<th>c</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<th>d</th>\n<td>e</td>\n</tr>\n<tr>\n<td>f</td>\n<td><ul><li>g</li></ul></td>\n</tr>\n</tbody>\n</table>";
    let whole = format!("<!doctype html>\n<title>a</title>\n{list}\n{terms}\n{table}\n<p>b</p>");
    let lean = lean(&whole);
    assert!(lean.len() + 90 < whole.len(), "{lean}");
    assert_eq!(outline(&lean), outline(&whole));
}

#[test]
fn every_sample_becomes_a_page_in_every_language() {
    let theme = Theme::load(None).unwrap();
    // Where to write the pages for looking at them in a browser.
    let folder = std::env::var_os("LOGGIA_PAGES");
    for language in LANGUAGES {
        for (name, _) in samples::all() {
            let page = page_of(&theme, name, language);
            let Some(folder) = &folder else { continue };
            let file = Path::new(folder).join(format!("{name}.{language}.html"));
            std::fs::write(file, page.document()).unwrap();
        }
    }
}

#[test]
fn a_page_is_nothing_but_inert_markup() {
    for (name, _) in samples::all() {
        let page = page(name, "en");
        for node in nodes(page.document()) {
            assert!(!matches!(node.data, NodeData::Comment { .. }), "{name}");
            let Some((tag, attributes)) = element(&node) else {
                continue;
            };
            assert!(
                !matches!(&*tag, "script" | "iframe" | "object" | "form" | "base"),
                "{name}: {tag}"
            );
            for (key, value) in attributes {
                assert!(
                    key != "style" && !key.starts_with("on"),
                    "{name}: {tag} {key}"
                );
                if key == "src" {
                    assert!(value.starts_with("data:"), "{name}: {value}");
                }
            }
        }
    }
}

#[test]
fn ids_are_unique_and_every_link_inside_the_page_arrives() {
    for (name, _) in samples::all() {
        let page = page(name, "en");
        let (mut ids, mut targets) = (Vec::new(), Vec::new());
        for (tag, attributes) in nodes(page.document()).iter().filter_map(element) {
            for (key, value) in attributes {
                match (&*tag, &*key) {
                    (_, "id") => ids.push(value),
                    ("a", "href") => targets.extend(value.strip_prefix('#').map(str::to_owned)),
                    (_, "aria-labelledby" | "aria-describedby") => {
                        targets.extend(value.split(' ').map(str::to_owned));
                    }
                    _ => {}
                }
            }
        }
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "{name}");
        for target in targets {
            assert!(ids.contains(&target), "{name}: nothing is called {target}");
        }
    }
}

#[test]
fn the_policy_names_the_style_sheet_of_the_page() {
    use data_encoding::BASE64;
    use sha2::{Digest, Sha256};
    let page = page("manager", "en");
    let (_, rest) = page.document().split_once("<style>").unwrap();
    let (style, _) = rest.split_once("</style>").unwrap();
    assert_eq!(style, page.style().text());
    let hash = BASE64.encode(&Sha256::digest(style));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'"
    );
    assert!(page.document().contains(&policy));
}

#[test]
fn two_pages_of_one_portal_are_the_same() {
    assert_eq!(
        page("extreme", "ar").document(),
        page("extreme", "ar").document()
    );
}

#[test]
fn a_page_has_one_heading_a_language_and_its_own_sections_only() {
    let page = page("supporter", "ar");
    assert!(page.document().contains(r#"<html lang="ar" dir="rtl">"#));
    assert_eq!(page.document().matches("<h1").count(), 1);
    assert!(page.document().contains(r##"href="#goals""##));
    assert!(!page.document().contains(r##"href="#meetings""##));
    assert!(page.document().contains(r#"id="about""#));
}

#[test]
fn markup_in_a_text_stays_text() {
    let mut portal = samples::manager();
    portal.title = "<script>alert(1)</script>\"'".to_owned();
    let theme = Theme::load(None).unwrap();
    let page = theme.page(portal, "en").unwrap();
    let page = page.with_files(&ShownFiles::default());
    assert!(!page.document().contains("<script"));
}

#[test]
fn a_region_chooses_the_formats_and_shares_the_words() {
    assert!(page("manager", "en").document().contains("18 August 2026"));
    let american = page("manager", "en-US");
    assert!(american.document().contains("August 18, 2026"));
    assert_eq!(american.language(), "en-US");
}

/// A theme with one file of its own; its page or the problem with it.
fn with_own(file: &str, text: &str) -> Result<String, Vec<Diagnostic>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
    let (name, version) = Theme::version_file();
    std::fs::write(folder.path().join(name), version).unwrap();
    let theme = Theme::load(Some(&OwnFiles {
        folder: folder.path(),
        is_passed_over: |name| name.ends_with('~'),
        stand_in: |_, _| None,
    }))?;
    let page = theme.page(samples::manager(), "en");
    page.map(|page| page.document)
        .map_err(|problem| vec![problem])
}

#[track_caller]
fn refused(file: &str, text: &str, expected: &str) {
    let problems = with_own(file, text).unwrap_err();
    let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let all = all.join("\n");
    assert!(all.contains(expected), "{expected:?} is not in {all}");
    // What a portal holds is in no message.
    assert!(
        !all.contains("Priya") && !all.contains("Leading through"),
        "{all}"
    );
}

#[test]
fn a_template_is_no_hole() {
    let refuse = |text: &str, expected: &str| refused("templates/cover.html", text, expected);
    refuse("{{ portal.titel }}", "this value does not exist");
    refuse(
        "{{ portal.reader|round }}",
        "cannot be done with these values",
    );
    refuse("{{ portal.reader }}", "this is not a text");
    refuse("{{ portal.firm.logo }}", "this is not a text");
    refuse("{{ debug() }}", "no function of this name");
    refuse("{{ portal.title|safe }}", "no filter of this name");
    refuse(
        "{% include \"../../../etc/passwd\" %}",
        "no template of this name",
    );
    refuse("{% include \"cover.html\" %}", "cannot be done");
    refuse(
        "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}",
        "too many steps",
    );
    let doubling = "{% set s %}{{ s }}{{ s }}{% endset %}\n".repeat(40);
    refuse(
        &format!("{{% set s = \"x\" * 1000 %}}\n{doubling}"),
        "prints more than 256 MiB",
    );
    refuse("{% set s = \"x\" %}\n{% set s = s ~ s %}", "cover.html:2");
    refuse(
        "{{ t(\"no.such\") }}",
        "language `en` has no words for `no.such`",
    );
    refuse("{% if %}", "cover.html:1");
    refuse("one\n  {{ nothing.here }}", "cover.html:2:3");
}

#[test]
fn every_template_escapes_whatever_it_is_called() {
    let page = with_own("templates/cover.html", "{{ \"<b>\" ~ portal.title }}").unwrap();
    assert!(page.contains("&lt;b&gt;Leading"));
}

#[test]
fn a_theme_of_its_own_shadows_file_by_file() {
    let page = with_own("templates/cover.html", "<h1>Ours</h1>").unwrap();
    assert!(page.contains("<h1>Ours</h1>") && page.contains("id=\"overview\""));
    let page = with_own("style.css", "/* us */ body { margin: 0; }").unwrap();
    assert!(page.contains("<style>body{margin:0}</style>"));
    refused("styles.css", "", "did you mean `style.css`?");
    refused(
        "style.css",
        "</style><script>",
        "a style sheet cannot hold markup",
    );
}

#[test]
fn a_language_is_complete_or_an_error() {
    let english = bundled::source("strings/en.toml");
    let edited = |from: &str, to: &str| {
        assert!(english.text().contains(from), "{from}");
        english.text().replace(from, to)
    };
    let refuse = |from: &str, to: &str, expected: &str| {
        refused("strings/nl.toml", &edited(from, to), expected);
    };
    let page = with_own("strings/nl.toml", &edited("en-GB", "nl")).unwrap();
    assert!(page.contains("Priya Raman"));
    refuse("here = \"we are here\"", "", "no words for `overview.here`");
    refuse("Made for {name}", "Made", "`page.only_for` leaves out");
    refuse(
        "Made for {name}",
        "Made {who} {name}",
        "a gap `{who}` that nothing fills",
    );
    refuse("{count} overdue", "{count overdue", "never closed");
    refuse("\"en-GB\"", "\"ar\"", "`actions` has no form for `few`");
    refuse("\"ltr\"", "\"up\"", "must be `ltr` or `rtl`");
    refuse("percent =", "percent", "nl.toml");
}

#[test]
fn an_unknown_language_names_those_there_are() {
    let theme = Theme::load(None).unwrap();
    let problem = theme.page(samples::manager(), "xx").unwrap_err();
    assert!(problem.to_string().contains("no words in language `xx`"));
    assert!(problem.to_string().contains("`ar`, `de`, `en`"));
}

#[test]
fn the_default_theme_is_whole() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    let mut on_disk = Vec::new();
    for entry in walkdir::WalkDir::new(&folder) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(&folder).unwrap();
            on_disk.push(name.to_str().unwrap().to_owned());
        }
    }
    on_disk.sort();
    let mut bundled: Vec<_> = bundled::FILES.iter().map(|(name, _)| *name).collect();
    bundled.sort_unstable();
    assert_eq!(on_disk, bundled);
}

#[test]
fn every_sentence_is_used() {
    let english = bundled::source("strings/en.toml");
    let strings = crate::render::strings::Strings::parse(&english).unwrap();
    let mut sources = String::new();
    for folder in ["themes/default/templates", "src"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in walkdir::WalkDir::new(folder) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                sources.push_str(&std::fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    for key in strings.keys() {
        let (parent, _) = key.rsplit_once('.').unwrap_or((key, ""));
        let (grandparent, _) = parent.rsplit_once('.').unwrap_or((parent, ""));
        let is_named = sources.contains(&format!("\"{key}\""));
        let is_made = [parent, grandparent]
            .iter()
            .any(|part| sources.contains(&format!("\"{part}.")));
        assert!(is_named || is_made, "nothing says `{key}`");
    }
}

#[test]
fn a_theme_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&Theme::load(None).unwrap());
}

/// Wherever a page says who reads answers, it says the same: the coach, and whoever keeps the coach's folder.
#[test]
fn who_reads_answers_is_said_alike_everywhere() {
    let folder = [
        ("ar", "من يحفظ ملفات"),
        ("de", "wer den Ordner des Coachs verwahrt"),
        ("en", "whoever keeps the coach’s folder"),
        ("es", "quien guarda la carpeta del coach"),
        ("fr", "toute personne qui garde le dossier du coach"),
        ("ja", "コーチのフォルダを管理する人"),
        ("pt", "quem guarda a pasta do coach"),
    ];
    for language in LANGUAGES {
        let words = folder.iter().find(|(tag, _)| *tag == language).unwrap().1;
        let source = bundled::source(&format!("strings/{language}.toml"));
        let sentences: toml::Table = source.text().parse().unwrap();
        for (section, key) in [
            ("asking", "counted"),
            ("asking", "apart"),
            ("asking", "own"),
            ("sharing", "answers"),
            ("sharing", "never_answers"),
        ] {
            let sentence = sentences[section][key].as_str().unwrap();
            assert!(
                sentence.contains(words),
                "{language} {section}.{key}: {sentence}"
            );
        }
    }
}
