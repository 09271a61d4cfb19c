//! One KPI in full.

mod annotation_form;
mod annotations;
mod bullet;
mod channel_field;
mod explain;
mod likely;
mod limits;
mod lines;
mod own;
mod pace;
mod page;
mod references;
mod stacked_table;
mod stated;
mod unexpected;
mod warnings;

pub(crate) use own::OwnKpiPage;
pub(crate) use page::KpiPage;
