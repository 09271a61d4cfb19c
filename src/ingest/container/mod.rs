//! Files as rows of cells.

pub(crate) mod archive;
pub(crate) mod delimited;
mod json;
pub(crate) mod marks;
pub(crate) mod packed;
pub(crate) mod rest;
pub(crate) mod sheet;
mod table;
mod xls;

use crate::domain::are_same;

/// Rows cut together: enough that what is done once for all of them costs nothing, few enough that
/// they stay in the processor's cache.
pub(crate) const ROWS_AT_ONCE: usize = 512;

/// Where the cells of some rows stand in the bytes that they were cut from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cut {
    rows: Vec<RowPlace>,
    /// Where each cell begins, row after row, and at the end of a row where one more would: a cell
    /// ends one byte before the next begins. Only the first `n_starts` count, the others are room.
    starts: Vec<u32>,
    n_starts: usize,
    /// Where the row that has not ended begins in `starts`.
    open: usize,
    /// Rows with which it is full.
    room: usize,
}

#[derive(Debug, Clone, Copy)]
struct RowPlace {
    line: u64,
    /// The row's first cell in `starts`.
    first: u32,
    width: u32,
}

impl Cut {
    pub(crate) fn clear(&mut self) {
        self.rows.clear();
        self.n_starts = 0;
        self.open = 0;
    }

    fn is_full(&self) -> bool {
        self.rows.len() >= self.room
    }

    fn begin_row(&mut self, from: usize) {
        self.open = self.n_starts;
        self.push_start(from);
    }

    /// Ends a cell before `at`.
    fn end_cell(&mut self, at: usize) {
        self.push_start(at + 1);
    }

    /// Ends a cell before each place that has a bit; the first bit is that of `from`.
    #[inline]
    fn end_cells(&mut self, from: usize, mut bits: u64) {
        let next = place(from + 1);
        let until = self.n_starts + bits.count_ones() as usize;
        for start in self.starts_until(until) {
            *start = next + bits.trailing_zeros();
            bits &= bits.wrapping_sub(1);
        }
        self.n_starts = until;
    }

    fn push_start(&mut self, start: usize) {
        let until = self.n_starts + 1;
        self.starts_until(until).fill(place(start));
        self.n_starts = until;
    }

    /// Room for further starts, so that there are `until`.
    #[inline]
    fn starts_until(&mut self, until: usize) -> &mut [u32] {
        if self.starts.len() < until {
            self.make_room(until);
        }
        self.starts.get_mut(self.n_starts..until).unwrap_or(&mut [])
    }

    /// Seldom called: a cut is used again for every piece of a file.
    #[cold]
    fn make_room(&mut self, n_starts: usize) {
        self.starts.resize(n_starts.next_power_of_two(), 0);
    }

    /// Ends the row that was begun last, with the cell that was ended last.
    fn end_row(&mut self, line: u64) {
        let width = self.n_starts - self.open - 1;
        self.rows.push(RowPlace { line, first: place(self.open), width: place(width) });
        self.open = self.n_starts;
    }

    /// Forgets the cells of a row that has not ended.
    fn drop_open_row(&mut self) {
        self.n_starts = self.open;
    }

    /// Adds a row of texts, which are appended to `bytes`, as sheets have them.
    pub(crate) fn push_texts(&mut self, bytes: &mut Vec<u8>, line: u64, texts: &[String]) {
        self.begin_row(bytes.len());
        for text in texts {
            bytes.extend_from_slice(text.as_bytes());
            self.end_cell(bytes.len());
            // What separates cells in a file.
            bytes.push(0);
        }
        self.end_row(line);
    }
}

/// Buffers are far below 4 GB.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Rows with the bytes of their cells.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'a> {
    bytes: &'a [u8],
    cut: &'a Cut,
    is_quoted: bool,
}

impl<'a> Rows<'a> {
    /// `bytes` are what `cut` was made from; `is_quoted` says whether quotes are more than letters.
    pub(crate) fn new(bytes: &'a [u8], cut: &'a Cut, is_quoted: bool) -> Self {
        Self { bytes, cut, is_quoted }
    }

