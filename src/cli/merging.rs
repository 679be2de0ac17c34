//! `loggia merge`: the parts of a site, or whole sites, joined to one.

use std::path::{Path, PathBuf};

use crate::cli::build::{link_lines, news_lines};
use crate::cli::outcome::Outcome;
use crate::cli::session::Common;
use crate::diagnostic::Diagnostic;
use crate::pipeline::merging::Merged;
use crate::pipeline::{joining, merging};
use crate::text::counted;

/// Joins the parts of a site, and says whose links begin and end.
pub(super) fn merge(parts: &[PathBuf], ends: Option<usize>, common: &Common) -> Outcome {
    let parts: Vec<&Path> = parts.iter().map(PathBuf::as_path).collect();
    let Merged { published, links } =
        match merging::merge(&common.content, &parts, &common.out, ends) {
            Ok(merged) => merged,
            Err(failure) => return failure.into(),
        };
    let joined = counted(parts.len(), "part", "parts");
    let files = counted(published.written + published.unchanged, "file", "files");
    let mut line = line(common, (&joined, &files), published.written);
    let mut warnings: Vec<Diagnostic> = published.leftover.into_iter().collect();
    let news = merging::remember(&common.content, &parts, &common.out);
    let news = news.unwrap_or_else(|problem| {
        warnings.push(problem);
        None
    });
    line += &match news {
        Some(news) => news_lines(&news),
        None => link_lines(&links),
    };
    Outcome::done(line, warnings, common.quiet)
}

/// Joins whole sites.
pub(super) fn join(sites: &[PathBuf], common: &Common) -> Outcome {
    let sites: Vec<&Path> = sites.iter().map(PathBuf::as_path).collect();
    match joining::join(&sites, &common.out) {
        Ok(published) => {
            let joined = counted(sites.len(), "site", "sites");
            let files = counted(published.written + published.unchanged, "file", "files");
            let line = line(common, (&joined, &files), published.written);
            let warnings = published.leftover.into_iter().collect();
            Outcome::done(line, warnings, common.quiet)
        }
        Err(failure) => failure.into(),
    }
}

fn line(common: &Common, (joined, files): (&str, &str), written: usize) -> String {
    let out = common.out.display();
    format!("{out}: {joined} joined; {files}, {written} written")
}
