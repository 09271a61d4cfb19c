//! Sales events, whose days move from year to year, and by which two years are laid beside each other.

use std::{cmp::Reverse, sync::LazyLock};

use serde::Deserialize;

use super::source::{self, built_in};
use crate::domain::{Day, Names, Period};

/// Days between a period and an event that is still near it: sales rise before an event and fall after it.
const NEAR: i32 = 14;

/// Days of every year on which more, or less, is bought than usual. `events.toml` says what each field is for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SalesEvent {
    pub id: String,
    pub names: Names,
    #[serde(default)]
    dates: Vec<Period>,
    #[serde(default)]
    rule: Option<Rule>,
}

/// How the days follow from the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    month: u32,
    day: u32,
    #[serde(default)]
    weekday: Option<i32>,
    #[serde(default)]
    n_days: Option<i32>,
}

impl SalesEvent {
    /// Its days in a year; `None` while they are not known.
    pub fn in_year(&self, year: i32) -> Option<Period> {
        match self.rule {
            Some(rule) => rule.in_year(year),
            None => self.dates.iter().copied().find(|days| days.from.year() == year),
        }
    }
}

impl Rule {
    fn in_year(self, year: i32) -> Option<Period> {
        let earliest = Day::from_ymd(year, self.month, self.day)?;
        let ahead = self.weekday.map_or(0, |it| (it - earliest.weekday()).rem_euclid(7));
        let from = earliest.plus(ahead);
        Some(Period { from, to: from.plus(self.n_days.unwrap_or(1) - 1) })
    }
}

/// An event around which the days of two years lie alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alignment {
    pub event: &'static SalesEvent,
    /// Its days in or near the period.
    pub days: Period,
    /// Its days a year before.
    pub days_before: Period,
}

impl Alignment {
    /// From a day to the one that lies alike a year before.
    pub fn shift(&self) -> i32 {
        self.days_before.from.days_since_epoch() - self.days.from.days_since_epoch()
    }
}

/// What aligns a period with the year before: the foremost event in it, else the nearest one near it. `None`
/// without any of which the days of both years are known.
pub fn alignment(period: Period) -> Option<Alignment> {
    let years = period.from.plus(-NEAR).year()..=period.to.plus(NEAR).year();
    let known = events().iter().zip(0..).flat_map(|(event, place)| {
        years.clone().filter_map(move |year| {
            let (days, days_before) = (event.in_year(year)?, event.in_year(year - 1)?);
            Some((place, Alignment { event, days, days_before }))
        })
    });
    let near = known.filter_map(|(place, it)| {
        let gap = gap(period, it.days);
        // Of several years in a long period the newest.
        (gap <= NEAR).then_some(((gap, place, Reverse(it.days.from)), it))
    });
    near.min_by_key(|(order, _)| *order).map(|(_, alignment)| alignment)
}

/// Days between a day and the same weekday a year before.
const YEAR_DAYS: i32 = 364;

/// The day a year before beside which a day stands: on the same weekday; of an event that has moved, on the
/// event's own day. A day that would stand on one of those then takes the place that the event has left, so
/// that over a year each day stands beside one other.
pub fn a_year_before(day: Day) -> Day {
    let base = day.plus(-YEAR_DAYS);
    let moved = |event: &SalesEvent, year: i32| {
        let (days, before) = (event.in_year(year)?, event.in_year(year - 1)?);
        let n_days = days.n_days().min(before.n_days());
        Some((days.from, before.from, n_days))
    };
    let nth = |from: Day, n_days: i32, day: Day| {
        let nth = day.days_since_epoch() - from.days_since_epoch();
        (0..n_days).contains(&nth).then_some(nth)
    };
    let of_event = events().iter().find_map(|event| {
        let (from, before, n_days) = moved(event, day.year())?;
        nth(from, n_days, day).map(|nth| before.plus(nth))
    });
    let left = || {
        events().iter().find_map(|event| {
            let (from, before, n_days) = moved(event, base.year() + 1)?;
            nth(before, n_days, base).map(|nth| from.plus(nth - YEAR_DAYS))
        })
    };
    of_event.or_else(left).unwrap_or(base)
}

