//! The facts that a measure is made of, one by one.

mod columns;
mod orders;

use hashbrown::{HashMap, HashSet};

use self::{
    columns::{Columns, Figure, Kind},
    orders::Orders,
};
use super::{
    Choice,
    scan::{OF_SESSIONS, Scan},
};
use crate::{
    domain::{Day, Fixed, Measure, Period},
    facts::{
        Segment, Table,
        cube::{
            CellKey, Cells, Cube, CubeInput, CubeOptions, SaleTiming,
            build::Builder,
            input_rows::InputRows,
            row_days::RowDay,
            rows::{Row, held_heads, of_month},
            settled::Settlements,
            ship_days::tells_ship_days,
        },
    },
};

/// A fact and what it adds to a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FactBehind {
    /// Position among the inputs, and in its segment.
    pub input: usize,
    pub row: usize,
    /// The first of its days on which it counts.
    pub day: Day,
    pub amount: Fixed,
}

/// Gives `take` every fact that adds something to a measure in a slice and period; their amounts make up
/// the measure but for the rounding of converted money. `inputs` and `options` are those of the cube.
/// `false`: the measure is made of no single facts (a level of stock, a statement, buyers).
pub fn facts_behind(
    (cube, inputs, options): (&Cube, &[CubeInput<'_>], CubeOptions),
    choice: &Choice,
    (measure, period): (Measure, Period),
    take: &mut dyn FnMut(FactBehind),
) -> bool {
    let tables = tables_of(measure, options.sale_timing);
    if tables.is_empty() {
        return false;
    }
    let period = looked_back(measure, period);
    let mut walk = Walk::new(cube, options, choice, (measure, period));
    let of_table = |table| inputs.iter().filter(move |input| input.segment.table() == table);
    let follows_orders = measure == Measure::CohortReturnedUnits || walk.is_of_settlements();
    if follows_orders || measure == Measure::AffiliateSales {
        for input in inputs {
            walk.places.learn(input.segment);
        }
    }
    if options.sale_timing == SaleTiming::Shipped {
        let telling = inputs.iter().filter(|input| tells_ship_days(input));
        telling.for_each(|input| walk.places.learn_ship_days(input));
    }
    if options.refunds_on_order_day || follows_orders {
        of_table(Table::OrderLines).for_each(|input| walk.places.learn_order_days(input));
    }
    if measure == Measure::Orders {
        let telling = inputs.iter().filter(|input| tables.contains(&input.segment.table()));
        walk.orders = Orders::new(telling, &cube.places);
    }
    for (nth, input) in inputs.iter().enumerate() {
        if tables.contains(&input.segment.table()) {
            walk.orders.next_input();
            walk.walk(nth, input, take);
        }
    }
    true
}

/// Tables whose facts make up a measure.
fn tables_of(measure: Measure, timing: SaleTiming) -> &'static [Table] {
    let is_ordered = timing != SaleTiming::Settled;
    match measure {
        Measure::Gmv
        | Measure::GrossSales
        | Measure::SellerDiscounts
        | Measure::PlatformDiscounts
        | Measure::Orders
        | Measure::Units
        | Measure::Cogs
        | Measure::Duties
        | Measure::DutiedCogs
        | Measure::CostedUnits
        | Measure::FeeCogs
        | Measure::ReturnableUnits
        | Measure::ReturnShopGrossSales
        | Measure::UnitsLast30Days
        | Measure::UnitsLast90Days
        | Measure::CogsLast365Days => {
            if is_ordered {
                &[Table::OrderLines]
            } else {
                &[Table::Postings]
            }
        }
        Measure::CostedNetSales
        | Measure::FeeNetSales
        | Measure::FeeShopNetSales
        | Measure::NetSalesLast365Days
        | Measure::FulfilmentShopNetSales => {
            if is_ordered {
                &[Table::OrderLines, Table::Postings]
            } else {
                &[Table::Postings]
            }
        }
        Measure::Refunds
        | Measure::ReturnShopRefunds
        | Measure::PlatformFees
        | Measure::AffiliateFees
        | Measure::AffiliateSales
        | Measure::SettledSales
        | Measure::SettledSalesDays
        | Measure::FulfilmentCosts
        | Measure::StorageCosts => &[Table::Postings],
        Measure::Impressions
        | Measure::Clicks
        | Measure::Spend
        | Measure::AdSales
        | Measure::AttributedSpend
        | Measure::AdOrders
        | Measure::AttributedClicks
        | Measure::NewBrandOrders
        | Measure::BrandOrders => &[Table::Ads],
        Measure::ReturnedUnits | Measure::CohortReturnedUnits => &[Table::Returns],
        Measure::StockAvailable
        | Measure::StockInbound
        | Measure::AgedUnits
        | Measure::UnitsOfKnownAge
        | Measure::ExcessUnits
        | Measure::UnitsOfKnownExcess => &[Table::Stock],
        Measure::PageViews | Measure::FeaturedViews | Measure::OfferViews => &[Table::Traffic],
        Measure::Overheads => &[Table::Overheads],
        Measure::HeadcountDays => &[Table::People],
        _ if OF_SESSIONS.iter().any(|(it, _)| *it == measure) => &[Table::Traffic],
        _ => &[],
    }
}

fn looked_back(measure: Measure, period: Period) -> Period {
    let days = match measure {
        // The newest snapshot may be of any day before.
        measure if tables_of(measure, SaleTiming::Ordered) == [Table::Stock] => {
            return Period { from: Day::from_days_since_epoch(0), to: period.to };
        }
        Measure::UnitsLast30Days => 30,
        Measure::UnitsLast90Days => 90,
        Measure::CogsLast365Days | Measure::NetSalesLast365Days => 365,
        _ => return period,
    };
    Period { from: period.to.plus(1 - days), to: period.to }
}

/// What one fact is to a measure; its figures are read when they are asked for.
#[derive(Clone, Copy)]
struct Told {
    row: Row,
    kind: Kind,
    /// Of a settlement: its amount, or that as often as days went by.
    settled: i64,
}

impl Told {
    /// Settled sales are postings, and lie among the cells of sales.
    fn table_of_cells(&self, table: Table) -> Table {
        let is_sold = matches!(self.kind, Kind::Booked | Kind::Promotion);
        if table == Table::Postings && is_sold { Table::OrderLines } else { table }
    }

    fn figure(&self, columns: &Columns<'_>, figure: Figure) -> i64 {
        match (self.kind, figure) {
            (Kind::Settled, Figure::Plain) => self.settled,
            _ => columns.figure(self.kind, self.row.at, figure),
        }
    }
}

/// Which part of a fact is of a day.
#[derive(Clone, Copy)]
struct Share {
    index: i32,
    n_days: i32,
}

impl Share {
    /// The parts add up to the whole exactly.
    fn of(self, value: i64) -> i64 {
        if self.n_days <= 1 {
            return value;
        }
        let whole = Fixed::from_ten_thousandths(value);
        whole.part(self.index.into(), self.n_days.into()).ten_thousandths()
    }
}

/// Gives the days of a fact: heads are of each day, all else is spread over its days.
fn each_day(table: Table, row: &Row, mut take: impl FnMut(CellKey, Share)) {
    let n_days = row.n_days.max(1);
    let n_parts = if table == Table::People { 1 } else { n_days };
    for index in 0..n_days {
        let key = CellKey { day: row.key.day + index, ..row.key };
        take(key, Share { index, n_days: n_parts });
    }
}

/// A walk over facts for one measure.
struct Walk<'a> {
    scan: Scan<'a>,
    places: Builder,
    measure: Measure,
    period: Period,
    /// Shop and SKU of what ever stood in a snapshot.
    stocked: HashSet<(u32, u32)>,
    /// Places and days of the snapshots that count at the period's end.
    newest_stock: HashSet<(u32, i32)>,
    /// Of each table.
    left_out: HashMap<Table, LeftOut>,
    orders: Orders,
}

