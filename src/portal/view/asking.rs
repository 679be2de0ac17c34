//! The page on which a rater is asked.

use std::sync::Arc;

use jiff::civil::Date;

use crate::portal::states::{AnswersFate, ScaleKind};
use crate::portal::view::people::FirmView;

view! {
    /// The page on which one rater is asked.
    AskingView {
        /// The firm.
        firm: Arc<FirmView>,
        /// The rater's name.
        name: String,
        /// The coachee's name.
        coachee: String,
        /// The coach's name.
        coach: Option<String>,
        /// What becomes of the answers.
        fate: AnswersFate,
        /// How many people stand behind any figure, at the least.
        minimum: u32,
        /// The day from which on a manager's answers stand alone, if they do.
        apart: Option<Date>,
        /// The round that is asked next; absent where there is none to come.
        round: Option<Arc<AskingRoundView>>,
    }
}

view! {
    /// What is asked in one round, and with what its answers are sealed.
    AskingRoundView {
        /// The first day on which it can be answered.
        opens: Date,
        /// The last one.
        closes: Date,
        /// The moment at which it opens, in milliseconds since 1970.
        opens_at: String,
        /// The moment at which it has closed.
        closes_at: String,
        /// The first day of the round behind it.
        then_opens: Option<Date>,
        /// The time that is asked about, in the coach's words.
        period: Option<String>,
        /// What the scores mean.
        scale: ScaleKind,
        /// The scores, from the lowest to the highest.
        points: Vec<Arc<ScalePointView>>,
        /// The questions.
        questions: Vec<Arc<QuestionView>>,
        /// Where answers are mailed to, if the coach has an address.
        mail: Option<String>,
        /// What answers are sealed to, in base64url.
        key: String,
        /// The secret by which they are genuine.
        psk: String,
        /// The id by which they are known.
        id: String,
        /// The id of the questions.
        q: String,
    }
}

view! {
    /// A score that can be given.
    ScalePointView {
        /// The score.
        score: i32,
        /// What it means, where it stands at an end of the scale and that is said.
        words: Option<String>,
    }
}

view! {
    /// A question about one goal.
    QuestionView {
        /// Its number on this page.
        number: u32,
        /// The behaviour that is asked about.
        text: String,
        /// Whether the rater is also asked if the coachee followed up.
        asks_follow_up: bool,
    }
}
