//! Linkstar KPI · US: exports of marketplaces and ad platforms become KPIs, in the browser.
//!
//! The folders stand in the order in which data flows; ARCHITECTURE.md is the map.

/// What the product knows, as data: report kinds, KPIs, contracts.
pub mod catalog;
/// The demo company: export files written by a fixed rule.
pub mod demo;
/// The words of the product: money, days, periods, scopes, problems.
pub mod domain;
/// The columnar fact tables, their merge and the cube. The only place that knows Arrow.
pub mod facts;
/// Where a period will probably end, and how far it is along its plan.
pub mod forecast;
/// An export becomes facts and problems.
pub mod ingest;
/// KPIs: formulas over measures, evaluated for a scope and a period.
pub mod kpis;
/// A total that a platform states against ours.
pub mod reconciliation;
/// What values are worth: scores of KPIs, cards and SKUs.
pub mod scorecard;
/// What a person should look at: rules over values.
pub mod signals;
/// Where a workbook is kept.
pub mod storage;
pub mod targets;
/// The page.
#[cfg(feature = "web")]
pub mod ui;
/// What would become of sales and profit under other prices, rates and costs.
pub mod whatif;
/// What a person may change: an event log and its fold.
pub mod workbook;
/// The engine behind the page: requests in, view models out.
pub mod worker;
