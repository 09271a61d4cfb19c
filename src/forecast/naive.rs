//! The yardsticks: what anybody would say who looks at the last weeks, or at the last year.

use super::series::{DailySeries, as_number, mean, median};
use crate::domain::Period;

/// Days of a year that ends on the same weekday.
pub(super) const YEAR: usize = 364;
const WEEK: usize = 7;
/// Weeks whose median is the usual day.
const N_WEEKS: usize = 4;
/// Weeks that are held against the year before, and how many of them there have to be: of eight, three
/// may have a sale in one of the two years only.
const N_WEEKS_OF_GROWTH: usize = 8;
const MIN_WEEKS_OF_GROWTH: usize = 4;

/// Days before an origin that `last_year` needs.
pub(super) const MIN_DAYS_OF_LAST_YEAR: usize = YEAR + WEEK * MIN_WEEKS_OF_GROWTH;

/// Each of the next days as the same weekday usually was in the last four weeks: their median, so that
/// one sale does not go on for ever. Where a weekday has no value, the mean of the four weeks, else of
/// all. `None` without any value.
pub(super) fn weeks(known: &[Option<f64>], n_days: usize) -> Option<Vec<f64>> {
    let recent = known.get(known.len().saturating_sub(WEEK * N_WEEKS)..)?;
    let all = || mean(known.iter().flatten().copied());
    let usual = mean(recent.iter().flatten().copied()).or_else(all)?;
    let of_weekday = |weekday: usize| {
        let places =
            (1..=N_WEEKS).filter_map(|week| (known.len() + weekday).checked_sub(week * WEEK));
        let values = places.filter_map(|at| known.get(at).copied().flatten());
        median(values.collect()).unwrap_or(usual)
    };
    let week: Vec<f64> = (0..WEEK).map(of_weekday).collect();
    Some(week.into_iter().cycle().take(n_days).collect())
}

/// Each of the next days as the day a year before, times the growth since. `stands_against` names
/// other values of the year before for the next days, such as those of the same sales event; a `None`
/// in it, or its end, leaves the day 364 days before. Where that is a hole, the last weeks speak.
/// `None` without a year, or without growth.
pub(super) fn last_year(
    known: &[Option<f64>],
    stands_against: &[Option<f64>],
    n_days: usize,
) -> Option<Vec<f64>> {
    let growth = growth(known)?;
    let usual = weeks(known, n_days)?;
    let day = |(at, usual): (usize, f64)| {
        let year_before = || known.get((known.len() + at).checked_sub(YEAR)?).copied().flatten();
        let before = stands_against.get(at).copied().flatten().or_else(year_before);
        before.map_or(usual, |before| before * growth)
    };
    Some(usual.into_iter().enumerate().map(day).collect())
}

/// How many times what it was a year before: the median over the last eight weeks that are known in
/// both years. `None` of fewer than four weeks, and where a median week was not above 0.
fn growth(known: &[Option<f64>]) -> Option<f64> {
    let week = |back: usize| {
        let from = known.len().checked_sub(back)?;
        let days = known.get(from..from + WEEK)?.iter().copied();
        days.sum::<Option<f64>>()
    };
    let ratio = |index: usize| {
        let back = (index + 1) * WEEK;
        let (now, before) = (week(back)?, week(back + YEAR)?);
        (before > 0.0).then(|| now / before)
    };
    let ratios: Vec<f64> = (0..N_WEEKS_OF_GROWTH).filter_map(ratio).collect();
    let is_enough = ratios.len() >= MIN_WEEKS_OF_GROWTH;
    is_enough.then(|| median(ratios)).flatten().filter(|growth| *growth > 0.0)
}

/// What each day of a period is worth by its weekday alone: the mean of that weekday over the last
/// eight weeks before the end of the history. Day weights for whom there is no last year. `None` of a
/// weekday without a value.
pub fn usual_days(history: &DailySeries, period: Period) -> Vec<Option<f64>> {
    let of_weekday = |weekday: i32| {
        let days = (1..=56).map(|back| history.end().plus(-back));
        mean(days.filter(|day| day.weekday() == weekday).filter_map(|day| history.value(day)))
    };
    let week: Vec<Option<f64>> = (0..7).map(of_weekday).collect();
    let day = |at: i32| {
        let weekday = usize::try_from(period.from.plus(at).weekday()).ok()?;
        week.get(weekday).copied().flatten()
    };
    (0..period.n_days()).map(day).collect()
}

