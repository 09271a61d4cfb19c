//! Texts of records, which may go on in the records that follow ([MS-XLS] 2.5.293, 2.5.294).

use super::{
    super::table::NoTables,
    cut_short,
    records::{Fields, Record, Records},
};

/// Letters of two bytes each; else of one, the lower half.
const IS_WIDE: u8 = 1;
/// A description of the text for input methods follows it.
const HAS_EXTENSION: u8 = 1 << 2;
/// Runs of fonts follow the text.
const HAS_RUNS: u8 = 1 << 3;

/// A record's fields and those of the records that continue it.
pub(super) struct Pieces<'a> {
    piece: Fields<'a>,
    further: std::vec::IntoIter<&'a [u8]>,
}

impl<'a> Pieces<'a> {
    /// Takes the records that continue `record` out of `records`.
    pub(super) fn of(record: Record<'a>, records: &mut Records<'a>) -> Self {
        let further = records.continued().into_iter();
        Self { piece: Fields::new(record.body), further }
    }

    /// Of one record only.
    pub(super) fn in_record(fields: Fields<'a>) -> Self {
        Self { piece: fields, further: Vec::new().into_iter() }
    }

    pub(super) fn is_at_end(&mut self) -> bool {
        self.enter_filled().is_err()
    }

    /// Goes to the piece that has the next byte.
    fn enter_filled(&mut self) -> Result<(), NoTables> {
        while self.piece.rest().is_empty() {
            self.piece = Fields::new(self.further.next().ok_or_else(cut_short)?);
        }
        Ok(())
    }

    pub(super) fn skip(&mut self, mut n: usize) -> Result<(), NoTables> {
        while n > 0 {
            self.enter_filled()?;
            let here = n.min(self.piece.rest().len());
            self.piece.bytes(here)?;
            n -= here;
        }
        Ok(())
    }

    /// A text with its length in `n` letters and its marks before it.
    pub(super) fn text(&mut self, n: usize) -> Result<String, NoTables> {
        self.enter_filled()?;
        let marks = self.piece.u8()?;
        let n_runs = if marks & HAS_RUNS == 0 { 0 } else { self.piece.u16()? };
        let n_extension = if marks & HAS_EXTENSION == 0 { 0 } else { self.piece.u32()? };
        let text = self.letters(n, marks)?;
        self.skip(usize::from(n_runs) * 4)?;
        self.skip(usize::try_from(n_extension).unwrap_or(usize::MAX))?;
        Ok(text)
    }

    /// The next text of a list: its length in two bytes stands before it.
    pub(super) fn next_text(&mut self) -> Result<String, NoTables> {
        self.enter_filled()?;
        let n = self.piece.u16()?;
        self.text(n.into())
    }

    fn letters(&mut self, mut n: usize, mut marks: u8) -> Result<String, NoTables> {
        let mut letters: Vec<u16> = Vec::new();
        while n > 0 {
            if self.piece.rest().is_empty() {
                // What continues a text says again how wide its letters are.
                self.enter_filled()?;
                marks = self.piece.u8()?;
            }
            let is_wide = marks & IS_WIDE != 0;
            let width = if is_wide { 2 } else { 1 };
            let here = n.min(self.piece.rest().len() / width);
            let bytes = self.piece.bytes(here * width)?;
            if is_wide {
                letters.extend(bytes.chunks_exact(2).map(|pair| match pair {
                    [low, high] => u16::from_le_bytes([*low, *high]),
                    _ => 0,
                }));
            } else {
                letters.extend(bytes.iter().map(|byte| u16::from(*byte)));
            }
            if here == 0 && !self.piece.rest().is_empty() {
                return Err(cut_short());
            }
            n -= here;
        }
        Ok(String::from_utf16_lossy(&letters))
    }
}
