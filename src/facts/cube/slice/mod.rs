//! One part of the business over time: measures that add up over days in constant time for every period, what
//! is counted SKU by SKU or term by term once for a period.

mod behind;
mod best_sellers;
mod campaigns;
mod cohorts;
mod covered;
mod forecast;
mod members;
mod needs;
mod reconciled;
mod scan;
mod sku_returns;
mod skus;
mod stock;
mod stock_days;
mod targets;
mod terms;

use std::{
    cell::{OnceCell, RefCell},
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

pub use behind::{FactBehind, facts_behind};
pub use best_sellers::best_sellers;
pub use campaigns::campaigns_over;
pub use covered::{CoveredBy, ReadFile};
pub use sku_returns::returns_by_sku;
pub use skus::sku_weeks;

use super::{
    CostBook, Cube, SaleTiming,
    buyers::{BuyerCounts, Purchase},
    statements::{Reconciled, Statements, TypedValue},
    targets::Target,
};
use crate::domain::{
    Currency, Day, Dimension, Filters, Fixed, Measure, Measures, Missing, NotStated, Nothing,
    Period, ShopStated, Stated, Sum, sort_few,
};
use cohorts::Cohorts;
use members::MemberCounts;
use needs::{feed_of, unrated_lines};
use scan::Scan;
use skus::SkuCounts;
use stock_days::StockDays;
use terms::TermSums;

/// What a slice is made of beside the cube.
#[derive(Debug, Clone)]
pub struct Choice {
    pub filters: Filters,
    /// Money in other currencies is left out, or converted.
    pub currency: Currency,
    /// Money in other currencies is converted by the cube's rates, day by day; else it is left out.
    pub is_converted: bool,
    /// Of settled sales, which report counts is chosen day by day.
    pub sale_timing: SaleTiming,
    /// Channels whose tax is revenue of the seller.
    pub taxed_channels: Rc<[String]>,
    /// Ad sales that are claimed for longer after a click, or for an unknown time, are left out.
    pub most_window_days: Option<u32>,
    /// Discounts paid by the platform are revenue of the seller.
    pub platform_discounts_are_revenue: bool,
    /// What only the causes of a gap to a platform's total are made of is summed, too: tax, shipping and
    /// sales by booking day. Without it they are missing.
    pub has_causes: bool,
    pub covered: Rc<CoveredBy>,
    /// Costs entered by hand are part of it.
    pub costs: Rc<CostBook>,
    /// The same for what is in stock.
    pub stock_costs: Rc<CostBook>,
    /// What a person read on platforms' own pages.
    pub typed: Rc<[TypedValue]>,
    /// Totals of others against ours, once they are known.
    pub reconciled: Rc<OnceCell<Vec<Reconciled>>>,
    /// What channels are called, by their ids: sheets name them so.
    pub channel_names: Rc<[(String, String)]>,
    /// Targets that were typed: they count before those of sheets for the same days.
    pub targets: Rc<[Target]>,
}

/// Running sums of one measure by day.
#[derive(Debug, Clone, Default)]
struct Series {
    /// Value and facts before each day of the slice.
    before: Vec<(i64, u64)>,
}

/// What is summed per day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Measure(Measure),
    /// Units of SKUs with stock.
    StockedUnits,
    /// COGS of SKUs with stock, and their sales after discounts.
    StockedCogs,
    StockedNetSales,
    /// Facts with sessions that cannot be added.
    ForeignSessions,
    /// Facts with traffic that no SKU is named for.
    SkulessTraffic,
    /// Facts of ads whose claims are of too long a window.
    OtherWindow,
    /// Facts of sales, of postings and of ads with money that cannot be converted.
    NoRateOfSales,
    NoRateOfPostings,
    NoRateOfAds,
    /// The same of search terms.
    NoRateOfTerms,
    /// Facts of returns, and of losses in warehouses, whose goods have no cost.
    ReturnsWithoutCost,
    LossesWithoutCost,
    /// Payouts of days without a rate or a planned one.
    PayoutsWithoutPlan,
    /// Reimbursements in money that cannot be converted.
    NoRateOfWarehouse,
}

