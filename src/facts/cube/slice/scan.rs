//! What of a cube a choice lets through: places, days, SKUs, and money as it is told. The passes over its
//! tables, of which a slice is made, are in `passes`.

mod passes;

use std::{
    cell::{OnceCell, RefCell},
    rc::Rc,
};

use hashbrown::HashSet;

use super::{Choice, Line, ReadFile, Series, Slice};
use crate::{
    domain::{Currency, Day, Filters, Fixed, Measure, Period, map_of_few},
    facts::cube::{
        CellKey, Cells, CostLayer, Cube, Place, Product, SaleTiming, column, costs::cost_on,
        statements::Statements,
    },
};

/// What is counted by sessions.
pub(super) const OF_SESSIONS: &[(Measure, usize)] = &[
    (Measure::Sessions, column::SESSIONS),
    (Measure::TrafficUnits, column::TRAFFIC_UNITS),
    (Measure::UnitSessions, column::UNIT_SESSIONS),
    (Measure::OrderItems, column::ORDER_ITEMS),
    (Measure::ItemSessions, column::ITEM_SESSIONS),
    (Measure::FunnelSessions, column::FUNNEL_SESSIONS),
    (Measure::OrderSessions, column::STORE_ORDERS),
    (Measure::CartStepSessions, column::CART_STEP_SESSIONS),
    (Measure::CartSessions, column::CARTS),
    (Measure::CartStepOrders, column::CART_STEP_ORDERS),
    (Measure::CheckoutStepSessions, column::CHECKOUT_STEP_SESSIONS),
    (Measure::CheckoutSessions, column::CHECKOUTS),
];
/// What is counted by page views.
const OF_VIEWS: &[(Measure, usize)] = &[
    (Measure::PageViews, column::PAGE_VIEWS),
    (Measure::FeaturedViews, column::FEATURED_VIEWS),
    (Measure::OfferViews, column::OFFER_VIEWS),
];

/// The currency that a place's money has to be converted from; `None` where it has not.
fn converted(place: &Place, choice: &Choice) -> Option<Currency> {
    let from = Currency::parse(&place.currency).filter(|from| *from != choice.currency);
    from.filter(|_| choice.is_converted)
}

/// By day of a period: whether one of the spans holds it.
fn days_within(spans: &[Period], period: Period) -> Vec<bool> {
    let first = i64::from(period.from.days_since_epoch());
    let place = |day: Day| usize::try_from(i64::from(day.days_since_epoch()) - first).unwrap_or(0);
    let mut days = vec![false; usize::try_from(period.n_days()).unwrap_or(0)];
    for span in spans.iter().filter_map(|span| span.within(&period)) {
        if let Some(held) = days.get_mut(place(span.from)..=place(span.to)) {
            held.fill(true);
        }
    }
    days
}

/// Sales of a cell in ten-thousandths; tax is part of GMV, gross and net where the contract says so.
pub(super) struct CellSales {
    pub(super) gmv: i64,
    pub(super) gross: i64,
    pub(super) seller: i64,
    pub(super) platform: i64,
    pub(super) units: i64,
    pub(super) net: i64,
}

