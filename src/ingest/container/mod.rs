//! Files as rows of cells.

pub(crate) mod delimited;
pub(crate) mod marks;
pub(crate) mod sheet;

/// One row of a file: cells are byte slices of the file or of an unquoted copy.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    pub(crate) line: u64,
    /// Cells that were quoted with inner quotes, unquoted.
    pub(crate) unquoted: Vec<u8>,
    pub(crate) cells: Vec<Cell>,
}

/// Where a cell's bytes stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) is_unquoted: bool,
}

impl Row {
    /// The bytes of one cell; empty when the row is shorter. `buffer` is what the row was read
    /// from.
    pub(crate) fn cell<'a>(&'a self, buffer: &'a [u8], index: usize) -> &'a [u8] {
        self.cells.get(index).map_or(&[], |cell| self.bytes(buffer, *cell))
    }

    fn bytes<'a>(&'a self, buffer: &'a [u8], cell: Cell) -> &'a [u8] {
        let bytes = if cell.is_unquoted { &self.unquoted } else { buffer };
        bytes.get(cell.from..cell.to).unwrap_or(&[])
    }

    pub(crate) fn iter<'a>(&'a self, buffer: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        self.cells.iter().map(|cell| self.bytes(buffer, *cell))
    }

    pub(crate) fn is_blank(&self, buffer: &[u8]) -> bool {
        self.iter(buffer).all(|cell| cell.trim_ascii().is_empty())
    }

    /// Puts texts in place of the cells, as sheets do.
    pub(crate) fn set_texts(&mut self, line: u64, texts: &[String]) {
        self.line = line;
        self.cells.clear();
        self.unquoted.clear();
        for text in texts {
            let from = self.unquoted.len();
            self.unquoted.extend_from_slice(text.as_bytes());
            self.cells.push(Cell { from, to: self.unquoted.len(), is_unquoted: true });
        }
    }
}
