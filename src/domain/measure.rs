//! What can be summed.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::{Day, Dimension, Fixed, Period};

macro_rules! measures {
    ($($(#[doc = $doc:literal])* $name:ident = $id:literal,)+) => {
        /// A sum or a distinct count over the facts in force, per day and scope.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Measure {
            $($(#[doc = $doc])* $name,)+
        }

        impl Measure {
            /// Every measure, in reading order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The name used in KPI formulas.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)+
                }
            }
        }
    };
}

measures! {
    /// Unit price × quantity of placed orders, before cancellations, refunds and tax.
    Gmv = "gmv",
    /// GMV without what was cancelled.
    GrossSales = "gross_sales",
    /// Discounts paid by the seller on orders not cancelled; positive.
    SellerDiscounts = "seller_discounts",
    /// Discounts paid by the platform on orders not cancelled; positive.
    PlatformDiscounts = "platform_discounts",
    /// Principal given back to buyers; positive.
    Refunds = "refunds",
    /// Distinct orders, not cancelled.
    Orders = "orders",
    /// Units of orders not cancelled.
    Units = "units",
    /// Tax on orders not cancelled.
    Tax = "tax",
    /// Shipping charged to buyers on orders not cancelled.
    Shipping = "shipping",
    /// GMV by days that begin at midnight UTC.
    UtcGmv = "utc_gmv",
    /// Product sales by the day on which the platform books their money; refunds not taken off.
    PostedSales = "posted_sales",
    /// Net sales of SKUs that have a cost on the day.
    CostedNetSales = "costed_net_sales",
    /// Units sold × unit cost in force on the day.
    Cogs = "cogs",
    /// Units sold of SKUs that have a cost on the day.
    CostedUnits = "costed_units",
    /// Net sales of SKUs with a cost in shops whose fees are loaded.
    FeeNetSales = "fee_net_sales",
    /// COGS of the same SKUs and shops as `fee_net_sales`.
    FeeCogs = "fee_cogs",
    /// Referral, closing and service fees; positive.
    PlatformFees = "platform_fees",
    /// Fulfilment, shipping, storage and returns handling; positive.
    FulfilmentCosts = "fulfilment_costs",
    /// The part of it that is storage.
    StorageCosts = "storage_costs",
    /// Net sales of shops whose fees are loaded.
    FeeShopNetSales = "fee_shop_net_sales",
    /// Net sales of shops whose fulfilment costs are loaded.
    FulfilmentShopNetSales = "fulfilment_shop_net_sales",
    /// Costs of the business that belong to no order; positive. In the workbook's currency only.
    Overheads = "overheads",
    Impressions = "impressions",
    Clicks = "clicks",
    /// Ad spend, each statement of a platform counted once.
    Spend = "spend",
    /// Sales that the ad platform attributes to its ads.
    AdSales = "ad_sales",
    /// Spend of reports that state the sales they claim.
    AttributedSpend = "attributed_spend",
    /// Orders (or conversions) that the ad platform attributes to its ads.
    AdOrders = "ad_orders",
    /// Clicks of reports that state the orders they claim.
    AttributedClicks = "attributed_clicks",
    /// Those of buyers who are new to the brand.
    NewBrandOrders = "new_brand_orders",
    /// Attributed orders in reports that tell who is new to the brand.
    BrandOrders = "brand_orders",
    Sessions = "sessions",
    PageViews = "page_views",
    /// Page views with the seller's offer featured, and all page views of the reports that state those.
    FeaturedViews = "featured_views",
    OfferViews = "offer_views",
    /// Units ordered as the traffic report states them.
    TrafficUnits = "traffic_units",
    /// Sessions of the reports that state units.
    UnitSessions = "unit_sessions",
    /// Order items as the traffic report states them, and the sessions of those reports.
    OrderItems = "order_items",
    ItemSessions = "item_sessions",
    /// Sessions of reports that state how many of them ordered, and those.
    FunnelSessions = "funnel_sessions",
    OrderSessions = "order_sessions",
    /// Sessions of reports that state how many of them had a cart and how many ordered, and those.
    CartStepSessions = "cart_step_sessions",
    CartSessions = "cart_sessions",
    CartStepOrders = "cart_step_orders",
    /// Sessions of reports that state how many of them reached the checkout, and those.
    CheckoutStepSessions = "checkout_step_sessions",
    CheckoutSessions = "checkout_sessions",
    /// Units that came back, by the day they came back.
    ReturnedUnits = "returned_units",
    /// Units that came back of the orders of the period, whenever they did.
    CohortReturnedUnits = "cohort_returned_units",
    /// Units sold in the channels whose returns are loaded.
    ReturnableUnits = "returnable_units",
    /// Units that can be sold, at the newest snapshot on or before the period's end.
    StockAvailable = "stock_available",
    /// Units on their way in, at the same snapshot.
    StockInbound = "stock_inbound",
    /// Units sold in the 30 days up to the period's end, of SKUs with a snapshot.
    UnitsLast30Days = "units_last_30_days",
    /// COGS of the 365 days up to the period's end, of SKUs with a snapshot.
    CogsLast365Days = "cogs_last_365_days",
    /// Mean value at cost of the snapshots in the 365 days up to the period's end.
    AverageStockValue = "average_stock_value",
    /// Buyers whose first order lies in the period.
    NewBuyers = "new_buyers",
    /// Distinct buyers of the 365 days up to the period's end.
    BuyersLast365Days = "buyers_last_365_days",
    /// Those of them with two orders and more in these days.
    RepeatBuyersLast365Days = "repeat_buyers_last_365_days",
    /// Headcount of each day, added up.
    HeadcountDays = "headcount_days",
    /// Days of the period.
    Days = "days",
    /// SKUs that sold a unit and more.
    SkusSold = "skus_sold",
    /// Those whose sales all have a cost, and some of them fees.
    JudgedSkus = "judged_skus",
    /// Judged SKUs whose sales did not pay for goods, fees, fulfilment and their ads.
    LosingSkus = "losing_skus",
    /// Net sales of the ten SKUs with the highest ones.
    Top10NetSales = "top_10_net_sales",
    /// Net sales of SKUs whose first sale lies less than 90 days before the period's end.
    NewSkuNetSales = "new_sku_net_sales",
    /// Net sales that name a SKU.
    SkuNetSales = "sku_net_sales",
    /// SKUs that the newest snapshot has or the period sold, in shops with snapshots.
    StockedSkus = "stocked_skus",
    /// Those of them that sold.
    MovingSkus = "moving_skus",
    /// Inbound stock at cost of SKUs that lost money in at least 8 of the 12 weeks up to the period's end.
    LossMakerInbound = "loss_maker_inbound",
    /// Units sold in the 90 days up to the period's end, of SKUs with a snapshot.
    UnitsLast90Days = "units_last_90_days",
    /// Mean of the sellable units of the snapshots in these 90 days.
    AverageStockUnits = "average_stock_units",
    /// Net sales of the 365 days up to the period's end, of SKUs with a snapshot and a cost.
    NetSalesLast365Days = "net_sales_last_365_days",
    /// Days on which SKUs were in stock, each as often as the SKU sold units in the 90 days before.
    DemandInStock = "demand_in_stock",
    /// The same of all days of which a snapshot tells.
    DemandOfStockDays = "demand_of_stock_days",
    /// Days without stock of SKUs that sold in the 90 days before, added up.
    StockOutDays = "stock_out_days",
    /// What these SKUs sold a day before, added up over these days.
    LostSales = "lost_sales",
    /// Units of 181 days and older at the newest snapshot that tells ages, and all units of it.
    AgedUnits = "aged_units",
    UnitsOfKnownAge = "units_of_known_age",
    /// Units that the platform holds to be too many, and the available ones of the same snapshot.
    ExcessUnits = "excess_units",
    UnitsOfKnownExcess = "units_of_known_excess",
    /// Spend on search terms that had no order, though so many clicks that one was to be expected.
    WastedSpend = "wasted_spend",
    /// Spend on all search terms.
    TermSpend = "term_spend",
    /// Rows set aside while reading, and all rows, of the files whose days overlap the period.
    RejectedRows = "rejected_rows",
    ReadRows = "read_rows",
    /// Reports of shops whose last day lies in the 7 days up to the period's end, and all that began before;
    /// sheets of one's own are none.
    FreshSources = "fresh_sources",
    Sources = "sources",
    /// Files whose days overlap the period, and those of them whose months a person has all signed off.
    ReadFiles = "read_files",
    SignedFiles = "signed_files",
    /// Commission to affiliates; positive.
    AffiliateFees = "affiliate_fees",
    /// Sales, as booked, of orders with such a commission.
    AffiliateSales = "affiliate_sales",
    /// Duty in the cost of what was sold, and that cost, of SKUs whose duty is known.
    Duties = "duties",
    DutiedCogs = "dutied_cogs",
    /// Sales of settlements that ended in the period, and these times the days since their orders.
    SettledSales = "settled_sales",
    SettledSalesDays = "settled_sales_days",
    /// Targets of net sales with a day in the period, as a whole.
    TargetNetSales = "target_net_sales",
    /// The part of them that falls on the period's days, and that of the targets of ad spend.
    PlannedNetSales = "planned_net_sales",
    PlannedSpend = "planned_spend",
    /// The same of overheads, spread evenly.
    PlannedOverheads = "planned_overheads",
    /// What net sales are to be expected on the period's days after the last one with data.
    ExpectedNetSales = "expected_net_sales",
    /// Refunds and gross sales of shops whose fees are loaded and whose returns tell what can be sold again.
    ReturnShopRefunds = "return_shop_refunds",
    ReturnShopGrossSales = "return_shop_gross_sales",
    /// Units that came back fit to be sold, at cost.
    ResaleValue = "resale_value",
    /// What the platform kept of its fees on sales that were refunded; positive.
    KeptFees = "kept_fees",
    /// Money paid for units lost or damaged in the platform's warehouses, and at cost the units put back.
    Reimbursed = "reimbursed",
    /// Units lost or damaged there and not found again, at cost.
    LostStockValue = "lost_stock_value",
    /// Payouts × how far the rate of their day lies above the planned one.
    FxEffect = "fx_effect",
    /// Buyers whose first order lies in the period, and all of whose orders have costs and fees.
    JudgedNewBuyers = "judged_new_buyers",
    /// Contribution margin 2 of their orders in the 365 days from the first one on.
    CohortMargin = "cohort_margin",
    /// What totals of others, stated at an end in the period, leave unexplained beside ours, and these totals;
    /// both without their signs.
    UnexplainedGaps = "unexplained_gaps",
    ReconciledTotals = "reconciled_totals",
    /// Months until the margin of a judged buyer has paid for the ad spend on a new one.
    PaybackMonths = "payback_months",
}

impl Measure {
    /// Whether it is made of single facts, which can be shown; a mean, a count of people or SKUs and the
    /// days of a period are not.
    pub const fn is_of_facts(self) -> bool {
        !matches!(
            self,
            Self::AverageStockValue
                | Self::NewBuyers
                | Self::BuyersLast365Days
                | Self::RepeatBuyersLast365Days
                | Self::Days
                | Self::SkusSold
                | Self::JudgedSkus
                | Self::LosingSkus
                | Self::Top10NetSales
                | Self::NewSkuNetSales
                | Self::SkuNetSales
                | Self::StockedSkus
                | Self::MovingSkus
                | Self::LossMakerInbound
                | Self::AverageStockUnits
                | Self::DemandInStock
                | Self::DemandOfStockDays
                | Self::StockOutDays
                | Self::LostSales
                | Self::WastedSpend
                | Self::TermSpend
                | Self::RejectedRows
                | Self::ReadRows
                | Self::FreshSources
                | Self::Sources
                | Self::ReadFiles
                | Self::SignedFiles
                | Self::TargetNetSales
                | Self::PlannedNetSales
                | Self::PlannedSpend
                | Self::PlannedOverheads
                | Self::ExpectedNetSales
                | Self::ResaleValue
                | Self::KeptFees
                | Self::Reimbursed
                | Self::LostStockValue
                | Self::FxEffect
                | Self::JudgedNewBuyers
                | Self::CohortMargin
                | Self::PaybackMonths
                | Self::UnexplainedGaps
                | Self::ReconciledTotals
        )
    }
}

impl Measure {
    /// Measures of which is told how much of them each single SKU has, so that SKUs can be counted by them.
    pub const BY_SKU: &'static [Self] =
        &[Self::Units, Self::Gmv, Self::GrossSales, Self::SkuNetSales, Self::Refunds, Self::Spend];

    /// Whether it is a level of stock at a day, which no file has to tell of every day.
    pub const fn is_level(self) -> bool {
        matches!(
            self,
            Self::StockAvailable
                | Self::StockInbound
                | Self::AgedUnits
                | Self::UnitsOfKnownAge
                | Self::ExcessUnits
                | Self::UnitsOfKnownExcess
                | Self::UnitsLast30Days
                | Self::UnitsLast90Days
                | Self::CogsLast365Days
                | Self::NetSalesLast365Days
        )
    }
}

/// A sum with what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    pub value: Fixed,
    /// Facts behind the sum.
    pub n_facts: u64,
}

