//! What a person may change: an append-only log of events and its fold.
//!
//! Knows no storage, no browser and no facts: imports are referred to by id.

mod event;
mod fold;
mod tagged;
mod targets;

pub use event::{Change, ControlTotal, Event, EventKind, ImportRecord, ImportedTable, SignOff};
pub use fold::{Fold, SavedRecipe, TypedCost, UndoTarget};
pub use targets::{TargetBook, TargetCell, TargetLine, TargetRevision};
