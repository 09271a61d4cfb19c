//! Days and instants: a day is a count since 1970-01-01, an instant is UTC seconds.
//!
//! The demo company lives in Los Angeles time. Its four clock changes are listed here, so that
//! hundreds of thousands of conversions cost an addition each; a test holds them against the
//! zone data.

use super::arithmetic::at;
use chrono::{Datelike, NaiveDate};

/// Seconds of a day.
pub(super) const DAY_SECONDS: i64 = 86_400;

/// First day of the demo company's exports.
pub(super) const FIRST: i64 = day(2025, 5, 1);
/// Last day of the demo company's exports.
pub(super) const LAST: i64 = day(2026, 10, 31);
/// How many days the exports cover.
pub(super) const DAYS: i64 = LAST - FIRST + 1;

const HOUR_SECONDS: i64 = 3_600;
const DAYS_BEFORE_1970: i32 = 719_163;

/// UTC instants at which Los Angeles changes its clocks, and whether summer time follows.
const CLOCK_CHANGES: [(i64, bool); 4] = [
    (day(2025, 3, 9) * DAY_SECONDS + 10 * HOUR_SECONDS, true),
    (day(2025, 11, 2) * DAY_SECONDS + 9 * HOUR_SECONDS, false),
    (day(2026, 3, 8) * DAY_SECONDS + 10 * HOUR_SECONDS, true),
    (day(2026, 11, 1) * DAY_SECONDS + 9 * HOUR_SECONDS, false),
];

/// A calendar date; the build fails when there is no such day.
pub(super) const fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => panic!("no such day"),
    }
}

/// The day count of a calendar date.
pub(super) const fn day(year: i32, month: u32, day: u32) -> i64 {
    day_of(date(year, month, day))
}

/// The day count of a date.
pub(super) const fn day_of(value: NaiveDate) -> i64 {
    value.signed_duration_since(date(1970, 1, 1)).num_days()
}

/// A day in calendar terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Civil {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
}

/// The calendar date of a day count.
pub(super) fn civil(day: i64) -> Civil {
    let date = i32::try_from(day)
        .ok()
        .and_then(|day| NaiveDate::from_num_days_from_ce_opt(day + DAYS_BEFORE_1970))
        .expect("the demo company's days are within the calendar");
    Civil {
        year: i64::from(date.year()),
        month: i64::from(date.month()),
        day: i64::from(date.day()),
    }
}

/// 0 for Monday to 6 for Sunday.
pub(super) fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

/// Months since May 2025: 0 for the first month of the exports.
pub(super) fn month_number(day: i64) -> i64 {
    let Civil { year, month, .. } = civil(day);
    (year - 2025) * 12 + month - 5
}

/// `Jan` to `Dec`.
pub(super) fn month_name(month: i64) -> &'static str {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    at(&NAMES, month - 1)
}

/// An instant on a Los Angeles clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Local {
    pub(super) day: i64,
    pub(super) second: i64,
    pub(super) is_summer_time: bool,
}

/// What a Los Angeles clock shows at a UTC instant.
pub(super) fn local(instant: i64) -> Local {
    let is_summer_time = is_summer_time(instant);
    let shown = instant - if is_summer_time { 7 } else { 8 } * HOUR_SECONDS;
    Local {
        day: shown.div_euclid(DAY_SECONDS),
        second: shown.rem_euclid(DAY_SECONDS),
        is_summer_time,
    }
}

/// The Los Angeles day of a UTC instant.
pub(super) fn local_day(instant: i64) -> i64 {
    local(instant).day
}

/// The UTC instant at which a Los Angeles clock shows this second of this day; the first of two
/// in autumn, one hour later in the hour that spring leaves out.
pub(super) fn instant(day: i64, second: i64) -> i64 {
    let in_summer = day * DAY_SECONDS + second + 7 * HOUR_SECONDS;
    if is_summer_time(in_summer) { in_summer } else { in_summer + HOUR_SECONDS }
}

fn is_summer_time(instant: i64) -> bool {
    let passed = CLOCK_CHANGES.iter().rev().find(|(change, _)| *change <= instant);
    passed.is_some_and(|(_, summer)| *summer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Timelike};
    use chrono_tz::America::Los_Angeles;

    #[test]
    fn agrees_with_the_zone_data_in_every_half_hour() {
        let mut now = FIRST * DAY_SECONDS;
        while now <= (LAST + 1) * DAY_SECONDS {
            let theirs = DateTime::from_timestamp(now, 0).unwrap().with_timezone(&Los_Angeles);
            let ours = local(now);
            assert_eq!(ours.day, day_of(theirs.date_naive()), "{theirs}");
            assert_eq!(ours.second, i64::from(theirs.num_seconds_from_midnight()), "{theirs}");
            now += 1_800;
        }
    }

    #[test]
    fn a_local_second_stays_on_its_day() {
        for day in FIRST..=LAST {
            for second in [0, 5_400, 9_000, 10_800, 86_399] {
                assert_eq!(local_day(instant(day, second)), day);
            }
        }
    }

    #[test]
    fn knows_its_weekdays_and_months() {
        assert_eq!(weekday(day(2026, 8, 3)), 0);
        assert_eq!(month_number(FIRST), 0);
        assert_eq!(month_number(LAST), 17);
        assert_eq!(DAYS, 549);
        assert_eq!(civil(day(2026, 2, 28) + 1), Civil { year: 2026, month: 3, day: 1 });
    }
}
