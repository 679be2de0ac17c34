//! loggia.toml to [`Firm`].

use std::ops::Range;
use std::path::Path;

use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::content::folder::leavings::is_leaving;
use crate::content::folder::names::names;
use crate::content::kinds::attachments::read_picture;
use crate::content::kinds::persons;
use crate::content::kinds::persons::PersonTable;
use crate::content::kinds::site_words::{
    Access, Open, access, check_sealed, language, link_number,
};
use crate::content::kinds::zone;
use crate::content::text::placeholder;
use crate::content::toml::report::Report;
use crate::content::toml::value::{Spanned, Text, table};
use crate::content::toml::{colour, shapes};
use crate::engagement::firm::{AccessMode, Editor, Firm, OpeningMode, Overlap};
use crate::engagement::id::is_slug;
use crate::engagement::picture::Picture;
use crate::engagement::prose::{Target, target};

/// The firm and its site.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct SiteFile {
    /// The firm.
    #[serde(deserialize_with = "table")]
    firm: FirmTable,
    /// The site.
    #[serde(default, deserialize_with = "table")]
    site: SiteTable,
    /// What must not leave.
    #[serde(default, deserialize_with = "table")]
    confidential: ConfidentialTable,
    /// What `loggia serve` does on this machine.
    #[serde(default, deserialize_with = "table")]
    serve: ServeTable,
    /// Stakeholders of several engagements who are one person.
    #[serde(default)]
    person: Vec<PersonTable>,
}

/// The firm.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FirmTable {
    /// Its name; in every portal.
    name: Text,
    /// Where readers turn with questions: `mailto:name@firm.example` or `https://…`.
    #[schemars(with = "Option<shapes::Address>")]
    contact: Option<Spanned<Text>>,
    /// How personal data is handled, as an address or a sentence; on every page and invitation.
    privacy: Option<Text>,
    /// A picture beside loggia.toml.
    logo: Option<Spanned<Text>>,
    /// Links and marks on a light page and on paper, as `#7a1f3d`.
    #[schemars(with = "Option<shapes::Hue>")]
    colour: Option<Spanned<Text>>,
    /// The same on a dark page; a lighter shade of `colour` when absent.
    #[schemars(with = "Option<shapes::Hue>")]
    colour_dark: Option<Spanned<Text>>,
}

/// The site.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
struct SiteTable {
    /// Where the site stands; only the links that Loggia prints need it.
    #[schemars(with = "Option<shapes::SiteAddress>")]
    base_url: Option<Spanned<Text>>,
    /// The language of portals, as `en` or `pt-BR`.
    #[schemars(with = "Option<shapes::Language>")]
    language: Option<Spanned<Text>>,
    /// The zone of every hour in the agendas, as `Europe/London`; UTC when absent.
    timezone: Option<Spanned<Text>>,
    /// How pages leave the machine: encrypted, or under a secret path alone.
    access: Option<Spanned<Access>>,
    /// Raised to give everyone a new link and end all old ones; the first is 1.
    #[schemars(range(min = 1))]
    link: Option<Spanned<u32>>,
    /// How sealed pages open: by themselves, or at a click.
    open: Option<Open>,
    /// A folder in `themes/`, which stands beside the content folder.
    #[schemars(with = "Option<shapes::Id>")]
    theme: Option<Spanned<Text>>,
}

/// What must not leave.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
struct ConfidentialTable {
    /// Words that must appear in no portal: a build that would print one fails.
    #[serde(default)]
    terms: Vec<Spanned<Text>>,
    /// What becomes of words on a page that stand in a note as well.
    overlap: Option<OverlapName>,
}

/// What becomes of words on a page that stand in a note as well: a warning, or a failed build.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum OverlapName {
    Warn,
    Deny,
}

/// What `loggia serve` does on this machine.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
struct ServeTable {
    /// The editor in which files open at a click: one that Loggia knows. A command comes from `--editor` or LOGGIA_EDITOR alone.
    editor: Option<EditorName>,
}

/// An editor that Loggia knows how to start.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum EditorName {
    Emacs,
    Idea,
    Kate,
    Sublime,
    VsCode,
    VsCodium,
    Zed,
}

impl EditorName {
    fn editor(self) -> Editor {
        match self {
            Self::Emacs => Editor::Emacs,
            Self::Idea => Editor::Idea,
            Self::Kate => Editor::Kate,
            Self::Sublime => Editor::Sublime,
            Self::VsCode => Editor::VsCode,
            Self::VsCodium => Editor::VsCodium,
            Self::Zed => Editor::Zed,
        }
    }
}

