//! The bytes of one file of the content folder.
//!
//! The rule it guards: nothing is read through a link, a pipe or a device, also if one takes the place of a file or folder between the
//! time it was listed and the time it is read.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::Duration;
use std::{fs, io, thread};

use crate::content::folder::listing::{irregular, linked};
use crate::diagnostic::{Diagnostic, Source, without_byte_order_mark};
use crate::files::below;
use crate::files::below::NotOpened;
use crate::files::identity::Stamp;

/// A text is read up to this many bytes: a hundred times the longest that a person writes.
pub const LONGEST_TEXT: u64 = 4 << 20;

/// Reads a text file, or says why that cannot be.
pub(in crate::content) fn read_text(path: &Path, shown: &str) -> Result<Source, Diagnostic> {
    let bytes = read_bytes(path, shown, LONGEST_TEXT)?;
    match String::from_utf8(bytes) {
        Ok(text) => {
            let text = without_byte_order_mark(&text);
            match lone_return(text) {
                // What would be quoted as one line may be the whole file.
                Some(place) => {
                    let (line, column) = place_of(&text[..place]);
                    Err(
                        Diagnostic::error("this line ends with a carriage return alone")
                            .at_line(shown, line, column)
                            .with_hint(SAVE_PLAINLY),
                    )
                }
                None => Ok(Source::of(shown, text)),
            }
        }
        Err(error) => {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let (line, column) = place_of(without_byte_order_mark(&String::from_utf8_lossy(good)));
            let hint = if shown.ends_with(".csv") {
                "save it as UTF-8; spreadsheets call that \"CSV UTF-8\""
            } else {
                "save it as UTF-8"
            };
            Err(Diagnostic::error("a letter in this line is not UTF-8")
                .at_line(shown, line, column)
                .with_hint(hint))
        }
    }
}

/// What to do where lines end as no system ends them any more.
const SAVE_PLAINLY: &str = "save it with the line ends of Unix or Windows; of a spreadsheet's formats take \"CSV UTF-8\", not the one for Macintosh";

/// Where a line ends with a carriage return and no line feed behind it. Some readers take that for the end of a line, others do not.
fn lone_return(text: &str) -> Option<usize> {
    let mut places = text.match_indices('\r').map(|(place, _)| place);
    places.find(|place| !text[place + 1..].starts_with('\n'))
}

/// The line and column, from 1, of what stands behind a text.
fn place_of(before: &str) -> (usize, usize) {
    let line = before.matches('\n').count() + 1;
    let on_line = before.chars().rev().take_while(|letter| *letter != '\n');
    (line, on_line.count() + 1)
}

/// Reads a file of at most `most` bytes. `shown` is its path inside the content folder.
pub(in crate::content) fn read_bytes(
    path: &Path,
    shown: &str,
    most: u64,
) -> Result<Vec<u8>, Diagnostic> {
    read_at_rest(path, (shown, most), &mut || ())
}

/// Reads a file that may be written to: `meanwhile` is called each time it has been read.
fn read_at_rest(
    path: &Path,
    (shown, most): (&str, u64),
    meanwhile: &mut dyn FnMut(),
) -> Result<Vec<u8>, Diagnostic> {
    for pause in PAUSES {
        if let Some(bytes) = read_once(path, (shown, most), meanwhile)? {
            return Ok(bytes);
        }
        thread::sleep(pause);
    }
    let problem = Diagnostic::error("this file is written to while it is read").in_file(shown);
    Err(problem.with_hint("wait until the program that writes it is done, then try again"))
}

/// How long to wait for a file to come to rest, try by try.
const PAUSES: [Duration; 5] = [
    Duration::from_millis(20),
    Duration::from_millis(50),
    Duration::from_millis(100),
    Duration::from_millis(200),
    Duration::ZERO,
];

/// Reads a file as it is now; nothing if it was written to, or another took its place, on the way.
fn read_once(
    path: &Path,
    (shown, most): (&str, u64),
    meanwhile: &mut dyn FnMut(),
) -> Result<Option<Vec<u8>>, Diagnostic> {
    let unreadable = |reason: io::Error| Diagnostic::cannot_read_file(shown, &reason);
    let file = match open(path, shown) {
        Ok(file) => file,
        Err(NotOpened::Linked) => return Err(linked(shown)),
        Err(NotOpened::Failed(reason)) => return Err(unreadable(reason)),
    };
    let data = file.metadata().map_err(unreadable)?;
    if !data.is_file() {
        return Err(irregular(shown));
    }
    if data.len() > most {
        return Err(
            Diagnostic::error(format!("this file is larger than {} MiB", most >> 20))
                .in_file(shown),
        );
    }
    let mut bytes = Vec::new();
    (&file)
        .take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    meanwhile();
    let before = Stamp::from(&data);
    let after = file.metadata().map_err(unreadable)?;
    let there = fs::symlink_metadata(path);
    let is_same = there.is_ok_and(|there| Stamp::from(&there) == before);
    let is_at_rest = is_same && Stamp::from(&after) == before;
    Ok(is_at_rest.then_some(bytes))
}

