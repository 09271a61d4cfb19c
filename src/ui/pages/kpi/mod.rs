//! One KPI in full.

mod explain;
mod page;

pub(crate) use page::KpiPage;
