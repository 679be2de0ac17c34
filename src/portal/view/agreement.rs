//! What was agreed about the engagement, and who has said yes.

use std::sync::Arc;

use jiff::civil::Date;

use crate::portal::states::AnswerState;
use crate::portal::view::sharing::PassageView;

view! {
    /// The agreement.
    AgreementView {
        /// On the pages of the coachee and the coach, the names of those who read it besides them.
        readers: Option<Vec<String>>,
        /// What it is called.
        title: Option<String>,
        /// The last day on which its text changed.
        changed: Option<Date>,
        /// Those who agree to it.
        parties: Vec<Arc<PartyView>>,
        /// What was agreed.
        prose: Vec<Arc<PassageView>>,
    }
}

view! {
    /// Someone who agrees to it.
    PartyView {
        /// The name.
        name: String,
        /// Whether that person has said yes, and to which text.
        state: AnswerState,
        /// The day of the yes.
        date: Option<Date>,
        /// Whether it is the reader.
        is_me: bool,
    }
}
