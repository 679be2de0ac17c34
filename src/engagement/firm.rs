//! The firm and its site: loggia.toml.

use jiff::tz::TimeZone;
use strum::VariantArray;

use crate::engagement::colour::Colours;
use crate::engagement::person::Person;
use crate::engagement::picture::Picture;

/// What loggia.toml says.
pub struct Firm {
    /// The firm's name, in every portal.
    pub name: String,
    /// Where readers turn, as a `mailto:` or `https:` address.
    pub contact: Option<String>,
    /// How personal data is handled: where that can be read, or a sentence that says it.
    pub privacy: Option<String>,
    /// The name of the logo's file, beside loggia.toml.
    pub logo_file: Option<String>,
    /// The firm's logo.
    pub logo: Option<Picture>,
    /// The colours of links and marks; the theme's own where absent.
    pub colours: Option<Colours>,
    /// Where the site will stand; only printed links need it. Ends with a slash.
    pub base_url: Option<String>,
    /// The site's language, as a BCP 47 tag.
    pub language: String,
    /// The zone of all local times.
    pub timezone: TimeZone,
    /// How pages leave the machine, where an engagement does not say.
    pub access: AccessMode,
    /// The number of all links of the site; raising it ends them.
    pub link: u32,
    /// How sealed pages open, where a stakeholder does not say.
    pub opening: OpeningMode,
    /// The folder whose files replace those of the default theme.
    pub theme: Option<String>,
    /// Words that must appear in no portal.
    pub terms: Vec<String>,
    /// Those who take part in several engagements.
    pub persons: Vec<Person>,
    /// What becomes of a build that would show words of a note.
    pub overlap: Overlap,
    /// The editor in which `serve` opens files.
    pub editor: Option<Editor>,
}

/// An editor that is known by name. A folder of content can come from elsewhere, so it names one of these and never a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, VariantArray)]
pub enum Editor {
    /// Emacs, where a server of it runs.
    Emacs,
    /// IntelliJ IDEA.
    Idea,
    /// Kate.
    Kate,
    /// Sublime Text.
    Sublime,
    /// Visual Studio Code.
    VsCode,
    /// The same without Microsoft's parts.
    VsCodium,
    /// Zed.
    Zed,
}

impl Editor {
    /// Every editor.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS
        .first_chunk()
        .expect("it is as long as itself");

    /// The word that stands for it in loggia.toml.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Emacs => "emacs",
            Self::Idea => "idea",
            Self::Kate => "kate",
            Self::Sublime => "sublime",
            Self::VsCode => "vscode",
            Self::VsCodium => "vscodium",
            Self::Zed => "zed",
        }
    }
}

/// What becomes of a build in which words of a page also stand where its reader may not look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlap {
    /// The coach is warned.
    Warn,
    /// It fails.
    Deny,
}

/// How pages leave the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessMode {
    /// Encrypted; the key is in the link.
    Sealed,
    /// Readable by whoever has the path.
    Link,
}

/// How a sealed page opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpeningMode {
    /// As soon as it is loaded.
    AtOnce,
    /// At a click: mail scanners follow links and look at what they show, but do not click.
    Click,
}