/// Where an input says what of a measure.
struct Source<'a> {
    /// Which of the inputs it is.
    nth: usize,
    columns: Columns<'a>,
    settlements: Option<Settlements<'a>>,
}

/// Cells of a table that do not count, whatever the filters: another report states what they do.
struct LeftOut {
    /// By place: whether it has any. Most have none, and facts are many.
    places: Vec<bool>,
    cells: HashSet<CellKey>,
}

impl LeftOut {
    fn of(cells: &Cells, flags: &[bool]) -> Self {
        let (mut left_out, mut places) = (HashSet::new(), Vec::new());
        // Of two cells of a key the first is that of facts on their own day.
        for (key, counts) in cells.keys.iter().zip(flags).rev() {
            if *counts {
                left_out.remove(key);
            } else {
                left_out.insert(*key);
            }
        }
        for key in &left_out {
            let place = key.place as usize;
            if places.len() <= place {
                places.resize(place + 1, false);
            }
            if let Some(has_any) = places.get_mut(place) {
                *has_any = true;
            }
        }
        Self { places, cells: left_out }
    }

    fn has(&self, key: CellKey) -> bool {
        self.places.get(key.place as usize) == Some(&true) && self.cells.contains(&key)
    }
}

impl<'a> Walk<'a> {
    fn new(
        cube: &'a Cube,
        options: CubeOptions,
        choice: &'a Choice,
        (measure, period): (Measure, Period),
    ) -> Self {
        let scan = Scan::new(cube, choice, cube.reach.unwrap_or(period));
        let snapshots = match measure {
            Measure::StockAvailable | Measure::StockInbound => Some(&cube.stock),
            Measure::AgedUnits | Measure::UnitsOfKnownAge => Some(&cube.aged),
            Measure::ExcessUnits | Measure::UnitsOfKnownExcess => Some(&cube.excess),
            _ => None,
        };
        let end = period.to.days_since_epoch();
        let newest_stock = snapshots.map(|snapshots| scan.newest_of(snapshots, end));
        let needs_stock = matches!(
            measure,
            Measure::UnitsLast30Days
                | Measure::UnitsLast90Days
                | Measure::CogsLast365Days
                | Measure::NetSalesLast365Days
        );
        Self {
            newest_stock: newest_stock.unwrap_or_default(),
            stocked: if needs_stock { scan.stocked() } else { HashSet::new() },
            scan,
            places: Builder::again(cube, options),
            measure,
            period,
            left_out: HashMap::new(),
            orders: Orders::default(),
        }
    }

