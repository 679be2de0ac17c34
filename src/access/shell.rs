//! The pages that stand around the portals, until they are opened and where there is none.
//!
//! The rule it guards: they say the same to everyone, and allow, by hash, their own style and script, the portal's style, and
//! nothing else.

use data_encoding::BASE64;
use minijinja::HtmlEscape;

use crate::access::Opening;
use crate::access::link::Link;
use crate::access::seal;
use crate::access::strings::ShellStrings;
use crate::access::template::Template;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Source;
use crate::render::policy::source_of;
use crate::render::policy::unix_lines;
use crate::render::theme::Theme;

/// The theme's files for these pages.
pub struct ShellTheme {
    /// `sealed.html`, around a sealed page.
    pub sealed: Source,
    /// `opener.js`, which opens it.
    pub opener: Source,
    /// `404.html`, for every address where there is no page.
    pub lost: Source,
}

/// The pages around the portals, in one language.
pub struct Shell {
    sealed: Template,
    sealed_style: String,
    opener: String,
    opener_source: String,
    lost: String,
    lost_script: String,
    words: Vec<(&'static str, String)>,
}

impl ShellTheme {
    /// Returns the files of the default theme.
    pub fn built_in() -> Self {
        Self {
            sealed: Theme::built_in_file("sealed.html"),
            opener: Theme::built_in_file("opener.js"),
            lost: Theme::built_in_file("404.html"),
        }
    }
}

impl Shell {
    /// Puts the words into the theme's files; refuses files in which a necessary place is missing.
    pub fn of(theme: &ShellTheme, strings: &ShellStrings) -> Result<Self, Diagnostic> {
        let words = strings
            .by_name()
            .map(|(name, text)| (name, HtmlEscape(text).to_string()));
        let names = words.each_ref().map(|(name, _)| *name);
        let lost = Template::parse(&theme.lost, &["policy"], &names)?;
        let lost_script = source_of(element(&theme.lost, "script")?);
        let lost_policy = policy(&lost_script, &source_of(element(&theme.lost, "style")?));
        let opener = unix_lines(theme.opener.text());
        if opener.contains("</script") || opener.contains("<!--") {
            return Err(Diagnostic::error("the opener would end its own `<script>`")
                .in_file(theme.opener.path()));
        }
        Ok(Self {
            sealed: Template::parse(
                &theme.sealed,
                &["policy", "id", "asks", "sealed", "opener"],
                &names,
            )?,
            sealed_style: source_of(element(&theme.sealed, "style")?),
            opener_source: source_of(&opener),
            opener,
            lost: lost.fill(|name| {
                if name == "policy" {
                    &lost_policy
                } else {
                    word(&words, name)
                }
            }),
            lost_script,
            words: words.into(),
        })
    }

    /// Returns the page for every address where there is none.
    pub(super) fn lost_page(&self) -> String {
        self.lost.clone()
    }

    /// Returns a page that shows nothing of `document` until it is opened. `style` is its style sheet as a source of a policy.
    pub(super) fn around(
        &self,
        document: &str,
        style: &str,
        link: &Link,
        opening: &Opening,
    ) -> String {
        let sealed = seal::seal(document, link, opening.passphrase.as_ref());
        let sealed = BASE64.encode(&sealed);
        let policy = policy(
            &self.opener_source,
            &format!("{} {style}", self.sealed_style),
        );
        let id = link.id();
        let asks = match (opening.click, &opening.passphrase) {
            (false, None) => "code",
            (true, None) => "code click",
            (false | true, Some(_)) => "code passphrase",
        };
        self.sealed.fill(|name| match name {
            "policy" => &policy,
            "id" => &id,
            "asks" => asks,
            "sealed" => &sealed,
            "opener" => &self.opener,
            word_name => word(&self.words, word_name),
        })
    }

