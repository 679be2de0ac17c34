//! Engagement to what one reader sees: the one place where a reader's view is made.
//!
//! The rule it guards: everything is revealed first and derived afterwards. Titles, counts, numbers, places in the page, next and
//! past, and the ranges of charts come from what the reader sees, never from what there is.

pub mod chart;
mod facts;
mod goals;
pub mod html;
mod markdown;
mod meetings;
mod perspective;
mod portals;
mod progress;
#[cfg(test)]
pub(crate) mod samples;
mod sharing;
pub mod sight;
pub mod state;
mod stories;
pub mod view;

use std::sync::Arc;

use data_encoding::BASE64;
use jiff::civil::Date;

use crate::engagement::Engagement;
use crate::engagement::audience::Reader;
use crate::engagement::firm::Firm;
use crate::engagement::picture::Picture;
use crate::portal::perspective::Perspective;
use crate::portal::view::FirmView;
use crate::portal::view::PortalView;
use crate::progress::figures::Figures;

impl PortalView {
    /// Returns what `reader` sees of the engagement on `today`.
    pub fn of(
        firm: &Firm,
        engagement: &Engagement,
        figures: &Figures,
        reader: &Reader,
        today: Date,
    ) -> Self {
        let perspective = Perspective::of(engagement, figures, reader, today);
        let goals = goals::views(&perspective);
        let meetings = meetings::views(&perspective);
        let facts = facts::view(&perspective);
        let asked = goals::asked(&perspective, &meetings);
        Self {
            firm: firm_view(firm),
            title: engagement.title.clone(),
            reader: perspective.reader_view(),
            as_of: today,
            sharing: sharing::view(&perspective, !meetings.is_empty()),
            my_role: facts::role_of_reader(&perspective),
            actions: goals::tally(&goals),
            updates: stories::updates(&perspective),
            reviews: stories::reviews(&perspective),
            next_meeting: meetings.next,
            later_meetings: meetings.later,
            past_meetings: meetings.past,
            facts,
            asked,
            goals,
        }
    }
}

fn firm_view(firm: &Firm) -> Arc<FirmView> {
    let label = |address: &String| {
        let label = address
            .strip_prefix("mailto:")
            .or_else(|| address.strip_prefix("tel:"))
            .or_else(|| address.strip_prefix("https://"));
        label.unwrap_or(address).trim_end_matches('/').to_owned()
    };
    Arc::new(FirmView {
        name: firm.name.clone(),
        contact: firm.contact.clone(),
        contact_label: firm.contact.as_ref().map(label),
        logo: firm.logo.as_ref().map(data_address),
    })
}

/// A picture as an address that holds all of it.
fn data_address(picture: &Picture) -> String {
    format!(
        "data:{};base64,{}",
        picture.kind.mime(),
        BASE64.encode(&picture.bytes)
    )
}
