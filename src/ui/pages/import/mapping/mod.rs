//! What the columns of a file are, said by the person: for files that no recipe fits.

mod columns;
mod fields;
mod kinds;
mod outcome;
mod sheet;

pub(super) use outcome::MapButton;
pub(super) use sheet::MappingSheet;
