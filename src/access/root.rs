//! The files that are nobody's page.
//!
//! The rule it guards: they are the same for every site of one language, whatever its engagements, and name nobody.

use crate::access::sealed::Sealed;
use crate::access::shell::Shell;

/// The name of the file by which a part of a site shows to which site, day and version it belongs.
pub const PART: &str = ".loggia-part";

/// Returns that file with its text.
pub fn part_file(text: String) -> Sealed {
    Sealed::of_root(PART, text)
}

/// Returns `index.html`, `404.html`, `_headers` and `.nojekyll`.
pub fn root_files(shell: &Shell) -> Vec<Sealed> {
    let lost = shell.lost_page();
    let files = [
        (".nojekyll", String::new()),
        ("404.html", lost.clone()),
        ("_headers", headers(&shell.script_sources())),
        ("index.html", lost),
    ];
    files.map(|(name, text)| Sealed::of_root(name, text)).into()
}

/// What Netlify and Cloudflare Pages send with every file.
///
/// A `<meta>` in each page says by hash which style it allows; a header has to fit all pages at once, and both are enforced. So
/// the header leaves inline style to the page, and adds what a `<meta>` cannot say: `frame-ancestors`.
fn headers(script_sources: &str) -> String {
    let policy = format!(
        "default-src 'none'; script-src {script_sources}; style-src 'unsafe-inline'; img-src data:; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    let lines = [
        "Cache-Control: private, no-store",
        &format!("Content-Security-Policy: {policy}"),
        "Cross-Origin-Opener-Policy: same-origin",
        "Cross-Origin-Resource-Policy: same-origin",
        "Referrer-Policy: no-referrer",
        "X-Content-Type-Options: nosniff",
        "X-Frame-Options: DENY",
        "X-Robots-Tag: noindex, nofollow, noarchive",
    ];
    let mut text = String::from("/*\n");
    for line in lines {
        text.push_str(&format!("  {line}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::root_files;
    use crate::access::shell::Shell;
    use crate::render::phrases::Phrases;

    #[test]
    fn root_files_are_these_and_always_the_same() {
        let files = || {
            let shell = Shell::of(&Phrases::english()).unwrap();
            root_files(&shell)
                .into_iter()
                .map(|file| (file.path().to_string(), file.bytes().to_owned()))
                .collect::<Vec<_>>()
        };
        let names = files()
            .into_iter()
            .map(|(name, _)| name)
            .collect::<Vec<_>>();
        assert_eq!(names, [".nojekyll", "404.html", "_headers", "index.html"]);
        assert_eq!(files(), files());
    }

    #[test]
    fn headers_are_for_every_path_and_close_what_a_page_cannot() {
        let text = super::headers("'sha256-x'");
        assert_eq!(
            text.lines()
                .filter(|line| line.starts_with('/'))
                .collect::<Vec<_>>(),
            ["/*"]
        );
        assert!(
            text.contains("script-src 'sha256-x';") && text.contains("frame-ancestors 'none'\n")
        );
        assert!(
            text.lines().all(|line| line.len() < 2000),
            "Cloudflare cuts longer lines"
        );
    }
}
