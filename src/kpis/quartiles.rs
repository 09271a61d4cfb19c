//! What a quarter, half and three quarters of some values are below.

use super::Decimal;
use crate::domain::sort_few;

/// Fewer values have no quartiles worth showing.
const FEWEST: usize = 6;

/// The quartiles of some values, small ones first; `None` of fewer than six. Between two values they are
/// interpolated: of n sorted values the quartile k lies at (n − 1) × k ÷ 4, counted from 0 (type 7 of
/// Hyndman and Fan, “Sample Quantiles in Statistical Packages”, 1996).
pub fn quartiles(mut values: Vec<Decimal>) -> Option<[Decimal; 3]> {
    if values.len() < FEWEST {
        return None;
    }
    sort_few(&mut values);
    Some([1, 2, 3].map(|k| quantile(&values, k, 4)))
}

/// What `k` of `parts` parts of sorted values are below, interpolated in the same way; 0 of no values.
pub fn quantile(sorted: &[Decimal], k: usize, parts: usize) -> Decimal {
    let steps = sorted.len().saturating_sub(1) * k;
    let whole = |number: usize| i128::try_from(number).unwrap_or(i128::MAX);
    let (at, rest) = (steps / parts, steps % parts);
    let below = sorted.get(at).copied().unwrap_or_default();
    let above = sorted.get(at + 1).copied().unwrap_or(below);
    below.towards(above, whole(rest), whole(parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(values: &[i128], expected: Option<[&str; 3]>) {
        let values = values.iter().map(|it| Decimal::from_hundred_millionths(it * Decimal::SCALE));
        let found = quartiles(values.collect()).map(|it| it.map(|it| it.to_string()));
        assert_eq!(found, expected.map(|it| it.map(str::to_owned)));
    }

    /// By hand: of 1 … 9 they lie at 2, 4 and 6; of six values at 1.25, 2.5 and 3.75.
    #[test]
    fn quartiles_lie_between_the_values() {
        check(&[9, 1, 8, 2, 7, 3, 6, 4, 5], Some(["3", "5", "7"]));
        check(&[10, 20, 30, 40, 50, 60], Some(["22.5", "35", "47.5"]));
        check(&[-4, -4, 0, 0, 4, 4], Some(["-3", "0", "3"]));
        check(&[7; 12], Some(["7", "7", "7"]));
        check(&[1, 2, 3, 4, 5], None);
    }
}
