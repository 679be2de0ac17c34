//! Which answers of a form are of this round, where the form was used for several: those that were sent on a day or later.
//!
//! The rule it guards: where a day and its month could be exchanged, neither order is guessed.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::Diagnostic;
use crate::scaffold::form::cell::{month, plain_digit};
use crate::scaffold::form::export::Export;
use crate::scaffold::form::headers::when_sent;
use crate::scaffold::form::wishes::{DateOrder, Wishes};

/// What was left out because it was sent before.
pub(super) struct Since {
    /// The first day that counts.
    day: Date,
    /// The column that says when an answer was sent.
    column: usize,
    left_out: usize,
}

/// A day as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Day {
    Certain(Date),
    /// By the order of day and month. One of the two may be no day at all.
    ByOrder {
        day_first: Option<Date>,
        month_first: Option<Date>,
    },
}

impl Since {
    /// Leaves the answers out that were sent before the day that the coach named.
    pub(super) fn apply(
        export: &mut Export<'_>,
        wishes: &Wishes,
    ) -> Result<Option<Self>, Vec<Diagnostic>> {
        let Some(day) = wishes.since else {
            return Ok(None);
        };
        let Some(column) = when_sent(export) else {
            let problem = export.problem("no column says when an answer was sent");
            return Err(vec![problem.with_hint(
                "export the form with its time stamps, under the header that the survey tool gives them",
            )]);
        };
        let mut problems = Vec::new();
        let mut days = Vec::new();
        for row in 0..export.rows.len() {
            match read(export.cell(row, column)) {
                Some(day) => days.push(day),
                None => {
                    let message = "this says no day on which an answer was sent";
                    let problem = export.cell_problem(row, column, message);
                    problems
                        .push(problem.with_hint("write it as `2026-03-01`, or take the row out"));
                }
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let is_kept = kept(&days, day, wishes.dates).ok_or_else(|| {
            let problem = export.problem(&format!(
                "column {}: whether the day or the month comes first in these dates decides which answers count",
                Export::letter(column)
            ));
            vec![problem.with_hint("say which: `--dates day-first` or `--dates month-first`")]
        })?;
        let left_out = export.keep(&is_kept);
        Ok(Some(Self {
            day,
            column,
            left_out,
        }))
    }

    /// What was left out, for the coach.
    pub(super) fn shown(&self) -> String {
        let rows = crate::text::counted(self.left_out, "row", "rows");
        format!(
            "{rows} of before {} left out, by column {}",
            self.day,
            Export::letter(self.column)
        )
    }
}

/// Which of these days are `since` or later; nothing where that depends on an order that nobody knows.
fn kept(days: &[Day], since: Date, order: Option<DateOrder>) -> Option<Vec<bool>> {
    let by = |order: DateOrder| {
        let kept = days.iter().map(|day| day.by(order).map(|day| day >= since));
        kept.collect::<Option<Vec<bool>>>()
    };
    if let Some(order) = order {
        return by(order);
    }
    match (by(DateOrder::DayFirst), by(DateOrder::MonthFirst)) {
        (Some(one), Some(other)) => (one == other).then_some(one),
        // A file is written in one order: what some row shows holds for all.
        (one, other) => one.or(other),
    }
}

impl Day {
    fn by(self, order: DateOrder) -> Option<Date> {
        match (self, order) {
            (Self::Certain(day), _) => Some(day),
            (Self::ByOrder { day_first, .. }, DateOrder::DayFirst) => day_first,
            (Self::ByOrder { month_first, .. }, DateOrder::MonthFirst) => month_first,
        }
    }
}

/// A number, or a month by its name.
#[derive(Clone, Copy)]
struct Part {
    value: i16,
    /// How many digits it was written with; none for a name.
    digits: usize,
}

impl Part {
    fn is_name(self) -> bool {
        self.digits == 0
    }

    /// As a year: of two digits, one of this century.
    fn year(self) -> Option<i16> {
        match self.digits {
            4 => Some(self.value),
            2 => Some(2000 + self.value),
            _ => None,
        }
    }
}

/// The day with which a time stamp begins.
fn read(cell: &str) -> Option<Day> {
    let cell: String = cell.nfkc().map(plain_digit).collect();
    let parts = parts(&cell);
    let [one, two, three, ..] = *parts.as_slice() else {
        return None;
    };
    let date = |year: Option<i16>, month: Part, day: Part| {
        let month = i8::try_from(month.value).ok()?;
        let day = i8::try_from(day.value).ok().filter(|_| !day.is_name())?;
        Date::new(year?, month, day).ok()
    };
    let whole_year = three.year().filter(|_| three.digits == 4);
    if one.digits == 4 {
        return date(one.year(), two, three).map(Day::Certain);
    }
    if one.is_name() {
        return date(whole_year, one, two).map(Day::Certain);
    }
    if two.is_name() {
        return date(whole_year, two, one).map(Day::Certain);
    }
    // `26-03-01` could begin with its year.
    if three.digits == 2 && cell.contains('-') {
        return None;
    }
    let (day_first, month_first) = (date(three.year(), two, one), date(three.year(), one, two));
    // Wherever points stand between them, the day comes first.
    if is_pointed(&cell) {
        return day_first.map(Day::Certain);
    }
    let is_day = day_first.is_some() || month_first.is_some();
    is_day.then_some(Day::ByOrder {
        day_first,
        month_first,
    })
}

fn is_pointed(cell: &str) -> bool {
    let rest = cell.trim_start_matches(|letter: char| letter.is_ascii_digit());
    rest.starts_with('.')
}

/// The numbers and months of a text, in their order. Whatever else stands between them is not looked at, such as the name of a day.
fn parts(cell: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = cell;
    while let Some(letter) = rest.chars().next() {
        let is_digit = letter.is_ascii_digit();
        let is_like = |other: char| {
            other.is_ascii_digit() == is_digit
                && other.is_alphanumeric() == letter.is_alphanumeric()
        };
        let end = rest.find(|other| !is_like(other)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if is_digit {
            let value = word.parse().unwrap_or(-1);
            let digits = word.len();
            parts.push(Part { value, digits });
        } else if let Some(month) = month(word) {
            let (value, digits) = (i16::from(month), 0);
            parts.push(Part { value, digits });
        }
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::{Day, kept, read};
    use crate::scaffold::form::wishes::DateOrder;

    fn certain(year: i16, month: i8, day: i8) -> Option<Day> {
        Some(Day::Certain(date(year, month, day)))
    }

    #[test]
    fn days_are_read_as_survey_tools_write_them() {
        for cell in [
            "2026-03-01 09:14:02",
            "2026/03/01 9:14:02",
            "2026-03-01T09:14:02Z",
            "2026/03/01 9:14:02 AM MEZ",
            "01.03.2026 09:14:02",
            "1.3.2026",
            "Mar 1, 2026",
            "1 March 2026 09:14",
            "Sunday, March 1, 2026",
            "1. März 2026",
            "1 mars 2026",
            "2026年3月1日",
            "٢٠٢٦-٠٣-٠١",
        ] {
            assert_eq!(read(cell), certain(2026, 3, 1), "{cell}");
        }
        for cell in [
            "",
            "yesterday",
            "2026-13-01",
            "2026-02-30",
            "09:14",
            "3/1",
            "1/2/3",
            "99999-1-1",
            "26-03-01",
        ] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }

    #[test]
    fn an_order_is_known_or_decides_nothing_or_is_asked_for() {
        let days =
            |cells: &[&str]| -> Vec<Day> { cells.iter().map(|cell| read(cell).unwrap()).collect() };
        let since: Date = date(2026, 3, 1);
        // One of them has no thirteenth month.
        let known = days(&["2/3/2026 9:00", "28/2/2026", "1/4/26"]);
        assert_eq!(kept(&known, since, None), Some(vec![true, false, true]));
        let known = days(&["3/2/2026", "2/28/2026"]);
        assert_eq!(kept(&known, since, None), Some(vec![true, false]));
        // Before and after alike, whichever is the month.
        let alike = days(&["1/2/2026", "5/6/2026"]);
        assert_eq!(kept(&alike, since, None), Some(vec![false, true]));
        let open = days(&["2/3/2026", "5/6/2026"]);
        assert_eq!(kept(&open, since, None), None);
        let by = |order| kept(&open, since, Some(order));
        assert_eq!(by(DateOrder::DayFirst), Some(vec![true, true]));
        assert_eq!(by(DateOrder::MonthFirst), Some(vec![false, true]));
        // No order holds for both.
        assert_eq!(kept(&days(&["13/2/2026", "2/13/2026"]), since, None), None);
    }
}
