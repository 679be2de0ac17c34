//! Improved, same and worse as one bar on both sides of a middle.

use crate::portal::chart::SpreadChart;
use crate::render::language::{Filling, Language};
use crate::render::svg::legend;
use crate::render::svg::legend::Sample;
use crate::render::svg::line::Size;
use crate::render::svg::writer::{Alternative, Rect, Svg};
use crate::text::fault::Fault;

/// The bar's height.
const BAR: f64 = 22.0;

/// The parts of the bar with their classes, in units of the drawing; the middle of `same` stands in the middle.
pub(super) fn parts(spread: &SpreadChart, width: f64) -> [(&'static str, Rect); 3] {
    let (improved, same, worse) = (
        f64::from(spread.improved),
        f64::from(spread.same),
        f64::from(spread.worse),
    );
    // Rounded one by one, the shares can add up to a little more than a hundred.
    let unit = (width / 2.0 - 2.0) / (improved + same + worse).max(100.0);
    let middle = width / 2.0;
    let rect = |from: f64, to: f64| Rect {
        left: middle + from * unit,
        top: 4.0,
        right: middle + to * unit,
        bottom: 4.0 + BAR,
    };
    let half = same / 2.0;
    [
        ("worse", rect(-half - worse, -half)),
        ("same", rect(-half, half)),
        ("improved", rect(half, half + improved)),
    ]
}

/// Draws the bar for a column or a phone.
pub(super) fn draw(
    spread: &SpreadChart,
    size: Size,
    alternative: &Alternative<'_>,
    language: &Language,
) -> Result<String, Fault> {
    let width = match size {
        Size::Wide => 640.0,
        Size::Narrow => 288.0,
    };
    let shares = [
        ("worse", spread.worse),
        ("same", spread.same),
        ("improved", spread.improved),
    ];
    let mut items = Vec::new();
    for (name, share) in shares {
        let word = language.word(&format!("spread.{name}"))?;
        let percent = language.percent(share.into())?;
        let of_all = if share == 100 && spread.is_of_one_mind() {
            let all = Filling::Count(spread.raters.into());
            let all = language.text("spread.of_all", &[("all", all)])?;
            format!(" ({all})")
        } else {
            String::new()
        };
        items.push((Sample::Bar(name), format!("{word} {percent}{of_all}")));
    }
    let (entries, height) = legend::place(items, width, BAR + 16.0);
    let mut svg = Svg::open(size.class(), width, BAR + 16.0 + height, alternative);
    let middle = width / 2.0;
    for (name, rect) in parts(spread, width) {
        if rect.width() > 0.0 {
            svg.rect(&format!("bar {name}"), &rect);
        }
    }
    svg.lines("axis", &[vec![(middle, 0.0), (middle, BAR + 8.0)]]);
    legend::draw(&mut svg, &entries);
    Ok(svg.close())
}
