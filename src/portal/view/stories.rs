//! Meetings, updates and reviews.

use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use crate::engagement::agenda::{CoachPart, Kind};
use crate::engagement::review::ReviewKind;
use crate::portal::states::LatestKind;
use crate::portal::view::figures::ProgressView;
use crate::portal::view::goals::{ActionView, GoalName};
use crate::portal::view::sharing::PassageView;

view! {
    /// A meeting.
    MeetingView {
        /// On the pages of the coachee and the coach, the names of those who read it besides them.
        readers: Option<Vec<String>>,
        /// Its place in the page.
        anchor: String,
        /// What it is called.
        title: String,
        /// What kind of meeting it is.
        kind: Kind,
        /// When it begins, in the site's time zone.
        start: DateTime,
        /// The zone of that hour.
        zone: TimeZone,
        /// How long it is.
        minutes: u32,
        /// Where.
        place: Option<String>,
        /// The address of the call, if the place has one.
        call: Option<String>,
        /// The coach's part where the coachee leads.
        coach_part: Option<CoachPart>,
        /// Who comes.
        attendees: Vec<String>,
        /// Whether the reader is one of them.
        is_mine: bool,
        /// What is talked about.
        items: Vec<Arc<ItemView>>,
        /// What came of it.
        outcomes: Vec<Arc<OutcomeView>>,
        /// What happens next.
        next: Vec<Arc<ActionView>>,
        /// On the pages of the coachee and the coach, what the two settled between them.
        debrief: Vec<Arc<ActionView>>,
        /// Preparation and the like.
        prose: Vec<Arc<PassageView>>,
    }
}

view! {
    /// One timed item of a meeting.
    ItemView {
        /// How long it takes.
        minutes: Option<u32>,
        /// Who leads it.
        lead: Option<String>,
        /// What it is.
        text: String,
    }
}

view! {
    /// Something that came of a meeting.
    OutcomeView {
        /// What.
        text: String,
        /// Its goal, as the reader knows it.
        goal: Option<Arc<GoalName>>,
    }
}

view! {
    /// Something new.
    LatestView {
        /// What it is.
        kind: LatestKind,
        /// Its day.
        date: Date,
        /// Its title, if it has one.
        title: Option<String>,
        /// If it is a review, which.
        review: Option<ReviewKind>,
        /// If it is about a goal, which.
        goal: Option<Arc<GoalName>>,
        /// Its place in the page.
        anchor: String,
    }
}

view! {
    /// An update.
    UpdateView {
        /// On the pages of the coachee and the coach, the names of those who read it besides them.
        readers: Option<Vec<String>>,
        /// Its place in the page.
        anchor: String,
        /// Its headline.
        title: String,
        /// The day it was written.
        date: Date,
        /// What it says.
        prose: Vec<Arc<PassageView>>,
    }
}

view! {
    /// A comparison of intended and actual outcomes.
    ReviewView {
        /// On the pages of the coachee and the coach, the names of those who read it besides them.
        readers: Option<Vec<String>>,
        /// Its place in the page.
        anchor: String,
        /// Whether it stands in the middle or at the end.
        kind: ReviewKind,
        /// Its headline.
        title: Option<String>,
        /// The day of the review.
        date: Date,
        /// What the programme is to bring about, as it stood up to this review.
        programme: Vec<Arc<OutcomeOverTimeView>>,
        /// Intended beside actual; in the final report, also what else there is to say of goals.
        outcomes: Vec<Arc<ComparisonView>>,
        /// What was celebrated.
        celebrated: Vec<String>,
        /// What goes on afterwards.
        continues: Vec<Arc<ContinuationView>>,
        /// The day to look back together.
        follow_up: Option<Date>,
        /// What was found on that day.
        found: Vec<String>,
        /// What else there is to say.
        prose: Vec<Arc<PassageView>>,
    }
}

view! {
    /// Something that the programme is to bring about, and how it stood.
    OutcomeOverTimeView {
        /// Its goal, as the reader knows it.
        goal: Option<Arc<GoalName>>,
        /// What it is.
        text: String,
        /// What was the case at the start.
        start: Option<String>,
        /// What was the case in the middle.
        midpoint: Option<String>,
        /// What was the case at the end.
        end: Option<String>,
    }
}

view! {
    /// Something that was changed in the programme.
    CorrectionView {
        /// The day from which it holds.
        date: Date,
        /// What was changed.
        text: String,
        /// Why.
        why: Option<String>,
    }
}

view! {
    /// What was intended and what came of it.
    ComparisonView {
        /// Its goal, as the reader knows it.
        goal: Option<Arc<GoalName>>,
        /// What was intended.
        intended: Option<String>,
        /// What came of it.
        actual: Option<String>,
        /// The goal's figures from the first to the latest, in a final review.
        progress: Option<Arc<ProgressView>>,
        /// The day on which the goal was reached, in a final review.
        reached: Option<Date>,
    }
}

view! {
    /// Something that goes on after the end.
    ContinuationView {
        /// What.
        text: String,
        /// With whom.
        with: Vec<String>,
    }
}
