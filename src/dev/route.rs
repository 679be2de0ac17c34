//! Which page stands at which address: looked up in one snapshot, and nowhere else.
//!
//! The rule it guards: an address is never made a path on disk. What no snapshot knows is not there.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use sha2::Digest;
use sha2::Sha256;

use crate::dev::pages;
use crate::dev::pages::DevPage;
use crate::dev::pages::Templates;
use crate::dev::snapshot::Drawing;
use crate::dev::snapshot::Snapshot;

/// What stays the same from build to build.
pub(super) struct Site {
    /// Where a build would write; the key must not lie there.
    pub(super) out: PathBuf,
    /// The templates of dev mode's own pages.
    pub(super) templates: Templates,
}

/// What is answered.
pub(super) enum Answer {
    /// A page of dev mode itself.
    Dev(DevPage),
    /// A portal, as a build would publish it.
    Portal(Vec<u8>),
    /// A published file, which must stand alone in its tab.
    Published(Vec<u8>),
    /// A portal as it was, for comparing only.
    Before(Vec<u8>),
    /// News of builds for the page at this address.
    Live(String),
    /// A page that says that there is none.
    NotThere(DevPage),
}

/// An address inside dev mode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// Who sees what, in all engagements.
    Start,
    /// Everything that is wrong.
    Problems,
    /// Who sees what in one engagement.
    Engagement(&'a str),
    /// One reader's portal, in some form.
    Reader(ReaderPlace<'a>),
}

/// An address of one reader's portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReaderPlace<'a> {
    /// The engagement's id.
    pub(super) engagement: &'a str,
    /// The reader's id.
    pub(super) reader: &'a str,
    /// As of which day; today when absent.
    pub(super) day: Option<Date>,
    /// In which form.
    pub(super) form: Form,
}

/// The forms of a portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Under the bar.
    Viewed,
    /// Alone.
    Portal,
    /// As it was before it last changed.
    Before,
    /// What its host gets, explained.
    Sealed,
    /// What its host gets.
    Published,
}

impl<'a> Place<'a> {
    /// Reads an address.
    pub(super) fn parse(target: &'a str) -> Option<Self> {
        let names: Vec<&str> = target.strip_prefix('/')?.split('/').collect();
        let of = |engagement, reader, day, form| {
            let place = ReaderPlace {
                engagement,
                reader,
                day,
                form,
            };
            Some(Self::Reader(place))
        };
        match names[..] {
            [""] => Some(Self::Start),
            ["problems"] => Some(Self::Problems),
            ["e", id, ""] => Some(Self::Engagement(id)),
            ["e", id, reader, "on", day, form] => {
                let date: Date = day.parse().ok()?;
                let is_exact = date.to_string() == day;
                let form = form_on_day(form).filter(|_| is_exact)?;
                of(id, reader, Some(date), form)
            }
            ["e", id, reader, "sealed", form] => {
                let form = if form == "page" {
                    Form::Published
                } else if form.is_empty() {
                    Form::Sealed
                } else {
                    return None;
                };
                of(id, reader, None, form)
            }
            ["e", id, reader, form] => of(id, reader, None, form_on_day(form)?),
            _ => None,
        }
    }
}

fn form_on_day(word: &str) -> Option<Form> {
    match word {
        "" => Some(Form::Viewed),
        "portal" => Some(Form::Portal),
        "before" => Some(Form::Before),
        _ => None,
    }
}

impl Site {
    /// Answers from one snapshot.
    pub(super) fn answer(&self, snapshot: &Snapshot, target: &str) -> Answer {
        let page = target.strip_prefix("/live");
        if let Some(page) = page.filter(|page| page.starts_with('/')) {
            return Answer::Live(page.to_owned());
        }
        let answer = Place::parse(target).and_then(|place| self.look_up(snapshot, &place));
        answer.unwrap_or_else(|| Answer::NotThere(pages::not_found(&self.templates)))
    }

