//! A small writer of SVG: shapes and words with classes. Colours and the widths of lines are left to the style sheet.

use std::fmt;
use std::fmt::Write;

use minijinja::HtmlEscape;

/// A drawing being written.
pub(super) struct Svg {
    parts: Vec<Part>,
    /// Where the parts begin that one path can be made of: behind the last group that was opened or closed.
    begin: usize,
}

/// A part of a drawing.
enum Part {
    Markup(String),
    /// A path by its commands.
    Path {
        class: String,
        commands: String,
    },
}

/// The text alternative of a drawing.
pub(super) struct Alternative<'a> {
    /// An id of its own in the page, for its description.
    pub(super) id: &'a str,
    /// What it is.
    pub(super) title: &'a str,
    /// What it shows.
    pub(super) description: Description<'a>,
}

/// A description of a drawing.
#[derive(Debug, Clone, Copy)]
pub(super) enum Description<'a> {
    /// None: the title is enough.
    None,
    /// One that is written into this drawing.
    Here(&'a str),
    /// The one of another drawing of the same chart, by its id.
    Of(&'a str),
}

/// A box in units of the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Rect {
    /// Its width.
    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Its height.
    pub(super) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether two boxes share a part.
    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

impl Svg {
    /// Begins a drawing. What is in it is hidden from assistive technology, which reads the alternative.
    pub(super) fn open(
        class: &str,
        width: f64,
        height: f64,
        alternative: &Alternative<'_>,
    ) -> Self {
        let Alternative {
            id,
            title,
            description,
        } = alternative;
        let (width, height) = (number(width), number(height));
        let mut markup = format!(
            r#"<svg class="{class}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img""#
        );
        let described_by = match description {
            Description::None => None,
            Description::Here(_) => Some(id),
            Description::Of(other) => Some(other),
        };
        if let Some(other) = described_by {
            let _ = write!(markup, r#" aria-describedby="{other}-d""#);
        }
        let _ = write!(markup, "><title>{}</title>", HtmlEscape(title));
        if let Description::Here(text) = description {
            let text = HtmlEscape(text);
            let _ = write!(markup, r#"<desc id="{id}-d">{text}</desc>"#);
        }
        markup.push_str(r#"<g aria-hidden="true">"#);
        Self {
            parts: vec![Part::Markup(markup)],
            begin: 1,
        }
    }

    /// Ends the drawing.
    pub(super) fn close(self) -> String {
        let mut markup = String::new();
        for part in self.parts {
            let _ = match part {
                Part::Markup(text) => write!(markup, "{text}"),
                Part::Path { class, commands } => {
                    write!(markup, r#"<path class="{class}" d="{commands}"/>"#)
                }
            };
        }
        markup.push_str("</g></svg>");
        markup
    }

    /// Lines through points, each group of points on its own. Every point is written as its step from the one before it.
    pub(super) fn lines(&mut self, class: &str, lines: &[Vec<(f64, f64)>]) {
        let mut path = String::new();
        for line in lines {
            if let [(left, y), (right, level)] = line[..]
                && y.round() == level.round()
            {
                let across = number(right.round() - left.round());
                let _ = write!(
                    path,
                    "M{} {}h{across}",
                    number(left.round()),
                    number(y.round())
                );
                continue;
            }
            let mut before = (0.0, 0.0);
            for (index, (x, y)) in line.iter().enumerate() {
                let (x, y) = (x.round(), y.round());
                let _ = if index == 0 {
                    write!(path, "M{} {}l", number(x), number(y))
                } else {
                    let sign = if y < before.1 { "" } else { " " };
                    let space = if index == 1 { "" } else { " " };
                    let (across, down) = (number(x - before.0), number(y - before.1));
                    write!(path, "{space}{across}{sign}{down}")
                };
                before = (x, y);
            }
        }
        self.path(class, &path);
    }

    /// A path by its absolute first and further commands. Paths of one class become one, where the first of them stands.
    pub(super) fn path(&mut self, class: &str, commands: &str) {
        if commands.is_empty() {
            return;
        }
        for part in &mut self.parts[self.begin..] {
            match part {
                Part::Path {
                    class: of,
                    commands: all,
                } if of == class => {
                    all.push_str(commands);
                    return;
                }
                Part::Path { .. } | Part::Markup(_) => {}
            }
        }
        self.parts.push(Part::Path {
            class: class.to_owned(),
            commands: commands.to_owned(),
        });
    }

    /// A box.
    pub(super) fn rect(&mut self, class: &str, rect: &Rect) {
        let (x, y) = (number(rect.left), number(rect.top));
        let (width, height) = (number(rect.width()), number(rect.height()));
        self.parts.push(Part::Markup(format!(
            r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}"/>"#
        )));
    }

    /// Dots, in one path: the round ends of lines without a length, as wide as the style sheet says.
    pub(super) fn dots(&mut self, class: &str, middles: &[(f64, f64)]) {
        self.shapes(class, "h0", middles);
    }

    /// The same shape at several points, in one path. It begins and ends at its point, and each point is written as its step from the
    /// one before it.
    pub(super) fn shapes(&mut self, class: &str, shape: &str, points: &[(f64, f64)]) {
        let mut path = String::new();
        let mut before = None;
        for (x, y) in points {
            let (x, y) = (x.round(), y.round());
            let (letter, across, down) = match before {
                None => ('M', x, y),
                Some((left, top)) => ('m', x - left, y - top),
            };
            let sign = if down < 0.0 { "" } else { " " };
            let _ = write!(
                path,
                "{letter}{}{sign}{}{shape}",
                number(across),
                number(down)
            );
            before = Some((x, y));
        }
        self.path(class, &path);
    }

    /// Begins a group of parts that share a class.
    pub(super) fn begin(&mut self, class: &str) {
        self.parts
            .push(Part::Markup(format!(r#"<g class="{class}">"#)));
        self.begin = self.parts.len();
    }

    /// Ends a group; an empty one is taken out again.
    pub(super) fn end(&mut self) {
        if self.parts.len() == self.begin {
            self.parts.pop();
        } else {
            self.parts.push(Part::Markup("</g>".to_owned()));
        }
        self.begin = self.parts.len();
    }

    /// Words from a point on their base line; the style sheet says on which side of it they stand.
    pub(super) fn text(&mut self, class: &str, (x, y): (f64, f64), words: &str) {
        let (x, y) = (number(x.round()), number(y.round()));
        let words = HtmlEscape(words);
        let class = if class.is_empty() {
            String::new()
        } else {
            format!(r#" class="{class}""#)
        };
        self.parts.push(Part::Markup(format!(
            r#"<text{class} x="{x}" y="{y}">{words}</text>"#
        )));
    }
}

/// A length with at most one decimal.
pub(super) fn number(length: f64) -> Number {
    // Drawings are far smaller than what a conversion would cut off.
    Number((length * 10.0).round_ties_even() as i64)
}

/// A length in tenths.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number(i64);

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, tenths) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        match tenths % 10 {
            0 => write!(formatter, "{sign}{}", tenths / 10),
            tenth => write!(formatter, "{sign}{}.{tenth}", tenths / 10),
        }
    }
}
