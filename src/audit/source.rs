//! The texts of an engagement's folder as the audit reads them: which lines may be shared at all, and which are for nobody.
//!
//! The rule it guards: it reads the folder itself, line by line, and not through what makes the pages, so that a mistake there is not made
//! here again. Only the records of a table are read by the same code.

use std::io;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use strum::VariantArray;
use walkdir::WalkDir;

use crate::audit::letters::Tokenizer;
use crate::audit::words::{Word, Words};
use crate::content::folder::open::LONGEST_TEXT;
use crate::content::kinds::sheet::{Record, Sheets};
use crate::diagnostic::{Diagnostic, Source, without_byte_order_mark};
use crate::engagement::kind::{ItemKind, Text};
use crate::engagement::later::waits_for_its_day;
use crate::engagement::today::Today;
use crate::files::below::{NotOpened, open_below};

/// For whom a piece of text is, judged by where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A note: for nobody.
    Note,
    /// A private passage: for nobody.
    Private,
    /// What a rater wrote: for nobody.
    Comment,
    /// A comment in TOML: for nobody.
    Remark,
    /// What waits for its day: for nobody before.
    Later,
    /// Whatever is shared with some.
    Shared,
}

impl Kind {
    /// What it is called.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Note => "a note",
            Self::Private => "a private passage",
            Self::Comment => "a rater's comment",
            Self::Remark => "a remark behind `#`",
            Self::Later => "something that waits for its day",
            Self::Shared => "something that they may not see",
        }
    }
}

/// A file of an engagement.
pub(super) struct SourceFile {
    /// Its path inside the content folder.
    pub(super) path: Arc<str>,
    /// Its pieces, each with its words.
    pub(super) pieces: Vec<(Kind, Vec<Word>)>,
    text: String,
}

impl SourceFile {
    /// The folder of the engagement that it lies in, or its own name.
    pub(super) fn folder(&self) -> &str {
        self.path.split('/').nth(1).unwrap_or_default()
    }

    /// Places a problem at a line of the file, which is not quoted.
    pub(super) fn place(&self, problem: Diagnostic, line: u32) -> Diagnostic {
        let source =
            Source::of(&self.path, &self.text).withholding(std::iter::once(0..self.text.len()));
        let before = self
            .text
            .split_inclusive('\n')
            .take(line.saturating_sub(1) as usize);
        let start: usize = before.map(str::len).sum();
        problem.at(&source, start..start)
    }
}

/// Reads every text of an engagement, notes included, as of `today`.
pub(super) fn read(
    content: &Path,
    (engagement, today): (&str, Today<'_>),
    problems: &mut Vec<Diagnostic>,
) -> Vec<SourceFile> {
    let folder = content.join(engagement);
    let mut files = Vec::new();
    let mut sheets = Sheets::default();
    let entries = WalkDir::new(&folder)
        .min_depth(1)
        .follow_links(false)
        .sort_by_file_name();
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let inside = error
                    .path()
                    .and_then(|path| path.strip_prefix(content).ok());
                let path = inside.unwrap_or(Path::new(engagement)).to_string_lossy();
                problems.push(uncompared(&path, "it cannot be opened"));
                continue;
            }
        };
        // Links and pipes are refused elsewhere; here they are not opened.
        if !entry.file_type().is_file() {
            continue;
        }
        let inside = entry.path().strip_prefix(content).unwrap_or(entry.path());
        let path = inside.to_string_lossy().replace('\\', "/");
        let inside = path.split_once('/').map_or("", |(_, inside)| inside);
        let Some(cut) = cutter(inside) else {
            continue;
        };
        let waits = waits(inside, today);
        if entry.metadata().is_ok_and(|data| data.len() > LONGEST_TEXT) {
            problems.push(uncompared(&path, "it is too large"));
            continue;
        }
        match read_file(content, &path) {
            Ok(bytes) => {
                let text = without_byte_order_mark(&text_of(&bytes)).to_owned();
                if text.contains('\0') {
                    problems.push(uncompared(&path, "it is not written in UTF-8"));
                }
                files.push(SourceFile {
                    path: path.as_str().into(),
                    pieces: words(cut(&text, &mut sheets))
                        .into_iter()
                        .map(|(kind, words)| match kind {
                            Kind::Shared if waits => (Kind::Later, words),
                            kind => (kind, words),
                        })
                        .collect(),
                    text,
                });
            }
            Err(reason) => problems.push(uncompared(&path, &reason.to_string())),
        }
    }
    files
}

