//! What every command works with: the firm's folder, read, with its theme.

use std::path::Path;

use jiff::tz::TimeZone;

use crate::access::shell::Shell;
use crate::content::folder::inputs::Inputs;
use crate::content::{Book, Fewest};
use crate::diagnostic::Diagnostic;
use crate::engagement::colour::Colours;
use crate::engagement::id::EngagementId;
use crate::pipeline::problems::{Failure, FailureKind};
use crate::pipeline::shard::Shard;
use crate::pipeline::timing::{Clock, Stage};
use crate::pipeline::watching;
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
        })
    }

    /// Returns the content folder's own files, and which engagements there are.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// Returns the firm's name.
    pub fn firm(&self) -> &str {
        &self.book.firm.name
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
