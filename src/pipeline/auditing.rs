//! `audit`: a site that is already out, compared with what the content, the key and the day say of it.

mod asking_pages;
pub mod fetching;
mod inspection;
mod pages;
mod person_pages;
mod root;

use std::path::Path;

use jiff::civil::Date;

use crate::access::key::Key;
use crate::access::root::root_files;
use crate::access::shell::Shell;
use crate::audit::ParsedPage;
use crate::audit::overlap::OverlapSearch;
use crate::diagnostic::Diagnostic;
use crate::pipeline::auditing::fetching::{Address, Fetched};
use crate::pipeline::auditing::inspection::Inspection;
use crate::pipeline::auditing::pages::Pages;
use crate::pipeline::persons::PersonPortals;
use crate::pipeline::problems::{Failure, FailureKind};
use crate::pipeline::shard::Shard;
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{persons, reading, records};
use crate::publish::{MARKER, Ownership};
use crate::render::theme::Theme;
use crate::{access, audit};

/// Looks at a folder of which nothing is known but what lies in it.
pub fn audit_alone(folder: &Path) -> Result<Vec<Diagnostic>, Failure> {
    let theme =
        Theme::load(None).map_err(|problems| Failure::of(FailureKind::Outside, problems))?;
    let phrases = theme.phrases("en");
    let shell = phrases
        .and_then(|phrases| Shell::of(&phrases))
        .map_err(Failure::outside)?;
    let mut inspection = Inspection::begin(folder, &shell)?;
    inspection.expect_marker()?;
    look_at_outline(folder, &shell, &mut inspection);
    for file in inspection.files.iter().filter(|file| file.is_page()) {
        if !access::is_sealed(&file.text().map_err(Failure::outside)?) {
            let problem = Diagnostic::warning(
                "this page is not sealed: whoever can list the host's files can read it",
            );
            inspection.problems.general.push(file.place(problem));
        }
    }
    let problem = Diagnostic::warning(
        "there is no content folder here, so words were not compared and no page was opened",
    );
    inspection
        .problems
        .general
        .push(problem.with_hint("give it with `--content DIR`"));
    inspection.problems.into_result()
}

/// Looks at a site that is already out: at its files, and, opened with the key, at every page.
pub fn audit(
    workspace: &Workspace,
    folder: &Path,
    today: Date,
) -> Result<Vec<Diagnostic>, Failure> {
    let mut inspection = Inspection::begin(folder, &workspace.shell)?;
    inspection.expect_marker()?;
    look(workspace, folder, inspection, today)
}

/// Looks at a site whose files were read.
fn look(
    workspace: &Workspace,
    folder: &Path,
    mut inspection: Inspection,
    today: Date,
) -> Result<Vec<Diagnostic>, Failure> {
    let key = Key::open_if_any(workspace.book.folder()).map_err(Failure::outside)?;
    look_at_outline(folder, &workspace.shell, &mut inspection);
    if let Some(key) = &key {
        inspection.compare_key(key);
    }
    let mut person_portals = PersonPortals::default();
    let mut are_all_read = true;
    for id in &workspace.book.engagements {
        let Some(mut engagement) = inspection
            .problems
            .value_of(reading::engagement(workspace, id, today.into()).reading)
        else {
            are_all_read = false;
            continue;
        };
        // A page says since when its reader may read what.
        let agreed =
            records::compare_consent(workspace, key.as_ref(), &mut engagement, today.into());
        inspection.problems.value_or_default(agreed);
        let mut search = OverlapSearch::over(workspace.book.folder(), &engagement, today.into());
        for file in inspection
            .files
            .iter()
            .filter(|file| !file.is_page() && file.path != MARKER)
        {
            search.look_at_stray(&file.shown(), &file.text().map_err(Failure::outside)?);
        }
        if let Some(key) = &key {
            let mut pages = Pages {
                workspace,
                key,
                engagement: &engagement,
                inspection: &mut inspection,
                search: &mut search,
            };
            pages.look(today)?;
            pages.look_at_asking(today)?;
        }
        person_portals.extend(persons::portals(
            workspace,
            key.as_ref(),
            &engagement,
            today.into(),
        ));
        inspection
            .problems
            .add_findings(search.findings(workspace.book.firm.overlap));
    }
    if let Some(key) = &key {
        let links = person_portals.links(workspace, key);
        let made = match are_all_read {
            true => persons::pages(workspace, person_portals, Shard::WHOLE),
            // A portal that cannot be read is missing from pages that would be made now.
            false => Ok(Vec::new()),
        };
        let made = inspection.problems.value_or_default(made);
        person_pages::look_at_all(workspace, &mut inspection, (&links, &made))?;
    }
    look_at_files(workspace, &mut inspection, key.as_ref())?;
    inspection.problems.into_result()
}