/// Reads loggia.toml; `folder` is where the logo lies.
pub(in crate::content) fn read(folder: &Path, report: &mut Report<'_>) -> Option<Firm> {
    let file: SiteFile = report.read()?;
    for place in placeholder::in_toml(report.document().text()) {
        let hint = "write what is to be read there, or take the line out: it stands on every page";
        report.error_with("this still holds a placeholder in ‹…›", place, hint);
    }
    let site = file.site;
    let mode = site.access.as_ref();
    let mode = mode.map_or(AccessMode::Sealed, |word| access(word, report));
    if let Some(url) = &site.base_url {
        check_sealed(mode, Some(&url.get_ref().0), url.span(), report);
    }
    let logo_file = file.firm.logo.as_ref();
    let logo_file = logo_file.map(|name| as_in(folder, &name.get_ref().0));
    let logo = file.firm.logo.zip(logo_file.as_ref());
    let logo = logo.and_then(|(text, name)| logo_in(&folder.join(name), &text, report));
    Some(Firm {
        name: file.firm.name.0,
        contact: file.firm.contact.and_then(|text| contact(text, report)),
        privacy: file.firm.privacy.map(|text| text.0),
        logo,
        logo_file,
        colours: colour::read(
            file.firm.colour.as_ref(),
            file.firm.colour_dark.as_ref(),
            report,
        ),
        base_url: site.base_url.and_then(|text| base_url(text, report)),
        language: site
            .language
            .and_then(|text| language(text, report))
            .unwrap_or_else(|| "en".to_owned()),
        timezone: site
            .timezone
            .and_then(|text| zone::read(&text, report))
            .unwrap_or(TimeZone::UTC),
        access: mode,
        link: link_number(site.link, report),
        opening: site.open.map_or(OpeningMode::AtOnce, Open::mode),
        theme: site.theme.and_then(|text| theme(text, report)),
        overlap: match file.confidential.overlap {
            Some(OverlapName::Deny) => Overlap::Deny,
            Some(OverlapName::Warn) | None => Overlap::Warn,
        },
        editor: file.serve.editor.map(EditorName::editor),
        terms: terms(file.confidential.terms, report),
        persons: persons::read(file.person, report),
    })
}

/// The confidential terms; one without a letter or digit could be found nowhere.
fn terms(terms: Vec<Spanned<Text>>, report: &mut Report<'_>) -> Vec<String> {
    let mut kept = Vec::new();
    for term in terms {
        if !term.get_ref().0.contains(char::is_alphanumeric) {
            report.error_with(
                "a confidential term has no letter",
                term.span(),
                "write a word that must appear in no portal",
            );
        }
        kept.push(term.into_inner().0);
    }
    kept
}

/// Where confidential terms stand in loggia.toml, well written or not: no message quotes them.
pub(in crate::content) fn terms_in(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut is_inside) = (0, false);
    for line in text.split_inclusive('\n') {
        let value = line.find('=').map_or(0, |sign| sign + 1);
        let (key, words) = (line[..value].trim_start(), line.trim_start());
        if words.starts_with('[') {
            is_inside = words.contains("confid");
        } else if (is_inside || key.contains("confid") || key.starts_with("term"))
            && !key.starts_with("overlap")
        {
            found.push(start + value..start + line.len());
        }
        start += line.len();
    }
    found
}

fn contact(text: Spanned<Text>, report: &mut Report<'_>) -> Option<String> {
    let (span, Text(address)) = (text.span(), text.into_inner());
    let is_good = matches!(target(&address), Some(Target::Outside(_)));
    if !is_good {
        report.error_with(
            format!("`{address}` is no address that readers can turn to"),
            span,
            "write it as `mailto:name@firm.example` or `https://…`",
        );
    }
    is_good.then_some(address)
}

/// The name of a file as the folder has it: a Mac writes the letters of a name otherwise than a keyboard does.
fn as_in(folder: &Path, written: &str) -> String {
    let names = names(folder).unwrap_or_default().into_iter();
    let mut names = names.filter(|(name, _)| name.nfc().eq(written.nfc()));
    names.next().map_or(written.to_owned(), |(name, _)| name)
}

fn logo_in(file: &Path, text: &Spanned<Text>, report: &mut Report<'_>) -> Option<Picture> {
    let name = &text.get_ref().0;
    if name.contains(['/', '\\']) || is_leaving(name) {
        report.error_with(
            "the logo is a file beside loggia.toml",
            text.span(),
            "put it there and name it without a path",
        );
        return None;
    }
    if std::fs::symlink_metadata(file).is_err() {
        report.error_with(
            format!("there is no `{name}`"),
            text.span(),
            "put the logo beside loggia.toml, or leave `logo` out",
        );
        return None;
    }
    match read_picture(file, name, name) {
        Ok((picture, _)) => Some(picture),
        Err(problem) => {
            report.push(report.document().place(problem, text.span()));
            None
        }
    }
}

fn base_url(text: Spanned<Text>, report: &mut Report<'_>) -> Option<String> {
    let (span, Text(url)) = (text.span(), text.into_inner());
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let is_good = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        && !url.contains(['?', '#', ' ', '"', '<', '>', '\\']);
    if !is_good {
        report.error_with(
            format!("`{url}` is no address of a site"),
            span,
            "write it as `https://portal.firm.example/`",
        );
        return None;
    }
    Some(if url.ends_with('/') {
        url
    } else {
        format!("{url}/")
    })
}

fn theme(text: Spanned<Text>, report: &mut Report<'_>) -> Option<String> {
    let (span, Text(name)) = (text.span(), text.into_inner());
    let is_good = is_slug(&name);
    if !is_good {
        report.error_with(
            format!("`{name}` is no name of a theme"),
            span,
            "a theme is a folder in `themes/`, named in lower-case words",
        );
    }
    is_good.then_some(name)
}
