//! `serve`: where in the files stands what a reader's page shows, and what of the engagement is not on that page.
//!
//! The rule it guards: it is made beside the page, from the finished page and the files, so that no page is any different for it. Of the
//! files it hands over only words that the page holds.

use crate::content::folder::lines::alike;
use crate::engagement::id::EngagementId;
use crate::pipeline::explaining::Explanation;
use crate::pipeline::preview::{PageOf, ValidEngagement, page, sight};
use crate::pipeline::workspace::Workspace;
use crate::portal::sight::cell::Seen;

/// With fewer letters a text stands in too many places to say where it is from.
const SHORTEST: usize = 6;

/// Where things of a page are written.
pub struct Places {
    /// The texts of the page, each with its line.
    pub texts: Vec<PlacedText>,
    /// What this reader does not see, or only in part.
    pub absent: Vec<Absent>,
}

/// A text that stands on the page and in a file.
pub struct PlacedText {
    /// Its words, made alike.
    pub words: String,
    /// The path inside the content folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

/// Something that is not on the page.
pub struct Absent {
    /// The item's title.
    pub title: String,
    /// Which part of it.
    pub part: &'static str,
    /// How much of it the reader sees, in words.
    pub seen: &'static str,
    /// Why.
    pub rule: String,
    /// The file that says so, inside the content folder; the item's own where the rule stands in none.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
}

/// Returns the places for one reader's page as of a day; nothing if that person has no portal then.
pub fn places(
    workspace: &Workspace,
    valid: &ValidEngagement,
    wanted: PageOf<'_>,
) -> Option<Places> {
    let page = page(workspace, valid, wanted)?.ok()?;
    let sight = sight(valid, wanted.day);
    let mut ids = workspace.book.engagements.iter();
    let id = ids.find(|id| id.as_str() == sight.engagement)?;
    let explanation = Explanation {
        sight,
        origins: workspace.book.origins(id),
    };
    Some(Places {
        texts: texts(workspace, id, page.page.document()),
        absent: absent(&explanation, wanted.reader),
    })
}

fn texts(workspace: &Workspace, id: &EngagementId, document: &str) -> Vec<PlacedText> {
    // A blank at both ends: words are found whole.
    let shown = format!(" {} ", alike(&text_of(document)));
    let mut texts = Vec::new();
    for line in workspace.book.lines(id) {
        for text in texts_in(&line.text) {
            let words = alike(text);
            if words.len() >= SHORTEST && shown.contains(&format!(" {words} ")) {
                texts.push(PlacedText {
                    words,
                    file: line.file.clone(),
                    line: line.number,
                });
            }
        }
    }
    texts
}

/// What can be one text of a line: the line itself, and whatever stands in quotes.
fn texts_in(line: &str) -> impl Iterator<Item = &str> {
    let quoted = line.split('"').skip(1).step_by(2);
    let whole = line.rsplit_once("](").map_or(line, |(text, _)| text);
    [whole].into_iter().chain(quoted)
}

/// What can be read of a page, with a blank for each tag.
fn text_of(document: &str) -> String {
    let body = document
        .split_once("<body")
        .map_or(document, |(_, body)| body);
    let pieces = body
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    let text: Vec<&str> = pieces.collect();
    let mut text = text.join(" ");
    for (written, letter) in [
        ("&#x2f;", "/"),
        ("&#x27;", "'"),
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ] {
        text = text.replace(written, letter);
    }
    text
}

fn absent(explanation: &Explanation, reader: &str) -> Vec<Absent> {
    let sight = &explanation.sight;
    let Some(column) = sight.readers.iter().position(|column| column.id == reader) else {
        return Vec::new();
    };
    let mut absent = Vec::new();
    for item in &sight.items {
        for part in &item.parts {
            let cell = &part.cells[column];
            if cell.seen == Seen::Whole {
                continue;
            }
            let why = explanation.why(&sight.readers[column], item, cell);
            let written = why.limits.into_iter().next().or(why.origin);
            let (file, line) = match written {
                Some(written) => (written.file, written.line),
                None => (format!("{}/{}", sight.engagement, item.place), 1),
            };
            absent.push(Absent {
                title: item.title.clone(),
                part: part.name,
                seen: cell.seen.as_str(),
                rule: why.rule,
                file,
                line,
            });
        }
    }
    absent
}

#[cfg(test)]
mod tests {
    use super::{text_of, texts_in};

    #[test]
    fn a_page_is_read_without_its_tags_and_head() {
        let document = "<html><head><style>p{}</style></head><body class=\"x\"><p>One &amp; <b>two</b></p><p>a&#x2f;b</p></body>";
        let text = text_of(document);
        let words: Vec<&str> = text.split_whitespace().collect();
        assert_eq!(words, ["One", "&", "two", "a/b"]);
    }

    #[test]
    fn a_line_is_read_as_text_and_as_strings() {
        let line = r#"  { text = "Ask first", owner = "nyah" },"#;
        let texts: Vec<&str> = texts_in(line).collect();
        assert_eq!(texts, [line, "Ask first", "nyah"]);
        let mut texts = texts_in("See [the plan](files/plan.pdf)");
        assert_eq!(texts.next(), Some("See [the plan"));
    }
}
