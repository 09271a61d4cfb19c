//! How far along its plan a period is.

use super::series::mean;
use crate::domain::{Day, Fixed, Period};

/// What of a period's target is planned for each of its days. The days add up to the target to the last
/// digit.
#[derive(Debug, Clone, PartialEq)]
pub struct DayPlan {
    period: Period,
    target: Fixed,
    /// Shares of 1 up to and with each day.
    shares: Vec<Fixed>,
}

/// The shares of a whole: a `Fixed` of this size stands for 1, fine enough for the largest target.
const WHOLE: Fixed = Fixed::from_ten_thousandths(1_000_000_000_000);
const WHOLE_NUMBER: f64 = 1e12;

impl DayPlan {
    /// The target of a period by the weights of its days, in their order, such as last year's values of
    /// the days that they stand against. Only their proportions count. A day without a weight gets the
    /// mean of the others, one below 0 counts as 0; without any weight above 0 all days are equal.
    pub fn new(target: Fixed, period: Period, weights: &[Option<f64>]) -> Self {
        let n_days = usize::try_from(period.n_days()).unwrap_or(0);
        let weights = whole_weights(weights, n_days);
        let all: f64 = weights.iter().sum();
        let up_to = weights.iter().scan(0.0, |sum, weight| {
            *sum += weight;
            Some(fixed_share(*sum / all))
        });
        let mut shares: Vec<Fixed> = up_to.collect();
        // Sums of floating point may end beside 1.
        if let Some(last) = shares.last_mut() {
            *last = WHOLE;
        }
        Self { period, target, shares }
    }

    pub fn period(&self) -> Period {
        self.period
    }

    pub fn target(&self) -> Fixed {
        self.target
    }

    /// What is planned up to and with a day: 0 before the period, the target from its last day on.
    pub fn up_to(&self, day: Day) -> Fixed {
        let n_days = day.days_since_epoch() - self.period.from.days_since_epoch() + 1;
        let n_days = usize::try_from(n_days).unwrap_or(0).min(self.shares.len());
        let share = n_days.checked_sub(1).and_then(|last| self.shares.get(last));
        share.map_or(Fixed::ZERO, |share| self.target.share(*share, WHOLE))
    }

    /// What is planned for a day; 0 outside the period.
    pub fn of(&self, day: Day) -> Fixed {
        self.up_to(day).minus(self.up_to(day.plus(-1)))
    }
}

