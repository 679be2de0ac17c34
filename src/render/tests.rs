//! The page as its reader gets it, tried with portals made by hand.

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

#[test]
fn every_sample_becomes_a_page() {
    let folder = std::env::var_os("LOGGIA_PAGES");
    for (name, _) in samples::all() {
        let page = page(name, "en");
        if let Some(folder) = &folder {
            let file = std::path::Path::new(folder).join(format!("{name}.html"));
            std::fs::write(file, page.document()).unwrap();
        }
    }
}
