//! Signs that figures were moved for a score's sake: sales pulled to the month's end, refunds held back
//! beyond it, orders split. Each says what it saw, never who did it, and nothing of too few points.

use super::exact::median;
use crate::{domain::Fixed, kpis::Decimal};

/// Days at a month's end, and after it, among which sales are pulled over.
const PULL_DAYS: usize = 3;
/// Months before that tell what is usual.
const MIN_MONTHS_BEFORE: usize = 3;
/// Fewer days are no whole month.
const MIN_DAYS_OF_MONTH: usize = 28;
/// The end's share has to be so much of the usual one, in percent.
const PULL_SHARE_PERCENT: i128 = 150;
/// The days after have to be at most so much of what is usual, in percent.
const PULL_DIP_PERCENT: i128 = 75;

/// Days at a period's end, and after it, among which refunds are held back.
const DELAY_DAYS: usize = 7;
/// Days before these that tell what is usual.
const MIN_DAYS_BEFORE: usize = 14;
/// Refunds that the end would usually have: of fewer a quiet week is chance.
const MIN_USUAL_REFUNDS: i64 = 10;
/// Refunds at the end have to be at most so much of what is usual, in percent.
const DELAY_FALL_PERCENT: i128 = 50;
/// Refunds after it have to be at least so much of what is usual, in percent.
const DELAY_REBOUND_PERCENT: i128 = 125;

/// Orders that a usual month has at least: of fewer their size swings by chance.
const MIN_ORDERS: u64 = 100;
/// Orders have to be at least so much of a usual month's, in percent.
const SPLIT_ORDERS_PERCENT: i128 = 115;
/// Units an order, and what an order brings, have to be at most so much of what is usual, in percent.
const SPLIT_SIZE_PERCENT: i128 = 90;
/// Net sales are flat within so many percent of a usual month's.
const FLAT_PERCENT: i128 = 5;

/// Sales that were pulled to a month's end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthEndPull {
    /// What the last three days are of the month, as a share.
    pub share: Decimal,
    /// The median of the months before.
    pub usual_share: Decimal,
    /// A day of the three after the month's end, as a part of a day of the month without its last three.
    pub level_after: Decimal,
    /// The median of the months before.
    pub usual_level_after: Decimal,
    /// What the last three days have above their usual share of the month, in the unit of the series.
    pub pulled: Fixed,
}

/// Whether the newest month's sales were pulled to its end. `months` are the amounts of whole months, day by
/// day, oldest first; `following` are the first days after the newest one. The end has to be above that of
/// every month before, and the days after below what is usual: a good end alone is no pull.
pub fn month_end_pull(months: &[Vec<Fixed>], following: &[Fixed]) -> Option<MonthEndPull> {
    let (newest, before) = months.split_last()?;
    let (share, level) = (end_share(newest)?, level_after(newest, following)?);
    let next = before.iter().skip(1).chain([newest]);
    let shares: Vec<Decimal> = before.iter().filter_map(|month| end_share(month)).collect();
    let levels = before.iter().zip(next).filter_map(|(month, next)| level_after(month, next));
    let levels: Vec<Decimal> = levels.collect();
    if shares.len().min(levels.len()) < MIN_MONTHS_BEFORE {
        return None;
    }
    let highest = shares.iter().copied().max()?;
    let (usual_share, usual_level) = (median(shares)?, median(levels)?);
    let is_pulled = share > highest && share >= percent_of(PULL_SHARE_PERCENT, usual_share);
    let is_low_after = level <= percent_of(PULL_DIP_PERCENT, usual_level);
    let (body, end) = cut_end(newest, PULL_DAYS)?;
    let (body, end) = (total(body), total(end));
    let pulled = end.minus(usual_share.of(body.plus(end)));
    (is_pulled && is_low_after).then_some(MonthEndPull {
        share,
        usual_share,
        level_after: level,
        usual_level_after: usual_level,
        pulled,
    })
}

/// What is sold and refunded on a day, in the same unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayOfRefunds {
    pub sold: Fixed,
    pub refunded: Fixed,
}

/// Refunds that were held back beyond a period's end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundDelay {
    /// Refunded ÷ sold of the period without its last seven days.
    pub before: Decimal,
    /// Of its last seven days.
    pub at_end: Decimal,
    /// Of the seven days after it.
    pub after: Decimal,
    /// What its last seven days lack of the usual refunds.
    pub lacking: Fixed,
}

