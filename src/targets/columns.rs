//! The periods of a plan: one or two years with their quarters and months, or a month with its weeks or days.

use serde::{Deserialize, Serialize};

use crate::domain::{Day, Granularity, Period, WeekStart};

/// What a plan covers, and how finely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanSpan {
    /// A year by quarters and months.
    Months,
    /// A year and the next one, by quarters and months.
    TwoYears,
    /// A month by weeks; those at its ends are cut, so that the parts make up the month.
    Weeks,
    /// A month by days.
    Days,
}

/// A column of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanColumn {
    pub period: Period,
    /// The column that it is a part of; `None`: the whole.
    pub parent: Option<u32>,
    /// Whether it has parts of its own.
    pub has_parts: bool,
}

/// The columns of the plan that `day` falls in, the whole first, each quarter before its months.
pub fn plan_columns(day: Day, span: PlanSpan, week: WeekStart) -> Vec<PlanColumn> {
    match span {
        PlanSpan::Months => year_columns(day.year()),
        PlanSpan::TwoYears => {
            let mut columns = year_columns(day.year());
            let n_before = u32::try_from(columns.len()).unwrap_or(0);
            let shifted = |it: PlanColumn| PlanColumn {
                parent: it.parent.map(|parent| parent + n_before),
                ..it
            };
            columns.extend(year_columns(day.year() + 1).into_iter().map(shifted));
            columns
        }
        PlanSpan::Weeks => month_columns(day, Granularity::Week, week),
        PlanSpan::Days => month_columns(day, Granularity::Day, week),
    }
}

fn month_columns(day: Day, granularity: Granularity, week: WeekStart) -> Vec<PlanColumn> {
    let month = Granularity::Month.bucket(day, week);
    let part = |period| PlanColumn { period, parent: Some(0), has_parts: false };
    let whole = PlanColumn { period: month, parent: None, has_parts: true };
    std::iter::once(whole).chain(month.buckets(granularity, week).into_iter().map(part)).collect()
}

fn year_columns(year: i32) -> Vec<PlanColumn> {
    let first = |month: u32| Day::from_ymd(year, month, 1);
    let (Some(from), Some(to)) = (first(1), Day::from_ymd(year, 12, 31)) else {
        return Vec::new();
    };
    let year = Period { from, to };
    let months = year.buckets(Granularity::Month, WeekStart::Monday);
    let mut columns = vec![PlanColumn { period: year, parent: None, has_parts: true }];
    for quarter in months.chunks(3) {
        let (Some(first), Some(last)) = (quarter.first(), quarter.last()) else { continue };
        let at = u32::try_from(columns.len()).ok();
        let period = first.including(last);
        columns.push(PlanColumn { period, parent: Some(0), has_parts: true });
        let month = |period: &Period| PlanColumn { period: *period, parent: at, has_parts: false };
        columns.extend(quarter.iter().map(month));
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(day: &str, span: PlanSpan) -> Vec<PlanColumn> {
        plan_columns(Day::parse(day).unwrap(), span, WeekStart::Monday)
    }

    #[test]
    fn a_year_has_quarters_and_months() {
        let year = columns("2028-05-05", PlanSpan::Months);
        assert_eq!(year.len(), 1 + 4 + 12);
        assert_eq!(year[0].period.to_string(), "2028-01-01..2028-12-31");
        assert_eq!(year[1].period.to_string(), "2028-01-01..2028-03-31");
        assert_eq!(year[3].period.to_string(), "2028-02-01..2028-02-29");
        let parents: Vec<Option<u32>> = year.iter().map(|it| it.parent).collect();
        assert_eq!(parents[..6], [None, Some(0), Some(1), Some(1), Some(1), Some(0)]);
        assert_eq!(parents[14..], [Some(13), Some(13), Some(13)]);
    }

    #[test]
    fn the_next_year_stands_behind_the_first() {
        let both = columns("2027-05-05", PlanSpan::TwoYears);
        assert_eq!(both[..17], columns("2027-05-05", PlanSpan::Months));
        assert_eq!(both[17].period.to_string(), "2028-01-01..2028-12-31");
        let parents: Vec<Option<u32>> = both[17..20].iter().map(|it| it.parent).collect();
        assert_eq!(parents, [None, Some(17), Some(18)]);
        assert_eq!(both.iter().filter(|it| !it.has_parts).count(), 24);
    }

    #[test]
    fn the_parts_of_a_whole_have_all_of_its_days_once() {
        for span in [PlanSpan::Months, PlanSpan::TwoYears, PlanSpan::Weeks, PlanSpan::Days] {
            let columns = columns("2026-11-25", span);
            for (at, column) in (0..).zip(&columns).filter(|(_, column)| column.has_parts) {
                let parts = columns.iter().filter(|part| part.parent == Some(at));
                let n_days: i32 = parts.map(|part| part.period.n_days()).sum();
                assert_eq!(n_days, column.period.n_days(), "{span:?} {}", column.period);
            }
        }
        // November 2026 begins on a Sunday: a week of one day, four whole ones, and a Monday.
        let weeks = columns("2026-11-25", PlanSpan::Weeks);
        let n_days: Vec<i32> = weeks.iter().map(|it| it.period.n_days()).collect();
        assert_eq!(n_days, [30, 1, 7, 7, 7, 7, 1]);
    }
}
