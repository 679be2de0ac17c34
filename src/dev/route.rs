//! Finds the page of an address in one snapshot.
//!
//! The rule it guards: no address becomes a path on disk. What the snapshot does not hold is not found, and a file to be opened is looked
//! up among those that are there.

use std::path::PathBuf;

use crate::dev::address::{Address, PortalAddress, PortalForm};
use crate::dev::editor::Editor;
use crate::dev::pages;
use crate::dev::pages::{DevPage, Templates};
use crate::dev::snapshot::Snapshot;
use crate::pipeline::preview;
use crate::pipeline::preview::PreviewKey;
use crate::pipeline::watching;

/// What stays the same from build to build.
pub(super) struct Site {
    /// What pages are sealed with that are shown as they would be published.
    pub(super) key: PreviewKey,
    /// The templates of dev mode's own pages.
    pub(super) templates: Templates,
    /// Where the files are.
    pub(super) content: PathBuf,
    /// The editor that was asked for on the command line or in the environment.
    pub(super) editor: Option<Editor>,
}

/// What becomes of the wish to open a file.
pub(super) enum Opened {
    /// The editor was started.
    Yes,
    /// No editor is set: this is what to open, with the line.
    NoEditor(String),
    /// The editor could not be started, for this reason.
    Failed(String),
    /// There is no such file.
    NoFile,
}

/// What is answered.
pub(super) enum Answer {
    /// A page of dev mode itself.
    Dev(DevPage),
    /// A portal, as a build would publish it.
    Portal(Vec<u8>),
    /// A published file, which no other page may hold in a frame.
    Published(Vec<u8>),
    /// A portal as it was before, for a script to compare with.
    Before(Vec<u8>),
    /// Where things of a portal are written, for a script to read.
    Places(String),
    /// A stream of events that tell when the page at this address changes.
    Live(String),
    /// A page that says that there is none.
    NotFound(DevPage),
}

impl Site {
    /// Answers from one snapshot.
    pub(super) fn answer(&self, snapshot: &Snapshot, target: &str) -> Answer {
        let page = target.strip_prefix("/live");
        if let Some(page) = page.filter(|page| page.starts_with('/')) {
            return Answer::Live(page.to_owned());
        }
        let answer = Address::parse(target).and_then(|address| self.look_up(snapshot, &address));
        answer.unwrap_or_else(|| Answer::NotFound(pages::not_found(&self.templates)))
    }

    fn look_up(&self, snapshot: &Snapshot, address: &Address<'_>) -> Option<Answer> {
        match address {
            Address::Problems => Some(Answer::Dev(pages::problems(&self.templates, snapshot))),
            // As long as nothing could be built there is nothing else to show.
            Address::Start | Address::Engagement(_) if snapshot.workspace.is_none() => {
                Some(Answer::Dev(pages::problems(&self.templates, snapshot)))
            }
            Address::Start => Some(Answer::Dev(pages::start(&self.templates, snapshot))),
            Address::Engagement(id) => {
                let page = pages::engagement(&self.templates, snapshot, id)?;
                Some(Answer::Dev(page))
            }
            Address::Reader(address) => self.reader(snapshot, address),
        }
    }

    fn reader(&self, snapshot: &Snapshot, address: &PortalAddress<'_>) -> Option<Answer> {
        let rendered = snapshot.rendered(address.engagement)?;
        match address.form {
            PortalForm::Framed => {
                let page = pages::portal(&self.templates, snapshot, address)?;
                Some(Answer::Dev(page))
            }
            PortalForm::Portal => Some(Answer::Portal(rendered.portal(address)?)),
            PortalForm::Before => {
                let before = snapshot
                    .engagements
                    .get(address.engagement)?
                    .before
                    .as_ref();
                let document = before.and_then(|before| before.portal(address));
                Some(Answer::Before(document.unwrap_or_default()))
            }
            PortalForm::Places => {
                let places = pages::places(&self.templates, rendered, address)?;
                Some(Answer::Places(places))
            }
            PortalForm::Asking => {
                let (workspace, wanted) = (&rendered.workspace, address.page_of(rendered.today));
                let page = preview::asking(workspace, &rendered.valid, wanted, &self.key)?;
                Some(Answer::Portal(page.ok()?.into_bytes()))
            }
            PortalForm::PublishedExplained => {
                let page = pages::published(&self.templates, rendered, address, &self.key)?;
                Some(Answer::Dev(page))
            }
            PortalForm::Published => {
                let (workspace, wanted) = (&rendered.workspace, address.page_of(rendered.today));
                let published = preview::sealed(workspace, &rendered.valid, wanted, &self.key)?;
                Some(Answer::Published(published.ok()?.bytes))
            }
        }
    }

    /// Opens a file on a line: a path inside the content folder, and behind it the number.
    pub(super) fn open(&self, snapshot: &Snapshot, target: &str) -> Opened {
        let named = target.rsplit_once('/');
        let named = named.and_then(|(file, line)| Some((file, line.parse::<usize>().ok()?)));
        let found = named
            .and_then(|(file, line)| Some((watching::file_called(&self.content, file)?, line)));
        let Some((file, line)) = found else {
            return Opened::NoFile;
        };
        let workspace = snapshot.workspace.as_ref();
        let in_folder = || workspace.and_then(|workspace| Editor::known(workspace.editor()?));
        let Some(editor) = self.editor.clone().or_else(in_folder) else {
            return Opened::NoEditor(format!("{}:{line}", file.display()));
        };
        match editor.open(&file, line) {
            Ok(()) => Opened::Yes,
            Err(reason) => Opened::Failed(reason.to_string()),
        }
    }

    /// Two digests that tell whether a page has changed: that of the page and that of the portal in it.
    pub(super) fn state(&self, snapshot: &Snapshot, target: &str) -> (String, String) {
        match self.answer(snapshot, target) {
            Answer::Dev(page) | Answer::NotFound(page) => (page.digest, page.portal),
            Answer::Portal(_)
            | Answer::Published(_)
            | Answer::Before(_)
            | Answer::Places(_)
            | Answer::Live(_) => (String::new(), String::new()),
        }
    }
}
