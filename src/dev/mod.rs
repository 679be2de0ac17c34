//! Dev mode, `loggia serve`: builds in memory, serves the pages, and builds again whenever the folder changes.
//!
//! The rules it guards: what is served of an engagement is what a build would publish; after a build that failed, the last good portals
//! are served together with the problems; only a browser that opened the printed link is answered; and nothing that opens a published page
//! is shown.
//!
//! No other part of the crate but `cli` knows of it.

mod address;
mod browser;
mod child;
mod current;
mod editor;
mod hint;
mod live;
mod pages;
mod request;
mod response;
mod route;
mod server;
mod snapshot;
mod watch;

use std::convert::Infallible;
use std::io;
use std::io::Write;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use jiff::civil::Date;

use crate::dev::current::CurrentSnapshot;
use crate::dev::editor::Editor;
use crate::dev::hint::{Changes, Fingerprints, Folders};
use crate::dev::pages::Templates;
use crate::dev::route::Site;
use crate::dev::server::{Listeners, Server};
use crate::dev::snapshot::{BuildCounts, DaySource, Snapshot};
use crate::dev::watch::{FolderWatcher, Method};
use crate::diagnostic::Diagnostic;
use crate::pipeline::preview::PreviewKey;
use crate::pipeline::watching;

/// How to serve.
#[derive(Debug)]
pub struct Settings {
    /// The content folder.
    pub content: PathBuf,
    /// The folder of the site, which dev mode does not touch.
    pub out: PathBuf,
    /// The day to build for; the clock's when absent.
    pub today: Option<Date>,
    /// The address to listen at.
    pub host: IpAddr,
    /// The port to listen at.
    pub port: u16,
    /// Whether to compare the folders every second instead of waiting for the system's events.
    pub polls: bool,
    /// Whether the browser is to be opened.
    pub opens: bool,
    /// Whether to print the time of each stage with each build.
    pub times: bool,
    /// The editor in which files are opened, by its name or as a command; that of loggia.toml when absent.
    pub editor: Option<String>,
}

/// Serves the portals and builds on each change until the program is ended. Prints a line for each build on `terminal`.
pub fn serve(settings: &Settings, terminal: &mut dyn Write) -> Result<Infallible, Diagnostic> {
    let failed = |error: io::Error| cannot_listen(settings, &error);
    let listeners = Listeners::open(settings.host, settings.port).map_err(failed)?;
    let port = listeners.address.port();
    let site = Site {
        key: PreviewKey::make()?,
        templates: Templates::compiled(),
        content: settings.content.clone(),
        editor: settings.editor.as_deref().and_then(Editor::of_command),
    };
    let current = Arc::new(CurrentSnapshot::default());
    if settings.times {
        current.replace(Snapshot::timed());
    }
    let link = Server::start(listeners, site, Arc::clone(&current)).map_err(failed)?;
    if settings.port != 0 && port != settings.port {
        say(
            terminal,
            &format!("port {} is taken; this is another", settings.port),
        );
    }
    if !settings.host.is_loopback() {
        say(
            terminal,
            "warning: everyone who has this address can read every portal, and it is not encrypted on its way",
        );
    }
    say(terminal, &format!("{link}  (Ctrl-C ends)"));
    if settings.opens {
        browser::open(&Templates::compiled().opening(&link));
    }
    let mut desk = BuildLoop::start(settings, terminal);
    desk.build(&Changes::default(), &current, terminal);
    loop {
        desk.build_on_change(&current, terminal);
    }
}

fn cannot_listen(settings: &Settings, error: &io::Error) -> Diagnostic {
    Diagnostic::error(format!("cannot listen at `{}`: {error}", settings.host))
}

/// Prints a line. A terminal that has been closed does not end the server.
fn say(terminal: &mut dyn Write, line: &str) {
    let _ = writeln!(terminal, "{line}");
    let _ = terminal.flush();
}

