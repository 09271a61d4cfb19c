//! A number over its parts, to the last digit.

use crate::domain::Fixed;

/// Spreads `whole` over parts as `weights` say, rounded down to whole `steps` (0.01 of money, 1 of a count)
/// of what has come up to then, so that the parts make up the whole exactly and none is off by a step or more.
/// Where no weight is above 0, all parts are alike. Empty for no parts.
pub fn spread(whole: Fixed, weights: &[Fixed], step: Fixed) -> Vec<Fixed> {
    let is_weighed = weights.iter().any(|it| *it > Fixed::ZERO);
    let one = Fixed::from_whole(1);
    let weight = |it: &Fixed| if is_weighed { (*it).max(Fixed::ZERO) } else { one };
    let all: Fixed = weights.iter().map(weight).sum();
    let (mut so_far, mut given) = (Fixed::ZERO, Fixed::ZERO);
    let last_weighed = weights.iter().rposition(|it| weight(it) > Fixed::ZERO);
    let part = |(at, own): (usize, &Fixed)| {
        so_far = so_far.plus(weight(own));
        let upto =
            if Some(at) >= last_weighed { whole } else { stepped(whole.share(so_far, all), step) };
        let part = upto.minus(given);
        given = upto;
        part
    };
    weights.iter().enumerate().map(part).collect()
}

/// Rounded towards 0 to a whole number of steps.
fn stepped(number: Fixed, step: Fixed) -> Fixed {
    let (number, step) = (number.ten_thousandths(), step.ten_thousandths().max(1));
    Fixed::from_ten_thousandths(number / step * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str) -> Fixed {
        Fixed::parse(text).unwrap()
    }

    #[track_caller]
    fn check(whole: &str, weights: &[&str], step: &str, expected: &[&str]) {
        let weights: Vec<Fixed> = weights.iter().map(|it| fixed(it)).collect();
        let parts = spread(fixed(whole), &weights, fixed(step));
        let texts: Vec<String> = parts.iter().map(Fixed::to_string).collect();
        assert_eq!(texts, expected);
        if !weights.is_empty() {
            assert_eq!(parts.into_iter().sum::<Fixed>(), fixed(whole));
        }
    }

    /// By hand: a third of 100.00 is 33.33, two are 66.66 and three 100.00; of 10 by 1, 2 and 4 sevenths the
    /// borders lie at 1.43, 4.29 and 10.
    #[test]
    fn parts_make_up_the_whole() {
        check("100", &["1", "1", "1"], "0.01", &["33.33", "33.33", "33.34"]);
        check("10", &["1", "2", "4"], "1", &["1", "3", "6"]);
        check("-100", &["1", "1", "1"], "0.01", &["-33.33", "-33.33", "-33.34"]);
        check("7.5", &["2", "1"], "0.01", &["5", "2.5"]);
    }

    #[test]
    fn what_weighs_nothing_gets_nothing() {
        check("10", &["1", "0", "1", "0"], "0.01", &["5", "0", "5", "0"]);
        // A loss is no weight.
        check("10", &["-3", "1"], "0.01", &["0", "10"]);
        // Without weights all are alike.
        check("10", &["0", "0"], "0.01", &["5", "5"]);
        check("10", &[], "0.01", &[]);
    }
}
