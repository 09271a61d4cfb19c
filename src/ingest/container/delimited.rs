//! Delimited text: rows are found in a buffer that grows from the front of the file.
//!
//! Quoting is RFC 4180, read leniently: a `"` inside a quoted cell that no delimiter follows is an
//! ordinary letter, as Amazon writes `31\" x 19\"`.

use super::{
    Cut, ROWS_AT_ONCE,
    marks::{BLOCK, Ends, Marks, Wanted, ends_at},
};

/// How a text file is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) delimiter: u8,
    pub(crate) is_quoted: bool,
}

impl Dialect {
    fn wanted(self) -> Wanted {
        Wanted { delimiter: self.delimiter, quotes: self.is_quoted }
    }
}

/// Cuts the rows of a text, some at a time.
#[derive(Debug, Clone)]
pub(crate) struct Cutter {
    dialect: Dialect,
    /// Line of the next row; 1-based.
    line: u64,
}

impl Cutter {
    /// Begins at the first line.
    pub(crate) fn new(dialect: Dialect) -> Self {
        Self { dialect, line: 1 }
    }

    pub(crate) fn dialect(&self) -> Dialect {
        self.dialect
    }

    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// Goes on in another dialect.
    pub(crate) fn with_dialect(self, dialect: Dialect) -> Self {
        Self { dialect, ..self }
    }

    /// Cuts rows from `from` on until `cut` is full or no further row ends in `bytes`; gives the
    /// place of the first byte not cut. `is_last`: the end of the bytes is the end of the file, and
    /// so of the last row.
    pub(crate) fn cut(&mut self, bytes: &[u8], from: usize, is_last: bool, cut: &mut Cut) -> usize {
        self.cut_some(ROWS_AT_ONCE, bytes, from, is_last, cut)
    }

    /// As `cut`, at most `n_rows`.
    pub(crate) fn cut_some(
        &mut self,
        n_rows: usize,
        bytes: &[u8],
        from: usize,
        is_last: bool,
        cut: &mut Cut,
    ) -> usize {
        cut.clear();
        cut.room = n_rows;
        let end = if self.dialect.is_quoted {
            self.cut_quoted(bytes, from, is_last, cut)
        } else {
            self.cut_plain(bytes, from, is_last, cut)
        };
        cut.drop_open_row();
        end
    }

    /// Passes over `n` rows, or as many as there are; gives the place behind them.
    pub(crate) fn pass(&mut self, bytes: &[u8], from: usize, n: usize) -> usize {
        let mut at = from;
        let mut cut = Cut::default();
        for _ in 0..n {
            at = self.cut_some(1, bytes, at, true, &mut cut);
        }
        at
    }

    /// Where quotes are letters, every mark ends a cell.
    fn cut_plain(&mut self, bytes: &[u8], from: usize, is_last: bool, cut: &mut Cut) -> usize {
        let mut row_from = from;
        let mut block = from;
        cut.begin_row(row_from);
        while block < bytes.len() {
            let Ends { all, mut feeds } = ends_at(bytes, block, self.dialect.delimiter);
            let mut ends = all;
            while feeds != 0 {
                let feed = feeds & feeds.wrapping_neg();
                let in_row = ends & (feed - 1);
                cut.end_cells(block, in_row);
                ends ^= in_row | feed;
                feeds ^= feed;
                let at = block + feed.trailing_zeros() as usize;
                cut.end_cell(without_return(bytes, row_from, at));
                cut.end_row(self.line);
                self.line += 1;
                row_from = at + 1;
                if cut.is_full() {
                    return row_from;
                }
                cut.begin_row(row_from);
            }
            cut.end_cells(block, ends);
            block += BLOCK;
        }
        if is_last && row_from < bytes.len() {
            cut.end_cell(without_return(bytes, row_from, bytes.len()));
            cut.end_row(self.line);
            self.line += 1;
            return bytes.len();
        }
        row_from
    }

    /// Cell by cell: a quoted one ends behind its quotes.
    fn cut_quoted(&mut self, bytes: &[u8], from: usize, is_last: bool, cut: &mut Cut) -> usize {
        let (mut row_from, mut cell_from) = (from, from);
        let mut marks = Marks::new(bytes, self.dialect.wanted(), from);
        let mut n_lines = 1;
        cut.begin_row(row_from);
        while row_from < bytes.len() {
            let end = if bytes.get(cell_from) == Some(&b'"') {
                let end = quoted_end(&mut marks, cell_from, is_last, self.dialect.delimiter);
                let Some(end) = end else { return row_from };
                n_lines += count_lines(bytes.get(cell_from..end).unwrap_or(&[]));
                end
            } else {
                match marks.next_end(cell_from) {
                    Some(end) => end,
                    None if is_last => bytes.len(),
                    None => return row_from,
                }
            };
            // A quoted cell ends before a return, a plain one behind it.
            let has_return = bytes.get(end) == Some(&b'\r');
            let ender = if has_return { end + 1 } else { end };
            match bytes.get(ender) {
                Some(b'\n') => cut.end_cell(without_return(bytes, cell_from, end)),
                Some(_) => {
                    cut.end_cell(end);
                    cell_from = end + 1;
                    continue;
                }
                None if is_last => cut.end_cell(without_return(bytes, cell_from, end)),
                None => return row_from,
            }
            cut.end_row(self.line);
            self.line += n_lines;
            n_lines = 1;
            row_from = (ender + 1).min(bytes.len());
            cell_from = row_from;
            if cut.is_full() {
                break;
            }
            cut.begin_row(row_from);
        }
        row_from
    }
}

