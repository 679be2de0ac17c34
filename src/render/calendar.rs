//! Meetings and milestones as moments in time: what `<time>` says, and the calendar entry to save.
//!
//! The rule it guards: an entry is made of what its reader sees on the page and of nothing else, its identity included. Instants are
//! written in UTC, which every calendar shows on its owner's clock; a milestone is a day, the same everywhere.

use std::collections::BTreeMap;

use data_encoding::{BASE64, HEXLOWER};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use minijinja::Value;
use sha2::{Digest, Sha256};

use crate::portal::view::PortalView;
use crate::portal::view::stories::MeetingView;

/// The longest line of a calendar file in bytes, its end left out (RFC 5545, section 3.1).
const LINE: usize = 75;

/// The moments of all meetings, by their place in the page.
pub(super) fn moments(portal: &PortalView) -> BTreeMap<String, Value> {
    let to_come = portal.next_meeting.iter().chain(&portal.later_meetings);
    let to_come = to_come.map(|meeting| (meeting, true));
    let past = portal.past_meetings.iter().map(|meeting| (meeting, false));
    let mut names = Names::of(portal, "meeting");
    let mut moments = BTreeMap::new();
    // The first is the earliest, so that a name does not change when a meeting is over.
    for (meeting, is_to_come) in past.rev().chain(to_come) {
        let identity = names.identity(&meeting.title);
        let moment = moment(portal, meeting, is_to_come.then_some(identity));
        moments.insert(meeting.anchor.clone(), moment);
    }
    moments
}

/// A calendar entry for each milestone that is still to come, in the order of the page; nothing for the others.
pub(super) fn milestones(portal: &PortalView) -> Vec<Value> {
    let all = portal.facts.iter().flat_map(|facts| &facts.milestones);
    let mut names = Names::of(portal, "milestone");
    let mut entries = Vec::new();
    for milestone in all {
        let identity = names.identity(&milestone.title);
        let entry = (!milestone.is_past).then(|| {
            let lines = [
                format!("DTSTART;VALUE=DATE:{}", milestone.date.strftime("%Y%m%d")),
                format!("SUMMARY:{}", escaped(&milestone.title)),
                "TRANSP:TRANSPARENT".to_owned(),
            ];
            data_address(&calendar(portal, milestone.date, &identity, lines))
        });
        entries.push(entry.map_or(Value::from(()), Value::from_safe_string));
    }
    entries
}

/// When a meeting begins and ends: for machines as an instant, for people on the site's clock. With an identity it has an entry.
fn moment(portal: &PortalView, meeting: &MeetingView, identity: Option<String>) -> Value {
    let timezone = &meeting.zone;
    let length = SignedDuration::from_mins(meeting.minutes.into());
    let begins = timezone.to_ambiguous_timestamp(meeting.start);
    let start = begins.compatible().unwrap_or(Timestamp::UNIX_EPOCH);
    let end = start.saturating_add(length).unwrap_or(start);
    let entry =
        identity.map(|identity| data_address(&entry(portal, meeting, &identity, (start, end))));
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

/// The calendar file of a meeting.
fn entry(
    portal: &PortalView,
    meeting: &MeetingView,
    identity: &str,
    (start, end): (Timestamp, Timestamp),
) -> String {
    let place = meeting.place.as_deref();
    let lines = [
        format!("DTSTART:{}", start.strftime("%Y%m%dT%H%M%SZ")),
        format!("DTEND:{}", end.strftime("%Y%m%dT%H%M%SZ")),
        format!("SUMMARY:{}", escaped(&meeting.title)),
    ];
    let place = place.map(|place| format!("LOCATION:{}", escaped(place)));
    let day = meeting.start.date();
    calendar(portal, day, identity, lines.into_iter().chain(place))
}

/// A calendar file with one event. It is stamped with the day of the page, so that it stays as it is while the page does.
fn calendar(
    portal: &PortalView,
    day: Date,
    identity: &str,
    event: impl IntoIterator<Item = String>,
) -> String {
    let stamp = portal.as_of.unwrap_or(day);
    let head = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Loggia//Portal//EN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{identity}"),
        format!("DTSTAMP:{}T000000Z", stamp.strftime("%Y%m%d")),
    ];
    let foot = ["END:VEVENT".to_owned(), "END:VCALENDAR".to_owned()];
    let lines = head.into_iter().chain(event).chain(foot);
    lines.map(|line| folded(&line)).collect()
}

