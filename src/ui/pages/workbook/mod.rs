//! The workbook itself: its name, contracts, costs, history, and the other workbooks.

mod buyers;
mod contract_dialog;
mod contracts;
mod costs;
mod delete_dialog;
mod history;
mod page;
mod pasted;
mod workbooks;

pub(crate) use page::WorkbookPage;
