//! Where a period will probably end.

use super::{
    BackTest, DailySeries,
    back_test::{Plan, Record, size_of},
    naive, parts,
    series::as_number,
    spread::Spread,
};
use crate::domain::Period;

/// Settled days with a value without which nothing is forecast: four weeks.
const MIN_KNOWN_DAYS: usize = 28;
/// What part of the yardstick's error the model may have at most, to be taken: of a dozen tries a
/// smaller lead is luck, and luck does not go on.
const NEEDED: f64 = 0.9;

/// What a forecast is made of.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Values of days up to the last settled one.
    pub history: &'a DailySeries,
    pub period: Period,
    /// What the period's days in the history come to: the caller's own total, so that it ties with what
    /// is shown.
    pub to_date: f64,
    /// For each day of the period the value of last year's day that it stands against, such as the same
    /// day of a sales event, in the history's unit. `None`, or its end: the day 364 days before.
    pub last_year: &'a [Option<f64>],
}

/// How the days that are left were forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// As the same weekday of the last four weeks: the yardstick.
    Weeks,
    /// As last year, times the growth since: the yardstick of a history of more than a year.
    LastYear,
    /// By season of the week and level: the model.
    Parts,
    /// The same with a season of the year, of a history of more than two.
    YearlyParts,
}

impl Method {
    /// The next days; `None` where the history does not do. `stands_against` is last year's.
    pub(super) fn days(
        self,
        known: &[Option<f64>],
        stands_against: &[Option<f64>],
        n_days: usize,
    ) -> Option<Vec<f64>> {
        let mut days = match self {
            Self::Weeks => naive::weeks(known, n_days),
            Self::LastYear => naive::last_year(known, stands_against, n_days),
            Self::Parts => parts::parts(known, &[7], n_days),
            Self::YearlyParts => parts::parts(known, &[7, naive::YEAR], n_days),
        }?;
        if is_never_negative(known) {
            for day in &mut days {
                *day = day.max(0.0);
            }
        }
        Some(days)
    }
}

/// The total of a period that is not over.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodEnd {
    /// The total that is expected, what is there to date with it.
    pub total: f64,
    /// The interval that holds the total in four of five cases, if what comes errs as the tries did. Where
    /// no day of the history is below 0, it does not begin below what is there.
    pub lower: f64,
    pub upper: f64,
    /// The days of the period that are left, as they are expected: the last ones of the period.
    pub days: Vec<f64>,
    pub method: Method,
    pub back_test: BackTest,
    spread: Spread,
    /// What one of the spread's errors is in the unit of the total.
    size: f64,
    /// The total cannot end below this: what is there, if no day takes anything away.
    least: f64,
}

impl PeriodEnd {
    /// The error in the back-test of the method in use, as a share of 1.
    pub fn wape(&self) -> f64 {
        let is_naive = matches!(self.method, Method::Weeks | Method::LastYear);
        let naive = self.back_test.wape_naive;
        if is_naive { naive } else { self.back_test.wape_model.unwrap_or(naive) }
    }

    /// How probable it is, between 0 and 1, that the total reaches `target`, by the errors of the
    /// back-test. It is never surer than the tries can be: of twelve between 1/13 and 12/13, of few that
    /// share no day between 0.1 and 0.9. 1 where what is there reaches it already and no day takes away.
    pub fn probability_of(&self, target: f64) -> f64 {
        if self.least >= target {
            return 1.0;
        }
        1.0 - self.spread.share_below((target - self.total) / self.size)
    }
}

