//! One engagement read, its pages made, and everything judged that can be before they are sealed.
//!
//! The rule it guards: `check`, `build` and `serve` come to the same judgement of an engagement, because it is made here alone.
//! `check` looks at the notes besides.

use jiff::civil::Date;

use crate::access::key::Key;
use crate::access::passphrase::Passphrase;
use crate::content::Reading;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::id::EngagementId;
use crate::engagement::pulse::Round;
use crate::pipeline::Portal;
use crate::pipeline::Workspace;
use crate::pipeline::building::Record;
use crate::pipeline::options::Auditing;
use crate::pipeline::problems::Problems;
use crate::pipeline::timing::Stage;

/// What became of one engagement on the way to its pages.
#[derive(Default)]
pub(super) struct Judged {
    /// Everything that was said of it.
    pub(super) problems: Problems,
    /// The engagement as it can be problems today, if it could be read.
    pub(super) engagement: Option<Engagement>,
    /// The rounds that have not closed yet.
    pub(super) later: Vec<Round>,
    /// The page of every reader; none where something stands in the way of one.
    pub(super) portals: Vec<Portal>,
    /// The record of what is published of the pulse, if it is to be written anew.
    pub(super) records: Vec<Record>,
}

impl Workspace {
    /// Takes one engagement as far as its pages. Without a key, what was published before is not compared.
    pub(super) fn judged(
        &self,
        id: &EngagementId,
        key: Option<&Key>,
        today: Date,
        auditing: Auditing,
    ) -> Judged {
        let mut judged = Judged::default();
        let problems = &mut judged.problems;
        let (reading, later) = self.read(id, today);
        let Some(engagement) = problems.value_of(reading) else {
            return judged;
        };
        if let Some(key) = key {
            let record = || self.record(key, &engagement);
            judged.records = problems.list_of(self.clock.time(Stage::Figures, record));
        }
        judged.portals = problems.list_of(self.portals(&engagement, today));
        let findings = || self.findings(&engagement, &judged.portals, today, auditing);
        problems.add_findings(self.clock.time(Stage::Audit, findings));
        let weak = self.weak_passphrases(&engagement);
        if !weak.is_empty() {
            // They could not be sealed.
            judged.portals.clear();
            problems.general.extend(weak);
        }
        judged.later = later;
        judged.engagement = Some(engagement);
        judged
    }

    /// What is wrong with the passphrases of an engagement.
    fn weak_passphrases(&self, engagement: &Engagement) -> Vec<Diagnostic> {
        let people = engagement.stakeholders.iter();
        let problem = |id: &str| {
            let words = self.book.passphrases.of(engagement.id.as_str(), id)?;
            let (problem, hint) = Passphrase::weakness(words)?;
            let message = format!("the passphrase of `{id}` in `{}` {problem}", engagement.id);
            let problem = Diagnostic::error(message).in_file("passphrases.toml");
            Some(problem.with_hint(hint))
        };
        people
            .filter_map(|person| problem(person.id.as_str()))
            .collect()
    }

    /// Reads one engagement as it can be problems on `today`.
    pub fn engagement(&self, id: &EngagementId, today: Date) -> Reading<Engagement> {
        self.read(id, today).0
    }

    /// Reads one engagement as it can be problems on `today`, and the rounds that have not closed yet.
    fn read(&self, id: &EngagementId, today: Date) -> (Reading<Engagement>, Vec<Round>) {
        self.clock.time(Stage::Read, || {
            let mut reading = self.book.engagement(id);
            let mut later = Vec::new();
            if let Some(engagement) = &mut reading.value {
                reading.problems.extend(self.book.advice(engagement, today));
                later = engagement.split_off(today);
            }
            (reading, later)
        })
    }
}
