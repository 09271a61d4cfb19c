//! What would become of a period under other prices, rates and costs; and the months of a year by that.

use std::sync::Arc;

use super::{
    MOST_YEARS,
    draft::{Drafts, stepped},
};
use crate::{
    domain::{
        Day, Dimension, Filters, Fixed, Granularity, Measure, Period, TargetKey, TargetLevel,
        TargetScope, WeekStart,
    },
    kpis::Decimal,
    whatif::{Lever, Node, Swing, Tree, apply, tornado},
    worker::{
        protocol::{
            PlanDrafts, SwingView, UndefinedView, UnitView, ValueView, WhatIfNode, WhatIfRequest,
            WhatIfView,
        },
        session::book::{Basis, Book},
        views::{PartOf, Slices as _, Views, counterparts},
    },
};

/// Months that a base has unless other days are chosen.
const MOST_MONTHS: usize = 12;
/// By how much each lever is moved to see which matters most: 10 %, or 10 points.
const STEP: Fixed = Fixed::from_ten_thousandths(1_000);
const YUAN: &str = "CNY";

/// KPIs that are as much of a month as the month had, and where they stand in the tree.
const AMOUNTS: [(&str, Node); 5] = [
    ("sales.net", Node::Net),
    ("sales.gmv", Node::Gmv),
    ("sales.orders", Node::Orders),
    ("pl.cm3", Node::Cm3),
    ("ads.spend", Node::AdSpend),
];
/// KPIs that are the same in all months.
const RATES: [(&str, Node); 2] = [("ads.acos", Node::Acos), ("ads.tacos", Node::Tacos)];

/// What the base of a question is.
struct Base<'a> {
    part: PartOf<'a, Basis>,
    /// The days of it that are known.
    period: Period,
    tree: Tree,
    /// Why sessions are not known, where some channels have orders without them.
    sessionless: Option<Arc<UndefinedView>>,
}

pub(super) fn view(book: &Book, asked: &WhatIfRequest) -> WhatIfView {
    let mut view = WhatIfView {
        period: None,
        currency: book.currency(),
        members: book.members().clone(),
        nodes: Vec::new(),
        judged: None,
        presumed: Vec::new(),
        swings: Vec::new(),
    };
    book.with_views(|views| {
        let Some(base) = Base::of(book, views, asked) else { return };
        let result = apply(&base.tree, &asked.levers);
        view.period = Some(base.period);
        view.nodes = Node::ALL.map(|node| base.node(node, &result)).into();
        let judged = base.tree.judged_net.zip(base.tree.net());
        let judged = judged.filter(|(judged, net)| judged != net && *net > Fixed::ZERO);
        view.judged = judged
            .and_then(|(judged, net)| Decimal::quotient(judged, net))
            .map(|share| share.to_string());
        view.presumed = base.presumed().map(str::to_owned).collect();
        let demand = asked.levers.at(Lever::Demand);
        view.swings = tornado(&base.tree, STEP, demand).iter().map(swing).collect();
    });
    view
}

fn swing(swing: &Swing) -> SwingView {
    let texts = |amounts: [Option<Fixed>; 2]| amounts.map(|it| it.map(|it| it.to_string()));
    SwingView { lever: swing.lever, net: texts(swing.net), profit: texts(swing.profit) }
}

impl<'a> Base<'a> {
    /// `None` where nothing is known of the days asked for.
    fn of(book: &Book, views: &'a Views<'a, Basis>, asked: &WhatIfRequest) -> Option<Self> {
        let covered = views.covered?;
        let part = views.kept_part_of(&asked.filters);
        let period = asked.period.or_else(|| last_months(&part, covered, asked.today));
        let period = period.unwrap_or(covered).within(&covered)?;
        let sessionless = sessionless(views, &asked.filters, period);
        let mut tree = tree(&part, &[period]);
        if sessionless.is_none() {
            tree.sessions = part.sum(Measure::Sessions, period);
        }
        tree.yuan_share = yuan_share(book, views, &asked.filters, period);
        Some(Self { part, period, tree, sessionless })
    }

