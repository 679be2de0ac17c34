//! Meetings as moments in time: what `<time>` says, and the calendar entry to save.
//!
//! The rule it guards: an entry is made of what its reader sees on the page and of nothing else, its identity included. Instants are
//! written in UTC, which every calendar shows on its owner's clock.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use data_encoding::HEXLOWER;
use jiff::SignedDuration;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use minijinja::Value;
use sha2::Digest;
use sha2::Sha256;

use crate::portal::view::MeetingView;
use crate::portal::view::PortalView;

/// The longest line of a calendar file in bytes, its end left out (RFC 5545, section 3.1).
const LINE: usize = 75;

/// The moments of all meetings, by their place in the page.
pub(super) fn moments(portal: &PortalView, timezone: &TimeZone) -> BTreeMap<String, Value> {
    let to_come = portal.next_meeting.iter().chain(&portal.later_meetings);
    let to_come = to_come.map(|meeting| (meeting, true));
    let past = portal.past_meetings.iter().map(|meeting| (meeting, false));
    let mut moments = BTreeMap::new();
    for (meeting, is_to_come) in to_come.chain(past) {
        let moment = moment(portal, meeting, timezone, is_to_come);
        moments.insert(meeting.anchor.clone(), moment);
    }
    moments
}

/// When a meeting begins and ends: for machines as an instant, for people on the site's clock.
fn moment(
    portal: &PortalView,
    meeting: &MeetingView,
    timezone: &TimeZone,
    is_to_come: bool,
) -> Value {
    let length = SignedDuration::from_mins(meeting.minutes.into());
    let begins = timezone.to_ambiguous_timestamp(meeting.start);
    let start = begins.compatible().unwrap_or(Timestamp::UNIX_EPOCH);
    let end = start.saturating_add(length).unwrap_or(start);
    let entry = is_to_come.then(|| data_address(&entry(portal, meeting, start, end)));
    Value::from_pairs([
        ("instant", Value::from(start.to_string())),
        ("end", Value::from(timezone.to_datetime(end).to_string())),
        ("zone", Value::from(city(timezone))),
        // Only letters of base64, which need no escaping.
        (
            "entry",
            entry.map_or(Value::from(()), Value::from_safe_string),
        ),
    ])
}

/// The city whose clock a time zone is named after.
fn city(timezone: &TimeZone) -> String {
    let name = timezone.iana_name().unwrap_or("UTC");
    let city = name.rsplit('/').next().unwrap_or(name);
    city.replace('_', " ")
}

fn data_address(entry: &str) -> String {
    format!(
        "data:text/calendar;base64,{}",
        BASE64.encode(entry.as_bytes())
    )
}

/// A calendar file with one event.
fn entry(portal: &PortalView, meeting: &MeetingView, start: Timestamp, end: Timestamp) -> String {
    let as_of = format!("{}T000000Z", portal.as_of.strftime("%Y%m%d"));
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Loggia//Portal//EN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", identity(portal, meeting)),
        format!("DTSTAMP:{as_of}"),
        format!("DTSTART:{}", start.strftime("%Y%m%dT%H%M%SZ")),
        format!("DTEND:{}", end.strftime("%Y%m%dT%H%M%SZ")),
        format!("SUMMARY:{}", escaped(&meeting.title)),
    ];
    if let Some(place) = &meeting.place {
        lines.push(format!("LOCATION:{}", escaped(place)));
    }
    lines.push("END:VEVENT".to_owned());
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

/// The same for the same meeting in every build and in every reader's page.
fn identity(portal: &PortalView, meeting: &MeetingView) -> String {
    let start = meeting.start.to_string();
    let mut hash = Sha256::new();
    for part in [&portal.firm.name, &portal.title, &meeting.title, &start] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    format!("{}@loggia", HEXLOWER.encode(&hash.finalize()[..16]))
}

/// Text as a calendar file writes it (RFC 5545, section 3.3.11), without control characters.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => escaped.extend(['\\', letter]),
            '\n' => escaped.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// A line with its end, cut into lines of the allowed length between letters.
fn folded(line: &str) -> String {
    let mut folded = String::new();
    let mut length = 0;
    for letter in line.chars() {
        if length + letter.len_utf8() > LINE {
            folded.push_str("\r\n ");
            length = 1;
        }
        folded.push(letter);
        length += letter.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::LINE;
    use super::entry;
    use super::escaped;
    use super::folded;
    use super::identity;
    use crate::portal::samples;
    use crate::portal::samples::stories;

    fn entry_on(start: &str) -> String {
        let mut portal = samples::coachee();
        let meeting = stories::meeting(start, "Check-in, with Priya; and me", false);
        portal.next_meeting = Some(meeting);
        let meeting = portal.next_meeting.as_ref().unwrap();
        let zone = TimeZone::get("Europe/London").unwrap();
        let start = zone.to_timestamp(meeting.start).unwrap();
        entry(&portal, meeting, start, start)
    }

    #[test]
    fn an_entry_names_the_instant_across_a_change_of_clocks() {
        assert!(entry_on("2026-10-24").contains("DTSTART:20261024T090000Z\r\n"));
        assert!(entry_on("2026-10-26").contains("DTSTART:20261026T100000Z\r\n"));
    }

    #[test]
    fn every_line_ends_as_calendars_want_it() {
        let entry = entry_on("2026-10-24");
        assert!(entry.ends_with("END:VCALENDAR\r\n"));
        assert_eq!(entry.matches('\n').count(), entry.matches("\r\n").count());
        assert!(entry.contains("SUMMARY:Check-in\\, with Priya\\; and me\r\n"));
    }

    #[test]
    fn text_cannot_begin_a_line_of_its_own() {
        assert_eq!(escaped("a\r\nATTENDEE:x\u{7}\rb"), "a\\nATTENDEE:xb");
    }

    #[test]
    fn long_lines_are_folded_between_letters() {
        let line = format!("SUMMARY:{}", "ü日".repeat(60));
        let folded = folded(&line);
        assert!(folded.split("\r\n").all(|part| part.len() <= LINE));
        assert_eq!(folded.replace("\r\n ", "").trim_end(), line);
    }

    #[test]
    fn identity_is_stable_and_a_meetings_own() {
        let (one, other) = (samples::coachee(), samples::manager());
        let meeting = one.next_meeting.as_ref().unwrap();
        assert_eq!(identity(&one, meeting), identity(&other, meeting));
        assert_ne!(
            identity(&one, meeting),
            identity(&one, &one.later_meetings[0])
        );
    }
}
