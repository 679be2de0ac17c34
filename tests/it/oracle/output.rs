//! What is said on the terminal: whatever is wrong with a folder, no message quotes a note, a private passage, a rater's comment or a
//! comment of the coach's. Files are named, their secrets never.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use loggia::pipeline;
use loggia::pipeline::BuildRequest;
use loggia::pipeline::checking::check;
use loggia::pipeline::options::{BuildOptions, IfBroken};
use loggia::pipeline::problems::Failure;
use loggia::pipeline::workspace::Workspace;

use crate::folder::build::{place, shown, write};
use crate::folder::grow::{Chooser, Seeds};
use crate::folder::write::{ENGAGEMENT, Files};
use crate::folder::{Folder, Passage, Reach, TODAY, tokens};
use crate::oracle::pages::run_on_seeds;
use crate::oracle::search::found;

/// How many spoilt folders are looked at unless `LOGGIA_CASES` says otherwise.
const CASES: u32 = 300;

/// Lines that stand nowhere in a sound file.
const WRONG: [&str; 9] = [
    "<b>x</b>",
    ":::",
    "::: privat",
    "::: only nobody-known",
    "+++",
    "share = [\"everyone\"]",
    "x = \"",
    "nyah,nothing,9,maybe,\"",
    "[x](javascript:y)",
];

#[test]
fn no_message_quotes_a_secret_whatever_is_wrong() {
    run_on_seeds(CASES, 8, |seeds| {
        let folder = Folder::grown(seeds);
        let files = spoilt(&folder, seeds);
        let secrets = secrets(&folder);
        let place = place();
        let content = place.path().join("content");
        write(&content, &files);
        let told = told_in_process(&content, &place.path().join("site"));
        let quoted: Vec<String> = secrets.intersection(&tokens(&told)).cloned().collect();
        if quoted.is_empty() {
            Ok(())
        } else {
            Err(format!(
                "{quoted:?} is quoted in\n{told}\n{}",
                text_of(&files)
            ))
        }
    });
}

#[test]
fn the_program_itself_quotes_no_secret() {
    run_on_seeds(6, 8, |seeds| {
        let folder = Folder::grown(seeds);
        for files in [folder.files(), spoilt(&folder, seeds)] {
            let place = place();
            let content = place.path().join("content");
            write(&content, &files);
            for command in [
                &["check"][..],
                &["check", "--json"],
                &["build"],
                &["links"],
                &["links", "--json"],
                &[],
            ] {
                let output = Command::new(env!("CARGO_BIN_EXE_loggia"))
                    .args(command)
                    .args(["--today", TODAY, "--content"])
                    .arg(&content)
                    .arg("--out")
                    .arg(place.path().join("site"))
                    .output()
                    .unwrap();
                let told = [output.stdout, output.stderr].concat();
                let quoted: Vec<String> = secrets(&folder)
                    .intersection(&found(&told))
                    .cloned()
                    .collect();
                if !quoted.is_empty() {
                    return Err(format!(
                        "{quoted:?} is quoted in\n{}",
                        String::from_utf8_lossy(&told)
                    ));
                }
            }
        }
        Ok(())
    });
}

/// The tokens that nobody is to be told: texts of notes, private passages, comments of raters and of the coach.
pub(crate) fn secrets(folder: &Folder) -> BTreeSet<String> {
    let mut texts: Vec<&str> = folder
        .notes
        .iter()
        .chain(&folder.leavings)
        .map(|loose| loose.text.as_str())
        .collect();
    let bodies = folder
        .goals
        .iter()
        .map(|goal| &goal.body)
        .chain(folder.agendas.iter().map(|agenda| &agenda.body));
    let bodies = bodies
        .chain(folder.updates.iter().map(|update| &update.body))
        .chain(folder.reviews.iter().map(|review| &review.body));
    let bodies = bodies.chain(folder.agreement.iter().map(|agreement| &agreement.body));
    let is_private = |passage: &&Passage| passage.reach == Reach::Private;
    texts.extend(
        bodies
            .flatten()
            .filter(is_private)
            .map(|passage| passage.text.as_str()),
    );
    for round in &folder.rounds {
        texts.extend(
            round
                .ratings
                .iter()
                .filter_map(|rating| rating.comment.as_deref()),
        );
    }
    let manners = folder
        .goals
        .iter()
        .map(|goal| &goal.manner)
        .chain(folder.agendas.iter().map(|agenda| &agenda.manner));
    let manners = manners
        .chain(folder.updates.iter().map(|update| &update.manner))
        .chain(folder.reviews.iter().map(|review| &review.manner));
    let manners = manners.chain(folder.agreement.iter().map(|agreement| &agreement.manner));
    texts.extend(
        manners
            .chain([&folder.manner])
            .filter_map(|options| options.remark.as_deref()),
    );
    let names = folder
        .attachments
        .iter()
        .flat_map(|attachment| tokens(&attachment.name))
        .collect();
    let secrets: BTreeSet<String> = texts.into_iter().flat_map(tokens).collect();
    // What a picture in a private passage is called is no secret where a shared one shows it, too.
    secrets.difference(&names).cloned().collect()
}