    fn look_up(&self, snapshot: &Snapshot, place: &Place<'_>) -> Option<Answer> {
        match place {
            Place::Problems => Some(Answer::Dev(pages::problems(&self.templates, snapshot))),
            // As long as nothing could be built there is nothing else to show.
            Place::Start | Place::Engagement(_) if snapshot.studio.is_none() => {
                Some(Answer::Dev(pages::problems(&self.templates, snapshot)))
            }
            Place::Start => Some(Answer::Dev(pages::start(&self.templates, snapshot))),
            Place::Engagement(id) => {
                let page = pages::engagement(&self.templates, snapshot, id)?;
                Some(Answer::Dev(page))
            }
            Place::Reader(place) => self.reader(snapshot, place),
        }
    }

    fn reader(&self, snapshot: &Snapshot, place: &ReaderPlace<'_>) -> Option<Answer> {
        let drawing = snapshot.drawing(place.engagement)?;
        match place.form {
            Form::Viewed => {
                let page = pages::portal(&self.templates, snapshot, place)?;
                Some(Answer::Dev(page))
            }
            Form::Portal => Some(Answer::Portal(portal(drawing, place)?)),
            Form::Before => {
                let before = snapshot.entries.get(place.engagement)?.before.as_ref();
                let document = before.and_then(|before| portal(before, place));
                Some(Answer::Before(document.unwrap_or_default()))
            }
            Form::Sealed => {
                let page = pages::published(&self.templates, drawing, place, &self.out)?;
                Some(Answer::Dev(page))
            }
            Form::Published => {
                let (reader, day) = (place.reader, place.day.unwrap_or(drawing.today));
                let studio = &drawing.studio;
                let published = studio.published(&drawing.sound, reader, day, &self.out)?;
                Some(Answer::Published(published.ok()?.bytes))
            }
        }
    }

    /// What tells this state of a page from another: the page's own digest, and that of the portal in it.
    pub(super) fn state(&self, snapshot: &Snapshot, target: &str) -> (String, String) {
        match self.answer(snapshot, target) {
            Answer::Dev(page) | Answer::NotThere(page) => (page.digest, page.portal),
            Answer::Portal(_) | Answer::Published(_) | Answer::Before(_) | Answer::Live(_) => {
                (String::new(), String::new())
            }
        }
    }
}

/// The portal of a drawing as a build would publish it, on the day of the build or another.
fn portal(drawing: &Arc<Drawing>, place: &ReaderPlace<'_>) -> Option<Vec<u8>> {
    let day = place.day.unwrap_or(drawing.today);
    let portal = drawing
        .studio
        .page(&drawing.sound, place.reader, day)?
        .ok()?;
    Some(portal.page.document().as_bytes().to_vec())
}

/// The digest of the portal at a place, in letters.
pub(super) fn portal_digest(drawing: &Arc<Drawing>, place: &ReaderPlace<'_>) -> Option<String> {
    if place.day.is_none() {
        return Some(letters(&drawing.page(place.reader)?.digest));
    }
    Some(letters(&Sha256::digest(portal(drawing, place)?).into()))
}

/// The first letters of a digest: enough to tell one state from another.
pub(super) fn letters(digest: &[u8; 32]) -> String {
    data_encoding::HEXLOWER.encode(&digest[..10])
}

#[cfg(test)]
mod tests {
    use super::Form;
    use super::Place;

    #[test]
    fn addresses_are_exact() {
        assert_eq!(Place::parse("/"), Some(Place::Start));
        assert_eq!(Place::parse("/e/nyah/"), Some(Place::Engagement("nyah")));
        for (target, form) in [
            ("/e/nyah/priya/", Form::Viewed),
            ("/e/nyah/priya/portal", Form::Portal),
            ("/e/nyah/priya/before", Form::Before),
            ("/e/nyah/priya/sealed/", Form::Sealed),
            ("/e/nyah/priya/sealed/page", Form::Published),
            ("/e/nyah/priya/on/2026-12-01/", Form::Viewed),
            ("/e/nyah/priya/on/2026-12-01/portal", Form::Portal),
        ] {
            let Some(Place::Reader(place)) = Place::parse(target) else {
                panic!("{target}")
            };
            assert_eq!((place.reader, place.form), ("priya", form), "{target}");
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
            "/e/nyah/priya/sealed/x",
            "/problems/",
            "/loggia.toml",
            "/p/x/",
        ] {
            assert_eq!(Place::parse(target), None, "{target}");
        }
    }
}
