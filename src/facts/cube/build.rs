//! Facts in force become sums.

use std::collections::BTreeMap;

use chrono::{DateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use hashbrown::HashMap;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{
    CellKey, Cells, CostLayer, Cube, Place, Product, Source, column, orders::OrderCounter,
};
use crate::{
    domain::{Currency, Day, Fixed, Period},
    facts::{Segment, Table, TextIndex},
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
}

/// Where a day begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayBoundary {
    /// Midnight of each store.
    Store,
    /// Midnight of one zone for all.
    Zone(Tz),
}

/// Sums all facts in force.
pub fn build(inputs: &[CubeInput<'_>], options: CubeOptions) -> Cube {
    let mut builder = Builder::new(options);
    // Orders first: they tell which ASIN is which SKU.
    for table in Table::ALL {
        for input in inputs.iter().filter(|input| input.segment.table() == *table) {
            builder.add(input);
        }
    }
    builder.finish()
}

/// The cells of one table while they grow.
struct GrowingCells {
    at: HashMap<(i32, u32, u32), usize>,
    cells: Cells,
    last: Option<((i32, u32, u32), usize)>,
}

impl GrowingCells {
    fn new(n_columns: usize) -> Self {
        let cells = Cells { columns: vec![Vec::new(); n_columns], ..Cells::default() };
        Self { at: HashMap::new(), cells, last: None }
    }

    fn cell(&mut self, key: CellKey) -> usize {
        let wanted = (key.day, key.place, key.sku);
        if let Some((last, index)) = self.last
            && last == wanted
        {
            return index;
        }
        let next = self.cells.keys.len();
        let index = *self.at.entry(wanted).or_insert(next);
        if index == next {
            self.cells.keys.push(key);
            self.cells.n_facts.push(0);
            self.cells.columns.iter_mut().for_each(|column| column.push(0));
        }
        self.last = Some((wanted, index));
        index
    }

    fn add(&mut self, key: CellKey, values: &[i64]) {
        let index = self.cell(key);
        if let Some(count) = self.cells.n_facts.get_mut(index) {
            *count += 1;
        }
        for (column, value) in self.cells.columns.iter_mut().zip(values) {
            if let Some(sum) = column.get_mut(index) {
                *sum = sum.saturating_add(*value);
            }
        }
    }

    fn count_order(&mut self, key: CellKey) {
        let index = self.cell(key);
        let orders = self.cells.columns.get_mut(column::ORDERS);
        if let Some(sum) = orders.and_then(|column| column.get_mut(index)) {
            *sum += Fixed::SCALE;
        }
    }
}

struct Builder {
    options: CubeOptions,
    cube: Cube,
    skus: TextIndex,
    places: BTreeMap<Place, u32>,
    /// ASIN → its only SKU; `None` when several share it.
    asins: BTreeMap<String, Option<u32>>,
    counter: OrderCounter,
    sales: GrowingCells,
    money: GrowingCells,
    returns: GrowingCells,
    ads: GrowingCells,
    traffic: GrowingCells,
}

impl Builder {
    fn new(options: CubeOptions) -> Self {
        let mut skus = TextIndex::default();
        // 0 is "no SKU".
        skus.intern("");
        Self {
            options,
            cube: Cube { products: vec![Product::default()], ..Cube::default() },
            skus,
            places: BTreeMap::new(),
            asins: BTreeMap::new(),
            counter: OrderCounter::default(),
            sales: GrowingCells::new(column::N_SALES),
            money: GrowingCells::new(column::N_MONEY),
            returns: GrowingCells::new(column::N_RETURNS),
            ads: GrowingCells::new(column::N_ADS),
            traffic: GrowingCells::new(column::N_TRAFFIC),
        }
    }

    fn add(&mut self, input: &CubeInput<'_>) {
        let segment = input.segment;
        let source = self.source(input.source);
        let mut rows = Rows::new(segment, self.options.day_boundary);
        let mut ids = RowIds::new(segment, source);
        for row in 0..segment.len() {
            if input.mask.is_some_and(|mask| mask.get(row) == Some(&false)) {
                continue;
            }
            let (day, n_days) = rows.day(row);
            let (place, sku) = ids.of(row, self);
            let key = CellKey { day, place, sku };
            if segment.table() != Table::Costs && n_days > 0 {
                let span = Period {
                    from: Day::from_days_since_epoch(day),
                    to: Day::from_days_since_epoch(day + n_days - 1),
                };
                self.cube.covered = Some(self.cube.covered.map_or(span, |it| it.including(&span)));
            }
            self.add_row(segment, row, key, n_days);
        }
    }

    fn add_row(&mut self, segment: &Segment, row: usize, key: CellKey, n_days: i32) {
        match segment.table() {
            Table::OrderLines => self.add_order_line(segment, row, key),
            Table::Postings => self.add_posting(segment, row, key),
            Table::Returns => self.returns.add(key, &[number(segment, "units", row)]),
            Table::Ads => {
                let orders = if segment.states("orders") { "orders" } else { "conversions" };
                let columns = ["impressions", "clicks", "spend", "sales", orders];
                let values = columns.map(|name| number(segment, name, row));
                add_over_days(&mut self.ads, key, n_days, &values);
            }
            Table::Traffic => {
                let columns = ["sessions", "page_views", "units"];
                let values = columns.map(|name| number(segment, name, row));
                add_over_days(&mut self.traffic, key, n_days, &values);
            }
            Table::Stock => {
                let (available, inbound) =
                    (number(segment, "available", row), number(segment, "inbound", row));
                self.cube.stock.add(key.place, key.day, key.sku, available, inbound);
            }
            Table::Costs => self.add_cost(segment, row, key),
        }
    }

    fn add_order_line(&mut self, segment: &Segment, row: usize, key: CellKey) {
        let status = segment.text("status", row);
        if status == "not_a_sale" {
            return;
        }
        let value = |name| number(segment, name, row);
        let gross = value("gross");
        if status == "cancelled" && !self.options.includes_cancelled {
            self.sales.add(key, &[gross]);
            return;
        }
        let (seller, platform) = (value("seller_discount"), value("platform_discount"));
        self.sales.add(key, &[gross, gross, seller, platform, value("units")]);
        let order = segment.text("order_id", row);
        if !order.is_empty() {
            // Orders of two places are two orders, whatever their numbers.
            let order = xxh3_64_with_seed(order.as_bytes(), u64::from(key.place));
            if let Some(cell) = self.counter.line(order, key) {
                self.sales.count_order(cell);
            }
        }
    }

    fn add_posting(&mut self, segment: &Segment, row: usize, key: CellKey) {
        let amount = number(segment, "amount", row);
        let values = match segment.text("category", row) {
            "refund_principal" | "promotion_refund" => [-amount, 0, 0],
            "platform_fee" => [0, -amount, 0],
            "fulfilment_fee" => [0, 0, -amount],
            _ => return,
        };
        self.money.add(key, &values);
    }

    fn add_cost(&mut self, segment: &Segment, row: usize, key: CellKey) {
        let place = self.cube.places.get(key.place as usize);
        let Some(currency) = place.and_then(|place| Currency::parse(&place.currency)) else {
            return;
        };
        let layer = CostLayer {
            valid_from: Day::from_days_since_epoch(key.day),
            unit_cost: Fixed::from_ten_thousandths(number(segment, "unit_cost", row)),
            currency,
            is_typed: false,
        };
        self.cube.costs.add(self.skus.text(key.sku), layer);
    }

    fn source(&mut self, source: &Source) -> usize {
        let known = self.cube.sources.iter().position(|it| it == source);
        known.unwrap_or_else(|| {
            self.cube.sources.push(source.clone());
            self.cube.sources.len() - 1
        })
    }

    fn place(&mut self, place: Place) -> u32 {
        if let Some(id) = self.places.get(&place) {
            return *id;
        }
        let id = u32::try_from(self.cube.places.len()).unwrap_or(u32::MAX);
        self.cube.places.push(place.clone());
        self.places.insert(place, id);
        id
    }

    /// The SKU's id; facts that name an ASIN only belong to its SKU when there is just one.
    fn sku(&mut self, sku: &str, asin: &str, is_order: bool) -> u32 {
        if sku.is_empty() {
            if asin.is_empty() {
                return 0;
            }
            if let Some(Some(known)) = self.asins.get(asin) {
                return *known;
            }
            return self.intern(asin);
        }
        let id = self.intern(sku);
        if is_order && !asin.is_empty() {
            let known = self.asins.entry(asin.to_owned()).or_insert(Some(id));
            if *known != Some(id) {
                *known = None;
            }
        }
        id
    }

    fn intern(&mut self, sku: &str) -> u32 {
        let id = self.skus.intern(sku);
        if self.cube.products.len() <= id as usize {
            self.cube.products.resize(id as usize + 1, Product::default());
        }
        id
    }

    fn describe(&mut self, sku: u32, segment: &Segment, row: usize) {
        let Some(product) = self.cube.products.get_mut(sku as usize) else { return };
        let is_sheet = segment.table() == Table::Costs;
        let mut fill = |place: fn(&mut Product) -> &mut String, name: &str| {
            let text = segment.text(name, row);
            let place = place(product);
            if !text.is_empty() && (place.is_empty() || is_sheet) {
                text.clone_into(place);
            }
        };
        // A posting's title describes the event as often as the product.
        if segment.table() != Table::Postings {
            fill(|product| &mut product.title, "title");
        }
        fill(|product| &mut product.asin, "asin");
        fill(|product| &mut product.brand, "brand");
        fill(|product| &mut product.category, "category");
    }

    fn finish(mut self) -> Cube {
        self.cube.skus = self.skus.texts().map(str::to_owned).collect();
        self.cube.orders = self.counter.finish();
        let (sources, places) = (&self.cube.sources, &self.cube.places);
        let finished = |growing: GrowingCells| choose_sources(growing.cells, sources, places);
        let (sales, money) = (finished(self.sales), finished(self.money));
        let (returns, ads) = (finished(self.returns), finished(self.ads));
        let traffic = finished(self.traffic);
        Cube { sales, money, returns, ads, traffic, ..self.cube }
    }
}

/// A number of a fact; 0 where the table has no such column.
fn number(segment: &Segment, name: &str, row: usize) -> i64 {
    segment.numbers(name).get(row).copied().unwrap_or(0)
}

/// A summary over several days is spread evenly; the parts add up to it exactly.
fn add_over_days(cells: &mut GrowingCells, key: CellKey, n_days: i32, values: &[i64]) {
    if n_days <= 1 {
        cells.add(key, values);
        return;
    }
    for index in 0..n_days {
        let part = |value: &i64| {
            let whole = Fixed::from_ten_thousandths(*value);
            whole.part(i64::from(index), i64::from(n_days)).ten_thousandths()
        };
        let parts: Vec<i64> = values.iter().map(part).collect();
        cells.add(CellKey { day: key.day + index, ..key }, &parts);
    }
}

/// The days of a segment's facts.
struct Rows<'a> {
    segment: &'a Segment,
    zone: Option<Tz>,
    /// Hour since the epoch and its offset: rows of one hour follow each other.
    last: Option<(i64, i64)>,
}

