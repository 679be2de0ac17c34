//! What data protection asks of a page and of an invitation: whom to ask, how to object, until when, and what others see of ratings.

use std::collections::BTreeMap;

use loggia::pipeline::reading;
use loggia::pipeline::workspace::Workspace;

use crate::project::{Project, reader_pages, tree};

const ENGAGEMENT: &str = "nyah/engagement.toml";

/// The small engagement, with an address that mails can name.
fn begun() -> Project {
    let project = Project::small();
    let site = "[site]\nbase_url = \"https://firm.example/\"\n";
    project.replace("loggia.toml", "[site]\n", site);
    project
}

/// The bodies of all pages by reader, and of all mails by the name of their file.
#[track_caller]
fn said(project: &Project) -> BTreeMap<String, String> {
    let workspace = Workspace::open(&project.content()).unwrap();
    let id = &workspace.book().engagements[0];
    let today = "2026-03-20".parse::<jiff::civil::Date>().unwrap();
    let engagement = reading::engagement(&workspace, id, today.into())
        .reading
        .value
        .unwrap();
    let pages = reader_pages(&workspace, &engagement, today).unwrap();
    let mut said = BTreeMap::new();
    for page in &pages {
        let html = page.page.document();
        let body = html.split_once("<body").unwrap().1;
        said.insert(page.reader.id().to_string(), words(body));
    }
    project.built();
    let ran = project.run(&["links", "--invite", "mail", "--all"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for (name, mail) in tree(&project.folder().join("mail")) {
        if let Some(reader) = name.strip_prefix("nyah--") {
            let mail = String::from_utf8(mail).unwrap();
            let body = mail.replace("=\r\n", "").replace("=C3=BC", "ü");
            said.insert(reader.to_owned(), words(&body));
        }
    }
    assert_eq!(said.len(), 2 * pages.len());
    said
}

/// A text as it is read, and with single spaces.
fn words(text: &str) -> String {
    let mut words = String::new();
    for piece in text.split('<') {
        words += piece.split_once('>').map_or(piece, |(_, rest)| rest);
    }
    let words = words.replace("&#x2f;", "/");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The readers whose page and mail say `sentence`. One of the two alone is a mistake.
#[track_caller]
fn who_reads(said: &BTreeMap<String, String>, sentence: &str) -> Vec<String> {
    let has = |name: &str| said.get(name).is_some_and(|text| text.contains(sentence));
    let readers = said.keys().filter(|name| !name.ends_with(".eml"));
    let mut found = Vec::new();
    for reader in readers {
        let (page, mail) = (has(reader), has(&format!("{reader}.eml")));
        assert_eq!(page, mail, "{reader}: {sentence}");
        if page {
            found.push(reader.clone());
        }
    }
    found
}

fn readers(said: &BTreeMap<String, String>) -> Vec<String> {
    let readers = said.keys().filter(|name| !name.ends_with(".eml"));
    readers.cloned().collect()
}

#[test]
fn every_page_and_mail_says_how_data_is_handled_and_how_to_object() {
    let project = begun();
    let plain = said(&project);
    assert_eq!(
        who_reads(&plain, "How personal data is handled"),
        Vec::<String>::new()
    );
    assert_eq!(
        who_reads(&plain, "you can say so at any time"),
        readers(&plain)
    );
    let texts = [
        ("https://firm.example/privacy", "firm.example/privacy"),
        (
            "Ask Uta: what is kept, and how long.",
            "Ask Uta: what is kept, and how long.",
        ),
    ];
    for (text, shown) in texts {
        let project = begun();
        project.replace(
            "loggia.toml",
            "[firm]\n",
            &format!("[firm]\nprivacy = \"{text}\"\n"),
        );
        let said = said(&project);
        assert_eq!(who_reads(&said, shown), readers(&said), "{text}");
    }
}

#[test]
fn a_page_says_on_which_day_it_closes() {
    let project = begun();
    let is_said = |project: &Project, words: &str| {
        let said = said(project);
        let pages = said.iter().filter(|(name, _)| !name.ends_with(".eml"));
        pages.filter(|(_, page)| page.contains(words)).count()
    };
    assert_eq!(is_said(&project, "This page closes"), 0);
    let end = "end = 2026-09-30\n";
    project.replace(ENGAGEMENT, end, &format!("{end}closes = 2026-12-01\n"));
    let all = readers(&said(&project)).len();
    assert_eq!(
        is_said(&project, "This page closes on 1 December 2026."),
        all
    );
}

#[test]
fn who_is_asked_reads_how_few_may_stand_behind_a_figure() {
    let sentence = |minimum: u32, of_group: u32| {
        format!(
            "others see only figures of {minimum} people or more together, and of one group only from {of_group} people on"
        )
    };
    let project = begun();
    let text = project.read(ENGAGEMENT);
    let with_role = |roles: &[&str]| {
        let mut ids = Vec::new();
        for table in text.split("[[stakeholder]]").skip(1) {
            let value = |key: &str| {
                let line = table.lines().find(|line| line.starts_with(key)).unwrap();
                line.split('"').nth(1).unwrap().to_owned()
            };
            if roles.contains(&value("role").as_str()) && !table.contains("portal = false") {
                ids.push(value("id"));
            }
        }
        ids.sort();
        ids
    };
    let (asked, supporters) = (
        with_role(&["supporter", "manager"]),
        with_role(&["supporter"]),
    );
    assert!(supporters.len() > 1 && asked.len() > supporters.len());
    let said_of = |project: &Project, sentence: &str| who_reads(&said(project), sentence);
    let said_at_all = |project: &Project| said_of(project, "Of your answers to the pulse");
    assert_eq!(said_of(&project, &sentence(3, 5)), asked);
    assert_eq!(said_at_all(&project), asked);
    project.replace(ENGAGEMENT, "minimum = 3", "minimum = 7");
    assert_eq!(said_of(&project, &sentence(7, 7)), asked);
    // From the day of the word on, a manager's answers stand alone.
    let role = "role = \"manager\"\n";
    project.replace(ENGAGEMENT, role, &format!("{role}apart = 2026-03-21\n"));
    assert_eq!(said_at_all(&project), asked);
    project.replace(ENGAGEMENT, "apart = 2026-03-21", "apart = 2026-03-20");
    assert_eq!(said_at_all(&project), supporters);
}
