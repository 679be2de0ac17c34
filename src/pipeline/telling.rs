//! What a page tells its reader, as digests made with the key: for the record of a release, and to judge whether a page that was published
//! may still be read.
//!
//! The rule it guards: everything is taken from what was revealed to this reader, so that nothing hidden moves a digest.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::access::key::Key;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::audience::{Part, Reader};
use crate::engagement::id::{EngagementId, StakeholderId};
use crate::engagement::kind::ItemKind;
use crate::engagement::prose::Attachment;
use crate::engagement::seen;
use crate::engagement::today::Today;
use crate::pipeline::pages::ReaderPage;
use crate::pipeline::workspace::Workspace;
use crate::portal::PortalSource;
use crate::portal::sight::cell::Seen;
use crate::portal::sight::{OnNoPage, Sight};
use crate::portal::view::PortalView;
use crate::portal::view::figures::{GroupView, ProgressView, RoundView};
use crate::progress::figures::Figures;
use crate::record::told::{Gathered, TextDigest, Told};

/// What stands for pictures and documents, which are no part of `[share]`.
pub(super) const FILES: &str = "files";

/// Makes digests that tell nothing to whoever does not have the key.
pub(super) struct Digests([u8; 32]);

impl Digests {
    pub(super) fn of(key: &Key) -> Self {
        Self(key.derive("record/v1", &[b"texts"]))
    }

    /// The digest of some words.
    pub(super) fn digest(&self, words: &[&str]) -> TextDigest {
        let mut hash = Sha256::new().chain_update(self.0);
        for word in words {
            hash.update((word.len() as u64).to_be_bytes());
            hash.update(word);
        }
        let mut digest = [0; 8];
        digest.copy_from_slice(&hash.finalize()[..8]);
        TextDigest::of(digest)
    }

    /// The digests of all lines on such a page, by engagement.
    pub(super) fn lines(&self, lines: &[(EngagementId, String)]) -> BTreeMap<String, String> {
        let lines = lines.iter();
        lines
            .map(|(id, line)| (id.to_string(), self.line(line)))
            .collect()
    }

    /// The digests of warnings that are told.
    pub(super) fn warnings(&self, warnings: &[Diagnostic]) -> Vec<String> {
        let warnings = warnings.iter();
        let mut digests: Vec<String> = warnings.map(|warning| self.warning(warning)).collect();
        digests.sort();
        digests
    }

    /// The digest of a warning: the same wherever in its file it stands, so that a line above it makes it no other.
    fn warning(&self, warning: &Diagnostic) -> String {
        let file = warning.file().unwrap_or_default();
        self.digest(&["warning", file, warning.message()])
            .to_string()
    }

    /// The warnings that were not told in an earlier release, or not as often.
    pub(super) fn new_warnings(&self, was: &[String], now: &[Diagnostic]) -> Vec<Diagnostic> {
        let mut left: BTreeMap<&str, usize> = BTreeMap::new();
        for digest in was {
            *left.entry(digest).or_default() += 1;
        }
        let mut new = now.to_vec();
        new.retain(
            |warning| match left.get_mut(self.warning(warning).as_str()) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                Some(_) | None => true,
            },
        );
        new
    }

    /// The digest of what a line says on the page of a person who reads several portals.
    pub(super) fn line(&self, line: &str) -> String {
        self.digest(&["line", line]).to_string()
    }
}

/// What the pages of an engagement are told from.
pub(super) struct Telling<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) engagement: &'a Engagement,
    pub(super) figures: &'a Figures,
    pub(super) today: Today<'a>,
    pub(super) digests: &'a Digests,
}

