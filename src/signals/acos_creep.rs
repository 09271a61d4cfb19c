//! A campaign whose ads cost a greater share of their sales month after month.

use crate::domain::{AdSums, Fixed};

/// Months, one after the other, each dearer than the one before.
const MONTHS_RISING: usize = 3;
/// How much dearer, in percent: less is the swing of a month.
const MIN_STEP_PERCENT: i128 = 5;
/// Months before these that tell what is usual.
const MONTHS_BEFORE: usize = 3;
/// How far the newest month is above what was usual, in percent of that.
const MIN_RISE_PERCENT: i128 = 25;
/// Orders that a month's share has to rest on: of fewer it swings by chance.
const MIN_ORDERS: i64 = 25;

/// How a campaign became dearer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creep {
    /// The newest months, each dearer than the one before.
    pub n_months: usize,
    /// Of all months before together.
    pub usual: AdSums,
    /// What the newest month would have cost less at the usual share.
    pub excess: Fixed,
}

/// Whether a campaign creeps, by its months, oldest first. The newest ones have to rest on enough orders,
/// and as many before as tell what is usual.
pub fn acos_creep(months: &[AdSums]) -> Option<Creep> {
    let is_step = |pair: &&[AdSums]| match pair {
        [one, next] => is_dearer(next, one, MIN_STEP_PERCENT),
        _ => false,
    };
    let n_months = months.windows(2).rev().take_while(is_step).count();
    if n_months < MONTHS_RISING {
        return None;
    }
    let (before, rising) = months.split_at_checked(months.len() - n_months)?;
    let known = before.iter().rev().take_while(|month| is_enough(month)).count();
    if known < MONTHS_BEFORE || !rising.iter().all(is_enough) {
        return None;
    }
    let usual = before.iter().rev().take(known).fold(AdSums::default(), |sum, month| AdSums {
        spend: sum.spend.plus(month.spend),
        sales: sum.sales.plus(month.sales),
        orders: sum.orders.plus(month.orders),
    });
    let newest = rising.last()?;
    is_dearer(newest, &usual, MIN_RISE_PERCENT).then(|| {
        let fair = cost(&usual, newest) / wide(usual.sales).max(1);
        let fair = Fixed::from_ten_thousandths(i64::try_from(fair).unwrap_or(i64::MAX));
        Creep { n_months, usual, excess: newest.spend.minus(fair) }
    })
}

/// Whether the share of `of` is at least so many percent above that of `before`.
fn is_dearer(of: &AdSums, before: &AdSums, percent: i128) -> bool {
    before.sales > Fixed::ZERO && cost(of, before) * 100 >= cost(before, of) * (100 + percent)
}

/// Spend × the other's sales: compares shares without a division.
fn cost(of: &AdSums, other: &AdSums) -> i128 {
    wide(of.spend) * wide(other.sales)
}

fn wide(number: Fixed) -> i128 {
    number.ten_thousandths().into()
}

fn is_enough(month: &AdSums) -> bool {
    month.orders >= Fixed::from_whole(MIN_ORDERS) && month.sales > Fixed::ZERO
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Months of 1,000 of sales in 40 orders, of which ads took so much.
    fn months(spend: &[i64]) -> Vec<AdSums> {
        let month = |spend: &i64| AdSums {
            spend: Fixed::from_whole(*spend),
            sales: Fixed::from_whole(1_000),
            orders: Fixed::from_whole(40),
        };
        spend.iter().map(month).collect()
    }

    #[test]
    fn three_dearer_months_are_a_creep() {
        let creep = acos_creep(&months(&[210, 230, 220, 260, 310, 360])).unwrap();
        // 660 of 3,000 are 22 %: of October's 360 that leaves 140 too many.
        assert_eq!((creep.n_months, creep.usual.spend), (3, Fixed::from_whole(660)));
        assert_eq!(creep.excess, Fixed::from_whole(140));
    }

    #[test]
    fn a_longer_rise_is_told_from_its_beginning() {
        let creep = acos_creep(&months(&[220, 225, 221, 219, 260, 310, 360, 410])).unwrap();
        assert_eq!((creep.n_months, creep.usual.sales), (4, Fixed::from_whole(4_000)));
    }

    #[test]
    fn a_swing_is_none() {
        let swings = [
            // Two months only.
            [220, 220, 220, 215, 260, 310],
            // A cheaper month between.
            [220, 210, 230, 290, 280, 320],
            // Three months, each hardly dearer.
            [220, 220, 220, 230, 240, 250],
            // Each dearer, but not far from what is usual.
            [220, 220, 220, 232, 245, 258],
        ];
        for spend in swings {
            assert_eq!(acos_creep(&months(&spend)), None, "{spend:?}");
        }
    }

    #[test]
    fn too_little_says_nothing() {
        assert_eq!(acos_creep(&[]), None);
        // Nothing tells what is usual.
        assert_eq!(acos_creep(&months(&[220, 220, 260, 310, 360])), None);
        let mut few = months(&[210, 230, 220, 260, 310, 360]);
        few[4].orders = Fixed::from_whole(24);
        assert_eq!(acos_creep(&few), None);
        // Spend without sales is no share.
        let mut none = months(&[210, 230, 220, 260, 310, 360]);
        none[5].sales = Fixed::ZERO;
        assert_eq!(acos_creep(&none), None);
    }
}
