//! Rows that are one thing together: an order and its lines.

use std::ops::Range;

use hashbrown::HashSet;
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    domain::Fixed,
    ingest::{batch::Batch, column_texts::ColumnTexts, plan::GroupPlan},
};

/// Finds groups of rows that follow each other, and shares what is theirs together.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    seen: HashSet<u64>,
}

impl Groups {
    /// The groups of a batch, in its order. Whether the last one has ended, only a next row tells;
    /// the first `n_known` rows are known to be of one group.
    pub(crate) fn of(
        batch: &Batch,
        n_known: usize,
        plan: &GroupPlan,
        texts: &[ColumnTexts],
    ) -> Vec<Range<usize>> {
        let by = |row: usize| batch.text(plan.by, row, texts);
        let mut groups: Vec<Range<usize>> =
            (n_known > 0).then_some(0..n_known).into_iter().collect();
        for row in n_known..batch.n_rows() {
            let own = by(row);
            let is_new = !own.is_empty() && row.checked_sub(1).is_none_or(|last| own != by(last));
            match groups.last_mut() {
                Some(group) if !is_new => group.end = row + 1,
                _ => groups.push(row..row + 1),
            }
        }
        groups
    }

    /// Splits the amounts of a group over its rows; of a group seen before they were split then.
    pub(crate) fn spread(
        &mut self,
        batch: &mut Batch,
        rows: &[usize],
        plan: &GroupPlan,
        texts: &[ColumnTexts],
    ) {
        let Some(first) = rows.first() else { return };
        let hash = xxh3_64(batch.text(plan.by, *first, texts).as_bytes());
        spread(batch, rows, plan, self.seen.insert(hash));
    }
}

/// Fills what stands on the first row into all.
pub(crate) fn inherit(
    batch: &mut Batch,
    rows: Range<usize>,
    plan: &GroupPlan,
    texts: &[ColumnTexts],
) {
    for row in rows.clone().skip(1) {
        for slot in &plan.inherit {
            batch.inherit(*slot, row, rows.start, texts);
        }
    }
}

/// Splits amounts in proportion to the rows' weights; the parts add up exactly.
fn spread(batch: &mut Batch, rows: &[usize], plan: &GroupPlan, is_first_time: bool) {
    let weight_of = |row: &usize| {
        let number = |slot| batch.number(slot, *row);
        let weight = plan.weight.as_ref().map_or(Fixed::ZERO, |it| it.value(number));
        i128::from(weight.ten_thousandths().max(0))
    };
    let weights: Vec<i128> = rows.iter().map(weight_of).collect();
    let whole: i128 = weights.iter().sum();
    for slot in &plan.spread {
        let stated = rows.iter().find_map(|row| batch.number(*slot, *row));
        let amount =
            stated.filter(|_| is_first_time).map_or(0, |it| i128::from(it.ten_thousandths()));
        let (mut given, mut seen) = (0, 0);
        for (row, weight) in rows.iter().zip(&weights) {
            seen += weight;
            // Where nothing has weight, the first row takes all.
            let until_here = if whole == 0 { amount } else { amount * seen / whole };
            let part = i64::try_from(until_here - given).unwrap_or(0);
            let part = stated.map(|_| Fixed::from_ten_thousandths(part));
            batch.set_number(*slot, *row, part);
            given = until_here;
        }
    }
}