impl Telling<'_> {
    /// What the page of each reader tells.
    pub(super) fn all(&self) -> BTreeMap<StakeholderId, Told> {
        let source = PortalSource {
            firm: &self.workspace.book.firm,
            engagement: self.engagement,
            figures: self.figures,
        };
        let sight = self.sight();
        let told = |reader: Reader| {
            let view = PortalView::of(source, &reader, self.today);
            let told = self.of(&reader, &view, sight.as_ref());
            (reader.id().clone(), told)
        };
        let readers = self.engagement.readers(self.today);
        readers.into_iter().map(told).collect()
    }

    /// What these pages tell, which are those of all readers.
    pub(super) fn all_of(&self, pages: &[ReaderPage]) -> BTreeMap<StakeholderId, Told> {
        let sight = self.sight();
        let pages = pages.iter().map(|page| {
            let told = self.of(&page.reader, &page.view, sight.as_ref());
            (page.reader.id().clone(), told)
        });
        pages.collect()
    }

    /// Who sees what, where a file is among it: nothing else is asked of it.
    fn sight(&self) -> Option<Sight> {
        let sight = || {
            let nothing = OnNoPage::default();
            Sight::of(self.engagement, self.figures, self.today, nothing)
        };
        let has_files = !self.engagement.attachments.is_empty();
        has_files.then(sight)
    }

    fn of(&self, reader: &Reader, view: &PortalView, sight: Option<&Sight>) -> Told {
        let mut page = Page {
            digests: self.digests,
            told: Gathered::default(),
        };
        page.rights(self.engagement, reader);
        page.texts(self.engagement, reader);
        page.people(self.engagement, view);
        page.figures(view);
        if let Some(sight) = sight {
            page.files(self.engagement, reader, sight);
        }
        page.days(view);
        page.told.told()
    }
}

/// A page while it is told.
struct Page<'a> {
    digests: &'a Digests,
    told: Gathered,
}

