//! Distinct orders of cells and months.

use hashbrown::{HashMap, HashSet, hash_map::Entry};
use rustc_hash::FxBuildHasher;

/// Lines that grow together: none is moved when there are more.
const PAGE_LINES: usize = 512;

/// Orders with their cells, in parts by hash: counting a part remembers little.
pub(crate) struct Orders {
    parts: Vec<Part>,
}

#[derive(Clone, Default)]
struct Part {
    full: Vec<Page>,
    last: Page,
}

/// Order and cell of some lines. Apart they need a quarter less memory than in pairs.
#[derive(Clone, Default)]
struct Page {
    orders: Vec<u64>,
    cells: Vec<u32>,
}

impl Part {
    fn push(&mut self, order: u64, cell: u32) {
        if self.last.orders.len() == self.last.orders.capacity() {
            let page = Page {
                orders: Vec::with_capacity(PAGE_LINES),
                cells: Vec::with_capacity(PAGE_LINES),
            };
            self.full.push(std::mem::replace(&mut self.last, page));
        }
        self.last.orders.push(order);
        self.last.cells.push(cell);
    }

    fn lines(&self) -> impl Iterator<Item = (u64, u32)> {
        let pages = self.full.iter().chain([&self.last]);
        pages.flat_map(|page| page.orders.iter().copied().zip(page.cells.iter().copied()))
    }
}

/// How many there are.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) of_cells: Vec<u32>,
    pub(crate) of_months: HashMap<i32, u32>,
}

/// Each order once in every cell and every month.
#[derive(Default)]
pub(crate) struct Distinct {
    pub(crate) in_cells: HashSet<(u64, u32), FxBuildHasher>,
    pub(crate) in_months: HashSet<(u64, i32), FxBuildHasher>,
}

impl Default for Orders {
    fn default() -> Self {
        Self { parts: vec![Part::default(); 256] }
    }
}

impl Orders {
    pub(crate) fn note(&mut self, order: u64, cell: u32) {
        let part = usize::try_from(order >> 56).unwrap_or(0);
        if let Some(lines) = self.parts.get_mut(part) {
            lines.push(order, cell);
        }
    }

    /// `months` are those of the cells.
    pub(crate) fn count(&self, months: &[i32]) -> Counts {
        let mut counts = Counts { of_cells: vec![0; months.len()], of_months: HashMap::new() };
        let mut seen = Seen::default();
        for part in &self.parts {
            seen.count(part, months, &mut counts);
        }
        for (n_first, month) in counts.of_cells.iter().zip(months) {
            *counts.of_months.entry(*month).or_insert(0) += n_first;
        }
        for cell in seen.further_in {
            if let Some(count) = counts.of_cells.get_mut(cell as usize) {
                *count += 1;
            }
        }
        counts.of_months.retain(|_, count| *count > 0);
        counts
    }

    /// The orders of some cells and some months.
    pub(crate) fn distinct(
        &self,
        months: &[i32],
        cells_wanted: &[bool],
        months_wanted: &HashSet<i32>,
    ) -> Distinct {
        let is_month_wanted: Vec<bool> =
            months.iter().map(|month| months_wanted.contains(month)).collect();
        let is = |flags: &[bool], cell: u32| flags.get(cell as usize).copied().unwrap_or(false);
        let mut distinct = Distinct::default();
        for (order, cell) in self.parts.iter().flat_map(Part::lines) {
            if is(cells_wanted, cell) {
                distinct.in_cells.insert((order, cell));
            }
            if is(&is_month_wanted, cell) {
                let month = months.get(cell as usize).copied().unwrap_or(0);
                distinct.in_months.insert((order, month));
            }
        }
        distinct
    }
}

/// What a part's orders were seen in.
#[derive(Default)]
struct Seen {
    /// Orders with their first cells: most have no other.
    first: HashMap<u64, u32, FxBuildHasher>,
    further: Distinct,
    /// Further cells, once for each of their orders.
    further_in: Vec<u32>,
}

impl Seen {
    /// A call for each part: a browser runs only the first ones slowly.
    #[inline(never)]
    fn count(&mut self, part: &Part, months: &[i32], counts: &mut Counts) {
        self.first.clear();
        self.further.in_cells.clear();
        self.further.in_months.clear();
        let month_of = |cell: u32| months.get(cell as usize).copied().unwrap_or(0);
        for (order, cell) in part.lines() {
            match self.first.entry(order) {
                Entry::Vacant(place) => {
                    place.insert(cell);
                    if let Some(count) = counts.of_cells.get_mut(cell as usize) {
                        *count += 1;
                    }
                }
                Entry::Occupied(first) => {
                    let first = *first.get();
                    if first == cell || !self.further.in_cells.insert((order, cell)) {
                        continue;
                    }
                    self.further_in.push(cell);
                    let month = month_of(cell);
                    if month != month_of(first) && self.further.in_months.insert((order, month)) {
                        *counts.of_months.entry(month).or_insert(0) += 1;
                    }
                }
            }
        }
    }
}
