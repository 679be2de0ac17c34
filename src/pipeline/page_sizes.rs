//! How long pages may be: each is loaded as a whole, often on a telephone, with all the pictures that it shows.

use crate::diagnostic::Diagnostic;

/// A page that is longer takes its time to load.
const LONG: usize = 2_000_000;

/// A page that is longer is not published.
const LONGEST: usize = 16_000_000;

/// The problems with the pages of an engagement, which are so many bytes long, reader by reader.
pub(super) fn problems(engagement: &str, sizes: &[(&str, usize)]) -> Vec<Diagnostic> {
    let hint = "show fewer or smaller files: a page holds a picture once, and a document for each link to it";
    let (longest, long): (Vec<_>, Vec<_>) = sizes
        .iter()
        .filter(|(_, size)| *size > LONG)
        .partition(|(_, size)| *size > LONGEST);
    let told = |pages: &[&(&str, usize)], rest: &str| {
        let all: usize = pages.iter().map(|(_, size)| size).sum();
        let readers: Vec<String> = pages
            .iter()
            .map(|(reader, size)| format!("`{reader}` ({})", megabytes(*size)))
            .collect();
        let sum = match pages.len() {
            1 => String::new(),
            _ => format!(", together {},", megabytes(all)),
        };
        format!("the page of {}{sum} {rest}", readers.join(", "))
    };
    let mut problems = Vec::new();
    if !longest.is_empty() {
        let message = told(&longest, "is longer than 16 MB");
        problems.push(Diagnostic::error(message));
    }
    if !long.is_empty() {
        let message = told(&long, "is longer than 2 MB, which takes its time to load");
        problems.push(Diagnostic::warning(message));
    }
    let placed = problems.into_iter();
    let placed = placed.map(|problem| problem.in_file(engagement).with_hint(hint));
    placed.collect()
}

/// A number of bytes as people say it.
fn megabytes(size: usize) -> String {
    format!("{}.{} MB", size / 1_000_000, size % 1_000_000 / 100_000)
}

#[cfg(test)]
mod tests {
    use super::problems;
    use crate::diagnostic::Diagnostic;

    #[test]
    fn a_long_page_is_told_and_one_that_is_too_long_is_refused() {
        let told = |sizes: &[(&str, usize)]| {
            let found = problems("nyah", sizes);
            let lines = found
                .iter()
                .map(|problem| (problem.is_error(), problem.message().to_owned()));
            lines.collect::<Vec<_>>()
        };
        assert_eq!(told(&[("tom", 2_000_000), ("priya", 10)]), []);
        assert_eq!(
            told(&[("tom", 2_100_000), ("priya", 3_250_000), ("mia", 1)]),
            [(
                false,
                "the page of `tom` (2.1 MB), `priya` (3.2 MB), together 5.3 MB, is longer than 2 MB, which takes its time to load"
                    .to_owned()
            )]
        );
        assert_eq!(
            told(&[("tom", 16_000_001)]),
            [(
                true,
                "the page of `tom` (16.0 MB) is longer than 16 MB".to_owned()
            )]
        );
        assert!(
            problems("nyah", &[("tom", 20_000_000), ("priya", 2_100_000)])
                .iter()
                .any(Diagnostic::is_error)
        );
    }
}