impl<'a> Rows<'a> {
    fn new(segment: &'a Segment, boundary: DayBoundary) -> Self {
        let store = segment.meta().zone.parse().unwrap_or(Tz::UTC);
        let zone = match boundary {
            DayBoundary::Store => store,
            DayBoundary::Zone(zone) => zone,
        };
        Self { segment, zone: segment.meta().is_moment.then_some(zone), last: None }
    }

    /// Day since the epoch and days covered.
    fn day(&mut self, row: usize) -> (i32, i32) {
        let columns = self.segment.columns();
        let at = columns.at.get(row).copied().unwrap_or(0);
        let n_days = columns.n_days.get(row).copied().unwrap_or(1);
        let offset = self.zone.map_or(0, |zone| {
            // Zones change their offset on quarter hours at the earliest.
            let quarter = at.div_euclid(900);
            match self.last {
                Some((last, offset)) if last == quarter => offset,
                _ => {
                    let offset = offset_at(at, zone);
                    self.last = Some((quarter, offset));
                    offset
                }
            }
        });
        let day = Day::from_seconds(at.saturating_add(offset)).days_since_epoch();
        (day, i32::try_from(n_days).unwrap_or(1))
    }
}

fn offset_at(instant: i64, zone: Tz) -> i64 {
    let utc = DateTime::<Utc>::from_timestamp(instant, 0).unwrap_or_default().naive_utc();
    i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
}