/// What a platform says of a shop by itself, or a person read there: a rate is `count ÷ base`, any other
/// value has a base of 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stated {
    pub count: Fixed,
    pub base: Fixed,
    /// Whether `base` is the number of cases, else the value came as it is.
    pub is_rate: bool,
    /// The last day that it is about; of several shops the earliest of these.
    pub day: Day,
}

/// Units of a SKU ordered in a period, and how many of them came back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SkuReturns {
    pub sku: String,
    pub category: String,
    pub units: Fixed,
    pub returned: Fixed,
}

/// A SKU that is on its way in, with what it left week by week.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SkuWeeks {
    pub sku: String,
    /// Contribution margin 3 of each of the last twelve weeks, oldest first; `None` where it is not known.
    pub margins: Vec<Option<Fixed>>,
    /// Units on their way in, by the newest snapshots.
    pub inbound: Fixed,
    /// What they cost landed; `None` while no cost is known.
    pub inbound_worth: Option<Fixed>,
}

/// What a campaign cost and brought in each of several periods.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CampaignAds {
    pub campaign: String,
    pub channel: String,
    pub shop: String,
    /// One for each period, in their order.
    pub periods: Vec<AdSums>,
}

/// Spend of reports that state sales, and the sales and orders that they claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AdSums {
    pub spend: Fixed,
    pub sales: Fixed,
    pub orders: Fixed,
}

