//! The page of a person who reads several portals.

use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use crate::engagement::stakeholder::Role;
use crate::portal::view::facts::SessionsView;
use crate::portal::view::goals::GoalView;
use crate::portal::view::people::FirmView;

view! {
    /// The page of a person who reads several portals.
    PortalsView {
        /// The firm.
        firm: Arc<FirmView>,
        /// The person's name.
        name: String,
        /// The latest day of these portals.
        as_of: Option<Date>,
        /// The portals: first those whose engagement is not over, by the day of the next meeting, then by engagement.
        portals: Vec<Arc<PortalLineView>>,
    }
}

view! {
    /// One portal of several.
    PortalLineView {
        /// The title of the engagement.
        title: String,
        /// The person's role there.
        role: Role,
        /// Whose coaching it is, where the reader sees it and is somebody else.
        coachee: Option<String>,
        /// Where it is, as seen from this page.
        address: String,
        /// The latest day on which anything on it came about.
        as_of: Option<Date>,
        /// The first day, where the reader sees it.
        start: Option<Date>,
        /// The last day, where the reader sees it.
        end: Option<Date>,
        /// Whether the last day is over, where the reader sees it.
        is_over: bool,
        /// The sessions, where the reader sees them.
        sessions: Option<Arc<SessionsView>>,
        /// The goals with figures, as the portal's own glance tells of them.
        goals: Vec<Arc<GoalView>>,
        /// How many things the portal asks of the reader.
        asked: u32,
        /// The next meeting that the reader sees.
        next_title: Option<String>,
        /// When that begins.
        next_start: Option<DateTime>,
    }
}
