//! A time without rounds, which a page says so that nobody takes old figures for new ones.
//!
//! It is made of the days of the rounds that stand in the table of figures, and of what the reader knows of pause and end.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::portal::perspective::Perspective;
use crate::portal::view::figures::QuietView;
use crate::progress::figures::RoundFigures;

/// The time without rounds since the last of these, if it has become long and the reader may expect one.
pub(super) fn view(
    perspective: &Perspective<'_>,
    rounds: &[RoundFigures],
) -> Option<Arc<QuietView>> {
    if is_at_rest(perspective) {
        return None;
    }
    let days: Vec<Date> = rounds.iter().map(|round| round.date).collect();
    let last = *days.last()?;
    let from = said_from(&days)?;
    (from <= perspective.today).then(|| Arc::new(QuietView { last, from }))
}

/// Whether the reader knows that no round is to be expected: before a pause is over, and after the end.
fn is_at_rest(perspective: &Perspective<'_>) -> bool {
    let today = perspective.today;
    let facts = perspective.engagement.facts.reveal_to(perspective.reader);
    facts.is_some_and(|facts| {
        let pause = facts.pause.as_ref();
        let is_paused = pause.is_some_and(|pause| pause.from <= today && today < pause.until);
        is_paused || facts.end.is_some_and(|end| end < today)
    })
}

/// The day from which it is said that there was no round: after two of the usual times between the rounds of these days. One round alone
/// has no usual time.
fn said_from(days: &[Date]) -> Option<Date> {
    let mut times: Vec<i32> = days
        .windows(2)
        .map(|pair| (pair[1] - pair[0]).get_days())
        .collect();
    times.sort_unstable();
    let usual = i64::from(*times.get(times.len() / 2)?);
    Some(days.last()?.saturating_add((2 * usual + 1).days()))
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::{Date, date};

    use super::said_from;

    #[test]
    fn it_is_said_after_two_of_the_usual_times_and_not_a_day_earlier() {
        let first = date(2026, 1, 5);
        for time in 1..200_i64 {
            for count in 2..6_i64 {
                let days: Vec<Date> = (0..count)
                    .map(|index| first + (index * time).days())
                    .collect();
                let last = days[days.len() - 1];
                assert_eq!(said_from(&days), Some(last + (2 * time + 1).days()));
            }
        }
    }

    #[test]
    fn one_long_time_among_short_ones_is_not_the_usual_one() {
        let days = [
            date(2026, 1, 1),
            date(2026, 2, 1),
            date(2026, 3, 1),
            date(2026, 7, 1),
        ];
        assert_eq!(said_from(&days), Some(date(2026, 9, 2)));
        assert_eq!(said_from(&days[..1]), None);
        assert_eq!(said_from(&[]), None);
    }
}
