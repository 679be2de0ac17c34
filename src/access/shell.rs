//! The pages that stand around the portals, until they are opened and where there is none.
//!
//! The rule it guards: they say the same to everyone, and allow, by hash, their own style and script and nothing else.

use data_encoding::BASE64;
use sha2::Digest;
use sha2::Sha256;

use crate::access::strings::ShellStrings;
use crate::access::template::Template;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::Source;

/// The theme's files for these pages.
pub struct ShellTheme {
    /// `404.html`, for every address where there is no page.
    pub lost: Source,
}

/// The pages around the portals, in one language.
pub struct Shell {
    lost: String,
    lost_script: String,
}

impl ShellTheme {
    /// Returns the files of the default theme.
    pub fn built_in() -> Self {
        Self {
            lost: Source::of(
                "themes/default/404.html",
                include_str!("../../themes/default/404.html"),
            ),
        }
    }
}

impl Shell {
    /// Puts the words into the theme's files; refuses files in which a necessary place is missing.
    pub fn of(theme: &ShellTheme, strings: &ShellStrings) -> Result<Self, Diagnostic> {
        let template = Template::parse(
            &theme.lost,
            &["policy"],
            &["language", "direction", "title", "nothing_here"],
        )?;
        let style = hash(element(&theme.lost, "style")?);
        let script = hash(element(&theme.lost, "script")?);
        let policy = policy(&script, &style);
        let [language, direction, title, nothing_here] = [
            &strings.language,
            &strings.direction,
            &strings.title,
            &strings.nothing_here,
        ]
        .map(|text| escaped(text));
        let lost = template.fill(|name| match name {
            "policy" => &policy,
            "language" => &language,
            "direction" => &direction,
            "title" => &title,
            _ => &nothing_here,
        });
        Ok(Self {
            lost,
            lost_script: script,
        })
    }

    /// Returns the page for every address where there is none.
    pub(super) fn lost_page(&self) -> String {
        self.lost.clone()
    }

    /// Returns the scripts that some page of the site may run, as sources of a content security policy.
    pub(super) fn script_sources(&self) -> String {
        self.lost_script.clone()
    }
}

/// The policy of a page: its own script, its own styles, pictures that it carries in itself, and nothing else.
fn policy(script: &str, styles: &str) -> String {
    format!(
        "default-src 'none'; script-src {script}; style-src {styles}; img-src data:; base-uri 'none'; form-action 'none'"
    )
}

/// The source that allows exactly `text`.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(&Sha256::digest(text)))
}

/// What stands inside the only `<name>` of a file.
fn element<'a>(source: &'a Source, name: &str) -> Result<&'a str, Diagnostic> {
    let parts = source
        .text()
        .split_once(&format!("<{name}>"))
        .and_then(|(_, rest)| rest.split_once(&format!("</{name}>")));
    match parts {
        Some((inside, after)) if !after.contains(&format!("<{name}")) => Ok(inside),
        Some(_) | None => Err(Diagnostic::error(format!(
            "this page needs one `<{name}>` without attributes"
        ))
        .in_file(source.path())),
    }
}

/// The text as it stands in HTML, in an element or between quotes.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}
