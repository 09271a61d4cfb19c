//! Integer arithmetic of the generator: rounded parts, exact spreading, table look-up.
//!
//! Whole numbers only, so that every byte is the same on every machine; money is in cents.

/// The entry of a constant table; its last entry beyond the end.
pub(super) fn at<T: Copy>(table: &[T], index: i64) -> T {
    let found = usize::try_from(index).ok().and_then(|index| table.get(index));
    *found.or(table.last()).expect("constant tables hold at least one entry")
}

/// The entry of a list for an index that was made from the same list.
pub(super) fn item<T>(list: &[T], index: usize) -> &T {
    list.get(index).expect("indexes are made from the list itself")
}

/// A length or position as a number to calculate with.
pub(super) fn whole(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

/// A number as a position; 0 when negative.
pub(super) fn position(number: i64) -> usize {
    usize::try_from(number).unwrap_or(0)
}

/// `value × numerator ÷ denominator`, rounded half away from zero; 0 when nothing divides.
pub(super) fn part(value: i64, numerator: i64, denominator: i64) -> i64 {
    if denominator == 0 {
        return 0;
    }
    let product = value * numerator;
    let half = denominator / 2;
    if product < 0 { (product - half) / denominator } else { (product + half) / denominator }
}

/// Splits `total` in proportion to `weights`, to the cent: the parts add up to `total` exactly.
/// All parts are 0 when no weight is above 0.
pub(super) fn spread(total: i64, weights: &[i64]) -> Vec<i64> {
    let sum: i64 = weights.iter().sum();
    let (mut passed, mut given) = (0, 0);
    weights
        .iter()
        .map(|weight| {
            passed += weight;
            let upto = if sum > 0 { wide_part(total, passed, sum) } else { 0 };
            let share = upto - given;
            given = upto;
            share
        })
        .collect()
}

fn wide_part(total: i64, passed: i64, sum: i64) -> i64 {
    let product = i128::from(total) * i128::from(passed);
    i64::try_from(product / i128::from(sum)).unwrap_or(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_round_half_away_from_zero() {
        assert_eq!(part(15, 1, 10), 2);
        assert_eq!(part(-15, 1, 10), -2);
        assert_eq!(part(14, 1, 10), 1);
        assert_eq!(part(14, 1, 0), 0);
    }

    #[test]
    fn spread_parts_add_up() {
        let parts = spread(1_000, &[1, 1, 1, 0]);
        assert_eq!(parts.iter().sum::<i64>(), 1_000);
        assert_eq!(parts.last(), Some(&0));
        assert_eq!(spread(1_000, &[0, 0]), vec![0, 0]);
    }
}
