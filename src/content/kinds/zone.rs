//! Time zones: which one a name stands for, and the hours that a clock there passes over or shows twice.

use jiff::tz;
use jiff::tz::{AmbiguousOffset, TimeZone};

use crate::content::suggest;
use crate::content::toml::report::Report;
use crate::content::toml::value::{LocalTime, Spanned, Text};

/// Names of zones that keep winter time all the year, with a city of the region that does not.
const WITHOUT_SUMMER: [(&str, &str); 3] = [
    ("EST", "America/New_York"),
    ("MST", "America/Denver"),
    ("GMT", "Europe/London"),
];

/// The zone that a name stands for, or an error; with a warning where the name hardly means the clocks of a region.
pub(in crate::content) fn read(text: &Spanned<Text>, report: &mut Report<'_>) -> Option<TimeZone> {
    let name = &text.get_ref().0;
    let Ok(zone) = TimeZone::get(name) else {
        let zones: Vec<String> = tz::db().available().map(|zone| zone.to_string()).collect();
        let zones = || zones.iter().map(String::as_str);
        // Most people know the city, and not how zones are called.
        let city = |zone: &&str| {
            let city = zone.rsplit('/').next().unwrap_or(zone);
            city.eq_ignore_ascii_case(&name.replace(' ', "_"))
        };
        let meant = zones()
            .find(city)
            .or_else(|| suggest::closest(name, zones()));
        let hint = meant.map_or_else(
            || "write it as in `Europe/London`".to_owned(),
            |zone| format!("did you mean `{zone}`?"),
        );
        report.error_with(format!("unknown time zone `{name}`"), text.span(), &hint);
        return None;
    };
    // The database of zones compares names without their case.
    let canonical = zone.iana_name().unwrap_or(name);
    let winter = WITHOUT_SUMMER.iter().find(|(known, _)| *known == canonical);
    if let Some((_, city)) = winter {
        report.warning(
            format!("`{name}` has no summer time: in summer every hour is shown an hour off"),
            text.span(),
            Some(&format!(
                "write the city whose clocks are meant, as in `{city}`; `UTC` if none are"
            )),
        );
    } else if canonical.starts_with("Etc/GMT") && canonical != "Etc/GMT" {
        report.warning(
            format!("`{name}` has no summer time, and its sign is the other way round than people say it"),
            text.span(),
            Some("write the city whose clocks are meant, as in `Europe/London`"),
        );
    }
    Some(zone)
}

/// Warns of an hour that clocks pass over, or show twice.
pub(in crate::content) fn check_hour(
    start: &Spanned<LocalTime>,
    zone: &TimeZone,
    report: &mut Report<'_>,
) {
    let LocalTime(hour) = *start.get_ref();
    let place = zone.iana_name().unwrap_or("UTC");
    let (message, hint) = match zone.to_ambiguous_timestamp(hour).offset() {
        AmbiguousOffset::Unambiguous { .. } => return,
        AmbiguousOffset::Gap { .. } => (
            format!(
                "there is no {} on {}: clocks in {place} pass over it",
                hour.time(),
                hour.date()
            ),
            "they are put forward then; write the hour that is meant",
        ),
        AmbiguousOffset::Fold { .. } => (
            format!(
                "{} comes twice on {}: clocks in {place} are put back",
                hour.time(),
                hour.date()
            ),
            "readers are told the first of the two; write an hour that comes once if that is not meant",
        ),
    };
    report.warning(message, start.span(), Some(hint));
}
