//! One KPI in full.

mod explain;
mod lines;
mod page;
mod stated;
mod warnings;

pub(crate) use page::KpiPage;
