//! Reading a delimited text: its head says what it is, then rows follow.

use serde::{Deserialize, Serialize};

use crate::{
    catalog::{Catalog, header::HeaderName, report::Quoting},
    ingest::{
        FileName, ReadOptions, ReadOutcome, Refusal, UnknownTable,
        conclusion::{Described, conclude},
        container::{
            Cut, Rows,
            delimited::{Cutter, Dialect},
            rest::Rest,
        },
        encoding::CellEncoding,
        plan::{FileHead, Plan},
        post::Poster,
        posted::Posted,
        recognise::{Match, nearest, recognise},
        tally::{Tally, Unlike},
    },
};

/// Bytes read before the report kind is decided.
pub(super) const HEAD_BYTES: usize = 256 * 1024;
/// A row longer than this is no row of an export.
const MAX_ROW_BYTES: usize = 16 * 1024 * 1024;
/// Rows in which the header is looked for.
pub(super) const N_HEADER_ROWS: usize = 30;
/// Rows below the header that vote on number forms and show the currency.
pub(super) const N_SAMPLE_ROWS: usize = 200;
const DELIMITERS: &[u8] = b",\t;|";

/// Rows on their way to become facts.
#[derive(Debug)]
pub(super) struct TextStage {
    poster: Poster,
    cutter: Cutter,
    encoding: CellEncoding,
    preamble_lines: u32,
    rest: Rest,
    cut: Cut,
}

/// The text ends within a row, or has one that is too long for a row: on this line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CutShort {
    pub(super) line: u64,
}

impl From<CutShort> for Refusal {
    fn from(CutShort { line }: CutShort) -> Self {
        Self::CutShort { line }
    }
}

/// A header line found in the head of a file.
struct Found<'a> {
    matched: Match<'a>,
    dialect: Dialect,
    /// Rows above the header, as text.
    preamble: Vec<String>,
    headers: Vec<String>,
    sample: Vec<Vec<String>>,
}

/// Recognises the text that begins with `head`; `is_whole` says whether that is all of it. Gives what
/// reads its rows, and the place in `head` where they begin.
pub(super) fn recognise_text(
    catalog: &Catalog,
    (head, is_whole): (&[u8], bool),
    name: &FileName,
    options: &ReadOptions,
) -> Result<(TextStage, usize), Refusal> {
    let marked = head;
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let encoding = CellEncoding::of(head);
    let mut best: Option<Found<'_>> = None;
    let mut likeliest = UnknownTable::default();
    // A sign that does not occur gives no other rows than the first one that does not.
    let occurs = |sign: &u8| memchr::memchr(*sign, head).is_some();
    let mut delimiters: Vec<&u8> = DELIMITERS.iter().filter(|sign| occurs(sign)).collect();
    if delimiters.is_empty() {
        delimiters.extend(DELIMITERS.first());
    }
    for delimiter in delimiters {
        let dialect = Dialect { delimiter: *delimiter, is_quoted: true };
        let rows = head_rows((head, is_whole), dialect, encoding);
        for (index, row) in rows.iter().take(N_HEADER_ROWS).enumerate() {
            let Some(matched) = recognise_row(catalog, row, options) else { continue };
            if best.as_ref().is_none_or(|it| it.matched.strength() < matched.strength()) {
                best = Some(found(matched, *delimiter, &rows, index));
            }
        }
        if best.is_none() {
            let table = UnknownTable::in_rows(&rows, false);
            if table.likelihood() > likeliest.likelihood() {
                likeliest = table;
            }
        }
    }
    let Some(found) = best else {
        return Err(unknown(catalog, likeliest));
    };
    let file = FileHead {
        headers: found.headers,
        sample: &found.sample,
        preamble: &found.preamble,
        options,
        snapshot_day: name.day(),
    };
    let plan = Plan::new(found.matched.recipe, &file);
    // The header is always quoted as RFC 4180 has it, whatever the rows are.
    let mut cutter = Cutter::new(Dialect { is_quoted: true, ..found.dialect });
    let data = cutter.pass(head, 0, found.preamble.len() + 1);
    let text = TextStage {
        poster: Poster::new(plan, encoding, false),
        cutter: cutter.with_dialect(found.dialect),
        encoding,
        preamble_lines: u32::try_from(found.preamble.len()).unwrap_or(u32::MAX),
        rest: Rest::default(),
        cut: Cut::default(),
    };
    Ok((text, marked.len() - head.len() + data))
}

/// The refusal of a file that no recipe fits.
pub(super) fn unknown(catalog: &Catalog, table: UnknownTable) -> Refusal {
    let names: Vec<HeaderName> = table.header.iter().map(|cell| HeaderName::new(cell)).collect();
    Refusal::UnknownReport { nearest: nearest(catalog, &names), table: Box::new(table) }
}

pub(super) fn recognise_row<'a>(
    catalog: &'a Catalog,
    row: &[String],
    options: &ReadOptions,
) -> Option<Match<'a>> {
    let names: Vec<HeaderName> = row.iter().map(|cell| HeaderName::new(cell)).collect();
    recognise(catalog, &names, options.report.as_deref())
}

pub(super) fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.trim().is_empty()).count()
}

