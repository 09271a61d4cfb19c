//! The words of the product, as types. Knows no file, no browser, no clock and no language.

mod annotation;
mod bytes;
mod currency;
mod day;
mod development;
mod few;
mod fixed;
mod kpi_definition;
mod limit;
mod measure;
mod names;
mod period;
mod problem;
mod product;
mod scope;
mod scorecard;
pub mod steps;
mod target;

pub use annotation::Annotation;
pub use bytes::are_same;
pub use currency::Currency;
pub use day::Day;
pub use development::Development;
pub use few::{map_of_few, set_of_few, sort_few, sort_few_by, sort_few_by_key};
pub use fixed::Fixed;
pub use kpi_definition::KpiDefinition;
pub use limit::{Comparator, Limit, Peers};
pub use measure::{
    AdSums, CampaignAds, Measure, Measures, Missing, NotStated, Nothing, ShopStated, SkuReturns,
    SkuWeeks, Stated, Sum,
};
pub use names::Names;
pub use period::{Granularity, Period, WeekStart};
pub use problem::{Problem, ProblemKind};
pub use product::{Component, ProductEdit, ProductEntry, sku_key};
pub use scope::{Dimension, Filters, ProductGroups};
pub use scorecard::{
    CardCycle, CardLine, CardSignature, Charge, Scorecard, ScorecardChange, SkuDecision, SkuVerdict,
};
pub use target::{
    TargetBlock, TargetChange, TargetKey, TargetKind, TargetLevel, TargetNumbers, TargetScope,
    TargetSource, TargetTerms,
};
