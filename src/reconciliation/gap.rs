//! The gap between two totals.

use std::collections::BTreeSet;

use super::Cause;
use crate::domain::{Fixed, set_of_few};

/// Totals that differ by no more than this share tie: 0.5 %, in ten-thousandths.
pub const TIES_WITHIN: Fixed = Fixed::from_ten_thousandths(50);

/// Causes that are tried together: with more of them nearly every gap would be met by chance.
const MAX_TOGETHER: usize = 3;

/// A gap with what of it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Theirs less ours.
    pub whole: Fixed,
    /// What no chosen cause makes up.
    pub unexplained: Fixed,
    /// The unexplained part as a share of their total, in ten-thousandths; `None` where that is 0.
    pub share: Option<Fixed>,
}

impl Gap {
    /// Whether what is unexplained is small enough.
    pub fn ties(&self) -> bool {
        self.share.map_or(self.unexplained == Fixed::ZERO, |share| share <= TIES_WITHIN)
    }
}

/// The gap between their total and ours; `amounts` are those of the causes that count.
pub fn gap(stated: Fixed, ours: Fixed, amounts: impl Iterator<Item = Fixed>) -> Gap {
    let whole = stated.minus(ours);
    let unexplained = amounts.fold(whole, Fixed::minus);
    let (rest, base) = (unexplained.absolute(), stated.absolute());
    let share = |base: Fixed| {
        let share = i128::from(rest.ten_thousandths()) * i128::from(Fixed::SCALE)
            / i128::from(base.ten_thousandths());
        Fixed::from_ten_thousandths(i64::try_from(share).unwrap_or(i64::MAX))
    };
    Gap { whole, unexplained, share: (base > Fixed::ZERO).then(|| share(base)) }
}

/// Half of the last digit of a total that somebody wrote down: whole amounts may have been rounded.
pub fn precision_of(stated: Fixed) -> Fixed {
    let is_whole = stated.ten_thousandths() % Fixed::SCALE == 0;
    Fixed::from_ten_thousandths(if is_whole { Fixed::SCALE / 2 } else { Fixed::SCALE / 200 })
}

/// The fewest causes whose amounts make up `rest` to `precision`; empty when no few of them do, and when
/// there is nothing to explain. Of equally few the earlier ones.
pub fn fitting(rest: Fixed, precision: Fixed, amounts: &[(Cause, Fixed)]) -> BTreeSet<Cause> {
    let fits = |rest: Fixed| rest.absolute() <= precision;
    if fits(rest) {
        return BTreeSet::new();
    }
    let mattering: Vec<(Cause, Fixed)> =
        amounts.iter().copied().filter(|(_, amount)| !fits(*amount)).collect();
    let mut sets: Vec<(Vec<Cause>, usize, Fixed)> = vec![(Vec::new(), 0, rest)];
    for _ in 0..MAX_TOGETHER {
        let mut larger = Vec::new();
        for (causes, from, rest) in &sets {
            for (index, (cause, amount)) in mattering.iter().enumerate().skip(*from) {
                let causes: Vec<Cause> = causes.iter().copied().chain([*cause]).collect();
                let rest = rest.minus(*amount);
                if fits(rest) {
                    return set_of_few(causes);
                }
                larger.push((causes, index + 1, rest));
            }
        }
        sets = larger;
    }
    BTreeSet::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str) -> Fixed {
        Fixed::parse(text).unwrap()
    }

    #[test]
    fn what_causes_make_up_is_not_unexplained() {
        let gap = |amounts: &[&str]| {
            gap(fixed("1080"), fixed("1000"), amounts.iter().map(|it| fixed(it)))
        };
        let bare = gap(&[]);
        assert_eq!((bare.whole, bare.unexplained), (fixed("80"), fixed("80")));
        // 80 / 1080 = 0.07407…
        assert_eq!(bare.share, Some(fixed("0.0740")));
        assert!(!bare.ties());
        let explained = gap(&["90", "-11"]);
        assert_eq!((explained.whole, explained.unexplained), (fixed("80"), fixed("1")));
        assert_eq!(explained.share, Some(fixed("0.0009")));
        assert!(explained.ties());
    }

    #[test]
    fn nothing_against_nothing_ties_and_something_does_not() {
        let none = std::iter::empty();
        assert!(gap(Fixed::ZERO, Fixed::ZERO, none.clone()).ties());
        let all_ours = gap(Fixed::ZERO, fixed("5"), none);
        assert_eq!(all_ours.share, None);
        assert!(!all_ours.ties());
    }

    #[test]
    fn the_fewest_causes_that_fit_to_the_cent_are_found() {
        let amounts = [
            (Cause::Cancelled, fixed("10.50")),
            (Cause::Tax, fixed("80.25")),
            (Cause::Shipping, fixed("30")),
            (Cause::Refunds, fixed("-60")),
        ];
        let cent = precision_of(fixed("1.23"));
        let found = |rest: &str| {
            let set = fitting(fixed(rest), cent, &amounts);
            set.into_iter().map(Cause::id).collect::<Vec<_>>()
        };
        assert_eq!(found("80.25"), ["tax"]);
        assert_eq!(found("90.75"), ["cancelled", "tax"]);
        assert_eq!(found("30.75"), ["cancelled", "tax", "refunds"]);
        // A cent off is no fit, and nothing is to be explained in nothing.
        assert!(found("80.26").is_empty());
        assert!(found("0.005").is_empty());
    }

    #[test]
    fn a_rounded_total_is_taken_as_one() {
        assert_eq!(precision_of(fixed("1200")), fixed("0.5"));
        assert_eq!(precision_of(fixed("1200.10")), fixed("0.005"));
        let tax = [(Cause::Tax, fixed("80.25"))];
        assert_eq!(fitting(fixed("80"), precision_of(fixed("1200")), &tax), [Cause::Tax].into());
    }
}
