//! Whole-number arithmetic that several files here share.

use crate::{
    domain::{Fixed, sort_few},
    kpis::Decimal,
};

/// A value in hundred-millionths. Beyond ± 92 billion it stays at that, so that no product of two overflows.
pub(super) fn hundred_millionths(value: Decimal) -> i128 {
    // So much of ten thousand, in ten-thousandths: no digit is lost.
    value.of(Fixed::from_whole(Fixed::SCALE)).ten_thousandths().into()
}

/// So many of `points` as `part` is of `whole`, from none to all of them; none when the whole is nothing.
///
/// Cut to a ten-thousandth, not rounded: all the points are for the whole only.
pub(super) fn points_for(points: Fixed, part: i128, whole: i128) -> Fixed {
    if whole <= 0 {
        return Fixed::ZERO;
    }
    cut(i128::from(points.ten_thousandths()) * part.clamp(0, whole), whole).unwrap_or_default()
}

/// Ten-thousandths divided by a number and cut; `None` by 0.
pub(super) fn cut(ten_thousandths: i128, by: i128) -> Option<Fixed> {
    let whole = ten_thousandths.checked_div_euclid(by)?;
    Some(Fixed::from_ten_thousandths(i64::try_from(whole).unwrap_or(i64::MAX)))
}

/// The middle one of some values, or half way between the middle two; `None` of none.
pub(super) fn median(mut values: Vec<Decimal>) -> Option<Decimal> {
    sort_few(&mut values);
    let upper = values.get(values.len() / 2)?;
    let lower = values.get(values.len().saturating_sub(1) / 2)?;
    Some(lower.towards(*upper, 1, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn no_digit_of_a_value_is_lost() {
        for units in [0, 1, -1, 33_333_333, -123_456_789_012_345] {
            assert_eq!(hundred_millionths(Decimal::from_hundred_millionths(units)), units);
        }
        // Far beyond any seller it stays at the largest number.
        let huge = Decimal::from_hundred_millionths(i128::from(i64::MAX) * 10);
        assert_eq!(hundred_millionths(huge), i128::from(i64::MAX));
    }

    #[test]
    fn the_last_ten_thousandth_is_for_the_whole_only() {
        let hundred = Fixed::from_whole(100);
        let points = |part, whole| points_for(hundred, part, whole).to_string();
        assert_eq!(points(2, 3), "66.6666");
        assert_eq!(points(99_999_999, 100_000_000), "99.9999");
        assert_eq!(points(3, 3), "100");
        assert_eq!([points(-1, 3), points(4, 3), points(1, 0)], ["0", "100", "0"]);
    }

    #[test]
    fn the_median_of_an_even_number_lies_half_way() {
        let of = |values: &[&str]| median(values.iter().map(|it| decimal(it)).collect());
        assert_eq!(of(&[]), None);
        assert_eq!(of(&["7"]), Some(decimal("7")));
        assert_eq!(of(&["9", "1", "4"]), Some(decimal("4")));
        assert_eq!(of(&["9", "1", "4", "5"]), Some(decimal("4.5")));
    }
}
