//! What a workbook says before its sheets: their names and places, texts, and which formats are days.

use std::collections::BTreeSet;

use super::{
    super::table::{Budget, NoTables},
    EXCEL_95, cut_short,
    records::{BOF, BYTES_OF_RECORD, EOF, Fields, Record, Records},
    strings::Pieces,
};

const FILE_PASS: u16 = 0x002f;
const DATE_MODE: u16 = 0x0022;
const BOUND_SHEET: u16 = 0x0085;
const XF: u16 = 0x00e0;
const SST: u16 = 0x00fc;
const FORMAT: u16 = 0x041e;

/// The version of Excel 97 to 2003.
const BIFF8: u16 = 0x0600;
/// A workbook with more of them is none that a person made.
const MAX_SHEETS: usize = 1_000;
/// The kind of a sheet with cells.
const WORKSHEET: u8 = 0;
/// Formats of days and of moments that every workbook has without saying so ([ECMA-376] 18.8.30).
const DAY_FORMATS: [std::ops::RangeInclusive<u16>; 3] = [14..=22, 27..=36, 50..=58];

#[derive(Debug, Default)]
pub(super) struct Globals {
    pub(super) sheets: Vec<Sheet>,
    pub(super) texts: Vec<String>,
    /// Days are counted from 1904 on, as old Macs did.
    pub(super) is_1904: bool,
    /// Per cell format, the number format.
    cell_formats: Vec<u16>,
    /// Number formats of this workbook that show days.
    own_day_formats: BTreeSet<u16>,
}

#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    /// Place of its records in the stream.
    pub(super) at: usize,
}

impl Globals {
    pub(super) fn read(stream: &[u8], budget: &mut Budget) -> Result<Self, NoTables> {
        let mut records = Records::new(stream);
        let first = records.read()?;
        if first.kind != BOF || Fields::new(first.body).u16()? != BIFF8 {
            return Err(NoTables::Foreign(EXCEL_95));
        }
        let mut globals = Self::default();
        loop {
            let record = records.read()?;
            budget.take(0, BYTES_OF_RECORD)?;
            if globals.sheets.len() > MAX_SHEETS {
                return Err(NoTables::TooLarge);
            }
            match record.kind {
                EOF => return Ok(globals),
                FILE_PASS => return Err(NoTables::Locked),
                SST => globals.texts = texts(record, &mut records, budget)?,
                _ => globals.take(record)?,
            }
        }
    }

    fn take(&mut self, record: Record<'_>) -> Result<(), NoTables> {
        let mut fields = Fields::new(record.body);
        match record.kind {
            DATE_MODE => self.is_1904 = fields.u16()? != 0,
            BOUND_SHEET => {
                let at = usize::try_from(fields.u32()?).map_err(|_error| cut_short())?;
                let (_visibility, kind, length) = (fields.u8()?, fields.u8()?, fields.u8()?);
                let name = Pieces::in_record(fields).text(length.into())?;
                if kind == WORKSHEET {
                    self.sheets.push(Sheet { name, at });
                }
            }
            XF => {
                let _font = fields.u16()?;
                self.cell_formats.push(fields.u16()?);
            }
            FORMAT => {
                let id = fields.u16()?;
                if shows_days(&Pieces::in_record(fields).next_text()?) {
                    self.own_day_formats.insert(id);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether a cell of this cell format shows a day or a moment.
    pub(super) fn is_day(&self, cell_format: u16) -> bool {
        let format = self.cell_formats.get(usize::from(cell_format));
        format.is_some_and(|format| {
            self.own_day_formats.contains(format)
                || DAY_FORMATS.iter().any(|built_in| built_in.contains(format))
        })
    }
}

/// The texts that cells refer to.
fn texts<'a>(
    record: Record<'a>,
    records: &mut Records<'a>,
    budget: &mut Budget,
) -> Result<Vec<String>, NoTables> {
    const BYTES_OF_COUNTS: usize = 8;
    let mut pieces = Pieces::of(record, records);
    pieces.skip(BYTES_OF_COUNTS)?;
    // The counts before the texts are wrong in some files.
    let mut texts = Vec::new();
    while !pieces.is_at_end() {
        let text = pieces.next_text()?;
        budget.take(0, text.len() + size_of::<String>())?;
        texts.push(text);
    }
    Ok(texts)
}

/// Whether a number format shows days; one of hours only, as `[h]:mm`, shows how long something took.
fn shows_days(format: &str) -> bool {
    let mut letters = format.chars();
    while let Some(letter) = letters.next() {
        match letter {
            'y' | 'Y' | 'd' | 'D' => return true,
            // What is shown as it stands, or as wide as it.
            '\\' | '_' | '*' => drop(letters.next()),
            '"' => drop(letters.find(|it| *it == '"')),
            '[' => drop(letters.find(|it| *it == ']')),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::shows_days;

    #[test]
    fn formats_of_days_are_known_by_their_letters() {
        for format in ["yyyy-mm-dd", "d/m/yy hh:mm", "[$-409]d-mmm", "\"on\" dd", "[Red]YYYY"] {
            assert!(shows_days(format), "{format}");
        }
        for format in ["General", "0.00", "[h]:mm", "0 \"days\"", "0\\d", "[Red]0", "0_d", "@"] {
            assert!(!shows_days(format), "{format}");
        }
    }
}
