//! What a page says of who may read what.

use std::sync::Arc;

use jiff::civil::Date;

use crate::engagement::audience::Part;
use crate::portal::html::Html;
use crate::portal::states::Untitled;
use crate::portal::view::figures::ApartView;

view! {
    /// What the reader may read, since when, and what no one may.
    SharingView {
        /// The day the coachee agreed to what the reader may read, or to the last of it.
        agreed: Option<Date>,
        /// The earlier day of the plan, where that is the rest of it: goals and what goes with them.
        plan: Option<Date>,
        /// The day of each part, where they differ.
        since: Vec<Arc<PartSinceView>>,
        /// The parts of which the reader's page holds something.
        parts: Vec<Part>,
        /// Who reads what, for the coachee and the coach.
        table: Option<Vec<Arc<SharedPartView>>>,
        /// Whose own answers the reader finds under a name; also the reader's own, where the reader's word lets them stand alone.
        apart: Vec<Arc<ApartView>>,
        /// How many have a page besides the coachee and the coach, where the table is.
        others: u32,
        /// Whether whoever attends a meeting reads its agenda.
        attendees_see_agendas: bool,
        /// What others see of the reader's own answers, if the reader is asked for any.
        answers: Option<Arc<AnswersView>>,
    }
}

view! {
    /// What others see of what one rater answered.
    AnswersView {
        /// How many people stand behind any figure, at the least.
        minimum: u32,
        /// How many stand behind a figure of one group, at the least.
        minimum_of_group: u32,
    }
}

view! {
    /// Since when the reader may read a part.
    PartSinceView {
        /// The part.
        part: Part,
        /// The day the coachee agreed to it.
        date: Date,
    }
}

view! {
    /// A part in the table of who reads what.
    SharedPartView {
        /// The part.
        part: Part,
        /// Who reads what is there of it; more than one line where items differ, none where nothing is there.
        lines: Vec<Arc<SharedLineView>>,
        /// The names of those with whom the part is shared, and who have nothing of it yet.
        to_come: Vec<String>,
    }
}

view! {
    /// Items that are read by the same people.
    SharedLineView {
        /// The items; empty where it is all that there is of the part.
        items: Vec<Arc<SharedItemView>>,
        /// The names of those who read them besides the coachee and the coach.
        people: Vec<String>,
        /// The names of those from whom something in them is hidden.
        in_part: Vec<String>,
    }
}

view! {
    /// An item in the table of who reads what.
    SharedItemView {
        /// Its title.
        title: Option<String>,
        /// What it is, which stands for a title where it has none.
        review: Option<Untitled>,
    }
}

view! {
    /// A stretch of a text: what everyone reads who reads the text, or a passage that is for some of them.
    PassageView {
        /// What it says.
        html: Html,
        /// For a passage on the pages of the coachee and the coach, the names of those who read it besides them.
        readers: Option<Vec<String>>,
    }
}