/// Reads a file, unless a link has come to stand on the way to it.
fn read_file(content: &Path, inside: &str) -> io::Result<Vec<u8>> {
    let file = open_below(content, inside).map_err(|problem| match problem {
        NotOpened::Linked => io::Error::other("it is a symbolic link"),
        NotOpened::Failed(reason) => reason,
    })?;
    let mut bytes = Vec::new();
    file.take(LONGEST_TEXT).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether a file at `inside` its engagement waits for the day with which its name begins.
fn waits(inside: &str, today: Today<'_>) -> bool {
    let Some((folder, name)) = inside.split_once('/') else {
        return false;
    };
    let day = name.get(..10).and_then(|day| day.parse().ok());
    let is_later = day.is_some_and(|day: Date| day > today);
    is_later && ItemKind::in_folder(Some(folder)).any(waits_for_its_day)
}

/// The words of a file in an unknown format, as far as they can be recognised.
fn text_of(bytes: &[u8]) -> String {
    let from_pair: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        _ => return String::from_utf8_lossy(bytes).into_owned(),
    };
    let (pairs, _) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| from_pair(*pair)).collect();
    String::from_utf16_lossy(&units)
}

fn uncompared(path: &str, reason: &str) -> Diagnostic {
    Diagnostic::warning(format!(
        "the audit could not compare what stands here: {reason}"
    ))
    .in_file(path)
}

/// A piece of a text: what it is, the line it begins in, and what it says.
type Cut<'a> = (Kind, u32, std::borrow::Cow<'a, str>);

/// The text of a piece that stands for a fence: no run of words crosses it.
const FENCE: &str = ":::";

/// Cuts the text of a file.
type Cutter = for<'a> fn(&'a str, &mut Sheets) -> Vec<Cut<'a>>;

/// How a file at `inside` its engagement is cut; nothing for one without words.
fn cutter(inside: &str) -> Option<Cutter> {
    let place = inside.split('/').next().unwrap_or_default();
    let is = |ending: &str| inside.to_ascii_lowercase().ends_with(ending);
    let kinds = ItemKind::VARIANTS.iter();
    let there = kinds.filter(|kind| kind.place() == place);
    let mut texts = there.map(|kind| kind.row().text).peekable();
    if texts.peek().is_some() && texts.clone().all(|text| text == Text::Nothing) {
        return None;
    }
    if texts.any(|text| text == Text::Confidential) {
        return Some(|text, _| vec![(Kind::Note, 1, text.into())]);
    }
    // The rest is read as its ending says: what lies where it does not belong is compared all the same.
    match () {
        () if is(".md") => Some(|text, _| cut_markdown(text)),
        () if is(".toml") => Some(|text, _| cut_toml(text, 1)),
        () if is(".csv") => Some(cut_csv),
        () => None,
    }
}

/// Pieces to words. Those of one kind are read on as one text, up to a fence: a sentence does not end where a line is cut, but words
/// for some and words for others are not in a row.
fn words(cuts: Vec<Cut<'_>>) -> Vec<(Kind, Vec<Word>)> {
    let mut pieces: Vec<(Kind, Tokenizer<Words>)> = Vec::new();
    let mut first = 0;
    for (kind, line, text) in cuts {
        if text == FENCE {
            first = pieces.len();
            continue;
        }
        let mut open = pieces[first..].iter_mut();
        let tokenizer = match open.find(|(known, _)| *known == kind) {
            Some((_, tokenizer)) => tokenizer,
            None => {
                pieces.push((kind, Tokenizer::of(Words::default())));
                &mut pieces.last_mut().expect("one was pushed").1
            }
        };
        match BREAK.iter().any(|tag| text.contains(tag)) {
            true => tokenizer.push(&without_breaks(&text), line),
            false => tokenizer.push(&text, line),
        }
    }
    pieces
        .into_iter()
        .map(|(kind, tokenizer)| (kind, tokenizer.into_sink().into_vec()))
        .collect()
}

/// The end of a line in a table's cell: the one tag that a page keeps, and no word of it.
const BREAK: [&str; 2] = ["<br", "<BR"];

fn without_breaks(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = BREAK.iter().filter_map(|tag| rest.find(tag)).min() {
        let (before, tag) = rest.split_at(start);
        let length = tag.find('>').map_or(BREAK[0].len(), |end| end + 1);
        kept.push_str(before);
        kept.push(' ');
        rest = &tag[length..];
    }
    kept + rest
}

/// Front matter and body; the body's private passages apart.
fn cut_markdown(text: &str) -> Vec<Cut<'_>> {
    let mut cuts = Vec::new();
    let mut front = String::new();
    let mut is_front = false;
    let mut is_private = false;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let words = line.trim_end();
        match words {
            "+++" if index == 0 => is_front = true,
            "+++" if is_front => {
                is_front = false;
                let front = std::mem::take(&mut front);
                let owned = cut_toml(&front, 2)
                    .into_iter()
                    .map(|(kind, line, text)| (kind, line, text.into_owned().into()));
                cuts.extend(owned);
            }
            _ if is_front => front.push_str(line),
            "::: private" => {
                is_private = true;
                cuts.push((Kind::Private, number, FENCE.into()));
            }
            ":::" => {
                is_private = false;
                cuts.push((Kind::Shared, number, FENCE.into()));
            }
            _ if is_private => cuts.push((Kind::Private, number, line.into())),
            _ if words.starts_with(FENCE) => cuts.push((Kind::Shared, number, FENCE.into())),
            _ => cuts.push((Kind::Shared, number, line.into())),
        }
    }
    cuts
}

