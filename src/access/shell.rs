//! The page that holds a sealed portal until it is opened, and the page for every address where there is none.
//!
//! The rule it guards: they say the same to everyone, and allow, by hash, their own style and script, the portal's style, and
//! nothing else.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use minijinja::{Environment, Value, context};

use crate::diagnostic::{Diagnostic, Source};
use crate::render::phrases::Phrases;
use crate::render::policy::{source_of, unix_lines};
use crate::render::theme::Theme;
use crate::text::template;

/// Around a sealed page, until it is opened.
const SEALED: &str = "sealed.html";

/// For every address where there is no page.
const LOST: &str = "404.html";

/// The script that opens a sealed page.
const OPENER: &str = "opener.js";

/// The scripts of an asking page, one behind the other: the first seals answers, the second runs the page.
const ASKING: [&str; 2] = ["seal-answers.js", "asking.js"];

/// The words of a theme's `[sealed]` that these pages show. They name nobody, and are text, not HTML.
const WORDS: [&str; 16] = [
    "title",
    "nothing_here",
    "no_script",
    "no_code",
    "not_a_code",
    "wrong_code",
    "click",
    "passphrase",
    "wrong_passphrase",
    "damaged",
    "not_secure",
    "framed",
    "opening",
    "code_label",
    "passphrase_label",
    "open",
];

/// The pages around the portals, in one language.
pub struct Shell {
    environment: Environment<'static>,
    /// What the pages say, by the names that their templates have for it.
    words: Value,
    sealed_style: String,
    opener: Value,
    opener_source: String,
    asking: Value,
    asking_source: String,
    lost_style: String,
    lost_script: String,
}

/// What differs from one sealed page to another.
pub(super) struct SealedPage<'a> {
    /// The id in its path.
    pub(super) id: &'a str,
    /// What its reader has to give or do, in the words of the opening script.
    pub(super) asks: &'static str,
    /// The encrypted page.
    pub(super) sealed: &'a [u8],
    /// Whether it asks its reader something.
    pub(super) is_asking: bool,
    /// The style sheet of the portal, as a source of a content security policy.
    pub(super) style: &'a str,
}

impl Shell {
    /// Makes the pages in the language of `phrases`.
    pub fn of(phrases: &Phrases) -> Result<Self, Diagnostic> {
        let mut texts = vec![
            ("language", phrases.language().to_owned()),
            ("direction", phrases.direction().to_owned()),
        ];
        for name in WORDS {
            texts.push((name, phrases.say(&format!("sealed.{name}"), &[])?));
        }
        Self::saying(texts)
    }

    fn saying(texts: Vec<(&'static str, String)>) -> Result<Self, Diagnostic> {
        let [sealed, lost] = [SEALED, LOST].map(Theme::built_in_file);
        let opener = unix_lines(Theme::built_in_file(OPENER).text());
        let asking = ASKING.map(|name| unix_lines(Theme::built_in_file(name).text()));
        let asking = asking.concat();
        let shell = Self {
            words: Value::from(texts.into_iter().collect::<BTreeMap<_, _>>()),
            sealed_style: source_of(element(&sealed, "style")?),
            opener_source: source_of(&opener),
            opener: Value::from_safe_string(opener),
            asking_source: source_of(&asking),
            asking: Value::from_safe_string(asking),
            lost_style: source_of(element(&lost, "style")?),
            lost_script: source_of(element(&lost, "script")?),
            environment: environment([sealed, lost])?,
        };
        Ok(shell)
    }

    /// Returns the page for every address where there is none.
    pub(super) fn lost_page(&self) -> String {
        let policy = policy(&self.lost_script, &self.lost_style);
        self.filled(LOST, context! { policy, ..self.words.clone() })
    }

    /// Returns a page that shows nothing of a portal until it is opened.
    pub(super) fn sealed_page(&self, page: &SealedPage<'_>) -> String {
        let styles = format!("{} {}", self.sealed_style, page.style);
        let (asking, scripts) = match page.is_asking {
            true => (
                self.asking.clone(),
                format!("{} {}", self.asking_source, self.opener_source),
            ),
            false => (Value::from(""), self.opener_source.clone()),
        };
        let context = context! {
            asking,
            policy => policy(&scripts, &styles),
            id => page.id,
            asks => page.asks,
            sealed => Value::from_safe_string(BASE64.encode(page.sealed)),
            opener => self.opener.clone(),
            ..self.words.clone()
        };
        self.filled(SEALED, context)
    }

    /// Returns the scripts that some page of the site may run, as sources of a content security policy.
    pub fn script_sources(&self) -> String {
        let Self {
            opener_source,
            asking_source,
            lost_script,
            ..
        } = self;
        format!("{opener_source} {asking_source} {lost_script}")
    }

    fn filled(&self, name: &str, context: Value) -> String {
        let template = self.environment.get_template(name);
        let filled = template.and_then(|template| template.render(context));
        filled.expect("a test fills both pages, and no theme can change them")
    }
}

/// The engine with the templates of the pages.
fn environment(pages: [Source; 2]) -> Result<Environment<'static>, Diagnostic> {
    let mut environment = template::environment();
    for (name, page) in [SEALED, LOST].into_iter().zip(pages) {
        let added = environment.add_template_owned(name, page.text().to_owned());
        added.map_err(|_| Diagnostic::error("this page is no template").in_file(page.path()))?;
    }
    Ok(environment)
}

