//! The days on which a segment's facts happened.

use chrono::{DateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

use super::DayBoundary;
use crate::{domain::Day, facts::Segment};

/// Finds the days of a segment's facts, one after the other.
pub(super) struct RowDays<'a> {
    segment: &'a Segment,
    zone: Option<Tz>,
    /// Quarter of an hour since the epoch and its offset: rows of one follow each other.
    last: Option<(i64, i64)>,
}

impl<'a> RowDays<'a> {
    pub(super) fn new(segment: &'a Segment, boundary: DayBoundary) -> Self {
        let store = segment.meta().zone.parse().unwrap_or(Tz::UTC);
        let zone = match boundary {
            DayBoundary::Store => store,
            DayBoundary::Zone(zone) => zone,
        };
        Self { segment, zone: segment.meta().is_moment.then_some(zone), last: None }
    }

    /// Day since the epoch and days covered.
    pub(super) fn day(&mut self, row: usize) -> (i32, i32) {
        let columns = self.segment.columns();
        let at = columns.at.get(row).copied().unwrap_or(0);
        let n_days = columns.n_days.get(row).copied().unwrap_or(1);
        let offset = self.zone.map_or(0, |zone| {
            // Zones change their offset on quarter hours at the earliest.
            let quarter = at.div_euclid(900);
            match self.last {
                Some((last, offset)) if last == quarter => offset,
                _ => {
                    let offset = offset_at(at, zone);
                    self.last = Some((quarter, offset));
                    offset
                }
            }
        });
        let day = Day::from_seconds(at.saturating_add(offset)).days_since_epoch();
        (day, i32::try_from(n_days).unwrap_or(1))
    }
}

fn offset_at(instant: i64, zone: Tz) -> i64 {
    let utc = DateTime::<Utc>::from_timestamp(instant, 0).unwrap_or_default().naive_utc();
    i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
}