/// Why nothing that is stated can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotStated {
    /// Nothing was stated in the 92 days up to the period's end.
    Nothing,
    /// Something was stated after the period's end only; the first day of it.
    Later(Day),
    /// Several channels or shops state a value without its cases: they cannot be added up.
    Several,
    /// It is stated of shops, not of products.
    OfShops,
}

/// One statement of a platform, or one value that a person typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopStated {
    pub channel: String,
    /// Empty where a person typed it of the whole channel.
    pub shop: String,
    pub stated: Stated,
}

/// Why a measure has no value in a scope and period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// No export that states it is loaded for this scope and period.
    NoData,
    /// The report states it per ASIN only, and it cannot be added up.
    NotAdditive,
    /// It is stated for the whole channel only, not per SKU.
    NoSkuDetail,
    /// It is of the whole business, not of its channels, shops or SKUs.
    WholeOnly,
    /// Fewer than four snapshots: no average.
    NeedsSnapshots,
    /// Sales are known of fewer days than it looks back on.
    TooShort,
    /// Some of it is in a currency that cannot be converted on its day.
    NoRate,
    /// It is stated for a longer attribution window only than the contract allows.
    OtherWindow,
    /// No SKU in the slice has a cost.
    NoCost,
    /// Orders are loaded, but the workbook did not keep their buyers.
    BuyersDropped,
    /// Search terms brought no order at all: how many clicks one takes is not known.
    NoAdOrders,
    /// Some of its days have no target in this scope.
    NoTarget,
    /// No sheet of rates says what was planned for the day.
    NoPlanRate,
    /// What the buyers brought has not paid for them yet.
    NotPaidBack,
}