/// Whether refunds fall at a period's end and rebound after it. Both are asked of what is sold and of the
/// days alone: a week of many sales has a low rate without anybody holding refunds back.
pub fn refund_delay(period: &[DayOfRefunds], following: &[DayOfRefunds]) -> Option<RefundDelay> {
    let (body, end) = cut_end(period, DELAY_DAYS)?;
    let after = following.get(..DELAY_DAYS)?;
    if body.len() < MIN_DAYS_BEFORE {
        return None;
    }
    let refunded = |days: &[DayOfRefunds]| days.iter().map(|day| day.refunded).sum::<Fixed>();
    let rate = |days: &[DayOfRefunds]| {
        let sold: Fixed = days.iter().map(|day| day.sold).sum();
        Decimal::quotient(refunded(days), sold).filter(|_| sold > Fixed::ZERO)
    };
    let a_week = Decimal::quotient(times(refunded(body), DELAY_DAYS), whole(body.len()))?;
    if a_week < Fixed::from_whole(MIN_USUAL_REFUNDS).into() {
        return None;
    }
    let (rate_before, rate_end, rate_after) = (rate(body)?, rate(end)?, rate(after)?);
    let fell = |it: Decimal, usual| it <= percent_of(DELAY_FALL_PERCENT, usual);
    let rose = |it: Decimal, usual| it >= percent_of(DELAY_REBOUND_PERCENT, usual);
    let [week_end, week_after] = [end, after].map(|days| Decimal::from(refunded(days)));
    let is_delay = fell(rate_end, rate_before)
        && fell(week_end, a_week)
        && rose(rate_after, rate_before)
        && rose(week_after, a_week);
    let lacking = a_week.of(Fixed::from_whole(1)).minus(refunded(end));
    is_delay.then_some(RefundDelay {
        before: rate_before,
        at_end: rate_end,
        after: rate_after,
        lacking,
    })
}

/// What a month's orders come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthOfOrders {
    pub orders: Fixed,
    pub units: Fixed,
    pub net_sales: Fixed,
}

/// Orders that became more and smaller, while sales did not grow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderSplitting {
    pub orders: Decimal,
    /// Of a month, on average over the months before; so are the others that are usual.
    pub usual_orders: Decimal,
    pub units_per_order: Decimal,
    pub usual_units_per_order: Decimal,
    /// Net sales ÷ orders.
    pub order_value: Decimal,
    pub usual_order_value: Decimal,
    pub net_sales: Decimal,
    pub usual_net_sales: Decimal,
}

/// Whether the newest month's orders look split; months oldest first.
pub fn order_splitting(months: &[MonthOfOrders]) -> Option<OrderSplitting> {
    let (newest, before) = months.split_last()?;
    if before.len() < MIN_MONTHS_BEFORE {
        return None;
    }
    let sum = |of: fn(&MonthOfOrders) -> Fixed| before.iter().map(of).sum::<Fixed>();
    let (orders, units) = (sum(|it| it.orders), sum(|it| it.units));
    let net_sales = sum(|it| it.net_sales);
    let n = whole(before.len());
    let seen = OrderSplitting {
        orders: newest.orders.into(),
        usual_orders: Decimal::quotient(orders, n)?,
        units_per_order: Decimal::quotient(newest.units, newest.orders)?,
        usual_units_per_order: Decimal::quotient(units, orders)?,
        order_value: Decimal::quotient(newest.net_sales, newest.orders)?,
        usual_order_value: Decimal::quotient(net_sales, orders)?,
        net_sales: newest.net_sales.into(),
        usual_net_sales: Decimal::quotient(net_sales, n)?,
    };
    let is_smaller = |it: Decimal, usual| it <= percent_of(SPLIT_SIZE_PERCENT, usual);
    let change = seen.net_sales.plus(seen.usual_net_sales.negated()).absolute();
    let is_split = seen.usual_orders >= Decimal::from_whole(MIN_ORDERS)
        && seen.usual_net_sales > Decimal::ZERO
        && seen.orders >= percent_of(SPLIT_ORDERS_PERCENT, seen.usual_orders)
        && is_smaller(seen.units_per_order, seen.usual_units_per_order)
        && is_smaller(seen.order_value, seen.usual_order_value)
        && change <= percent_of(FLAT_PERCENT, seen.usual_net_sales);
    is_split.then_some(seen)
}

/// What a month's last three days are of it; `None` where it is not whole, or nothing was sold.
fn end_share(month: &[Fixed]) -> Option<Decimal> {
    if month.len() < MIN_DAYS_OF_MONTH {
        return None;
    }
    let (body, end) = cut_end(month, PULL_DAYS)?;
    let all = total(body).plus(total(end));
    Decimal::quotient(total(end), all).filter(|_| all > Fixed::ZERO)
}

/// A day of the three after a month, as a part of one of its days before its last three.
fn level_after(month: &[Fixed], next: &[Fixed]) -> Option<Decimal> {
    let (body, _) = cut_end(month, PULL_DAYS)?;
    let first = total(next.get(..PULL_DAYS)?);
    let usual = times(total(body), PULL_DAYS);
    Decimal::quotient(times(first, body.len()), usual).filter(|_| usual > Fixed::ZERO)
}

