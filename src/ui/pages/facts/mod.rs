//! The facts that a measure is made of: files, then single rows with their lines.

mod page;
mod tables;

pub(crate) use page::FactsPage;