impl Line {
    const COUNT: usize = Measure::ALL.len() + 14;

    const fn index(self) -> usize {
        match self {
            Self::Measure(measure) => measure as usize,
            Self::StockedUnits => Measure::ALL.len(),
            Self::StockedCogs => Measure::ALL.len() + 1,
            Self::ForeignSessions => Measure::ALL.len() + 2,
            Self::SkulessTraffic => Measure::ALL.len() + 3,
            Self::OtherWindow => Measure::ALL.len() + 4,
            Self::NoRateOfSales => Measure::ALL.len() + 5,
            Self::NoRateOfPostings => Measure::ALL.len() + 6,
            Self::NoRateOfAds => Measure::ALL.len() + 7,
            Self::StockedNetSales => Measure::ALL.len() + 8,
            Self::NoRateOfTerms => Measure::ALL.len() + 9,
            Self::ReturnsWithoutCost => Measure::ALL.len() + 10,
            Self::LossesWithoutCost => Measure::ALL.len() + 11,
            Self::PayoutsWithoutPlan => Measure::ALL.len() + 12,
            Self::NoRateOfWarehouse => Measure::ALL.len() + 13,
        }
    }
}

/// One part of the business.
#[derive(Debug, Clone)]
pub struct Slice {
    first_day: i32,
    n_days: usize,
    /// By `Line::index`; without a day where the line has no fact.
    series: Vec<Series>,
    /// Spans by feed, for the shops of the slice.
    spans: BTreeMap<&'static str, Vec<Period>>,
    is_sku_scoped: bool,
    /// Nothing is filtered.
    is_whole: bool,
    has_causes: bool,
    stock: Vec<PlaceStock>,
    /// Of snapshots that tell ages, and of those that tell what is too much.
    aged: Vec<PlaceStock>,
    excess: Vec<PlaceStock>,
    sku_counts: RefCell<BTreeMap<Period, SkuCounts>>,
    /// How many members have some of a measure.
    counted: RefCell<MemberCounts>,
    /// By the last day of their weeks.
    loss_makers: RefCell<BTreeMap<Day, Result<Sum, Missing>>>,
    terms: RefCell<BTreeMap<Period, Rc<[TermSums]>>>,
    /// Cut when formulas name single members.
    narrowed: RefCell<BTreeMap<Filters, Rc<Self>>>,
    stock_days: OnceCell<StockDays>,
    read_files: Vec<ReadFile>,
    /// Who bought where: counted when it is first asked for.
    is_in: Vec<bool>,
    buyers: OnceCell<BuyerCounts>,
    cohorts: OnceCell<Cohorts>,
    /// Overheads and headcount by day, of days without other data, too.
    company: Vec<(Measure, i32, i64)>,
    statements: Statements,
    /// What it was cut from, and how: for what is looked up SKU by SKU when it is asked for.
    cube: Rc<Cube>,
    choice: Rc<Choice>,
}

/// Stock on a day: the day, available, inbound, and the value at cost where a cost is known.
type Level = (i32, i64, i64, Option<i64>);

/// Snapshots of one place, oldest first.
#[derive(Debug, Clone, Default)]
struct PlaceStock {
    snapshots: Vec<Level>,
}

/// Told of exports whose buyers were kept.
const BUYERS: &str = "buyers";

/// Told of exports that name the buyers of orders, whether they were kept or not.
pub(crate) const NAMES_BUYERS: &str = "names_buyers";

impl Slice {
    /// A slice of fewer members of the same cube, cut once.
    fn cut_again(&self, filters: Filters) -> Rc<Self> {
        let mut narrowed = self.narrowed.borrow_mut();
        let slice = narrowed.entry(filters.clone()).or_insert_with(|| {
            Rc::new(Self::of(&self.cube, Choice { filters, ..(*self.choice).clone() }))
        });
        Rc::clone(slice)
    }

