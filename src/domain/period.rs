//! Time spans and how they are cut.

use std::fmt;

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::Day;

/// A span of whole days; both ends belong to it. `from` is never after `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    pub from: Day,
    pub to: Day,
}

impl Period {
    /// The span between two days, in whichever order they come.
    pub fn between(one: Day, other: Day) -> Self {
        Self { from: one.min(other), to: one.max(other) }
    }

    pub fn n_days(&self) -> i32 {
        self.to.days_since_epoch() - self.from.days_since_epoch() + 1
    }

    pub fn contains(&self, day: Day) -> bool {
        (self.from..=self.to).contains(&day)
    }

    pub fn overlaps(&self, other: &Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// The days that are of both.
    pub fn within(&self, other: &Self) -> Option<Self> {
        let both = Self { from: self.from.max(other.from), to: self.to.min(other.to) };
        self.overlaps(other).then_some(both)
    }

    #[must_use]
    pub fn including(&self, other: &Self) -> Self {
        Self { from: self.from.min(other.from), to: self.to.max(other.to) }
    }

    /// As many days, directly before.
    #[must_use]
    pub fn previous(&self) -> Self {
        Self { from: self.from.plus(-self.n_days()), to: self.from.plus(-1) }
    }

    /// The same calendar days a year before.
    #[must_use]
    pub fn year_before(&self) -> Self {
        Self { from: self.from.year_before(), to: self.to.year_before() }
    }

    /// The buckets of `granularity` that touch the period, clipped to it, oldest first.
    pub fn buckets(&self, granularity: Granularity, week: WeekStart) -> Vec<Self> {
        let mut buckets = Vec::new();
        let mut from = self.from;
        while from <= self.to {
            let to = granularity.bucket(from, week).to.min(self.to);
            buckets.push(Self { from, to });
            from = to.plus(1);
        }
        buckets
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.from, self.to)
    }
}

/// How fine a series is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Granularity {
    Day,
    Week,
    Month,
}

/// The first day of a week, a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WeekStart {
    #[default]
    Monday,
    Sunday,
}

impl Granularity {
    /// The whole bucket that `day` falls in.
    pub fn bucket(self, day: Day, week: WeekStart) -> Period {
        let date = day.date();
        match self {
            Self::Day => Period { from: day, to: day },
            Self::Week => {
                let weekday = match week {
                    WeekStart::Monday => date.weekday().num_days_from_monday(),
                    WeekStart::Sunday => date.weekday().num_days_from_sunday(),
                };
                let from = day.plus(-i32::try_from(weekday).unwrap_or(0));
                Period { from, to: from.plus(6) }
            }
            Self::Month => {
                let first = day.plus(1 - i32::try_from(date.day()).unwrap_or(1));
                let n_days = i32::from(date.num_days_in_month());
                Period { from: first, to: first.plus(n_days - 1) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Period {
        Period { from: Day::parse(from).unwrap(), to: Day::parse(to).unwrap() }
    }

    #[test]
    fn the_previous_period_is_as_long_and_directly_before() {
        assert_eq!(
            period("2026-03-01", "2026-03-31").previous(),
            period("2026-01-29", "2026-02-28")
        );
    }

    #[test]
    fn buckets_are_clipped_to_the_period() {
        let whole = period("2026-01-30", "2026-03-02");
        let months = whole.buckets(Granularity::Month, WeekStart::Monday);
        assert_eq!(
            months,
            [
                period("2026-01-30", "2026-01-31"),
                period("2026-02-01", "2026-02-28"),
                period("2026-03-01", "2026-03-02")
            ]
        );
        let days: i32 =
            whole.buckets(Granularity::Week, WeekStart::Sunday).iter().map(Period::n_days).sum();
        assert_eq!(days, whole.n_days());
    }

    #[test]
    fn a_week_starts_as_the_contract_says() {
        let wednesday = Day::parse("2026-11-25").unwrap();
        let monday = Granularity::Week.bucket(wednesday, WeekStart::Monday);
        let sunday = Granularity::Week.bucket(wednesday, WeekStart::Sunday);
        assert_eq!(monday, period("2026-11-23", "2026-11-29"));
        assert_eq!(sunday, period("2026-11-22", "2026-11-28"));
    }
}
