//! ON TOP: watch, serve, reload. A loop around the pipeline, of which nothing below knows.
//!
//! The rules it guards: what is served of an engagement is what a build would publish; a build that fails leaves the last good one
//! standing and says why; and nobody but the person at this machine reads along, unless that person opens it to others.

mod board;
mod browser;
mod hint;
mod live;
mod pages;
mod request;
mod route;
mod server;
mod snapshot;
mod watch;

use std::convert::Infallible;
use std::io;
use std::io::Write;
use std::net::IpAddr;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use jiff::civil::Date;

use crate::dev::board::Board;
use crate::dev::hint::Places;
use crate::dev::hint::Touched;
use crate::dev::hint::Traces;
use crate::dev::pages::Templates;
use crate::dev::route::Site;
use crate::dev::server::Listeners;
use crate::dev::server::Server;
use crate::dev::snapshot::Calendar;
use crate::dev::snapshot::Snapshot;
use crate::dev::snapshot::Told;
use crate::dev::watch::Means;
use crate::dev::watch::Watch;
use crate::diagnostic::Diagnostic;
use crate::pipeline::watching;

/// What the coach asks of dev mode.
#[derive(Debug)]
pub struct Wish {
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
    /// Whether the folders are to be compared every second instead of waiting for the system to tell.
    pub polls: bool,
    /// Whether the browser is to be opened.
    pub opens: bool,
    /// Whether each build tells where its time went.
    pub times: bool,
}

/// Serves and follows the content folder until the program is ended. Tells of every build on `terminal`.
pub fn serve(wish: &Wish, terminal: &mut dyn Write) -> Result<Infallible, Diagnostic> {
    let failed = |error: io::Error| cannot_listen(wish, &error);
    let listeners = Listeners::open(wish.host, wish.port).map_err(failed)?;
    let port = listeners.address.port();
    let site = Site {
        out: wish.out.clone(),
        templates: Templates::compiled(),
    };
    let board = Arc::new(Board::default());
    if wish.times {
        board.hang(Snapshot::timed());
    }
    let link = Server::start(listeners, site, Arc::clone(&board)).map_err(failed)?;
    if wish.port != 0 && port != wish.port {
        say(
            terminal,
            &format!("port {} is taken; this is another", wish.port),
        );
    }
    if !wish.host.is_loopback() {
        say(
            terminal,
            "warning: everyone who has this address can read every portal, and it is not encrypted on its way",
        );
    }
    say(terminal, &format!("{link}  (Ctrl-C ends)"));
    if wish.opens {
        browser::open(&Templates::compiled().opening(&link));
    }
    let mut desk = Desk::set_up(wish, terminal);
    desk.build(&Touched::default(), &board, terminal);
    loop {
        desk.follow(&board, terminal);
    }
}

fn cannot_listen(wish: &Wish, error: &io::Error) -> Diagnostic {
    Diagnostic::error(format!("cannot listen at `{}`: {error}", wish.host))
}

/// A line on the terminal; that the terminal has gone does not end the server.
fn say(terminal: &mut dyn Write, line: &str) {
    let _ = writeln!(terminal, "{line}");
    let _ = terminal.flush();
}

/// A path as the system names it in events; what is not there yet is named by the folder it will be in.
fn whole(path: &Path) -> PathBuf {
    let of_parent = || {
        let parent = Path::new(".").join(path.parent()?).canonicalize().ok()?;
        Some(parent.join(path.file_name()?))
    };
    let known = path.canonicalize().ok();
    known.or_else(of_parent).unwrap_or_else(|| path.to_owned())
}

/// Where the building is done: the folder, what it was like, and who tells of changes.
struct Desk {
    content: PathBuf,
    calendar: Calendar,
    watch: Watch,
    traces: Traces,
}

impl Desk {
    /// Begins to watch, and only then looks at what there is: so no change falls between.
    fn set_up(wish: &Wish, terminal: &mut dyn Write) -> Self {
        let themes = watching::themes_folder(&wish.content);
        let places = Places {
            content: whole(&wish.content),
            themes: whole(&themes),
            out: whole(&wish.out),
        };
        let means = if wish.polls {
            Means::Polling
        } else {
            Means::Events
        };
        let (watch, notice) = Watch::begin(places, means);
        if let Some(notice) = notice {
            say_polling(terminal, &notice);
        }
        Self {
            content: wish.content.clone(),
            calendar: wish.today.map_or(Calendar::Clock, Calendar::Fixed),
            watch,
            traces: Traces::taken(&wish.content, &themes),
        }
    }

    /// Waits for a change, and builds if there is one.
    fn follow(&mut self, board: &Board, terminal: &mut dyn Write) {
        let (hints, notice) = self.watch.next();
        if let Some(notice) = notice {
            say_polling(terminal, &notice);
        }
        let touched = if hints.is_empty() {
            Touched::default()
        } else {
            self.traces.confirm(&hints)
        };
        if !touched.is_empty() || board.present().is_of_another_day(self.calendar) {
            self.build(&touched, board, terminal);
        }
    }

    fn build(&mut self, touched: &Touched, board: &Board, terminal: &mut dyn Write) {
        let start = Instant::now();
        let before = board.present();
        let (snapshot, told) = before.rebuilt(&self.content, touched, self.calendar);
        let time = start.elapsed().as_millis();
        let stages = snapshot.stages().unwrap_or_default();
        for problem in snapshot
            .problems
            .iter()
            .filter(|problem| !before.problems.contains(problem))
        {
            say(terminal, &format!("{}\n", problem.render(true)));
        }
        let line = line(&snapshot, touched, &told);
        board.hang(snapshot);
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
fn line(snapshot: &Snapshot, touched: &Touched, told: &Told) -> String {
    let engagements = match touched.engagements.len() {
        0 => None,
        1..=3 => Some(
            touched
                .engagements
                .iter()
                .cloned()
                .collect::<Vec<_>>()
                .join(", "),
        ),
        number => Some(format!("{number} engagements")),
    };
    let what = match (touched.look || snapshot.number == 1, engagements) {
        (true, _) => "everything".to_owned(),
        (false, Some(engagements)) => engagements,
        (false, None) => "the list of engagements".to_owned(),
    };
    let (drawn, changed) = (told.drawn, told.changed);
    let portals = if drawn == 1 { "portal" } else { "portals" };
    let outcome = match snapshot.problems.is_empty() {
        true => String::new(),
        false => format!("; {}", pages::counted(&snapshot.problems)),
    };
    let stands = if snapshot.has_errors() {
        ", the last good portals stand"
    } else {
        ""
    };
    format!("{what}: {drawn} {portals}, {changed} changed{outcome}{stands},")
}

#[cfg(test)]
mod tests;