/// Looks at a site on the web, whose files are fetched for it.
pub fn audit_at(
    workspace: &Workspace,
    address: &Address,
    today: Date,
) -> Result<Vec<Diagnostic>, Failure> {
    let key = Key::open_if_any(workspace.book.folder()).map_err(Failure::outside)?;
    let Some(key) = key else {
        let problem =
            Diagnostic::error("without the key nobody knows where the pages of a site lie");
        let hint = "put `loggia.key` beside loggia.toml, or set `LOGGIA_KEY`";
        return Err(Failure::outside(problem.with_hint(hint)));
    };
    let mut fetched = Fetched::of(workspace, &key, address, today)?;
    let mut inspection = Inspection::begin(fetched.path(), &workspace.shell)?;
    let found = std::mem::take(&mut fetched.problems).into_iter();
    let (leaks, warnings): (Vec<_>, Vec<_>) = found.partition(Diagnostic::is_error);
    inspection.problems.leaks.extend(leaks);
    inspection.problems.general.extend(warnings);
    look(workspace, fetched.path(), inspection, today)
}

/// Looks at what is the same in every site: its folders, and the files at its root.
fn look_at_outline(folder: &Path, shell: &Shell, inspection: &mut Inspection) {
    let leaks = &mut inspection.problems.leaks;
    leaks.extend(audit::outline::strays(folder));
    leaks.extend(root::problems(folder, shell));
}

/// The languages of the program itself.
const BUNDLED: [&str; 7] = ["ar", "de", "en", "es", "fr", "ja", "pt"];

/// Whether a file that every site has is as this version writes it in some language of its own.
fn in_any_language(workspace: &Workspace, path: &str, bytes: &[u8]) -> bool {
    BUNDLED.iter().any(|language| {
        let phrases = workspace.theme.phrases(language);
        let shell = phrases.and_then(|phrases| Shell::of(&phrases));
        shell.is_ok_and(|shell| {
            let files = root_files(&shell);
            let mut same = files.iter().filter(|ours| ours.path().as_str() == path);
            same.any(|ours| ours.bytes() == bytes)
        })
    })
}

/// What can be said of each file without knowing whose it is.
fn look_at_files(
    workspace: &Workspace,
    inspection: &mut Inspection,
    key: Option<&Key>,
) -> Result<(), Failure> {
    let Inspection {
        files,
        is_known,
        problems,
        is_of_other_key,
        ownership,
        ..
    } = inspection;
    if key.is_none() {
        let problem = Diagnostic::warning("there is no key, so no page was opened");
        problems
            .general
            .push(problem.with_hint("put `loggia.key` beside loggia.toml, or set `LOGGIA_KEY`"));
    }
    let of_all = root_files(&workspace.shell);
    for (file, is_known) in files.iter().zip(is_known.iter()) {
        let bytes = file.bytes().map_err(Failure::outside)?;
        if key.is_some_and(|key| key.stands_in(&bytes)) {
            problems
                .leaks
                .push(file.place(Diagnostic::error("this file holds the key of the site")));
        }
        let ours = of_all.iter().find(|ours| ours.path().as_str() == file.path);
        let is_ours = ours.is_some_and(|ours| ours.bytes() == bytes);
        // Of joined sites the first gives these pages, perhaps in another language.
        let is_joined = ownership.as_ref().is_some_and(Ownership::is_joined);
        let is_known_elsewhere =
            || ours.is_some() && in_any_language(workspace, &file.path, &bytes);
        let is_ours = is_ours || is_joined && is_known_elsewhere();
        if ours.is_some() && !is_ours {
            let problem =
                Diagnostic::warning("this file is not what this version of Loggia writes");
            problems.general.push(
                file.place(problem)
                    .with_hint("publish again, or look at who changed it"),
            );
        }
        let is_others = key
            .is_some_and(|key| Inspection::is_of_other_site(ownership.as_ref(), key, &file.path));
        if file.is_page() && !is_known && key.is_some() && !*is_of_other_key && !is_others {
            let problem = Diagnostic::error("this page belongs to nobody who has one today");
            problems.leaks.push(
                file.place(problem)
                    .with_hint("it is stale, or of another site; take it away from the host"),
            );
        }
        if !file.is_page() && !is_ours {
            let found = audit::terms(
                &workspace.book.firm.terms,
                &ParsedPage::of(&String::from_utf8_lossy(&bytes), ""),
                &file.shown(),
                &file.shown(),
            );
            problems.leaks.extend(found);
        }
    }
    Ok(())
}
