//! The records of one sheet as rows of texts.

use std::collections::BTreeMap;

use super::{
    super::{
        sheet::text_of_float,
        table::{Budget, NoTables},
    },
    cut_short,
    globals::Globals,
    records::{BOF, BYTES_OF_RECORD, EOF, Fields, Records},
    strings::Pieces,
};

const FORMULA: u16 = 0x0006;
const MUL_RK: u16 = 0x00bd;
const R_STRING: u16 = 0x00d6;
const LABEL_SST: u16 = 0x00fd;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const BOOL_ERR: u16 = 0x0205;
const STRING: u16 = 0x0207;
const RK: u16 = 0x027e;

/// Columns of a sheet of these versions.
const MAX_COLUMNS: u16 = 256;
/// Days from 1900 to 1904, as they are counted.
const DAYS_TO_1904: f64 = 1_462.0;

/// Rows by number, from 1 on: those that have cells.
pub(super) type NumberedRows = Vec<(u64, Vec<String>)>;

/// Where a cell stands, and its cell format.
#[derive(Debug, Clone, Copy)]
struct Place {
    row: u16,
    column: u16,
    format: u16,
}

impl Place {
    fn read(fields: &mut Fields<'_>) -> Result<Self, NoTables> {
        Ok(Self { row: fields.u16()?, column: fields.u16()?, format: fields.u16()? })
    }
}

/// The cells of a sheet while its records are read.
struct Cells<'g> {
    globals: &'g Globals,
    budget: &'g mut Budget,
    rows: BTreeMap<u16, Vec<String>>,
}

/// Reads the records of a sheet to its end.
pub(super) fn rows(
    mut records: Records<'_>,
    globals: &Globals,
    budget: &mut Budget,
) -> Result<NumberedRows, NoTables> {
    let mut cells = Cells { globals, budget, rows: BTreeMap::new() };
    // A formula whose text is in a later record.
    let mut waiting: Option<Place> = None;
    // Charts that stand in the sheet have records of their own.
    let mut depth = 0_usize;
    loop {
        let record = records.read()?;
        cells.budget.take(0, BYTES_OF_RECORD)?;
        let mut fields = Fields::new(record.body);
        match record.kind {
            BOF => depth += 1,
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            _ if depth != 1 => {}
            FORMULA => {
                let place = Place::read(&mut fields)?;
                waiting = cells.take_result(place, fields.u64()?)?;
            }
            STRING => {
                let text = Pieces::of(record, &mut records).next_text()?;
                if let Some(place) = waiting.take() {
                    cells.put(place, &text)?;
                }
            }
            LABEL | R_STRING => {
                let place = Place::read(&mut fields)?;
                cells.put(place, &Pieces::in_record(fields).next_text()?)?;
            }
            kind => cells.take(kind, fields)?,
        }
    }
    Ok(cells.rows.into_iter().map(|(row, cells)| (u64::from(row) + 1, cells)).collect())
}

impl Cells<'_> {
    /// Takes what stands in one record.
    fn take(&mut self, kind: u16, mut fields: Fields<'_>) -> Result<(), NoTables> {
        match kind {
            LABEL_SST => {
                let place = Place::read(&mut fields)?;
                let at = usize::try_from(fields.u32()?).unwrap_or(usize::MAX);
                let text = self.globals.texts.get(at).ok_or_else(cut_short)?;
                self.put(place, text)
            }
            NUMBER => {
                let place = Place::read(&mut fields)?;
                self.put_number(place, f64::from_bits(fields.u64()?))
            }
            RK => {
                let place = Place::read(&mut fields)?;
                self.put_number(place, unpacked(fields.u32()?))
            }
            MUL_RK => {
                let (row, first) = (fields.u16()?, fields.u16()?);
                for column in first..MAX_COLUMNS {
                    // The last column's number stands behind the cells.
                    if fields.rest().len() <= 2 {
                        break;
                    }
                    let place = Place { row, column, format: fields.u16()? };
                    self.put_number(place, unpacked(fields.u32()?))?;
                }
                Ok(())
            }
            BOOL_ERR => {
                let place = Place::read(&mut fields)?;
                let (value, is_error) = (fields.u8()?, fields.u8()? != 0);
                self.put_truth(place, (!is_error).then_some(value))
            }
            _ => Ok(()),
        }
    }

    /// Takes the result of a formula; gives its place when it is a text, which follows ([MS-XLS]
    /// 2.5.133).
    fn take_result(&mut self, place: Place, result: u64) -> Result<Option<Place>, NoTables> {
        const IS_NO_NUMBER: [u8; 2] = [0xff, 0xff];
        const TEXT: u8 = 0;
        const TRUTH: u8 = 1;
        let [kind, _, value, _, _, _, mark @ ..] = result.to_le_bytes();
        match kind {
            _ if mark != IS_NO_NUMBER => self.put_number(place, f64::from_bits(result))?,
            TEXT => return Ok(Some(place)),
            TRUTH => self.put_truth(place, Some(value))?,
            // An error, or an empty text.
            _ => {}
        }
        Ok(None)
    }

    /// Errors say nothing.
    fn put_truth(&mut self, place: Place, value: Option<u8>) -> Result<(), NoTables> {
        value.map_or(Ok(()), |value| self.put(place, &(value != 0).to_string()))
    }

    /// A day is the number of days since 1899-12-30.
    fn put_number(&mut self, place: Place, number: f64) -> Result<(), NoTables> {
        // Less than a day is a time of day.
        let is_shifted = number >= 1.0 && self.globals.is_1904 && self.globals.is_day(place.format);
        let number = if is_shifted { number + DAYS_TO_1904 } else { number };
        self.put(place, &text_of_float(number))
    }

    fn put(&mut self, place: Place, text: &str) -> Result<(), NoTables> {
        if text.is_empty() || place.column >= MAX_COLUMNS {
            return Ok(());
        }
        let column = usize::from(place.column);
        let row = self.rows.entry(place.row).or_default();
        let n_new = (column + 1).saturating_sub(row.len());
        self.budget.take(n_new, text.len())?;
        if n_new > 0 {
            row.resize(column + 1, String::new());
        }
        if let Some(cell) = row.get_mut(column) {
            text.clone_into(cell);
        }
        Ok(())
    }
}

/// A number in four bytes: a whole one or the upper half of another, in hundredths or not ([MS-XLS]
/// 2.5.217).
fn unpacked(packed: u32) -> f64 {
    const IN_HUNDREDTHS: u32 = 1;
    const IS_WHOLE: u32 = 2;
    let bits = packed & !(IN_HUNDREDTHS | IS_WHOLE);
    let number = if packed & IS_WHOLE == 0 {
        f64::from_bits(u64::from(bits) << 32)
    } else {
        f64::from(packed.cast_signed() >> 2)
    };
    if packed & IN_HUNDREDTHS == 0 { number } else { number / 100.0 }
}

#[cfg(test)]
mod tests {
    use super::unpacked;

    #[test]
    fn packed_numbers_are_whole_or_halves_of_others() {
        // 1.5 is 0x3FF8_0000_0000_0000.
        for (packed, number) in
            [(0x3ff8_0000, 1.5), (0x3ff8_0001, 0.015), (7 << 2 | 2, 7.0), (1_999 << 2 | 3, 19.99)]
        {
            assert!((unpacked(packed) - number).abs() < 1e-12, "{packed:x}");
        }
        assert!((unpacked((-5_i32).cast_unsigned() << 2 | 2) + 5.0).abs() < 1e-12);
    }
}
