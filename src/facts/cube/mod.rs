//! Sums of the facts in force, per day × place × SKU: all that a page needs.
//!
//! A place is a channel, a shop, a currency and the report that states it. Distinct orders are not
//! additive over SKUs; `orders` keeps what is needed to count them exactly for any choice.

mod affiliates;
mod batches;
mod believed;
mod build;
mod buyer_lines;
mod buyers;
mod cell_index;
mod costs;
mod growing;
mod identity;
mod input_rows;
mod kept_fees;
mod order_days;
mod orders;
mod rates;
mod row_days;
mod row_ids;
mod rows;
mod settled;
mod ship_days;
mod slice;
mod statements;
mod stock;
mod targets;

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use serde::{Deserialize, Serialize};

use crate::domain::{
    Currency, Day, Dimension, Fixed, Period, ProductGroups, map_of_few, set_of_few, sort_few_by,
};

pub use batches::BatchOrder;
pub use build::{CubeInput, CubeOptions, DayBoundary, SaleTiming, build, build_in_steps};
pub use costs::{Batch, CostBook, CostLayer};
pub use identity::Identities;
pub use rates::FxRates;
pub(crate) use slice::NAMES_BUYERS;
pub use slice::{
    Choice, CoveredBy, FactBehind, ReadFile, Slice, best_sellers, campaigns_over, facts_behind,
    returns_by_sku, sku_weeks,
};
pub use statements::{Reconciled, TypedValue};
pub use targets::Target;

use buyer_lines::BuyerLine;
use buyers::Purchase;
use cell_index::CellIndex;
use orders::OrderCounts;
use statements::Statement;
use stock::Snapshots;

/// What a report states and how it ranks among others that state the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Source {
    pub report: String,
    /// Reports of one group state the same; empty: nothing else does.
    pub group: String,
    /// The lowest counts.
    pub rank: u32,
    /// Whether it tells SKUs apart.
    pub has_skus: bool,
    /// Whether it states the whole shop, so that what is not additive can be told.
    pub is_whole_shop: bool,
    /// Whether the choice within the group is made for each day, else once for a shop.
    pub is_chosen_per_day: bool,
    /// Of ads: days after a click within which a sale is claimed; 0 where that is not known.
    pub ad_window_days: u32,
    pub booking: Booking,
    pub transfers: Transfers,
}

/// What a report books as transferred to the seller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Transfers {
    /// All payouts of the shop.
    Payouts,
    /// Some of them, or none.
    Others,
}

/// When a platform books the money of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Booking {
    /// When it is shipped: the booking dates the shipment.
    WithShipment,
    /// Nothing follows from it.
    AnyTime,
}

/// Where a sum belongs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    pub channel: String,
    pub shop: String,
    pub currency: String,
    /// Position in `Cube::sources`.
    pub source: usize,
}

/// Whose sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct CellKey {
    pub(crate) day: i32,
    pub(crate) place: u32,
    pub(crate) sku: u32,
}

/// Sums of one fact table, one cell per day × place × SKU that has facts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Cells {
    pub(crate) keys: Vec<CellKey>,
    /// Facts behind each cell.
    pub(crate) n_facts: Vec<u32>,
    pub(crate) columns: Vec<Vec<i64>>,
    /// Whether the cell counts in totals, and where SKUs are told apart.
    pub(crate) in_total: Vec<bool>,
    pub(crate) by_sku: Vec<bool>,
    /// Made when they are first asked for, never stored.
    #[serde(skip)]
    of_skus: OnceCell<CellIndex>,
    #[serde(skip)]
    of_days: OnceCell<CellIndex>,
}

impl Cells {
    /// The cells of each SKU. The keys must not change any more.
    pub(crate) fn of_skus(&self) -> &CellIndex {
        self.of_skus.get_or_init(|| CellIndex::of(&self.keys, |key| key.sku.into()))
    }

    /// The same of each day.
    pub(crate) fn of_days(&self) -> &CellIndex {
        self.of_days.get_or_init(|| CellIndex::of(&self.keys, |key| key.day.into()))
    }
}

/// What is known of a SKU beside its sums.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Product {
    pub title: String,
    pub asin: String,
    pub brand: String,
    pub category: String,
    pub parent: String,
    /// Who is responsible for it.
    pub owner: String,
}

impl Product {
    /// What it belongs to.
    pub fn groups(&self) -> ProductGroups<'_> {
        ProductGroups { brand: &self.brand, category: &self.category, owner: &self.owner }
    }
}

