//! Days to propose for meetings.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// The day `days` later, or the Monday after it: nobody meets at the weekend.
pub(super) fn workday(day: Date, days: i32) -> Date {
    let day = day.saturating_add(days.days());
    match day.weekday() {
        Weekday::Saturday => day.saturating_add(2.days()),
        Weekday::Sunday => day.saturating_add(1.days()),
        _ => day,
    }
}

/// The day of the mid-point review.
pub(super) fn middle(start: Date, end: Date) -> Date {
    workday(start, (end - start).get_days() / 2)
}

/// The day of the final review.
pub(super) fn last(end: Date) -> Date {
    workday(end, -7)
}

/// The day of the follow-up.
pub(super) fn follow_up(end: Date) -> Date {
    workday(end, 60)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::workday;

    #[test]
    fn nobody_meets_at_the_weekend() {
        assert_eq!(workday(date(2026, 2, 6), 1), date(2026, 2, 9));
        assert_eq!(workday(date(2026, 2, 6), 2), date(2026, 2, 9));
        assert_eq!(workday(date(2026, 2, 6), 3), date(2026, 2, 9));
    }
}