    fn node(&self, node: Node, result: &Tree) -> WhatIfNode {
        let base = match self.tree.at(node) {
            Some(value) => ValueView { value: Some(value.to_string()), ..ValueView::default() },
            None => self.missing(node),
        };
        let result = result.at(node).map(|it| it.to_string());
        WhatIfNode { node, unit: unit(node), base, result }
    }

    /// Why nothing is known of a place in the tree.
    fn missing(&self, node: Node) -> ValueView {
        if let (Node::Sessions | Node::Conversion, Some(why)) = (node, &self.sessionless) {
            return ValueView { undefined: Some(Arc::clone(why)), ..ValueView::default() };
        }
        let measure = |measure| self.part.measure(measure, self.period);
        let kpi = |kpi| self.part.figure(kpi, self.period);
        let why = match node {
            Node::Gmv => measure(Measure::Gmv),
            Node::Sessions | Node::Conversion => measure(Measure::Sessions),
            Node::Orders | Node::OrderValue => measure(Measure::Orders),
            Node::Units => measure(Measure::Units),
            Node::Cancelled | Node::Gross => measure(Measure::GrossSales),
            Node::Discounts => measure(Measure::SellerDiscounts),
            Node::Refunds => measure(Measure::Refunds),
            Node::Net => kpi("sales.net"),
            Node::Duty => measure(Measure::Duties),
            Node::Goods => measure(Measure::FeeCogs),
            Node::Fees => measure(Measure::PlatformFees),
            Node::JudgedNet | Node::Cm1 => kpi("pl.cm1"),
            Node::Fulfilment => measure(Measure::FulfilmentCosts),
            Node::Storage => measure(Measure::StorageCosts),
            Node::Cm2 => kpi("pl.cm2"),
            Node::Cm3 | Node::Cm3Rate => kpi("pl.cm3"),
            Node::AdSpend => measure(Measure::Spend),
            Node::Clicks => measure(Measure::Clicks),
            Node::Cpc => kpi("ads.cpc"),
            Node::Acos => kpi("ads.acos"),
            Node::Tacos => kpi("ads.tacos"),
        };
        ValueView { undefined: why.undefined, ..ValueView::default() }
    }

    fn presumed(&self) -> impl Iterator<Item = &'static str> {
        let tree = &self.tree;
        let has_goods = tree.goods.is_some();
        let presumed = [
            ("yuan", has_goods && tree.yuan_share.is_none()),
            ("duty", has_goods && tree.duty.is_none()),
            ("refunds", tree.net().is_some() && tree.refunds.is_none()),
            ("spend", tree.cm3().is_some() && tree.ad_spend.is_none()),
        ];
        presumed.into_iter().filter(|(_, is_so)| *is_so).map(|(presumed, _)| presumed)
    }
}

const fn unit(node: Node) -> UnitView {
    match node {
        Node::Sessions | Node::Orders | Node::Units | Node::Clicks => UnitView::Count,
        Node::Conversion | Node::Cm3Rate | Node::Acos | Node::Tacos => UnitView::Share,
        _ => UnitView::Money,
    }
}

fn month_of(day: Day) -> Period {
    Granularity::Month.bucket(day, WeekStart::Monday)
}

/// The newest whole months of which all is known and ads have settled, as many as there are.
fn last_months(part: &PartOf<'_, Basis>, covered: Period, today: Day) -> Option<Period> {
    let mut month = month_of(covered.to.plus(1));
    let mut months: Vec<Period> = Vec::new();
    while months.len() < MOST_MONTHS && month.from > covered.from {
        month = month_of(month.from.plus(-1));
        let is_known = covered.from <= month.from && month.to <= covered.to && month.to < today;
        let kpis = AMOUNTS.iter().chain(&RATES);
        if is_known && kpis.map(|(kpi, _)| kpi).all(|kpi| part.has_settled(kpi, month)) {
            months.push(month);
        }
    }
    Some(Period { from: months.last()?.from, to: months.first()?.to })
}

