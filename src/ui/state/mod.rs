//! What the whole app shares, one file per concern; each is a `Copy` handle given by `use_…()`.

mod announcer;
mod engine;
mod folder;
mod imports;
mod location;
mod mapping;
mod preferences;
mod workbook;

pub(crate) use announcer::{provide_announcer, use_announcer};
pub(crate) use engine::{Engine, provide_engine, use_engine};
pub(crate) use folder::{Look, provide_folder, use_folder};
pub(crate) use imports::{Imports, ReadingProgress, provide_imports, use_imports};
pub(crate) use location::use_location;
pub use location::{Location, provide_location};
pub(crate) use mapping::{Mappings, provide_mappings, use_mappings};
pub(crate) use preferences::{Theme, provide_preferences, tag, use_preferences};
pub(crate) use workbook::{Workbook, provide_workbook, use_workbook};
