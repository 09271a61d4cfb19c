//! Tables that are in memory as a whole, and how much of them fits into it.

/// A larger file would not fit as values.
pub(super) const MAX_BYTES: usize = 64 * 1024 * 1024;
/// Cells of all tables of a file together; empty ones count.
const MAX_CELLS: usize = 10_000_000;
/// Bytes of all cells together: a file may say once what many of them repeat.
const MAX_CELL_BYTES: usize = 256 * 1024 * 1024;

/// A sheet as rows of texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Table {
    pub(crate) name: String,
    /// The rows that have cells, with their numbers: the sheet's first one is 1.
    pub(crate) rows: Vec<(u64, Vec<String>)>,
}

/// Why there are no tables.
#[derive(Debug)]
pub(super) enum NoTables {
    /// In the words of the reader.
    Damaged(String),
    TooLarge,
    /// Encrypted with a password.
    Locked,
    /// A container that is not read.
    Foreign(&'static str),
}

/// What has been kept of a file.
#[derive(Debug, Default)]
pub(super) struct Budget {
    n_cells: usize,
    n_bytes: usize,
}

impl Budget {
    /// Counts what is to be kept; an error when it is too much.
    pub(super) fn take(&mut self, n_cells: usize, n_bytes: usize) -> Result<(), NoTables> {
        self.n_cells += n_cells;
        self.n_bytes += n_bytes;
        if self.n_cells > MAX_CELLS || self.n_bytes > MAX_CELL_BYTES {
            return Err(NoTables::TooLarge);
        }
        Ok(())
    }
}

pub(super) fn check_size(bytes: &[u8]) -> Result<(), NoTables> {
    if bytes.len() > MAX_BYTES { Err(NoTables::TooLarge) } else { Ok(()) }
}