fn found<'a>(matched: Match<'a>, delimiter: u8, rows: &[Vec<String>], index: usize) -> Found<'a> {
    let headers = rows.get(index).cloned().unwrap_or_default();
    Found {
        dialect: Dialect {
            delimiter,
            is_quoted: matched.recipe.quoting == Quoting::Standard || delimiter != b'\t',
        },
        matched,
        preamble: rows.iter().take(index).map(|row| row.join(",")).collect(),
        headers: trimmed_end(headers),
        sample: rows.iter().skip(index + 1).take(N_SAMPLE_ROWS).cloned().collect(),
    }
}

/// A header without the empty names at its end.
pub(super) fn trimmed_end(mut headers: Vec<String>) -> Vec<String> {
    while headers.last().is_some_and(|name| name.trim().is_empty()) {
        headers.pop();
    }
    headers
}

/// The first rows of the head, as texts; a row that the head cuts is left out.
fn head_rows(
    (head, is_whole): (&[u8], bool),
    dialect: Dialect,
    encoding: CellEncoding,
) -> Vec<Vec<String>> {
    let mut cut = Cut::default();
    Cutter::new(dialect).cut(head, 0, is_whole, &mut cut);
    let rows = Rows::new(head, &cut, dialect.is_quoted);
    let texts = |row| rows.cells(row).map(|cell| encoding.text(&cell).into_owned()).collect();
    (0..rows.len().min(N_HEADER_ROWS + N_SAMPLE_ROWS)).map(texts).collect()
}

impl TextStage {
    /// Data rows read so far.
    pub(super) fn rows(&self) -> u64 {
        self.poster.rows()
    }

    /// Id of the recipe by which they are read.
    pub(super) fn report(&self) -> &str {
        &self.poster.plan.recipe.id
    }

    pub(super) fn dialect(&self) -> Dialect {
        self.cutter.dialect()
    }

    /// The line of the next row.
    pub(super) fn line(&self) -> u64 {
        self.cutter.line()
    }

    /// Whether rows are about others than those next to them, wherever those stand.
    pub(super) fn has_groups(&self) -> bool {
        self.poster.plan.group.is_some()
    }

    /// Goes on elsewhere in the file, with a row that counts as line 1.
    pub(super) fn begin(&mut self) {
        self.cutter = Cutter::new(self.cutter.dialect());
        self.rest = Rest::default();
    }

    /// The next bytes, in pieces of any size.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<(), CutShort> {
        let mut rest = std::mem::take(&mut self.rest);
        rest.feed(bytes, |bytes| self.read_rows(bytes, false));
        self.rest = rest;
        self.check_row_length()
    }

    /// Reads one row and no more. Gives the number of bytes that it ends behind the bytes taken
    /// before; `None`: it does not end in these ones.
    pub(super) fn take_row(&mut self, bytes: &[u8]) -> Result<Option<usize>, CutShort> {
        let mut rest = std::mem::take(&mut self.rest);
        let n_before = rest.bytes().len();
        let mut end = 0;
        rest.extend(bytes, |bytes| {
            end = self.cutter.cut_some(1, bytes, 0, false, &mut self.cut);
            self.poster.take(Rows::new(bytes, &self.cut, self.cutter.dialect().is_quoted));
            end
        });
        if end > 0 {
            return Ok(Some(end.saturating_sub(n_before)));
        }
        self.rest = rest;
        self.check_row_length().map(|()| None)
    }

    fn check_row_length(&self) -> Result<(), CutShort> {
        let is_row = self.rest.bytes().len() <= MAX_ROW_BYTES;
        if is_row { Ok(()) } else { Err(CutShort { line: self.cutter.line() }) }
    }

    /// Reads the rows that end in `bytes`; gives the place of the first byte not read.
    fn read_rows(&mut self, bytes: &[u8], is_last: bool) -> usize {
        let mut at = 0;
        loop {
            at = self.cutter.cut(bytes, at, is_last, &mut self.cut);
            let rows = Rows::new(bytes, &self.cut, self.cutter.dialect().is_quoted);
            if rows.len() == 0 {
                return at;
            }
            self.poster.take(rows);
        }
    }

    /// Reads the file's last row, which need not have a line end.
    pub(super) fn take_end(&mut self) -> Result<(), CutShort> {
        let rest = std::mem::take(&mut self.rest);
        let rest = rest.bytes();
        let (n_before, line) = (self.poster.rows(), self.cutter.line());
        let at = self.read_rows(rest, true);
        let is_short = self.poster.rows() > n_before && self.poster.is_last_row_short();
        if at < rest.len() || !rest.is_empty() && is_short {
            return Err(CutShort { line });
        }
        Ok(())
    }

    /// What the rows since the beginning, or since the last call, gave.
    pub(super) fn end(&mut self) -> Tally {
        self.poster.end()
    }

    /// The reading of all rows together.
    pub(super) fn conclude(self, tally: Tally, options: &ReadOptions) -> ReadOutcome {
        let text = Described {
            container: "csv",
            encoding: self.encoding.name(),
            delimiter: char::from(self.cutter.dialect().delimiter).to_string(),
            preamble_lines: self.preamble_lines,
        };
        conclude(Posted::new(self.poster.plan, tally), text, options)
    }

    /// As `conclude`, unless the dates of some rows were read otherwise than all together ask for.
    pub(super) fn conclude_parts(
        self,
        tally: Tally,
        options: &ReadOptions,
    ) -> Result<ReadOutcome, Unlike> {
        let plan = &self.poster.plan;
        let order = tally.order.settle(plan.date_order, plan.date_order_is_open).order;
        if tally.is_dated_by(order) { Ok(self.conclude(tally, options)) } else { Err(Unlike) }
    }
}
