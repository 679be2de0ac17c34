//! The page of a person who reads several portals: which ones, and nothing that those do not say themselves.

use std::sync::Arc;

use crate::engagement::firm::Firm;
use crate::engagement::person::Person;
use crate::engagement::stakeholder::Role;
use crate::portal::firm;
use crate::portal::view::PortalView;
use crate::portal::view::portals::{PortalLineView, PortalsView};

impl PortalLineView {
    /// One line: what the portal itself says about title, coachee, dates and next meeting, and where it is.
    pub fn of(portal: &PortalView, address: String) -> Self {
        let next = portal.next_meeting.as_ref();
        let facts = portal.facts.as_ref();
        let mut people = portal.people.iter();
        let coachee = people.find(|person| person.role == Role::Coachee && !person.is_me);
        Self {
            title: portal.title.clone(),
            role: portal.reader.role,
            coachee: coachee.map(|person| person.name.clone()),
            address,
            as_of: portal.as_of,
            start: facts.and_then(|facts| facts.start),
            end: facts.and_then(|facts| facts.end),
            next_title: next.map(|meeting| meeting.title.clone()),
            next_start: next.map(|meeting| meeting.start),
        }
    }
}

impl PortalsView {
    /// The page of `person`, with a line for each portal that the person has.
    pub fn of(firm: &Firm, person: &Person, lines: Vec<PortalLineView>) -> Self {
        Self {
            firm: firm::view(firm),
            name: person.name.clone(),
            as_of: lines.iter().filter_map(|line| line.as_of).max(),
            portals: lines.into_iter().map(Arc::new).collect(),
        }
    }
}
