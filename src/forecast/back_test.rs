//! Forecasts that could have been made, held against what came.

use std::ops::Range;

use super::{
    naive::{self, MIN_DAYS_OF_LAST_YEAR, YEAR},
    period_end::Method,
    series::as_number,
    spread::Spread,
};

/// The most tries.
const MOST_ORIGINS: usize = 12;
/// Days before the first try: two weeks.
const MIN_DAYS: usize = 14;
/// Days between two tries at most, so that a year is seen.
const MAX_STEP: usize = 28;
/// Days of tries without which a method that needs a long history is not tried at all.
const MIN_ROOM: usize = 28;

/// How the forecasts of a history would have done. What comes is usually missed by a little more: the
/// method in use is the one that did best in these very tries.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BackTest {
    /// Error of the model (season and level): Σ |total − forecast| ÷ Σ |total| over the tries, as a share
    /// of 1. `None`: the history is too short for it.
    pub wape_model: Option<f64>,
    /// The same of the better yardstick: the last weeks, or the last year.
    pub wape_naive: f64,
    /// Of the tries of the method in use, the share that falls into the interval which the other tries
    /// give; an 80 % interval should hold about 0.8 of them.
    pub coverage: f64,
    /// Tries, at most 12.
    pub n_origins: usize,
    /// Days that each try looked ahead: as many as asked for, or a third of the history.
    pub n_days: usize,
}

/// From which days of a history forecasts are tried, and over which days after them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Plan {
    /// Days before each try, the newest try first.
    pub(super) origins: Vec<usize>,
    /// Days after an origin that are summed.
    pub(super) stretch: Range<usize>,
}

impl Plan {
    /// Tries in the newer half of `n` days, for days that lie as far ahead as `stretch`, or a third of the
    /// history if that is less. They are whole weeks apart where there is room, so that each try sees the
    /// same weekdays. A history that has more than a year is tried only where the last year is known.
    pub(super) fn new(n: usize, stretch: &Range<usize>) -> Self {
        let ahead = stretch.end.min(n / 6).max(1);
        let stretch = stretch.start.min(ahead - 1)..ahead;
        let newest = n.saturating_sub(ahead);
        let mut oldest = MIN_DAYS.max(n / 2);
        for needed in [MIN_DAYS_OF_LAST_YEAR, 2 * YEAR] {
            if newest >= needed + MIN_ROOM {
                oldest = oldest.max(needed);
            }
        }
        let step = newest.saturating_sub(oldest) / (MOST_ORIGINS - 1);
        let step = if step < 7 { step.max(1) } else { (step / 7 * 7).min(MAX_STEP) };
        let origins = (0..MOST_ORIGINS).filter_map(|back| newest.checked_sub(back * step));
        Self { origins: origins.take_while(|origin| *origin >= oldest).collect(), stretch }
    }

    /// Days before the oldest try.
    fn oldest(&self) -> usize {
        self.origins.last().copied().unwrap_or(0)
    }

    /// Tries that share no day with another.
    fn n_apart(&self) -> usize {
        let newest = self.origins.first().copied().unwrap_or(0);
        (newest - self.oldest()) / self.stretch.len().max(1) + 1
    }
}

/// A forecast and what came.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Try {
    total: f64,
    forecast: f64,
    /// What the error is measured by: the sum of the forecast days' sizes.
    size: f64,
}

/// What a method's tries came to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Record {
    pub(super) method: Method,
    /// Σ |total − forecast| ÷ Σ |total|.
    pub(super) wape: f64,
    /// Errors as shares of the forecast days' sizes.
    errors: Vec<f64>,
    n_apart: usize,
}

impl Record {
    /// `None`: the method cannot be tried from each of the plan's days, or nothing ever came.
    pub(super) fn of(method: Method, known: &[Option<f64>], plan: &Plan) -> Option<Self> {
        let tries = plan.origins.iter().map(|origin| tried(method, known, plan, *origin));
        let tries: Vec<Try> = tries.collect::<Option<Vec<_>>>()?;
        let missed: f64 = tries.iter().map(|it| (it.total - it.forecast).abs()).sum();
        let came: f64 = tries.iter().map(|it| it.total.abs()).sum();
        let errors = tries.iter().map(|it| (it.total - it.forecast) / it.size).collect();
        (came > 0.0).then(|| Self { method, wape: missed / came, errors, n_apart: plan.n_apart() })
    }

    pub(super) fn spread(&self) -> Option<Spread> {
        Spread::of(&self.errors, self.n_apart)
    }

    /// The share of tries that fall into the interval that the others give; 0 of a single try.
    pub(super) fn coverage(&self) -> f64 {
        let is_inside = |at: usize| {
            let others = self.errors.iter().enumerate().filter(|(other, _)| *other != at);
            let others: Vec<f64> = others.map(|(_, error)| *error).collect();
            let ends = Spread::of(&others, self.n_apart).map(|spread| spread.ends());
            ends.zip(self.errors.get(at))
                .is_some_and(|((lower, upper), error)| (lower..=upper).contains(error))
        };
        let n_inside = (0..self.errors.len()).filter(|at| is_inside(*at)).count();
        as_number(n_inside) / as_number(self.errors.len().max(1))
    }

    pub(super) fn n_tries(&self) -> usize {
        self.errors.len()
    }
}