/// Opens a file whose path ends in `shown`, following no link inside the content folder and waiting for no pipe.
fn open(path: &Path, shown: &str) -> Result<File, NotOpened> {
    let names = shown.split('/').count();
    match path.ancestors().nth(names) {
        Some(content) if path.ends_with(shown) => below::open_below(content, shown),
        Some(_) | None => below::open(path),
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::fs;
    use std::fs::OpenOptions;
    use std::io::Write;
    use std::os::unix::fs::symlink;

    use super::{read_at_rest, read_bytes, read_text};

    #[test]
    fn a_file_that_does_not_come_to_rest_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("1-a.md");
        let append = |bytes: &[u8]| {
            let mut file = OpenOptions::new().append(true).open(&path).unwrap();
            file.write_all(bytes).unwrap();
        };
        let exchange = || {
            let other = folder.path().join("other");
            fs::write(&other, "whole").unwrap();
            fs::rename(&other, &path).unwrap();
        };
        fs::write(&path, "first").unwrap();
        let file = ("1-a.md", 100);
        let told = read_at_rest(&path, file, &mut || append(b"x")).unwrap_err();
        let told = told.render(false);
        assert!(
            told.contains("this file is written to while it is read"),
            "{told}"
        );
        let told = read_at_rest(&path, file, &mut exchange.clone());
        assert!(told.is_err());
        let told = read_at_rest(&path, file, &mut || drop(fs::remove_file(&path)));
        assert!(told.is_err());

        // What comes to rest is read as it then is.
        fs::write(&path, "first").unwrap();
        let mut pieces = [" second", " third"].into_iter();
        let read = read_at_rest(&path, file, &mut || {
            append(pieces.next().unwrap_or_default().as_bytes());
        });
        assert_eq!(read.unwrap(), b"first second third");
        let mut times = 0..2;
        let read = read_at_rest(&path, file, &mut || {
            times.next().into_iter().for_each(|_| exchange());
        });
        assert_eq!(read.unwrap(), b"whole");
    }

    #[test]
    fn a_file_of_one_endless_line_is_refused_and_not_quoted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("2026-03-02.csv");
        for (text, place) in [
            ("rater,goal,score,comment\rtom,a,9,she cried\r", ":1:25"),
            ("rater,goal\r\ntom,a\rshe,cried\r\n", ":2:6"),
            ("she cried\r", ":1:10"),
            ("\u{feff}she cried\r", ":1:10"),
        ] {
            fs::write(&path, text).unwrap();
            let told = read_text(&path, "2026-03-02.csv")
                .unwrap_err()
                .render(false);
            assert!(told.contains("a carriage return alone"), "{told}");
            assert!(told.contains(place), "{told}");
            assert!(!told.contains("cried"), "{told}");
        }
        let sound = "rater,goal\r\ntom,a\r\n";
        fs::write(&path, sound).unwrap();
        let read = read_text(&path, "2026-03-02.csv").unwrap();
        assert_eq!(read.text(), sound);
    }

    #[test]
    fn a_folder_exchanged_for_a_link_leads_nowhere() {
        let place = tempfile::tempdir().unwrap();
        let (content, outside) = (place.path().join("content"), place.path().join("outside"));
        let goals = content.join("nyah/goals");
        fs::create_dir_all(&goals).unwrap();
        fs::create_dir_all(outside.join("goals")).unwrap();
        fs::write(goals.join("1-a.md"), "inside").unwrap();
        fs::write(outside.join("goals/1-a.md"), "outside").unwrap();
        let shown = "nyah/goals/1-a.md";
        let read = || read_bytes(&content.join(shown), shown, 100);
        assert_eq!(read().unwrap(), b"inside");

        // What a listing has seen is a file of the folder; then somebody exchanges the folder, or the one above it.
        fs::rename(&goals, content.join("nyah/before")).unwrap();
        symlink(outside.join("goals"), &goals).unwrap();
        let told = read().unwrap_err().render(false);
        assert!(told.contains("this is a symbolic link"), "{told}");
        fs::rename(content.join("nyah"), content.join("before")).unwrap();
        symlink(&outside, content.join("nyah")).unwrap();
        let told = read().unwrap_err().render(false);
        assert!(told.contains("this is a symbolic link"), "{told}");

        // The way to the content folder may lead over links: `/tmp` is one on many machines.
        symlink(&content, place.path().join("way")).unwrap();
        fs::remove_file(content.join("nyah")).unwrap();
        fs::rename(content.join("before"), content.join("nyah")).unwrap();
        fs::remove_file(&goals).unwrap();
        fs::rename(content.join("nyah/before"), &goals).unwrap();
        let over = place.path().join("way").join(shown);
        assert_eq!(read_bytes(&over, shown, 100).unwrap(), b"inside");
    }
}