    pub fn of(cube: &Rc<Cube>, choice: Choice) -> Self {
        let choice = Rc::new(choice);
        Scan::new(cube, &choice, covered_days(cube)).run((cube, &choice))
    }

    /// The sum of a line over a period; days outside the data count as nothing.
    fn over(&self, line: Line, period: Period) -> (i64, u64) {
        self.series.get(line.index()).map_or((0, 0), |series| self.over_series(series, period))
    }

    fn over_series(&self, series: &Series, period: Period) -> (i64, u64) {
        let index = |day: i32| {
            let at = i64::from(day) - i64::from(self.first_day);
            usize::try_from(at.max(0)).unwrap_or(0).min(self.n_days)
        };
        let at = |day: i32| series.before.get(index(day)).copied().unwrap_or_default();
        let (from, to) = (period.from.days_since_epoch(), period.to.days_since_epoch());
        let (before, after) = (at(from), at(to.saturating_add(1)));
        (after.0 - before.0, after.1 - before.1)
    }

    fn is_covered(&self, feed: &str, period: Period) -> bool {
        self.spans.get(feed).is_some_and(|spans| spans.iter().any(|span| span.overlaps(&period)))
    }

    fn line(&self, line: Line, period: Period) -> Sum {
        let (value, n_facts) = self.over(line, period);
        Sum { value: Fixed::from_ten_thousandths(value), n_facts }
    }

    fn traffic(&self, measure: Measure, period: Period) -> Result<Sum, Missing> {
        let sum = self.line(Line::Measure(measure), period);
        if !is_of_views(measure) {
            let foreign = self.over(Line::ForeignSessions, period).1;
            if foreign > 0 {
                return Err(Missing::NotAdditive);
            }
        }
        if self.is_sku_scoped && sum.n_facts == 0 && self.over(Line::SkulessTraffic, period).1 > 0 {
            return Err(Missing::NoSkuDetail);
        }
        Ok(sum)
    }

    /// What a person's own sheets say of days. Unless they speak of every day of the period nothing is
    /// said: half of a month's rent would be too little.
    fn of_company(&self, measure: Measure, period: Period) -> Result<Sum, Missing> {
        if !self.is_whole {
            return Err(Missing::WholeOnly);
        }
        let days = period.from.days_since_epoch()..=period.to.days_since_epoch();
        let is_in = |it: &&(Measure, i32, i64)| it.0 == measure && days.contains(&it.1);
        let (mut sum, mut n_facts, mut told) = (0_i64, 0, BTreeSet::new());
        for (_, day, amount) in self.company.iter().filter(is_in) {
            sum = sum.saturating_add(*amount);
            n_facts += 1;
            told.insert(*day);
        }
        if usize::try_from(period.n_days()) != Ok(told.len()) {
            return Err(Missing::NoData);
        }
        Ok(Sum { value: Fixed::from_ten_thousandths(sum), n_facts })
    }

    fn of_buyers(&self, measure: Measure, period: Period) -> Result<Sum, Missing> {
        match measure {
            Measure::JudgedNewBuyers | Measure::CohortMargin | Measure::PaybackMonths => {
                self.of_cohort(measure, period)
            }
            _ => self.buyers(measure, period),
        }
    }

