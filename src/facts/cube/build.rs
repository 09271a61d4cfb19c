//! Facts in force become sums.

mod ads;
mod names;
mod postings;
mod warehouse;

use std::{cmp::Reverse, collections::BTreeMap};

use chrono_tz::Tz;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{
    Batch, CellKey, CostLayer, Cube, Identities, Place, Product, Source,
    affiliates::AffiliateOrders,
    believed::{Moved, append_moved, choose_sources},
    buyer_lines::NotedLines,
    buyers::PurchaseCounter,
    column,
    growing::GrowingCells,
    input_rows::InputRows,
    kept_fees::KeptFees,
    order_days::{OrderDays, of_shop},
    orders::OrderCounter,
    row_days::RowDay,
    rows::{Row, add_sums, each_day, each_row, held_heads, number, of_month},
    settled::{SettlementEnds, Settlements},
    ship_days::{ShipDays, tells_ship_days},
    statements::Statement,
};
use crate::{
    domain::{
        Currency, Day, Fixed, Period, ProductEdit, map_of_few, sort_few_by_key,
        steps::{self, pause},
    },
    facts::{Segment, Table, TextIndex, segment::TextColumn},
};

/// A segment whose facts are summed.
#[derive(Debug, Clone, Copy)]
pub struct CubeInput<'a> {
    pub segment: &'a Segment,
    /// Whether each fact is in force; `None`: all are.
    pub mask: Option<&'a [bool]>,
    pub source: &'a Source,
}

/// Choices that change sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CubeOptions {
    pub day_boundary: DayBoundary,
    /// Cancelled orders count as sales.
    pub includes_cancelled: bool,
    /// Buyers are counted; what files said of them before is left aside otherwise.
    pub keeps_buyers: bool,
    /// What makes a sale.
    pub sale_timing: SaleTiming,
    /// Refunds are of the day of their order, where that is known.
    pub refunds_on_order_day: bool,
}

/// What makes a sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaleTiming {
    /// The order.
    Ordered,
    /// That it left the warehouse.
    Shipped,
    /// That the platform booked its money.
    Settled,
}

/// Where a day begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayBoundary {
    /// Midnight of each store.
    Store,
    /// Midnight of one zone for all.
    Zone(Tz),
}

/// Tables that measures are made of. Orders first: they tell which ASIN is which SKU.
const MEASURED: &[Table] = &[
    Table::OrderLines,
    Table::Postings,
    Table::Returns,
    Table::Ads,
    Table::Traffic,
    Table::Stock,
    Table::Costs,
    Table::FxRates,
    Table::Purchases,
    Table::Service,
    Table::Overheads,
    Table::People,
    Table::Targets,
    Table::Payouts,
    Table::StockMoves,
    Table::Reimbursements,
];

