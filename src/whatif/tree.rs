//! What a period came to, as a tree from demand to profit.

use serde::{Deserialize, Serialize};

use crate::{domain::Fixed, kpis::Decimal};

/// What a period came to. What nothing is known of is `None`, never 0. Costs are positive.
///
/// Of all sales some have no cost or no fees: profit is told of `judged_net` alone, as the KPI does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tree {
    pub sessions: Option<Fixed>,
    pub orders: Option<Fixed>,
    pub units: Option<Fixed>,
    /// At list price, before cancellations, discounts and refunds.
    pub gmv: Option<Fixed>,
    /// Without what was cancelled.
    pub gross: Option<Fixed>,
    pub discounts: Option<Fixed>,
    /// Where no export states any, net sales count them as 0.
    pub refunds: Option<Fixed>,
    /// Net sales whose costs and fees are known.
    pub judged_net: Option<Fixed>,
    /// Landed cost of these sales without duty; with it where it is not known.
    pub goods: Option<Fixed>,
    pub duty: Option<Fixed>,
    pub fees: Option<Fixed>,
    /// Fulfilment, shipping and returns handling, without storage.
    pub fulfilment: Option<Fixed>,
    pub storage: Option<Fixed>,
    pub clicks: Option<Fixed>,
    /// Where no export states any, profit counts it as 0.
    pub ad_spend: Option<Fixed>,
    /// Sales that ads claim, and the spend of reports that state them.
    pub ad_sales: Option<Fixed>,
    pub claiming_spend: Option<Fixed>,
    /// Which part of the cost of goods is paid in yuan, a share of 1; `None`: not known.
    pub yuan_share: Option<Fixed>,
}

/// A place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    Gmv,
    Sessions,
    /// Orders ÷ sessions.
    Conversion,
    Orders,
    Units,
    /// GMV ÷ orders.
    OrderValue,
    /// GMV − gross sales.
    Cancelled,
    Gross,
    Discounts,
    Refunds,
    Net,
    JudgedNet,
    Goods,
    Duty,
    Fees,
    Cm1,
    Fulfilment,
    Storage,
    Cm2,
    AdSpend,
    Clicks,
    /// Ad spend ÷ clicks.
    Cpc,
    Cm3,
    /// CM3 ÷ the net sales that it is of.
    Cm3Rate,
    Acos,
    Tacos,
}

impl Node {
    /// All, in reading order.
    pub const ALL: [Self; 26] = [
        Self::Gmv,
        Self::Sessions,
        Self::Conversion,
        Self::Orders,
        Self::Units,
        Self::OrderValue,
        Self::Cancelled,
        Self::Gross,
        Self::Discounts,
        Self::Refunds,
        Self::Net,
        Self::JudgedNet,
        Self::Goods,
        Self::Duty,
        Self::Fees,
        Self::Cm1,
        Self::Fulfilment,
        Self::Storage,
        Self::Cm2,
        Self::AdSpend,
        Self::Clicks,
        Self::Cpc,
        Self::Cm3,
        Self::Cm3Rate,
        Self::Acos,
        Self::Tacos,
    ];

    /// The stable name used by the page.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Gmv => "gmv",
            Self::Sessions => "sessions",
            Self::Conversion => "conversion",
            Self::Orders => "orders",
            Self::Units => "units",
            Self::OrderValue => "order_value",
            Self::Cancelled => "cancelled",
            Self::Gross => "gross",
            Self::Discounts => "discounts",
            Self::Refunds => "refunds",
            Self::Net => "net",
            Self::JudgedNet => "judged_net",
            Self::Goods => "goods",
            Self::Duty => "duty",
            Self::Fees => "fees",
            Self::Cm1 => "cm1",
            Self::Fulfilment => "fulfilment",
            Self::Storage => "storage",
            Self::Cm2 => "cm2",
            Self::AdSpend => "ad_spend",
            Self::Clicks => "clicks",
            Self::Cpc => "cpc",
            Self::Cm3 => "cm3",
            Self::Cm3Rate => "cm3_rate",
            Self::Acos => "acos",
            Self::Tacos => "tacos",
        }
    }
}

impl Tree {
    /// Gross sales less discounts and refunds.
    pub fn net(&self) -> Option<Fixed> {
        Some(self.gross?.minus(self.discounts?).minus(self.refunds.unwrap_or_default()))
    }

    /// Goods and duty. Where no duty is told it is in the cost of goods.
    pub fn cogs(&self) -> Option<Fixed> {
        Some(self.goods?.plus(self.duty.unwrap_or_default()))
    }

    /// Net sales less goods and fees, of those of which both are known.
    pub fn cm1(&self) -> Option<Fixed> {
        Some(self.judged_net?.minus(self.cogs()?).minus(self.fees?))
    }

    /// Less fulfilment and storage.
    pub fn cm2(&self) -> Option<Fixed> {
        let storage = self.storage.unwrap_or_default();
        Some(self.cm1()?.minus(self.fulfilment?).minus(storage))
    }

    /// Less ads.
    pub fn cm3(&self) -> Option<Fixed> {
        Some(self.cm2()?.minus(self.ad_spend.unwrap_or_default()))
    }

    /// What a place of the tree has; `None`: not known, or a ratio of nothing.
    pub fn at(&self, node: Node) -> Option<Decimal> {
        let amount = match node {
            Node::Gmv => self.gmv,
            Node::Sessions => self.sessions,
            Node::Conversion => return quotient(self.orders, self.sessions),
            Node::Orders => self.orders,
            Node::Units => self.units,
            Node::OrderValue => return quotient(self.gmv, self.orders),
            Node::Cancelled => self.gmv.zip(self.gross).map(|(gmv, gross)| gmv.minus(gross)),
            Node::Gross => self.gross,
            Node::Discounts => self.discounts,
            Node::Refunds => self.refunds,
            Node::Net => self.net(),
            Node::JudgedNet => self.judged_net,
            Node::Goods => self.goods,
            Node::Duty => self.duty,
            Node::Fees => self.fees,
            Node::Cm1 => self.cm1(),
            Node::Fulfilment => self.fulfilment,
            Node::Storage => self.storage,
            Node::Cm2 => self.cm2(),
            Node::AdSpend => self.ad_spend,
            Node::Clicks => self.clicks,
            Node::Cpc => return quotient(self.ad_spend, self.clicks),
            Node::Cm3 => self.cm3(),
            Node::Cm3Rate => return quotient(self.cm3(), self.judged_net),
            Node::Acos => return quotient(self.claiming_spend, self.ad_sales),
            Node::Tacos => return quotient(self.ad_spend, self.net()),
        };
        amount.map(Decimal::from)
    }
}

/// Of nothing, and of less than nothing, a share says nothing.
fn quotient(over: Option<Fixed>, under: Option<Fixed>) -> Option<Decimal> {
    Decimal::quotient(over?, under.filter(|it| *it > Fixed::ZERO)?)
}
