//! The natural limits of a process: how far its usual ups and downs reach, so that what lies beyond them
//! has a cause of its own.
//!
//! A chart of individuals and moving ranges (XmR): mean ± 3 × mean moving range ÷ 1.128, as in the
//! NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2.

/// Of fewer points the limits would be a guess.
const MIN_POINTS: usize = 8;
/// Points that a season needs of its own, to have one.
const MIN_POINTS_OF_SEASON: usize = 4;
/// Expected range of two points, in standard deviations.
const D2: f64 = 1.128;

/// Limits of each place of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct ProcessLimits {
    /// Not below 0 where no point is.
    pub lower: Vec<f64>,
    pub upper: Vec<f64>,
    /// Points that they were made of.
    pub n_points: usize,
    /// Whether they follow the seasons.
    pub is_seasonal: bool,
}

/// A place of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProcessPoint {
    /// `None`: nothing can be learned from it, as of what has no value or still settles.
    pub value: Option<f64>,
    /// Which of the recurring seasons it is of, such as a weekday.
    pub season: usize,
}

/// The limits of a series. Where every season has points enough, its usual distance from the mean is
/// taken off first: a quiet Sunday is none of the ups and downs. `None`: there are too few points.
pub fn process_limits(points: &[ProcessPoint]) -> Option<ProcessLimits> {
    let known: Vec<(f64, usize)> =
        points.iter().filter_map(|point| Some((point.value?, point.season))).collect();
    if known.len() < MIN_POINTS {
        return None;
    }
    let mean = mean_of(known.iter().map(|(value, _)| *value))?;
    let seasons = seasons_of(points, &known, mean);
    let offset = |season: usize| {
        let offsets = seasons.as_ref().and_then(|seasons| seasons.get(season).copied().flatten());
        offsets.unwrap_or(0.0)
    };
    let levelled: Vec<f64> = known.iter().map(|(value, season)| value - offset(*season)).collect();
    let ranges = levelled.windows(2).map(|pair| match pair {
        [one, other] => (other - one).abs(),
        _ => 0.0,
    });
    let reach = 3.0 * mean_of(ranges)? / D2;
    let is_below_zero = known.iter().any(|(value, _)| *value < 0.0);
    let least = if is_below_zero { f64::NEG_INFINITY } else { 0.0 };
    let centre = |point: &ProcessPoint| mean + offset(point.season);
    Some(ProcessLimits {
        lower: points.iter().map(|point| (centre(point) - reach).max(least)).collect(),
        upper: points.iter().map(|point| centre(point) + reach).collect(),
        n_points: known.len(),
        is_seasonal: seasons.is_some(),
    })
}

/// Each season's distance from the mean; `None` where one has too few points, or there is only one.
fn seasons_of(
    points: &[ProcessPoint],
    known: &[(f64, usize)],
    mean: f64,
) -> Option<Vec<Option<f64>>> {
    let n_seasons = points.iter().map(|point| point.season + 1).max().filter(|n| *n > 1)?;
    let offset = |season: usize| {
        let own = known.iter().filter(|(_, it)| *it == season).map(|(value, _)| *value);
        let is_in_use = points.iter().any(|point| point.season == season);
        if !is_in_use {
            return Some(None);
        }
        (own.clone().count() >= MIN_POINTS_OF_SEASON).then(|| mean_of(own).map(|own| own - mean))
    };
    (0..n_seasons).map(offset).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a series has fewer than 2^52 places")]
fn mean_of(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0_usize), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / count as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[f64], n_seasons: usize) -> Option<ProcessLimits> {
        let point = |(at, value): (usize, &f64)| ProcessPoint {
            value: value.is_finite().then_some(*value),
            season: at % n_seasons,
        };
        process_limits(&values.iter().enumerate().map(point).collect::<Vec<_>>())
    }

    #[track_caller]
    fn assert_near(value: f64, expected: f64) {
        assert!((value - expected).abs() < 1e-9, "{value} is not {expected}");
    }

    #[test]
    fn limits_are_three_sigmas_of_the_moving_range_around_the_mean() {
        let limits = of(&[10.0, 12.0, 11.0, 13.0, 12.0, 11.0, 14.0, 13.0], 1).unwrap();
        // Mean 12; ranges 2, 1, 2, 1, 1, 3, 1: their mean is 11/7, and 3 × 11/7 ÷ 1.128 = 4.17933…
        assert_near(limits.lower[0], 12.0 - 33.0 / 7.0 / 1.128);
        assert_near(limits.upper[7], 12.0 + 33.0 / 7.0 / 1.128);
        assert_eq!((limits.n_points, limits.is_seasonal), (8, false));
    }

    #[test]
    fn the_handbooks_example_has_its_limits() {
        // NIST/SEMATECH e-Handbook 6.3.2.2, flow rate of ten batches: 50.81 ± 3 × 1.8778 ÷ 1.128.
        let flow = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
        let limits = of(&flow, 1).unwrap();
        assert!((limits.lower[0] - 45.8159).abs() < 5e-4, "{}", limits.lower[0]);
        assert!((limits.upper[0] - 55.8041).abs() < 5e-4, "{}", limits.upper[0]);
    }

    #[test]
    fn what_is_unknown_is_passed_over_and_few_points_give_none() {
        let gap = f64::NAN;
        assert_eq!(of(&[1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0], 1), None);
        let limits = of(&[1.0, gap, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, gap], 1).unwrap();
        // Mean 1.5, every range 1, and nothing is below 0.
        assert_eq!((limits.n_points, limits.lower.len()), (8, 10));
        assert_near(limits.upper[9], 1.5 + 3.0 / 1.128);
        assert_near(limits.lower[0], 0.0);
        let below = of(&[-1.0, 2.0, -1.0, 2.0, -1.0, 2.0, -1.0, 2.0], 1).unwrap();
        assert_near(below.lower[0], 0.5 - 9.0 / 1.128);
    }

    #[test]
    fn a_quiet_weekday_is_none_of_the_ups_and_downs() {
        let week = [10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 3.0];
        let weeks: Vec<f64> = week.iter().copied().cycle().take(28).collect();
        let limits = of(&weeks, 7).unwrap();
        assert!(limits.is_seasonal);
        assert_near(limits.lower[6], 3.0);
        assert_near(limits.upper[5], 10.0);
        // Three weeks are too few for weekdays of their own.
        let limits = of(&weeks[..21], 7).unwrap();
        assert!(!limits.is_seasonal && limits.upper[6] > 10.0);
    }
}