/// The policy of a page: its own script, its own styles, pictures that it carries in itself, and nothing else.
fn policy(script: &str, styles: &str) -> Value {
    let policy = format!(
        "default-src 'none'; script-src {script}; style-src {styles}; img-src data:; base-uri 'none'; form-action 'none'"
    );
    Value::from_safe_string(policy)
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
    use super::{ASKING, LOST, OPENER, SEALED, WORDS, environment, source_of};
    use crate::access::key::Key;
    use crate::access::link::Link;
    use crate::access::{Access, Opening, Sealed};
    use crate::render::Page;
    use crate::render::phrases::Phrases;
    use crate::render::style_sheet::StyleSheet;
    use crate::render::theme::Theme;

    /// The published file of a page whose body is `body`.
    fn file(body: &str, access: &Access) -> String {
        let shell = Shell::of(&Phrases::english()).unwrap();
        let page = Page::of(
            format!("<style>p{{}}</style>{body}"),
            StyleSheet::of("p{}".into()).into(),
            "de".into(),
        );
        let link = Link::numbered(&Key::of_tests(), "nyah", "priya", 1);
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
        let mut texts = vec![("title", "<b a=\"1\">'&".to_owned())];
        texts.extend(["language", "direction", "nothing_here"].map(|name| (name, String::new())));
        let shell = Shell::saying(texts).unwrap();
        assert!(
            shell
                .lost_page()
                .contains("<title>&lt;b a=&quot;1&quot;&gt;&#x27;&amp;</title>")
        );
    }

    #[test]
    fn each_page_has_every_place_that_it_needs_and_no_other() {
        let pages = [SEALED, LOST].map(Theme::built_in_file);
        let texts = pages.each_ref().map(|page| page.text().to_owned());
        let environment = environment(pages).unwrap();
        let needed: [&[&str]; 2] = [
            &["policy", "id", "asks", "sealed", "asking", "opener"],
            &["policy"],
        ];
        for ((name, text), needed) in [SEALED, LOST].into_iter().zip(texts).zip(needed) {
            for place in needed {
                assert_eq!(
                    text.matches(&format!("{{{{{place}}}}}")).count(),
                    1,
                    "{place}"
                );
            }
            let named = environment
                .get_template(name)
                .unwrap()
                .undeclared_variables(false);
            let known = [needed, &WORDS, &["language", "direction"]].concat();
            assert!(
                named.iter().all(|place| known.contains(&place.as_str())),
                "{named:?}"
            );
        }
        for script in [OPENER, ASKING[0], ASKING[1]].map(Theme::built_in_file) {
            assert!(!script.text().contains("</script") && !script.text().contains("<!--"));
        }
    }
}
