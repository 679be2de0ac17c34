//! The only values that a template can see, field by field.
//!
//! The rule it guards: what a reader may not see has no field here. A view is filled by `PortalView::of` from what was revealed to one
//! reader; nothing in it leads back to the engagement. Text is escaped by the template engine; only [`Html`] is not.

use std::sync::Arc;

use jiff::civil::Date;
use minijinja::value::{Object, Value};

use crate::portal::chart::Chart;
use crate::portal::html::Html;
use crate::portal::present::Present;
use crate::portal::view::agreement::AgreementView;
use crate::portal::view::asking::AskingView;
use crate::portal::view::facts::{AssessmentView, FactsView};
use crate::portal::view::goals::{AskView, GoalView, TallyView};
use crate::portal::view::people::{FirmView, PersonView};
use crate::portal::view::portals::PortalsView;
use crate::portal::view::sharing::SharingView;
use crate::portal::view::stories::{
    CorrectionView, LatestView, MeetingView, OutcomeOverTimeView, ReviewView, UpdateView,
};

/// Defines a view: a struct whose fields, and nothing else, a template can read by their names.
macro_rules! view {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }

        impl minijinja::value::Object for $name {
            fn get_value(self: &std::sync::Arc<Self>, key: &minijinja::value::Value) -> Option<minijinja::value::Value> {
                match key.as_str()? {
                    $(stringify!($field) => Some(crate::portal::present::Present::present(&self.$field)),)*
                    _ => None,
                }
            }

            fn enumerate(self: &std::sync::Arc<Self>) -> minijinja::value::Enumerator {
                minijinja::value::Enumerator::Str(&[$(stringify!($field)),*])
            }
        }

        impl crate::portal::present::Present for std::sync::Arc<$name> {
            fn present(&self) -> minijinja::value::Value {
                minijinja::value::Value::from_dyn_object(std::sync::Arc::clone(self))
            }
        }
    };
}

pub mod agreement;
pub mod asking;
pub mod facts;
pub mod figures;
pub mod goals;
pub mod people;
pub mod portals;
pub mod sharing;
pub mod stories;

view! {
    /// Everything that one reader gets.
    PortalView {
        /// The firm.
        firm: Arc<FirmView>,
        /// The title of the engagement.
        title: String,
        /// The reader.
        reader: Arc<PersonView>,
        /// The latest day on which anything on the page came about, if anything has.
        as_of: Option<Date>,
        /// The day on which the page goes.
        closes: Option<Date>,
        /// Whether that day is near.
        closes_soon: bool,
        /// The newest things on the page.
        latest: Vec<Arc<LatestView>>,
        /// What the reader may read, since when, and what no one may.
        sharing: Arc<SharingView>,
        /// Who takes part: the coachee, the coach and the managers, and everyone for whoever may read who else does.
        people: Vec<Arc<PersonView>>,
        /// Dates and how people work together.
        facts: Option<Arc<FactsView>>,
        /// What the work rests on, in the order of the days.
        assessments: Vec<Arc<AssessmentView>>,
        /// What a person in the reader's role does.
        my_role: Option<String>,
        /// What this reader is asked to do, the earliest first.
        asked: Vec<Arc<AskView>>,
        /// The goals of which the reader sees a part.
        goals: Vec<Arc<GoalView>>,
        /// The last round, where rounds were held and no figure of any can be shown.
        withheld: Option<Date>,
        /// The actions that the reader sees, counted; absent where the reader sees none.
        actions: Option<Arc<TallyView>>,
        /// The first meeting still to come.
        next_meeting: Option<Arc<MeetingView>>,
        /// The meetings after that.
        later_meetings: Vec<Arc<MeetingView>>,
        /// The meetings that were, the latest first.
        past_meetings: Vec<Arc<MeetingView>>,
        /// The updates, the latest first.
        updates: Vec<Arc<UpdateView>>,
        /// What the programme is to bring about, where the reviews below do not say all of it.
        outcomes: Vec<Arc<OutcomeOverTimeView>>,
        /// What was changed in the programme, the latest first.
        corrections: Vec<Arc<CorrectionView>>,
        /// Reviews, the latest first.
        reviews: Vec<Arc<ReviewView>>,
        /// What was agreed about the engagement, and who has said yes.
        agreement: Option<Arc<AgreementView>>,
    }
}

impl AskingView {
    /// The whole page as the one value that a template starts from.
    pub fn into_value(self) -> Value {
        Value::from_object(self)
    }
}

impl PortalsView {
    /// The whole page as the one value that a template starts from.
    pub fn into_value(self) -> Value {
        Value::from_object(self)
    }
}

impl PortalView {
    /// The whole portal as the one value that a template starts from.
    pub fn into_value(self: Arc<Self>) -> Value {
        Value::from_dyn_object(self)
    }
}

impl Object for Chart {}

impl Present for Arc<Chart> {
    fn present(&self) -> Value {
        Value::from_dyn_object(Arc::clone(self))
    }
}

impl Present for Html {
    fn present(&self) -> Value {
        Value::from_safe_string(self.as_str().to_owned())
    }
}