/// Gives entries their identities.
///
/// An identity stays when a meeting moves, so that a calendar moves it too: it is made of the title, and of how many before it have
/// the same one. It is the reader's own, so that two readers' calendars cannot be matched by it.
struct Names<'a> {
    portal: &'a PortalView,
    kind: &'a str,
    /// How often each title was there.
    given: BTreeMap<String, usize>,
}

impl<'a> Names<'a> {
    /// Names for entries of one kind in one reader's portal.
    fn of(portal: &'a PortalView, kind: &'a str) -> Self {
        Self {
            portal,
            kind,
            given: BTreeMap::new(),
        }
    }

    /// The identity of the next entry, which has this title.
    fn identity(&mut self, title: &str) -> String {
        let number = self.given.entry(title.to_owned()).or_default();
        *number += 1;
        let (portal, number) = (self.portal, number.to_string());
        let mut hash = Sha256::new();
        for part in [
            &portal.firm.name,
            &portal.title,
            &portal.reader.name,
            portal.reader.role.as_str(),
            self.kind,
            title,
            &number,
        ] {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        format!("{}@loggia", HEXLOWER.encode(&hash.finalize()[..16]))
    }
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
    use data_encoding::BASE64;
    use jiff::tz::TimeZone;

    use super::{LINE, Names, entry, escaped, folded, milestones, moments};
    use crate::portal::samples;
    use crate::portal::samples::stories;

    fn entry_on(start: &str) -> String {
        let mut portal = samples::coachee();
        let meeting = stories::meeting(start, "Check-in, with Priya; and me", false);
        portal.next_meeting = Some(meeting);
        let meeting = portal.next_meeting.as_ref().unwrap();
        let zone = TimeZone::get("Europe/London").unwrap();
        let start = zone.to_timestamp(meeting.start).unwrap();
        entry(&portal, meeting, "x@loggia", (start, start))
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
    fn an_identity_is_the_meetings_own_and_the_readers_own() {
        let (one, other) = (samples::coachee(), samples::manager());
        let mut names = Names::of(&one, "meeting");
        let first = names.identity("Check-in");
        assert_ne!(first, names.identity("Check-in"));
        assert_ne!(first, names.identity("Mid-point"));
        assert_ne!(first, Names::of(&one, "milestone").identity("Check-in"));
        assert_ne!(first, Names::of(&other, "meeting").identity("Check-in"));
        assert_eq!(first, Names::of(&one, "meeting").identity("Check-in"));
    }

    #[test]
    fn an_identity_stays_when_the_meeting_moves_or_others_pass() {
        let identity = |past: &[&str], next: &str| {
            let mut portal = samples::coachee();
            let meeting = |start: &&str| stories::meeting(start, "Check-in", false);
            portal.past_meetings = past.iter().rev().map(meeting).collect();
            portal.next_meeting = Some(meeting(&next));
            portal.later_meetings = Vec::new();
            let anchor = portal.next_meeting.as_ref().unwrap().anchor.clone();
            let entry = moments(&portal)[&anchor].get_attr("entry").unwrap();
            let entry = entry.to_string();
            let (_, data) = entry.split_once("base64,").unwrap();
            let text = String::from_utf8(BASE64.decode(data.as_bytes()).unwrap()).unwrap();
            let uid = text.lines().find(|line| line.starts_with("UID:")).unwrap();
            uid.to_owned()
        };
        let before = identity(&[], "2026-10-24");
        assert_eq!(before, identity(&[], "2026-10-30"));
        assert_ne!(before, identity(&["2026-09-01"], "2026-10-24"));
    }

    #[test]
    fn a_milestone_to_come_has_an_entry_and_a_past_one_has_none() {
        let portal = samples::coachee();
        let entries = milestones(&portal);
        let milestones = &portal.facts.as_ref().unwrap().milestones;
        assert_eq!(entries.len(), milestones.len());
        for (entry, milestone) in entries.iter().zip(milestones) {
            assert_eq!(entry.is_none(), milestone.is_past, "{}", milestone.title);
        }
        assert!(entries.iter().any(|entry| !entry.is_none()));
    }
}