    /// A count of buyers. Who bought a SKU is not told: the same buyer may be new to one SKU and not
    /// to another.
    fn buyers(&self, measure: Measure, period: Period) -> Result<Sum, Missing> {
        if self.is_sku_scoped {
            return Err(Missing::NoSkuDetail);
        }
        if !self.is_covered(feed_of(measure), period) {
            let could_be_told = self.is_covered(NAMES_BUYERS, period);
            return Err(if could_be_told { Missing::BuyersDropped } else { Missing::NoData });
        }
        let (from, to) = (period.from.days_since_epoch(), period.to.days_since_epoch());
        let buyers = self.buyers.get_or_init(|| {
            let is_in = |order: &Purchase| self.is_in.get(order.place as usize) == Some(&true);
            BuyerCounts::of(self.cube.purchases.iter().filter(|order| is_in(order)))
        });
        let count = match measure {
            Measure::NewBuyers => buyers.new_in(from, to),
            Measure::BuyersLast365Days => buyers.in_year(to),
            _ => buyers.again_in_year(to),
        };
        let value = Fixed::from_ten_thousandths(count.saturating_mul(Fixed::SCALE));
        Ok(Sum { value, n_facts: u64::try_from(count).unwrap_or(0) })
    }

    /// Reports of shops that began on or before `day`; those whose last day is one of the last `n_days`.
    fn sources(&self, day: Day, n_days: i32) -> Result<Sum, Missing> {
        let mut last_days: BTreeMap<(&str, &str, &str), Day> = BTreeMap::new();
        let begun = |file: &&ReadFile| file.period.from <= day && !file.is_sheet;
        for file in self.read_files.iter().filter(begun) {
            let source = (file.report.as_str(), file.channel.as_str(), file.shop.as_str());
            let last = last_days.entry(source).or_insert(file.period.to);
            *last = file.period.to.max(*last);
        }
        if last_days.is_empty() {
            return Err(Missing::NoData);
        }
        let age = |last: &&Day| day.days_since_epoch() - last.days_since_epoch();
        let n_sources = last_days.values().filter(|last| age(last) < n_days).count();
        let value = Fixed::from_whole(i64::try_from(n_sources).unwrap_or(i64::MAX));
        Ok(Sum { value, n_facts: u64::try_from(n_sources).unwrap_or(0) })
    }

    /// Rows of the files whose days overlap a period.
    fn read_rows(&self, period: Period, of: fn(&ReadFile) -> u64) -> Result<Sum, Missing> {
        let files = self.read_files.iter().filter(|file| file.period.overlaps(&period));
        let (n_files, n_rows) = files.fold((0, 0_u64), |sum, file| (sum.0 + 1, sum.1 + of(file)));
        if n_files == 0 {
            return Err(Missing::NoData);
        }
        let value = Fixed::from_whole(i64::try_from(n_rows).unwrap_or(i64::MAX));
        Ok(Sum { value, n_facts: n_files })
    }

    /// Mean of the sellable units of each place's snapshots in 90 days, added over the places.
    fn average_stock_units(&self, to: Day) -> Result<Sum, Missing> {
        let days = to.plus(1 - STOCK_DAYS).days_since_epoch()..=to.days_since_epoch();
        let (mut sum, mut n_facts) = (0_i64, 0);
        for place in &self.stock {
            let units = place.snapshots.iter().filter(|it| days.contains(&it.0)).map(|it| it.1);
            let units: Vec<i64> = units.collect();
            if units.is_empty() {
                continue;
            }
            if units.len() < 3 {
                return Err(Missing::NeedsSnapshots);
            }
            let total = units.iter().fold(0_i64, |sum, it| sum.saturating_add(*it));
            sum = sum.saturating_add(mean(total, units.len()).unwrap_or(0));
            n_facts += units.len() as u64;
        }
        match (n_facts, self.stock.is_empty()) {
            (0, true) => Err(Missing::NoData),
            (0, false) => Err(Missing::NeedsSnapshots),
            _ => Ok(Sum { value: Fixed::from_ten_thousandths(sum), n_facts }),
        }
    }

    /// Value of the newest snapshot of every place on or before a day.
    fn newest(stock: &[PlaceStock], day: Day, value: fn(&Level) -> i64) -> Result<Sum, Missing> {
        let day = day.days_since_epoch();
        let newest = stock
            .iter()
            .filter_map(|place| place.snapshots.iter().rev().find(|snapshot| snapshot.0 <= day));
        let (mut sum, mut n_facts) = (0_i64, 0);
        for snapshot in newest {
            sum = sum.saturating_add(value(snapshot));
            n_facts += 1;
        }
        if n_facts == 0 {
            return Err(Missing::NoData);
        }
        Ok(Sum { value: Fixed::from_ten_thousandths(sum), n_facts })
    }

