//! SKUs beside one another: their scores, their corners, and those that are bought again although they lose money.

use std::collections::BTreeMap;

use super::checks::{named, problem, text};
use crate::{
    domain::{
        Day, Dimension, Filters, Fixed, Measure, Period, ScorecardChange, SkuVerdict, SkuWeeks,
    },
    facts::Product,
    kpis::Decimal,
    scorecard::{Restocked, SkuPart, SkuPoint, composite, matrix, restocked},
    worker::{
        protocol::{Failure, RestockedSku, ScorecardProblem, SkuRow, SkusView, VerdictView},
        session::book::{Basis, Book},
        views::{PartOf, Slices as _, Views},
    },
};

/// Days that are looked back on: twelve weeks.
const DAYS: i32 = 84;
/// Days in which a SKU has to have sold.
const MOVING_DAYS: i32 = 28;
/// SKUs that are shown: nobody compares more at once, and each is cut out of the business by itself.
const MOST_SKUS: usize = 200;

/// What SKUs are asked for, with what is looked up once.
struct Asked<'a> {
    book: &'a Book,
    views: &'a Views<'a, Basis>,
    filters: &'a Filters,
    products: BTreeMap<&'a str, &'a Product>,
    to: Day,
}

/// The best sellers of a choice in the twelve weeks up to a day that is known.
pub(super) fn view(
    book: &Book,
    filters: &Filters,
    day: Option<Day>,
    weights: Option<[Fixed; 5]>,
) -> SkusView {
    let kept = book.fold().scorecards.sku_weights.unwrap_or(SkuPart::WEIGHTS);
    let weights = weights.unwrap_or(kept);
    let mut view = SkusView {
        period: None,
        currency: book.currency(),
        weights,
        is_usual: weights == SkuPart::WEIGHTS,
        rows: Vec::new(),
        n_left_out: 0,
        lines: None,
        restocked: Vec::new(),
        members: book.members().clone(),
    };
    let Some(covered) = book.cube().covered() else { return view };
    let to = day.map_or(covered.to, |day| day.clamp(covered.from, covered.to));
    let period = last_days(to, DAYS);
    view.period = Some(period);
    book.with_views(|views| {
        let asked = Asked { book, views, filters, products: book.cube().products(), to };
        let all = views.slices.members_in(Dimension::Sku, filters, Some(period));
        view.n_left_out = u32::try_from(all.len().saturating_sub(MOST_SKUS)).unwrap_or(u32::MAX);
        view.rows = all.iter().take(MOST_SKUS).map(|sku| asked.row(sku, weights)).collect();
        view.restocked = asked.restocked();
    });
    place(&mut view);
    view
}

fn last_days(to: Day, n: i32) -> Period {
    Period { from: to.plus(1 - n), to }
}

impl Asked<'_> {
    fn part_of(&self, sku: &str) -> PartOf<'_, Basis> {
        self.views.part_of(&self.filters.narrowed(Dimension::Sku, sku))
    }

    fn product(&self, sku: &str) -> Product {
        self.products.get(sku).map(|it| (*it).clone()).unwrap_or_default()
    }

    fn row(&self, sku: &str, weights: [Fixed; 5]) -> SkuRow {
        let part = self.part_of(sku);
        let (to, period) = (self.to, last_days(self.to, DAYS));
        let before = last_days(period.from.plus(-1), DAYS);
        let over = |kpi: &str, period| Some(part.past(kpi)?.reached(period)?.value);
        let value = |kpi: &str| over(kpi, period);
        let profit = value("pl.cm3");
        let fixed = |it: Decimal| it.of(Fixed::from_whole(1));
        let margin = profit.and_then(|profit| {
            let sales = part.sum(Measure::FeeNetSales, period).filter(|it| *it > Fixed::ZERO)?;
            Decimal::quotient(fixed(profit), sales)
        });
        let net_sales = value("sales.net");
        // Of what has not been known for so long a smaller part would look like a rise.
        let is_known = self.book.cube().covered().is_some_and(|it| it.from <= before.from);
        let sales_before = over("sales.net", before).filter(|it| is_known && *it > Decimal::ZERO);
        let trend = net_sales.zip(sales_before).and_then(|(now, before)| {
            Decimal::quotient(fixed(now).minus(fixed(before)), fixed(before))
        });
        let values = [
            over("inv.dos", last_days(to, 1)),
            over("sales.moving_rate", last_days(to, MOVING_DAYS)),
            margin,
            value("svc.return_rate"),
            trend,
        ];
        let mut points = [None; 5];
        for ((points, value), part) in points.iter_mut().zip(values).zip(SkuPart::ALL) {
            *points = value.map(|value| part.points(value));
        }
        let product = self.product(sku);
        let text = |it: Option<Decimal>| it.map(|it| it.to_string());
        SkuRow {
            sku: sku.to_owned(),
            title: product.title,
            category: product.category,
            owner: product.owner,
            net_sales: text(net_sales),
            profit: text(profit),
            turnover: text(value("inv.turnover")),
            acos: text(value("ads.acos")),
            break_even_acos: text(value("pl.be_acos")),
            values: values.map(text),
            points: points.map(|it| it.map(|it| it.to_string())),
            score: composite(weights, points).map(|it| it.to_string()),
            corner: String::new(),
        }
    }

    /// Those that are bought again although they lose money, then those that something was decided on.
    fn restocked(&self) -> Vec<RestockedSku> {
        let weeks = self.views.slices.sku_weeks(self.filters, self.to);
        let found = restocked(&weeks);
        let verdicts = &self.book.fold().scorecards.verdicts;
        let decided = verdicts.keys().filter(|sku| found.iter().all(|it| it.sku != **sku));
        let of = |sku: &str, found: Option<&Restocked>| {
            self.restocked_view(sku, found, weeks.iter().find(|it| it.sku == sku))
        };
        let restocked = found.iter().map(|it| of(&it.sku, Some(it)));
        restocked.chain(decided.map(|sku| of(sku, None))).collect()
    }

    fn restocked_view(
        &self,
        sku: &str,
        found: Option<&Restocked>,
        weeks: Option<&SkuWeeks>,
    ) -> RestockedSku {
        let margins = weeks.map(|it| it.margins.as_slice()).unwrap_or_default();
        RestockedSku {
            sku: sku.to_owned(),
            title: self.product(sku).title,
            is_restocked: found.is_some(),
            n_losing: found.map_or(0, |it| u32::try_from(it.losing_weeks).unwrap_or(u32::MAX)),
            margins: margins.iter().map(|it| it.map(|it| it.to_string())).collect(),
            inbound: weeks.map_or(Fixed::ZERO, |it| it.inbound).to_string(),
            money_at_risk: found.and_then(|it| it.money_at_risk).map(|it| it.to_string()),
            verdict: self.verdict(sku),
        }
    }

    /// What was decided on a SKU, and what a week has left since then.
    fn verdict(&self, sku: &str) -> Option<VerdictView> {
        let (verdict, on) = self.book.fold().scorecards.verdicts.get(sku)?;
        let as_of = verdict.as_of.unwrap_or(*on);
        let since = Period { from: as_of.plus(1), to: self.to };
        let n_days = since.n_days().max(0);
        let reached = || self.part_of(sku).past("pl.cm3")?.reached(since);
        let reached = (n_days > 0).then(reached).flatten();
        let a_week = |amount: Decimal, days: i32| amount.times(7, days.max(1).into()).to_string();
        Some(VerdictView {
            decision: verdict.decision,
            by: verdict.by.clone(),
            on: *on,
            note: verdict.note.clone(),
            before: verdict.margin.map(|it| a_week(it.into(), MOVING_DAYS)),
            since: reached.map(|it| a_week(it.value, n_days)),
            n_days: u32::try_from(n_days).unwrap_or(0),
            inbound_then: verdict.inbound.to_string(),
        })
    }
}