/// Where formulas get their measures: one slice of the business.
pub trait Measures {
    /// The measure over `period`. A covered period without facts is a sum of 0; a period that no
    /// export covers is missing.
    fn sum(&self, measure: Measure, period: Period) -> Result<Sum, Missing>;

    /// How many members of a dimension have any of a measure over `period`; of SKUs only by a measure of
    /// `Measure::BY_SKU`. Missing where the measure is, or is not told of single members.
    fn count_members(
        &self,
        dimension: Dimension,
        measure: Measure,
        period: Period,
    ) -> Result<Sum, Missing>;

    /// The days of `period` for which no export states the measure, as spans in order.
    fn uncovered(&self, measure: Measure, period: Period) -> Vec<Period>;

    /// The newest statement about `kpi` up to the end of `period`: what a person typed under that id,
    /// or what reports state as one of `kinds`.
    fn stated(&self, kpi: &str, kinds: &[String], period: Period) -> Result<Stated, NotStated>;

    /// The statements that `stated` adds up, one for each shop and kind.
    fn stated_by_shop(&self, kpi: &str, kinds: &[String], period: Period) -> Vec<ShopStated>;

    /// The same choice with one member of a dimension alone; nothing is known of one that it leaves out.
    fn narrowed(&self, dimension: Dimension, member: &str) -> Rc<dyn Measures>;
}

/// A choice that leaves everything out.
#[derive(Debug, Clone, Copy)]
pub struct Nothing;

impl Measures for Nothing {
    fn sum(&self, _: Measure, _: Period) -> Result<Sum, Missing> {
        Err(Missing::NoData)
    }

    fn count_members(&self, _: Dimension, _: Measure, _: Period) -> Result<Sum, Missing> {
        Err(Missing::NoData)
    }

    fn uncovered(&self, _: Measure, period: Period) -> Vec<Period> {
        vec![period]
    }

    fn stated(&self, _: &str, _: &[String], _: Period) -> Result<Stated, NotStated> {
        Err(NotStated::Nothing)
    }

    fn stated_by_shop(&self, _: &str, _: &[String], _: Period) -> Vec<ShopStated> {
        Vec::new()
    }

    fn narrowed(&self, _: Dimension, _: &str) -> Rc<dyn Measures> {
        Rc::new(Self)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Measure;

    #[test]
    fn ids_are_unique() {
        let ids: BTreeSet<&str> = Measure::ALL.iter().map(|measure| measure.id()).collect();
        assert_eq!(ids.len(), Measure::ALL.len());
    }
}
