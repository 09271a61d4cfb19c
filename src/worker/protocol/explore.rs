//! A table of KPIs that a person puts together.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    domain::{Currency, Day, Dimension, Filters, Granularity, Names, Period},
    worker::protocol::{Member, Members, UndefinedView, UnitView, ValueView},
};

/// What the table shows: the person's choices, all from the URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExploreRequest {
    pub filters: Filters,
    /// `None`: the last 30 days covered by data.
    pub period: Option<Period>,
    /// In the order in which they are shown; unknown ones are left out. Where neither rows nor columns
    /// are KPIs, the first one is shown.
    pub kpis: Vec<String>,
    pub rows: Axis,
    /// Not of the same kind as the rows, see `Axis::excludes`.
    pub columns: Axis,
    pub today: Day,
}

/// What the rows or columns of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Axis {
    Kpis,
    Time(Granularity),
    Members(Dimension),
}

impl Axis {
    /// Whether a table of one by the other says nothing: an order is of one shop and so of one channel,
    /// a product of one brand, a day of one month.
    pub fn excludes(self, other: Self) -> bool {
        match (self, other) {
            (Self::Kpis, Self::Kpis) | (Self::Time(_), Self::Time(_)) => true,
            (Self::Members(one), Self::Members(other)) => {
                let is_of_one_kind = one.is_of_products() == other.is_of_products();
                // A category has several brands, and a brand products of several owners.
                let are_groups = |it: Dimension| it.is_of_products() && it != Dimension::Sku;
                is_of_one_kind && (one == other || !are_groups(one) || !are_groups(other))
            }
            _ => false,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExploreView {
    /// The period shown, after defaults.
    pub period: Period,
    pub currency: Currency,
    /// Currencies with facts that are not part of the figures.
    pub other_currencies: Vec<Currency>,
    /// The KPIs of the table.
    pub kpis: Vec<ExploredKpi>,
    pub rows: Vec<Head>,
    pub columns: Vec<Head>,
    /// Row by row, a value for each column.
    pub cells: Vec<Vec<ValueView>>,
    /// Buckets and members for which there is no room: the earliest ones, and the last ones.
    pub n_rows_left_out: u32,
    pub n_columns_left_out: u32,
    pub members: Members,
    /// All KPIs, in catalogue order.
    pub choices: Vec<KpiChoice>,
}

/// A table on its way: why cells have no value is told once for all that lack the same, of which there may be
/// thousands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PackedTable {
    view: ExploreView,
    reasons: Vec<Arc<UndefinedView>>,
    /// Row, column and reason of each cell without a value.
    undefined: Vec<(u32, u32, u32)>,
}

impl PackedTable {
    pub fn of(mut view: ExploreView) -> Self {
        let mut reasons: Vec<Arc<UndefinedView>> = Vec::new();
        let mut undefined = Vec::new();
        for (row, values) in (0..).zip(&mut view.cells) {
            for (column, value) in (0..).zip(values) {
                let Some(why) = value.undefined.take() else { continue };
                let known = reasons.iter().position(|it| Arc::ptr_eq(it, &why));
                let reason = known.unwrap_or_else(|| {
                    reasons.push(why);
                    reasons.len() - 1
                });
                undefined.push((row, column, u32::try_from(reason).unwrap_or(u32::MAX)));
            }
        }
        Self { view, reasons, undefined }
    }

    pub fn unpacked(self) -> ExploreView {
        let Self { mut view, reasons, undefined } = self;
        for (row, column, reason) in undefined {
            let values = view.cells.get_mut(row as usize);
            if let Some(value) = values.and_then(|values| values.get_mut(column as usize)) {
                value.undefined = reasons.get(reason as usize).cloned();
            }
        }
        view
    }
}

/// A KPI of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExploredKpi {
    pub id: String,
    pub names: Names,
    pub unit: UnitView,
}

/// What one row or column is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Head {
    /// All of the axis together, worked out by itself: it need not be the sum of the others.
    Total,
    /// By its place among the KPIs of the table.
    Kpi(u32),
    Bucket(Period),
    Member(Member),
}

/// A KPI that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KpiChoice {
    pub id: String,
    pub names: Names,
    pub group: String,
    /// First letters of its Chinese name in pinyin, to search by.
    pub initials: String,
}
