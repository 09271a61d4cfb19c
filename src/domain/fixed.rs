//! Exact decimals.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An exact decimal in ten-thousandths: 1.25 is 12 500. Money, counts and fractional conversions
/// are all kept this way, so that totals tie to the last digit.
///
/// Sums saturate at about ± 922 trillion, far beyond any seller.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Fixed(i64);

impl Fixed {
    /// Ten-thousandths in one.
    pub const SCALE: i64 = 10_000;
    pub const ZERO: Self = Self(0);

    pub const fn from_ten_thousandths(ten_thousandths: i64) -> Self {
        Self(ten_thousandths)
    }

    pub const fn from_whole(whole: i64) -> Self {
        Self(whole.saturating_mul(Self::SCALE))
    }

    /// Reads plain decimal text with at most four decimals, as `Display` writes it.
    pub fn parse(text: &str) -> Option<Self> {
        let (is_negative, magnitude) = match text.trim().strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.trim()),
        };
        let (whole, decimals) = magnitude.split_once('.').unwrap_or((magnitude, ""));
        let is_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || decimals.len() > 4 || !is_digits(whole) || !is_digits(decimals) {
            return None;
        }
        let value: i64 = format!("{whole}{decimals:0<4}").parse().ok()?;
        Some(Self(if is_negative { -value } else { value }))
    }

    pub const fn ten_thousandths(self) -> i64 {
        self.0
    }

    /// For ratios and statistics only.
    #[expect(clippy::cast_precision_loss, reason = "ratios need fewer than 53 bits")]
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / Self::SCALE as f64
    }

    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    #[must_use]
    pub const fn negated(self) -> Self {
        Self(self.0.saturating_neg())
    }

    #[must_use]
    pub const fn absolute(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// The product, rounded half away from zero to a ten-thousandth.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        // Prices and counts fit 64 bits; dividing 128 is ten times slower.
        if let Some(exact) = self.0.checked_mul(other.0)
            && let Some(rounded) = exact.checked_add(Self::SCALE / 2 * exact.signum())
        {
            return Self(rounded / Self::SCALE);
        }
        let exact = i128::from(self.0) * i128::from(other.0);
        let half = i128::from(Self::SCALE / 2) * exact.signum();
        let rounded = (exact + half) / i128::from(Self::SCALE);
        Self(i64::try_from(rounded).unwrap_or(if rounded > 0 { i64::MAX } else { i64::MIN }))
    }

    /// The quotient, rounded half away from zero to a ten-thousandth; `None` by 0.
    pub fn divided_by(self, other: Self) -> Option<Self> {
        (other != Self::ZERO).then(|| self.share(Self::from_whole(1), other))
    }

    /// The part of it that `one` is of `all`, rounded half away from zero; 0 of nothing.
    #[must_use]
    pub fn share(self, one: Self, all: Self) -> Self {
        let exact = i128::from(self.0) * i128::from(one.0) * 2;
        let (exact, by) =
            if all.0 < 0 { (-exact, -i128::from(all.0)) } else { (exact, all.0.into()) };
        let rounded = (exact + by * exact.signum()).checked_div(by * 2).unwrap_or(0);
        Self(i64::try_from(rounded).unwrap_or(if rounded > 0 { i64::MAX } else { i64::MIN }))
    }

    /// The `index`-th of `parts` near-equal parts; all parts add up to the whole exactly.
    #[must_use]
    pub fn part(self, index: i64, parts: i64) -> Self {
        if parts <= 1 {
            return self;
        }
        let cut = |at: i64| i128::from(self.0) * i128::from(at) / i128::from(parts);
        Self(i64::try_from(cut(index + 1) - cut(index)).unwrap_or(0))
    }
}

impl std::iter::Sum for Fixed {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Self::plus)
    }
}

/// Plain decimal text without exponent or grouping: `12`, `-0.5`, `1234.5678`.
impl fmt::Display for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let scale = Self::SCALE.unsigned_abs();
        let (whole, rest) = (magnitude / scale, magnitude % scale);
        let sign = if self.0 < 0 { "-" } else { "" };
        if rest == 0 {
            return write!(f, "{sign}{whole}");
        }
        let fraction = format!("{rest:04}");
        write!(f, "{sign}{whole}.{}", fraction.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::Fixed;

    #[track_caller]
    fn check(ten_thousandths: i64, expected: &str) {
        assert_eq!(Fixed::from_ten_thousandths(ten_thousandths).to_string(), expected);
    }

    #[test]
    fn is_shown_as_plain_decimal_text() {
        check(0, "0");
        check(12_500, "1.25");
        check(-5_000, "-0.5");
        check(-1, "-0.0001");
        check(12_345_678_900, "1234567.89");
    }

    #[test]
    fn reads_what_it_writes() {
        for text in ["0", "1.25", "-0.5", "1234567.8901"] {
            assert_eq!(Fixed::parse(text).map(|it| it.to_string()).as_deref(), Some(text));
        }
        for text in ["", ".", "1.23456", "1,2", "--1", "1e3", "+1"] {
            assert_eq!(Fixed::parse(text), None, "{text}");
        }
    }

    #[test]
    fn products_round_half_away_from_zero() {
        let cent = Fixed::from_ten_thousandths(1);
        let half = Fixed::from_ten_thousandths(5_000);
        assert_eq!(cent.times(half), cent);
        assert_eq!(cent.negated().times(half), cent.negated());
        assert_eq!(
            Fixed::from_whole(3).times(Fixed::from_ten_thousandths(239_900)).to_string(),
            "71.97"
        );
    }

    #[test]
    fn quotients_round_half_away_from_zero() {
        let quotient = |one: i64, other: i64| {
            let fixed = Fixed::from_ten_thousandths;
            fixed(one).divided_by(fixed(other)).map(Fixed::ten_thousandths)
        };
        assert_eq!(quotient(10_000, 70_000), Some(1_429));
        assert_eq!(quotient(1, 20_000), Some(1), "0.00005");
        assert_eq!(quotient(-1, 20_000), Some(-1));
        assert_eq!(quotient(1, -20_000), Some(-1));
        assert_eq!(quotient(-10_000, -20_000), Some(5_000));
        assert_eq!(quotient(1, 0), None);
    }

    #[test]
    fn parts_add_up_to_the_whole() {
        for whole in [1, -1, 10, 99_999, -123_457] {
            let whole = Fixed::from_ten_thousandths(whole);
            let sum: Fixed = (0..7).map(|index| whole.part(index, 7)).sum();
            assert_eq!(sum, whole);
        }
    }
}
