//! The pages, one folder each: `page.rs` with its private parts beside it.

pub(crate) mod data;
pub(crate) mod explore;
pub(crate) mod facts;
pub(crate) mod first_open;
pub(crate) mod home;
pub(crate) mod import;
pub(crate) mod kpi;
pub(crate) mod kpis;
pub(crate) mod later;
pub(crate) mod products;
pub(crate) mod questionnaire;
pub(crate) mod reconciliation;
pub(crate) mod scorecards;
pub(crate) mod skus;
pub(crate) mod targets;
pub(crate) mod what_if;
pub(crate) mod workbook;