/// What is before the last `n`, and those; `None` of fewer than `n`.
fn cut_end<T>(days: &[T], n: usize) -> Option<(&[T], &[T])> {
    days.split_at_checked(days.len().checked_sub(n)?)
}

fn total(amounts: &[Fixed]) -> Fixed {
    amounts.iter().copied().sum()
}

fn times(amount: Fixed, n: usize) -> Fixed {
    amount.times(whole(n))
}

fn whole(n: usize) -> Fixed {
    Fixed::from_whole(i64::try_from(n).unwrap_or(i64::MAX))
}

fn percent_of(percent: i128, value: Decimal) -> Decimal {
    value.times(percent, 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole_numbers(amounts: &[i64]) -> Vec<Fixed> {
        amounts.iter().map(|it| Fixed::from_whole(*it)).collect()
    }

    /// A month of 30 days: its first three days, 24 of 100 between, its last three.
    fn month(first: i64, last: i64) -> Vec<Fixed> {
        let days = [[first; 3].to_vec(), [100; 24].to_vec(), [last; 3].to_vec()];
        whole_numbers(&days.concat())
    }

    fn texts(values: [Decimal; 4]) -> [String; 4] {
        values.map(|it| it.to_string())
    }

    #[test]
    fn a_full_end_and_an_empty_beginning_are_a_pull() {
        let months = [month(100, 100), month(100, 100), month(100, 100), month(100, 300)];
        let pull = month_end_pull(&months, &whole_numbers(&[40; 3])).unwrap();
        // 900 of 2,700 + 900 are a quarter, usual are 300 of 3,000; after it 40 instead of 100 a day.
        let found = [pull.share, pull.usual_share, pull.level_after, pull.usual_level_after];
        assert_eq!(texts(found), ["0.25", "0.1", "0.4", "1"]);
        // Usual would be a tenth of 3,600.
        assert_eq!(pull.pulled, Fixed::from_whole(540));
    }

    #[test]
    fn a_good_end_alone_is_no_pull_nor_is_what_is_usual() {
        let steady = [month(100, 100), month(100, 100), month(100, 100), month(100, 300)];
        assert_eq!(month_end_pull(&steady, &whole_numbers(&[76; 3])), None);
        assert!(month_end_pull(&steady, &whole_numbers(&[75; 3])).is_some());
        // Pay day: every month ends and begins like this.
        let pay_day = [month(100, 300), month(40, 300), month(40, 300), month(40, 300)];
        assert_eq!(month_end_pull(&pay_day, &whole_numbers(&[40; 3])), None);
        // An even end with a bad beginning of the next month.
        let even = [month(100, 100), month(100, 100), month(100, 100), month(100, 100)];
        assert_eq!(month_end_pull(&even, &whole_numbers(&[10; 3])), None);
        // One month before ended higher still.
        let wild = [month(100, 100), month(100, 100), month(100, 320), month(100, 300)];
        assert_eq!(month_end_pull(&wild, &whole_numbers(&[40; 3])), None);
    }

    #[test]
    fn a_share_half_above_the_usual_one_is_where_a_pull_begins() {
        // 15 % of the month: x × 3 ÷ (2,700 + 3 × x) = 0.15 at x = 158.82…
        let with = |last| {
            let months = [month(100, 100), month(100, 100), month(100, 100), month(100, last)];
            month_end_pull(&months, &whole_numbers(&[40; 3])).is_some()
        };
        assert_eq!([with(158), with(159)], [false, true]);
    }

    #[test]
    fn too_few_days_or_months_say_nothing_of_a_pull() {
        let months = [month(100, 100), month(100, 100), month(100, 100), month(100, 300)];
        assert_eq!(month_end_pull(&months[1..], &whole_numbers(&[40; 3])), None);
        assert_eq!(month_end_pull(&months, &whole_numbers(&[40; 2])), None);
        let mut short = months.to_vec();
        short[3].drain(..3);
        assert_eq!(month_end_pull(&short, &whole_numbers(&[40; 3])), None);
        let none = [const { Vec::new() }; 4];
        assert_eq!(month_end_pull(&none, &[]), None);
        // A month without sales has no share.
        let mut empty = months.to_vec();
        empty[0] = whole_numbers(&[0; 30]);
        assert_eq!(month_end_pull(&empty, &whole_numbers(&[40; 3])), None);
    }

    /// So many days, each with what is sold and refunded.
    fn days(n: usize, sold: i64, refunded: i64) -> Vec<DayOfRefunds> {
        let (sold, refunded) = (Fixed::from_whole(sold), Fixed::from_whole(refunded));
        vec![DayOfRefunds { sold, refunded }; n]
    }

    /// 23 days of 5 refunds of 100 sold, the last seven, the seven after.
    fn delay(end: (i64, i64), after: (i64, i64)) -> Option<RefundDelay> {
        let period = [days(23, 100, 5), days(7, end.0, end.1)].concat();
        refund_delay(&period, &days(7, after.0, after.1))
    }

    #[test]
    fn refunds_that_fall_at_the_end_and_rebound_are_a_delay() {
        let found = delay((100, 1), (100, 9)).unwrap();
        let rates = [found.before, found.at_end, found.after].map(|it| it.to_string());
        assert_eq!(rates, ["0.05", "0.01", "0.09"]);
        // 7 × 5 are usual, 7 came.
        assert_eq!(found.lacking, Fixed::from_whole(28));
    }

    #[test]
    fn a_fall_without_rebound_and_a_rebound_without_fall_are_none() {
        assert_eq!(delay((100, 1), (100, 6)), None);
        assert_eq!(delay((100, 3), (100, 9)), None);
        assert_eq!(delay((100, 5), (100, 5)), None);
    }

    #[test]
    fn a_week_of_many_sales_holds_no_refunds_back() {
        // 5 of 300 are a low rate, 8 of 100 a high one; the refunds themselves did not fall.
        assert_eq!(delay((300, 5), (100, 8)), None);
        // Nor did they rebound where only the sales fell: 5 of 60 are 8.3 %.
        assert_eq!(delay((100, 1), (60, 5)), None);
    }

    #[test]
    fn too_few_days_or_refunds_say_nothing_of_a_delay() {
        let after = days(7, 100, 9);
        let of = |body: usize, refunded| {
            let period = [days(body, 100, refunded), days(7, 100, 0)].concat();
            refund_delay(&period, &after)
        };
        assert!(of(14, 2).is_some());
        assert_eq!(of(13, 2), None);
        // 1 a day are 7 in a week.
        assert_eq!(of(14, 1), None);
        let period = [days(14, 100, 2), days(7, 100, 0)].concat();
        assert_eq!(refund_delay(&period, &after[..6]), None);
        assert_eq!(refund_delay(&[], &[]), None);
        // Without sales at the end there is no rate.
        assert_eq!(delay((0, 0), (100, 9)), None);
    }

    /// Three months of 1,000 orders, 1,500 units and 30,000, then one more.
    fn splitting(orders: i64, units: i64, net_sales: i64) -> Option<OrderSplitting> {
        let month = |[orders, units, net_sales]: [i64; 3]| MonthOfOrders {
            orders: Fixed::from_whole(orders),
            units: Fixed::from_whole(units),
            net_sales: Fixed::from_whole(net_sales),
        };
        let usual = [1_000, 1_500, 30_000];
        order_splitting(&[usual, usual, usual, [orders, units, net_sales]].map(month))
    }

    #[test]
    fn more_and_smaller_orders_for_the_same_sales_look_split() {
        let found = splitting(1_250, 1_500, 30_500).unwrap();
        // 1,500 ÷ 1,250 units, 30,500 ÷ 1,250 of net sales.
        let sizes = [
            found.units_per_order,
            found.usual_units_per_order,
            found.order_value,
            found.usual_order_value,
        ];
        assert_eq!(texts(sizes), ["1.2", "1.5", "24.4", "30"]);
        let sums = [found.orders, found.usual_orders, found.net_sales, found.usual_net_sales];
        assert_eq!(texts(sums), ["1250", "1000", "30500", "30000"]);
    }

    #[test]
    fn growth_cheaper_goods_and_singles_are_no_splitting() {
        // Net sales grew by 6 %.
        assert_eq!(splitting(1_250, 1_500, 31_800), None);
        // As many units an order: they became cheaper.
        assert_eq!(splitting(1_250, 1_875, 30_000), None);
        // Orders grew by 14 % only.
        assert_eq!(splitting(1_140, 1_400, 28_600), None);
        // Units an order fell by 8 % only.
        assert_eq!(splitting(1_250, 1_725, 30_000), None);
    }

    #[test]
    fn too_few_months_or_orders_say_nothing_of_splitting() {
        let month = |orders: i64, units: i64| MonthOfOrders {
            orders: Fixed::from_whole(orders),
            units: Fixed::from_whole(units),
            net_sales: Fixed::from_whole(3_000),
        };
        let of = |usual: MonthOfOrders, n| {
            let newest = MonthOfOrders { orders: usual.orders.plus(usual.orders), ..usual };
            order_splitting(&[vec![usual; n], vec![newest]].concat()).is_some()
        };
        assert!(of(month(100, 200), 3));
        assert!(!of(month(100, 200), 2));
        assert!(!of(month(99, 200), 3));
        assert_eq!(order_splitting(&[]), None);
        assert_eq!(splitting(0, 0, 30_000), None);
    }
}
