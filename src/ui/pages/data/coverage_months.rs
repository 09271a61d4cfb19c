//! How much of each month a report kind covers. Pure.

use crate::{
    domain::{Granularity, Period, WeekStart},
    worker::protocol::CoverageRow,
};

/// Newest months that are shown.
pub(super) const MAX_MONTHS: usize = 24;

/// How a month is covered by one report kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cover {
    /// Every day.
    Full,
    /// Some days, with nothing missing between them.
    Part,
    /// Days are missing between loaded ones.
    Gap,
    /// No day, before the first or after the last.
    None,
}

impl Cover {
    /// Stable name, for styles and tests.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Part => "part",
            Self::Gap => "gap",
            Self::None => "none",
        }
    }
}

/// One month of one report kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MonthCover {
    pub(super) month: Period,
    pub(super) cover: Cover,
    pub(super) n_covered: i32,
}

/// The calendar months from the first to the last covered day of all rows, the newest
/// `MAX_MONTHS`, and whether earlier ones were left out.
pub(super) fn months(rows: &[CoverageRow]) -> (Vec<Period>, bool) {
    let whole = rows
        .iter()
        .flat_map(|row| row.spans.iter().copied())
        .reduce(|whole, span| whole.including(&span));
    let Some(whole) = whole else { return (Vec::new(), false) };
    let mut months: Vec<Period> = whole
        .buckets(Granularity::Month, WeekStart::Monday)
        .into_iter()
        .map(|part| Granularity::Month.bucket(part.from, WeekStart::Monday))
        .collect();
    let n_left_out = months.len().saturating_sub(MAX_MONTHS);
    months.drain(..n_left_out);
    (months, n_left_out > 0)
}

/// Whether the kind is made of single days (stock and the like): days between are no gap then.
pub(super) fn is_snapshots(spans: &[Period]) -> bool {
    !spans.is_empty() && spans.iter().all(|span| span.n_days() == 1)
}

/// The days missing between the first and the last span, oldest first.
pub(super) fn gaps(spans: &[Period]) -> Vec<Period> {
    if is_snapshots(spans) {
        return Vec::new();
    }
    let mut sorted = spans.to_vec();
    sorted.sort();
    let mut gaps = Vec::new();
    let mut reach = None;
    for span in sorted {
        if let Some(last) = reach.filter(|last: &crate::domain::Day| last.plus(1) < span.from) {
            gaps.push(Period { from: last.plus(1), to: span.from.plus(-1) });
        }
        reach = reach.max(Some(span.to));
    }
    gaps
}

/// How `spans` cover `month`.
pub(super) fn month_cover(spans: &[Period], gaps: &[Period], month: Period) -> MonthCover {
    let n_covered: i32 = spans.iter().map(|span| n_shared(*span, month)).sum();
    let n_covered = n_covered.min(month.n_days());
    let cover = if gaps.iter().any(|gap| gap.overlaps(&month)) {
        Cover::Gap
    } else if n_covered == month.n_days() {
        Cover::Full
    } else if n_covered > 0 {
        Cover::Part
    } else {
        Cover::None
    };
    MonthCover { month, cover, n_covered }
}

/// Days that both periods hold.
fn n_shared(one: Period, other: Period) -> i32 {
    if !one.overlaps(&other) {
        return 0;
    }
    Period { from: one.from.max(other.from), to: one.to.min(other.to) }.n_days()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Day, Names};

    fn period(from: &str, to: &str) -> Period {
        Period { from: Day::parse(from).unwrap(), to: Day::parse(to).unwrap() }
    }

    #[test]
    fn a_gap_is_between_loaded_days_only() {
        let spans = [period("2026-08-01", "2026-08-31"), period("2026-10-05", "2026-11-22")];
        let gaps = gaps(&spans);
        assert_eq!(gaps, [period("2026-09-01", "2026-10-04")]);
        let cover = |from, to| month_cover(&spans, &gaps, period(from, to)).cover;
        assert_eq!(cover("2026-07-01", "2026-07-31"), Cover::None);
        assert_eq!(cover("2026-08-01", "2026-08-31"), Cover::Full);
        assert_eq!(cover("2026-09-01", "2026-09-30"), Cover::Gap);
        assert_eq!(cover("2026-10-01", "2026-10-31"), Cover::Gap);
        assert_eq!(cover("2026-11-01", "2026-11-30"), Cover::Part);
    }

    #[test]
    fn days_between_snapshots_are_no_gap() {
        let spans = [period("2026-08-01", "2026-08-01"), period("2026-08-15", "2026-08-15")];
        assert_eq!(gaps(&spans), []);
    }

    #[test]
    fn spans_that_overlap_have_no_gap_between() {
        let spans = [
            period("2026-08-01", "2026-08-31"),
            period("2026-08-10", "2026-08-12"),
            period("2026-09-01", "2026-09-02"),
        ];
        assert_eq!(gaps(&spans), []);
    }

    #[test]
    fn months_are_whole_and_the_newest() {
        let row = CoverageRow {
            report: String::new(),
            names: Names::default(),
            spans: vec![period("2022-01-15", "2026-08-03")],
            age_days: 0,
        };
        let (months, is_cut) = months(&[row]);
        assert!(is_cut);
        assert_eq!(months.len(), MAX_MONTHS);
        assert_eq!(months.last(), Some(&period("2026-08-01", "2026-08-31")));
    }
}