    /// Mean value at cost of each place's snapshots in a year, added over the places.
    fn average_stock_value(&self, to: Day) -> Result<Sum, Missing> {
        let year = to.plus(-364).days_since_epoch()..=to.days_since_epoch();
        let (mut sum, mut n_facts) = (0_i64, 0);
        let is_known = |place: &&PlaceStock| place.snapshots.iter().any(|it| year.contains(&it.0));
        for place in self.stock.iter().filter(is_known) {
            let inside = place.snapshots.iter().filter(|snapshot| year.contains(&snapshot.0));
            let values: Vec<Option<i64>> = inside.map(|snapshot| snapshot.3).collect();
            if values.len() < 4 {
                return Err(Missing::NeedsSnapshots);
            }
            let known: Vec<i64> = values.into_iter().flatten().collect();
            let total = known.iter().fold(0_i64, |sum, worth| sum.saturating_add(*worth));
            let mean = mean(total, known.len()).ok_or(Missing::NoCost)?;
            sum = sum.saturating_add(mean);
            n_facts += known.len() as u64;
        }
        match (n_facts, self.stock.is_empty()) {
            (0, true) => Err(Missing::NoData),
            (0, false) => Err(Missing::NeedsSnapshots),
            _ => Ok(Sum { value: Fixed::from_ten_thousandths(sum), n_facts }),
        }
    }

    /// A measure that is no sum over the days of cells; `None`: it is one.
    fn of_no_line(&self, measure: Measure, period: Period) -> Option<Result<Sum, Missing>> {
        Some(match measure {
            Measure::StockAvailable => Self::newest(&self.stock, period.to, |it| it.1),
            Measure::StockInbound => Self::newest(&self.stock, period.to, |it| it.2),
            Measure::AgedUnits => Self::newest(&self.aged, period.to, |it| it.1),
            Measure::UnitsOfKnownAge => Self::newest(&self.aged, period.to, |it| it.2),
            Measure::ExcessUnits => Self::newest(&self.excess, period.to, |it| it.1),
            Measure::UnitsOfKnownExcess => Self::newest(&self.excess, period.to, |it| it.2),
            Measure::AverageStockUnits => self.average_stock_units(period.to),
            Measure::SkusSold
            | Measure::JudgedSkus
            | Measure::LosingSkus
            | Measure::Top10NetSales
            | Measure::NewSkuNetSales
            | Measure::SkuNetSales
            | Measure::StockedSkus
            | Measure::MovingSkus => {
                self.of_skus(measure, period).and_then(|sum| self.rated(measure, period, sum))
            }
            Measure::LossMakerInbound => self.loss_maker_inbound(period.to),
            Measure::DemandInStock
            | Measure::DemandOfStockDays
            | Measure::StockOutDays
            | Measure::LostSales => {
                self.of_stock_days(measure, period).and_then(|sum| self.rated(measure, period, sum))
            }
            Measure::WastedSpend | Measure::TermSpend => {
                self.of_terms(measure, period).and_then(|sum| self.rated(measure, period, sum))
            }
            Measure::RejectedRows => self.read_rows(period, |file| file.n_rejected),
            Measure::ReadRows => self.read_rows(period, |file| file.n_rows),
            Measure::ReadFiles => self.read_rows(period, |_| 1),
            Measure::SignedFiles => self.read_rows(period, |file| u64::from(file.is_signed)),
            Measure::FreshSources => self.sources(period.to, FRESH_DAYS),
            Measure::Sources => self.sources(period.to, i32::MAX),
            Measure::TargetNetSales
            | Measure::PlannedNetSales
            | Measure::PlannedSpend
            | Measure::PlannedOverheads => self.of_targets(measure, period),
            Measure::UnexplainedGaps | Measure::ReconciledTotals => {
                self.of_reconciled(measure, period)
            }
            Measure::ExpectedNetSales => self.expected_net_sales(period),
            Measure::UnitsLast90Days if !self.stock.is_empty() => {
                self.sold_back(Line::StockedUnits, STOCK_DAYS, period.to)
            }
            Measure::NetSalesLast365Days if !self.stock.is_empty() => {
                let year = Period { from: period.to.plus(-364), to: period.to };
                let sum = self.sold_back(Line::StockedNetSales, 365, period.to);
                sum.and_then(|sum| self.rated(measure, year, sum))
            }
            Measure::AverageStockValue => self.average_stock_value(period.to),
            _ if feed_of(measure) == BUYERS => self.of_buyers(measure, period),
            Measure::UnitsLast30Days if !self.stock.is_empty() => {
                self.sold_back(Line::StockedUnits, 30, period.to)
            }
            Measure::CogsLast365Days if !self.stock.is_empty() => {
                self.sold_back(Line::StockedCogs, 365, period.to)
            }
            Measure::Overheads | Measure::HeadcountDays => self.of_company(measure, period),
            Measure::Days => {
                let days = i64::from(period.n_days());
                let n_facts = u64::try_from(days).unwrap_or(0);
                Ok(Sum { value: Fixed::from_whole(days), n_facts })
            }
            _ => return None,
        })
    }