    fn walk(&mut self, nth: usize, input: &CubeInput<'_>, take: &mut dyn FnMut(FactBehind)) {
        let segment = input.segment;
        let (first, last) =
            (self.period.from.days_since_epoch(), self.period.to.days_since_epoch());
        let is_shipped = segment.table() == Table::OrderLines
            && self.places.sale_timing() == SaleTiming::Shipped;
        // Sheets by months, refunds of earlier orders and shipments may reach other days than their own.
        let is_dated = self.measure != Measure::Orders
            && !is_shipped
            && !matches!(
                segment.table(),
                Table::Overheads | Table::People | Table::Postings | Table::Returns
            );
        let is_wanted =
            |row: &RowDay| !is_dated || row.day <= last && row.day + row.n_days.max(1) > first;
        let settlements = self.is_of_settlements().then(|| Settlements::of(segment));
        let source = Source {
            nth,
            columns: Columns::new(segment, &self.places, self.measure),
            settlements: settlements.flatten(),
        };
        if segment.table() == Table::People {
            // Until when heads hold is told by all others.
            let rows = self.places.rows(input, is_wanted);
            return self.walk_rows(segment, &source, &held_heads(segment, &rows), take);
        }
        let mut facts = InputRows::new(*input, &mut self.places);
        while let Some(mut rows) = facts.next(&mut self.places, is_wanted) {
            if segment.table() == Table::Overheads {
                rows = rows.iter().map(of_month).collect();
            } else if is_shipped {
                rows = self.places.on_ship_days(segment, &rows);
            }
            self.walk_rows(segment, &source, &rows, take);
        }
    }

