//! How far what comes may lie from a forecast.

use super::series::{as_number, sorted};

/// The lower and upper end of an interval that holds four of five.
const LOWER: f64 = 0.1;
const UPPER: f64 = 0.9;
/// Tries of which the lower end lies between two: 0.1 × (9 + 1) is the first.
const MIN_TRIES: usize = 9;
/// A normal distribution's shares and how many standard deviations lie below them. Of few tries nothing
/// further out is said.
const NORMAL: [(f64, f64); 7] = [
    (0.1, -1.2816),
    (0.2, -0.8416),
    (0.35, -0.3853),
    (0.5, 0.0),
    (0.65, 0.3853),
    (0.8, 0.8416),
    (0.9, 1.2816),
];

/// Shares of what may come, small ones first, each with the error that this share stays below; between
/// two of them on a straight line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spread {
    points: Vec<(f64, f64)>,
}

impl Spread {
    /// Of nine errors and more their own quantiles: the i-th of n stands for the share i ÷ (n + 1), so
    /// that one more error like them falls between the ends as often as they say, however they are
    /// distributed (conformal prediction: Vovk, Gammerman and Shafer, 2005). Of fewer a normal
    /// distribution around 0, whose reach grows by what the root mean square of `n_apart` errors may be
    /// wrong (Student's t; Abramowitz and Stegun 26.7.5, first term). `n_apart` are those that share no
    /// day with each other. `None` of no errors.
    pub(super) fn of(errors: &[f64], n_apart: usize) -> Option<Self> {
        if errors.is_empty() {
            return None;
        }
        if n_apart < MIN_TRIES || errors.len() < MIN_TRIES {
            let squares: f64 = errors.iter().map(|error| error * error).sum();
            let usual = (squares / as_number(errors.len())).sqrt();
            let free = as_number(n_apart.max(1));
            let reach = |z: f64| (z + (z * z * z + z) / (4.0 * free)) * usual;
            return Some(Self { points: NORMAL.map(|(share, z)| (share, reach(z))).to_vec() });
        }
        let parts = as_number(errors.len() + 1);
        let errors = sorted(errors.to_vec());
        let point = |(at, error): (usize, f64)| (as_number(at + 1) / parts, error);
        Some(Self { points: errors.into_iter().enumerate().map(point).collect() })
    }

    /// The errors between which four of five lie.
    pub(super) fn ends(&self) -> (f64, f64) {
        (on_line(&self.points, LOWER), on_line(&self.points, UPPER))
    }

    /// The share that lies below an error. Never nearer to 0 or 1 than the tries can tell.
    pub(super) fn share_below(&self, error: f64) -> f64 {
        let by_error: Vec<(f64, f64)> =
            self.points.iter().map(|(share, error)| (*error, *share)).collect();
        on_line(&by_error, error)
    }
}

/// The height of a line through points at a place; beyond its ends that of the end. Where several points
/// stand above each other, the middle of them.
fn on_line(points: &[(f64, f64)], at: f64) -> f64 {
    let below = points.iter().rfind(|(place, _)| *place <= at);
    let above = points.iter().find(|(place, _)| *place >= at);
    match (below, above) {
        (Some((from, low)), Some((to, high))) if from < to => {
            low + (high - low) * (at - from) / (to - from)
        }
        (Some((_, low)), Some((_, high))) => low.midpoint(*high),
        (Some((_, end)), None) | (None, Some((_, end))) => *end,
        (None, None) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_near(value: f64, expected: f64) {
        assert!((value - expected).abs() < 1e-9, "{value} is not {expected}");
    }

    #[test]
    fn of_many_errors_their_own_quantiles_count() {
        // Of 19 the 2nd stands for 2/20 = 0.1, the 18th for 0.9.
        let errors: Vec<f64> = (1..=19).rev().map(f64::from).collect();
        let spread = Spread::of(&errors, 19).unwrap();
        let (lower, upper) = spread.ends();
        assert_near(lower, 2.0);
        assert_near(upper, 18.0);
        assert_near(spread.share_below(10.5), 0.525);
        // Nobody has seen anything beyond: at least one of twenty.
        assert_near(spread.share_below(-5.0), 0.05);
        assert_near(spread.share_below(99.0), 0.95);
    }

    #[test]
    fn between_two_errors_the_ends_are_interpolated() {
        // Of 12: 0.1 × 13 = 1.3, between the first and the second; 0.9 × 13 = 11.7.
        let errors: Vec<f64> = (1..=12).map(|at| f64::from(at) * 10.0).collect();
        let (lower, upper) = Spread::of(&errors, 12).unwrap().ends();
        assert_near(lower, 13.0);
        assert_near(upper, 117.0);
    }

    #[test]
    fn of_few_errors_a_normal_distribution_is_taken() {
        // Root mean square of 3, −3, 3, −3 is 3; 1.2816 + (1.2816³ + 1.2816) ÷ 16 = 1.493262…
        let spread = Spread::of(&[3.0, -3.0, 3.0, -3.0], 4).unwrap();
        let (lower, upper) = spread.ends();
        let z = 1.2816;
        assert_near(upper, 3.0 * (z + (z * z * z + z) / 16.0));
        assert!((upper - 3.0 * 1.493_262).abs() < 1e-4, "{upper}");
        assert_near(lower, -upper);
        assert_near(spread.share_below(0.0), 0.5);
        assert_near(spread.share_below(-999.0), 0.1);
        // Errors that share their days say less.
        assert!(Spread::of(&[3.0, -3.0, 3.0, -3.0], 1).unwrap().ends().1 > upper);
        assert_eq!(Spread::of(&[], 3), None);
    }

    #[test]
    fn equal_errors_leave_the_middle_open() {
        let spread = Spread::of(&[0.0; 9], 9).unwrap();
        assert_eq!(spread.ends(), (0.0, 0.0));
        assert_near(spread.share_below(0.0), 0.5);
        assert_near(spread.share_below(0.1), 0.9);
    }
}