/// Sums all facts in force; `typed` is what a person said of SKUs, by their compared form, in the place of
/// what files say. Of several SKU maps the last one counts.
pub fn build(
    inputs: &[CubeInput<'_>],
    typed: &BTreeMap<String, ProductEdit>,
    options: CubeOptions,
) -> Cube {
    steps::finish(build_in_steps(inputs, typed, options))
}

/// The same in steps of a few milliseconds, but for the last one.
pub async fn build_in_steps(
    inputs: &[CubeInput<'_>],
    typed: &BTreeMap<String, ProductEdit>,
    options: CubeOptions,
) -> Cube {
    let mut builder = Box::new(Builder::new(options, Identities::of(inputs, typed)));
    for input in inputs {
        builder.learn(input.segment);
        pause().await;
    }
    if options.sale_timing == SaleTiming::Shipped {
        for input in inputs.iter().filter(|input| tells_ship_days(input)) {
            builder.learn_ship_days(input);
            pause().await;
        }
    }
    let is_left_aside = |table: Table| table == Table::Purchases && !options.keeps_buyers;
    for table in MEASURED.iter().filter(|table| !is_left_aside(**table)) {
        let mut inputs: Vec<&CubeInput<'_>> =
            inputs.iter().filter(|input| input.segment.table() == *table).collect();
        if *table == Table::Costs {
            // Of two reports that say what a SKU costs, the one believed first is added last.
            sort_few_by_key(&mut inputs, |input| {
                Reverse((input.source.rank, &input.source.report))
            });
        }
        for input in inputs {
            builder.add(input).await;
        }
    }
    builder.finish().await
}

pub(super) struct Builder {
    options: CubeOptions,
    pub(super) cube: Cube,
    skus: TextIndex,
    places: BTreeMap<Place, u32>,
    counter: OrderCounter,
    pub(super) order_days: OrderDays,
    pub(super) ship_days: ShipDays,
    pub(super) settlement_ends: SettlementEnds,
    pub(super) affiliate_orders: AffiliateOrders,
    pub(super) kept_fees: KeptFees,
    pub(super) purchases: PurchaseCounter,
    pub(super) buyer_lines: NotedLines,
    payouts: GrowingCells,
    warehouse: GrowingCells,
    sales: GrowingCells,
    pub(super) money: GrowingCells,
    /// Refunds of money, and units of returns, which count on the day of their order.
    moved_refunds: Vec<Moved>,
    moved_returns: Vec<Moved>,
    /// What is known of the cost of refunds, where these follow their orders.
    pub(super) moved_kept_fees: Vec<Moved>,
    moved_resaleable: Vec<Moved>,
    returns: GrowingCells,
    ads: GrowingCells,
    campaigns: GrowingCells,
    campaign_names: TextIndex,
    terms: GrowingCells,
    terms_of_ads: TextIndex,
    pub(super) settled: GrowingCells,
    traffic: GrowingCells,
    company: GrowingCells,
}

impl Builder {
    fn new(options: CubeOptions, identities: Identities) -> Self {
        let mut skus = TextIndex::default();
        // 0 is "no SKU".
        skus.intern("");
        Self {
            options,
            cube: Cube { products: vec![Product::default()], identities, ..Cube::default() },
            skus,
            places: BTreeMap::new(),
            counter: OrderCounter::default(),
            order_days: OrderDays::new(options.refunds_on_order_day),
            ship_days: ShipDays::default(),
            settlement_ends: SettlementEnds::default(),
            affiliate_orders: AffiliateOrders::default(),
            kept_fees: KeptFees::default(),
            purchases: PurchaseCounter::default(),
            buyer_lines: NotedLines::default(),
            payouts: GrowingCells::new(column::N_PAYOUTS),
            warehouse: GrowingCells::new(column::N_WAREHOUSE),
            sales: GrowingCells::new(column::N_SALES),
            money: GrowingCells::new(column::N_MONEY),
            moved_refunds: Vec::new(),
            moved_returns: Vec::new(),
            moved_kept_fees: Vec::new(),
            moved_resaleable: Vec::new(),
            returns: GrowingCells::new(column::N_RETURNS),
            ads: GrowingCells::new(column::N_ADS),
            campaigns: GrowingCells::new(column::N_CAMPAIGN),
            campaign_names: TextIndex::default(),
            terms: GrowingCells::new(column::N_TERM),
            terms_of_ads: TextIndex::default(),
            settled: GrowingCells::new(column::N_SETTLED),
            traffic: GrowingCells::new(column::N_TRAFFIC),
            company: GrowingCells::new(column::N_COMPANY),
        }
    }

    async fn add(&mut self, input: &CubeInput<'_>) {
        let segment = input.segment;
        let settlements = Settlements::of(segment);
        let mut facts = InputRows::new(*input, self);
        while let Some(rows) = facts.next(self, |_| true) {
            self.add_rows(segment, &rows);
            if let Some(settlements) = &settlements {
                self.add_settled(settlements, &rows);
            }
            pause().await;
        }
    }

    /// Places facts in a cube that is there, as they were when it was made.
    pub(super) fn again(cube: &Cube, options: CubeOptions) -> Self {
        let mut builder = Self::new(options, cube.identities.clone());
        for sku in &cube.skus {
            builder.skus.intern(sku);
        }
        let numbered = (0..).zip(&cube.places);
        builder.places = map_of_few(numbered.map(|(id, place)| (place.clone(), id)));
        builder.cube = Cube {
            sources: cube.sources.clone(),
            places: cube.places.clone(),
            products: cube.products.clone(),
            identities: cube.identities.clone(),
            asins: cube.asins.clone(),
            ..Cube::default()
        };
        builder
    }

    /// Notes what rows of other tables and files have to say of a fact: of which orders the day is asked for,
    /// when settlements end, and for which orders commission is paid.
    pub(super) fn learn(&mut self, segment: &Segment) {
        self.order_days.learn_asked(segment);
        if segment.table() == Table::Postings {
            self.settlement_ends.learn(segment, self.options.day_boundary);
            self.affiliate_orders.learn(segment);
            self.kept_fees.learn(segment);
        }
        if self.options.keeps_buyers {
            self.buyer_lines.learn(segment);
        }
    }

    /// Notes on which days orders were made, which refunds may have to follow.
    pub(super) fn learn_order_days(&mut self, input: &CubeInput<'_>) {
        let statuses = input.segment.text_column("status");
        if let (Some(statuses), Some(orders)) = (statuses, input.segment.text_column("order_id")) {
            let mut rows = self.rows(input, |_| true);
            if self.options.sale_timing == SaleTiming::Shipped {
                rows = self.on_ship_days(input.segment, &rows);
            }
            for row in rows {
                let is_settled = self.options.sale_timing == SaleTiming::Settled;
                if is_settled || self.is_kept(Status::of(statuses.text_at(row.at))) {
                    self.note_order_day(orders.text_at(row.at), row.key);
                }
            }
        }
    }

    /// The facts in force of an input, of the days that are wanted, with their places.
    pub(super) fn rows(
        &mut self,
        input: &CubeInput<'_>,
        is_wanted: impl Fn(&RowDay) -> bool,
    ) -> Vec<Row> {
        let mut facts = InputRows::new(*input, self);
        let mut all = Vec::new();
        while let Some(rows) = facts.next(self, &is_wanted) {
            all.extend(rows);
        }
        all
    }

    pub(super) fn day_boundary(&self) -> DayBoundary {
        self.options.day_boundary
    }

    pub(super) fn sale_timing(&self) -> SaleTiming {
        self.options.sale_timing
    }

    /// Whether an order line counts as sold.
    pub(super) fn is_kept(&self, status: Status) -> bool {
        match status {
            Status::Sold => true,
            Status::Cancelled => self.options.includes_cancelled,
            Status::NotASale => false,
        }
    }

    #[inline(never)]
    fn add_rows(&mut self, segment: &Segment, rows: &[Row]) {
        let shipped;
        let is_shipped = self.options.sale_timing == SaleTiming::Shipped;
        let rows = if is_shipped && segment.table() == Table::OrderLines {
            shipped = self.on_ship_days(segment, rows);
            &shipped
        } else {
            rows
        };
        if !matches!(
            segment.table(),
            Table::Costs
                | Table::FxRates
                | Table::Service
                | Table::Overheads
                | Table::People
                | Table::Targets
        ) {
            self.cover(segment.table(), rows);
        }
        match segment.table() {
            Table::OrderLines => self.add_order_lines(segment, rows),
            Table::Postings => self.add_postings(segment, rows),
            Table::Returns => self.add_returns(segment, rows),
            Table::Ads => self.add_ads(segment, rows),
            Table::Traffic => {
                let columns = traffic_columns(segment);
                add_sums(&mut self.traffic, segment, rows, columns);
            }
            Table::Stock => self.cube.add_stock(segment, rows),
            Table::Costs => {
                for Row { at, key, .. } in rows {
                    self.add_cost(segment, *at, *key);
                }
            }
            Table::FxRates => self.add_rates(segment, rows),
            Table::Purchases => self.add_purchases(segment, rows),
            Table::Service => self.add_statements(segment, rows),
            Table::Overheads => {
                let amounts = segment.numbers("amount");
                for row in rows {
                    let row = &of_month(row);
                    each_day(row, [number(amounts, row.at)], |key, [amount]| {
                        self.company.add(key, &[amount, 1]);
                    });
                }
            }
            Table::People => {
                let heads = segment.numbers("headcount");
                for row in held_heads(segment, rows) {
                    for day in 0..row.n_days.max(1) {
                        let key = CellKey { day: row.key.day + day, ..row.key };
                        self.company.add(key, &[0, 0, number(heads, row.at), 1]);
                    }
                }
            }
            Table::Targets => self.add_targets(segment, rows),
            Table::Payouts => self.add_payouts(segment, rows),
            Table::StockMoves => self.add_losses(segment, rows),
            Table::Reimbursements => self.add_reimbursements(segment, rows),
            // Not among `MEASURED`.
            _ => {}
        }
    }

    /// Notes the days on which there are facts.
    fn cover(&mut self, table: Table, rows: &[Row]) {
        let dated = || rows.iter().filter(|row| row.n_days > 0);
        let first = dated().map(|row| row.key.day).min();
        let last = dated().map(|row| row.key.day + row.n_days - 1).max();
        if let (Some(first), Some(last)) = (first, last) {
            let (from, to) = (Day::from_days_since_epoch(first), Day::from_days_since_epoch(last));
            let span = Period { from, to };
            let with = |known: Option<Period>| Some(known.map_or(span, |it| it.including(&span)));
            self.cube.reach = with(self.cube.reach);
            let is_beside =
                matches!(table, Table::Payouts | Table::StockMoves | Table::Reimbursements);
            if !is_beside {
                self.cube.covered = with(self.cube.covered);
            }
        }
    }

    /// Of its own, like others here: what is seldom used is not to be optimised along with it.
    #[inline(never)]
    fn add_order_lines(&mut self, segment: &Segment, rows: &[Row]) {
        let (Some(statuses), Some(orders)) =
            (segment.text_column("status"), segment.text_column("order_id"))
        else {
            return;
        };
        let status_of: Vec<Status> = statuses.index.texts().map(Status::of).collect();
        self.note_bought(segment, rows, &status_of);
        let numbers = |name| segment.numbers(name);
        if self.options.sale_timing == SaleTiming::Settled {
            self.note_order_days(orders, rows);
            return;
        }
        let columns = ["gross", "seller_discount", "platform_discount", "units", "tax", "shipping"];
        each_row(rows, columns.map(numbers), |row, values| {
            let at = row.at;
            let id = statuses.ids.get(at).copied().unwrap_or(0);
            let status = status_of.get(id as usize).copied().unwrap_or(Status::Sold);
            let [gross, seller, platform, units, tax, shipping] = values;
            let late = if row.is_late { gross } else { 0 };
            match status {
                Status::NotASale => {}
                Status::Cancelled if !self.options.includes_cancelled => {
                    each_day(row, [gross], |key, parts| {
                        let cell = self.sales.add(key, &parts);
                        self.sales.add_to(cell, column::LATE_GMV, late);
                    });
                }
                Status::Sold | Status::Cancelled => {
                    // Orders are counted when all lines are there.
                    let values = [gross, gross, seller, platform, units, 0, tax, shipping, late];
                    let mut first = None;
                    each_day(row, values, |key, parts| {
                        let cell = self.sales.add(key, &parts);
                        first.get_or_insert(cell);
                    });
                    // An order is of one day, even where its day is not known.
                    if let Some(cell) = first {
                        self.note_order_day(orders.text_at(at), row.key);
                        self.count_order(orders, at, row.key, cell);
                    }
                }
            }
        });
    }

    fn count_order(&mut self, orders: &TextColumn, row: usize, key: CellKey, cell: u32) {
        let order = orders.text_at(row);
        if order.is_empty() {
            return;
        }
        // Orders of two places are two orders, whatever their numbers.
        let order = xxh3_64_with_seed(order.as_bytes(), u64::from(key.place));
        self.counter.line(order, cell, &mut self.sales);
    }

    fn note_order_days(&mut self, orders: &TextColumn, rows: &[Row]) {
        for row in rows {
            self.note_order_day(orders.text_at(row.at), row.key);
        }
    }

    fn note_order_day(&mut self, order: &str, key: CellKey) {
        let place = self.cube.places.get(key.place as usize);
        self.order_days.note(order, place, key.day);
    }

    /// Units that came back, on their day and on that of their order.
    fn add_returns(&mut self, segment: &Segment, rows: &[Row]) {
        let units = segment.numbers("units");
        for row in rows {
            let is_resaleable =
                segment.text("disposition", row.at).eq_ignore_ascii_case(RESALEABLE);
            let resaleable = if is_resaleable { number(units, row.at) } else { 0 };
            let follows = self.refund_day(segment, row).is_some();
            let own_day = if follows { 0 } else { resaleable };
            each_day(row, [number(units, row.at), 0, own_day], |key, parts| {
                self.returns.add(key, &parts);
            });
            if let Some(day) = self.day_of_order(segment, row) {
                let (cell, amount) = (self.returns.cell(row.key), number(units, row.at));
                self.moved_returns.push(Moved { cell, day, amount });
                if follows && resaleable != 0 {
                    self.moved_resaleable.push(Moved { cell, day, amount: resaleable });
                }
            }
        }
    }

    /// The day of a fact's order; `None` when no file has the order.
    pub(super) fn day_of_order(&self, segment: &Segment, row: &Row) -> Option<i32> {
        let place = self.cube.places.get(row.key.place as usize);
        self.order_days.day_of(segment.text("order_id", row.at), place)
    }

    fn add_purchases(&mut self, segment: &Segment, rows: &[Row]) {
        let text = |name| segment.text_column(name);
        let (Some(statuses), Some(orders), Some(buyers)) =
            (text("status"), text("order_id"), text("buyer"))
        else {
            return;
        };
        for Row { at, key, .. } in rows {
            let counts = self.is_kept(Status::of(statuses.text_at(*at)));
            let buyer = buyers.text_at(*at);
            let order = orders.text_at(*at);
            let place = self.cube.places.get(key.place as usize).filter(|_| counts);
            let Some(place) = place.filter(|_| !buyer.is_empty() && !order.is_empty()) else {
                continue;
            };
            // Two reports of a shop may state the same order.
            let order = of_shop(order, Some(place));
            // A user name of one platform is somebody else on another.
            let buyer = format!("{}|{buyer}", place.channel);
            self.purchases.add(&buyer, order, key.day, key.place);
        }
    }

    fn add_rates(&mut self, segment: &Segment, rows: &[Row]) {
        let (rates, planned) = (segment.numbers("rate"), segment.numbers("plan"));
        for Row { at, key, .. } in rows {
            let currency = |name| Currency::parse(segment.text(name, *at));
            if let (Some(from), Some(to)) = (currency("currency"), currency("quote")) {
                let day = Day::from_days_since_epoch(key.day);
                let [rate, plan] =
                    [rates, planned].map(|it| Fixed::from_ten_thousandths(number(it, *at)));
                self.cube.rates.add(from, to, day, rate);
                self.cube.rates.plan(from, to, day, plan);
            }
        }
    }

    /// Cases over a span of days are a platform's statement; those of a single day are events.
    fn add_statements(&mut self, segment: &Segment, rows: &[Row]) {
        let (counts, bases) = (segment.numbers("count"), segment.numbers("base"));
        for Row { at, key, n_days, .. } in rows.iter().filter(|row| row.n_days > 1) {
            let Some(place) = self.cube.places.get(key.place as usize) else { continue };
            self.cube.statements.push(Statement {
                kind: segment.text("kind", *at).to_owned(),
                channel: place.channel.clone(),
                shop: place.shop.clone(),
                day: key.day + n_days - 1,
                count: number(counts, *at),
                base: number(bases, *at),
            });
        }
    }

    fn add_cost(&mut self, segment: &Segment, row: usize, key: CellKey) {
        let place = self.cube.places.get(key.place as usize);
        let Some(currency) = place.and_then(|place| Currency::parse(&place.currency)) else {
            return;
        };
        let layer = CostLayer {
            exact: None,
            is_untold: false,
            valid_from: Day::from_days_since_epoch(key.day),
            unit_cost: Fixed::from_ten_thousandths(number(segment.numbers("unit_cost"), row)),
            duty: Some(number(segment.numbers("duty"), row))
                .filter(|duty| *duty != 0)
                .map(Fixed::from_ten_thousandths),
            currency,
            is_typed: false,
        };
        let sku = self.skus.text(key.sku);
        self.cube.costs.add(sku, layer);
        let CostLayer { valid_from: day, unit_cost, currency, .. } = layer;
        let units = Fixed::from_ten_thousandths(number(segment.numbers("quantity"), row));
        self.cube.costs.add_batch(sku, Batch { day, units, unit_cost, currency });
    }

    async fn finish(mut self: Box<Self>) -> Cube {
        self.cube.skus = self.skus.texts().map(str::to_owned).collect();
        let counter = std::mem::take(&mut self.counter);
        self.cube.orders = counter.finish(&mut self.sales).await;
        self.finish_cells()
    }

    fn finish_cells(mut self) -> Cube {
        self.add_kept_fees();
        self.finish_buyer_lines();
        self.cube.purchases = self.purchases.finish().into();
        let (sources, places) = (&self.cube.sources, &self.cube.places);
        let finished = |growing: GrowingCells| choose_sources(growing.finish(), sources, places);
        let (sales, ads) = (finished(self.sales), finished(self.ads));
        let (mut money, mut returns) = (finished(self.money), finished(self.returns));
        append_moved(&mut money, &self.moved_refunds, column::REFUNDS, Some(column::N_REFUNDS));
        append_moved(&mut returns, &self.moved_returns, column::RETURNED_OF_ORDERS, None);
        append_moved(&mut money, &self.moved_kept_fees, column::KEPT_FEES, None);
        append_moved(&mut returns, &self.moved_resaleable, column::RESALEABLE, None);
        let (traffic, company) = (finished(self.traffic), finished(self.company));
        let settled = finished(self.settled);
        let (payouts, warehouse) = (finished(self.payouts), finished(self.warehouse));
        let (campaigns, terms) = (finished(self.campaigns), finished(self.terms));
        let campaign_names = self.campaign_names.texts().map(str::to_owned).collect();
        for (sku, product) in self.cube.skus.iter().zip(&mut self.cube.products) {
            if let Some(entry) = self.cube.identities.entry(sku) {
                names::tell(product, entry);
            }
        }
        Cube {
            sales,
            money,
            returns,
            ads,
            campaigns,
            campaign_names,
            terms,
            payouts,
            warehouse,
            settled,
            traffic,
            company,
            ..self.cube
        }
    }
}

/// How platforms call what came back fit to be sold again.
pub(super) const RESALEABLE: &str = "SELLABLE";

/// A column that no table has: its sums are 0.
const NOTHING: &str = "";

/// What is summed of traffic, in the order of `column`: rates are made of reports that state both their
/// sides.
pub(super) fn traffic_columns(segment: &Segment) -> [&'static str; column::N_TRAFFIC] {
    let when = |stated: &[&str], column| {
        if stated.iter().all(|it| segment.states(it)) { column } else { NOTHING }
    };
    let funnel = ["sessions", "orders"];
    let carts = ["sessions", "carts", "orders"];
    let checkouts = ["sessions", "checkouts"];
    [
        "sessions",
        "page_views",
        "units",
        "order_items",
        when(&["order_items"], "sessions"),
        when(&funnel, "sessions"),
        when(&funnel, "orders"),
        when(&carts, "sessions"),
        when(&carts, "carts"),
        when(&carts, "orders"),
        when(&checkouts, "sessions"),
        when(&checkouts, "checkouts"),
        when(&["units"], "sessions"),
        when(&["featured_views"], "featured_views"),
        when(&["featured_views"], "page_views"),
    ]
}

/// What the status of an order line means for sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Sold,
    Cancelled,
    NotASale,
}

impl Status {
    pub(super) fn of(text: &str) -> Self {
        match text {
            "not_a_sale" => Self::NotASale,
            "cancelled" => Self::Cancelled,
            _ => Self::Sold,
        }
    }
}
