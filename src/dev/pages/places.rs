//! Where things of a portal are written, as the page around the portal reads it.

use minijinja::{Value, context};

use crate::dev::address::PortalAddress;
use crate::dev::pages::templates::Templates;
use crate::dev::snapshot::Rendered;
use crate::pipeline::places;

/// The list for one portal; nothing if that person has none on that day.
pub(in crate::dev) fn places(
    templates: &Templates,
    rendered: &Rendered,
    address: &PortalAddress<'_>,
) -> Option<String> {
    let wanted = address.page_of(rendered.today);
    let places = places::places(&rendered.workspace, &rendered.valid, wanted)?;
    let texts = places.texts.iter();
    let texts =
        texts.map(|text| context! { words => &text.words, file => &text.file, line => text.line });
    let absent = places.absent.iter().map(|absent| {
        context! {
            title => &absent.title,
            part => absent.part,
            seen => absent.seen,
            rule => &absent.rule,
            file => &absent.file,
            line => absent.line,
        }
    });
    let context =
        context! { texts => texts.collect::<Value>(), absent => absent.collect::<Value>() };
    Some(templates.render("places.html", context))
}