    /// Returns the scripts that some page of the site may run, as sources of a content security policy.
    pub fn script_sources(&self) -> String {
        format!("{} {}", self.opener_source, self.lost_script)
    }
}

/// The word with this name.
fn word<'a>(words: &'a [(&'static str, String)], name: &str) -> &'a str {
    words
        .iter()
        .find(|(known, _)| *known == name)
        .map_or("", |(_, text)| text)
}

/// The policy of a page: its own script, its own styles, pictures that it carries in itself, and nothing else.
fn policy(script: &str, styles: &str) -> String {
    format!(
        "default-src 'none'; script-src {script}; style-src {styles}; img-src data:; base-uri 'none'; form-action 'none'"
    )
}

/// What stands inside the only `<name>` of a file.
fn element<'a>(source: &'a Source, name: &str) -> Result<&'a str, Diagnostic> {
    let rest = source
        .text()
        .split_once(&format!("<{name}>"))
        .map(|(_, rest)| rest);
    match rest.and_then(|rest| rest.split_once(&format!("</{name}>"))) {
        Some((inside, after)) if !after.contains(&format!("<{name}")) && !inside.contains("{{") => {
            Ok(inside)
        }
        Some(_) | None => {
            let needed = format!(
                "this page needs one `<{name}>`, without attributes and with nothing to fill in"
            );
            Err(Diagnostic::error(needed).in_file(source.path()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shell;
    use super::ShellTheme;
    use super::source_of;
    use crate::access::Access;
    use crate::access::Opening;
    use crate::access::Sealed;
    use crate::access::key::Key;
    use crate::access::link::Link;
    use crate::access::strings::ShellStrings;
    use crate::diagnostic::Source;
    use crate::render::Page;
    use crate::render::style_sheet::StyleSheet;

    /// The published file of a page whose body is `body`.
    fn file(body: &str, access: &Access) -> String {
        let shell = Shell::of(&ShellTheme::built_in(), &ShellStrings::english()).unwrap();
        let page = Page::of(
            format!("<style>p{{}}</style>{body}"),
            StyleSheet::of("p{}".into()).into(),
            "de".into(),
        );
        let link = Link::of(&Key::of_tests(), "nyah", "priya", 1);
        let sealed = Sealed::of(&page, &link, access, &shell);
        assert_eq!(sealed.path(), &link.path());
        assert!(!String::from_utf8_lossy(sealed.bytes()).contains(link.code().as_str()));
        String::from_utf8(sealed.bytes().to_owned()).unwrap()
    }

    #[test]
    fn sealed_file_shows_nothing_of_its_page() {
        let sealed = file("<h1>Quarterly</h1>", &Access::Sealed(Opening::default()));
        assert!(
            !sealed.contains("Quarterly") && !sealed.contains("{{"),
            "{sealed}"
        );
        assert!(
            sealed.contains("<title>Private page</title>")
                && sealed.contains(r#"<html lang="en" dir="ltr">"#)
        );
        assert!(file("<h1>Quarterly</h1>", &Access::Link).ends_with("<h1>Quarterly</h1>"));
    }

    #[test]
    fn sealed_files_of_one_size_class_have_one_size() {
        let sizes = ["", "x", &"x".repeat(60_000)]
            .map(|body| file(body, &Access::Sealed(Opening::default())).len());
        assert_eq!(sizes, [sizes[0]; 3]);
        assert_ne!(
            file(&"x".repeat(70_000), &Access::Sealed(Opening::default())).len(),
            sizes[0]
        );
    }

    #[test]
    fn policy_allows_exactly_the_shell_and_the_pages_style() {
        let sealed = file("", &Access::Sealed(Opening::default()));
        let policy = sealed
            .split("Content-Security-Policy\" content=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        let between = |start, end| {
            sealed
                .split(start)
                .nth(1)
                .unwrap()
                .split(end)
                .next()
                .unwrap()
        };
        let expected = format!(
            "default-src 'none'; script-src {}; style-src {} {}; img-src data:; base-uri 'none'; form-action 'none'",
            source_of(between("<script>", "</script>")),
            source_of(between("<style>", "</style>")),
            source_of("p{}"),
        );
        assert_eq!(policy, expected);
        assert_eq!(source_of("a\r\nb\rc"), source_of("a\nb\nc"));
    }

    #[test]
    fn words_are_text_and_not_html() {
        let strings = ShellStrings::english().with("title", "<b a=\"1\">'&");
        let shell = Shell::of(&ShellTheme::built_in(), &strings).unwrap();
        assert!(
            shell
                .lost_page()
                .contains("<title>&lt;b a=&quot;1&quot;&gt;&#x27;&amp;</title>")
        );
    }

    #[test]
    fn theme_that_cannot_hold_a_page_is_refused() {
        let built_in = ShellTheme::built_in;
        let changed = |source: Source, from: &str, to: &str| {
            assert!(source.text().contains(from));
            Source::of(source.path(), &source.text().replacen(from, to, 1))
        };
        for (theme, message) in [
            (
                ShellTheme {
                    sealed: changed(built_in().sealed, "{{sealed}}", ""),
                    ..built_in()
                },
                "`{{sealed}}` must stand in this page once",
            ),
            (
                ShellTheme {
                    sealed: changed(built_in().sealed, "{{policy}}", "default-src *"),
                    ..built_in()
                },
                "`{{policy}}` must stand in this page once",
            ),
            (
                ShellTheme {
                    sealed: changed(built_in().sealed, "<style>", "<style media=print>"),
                    ..built_in()
                },
                "this page needs one `<style>`, without attributes and with nothing to fill in",
            ),
            (
                ShellTheme {
                    sealed: changed(built_in().sealed, "{{open}}", "{{opne}}"),
                    ..built_in()
                },
                "`opne` is nothing that this page shows",
            ),
            (
                ShellTheme {
                    opener: changed(built_in().opener, "\"use strict\"", "'</script>'"),
                    ..built_in()
                },
                "the opener would end its own `<script>`",
            ),
            (
                ShellTheme {
                    lost: changed(built_in().lost, "<script>", "<script>{{title}}"),
                    ..built_in()
                },
                "this page needs one `<script>`, without attributes and with nothing to fill in",
            ),
            (
                ShellTheme {
                    lost: changed(built_in().lost, "</main>", "<script>x</script>"),
                    ..built_in()
                },
                "this page needs one `<script>`, without attributes and with nothing to fill in",
            ),
        ] {
            let problem = Shell::of(&theme, &ShellStrings::english()).err().unwrap();
            assert_eq!(problem.message(), message);
        }
    }
}
