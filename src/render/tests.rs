//! The page as its reader gets it, tried with portals made by hand.

use std::path::Path;

use jiff::tz::TimeZone;

use crate::portal::samples;
use crate::render::Page;
use crate::render::theme::Theme;

fn page(name: &str, language: &str) -> Page {
    let theme = Theme::load(None).unwrap();
    let (_, portal) = samples::all()
        .into_iter()
        .find(|(known, _)| *known == name)
        .unwrap();
    let timezone = TimeZone::get("Europe/London").unwrap();
    theme
        .page(portal, language, &timezone)
        .unwrap_or_else(|problem| panic!("{problem}"))
}

/// Every language of the default theme.
const LANGUAGES: [&str; 7] = ["en", "fr", "de", "es", "pt", "ja", "ar"];

#[test]
fn every_sample_becomes_a_page_in_every_language() {
    let folder = std::env::var_os("LOGGIA_PAGES");
    for language in LANGUAGES {
        for (name, _) in samples::all() {
            let page = page(name, language);
            let Some(folder) = &folder else { continue };
            let file = Path::new(folder).join(format!("{name}.{language}.html"));
            std::fs::write(file, page.document()).unwrap();
        }
    }
}
