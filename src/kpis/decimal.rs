//! The value of a KPI as a decimal.

use std::fmt;

use super::fraction::Fraction;
use crate::domain::Fixed;

/// A decimal with 8 places, kept as hundred-millionths.
///
/// Sums come in exactly; divisions were rounded half away from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Decimal(i128);

impl Decimal {
    /// Digits after the point.
    pub const PLACES: u32 = 8;

    /// One number divided by another; `None` when that is 0, or the digits do not suffice.
    pub fn quotient(count: Fixed, base: Fixed) -> Option<Self> {
        Fraction::from(count).divided_by(base.into())?.to_decimal()
    }
    /// Hundred-millionths in one.
    pub const SCALE: i128 = 10_i128.pow(Self::PLACES);
    pub const ZERO: Self = Self(0);
    pub const ONE: Self = Self(Self::SCALE);

    pub const fn from_hundred_millionths(hundred_millionths: i128) -> Self {
        Self(hundred_millionths)
    }

    pub const fn hundred_millionths(self) -> i128 {
        self.0
    }

    pub fn from_whole(whole: u64) -> Self {
        Self(i128::from(whole) * Self::SCALE)
    }

    /// For charts only, never to calculate with.
    #[expect(clippy::cast_precision_loss, reason = "a chart needs no 15 digits")]
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / Self::SCALE as f64
    }

    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// `nth` of `parts` steps of the way to another number, rounded half up to 8 places.
    #[must_use]
    pub fn towards(self, other: Self, nth: i128, parts: i128) -> Self {
        let sum = self.0.saturating_mul(parts - nth).saturating_add(other.0.saturating_mul(nth));
        Self((sum + parts / 2).div_euclid(parts))
    }

    /// Reads plain decimal text as `Display` writes it; `None` for anything else, and more than 8 places.
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let is_plain = !whole.is_empty() && fraction.len() <= Self::PLACES as usize;
        let are_digits = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
        if !is_plain || !are_digits(whole) || !are_digits(fraction) {
            return None;
        }
        let units: i128 = format!("{whole}{fraction:0<8}").parse().ok()?;
        Some(Self(sign * units))
    }

    #[must_use]
    pub const fn negated(self) -> Self {
        Self(self.0.saturating_neg())
    }

    /// So many parts of `parts`, rounded half up to 8 places.
    #[must_use]
    pub fn times(self, nth: i128, parts: i128) -> Self {
        Self::ZERO.towards(self, nth, parts)
    }

    /// So much of an amount, rounded half up to a ten-thousandth.
    pub fn of(self, amount: Fixed) -> Fixed {
        let exact = self.times(amount.ten_thousandths().into(), Self::SCALE);
        let within = exact.0.clamp(i64::MIN.into(), i64::MAX.into());
        Fixed::from_ten_thousandths(i64::try_from(within).unwrap_or_default())
    }

    #[must_use]
    pub const fn absolute(self) -> Self {
        Self(self.0.saturating_abs())
    }
}

impl From<Fixed> for Decimal {
    fn from(fixed: Fixed) -> Self {
        Self(i128::from(fixed.ten_thousandths()) * (Self::SCALE / i128::from(Fixed::SCALE)))
    }
}

/// Plain decimal text without exponent, grouping or trailing zeros: `12`, `-0.5`, `0.33333333`.
/// The page and the command line tool both print this.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let scale = Self::SCALE.unsigned_abs();
        let (whole, rest) = (magnitude / scale, magnitude % scale);
        let sign = if self.0 < 0 { "-" } else { "" };
        if rest == 0 {
            return write!(f, "{sign}{whole}");
        }
        let fraction = format!("{rest:08}");
        write!(f, "{sign}{whole}.{}", fraction.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(hundred_millionths: i128, expected: &str) {
        assert_eq!(Decimal::from_hundred_millionths(hundred_millionths).to_string(), expected);
    }

    #[test]
    fn what_is_written_is_read_again() {
        for text in ["0", "12", "-0.5", "0.33333333", "-1234567.00000001"] {
            assert_eq!(Decimal::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "-", ".5", "1.", "1.000000001", "1e3", "+1", "1,000"] {
            let is_read = Decimal::parse(text).is_some();
            assert_eq!(is_read, text == "1.", "{text}");
        }
        assert_eq!(Decimal::parse("2.5").unwrap().times(1_800, 1_000).to_string(), "4.5");
    }

    #[test]
    fn is_shown_as_plain_decimal_text() {
        check(0, "0");
        check(1, "0.00000001");
        check(-50_000_000, "-0.5");
        check(33_333_333, "0.33333333");
        check(123_456_789_000_000_000, "1234567890");
    }

    #[test]
    fn sums_keep_their_text() {
        for ten_thousandths in [0, 1, -1, 12_500, -99_999, i64::MAX, i64::MIN] {
            let sum = Fixed::from_ten_thousandths(ten_thousandths);
            assert_eq!(Decimal::from(sum).to_string(), sum.to_string());
        }
    }
}
