//! What would become of a period under other prices, rates and costs.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{Currency, Day, Filters, Period},
    whatif::{Lever, Levers, Node},
    worker::protocol::{Members, UnitView, ValueView},
};

/// Which part of the business, from which period, under which levers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatIfRequest {
    pub filters: Filters,
    /// `None`: the last 12 whole months that have settled, or as many as there are.
    pub period: Option<Period>,
    pub levers: Levers,
    pub today: Day,
}

/// The tree as it was, as it would be, and which lever matters most.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WhatIfView {
    /// The days that the tree is of; `None`: nothing is known of them.
    pub period: Option<Period>,
    pub currency: Currency,
    pub members: Members,
    /// In reading order.
    pub nodes: Vec<WhatIfNode>,
    /// The part of net sales whose costs and fees are known, where it is not all of them.
    pub judged: Option<String>,
    /// What had to be presumed: `yuan` (which part of the cost of goods is paid in yuan is not known: all of
    /// it), `duty` (no sheet tells the duty in it), `refunds`, `spend` (no export states any: they count as 0).
    pub presumed: Vec<String>,
    /// By their size.
    pub swings: Vec<SwingView>,
}

/// A place in the tree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WhatIfNode {
    pub node: Node,
    pub unit: UnitView,
    /// What it was, or why that is not known.
    pub base: ValueView,
    /// What it would be; decimal text.
    pub result: Option<String>,
}

/// What one lever changes by itself, moved by 10 % or 10 points down, then up; decimal texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwingView {
    pub lever: Lever,
    pub net: [Option<String>; 2],
    /// Of CM3.
    pub profit: [Option<String>; 2],
}