/// The forecast of a period by the method that did best in the back-test. The model is only taken where
/// it beats both yardsticks. `None`, never a guess: fewer than 28 settled days with a value, a history of
/// zeros only, or a period in which no day is left.
pub fn period_end(asked: &Asked) -> Option<PeriodEnd> {
    let known = asked.history.values();
    if asked.history.n_known() < MIN_KNOWN_DAYS {
        return None;
    }
    let end = asked.history.end();
    let days_until = |day: i32| usize::try_from(day - end.days_since_epoch()).unwrap_or(0);
    let from = days_until(asked.period.from.days_since_epoch());
    let to = days_until(asked.period.to.plus(1).days_since_epoch());
    if from >= to {
        return None;
    }
    let plan = Plan::new(known.len(), &(from..to));
    let (best, back_test) = best_of(known, &plan)?;
    let days = best.method.days(known, &against(asked, from), to)?;
    let days: Vec<f64> = days.get(from..)?.to_vec();
    let spread = best.spread()?;
    // Errors of days that drift apart grow as the square root of how far ahead they lie.
    let further = as_number(to) / as_number(plan.stretch.end);
    let size = size_of(days.iter().copied(), known) * further.sqrt();
    let total = asked.to_date + days.iter().sum::<f64>();
    let least = if is_never_negative(known) { asked.to_date } else { f64::NEG_INFINITY };
    let (lower, upper) = spread.ends();
    let (lower, upper) = ((total + lower * size).max(least), (total + upper * size).max(least));
    let method = best.method;
    Some(PeriodEnd { total, lower, upper, days, method, back_test, spread, size, least })
}

/// The method that erred least; of equals the simpler one.
fn best_of(known: &[Option<f64>], plan: &Plan) -> Option<(Record, BackTest)> {
    let record = |method: Method| Record::of(method, known, plan);
    let least = |one: Record, other: Record| if other.wape < one.wape { other } else { one };
    let naive = [record(Method::Weeks), record(Method::LastYear)];
    let naive = naive.into_iter().flatten().reduce(least)?;
    let wape_naive = naive.wape;
    let model = [record(Method::Parts), record(Method::YearlyParts)];
    let model = model.into_iter().flatten().reduce(least);
    let wape_model = model.as_ref().map(|model| model.wape);
    let best = model.filter(|model| model.wape < wape_naive * NEEDED).unwrap_or(naive);
    let (coverage, n_origins) = (best.coverage(), best.n_tries());
    let n_days = plan.stretch.end;
    Some((best, BackTest { wape_model, wape_naive, coverage, n_origins, n_days }))
}

/// Last year's days that the days after the history stand against; the period begins `from` days after it.
fn against(asked: &Asked, from: usize) -> Vec<Option<f64>> {
    let end = asked.history.end().days_since_epoch();
    let n_past = usize::try_from(end - asked.period.from.days_since_epoch()).unwrap_or(0);
    let left = asked.last_year.iter().skip(n_past).copied();
    std::iter::repeat_n(None, from).chain(left).collect()
}

