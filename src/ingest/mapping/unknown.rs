//! The rows of a file that no recipe fits.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    catalog::header::HeaderName,
    domain::Fixed,
    ingest::{
        encoding::CellEncoding,
        number::{DecimalSign, read_number, vote},
        text::{N_HEADER_ROWS, trimmed_end},
    },
};

/// Rows and columns kept of an unknown file.
const N_ROWS: usize = 50;
const N_COLUMNS: usize = 200;
/// A row with this share of the fullest row's cells can be the header, in percent.
const MIN_FILLED_PERCENT: usize = 80;

/// The header of an unknown file and its first rows, as texts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UnknownTable {
    /// Rows of the file above the header.
    pub n_above: u64,
    pub header: Vec<String>,
    /// At most 50, of at most 200 cells.
    pub rows: Vec<Vec<String>>,
}

impl UnknownTable {
    /// The table in the first rows of a file: its header is the first row that is nearly as full as the
    /// fullest one and names its columns, which no number does and no name twice.
    pub(crate) fn in_rows(rows: &[Vec<String>]) -> Self {
        // Where recognition looks for it, too.
        let heads = rows.get(..rows.len().min(N_HEADER_ROWS)).unwrap_or(rows);
        let fullest = heads.iter().map(|row| n_filled(row)).max().unwrap_or(0);
        let is_full = |row: &Vec<String>| n_filled(row) * 100 >= fullest * MIN_FILLED_PERCENT;
        let first = |is_header: &dyn Fn(&Vec<String>) -> bool| heads.iter().position(is_header);
        let at = first(&|row| is_full(row) && names_columns(row)).or_else(|| first(&is_full));
        let Some(at) = at else { return Self::default() };
        let kept = |row: &Vec<String>| row.iter().take(N_COLUMNS).cloned().collect::<Vec<_>>();
        let header = rows.get(at).map(kept).unwrap_or_default();
        let below = rows.iter().skip(at + 1).filter(|row| n_filled(row) > 0);
        let n_above = at as u64;
        Self { n_above, header: trimmed_end(header), rows: below.take(N_ROWS).map(kept).collect() }
    }

    /// How many cells the table is wide: of several ways to cut a text the right one gives the widest.
    pub(crate) fn width(&self) -> usize {
        n_filled(&self.header)
    }

    /// The filled cells of a column.
    pub(crate) fn cells(&self, column: usize) -> impl Iterator<Item = &str> {
        let cells = self.rows.iter().filter_map(move |row| row.get(column));
        cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// Whether a column can be told from all others by its name; of equal names the first can.
    pub fn can_be_read(&self, column: usize) -> bool {
        let name = |header: &String| HeaderName::new(header).text;
        let Some(own) = self.header.get(column).map(name) else { return false };
        !own.is_empty() && self.header.iter().position(|header| name(header) == own) == Some(column)
    }

    /// The first filled cells of a column, at most `n` and none twice.
    pub fn samples(&self, column: usize, n: usize) -> Vec<String> {
        let mut samples: Vec<String> = Vec::new();
        for cell in self.cells(column) {
            if samples.len() < n && !samples.iter().any(|it| it == cell) {
                samples.push(cell.to_owned());
            }
        }
        samples
    }

    /// The sum of a column's numbers.
    pub fn sum(&self, column: usize) -> Fixed {
        let sign = vote(self.cells(column));
        self.cells(column).filter_map(|cell| number(cell, sign)).fold(Fixed::ZERO, Fixed::plus)
    }

    /// The table as a file by itself.
    pub fn to_csv(&self) -> Vec<u8> {
        let mut text = Vec::new();
        for row in std::iter::once(&self.header).chain(&self.rows) {
            for (index, cell) in row.iter().enumerate() {
                if index > 0 {
                    text.push(b',');
                }
                text.push(b'"');
                text.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
                text.push(b'"');
            }
            text.extend_from_slice(b"\r\n");
        }
        text
    }
}

fn n_filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.trim().is_empty()).count()
}

fn names_columns(row: &[String]) -> bool {
    let names = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let mut known = BTreeSet::new();
    names.into_iter().all(|name| !is_number(name) && known.insert(name))
}

/// Whether a text is a number as cells of any file have it.
pub(super) fn is_number(text: &str) -> bool {
    number(text, DecimalSign::Dot).is_some()
}

pub(super) fn number(text: &str, sign: DecimalSign) -> Option<Fixed> {
    read_number(text.as_bytes(), sign, CellEncoding::of(b"")).ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> UnknownTable {
        let cells = |line: &str| line.split(',').map(str::to_owned).collect();
        UnknownTable::in_rows(&text.lines().map(cells).collect::<Vec<_>>())
    }

    #[test]
    fn the_header_names_columns_and_lines_above_it_do_not_count() {
        let found =
            table("Report of May,,\n,,\nDate,SKU,Sold\n2026-05-01,A,3\n,,\n2026-05-02,B,4\n");
        assert_eq!(found.header, ["Date", "SKU", "Sold"]);
        assert_eq!(found.rows.len(), 2);
        // A column without a name makes the rows fuller than the header.
        assert_eq!(table("Date,SKU,Sold,,x\n1,2,3,4,5\n").header, ["Date", "SKU", "Sold", "", "x"]);
        assert_eq!(table("").header, [""; 0]);
    }

    #[test]
    fn a_table_written_as_a_file_keeps_every_cell() {
        let table = UnknownTable {
            n_above: 0,
            header: vec!["a".into(), "b,\"c\"".into()],
            rows: vec![vec!["1\n2".into(), String::new()]],
        };
        assert_eq!(table.to_csv(), b"\"a\",\"b,\"\"c\"\"\"\r\n\"1\n2\",\"\"\r\n");
    }
}
