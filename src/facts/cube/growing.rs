//! The cells of one table while facts are added to them.

use std::hash::{Hash as _, Hasher as _};

use hashbrown::HashTable;
use rustc_hash::FxHasher;

use super::{CellKey, Cells};

/// Sums that grow, found by their key. The sums of a cell lie side by side: adding a fact touches
/// one place in memory.
pub(crate) struct GrowingCells {
    n_columns: usize,
    keys: Vec<CellKey>,
    n_facts: Vec<u32>,
    /// `n_columns` for each key, in pages of `CELLS_IN_PAGE`: what is there is not moved when more comes.
    sums: Vec<Vec<i64>>,
    /// Key and position.
    found: HashTable<(CellKey, u32)>,
}

impl GrowingCells {
    pub(crate) fn new(n_columns: usize) -> Self {
        let (keys, n_facts, sums) = (Vec::new(), Vec::new(), Vec::new());
        Self { n_columns, keys, n_facts, sums, found: HashTable::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The position of the cell `key`, a new one of zeros when there was none.
    pub(crate) fn cell(&mut self, key: CellKey) -> u32 {
        let hash = hash_of(key);
        if let Some((_, cell)) = self.found.find(hash, |entry| entry.0 == key) {
            return *cell;
        }
        let cell = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        self.found.insert_unique(hash, (key, cell), |entry| hash_of(entry.0));
        self.keys.push(key);
        self.n_facts.push(0);
        if page_of(cell).0 == self.sums.len() {
            self.sums.push(vec![0; CELLS_IN_PAGE * self.n_columns]);
        }
        cell
    }

    /// The sums of a cell; none where there is no such cell.
    fn sums_mut(&mut self, cell: u32) -> &mut [i64] {
        let (page, at) = page_of(cell);
        let from = at * self.n_columns;
        let page = self.sums.get_mut(page);
        page.and_then(|page| page.get_mut(from..from + self.n_columns)).unwrap_or_default()
    }

    /// Adds a fact to the cell `key`: `values` to the first columns. Gives the cell's position.
    pub(crate) fn add(&mut self, key: CellKey, values: &[i64]) -> u32 {
        let cell = self.cell(key);
        if let Some(count) = self.n_facts.get_mut(cell as usize) {
            *count += 1;
        }
        for (sum, value) in self.sums_mut(cell).iter_mut().zip(values) {
            *sum = sum.saturating_add(*value);
        }
        cell
    }

    /// Adds to one column of a cell without another fact.
    pub(crate) fn add_to(&mut self, cell: u32, column: usize, value: i64) {
        if let Some(sum) = self.sums_mut(cell).get_mut(column) {
            *sum = sum.saturating_add(value);
        }
    }

    /// The key of the cell at a position.
    pub(crate) fn key(&self, cell: u32) -> Option<CellKey> {
        self.keys.get(cell as usize).copied()
    }

    /// The sums column by column; what counts in totals is still to be told.
    pub(crate) fn finish(self) -> Cells {
        let column = |column: usize| -> Vec<i64> {
            let mut sums = Vec::with_capacity(self.keys.len());
            for page in &self.sums {
                let left = self.keys.len() - sums.len();
                let of_page = page.iter().skip(column).step_by(self.n_columns.max(1));
                sums.extend(of_page.take(left.min(CELLS_IN_PAGE)));
            }
            sums
        };
        let columns = (0..self.n_columns).map(column).collect();
        Cells { columns, keys: self.keys, n_facts: self.n_facts, ..Cells::default() }
    }
}

/// Cells whose sums are allocated together: a table of few takes little, one of many is not looked up in
/// many pages.
const CELLS_IN_PAGE: usize = 1 << 10;

/// The page of a cell, and its place in it.
fn page_of(cell: u32) -> (usize, usize) {
    let cell = cell as usize;
    (cell / CELLS_IN_PAGE, cell % CELLS_IN_PAGE)
}

/// SKUs whose cells of one day lie side by side in the table: facts of a day come one after the other.
const SKUS_SIDE_BY_SIDE: u32 = 64;

/// The table goes to the place that the last bits say, and compares the first seven there: of 32 bits
/// on machines of so many, else of 64.
#[expect(clippy::cast_possible_truncation, reason = "some bits of a hash are a hash")]
fn hash_of(CellKey { day, place, sku }: CellKey) -> u64 {
    const BITS_OF_PLACE: u32 = u32::BITS - 7;
    let mut hasher = FxHasher::default();
    (day, place, sku / SKUS_SIDE_BY_SIDE).hash(&mut hasher);
    let from = hasher.finish() as u32;
    let at = from.wrapping_add(sku % SKUS_SIDE_BY_SIDE) & ((1 << BITS_OF_PLACE) - 1);
    let first = (from ^ sku).wrapping_mul(0x9e37_79b9) >> BITS_OF_PLACE;
    let hash = u64::from(at | first << BITS_OF_PLACE);
    hash | hash << 32
}
