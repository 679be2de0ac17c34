//! A laid out line chart, drawn.

use crate::render::svg::legend::Sample;
use crate::render::svg::line::{Label, Layout, Size};
use crate::render::svg::marks::Mark;
use crate::render::svg::writer::{Alternative, Svg};
use crate::render::svg::{legend, lettering};

impl Size {
    /// The class by which the style sheet shows the drawing that fits.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Wide => "chart for-wide",
            Self::Narrow => "chart for-narrow",
        }
    }
}

/// Draws a chart from back to front.
pub(super) fn draw(layout: &Layout, size: Size, alternative: &Alternative<'_>) -> String {
    let mut svg = Svg::open(size.class(), layout.width, layout.height, alternative);
    scale(&mut svg, layout);
    svg.begin("days");
    for (x, base, words) in &layout.days {
        svg.text("", (*x, *base), words);
    }
    svg.end();
    levels(&mut svg, layout);
    for slot in &layout.slots {
        svg.rect("slot", slot);
    }
    // The most important line comes first in the view and last in the drawing, on top of the others.
    for stroke in layout.strokes.iter().rev() {
        let class = stroke.mark.class();
        svg.lines(&format!("line {class}"), &stroke.runs);
        svg.lines("reach", &stroke.reaches);
        stroke.mark.draw_markers(&mut svg, &stroke.points);
    }
    // Its samples are of the same paths as the lines that they name, and so come after them.
    legend::draw(&mut svg, &layout.key);
    if let Some(first) = &layout.first {
        let base = first.rect.top + lettering::ASCENT + 2.0;
        // Once as its own halo, so that lines behind it do not cross it.
        for class in ["halo", ""] {
            svg.text(class, (first.rect.left, base), &first.words);
        }
    }
    for label in &layout.labels {
        end_label(&mut svg, label, size);
    }
    svg.close()
}

fn scale(svg: &mut Svg, layout: &Layout) {
    let plot = &layout.plot;
    let lines: Vec<_> = layout
        .ticks
        .iter()
        .map(|(y, _)| vec![(plot.left, *y), (plot.right, *y)])
        .collect();
    svg.lines("grid", &lines);
    svg.begin("scores");
    for (y, words) in &layout.ticks {
        let base = y + lettering::ASCENT / 2.0 - 1.0;
        svg.text("", (plot.left - 6.0, base), words);
    }
    svg.end();
}

fn levels(svg: &mut Svg, layout: &Layout) {
    for (mark, y) in &layout.levels {
        let line = vec![(layout.plot.left, *y), (layout.plot.right, *y)];
        svg.lines(&format!("line {}", mark.class()), &[line]);
    }
}

fn end_label(svg: &mut Svg, label: &Label, size: Size) {
    let middle = f64::midpoint(label.rect.top, label.rect.bottom);
    let left = label.rect.left;
    let indent = match size {
        Size::Wide => {
            legend::draw_sample(svg, Sample::Mark(label.mark), left, middle);
            legend::SAMPLE + legend::GAP
        }
        Size::Narrow => {
            label.mark.draw_markers(svg, &[(left + 4.0, middle)]);
            12.0
        }
    };
    let class = if label.mark == Mark::Total {
        "strong"
    } else {
        ""
    };
    let base = middle + lettering::ASCENT / 2.0 - 1.0;
    svg.text(class, (left + indent, base), &label.words);
}
