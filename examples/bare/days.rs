//! Days of Los Angeles.

use chrono::{DateTime, Datelike, Offset, TimeZone};
use chrono_tz::{America::Los_Angeles, Tz};
use linkstar_kpi::domain::Day;

/// Days of moments.
#[derive(Default)]
pub(crate) struct Days {
    /// Quarter of an hour and its offset.
    last: Option<(i64, i64)>,
}

impl Days {
    pub(crate) fn of(&mut self, moment: i64) -> i32 {
        let quarter = moment.div_euclid(900);
        let offset = match self.last {
            Some((last, offset)) if last == quarter => offset,
            _ => offset_at(moment, Los_Angeles),
        };
        self.last = Some((quarter, offset));
        Day::from_seconds(moment + offset).days_since_epoch()
    }
}

fn offset_at(moment: i64, zone: Tz) -> i64 {
    let utc = DateTime::from_timestamp(moment, 0).unwrap_or_default().naive_utc();
    i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
}

/// Year × 12 + month - 1.
pub(crate) fn month_of(day: i32) -> i32 {
    let date = DateTime::from_timestamp(i64::from(day) * Day::SECONDS, 0).unwrap_or_default();
    date.year() * 12 + i32::try_from(date.month0()).unwrap_or(0)
}
