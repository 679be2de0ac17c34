//! The exports of the survey tools that the README names, each made by another program than ours: `tests/cases/forms`. All of them hold the
//! same answers.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use jiff::civil::date;
use loggia::diagnostic::Diagnostic;
use loggia::scaffold::NewFiles;
use loggia::scaffold::form::{Import, Wishes, round};
use loggia::scaffold::survey::{Question, Respondent, Survey};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Which tool is behind a file, by how its name begins.
const TOOLS: [(&str, &str); 7] = [
    ("google", "Google Forms"),
    ("jotform", "Jotform"),
    ("limesurvey", "LimeSurvey"),
    ("microsoft", "Microsoft Forms"),
    ("qualtrics", "Qualtrics"),
    ("surveymonkey", "SurveyMonkey"),
    ("typeform", "Typeform"),
];

const ROUND: &str = "rater,goal,score,followed_up\n\
    lena,concise-in-the-room,1,no\nnyah,concise-in-the-room,3,\ntom,concise-in-the-room,2,yes\n\
    lena,hand-over-the-decision,0,no\ntom,hand-over-the-decision,-1,yes\n";

/// What someone wrote in every one of the files, besides the answers.
const WRITTEN: &str = "hush";

pub(crate) fn forms() -> BTreeMap<String, Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/forms");
    let files = fs::read_dir(folder).unwrap().map(|file| {
        let file = file.unwrap();
        let name = file.file_name().into_string().unwrap();
        (name, fs::read(file.path()).unwrap())
    });
    files.collect()
}

fn survey() -> Survey {
    let question = |goal: &str, behaviour: &str| Question {
        goal: goal.to_owned(),
        title: goal.replace('-', " "),
        behaviour: Some(behaviour.to_owned()),
        raters: None,
    };
    let person = |id: &str, name: &str| Respondent {
        id: id.to_owned(),
        name: name.to_owned(),
        email: Some(format!("{id}@ostrey.example")),
        rates_all: id == "nyah",
        never_rates: id == "coach",
    };
    Survey {
        questions: vec![
            question(
                "concise-in-the-room",
                "Nyah makes her main point early and in few words, so that people know what they are asked to decide.",
            ),
            question(
                "hand-over-the-decision",
                "Nyah leaves decisions about daily capacity with the person who owns them.",
            ),
        ],
        people: vec![
            person("nyah", "Nyah Adeyemi"),
            person("coach", "Elspeth Rowan"),
            person("tom", "Tom Weber"),
            person("lena", "Lena Kovač"),
        ],
        scale: (-3, 3),
        is_change: true,
        ..Survey::default()
    }
}

fn read(name: &str, bytes: &[u8], wishes: &Wishes) -> Result<NewFiles, Vec<Diagnostic>> {
    let import = Import {
        folder: "nyah",
        day: date(2026, 3, 2),
        file: name,
        bytes,
        wishes,
    };
    round(&import, &survey())
}

/// Reads a form, and says whether it was taken; an error where it shows what someone wrote.
pub(crate) fn quotes_nobody(name: &str, bytes: &[u8]) -> Result<bool, String> {
    let (is_taken, shown) = match read(name, bytes, &Wishes::default()) {
        Ok(new_files) => (true, format!("{new_files:?}")),
        Err(problems) => (false, problems.iter().map(ToString::to_string).collect()),
    };
    match shown.contains(WRITTEN) {
        true => Err(shown),
        false => Ok(is_taken),
    }
}

/// The parts of a workbook, unpacked.
pub(crate) fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let parts = (0..archive.len()).map(|index| {
        let mut part = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        (part.name().unwrap().into_owned(), bytes)
    });
    parts.collect()
}

/// The same parts as a workbook.
pub(crate) fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer
            .start_file(name.as_str(), SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn every_tool_that_is_named_is_read_without_a_question() {
    let forms = forms();
    for (name, bytes) in &forms {
        let new_files = read(name, bytes, &Wishes::default());
        let new_files = new_files.unwrap_or_else(|problems| panic!("{name}: {problems:#?}"));
        assert_eq!(new_files.files[0].text, ROUND, "{name}");
        assert!(String::from_utf8_lossy(bytes).contains(WRITTEN) || name.ends_with(".xlsx"));
        assert_eq!(quotes_nobody(name, bytes), Ok(true), "{name}");
        // Every column is known but the one of what people wrote.
        let taken = &new_files.next[0];
        let unknown = taken.rsplit_once(", ").map_or("", |(_, last)| last);
        let free = taken.matches("(free text)").count();
        assert!(free == 1 && unknown.len() < 25, "{name}: {taken}");
    }
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    for (begin, tool) in TOOLS {
        assert!(forms.keys().any(|name| name.starts_with(begin)), "{tool}");
        assert!(readme.contains(tool), "{tool}");
    }
    assert!(
        forms
            .keys()
            .all(|name| TOOLS.iter().any(|(begin, _)| name.starts_with(begin)))
    );
}

/// Each of them says when an answer was sent.
#[test]
fn a_form_of_several_rounds_is_read_from_a_day_on() {
    let expected = "rater,goal,score,followed_up\nnyah,concise-in-the-room,3,\n";
    for (name, bytes) in forms() {
        let wishes = Wishes {
            since: Some(date(2026, 3, 2)),
            ..Wishes::default()
        };
        let new_files = match read(&name, &bytes, &wishes) {
            Ok(new_files) => new_files,
            // Everybody answered on one day there, or the order of day and month has to be said.
            Err(problems) => {
                let shown = format!("{problems:?}");
                assert!(
                    name.contains("microsoft")
                        || name == "surveymonkey.csv"
                        || name == "surveymonkey.xlsx"
                        || name == "qualtrics.csv",
                    "{name}: {shown}"
                );
                continue;
            }
        };
        assert_eq!(new_files.files[0].text, expected, "{name}");
    }
}
