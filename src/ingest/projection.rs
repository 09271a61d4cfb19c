//! Chosen columns of a delimited text, without a recipe.
//!
//! The same cutter and the same readers of cells as an import has, for those who know what they want
//! of a file. Benchmarks measure them by it.

use crate::{
    domain::{Day, Fixed},
    ingest::{
        DateOrder,
        container::{
            Cut, Rows,
            delimited::{Cutter, Dialect},
            rest::Rest,
        },
        encoding::CellEncoding,
        moment::{read_iso, read_moment},
        number::{DecimalSign, read_number},
    },
};

/// Reads columns by the names that they have in the first line.
#[derive(Debug)]
pub struct Projection {
    names: Vec<String>,
    cutter: Cutter,
    /// Where the columns stand in a row; `None` before the header has been read.
    places: Option<Vec<Option<usize>>>,
    rest: Rest,
    cut: Cut,
}

/// Some rows of the file.
#[derive(Debug, Clone, Copy)]
pub struct ProjectedRows<'a> {
    rows: Rows<'a>,
    places: &'a [Option<usize>],
}

impl Projection {
    /// Columns are numbered as in `names`; one that the file lacks is empty in every row.
    /// `is_quoted` says whether quotes are more than letters.
    pub fn new(delimiter: u8, is_quoted: bool, names: &[&str]) -> Self {
        Self {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            cutter: Cutter::new(Dialect { delimiter, is_quoted }),
            places: None,
            rest: Rest::default(),
            cut: Cut::default(),
        }
    }

    /// The next bytes of the file, in pieces of any size. `take` gets the rows that end in them, some
    /// at a time.
    pub fn feed(&mut self, bytes: &[u8], mut take: impl FnMut(ProjectedRows<'_>)) {
        let mut rest = std::mem::take(&mut self.rest);
        rest.feed(bytes, |bytes| self.read(bytes, false, &mut take));
        self.rest = rest;
    }

    /// The file has ended: its last row need not have a line end.
    pub fn finish(mut self, mut take: impl FnMut(ProjectedRows<'_>)) {
        let rest = std::mem::take(&mut self.rest);
        self.read(rest.bytes(), true, &mut take);
    }

    /// Reads the rows that end in `bytes`; gives the place of the first byte not read.
    fn read(
        &mut self,
        bytes: &[u8],
        is_last: bool,
        take: &mut impl FnMut(ProjectedRows<'_>),
    ) -> usize {
        let mut at = 0;
        loop {
            let is_quoted = self.cutter.dialect().is_quoted;
            let Some(places) = &self.places else {
                let mut header = Cut::default();
                at = self.cutter.cut_some(1, bytes, at, is_last, &mut header);
                let rows = Rows::new(bytes, &header, is_quoted);
                if rows.len() == 0 {
                    return at;
                }
                self.places = Some(places_of(&self.names, rows));
                continue;
            };
            at = self.cutter.cut(bytes, at, is_last, &mut self.cut);
            let rows = Rows::new(bytes, &self.cut, is_quoted);
            if rows.len() == 0 {
                return at;
            }
            take(ProjectedRows { rows, places });
        }
    }
}

fn places_of(names: &[String], header: Rows<'_>) -> Vec<Option<usize>> {
    let cells: Vec<Vec<u8>> = header.cells(0).collect();
    let place = |name: &String| cells.iter().position(|cell| cell == name.as_bytes());
    names.iter().map(place).collect()
}

impl ProjectedRows<'_> {
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cells of a column, row after row, without quotes and spaces around.
    pub fn each_cell(&self, column: usize, mut read: impl FnMut(&[u8])) {
        match self.places.get(column).copied().flatten() {
            Some(place) => self.rows.each_cell(place, |cell| read(cell.trim_ascii())),
            None => (0..self.len()).for_each(|_| read(&[])),
        }
    }

    /// The numbers of a column; `None` for what is empty or no number.
    pub fn each_number(&self, column: usize, mut read: impl FnMut(Option<Fixed>)) {
        let encoding = CellEncoding::of(b"");
        self.each_cell(column, |cell| {
            read(read_number(cell, DecimalSign::Dot, encoding).unwrap_or_default());
        });
    }

    /// The moments of a column in seconds since the epoch, those without a zone by UTC; `None` for
    /// what is no date.
    pub fn each_moment(&self, column: usize, mut read: impl FnMut(Option<i64>)) {
        self.each_cell(column, |cell| read(moment_in(cell)));
    }
}

/// A cell as `each_moment` gives it.
pub fn moment_in(cell: &[u8]) -> Option<i64> {
    let other = || read_moment(&CellEncoding::of(b"").text(cell), DateOrder::MonthFirst);
    let moment = read_iso(cell).or_else(other)?;
    let midnight = i64::from(moment.day.days_since_epoch()) * Day::SECONDS;
    Some(midnight + moment.time.unwrap_or(0) - moment.offset.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "when,what,price\n2024-01-02T00:00:01+00:00,\"a\nb\",1.50\nx,c,\n,\"d\",2";

    fn read(size: usize) -> (Vec<String>, Vec<Option<Fixed>>, Vec<Option<i64>>) {
        let mut projection = Projection::new(b',', true, &["what", "price", "when", "gone"]);
        let (mut texts, mut numbers, mut moments) = (Vec::new(), Vec::new(), Vec::new());
        let mut take = |rows: ProjectedRows<'_>| {
            rows.each_cell(0, |cell| texts.push(String::from_utf8_lossy(cell).into_owned()));
            rows.each_number(1, |number| numbers.push(number));
            rows.each_moment(2, |moment| moments.push(moment));
            rows.each_cell(3, |cell| assert!(cell.is_empty()));
        };
        for piece in TEXT.as_bytes().chunks(size) {
            projection.feed(piece, &mut take);
        }
        projection.finish(&mut take);
        (texts, numbers, moments)
    }

    #[test]
    fn columns_are_read_whatever_the_pieces() {
        for size in [1, 7, 1000] {
            let (texts, numbers, moments) = read(size);
            assert_eq!(texts, ["a\nb", "c", "d"]);
            let numbers: Vec<_> = numbers.iter().map(|it| it.map(|it| it.to_string())).collect();
            assert_eq!(numbers, [Some("1.5".to_owned()), None, Some("2".to_owned())]);
            assert_eq!(moments, [Some(1_704_153_601), None, None]);
        }
    }
}
