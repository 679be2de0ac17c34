//! `[communication]`: how readers hear of the engagement, and what stays private.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::content::toml::value::Text;
use crate::engagement::facts::Communication;

/// Questions of all readers, answered once; shown with the facts.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
pub(in crate::content) struct CommunicationTable {
    /// How readers hear of it.
    updates: Option<Text>,
    /// To whom to turn when something is wrong.
    escalation: Option<Text>,
    /// What stays between coach and coachee.
    confidentiality: Option<Text>,
    /// What is told all the same: danger to someone, and what the law or a court demands.
    exceptions: Option<Text>,
    /// How the coaching touches performance reviews; never shown to supporters.
    pub(in crate::content) performance: Option<Text>,
}

impl CommunicationTable {
    /// What everyone who sees the facts may read.
    pub(in crate::content) fn read(self) -> Communication {
        let text = |text: Option<Text>| text.map(|text| text.0);
        Communication {
            updates: text(self.updates),
            escalation: text(self.escalation),
            confidentiality: text(self.confidentiality),
            exceptions: text(self.exceptions),
        }
    }
}
