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
    /// Key of a group, its `sku` being the number of the group, and the group's position.
    found: HashTable<(CellKey, u32)>,
    /// Positions of cells; `NO_CELL` where there is none.
    groups: Vec<[u32; SKUS_IN_GROUP as usize]>,
}

/// SKUs whose cells of one day and place are looked up together: facts of a day come one after the other.
const SKUS_IN_GROUP: u32 = 16;
const NO_CELL: u32 = u32::MAX;

impl GrowingCells {
    pub(crate) fn new(n_columns: usize) -> Self {
        let (keys, n_facts, sums) = (Vec::new(), Vec::new(), Vec::new());
        Self { n_columns, keys, n_facts, sums, found: HashTable::new(), groups: Vec::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The position of the cell `key`, a new one of zeros when there was none.
    pub(crate) fn cell(&mut self, key: CellKey) -> u32 {
        let at = (key.sku % SKUS_IN_GROUP) as usize;
        let group = self.group(key);
        let place = self.groups.get_mut(group as usize);
        let Some(place) = place.and_then(|cells| cells.get_mut(at)) else {
            return NO_CELL;
        };
        if *place != NO_CELL {
            return *place;
        }
        let cell = u32::try_from(self.keys.len()).unwrap_or(NO_CELL);
        *place = cell;
        self.keys.push(key);
        self.n_facts.push(0);
        if page_of(cell).0 == self.sums.len() {
            self.sums.push(vec![0; CELLS_IN_PAGE * self.n_columns]);
        }
        cell
    }

    /// The position of the group of the cell `key`.
    fn group(&mut self, key: CellKey) -> u32 {
        let key = CellKey { sku: key.sku / SKUS_IN_GROUP, ..key };
        let hash = hash_of(key);
        if let Some((_, group)) = self.found.find(hash, |entry| entry.0 == key) {
            return *group;
        }
        let group = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
        self.groups.push([NO_CELL; SKUS_IN_GROUP as usize]);
        self.found.insert_unique(hash, (key, group), |entry| hash_of(entry.0));
        group
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

    /// The sum of one column in a cell.
    pub(crate) fn sum(&self, cell: u32, column: usize) -> i64 {
        let (page, at) = page_of(cell);
        let page = self.sums.get(page);
        page.and_then(|page| page.get(at * self.n_columns + column)).copied().unwrap_or(0)
    }

    /// The sums column by column; what counts in totals is still to be told.
    pub(crate) fn finish(self) -> Cells {
        let n_cells = self.keys.len();
        let mut columns: Vec<Vec<i64>> =
            (0..self.n_columns).map(|_| Vec::with_capacity(n_cells)).collect();
        for page in &self.sums {
            for (at, column) in columns.iter_mut().enumerate() {
                append_column(page, at, self.n_columns, n_cells, column);
            }
        }
        Cells { columns, keys: self.keys, n_facts: self.n_facts, ..Cells::default() }
    }
}

/// Appends one column of a page to `sums`, until these are `n_cells`. Of its own and for one page: a
/// browser runs only the first calls slowly, but a long loop to its end.
#[inline(never)]
fn append_column(
    page: &[i64],
    column: usize,
    n_columns: usize,
    n_cells: usize,
    sums: &mut Vec<i64>,
) {
    let n = CELLS_IN_PAGE.min(n_cells - sums.len());
    sums.extend(page.iter().skip(column).step_by(n_columns).take(n));
}

/// Cells whose sums are allocated together: a table of few takes little, one of many is not looked up in
/// many pages.
const CELLS_IN_PAGE: usize = 1 << 10;

/// The page of a cell, and its place in it.
fn page_of(cell: u32) -> (usize, usize) {
    let cell = cell as usize;
    (cell / CELLS_IN_PAGE, cell % CELLS_IN_PAGE)
}

/// The table looks at the last and the first of 32 bits on machines of so many, else of 64.
#[expect(clippy::cast_possible_truncation, reason = "some bits of a hash are a hash")]
fn hash_of(key: CellKey) -> u64 {
    let mut hasher = FxHasher::default();
    (key.day, key.place, key.sku).hash(&mut hasher);
    let hash = u64::from(hasher.finish() as u32);
    hash | hash << 32
}
