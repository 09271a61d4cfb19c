//! Totals that platforms state against ours, and who stands for which month.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{Currency, Names, Period},
    worker::protocol::{ReportName, UnitView, ValueView},
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReconciliationView {
    pub currency: Currency,
    /// Newest period first; of one period by channel.
    pub totals: Vec<TotalView>,
    /// Every month with data, newest first.
    pub months: Vec<MonthView>,
    /// What a total can be typed for.
    pub kpis: Vec<TotalKpi>,
    pub channels: Vec<TotalsChannel>,
}

/// A total that somebody else states, against ours.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TotalView {
    pub id: String,
    pub source: TotalSource,
    pub channel: String,
    /// Empty: all shops of the channel.
    pub shop: String,
    pub period: Period,
    pub kpi: String,
    pub names: Names,
    pub unit: UnitView,
    /// Decimal text.
    pub stated: String,
    pub ours: ValueView,
    /// Theirs less ours; `None` while ours is undefined.
    pub gap: Option<String>,
    /// What no chosen cause makes up.
    pub unexplained: Option<String>,
    /// The same as a share of theirs; `None` where that is 0.
    pub share: Option<String>,
    pub ties: bool,
    /// Causes that can make up a gap of this KPI and whose amounts are known, none without an amount.
    pub causes: Vec<CauseView>,
    /// Days for which no loaded report states the KPI.
    pub missing: Vec<Period>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum TotalSource {
    /// A person typed it.
    Typed,
    /// A loaded report of the platform states it.
    Report(ReportName),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseView {
    /// `cancelled`, `tax`, `shipping`, `seller_discounts`, `platform_discounts`, `refunds`, `utc_days`,
    /// `booking`, `fees`.
    pub cause: String,
    /// What it adds to our total; decimal text.
    pub amount: String,
    /// The person said that it is one.
    pub is_chosen: bool,
    /// With the other ones that fit it makes up the rest to the last digit.
    pub fits: bool,
}

/// A month of figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthView {
    pub month: Period,
    /// Totals of periods in it, and those of them that tie.
    pub n_totals: u32,
    pub n_ties: u32,
    pub signed: Option<SignOffView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOffView {
    pub name: String,
    pub at_millis: i64,
    /// In which amounts were when it was signed.
    pub currency: Currency,
    /// Figures that are not any more what they were when it was signed.
    pub changed: Vec<SignedFigure>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedFigure {
    pub names: Names,
    pub unit: UnitView,
    pub then: Option<String>,
    pub now: Option<String>,
}

/// A KPI that platforms state, too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotalKpi {
    pub kpi: String,
    pub names: Names,
    pub meaning: Names,
}

/// A channel with its shops.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TotalsChannel {
    pub channel: String,
    pub shops: Vec<String>,
}
