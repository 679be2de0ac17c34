//! Meetings as moments in time: what `<time>` says, and the calendar entry to save.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use minijinja::Value;

use crate::portal::view::MeetingView;
use crate::portal::view::PortalView;

/// The moments of all meetings, by their place in the page.
pub(super) fn moments(portal: &PortalView, timezone: &TimeZone) -> BTreeMap<String, Value> {
    let to_come = portal.next_meeting.iter().chain(&portal.later_meetings);
    let all = to_come.chain(&portal.past_meetings);
    all.map(|meeting| (meeting.anchor.clone(), moment(meeting, timezone)))
        .collect()
}

/// When a meeting begins and ends: for machines as an instant, for people on the site's clock.
fn moment(meeting: &MeetingView, timezone: &TimeZone) -> Value {
    let start = timezone.to_ambiguous_zoned(meeting.start).compatible().ok();
    let end = meeting
        .start
        .checked_add(jiff::Span::new().minutes(meeting.minutes))
        .unwrap_or(meeting.start);
    let instant = start.map(|start| start.timestamp().to_string());
    Value::from_pairs([
        ("instant", Value::from(instant)),
        ("end", Value::from(end.to_string())),
        ("zone", Value::from(city(timezone))),
        ("entry", Value::from(())),
    ])
}

/// The city whose clock a time zone is named after.
fn city(timezone: &TimeZone) -> String {
    let name = timezone.iana_name().unwrap_or("UTC");
    let city = name.rsplit('/').next().unwrap_or(name);
    city.replace('_', " ")
}
