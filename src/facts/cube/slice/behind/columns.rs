//! What the facts of one segment say, its columns found once.

use super::super::scan::OF_SESSIONS;
use crate::{
    domain::Measure,
    facts::{
        Segment, Table,
        cube::{
            SaleTiming,
            build::{Builder, Status, traffic_columns},
            rows::number,
            stock::{AGES, OLD_AGES},
        },
        segment::TextColumn,
    },
};

/// What a fact says, in ten-thousandths: as sold, as given back or paid, or as one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    Gmv,
    Gross,
    Seller,
    Platform,
    Units,
    Tax,
    Refunds,
    Fees,
    Fulfilment,
    Storage,
    /// Of a table whose measures are columns of it.
    Plain,
}

/// What a fact is to sales and money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Nothing,
    /// Of a table whose facts are all of one kind.
    Plain,
    /// What the row says counts only with its settlement.
    Settled,
    Sold,
    /// Counted in what was placed only.
    Placed,
    Refund,
    Fee,
    Fulfilment,
    Storage,
    /// Booked as sold.
    Booked,
    Promotion,
    /// Commission to an affiliate.
    Commission,
    /// Booked as sold: brought by an affiliate where its order pays a commission.
    Affiliated,
}

/// The columns that one measure needs.
pub(super) struct Columns<'a> {
    /// Texts that say of what kind facts are, and the kinds by the texts' ids; empty for tables whose facts
    /// are all of one kind.
    kind_ids: &'a [u32],
    kinds: Vec<Kind>,
    pub(super) orders: Option<&'a TextColumn>,
    /// Gross, seller's and platform's discounts, units, tax.
    sold: [&'a [i64]; 5],
    amounts: &'a [i64],
    /// Columns whose sum is the measure.
    plain: Vec<&'a [i64]>,
    /// Sales that do not say their units have no known cost.
    pub(super) has_units: bool,
}

impl<'a> Columns<'a> {
    pub(super) fn new(segment: &'a Segment, places: &Builder, measure: Measure) -> Self {
        let table = segment.table();
        let (name, kind): (_, &dyn Fn(&str) -> Kind) = match table {
            Table::OrderLines => ("status", &|text| kind_of_line(text, places)),
            Table::Postings if is_of_affiliates(measure) => {
                ("category", &|text| kind_for_affiliates(text, measure))
            }
            Table::Postings => ("category", &|text| kind_of_posting(text, places.sale_timing())),
            _ => ("", &|_| Kind::Nothing),
        };
        let kinds = segment.text_column(name);
        let sold = ["gross", "seller_discount", "platform_discount", "units", "tax"];
        Self {
            kind_ids: kinds.map_or(&[], |column| column.ids.as_slice()),
            kinds: kinds.map_or_else(Vec::new, |column| column.index.texts().map(kind).collect()),
            orders: segment.text_column("order_id"),
            sold: sold.map(|name| segment.numbers(name)),
            amounts: segment.numbers("amount"),
            plain: plain(segment, table, measure),
            has_units: table != Table::Postings || segment.states("units"),
        }
    }

    pub(super) fn kind(&self, row: usize) -> Kind {
        if self.kinds.is_empty() {
            return Kind::Plain;
        }
        let id = self.kind_ids.get(row).map(|id| *id as usize);
        id.and_then(|id| self.kinds.get(id)).copied().unwrap_or(Kind::Nothing)
    }

    /// Whether a fact is a line of an order that counts.
    pub(super) fn is_sale(&self, row: usize) -> bool {
        matches!(self.kind(row), Kind::Sold | Kind::Booked)
    }

