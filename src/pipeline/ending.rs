//! Why a page of an engagement that cannot be built does not stay.

/// A page that does not stay.
#[derive(Debug, Clone)]
pub struct EndedPage {
    /// Whose; nothing where nobody can tell who the readers are.
    pub reader: Option<String>,
    /// Why.
    pub reason: Ending,
}

/// Why a page does not stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// engagement.toml cannot be read, or something of which nobody can tell what it concerns.
    Unreadable,
    /// The reader has no portal today.
    NoPortal,
    /// There is no page under the reader's link of today.
    OtherLink,
    /// It is kept from others in another way than today.
    OtherProtection,
    /// It does not open with the code and passphrase of today.
    DoesNotOpen,
    /// It holds what must not leave today.
    Leak,
    /// A part of what it tells may not be read by its reader today, or cannot be judged.
    Narrowed(String),
    /// There is no record of it, and it is not what would be made today.
    NoRecord,
}

impl Ending {
    /// The reason in words.
    pub fn text(&self) -> String {
        match self {
            Self::Unreadable => "who may read what cannot be read".to_owned(),
            Self::NoPortal => "its reader has no portal today".to_owned(),
            Self::OtherLink => "there is none under the link of today".to_owned(),
            Self::OtherProtection => "it is kept from others in another way than today".to_owned(),
            Self::DoesNotOpen => {
                "it does not open with the code and passphrase of today".to_owned()
            }
            Self::Leak => "it holds what must not leave today".to_owned(),
            Self::Narrowed(part) => {
                format!(
                    "of `{part}` it tells what its reader may not read today, or what cannot be judged"
                )
            }
            Self::NoRecord => {
                "there is no record of what it tells, and today another page would be made"
                    .to_owned()
            }
        }
    }
}
