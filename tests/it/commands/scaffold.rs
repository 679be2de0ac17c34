//! What `init` and `new` write passes `check` as it is.

use std::fs;
use std::path::Path;

use jiff::civil::{Date, date};
use loggia::pipeline::checking::check;
use loggia::pipeline::reading;
use loggia::pipeline::scaffolding::participants;
use loggia::pipeline::workspace::Workspace;
use loggia::scaffold;
use loggia::scaffold::{AgendaKind, Brief, Method, Names, NewFiles, ReviewKind};
use strum::VariantArray;
use tempfile::TempDir;

use crate::project::reader_pages;

/// Days on which something in a calendar could go wrong.
const DAYS: [Date; 4] = [
    date(2026, 1, 12),
    date(2026, 2, 28),
    date(2026, 12, 31),
    date(2028, 2, 29),
];

/// A firm's folder with one engagement of `method`, begun on `today`.
fn begun(method: Method, today: Date) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(&scaffold::firm("Practice", None, today), folder.path());
    let content = folder.path().join("content");
    fs::remove_dir_all(content.join("robin-ashdown")).unwrap();
    let brief = Brief {
        id: "nyah-adeyemi".to_owned(),
        coachee: None,
        names: Names::default(),
        method,
        start: today,
        months: 9,
    };
    write(&scaffold::engagement(&brief), &content);
    folder
}

#[track_caller]
fn write(new_files: &NewFiles, folder: &Path) {
    new_files
        .write(folder)
        .unwrap_or_else(|problems| panic!("{problems:?}"));
    assert!(!new_files.next.is_empty());
}

/// What `init` writes passes without a word.
#[track_caller]
fn passes(content: &Path, today: Date) {
    let shown = warnings(content, today);
    assert!(shown.is_empty(), "{}", shown.join("\n\n"));
}

/// What `new` writes passes with nothing but what is still to be replaced.
#[track_caller]
fn passes_as_draft(content: &Path, today: Date) {
    let shown = warnings(content, today);
    let is_placeholder = |text: &String| text.contains("this still holds a placeholder in ‹…›");
    assert!(
        !shown.is_empty() && shown.iter().all(is_placeholder),
        "{}",
        shown.join("\n\n")
    );
}

#[track_caller]
fn warnings(content: &Path, today: Date) -> Vec<String> {
    let workspace =
        Workspace::open(content).unwrap_or_else(|failure| panic!("{:?}", failure.problems));
    let warnings =
        check(&workspace, today).unwrap_or_else(|failure| panic!("{:#?}", failure.problems));
    warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn a_firm_begun_on_any_day_passes() {
    for today in DAYS {
        let folder = tempfile::tempdir().unwrap();
        write(&scaffold::firm("Practice", None, today), folder.path());
        passes(&folder.path().join("content"), today);
    }
}

#[test]
fn every_method_passes_with_everything_new() {
    for &method in Method::VARIANTS {
        for today in DAYS {
            let folder = begun(method, today);
            let content = folder.path().join("content");
            passes_as_draft(&content, today);
            add_everything(&content, today);
            passes_as_draft(&content, today);
        }
    }
}

/// One of every kind, for the people whom the engagement has.
fn add_everything(content: &Path, today: Date) {
    let workspace =
        Workspace::open(content).unwrap_or_else(|failure| panic!("{:?}", failure.problems));
    let id = workspace.find("nyah-adeyemi").unwrap();
    let outline = workspace
        .outline(&id)
        .unwrap_or_else(|failure| panic!("{:?}", failure.problems));
    let people = participants(&id, &outline, today);
    let name = ("Concise, \"early\" \\ & clear", "concise");
    let engagement = &id;
    let id = id.as_str();
    assert_eq!(scaffold::next_number(&content.join(id).join("goals")), 2);
    let mut all = vec![
        scaffold::agreement(today, &people),
        scaffold::goal(2, name, today, &people),
        scaffold::update(name, today, &people),
        scaffold::note(id, name, today),
        scaffold::review(id, ReviewKind::Midpoint, None, today),
        scaffold::review(id, ReviewKind::Final, Some(name.0), today),
    ];
    for (index, kind) in AgendaKind::VARIANTS.iter().copied().enumerate() {
        // Another year than that of the meetings which the method has booked: one quarterly meeting a quarter.
        // After all that is there already.
        let day = outline.end.unwrap() + jiff::Span::new().days(30 + i64::try_from(index).unwrap());
        all.push(scaffold::agenda(kind, Some(name.0), day, &people));
        let proposed = kind.day(outline.start, outline.end, today);
        assert!(proposed >= today, "{kind:?}");
    }
    for new_files in all {
        write(&new_files, content);
    }
    let survey = workspace.survey(engagement, today).map_err(|_| ());
    write(&scaffold::round(id, today, &survey.unwrap()), content);
}

#[test]
fn a_lone_coachee_gets_drafts_too() {
    let folder = begun(Method::Alignment, DAYS[0]);
    let content = folder.path().join("content");
    for name in ["agendas", "goals"] {
        fs::remove_dir_all(content.join("nyah-adeyemi").join(name)).unwrap();
    }
    let lone = "title = \"Alone\"\nstart = 2026-01-12\nsilence = [\"no-midpoint\", \"no-final\", \"no-closes\", \"no-exceptions\"]\n[[stakeholder]]\nid = \"nyah\"\nname = \"Nyah\"\nrole = \"coachee\"\n";
    fs::write(content.join("nyah-adeyemi/engagement.toml"), lone).unwrap();
    let workspace =
        Workspace::open(&content).unwrap_or_else(|failure| panic!("{:?}", failure.problems));
    let id = workspace.find("nyah-adeyemi").unwrap();
    let outline = workspace.outline(&id);
    let outline = outline.unwrap_or_else(|failure| panic!("{:?}", failure.problems));
    let people = participants(&id, &outline, DAYS[0]);
    for (index, kind) in AgendaKind::VARIANTS.iter().copied().enumerate() {
        let day = date(2026, 2, 1 + i8::try_from(index).unwrap());
        let new_files = scaffold::agenda(kind, None, day, &people);
        write(&new_files, &content);
    }
    let goal = scaffold::goal(1, ("A", "a"), DAYS[0], &people);
    write(&goal, &content);
    passes_as_draft(&content, DAYS[0]);
}

#[test]
fn a_new_engagement_has_a_portal_once_its_placeholders_are_replaced() {
    for &method in Method::VARIANTS {
        let folder = begun(method, DAYS[0]);
        assert_eq!(count_of_portals(&folder), 0);
        for entry in walkdir::WalkDir::new(folder.path()) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let text = fs::read_to_string(entry.path()).unwrap();
                fs::write(entry.path(), text.replace(['‹', '›'], "")).unwrap();
            }
        }
        assert_eq!(
            count_of_portals(&folder),
            1,
            "the coachee alone has one before they agree"
        );
    }
}