/// The path that events of the file system have for this one: without links. If nothing is there yet, only its parent is resolved.
fn resolved(path: &Path) -> PathBuf {
    let of_parent = || {
        let parent = Path::new(".").join(path.parent()?).canonicalize().ok()?;
        Some(parent.join(path.file_name()?))
    };
    let known = path.canonicalize().ok();
    known.or_else(of_parent).unwrap_or_else(|| path.to_owned())
}

/// Builds whenever the folder changes.
struct BuildLoop {
    content: PathBuf,
    day_source: DaySource,
    watch: FolderWatcher,
    fingerprints: Fingerprints,
}

impl BuildLoop {
    /// Begins to watch, and takes the fingerprints after that, so that no change between the two is missed.
    fn start(settings: &Settings, terminal: &mut dyn Write) -> Self {
        let themes = watching::themes_folder(&settings.content);
        let folders = Folders {
            content: resolved(&settings.content),
            themes: resolved(&themes),
            out: resolved(&settings.out),
        };
        let method = if settings.polls {
            Method::Polling
        } else {
            Method::Events
        };
        let (watch, notice) = FolderWatcher::begin(folders, method);
        if let Some(notice) = notice {
            say_polling(terminal, &notice);
        }
        Self {
            content: settings.content.clone(),
            day_source: settings.today.map_or(DaySource::Clock, DaySource::Fixed),
            watch,
            fingerprints: Fingerprints::taken(&settings.content, &themes),
        }
    }

    /// Waits for a change or for the next tick, and builds if the folder or the day has changed.
    fn build_on_change(&mut self, current: &CurrentSnapshot, terminal: &mut dyn Write) {
        let (hints, notice) = self.watch.next();
        if let Some(notice) = notice {
            say_polling(terminal, &notice);
        }
        let changes = if hints.is_empty() {
            Changes::default()
        } else {
            self.fingerprints.confirm(&hints)
        };
        if !changes.is_empty() || current.get().is_for_another_day(self.day_source) {
            self.build(&changes, current, terminal);
        }
    }

    fn build(&mut self, changes: &Changes, current: &CurrentSnapshot, terminal: &mut dyn Write) {
        let start = Instant::now();
        let before = current.get();
        let (snapshot, counts) = before.rebuilt(&self.content, changes, self.day_source);
        let time = start.elapsed().as_millis();
        let stages = snapshot.stages().unwrap_or_default();
        for problem in snapshot
            .problems
            .iter()
            .filter(|problem| !before.problems.contains(problem))
        {
            say(terminal, &format!("{}\n", problem.render(true)));
        }
        let line = line(&snapshot, changes, &counts);
        current.replace(snapshot);
        say(terminal, &format!("{line} in {time} ms{stages}"));
    }
}

fn say_polling(terminal: &mut dyn Write, notice: &str) {
    say(
        terminal,
        &format!("comparing the folders every second: {notice}"),
    );
}

/// What a build did, in one line.
fn line(snapshot: &Snapshot, changes: &Changes, counts: &BuildCounts) -> String {
    let engagements = match changes.engagements.len() {
        0 => None,
        1..=3 => Some(
            changes
                .engagements
                .iter()
                .cloned()
                .collect::<Vec<_>>()
                .join(", "),
        ),
        number => Some(format!("{number} engagements")),
    };
    let what = match (changes.shared || snapshot.number == 1, engagements) {
        (true, _) => "everything".to_owned(),
        (false, Some(engagements)) => engagements,
        (false, None) => "the list of engagements".to_owned(),
    };
    let (rendered, changed) = (counts.rendered, counts.changed);
    let portals = if rendered == 1 { "portal" } else { "portals" };
    let outcome = match snapshot.problems.is_empty() {
        true => String::new(),
        false => format!("; {}", pages::counted(&snapshot.problems)),
    };
    let stands = if snapshot.has_errors() {
        ", the last good portals stand"
    } else {
        ""
    };
    format!("{what}: {rendered} {portals}, {changed} changed{outcome}{stands},")
}

#[cfg(test)]
mod tests;