    fn walk_rows(
        &mut self,
        segment: &Segment,
        source: &Source<'_>,
        rows: &[Row],
        take: &mut dyn FnMut(FactBehind),
    ) {
        let days = self.period.from.days_since_epoch()..=self.period.to.days_since_epoch();
        let Source { nth, columns, settlements } = source;
        for fact in rows {
            let told = match settlements {
                Some(settlements) => self.settled(settlements, fact),
                None => self.told(segment, columns, fact),
            };
            let Some(told) = told else { continue };
            let row = told.row;
            let is_new = self.measure == Measure::Orders && self.is_new_order(columns, &row);
            // Which report is believed was decided on the day of the fact.
            let is_moved = row.key.day != fact.key.day;
            let table = told.table_of_cells(segment.table());
            let (mut amount, mut day) = (0_i64, None);
            each_day(segment.table(), &row, |key, share| {
                let booked = if is_moved && settlements.is_none() { fact.key } else { key };
                if days.contains(&key.day) && self.counts(table, booked) {
                    let adds = match self.measure {
                        // An order is of one day.
                        Measure::Orders if is_new && key.day == row.key.day => Fixed::SCALE,
                        Measure::Orders => 0,
                        _ => {
                            let part = |figure| share.of(told.figure(columns, figure));
                            self.amount(key, &part, columns.has_units)
                        }
                    };
                    amount = amount.saturating_add(adds);
                    day.get_or_insert(key.day);
                }
            });
            if let (Some(day), true) = (day, amount != 0) {
                take(FactBehind {
                    input: *nth,
                    row: row.at,
                    day: Day::from_days_since_epoch(day),
                    amount: Fixed::from_ten_thousandths(amount),
                });
            }
        }
    }

    /// Whether a fact is the first of its order; an order is counted where it was first seen.
    fn is_new_order(&mut self, columns: &Columns<'_>, row: &Row) -> bool {
        let Some(orders) = columns.orders else { return false };
        let counts = columns.is_sale(row.at) && self.scan.has_sku(row.key.sku);
        counts
            && !orders.text_at(row.at).is_empty()
            && self.orders.is_new(orders, row.at, row.key.place)
    }

    /// Whether the cell of a fact is one of the slice.
    fn counts(&mut self, table: Table, key: CellKey) -> bool {
        if table == Table::Stock {
            let is_newest = self.newest_stock.contains(&(key.place, key.day));
            return is_newest && self.scan.has_sku(key.sku);
        }
        let cube = self.scan.cube;
        let cells: &Cells = match table {
            Table::OrderLines => &cube.sales,
            Table::Postings if self.is_of_settlements() => &cube.settled,
            Table::Postings => &cube.money,
            Table::Returns => &cube.returns,
            Table::Ads => &cube.ads,
            Table::Traffic => &cube.traffic,
            _ => &cube.company,
        };
        let is_sku_scoped = self.scan.is_sku_scoped;
        let left_out = self.left_out.entry(table).or_insert_with(|| {
            LeftOut::of(cells, if is_sku_scoped { &cells.by_sku } else { &cells.in_total })
        });
        let is_sale = table == Table::OrderLines;
        !left_out.has(key)
            && self.scan.admits(key)
            && (!is_sale || self.scan.has_sales(key.place, key.day))
    }

    /// What a fact is to the measure, on its days; `None`: nothing.
    fn told(&self, segment: &Segment, columns: &Columns<'_>, fact: &Row) -> Option<Told> {
        let kind = columns.kind(fact.at);
        let on = |row: Row| Some(Told { row, kind, settled: 0 });
        match kind {
            Kind::Nothing => None,
            Kind::Affiliated if !self.places.is_of_affiliate(columns.order(fact.at), fact.key) => {
                None
            }
            Kind::Refund => {
                let day = self.places.refund_day(segment, fact);
                let is_of_sales = self.scan.has_sales(fact.key.place, day.unwrap_or(fact.key.day));
                if is_of_sales { on(day.map_or(*fact, |day| fact.on(day))) } else { None }
            }
            _ if self.measure == Measure::CohortReturnedUnits => {
                on(fact.on(self.places.day_of_order(segment, fact)?))
            }
            _ => on(*fact),
        }
    }

    const fn is_of_settlements(&self) -> bool {
        matches!(self.measure, Measure::SettledSales | Measure::SettledSalesDays)
    }

    /// What a fact says of a settlement, on its last day.
    fn settled(&self, settlements: &Settlements<'_>, fact: &Row) -> Option<Told> {
        let (row, [amount, days]) = settlements.sale(fact, &self.places)?;
        let settled = if self.measure == Measure::SettledSales { amount } else { days };
        Some(Told { row, kind: Kind::Settled, settled })
    }