/// The sums of a workbook.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Cube {
    pub(crate) sources: Vec<Source>,
    pub(crate) places: Vec<Place>,
    pub(crate) skus: Vec<String>,
    pub(crate) products: Vec<Product>,
    /// gmv, gross, seller discounts, platform discounts, units, orders per SKU, tax, shipping, gmv of
    /// what is of the next day in UTC.
    pub(crate) sales: Cells,
    pub(crate) orders: OrderCounts,
    /// refunds, platform fees, fulfilment costs, sales as they were booked, storage.
    pub(crate) money: Cells,
    /// See `column`.
    pub(crate) returns: Cells,
    /// See `column`.
    pub(crate) ads: Cells,
    /// The same of campaigns: `sku` of the keys is a place in `campaign_names`.
    pub(crate) campaigns: Cells,
    pub(crate) campaign_names: Vec<String>,
    /// Search terms of ad groups: `sku` of the keys is a number of its own for each of them.
    pub(crate) terms: Cells,
    /// Money that went to the bank.
    pub(crate) payouts: Cells,
    /// See `column`.
    pub(crate) warehouse: Cells,
    /// Sales of settlements on their last day, and these times the days since their orders.
    pub(crate) settled: Cells,
    /// See `column`.
    pub(crate) traffic: Cells,
    /// Overheads and headcount, day by day.
    pub(crate) company: Cells,
    /// Available and inbound units.
    pub(crate) stock: Snapshots,
    /// Units of 181 days and older, and all whose age is told.
    pub(crate) aged: Snapshots,
    /// What the platform holds to be too many, and the available units of the same reports.
    pub(crate) excess: Snapshots,
    /// By SKU, the first day on which it sold. Made when it is first asked for, never stored.
    #[serde(skip)]
    first_sold: OnceCell<Vec<i32>>,
    /// Orders of the buyers that are kept, buyer by buyer.
    pub(crate) purchases: Rc<[Purchase]>,
    /// What these orders sold and cost, buyer by buyer.
    pub(crate) buyer_lines: Rc<[BuyerLine]>,
    /// What platforms state of shops by themselves.
    pub(crate) statements: Vec<Statement>,
    /// What sheets want of KPIs.
    pub(crate) targets: Vec<Target>,
    /// ASIN → its only SKU in orders; `None` when several share it.
    pub(crate) asins: BTreeMap<String, Option<u32>>,
    pub(crate) costs: CostBook,
    pub(crate) rates: FxRates,
    pub(crate) identities: Identities,
    /// First and last day with a fact that makes a day one with data.
    pub(crate) covered: Option<Period>,
    /// The same with payouts and what happens in warehouses, which may reach further.
    pub(crate) reach: Option<Period>,
}

/// Positions of the columns in `Cells`.
pub(crate) mod column {
    pub(crate) const GMV: usize = 0;
    pub(crate) const GROSS: usize = 1;
    pub(crate) const SELLER_DISCOUNTS: usize = 2;
    pub(crate) const PLATFORM_DISCOUNTS: usize = 3;
    pub(crate) const UNITS: usize = 4;
    pub(crate) const ORDERS: usize = 5;
    pub(crate) const TAX: usize = 6;
    pub(crate) const SHIPPING: usize = 7;
    pub(crate) const LATE_GMV: usize = 8;
    /// Facts that do not say how many units were sold: what they cost is not known.
    pub(crate) const N_WITHOUT_UNITS: usize = 9;
    pub(crate) const N_SALES: usize = 10;

    pub(crate) const REFUNDS: usize = 0;
    pub(crate) const PLATFORM_FEES: usize = 1;
    pub(crate) const FULFILMENT: usize = 2;
    pub(crate) const POSTED_SALES: usize = 3;
    pub(crate) const STORAGE: usize = 4;
    /// Facts of refunds.
    pub(crate) const N_REFUNDS: usize = 5;
    pub(crate) const SETTLED: usize = 0;
    pub(crate) const SETTLED_DAYS: usize = 1;
    pub(crate) const N_SETTLED: usize = 2;

    pub(crate) const AFFILIATE_FEES: usize = 6;
    pub(crate) const AFFILIATE_SALES: usize = 7;
    /// What is kept of the fees on refunded sales, on the day of the refund.
    pub(crate) const KEPT_FEES: usize = 8;
    pub(crate) const N_MONEY: usize = 9;

