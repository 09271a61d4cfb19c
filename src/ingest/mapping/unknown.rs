//! The rows of a file that no recipe fits.

use std::{borrow::Cow, collections::BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Mapping, recipe::TOTALS};

use crate::{
    catalog::header::HeaderName,
    domain::Fixed,
    ingest::{
        Reading,
        container::sheet::Format,
        encoding::CellEncoding,
        moment::read_serial,
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
    pub(crate) n_above: u64,
    /// Whether days may stand there as a spreadsheet counts them.
    pub(crate) is_sheet: bool,
    pub header: Vec<String>,
    /// The rows above it, cut as the header is.
    pub(crate) above: Vec<Vec<String>>,
    /// Whether the header names its columns.
    pub(crate) is_named: bool,
    /// At most 50, of at most 200 cells.
    pub rows: Vec<Vec<String>>,
    /// Kinds of amounts anywhere in the file of which nobody has said what they are, each with the column
    /// that it stands in.
    pub(crate) unknown_kinds: Vec<(String, String)>,
}

impl UnknownTable {
    /// The table in the first rows of a file: its header is the first row that is nearly as full as the
    /// fullest one and names its columns, which no number does and no name twice.
    pub(crate) fn in_rows(rows: &[Vec<String>], is_sheet: bool) -> Self {
        // Where recognition looks for it, too.
        let heads = rows.get(..rows.len().min(N_HEADER_ROWS)).unwrap_or(rows);
        let fullest = heads.iter().map(|row| n_filled(row)).max().unwrap_or(0);
        let is_full = |row: &Vec<String>| n_filled(row) * 100 >= fullest * MIN_FILLED_PERCENT;
        let first = |is_header: &dyn Fn(&Vec<String>) -> bool| heads.iter().position(is_header);
        let named = first(&|row| is_full(row) && names_columns(row));
        let Some(at) = named.or_else(|| first(&is_full)) else { return Self::default() };
        Self { is_sheet, is_named: named.is_some(), ..Self::headed(rows, at) }
    }

    /// The table whose header is the row at `at`.
    fn headed(rows: &[Vec<String>], at: usize) -> Self {
        let kept = |row: &Vec<String>| row.iter().take(N_COLUMNS).cloned().collect::<Vec<_>>();
        let header = rows.get(at).map(kept).unwrap_or_default();
        let is_total = |row: &Vec<String>| row.iter().any(|cell| TOTALS.contains(&cell.trim()));
        let below = rows.iter().skip(at + 1).filter(|row| n_filled(row) > 0 && !is_total(row));
        Self {
            n_above: at as u64,
            above: rows.iter().take(at).map(kept).collect(),
            header: trimmed_end(header),
            rows: below.take(N_ROWS).map(kept).collect(),
            ..Self::default()
        }
    }

    /// The rows that can be the header, the first one of the file first: those with several names.
    pub fn first_rows(&self) -> impl Iterator<Item = (u64, &[String])> {
        let rows = self.above.iter().chain([&self.header]).chain(&self.rows).take(N_HEADER_ROWS);
        (self.n_before()..)
            .zip(rows)
            .filter(|(_, row)| n_filled(row) > 1)
            .map(|(at, row)| (at, row.as_slice()))
    }

    /// The same rows with another one as the header: one of the `first_rows`.
    #[must_use]
    pub fn with_header(&self, n_above: u64) -> Self {
        let rows = self.above.iter().chain([&self.header]).chain(&self.rows).cloned();
        let rows: Vec<Vec<String>> = rows.collect();
        let at = n_above.checked_sub(self.n_before()).and_then(|at| usize::try_from(at).ok());
        match at.filter(|at| *at != self.above.len() && *at < rows.len()) {
            None => self.clone(),
            Some(at) => {
                let unknown_kinds = self.unknown_kinds.clone();
                let (is_sheet, is_named) = (self.is_sheet, true);
                Self { n_above, is_sheet, is_named, unknown_kinds, ..Self::headed(&rows, at) }
            }
        }
    }

    /// Rows of the file before those that are kept.
    fn n_before(&self) -> u64 {
        self.n_above.saturating_sub(self.above.len() as u64)
    }

    /// The same rows with that header which a mapping is of, if there is one.
    #[must_use]
    pub fn with_header_of(&self, mapping: &Mapping) -> Self {
        let is_meant = |row: &[String]| {
            let names = row.iter().rev().skip_while(|name| name.trim().is_empty());
            names.eq(mapping.columns.iter().rev().map(|column| &column.header))
        };
        let found = self.first_rows().find(|(_, row)| is_meant(row)).map(|(at, _)| at);
        found.map_or_else(|| self.clone(), |at| self.with_header(at))
    }

    /// Of a file that was read: its header stands below `n_above` rows.
    pub fn of_reading(reading: &Reading) -> Self {
        Self {
            n_above: reading.preamble_lines.into(),
            above: Vec::new(),
            is_sheet: Format::ALL
                .iter()
                .any(|it| it.has_sheets() && it.name() == reading.container),
            is_named: true,
            header: reading.columns.iter().map(|column| column.header.clone()).collect(),
            rows: reading.raw_rows.clone(),
            unknown_kinds: Vec::new(),
        }
    }

    /// With the kinds that a reading of the file has met and that nobody has said the meaning of.
    #[must_use]
    pub fn with_unknown_kinds(mut self, reading: &Reading) -> Self {
        self.unknown_kinds.clone_from(&reading.unknown_kinds);
        self
    }

    /// Kinds of amounts of a column that may not stand in `rows`.
    pub(super) fn unknown_kinds(&self, header: &str) -> impl Iterator<Item = &str> {
        let own = self.unknown_kinds.iter().filter(move |(column, _)| column == header);
        own.map(|(_, text)| text.as_str())
    }

    /// Rows of the file above the header.
    pub fn n_above(&self) -> u64 {
        self.n_above
    }

    /// Larger is likelier, of several ways to cut a text: decimal commas give wide rows, but no names of
    /// columns above them.
    pub(crate) fn likelihood(&self) -> (bool, usize) {
        (self.is_named, n_filled(&self.header))
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

    /// The first filled cells of a column, at most `n` and none twice; `is_day`: it holds days.
    pub fn samples(&self, column: usize, n: usize, is_day: bool) -> Vec<String> {
        let mut samples: Vec<String> = Vec::new();
        for cell in self.cells(column) {
            let cell = self.shown(cell, is_day);
            if samples.len() < n && !samples.iter().any(|it| *it == cell) {
                samples.push(cell.into_owned());
            }
        }
        samples
    }

    /// A cell as its spreadsheet shows it.
    fn shown<'a>(&self, cell: &'a str, is_day: bool) -> Cow<'a, str> {
        let counted = if self.is_sheet && is_day { read_serial(cell.trim()) } else { None };
        counted.map_or(cell.into(), |moment| {
            let seconds = moment.time.unwrap_or(0);
            let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
            match moment.time {
                Some(_) => format!("{} {hours:02}:{minutes:02}:{seconds:02}", moment.day).into(),
                None => moment.day.to_string().into(),
            }
        })
    }

    /// Whether a cell is a day as a spreadsheet counts it.
    pub(super) fn is_counted_day(&self, cell: &str) -> bool {
        self.is_sheet && read_serial(cell).is_some()
    }

    /// The sum of a column's numbers.
    pub fn sum(&self, column: usize) -> Fixed {
        let sign = vote(self.cells(column));
        self.cells(column).filter_map(|cell| number(cell, sign)).fold(Fixed::ZERO, Fixed::plus)
    }

    /// The table as a file by itself; `days` are the columns that hold days.
    pub fn to_csv(&self, days: &BTreeSet<usize>) -> Vec<u8> {
        let mut text = Vec::new();
        for row in std::iter::once(&self.header).chain(&self.rows) {
            for (index, cell) in row.iter().enumerate() {
                if index > 0 {
                    text.push(b',');
                }
                text.push(b'"');
                let cell = self.shown(cell, days.contains(&index));
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
    use crate::ingest::mapping::MappedColumn;

    fn table(text: &str) -> UnknownTable {
        let cells = |line: &str| line.split(',').map(str::to_owned).collect();
        UnknownTable::in_rows(&text.lines().map(cells).collect::<Vec<_>>(), false)
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
    fn another_row_can_be_the_header() {
        let guessed = table("Shop,Acme,US\nWhen,What,How many\n2026-05-01,A,3\n2026-05-02,B,4\n");
        assert_eq!(guessed.header, ["Shop", "Acme", "US"]);
        let rows: Vec<u64> = guessed.first_rows().map(|(at, _)| at).collect();
        assert_eq!(rows, [0, 1, 2, 3]);
        let chosen = guessed.with_header(1);
        assert_eq!((chosen.n_above(), &chosen.header[0][..], chosen.rows.len()), (1, "When", 2));
        // Back again, by its number and by its names.
        assert_eq!(chosen.with_header(0).header, guessed.header);
        let of = |headers: &[&str]| {
            let column = |header: &&str| MappedColumn {
                header: (*header).to_owned(),
                ..MappedColumn::default()
            };
            Mapping { columns: headers.iter().map(column).collect(), ..Mapping::default() }
        };
        assert_eq!(guessed.with_header_of(&of(&["When", "What", "How many"])), chosen);
        assert_eq!(guessed.with_header_of(&of(&["No", "such"])), guessed);
        assert_eq!(guessed.with_header(99), guessed);
        // Of a file that was read only what stands below its header is kept.
        let read = UnknownTable { n_above: 3, ..guessed.clone() };
        let rows: Vec<u64> = read.first_rows().map(|(at, _)| at).collect();
        assert_eq!(rows, [3, 4, 5, 6]);
        assert_eq!(read.with_header(3), read);
        let below = read.with_header(4);
        assert_eq!((below.n_above(), &below.header[0][..]), (4, "When"));
    }

    #[test]
    fn a_table_written_as_a_file_keeps_every_cell() {
        let table = UnknownTable {
            header: vec!["a".into(), "b,\"c\"".into()],
            rows: vec![vec!["1\n2".into(), String::new()]],
            ..UnknownTable::default()
        };
        assert_eq!(table.to_csv(&BTreeSet::new()), b"\"a\",\"b,\"\"c\"\"\"\r\n\"1\n2\",\"\"\r\n");
    }

    #[test]
    fn days_that_a_spreadsheet_counts_are_shown_as_days() {
        let rows = [["Day", "Sold"], ["46296", "46296"], ["46296.5", "1"], ["Total", "46297"]];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());
        let table = UnknownTable::in_rows(&rows, true);
        assert_eq!(table.rows.len(), 2, "a total is no row");
        assert_eq!(table.samples(0, 3, true), ["2026-10-01", "2026-10-01 12:00:00"]);
        assert_eq!(table.samples(0, 3, false), ["46296", "46296.5"]);
        let csv = String::from_utf8(table.to_csv(&BTreeSet::from([0]))).unwrap();
        assert!(csv.contains("\"2026-10-01\",\"46296\""), "{csv}");
        // In a text they are numbers.
        assert_eq!(UnknownTable::in_rows(&rows, false).samples(0, 1, true), ["46296"]);
    }

    #[test]
    fn decimal_commas_are_no_columns() {
        let cut = |delimiter: char| {
            let cells = |line: &str| line.split(delimiter).map(str::to_owned).collect();
            let rows: Vec<Vec<String>> =
                "Teil;EK\nKX-1;1,100,00\nKX-2;20,00".lines().map(cells).collect();
            UnknownTable::in_rows(&rows, false).likelihood()
        };
        assert!(cut(';') > cut(','));
    }
}