/// The forecast from a day of the history. Days without a value count on neither side.
fn tried(method: Method, known: &[Option<f64>], plan: &Plan, origin: usize) -> Option<Try> {
    let before = known.get(..origin)?;
    let days = method.days(before, &[], plan.stretch.end)?;
    let after = known.get(origin..)?;
    let pairs = days.iter().zip(after).skip(plan.stretch.start);
    let pairs: Vec<(f64, f64)> =
        pairs.filter_map(|(forecast, came)| Some((*forecast, (*came)?))).collect();
    let forecast: f64 = pairs.iter().map(|(forecast, _)| forecast).sum();
    let size = size_of(pairs.iter().map(|(forecast, _)| *forecast), before);
    Some(Try { total: pairs.iter().map(|(_, came)| came).sum(), forecast, size })
}

/// What errors of a forecast are measured by: the sizes of its days, or, where they are all 0, as many
/// usual days; 1 where nothing ever was.
pub(super) fn size_of(days: impl Iterator<Item = f64>, known: &[Option<f64>]) -> f64 {
    let (size, count) =
        days.fold((0.0, 0_usize), |(size, count), day| (size + day.abs(), count + 1));
    let usual = naive::mean_size(known) * as_number(count);
    [size, usual].into_iter().find(|size| *size > 0.0).unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_plan(n: usize, stretch: Range<usize>, newest: usize, step: usize, n_tries: usize) {
        let plan = Plan::new(n, &stretch);
        let expected: Vec<usize> = (0..n_tries).map(|back| newest - back * step).collect();
        assert_eq!(plan.origins, expected);
    }

    #[test]
    fn tries_are_whole_weeks_apart_in_the_newer_half_of_a_history() {
        // 365 − 30 = 335 is the newest, 182 the oldest that may be: 153 ÷ 11 = 13, a week.
        check_plan(365, 0..30, 335, 7, 12);
        // 335 days of room would be 30 apart; four weeks are the most.
        check_plan(730, 0..3, 727, 28, 12);
        // More than a year is known: none is before day 392.
        check_plan(500, 0..30, 470, 7, 12);
        // More than two years: none is before day 728.
        check_plan(800, 0..30, 770, 3, 12);
    }

    #[test]
    fn a_short_history_is_tried_over_a_sixth_of_it() {
        check_plan(28, 0..30, 24, 1, 11);
        assert_eq!(Plan::new(28, &(0..30)).stretch, 0..4);
        assert_eq!(Plan::new(365, &(10..40)).stretch, 10..40);
        assert_eq!(Plan::new(28, &(10..40)).stretch, 3..4);
        // Days 14 to 24 with four days each: three share no day.
        assert_eq!(Plan::new(28, &(0..30)).n_apart(), 3);
    }

    /// Four weeks of 10 a day and one of 12.
    fn known() -> Vec<Option<f64>> {
        let mut known = vec![Some(10.0); 28];
        known.extend([Some(12.0); 7]);
        known
    }

    #[test]
    fn the_error_is_the_share_of_the_totals_that_was_missed() {
        let plan = Plan { origins: vec![28, 21], stretch: 0..7 };
        let record = Record::of(Method::Weeks, &known(), &plan).unwrap();
        // 84 came where 70 were said, and 70 where 70 were.
        assert!((record.wape - 14.0 / 154.0).abs() < 1e-12, "{}", record.wape);
        assert!((record.errors[0] - 0.2).abs() < 1e-12 && record.errors[1].abs() < 1e-12);
        // Of two tries each is the other's only one: only the hit lies in an interval around 0 that the
        // miss makes.
        assert!((record.coverage() - 0.5).abs() < 1e-12);
    }

    #[test]
    fn days_without_value_and_those_before_the_stretch_do_not_count() {
        let mut known = known();
        known[30] = None;
        let plan = Plan { origins: vec![28], stretch: 1..7 };
        let record = Record::of(Method::Weeks, &known, &plan).unwrap();
        // Five days of 12 where 10 were said.
        assert!((record.wape - 10.0 / 60.0).abs() < 1e-12, "{}", record.wape);
    }

    #[test]
    fn there_is_no_record_of_what_cannot_be_tried() {
        let plan = Plan { origins: vec![28, 21], stretch: 0..7 };
        assert_eq!(Record::of(Method::LastYear, &known(), &plan), None);
        assert_eq!(Record::of(Method::Parts, &known(), &plan), None, "21 days are too few");
        assert_eq!(Record::of(Method::Weeks, &[Some(0.0); 40], &plan), None);
        let none = Plan { origins: Vec::new(), stretch: 0..7 };
        assert_eq!(Record::of(Method::Weeks, &known(), &none), None);
    }

    #[test]
    fn errors_are_measured_by_the_sizes_of_days() {
        let size = |days: &[f64], known: &[Option<f64>]| size_of(days.iter().copied(), known);
        assert_eq!(size(&[3.0, -4.0], &[]).to_bits(), 7.0_f64.to_bits());
        let known = [Some(5.0), None, Some(-1.0)];
        assert_eq!(size(&[0.0, 0.0], &known).to_bits(), 6.0_f64.to_bits());
        assert_eq!(size(&[0.0], &[Some(0.0)]).to_bits(), 1.0_f64.to_bits());
    }
}