/// Days from the one period to the other; 0 when they overlap.
fn gap(one: Period, other: Period) -> i32 {
    let between = |before: Day, after: Day| after.days_since_epoch() - before.days_since_epoch();
    between(one.to, other.from).max(between(other.to, one.from)).max(0)
}

static EVENTS: LazyLock<Vec<SalesEvent>> = LazyLock::new(|| {
    let file: EventFile =
        source::read(built_in!("events")).expect("the built-in events are valid, as a test checks");
    file.event
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventFile {
    event: Vec<SalesEvent>,
}

/// Every event, the foremost first.
pub fn events() -> &'static [SalesEvent] {
    &EVENTS
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn period(from: &str, to: &str) -> Period {
        Period { from: Day::parse(from).unwrap(), to: Day::parse(to).unwrap() }
    }

    fn event(id: &str) -> &'static SalesEvent {
        events().iter().find(|event| event.id == id).unwrap()
    }

    /// Event, its days in both years and the shift.
    #[track_caller]
    fn check(from: &str, to: &str, expected: &str) {
        let text = alignment(period(from, to)).map_or_else(String::new, |it| {
            format!("{} {} {} {}", it.event.id, it.days, it.days_before, it.shift())
        });
        assert_eq!(text, expected);
    }

    #[test]
    fn events_are_named_and_have_either_dates_or_a_rule() {
        let mut ids = BTreeSet::new();
        for event in events() {
            assert!(ids.insert(&event.id), "{} stands twice", event.id);
            assert!(!event.names.en.is_empty() && !event.names.zh.is_empty(), "{}", event.id);
            assert_eq!(event.dates.is_empty(), event.rule.is_some(), "{}", event.id);
            assert!(event.dates.iter().all(|days| days.from <= days.to), "{}", event.id);
            assert!(event.dates.is_sorted(), "{}", event.id);
            let years: BTreeSet<i32> = event.dates.iter().map(|days| days.from.year()).collect();
            assert_eq!(years.len(), event.dates.len(), "{}", event.id);
        }
    }

    #[test]
    fn weekdays_make_the_days_of_a_year() {
        let first = |id: &str, year| event(id).in_year(year).unwrap().to_string();
        assert_eq!(first("thanksgiving", 2025), "2025-11-27..2025-11-27");
        // November 2024 begins with a Friday: its fourth Thursday is the 28th.
        assert_eq!(first("thanksgiving", 2024), "2024-11-28..2024-11-28");
        assert_eq!(first("black_friday", 2024), "2024-11-29..2024-12-02");
        assert_eq!(first("black_friday", 2026), "2026-11-27..2026-11-30");
        assert_eq!(first("mothers_day", 2025), "2025-05-11..2025-05-11");
        assert_eq!(first("mothers_day", 2022), "2022-05-08..2022-05-08");
        assert_eq!(first("fathers_day", 2026), "2026-06-21..2026-06-21");
        assert_eq!(first("memorial_day", 2026), "2026-05-25..2026-05-25");
        assert_eq!(first("memorial_day", 2024), "2024-05-27..2024-05-27");
        assert_eq!(first("labor_day", 2025), "2025-09-01..2025-09-01");
        assert_eq!(first("christmas", 2024), "2024-12-25..2024-12-25");
    }

    #[test]
    fn easter_is_the_sunday_after_the_moon_of_spring() {
        for year in 2020..=2030 {
            // Gauss's rule with the numbers of 1900 to 2099.
            let moon = (19 * (year % 19) + 24) % 30;
            let sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7;
            let day = Day::from_ymd(year, 3, 22).unwrap().plus(moon + sunday);
            assert_eq!(event("easter").in_year(year), Some(Period { from: day, to: day }));
            assert_eq!(day.weekday(), 6);
        }
    }

    #[test]
    fn the_lunar_year_begins_between_january_21_and_february_20() {
        let days = &event("chinese_new_year").dates;
        for pair in days.windows(2) {
            // 12 or 13 moons.
            let n_days = pair[1].from.days_since_epoch() - pair[0].from.days_since_epoch();
            assert!((353..=385).contains(&n_days), "{}", pair[1]);
        }
        for day in days.iter().map(|days| days.from) {
            let after = |month, date| Day::from_ymd(day.year(), month, date).unwrap();
            assert!((after(1, 21)..=after(2, 20)).contains(&day), "{day}");
        }
    }

    #[test]
    fn a_day_stands_beside_its_event_or_its_weekday() {
        let before = |text: &str| a_year_before(Day::parse(text).unwrap()).to_string();
        assert_eq!(before("2026-03-17"), "2025-03-18");
        // Easter was on 20 April 2025 and is on 5 April 2026: 364 days before that was 6 April.
        assert_eq!(before("2026-04-05"), "2025-04-20");
        assert_eq!(before("2026-04-19"), "2025-04-06");
        assert_eq!(before("2026-04-06"), "2025-04-07");
        // Prime Day had 2 days in 2024 and 4 in 2025.
        assert_eq!(before("2025-07-09"), "2024-07-17");
        assert_eq!(before("2025-07-10"), "2024-07-11");
    }

    #[test]
    fn over_a_year_each_day_stands_beside_one_other() {
        let first = Day::parse("2025-01-15").unwrap();
        let days: BTreeSet<Day> = (0..364).map(|nth| a_year_before(first.plus(nth))).collect();
        assert!(days.len() > 355, "{}", days.len());
    }

    #[test]
    fn a_period_is_aligned_by_the_foremost_event_in_it() {
        check(
            "2025-07-01",
            "2025-07-31",
            "prime_day 2025-07-08..2025-07-11 2024-07-16..2024-07-17 -357",
        );
        check(
            "2026-06-01",
            "2026-06-30",
            "prime_day 2026-06-23..2026-06-26 2025-07-08..2025-07-11 -350",
        );
        check(
            "2025-11-01",
            "2025-12-31",
            "black_friday 2025-11-28..2025-12-01 2024-11-29..2024-12-02 -364",
        );
        check(
            "2025-10-01",
            "2025-10-31",
            "prime_big_deal_days 2025-10-07..2025-10-08 2024-10-08..2024-10-09 -364",
        );
        // Moves by 19 days; Valentine's Day does not.
        check(
            "2026-02-01",
            "2026-02-28",
            "chinese_new_year 2026-02-17..2026-02-17 2025-01-29..2025-01-29 -384",
        );
        check(
            "2026-04-01",
            "2026-04-30",
            "easter 2026-04-05..2026-04-05 2025-04-20..2025-04-20 -350",
        );
        check(
            "2026-05-01",
            "2026-05-31",
            "mothers_day 2026-05-10..2026-05-10 2025-05-11..2025-05-11 -364",
        );
    }

    #[test]
    fn else_by_the_nearest_one_within_two_weeks() {
        // 4 days before Prime Day, and 20 after Father's Day.
        check(
            "2025-07-04",
            "2025-07-04",
            "prime_day 2025-07-08..2025-07-11 2024-07-16..2024-07-17 -357",
        );
        // Over the turn of the year.
        check(
            "2026-01-02",
            "2026-01-08",
            "christmas 2025-12-25..2025-12-25 2024-12-25..2024-12-25 -365",
        );
        // The last day near Labor Day, and the one after it.
        check(
            "2025-09-15",
            "2025-09-15",
            "labor_day 2025-09-01..2025-09-01 2024-09-02..2024-09-02 -364",
        );
        check("2025-09-16", "2025-09-16", "");
    }

    #[test]
    fn a_year_that_is_not_known_aligns_nothing() {
        // No fall sale of 2021, and none of 2026 that is sure.
        check("2022-10-01", "2022-10-31", "");
        check("2026-10-01", "2026-10-31", "");
        check("2025-08-01", "2025-08-15", "");
    }

    #[test]
    fn of_several_years_the_newest_counts() {
        check(
            "2024-01-01",
            "2025-12-31",
            "prime_day 2025-07-08..2025-07-11 2024-07-16..2024-07-17 -357",
        );
    }
}
