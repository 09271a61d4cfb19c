//! What a target of sales presumes: units to sell, ads to pay.

use super::{Plan, filters_of};
use crate::{
    domain::{Fixed, Measure, Period, TargetKey},
    worker::{
        protocol::{PresumedAds, PresumedStock, PresumedView},
        session::book::Basis,
        views::PartOf,
    },
};

/// Of which KPIs a target takes units and ads.
const OF_SALES: [&str; 4] = ["sales.gmv", "sales.gross", "sales.net", "sales.units"];

/// Days of history that say how much a sale takes.
const HISTORY_DAYS: i32 = 90;

/// What the number of a cell takes, as the newest days of the same part of the business took it. `None` of
/// what is no sales target, of a period that is over, and where no sales are known.
pub(super) fn view(plan: &Plan<'_>, (row, column): (u32, u32)) -> Option<PresumedView> {
    let rows = super::RowsAsked { first: row, count: 1 };
    let (kpi_at, part) = plan.rows(rows).next()?;
    let kpi = &plan.kpis.get(kpi_at)?.kpi;
    let column = usize::try_from(column).ok()?;
    let period = plan.columns.get(column)?.period;
    if !OF_SALES.contains(&kpi.id.as_str()) || period.to < plan.choice.today {
        return None;
    }
    let key = plan.key(kpi, part);
    let number = plan.number_or_sum(kpi, &plan.numbers_of(&key), column)?;
    let planned_ads = planned_ads(plan, &key, column);
    let filters = filters_of(&key.scope);
    plan.book.with_views(|views| {
        let covered = views.covered?;
        let from = covered.to.plus(1 - HISTORY_DAYS).max(covered.from);
        let history = Period { from, to: covered.to };
        let part = views.part_of(&filters);
        let sold = part.past(&kpi.id)?.reached(history)?.value.of(Fixed::from_whole(1));
        if sold <= Fixed::ZERO || number <= Fixed::ZERO {
            return None;
        }
        let needed = |measure| {
            let taken = part.sum(measure, history).filter(|it| *it > Fixed::ZERO)?;
            Some(number.share(taken, sold))
        };
        Some(PresumedView {
            history,
            stock: needed(Measure::Units).map(|units| stock(&part, units, (history, period))),
            ads: needed(Measure::Spend).map(|spend| PresumedAds {
                spend: spend.to_string(),
                planned: planned_ads.map(|it| it.to_string()),
                is_short: planned_ads.is_some_and(|planned| planned < spend),
            }),
        })
    })
}

/// What is planned for ads in the same part and period.
fn planned_ads(plan: &Plan<'_>, key: &TargetKey, column: usize) -> Option<Fixed> {
    let kpi = &plan.book.dictionary().get("ads.spend")?.kpi;
    let key = TargetKey { kpi: kpi.id.clone(), scope: key.scope.clone() };
    plan.number_or_sum(kpi, &plan.numbers_of(&key), column)
}

fn stock(
    part: &PartOf<'_, Basis>,
    units: Fixed,
    (history, period): (Period, Period),
) -> PresumedStock {
    let inbound = part.sum(Measure::StockInbound, history).unwrap_or(Fixed::ZERO);
    let there = part.sum(Measure::StockAvailable, history).map(|it| it.plus(inbound));
    let days = Fixed::from_whole(period.n_days().into());
    let lasts = there.map(|there| days.share(there, units).ten_thousandths() / Fixed::SCALE);
    // A part of a unit takes a whole one.
    let whole = (units.ten_thousandths() + Fixed::SCALE - 1) / Fixed::SCALE;
    PresumedStock {
        units: whole.to_string(),
        there: there.map(|it| it.to_string()),
        days: lasts.and_then(|it| u32::try_from(it).ok()),
    }
}