/// The places and SKUs of a segment's facts; each combination of texts is looked up once.
struct RowIds<'a> {
    segment: &'a Segment,
    source: usize,
    places: HashMap<(u32, u32, u32), u32>,
    skus: HashMap<(u32, u32), u32>,
    described: HashMap<u32, ()>,
}

impl<'a> RowIds<'a> {
    fn new(segment: &'a Segment, source: usize) -> Self {
        Self {
            segment,
            source,
            places: HashMap::new(),
            skus: HashMap::new(),
            described: HashMap::new(),
        }
    }

    fn of(&mut self, row: usize, builder: &mut Builder) -> (u32, u32) {
        let segment = self.segment;
        let id = |name: &str| {
            let column = segment.text_column(name);
            column.and_then(|column| column.ids.get(row).copied()).unwrap_or(u32::MAX)
        };
        let texts = (id("channel"), id("shop"), id("currency"));
        let place = *self.places.entry(texts).or_insert_with(|| {
            builder.place(Place {
                channel: segment.text("channel", row).to_owned(),
                shop: segment.text("shop", row).to_owned(),
                currency: segment.text("currency", row).to_owned(),
                source: self.source,
            })
        });
        let sku_texts = (id("sku"), id("asin"));
        let sku = *self.skus.entry(sku_texts).or_insert_with(|| {
            let is_order = segment.table() == Table::OrderLines;
            builder.sku(segment.text("sku", row), segment.text("asin", row), is_order)
        });
        if sku != 0 && self.described.insert(sku, ()).is_none() {
            builder.describe(sku, segment, row);
        }
        (place, sku)
    }
}

