//! Files of tables as rows of texts, one row after the other: workbooks of either kind and JSON.

use std::io::Cursor;

use calamine::{Cell, DataRef, ExcelDateTime, Reader, Xlsx, XlsxCellReader, XlsxError};

use super::{
    json,
    table::{self, NoTables, Table},
    xls,
};
use crate::domain::Day;

/// A sheet cannot have more: what a damaged one places further right is left out.
const MAX_COLUMNS: usize = 16_384;
/// The day of which spreadsheets count the days, 1899-12-30, before the epoch.
const DAYS_BEFORE_EPOCH: i32 = 25_569;

/// What a file of tables is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Xlsx,
    Xls,
    Json,
}

impl Format {
    pub(crate) const ALL: [Self; 3] = [Self::Xlsx, Self::Xls, Self::Json];

    /// Of a file with this beginning; `None` when it is no file of tables.
    pub(crate) fn of(head: &[u8]) -> Option<Self> {
        if head.starts_with(b"PK\x03\x04") {
            return Some(Self::Xlsx);
        }
        if head.starts_with(xls::MAGIC) {
            return Some(Self::Xls);
        }
        let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        let inside = text.strip_prefix(b"[").unwrap_or(text).trim_ascii_start();
        // An object begins with a key, or is empty.
        let object = inside.strip_prefix(b"{")?.trim_ascii_start();
        (object.starts_with(b"\"") || object.starts_with(b"}")).then_some(Self::Json)
    }

    /// Of what is in memory as a whole, the most bytes that are read.
    pub(crate) const fn max_bytes(self) -> u64 {
        match self {
            Self::Xlsx => u64::MAX,
            Self::Xls | Self::Json => table::MAX_BYTES as u64,
        }
    }

    /// Whether a person sees it as sheets, whose numbers may be days.
    pub(crate) const fn has_sheets(self) -> bool {
        matches!(self, Self::Xlsx | Self::Xls)
    }

    /// The name of the container.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Json => "json",
        }
    }
}

/// A file of tables, which is in memory as it was packed.
pub(crate) enum Workbook<'a> {
    Xlsx(Box<Xlsx<Cursor<&'a [u8]>>>),
    Tables(Vec<Table>),
}

/// Why a file of tables cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// In the words of the reader.
    Damaged(String),
    TooLarge {
        limit: u64,
    },
    Locked,
    /// A container that is not read.
    Foreign(&'static str),
}

impl From<XlsxError> for Unreadable {
    fn from(error: XlsxError) -> Self {
        Self::Damaged(error.to_string())
    }
}

impl From<NoTables> for Unreadable {
    fn from(why: NoTables) -> Self {
        match why {
            NoTables::Damaged(detail) => Self::Damaged(detail),
            NoTables::TooLarge => Self::TooLarge { limit: table::MAX_BYTES as u64 },
            NoTables::Locked => Self::Locked,
            NoTables::Foreign(container) => Self::Foreign(container),
        }
    }
}

impl<'a> Workbook<'a> {
    pub(crate) fn open(bytes: &'a [u8], format: Format) -> Result<Self, Unreadable> {
        Ok(match format {
            Format::Xlsx => Self::Xlsx(Box::new(Xlsx::new(Cursor::new(bytes))?)),
            Format::Xls => Self::Tables(xls::tables(bytes)?),
            Format::Json => Self::Tables(json::tables(bytes)?),
        })
    }

    pub(crate) fn sheet_names(&self) -> Vec<String> {
        match self {
            Self::Xlsx(workbook) => workbook.sheet_names(),
            Self::Tables(tables) => tables.iter().map(|table| table.name.clone()).collect(),
        }
    }

    /// The rows of a sheet from its first one on; none of a sheet that is a chart.
    pub(crate) fn rows(&mut self, sheet: &str) -> Result<SheetRows<'_, 'a>, Unreadable> {
        match self {
            Self::Xlsx(workbook) => {
                let cells = match workbook.worksheet_cells_reader(sheet) {
                    Ok(cells) => Some(cells),
                    Err(XlsxError::NotAWorksheet(_)) => None,
                    Err(error) => return Err(error.into()),
                };
                Ok(SheetRows::Cells(Box::new(CellRows { cells, next: None })))
            }
            Self::Tables(tables) => {
                let table = tables.iter().find(|table| table.name == sheet);
                Ok(SheetRows::Table(table.map_or(&[][..], |table| &table.rows).iter()))
            }
        }
    }
}

