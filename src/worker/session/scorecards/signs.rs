//! Signs that figures of a card's cycle were moved for the score's sake.

use super::lines::CardPast;
use crate::{
    domain::{CardCycle, Fixed, Period},
    kpis::Decimal,
    scorecard::{DayOfRefunds, MonthOfOrders, month_end_pull, order_splitting, refund_delay},
    worker::protocol::GamingSign,
};

/// Months before that tell what is usual.
const MONTHS_BEFORE: usize = 6;
/// Days after a cycle that are looked at.
const DAYS_AFTER: i32 = 7;

/// Nothing of cards of quarters: what is moved over a month's end stays within most quarters.
pub(super) fn signs(past: &CardPast<'_>, period: Period) -> Vec<GamingSign> {
    if past.card.cycle != CardCycle::Month {
        return Vec::new();
    }
    let mut months = vec![period];
    for _ in 0..MONTHS_BEFORE {
        months.extend(months.last().map(|month| past.before(*month)));
    }
    months.reverse();
    let found = [pulled(past, &months), delayed(past, period), split(past, &months)];
    found.into_iter().flatten().collect()
}

fn sign(id: &str, numbers: &[Decimal]) -> GamingSign {
    GamingSign { id: id.to_owned(), numbers: numbers.iter().map(ToString::to_string).collect() }
}

fn days_of(period: Period) -> impl Iterator<Item = Period> {
    (0..period.n_days()).map(move |nth| {
        let day = period.from.plus(nth);
        Period { from: day, to: day }
    })
}

fn days_after(period: Period) -> Period {
    Period { from: period.to.plus(1), to: period.to.plus(DAYS_AFTER) }
}

fn pulled(past: &CardPast<'_>, months: &[Period]) -> Option<GamingSign> {
    let sales = past.past("sales.net")?;
    let amount = |day: Period| {
        sales.reached(day).map_or(Fixed::ZERO, |it| it.value.of(Fixed::from_whole(1)))
    };
    // A day that is not known would look like one without sales.
    let last = past.book.cube().covered()?.to;
    let following = days_of(days_after(*months.last()?)).filter(|day| day.to <= last);
    let following: Vec<Fixed> = following.map(amount).collect();
    let months: Vec<Vec<Fixed>> =
        months.iter().map(|month| days_of(*month).map(amount).collect()).collect();
    let seen = month_end_pull(&months, &following)?;
    let numbers = [seen.share, seen.usual_share, seen.level_after, seen.usual_level_after];
    Some(sign("month_end_pull", &numbers))
}

fn delayed(past: &CardPast<'_>, period: Period) -> Option<GamingSign> {
    let last = past.book.cube().covered()?.to;
    let rate = past.past("sales.refund_rate")?;
    let day = |day: Period| {
        let found = rate.reached(day);
        let sold = found.map_or(Fixed::ZERO, |it| it.n.of(Fixed::from_whole(1)));
        let refunded = found.map_or(Fixed::ZERO, |it| it.value.of(sold));
        DayOfRefunds { sold, refunded }
    };
    let days = |period: Period| days_of(period).filter(|it| it.to <= last).map(day);
    let (own, after): (Vec<_>, Vec<_>) =
        (days(period).collect(), days(days_after(period)).collect());
    let seen = refund_delay(&own, &after)?;
    Some(sign("refund_delay", &[seen.before, seen.at_end, seen.after]))
}

fn split(past: &CardPast<'_>, months: &[Period]) -> Option<GamingSign> {
    let amount = |kpi: &str, month: Period| {
        past.settled(kpi, month).map(|value| value.of(Fixed::from_whole(1)))
    };
    let month = |month: &Period| {
        Some(MonthOfOrders {
            orders: amount("sales.orders", *month)?,
            units: amount("sales.units", *month)?,
            net_sales: amount("sales.net", *month)?,
        })
    };
    // The months before the first one that is known tell nothing.
    let known: Vec<MonthOfOrders> =
        months.iter().map(month).skip_while(Option::is_none).collect::<Option<_>>()?;
    let seen = order_splitting(&known)?;
    let numbers =
        [seen.orders, seen.usual_orders, seen.units_per_order, seen.usual_units_per_order];
    Some(sign("order_splitting", &numbers))
}
