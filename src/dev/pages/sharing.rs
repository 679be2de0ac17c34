//! The page of one engagement: who sees what, and what is to be looked at again.

use minijinja::context;

use crate::dev::pages::problems::{own_problems, problems_of};
use crate::dev::pages::table::sight;
use crate::dev::pages::templates::{DevPage, Framed, Templates};
use crate::dev::snapshot::Snapshot;

/// One engagement with its readers, and who sees what.
pub(in crate::dev) fn engagement(
    templates: &Templates,
    snapshot: &Snapshot,
    id: &str,
) -> Option<DevPage> {
    let rendered = snapshot.rendered(id)?;
    let context = context! {
        today => rendered.today.to_string(),
        engagement => context! { id, title => rendered.valid.title(), sight => sight(rendered) },
        own_problems => own_problems(snapshot, id),
        ..problems_of(snapshot)
    };
    Some(templates.page("engagement.html", context, Framed::default()))
}
