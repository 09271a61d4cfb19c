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

/// Day since the epoch, days covered, and whether it is of the next day in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowDay {
    pub(super) day: i32,
    pub(super) n_days: i32,
    pub(super) is_late: bool,
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

    /// The day of a fact.
    pub(super) fn day(&mut self, row: usize) -> RowDay {
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
        let n_days = i32::try_from(n_days).unwrap_or(1);
        // No zone of the Americas is ahead of UTC.
        let is_late = offset < 0 && Day::from_seconds(at).days_since_epoch() > day;
        RowDay { day, n_days, is_late }
    }
}

fn offset_at(instant: i64, zone: Tz) -> i64 {
    let utc = DateTime::<Utc>::from_timestamp(instant, 0).unwrap_or_default().naive_utc();
    i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
}
