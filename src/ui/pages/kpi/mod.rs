//! One KPI in full.

mod explain;
mod lines;
mod page;
mod stated;

pub(crate) use page::KpiPage;