fn count_lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

/// The end of a row's last cell, which a return may stand before.
fn without_return(bytes: &[u8], from: usize, end: usize) -> usize {
    let last = end.checked_sub(1).filter(|last| *last >= from);
    last.filter(|last| bytes.get(*last) == Some(&b'\r')).unwrap_or(end)
}

/// The place behind the closing quote of the cell that begins at `open`. `None`: it does not end
/// in the buffer.
fn quoted_end(marks: &mut Marks<'_>, open: usize, is_last: bool, delimiter: u8) -> Option<usize> {
    let bytes = marks.bytes();
    let mut at = open + 1;
    loop {
        let quote = marks.next_quote(at)?;
        match bytes.get(quote + 1) {
            Some(b'"') => at = quote + 2,
            Some(b'\n') => return Some(quote + 1),
            Some(b'\r') => match bytes.get(quote + 2) {
                Some(b'\n') => return Some(quote + 1),
                None => return is_last.then_some(quote + 1),
                Some(_) => at = quote + 1,
            },
            Some(byte) if *byte == delimiter => return Some(quote + 1),
            None => return is_last.then_some(quote + 1),
            // A lone quote inside the cell.
            Some(_) => at = quote + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::container::Rows;

    fn rows(text: &str, is_quoted: bool) -> Vec<(u64, Vec<String>)> {
        let mut cutter = Cutter::new(Dialect { delimiter: b',', is_quoted });
        let (mut from, mut cut, mut found) = (0, Cut::default(), Vec::new());
        while from < text.len() {
            from = cutter.cut(text.as_bytes(), from, true, &mut cut);
            let rows = Rows::new(text.as_bytes(), &cut, is_quoted);
            if rows.len() == 0 {
                break;
            }
            for row in 0..rows.len() {
                let cells = rows.cells(row).map(|it| String::from_utf8_lossy(&it).into_owned());
                found.push((rows.line(row), cells.collect()));
            }
        }
        found
    }

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let cells: Vec<Vec<String>> =
            rows(text, true).into_iter().map(|(_, cells)| cells).collect();
        assert_eq!(cells, expected, "{text:?}");
        if !text.contains('"') {
            let cells: Vec<Vec<String>> =
                rows(text, false).into_iter().map(|(_, cells)| cells).collect();
            assert_eq!(cells, expected, "{text:?} without quoting");
        }
    }

    #[test]
    fn cells_and_line_ends() {
        check("a,b\r\nc,\n", &[&["a", "b"], &["c", ""]]);
        check("a,b", &[&["a", "b"]]);
        check("\n\n", &[&[""], &[""]]);
        check("a\r\n\r\nb\r", &[&["a"], &[""], &["b"]]);
    }

    #[test]
    fn quoted_cells() {
        check("\"a,b\",\"c\"\"d\"\n", &[&["a,b", "c\"d"]]);
        check("\"a\nb\",c\n", &[&["a\nb", "c"]]);
        check("\"\",\"\"\"\"", &[&["", "\""]]);
        check("x,\"a\"\r\n", &[&["x", "a"]]);
        check("\"31\\\" x 19\\\" rug\",1\n", &[&["31\\\" x 19\\\" rug", "1"]]);
        check("a \"b\" c,d\n", &[&["a \"b\" c", "d"]]);
        check("\"a\"\r", &[&["a"]]);
        check("\"a\"\rb\",c", &[&["a\"\rb", "c"]]);
    }

    #[test]
    fn lines_are_counted_as_an_editor_does() {
        let lines: Vec<u64> = rows("a\n\"b\nb\",c\nd\n", true).iter().map(|row| row.0).collect();
        assert_eq!(lines, [1, 2, 4]);
    }

    #[test]
    fn quotes_are_letters_where_nothing_is_quoted() {
        assert_eq!(rows("\"a,b\n", false)[0].1, ["\"a", "b"]);
    }

    #[test]
    fn an_open_quote_never_ends() {
        let mut cutter = Cutter::new(Dialect { delimiter: b',', is_quoted: true });
        let mut cut = Cut::default();
        assert_eq!(cutter.cut(b"x\n\"abc", 0, true, &mut cut), 2);
        assert_eq!(cut.rows.len(), 1);
    }

    #[test]
    fn a_row_that_has_not_ended_waits() {
        for is_quoted in [false, true] {
            let mut cutter = Cutter::new(Dialect { delimiter: b',', is_quoted });
            let mut cut = Cut::default();
            assert_eq!(cutter.cut(b"a,b\nc,d", 0, false, &mut cut), 4);
            assert_eq!((cut.rows.len(), cutter.line()), (1, 2));
        }
    }

    #[test]
    fn any_number_of_rows_is_cut_in_parts() {
        let text = "ab,\"c\"\n".repeat(ROWS_AT_ONCE * 2 + 7);
        let all = rows(&text, true);
        assert_eq!(all.len(), ROWS_AT_ONCE * 2 + 7);
        assert!(all.iter().all(|(_, cells)| cells == &["ab", "c"]));
        assert_eq!(all.last().map(|row| row.0), Some(all.len() as u64));
    }
}
