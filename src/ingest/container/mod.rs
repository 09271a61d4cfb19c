//! Files as rows of cells.

pub(crate) mod delimited;
pub(crate) mod marks;
pub(crate) mod rest;
pub(crate) mod sheet;

/// Rows cut together: enough that what is done once for all of them costs nothing, few enough that
/// they stay in the processor's cache.
pub(crate) const ROWS_AT_ONCE: usize = 512;

/// Where the cells of some rows stand in the bytes that they were cut from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cut {
    rows: Vec<RowPlace>,
    /// The place behind each cell, row after row. A cell begins one byte behind the one before.
    ends: Vec<u32>,
    /// Rows with which it is full.
    room: usize,
}

#[derive(Debug, Clone, Copy)]
struct RowPlace {
    line: u64,
    from: u32,
    /// Where the row's cells end in `ends`.
    cells_until: u32,
}

impl Cut {
    pub(crate) fn clear(&mut self) {
        self.rows.clear();
        self.ends.clear();
    }

    fn is_full(&self) -> bool {
        self.rows.len() >= self.room
    }

    fn end_cell(&mut self, at: usize) {
        self.ends.push(place(at));
    }

    /// Ends the row that began at `from` with the cell that was ended last.
    fn end_row(&mut self, from: usize, line: u64) {
        self.rows.push(RowPlace { line, from: place(from), cells_until: place(self.ends.len()) });
    }

    /// Forgets the cells of a row that has not ended.
    fn drop_open_row(&mut self) {
        let until = self.rows.last().map_or(0, |row| row.cells_until);
        self.ends.truncate(until as usize);
    }

    /// Adds a row of texts, which are appended to `bytes`, as sheets have them.
    pub(crate) fn push_texts(&mut self, bytes: &mut Vec<u8>, line: u64, texts: &[String]) {
        let from = bytes.len();
        for text in texts {
            bytes.extend_from_slice(text.as_bytes());
            self.end_cell(bytes.len());
            // What separates cells in a file.
            bytes.push(0);
        }
        self.end_row(from, line);
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
        let (first, until) = self.cells_of(row);
        until - first
    }

    /// The bytes of one cell, without quotes; empty when the row is shorter. `room` is used where
    /// they do not stand so in the file.
    pub(crate) fn cell<'c>(&self, row: usize, column: usize, room: &'c mut Vec<u8>) -> &'c [u8]
    where
        'a: 'c,
    {
        let raw = self.raw(row, column);
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

    fn cells_of(&self, row: usize) -> (usize, usize) {
        let until = |row: &RowPlace| row.cells_until as usize;
        let first =
            row.checked_sub(1).and_then(|before| self.cut.rows.get(before)).map_or(0, until);
        (first, self.cut.rows.get(row).map_or(first, until))
    }

    fn raw(&self, row: usize, column: usize) -> &'a [u8] {
        let (first, until) = self.cells_of(row);
        let at = first + column;
        let Some(end) = self.cut.ends.get(at).filter(|_| at < until) else { return &[] };
        let from = match at.checked_sub(1).filter(|_| column > 0) {
            Some(before) => self.cut.ends.get(before).map_or(0, |end| end + 1),
            None => self.cut.rows.get(row).map_or(0, |row| row.from),
        };
        self.bytes.get(from as usize..*end as usize).unwrap_or(&[])
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
