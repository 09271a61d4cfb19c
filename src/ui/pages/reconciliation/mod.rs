//! What platforms state against our figures, and who stands for which month.

mod causes;
mod enter;
mod months;
mod page;
mod totals;

pub(crate) use page::ReconciliationPage;
