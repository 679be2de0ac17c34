//! The page with a portal under a bar of dev mode, and the page that explains the published file.

use std::sync::Arc;

use minijinja::{Value, context};

use crate::dev::address::PortalAddress;
use crate::dev::pages::problems::problems_of;
use crate::dev::pages::templates::{DevPage, Framed, Templates, letters};
use crate::dev::snapshot::{Rendered, Snapshot};
use crate::pipeline::preview;
use crate::pipeline::preview::PreviewKey;

/// A portal under the bar; nothing if that person has none on that day.
pub(in crate::dev) fn portal(
    templates: &Templates,
    snapshot: &Snapshot,
    address: &PortalAddress<'_>,
) -> Option<DevPage> {
    let rendered = snapshot.rendered(address.engagement)?;
    let digest = letters(&rendered.portal_digest(address)?);
    let (engagement, reader) = (address.engagement, address.reader);
    let on_day = address.day.map(|day| format!("on/{day}/"));
    let on_day = on_day.unwrap_or_default();
    let of = |reader: &str| format!("/e/{engagement}/{reader}/{on_day}portal");
    let mut framed = Framed {
        address: of(reader),
        beside: address.beside.map(of),
        digest,
    };
    if let Some(other) = address.beside {
        framed
            .digest
            .push_str(&letters(&rendered.page(other)?.digest));
    }
    let context = context! {
        engagement,
        reader,
        beside => address.beside,
        on_day,
        title => rendered.valid.title(),
        readers => readers(rendered),
        day => address.day.unwrap_or(rendered.today).to_string(),
        today => rendered.today.to_string(),
        ..problems_of(snapshot)
    };
    Some(templates.page("portal.html", context, framed))
}

/// Those who have a portal of an engagement.
fn readers(rendered: &Rendered) -> Value {
    let pages = rendered.pages.iter();
    let reader =
        pages.map(|page| context! { id => &page.reader, name => &page.name, role => page.role });
    reader.collect()
}

/// The file as it would be published, with its address and code of this run; nothing if that person has no portal.
pub(in crate::dev) fn published(
    templates: &Templates,
    rendered: &Arc<Rendered>,
    address: &PortalAddress<'_>,
    key: &PreviewKey,
) -> Option<DevPage> {
    let workspace = &rendered.workspace;
    let (engagement, reader) = (address.engagement, address.reader);
    let wanted = address.page_of(rendered.today);
    let published = match preview::sealed(workspace, &rendered.valid, wanted, key)? {
        Err(problem) => context! { problem => problem.render(false) },
        Ok(published) => context! {
            problem => (),
            size => published.bytes.len(),
            path => published.path,
            code => published.code,
            passphrase => published.passphrase,
            address => format!("/e/{engagement}/{reader}/sealed/page"),
        },
    };
    let context = context! { engagement, reader, has_errors => false, ..published };
    Some(templates.page("published.html", context, Framed::default()))
}