/// What some days came to, without sessions and which part is paid in yuan.
fn tree(part: &PartOf<'_, Basis>, periods: &[Period]) -> Tree {
    let sum = |measure| periods.iter().map(|period| part.sum(measure, *period)).sum();
    // Days of which nothing is stated count as 0 beside others.
    let stated = |measure| {
        let known = periods.iter().filter_map(|period| part.sum(measure, *period));
        known.reduce(Fixed::plus)
    };
    let kpi = |kpi: &str| {
        let past = part.past(kpi)?;
        let values = periods.iter().map(|period| Some(fixed(past.reached(*period)?.value)));
        values.sum::<Option<Fixed>>()
    };
    let gross: Option<Fixed> = sum(Measure::GrossSales);
    let refunds = stated(Measure::Refunds);
    // Which discounts count is up to the contracts: those that the KPI takes off.
    let taken_off = gross.zip(kpi("sales.net")).map(|(gross, net)| gross.minus(net));
    let discounts = taken_off.map(|it| it.minus(refunds.unwrap_or_default()));
    let cogs: Option<Fixed> = sum(Measure::FeeCogs);
    let duty =
        cogs.and_then(|cogs| Some(cogs.share(sum(Measure::Duties)?, sum(Measure::DutiedCogs)?)));
    let storage: Option<Fixed> = sum(Measure::StorageCosts);
    let fulfilment: Option<Fixed> = sum(Measure::FulfilmentCosts);
    let mut tree = Tree {
        sessions: None,
        orders: sum(Measure::Orders),
        units: sum(Measure::Units),
        gmv: sum(Measure::Gmv),
        gross,
        discounts,
        refunds,
        // Of too few sales with a cost the KPI says nothing.
        judged_net: kpi("pl.cm1").and_then(|_| sum(Measure::FeeNetSales)),
        goods: cogs.map(|cogs| cogs.minus(duty.unwrap_or_default())),
        duty,
        fees: sum(Measure::PlatformFees),
        fulfilment: fulfilment.map(|it| it.minus(storage.unwrap_or_default())),
        storage,
        clicks: sum(Measure::Clicks),
        ad_spend: stated(Measure::Spend),
        ad_sales: sum(Measure::AdSales),
        claiming_spend: sum(Measure::AttributedSpend),
        yuan_share: None,
    };
    if kpi("pl.cm3").is_none() && tree.cm3().is_some() {
        tree.judged_net = None;
    }
    tree
}

fn fixed(value: Decimal) -> Fixed {
    value.of(Fixed::from_whole(1))
}

/// Why sessions say nothing of all orders: a channel has orders without them.
fn sessionless(
    views: &Views<'_, Basis>,
    filters: &Filters,
    period: Period,
) -> Option<Arc<UndefinedView>> {
    let channels = views.slices.members_in(Dimension::Channel, filters, Some(period));
    channels.iter().find_map(|channel| {
        let part = views.kept_part_of(&filters.narrowed(Dimension::Channel, channel));
        let has_orders = part.sum(Measure::Orders, period).is_some_and(|it| it > Fixed::ZERO);
        let why = part.measure(Measure::Sessions, period).undefined;
        why.filter(|_| has_orders)
    })
}

