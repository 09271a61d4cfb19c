//! Periods that are one press away, counted from the last day with data.

use chrono::Datelike;

use crate::domain::{Day, Granularity, Period, WeekStart};

/// A period by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Preset {
    Last7Days,
    Last30Days,
    Last90Days,
    MonthToDate,
    LastMonth,
    YearToDate,
    All,
}

impl Preset {
    pub(super) const ALL: [Self; 7] = [
        Self::Last7Days,
        Self::Last30Days,
        Self::Last90Days,
        Self::MonthToDate,
        Self::LastMonth,
        Self::YearToDate,
        Self::All,
    ];

    /// The period, given the days that are covered by data.
    pub(super) fn period(self, covered: Period) -> Period {
        let last = covered.to;
        let month = Granularity::Month.bucket(last, WeekStart::Monday);
        let back = |days: i32| Period { from: last.plus(1 - days), to: last };
        match self {
            Self::Last7Days => back(7),
            Self::Last30Days => back(30),
            Self::Last90Days => back(90),
            Self::MonthToDate => Period { from: month.from, to: last },
            Self::LastMonth => Granularity::Month.bucket(month.from.plus(-1), WeekStart::Monday),
            Self::YearToDate => {
                let first = Day::from_ymd(last.date().year(), 1, 1).unwrap_or(last);
                Period { from: first, to: last }
            }
            Self::All => covered,
        }
    }
}

/// The period before (`-1`) or after (`1`): calendar months stay months, else as many days.
pub(super) fn shifted(period: Period, steps: i32) -> Period {
    let month = Granularity::Month.bucket(period.from, WeekStart::Monday);
    if month == period {
        let day = if steps < 0 { month.from.plus(-1) } else { month.to.plus(1) };
        return Granularity::Month.bucket(day, WeekStart::Monday);
    }
    let days = period.n_days() * steps;
    Period { from: period.from.plus(days), to: period.to.plus(days) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: &str) -> Period {
        Period::between(Day::parse(from).unwrap(), Day::parse(to).unwrap())
    }

    #[track_caller]
    fn check(preset: Preset, from: &str, to: &str) {
        assert_eq!(preset.period(period("2025-11-03", "2026-11-22")), period(from, to));
    }

    #[test]
    fn presets_count_from_the_last_day_with_data() {
        check(Preset::Last7Days, "2026-11-16", "2026-11-22");
        check(Preset::MonthToDate, "2026-11-01", "2026-11-22");
        check(Preset::LastMonth, "2026-10-01", "2026-10-31");
        check(Preset::YearToDate, "2026-01-01", "2026-11-22");
        check(Preset::All, "2025-11-03", "2026-11-22");
    }

    #[test]
    fn months_shift_by_months_and_other_periods_by_their_length() {
        assert_eq!(
            shifted(period("2026-03-01", "2026-03-31"), -1),
            period("2026-02-01", "2026-02-28")
        );
        assert_eq!(
            shifted(period("2026-01-01", "2026-01-31"), 1),
            period("2026-02-01", "2026-02-28")
        );
        assert_eq!(
            shifted(period("2026-11-16", "2026-11-22"), -1),
            period("2026-11-09", "2026-11-15")
        );
    }
}