    /// A sum, unless some of its money has no rate.
    fn rated(&self, measure: Measure, period: Period, sum: Sum) -> Result<Sum, Missing> {
        let is_unrated = unrated_lines(measure).iter().any(|line| self.over(*line, period).1 > 0);
        if is_unrated { Err(Missing::NoRate) } else { Ok(sum) }
    }

    /// What was sold in the days up to the period's end; half of them would be too little.
    fn sold_back(&self, line: Line, days: i32, to: Day) -> Result<Sum, Missing> {
        let period = Period { from: to.plus(1 - days), to };
        if !self.knows_sales_since(period.from) {
            return Err(Missing::TooShort);
        }
        Ok(self.line(line, period))
    }

    /// Whether sales are told from a day on, or longer.
    fn knows_sales_since(&self, day: Day) -> bool {
        self.spans.get("sales").into_iter().flatten().any(|span| span.from <= day)
    }
}

/// A report is fresh that tells of a day this few days ago.
const FRESH_DAYS: i32 = 7;

/// Days over which stock is set against sales.
const STOCK_DAYS: i32 = 90;

/// The days of a cube; of one without facts the first of all days.
fn covered_days(cube: &Cube) -> Period {
    let first = Day::from_days_since_epoch(0);
    cube.reach.unwrap_or(Period { from: first, to: first })
}

/// Whether a measure counts page views, which add up over products as sessions do not.
fn is_of_views(measure: Measure) -> bool {
    matches!(measure, Measure::PageViews | Measure::FeaturedViews | Measure::OfferViews)
}

/// The mean in ten-thousandths, rounded half away from zero; `None` of nothing.
fn mean(total: i64, count: usize) -> Option<i64> {
    let count = i64::try_from(count).ok().filter(|count| *count > 0)?;
    let half = if total < 0 { -count / 2 } else { count / 2 };
    Some(total.saturating_add(half) / count)
}

