//! The passphrases that readers are expected to type: which are at hand, and which will do.
//!
//! The rule it guards: a page whose reader expects a passphrase is never sealed without one.

use crate::access::passphrase::Passphrase;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::id::EngagementId;
use crate::engagement::stakeholder::Stakeholder;
use crate::pipeline::workspace::Workspace;

/// Where passphrases are written.
const FILE: &str = "passphrases.toml";

/// The passphrase of one page, if there is one, and whose it is.
pub(super) struct Words<'a> {
    words: Option<&'a str>,
    whose: String,
    /// The table that holds it.
    table: &'a str,
}

impl<'a> Words<'a> {
    /// The passphrase of one reader of an engagement.
    pub(super) fn of_reader(
        workspace: &'a Workspace,
        (engagement, was): (&'a EngagementId, &[EngagementId]),
        reader: &Stakeholder,
    ) -> Self {
        let passphrases = &workspace.book.passphrases;
        Self {
            words: passphrases.of((engagement, was), reader),
            whose: format!("`{}` in `{engagement}`", reader.id),
            table: engagement.as_str(),
        }
    }

    /// The passphrase of a person who reads several portals.
    pub(super) fn of_person(workspace: &'a Workspace, person: &str) -> Self {
        Self {
            words: workspace.book.passphrases.of_person(person),
            whose: format!("person `{person}`"),
            table: "person",
        }
    }

    /// The words, or an error that says where they are looked for.
    pub(super) fn at_hand(&self) -> Result<&'a str, Diagnostic> {
        self.words.ok_or_else(|| {
            let message = format!("the passphrase of {} is not at hand", self.whose);
            let hint = format!(
                "write it under `[{}]` in {FILE}, or give the text of that file as `LOGGIA_PASSPHRASES`",
                self.table
            );
            Diagnostic::error(message).in_file(FILE).with_hint(hint)
        })
    }

    /// An error if they are too weak to seal with.
    fn weakness(&self) -> Option<Diagnostic> {
        let (problem, hint) = Passphrase::weakness(self.words?)?;
        let message = format!("the passphrase of {} {problem}", self.whose);
        Some(Diagnostic::error(message).in_file(FILE).with_hint(hint))
    }
}

/// Returns an error for every passphrase of an engagement that is too weak to seal with.
pub(super) fn weak(workspace: &Workspace, engagement: &Engagement) -> Vec<Diagnostic> {
    let people = engagement.stakeholders.iter();
    let names = (&engagement.id, engagement.was.as_slice());
    people
        .filter_map(|person| Words::of_reader(workspace, names, person).weakness())
        .collect()
}

/// Returns an error for every passphrase of a person that is too weak to seal with.
pub(super) fn weak_of_persons(workspace: &Workspace) -> Vec<Diagnostic> {
    let persons = workspace.book.firm.persons.iter();
    persons
        .filter_map(|person| Words::of_person(workspace, person.id.as_str()).weakness())
        .collect()
}

/// Returns a note for everyone who expects a passphrase that is not at hand, for commands that can do without.
pub fn notes(workspace: &Workspace) -> Vec<String> {
    let book = &workspace.book;
    let mut words = Vec::new();
    for id in &book.engagements {
        // What is wrong there is told when the engagement is read.
        let people = book.outline(id).value.map(|outline| outline.stakeholders);
        let people = people.unwrap_or_default();
        let expecting = people.iter().filter(|person| person.passphrase);
        let was = book.renamed.iter().filter(|(_, now)| *now == id);
        let was: Vec<EngagementId> = was.map(|(old, _)| old.clone()).collect();
        words.extend(expecting.map(|person| Words::of_reader(workspace, (id, &was), person)));
    }
    let persons = book.firm.persons.iter().filter(|person| person.passphrase);
    words.extend(persons.map(|person| Words::of_person(workspace, person.id.as_str())));
    let missing = words.iter().filter(|words| words.words.is_none());
    missing
        .map(|words| {
            format!(
                "the passphrase of {} is not at hand; a build needs it",
                words.whose
            )
        })
        .collect()
}
