//! The cells of each SKU, so that a choice of few SKUs looks at few cells.

use super::CellKey;

/// Positions of cells, SKU after SKU.
#[derive(Debug, Clone, Default)]
pub(crate) struct SkuCells {
    cells: Vec<u32>,
    /// By SKU, the place behind its last cell in `cells`.
    ends: Vec<u32>,
}

impl SkuCells {
    pub(super) fn of(keys: &[CellKey]) -> Self {
        let n_skus = keys.iter().map(|key| key.sku as usize + 1).max().unwrap_or(0);
        // First how many cells each has, then where the next one goes: in the end where they end.
        let mut ends = vec![0_u32; n_skus];
        for key in keys {
            if let Some(count) = ends.get_mut(key.sku as usize) {
                *count += 1;
            }
        }
        let mut next = 0;
        for end in &mut ends {
            (*end, next) = (next, next + *end);
        }
        let mut cells = vec![0; keys.len()];
        for (key, position) in keys.iter().zip(0..) {
            let Some(end) = ends.get_mut(key.sku as usize) else { continue };
            if let Some(cell) = cells.get_mut(*end as usize) {
                *cell = position;
            }
            *end += 1;
        }
        Self { cells, ends }
    }

    /// Positions of the cells of one SKU, ascending; none of a SKU that has no cell.
    pub(super) fn cells(&self, sku: usize) -> &[u32] {
        let until = |sku: usize| self.ends.get(sku).map(|end| *end as usize);
        let from = sku.checked_sub(1).map_or(Some(0), until);
        let place = from.zip(until(sku)).map(|(from, until)| from..until);
        place.and_then(|place| self.cells.get(place)).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sku_has_its_own_cells() {
        let keys = [2, 0, 2, 4, 2, 0].map(|sku| CellKey { day: 0, place: 0, sku });
        let found = SkuCells::of(&keys);
        let cells: Vec<&[u32]> = (0..6).map(|sku| found.cells(sku)).collect();
        assert_eq!(cells, [&[1, 5][..], &[], &[0, 2, 4], &[], &[3], &[]]);
        assert!(SkuCells::of(&[]).cells(0).is_empty());
    }
}
