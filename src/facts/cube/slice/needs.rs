//! What must be loaded for a measure to be told.

use super::{BUYERS, Line};
use crate::domain::Measure;

/// The feed whose exports state a measure.
pub(super) fn feed_of(measure: Measure) -> &'static str {
    match measure {
        Measure::Orders => "orders",
        Measure::Units | Measure::SkusSold => "units",
        Measure::Tax => "tax",
        Measure::Shipping => "shipping",
        Measure::Refunds | Measure::PostedSales => "refunds",
        Measure::PlatformFees
        | Measure::FeeNetSales
        | Measure::FeeShopNetSales
        | Measure::JudgedSkus
        | Measure::LosingSkus
        | Measure::LossMakerInbound
        | Measure::FeeCogs => "platform_fees",
        Measure::FulfilmentCosts | Measure::StorageCosts | Measure::FulfilmentShopNetSales => {
            "fulfilment"
        }
        Measure::AffiliateFees | Measure::AffiliateSales => "affiliates",
        Measure::SettledSales | Measure::SettledSalesDays => "settlements",
        Measure::Spend => "ads",
        Measure::Impressions => "ad_impressions",
        Measure::Clicks => "ad_clicks",
        Measure::AdSales | Measure::AttributedSpend => "ad_sales",
        Measure::AdOrders | Measure::AttributedClicks => "ad_orders",
        Measure::NewBrandOrders | Measure::BrandOrders => "new_brand_orders",
        Measure::OrderItems | Measure::ItemSessions => "order_items",
        Measure::FunnelSessions | Measure::OrderSessions => "funnel",
        Measure::CartStepSessions | Measure::CartSessions | Measure::CartStepOrders => "carts",
        Measure::CheckoutStepSessions | Measure::CheckoutSessions => "checkouts",
        Measure::PageViews => "page_views",
        Measure::FeaturedViews | Measure::OfferViews => "featured_views",
        Measure::Sessions => "sessions",
        Measure::TrafficUnits | Measure::UnitSessions => "traffic_units",
        Measure::ReturnedUnits | Measure::CohortReturnedUnits | Measure::ReturnableUnits => {
            "returns"
        }
        Measure::StockAvailable
        | Measure::StockInbound
        | Measure::UnitsLast30Days
        | Measure::CogsLast365Days
        | Measure::AverageStockValue
        | Measure::StockedSkus
        | Measure::MovingSkus
        | Measure::UnitsLast90Days
        | Measure::AverageStockUnits
        | Measure::NetSalesLast365Days
        | Measure::DemandInStock
        | Measure::DemandOfStockDays
        | Measure::StockOutDays
        | Measure::LostSales
        | Measure::AgedUnits
        | Measure::UnitsOfKnownAge
        | Measure::ExcessUnits
        | Measure::UnitsOfKnownExcess => "stock",
        Measure::WastedSpend | Measure::TermSpend => "search_terms",
        Measure::NewBuyers
        | Measure::BuyersLast365Days
        | Measure::RepeatBuyersLast365Days
        | Measure::JudgedNewBuyers
        | Measure::CohortMargin
        | Measure::PaybackMonths => BUYERS,
        Measure::ReturnShopRefunds
        | Measure::ReturnShopGrossSales
        | Measure::ResaleValue
        | Measure::KeptFees => "dispositions",
        Measure::Reimbursed => "reimbursements",
        Measure::LostStockValue => "losses",
        Measure::FxEffect => "payouts",
        _ => "sales",
    }
}

/// What must have a rate for a measure to be told. Costs have theirs by themselves.
pub(super) fn unrated_lines(measure: Measure) -> &'static [Line] {
    match measure {
        Measure::Gmv
        | Measure::GrossSales
        | Measure::SellerDiscounts
        | Measure::PlatformDiscounts
        | Measure::Tax
        | Measure::Shipping
        | Measure::LostSales
        | Measure::ReturnShopGrossSales
        | Measure::UtcGmv => &[Line::NoRateOfSales],
        Measure::Refunds
        | Measure::PostedSales
        | Measure::PlatformFees
        | Measure::AffiliateFees
        | Measure::AffiliateSales
        | Measure::SettledSales
        | Measure::SettledSalesDays
        | Measure::FulfilmentCosts
        | Measure::ReturnShopRefunds
        | Measure::KeptFees
        | Measure::StorageCosts => &[Line::NoRateOfPostings],
        Measure::CostedNetSales
        | Measure::FeeNetSales
        | Measure::FeeShopNetSales
        | Measure::FulfilmentShopNetSales
        | Measure::Top10NetSales
        | Measure::NewSkuNetSales
        | Measure::SkuNetSales
        | Measure::CohortMargin
        | Measure::PaybackMonths
        | Measure::NetSalesLast365Days => &[Line::NoRateOfSales, Line::NoRateOfPostings],
        Measure::JudgedSkus | Measure::LosingSkus | Measure::LossMakerInbound => {
            &[Line::NoRateOfSales, Line::NoRateOfPostings, Line::NoRateOfAds]
        }
        Measure::Reimbursed => &[Line::NoRateOfWarehouse],
        Measure::WastedSpend | Measure::TermSpend => &[Line::NoRateOfTerms],
        Measure::Spend | Measure::AdSales | Measure::AttributedSpend => &[Line::NoRateOfAds],
        _ => &[],
    }
}