/// The files with some lines spoilt, one for each of the seeds' changes.
fn spoilt(folder: &Folder, seeds: &Seeds) -> Files {
    let mut files = folder.files();
    let names: Vec<String> = files
        .keys()
        .filter(|name| !name.contains("/files/"))
        .cloned()
        .collect();
    for change in &seeds.changes {
        let mut chooser = Chooser::of(change);
        // Two mistakes in one file are worse than one in each of two.
        let any = chooser.one_of(&names);
        let name = if chooser.in_a_hundred(70) {
            names[seeds.reader as usize % names.len()].clone()
        } else {
            any
        };
        let text = String::from_utf8(files[&name].clone()).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let index = chooser.below(lines.len() + 1);
        match (chooser.below(4), lines.get_mut(index)) {
            (0, Some(line)) => {
                let marks: Vec<usize> = line.char_indices().map(|(at, _)| at).collect();
                let at = chooser.below(marks.len());
                if let Some(at) = marks
                    .get(at)
                    .copied()
                    .filter(|at| !line.starts_with(":::") && !line[*at..].starts_with('#'))
                {
                    line.remove(at);
                }
            }
            // A word of a fence that is misspelt was still meant to hide.
            (1, Some(line)) if line.starts_with("::: private") => drop(line.pop()),
            (2, Some(line)) if !line.starts_with(":::") => {
                line.insert_str(0, chooser.one_of(&["<i>", "\"", "[", ","]));
            }
            _ => lines.insert(index, chooser.one_of(&WRONG).to_owned()),
        }
        files.insert(name, (lines.join("\n") + "\n").into_bytes());
    }
    files
}

/// Everything that a check and a build say.
fn told_in_process(content: &Path, out: &Path) -> String {
    let today = TODAY.parse().unwrap();
    let failed = |failure: Failure| shown(&failure.problems);
    let workspace = match Workspace::open(content) {
        Ok(workspace) => workspace,
        Err(failure) => return failed(failure),
    };
    let checked = check(&workspace, today).map_or_else(failed, |warnings| shown(&warnings));
    let request = BuildRequest {
        report: None,
        out,
        today,
        options: BuildOptions::USUAL,
        if_broken: IfBroken::Stop,
    };
    let built = pipeline::build(&workspace, &request, &|| ())
        .map_or_else(failed, |built| shown(&built.warnings));
    checked + &built
}

/// Everything that is said of a bare engagement with one more file.
fn told_with(name: &str, text: &str) -> String {
    let mut files = Folder::bare().files();
    files.insert(format!("{ENGAGEMENT}/{name}"), text.as_bytes().to_vec());
    let place = place();
    let content = place.path().join("content");
    write(&content, &files);
    told_in_process(&content, &place.path().join("site"))
}

fn text_of(files: &Files) -> String {
    let texts = files
        .iter()
        .map(|(name, bytes)| format!("--- {name}\n{}\n", String::from_utf8_lossy(bytes)));
    texts.collect()
}

/// Rounds that went wrong so that a comment stands where something else is expected. Each holds the comment `hush`.
#[test]
fn a_comment_is_not_quoted_wherever_it_slipped_to() {
    for csv in [
        "tom,clear,2,yes,hush\n",
        "tom;clear;2;yes;hush\n",
        "tom,hush\n",
        "tom,clear,2,yes,\"hush\n",
        "\"rater,goal,score,followed_up,comment\ntom,clear,2,yes,hush\"\n",
        "rater,goal,score,followed_up,comment\ntom,clear,2,yes,one, hush\n",
        "rater,goal,score,followed_up,comment\n\"tom,clear,2,yes,\"hush\"\n",
        "rater,goal,score,followed_up,comment\ntom,\"clear,2,yes,\"hush\"\n",
        "comment,rater,goal,score\nwell, hush,tom,clear,2\n",
        "comment,rater,goal,score\n\"well\" hush,tom,clear,9\n",
        "rater,goal,score,followed_up\ntom,clear,2,yes,\"hush, hush\"\n",
        "rater,goal,score,followed_up\ntom,clear,2,\"well well hush\"\n",
        "rater,goal,score\nshe said hush,clear,2\n",
        "rater,goal,score\ntom,she said hush,2\n",
        "rater,goal,score\ntom,clear,she said hush\n",
    ] {
        let told = told_with("pulse/2026-03-02.csv", csv);
        assert!(told.contains("error: "), "{csv}");
        assert!(!told.contains("hush"), "{csv}\n{told}");
    }
}

#[test]
fn no_message_quotes_a_note_that_asks_to_be_shared() {
    let note = "+++\nshare = [\"everyone\"]\n+++\nhush\n";
    let told = told_with("notes/2026-01-20-session.md", note);
    assert!(told.contains("a note cannot be shared"), "{told}");
    assert!(!told.contains("hush"), "{told}");
}
