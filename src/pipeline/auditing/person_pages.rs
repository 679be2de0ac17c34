//! The pages of persons who read several portals, on a host: all there, and as closed as the portals they lead to.

use crate::access::Opening;
use crate::audit::ParsedPage;
use crate::diagnostic::Diagnostic;
use crate::engagement::firm::AccessMode;
use crate::pipeline::auditing::inspection::{Inspection, OpenedPage, clear_part};
use crate::pipeline::passphrases::Words;
use crate::pipeline::persons::{PersonLink, PersonPage};
use crate::pipeline::problems::Failure;
use crate::pipeline::workspace::Workspace;
use crate::{access, audit};

/// Looks at the page of every person who has a portal, and holds it against the one that a build makes today, if that is known.
pub(super) fn look_at_all(
    workspace: &Workspace,
    inspection: &mut Inspection,
    (links, made): (&[PersonLink], &[PersonPage]),
) -> Result<(), Failure> {
    let persons = &workspace.book.firm.persons;
    for person in links {
        let mut made = made.iter();
        let made = made.find(|page| persons[page.person].id.as_str() == person.id);
        let place = inspection.find(&person.link);
        let text = place
            .map(|place| inspection.files[place].text())
            .transpose();
        let text = text.map_err(Failure::outside)?;
        look_at_page(workspace, inspection, (person, made), place.zip(text));
    }
    Ok(())
}

/// Looks at the page of one person, in the file of this place and text.
fn look_at_page(
    workspace: &Workspace,
    inspection: &mut Inspection,
    (person, made): (&PersonLink, Option<&PersonPage>),
    found: Option<(usize, String)>,
) {
    let id = &person.id;
    let Some((index, text)) = found else {
        tell_missing(inspection, id);
        return;
    };
    let is_open = person.access == AccessMode::Link || !access::is_sealed(&text);
    if is_open && person.access == AccessMode::Sealed {
        let message = format!("the page of person `{id}` is not sealed");
        inspection.leak(index, message, "publish again");
    }
    let opening = match person.access {
        AccessMode::Link => Opening::default(),
        AccessMode::Sealed => {
            let words = Words::of_person(workspace, id);
            match person.asks.opening(words.at_hand(), &person.link) {
                Ok(opening) => opening,
                Err(problem) => {
                    inspection.problems.secrets.push(problem);
                    return;
                }
            }
        }
    };
    let document = if is_open {
        Some(text.clone())
    } else {
        access::opened(&text, &person.link, opening.passphrase.as_ref())
    };
    let Some(document) = document else {
        let message = format!("the page of person `{id}` does not open with its code");
        let hint = "it is damaged, or was made with another key or passphrase; publish again";
        inspection.leak(index, message, hint);
        return;
    };
    compare(inspection, index, (id, &document), made);
    let Inspection {
        files, problems, ..
    } = inspection;
    let page = ParsedPage::of(&document, workspace.theme.known_style());
    let terms = audit::terms(&workspace.book.firm.terms, &page, "loggia.toml", id);
    problems.leaks.extend(terms);
    if !is_open {
        let faults = audit::faults(&page, "loggia.toml", id);
        problems.leaks.extend(faults);
        let opened = OpenedPage {
            file: &files[index],
            text: &text,
            document: &document,
            link: &person.link,
            opening: &opening,
        };
        if let Some(findings) = clear_part(workspace, &opened) {
            problems.add_findings(findings);
        }
    }
}

/// Holds a page against the one that a build makes today.
fn compare(
    inspection: &mut Inspection,
    index: usize,
    (id, document): (&str, &str),
    made: Option<&PersonPage>,
) {
    if made.is_some_and(|made| made.document() != document) {
        let message = format!("the page of person `{id}` is not the one that a build makes today");
        let hint = "it may show what was taken back since; build and publish again";
        inspection.leak(index, message, hint);
    }
}

/// Says that the page of a person is missing, unless the whole site is of another key.
fn tell_missing(inspection: &mut Inspection, id: &str) {
    if !inspection.is_of_other_key {
        let message = format!("the page of person `{id}` is not here");
        let problem = Diagnostic::warning(message).with_hint("publish again");
        inspection.problems.general.push(problem);
    }
}
