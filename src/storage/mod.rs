//! Where a workbook is kept. Knows keys and bytes, not what they mean.

mod store;

pub use store::{MemoryStore, Store, Stored, Unstored, Write};

#[cfg(feature = "browser")]
pub mod folders;
#[cfg(feature = "browser")]
pub mod indexed_db;