/// Puts the rows into their corners.
fn place(view: &mut SkusView) {
    let point = |row: &SkuRow| SkuPoint {
        sku: row.sku.clone(),
        profit: row.profit.as_deref().and_then(Fixed::parse),
        turnover: row.turnover.as_deref().and_then(Decimal::parse),
    };
    let points: Vec<SkuPoint> = view.rows.iter().map(point).collect();
    let Some(matrix) = matrix(&points) else { return };
    for placed in &matrix.placed {
        if let Some(row) = view.rows.iter_mut().find(|row| row.sku == placed.sku) {
            placed.quadrant.id().clone_into(&mut row.corner);
        }
    }
    view.lines = Some((matrix.profit_line.to_string(), matrix.turnover_line.to_string()));
}

/// A change of what SKUs are scored by, or of what is decided on one, as it goes into the log.
pub(super) fn checked(book: &Book, change: ScorecardChange) -> Result<ScorecardChange, Failure> {
    match change {
        ScorecardChange::WeighSkus { weights } => {
            let is_whole = weights.iter().copied().sum::<Fixed>() == Fixed::from_whole(100);
            let is_valid = is_whole && weights.iter().all(|it| *it >= Fixed::ZERO);
            if is_valid { Ok(change) } else { Err(problem(ScorecardProblem::Mend)) }
        }
        ScorecardChange::DecideOnSku { verdict } => {
            let SkuVerdict { sku, decision, note, by, .. } = *verdict;
            let (by, note) = (named(&by)?, text(&note));
            let (margin, inbound, as_of) = stands(book, &sku);
            let verdict = SkuVerdict { sku, decision, note, by, margin, inbound, as_of };
            Ok(ScorecardChange::DecideOnSku { verdict: Box::new(verdict) })
        }
        ScorecardChange::ForgetSku { ref sku }
            if !book.fold().scorecards.verdicts.contains_key(sku) =>
        {
            Err(problem(ScorecardProblem::Unknown))
        }
        change => Ok(change),
    }
}

/// What the last four weeks of a SKU have left, what of it is on its way, and the newest day.
fn stands(book: &Book, sku: &str) -> (Option<Fixed>, Fixed, Option<Day>) {
    let Some(covered) = book.cube().covered() else { return (None, Fixed::ZERO, None) };
    let filters = Filters { skus: vec![sku.to_owned()], ..Filters::default() };
    book.with_views(|views| {
        let past = views.past_of("pl.cm3", &filters);
        let reached = past.and_then(|it| it.reached(last_days(covered.to, MOVING_DAYS)));
        let margin = reached.map(|it| it.value.of(Fixed::from_whole(1)));
        let weeks = views.slices.sku_weeks(&filters, covered.to);
        let inbound = weeks.iter().find(|it| it.sku == sku).map_or(Fixed::ZERO, |it| it.inbound);
        (margin, inbound, Some(covered.to))
    })
}
