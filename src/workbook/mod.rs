//! What a person may change: an append-only log of events and its fold.
//!
//! Knows no storage, no browser and no facts: imports are referred to by id.

mod event;
mod fold;
mod scorecards;
mod tagged;
mod targets;

pub use event::{Change, ControlTotal, Event, EventKind, ImportRecord, ImportedTable, SignOff};
pub use fold::{Fold, SavedRecipe, TypedCost, UndoTarget};
pub use scorecards::{DecidedBy, KeptCard, Published, ScorecardBook, Signed};
pub use targets::{TargetBook, TargetCell, TargetLine, TargetRevision};