    pub(crate) const PAID_OUT: usize = 0;
    pub(crate) const N_PAYOUTS: usize = 1;

    /// Units lost and damaged in the platform's warehouses, less those found.
    pub(crate) const LOST: usize = 0;
    /// Money paid for such units, and units put back.
    pub(crate) const REIMBURSED: usize = 1;
    pub(crate) const PUT_BACK: usize = 2;
    pub(crate) const N_WAREHOUSE: usize = 3;

    pub(crate) const RETURNED: usize = 0;
    /// By the day of the order.
    pub(crate) const RETURNED_OF_ORDERS: usize = 1;
    /// Fit to be sold again.
    pub(crate) const RESALEABLE: usize = 2;
    pub(crate) const N_RETURNS: usize = 3;

    pub(crate) const IMPRESSIONS: usize = 0;
    pub(crate) const CLICKS: usize = 1;
    pub(crate) const SPEND: usize = 2;
    pub(crate) const AD_SALES: usize = 3;
    pub(crate) const AD_ORDERS: usize = 4;
    pub(crate) const NEW_BRAND_ORDERS: usize = 5;
    pub(crate) const BRAND_ORDERS: usize = 6;
    /// Of reports that state attributed sales, and attributed orders.
    pub(crate) const ATTRIBUTED_SPEND: usize = 7;
    pub(crate) const ATTRIBUTED_CLICKS: usize = 8;
    pub(crate) const N_ADS: usize = 9;

    /// Of reports that state attributed sales.
    pub(crate) const CAMPAIGN_SPEND: usize = 0;
    pub(crate) const CAMPAIGN_SALES: usize = 1;
    pub(crate) const CAMPAIGN_ORDERS: usize = 2;
    pub(crate) const N_CAMPAIGN: usize = 3;

    /// Of search terms.
    pub(crate) const TERM_SPEND: usize = 0;
    pub(crate) const TERM_CLICKS: usize = 1;
    pub(crate) const TERM_ORDERS: usize = 2;
    pub(crate) const N_TERM: usize = 3;

    pub(crate) const SESSIONS: usize = 0;
    pub(crate) const PAGE_VIEWS: usize = 1;
    pub(crate) const TRAFFIC_UNITS: usize = 2;
    pub(crate) const ORDER_ITEMS: usize = 3;
    /// Sessions of reports that state order items.
    pub(crate) const ITEM_SESSIONS: usize = 4;
    /// Of reports that state sessions and how many of them ordered.
    pub(crate) const FUNNEL_SESSIONS: usize = 5;
    pub(crate) const STORE_ORDERS: usize = 6;
    /// Of reports that state carts, too.
    pub(crate) const CART_STEP_SESSIONS: usize = 7;
    pub(crate) const CARTS: usize = 8;
    pub(crate) const CART_STEP_ORDERS: usize = 9;
    /// Of reports that state checkouts.
    pub(crate) const CHECKOUT_STEP_SESSIONS: usize = 10;
    pub(crate) const CHECKOUTS: usize = 11;
    /// Of reports that state units.
    pub(crate) const UNIT_SESSIONS: usize = 12;
    /// Page views with the seller's offer featured, and all of the reports that state those.
    pub(crate) const FEATURED_VIEWS: usize = 13;
    pub(crate) const OFFER_VIEWS: usize = 14;
    pub(crate) const N_TRAFFIC: usize = 15;

    /// Amounts, each with how often it was told: 0 may be said.
    pub(crate) const OVERHEADS: usize = 0;
    pub(crate) const OVERHEADS_TOLD: usize = 1;
    pub(crate) const HEADCOUNT: usize = 2;
    pub(crate) const HEADCOUNT_TOLD: usize = 3;
    pub(crate) const N_COMPANY: usize = 4;
}

impl Cube {
    /// First and last day with a fact in force; `None` when there is none.
    pub fn covered(&self) -> Option<Period> {
        self.covered
    }

    pub fn costs(&self) -> &CostBook {
        &self.costs
    }

    pub fn rates(&self) -> &FxRates {
        &self.rates
    }

    /// The SKU map.
    pub fn identities(&self) -> &Identities {
        &self.identities
    }

    /// Currencies with amounts, most facts first. A currency in which only costs are given is none of them.
    pub fn currencies(&self) -> Vec<Currency> {
        self.currencies_of(&[&self.sales, &self.money, &self.ads, &self.company])
    }

