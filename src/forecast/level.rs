//! The level of what is left when the seasons are taken off, and where it is heading.

use std::{borrow::Cow, error::Error};

use augurs::{
    Forecast,
    mstl::{FittedTrendModel, TrendModel},
};

use super::series::{as_number, mean};

/// What a trend loses of itself each day: in five weeks it is halved. A trend that never tires makes
/// the worst forecasts of all (Gardner and `McKenzie`, “Forecasting Trends in Time Series”, 1985).
const DAMPING: f64 = 0.98;
/// How much of a surprise the level takes over, and of that the trend.
const ALPHAS: [f64; 6] = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5];
const BETAS: [f64; 4] = [0.0, 0.02, 0.05, 0.1];
/// Days before the first forecast that counts for the choice.
const WARM_UP: usize = 14;

/// Damped exponential smoothing, ETS(A,Ad,N) in the words of Hyndman and others (“Forecasting with
/// Exponential Smoothing”, 2008). Its two parameters are the ones of a small grid that would have erred
/// least over stretches of as many days as are to be forecast: what is asked for is their sum. A grid,
/// not a search, so that every machine finds the same.
#[derive(Debug, Clone, Copy)]
pub(super) struct Level {
    pub(super) n_days: usize,
}

/// A level and its trend after the last day.
#[derive(Debug, Clone, Copy, PartialEq)]
struct State {
    level: f64,
    trend: f64,
}

impl State {
    fn next(self) -> f64 {
        self.level + DAMPING * self.trend
    }

    fn after(self, value: f64, alpha: f64, beta: f64) -> Self {
        let surprise = value - self.next();
        Self {
            level: self.next() + alpha * surprise,
            trend: DAMPING * self.trend + alpha * beta * surprise,
        }
    }
}

/// The level that was found in a series.
#[derive(Debug)]
struct FoundLevel {
    state: State,
    /// What was expected of each known day, from those before.
    expected: Vec<f64>,
}

impl Level {
    fn found(self, values: &[f64]) -> Option<FoundLevel> {
        let first = State { level: mean(values.iter().take(7).copied())?, trend: 0.0 };
        let sums = running_sums(values);
        let mut best: Option<(f64, f64, f64)> = None;
        for alpha in ALPHAS {
            for beta in BETAS {
                let error = self.error(first, values, &sums, (alpha, beta));
                if best.is_none_or(|(least, ..)| error < least) {
                    best = Some((error, alpha, beta));
                }
            }
        }
        let (_, alpha, beta) = best?;
        let mut state = first;
        let mut expected = Vec::with_capacity(values.len());
        for value in values {
            expected.push(state.next());
            state = state.after(*value, alpha, beta);
        }
        Some(FoundLevel { state, expected })
    }

    /// What sums of the next days would have been wrong by, in all.
    fn error(self, first: State, values: &[f64], sums: &[f64], by: (f64, f64)) -> f64 {
        let n_days = self.n_days.min(values.len() / 3).max(1);
        let reach: f64 = damping(n_days).sum();
        let mut state = first;
        let mut error = 0.0;
        for (at, value) in values.iter().enumerate() {
            if at >= WARM_UP.min(values.len() / 3)
                && let (Some(from), Some(to)) = (sums.get(at), sums.get(at + n_days))
            {
                let forecast = state.level * as_number(n_days) + state.trend * reach;
                error += (to - from - forecast).abs();
            }
            state = state.after(*value, by.0, by.1);
        }
        error
    }
}

/// What is left of a trend after one day, two days and so on, added up.
fn damping(n_days: usize) -> impl Iterator<Item = f64> {
    let day = |(power, sum): &mut (f64, f64), _: usize| {
        *power *= DAMPING;
        *sum += *power;
        Some(*sum)
    };
    (0..n_days).scan((1.0, 0.0), day)
}

/// The sum before each value, and of all.
fn running_sums(values: &[f64]) -> Vec<f64> {
    let sums = values.iter().scan(0.0, |sum, value| {
        *sum += value;
        Some(*sum)
    });
    std::iter::once(0.0).chain(sums).collect()
}

type Failed = Box<dyn Error + Send + Sync>;

impl TrendModel for Level {
    fn name(&self) -> Cow<'_, str> {
        Cow::Borrowed("damped level")
    }

    fn fit(&self, y: &[f64]) -> Result<Box<dyn FittedTrendModel + Sync + Send>, Failed> {
        match self.found(y) {
            Some(found) => Ok(Box::new(found)),
            None => Err("there is no value".into()),
        }
    }
}

impl FittedTrendModel for FoundLevel {
    fn predict_inplace(
        &self,
        n: usize,
        _: Option<f64>,
        forecast: &mut Forecast,
    ) -> Result<(), Failed> {
        let State { level, trend } = self.state;
        forecast.point = damping(n).map(|reach| level + trend * reach).collect();
        Ok(())
    }

    fn predict_in_sample_inplace(
        &self,
        _: Option<f64>,
        forecast: &mut Forecast,
    ) -> Result<(), Failed> {
        forecast.point.clone_from(&self.expected);
        Ok(())
    }

    fn training_data_size(&self) -> Option<usize> {
        Some(self.expected.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_near(value: f64, expected: f64) {
        assert!((value - expected).abs() < 1e-9, "{value} is not {expected}");
    }

    fn forecast(values: &[f64], n_days: usize) -> Vec<f64> {
        Level { n_days }.fit(values).unwrap().predict(n_days, None).unwrap().point
    }

    #[test]
    fn a_surprise_moves_level_and_trend_by_its_shares() {
        // 10 + 0.98 × 2 = 11.96 was expected; 13.96 came. Half of 2 goes to the level, 0.05 of it, too, to
        // the trend.
        let state = State { level: 10.0, trend: 2.0 }.after(13.96, 0.5, 0.1);
        assert_near(state.level, 12.96);
        assert_near(state.trend, 1.96 + 0.1);
    }

    #[test]
    fn a_trend_tires() {
        // 0.98, 0.98 + 0.9604, …; in the end 0.98 ÷ 0.02 = 49 days of it.
        let reach: Vec<f64> = damping(2000).collect();
        assert_near(reach[0], 0.98);
        assert_near(reach[1], 1.9404);
        assert_near(reach[1999], 49.0);
    }

    #[test]
    fn what_stays_is_forecast_to_stay() {
        assert_eq!(forecast(&[7.0; 40], 3), [7.0; 3]);
        assert!(Level { n_days: 3 }.fit(&[]).is_err());
    }

    #[test]
    fn what_rises_is_forecast_to_rise_but_less_than_before() {
        let line: Vec<f64> = (0..120).map(f64::from).collect();
        let days = forecast(&line, 20);
        assert!(days[0] > 117.0 && days[19] > days[0] + 5.0, "{days:?}");
        assert!(days[19] < 139.0, "{days:?}");
    }

    #[test]
    fn of_one_day_of_sale_in_a_steady_series_less_than_a_tenth_stays() {
        let mut values: Vec<f64> = (0..100).map(|at| 100.0 + f64::from(at % 2)).collect();
        values[97] = 300.0;
        let days = forecast(&values, 10);
        assert!((100.0..120.0).contains(&days[9]), "{days:?}");
    }
}