/// Which part of the cost of goods is paid in yuan, as cost sheets say it; `None` where none of them is in yuan,
/// and where costs in yuan do not count since nothing is converted.
fn yuan_share(
    book: &Book,
    views: &Views<'_, Basis>,
    filters: &Filters,
    period: Period,
) -> Option<Fixed> {
    book.rates()?;
    let products = book.cube().products();
    let is_in_yuan = |sku: &str| {
        let newest = book.costs().layers(sku).last();
        newest.map(|layer| layer.currency.code() == YUAN)
    };
    let in_scope = products.iter().filter(|(sku, it)| filters.allows_product(sku, it.groups()));
    let known = in_scope.filter_map(|(sku, _)| Some((*sku, is_in_yuan(sku)?)));
    let (yuan, others): (Vec<_>, Vec<_>) = known.partition(|(_, is_in_yuan)| *is_in_yuan);
    if yuan.is_empty() || others.is_empty() {
        return (!yuan.is_empty()).then_some(Fixed::from_whole(1));
    }
    let skus = yuan.into_iter().map(|(sku, _)| sku.to_owned()).collect();
    let part = views.kept_part_of(&Filters { skus, ..filters.clone() });
    let all = views.kept_part_of(filters).sum(Measure::FeeCogs, period)?;
    part.sum(Measure::FeeCogs, period)?.divided_by(all)
}

/// The months of a year that are still to come: each as the same month a year before, or two, would be under
/// the levers, else as a month of the base would. Rates are those of the base.
pub(super) fn proposed(book: &Book, asked: &WhatIfRequest, year: i32) -> PlanDrafts {
    let mut drafts = Drafts::default();
    let Some(scope) = scope_of(&asked.filters) else {
        drafts.without("several_parts");
        return drafts.into();
    };
    let months = (1..=12).filter_map(|month| Day::from_ymd(year, month, 1)).map(month_of);
    let months: Vec<Period> = months.filter(|month| month.from > asked.today).collect();
    book.with_views(|views| {
        let base = Base::of(book, views, asked);
        let Some((base, covered)) = base.zip(views.covered) else {
            return drafts.without("no_past");
        };
        let result = apply(&base.tree, &asked.levers);
        let of_month = |month: Period| {
            let days = days_before(month, covered)?;
            let then = Tree { yuan_share: base.tree.yuan_share, ..tree(&base.part, &days) };
            Some(apply(&then, &asked.levers))
        };
        let of_months: Vec<_> = months.iter().map(|month| (*month, of_month(*month))).collect();
        for (kpi, node) in AMOUNTS.iter().chain(&RATES) {
            let is_rate = RATES.iter().any(|(rate, _)| rate == kpi);
            let key = TargetKey { kpi: (*kpi).to_owned(), scope: scope.clone() };
            let Some(entry) = views.dictionary.get(kpi) else { continue };
            for (month, then) in &of_months {
                if book.fold().targets.cell(&key, *month).is_some_and(|cell| cell.is_locked) {
                    drafts.without("all_locked");
                    continue;
                }
                let of_base = result.at(*node).map(fixed);
                let a_month = || {
                    let [days, all] =
                        [*month, base.period].map(|it| Fixed::from_whole(it.n_days().into()));
                    of_base.map(|amount| amount.share(days, all))
                };
                let then = then.as_ref().and_then(|then| then.at(*node)).map(fixed);
                let number = if is_rate { of_base } else { then.or_else(a_month) };
                match number {
                    Some(number) => drafts.number(
                        TargetLevel::Commit,
                        &key,
                        *month,
                        stepped(&entry.kpi, number),
                    ),
                    None => drafts.without("no_past"),
                }
            }
        }
    });
    drafts.into()
}

/// The part of the business that filters choose; `None`: several, or brands, which have no targets.
fn scope_of(filters: &Filters) -> Option<TargetScope> {
    let one = |members: &[String]| match members {
        [] => Some(String::new()),
        [one] => Some(one.clone()),
        _ => None,
    };
    let scope = TargetScope {
        channel: one(&filters.channels)?,
        shop: one(&filters.shops)?,
        sku: one(&filters.skus)?,
        category: one(&filters.categories)?,
        owner: one(&filters.owners)?,
    };
    filters.brands.is_empty().then_some(scope)
}

/// The days beside which a month stands in the newest year that is known of all of them.
fn days_before(month: Period, covered: Period) -> Option<Vec<Period>> {
    (1..=MOST_YEARS)
        .map(|n_years| counterparts(month, n_years))
        .find(|days| days.iter().all(|it| covered.from <= it.from && it.to <= covered.to))
}