/// The series without holes: each is filled as the weeks before it usually were. `None` without any
/// value.
pub(super) fn filled(known: &[Option<f64>]) -> Option<Vec<f64>> {
    let mut filled: Vec<Option<f64>> = Vec::with_capacity(known.len());
    let all = mean(known.iter().flatten().copied())?;
    for value in known {
        let usual = || weeks(&filled, 1).and_then(|days| days.first().copied()).unwrap_or(all);
        let value = value.unwrap_or_else(usual);
        filled.push(Some(value));
    }
    filled.into_iter().collect()
}

/// The mean size of a day, whatever its sign; 0 of no values.
pub(super) fn mean_size(known: &[Option<f64>]) -> f64 {
    let values = known.iter().flatten();
    let count = as_number(values.clone().count()).max(1.0);
    values.map(|value| value.abs()).sum::<f64>() / count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Day;

    fn known(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().map(|value| value.is_finite().then_some(*value)).collect()
    }

    const GAP: f64 = f64::NAN;

    #[test]
    fn a_day_is_the_median_of_its_weekday_in_the_last_four_weeks() {
        let mut values = Vec::new();
        // A fifth week long ago, then four; their first days are 10, 90, 12 and 14: the median is 13.
        for first in [500.0, 10.0, 90.0, 12.0, 14.0] {
            values.extend([first, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        }
        let expected = vec![13.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 13.0, 1.0];
        assert_eq!(weeks(&known(&values), 9), Some(expected));
    }

    #[test]
    fn a_weekday_without_value_is_the_mean_and_nothing_gives_nothing() {
        assert_eq!(weeks(&known(&[2.0, 4.0, GAP]), 7).unwrap()[..3], [3.0; 3]);
        // Five weeks of holes after the only value.
        let mut values = vec![8.0];
        values.extend([GAP; 35]);
        assert_eq!(weeks(&known(&values), 1), Some(vec![8.0]));
        assert_eq!(weeks(&[], 3), None);
    }

    /// A year at 10 a day whose 365th day and those after are 20, but for one week of sale.
    fn doubled() -> Vec<f64> {
        let mut values = vec![10.0; YEAR];
        values.extend([20.0; 56]);
        values[YEAR + 14..YEAR + 21].fill(200.0);
        values
    }

    #[test]
    fn last_year_grows_as_the_median_week_has_grown() {
        let mut values = doubled();
        // A year before the second of the next days.
        values[57] = 35.0;
        values[58] = GAP;
        let days = last_year(&known(&values), &[], 4).unwrap();
        // The hole is filled by the weeks, which know 20.
        assert_eq!(days, [20.0, 70.0, 20.0, 20.0]);
        let other = [None, Some(11.0)];
        assert_eq!(last_year(&known(&values), &other, 3).unwrap(), [20.0, 22.0, 20.0]);
    }

    #[test]
    fn there_is_no_last_year_without_four_weeks_in_both() {
        let values = doubled();
        let short = &values[..MIN_DAYS_OF_LAST_YEAR];
        assert_eq!(last_year(&known(short), &[], 1), Some(vec![20.0]));
        assert_eq!(last_year(&known(&short[1..]), &[], 1), None);
        assert_eq!(last_year(&known(&[0.0; 500]), &[], 1), None, "nothing grows from 0");
    }

    #[test]
    fn a_hole_is_filled_by_its_weekday() {
        let mut values: Vec<f64> = (0..21).map(|at| f64::from(at % 7)).collect();
        values[17] = GAP;
        assert_eq!(filled(&known(&values)).unwrap()[15..19], [1.0, 2.0, 3.0, 4.0]);
        assert_eq!(filled(&[None, None]), None);
    }

    #[test]
    fn usual_days_are_means_of_weekdays() {
        // From a Monday on, two weeks: Mondays are 1 and 8, Tuesdays 2 and 9; no Wednesday is known.
        let mut values = known(&(1..=14).map(f64::from).collect::<Vec<_>>());
        (values[2], values[9]) = (None, None);
        let monday = Day::parse("2026-11-30").unwrap();
        let history = DailySeries::new(monday, values);
        let period = Period::between(monday.plus(15), monday.plus(17));
        assert_eq!(usual_days(&history, period), [Some(5.5), None, Some(7.5)]);
    }
}