/// The rows of one sheet that have cells.
pub(crate) enum SheetRows<'w, 'a> {
    Cells(Box<CellRows<'w, 'a>>),
    Table(std::slice::Iter<'w, (u64, Vec<String>)>),
}

impl SheetRows<'_, '_> {
    /// Reads the next row into `row`, its cells as texts; gives its line, `None` after the last one.
    pub(crate) fn read(&mut self, row: &mut Vec<String>) -> Result<Option<u64>, Unreadable> {
        match self {
            Self::Cells(cells) => cells.read(row),
            Self::Table(rows) => Ok(rows.next().map(|(line, cells)| {
                row.clone_from(cells);
                *line
            })),
        }
    }
}

/// Rows that are unpacked one after the other.
pub(crate) struct CellRows<'w, 'a> {
    /// `None` behind the last row: the reader fails when it is asked once more.
    cells: Option<XlsxCellReader<'w, Cursor<&'a [u8]>>>,
    /// The first cell of the row behind the one read last.
    next: Option<Cell<DataRef<'w>>>,
}

impl CellRows<'_, '_> {
    fn read(&mut self, row: &mut Vec<String>) -> Result<Option<u64>, Unreadable> {
        row.clear();
        let Some(cells) = &mut self.cells else { return Ok(None) };
        let first = match self.next.take() {
            Some(cell) => Some(cell),
            None => cells.next_cell()?,
        };
        let Some(first) = first else {
            self.cells = None;
            return Ok(None);
        };
        let (line, _) = first.get_position();
        put(row, &first);
        loop {
            match cells.next_cell()? {
                Some(cell) if cell.get_position().0 == line => put(row, &cell),
                next => {
                    if next.is_none() {
                        self.cells = None;
                    }
                    self.next = next;
                    return Ok(Some(u64::from(line) + 1));
                }
            }
        }
    }
}

fn put(row: &mut Vec<String>, cell: &Cell<DataRef<'_>>) {
    let column = cell.get_position().1 as usize;
    if column >= MAX_COLUMNS || *cell.get_value() == DataRef::Empty {
        return;
    }
    if row.len() <= column {
        row.resize(column + 1, String::new());
    }
    if let Some(place) = row.get_mut(column) {
        *place = text_of(cell.get_value());
    }
}

/// A cell as the text that a person would type.
fn text_of(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::Bool(is_true) => is_true.to_string(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => text_of_float(*number),
        DataRef::DateTime(serial) => text_of_days(*serial),
    }
}

/// A day, or a time of it, as days since 1899-12-30: workbooks of old Macs count from another one.
fn text_of_days(serial: ExcelDateTime) -> String {
    let (year, month, day, ..) = serial.to_ymd_hms_milli();
    let of_day = Day::from_ymd(year.into(), month.into(), day.into());
    let days = of_day.map(|day| day.days_since_epoch() + DAYS_BEFORE_EPOCH);
    match days.filter(|_| serial.is_datetime() && serial.as_f64() >= 1.0) {
        Some(days) => (f64::from(days) + serial.as_f64().fract()).to_string(),
        None => serial.as_f64().to_string(),
    }
}

/// Fifteen significant digits, as a spreadsheet keeps them; more digits were lost before, which
/// the exponent form shows.
pub(super) fn text_of_float(number: f64) -> String {
    if number.abs() >= 1e15 {
        return format!("{number:E}");
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_keep_fifteen_digits() {
        assert_eq!(text_of_float(3.000_000_000_000_000_4), "3");
        assert_eq!(text_of_float(0.1 + 0.2), "0.3");
        assert_eq!(text_of_float(12.5), "12.5");
        assert_eq!(text_of_float(1.73e18), "1.73E18");
    }

    #[test]
    fn other_bytes_are_damaged_workbooks() {
        assert!(Workbook::open(b"PK\x03\x04 half", Format::Xlsx).is_err());
        assert!(Workbook::open(b"", Format::Xlsx).is_err());
        assert!(Workbook::open(b"{", Format::Json).is_err());
    }

    #[test]
    fn a_file_of_tables_is_known_by_its_beginning() {
        for json in ["{\"a\":1}", " [ {\n\"a\"", "\u{feff}[{}]"] {
            assert_eq!(Format::of(json.as_bytes()), Some(Format::Json), "{json}");
        }
        for text in ["[a],b", "{a}", "SKU,Cost", "", "[1,2]"] {
            assert_eq!(Format::of(text.as_bytes()), None, "{text}");
        }
        assert_eq!(Format::of(b"PK\x03\x04"), Some(Format::Xlsx));
    }

    #[test]
    fn days_of_old_macs_are_the_same_days() {
        let days = |value, is_1904| {
            text_of_days(ExcelDateTime::new(value, calamine::ExcelDateTimeType::DateTime, is_1904))
        };
        // 2026-03-01 at noon.
        assert_eq!(days(46_082.5, false), "46082.5");
        assert_eq!(days(44_620.5, true), "46082.5");
    }
}
