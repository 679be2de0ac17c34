//! The addresses inside dev mode. Each is read as a value; none becomes a path on disk.

use jiff::civil::Date;

use crate::pipeline::preview::PageOf;

/// An address inside dev mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address<'a> {
    /// What is due, in all engagements.
    Start,
    /// Everything that is wrong.
    Problems,
    /// Who sees what in one engagement.
    Engagement(&'a str),
    /// One reader's portal, in some form.
    Reader(PortalAddress<'a>),
}

/// An address of one reader's portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PortalAddress<'a> {
    /// The engagement's id.
    pub(super) engagement: &'a str,
    /// The reader's id.
    pub(super) reader: &'a str,
    /// As of which day; today when absent.
    pub(super) day: Option<Date>,
    /// The id of another reader, whose portal is shown at its side.
    pub(super) beside: Option<&'a str>,
    /// In which form.
    pub(super) form: PortalForm,
}

/// What is shown of a portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PortalForm {
    /// The page with a bar and, in a frame below it, the portal.
    Framed,
    /// The portal alone.
    Portal,
    /// The portal as it was before it last changed.
    Before,
    /// Where things of the portal are written.
    Places,
    /// The page on which the person is asked in the pulse.
    Asking,
    /// A page that explains the file a host would get.
    PublishedExplained,
    /// The file itself that a host would get.
    Published,
}

impl<'a> PortalAddress<'a> {
    /// The page at it, as of the day in it or else of `today`.
    pub(super) fn page_of(&self, today: Date) -> PageOf<'a> {
        PageOf {
            reader: self.reader,
            day: self.day.unwrap_or(today),
        }
    }
}

impl<'a> Address<'a> {
    /// Reads an address.
    pub(super) fn parse(target: &'a str) -> Option<Self> {
        let names: Vec<&str> = target.strip_prefix('/')?.split('/').collect();
        let of = |engagement, reader, day, form| {
            let address = PortalAddress {
                engagement,
                reader,
                day,
                beside: None,
                form,
            };
            Some(Self::Reader(address))
        };
        match names[..] {
            [""] => Some(Self::Start),
            ["problems"] => Some(Self::Problems),
            ["e", id, ""] => Some(Self::Engagement(id)),
            ["e", id, reader, "on", day, form] => {
                let date: Date = day.parse().ok()?;
                let is_exact = date.to_string() == day;
                let form = form_of(form).filter(|_| is_exact)?;
                of(id, reader, Some(date), form)
            }
            ["e", engagement, reader, "beside", other, ""] => Some(Self::Reader(PortalAddress {
                engagement,
                reader,
                day: None,
                beside: Some(other),
                form: PortalForm::Framed,
            })),
            ["e", id, reader, "asking"] => of(id, reader, None, PortalForm::Asking),
            ["e", id, reader, "sealed", form] => {
                let form = if form == "page" {
                    PortalForm::Published
                } else if form.is_empty() {
                    PortalForm::PublishedExplained
                } else {
                    return None;
                };
                of(id, reader, None, form)
            }
            ["e", id, reader, form] => of(id, reader, None, form_of(form)?),
            _ => None,
        }
    }
}

fn form_of(word: &str) -> Option<PortalForm> {
    match word {
        "" => Some(PortalForm::Framed),
        "portal" => Some(PortalForm::Portal),
        "before" => Some(PortalForm::Before),
        "places" => Some(PortalForm::Places),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, PortalForm};

    #[test]
    fn addresses_are_exact() {
        assert_eq!(Address::parse("/"), Some(Address::Start));
        assert_eq!(
            Address::parse("/e/nyah/"),
            Some(Address::Engagement("nyah"))
        );
        for (target, form) in [
            ("/e/nyah/priya/", PortalForm::Framed),
            ("/e/nyah/priya/portal", PortalForm::Portal),
            ("/e/nyah/priya/before", PortalForm::Before),
            ("/e/nyah/priya/places", PortalForm::Places),
            ("/e/nyah/priya/beside/anders/", PortalForm::Framed),
            ("/e/nyah/priya/sealed/", PortalForm::PublishedExplained),
            ("/e/nyah/priya/sealed/page", PortalForm::Published),
            ("/e/nyah/priya/on/2026-12-01/", PortalForm::Framed),
            ("/e/nyah/priya/on/2026-12-01/portal", PortalForm::Portal),
        ] {
            let Some(Address::Reader(address)) = Address::parse(target) else {
                panic!("{target}")
            };
            assert_eq!((address.reader, address.form), ("priya", form), "{target}");
        }
        for target in [
            "",
            "/e",
            "/e/nyah",
            "/e/nyah/priya",
            "/e/nyah/priya/portal/",
            "/e/nyah/priya/on/2026-12-1/",
            "/e/nyah/priya/on/2026-02-30/",
            "/e/nyah/priya/on/2026-12-01/sealed/",
            "/e/nyah/priya/beside/anders",
            "/e/nyah/priya/beside/anders/portal",
            "/e/nyah/priya/sealed/x",
            "/problems/",
            "/loggia.toml",
            "/p/x/",
        ] {
            assert_eq!(Address::parse(target), None, "{target}");
        }
    }
}
