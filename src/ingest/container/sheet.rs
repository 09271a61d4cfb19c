//! XLSX workbooks as rows of texts, one row after the other.

use std::io::Cursor;

use calamine::{Cell, DataRef, Reader, Xlsx, XlsxCellReader, XlsxError};

/// A sheet cannot have more: what a damaged one places further right is left out.
const MAX_COLUMNS: usize = 16_384;

/// A workbook, which is in memory as it was packed.
pub(crate) struct Workbook<'a>(Xlsx<Cursor<&'a [u8]>>);

/// Why a workbook cannot be read, in the words of the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Damaged(pub(crate) String);

impl From<XlsxError> for Damaged {
    fn from(error: XlsxError) -> Self {
        Self(error.to_string())
    }
}

impl<'a> Workbook<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self, Damaged> {
        Ok(Self(Xlsx::new(Cursor::new(bytes))?))
    }

    pub(crate) fn sheet_names(&self) -> Vec<String> {
        self.0.sheet_names()
    }

    /// The rows of a sheet from its first one on; none of a sheet that is a chart.
    pub(crate) fn rows(&mut self, sheet: &str) -> Result<SheetRows<'_, 'a>, Damaged> {
        let cells = match self.0.worksheet_cells_reader(sheet) {
            Ok(cells) => Some(cells),
            Err(XlsxError::NotAWorksheet(_)) => None,
            Err(error) => return Err(error.into()),
        };
        Ok(SheetRows { cells, next: None })
    }
}

/// The rows of one sheet that have cells.
pub(crate) struct SheetRows<'w, 'a> {
    /// `None` behind the last row: the reader fails when it is asked once more.
    cells: Option<XlsxCellReader<'w, Cursor<&'a [u8]>>>,
    /// The first cell of the row behind the one read last.
    next: Option<Cell<DataRef<'w>>>,
}

impl SheetRows<'_, '_> {
    /// Reads the next row into `row`, its cells as texts; gives its line, `None` after the last one.
    pub(crate) fn read(&mut self, row: &mut Vec<String>) -> Result<Option<u64>, Damaged> {
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
        DataRef::DateTime(serial) => serial.as_f64().to_string(),
    }
}

/// Fifteen significant digits, as a spreadsheet keeps them; more digits were lost before, which
/// the exponent form shows.
fn text_of_float(number: f64) -> String {
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
        assert!(Workbook::open(b"PK\x03\x04 half").is_err());
        assert!(Workbook::open(b"").is_err());
    }
}