    /// What the part of a fact that is of a cell adds to the measure.
    fn amount(&self, key: CellKey, part: &dyn Fn(Figure) -> i64, has_units: bool) -> i64 {
        let CellKey { day, place, sku } = key;
        let scan = &self.scan;
        let money = |figure| scan.told(part(figure), place, day);
        // Of what a fact says, a measure asks for little.
        let tax = || if scan.is_taxed(place) { money(Figure::Tax) } else { 0 };
        let units = || part(Figure::Units);
        let net = || {
            let is_revenue = scan.choice.platform_discounts_are_revenue;
            let outside = if is_revenue { 0 } else { money(Figure::Platform) };
            let sold = money(Figure::Gross) + tax();
            sold - outside - money(Figure::Seller) - money(Figure::Refunds)
        };
        let cost = || {
            let tells_cost = has_units || part(Figure::Refunds) != 0;
            if tells_cost { scan.cost(sku, day) } else { None }
        };
        let cogs = || {
            cost().map_or(0, |cost| cost.of(Fixed::from_ten_thousandths(units())).ten_thousandths())
        };
        // A refund of no SKU lowers what costs are held against.
        let has_cost = || cost().is_some() || sku == 0 && part(Figure::Refunds) != 0;
        let duty = |at: usize| if has_units { scan.duty_part(key, units(), at) } else { 0 };
        let is_stocked = || self.stocked.contains(&(scan.shop_of(place), sku));
        let if_so = |is_so: bool, amount: &dyn Fn() -> i64| if is_so { amount() } else { 0 };
        match self.measure {
            Measure::Gmv => money(Figure::Gmv) + tax(),
            Measure::GrossSales => money(Figure::Gross) + tax(),
            Measure::ReturnShopGrossSales => {
                if_so(scan.has_refund_costs(place, day), &|| money(Figure::Gross) + tax())
            }
            Measure::ReturnShopRefunds => {
                if_so(scan.has_refund_costs(place, day), &|| money(Figure::Refunds))
            }
            Measure::SellerDiscounts => money(Figure::Seller),
            Measure::PlatformDiscounts => money(Figure::Platform),
            Measure::Units => units(),
            Measure::ReturnableUnits => if_so(scan.has_returns(place, day), &units),
            Measure::UnitsLast30Days | Measure::UnitsLast90Days => if_so(is_stocked(), &units),
            Measure::Cogs => cogs(),
            Measure::Duties => duty(0),
            Measure::DutiedCogs => duty(1),
            Measure::CostedUnits => if_so(cost().is_some(), &units),
            Measure::CogsLast365Days => if_so(is_stocked(), &cogs),
            Measure::NetSalesLast365Days => if_so(cost().is_some() && is_stocked(), &net),
            Measure::FeeCogs => if_so(scan.has_fees(place, day), &cogs),
            Measure::CostedNetSales => if_so(has_cost(), &net),
            Measure::FeeNetSales => if_so(has_cost() && scan.has_fees(place, day), &net),
            Measure::FeeShopNetSales => if_so(scan.has_fees(place, day), &net),
            Measure::FulfilmentShopNetSales => if_so(scan.has_fulfilment(place, day), &net),
            Measure::Refunds => money(Figure::Refunds),
            Measure::PlatformFees => money(Figure::Fees),
            Measure::FulfilmentCosts => money(Figure::Fulfilment),
            Measure::StorageCosts => money(Figure::Storage),
            Measure::Spend
            | Measure::Overheads
            | Measure::AffiliateFees
            | Measure::AffiliateSales
            | Measure::SettledSales
            | Measure::SettledSalesDays => money(Figure::Plain),
            Measure::AdSales | Measure::AttributedSpend => {
                if_so(scan.is_in_window(place), &|| money(Figure::Plain))
            }
            Measure::AdOrders
            | Measure::AttributedClicks
            | Measure::NewBrandOrders
            | Measure::BrandOrders => if_so(scan.is_in_window(place), &|| part(Figure::Plain)),
            measure if OF_SESSIONS.iter().any(|(it, _)| *it == measure) => {
                if_so(scan.has_sessions(place), &|| part(Figure::Plain))
            }
            _ => part(Figure::Plain),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_say_whether_they_are_made_of_facts() {
        // What only explains gaps to platforms' totals is no part of a KPI.
        let is_cause = |measure: &&Measure| {
            let causes = [Measure::Tax, Measure::Shipping, Measure::UtcGmv, Measure::PostedSales];
            causes.contains(measure)
        };
        for measure in Measure::ALL.iter().filter(|measure| !is_cause(measure)) {
            let has_tables = !tables_of(*measure, SaleTiming::Ordered).is_empty();
            assert_eq!(measure.is_of_facts(), has_tables, "{}", measure.id());
        }
    }
}
