//! KPIs of one's own: made, tried, changed, shared.

mod completion;
mod form;
mod page;
mod panel;
mod problem;
mod words;

pub(crate) use page::OwnKpiPage;
pub(super) use panel::OwnKpiPanel;
