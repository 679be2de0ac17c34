//! `audit https://…`: the files of a site are fetched from its host as a reader's browser would, and then looked at like a folder.
//!
//! A host lists no folder, or should not. What is asked for follows from the content and the key: the page of everyone, also of those
//! who have none today, the pages behind ended links, and the files of every site.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::civil::Date;
use tempfile::TempDir;

use crate::access::key::Key;
use crate::access::link::{Link, LinkSource};
use crate::access::root::root_files;
use crate::diagnostic::Diagnostic;
use crate::files::curl;
use crate::files::curl::{Download, NotFetched};
use crate::pipeline::persons::PersonPortals;
use crate::pipeline::problems::{Failure, Problems};
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{link_numbers, persons, reading, sealing};
use crate::publish::MARKER;

/// Where a site lies on the web: what its files are found below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// Reads an address that begins with `https://`; on this machine `http://` will do, where nobody can listen. Nothing if `text` is
    /// the path of a folder.
    pub fn parse(text: &str) -> Option<Result<Self, Diagnostic>> {
        let (scheme, rest) = text.split_once("://")?;
        let host = rest.split('/').next().unwrap_or_default();
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let is_here = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
        let is_plain =
            |letter: char| letter.is_ascii_alphanumeric() || "-._~/:[]%".contains(letter);
        let is_good = !host.is_empty() && rest.chars().all(is_plain);
        let hint = "give the address of the site's first page, such as `https://portals.example/`";
        Some(match scheme {
            "https" | "http" if !is_good => {
                Err(Diagnostic::error(format!("`{text}` is no address of a site")).with_hint(hint))
            }
            "https" => Ok(Self(format!("{}/", text.trim_end_matches('/')))),
            "http" if is_here => Ok(Self(format!("{}/", text.trim_end_matches('/')))),
            _ => Err(Diagnostic::error(
                "a site is fetched over `https:` alone: on the way others could read and change it",
            )
            .with_hint(hint)),
        })
    }
}

/// A path that leads nowhere: what a host answers there is what it answers where there is nothing.
const NOWHERE: &str = "p/nowhere/index.html";

/// The folders of all pages, which nobody may list.
const PAGES: [&str; 2] = ["a/index.html", "p/index.html"];

/// A site that was fetched into a folder of its own, which goes when this is dropped.
pub(super) struct Fetched {
    folder: TempDir,
    /// What was found on the way.
    pub(super) problems: Vec<Diagnostic>,
}

impl Fetched {
    /// Fetches what may be there of the site.
    pub(super) fn of(
        workspace: &Workspace,
        key: &Key,
        address: &Address,
        today: Date,
    ) -> Result<Self, Failure> {
        let mut paths = candidates(workspace, key, today)?;
        let pages: Vec<String> = paths.iter().cloned().collect();
        paths.extend(["index.html", "404.html", MARKER, NOWHERE].map(str::to_owned));
        paths.extend(PAGES.map(str::to_owned));
        let folder = TempDir::with_prefix("loggia-audit-")
            .map_err(|reason| failed("a folder for it cannot be made", &reason.to_string()))?;
        let mut fetched = Self {
            folder,
            problems: Vec::new(),
        };
        fetched.download(address, &paths)?;
        fetched.look_at_nothing(&paths)?;
        fetched.look_for_list(&pages);
        fetched.leave_no_empty_folder(&paths);
        // No host gives these two: they are told to it, and not shown.
        for file in root_files(&workspace.shell) {
            let path = fetched.path().join(file.path().as_str());
            if matches!(file.path().as_str(), "_headers" | ".nojekyll") {
                write(&path, file.bytes())?;
            }
        }
        Ok(fetched)
    }

    /// The folder of what was fetched.
    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    fn download(&mut self, address: &Address, paths: &BTreeSet<String>) -> Result<(), Failure> {
        let mut downloads = Vec::new();
        for path in paths {
            let file = self.path().join(path);
            if let Some(folder) = file.parent() {
                fs::create_dir_all(folder).map_err(|reason| {
                    failed("a folder for it cannot be made", &reason.to_string())
                })?;
            }
            let shown = path.strip_suffix("index.html").unwrap_or(path);
            let address = format!("{}{shown}", address.0);
            downloads.push(Download { address, file });
        }
        let codes = curl::fetch(&downloads).map_err(|reason| match reason {
            NotFetched::NoProgram => Failure::outside(
                Diagnostic::error("there is no `curl` on this machine, which fetches the site")
                    .with_hint(
                        "install it, or fetch the files yourself and run `loggia audit FOLDER`",
                    ),
            ),
            NotFetched::Failed(said) => failed("the site cannot be fetched", &said),
        })?;
        for (path, code) in paths.iter().zip(codes) {
            if !matches!(code, 200 | 404 | 410) {
                self.problems.push(odd_answer(path, code));
            }
        }
        Ok(())
    }

