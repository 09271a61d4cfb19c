//! Delimited text: rows are found in a buffer that grows from the front of the file.
//!
//! Quoting is RFC 4180, read leniently: a `"` inside a quoted cell that no delimiter follows is an
//! ordinary letter, as Amazon writes `31\" x 19\"`.

use memchr::memchr;

use super::{Cell, Row, marks::Marks};

/// How a text file is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) delimiter: u8,
    pub(crate) is_quoted: bool,
}

/// What stands at a place of the buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// A row, which ends right before `next`.
    Row { next: usize },
    /// The row does not end in the buffer; more bytes are needed.
    Incomplete { in_quotes: bool },
}

/// Cuts a buffer into rows.
#[derive(Debug)]
pub(crate) struct Rows<'a> {
    marks: Marks<'a>,
    dialect: Dialect,
    /// Whether the buffer's end is the file's end: the last row then needs no line end.
    is_last: bool,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(buffer: &'a [u8], dialect: Dialect, is_last: bool) -> Self {
        Self { marks: Marks::new(buffer, dialect.delimiter), dialect, is_last }
    }

    /// Reads the row that begins at `from` into `row`. `line` is its first line and becomes the
    /// line after it.
    pub(crate) fn read(&mut self, from: usize, line: &mut u64, row: &mut Row) -> Next {
        let buffer = self.marks.buffer();
        row.cells.clear();
        row.unquoted.clear();
        row.line = *line;
        let mut at = from;
        let mut n_lines = 0;
        loop {
            let end = if self.dialect.is_quoted && buffer.get(at) == Some(&b'"') {
                let Some(end) = quoted_cell(buffer, at, self.is_last, self.dialect.delimiter, row)
                else {
                    return Next::Incomplete { in_quotes: true };
                };
                n_lines += count_lines(buffer.get(at..end).unwrap_or(&[]));
                end
            } else {
                match self.marks.next(at) {
                    Some(end) => {
                        push_plain(buffer, at, end, buffer.get(end) == Some(&b'\n'), row);
                        end
                    }
                    None if self.is_last => {
                        push_plain(buffer, at, buffer.len(), true, row);
                        buffer.len()
                    }
                    None => return Next::Incomplete { in_quotes: false },
                }
            };
            match buffer.get(end) {
                Some(b'\n') => {
                    *line += n_lines + 1;
                    return Next::Row { next: end + 1 };
                }
                Some(_) => at = end + 1,
                None if self.is_last => {
                    *line += n_lines + 1;
                    return Next::Row { next: end };
                }
                None => return Next::Incomplete { in_quotes: false },
            }
        }
    }
}

fn count_lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

fn push_plain(buffer: &[u8], from: usize, to: usize, ends_line: bool, row: &mut Row) {
    let has_return = ends_line && to > from && buffer.get(to - 1) == Some(&b'\r');
    row.cells.push(Cell { from, to: if has_return { to - 1 } else { to }, is_unquoted: false });
}

/// Reads the quoted cell that begins at `open`; gives the place of the delimiter or line end
/// behind it. `None`: it does not end in the buffer.
fn quoted_cell(
    buffer: &[u8],
    open: usize,
    is_last: bool,
    delimiter: u8,
    row: &mut Row,
) -> Option<usize> {
    let from = open + 1;
    let mut at = from;
    let mut copied: Option<(usize, usize)> = None;
    loop {
        let quote = at + memchr(b'"', buffer.get(at..)?)?;
        let behind = buffer.get(quote + 1).copied();
        let end = match behind {
            Some(b'"') => None,
            Some(b'\n') => Some(quote + 1),
            Some(b'\r') => match buffer.get(quote + 2) {
                None if !is_last => return None,
                _ => Some(quote + 2),
            },
            Some(byte) if byte == delimiter => Some(quote + 1),
            None if is_last => Some(quote + 1),
            None => return None,
            // A lone quote inside the cell.
            Some(_) => {
                at = quote + 1;
                continue;
            }
        };
        let (start, tail) = copied.unwrap_or((row.unquoted.len(), from));
        if let Some(end) = end {
            if copied.is_none() {
                row.cells.push(Cell { from, to: quote, is_unquoted: false });
            } else {
                row.unquoted.extend_from_slice(buffer.get(tail..quote)?);
                row.cells.push(Cell { from: start, to: row.unquoted.len(), is_unquoted: true });
            }
            return Some(end);
        }
        row.unquoted.extend_from_slice(buffer.get(tail..=quote)?);
        copied = Some((start, quote + 2));
        at = quote + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, is_quoted: bool) -> Vec<(u64, Vec<String>)> {
        let dialect = Dialect { delimiter: b',', is_quoted };
        let (mut from, mut line, mut row) = (0, 1, Row::default());
        let mut rows = Vec::new();
        let mut reader = Rows::new(text.as_bytes(), dialect, true);
        while from < text.len() {
            match reader.read(from, &mut line, &mut row) {
                Next::Row { next } => from = next,
                Next::Incomplete { .. } => break,
            }
            let cells = row.iter(text.as_bytes());
            rows.push((
                row.line,
                cells.map(|it| String::from_utf8_lossy(it).into_owned()).collect(),
            ));
        }
        rows
    }

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        let cells: Vec<Vec<String>> =
            rows(text, true).into_iter().map(|(_, cells)| cells).collect();
        assert_eq!(cells, expected, "{text:?}");
    }

    #[test]
    fn cells_and_line_ends() {
        check("a,b\r\nc,\n", &[&["a", "b"], &["c", ""]]);
        check("a,b", &[&["a", "b"]]);
        check("\n\n", &[&[""], &[""]]);
    }

    #[test]
    fn quoted_cells() {
        check("\"a,b\",\"c\"\"d\"\n", &[&["a,b", "c\"d"]]);
        check("\"a\nb\",c\n", &[&["a\nb", "c"]]);
        check("\"\",\"\"\"\"", &[&["", "\""]]);
        check("x,\"a\"\r\n", &[&["x", "a"]]);
        check("\"31\\\" x 19\\\" rug\",1\n", &[&["31\\\" x 19\\\" rug", "1"]]);
        check("a \"b\" c,d\n", &[&["a \"b\" c", "d"]]);
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
        let dialect = Dialect { delimiter: b',', is_quoted: true };
        let next = Rows::new(b"\"abc", dialect, true).read(0, &mut 1, &mut Row::default());
        assert_eq!(next, Next::Incomplete { in_quotes: true });
    }
}
