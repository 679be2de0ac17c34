//! Who takes part in an engagement, as a new file needs to know it.

use minijinja::{Value, context};

/// The ids of those who take part, by what they do; of a role that several people have, the first.
#[derive(Debug, Clone, Default)]
pub struct Participants {
    /// The engagement's folder, as the paths of its new files begin.
    pub folder: String,
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

impl Participants {
    /// The same as values of a template: ids by role, none where the engagement has no such person.
    pub(super) fn values(&self) -> Value {
        context! {
            coachee => self.coachee.as_str(),
            name => self.name.as_str(),
            first_name => self.first_name_in_text(),
            coach => self.coach.as_deref(),
            manager => self.manager.as_deref(),
            sponsor => self.sponsor.as_deref(),
            hr => self.hr.as_deref(),
            supporters => self.supporters.iter().collect::<Value>(),
        }
    }

    /// The coachee's first name, where it stands inside a text of a template; a name that would end the text is left out.
    fn first_name_in_text(&self) -> &str {
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