    /// Takes away what the host answers where there is nothing: it is no page of the site.
    fn look_at_nothing(&mut self, paths: &BTreeSet<String>) -> Result<(), Failure> {
        let Ok(nothing) = fs::read(self.path().join(NOWHERE)) else {
            return Ok(());
        };
        self.problems.push(
            Diagnostic::warning("where there is no page the host answers as if there were one")
                .with_hint("set it to send `404.html` with the code 404: readers of an ended link should be told so"),
        );
        for path in paths.iter().filter(|path| path.contains('/')) {
            let file = self.path().join(path);
            if fs::read(&file).is_ok_and(|bytes| bytes == nothing) {
                fs::remove_file(&file)
                    .map_err(|reason| failed("a file cannot be taken away", &reason.to_string()))?;
            }
        }
        Ok(())
    }

    /// Removes the folders of what was not there.
    fn leave_no_empty_folder(&self, paths: &BTreeSet<String>) {
        // Last the folders of all pages, which are empty by then or hold some.
        for path in paths.iter().map(String::as_str).chain(PAGES) {
            let file = self.path().join(path);
            // One that holds a file is not removed.
            let _ = file.parent().map(fs::remove_dir);
        }
    }

    /// Says so where the host shows the names of all pages, which are half of every link.
    fn look_for_list(&mut self, pages: &[String]) {
        let listed = PAGES.iter().filter_map(|path| {
            let file = self.path().join(path);
            let listing = fs::read_to_string(&file).ok();
            let _ = fs::remove_file(&file);
            listing
        });
        let listed: String = listed.collect();
        let is_named = |page: &String| page.split('/').nth(1).is_some_and(|id| listed.contains(id));
        if pages.iter().any(is_named) {
            self.problems.push(
                Diagnostic::error("the host lists the folder of all pages")
                    .with_hint("turn off the listing of folders (\"autoindex\", \"directory listing\") on the host"),
            );
        }
    }
}

/// The paths of every page that may be there: today's, those of people without a portal, and those behind ended links.
fn candidates(workspace: &Workspace, key: &Key, today: Date) -> Result<BTreeSet<String>, Failure> {
    let mut paths = BTreeSet::new();
    let mut problems = Problems::default();
    let mut person_portals = PersonPortals::default();
    for id in &workspace.book.engagements {
        let reading = reading::engagement(workspace, id, today.into()).reading;
        let Some(engagement) = problems.value_of(reading) else {
            continue;
        };
        for person in &engagement.stakeholders {
            let current = sealing::link_source(workspace, &engagement, person);
            let ended = link_numbers::ended(current.numbers)
                .map(|numbers| LinkSource { numbers, ..current });
            for source in std::iter::once(current).chain(ended) {
                let links = [Link::of(key, &source), Link::asking(key, &source)];
                paths.extend(links.map(|link| link.path().to_string()));
            }
        }
        person_portals.extend(persons::portals(workspace, None, &engagement, today.into()));
    }
    let persons = person_portals.links(workspace, key);
    paths.extend(persons.iter().map(|person| person.link.path().to_string()));
    Ok(paths)
}

fn odd_answer(path: &str, code: u16) -> Diagnostic {
    let (message, hint) = match code {
        0 => ("no answer came for this file".to_owned(), "try again"),
        300..=399 => (
            "the host sends readers of this file elsewhere".to_owned(),
            "give the address at which the site itself lies",
        ),
        401 | 403 => (
            format!("the host refuses this file (code {code})"),
            "readers have no account there: let the host give every file to everyone",
        ),
        _ => (
            format!("the host answers with the code {code} for this file"),
            "try again, or look at what the host says of it",
        ),
    };
    Diagnostic::warning(message).in_file(path).with_hint(hint)
}

fn failed(what: &str, said: &str) -> Failure {
    Failure::outside(Diagnostic::error(format!("{what}: {said}")))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes)
        .map_err(|reason| failed("what was fetched cannot be kept", &reason.to_string()))
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn an_address_is_one_of_https_and_a_folder_is_a_folder() {
        for text in ["site", "../site", "/srv/x", "C:\\site", "https:/x"] {
            assert!(Address::parse(text).is_none(), "{text}");
        }
        for text in [
            "https://portals.example",
            "https://a.example/b/c/",
            "http://127.0.0.1:8080",
            "http://localhost/site",
        ] {
            let address = Address::parse(text).unwrap().unwrap();
            assert!(
                address.0.ends_with('/') && !address.0.ends_with("//"),
                "{text}"
            );
        }
        for text in [
            "https://",
            "https:///x",
            "http://portals.example",
            "http://localhost.example/",
            "ftp://portals.example",
            "file:///etc",
            "https://a.example/?x",
            "https://me@a.example/",
            "https://a.example/\"",
            "https://a.example/ x",
        ] {
            assert!(Address::parse(text).unwrap().is_err(), "{text}");
        }
    }
}