impl Page<'_> {
    fn add(&mut self, part: &str, words: &[&str]) {
        self.told.add(part, self.digests.digest(words));
    }

    fn add_news(&mut self, part: &str, value: &impl Debug) {
        let digest = self.digests.digest(&["news", &shown(value)]);
        self.told.add_news(part, digest);
    }

    /// What `[share]` lets the reader read, also where there is nothing of it yet.
    fn rights(&mut self, engagement: &Engagement, reader: &Reader) {
        // Whoever sees all that anyone sees loses nothing by it.
        if reader.role().sees_all_that_is_shared() {
            return;
        }
        for part in Part::ALL
            .into_iter()
            .filter(|part| engagement.shares(*part, reader))
        {
            let digest = self.digests.digest(&["right"]);
            self.told.add_right(part.key(), digest);
        }
    }

    /// Every line of every text that the reader sees, but for names: whose stand on the page is asked below.
    fn texts(&mut self, engagement: &Engagement, reader: &Reader) {
        let people = engagement.stakeholders.iter();
        let names: BTreeSet<&str> = people.map(|person| person.name.as_str()).collect();
        for (kind, text) in seen::texts(engagement, reader) {
            if names.contains(text.as_str()) {
                continue;
            }
            for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
                self.add(part_of(kind), &["text", line]);
            }
        }
    }

    fn people(&mut self, engagement: &Engagement, view: &PortalView) {
        let page = shown(view);
        for person in &engagement.stakeholders {
            if page.contains(&shown(&person.name)) {
                self.add(Part::People.key(), &["name", &person.name]);
            }
        }
        for person in &view.people {
            self.add_news(Part::People.key(), &(&person.name, person.role));
        }
    }

    fn figures(&mut self, view: &PortalView) {
        for goal in &view.goals {
            let Some(progress) = &goal.progress else {
                continue;
            };
            let ProgressView { rounds, groups, .. } = &**progress;
            for round in rounds {
                self.round(round, groups);
            }
        }
    }

    fn round(&mut self, round: &RoundView, names: &[std::sync::Arc<GroupView>]) {
        let RoundView {
            date,
            total,
            groups,
            own,
            spread,
            followed_up,
        } = round;
        let day = date.to_string();
        if total.is_shown {
            self.add(Part::Progress.key(), &["total", &day, &shown(total)]);
        }
        for (name, group) in names.iter().zip(groups) {
            if let Some(group) = group.as_ref().filter(|group| group.is_shown) {
                let words = ["group", &day, &shown(name), &shown(group)];
                self.add(Part::Progress.key(), &words);
            }
        }
        let others = [
            ("own", own.as_ref().map(shown)),
            ("spread", spread.as_ref().map(shown)),
            ("followed", followed_up.as_ref().map(shown)),
        ];
        for (what, value) in others {
            if let Some(value) = value {
                self.add(Part::Progress.key(), &[what, &day, &value]);
            }
        }
    }

    /// The pictures and documents that the texts show.
    fn files(&mut self, engagement: &Engagement, reader: &Reader, sight: &Sight) {
        let mut readers = sight.readers.iter();
        let Some(column) = readers.position(|one| one.id == reader.id().as_str()) else {
            return;
        };
        for (name, attachment) in &engagement.attachments {
            let place = format!("files/{name}");
            let mut items = sight.items.iter();
            let row = items.find(|item| item.place == place);
            let cells = row.and_then(|row| row.parts.first());
            let cell = cells.and_then(|part| part.cells.get(column));
            if cell.is_some_and(|cell| cell.seen != Seen::Not) {
                let bytes = match attachment {
                    Attachment::Picture(picture) => &picture.bytes,
                    Attachment::Document(document) => &document.bytes,
                };
                let bytes = HEXLOWER.encode(&Sha256::digest(bytes));
                self.add(FILES, &["file", name, &bytes]);
            }
        }
    }

    /// Days and hours: that one changes is news, and takes nothing from the reader.
    fn days(&mut self, view: &PortalView) {
        let meetings = view.next_meeting.iter().chain(&view.later_meetings);
        for meeting in meetings.chain(&view.past_meetings) {
            let when = (
                &meeting.title,
                meeting.start,
                meeting.minutes,
                &meeting.place,
            );
            self.add_news(Part::Agendas.key(), &when);
        }
        for goal in &view.goals {
            self.add_news(Part::Goals.key(), &(&goal.name.title, goal.reached));
            for action in goal.actions.iter().flatten() {
                let days = (&action.text, action.due, action.done, action.dropped);
                self.add_news(Part::Actions.key(), &days);
            }
        }
        if let Some(facts) = &view.facts {
            self.add(Part::Facts.key(), &["all"]);
            self.add_news(Part::Facts.key(), &(facts.start, facts.end, view.closes));
            for milestone in &facts.milestones {
                self.add_news(Part::Facts.key(), &(&milestone.title, milestone.date));
            }
            if let Some(sessions) = &facts.sessions {
                let counts = (sessions.planned, &sessions.dates, &sessions.booked);
                self.add_news(Part::Facts.key(), &counts);
            }
        }
        for update in &view.updates {
            self.add_news(Part::Updates.key(), &(&update.title, update.date));
        }
        for review in &view.reviews {
            self.add_news(Part::Reviews.key(), &(&review.title, review.date));
        }
    }
}

/// The part under which a kind of item is told.
fn part_of(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Engagement => Part::Facts.key(),
        ItemKind::Agreement => Part::Agreement.key(),
        ItemKind::Goal => Part::Goals.key(),
        ItemKind::Agenda => Part::Agendas.key(),
        ItemKind::Round => Part::Progress.key(),
        ItemKind::Themes => Part::Themes.key(),
        ItemKind::Update => Part::Updates.key(),
        ItemKind::Review => Part::Reviews.key(),
        ItemKind::Record
        | ItemKind::AskingKey
        | ItemKind::Consent
        | ItemKind::Note
        | ItemKind::File => FILES,
    }
}

/// A value of a page as one text, the same whenever it is the same.
fn shown(value: &impl Debug) -> String {
    format!("{value:?}")
}
