//! The day as of which something is made, which remembers when it would be made otherwise.
//!
//! The rule it guards: whatever is made from a [`Today`] comes out the same on every day before the one that its [`Turn`] names. Each
//! comparison with a day tells the turn when its answer changes; whoever takes the day itself, to print it or to reckon with it, makes
//! something that is another from one day to the next.

use std::cmp::Ordering;
use std::fmt;
use std::sync::atomic;
use std::sync::atomic::AtomicI32;

use jiff::ToSpan;
use jiff::civil::Date;

/// The nearest day to come on which anything would come out otherwise. Comparisons of all threads are told to it.
#[derive(Debug)]
pub struct Turn(AtomicI32);

/// A day, and where it is kept when an answer about it changes.
#[derive(Clone, Copy)]
pub struct Today<'a> {
    date: Date,
    turn: Option<&'a Turn>,
}

/// What stands for no day: it is after all of them.
const NEVER: i32 = i32::MAX;

impl Turn {
    /// The day, or nothing where everything comes out the same for good.
    pub fn day(&self) -> Option<Date> {
        let number = self.0.load(atomic::Ordering::Relaxed);
        let part = |divisor: i32, modulus: i32| i8::try_from(number / divisor % modulus).ok();
        let year = i16::try_from(number / 10_000).ok()?;
        Date::new(year, part(100, 100)?, part(1, 100)?).ok()
    }

    fn remember(&self, day: Date) {
        let (month, day_of_month) = (i32::from(day.month()), i32::from(day.day()));
        let number = i32::from(day.year()) * 10_000 + month * 100 + day_of_month;
        self.0.fetch_min(number, atomic::Ordering::Relaxed);
    }
}

impl Default for Turn {
    fn default() -> Self {
        Self(AtomicI32::new(NEVER))
    }
}

impl<'a> Today<'a> {
    /// A day whose comparisons are told to `turn`.
    pub fn remembering(date: Date, turn: &'a Turn) -> Self {
        Self {
            date,
            turn: Some(turn),
        }
    }

    /// The day itself: what is made from it is another tomorrow.
    pub fn date(self) -> Date {
        self.turns_after(self.date);
        self.date
    }

    /// Whether it is more than so many days since another day.
    pub fn is_more_than(self, days: i32, since: Date) -> bool {
        since.saturating_add(days.days()) < self
    }

    /// The answer of a comparison changes on a day, if that is still to come.
    fn turns_on(self, day: Date) {
        if let Some(turn) = self.turn.filter(|_| day > self.date) {
            turn.remember(day);
        }
    }

    /// The answer of a comparison changes on the day after another, if that is still to come.
    fn turns_after(self, day: Date) {
        if let Ok(next) = day.tomorrow() {
            self.turns_on(next);
        }
    }
}

/// A day that remembers nothing.
impl From<Date> for Today<'_> {
    fn from(date: Date) -> Self {
        Self { date, turn: None }
    }
}

impl fmt::Display for Today<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(formatter)
    }
}

impl fmt::Debug for Today<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.date(), formatter)
    }
}

impl PartialEq<Today<'_>> for Date {
    fn eq(&self, today: &Today<'_>) -> bool {
        self.partial_cmp(today) == Some(Ordering::Equal)
    }
}

impl PartialOrd<Today<'_>> for Date {
    fn partial_cmp(&self, today: &Today<'_>) -> Option<Ordering> {
        today.turns_on(*self);
        today.turns_after(*self);
        Some(self.cmp(&today.date))
    }

    fn lt(&self, today: &Today<'_>) -> bool {
        today.turns_after(*self);
        *self < today.date
    }

    fn le(&self, today: &Today<'_>) -> bool {
        today.turns_on(*self);
        *self <= today.date
    }

    fn gt(&self, today: &Today<'_>) -> bool {
        !self.le(today)
    }

    fn ge(&self, today: &Today<'_>) -> bool {
        !self.lt(today)
    }
}

impl PartialEq<Date> for Today<'_> {
    fn eq(&self, day: &Date) -> bool {
        day == self
    }
}

impl PartialOrd<Date> for Today<'_> {
    fn partial_cmp(&self, day: &Date) -> Option<Ordering> {
        day.partial_cmp(self).map(Ordering::reverse)
    }

    fn lt(&self, day: &Date) -> bool {
        day > self
    }

    fn le(&self, day: &Date) -> bool {
        day >= self
    }

    fn gt(&self, day: &Date) -> bool {
        day < self
    }

    fn ge(&self, day: &Date) -> bool {
        day <= self
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::{Date, date};

    use super::{Today, Turn};

    /// Everything that may be asked of a day.
    const QUESTIONS: [fn(Date, Today<'_>) -> String; 13] = [
        |day, today| (day < today).to_string(),
        |day, today| (day <= today).to_string(),
        |day, today| (day > today).to_string(),
        |day, today| (day >= today).to_string(),
        |day, today| (day == today).to_string(),
        |day, today| (today < day).to_string(),
        |day, today| (today <= day).to_string(),
        |day, today| (today > day).to_string(),
        |day, today| (today >= day).to_string(),
        |day, today| (today == day).to_string(),
        |day, today| format!("{:?}", today.partial_cmp(&day)),
        |day, today| today.is_more_than(9, day).to_string(),
        |_, today| today.to_string(),
    ];

    #[test]
    fn the_turn_is_the_first_day_with_another_answer() {
        let first = date(2027, 2, 10);
        for question in QUESTIONS {
            for distance in -30..30_i32 {
                let day = first + distance.days();
                let turn = Turn::default();
                let answer = question(day, Today::remembering(first, &turn));
                let is_other = |later: &Date| question(day, Today::from(*later)) != answer;
                let other = first.series(1.day()).take(100).find(is_other);
                assert_eq!(turn.day(), other, "{day}");
            }
        }
    }

    #[test]
    fn the_nearest_of_several_turns_is_kept() {
        let turn = Turn::default();
        assert_eq!(turn.day(), None);
        let today = Today::remembering(date(2026, 12, 30), &turn);
        for (day, nearest) in [
            (date(2028, 1, 1), Some(date(2028, 1, 1))),
            (date(2027, 1, 1), Some(date(2027, 1, 1))),
            (date(2027, 6, 1), Some(date(2027, 1, 1))),
            (date(2020, 1, 1), Some(date(2027, 1, 1))),
        ] {
            let _ = day <= today;
            assert_eq!(turn.day(), nearest);
        }
        assert_eq!(today.to_string(), "2026-12-30");
        assert_eq!(turn.day(), Some(date(2026, 12, 31)));
    }

    #[test]
    fn the_ends_of_the_calendar_turn_nothing_over() {
        let turn = Turn::default();
        let today = Today::remembering(Date::MAX, &turn);
        assert!(Date::MAX <= today && Date::MIN < today && Date::MAX == today.date());
        assert_eq!(turn.day(), None);
        let today = Today::remembering(date(2026, 1, 1), &turn);
        assert!(Date::MAX > today);
        assert_eq!(turn.day(), Some(Date::MAX));
    }
}