    /// The same of sales.
    pub fn sales_currencies(&self) -> Vec<Currency> {
        self.currencies_of(&[&self.sales])
    }

    fn currencies_of(&self, cells: &[&Cells]) -> Vec<Currency> {
        let mut counts = vec![0; self.places.len()];
        for key in cells.iter().flat_map(|cells| &cells.keys) {
            if let Some(count) = counts.get_mut(key.place as usize) {
                *count += 1;
            }
        }
        let mut by_currency: BTreeMap<Currency, usize> = BTreeMap::new();
        for (place, count) in self.places.iter().zip(counts).filter(|(_, count)| *count > 0) {
            if let Some(currency) = Currency::parse(&place.currency) {
                *by_currency.entry(currency).or_default() += count;
            }
        }
        let mut currencies: Vec<(usize, Currency)> =
            by_currency.into_iter().map(|(currency, count)| (count, currency)).collect();
        sort_few_by(&mut currencies, |one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        currencies.into_iter().map(|(_, currency)| currency).collect()
    }

    /// Channels and shops with facts.
    pub fn shops(&self) -> BTreeSet<(&str, &str)> {
        set_of_few(self.places.iter().map(|place| (place.channel.as_str(), place.shop.as_str())))
    }

    /// Whether facts name a member of a dimension.
    pub(crate) fn has_member(&self, dimension: Dimension, member: &str) -> bool {
        match dimension {
            Dimension::Channel => self.places.iter().any(|place| place.channel == member),
            Dimension::Shop => self.places.iter().any(|place| place.shop == member),
            Dimension::Sku => self.skus.iter().any(|sku| sku == member),
            Dimension::Brand => self.products.iter().any(|product| product.brand == member),
            Dimension::Category => self.products.iter().any(|product| product.category == member),
            Dimension::Owner => self.products.iter().any(|product| product.owner == member),
        }
    }

    /// SKUs with facts and what is known of them, sorted.
    pub fn products(&self) -> BTreeMap<&str, &Product> {
        let products = self.skus.iter().map(String::as_str).zip(&self.products);
        map_of_few(products.filter(|(sku, _)| !sku.is_empty()))
    }

    /// Sales after the seller's discounts by SKU, over all days, in one currency; those in others are
    /// converted where rates are given and known.
    pub fn sales_by_sku(
        &self,
        currency: Currency,
        rates: Option<&FxRates>,
    ) -> BTreeMap<&str, Fixed> {
        let mut sales: BTreeMap<&str, Fixed> = BTreeMap::new();
        for (index, key) in self.sales.keys.iter().enumerate() {
            let place = self.places.get(key.place as usize);
            let counts = self.sales.in_total.get(index) == Some(&true);
            let from = place.and_then(|place| Currency::parse(&place.currency));
            let is_ours = from == Some(currency) || rates.is_some();
            let sku = self.skus.get(key.sku as usize).filter(|_| counts && is_ours);
            let Some((sku, from)) = sku.zip(from) else {
                continue;
            };
            let value = |column: usize| {
                let column = self.sales.columns.get(column).and_then(|it| it.get(index));
                Fixed::from_ten_thousandths(column.copied().unwrap_or(0))
            };
            let net = value(column::GROSS).minus(value(column::SELLER_DISCOUNTS));
            let day = Day::from_days_since_epoch(key.day);
            let told = rates.and_then(|rates| rates.convert(net, from, currency, day));
            let net = if from == currency { net } else { told.unwrap_or_default() };
            let sum = sales.entry(sku).or_default();
            *sum = sum.plus(net);
        }
        sales
    }

    /// By SKU, the first day on which any shop sold a unit of it; the last of all days for one that never
    /// sold.
    pub(crate) fn first_sold(&self) -> &[i32] {
        self.first_sold.get_or_init(|| {
            let mut first = vec![i32::MAX; self.skus.len()];
            let units = self.sales.columns.get(column::UNITS).into_iter().flatten();
            for (key, _) in self.sales.keys.iter().zip(units).filter(|(_, units)| **units > 0) {
                if let Some(day) = first.get_mut(key.sku as usize) {
                    *day = key.day.min(*day);
                }
            }
            first
        })
    }

    /// The newest snapshot of stock; `None` when there is none.
    pub fn newest_snapshot(&self) -> Option<Day> {
        self.stock.newest()
    }
}
