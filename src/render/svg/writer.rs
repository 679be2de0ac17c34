//! A small writer of SVG: shapes and words with classes, and nothing that the style sheet should say.

use std::fmt::Write;

use minijinja::HtmlEscape;

/// A drawing being written.
pub(super) struct Svg {
    markup: String,
}

/// What a drawing says of itself to someone who does not see it.
pub(super) struct Alternative<'a> {
    /// An id of its own in the page.
    pub(super) id: &'a str,
    /// What it is.
    pub(super) title: &'a str,
    /// What it shows.
    pub(super) description: &'a str,
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

/// On which side of its point a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// The text begins at the point.
    Start,
    /// The point is its middle.
    Middle,
    /// The text ends at the point.
    End,
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
            r#"<svg class="{class}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="{id}-t""#
        );
        if !description.is_empty() {
            let _ = write!(markup, r#" aria-describedby="{id}-d""#);
        }
        let _ = write!(
            markup,
            r#"><title id="{id}-t">{}</title>"#,
            HtmlEscape(title)
        );
        if !description.is_empty() {
            let text = HtmlEscape(description);
            let _ = write!(markup, r#"<desc id="{id}-d">{text}</desc>"#);
        }
        markup.push_str(r#"<g aria-hidden="true">"#);
        Self { markup }
    }

    /// Ends the drawing.
    pub(super) fn close(mut self) -> String {
        self.markup.push_str("</g></svg>");
        self.markup
    }

    /// Lines through points, each group of points on its own.
    pub(super) fn lines(&mut self, class: &str, lines: &[Vec<(f64, f64)>]) {
        let mut path = String::new();
        for line in lines {
            for (index, (x, y)) in line.iter().enumerate() {
                path.push(if index == 0 { 'M' } else { 'L' });
                let _ = write!(path, "{} {}", number(*x), number(*y));
            }
        }
        self.path(class, &path);
    }

    /// A path by its commands.
    pub(super) fn path(&mut self, class: &str, commands: &str) {
        if !commands.is_empty() {
            let _ = write!(self.markup, r#"<path class="{class}" d="{commands}"/>"#);
        }
    }

    /// A box.
    pub(super) fn rect(&mut self, class: &str, rect: &Rect) {
        let (x, y) = (number(rect.left), number(rect.top));
        let (width, height) = (number(rect.width()), number(rect.height()));
        let _ = write!(
            self.markup,
            r#"<rect class="{class}" x="{x}" y="{y}" width="{width}" height="{height}"/>"#
        );
    }

    /// Circles, in one path.
    pub(super) fn dots(&mut self, class: &str, middles: &[(f64, f64)], radius: f64) {
        let mut path = String::new();
        for (x, y) in middles {
            add_circle(&mut path, *x, *y, radius);
        }
        self.path(class, &path);
    }

    /// Words on a base line.
    pub(super) fn text(&mut self, class: &str, (x, y): (f64, f64), anchor: Anchor, words: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " mid",
            Anchor::End => " end",
        };
        let (x, y) = (number(x), number(y));
        let words = HtmlEscape(words);
        let _ = write!(
            self.markup,
            r#"<text class="{class}{anchor}" x="{x}" y="{y}">{words}</text>"#
        );
    }
}

/// Adds a circle to the commands of a path.
pub(super) fn add_circle(path: &mut String, x: f64, y: f64, radius: f64) {
    let (left, y) = (number(x - radius), number(y));
    let (r, d) = (number(radius), number(2.0 * radius));
    let _ = write!(
        path,
        "M{left} {y}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0z"
    );
}

/// A length with at most one decimal.
pub(super) fn number(length: f64) -> String {
    let text = format!("{length:.1}");
    match text.strip_suffix(".0") {
        Some("-0") => "0".to_owned(),
        Some(whole) => whole.to_owned(),
        None => text,
    }
}