/// A pass over the cube for one choice.
pub(super) struct Scan<'a> {
    pub(super) cube: &'a Cube,
    pub(super) choice: &'a Choice,
    first_day: i32,
    n_days: usize,
    /// By place: passes the filters and can be told in the currency; passes the filters whatever currency.
    places: Vec<(bool, bool)>,
    /// By place: the currency that its money is converted from.
    foreign: Vec<Option<Currency>>,
    /// By place: tax is part of what is sold.
    taxed: Vec<bool>,
    /// By SKU.
    skus: Vec<bool>,
    layers: Vec<&'a [CostLayer]>,
    stock_layers: Vec<&'a [CostLayer]>,
    pub(super) is_sku_scoped: bool,
    /// By place and day of the slice: whether exports with fees, fulfilment costs or returns cover the shop.
    fee_days: Vec<Vec<bool>>,
    fulfilment_days: Vec<Vec<bool>>,
    /// Of sales, where only what is shipped or booked is one.
    sale_days: Option<Vec<Vec<bool>>>,
    return_days: Vec<Vec<bool>>,
    disposition_days: Vec<Vec<bool>>,
    order_fee_days: Vec<Vec<bool>>,
    /// By place: a number that places of one shop share.
    shops: Vec<u32>,
    /// By `Line::index`.
    daily: Vec<Vec<(i64, u64)>>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(cube: &'a Cube, choice: &'a Choice, covered: Period) -> Self {
        let filters = &choice.filters;
        let place = |place: &Place| {
            let is_in = filters.allows_shop(&place.channel, &place.shop);
            let is_ours = place.currency.is_empty() || place.currency == choice.currency.code();
            (is_in && (is_ours || choice.is_converted), is_in)
        };
        let sku =
            |(sku, product): (&String, &Product)| filters.allows_product(sku, product.groups());
        let days = |feed: &'static str| {
            let covers = |place: &Place| {
                days_within(&choice.covered.spans_of(feed, &place.channel, &place.shop), covered)
            };
            cube.places.iter().map(covers).collect()
        };
        let shops: Vec<(&str, &str)> = cube.shops().into_iter().collect();
        let shop = |place: &Place| {
            let own = (place.channel.as_str(), place.shop.as_str());
            u32::try_from(shops.binary_search(&own).unwrap_or(0)).unwrap_or(0)
        };
        Self {
            cube,
            choice,
            first_day: covered.from.days_since_epoch(),
            n_days: usize::try_from(covered.n_days()).unwrap_or(1),
            fee_days: days("platform_fees"),
            fulfilment_days: days("fulfilment"),
            sale_days: (choice.sale_timing != SaleTiming::Ordered).then(|| days("sales")),
            return_days: days("returns"),
            disposition_days: days("dispositions"),
            order_fee_days: days("order_fees"),
            shops: cube.places.iter().map(shop).collect(),
            places: cube.places.iter().map(place).collect(),
            foreign: cube.places.iter().map(|place| converted(place, choice)).collect(),
            taxed: cube
                .places
                .iter()
                .map(|it| choice.taxed_channels.contains(&it.channel))
                .collect(),
            skus: cube.skus.iter().zip(&cube.products).map(sku).collect(),
            layers: cube.skus.iter().map(|sku| choice.costs.layers(sku)).collect(),
            stock_layers: cube.skus.iter().map(|sku| choice.stock_costs.layers(sku)).collect(),
            is_sku_scoped: filters.is_sku_scoped(),
            daily: vec![Vec::new(); Line::COUNT],
        }
    }

    /// The slice of what it looks at, which it holds on to.
    pub(super) fn run(mut self, (cube, choice): (&Rc<Cube>, &Rc<Choice>)) -> Slice {
        self.scan_rates();
        self.scan_sales();
        self.scan_orders();
        self.scan_money();
        self.scan_ads();
        self.scan_returns();
        self.scan_settled();
        self.scan_warehouse();
        self.scan_payouts();
        self.scan_traffic();
        let [stock, aged, excess] =
            [&cube.stock, &cube.aged, &cube.excess].map(|it| self.scan_stock(it));
        let company = self.scan_company();
        let span = |feed: &'static str| {
            let spans = self.choice.covered.of(feed).iter();
            let ours =
                spans.filter(|(channel, shop, _)| self.choice.filters.allows_shop(channel, shop));
            (feed, ours.map(|(_, _, period)| *period).collect())
        };
        Slice {
            first_day: self.first_day,
            n_days: self.n_days,
            spans: map_of_few(self.choice.covered.spans.keys().copied().map(span)),
            is_sku_scoped: self.is_sku_scoped,
            is_whole: self.choice.filters == Filters::default(),
            has_causes: self.choice.has_causes,
            stock,
            aged,
            excess,
            sku_counts: RefCell::default(),
            counted: RefCell::default(),
            loss_makers: RefCell::default(),
            terms: RefCell::default(),
            narrowed: RefCell::default(),
            stock_days: OnceCell::new(),
            read_files: self.files_of(),
            is_in: self.places.iter().map(|place| place.0).collect(),
            buyers: OnceCell::new(),
            cohorts: OnceCell::new(),
            company,
            statements: Statements::of(
                &self.cube.statements,
                &self.choice.typed,
                &self.choice.filters,
            ),
            cube: Rc::clone(cube),
            choice: Rc::clone(choice),
            series: self.daily.into_iter().map(running).collect(),
        }
    }

    fn add(&mut self, line: Line, day: i32, value: i64, n_facts: u64) {
        let n_days = self.n_days;
        let index = self.index_of(day);
        let Some(days) = self.daily.get_mut(line.index()) else { return };
        if days.is_empty() {
            days.resize(n_days, (0, 0));
        }
        if let Some(place) = index.and_then(|index| days.get_mut(index)) {
            place.0 = place.0.saturating_add(value);
            place.1 += n_facts;
        }
    }

    pub(super) fn n_days(&self) -> usize {
        self.n_days
    }

    /// The place of a day among those looked at.
    pub(super) fn index_of(&self, day: i32) -> Option<usize> {
        usize::try_from(i64::from(day) - i64::from(self.first_day)).ok()
    }

    fn measure(&mut self, measure: Measure, day: i32, value: i64, n_facts: u64) {
        self.add(Line::Measure(measure), day, value, n_facts);
    }

    /// Whether a cell is one of a single SKU of the slice, in the report that tells SKUs apart.
    pub(super) fn counts_of_sku(&self, cells: &Cells, index: usize) -> bool {
        let by_sku = cells.by_sku.get(index) == Some(&true);
        let key = cells.keys.get(index).filter(|key| by_sku && key.sku > 0);
        let key = key.filter(|key| self.is_told(cells, **key));
        key.is_some_and(|key| {
            let is_place = self.places.get(key.place as usize).is_some_and(|place| place.0);
            is_place && self.skus.get(key.sku as usize) == Some(&true)
        })
    }

    /// Positions of the cells of the slice.
    pub(super) fn cells_in(&self, cells: &Cells) -> Vec<usize> {
        if self.is_sku_scoped {
            let of_skus = cells.of_skus();
            let positions = self.chosen_skus().flat_map(|sku| of_skus.cells(i64::from(sku)));
            positions.map(|it| *it as usize).filter(|it| self.counts(cells, *it)).collect()
        } else {
            (0..cells.keys.len()).filter(|it| self.counts(cells, *it)).collect()
        }
    }

    /// Whether a cell is one of the slice.
    pub(super) fn counts(&self, cells: &Cells, index: usize) -> bool {
        let flags = if self.is_sku_scoped { &cells.by_sku } else { &cells.in_total };
        let Some(key) = cells.keys.get(index).filter(|_| flags.get(index) == Some(&true)) else {
            return false;
        };
        self.admits(*key) && self.is_told(cells, *key)
    }

    /// Sales of days of which the files do not tell them are none: an order may be shipped after the last
    /// day of its file.
    fn is_told(&self, cells: &Cells, key: CellKey) -> bool {
        !std::ptr::eq(cells, &raw const self.cube.sales) || self.has_sales(key.place, key.day)
    }

    /// Whether the filters and the currency let a cell pass.
    pub(super) fn admits(&self, key: CellKey) -> bool {
        self.has_place(key.place)
            && (!self.is_sku_scoped || self.skus.get(key.sku as usize) == Some(&true))
    }

    /// Whether the filters and the currency let a place pass.
    pub(super) fn has_place(&self, place: u32) -> bool {
        self.places.get(place as usize).is_some_and(|place| place.0)
    }

    pub(super) fn chosen_skus(&self) -> impl Iterator<Item = u32> {
        (0..).zip(&self.skus).filter_map(|(sku, is_in)| is_in.then_some(sku))
    }

    /// Rows that were read and set aside, of the files of the slice.
    fn files_of(&self) -> Vec<ReadFile> {
        let is_in = |file: &&ReadFile| self.choice.filters.allows_shop(&file.channel, &file.shop);
        self.choice.covered.files.iter().filter(is_in).cloned().collect()
    }

    /// Money of a cell in the currency of the slice; 0 without a rate, which `scan_rates` notes.
    pub(super) fn money(&self, cells: &Cells, column: usize, index: usize) -> i64 {
        let amount = value(cells, column, index);
        cells.keys.get(index).map_or(0, |key| self.told(amount, key.place, key.day))
    }

    /// An amount of a place and day in the currency of the slice.
    pub(super) fn told(&self, amount: i64, place: u32, day: i32) -> i64 {
        let Some(Some(from)) = self.foreign.get(place as usize) else { return amount };
        let (amount, day) = (Fixed::from_ten_thousandths(amount), Day::from_days_since_epoch(day));
        let told = self.cube.rates.convert(amount, *from, self.choice.currency, day);
        told.unwrap_or_default().ten_thousandths()
    }

    /// Whether the money of a cell can be told in the currency of the slice.
    fn has_rate(&self, cells: &Cells, index: usize) -> bool {
        let Some(key) = cells.keys.get(index) else { return false };
        let Some(Some(from)) = self.foreign.get(key.place as usize) else { return true };
        let day = Day::from_days_since_epoch(key.day);
        self.cube.rates.convert(Fixed::ZERO, *from, self.choice.currency, day).is_some()
    }

    /// Whether the tax of a place is revenue.
    pub(super) fn is_taxed(&self, place: u32) -> bool {
        self.taxed.get(place as usize) == Some(&true)
    }

    pub(super) fn stock_cost(&self, sku: u32, day: i32) -> Option<&CostLayer> {
        let layers: &[CostLayer] = self.stock_layers.get(sku as usize)?;
        cost_on(layers, Day::from_days_since_epoch(day), self.choice.currency)
    }

    pub(super) fn cost(&self, sku: u32, day: i32) -> Option<&CostLayer> {
        let layers: &[CostLayer] = self.layers.get(sku as usize)?;
        cost_on(layers, Day::from_days_since_epoch(day), self.choice.currency)
    }

    /// Duty and landed cost of units, by `at`; 0 where the cost does not tell them.
    pub(super) fn duty_part(&self, key: CellKey, units: i64, at: usize) -> i64 {
        let known = self.duty(key.sku, key.day, Fixed::from_ten_thousandths(units));
        known.and_then(|known| known.get(at).copied()).unwrap_or(0)
    }

    /// Whether a shop is covered on a day, by the days of one feed.
    fn covers(&self, days: &[Vec<bool>], place: u32, day: i32) -> bool {
        let index = usize::try_from(i64::from(day) - i64::from(self.first_day)).ok();
        let days = days.get(place as usize);
        days.zip(index).and_then(|(days, index)| days.get(index)) == Some(&true)
    }

    /// Whether the shop of a place is one of those looked at, whatever its currency.
    pub(super) fn has_shop_of(&self, place: u32) -> bool {
        self.places.get(place as usize).is_some_and(|place| place.1)
    }

    /// Whether a SKU is one of those looked at.
    pub(super) fn has_sku(&self, sku: u32) -> bool {
        !self.is_sku_scoped || self.skus.get(sku as usize) == Some(&true)
    }

    pub(super) fn has_fees(&self, place: u32, day: i32) -> bool {
        self.covers(&self.fee_days, place, day)
    }

    /// Whether fees are told that name their orders.
    pub(super) fn has_order_fees(&self, place: u32, day: i32) -> bool {
        self.covers(&self.order_fee_days, place, day)
    }

    /// Whether the sales of a shop are told on a day: not, where only what is shipped or booked counts and
    /// nobody says when that was.
    pub(super) fn has_sales(&self, place: u32, day: i32) -> bool {
        self.sale_days.as_ref().is_none_or(|days| self.covers(days, place, day))
    }

    /// Whether files tell of a shop's sales from a day on, or longer.
    pub(super) fn knows_sales(&self, shop: u32, day: i32) -> bool {
        let day = Day::from_days_since_epoch(day);
        let places = self.cube.places.iter().zip(&self.shops).filter(|(_, it)| **it == shop);
        let mut spans = places.flat_map(|(place, _)| {
            self.choice.covered.spans_of("sales", &place.channel, &place.shop)
        });
        spans.any(|span| span.from <= day)
    }

    pub(super) fn has_fulfilment(&self, place: u32, day: i32) -> bool {
        self.covers(&self.fulfilment_days, place, day)
    }

    pub(super) fn has_returns(&self, place: u32, day: i32) -> bool {
        self.covers(&self.return_days, place, day)
    }

    /// Whether it is known what refunds cost a shop: what came back, and what was kept of the fees.
    pub(super) fn has_refund_costs(&self, place: u32, day: i32) -> bool {
        self.covers(&self.disposition_days, place, day) && self.has_fees(place, day)
    }

    /// Whether sessions of a place add up in the slice: its report states the whole shop, or one SKU alone
    /// is looked at.
    pub(super) fn has_sessions(&self, place: u32) -> bool {
        let source = self.cube.places.get(place as usize).map(|place| place.source);
        let source = source.and_then(|source| self.cube.sources.get(source));
        source.is_some_and(|source| source.is_whole_shop)
            || self.is_sku_scoped && self.chosen_skus().nth(1).is_none()
    }

    /// What a cell of sales says under the contracts, in the currency of the slice.
    pub(super) fn sales_of(&self, index: usize, key: CellKey) -> CellSales {
        let cells = &self.cube.sales;
        let money = |column: usize| self.money(cells, column, index);
        let (seller, platform) =
            (money(column::SELLER_DISCOUNTS), money(column::PLATFORM_DISCOUNTS));
        let outside = if self.choice.platform_discounts_are_revenue { 0 } else { platform };
        let tax = if self.is_taxed(key.place) { money(column::TAX) } else { 0 };
        let (gmv, gross) = (money(column::GMV) + tax, money(column::GROSS) + tax);
        let units = value(cells, column::UNITS, index);
        CellSales { gmv, gross, seller, platform, units, net: gross - outside - seller }
    }

    /// What the goods of a cell of sales cost; `None` where that is not known.
    pub(super) fn cogs_of(&self, index: usize, key: CellKey) -> Option<i64> {
        let cells = &self.cube.sales;
        let has_units = value(cells, column::N_WITHOUT_UNITS, index) == 0;
        let cost = self.cost(key.sku, key.day).filter(|_| has_units)?;
        let units = Fixed::from_ten_thousandths(value(cells, column::UNITS, index));
        Some(cost.of(units).ten_thousandths())
    }

    /// Duty in the goods of a cell of sales, and their cost in force.
    fn duty_of(&self, index: usize, key: CellKey) -> Option<[i64; 2]> {
        let cells = &self.cube.sales;
        let units = Fixed::from_ten_thousandths(value(cells, column::UNITS, index));
        let has_units = value(cells, column::N_WITHOUT_UNITS, index) == 0;
        self.duty(key.sku, key.day, units).filter(|_| has_units)
    }

    /// Duty and cost of units on a day; `None` where the cost in force does not tell its duty.
    pub(super) fn duty(&self, sku: u32, day: i32, units: Fixed) -> Option<[i64; 2]> {
        let cost = self.stock_cost(sku, day)?;
        let duty = units.times(cost.duty?);
        Some([duty, cost.of(units)].map(Fixed::ten_thousandths))
    }

    pub(super) fn shop_of(&self, place: u32) -> u32 {
        self.shops.get(place as usize).copied().unwrap_or(u32::MAX)
    }

    /// Shop and SKU of everything that ever stood in a snapshot.
    pub(super) fn stocked(&self) -> HashSet<(u32, u32)> {
        let mut stocked = HashSet::new();
        for place in self.cube.stock.places() {
            let shop = self.shop_of(place);
            for (_, levels) in self.cube.stock.between(place, i32::MIN, i32::MAX) {
                stocked.extend(levels.iter().map(|(sku, ..)| (shop, *sku)));
            }
        }
        stocked
    }

    /// Whether the sales that a place's ads claim are of the window that is asked for.
    pub(super) fn is_in_window(&self, place: u32) -> bool {
        let Some(most) = self.choice.most_window_days else { return true };
        let source = self.cube.places.get(place as usize).map(|place| place.source);
        let source = source.and_then(|source| self.cube.sources.get(source));
        source.is_some_and(|source| (1..=most).contains(&source.ad_window_days))
    }
}

pub(super) fn value(cells: &Cells, column: usize, index: usize) -> i64 {
    cells.columns.get(column).and_then(|column| column.get(index)).copied().unwrap_or(0)
}

pub(super) fn running(days: Vec<(i64, u64)>) -> Series {
    let mut sum = (0_i64, 0_u64);
    let mut before = Vec::with_capacity(days.len() + 1);
    before.push(sum);
    for (value, n_facts) in days {
        sum = (sum.0.saturating_add(value), sum.1 + n_facts);
        before.push(sum);
    }
    Series { before }
}
