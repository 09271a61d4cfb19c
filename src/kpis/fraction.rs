//! Exact arithmetic for formulas.

use crate::domain::Fixed;

use super::Decimal;

/// An exact fraction; its denominator is positive.
///
/// Nothing is rounded before the end of a formula. Operations give `None` when the exact result
/// does not fit into 128 bits, which no sums of a seller come near.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fraction {
    numerator: i128,
    denominator: i128,
}

impl Fraction {
    pub(super) const ZERO: Self = Self { numerator: 0, denominator: 1 };
    pub(super) const ONE: Self = Self { numerator: 1, denominator: 1 };

    pub(super) fn from_count(count: u64) -> Self {
        Self { numerator: i128::from(count), denominator: 1 }
    }

    /// `units` × 10 to the power of −`places`.
    pub(super) fn from_number(units: i64, places: u32) -> Option<Self> {
        Some(Self { numerator: i128::from(units), denominator: 10_i128.checked_pow(places)? })
    }

    pub(super) const fn is_zero(self) -> bool {
        self.numerator == 0
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        exactly(self, other, |one, other| {
            // Sums share their denominator: no need to grow it.
            if one.denominator == other.denominator {
                let numerator = one.numerator.checked_add(other.numerator)?;
                return Some(Self { numerator, denominator: one.denominator });
            }
            let left = one.numerator.checked_mul(other.denominator)?;
            let right = other.numerator.checked_mul(one.denominator)?;
            let denominator = one.denominator.checked_mul(other.denominator)?;
            Some(Self { numerator: left.checked_add(right)?, denominator })
        })
    }

    pub(super) fn negated(self) -> Option<Self> {
        Some(Self { numerator: self.numerator.checked_neg()?, ..self })
    }

    pub(super) fn absolute(self) -> Option<Self> {
        if self.numerator < 0 { self.negated() } else { Some(self) }
    }

    pub(super) fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated()?)
    }

    pub(super) fn times(self, other: Self) -> Option<Self> {
        exactly(self, other, |one, other| {
            let numerator = one.numerator.checked_mul(other.numerator)?;
            let denominator = one.denominator.checked_mul(other.denominator)?;
            Some(Self { numerator, denominator })
        })
    }

    /// `None` also when `other` is zero.
    pub(super) fn divided_by(self, other: Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        exactly(self, other, |one, other| {
            let (numerator, denominator) = if one.denominator == other.denominator {
                (one.numerator, other.numerator)
            } else {
                let numerator = one.numerator.checked_mul(other.denominator)?;
                (numerator, one.denominator.checked_mul(other.numerator)?)
            };
            if denominator < 0 {
                let numerator = numerator.checked_neg()?;
                return Some(Self { numerator, denominator: denominator.checked_neg()? });
            }
            Some(Self { numerator, denominator })
        })
    }

    /// Which of the two is smaller; `None` when out of range.
    pub(super) fn is_less_than(self, other: Self) -> Option<bool> {
        Some(self.minus(other)?.numerator < 0)
    }

    /// Rounded half away from zero to 8 places.
    pub(super) fn to_decimal(self) -> Option<Decimal> {
        let scaled = |fraction: Self| {
            Some((fraction.numerator.checked_mul(Decimal::SCALE)?, fraction.denominator))
        };
        let (numerator, denominator) = scaled(self).or_else(|| scaled(self.reduced()))?;
        let (quotient, rest) = (numerator / denominator, numerator % denominator);
        let is_half_or_more = rest.unsigned_abs() >= denominator.unsigned_abs().div_ceil(2);
        let step = if is_half_or_more { numerator.signum() } else { 0 };
        Some(Decimal::from_hundred_millionths(quotient.checked_add(step)?))
    }

    fn reduced(self) -> Self {
        let (mut one, mut other) = (self.numerator.unsigned_abs(), self.denominator.unsigned_abs());
        while other != 0 {
            (one, other) = (other, one % other);
        }
        // Not larger than the denominator, so it fits; 1 if it were not to.
        let divisor = i128::try_from(one).unwrap_or(1).max(1);
        Self { numerator: self.numerator / divisor, denominator: self.denominator / divisor }
    }
}

impl From<Fixed> for Fraction {
    fn from(fixed: Fixed) -> Self {
        Self {
            numerator: i128::from(fixed.ten_thousandths()),
            denominator: i128::from(Fixed::SCALE),
        }
    }
}

impl From<Decimal> for Fraction {
    fn from(decimal: Decimal) -> Self {
        Self { numerator: decimal.hundred_millionths(), denominator: Decimal::SCALE }
    }
}

/// Tries as it is and, only when that is too large, with reduced fractions: reducing is slow.
fn exactly(
    one: Fraction,
    other: Fraction,
    combine: impl Fn(Fraction, Fraction) -> Option<Fraction>,
) -> Option<Fraction> {
    combine(one, other).or_else(|| combine(one.reduced(), other.reduced()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(numerator: i64, denominator: i64) -> Fraction {
        let number = |units| Fraction::from_number(units, 0).unwrap();
        number(numerator).divided_by(number(denominator)).unwrap()
    }

    #[track_caller]
    fn check(fraction: Fraction, expected: &str) {
        assert_eq!(fraction.to_decimal().unwrap().to_string(), expected);
    }

    #[test]
    fn rounds_half_away_from_zero_at_the_eighth_place() {
        check(fraction(1, 3), "0.33333333");
        check(fraction(2, 3), "0.66666667");
        check(fraction(-2, 3), "-0.66666667");
        check(fraction(1, 200_000_000), "0.00000001");
        check(fraction(-1, 200_000_000), "-0.00000001");
        check(fraction(1, -200_000_000), "-0.00000001");
        check(fraction(99, 20_000_000_000), "0");
        check(fraction(3, 200_000_000), "0.00000002");
        check(fraction(-1, 3_000_000_000), "0");
    }

    #[test]
    fn rounds_once_at_the_end() {
        // 365 ÷ (1 ÷ 3) is 1095; with a rounded third it would not be.
        let number = |units| Fraction::from_number(units, 0).unwrap();
        check(number(365).divided_by(fraction(1, 3)).unwrap(), "1095");
    }

    #[test]
    fn sums_of_different_denominators_are_exact() {
        check(fraction(1, 3).plus(fraction(1, 6)).unwrap(), "0.5");
        check(fraction(1, 3).minus(fraction(1, 3)).unwrap(), "0");
        check(Fraction::from_number(5, 2).unwrap().times(fraction(3, 1)).unwrap(), "0.15");
    }

    #[test]
    fn large_values_are_exact_or_refused() {
        let large = Fraction::from(Fixed::from_ten_thousandths(i64::MAX));
        check(large.divided_by(large).unwrap(), "1");
        let square = large.times(large).unwrap();
        assert!(square.times(large).is_none());
        check(square.divided_by(square).unwrap(), "1");
    }

    #[test]
    fn a_division_by_zero_is_none() {
        assert!(Fraction::ONE.divided_by(Fraction::ZERO).is_none());
    }
}
