//! What a rate over few cases can be in truth.

use super::Decimal;

/// Of the standard normal distribution: 95 % lie within so many deviations.
const Z: f64 = 1.959_963_984_540_054;

/// The 95 % interval of a rate of `n` cases, by Wilson's score (E. B. Wilson, “Probable Inference, the Law of
/// Succession, and Statistical Inference”, 1927). `None` without a case, and of what is no part of its cases:
/// units can come back that were sold before.
pub(super) fn wilson_interval(rate: Decimal, n: Decimal) -> Option<[Decimal; 2]> {
    if n < Decimal::ONE || rate < Decimal::ZERO || rate > Decimal::ONE {
        return None;
    }
    let (rate, n) = (rate.to_f64(), n.to_f64());
    let squared = Z * Z;
    let spread = (rate * (1.0 - rate) / n + squared / (4.0 * n * n)).sqrt();
    let scale = 1.0 + squared / n;
    let middle = (rate + squared / (2.0 * n)) / scale;
    let ends = [middle - Z * spread / scale, middle + Z * spread / scale];
    Some(ends.map(|end| decimal(end.clamp(0.0, 1.0))))
}

/// A number from 0 to 1, to four places: more would promise what no interval holds.
fn decimal(number: f64) -> Decimal {
    #[expect(clippy::cast_possible_truncation, reason = "it is at most 10,000")]
    let ten_thousandths = (number * 10_000.0).round() as i128;
    Decimal::from_hundred_millionths(ten_thousandths * (Decimal::SCALE / 10_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Fixed;

    #[track_caller]
    fn check(count: i64, n: i64, expected: Option<[&str; 2]>) {
        let (count, n) = (Fixed::from_whole(count), Fixed::from_whole(n));
        let rate = Decimal::quotient(count, n).unwrap_or(Decimal::ZERO);
        let found = wilson_interval(rate, n.into()).map(|ends| ends.map(|end| end.to_string()));
        assert_eq!(found, expected.map(|ends| ends.map(str::to_owned)));
    }

    /// By hand, 1 of 40: middle (0.025 + 0.04802) ÷ 1.09604 = 0.06662, half 1.96 × 0.03478 ÷ 1.09604 =
    /// 0.06219. None of 10: from 0 to 3.8415 ÷ 13.8415.
    #[test]
    fn few_cases_leave_much_open() {
        check(1, 40, Some(["0.0044", "0.1288"]));
        check(0, 10, Some(["0", "0.2775"]));
        check(10, 10, Some(["0.7225", "1"]));
        check(5, 10, Some(["0.2366", "0.7634"]));
        check(0, 0, None);
        check(12, 10, None);
    }
}
