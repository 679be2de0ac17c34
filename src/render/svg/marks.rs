//! Lines and markers: what tells one series from another without its colour.

use crate::render::svg::writer::Svg;

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
    /// Where a value may lie of which only a bound is known.
    Reach,
}

/// The classes of groups, by their number.
const CLASSES: [&str; 4] = ["g0", "g1", "g2", "g3"];

/// The outlines of the markers of groups, by their number, and how far above the middle each begins. The square is no dot with square
/// ends, which paper does not show.
const GROUPS: [(f64, &str); 4] = [
    (4.0, "h4v8h-8v-8z"),
    (5.0, "l4 8h-8z"),
    (5.0, "l5 5-5 5-5-5z"),
    (-5.0, "l4-8h-8z"),
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
            Self::Reach => "reach",
        }
    }

    /// Draws the markers of a series at its points, in one path.
    pub(super) fn draw_markers(self, svg: &mut Svg, points: &[(f64, f64)]) {
        let class = self.class();
        match self {
            Self::Total => svg.dots(&format!("dot {class}"), points),
            Self::Own => {
                svg.dots(&format!("dot {class}"), points);
                svg.dots("dot hole", points);
            }
            Self::Group(number) => {
                let (above, outline) = GROUPS[number % GROUPS.len()];
                let points: Vec<(f64, f64)> = points.iter().map(|(x, y)| (*x, y - above)).collect();
                svg.shapes(&format!("marker {class}"), outline, &points);
            }
            Self::Target | Self::Reference | Self::Slot | Self::Reach => {}
        }
    }
}