/// What stands in TOML, and the comments in it. `first` is the number of the first line.
fn cut_toml(text: &str, first: u32) -> Vec<Cut<'_>> {
    let mut cuts = Vec::new();
    let mut open: Option<&str> = None;
    for (line, number) in text.split_inclusive('\n').zip(first..) {
        let mut place = 0;
        let remark = loop {
            let rest = &line[place..];
            let Some(letter) = rest.chars().next() else {
                break None;
            };
            match open {
                Some(quote) if rest.starts_with(quote) => {
                    open = None;
                    place += quote.len();
                }
                Some(quote) if letter == '\\' && quote.starts_with('"') => {
                    place += 1 + rest[1..].chars().next().map_or(0, char::len_utf8);
                }
                Some(_) => place += letter.len_utf8(),
                None if letter == '#' => break Some(place),
                None => {
                    open = ["\"\"\"", "'''", "\"", "'"]
                        .into_iter()
                        .find(|quote| rest.starts_with(quote));
                    place += open.map_or(letter.len_utf8(), str::len);
                }
            }
        };
        // Only a text between three quotes goes on in the next line.
        open = open.filter(|quote| quote.len() == 3);
        let (shared, remark) = line.split_at(remark.unwrap_or(line.len()));
        cuts.push((Kind::Shared, number, shared.into()));
        cuts.push((Kind::Remark, number, remark.into()));
    }
    cuts
}

/// The comments of a round. Nothing else of its file are words.
fn cut_csv<'a>(text: &str, sheets: &mut Sheets) -> Vec<Cut<'a>> {
    let mut rows = sheets.records(text).into_iter();
    let header = rows.next().map_or_else(Vec::new, |header| header.fields);
    let columns: Vec<String> = header
        .iter()
        .map(|name| name.trim().to_lowercase())
        .collect();
    let is_comment = |column: usize| {
        let name = columns.get(column).map(String::as_str);
        !matches!(
            name,
            Some("rater" | "group" | "goal" | "score" | "followed_up")
        )
    };
    let mut cuts = Vec::new();
    for Record { line, fields, .. } in rows {
        let fields = fields.into_iter().enumerate();
        let comments = fields.filter(|(column, _)| is_comment(*column));
        cuts.extend(comments.map(|(_, field)| (Kind::Comment, line, (field + "\n").into())));
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::{FENCE, Kind, Sheets, cut_csv, cut_markdown, cut_toml};

    fn of_kind(cuts: Vec<super::Cut<'_>>, kind: Kind) -> Vec<(u32, String)> {
        let kept = cuts
            .into_iter()
            .filter(|cut| cut.0 == kind && cut.2 != FENCE);
        let lines = kept.map(|(_, line, text)| (line, text.trim().to_owned()));
        lines.filter(|(_, text)| !text.is_empty()).collect()
    }

    #[test]
    fn comments_are_told_from_texts_with_a_hash() {
        let text = "a = \"x # y\" # one\nb = '''\n# no\n''' # two\nc = \"\\\"#\" # three\n# four\n";
        let remarks = of_kind(cut_toml(text, 3), Kind::Remark);
        let expected = [(3, "# one"), (6, "# two"), (7, "# three"), (8, "# four")];
        assert_eq!(
            remarks,
            expected.map(|(line, text)| (line, text.to_owned()))
        );
    }

    #[test]
    fn private_passages_stand_apart() {
        let text = "+++\nt = 1 # r\n+++\na\n::: private\nb\n:::\nc\n::: only hr\nd\n:::\n";
        assert_eq!(
            of_kind(cut_markdown(text), Kind::Private),
            [(6, "b".to_owned())]
        );
        assert_eq!(
            of_kind(cut_markdown(text), Kind::Remark),
            [(2, "# r".to_owned())]
        );
        assert_eq!(of_kind(cut_markdown(text), Kind::Shared).len(), 4);
    }

    #[test]
    fn whatever_else_raters_wrote_is_a_comment() {
        let text = "rater,goal,score,comment\ntom,a,2,\"one\ntwo\"\nlena,a,3,three,four\n";
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let cuts = cut_csv(&text, &mut Sheets::default());
            let comments: Vec<(u32, String)> = of_kind(cuts, Kind::Comment)
                .into_iter()
                .map(|(line, text)| (line, text.replace('\r', "")))
                .collect();
            let expected = [(2, "one\ntwo"), (4, "three"), (4, "four")];
            assert_eq!(
                comments,
                expected.map(|(line, text)| (line, text.to_owned()))
            );
        }
    }
}
