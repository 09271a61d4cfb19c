//! Facts on their way into cells: where each belongs, and how it is spread over its days.

use super::{CellKey, growing::GrowingCells};
use crate::{
    domain::{Day, Fixed, Granularity, WeekStart},
    facts::Segment,
};

/// Where one fact belongs: its place among the segment's facts, its cell and the days it covers.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) at: usize,
    pub(super) key: CellKey,
    pub(super) n_days: i32,
    /// It is of the next day in UTC.
    pub(super) is_late: bool,
}

impl Row {
    /// The same on one other day.
    pub(super) fn on(self, day: i32) -> Self {
        Self { key: CellKey { day, ..self.key }, n_days: 1, is_late: false, ..self }
    }
}

/// A row of a sheet by months which is dated by the first day of its month only, over all of it.
pub(super) fn of_month(row: &Row) -> Row {
    let day = Day::from_days_since_epoch(row.key.day);
    let month = Granularity::Month.bucket(day, WeekStart::Monday);
    let is_month = row.n_days == 1 && month.from == day;
    Row { n_days: if is_month { month.n_days() } else { row.n_days }, ..*row }
}

/// Heads counted on one day hold to the end of that month, or until the same team and role are counted
/// again.
pub(super) fn held_heads(segment: &Segment, rows: &[Row]) -> Vec<Row> {
    let who = |row: &Row| (segment.text("team", row.at), segment.text("role", row.at));
    let held = |row: &Row| {
        let day = Day::from_days_since_epoch(row.key.day);
        let month = Granularity::Month.bucket(day, WeekStart::Monday);
        let end = month.to.days_since_epoch() + 1;
        let same = rows.iter().filter(|it| it.key.place == row.key.place && who(it) == who(row));
        let next = same.map(|it| it.key.day).filter(|it| *it > row.key.day).min();
        let n_days = next.map_or(end, |next| next.min(end)) - row.key.day;
        Row { n_days: if row.n_days == 1 { n_days } else { row.n_days }, ..*row }
    };
    rows.iter().map(held).collect()
}

/// A number of a fact; 0 where the table has no such column.
pub(super) fn number(column: &[i64], row: usize) -> i64 {
    column.get(row).copied().unwrap_or(0)
}

/// Gives the numbers of a fact day by day: a summary over several days is spread evenly over them.
pub(super) fn each_day<const N: usize>(
    row: &Row,
    values: [i64; N],
    mut take: impl FnMut(CellKey, [i64; N]),
) {
    let Row { key, n_days, .. } = *row;
    if n_days <= 1 {
        return take(key, values);
    }
    for index in 0..n_days {
        // The parts add up to the whole exactly.
        let parts = values.map(|value| {
            let whole = Fixed::from_ten_thousandths(value);
            whole.part(i64::from(index), i64::from(n_days)).ten_thousandths()
        });
        take(CellKey { day: key.day + index, ..key }, parts);
    }
}

/// Adds columns of facts.
pub(super) fn add_sums<const N: usize>(
    cells: &mut GrowingCells,
    segment: &Segment,
    rows: &[Row],
    columns: [&str; N],
) {
    let columns = columns.map(|name| segment.numbers(name));
    each_row(rows, columns, |row, values| {
        each_day(row, values, |key, parts| {
            cells.add(key, &parts);
        });
    });
}

/// Rows whose numbers are gathered together.
const ROWS_GATHERED: usize = 512;

/// Gives the numbers of each row. They are gathered column by column, some rows at a time: what is read
/// one after the other arrives from memory in time, what is read here and there is waited for.
pub(super) fn each_row<const N: usize>(
    rows: &[Row],
    columns: [&[i64]; N],
    mut take: impl FnMut(&Row, [i64; N]),
) {
    let mut gathered = vec![[0; N]; ROWS_GATHERED.min(rows.len())];
    for rows in rows.chunks(ROWS_GATHERED) {
        for (nth, column) in columns.into_iter().enumerate() {
            for (values, row) in gathered.iter_mut().zip(rows) {
                if let Some(value) = values.get_mut(nth) {
                    *value = number(column, row.at);
                }
            }
        }
        for (row, values) in rows.iter().zip(&gathered) {
            take(row, *values);
        }
    }
}