impl Measures for Slice {
    fn sum(&self, measure: Measure, period: Period) -> Result<Sum, Missing> {
        if let Some(sum) = self.of_no_line(measure, period) {
            return sum;
        }
        let is_cause = matches!(
            measure,
            Measure::Tax | Measure::Shipping | Measure::PostedSales | Measure::UtcGmv
        );
        // A refund may count on a day before those of its file.
        let is_told = self.is_covered(feed_of(measure), period)
            || measure == Measure::Refunds && self.over(Line::Measure(measure), period).1 > 0;
        if is_cause && !self.has_causes || !is_told {
            return Err(Missing::NoData);
        }
        let sum = match measure {
            Measure::Sessions
            | Measure::PageViews
            | Measure::FeaturedViews
            | Measure::OfferViews
            | Measure::TrafficUnits
            | Measure::UnitSessions
            | Measure::OrderItems
            | Measure::ItemSessions
            | Measure::FunnelSessions
            | Measure::OrderSessions
            | Measure::CartStepSessions
            | Measure::CartSessions
            | Measure::CartStepOrders
            | Measure::CheckoutStepSessions
            | Measure::CheckoutSessions => self.traffic(measure, period)?,
            _ => self.line(Line::Measure(measure), period),
        };
        let sum = self.rated(measure, period, sum)?;
        let is_claimed = matches!(
            measure,
            Measure::AdSales
                | Measure::AttributedSpend
                | Measure::AdOrders
                | Measure::AttributedClicks
                | Measure::NewBrandOrders
                | Measure::BrandOrders
        );
        if is_claimed && sum.n_facts == 0 && self.over(Line::OtherWindow, period).1 > 0 {
            return Err(Missing::OtherWindow);
        }
        if matches!(measure, Measure::Duties | Measure::DutiedCogs) && sum.n_facts == 0 {
            return Err(Missing::NoData);
        }
        // What nothing is known of is not 0.
        let (untold, why) = match measure {
            Measure::Cogs | Measure::CostedNetSales | Measure::CostedUnits => {
                (Line::Measure(Measure::Gmv), Missing::NoCost)
            }
            Measure::ResaleValue => (Line::ReturnsWithoutCost, Missing::NoCost),
            Measure::LostStockValue => (Line::LossesWithoutCost, Missing::NoCost),
            Measure::FxEffect => (Line::PayoutsWithoutPlan, Missing::NoPlanRate),
            _ => return Ok(sum),
        };
        // Sales without a cost are told as a share; of these measures a part would be taken for the whole.
        let is_of_sales = untold == Line::Measure(Measure::Gmv);
        let is_untold = self.over(untold, period).1 > 0 && (sum.n_facts == 0 || !is_of_sales);
        if is_untold { Err(why) } else { Ok(sum) }
    }

    fn uncovered(&self, measure: Measure, period: Period) -> Vec<Period> {
        let mut spans = self.spans.get(feed_of(measure)).cloned().unwrap_or_default();
        spans.retain(|span| span.overlaps(&period));
        sort_few(&mut spans);
        let (mut gaps, mut next) = (Vec::new(), period.from);
        for span in spans {
            if span.from > next {
                gaps.push(Period { from: next, to: span.from.plus(-1) });
            }
            next = next.max(span.to.plus(1));
        }
        if next <= period.to {
            gaps.push(Period { from: next, to: period.to });
        }
        gaps
    }

    fn stated(&self, kpi: &str, kinds: &[String], period: Period) -> Result<Stated, NotStated> {
        self.statements.newest(kpi, kinds, period)
    }

    fn stated_by_shop(&self, kpi: &str, kinds: &[String], period: Period) -> Vec<ShopStated> {
        self.statements.newest_by_shop(kpi, kinds, period)
    }

    fn count_members(
        &self,
        dimension: Dimension,
        measure: Measure,
        period: Period,
    ) -> Result<Sum, Missing> {
        self.members_with(dimension, measure, period)
    }

    fn narrowed(&self, dimension: Dimension, member: &str) -> Rc<dyn Measures> {
        let own_name = match dimension {
            Dimension::Sku => self.cube.identities.sku_of(member),
            _ => member,
        };
        if !self.choice.filters.allows(dimension, own_name) {
            return Rc::new(Nothing);
        }
        if !self.cube.has_member(dimension, own_name) {
            return Rc::new(Nothing);
        }
        self.cut_again(self.choice.filters.narrowed(dimension, own_name))
    }
}
