//! Which of several reports counts, where they state the same.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use super::{CellKey, Cells, Place, Source};

/// Decides for each cell whether it counts, where several reports state the same.
pub(super) fn choose_sources(cells: Cells, sources: &[Source], places: &[Place]) -> Cells {
    type Group<'a> = (&'a str, &'a str, &'a str, i32);
    let group_of = |key: &CellKey| -> Option<(Group<'_>, &Source)> {
        let place = places.get(key.place as usize)?;
        let source = sources.get(place.source)?;
        let day = if source.is_chosen_per_day { key.day } else { i32::MIN };
        Some(((source.group.as_str(), place.channel.as_str(), place.shop.as_str(), day), source))
    };
    // Best rank among all reports, and among those that tell SKUs apart.
    let mut best: HashMap<Group<'_>, (u32, u32)> = HashMap::new();
    for same in same_places(&cells.keys) {
        let Some((group, source)) = same.first().and_then(group_of) else { continue };
        let ranks = best.entry(group).or_insert((u32::MAX, u32::MAX));
        ranks.0 = ranks.0.min(source.rank);
        if source.has_skus {
            ranks.1 = ranks.1.min(source.rank);
        }
    }
    let (mut in_total, mut by_sku) = (Vec::new(), Vec::new());
    for same in same_places(&cells.keys) {
        let flags = same.first().and_then(group_of).map_or((true, true), |(group, source)| {
            let alone = source.group.is_empty();
            let ranks = best.get(&group).copied().unwrap_or((source.rank, source.rank));
            let by_sku = source.has_skus && (alone || ranks.1 == source.rank);
            (alone || ranks.0 == source.rank, by_sku || alone)
        });
        in_total.extend(same.iter().map(|_| flags.0));
        by_sku.extend(same.iter().map(|_| flags.1));
    }
    Cells { in_total, by_sku, ..cells }
}

/// Cells one after the other that are of one place and day: what is true of one is of all.
fn same_places(keys: &[CellKey]) -> impl Iterator<Item = &[CellKey]> {
    keys.chunk_by(|one, other| (one.place, one.day) == (other.place, other.day))
}

/// A number of a cell that counts on another day.
pub(super) struct Moved {
    /// Where its fact is, by which it is told whether it counts.
    pub(super) cell: u32,
    pub(super) day: i32,
    pub(super) amount: i64,
}

/// Adds cells for what counts on another day than its fact; which report is believed was decided on the
/// day of the fact.
pub(super) fn append_moved(cells: &mut Cells, moved: &[Moved], sum: usize, count: Option<usize>) {
    let mut sums: BTreeMap<(CellKey, bool, bool), (i64, u32)> = BTreeMap::new();
    for Moved { cell, day, amount } in moved {
        let at = *cell as usize;
        let flag = |flags: &[bool]| flags.get(at) == Some(&true);
        let Some(key) = cells.keys.get(at) else { continue };
        let key = CellKey { day: *day, ..*key };
        let place = sums.entry((key, flag(&cells.in_total), flag(&cells.by_sku))).or_default();
        *place = (place.0.saturating_add(*amount), place.1 + 1);
    }
    for ((key, in_total, by_sku), (amount, n_facts)) in sums {
        cells.keys.push(key);
        cells.n_facts.push(n_facts);
        cells.in_total.push(in_total);
        cells.by_sku.push(by_sku);
        for (column, values) in cells.columns.iter_mut().enumerate() {
            values.push(match column {
                _ if column == sum => amount,
                _ if Some(column) == count => n_facts.into(),
                _ => 0,
            });
        }
    }
}
