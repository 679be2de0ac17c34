//! What every command works with: the firm's folder, read, with its theme.

use std::path::Path;

use jiff::tz::TimeZone;

use crate::access::shell::Shell;
use crate::content::folder::inputs::Inputs;
use crate::content::{Book, Fewest};
use crate::diagnostic::Diagnostic;
use crate::engagement::colour::Colours;
use crate::engagement::firm::Editor;
use crate::engagement::id::EngagementId;
use crate::pipeline::problems::{Failure, FailureKind};
use crate::pipeline::shard::Shard;
use crate::pipeline::timing::{Clock, Stage};
use crate::pipeline::{marks, watching};
use crate::record::store;
use crate::render::theme::{OwnFiles, Theme};

/// The firm's folder, read, with everything that is the same for all engagements.
pub struct Workspace {
    pub(super) book: Book,
    pub(super) theme: Theme,
    pub(super) shell: Shell,
    pub(super) warnings: Vec<Diagnostic>,
    pub(super) clock: Clock,
    /// What was there before anything was read.
    pub(super) inputs: Inputs,
    /// What all engagements share beside the content itself, as one digest; nothing where something of it could not be looked at.
    pub(super) shared: Option<[u8; 32]>,
}

impl Workspace {
    /// Reads the content folder `content` and the theme that it names, which lies in `themes` beside it.
    pub fn open(content: &Path) -> Result<Self, Failure> {
        Self::open_timed(content, Clock::default())
    }

    /// Does the same as [`Self::open`], with a clock that measures this and whatever is done with the workspace.
    pub fn open_timed(content: &Path, clock: Clock) -> Result<Self, Failure> {
        Self::open_with(content, Fewest::One, clock)
    }

    /// Does the same for a folder that may hold no engagement: for an empty site.
    pub fn open_even_empty(content: &Path, clock: Clock) -> Result<Self, Failure> {
        Self::open_with(content, Fewest::None, clock)
    }

    fn open_with(content: &Path, fewest: Fewest, clock: Clock) -> Result<Self, Failure> {
        let inputs = Inputs::of(content);
        let reading = clock.time(Stage::Read, || Book::open(content, fewest));
        let Some(book) = reading.value else {
            return Err(Failure::of(FailureKind::Content, reading.problems));
        };
        let folder = book
            .firm
            .theme
            .as_ref()
            .map(|name| watching::themes_folder(content).join(name));
        if let (Some(name), Some(folder)) = (&book.firm.theme, &folder)
            && !folder.is_dir()
        {
            let problem = Diagnostic::error(format!("there is no theme `{name}`"));
            let hint = "a theme is a folder in `themes/`, which stands beside the content folder";
            let problem = problem.in_file("loggia.toml").with_hint(hint);
            return Err(Failure::of(FailureKind::Content, vec![problem]));
        }
        let shared = marks::shared((content, &inputs), folder.as_deref());
        let own = folder.as_deref().map(|folder| OwnFiles {
            folder,
            is_passed_over: watching::is_passed_over,
            stand_in: watching::stand_in,
        });
        let theme = clock.time(Stage::Render, || Theme::load(own.as_ref()));
        let theme = theme.map_err(|problems| Failure::of(FailureKind::Content, problems))?;
        let theme = match book.firm.colours {
            Some(Colours { light, dark }) => theme.in_colours(light.parts, dark.parts),
            None => theme,
        };
        let phrases = theme.phrases(&book.firm.language);
        let shell = phrases.and_then(|phrases| Shell::of(&phrases));
        let shell = shell.map_err(|problem| Failure::of(FailureKind::Content, vec![problem]))?;
        Ok(Self {
            book,
            theme,
            shell,
            warnings: reading.problems,
            clock,
            inputs,
            shared,
        })
    }

    /// Refuses to go on where what was read is no longer what was there before; of engagements that stay nothing was read.
    pub(super) fn refuse_changed_inputs(
        &self,
        stays: impl Fn(&str) -> bool,
    ) -> Result<(), Diagnostic> {
        let changed = self.inputs.changed_in(self.book.folder(), stays);
        changed.map_or(Ok(()), Err)
    }

    /// Returns the files that are passed over: dotfiles and what editors leave behind. What git and builds keep for themselves is no news.
    pub fn passed_over(&self) -> impl Iterator<Item = &str> {
        let is_known = |path: &&str| {
            let name = path.rsplit('/').next();
            *path == store::FOLDER || name.is_some_and(|name| name.starts_with(".git"))
        };
        let all = self.inputs.passed_over().iter().map(String::as_str);
        all.filter(move |path| !is_known(path))
    }

    /// Returns the content folder's own files, and which engagements there are.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// Returns the firm's name.
    pub fn firm(&self) -> &str {
        &self.book.firm.name
    }

    /// Returns the name of the editor in which `serve` opens files.
    pub fn editor(&self) -> Option<&'static str> {
        self.book.firm.editor.map(Editor::as_str)
    }

    /// Returns the names of all editors that loggia.toml can name.
    pub fn editors() -> impl Iterator<Item = &'static str> {
        Editor::ALL.into_iter().map(Editor::as_str)
    }

    /// Returns the zone in which the firm's days begin.
    pub fn timezone(&self) -> &TimeZone {
        &self.book.firm.timezone
    }

    /// Returns the warnings about the folder as a whole; those about engagements come when they are read.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// Returns the ids of the engagements in their order.
    pub fn engagements(&self) -> impl Iterator<Item = &str> {
        self.book.engagements.iter().map(|id| id.as_str())
    }

    /// Returns the engagements that one part of the site needs: its own, and those whose portals stand on a page of one of its persons.
    pub fn engagements_for(&self, shard: Shard) -> Vec<&EngagementId> {
        let is_needed = |id: &&EngagementId| {
            let mut persons = self.book.firm.persons.iter();
            shard.holds(id.as_str())
                || persons.any(|person| {
                    shard.holds(person.id.as_str()) && person.engagements.contains_key(*id)
                })
        };
        self.book.engagements.iter().filter(is_needed).collect()
    }
}
