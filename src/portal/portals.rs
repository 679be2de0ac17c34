//! The page of a person who reads several portals: which ones, and nothing that those do not say themselves.

use std::sync::Arc;

use crate::engagement::firm::Firm;
use crate::engagement::person::Person;
use crate::engagement::stakeholder::Role;
use crate::portal::firm;
use crate::portal::view::PortalView;
use crate::portal::view::portals::{PortalLineView, PortalsView};

impl PortalLineView {
    /// One line: what the portal itself says about title, coachee, dates and next meeting, what its glance says, and where it is.
    pub fn of(portal: &PortalView, address: String) -> Self {
        let next = portal.next_meeting.as_ref();
        let facts = portal.facts.as_ref();
        let mut people = portal.people.iter();
        let coachee = people.find(|person| person.role == Role::Coachee && !person.is_me);
        let is_over = facts.is_some_and(|facts| facts.is_over);
        let goals = portal.goals.iter();
        let with_figures = goals.filter(|goal| goal.progress.is_some());
        Self {
            title: portal.title.clone(),
            role: portal.reader.role,
            coachee: coachee.map(|person| person.name.clone()),
            address,
            as_of: portal.as_of,
            start: facts.and_then(|facts| facts.start),
            end: facts.and_then(|facts| facts.end),
            is_over,
            sessions: facts.and_then(|facts| facts.sessions.clone()),
            goals: with_figures.cloned().collect(),
            // As in the glance: of what is over nothing is asked any more.
            asked: if is_over {
                0
            } else {
                count(portal.asked.len())
            },
            next_title: next.map(|meeting| meeting.title.clone()),
            next_start: next.map(|meeting| meeting.start),
        }
    }
}

impl PortalsView {
    /// The page of `person`, with a line for each portal that the person has.
    pub fn of(firm: &Firm, person: &Person, mut lines: Vec<PortalLineView>) -> Self {
        // Stable: what is alike stays in the order of the engagements.
        lines.sort_by_key(|line| (line.is_over, line.next_start.is_none(), line.next_start));
        Self {
            firm: firm::view(firm),
            name: person.name.clone(),
            as_of: lines.iter().filter_map(|line| line.as_of).max(),
            portals: lines.into_iter().map(Arc::new).collect(),
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
