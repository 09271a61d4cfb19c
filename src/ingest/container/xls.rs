//! Workbooks of Excel 97 to 2003 (.xls) as tables: the records that say what cells hold, of the stream
//! `Workbook` in a compound file.
//!
//! Source: [MS-XLS], Excel Binary File Format, 2.1 (file structure), 2.4 (records), 2.5 (structures).

mod cells;
mod globals;
mod records;
mod strings;

use std::io::{Cursor, Read as _};

use cfb::CompoundFile;

use self::{cells::rows, globals::Globals, records::Records};
use super::table::{Budget, MAX_BYTES, NoTables, Table, check_size};

/// How a compound file begins.
pub(super) const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// What other compound files are called.
const EXCEL_95: &str = "excel 95";
const OTHER: &str = "office";

/// The sheets of a workbook, without charts and macros, in their order.
pub(super) fn tables(bytes: &[u8]) -> Result<Vec<Table>, NoTables> {
    check_size(bytes)?;
    let stream = stream_of(bytes)?;
    let mut budget = Budget::default();
    let globals = Globals::read(&stream, &mut budget)?;
    let sheets = globals.sheets.iter().map(|sheet| {
        let records = Records::new(stream.get(sheet.at..).unwrap_or(&[]));
        Ok(Table { name: sheet.name.clone(), rows: rows(records, &globals, &mut budget)? })
    });
    sheets.collect()
}

/// The workbook inside the compound file.
fn stream_of(bytes: &[u8]) -> Result<Vec<u8>, NoTables> {
    let damaged = |error: std::io::Error| NoTables::Damaged(error.to_string());
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    if file.exists("/EncryptedPackage") {
        return Err(NoTables::Locked);
    }
    if !file.exists("/Workbook") {
        return Err(NoTables::Foreign(if file.exists("/Book") { EXCEL_95 } else { OTHER }));
    }
    let stream = file.open_stream("/Workbook").map_err(damaged)?;
    let mut workbook = Vec::new();
    stream.take(MAX_BYTES as u64).read_to_end(&mut workbook).map_err(damaged)?;
    Ok(workbook)
}

fn cut_short() -> NoTables {
    NoTables::Damaged("a record ends too early".to_owned())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    const BIFF8_GLOBALS: &[u8] = &[0x00, 0x06, 0x05, 0x00];
    const BIFF8_SHEET: &[u8] = &[0x00, 0x06, 0x10, 0x00];

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len()).unwrap();
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), body].concat()
    }

    /// A compound file with one stream.
    fn file(stream: &str, bytes: &[u8]) -> Vec<u8> {
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        file.create_stream(stream).unwrap().write_all(bytes).unwrap();
        file.into_inner().into_inner()
    }

    /// A workbook of one sheet with these records.
    fn workbook(sheet: &[Vec<u8>]) -> Vec<u8> {
        let globals = |at: u32| {
            let bound = [&at.to_le_bytes()[..], &[0, 0, 1, 0, b'S']].concat();
            let records =
                [record(0x0809, BIFF8_GLOBALS), record(0x0085, &bound), record(0x000a, &[])];
            records.concat()
        };
        let at = u32::try_from(globals(0).len()).unwrap();
        let parts = [globals(at), record(0x0809, BIFF8_SHEET), sheet.concat(), record(0x000a, &[])];
        file("/Workbook", &parts.concat())
    }

    fn rows_of(sheet: &[Vec<u8>]) -> Vec<(u64, Vec<String>)> {
        let [table] = &tables(&workbook(sheet)).unwrap()[..] else { panic!("not one sheet") };
        assert_eq!(table.name, "S");
        table.rows.clone()
    }

    fn row(line: u64, cells: &[&str]) -> (u64, Vec<String>) {
        (line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    /// The fields of a cell: row, column, format 0, and what follows.
    fn cell(row: u8, column: u8, rest: &[u8]) -> Vec<u8> {
        [&[row, 0, column, 0, 0, 0][..], rest].concat()
    }

    #[test]
    fn results_of_formulas_are_what_they_show() {
        let number = record(0x0006, &cell(0, 0, &2.5_f64.to_le_bytes()));
        let text = record(0x0006, &cell(0, 1, &[0, 0, 0, 0, 0, 0, 0xff, 0xff]));
        let said = record(0x0207, &[2, 0, 0, b'h', 0xe9]);
        let truth = record(0x0006, &cell(0, 2, &[1, 0, 1, 0, 0, 0, 0xff, 0xff]));
        let error = record(0x0006, &cell(0, 3, &[2, 0, 7, 0, 0, 0, 0xff, 0xff]));
        let last = record(0x0204, &cell(2, 0, &[1, 0, 1, 0x2d, 0x4e]));
        assert_eq!(
            rows_of(&[number, text, said, truth, error, last]),
            [row(1, &["2.5", "hé", "true"]), row(3, &["中"])]
        );
    }

    #[test]
    fn numbers_stand_alone_or_in_rows() {
        let whole = |number: u32| (number << 2 | 2).to_le_bytes();
        let many = [&[1, 0, 2, 0][..], &[0, 0], &whole(7), &[0, 0], &whole(8), &[3, 0]].concat();
        let one = record(0x027e, &cell(0, 0, &whole(9)));
        assert_eq!(
            rows_of(&[record(0x00bd, &many), one]),
            [row(1, &["9"]), row(2, &["", "", "7", "8"])]
        );
    }

    #[test]
    fn charts_inside_a_sheet_are_not_its_cells() {
        let own = |column| record(0x0204, &cell(0, column, &[1, 0, 0, b'a']));
        let chart = [record(0x0809, &[0, 6, 0x20, 0]), own(5), record(0x000a, &[])].concat();
        assert_eq!(rows_of(&[own(0), chart, own(1)]), [row(1, &["a", "a"])]);
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        assert!(matches!(tables(&file("/Book", b"")), Err(NoTables::Foreign(EXCEL_95))));
        assert!(matches!(tables(&file("/WordDocument", b"")), Err(NoTables::Foreign(OTHER))));
        assert!(matches!(tables(&file("/EncryptedPackage", b"")), Err(NoTables::Locked)));
        let excel_95 = record(0x0809, &[0x00, 0x05, 0x05, 0x00]);
        assert!(matches!(tables(&file("/Workbook", &excel_95)), Err(NoTables::Foreign(_))));
        let locked = [record(0x0809, BIFF8_GLOBALS), record(0x002f, &[1, 0])].concat();
        assert!(matches!(tables(&file("/Workbook", &locked)), Err(NoTables::Locked)));
        let whole = workbook(&[record(0x0204, &cell(0, 0, &[1, 0, 0, b'a']))]);
        assert!(matches!(tables(&whole[..whole.len() / 2]), Err(NoTables::Damaged(_))));
        let no_end = [record(0x0809, BIFF8_GLOBALS)].concat();
        assert!(matches!(tables(&file("/Workbook", &no_end)), Err(NoTables::Damaged(_))));
        // A text that is not there.
        let lost = workbook(&[record(0x00fd, &cell(0, 0, &[9, 0, 0, 0]))]);
        assert!(matches!(tables(&lost), Err(NoTables::Damaged(_))));
    }
}
