//! What would become of sales and profit under other prices, rates and costs.

mod levers;
mod page;
mod propose;
mod summary;
mod tornado;
mod tree;
mod tried;
mod words;

pub(crate) use page::WhatIfPage;
