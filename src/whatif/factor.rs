//! Products of shares, rounded once.

use crate::domain::Fixed;

/// A product of shares as a fraction: what is multiplied by it is rounded a single time, at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Factor {
    over: i128,
    /// Above 0.
    under: i128,
}

const SCALE: i128 = Fixed::SCALE as i128;

impl Factor {
    /// 1 and so much more.
    pub(super) fn more(share: Fixed) -> Self {
        Self { over: SCALE + i128::from(share.ten_thousandths()), under: SCALE }
    }

    /// 1 and so much more as two shares make together, and 0 at least.
    pub(super) fn more_by(one: Fixed, other: Fixed) -> Self {
        let product = i128::from(one.ten_thousandths()) * i128::from(other.ten_thousandths());
        Self { over: (SCALE * SCALE + product).max(0), under: SCALE * SCALE }
    }

    #[must_use]
    pub(super) fn times(self, other: Self) -> Self {
        let over = self.over.saturating_mul(other.over);
        let under = self.under.saturating_mul(other.under);
        let common = gcd(over, under);
        Self { over: over / common, under: under / common }
    }

    /// So much of an amount, rounded half away from zero to a ten-thousandth.
    pub(super) fn of(self, amount: Fixed) -> Fixed {
        let exact = i128::from(amount.ten_thousandths()).saturating_mul(self.over);
        let half = self.under / 2 * exact.signum();
        let rounded = exact.saturating_add(half) / self.under;
        let within = rounded.clamp(i64::MIN.into(), i64::MAX.into());
        Fixed::from_ten_thousandths(i64::try_from(within).unwrap_or_default())
    }
}

/// At least 1.
fn gcd(one: i128, other: i128) -> i128 {
    let (mut one, mut other) = (one.abs(), other.abs());
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(factor: Factor, amount: &str, expected: &str) {
        assert_eq!(factor.of(Fixed::parse(amount).unwrap()).to_string(), expected);
    }

    #[test]
    fn a_product_is_rounded_once() {
        let fixed = |text| Fixed::parse(text).unwrap();
        check(Factor::more(Fixed::ZERO), "12.3456", "12.3456");
        check(Factor::more(fixed("0.1")), "1000.01", "1100.011");
        // 1.1 × 1.1 × 1.1 of 0.0004 is 0.0005324; rounded after each step it would be 0.0004.
        let tenth = Factor::more(fixed("0.1"));
        check(tenth.times(tenth).times(tenth), "0.0004", "0.0005");
        check(tenth.times(tenth).times(tenth), "-0.0004", "-0.0005");
        // A half goes away from zero.
        check(Factor::more(fixed("0.5")), "0.0001", "0.0002");
        check(Factor::more(fixed("0.5")), "-0.0001", "-0.0002");
        check(Factor::more(fixed("-1")), "77", "0");
    }

    #[test]
    fn two_shares_make_one_and_never_less_than_nothing() {
        let fixed = |text| Fixed::parse(text).unwrap();
        check(Factor::more_by(fixed("-1.5"), fixed("0.1")), "200", "170");
        check(Factor::more_by(fixed("-3"), fixed("0.5")), "200", "0");
        check(Factor::more_by(fixed("-3"), fixed("-0.5")), "200", "500");
    }
}
