//! Watches the folders, and says where something may have changed once no more events come.

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::dev::hint::{Folders, Hints};
use crate::files::identity::{Identity, network_file_system};

/// Without an event for this long a save is over: editors write, rename and remove several files for one.
const QUIET: Duration = Duration::from_millis(30);

/// Events that keep coming, as while many files are copied, delay a build by no more than this.
const LONGEST: Duration = Duration::from_millis(300);

/// How often the folders are compared where the system tells of no changes.
const POLL: Duration = Duration::from_secs(1);

/// How often to look at what causes no event: the day, and whether the content folder has been exchanged for another.
pub(super) const TICK: Duration = Duration::from_secs(1);

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// By events of the system.
    Events,
    /// By comparing the folders every second.
    Polling,
}

/// The folders being watched.
pub(super) struct FolderWatcher {
    folders: Folders,
    method: Method,
    watcher: Option<Box<dyn Watcher + Send>>,
    /// The folders as they were when watching began, to notice that another has taken their place.
    watched: Vec<(PathBuf, Option<Identity>)>,
    sender: Sender<notify::Result<Event>>,
    receiver: Receiver<notify::Result<Event>>,
}

impl FolderWatcher {
    /// Begins to watch. The second value is why the folders are polled although that was not asked for.
    pub(super) fn begin(folders: Folders, method: Method) -> (Self, Option<String>) {
        let (sender, receiver) = mpsc::channel();
        let mut watch = Self {
            folders,
            method,
            watcher: None,
            watched: Vec::new(),
            sender,
            receiver,
        };
        let remote =
            network_file_system(&watch.folders.content).filter(|_| method == Method::Events);
        if let Some(name) = remote {
            watch.method = Method::Polling;
            let _ = watch.renew();
            return (
                watch,
                Some(format!("the content lies on a network drive ({name})")),
            );
        }
        let notice = watch.renew().err();
        (watch, notice)
    }

    /// Watches anew; falls back to polling, and says why, where the system refuses.
    fn renew(&mut self) -> Result<(), String> {
        let failed = match self.watch_folders() {
            Ok(()) => return Ok(()),
            Err(error) => error,
        };
        if self.method == Method::Polling || !self.folders.content.is_dir() {
            return Ok(());
        }
        self.method = Method::Polling;
        let _ = self.watch_folders();
        Err(failed.to_string())
    }

    fn watch_folders(&mut self) -> notify::Result<()> {
        self.watcher = None;
        let sender = self.sender.clone();
        let tell = move |event| {
            let _ = sender.send(event);
        };
        // A build refuses links; behind one the whole machine may lie.
        let config = Config::default().with_follow_symlinks(false);
        let mut watcher: Box<dyn Watcher + Send> = match self.method {
            Method::Events => Box::new(RecommendedWatcher::new(tell, config)?),
            Method::Polling => {
                let config = config.with_poll_interval(POLL);
                Box::new(PollWatcher::new(tell, config)?)
            }
        };
        let folders = [&self.folders.content, &self.folders.themes];
        self.watched = folders
            .map(|folder| (folder.clone(), identity(folder)))
            .into();
        for (folder, identity) in &self.watched {
            if identity.is_some() {
                watcher.watch(folder, RecursiveMode::Recursive)?;
            }
        }
        self.watcher = Some(watcher);
        Ok(())
    }

    /// Waits until something may have changed and all has been quiet for a moment, or until the next tick.
    ///
    /// The second value is a notice for the coach: that the system gave up, and the folders are polled from now on.
    pub(super) fn next(&mut self) -> (Hints, Option<String>) {
        let mut hints = Hints::default();
        let mut notice = None;
        if self.is_other_folder() {
            notice = self.renew().err();
            hints.everywhere = true;
            return (hints, notice);
        }
        let mut first: Option<Instant> = None;
        let mut last = Instant::now();
        loop {
            let wait = match first {
                None => TICK.saturating_sub(last.elapsed()),
                Some(first) => (QUIET.saturating_sub(last.elapsed()))
                    .min(LONGEST.saturating_sub(first.elapsed())),
            };
            match self.receiver.recv_timeout(wait) {
                Ok(Ok(event)) => {
                    if hints.add(&event, &self.folders) {
                        last = Instant::now();
                        first.get_or_insert(last);
                    }
                }
                Ok(Err(error)) => {
                    self.method = Method::Polling;
                    let _ = self.watch_folders();
                    notice = Some(error.to_string());
                    hints.everywhere = true;
                }
                Err(RecvTimeoutError::Timeout) => return (hints, notice),
                Err(RecvTimeoutError::Disconnected) => return (hints, notice),
            }
            // Events without meaning must delay neither a build that is due nor the tick.
            let is_over = match first {
                None => last.elapsed() >= TICK,
                Some(first) => last.elapsed() >= QUIET || first.elapsed() >= LONGEST,
            };
            if is_over {
                return (hints, notice);
            }
        }
    }

    /// Whether another folder, or none, stands where a watched one stood.
    fn is_other_folder(&self) -> bool {
        self.watched
            .iter()
            .any(|(folder, known)| identity(folder) != *known)
    }
}

/// The identity of a folder, which another of the same name does not have; none where there is no folder.
fn identity(folder: &Path) -> Option<Identity> {
    folder.is_dir().then(|| Identity::of(folder))?
}