fn count_of_portals(folder: &TempDir) -> usize {
    let workspace = Workspace::open(&folder.path().join("content"))
        .unwrap_or_else(|failure| panic!("{:?}", failure.problems));
    let id = workspace.find("nyah-adeyemi").unwrap();
    let read = reading::engagement(&workspace, &id, DAYS[0].into()).reading;
    let engagement = read.value.unwrap();
    let pages = reader_pages(&workspace, &engagement, DAYS[0]).unwrap();
    assert_eq!(pages.len(), engagement.readers(DAYS[0].into()).len());
    pages.len()
}

#[test]
fn an_unknown_engagement_is_suggested() {
    let folder = begun(Method::Alignment, DAYS[0]);
    let workspace = Workspace::open(&folder.path().join("content"))
        .unwrap_or_else(|failure| panic!("{:?}", failure.problems));
    let problem = workspace.find("nya-adeyemi").unwrap_err();
    assert_eq!(problem.hint(), Some("did you mean `nyah-adeyemi`?"));
}

#[test]
fn what_an_engagement_shows_as_a_remark_is_taken_once_it_is_none() {
    for &method in Method::VARIANTS {
        let folder = begun(method, DAYS[0]);
        let file = folder.path().join("content/nyah-adeyemi/engagement.toml");
        let text = fs::read_to_string(&file).unwrap();
        let is_setting = |line: &str| {
            let key = line.split(" = ").next().unwrap();
            line.starts_with("[[") || key != line && !key.contains(' ') && key != "agreed"
        };
        let opened = text.lines().map(|line| match line.strip_prefix("# ") {
            Some(rest) if is_setting(rest) => rest,
            _ => line,
        });
        let opened: Vec<&str> = opened.collect();
        let is_more = opened.join("\n").replace(['‹', '›'], "") != text.replace(['‹', '›'], "");
        assert!(is_more, "{method:?}");
        for entry in walkdir::WalkDir::new(folder.path()) {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let text = fs::read_to_string(entry.path()).unwrap();
                fs::write(entry.path(), text.replace(['‹', '›'], "")).unwrap();
            }
        }
        fs::write(&file, opened.join("\n").replace(['‹', '›'], "")).unwrap();
        assert_eq!(count_of_portals(&folder), 1, "{method:?}");
    }
}

/// A link and answers go by the id, so it is made of the name; whoever follows in a role needs another.
#[test]
fn ids_are_made_of_names_and_not_of_roles() {
    let names = Names {
        coach: Some("Elspeth Rowan".to_owned()),
        manager: Some("Priya Raman".to_owned()),
        sponsor: Some("Priya \"P\" Holm".to_owned()),
        hr: None,
        supporters: vec!["Écoute d’Abord".to_owned(), "会议".to_owned()],
    };
    let brief = Brief {
        id: "nyah-adeyemi".to_owned(),
        coachee: None,
        names,
        method: Method::StakeholderCentred,
        start: DAYS[0],
        months: 9,
    };
    let folder = tempfile::tempdir().unwrap();
    write(&scaffold::firm("Practice", None, DAYS[0]), folder.path());
    let content = folder.path().join("content");
    write(&scaffold::engagement(&brief), &content);
    passes_as_draft(&content, DAYS[0]);
    let text = fs::read_to_string(content.join("nyah-adeyemi/engagement.toml")).unwrap();
    let ids = text.lines().filter_map(|line| line.strip_prefix("id = "));
    let ids: Vec<&str> = ids.map(|id| id.trim_matches('"')).collect();
    let expected = [
        "nyah",
        "elspeth",
        "priya",
        "priya-p-holm",
        "hr-1",
        "ecoute",
        "supporter-1",
        "supporter-2",
        "supporter-3",
        "supporter-4",
    ];
    assert_eq!(ids, expected);
    assert!(text.contains("name = \"Priya Raman\""), "{text}");
}
