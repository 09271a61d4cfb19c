//! What a KPI's value is held beside: its own history, what others reach, and the lines that people drew.

use serde::{Deserialize, Serialize};

use super::figures::UnitView;
use crate::domain::{Day, Limit, Names, Period};

/// All of a KPI. Values are decimal texts in its unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferencesView {
    pub kpi: String,
    pub unit: UnitView,
    /// Of the period and the filters asked for; `None` while it has none.
    pub value: Option<String>,
    pub period: Period,
    /// `None` where fewer than six settled months are known.
    pub history: Option<HistoryView>,
    /// What a person or a report said of comparable sellers, newest first.
    pub peers: Vec<PeersView>,
    /// What publications print, best source first; money is in US dollars.
    pub benchmarks: Vec<BenchmarkView>,
    /// Drawn by the workbook's people, in force or not; the newest first.
    pub limits: Vec<Limit>,
}

/// The quartiles of the settled months up to the period, twelve at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryView {
    pub quartiles: [String; 3],
    pub n_months: u32,
    /// From the first to the last of them.
    pub months: Period,
}

/// Quartiles of comparable sellers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeersView {
    /// As `Peers::id` gives it.
    pub id: String,
    pub channel: String,
    /// A product category; empty: all.
    pub group: String,
    pub quartiles: [String; 3],
    pub day: Day,
    /// A person typed them, and can take them away.
    pub is_typed: bool,
}

/// What one publication says of a KPI in one group of sellers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BenchmarkView {
    /// `all`: no channel is meant.
    pub platform: String,
    pub group: Names,
    /// True quartiles, small ones first; each may be missing.
    pub quartiles: [Option<String>; 3],
    pub mean: Option<String>,
    /// The ends of a range that is no quartiles; each may be missing.
    pub range: [Option<String>; 2],
    pub year: String,
    pub source: String,
    /// `a`, `b`, `c`.
    pub grade: String,
    /// Whether it was seen on a page, else only remembered.
    pub is_read: bool,
    /// Empty: the source does not say.
    pub sample: String,
    pub note: Option<Names>,
}
