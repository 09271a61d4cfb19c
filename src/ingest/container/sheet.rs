//! XLSX workbooks as rows of texts.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, XlsxError};

/// Why a workbook cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SheetError {
    Damaged { detail: String },
    Empty,
}

/// A sheet's name and its rows from the first row of the sheet on; cells as texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) rows: Vec<Vec<String>>,
}

/// All sheets that hold anything.
pub(crate) fn read_sheets(bytes: &[u8]) -> Result<Vec<Sheet>, SheetError> {
    let damaged = |error: XlsxError| SheetError::Damaged { detail: error.to_string() };
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        let range = workbook.worksheet_range(&name).map_err(damaged)?;
        let Some((first_row, first_column)) = range.start() else { continue };
        let blank_rows = (0..first_row).map(|_| Vec::new());
        let rows = range.rows().map(|row| {
            let margin = (0..first_column).map(|_| String::new());
            margin.chain(row.iter().map(text_of)).collect()
        });
        sheets.push(Sheet { name, rows: blank_rows.chain(rows).collect() });
    }
    if sheets.is_empty() { Err(SheetError::Empty) } else { Ok(sheets) }
}

/// A cell as the text that a person would type.
fn text_of(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(is_true) => is_true.to_string(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => text_of_float(*number),
        Data::DateTime(serial) => serial.as_f64().to_string(),
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
        assert!(matches!(read_sheets(b"PK\x03\x04 half"), Err(SheetError::Damaged { .. })));
        assert!(matches!(read_sheets(b""), Err(SheetError::Damaged { .. })));
    }
}
