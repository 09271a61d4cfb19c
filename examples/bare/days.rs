//! Days of Los Angeles.

use chrono::{DateTime, Datelike, Offset, TimeZone};
use chrono_tz::{America::Los_Angeles, Tz};
use linkstar_kpi::domain::Day;

/// Days of moments as an export writes them: `2024-01-02T03:04:05+00:00`.
#[derive(Default)]
pub(crate) struct Days {
    /// What was read last: all of an hour with one offset from UTC is of one day. Rows come by time.
    last: Vec<u8>,
    day: i32,
}

/// Where the hour ends in the text, and the seconds.
const HOUR: usize = 13;
const SECONDS: usize = 19;

impl Days {
    /// The day of a text; `moment` reads it, to seconds since the epoch.
    pub(crate) fn of(&mut self, text: &[u8], moment: impl FnOnce() -> Option<i64>) -> i32 {
        if !is_of_one_hour(&self.last, text) {
            self.last.clear();
            self.last.extend_from_slice(text);
            let moment = moment().unwrap_or(0);
            self.day =
                Day::from_seconds(moment + offset_at(moment, Los_Angeles)).days_since_epoch();
        }
        self.day
    }
}

/// Whether two texts are of the same hour, which is one of UTC as well: a day of Los Angeles begins with one.
fn is_of_one_hour(one: &[u8], other: &[u8]) -> bool {
    let hour = |text: &[u8]| text.first_chunk::<HOUR>().copied().filter(|hour| hour[10] == b'T');
    let zone = |text: &[u8]| text.get(SECONDS..).is_some_and(|zone| zone.ends_with(b":00"));
    hour(one).is_some_and(|one| hour(other) == Some(one))
        && zone(one)
        && one.get(SECONDS..) == other.get(SECONDS..)
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