/// A weight for each of `n_days` days, none below 0 and some above it.
fn whole_weights(weights: &[Option<f64>], n_days: usize) -> Vec<f64> {
    let weight = |at: usize| {
        let weight = weights.get(at).copied().flatten().filter(|weight| weight.is_finite());
        weight.map(|weight| weight.max(0.0))
    };
    let usual = mean((0..n_days).filter_map(weight)).filter(|usual| *usual > 0.0);
    match usual {
        Some(usual) => (0..n_days).map(|at| weight(at).unwrap_or(usual)).collect(),
        None => vec![1.0; n_days],
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a share of 1 is between 0 and 10^12")]
fn fixed_share(share: f64) -> Fixed {
    let whole = (share * WHOLE_NUMBER).round() as i64;
    Fixed::from_ten_thousandths(whole).clamp(Fixed::ZERO, WHOLE)
}

/// A period held against its plan after some of its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Planned up to and with the last day that is counted.
    pub planned: Fixed,
    /// What is there, less what was planned: below 0 it is behind.
    pub ahead: Fixed,
    /// Days of the period that are left.
    pub n_left: i32,
    /// What each day that is left has to bring on average to reach the target, rounded up so that they
    /// do; 0 once it is reached. `None` when no day is left.
    pub needed_per_day: Option<Fixed>,
    /// The best day ever and its value; the earlier one of equals. `None` without a history.
    pub best_day: Option<(Day, Fixed)>,
}

impl Pace {
    /// After `last`, the last day that is counted in `actual`; a day before the period if none is. The
    /// history has the days to compare with, in any order.
    pub fn of(plan: &DayPlan, actual: Fixed, last: Day, history: &[(Day, Fixed)]) -> Self {
        let planned = plan.up_to(last);
        let first_left = last.plus(1).max(plan.period.from);
        let n_left = plan.period.to.days_since_epoch() - first_left.days_since_epoch() + 1;
        let n_left = n_left.max(0);
        let missing = plan.target.minus(actual).max(Fixed::ZERO);
        let better = |best: (Day, Fixed), other: (Day, Fixed)| {
            let is_better = other.1 > best.1 || (other.1 == best.1 && other.0 < best.0);
            if is_better { other } else { best }
        };
        Self {
            planned,
            ahead: actual.minus(planned),
            n_left,
            needed_per_day: per_day(missing, n_left),
            best_day: history.iter().copied().reduce(better),
        }
    }

    /// Whether each day that is left would have to be better than the best day ever; `None` where one of
    /// the two is not known.
    pub fn needs_more_than_best(&self) -> Option<bool> {
        Some(self.needed_per_day? > self.best_day?.1)
    }
}

/// The mean of the days, rounded up; `None` of no days.
fn per_day(all: Fixed, n_days: i32) -> Option<Fixed> {
    let days = i64::from(n_days);
    // The last of near-equal parts is the largest of them.
    (days > 0).then(|| all.part(days - 1, days))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn money(text: &str) -> Fixed {
        Fixed::parse(text).unwrap()
    }

    fn june(n_days: i32) -> Period {
        Period::between(day("2026-06-01"), day("2026-06-01").plus(n_days - 1))
    }

    #[track_caller]
    fn check_days(target: &str, weights: &[Option<f64>], expected: &[&str]) {
        let n_days = i32::try_from(expected.len()).unwrap();
        let plan = DayPlan::new(money(target), june(n_days), weights);
        let days: Vec<Fixed> = (0..n_days).map(|at| plan.of(june(n_days).from.plus(at))).collect();
        let expected: Vec<Fixed> = expected.iter().map(|it| money(it)).collect();
        assert_eq!(days, expected);
        assert_eq!(days.into_iter().sum::<Fixed>(), money(target));
    }

    #[test]
    fn a_target_is_planned_by_the_weights_of_its_days() {
        // A sale on the third day: 1 + 1 + 6 + 2 = 10 parts.
        let weights = [1.0, 1.0, 6.0, 2.0].map(Some);
        check_days("5000", &weights, &["500", "500", "3000", "1000"]);
        check_days("-5000", &weights, &["-500", "-500", "-3000", "-1000"]);
    }

    #[test]
    fn days_without_weight_get_the_mean_of_the_others() {
        // The mean of 2, 4 and 0: 2, and the weights are 2, 2, 4, 0, 2 of 10.
        check_days(
            "100",
            &[Some(2.0), None, Some(4.0), Some(-9.0)],
            &["20", "20", "40", "0", "20"],
        );
        check_days("100", &[], &["25"; 4]);
        check_days("100", &[Some(0.0), Some(f64::NAN), None, Some(-1.0)], &["25"; 4]);
    }

    #[test]
    fn planned_days_add_up_to_the_last_digit() {
        // A third of 100 is 33.3333, two thirds are 66.6667: the middle day takes the rest.
        check_days("100", &[Some(0.1); 3], &["33.3333", "33.3334", "33.3333"]);
        let plan = DayPlan::new(money("999999999999.9999"), june(30), &[Some(0.7), Some(1.9)]);
        let days = (0..30).map(|at| plan.of(june(30).from.plus(at)));
        assert_eq!(days.sum::<Fixed>(), plan.target());
    }

    #[test]
    fn pace_is_held_against_the_plan_to_date() {
        let plan = DayPlan::new(money("5000"), june(4), &[1.0, 1.0, 6.0, 2.0].map(Some));
        let history = [("2026-05-02", "1999.99"), ("2026-04-09", "1999.99"), ("2026-05-03", "7")];
        let history = history.map(|(at, value)| (day(at), money(value)));
        let pace = Pace::of(&plan, money("1000.01"), day("2026-06-02"), &history);
        // After two days 1000 are planned; 3999.99 are missing for two days: 1999.995 each.
        assert_eq!((pace.planned, pace.ahead), (money("1000"), money("0.01")));
        assert_eq!((pace.n_left, pace.needed_per_day), (2, Some(money("1999.995"))));
        assert_eq!(pace.best_day, Some((day("2026-04-09"), money("1999.99"))));
        assert_eq!(pace.needs_more_than_best(), Some(true));
        let pace = Pace::of(&plan, money("1000.02"), day("2026-06-02"), &history);
        assert_eq!(pace.needs_more_than_best(), Some(false), "1999.99 is as good, not better");
    }

    #[test]
    fn what_is_needed_is_rounded_up() {
        let plan = DayPlan::new(money("100"), june(3), &[]);
        let pace = Pace::of(&plan, Fixed::ZERO, day("2026-05-31"), &[]);
        assert_eq!((pace.planned, pace.n_left), (Fixed::ZERO, 3));
        assert_eq!(pace.needed_per_day, Some(money("33.3334")));
        assert_eq!(pace.needs_more_than_best(), None);
    }

    #[test]
    fn nothing_is_needed_when_it_is_reached_or_over() {
        let plan = DayPlan::new(money("100"), june(3), &[]);
        let reached = Pace::of(&plan, money("100.5"), day("2026-06-02"), &[]);
        assert_eq!(reached.needed_per_day, Some(Fixed::ZERO));
        let over = Pace::of(&plan, money("99"), day("2026-06-03"), &[]);
        assert_eq!((over.planned, over.ahead), (money("100"), money("-1")));
        assert_eq!((over.n_left, over.needed_per_day), (0, None));
        // Long before the period nothing is planned, and all its days are left.
        let early = Pace::of(&plan, Fixed::ZERO, day("2026-01-01"), &[]);
        assert_eq!((early.planned, early.n_left), (Fixed::ZERO, 3));
    }
}
