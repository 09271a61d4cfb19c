//! A value for each day.

use crate::domain::{Day, Period, sort_few_by};

/// Values of days that follow each other, with holes where nothing is known.
#[derive(Debug, Clone, PartialEq)]
pub struct DailySeries {
    first: Day,
    values: Vec<Option<f64>>,
}

impl DailySeries {
    /// The series that begins on `first`. What is no number is a hole; holes at its begin are left out,
    /// those at its end stay, since they say up to which day it was looked.
    pub fn new(first: Day, values: Vec<Option<f64>>) -> Self {
        let values = values.into_iter().map(|value| value.filter(|it| it.is_finite()));
        let mut values: Vec<Option<f64>> = values.collect();
        let n_holes = values.iter().take_while(|value| value.is_none()).count();
        values.drain(..n_holes);
        Self { first: first.plus(i32::try_from(n_holes).unwrap_or(0)), values }
    }

    /// The first day with a value; of an empty series the day after the holes.
    pub fn first(&self) -> Day {
        self.first
    }

    /// The day after the last one: the first that can be forecast.
    pub fn end(&self) -> Day {
        self.first.plus(i32::try_from(self.values.len()).unwrap_or(0))
    }

    pub fn values(&self) -> &[Option<f64>] {
        &self.values
    }

    /// `None` outside the series and in its holes.
    pub fn value(&self, day: Day) -> Option<f64> {
        let at = day.days_since_epoch() - self.first.days_since_epoch();
        self.values.get(usize::try_from(at).ok()?).copied().flatten()
    }

    /// The values of a period's days, in their order.
    pub fn of_period(&self, period: Period) -> Vec<Option<f64>> {
        (0..period.n_days()).map(|at| self.value(period.from.plus(at))).collect()
    }

    /// Days with a value.
    pub fn n_known(&self) -> usize {
        self.values.iter().flatten().count()
    }
}

#[expect(clippy::cast_precision_loss, reason = "a series has fewer than 2^52 places")]
pub(super) fn as_number(count: usize) -> f64 {
    count as f64
}

/// `None` of no values.
pub(super) fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0_usize), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / as_number(count))
}

/// Small ones first.
pub(super) fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    sort_few_by(&mut values, f64::total_cmp);
    values
}

/// The middle one, of an even number the mean of the middle two; `None` of no values.
pub(super) fn median(values: Vec<f64>) -> Option<f64> {
    let values = sorted(values);
    let above = *values.get(values.len() / 2)?;
    let below = *values.get(values.len().checked_sub(1)? / 2)?;
    Some(below.midpoint(above))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn holes_at_the_begin_are_left_out_and_those_at_the_end_stay() {
        let values = vec![None, Some(f64::NAN), Some(3.0), None, Some(5.0), None];
        let series = DailySeries::new(day("2026-03-01"), values);
        assert_eq!((series.first(), series.end()), (day("2026-03-03"), day("2026-03-07")));
        assert_eq!((series.n_known(), series.values().len()), (2, 4));
        assert_eq!(series.value(day("2026-03-05")), Some(5.0));
        for unknown in ["2026-03-02", "2026-03-04", "2026-03-07"] {
            assert_eq!(series.value(day(unknown)), None, "{unknown}");
        }
        let period = Period::between(day("2026-03-02"), day("2026-03-05"));
        assert_eq!(series.of_period(period), [None, Some(3.0), None, Some(5.0)]);
    }

    #[test]
    fn the_median_is_the_middle_or_between_the_middle_two() {
        assert_eq!(median(vec![9.0, -1.0, 4.0]), Some(4.0));
        assert_eq!(median(vec![1.0, 8.0, 2.0, 4.0]), Some(3.0));
        assert_eq!((median(Vec::new()), mean(std::iter::empty())), (None, None));
    }
}
