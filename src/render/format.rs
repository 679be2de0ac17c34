//! Dates, times, figures and plural forms as one locale writes them.

use icu_calendar::{Date, Gregorian};
use icu_datetime::fieldsets::{MD, T, Y, YMD, YMDE};
use icu_datetime::input::Time;
use icu_datetime::{FixedCalendarDateTimeFormatter, NoCalendarFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::{Decimal, SignDisplay};
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules};

/// The names of the plural categories in a file.
pub(super) const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// A day, formatted with a set of fields.
type DateFormatter<Fields> = FixedCalendarDateTimeFormatter<Gregorian, Fields>;

/// The formats of one locale.
#[derive(Debug)]
pub(super) struct Formats {
    long: DateFormatter<YMD>,
    weekday: DateFormatter<YMDE>,
    short: DateFormatter<MD>,
    year: DateFormatter<Y>,
    clock: NoCalendarFormatter<T>,
    decimal: DecimalFormatter,
    plurals: PluralRules,
}

/// Whether a figure carries its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// `+1.4`, `−0.5`, `0.0`.
    Always,
    /// `1.4`, `−0.5`.
    Negative,
    /// `1.4`, `0.5`: the words around it say which way.
    Never,
}

impl Sign {
    /// How figures of a scale are written: those of a change scale carry their sign.
    pub(super) fn of(is_signed: bool) -> Self {
        if is_signed {
            Self::Always
        } else {
            Self::Negative
        }
    }
}

impl Formats {
    /// The formats of a locale, or nothing if the tag is malformed.
    pub(super) fn of(tag: &str) -> Option<Self> {
        let locale: Locale = tag.parse().ok()?;
        Some(Self {
            long: DateFormatter::try_new((&locale).into(), YMD::long()).ok()?,
            weekday: DateFormatter::try_new((&locale).into(), YMDE::long()).ok()?,
            short: DateFormatter::try_new((&locale).into(), MD::medium()).ok()?,
            year: DateFormatter::try_new((&locale).into(), Y::medium()).ok()?,
            clock: NoCalendarFormatter::try_new((&locale).into(), T::hm()).ok()?,
            decimal: DecimalFormatter::try_new((&locale).into(), <_>::default()).ok()?,
            plurals: PluralRules::try_new_cardinal((&locale).into()).ok()?,
        })
    }

    /// `2 March 2026`.
    pub(super) fn long(&self, date: jiff::civil::Date) -> String {
        self.long.format(&gregorian(date)).to_string()
    }

    /// `Monday, 2 March 2026`.
    pub(super) fn weekday(&self, date: jiff::civil::Date) -> String {
        self.weekday.format(&gregorian(date)).to_string()
    }

    /// `2 Mar`.
    pub(super) fn short(&self, date: jiff::civil::Date) -> String {
        self.short.format(&gregorian(date)).to_string()
    }

    /// `2026`.
    pub(super) fn year(&self, date: jiff::civil::Date) -> String {
        self.year.format(&gregorian(date)).to_string()
    }

    /// `10:45`.
    pub(super) fn clock(&self, time: jiff::civil::Time) -> String {
        let part = |number: i8| u8::try_from(number).unwrap_or_default();
        match Time::try_new(part(time.hour()), part(time.minute()), 0, 0) {
            Ok(time) => self.clock.format(&time).to_string(),
            Err(_) => String::new(),
        }
    }

    /// A figure with so many decimals.
    pub(super) fn figure(&self, value: f64, decimals: u8, sign: Sign) -> String {
        let digits = format!("{value:.*}", usize::from(decimals));
        let Ok(decimal) = digits.parse::<Decimal>() else {
            return digits;
        };
        let display = match sign {
            Sign::Always => SignDisplay::ExceptZero,
            Sign::Negative => SignDisplay::Negative,
            Sign::Never => SignDisplay::Never,
        };
        let text = self
            .decimal
            .format(&decimal.with_sign_display(display))
            .to_string();
        // A hyphen is too short to be seen as a sign, and is not always read as one.
        text.replace('-', "\u{2212}")
    }

    /// A whole number.
    pub(super) fn count(&self, count: i64) -> String {
        self.decimal.format(&Decimal::from(count)).to_string()
    }

    /// The plural category of a count, as in a file of strings.
    pub(super) fn category(&self, count: i64) -> &'static str {
        category_name(self.plurals.category_for(count.unsigned_abs()))
    }

    /// The categories that counts of things in a portal can have. Some languages have more, for millions and for fractions.
    pub(super) fn categories_of_counts(&self) -> Vec<&'static str> {
        let mut categories: Vec<_> = (0..=200).map(|count| self.category(count)).collect();
        categories.push("other");
        categories.sort_unstable();
        categories.dedup();
        categories
    }
}

/// The name of a category, as in a file.
fn category_name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => CATEGORIES[0],
        PluralCategory::One => CATEGORIES[1],
        PluralCategory::Two => CATEGORIES[2],
        PluralCategory::Few => CATEGORIES[3],
        PluralCategory::Many => CATEGORIES[4],
        PluralCategory::Other => CATEGORIES[5],
    }
}

fn gregorian(date: jiff::civil::Date) -> Date<Gregorian> {
    let part = |number: i8| u8::try_from(number).unwrap_or_default();
    Date::try_new_gregorian(date.year().into(), part(date.month()), part(date.day()))
        .expect("a civil date is a Gregorian date")
}
