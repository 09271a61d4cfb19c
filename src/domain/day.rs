//! Calendar days without a zone.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// A calendar day, counted from 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(i32);

impl Day {
    pub const SECONDS: i64 = 86_400;

    pub const fn from_days_since_epoch(days: i32) -> Self {
        Self(days)
    }

    pub const fn days_since_epoch(self) -> i32 {
        self.0
    }

    /// `None` when there is no such day.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self::from_date)
    }

    pub fn from_date(date: NaiveDate) -> Self {
        Self(date.to_epoch_days())
    }

    /// Days outside chrono's range (± 262 000 years) become 1970-01-01.
    pub fn date(self) -> NaiveDate {
        NaiveDate::from_epoch_days(self.0).unwrap_or_default()
    }

    /// The day that `seconds` since the epoch fall on, in the zone that they are counted in.
    pub fn from_seconds(seconds: i64) -> Self {
        Self(i32::try_from(seconds.div_euclid(Self::SECONDS)).unwrap_or(0))
    }

    /// Reads `2026-09-30`, with all its zeros and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let is_dash = |at: usize| at == 4 || at == 7;
        let fits = |(at, byte): (usize, u8)| {
            byte == b'-' && is_dash(at) || byte.is_ascii_digit() && !is_dash(at)
        };
        if text.len() != 10 || !text.bytes().enumerate().all(fits) {
            return None;
        }
        let mut parts = text.split('-');
        let year = parts.next()?.parse().ok()?;
        let mut number = || parts.next()?.parse().ok();
        Self::from_ymd(year, number()?, number()?)
    }

    pub fn year(self) -> i32 {
        self.date().year()
    }

    /// 0 is Monday.
    pub const fn weekday(self) -> i32 {
        // The epoch began on a Thursday.
        (self.0 + 3).rem_euclid(7)
    }

    #[must_use]
    pub const fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// The same day of the month a year before; Feb 29 becomes Feb 28.
    #[must_use]
    pub fn year_before(self) -> Self {
        let date = self.date();
        let before = date.with_year(date.year() - 1);
        let before = before.or_else(|| {
            date.checked_sub_days(Days::new(1)).and_then(|day| day.with_year(date.year() - 1))
        });
        before.map_or(self, Self::from_date)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date();
        write!(f, "{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
    }
}

impl TryFrom<String> for Day {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("not a day: {text:?}"))
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn reads_and_writes_iso_days() {
        let day = Day::parse("2026-02-28").unwrap();
        assert_eq!(day.to_string(), "2026-02-28");
        assert_eq!(day.plus(1).to_string(), "2026-03-01");
        for text in ["2026-02-29", "-2026-02-2", "2026-2-29", "2026-02-29 "] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn weekdays_are_counted_from_monday() {
        let weekday = |text| Day::parse(text).unwrap().weekday();
        assert_eq!([weekday("2026-11-30"), weekday("2026-12-06")], [0, 6]);
        assert_eq!(weekday("1969-12-31"), 2);
    }

    #[test]
    fn a_year_before_a_leap_day_is_the_28th() {
        assert_eq!(Day::parse("2024-02-29").unwrap().year_before().to_string(), "2023-02-28");
        assert_eq!(Day::parse("2025-03-01").unwrap().year_before().to_string(), "2024-03-01");
    }

    #[test]
    fn seconds_before_the_epoch_fall_on_the_day_before() {
        assert_eq!(Day::from_seconds(-1).to_string(), "1969-12-31");
        assert_eq!(Day::from_seconds(0).to_string(), "1970-01-01");
    }
}
