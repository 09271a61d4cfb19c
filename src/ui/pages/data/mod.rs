//! Data: what is loaded, which days it covers, which costs are missing, where files come from.

mod cost_form;
mod costs;
mod coverage;
mod coverage_months;
mod feasibility;
mod import_list;
mod own_recipes;
mod page;
mod removed_line;
mod report_guides;

pub(crate) use page::DataPage;
