//! The facts that a measure is made of, one by one.

mod columns;

use hashbrown::{HashMap, HashSet};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use self::columns::Columns;
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
            rows::{Row, each_day, held_heads, of_month},
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
    for (nth, input) in inputs.iter().enumerate() {
        if tables.contains(&input.segment.table()) {
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

/// What a fact says, in ten-thousandths: as sold, as given back or paid, or as one number.
type Figures = [i64; 11];

/// Positions in `Figures`.
mod figure {
    pub(super) const GMV: usize = 0;
    pub(super) const GROSS: usize = 1;
    pub(super) const SELLER: usize = 2;
    pub(super) const PLATFORM: usize = 3;
    pub(super) const UNITS: usize = 4;
    pub(super) const TAX: usize = 5;
    pub(super) const REFUNDS: usize = 6;
    pub(super) const FEES: usize = 7;
    pub(super) const FULFILMENT: usize = 8;
    pub(super) const STORAGE: usize = 9;
    /// Of a table whose measures are columns of it.
    pub(super) const PLAIN: usize = 10;
}

/// Settled sales are postings, and lie among the cells of sales.
fn table_of_cells(table: Table, figures: &Figures) -> Table {
    let is_sold = figures.iter().take(figure::REFUNDS).any(|it| *it != 0);
    if table == Table::Postings && is_sold { Table::OrderLines } else { table }
}

/// The figures given; all others are 0.
fn figures<const N: usize>(given: [(usize, i64); N]) -> Figures {
    let mut figures = [0; 11];
    for (place, value) in given {
        if let Some(figure) = figures.get_mut(place) {
            *figure = value;
        }
    }
    figures
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
    /// Which cells of each table count.
    found: HashMap<Table, Found>,
    /// Orders that were counted, and the one of the fact before.
    orders: HashSet<u64>,
    last_order: u64,
}

/// What an input says of a measure.
struct Told<'a> {
    /// Which of the inputs it is.
    nth: usize,
    columns: Columns<'a>,
    settlements: Option<Settlements<'a>>,
}

/// Which cells of a table count, whatever the filters.
enum Found {
    /// No report states what another does: all of them.
    All,
    /// Those that the scan says; their positions by their keys.
    At(HashMap<CellKey, usize>),
}

impl Found {
    fn of(cells: &Cells) -> Self {
        if cells.in_total.iter().chain(&cells.by_sku).all(|counts| *counts) {
            return Self::All;
        }
        // Of two cells of a key the first is that of facts on their own day.
        Self::At(cells.keys.iter().enumerate().rev().map(|(index, key)| (*key, index)).collect())
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
            found: HashMap::new(),
            orders: HashSet::new(),
            last_order: 0,
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
        let told = Told {
            nth,
            columns: Columns::new(segment, &self.places, self.measure),
            settlements: settlements.flatten(),
        };
        if segment.table() == Table::People {
            // Until when heads hold is told by all others.
            let rows = self.places.rows(input, is_wanted);
            return self.walk_rows(segment, &told, &held_heads(segment, &rows), take);
        }
        let mut facts = InputRows::new(*input, &mut self.places);
        while let Some(mut rows) = facts.next(&mut self.places, is_wanted) {
            if segment.table() == Table::Overheads {
                rows = rows.iter().map(of_month).collect();
            } else if is_shipped {
                rows = self.places.on_ship_days(segment, &rows);
            }
            self.walk_rows(segment, &told, &rows, take);
        }
    }

    fn walk_rows(
        &mut self,
        segment: &Segment,
        told: &Told<'_>,
        rows: &[Row],
        take: &mut dyn FnMut(FactBehind),
    ) {
        let days = self.period.from.days_since_epoch()..=self.period.to.days_since_epoch();
        let Told { nth, columns, settlements } = told;
        for fact in rows {
            let told = match settlements {
                Some(settlements) => self.settled(settlements, fact),
                None => self.figures(segment, columns, fact),
            };
            let Some((row, figures)) = told else { continue };
            let is_new = self.measure == Measure::Orders && self.is_new_order(columns, &row);
            // Which report is believed was decided on the day of the fact.
            let is_moved = row.key.day != fact.key.day;
            let table = table_of_cells(segment.table(), &figures);
            let (mut amount, mut day) = (0_i64, None);
            self.each_day(segment, &row, figures, |walk, key, parts| {
                let booked = if is_moved && settlements.is_none() { fact.key } else { key };
                if days.contains(&key.day) && walk.counts(table, booked) {
                    let adds = match walk.measure {
                        // An order is of one day.
                        Measure::Orders if is_new && key.day == row.key.day => Fixed::SCALE,
                        Measure::Orders => 0,
                        _ => walk.amount(key, parts, columns),
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
        let order = columns.order(row.at);
        if order.is_empty() || !columns.is_sale(row.at) || !self.scan.has_sku(row.key.sku) {
            return false;
        }
        let order = xxh3_64_with_seed(order.as_bytes(), row.key.place.into());
        // Most lines of an order follow each other.
        let is_last = std::mem::replace(&mut self.last_order, order) == order;
        !is_last && self.orders.insert(order)
    }

    /// Heads are of each day, all else is spread over its days.
    fn each_day(
        &mut self,
        segment: &Segment,
        row: &Row,
        figures: Figures,
        mut take: impl FnMut(&mut Self, CellKey, Figures),
    ) {
        if segment.table() == Table::People {
            for day in 0..row.n_days.max(1) {
                take(self, CellKey { day: row.key.day + day, ..row.key }, figures);
            }
        } else {
            each_day(row, figures, |key, parts| take(self, key, parts));
        }
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
        let found = self.found.entry(table).or_insert_with(|| Found::of(cells));
        match found {
            Found::All => {
                let is_sale = table == Table::OrderLines;
                self.scan.admits(key) && (!is_sale || self.scan.has_sales(key.place, key.day))
            }
            Found::At(places) => {
                places.get(&key).is_some_and(|index| self.scan.counts(cells, *index))
            }
        }
    }

    /// What a fact says, on its days; `None`: nothing of the measure's kind.
    fn figures(
        &self,
        segment: &Segment,
        columns: &Columns<'_>,
        row: &Row,
    ) -> Option<(Row, Figures)> {
        let figures = columns.figures(row.at)?;
        let is_brought = || self.places.is_of_affiliate(columns.order(row.at), row.key);
        if columns.is_affiliated(row.at) && !is_brought() {
            return None;
        }
        if columns.is_refund(row.at) {
            let day = self.places.refund_day(segment, row);
            let is_of_sales = self.scan.has_sales(row.key.place, day.unwrap_or(row.key.day));
            let row = day.map_or(*row, |day| row.on(day));
            return is_of_sales.then_some((row, figures));
        }
        if self.measure == Measure::CohortReturnedUnits {
            let day = self.places.day_of_order(segment, row)?;
            return Some((row.on(day), figures));
        }
        Some((*row, figures))
    }

    const fn is_of_settlements(&self) -> bool {
        matches!(self.measure, Measure::SettledSales | Measure::SettledSalesDays)
    }

    /// What a fact says of a settlement, on its last day.
    fn settled(&self, settlements: &Settlements<'_>, fact: &Row) -> Option<(Row, Figures)> {
        let (row, [amount, days]) = settlements.sale(fact, &self.places)?;
        let plain = if self.measure == Measure::SettledSales { amount } else { days };
        Some((row, figures([(figure::PLAIN, plain)])))
    }

    /// What the part of a fact that is of a cell adds to the measure.
    fn amount(&self, key: CellKey, parts: Figures, columns: &Columns<'_>) -> i64 {
        let CellKey { day, place, sku } = key;
        let part = |at: usize| parts.get(at).copied().unwrap_or(0);
        let scan = &self.scan;
        let money = |at: usize| scan.told(part(at), place, day);
        // Of what a fact says, a measure asks for little.
        let tax = || if scan.is_taxed(place) { money(figure::TAX) } else { 0 };
        let units = part(figure::UNITS);
        let net = || {
            let is_revenue = scan.choice.platform_discounts_are_revenue;
            let outside = if is_revenue { 0 } else { money(figure::PLATFORM) };
            let sold = money(figure::GROSS) + tax();
            sold - outside - money(figure::SELLER) - money(figure::REFUNDS)
        };
        let cost = || {
            let tells_cost = columns.has_units || part(figure::REFUNDS) != 0;
            if tells_cost { scan.cost(sku, day) } else { None }
        };
        let cogs = || {
            cost().map_or(0, |cost| cost.of(Fixed::from_ten_thousandths(units)).ten_thousandths())
        };
        // A refund of no SKU lowers what costs are held against.
        let has_cost = || cost().is_some() || sku == 0 && part(figure::REFUNDS) != 0;
        let duty = |at: usize| if columns.has_units { scan.duty_part(key, units, at) } else { 0 };
        let is_stocked = || self.stocked.contains(&(scan.shop_of(place), sku));
        let if_so = |is_so: bool, amount: &dyn Fn() -> i64| if is_so { amount() } else { 0 };
        match self.measure {
            Measure::Gmv => money(figure::GMV) + tax(),
            Measure::GrossSales => money(figure::GROSS) + tax(),
            Measure::ReturnShopGrossSales => {
                if_so(scan.has_refund_costs(place, day), &|| money(figure::GROSS) + tax())
            }
            Measure::ReturnShopRefunds => {
                if_so(scan.has_refund_costs(place, day), &|| money(figure::REFUNDS))
            }
            Measure::SellerDiscounts => money(figure::SELLER),
            Measure::PlatformDiscounts => money(figure::PLATFORM),
            Measure::Units => units,
            Measure::ReturnableUnits => if_so(scan.has_returns(place, day), &|| units),
            Measure::UnitsLast30Days | Measure::UnitsLast90Days => if_so(is_stocked(), &|| units),
            Measure::Cogs => cogs(),
            Measure::Duties => duty(0),
            Measure::DutiedCogs => duty(1),
            Measure::CostedUnits => if_so(cost().is_some(), &|| units),
            Measure::CogsLast365Days => if_so(is_stocked(), &cogs),
            Measure::NetSalesLast365Days => if_so(cost().is_some() && is_stocked(), &net),
            Measure::FeeCogs => if_so(scan.has_fees(place, day), &cogs),
            Measure::CostedNetSales => if_so(has_cost(), &net),
            Measure::FeeNetSales => if_so(has_cost() && scan.has_fees(place, day), &net),
            Measure::FeeShopNetSales => if_so(scan.has_fees(place, day), &net),
            Measure::FulfilmentShopNetSales => if_so(scan.has_fulfilment(place, day), &net),
            Measure::Refunds => money(figure::REFUNDS),
            Measure::PlatformFees => money(figure::FEES),
            Measure::FulfilmentCosts => money(figure::FULFILMENT),
            Measure::StorageCosts => money(figure::STORAGE),
            Measure::Spend
            | Measure::Overheads
            | Measure::AffiliateFees
            | Measure::AffiliateSales
            | Measure::SettledSales
            | Measure::SettledSalesDays => money(figure::PLAIN),
            Measure::AdSales | Measure::AttributedSpend => {
                if_so(scan.is_in_window(place), &|| money(figure::PLAIN))
            }
            Measure::AdOrders
            | Measure::AttributedClicks
            | Measure::NewBrandOrders
            | Measure::BrandOrders => if_so(scan.is_in_window(place), &|| part(figure::PLAIN)),
            measure if OF_SESSIONS.iter().any(|(it, _)| *it == measure) => {
                if_so(scan.has_sessions(place), &|| part(figure::PLAIN))
            }
            _ => part(figure::PLAIN),
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