    /// The order of a fact; empty where it names none.
    pub(super) fn order(&self, row: usize) -> &'a str {
        self.orders.map_or("", |orders| orders.text_at(row))
    }

    /// A figure of a fact of a kind; 0 where facts of that kind have none.
    pub(super) fn figure(&self, kind: Kind, row: usize, figure: Figure) -> i64 {
        let [gross, seller, platform, units, tax] = self.sold;
        match (kind, figure) {
            (Kind::Plain, Figure::Plain) => {
                self.plain.iter().map(|column| number(column, row)).sum()
            }
            (Kind::Sold, Figure::Gmv | Figure::Gross) | (Kind::Placed, Figure::Gmv) => {
                number(gross, row)
            }
            (Kind::Sold, Figure::Seller) => number(seller, row),
            (Kind::Sold, Figure::Platform) => number(platform, row),
            (Kind::Sold | Kind::Booked, Figure::Units) => number(units, row),
            (Kind::Sold, Figure::Tax) => number(tax, row),
            (Kind::Booked, Figure::Gmv | Figure::Gross) | (Kind::Affiliated, Figure::Plain) => {
                number(self.amounts, row)
            }
            (Kind::Refund, Figure::Refunds)
            | (Kind::Fee, Figure::Fees)
            | (Kind::Fulfilment | Kind::Storage, Figure::Fulfilment)
            | (Kind::Storage, Figure::Storage)
            | (Kind::Promotion, Figure::Seller)
            | (Kind::Commission, Figure::Plain) => -number(self.amounts, row),
            _ => 0,
        }
    }
}

fn is_of_affiliates(measure: Measure) -> bool {
    matches!(measure, Measure::AffiliateFees | Measure::AffiliateSales)
}

fn kind_for_affiliates(category: &str, measure: Measure) -> Kind {
    match (category, measure) {
        ("affiliate_fee", Measure::AffiliateFees) => Kind::Commission,
        ("product_sales", Measure::AffiliateSales) => Kind::Affiliated,
        _ => Kind::Nothing,
    }
}

fn kind_of_line(status: &str, places: &Builder) -> Kind {
    match Status::of(status) {
        Status::NotASale => Kind::Nothing,
        status if places.is_kept(status) => Kind::Sold,
        _ => Kind::Placed,
    }
}

fn kind_of_posting(category: &str, timing: SaleTiming) -> Kind {
    let is_settled = timing == SaleTiming::Settled;
    match category {
        "refund_principal" | "promotion_refund" => Kind::Refund,
        "platform_fee" | "payment_fee" | "affiliate_fee" => Kind::Fee,
        "fulfilment_fee" => Kind::Fulfilment,
        "storage_fee" => Kind::Storage,
        "product_sales" if is_settled => Kind::Booked,
        "promotion" if is_settled => Kind::Promotion,
        _ => Kind::Nothing,
    }
}

/// The columns that a measure sums, of tables whose facts are all of one kind.
fn plain(segment: &Segment, table: Table, measure: Measure) -> Vec<&[i64]> {
    let orders = if segment.states("orders") { "orders" } else { "conversions" };
    let of = |name: &str| vec![segment.numbers(name)];
    let stated = |name: &str, told: &str| if segment.states(name) { of(told) } else { Vec::new() };
    let all = |names: &[&str]| names.iter().map(|name| segment.numbers(name)).collect();
    match (table, measure) {
        (_, Measure::Impressions) => of("impressions"),
        (_, Measure::Clicks) => of("clicks"),
        (_, Measure::Spend) => of("spend"),
        (_, Measure::StockAvailable | Measure::UnitsOfKnownExcess) => of("available"),
        (_, Measure::StockInbound) => of("inbound"),
        (_, Measure::AgedUnits) => all(OLD_AGES),
        (_, Measure::UnitsOfKnownAge) => all(&AGES),
        (_, Measure::ExcessUnits) => of("excess"),
        (_, Measure::AdSales) => of("sales"),
        (_, Measure::AttributedSpend) => stated("sales", "spend"),
        (_, Measure::AdOrders) => of(orders),
        (_, Measure::AttributedClicks) => stated(orders, "clicks"),
        (_, Measure::NewBrandOrders) => of("new_buyer_orders"),
        (_, Measure::BrandOrders) => stated("new_buyer_orders", orders),
        (Table::Returns, _) => of("units"),
        (Table::Overheads, _) => of("amount"),
        (Table::People, _) => of("headcount"),
        (Table::Traffic, Measure::PageViews) => of("page_views"),
        (Table::Traffic, Measure::FeaturedViews) => of("featured_views"),
        (Table::Traffic, Measure::OfferViews) => stated("featured_views", "page_views"),
        (Table::Traffic, measure) => {
            let place = OF_SESSIONS.iter().find(|(it, _)| *it == measure).map(|(_, at)| *at);
            let columns = traffic_columns(segment);
            place.and_then(|place| columns.get(place)).map_or_else(Vec::new, |name| of(name))
        }
        _ => Vec::new(),
    }
}
