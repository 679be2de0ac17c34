//! Lines and markers: what tells one series from another without its colour.

use std::fmt::Write;

use crate::render::svg::writer::Svg;
use crate::render::svg::writer::add_circle;
use crate::render::svg::writer::number;

/// How a series or level is drawn; the style sheet knows each by its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Everyone but the coachee: a strong line with filled dots.
    Total,
    /// The coachee's own rating: dashes with open dots.
    Own,
    /// A group, by its number: a thin line with a marker of its own.
    Group(usize),
    /// The mean to reach: short dashes.
    Target,
    /// No change, or the baseline.
    Reference,
    /// A round that is not shown.
    Slot,
}

/// The classes of groups, by their number.
const CLASSES: [&str; 4] = ["g0", "g1", "g2", "g3"];

/// The corners of the markers of groups, by their number: square, triangle, diamond, triangle on its head.
const GROUPS: [&[(f64, f64)]; 4] = [
    &[(-3.5, -3.5), (3.5, -3.5), (3.5, 3.5), (-3.5, 3.5)],
    &[(0.0, -4.5), (4.0, 3.0), (-4.0, 3.0)],
    &[(0.0, -4.5), (4.5, 0.0), (0.0, 4.5), (-4.5, 0.0)],
    &[(0.0, 4.5), (4.0, -3.0), (-4.0, -3.0)],
];

impl Mark {
    /// The class that colours it.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Own => "own",
            Self::Group(number) => CLASSES[number % CLASSES.len()],
            Self::Target => "target",
            Self::Reference => "reference",
            Self::Slot => "slot",
        }
    }

    /// Draws the markers of a series at its points, in one path.
    pub(super) fn draw_markers(self, svg: &mut Svg, points: &[(f64, f64)]) {
        let mut path = String::new();
        for (x, y) in points {
            self.marker(&mut path, *x, *y);
        }
        svg.path(&format!("marker {}", self.class()), &path);
    }

    fn marker(self, path: &mut String, x: f64, y: f64) {
        let corners = match self {
            Self::Total => return add_circle(path, x, y, 4.0),
            Self::Own => return add_circle(path, x, y, 3.5),
            Self::Target | Self::Reference | Self::Slot => return,
            Self::Group(number) => GROUPS[number % GROUPS.len()],
        };
        for (index, (across, down)) in corners.iter().enumerate() {
            path.push(if index == 0 { 'M' } else { 'L' });
            let _ = write!(path, "{} {}", number(x + across), number(y + down));
        }
        path.push('z');
    }
}
