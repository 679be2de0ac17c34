//! Who takes part in an engagement, as a new file needs to know it.

use crate::scaffold::meetings::Lead;

/// The ids of those who take part, by what they do; of a role that several people have, the first.
#[derive(Debug, Clone, Default)]
pub struct Cast {
    /// Whose engagement it is.
    pub coachee: String,
    /// The coachee's name.
    pub name: String,
    /// Who coaches.
    pub coach: Option<String>,
    /// The coachee's boss.
    pub manager: Option<String>,
    /// Who pays for or arranges the coaching.
    pub sponsor: Option<String>,
    /// The partner from human resources.
    pub hr: Option<String>,
    /// Who rates.
    pub supporters: Vec<String>,
}

impl Cast {
    /// The people meant by a word of a template; none where the engagement has no such person.
    pub(super) fn people(&self, lead: Lead) -> Vec<&str> {
        match lead {
            Lead::Coachee => vec![&self.coachee],
            Lead::Coach => self.coach.iter().map(String::as_str).collect(),
            Lead::Manager => self.manager.iter().map(String::as_str).collect(),
            Lead::Sponsor => self.sponsor.iter().map(String::as_str).collect(),
            Lead::Hr => self.hr.iter().map(String::as_str).collect(),
            Lead::Supporters => self.supporters.iter().map(String::as_str).collect(),
        }
    }

    /// Who leads, if the engagement has such a person.
    pub(super) fn leader(&self, lead: Lead) -> Option<&str> {
        self.people(lead).first().copied()
    }

    /// The coachee's first name, where it stands inside a text of a template; a name that would end the text is left out.
    pub(super) fn first_name_in_text(&self) -> &str {
        let first = self.name.split_whitespace().next().unwrap_or_default();
        let is_plain =
            !first.is_empty() && !first.contains(['"', '\\', '{', '<', '*', '_', '`', '[', ':']);
        if is_plain && !first.chars().any(char::is_control) {
            first
        } else {
            "the coachee"
        }
    }
}