/// Decides for each cell whether it counts, where several reports state the same.
fn choose_sources(mut cells: Cells, sources: &[Source], places: &[Place]) -> Cells {
    type Group<'a> = (&'a str, &'a str, &'a str, i32);
    let group_of = |key: &CellKey| -> Option<(Group<'_>, &Source)> {
        let place = places.get(key.place as usize)?;
        let source = sources.get(place.source)?;
        let day = if source.is_chosen_per_day { key.day } else { i32::MIN };
        Some(((source.group.as_str(), place.channel.as_str(), place.shop.as_str(), day), source))
    };
    // Best rank among all reports, and among those that tell SKUs apart.
    let mut best: HashMap<Group<'_>, (u32, u32)> = HashMap::new();
    for key in &cells.keys {
        let Some((group, source)) = group_of(key) else { continue };
        let ranks = best.entry(group).or_insert((u32::MAX, u32::MAX));
        ranks.0 = ranks.0.min(source.rank);
        if source.has_skus {
            ranks.1 = ranks.1.min(source.rank);
        }
    }
    for key in &cells.keys {
        let flags = group_of(key).map_or((true, true), |(group, source)| {
            let alone = source.group.is_empty();
            let ranks = best.get(&group).copied().unwrap_or((source.rank, source.rank));
            let by_sku = source.has_skus && (alone || ranks.1 == source.rank);
            (alone || ranks.0 == source.rank, by_sku || alone)
        });
        cells.in_total.push(flags.0);
        cells.by_sku.push(flags.1);
    }
    cells
}
