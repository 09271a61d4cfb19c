//! The facts in force of one segment on their way into a cube, or looked for again.

use super::{
    CellKey, CubeInput,
    build::Builder,
    row_days::{RowDay, RowDays},
    row_ids::RowIds,
    rows::Row,
};

/// A browser runs the first calls of a function slowly and a long loop in one of them to its end, so
/// that the work on many facts is cut into calls. So few rows also stay near the processor.
const ROWS_AT_ONCE: usize = 1 << 12;

/// The facts in force of an input with their places, some at a time.
pub(super) struct InputRows<'a> {
    input: CubeInput<'a>,
    days: RowDays<'a>,
    ids: RowIds<'a>,
    from: usize,
}

impl<'a> InputRows<'a> {
    pub(super) fn new(input: CubeInput<'a>, builder: &mut Builder) -> Self {
        let segment = input.segment;
        let ids = RowIds::new(segment, builder.source(input.source));
        Self { input, days: RowDays::new(segment, builder.day_boundary()), ids, from: 0 }
    }

    /// The next ones, of the days that are wanted: none of a stretch without; `None` at the end.
    pub(super) fn next(
        &mut self,
        builder: &mut Builder,
        is_wanted: impl Fn(&RowDay) -> bool,
    ) -> Option<Vec<Row>> {
        let Self { input, days, ids, from } = self;
        let until = input.segment.len().min(*from + ROWS_AT_ONCE);
        if *from == until {
            return None;
        }
        let mask = input.mask;
        let in_force =
            (*from..until).filter(|at| mask.is_none_or(|mask| mask.get(*at) != Some(&false)));
        let placed = |at: usize| {
            let day = days.day(at);
            is_wanted(&day).then(|| {
                let RowDay { day, n_days, is_late } = day;
                let (place, sku) = ids.of(at, builder);
                Row { at, key: CellKey { day, place, sku }, n_days, is_late }
            })
        };
        let rows = in_force.filter_map(placed).collect();
        *from = until;
        Some(rows)
    }
}
