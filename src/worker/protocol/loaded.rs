//! What is loaded, as the data page shows it.

use serde::{Deserialize, Serialize};

use crate::domain::{Currency, Day, Names, Period};

/// What is loaded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DataView {
    /// Newest first.
    pub imports: Vec<ImportView>,
    pub coverage: Vec<CoverageRow>,
    /// All report kinds that can be read, for "what can I drop here".
    pub supported: Vec<KnownReport>,
    /// SKUs sold without a cost, by net sales, at most 50.
    pub skus_without_cost: Vec<SkuWithoutCost>,
    /// The person's own recipes.
    pub recipes: Vec<RecipeView>,
    pub costs_entered: Vec<CostEntry>,
    pub feasibility: FeasibilityView,
}

/// Which KPIs the loaded files feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeasibilityView {
    pub n_kpis: u32,
    /// KPIs with a value over all days with data.
    pub n_fed: u32,
    /// Reports that would feed most of the others, at most 5.
    pub gains: Vec<GainView>,
}

/// What a report would add.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GainView {
    pub report: KnownReport,
    /// KPIs that it helps to get.
    pub kpis: Vec<Names>,
}

/// A report kind that can be read, and where to get it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownReport {
    pub report: String,
    pub platform: String,
    pub names: Names,
    /// Menu path and format; empty for a person's own report of which nobody said.
    pub how_to_get: Names,
    pub is_loaded: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportView {
    pub import: String,
    pub file: String,
    pub report: String,
    pub names: Names,
    pub channel: String,
    pub shop: String,
    pub period: Option<Period>,
    pub currencies: Vec<Currency>,
    pub rows: u64,
    pub n_problems: u64,
    pub size_bytes: u64,
    /// Facts in force of all its facts.
    pub in_force: u64,
    pub facts: u64,
    pub imported_millis: i64,
}

/// Which days of a report kind are covered, as spans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverageRow {
    pub report: String,
    pub names: Names,
    pub spans: Vec<Period>,
    /// Days from its last day to today.
    pub age_days: i32,
}

/// A recipe that a person made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecipeView {
    pub id: String,
    pub names: Names,
    /// Where such files come from; empty when nobody said.
    pub how_to_get: Names,
    pub channel: String,
    /// Fact table that the rows become, and what it is called.
    pub table: String,
    pub table_names: Names,
    /// Imports in force that were read by it.
    pub n_imports: u32,
    /// By which it is shared.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkuWithoutCost {
    pub sku: String,
    pub title: String,
    pub net_sales: String,
    pub currency: Currency,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CostEntry {
    pub sku: String,
    pub unit_cost: String,
    pub currency: Currency,
    pub valid_from: Day,
    pub is_typed: bool,
}