    pub(crate) fn len(&self) -> usize {
        self.cut.rows.len()
    }

    /// The line on which the row begins.
    pub(crate) fn line(&self, row: usize) -> u64 {
        self.cut.rows.get(row).map_or(0, |row| row.line)
    }

    /// Number of cells.
    pub(crate) fn width(&self, row: usize) -> usize {
        self.cut.rows.get(row).map_or(0, |row| row.width as usize)
    }

    /// The bytes of one cell, without quotes; empty when the row is shorter. `room` is used where
    /// they do not stand so in the file.
    #[inline]
    pub(crate) fn cell<'c>(&self, row: usize, column: usize, room: &'c mut Vec<u8>) -> &'c [u8]
    where
        'a: 'c,
    {
        self.cut.rows.get(row).map_or(&[], |row| self.cell_of(*row, column, room))
    }

    /// The cells of a column, row after row, as `cell` gives them.
    #[inline]
    pub(crate) fn each_cell(&self, column: usize, mut read: impl FnMut(&[u8])) {
        let mut room = Vec::new();
        for row in &self.cut.rows {
            read(self.cell_of(*row, column, &mut room));
        }
    }

    /// Reads a column of the rows `chosen`, cells as `cell` gives them without spaces around, and gives
    /// what each row says to `take`. Columns repeat themselves: what a cell says that is the same as
    /// the one above is not read again.
    #[inline]
    pub(crate) fn read_column<T: Copy>(
        &self,
        chosen: &[usize],
        column: usize,
        mut read: impl FnMut(usize, &[u8]) -> T,
        mut take: impl FnMut(usize, T),
    ) {
        let mut room = Vec::new();
        let mut above: Option<(&[u8], T)> = None;
        for row in chosen.iter().copied() {
            let raw = self.cut.rows.get(row).map_or(&[][..], |row| self.raw(*row, column));
            let said = match above {
                Some((cell, said)) if are_same(cell, raw) => said,
                _ => read(row, self.plain(raw, &mut room).trim_ascii()),
            };
            above = Some((raw, said));
            take(row, said);
        }
    }

    #[inline]
    fn cell_of<'c>(&self, row: RowPlace, column: usize, room: &'c mut Vec<u8>) -> &'c [u8]
    where
        'a: 'c,
    {
        self.plain(self.raw(row, column), room)
    }

    /// A cell without quotes.
    #[inline]
    fn plain<'c>(&self, raw: &'a [u8], room: &'c mut Vec<u8>) -> &'c [u8]
    where
        'a: 'c,
    {
        if self.is_quoted && raw.first() == Some(&b'"') { unquoted(raw, room) } else { raw }
    }

    /// All cells of a row, as `cell` gives them.
    pub(crate) fn cells(&self, row: usize) -> impl Iterator<Item = Vec<u8>> {
        let mut room = Vec::new();
        (0..self.width(row)).map(move |column| self.cell(row, column, &mut room).to_vec())
    }

    pub(crate) fn is_blank(&self, row: usize) -> bool {
        let mut room = Vec::new();
        (0..self.width(row)).all(|column| self.cell(row, column, &mut room).trim_ascii().is_empty())
    }

    #[inline]
    fn raw(&self, row: RowPlace, column: usize) -> &'a [u8] {
        if column >= row.width as usize {
            return &[];
        }
        let at = row.first as usize + column;
        match self.cut.starts.get(at..at + 2) {
            Some([from, next]) => self.bytes.get(*from as usize..*next as usize - 1).unwrap_or(&[]),
            _ => &[],
        }
    }
}

/// A quoted cell without its quotes, and with one for each pair inside.
fn unquoted<'c>(raw: &'c [u8], room: &'c mut Vec<u8>) -> &'c [u8] {
    let inside = raw.get(1..raw.len().saturating_sub(1)).unwrap_or(&[]);
    if memchr::memmem::find(inside, b"\"\"").is_none() {
        return inside;
    }
    room.clear();
    let mut was_quote = false;
    for byte in inside {
        let is_second = was_quote && *byte == b'"';
        if !is_second {
            room.push(*byte);
        }
        was_quote = *byte == b'"' && !is_second;
    }
    room
}
