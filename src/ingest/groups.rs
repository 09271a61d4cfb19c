//! Rows that are one thing together: an order and its lines.

use hashbrown::HashSet;
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    domain::Fixed,
    ingest::{
        plan::GroupPlan,
        values::{ColumnTexts, Values},
    },
};

/// Collects the rows of one group after the other.
#[derive(Debug, Default)]
pub(crate) struct Groups {
    rows: Vec<Values>,
    seen: HashSet<u64>,
}

impl Groups {
    /// Adds a row. When it begins another group, gives the rows of the one before.
    pub(crate) fn add(
        &mut self,
        values: &Values,
        plan: &GroupPlan,
        texts: &[ColumnTexts],
    ) -> Option<Vec<Values>> {
        let own = values.text(plan.by, texts);
        let is_new = |last: &Values| !own.is_empty() && own != last.text(plan.by, texts);
        let ended = self.rows.last().is_some_and(is_new).then(|| self.end(plan, texts));
        self.rows.push(values.clone());
        ended
    }

    /// Ends the group: its rows, with what stands on the first one filled into all.
    pub(crate) fn end(&mut self, plan: &GroupPlan, texts: &[ColumnTexts]) -> Vec<Values> {
        let mut rows = std::mem::take(&mut self.rows);
        inherit(&mut rows, plan, texts);
        rows
    }

    /// Splits the amounts of the group over its rows; of a group seen before they were split then.
    pub(crate) fn spread(&mut self, rows: &mut [Values], plan: &GroupPlan, texts: &[ColumnTexts]) {
        let Some(first) = rows.first() else { return };
        let hash = xxh3_64(first.text(plan.by, texts).as_bytes());
        spread(rows, plan, self.seen.insert(hash));
    }
}

fn inherit(rows: &mut [Values], group: &GroupPlan, texts: &[ColumnTexts]) {
    let Some((first, rest)) = rows.split_first_mut() else { return };
    for values in rest {
        for slot in &group.inherit {
            values.inherit(*slot, first, texts);
        }
    }
}

/// Splits amounts in proportion to the rows' weights; the parts add up exactly.
fn spread(rows: &mut [Values], group: &GroupPlan, is_first_time: bool) {
    let weight_of = |row: &Values| {
        let weight = group.weight.as_ref().map_or(Fixed::ZERO, |it| it.value(&row.numbers));
        i128::from(weight.ten_thousandths().max(0))
    };
    let weights: Vec<i128> = rows.iter().map(weight_of).collect();
    let whole: i128 = weights.iter().sum();
    for slot in &group.spread {
        let stated = rows.iter().find_map(|row| row.number(*slot));
        let amount =
            stated.filter(|_| is_first_time).map_or(0, |it| i128::from(it.ten_thousandths()));
        let (mut given, mut seen) = (0, 0);
        for (row, weight) in rows.iter_mut().zip(&weights) {
            seen += weight;
            // Where nothing has weight, the first row takes all.
            let until_here = if whole == 0 { amount } else { amount * seen / whole };
            let part = i64::try_from(until_here - given).unwrap_or(0);
            row.set_number(*slot, stated.map(|_| Fixed::from_ten_thousandths(part)));
            given = until_here;
        }
    }
}
