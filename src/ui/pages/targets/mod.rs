//! What is wanted of KPIs: a grid of parts of the business by periods that behaves like a sheet.

mod cells;
mod chosen;
mod columns;
mod detail;
mod drafts;
mod drawn;
mod grid;
mod keys;
mod page;
mod past;
mod row;
mod save_bar;
mod scope;
mod selection;
mod terms;
mod tools;
mod url;

pub(crate) use drafts::Drafts;
pub(crate) use page::TargetsPage;
pub(crate) use scope::scope_name;
pub(crate) use url::PlanUrl;
