//! Charts as drawings: the view's numbers become marks and words in SVG, coloured by the classes of the style sheet alone.
//!
//! The charts of a figure are drawn twice, for a column and for a phone, because words in a drawing that shrinks become too small
//! to read; the style sheet shows the one that fits.

mod aside;
mod drawing;
mod legend;
mod lettering;
mod line;
mod line_words;
mod marks;
mod small;
mod spread_bar;
#[cfg(test)]
mod tests;
mod time_axis;
mod writer;

use crate::portal::chart::{Chart, LineChart};
use crate::render::language::{Filling, Language};
use crate::render::svg::line::{Layout, Size};
use crate::render::svg::line_words::LineWords;
use crate::render::svg::writer::{Alternative, Description};
use crate::text::fault::Fault;

/// Draws a chart; `id` is its own in the page.
pub(super) fn draw(
    chart: &Chart,
    id: &str,
    title: &str,
    language: &Language,
) -> Result<String, Fault> {
    let small = Alternative {
        id,
        title,
        description: Description::None,
    };
    match chart {
        Chart::Line(chart) => line(chart, id, title, language),
        Chart::Trend(chart) => Ok(small::trend(chart, &small)),
        Chart::Tally(chart) => Ok(small::tally(chart, &small)),
        Chart::Spread(chart) => {
            let wide = spread_bar::draw(chart, Size::Wide, &small, language)?;
            let id = format!("{id}-n");
            let small = Alternative { id: &id, ..small };
            Ok(wide + &spread_bar::draw(chart, Size::Narrow, &small, language)?)
        }
    }
}

fn line(chart: &LineChart, id: &str, title: &str, language: &Language) -> Result<String, Fault> {
    let words = LineWords::of(chart, language)?;
    let description = describe(chart, &words, language)?;
    let (wide, narrow) = (format!("{id}-w"), format!("{id}-n"));
    let drawings = [
        (Size::Wide, &wide, Description::Here(&description)),
        (Size::Narrow, &narrow, Description::Of(&wide)),
    ];
    let mut markup = String::new();
    for (size, id, description) in drawings {
        let alternative = Alternative {
            id,
            title,
            description,
        };
        let layout = Layout::of(chart, &words, size);
        markup.push_str(&drawing::draw(&layout, size, &alternative));
    }
    Ok(markup)
}

/// What a line chart shows, in a few sentences.
fn describe(chart: &LineChart, words: &LineWords, language: &Language) -> Result<String, Fault> {
    let text = |text: &str| Filling::Text(text.to_owned());
    let mut sentences = Vec::new();
    if let (Some(from), Some(to)) = (words.scores.first(), words.scores.last()) {
        let gaps = [("from", text(from)), ("to", text(to))];
        sentences.push(language.text("chart.describe.scale", &gaps)?);
    }
    if let (Some(series), Some(name)) = (chart.series.first(), words.names.first()) {
        let mut shown = series.points.iter().zip(&chart.rounds);
        let last = shown.rfind(|(point, _)| point.is_some());
        if let Some((_, day)) = last {
            let day = language.formats.long(*day);
            let latest = text(&words.latest[0]);
            let gaps = [
                ("name", text(name)),
                ("value", latest),
                ("date", text(&day)),
            ];
            sentences.push(language.text("chart.describe.series", &gaps)?);
        }
    }
    for (name, value) in words.target.iter().chain(&words.reference) {
        if !value.is_empty() {
            let gaps = [("name", text(name)), ("value", text(value))];
            sentences.push(language.text("chart.describe.level", &gaps)?);
        }
    }
    sentences.push(language.word("chart.describe.table")?);
    Ok(sentences.join(" "))
}
