//! The SKU map: what a product is called elsewhere, what it is made of, and to whom it belongs.

mod form;
mod page;
mod similar;
mod table;
mod texts;

pub(crate) use page::ProductsPage;