fn is_never_negative(known: &[Option<f64>]) -> bool {
    known.iter().flatten().all(|value| *value >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Day;

    fn history(values: impl IntoIterator<Item = f64>) -> DailySeries {
        let monday = Day::parse("2024-01-01").unwrap();
        DailySeries::new(monday, values.into_iter().map(Some).collect())
    }

    /// From `from` days after the history up to and with `to` days after it.
    fn found(history: &DailySeries, from: i32, to: i32, to_date: f64) -> Option<PeriodEnd> {
        let period = Period::between(history.end().plus(from), history.end().plus(to));
        period_end(&Asked { history, period, to_date, last_year: &[] })
    }

    #[track_caller]
    fn assert_near(value: f64, expected: f64) {
        assert!((value - expected).abs() < 1e-6, "{value} is not {expected}");
    }

    const WEEK: [f64; 7] = [10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 0.0];

    fn weeks(n_days: usize) -> impl Iterator<Item = f64> {
        WEEK.iter().cycle().take(n_days).copied()
    }

    #[test]
    fn a_steady_week_goes_on_without_doubt() {
        // Ten days are left, of the period's fourteen: a week of 210 and 10 + 20 + 30.
        let end = found(&history(weeks(70)), -4, 9, 100.0).unwrap();
        assert_near(end.total, 370.0);
        assert_near(end.lower, 370.0);
        assert_near(end.upper, 370.0);
        assert_eq!((end.days.len(), end.method), (10, Method::Weeks), "the model has no lead");
        assert_eq!((end.back_test.n_origins, end.back_test.n_days), (12, 10));
        assert_near(end.back_test.wape_naive, 0.0);
        assert_near(end.probability_of(100.0), 1.0);
        // Of ten weeks nobody can tell more than nine of ten.
        assert_near(end.probability_of(360.0), 0.9);
        assert_near(end.probability_of(380.0), 0.1);
    }

    #[test]
    fn a_period_that_has_not_begun_is_forecast_over_the_days_between() {
        let end = found(&history(weeks(70)), 3, 5, 0.0).unwrap();
        assert_near(end.total, 40.0 + 50.0 + 60.0);
        assert_eq!(end.days.len(), 3);
    }

    #[test]
    fn there_is_no_forecast_of_little_of_nothing_and_of_what_is_over() {
        assert_eq!(found(&history(weeks(27)), 0, 9, 0.0), None);
        assert!(found(&history(weeks(28)), 0, 9, 0.0).is_some());
        assert_eq!(found(&history([0.0; 60]), 0, 9, 0.0), None);
        assert_eq!(found(&history(weeks(70)), -9, -1, 0.0), None);
        let mut holes: Vec<Option<f64>> = weeks(70).map(Some).collect();
        holes[10..60].fill(None);
        let holes = DailySeries::new(Day::parse("2024-01-01").unwrap(), holes);
        assert_eq!(found(&holes, 0, 9, 0.0), None, "20 days have a value");
    }

    /// Weeks that go up and down, each otherwise.
    fn uneven(n_days: usize) -> Vec<f64> {
        let week = |at: usize| f64::from(u8::try_from((at / 7 * 37) % 11).unwrap()) / 10.0 + 0.5;
        weeks(n_days).enumerate().map(|(at, value)| value * week(at)).collect()
    }

    #[test]
    fn the_interval_and_the_probability_tell_the_same() {
        let end = found(&history(uneven(300)), -3, 20, 40.0).unwrap();
        assert!(end.lower < end.total && end.total < end.upper, "{end:?}");
        assert_near(end.probability_of(end.lower), 0.9);
        assert_near(end.probability_of(end.upper), 0.1);
        assert_near(end.probability_of(40.0), 1.0);
        assert!(end.probability_of(41.0) < 1.0);
    }

    #[test]
    fn a_short_history_gives_a_wide_interval_that_ends_at_what_is_there() {
        let long = found(&history(uneven(300)), 0, 27, 5000.0).unwrap();
        let short = found(&history(uneven(35)), 0, 27, 5000.0).unwrap();
        assert_eq!(short.back_test.n_days, 5);
        assert!(short.upper - short.lower > long.upper - long.lower, "{short:?} {long:?}");
        assert!(short.lower >= 5000.0);
    }

    #[test]
    fn a_year_is_followed_and_a_sale_that_moved_is_followed_there() {
        // 364 days that repeat, each week on its own level: the last weeks say nothing.
        let year: Vec<f64> = uneven(364);
        let history = history(year.iter().cycle().take(800).copied());
        let period = Period::between(history.end().plus(-2), history.end().plus(3));
        // Days 800 to 803 are 72 to 75 of the year.
        let asked = Asked { history: &history, period, to_date: 7.0, last_year: &[] };
        let end = period_end(&asked).unwrap();
        assert_eq!(end.method, Method::LastYear);
        assert_eq!(end.days, &year[72..76]);
        // The two days that are over need no day to stand against.
        let moved = [Some(1.0), Some(1.0), None, Some(900.0)];
        let end = period_end(&Asked { last_year: &moved, ..asked }).unwrap();
        assert_eq!(end.days, [year[72], 900.0, year[74], year[75]]);
        assert_near(end.total, 7.0 + end.days.iter().sum::<f64>());
    }

    #[test]
    fn the_model_is_taken_where_it_leads() {
        // Two per cent a week: the median of four weeks is always late.
        let growing = weeks(200).scan(1.0, |level, value| {
            *level *= 1.003;
            Some((value + 5.0) * *level)
        });
        let end = found(&history(growing), 0, 13, 0.0).unwrap();
        assert_eq!(end.method, Method::Parts);
        let test = end.back_test;
        assert!(test.wape_model.unwrap() < test.wape_naive * NEEDED, "{test:?}");
    }

    #[test]
    fn what_was_negative_may_become_so() {
        let loss = found(&history(weeks(70).map(|value| value - 100.0)), 0, 6, 0.0).unwrap();
        // A week of 210 less 700.
        assert_near(loss.total, -490.0);
        assert_near(loss.probability_of(-600.0), 0.9);
    }
}
