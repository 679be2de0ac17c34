//! A portal as its reader sees it, under a bar that is no part of it; and what its host gets.

use std::fmt::Write;
use std::sync::Arc;

use crate::dev::pages::Content;
use crate::dev::pages::DevPage;
use crate::dev::pages::escaped;
use crate::dev::pages::home;
use crate::dev::pages::page;
use crate::dev::pages::warning;
use crate::dev::route::ReaderPlace;
use crate::dev::route::Site;
use crate::dev::route::portal_digest;
use crate::dev::snapshot::Drawing;
use crate::dev::snapshot::Snapshot;

/// A portal under the bar; nothing if that person has none on that day.
pub(in crate::dev) fn viewed(
    snapshot: &Snapshot,
    drawing: &Arc<Drawing>,
    place: &ReaderPlace<'_>,
    target: &str,
) -> Option<DevPage> {
    let digest = portal_digest(drawing, place)?;
    let (id, reader) = (place.engagement, place.reader);
    let content = Content {
        title: format!("{reader} · {id}"),
        bar: bar(drawing, place),
        problems: warning(snapshot),
        main: String::new(),
        frame: Some((format!("{target}portal"), digest)),
    };
    Some(page(&content))
}

fn bar(drawing: &Drawing, place: &ReaderPlace<'_>) -> String {
    let id = place.engagement;
    let mut bar = home().to_owned();
    let title = escaped(drawing.sound.title());
    let _ = write!(bar, "<a href=\"/e/{id}/\" title=\"{title}\">{id}</a>");
    let on = place
        .day
        .map(|day| format!("on/{day}/"))
        .unwrap_or_default();
    bar.push_str("<label>as <select id=\"reader\">");
    for page in &drawing.pages {
        let chosen = if page.reader == place.reader {
            " selected"
        } else {
            ""
        };
        let (name, role, reader) = (escaped(&page.name), page.role, &page.reader);
        let _ = write!(
            bar,
            "<option value=\"/e/{id}/{reader}/{on}\"{chosen}>{name}, {role}</option>"
        );
    }
    let day = place.day.unwrap_or(drawing.today);
    let own = format!("/e/{id}/{}/", place.reader);
    let today = drawing.today;
    let _ = write!(
        bar,
        "</select></label><label>on <input id=\"day\" type=\"date\" required value=\"{day}\" data-today=\"{today}\" data-own=\"{own}\"></label>\
         <button id=\"changes\" type=\"button\" aria-pressed=\"false\" disabled>No changes</button>\
         <span class=\"rest\"></span>\
         <a href=\"{own}{on}portal\" target=\"_blank\" rel=\"noopener\">Alone</a><a href=\"{own}sealed/\">As published</a>"
    );
    bar
}

/// What the host gets, with the way to open it; nothing if that person has no portal.
pub(in crate::dev) fn sealed(
    site: &Site,
    drawing: &Arc<Drawing>,
    place: &ReaderPlace<'_>,
    target: &str,
) -> Option<DevPage> {
    let studio = &drawing.studio;
    let published = studio.published(&drawing.sound, place.reader, drawing.today, &site.out)?;
    let main = match published {
        Err(problem) => format!(
            "<h1>Not published</h1><pre class=\"error\">{}</pre>",
            escaped(&problem.render(false))
        ),
        Ok(published) => {
            let (size, path) = (published.bytes.len(), escaped(&published.path));
            let address = format!("{target}page");
            let (words, address) = match published.code {
                Some(code) => (
                    "It is encrypted: the host, its logs and other readers hold this and nothing more. The code stands behind the <code>#</code> \
                     of the link, which browsers send to nobody.",
                    format!("{address}#{code}"),
                ),
                None => (
                    "It is not encrypted: <code>access = \"link\"</code>. Whoever has its path can read it.",
                    address,
                ),
            };
            format!(
                "<h1>What the host gets</h1><p>One file of {size} bytes, <code>{path}</code>. {words}</p>\
                 <p><a id=\"open\" href=\"{}\" target=\"_blank\" rel=\"noopener noreferrer\">Open it with its link</a>, in a tab of its own.</p>",
                escaped(&address)
            )
        }
    };
    let (id, reader) = (place.engagement, place.reader);
    let back = format!("<a href=\"/e/{id}/{reader}/\">{reader} in {id}</a>");
    let content = Content {
        title: format!("As published: {reader} · {id}"),
        bar: format!("{}{back}", home()),
        main,
        ..Content::default()
    };
    Some(page(&content))
}
