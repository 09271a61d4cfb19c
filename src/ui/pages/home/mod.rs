//! Home: how the business does, for the chosen period and filters.

mod cards;
mod channel_table;
mod freshness;
mod page;
mod sight;
mod summary;
mod tiles;
mod warnings;

pub(crate) use page::HomePage;
