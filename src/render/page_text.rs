//! A page as its template wrote it, where files are named, and the whole page, where they are in it.
//!
//! A picture that is shown several times is in the page once: the first time as part of a drawing, which the others refer to. No
//! other way needs neither a script nor a style sheet of the page's own.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::portal::files::{ShownFile, ShownFiles};
use crate::portal::html::NAMED;
use crate::render::Page;
use crate::render::style_sheet::StyleSheet;

/// A page in which files are named only.
#[derive(Debug)]
pub struct PageText {
    pub(crate) document: String,
    pub(crate) style: Arc<StyleSheet>,
    pub(crate) language: String,
}

/// A part of the whole page.
enum Part<'a> {
    Markup(Cow<'a, str>),
    /// The address of a file.
    Address(ShownFile<'a>),
}

/// A place where a file is named, and the markup before and after the name.
struct Place<'a> {
    before: &'a str,
    file: Option<ShownFile<'a>>,
    /// What is said of it if it is a picture.
    picture: Option<Picture<'a>>,
}

/// What the tag of a picture says: `alt`, and its width and height.
#[derive(Clone, Copy)]
struct Picture<'a> {
    words: &'a str,
    width: &'a str,
    height: &'a str,
}

impl PageText {
    /// How many bytes the page has with the files in it.
    pub fn length(&self, files: &ShownFiles<'_>) -> usize {
        let parts = self.parts(files).into_iter();
        let lengths = parts.map(|part| match part {
            Part::Markup(markup) => markup.len(),
            Part::Address(file) => file.address_length(),
        });
        lengths.sum()
    }

    /// Puts the files in.
    pub fn with_files(self, files: &ShownFiles<'_>) -> Page {
        let mut document = String::with_capacity(self.length(files));
        for part in self.parts(files) {
            match part {
                Part::Markup(markup) => document.push_str(&markup),
                Part::Address(file) => file.write_address(&mut document),
            }
        }
        Page::of(document, self.style, self.language)
    }

    /// The whole page in parts.
    fn parts<'a>(&'a self, files: &ShownFiles<'a>) -> Vec<Part<'a>> {
        let (places, rest) = places(&self.document, files);
        let mut mentions: BTreeMap<&[u8], usize> = BTreeMap::new();
        for file in places.iter().filter_map(Place::shown) {
            *mentions.entry(file.bytes()).or_default() += 1;
        }
        let mut numbers: BTreeMap<&[u8], usize> = BTreeMap::new();
        let mut parts = Vec::new();
        let mut write = |part: Part<'a>| parts.push(part);
        for place in places {
            write(Part::Markup(place.before.into()));
            let Some(file) = place.file else { continue };
            let Some(picture) = place.picture else {
                write(Part::Markup("<a href=\"".into()));
                write(Part::Address(file));
                write(Part::Markup("\"".into()));
                continue;
            };
            let is_alone = mentions.get(file.bytes()) == Some(&1);
            if is_alone {
                write(Part::Markup("<img src=\"".into()));
                write(Part::Address(file));
                write(Part::Markup(picture.alone().into()));
                continue;
            }
            let next = numbers.len() + 1;
            match numbers.get(file.bytes()) {
                Some(number) => write(Part::Markup(picture.again(*number).into())),
                None => {
                    numbers.insert(file.bytes(), next);
                    write(Part::Markup(picture.before_first(next).into()));
                    write(Part::Address(file));
                    write(Part::Markup(picture.after_first().into()));
                }
            }
        }
        write(Part::Markup(rest.into()));
        parts
    }
}

impl<'a> Place<'a> {
    /// The picture that is shown here, if one is.
    fn shown(&self) -> Option<ShownFile<'a>> {
        self.picture.and(self.file)
    }
}

/// The places where files are named, and what follows the last one. A text of the coach's makes none: its `<` is escaped.
fn places<'a>(document: &'a str, files: &ShownFiles<'a>) -> (Vec<Place<'a>>, &'a str) {
    let (mut places, mut rest, mut searched) = (Vec::new(), document, 0);
    while let Some(found) = rest[searched..].find(NAMED) {
        let (before, named) = rest.split_at(searched + found);
        searched = before.len() + NAMED.len();
        let Some((name, after)) = named[NAMED.len()..].split_once('"') else {
            break;
        };
        let (before, picture, after) = if let Some(before) = before.strip_suffix("<img src=\"") {
            let Some((picture, after)) = Picture::read(after) else {
                continue;
            };
            (before, Some(picture), after)
        } else if let Some(before) = before.strip_suffix("<a href=\"") {
            (before, None, after)
        } else {
            continue;
        };
        places.push(Place {
            before,
            file: files.get(name),
            picture,
        });
        (rest, searched) = (after, 0);
    }
    (places, rest)
}

impl<'a> Picture<'a> {
    /// Reads the rest of a picture's tag, and what follows it.
    fn read(tag: &'a str) -> Option<(Self, &'a str)> {
        let (words, rest) = tag.strip_prefix(" alt=\"")?.split_once('"')?;
        let (width, rest) = rest.strip_prefix(" width=\"")?.split_once('"')?;
        let (height, rest) = rest.strip_prefix(" height=\"")?.split_once('"')?;
        let picture = Self {
            words,
            width,
            height,
        };
        Some((picture, rest.strip_prefix('>')?))
    }

    /// The rest of the tag of a picture that is shown once.
    fn alone(&self) -> String {
        let Self {
            words,
            width,
            height,
        } = self;
        format!("\" alt=\"{words}\" width=\"{width}\" height=\"{height}\">")
    }

    /// What stands before the address of one that is shown again below.
    fn before_first(&self, number: usize) -> String {
        let drawing = self.drawing();
        let Self { width, height, .. } = self;
        format!(
            "{drawing}<image id=\"picture-{number}\" width=\"{width}\" height=\"{height}\" href=\""
        )
    }

    /// What stands behind it.
    fn after_first(&self) -> &'static str {
        "\"/></svg>"
    }

    /// The picture of this number once more.
    fn again(&self, number: usize) -> String {
        format!("{}<use href=\"#picture-{number}\"/></svg>", self.drawing())
    }

    /// The opening tag of a drawing as large as the picture.
    fn drawing(&self) -> String {
        let Self {
            words,
            width,
            height,
        } = self;
        let label = match *words {
            "" => "aria-hidden=\"true\"".to_owned(),
            words => format!("role=\"img\" aria-label=\"{words}\""),
        };
        format!(
            "<svg {label} viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">"
        )
    }
}
