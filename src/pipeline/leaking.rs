//! Leaks that add to a finished page, for the tests of the tests; compiled with the feature `leaks` alone.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use crate::engagement::Engagement;
use crate::leaks::is_on;
use crate::render::Page;

/// The page with a remark that tells something of the folder, if one of these leaks is on.
pub(super) fn in_comment(page: Page, engagement: &Engagement, folder: &Path) -> Page {
    let folder = folder.join(engagement.id.as_str());
    let remark = if is_on("pipeline-count-of-goals") {
        engagement.goals.len().to_string()
    } else if is_on("pipeline-count-of-notes") {
        let notes = fs::read_dir(folder.join("notes"));
        notes.map_or(0, Iterator::count).to_string()
    } else if is_on("pipeline-size-of-file") {
        let file = fs::metadata(folder.join("engagement.toml"));
        file.map_or(0, |file| file.len()).to_string()
    } else if is_on("pipeline-time-of-file") {
        let file = fs::metadata(folder.join("engagement.toml"));
        format!("{:?}", file.and_then(|file| file.modified()).ok())
    } else if is_on("pipeline-supporters-who-rated") {
        let ratings = engagement
            .pulse
            .rounds
            .iter()
            .map(|round| round.ratings.len());
        ratings.sum::<usize>().to_string()
    } else {
        return page;
    };
    let document = page
        .document()
        .replace("</body>", &format!("<!-- {remark} --></body>"));
    Page::of(
        document,
        Arc::clone(page.style()),
        page.language().to_owned(),
    )
}
