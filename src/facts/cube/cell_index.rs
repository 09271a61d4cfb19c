//! Cells by what they are of, so that a choice of few SKUs or days looks at few cells.

use super::CellKey;

/// Positions of cells, number after number.
#[derive(Debug, Clone, Default)]
pub(crate) struct CellIndex {
    /// The lowest number that has a cell.
    first: i64,
    cells: Vec<u32>,
    /// By number from `first` on, the place behind its last cell in `cells`.
    ends: Vec<u32>,
}

impl CellIndex {
    pub(super) fn of(keys: &[CellKey], number: fn(&CellKey) -> i64) -> Self {
        let first = keys.iter().map(number).min().unwrap_or(0);
        let place = |key: &CellKey| usize::try_from(number(key) - first).unwrap_or(0);
        let n_numbers = keys.iter().map(|key| place(key) + 1).max().unwrap_or(0);
        // First how many cells each has, then where the next one goes: in the end where they end.
        let mut ends = vec![0_u32; n_numbers];
        for key in keys {
            if let Some(count) = ends.get_mut(place(key)) {
                *count += 1;
            }
        }
        let mut next = 0;
        for end in &mut ends {
            (*end, next) = (next, next + *end);
        }
        let mut cells = vec![0; keys.len()];
        for (key, position) in keys.iter().zip(0..) {
            let Some(end) = ends.get_mut(place(key)) else { continue };
            if let Some(cell) = cells.get_mut(*end as usize) {
                *cell = position;
            }
            *end += 1;
        }
        Self { first, cells, ends }
    }

    /// Positions of the cells of one number, ascending; none of a number that has no cell.
    pub(super) fn cells(&self, number: i64) -> &[u32] {
        let Ok(place) = usize::try_from(number - self.first) else { return &[] };
        let until = |place: usize| self.ends.get(place).map(|end| *end as usize);
        let from = place.checked_sub(1).map_or(Some(0), until);
        let range = from.zip(until(place)).map(|(from, until)| from..until);
        range.and_then(|range| self.cells.get(range)).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_has_its_own_cells() {
        let keys = [2, 0, 2, 4, 2, 0].map(|sku| CellKey { day: 7, place: 0, sku });
        let found = CellIndex::of(&keys, |key| key.sku.into());
        let cells: Vec<&[u32]> = (0..6).map(|sku| found.cells(sku)).collect();
        assert_eq!(cells, [&[1, 5][..], &[], &[0, 2, 4], &[], &[3], &[]]);
        assert!(found.cells(-1).is_empty());
        assert!(CellIndex::of(&[], |key| key.sku.into()).cells(0).is_empty());
        let by_day = CellIndex::of(&keys, |key| key.day.into());
        assert_eq!(by_day.cells(7), [0, 1, 2, 3, 4, 5]);
        assert!(by_day.cells(6).is_empty());
    }
}
