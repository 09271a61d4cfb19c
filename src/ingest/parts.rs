//! One text file read by several readers, each of which takes ranges of its bytes.
//!
//! A range has the rows that begin behind its first byte and not behind the first byte of the next
//! range; its reader looks for the first of them by itself. In a quoted text nothing but the text
//! above tells whether a line end stands inside quotes, so that what a reader takes for the
//! beginning of a row is a guess. `Joining` proves it: it is right where the rows of the range before
//! end there. Where they do not, the range is read again from the right place. The readings joined
//! are the reading of the file as a whole, whatever the ranges and the readers.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{
    catalog::Catalog,
    facts::Segment,
    ingest::{
        FileName, ReadOptions, ReadOutcome,
        container::{Cut, Rows, delimited::Cutter},
        content_hash::{BLOCK_BYTES, BlockHashes, content_hash, with_hash},
        encoding::wide_encoding,
        reading::refusal_of,
        sheets::is_workbook,
        tally::{Tally, Unlike},
        text::{CutShort, HEAD_BYTES, TextStage, recognise_text},
    },
};

/// Bytes in which the beginning of a row is looked for.
const SEARCHED_BYTES: usize = 128 * 1024;
/// Rows of the usual width that must follow a line end, before it is taken for the end of a row.
const N_ROWS_BEHIND: usize = 3;
/// Line ends tried before a reader gives up: a text inside quotes may have many.
const N_LINE_ENDS_TRIED: usize = 64;
/// The smallest and the largest range, in bytes. Less is not worth a reader's beginning; of more,
/// the others would have to wait for its end.
const RANGE_BYTES: (u64, u64) = (4 << 20, 64 << 20);

/// Bytes of a file, from the first place to before the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRange {
    pub from: u64,
    pub until: u64,
    /// Where its first row begins, where that is known. May stand behind the range.
    pub begins: Option<u64>,
}

/// Ranges for `n_readers` who take one after the other: large first, so that there are few, small
/// at the end, so that all readers end together. Each begins where file hashes can be joined.
pub fn ranges(n_bytes: u64, n_readers: u64) -> Vec<FileRange> {
    let block = BLOCK_BYTES as u64;
    let mut ranges = Vec::new();
    let mut from = 0;
    while from < n_bytes {
        let share = (n_bytes - from) / (2 * n_readers.max(1));
        let size = share.clamp(RANGE_BYTES.0, RANGE_BYTES.1) / block * block;
        let until = n_bytes.min(from + size);
        ranges.push(FileRange { from, until, begins: None });
        from = until;
    }
    ranges
}

/// Reads ranges of a file, one at a time.
pub struct PartReader {
    text: TextStage,
    options: ReadOptions,
    /// Place and line of the file's first row below the header.
    first_row: (u64, u64),
    /// Cells of that row.
    usual_width: usize,
    range: FileRange,
    /// Place of the next byte that comes in.
    at: u64,
    phase: Phase,
    /// Where the rows of the range end.
    ends: u64,
    hashes: BlockHashes,
}

/// How far a range has been read.
enum Phase {
    /// These bytes are not enough to find a row's beginning.
    Searching(Vec<u8>),
    Reading,
    Done(Result<(), CutShort>),
}

/// What a range gave.
#[derive(Debug, Serialize, Deserialize)]
pub struct Part {
    /// Where its first row begins; `None`: no row was found.
    begins: Option<u64>,
    /// Where the first row of the next range begins.
    ends: u64,
    n_lines: u64,
    hashes: Vec<u64>,
    cut_short: Option<CutShort>,
    tally: Tally,
}

impl PartReader {
    /// `head` are the file's first bytes, `head_bytes` of them or all. `None`: the file cannot be
    /// read in parts, or must be refused.
    pub fn new(
        catalog: &Catalog,
        name: &FileName,
        options: &ReadOptions,
        head: &[u8],
    ) -> Option<Self> {
        let is_text = wide_encoding(head).is_none() && !is_workbook(head);
        // Lines of corrections are counted from the file's beginning, those of a range from its own.
        if !is_text || refusal_of(head).is_some() || !options.corrections.is_empty() {
            return None;
        }
        let is_whole = head.len() < HEAD_BYTES;
        let (mut text, at) = recognise_text(catalog, (head, is_whole), name, options).ok()?;
        if text.has_groups() {
            return None;
        }
        let line = text.line();
        text.begin();
        let mut cut = Cut::default();
        let mut cutter = Cutter::new(text.dialect());
        cutter.cut_some(1, head.get(at..)?, 0, is_whole, &mut cut);
        let rows = Rows::new(head, &cut, text.dialect().is_quoted);
        (rows.len() > 0).then_some(Self {
            text,
            options: options.clone(),
            first_row: (at as u64, line),
            usual_width: rows.width(0),
            range: FileRange { from: 0, until: 0, begins: None },
            at: 0,
            phase: Phase::Done(Ok(())),
            ends: 0,
            hashes: BlockHashes::default(),
        })
    }

    /// Report kind that the file was recognised as.
    pub fn report(&self) -> &str {
        self.text.report()
    }

    /// Bytes of the file's beginning that `new` needs.
    pub const fn head_bytes() -> u64 {
        HEAD_BYTES as u64
    }

    /// Data rows of the range read so far.
    pub fn rows(&self) -> u64 {
        self.text.rows()
    }

    /// Starts with a range: its bytes come next, and those behind it as long as they are wanted.
    pub fn begin(&mut self, range: FileRange) {
        self.text.begin();
        self.range = range;
        if range.from == 0 {
            self.range.begins = Some(self.first_row.0);
        }
        self.at = range.from;
        self.ends = range.until;
        self.hashes = BlockHashes::default();
        self.phase = match self.range.begins {
            Some(_) => Phase::Reading,
            None => Phase::Searching(Vec::new()),
        };
    }

    /// The next bytes, in pieces of any size. Whether more are wanted.
    pub fn feed(&mut self, bytes: &[u8]) -> bool {
        let from = self.at;
        self.at += bytes.len() as u64;
        let own = part_before(self.range.until, from, bytes);
        self.hashes.update(own);
        match std::mem::replace(&mut self.phase, Phase::Reading) {
            Phase::Searching(waiting) if waiting.is_empty() => self.search(Cow::Borrowed(bytes)),
            Phase::Searching(mut waiting) => {
                waiting.extend_from_slice(bytes);
                self.search(Cow::Owned(waiting));
            }
            Phase::Reading => self.read(from, bytes),
            done @ Phase::Done(_) => self.phase = done,
        }
        !matches!(self.phase, Phase::Done(_))
    }

    /// The range has been read: no more bytes are wanted, or the file has ended.
    pub fn end(&mut self) -> Part {
        if let Phase::Searching(waiting) = &mut self.phase {
            let waiting = std::mem::take(waiting);
            self.find_rows(&waiting, true);
        }
        if matches!(self.phase, Phase::Reading) {
            self.ends = self.at.max(self.range.begins.unwrap_or(0));
            self.phase = Phase::Done(self.text.take_end());
        }
        let cut_short = match self.phase {
            Phase::Done(result) => result.err(),
            Phase::Searching(_) | Phase::Reading => None,
        };
        Part {
            begins: self.range.begins,
            ends: self.ends,
            n_lines: self.text.line() - 1,
            hashes: std::mem::take(&mut self.hashes).finish(),
            cut_short,
            tally: self.text.end(),
        }
    }

    /// `bytes` are all that came in so far.
    fn search(&mut self, bytes: Cow<'_, [u8]>) {
        if bytes.len() < SEARCHED_BYTES {
            self.phase = Phase::Searching(bytes.into_owned());
        } else {
            self.find_rows(&bytes, false);
        }
    }

    /// Finds the first row in `bytes`, the range's first ones, and reads from it on.
    fn find_rows(&mut self, bytes: &[u8], is_end: bool) {
        let searched = bytes.get(..SEARCHED_BYTES.min(bytes.len())).unwrap_or(bytes);
        match self.first_row_in(searched, is_end) {
            Some(at) => {
                self.range.begins = Some(self.range.from + at as u64);
                self.phase = Phase::Reading;
                self.read(self.range.from, bytes);
            }
            None => self.phase = Phase::Done(Ok(())),
        }
    }

    /// A place behind a line end where rows seem to begin. `is_end`: the file ends with `bytes`.
    fn first_row_in(&self, bytes: &[u8], is_end: bool) -> Option<usize> {
        let is_quoted = self.text.dialect().is_quoted;
        let mut places = memchr::memchr_iter(b'\n', bytes).map(|end| end + 1);
        let found = if is_quoted {
            let mut places = places.take(N_LINE_ENDS_TRIED);
            places.find(|at| self.is_row_at(bytes.get(*at..).unwrap_or(&[]), is_end))
        } else {
            places.next()
        };
        found.or(is_end.then_some(bytes.len()))
    }

    fn is_row_at(&self, bytes: &[u8], is_end: bool) -> bool {
        let mut cut = Cut::default();
        let dialect = self.text.dialect();
        let end = Cutter::new(dialect).cut_some(N_ROWS_BEHIND, bytes, 0, is_end, &mut cut);
        let rows = Rows::new(bytes, &cut, dialect.is_quoted);
        let are_enough = rows.len() == N_ROWS_BEHIND || is_end && end == bytes.len();
        are_enough && (0..rows.len()).all(|row| rows.width(row) == self.usual_width)
    }

    /// Reads the rows of the range in `bytes`, which stand at `at` in the file.
    fn read(&mut self, at: u64, bytes: &[u8]) {
        let begins = self.range.begins.unwrap_or(self.range.until);
        let until = self.range.until;
        let end = at + bytes.len() as u64;
        if begins > until {
            // It has no rows; its bytes are still hashed.
            self.ends = begins;
            if end >= until {
                self.phase = Phase::Done(Ok(()));
            }
            return;
        }
        let (at, bytes) = part_from(begins, at, bytes);
        let own = part_before(until, at, bytes);
        let behind = bytes.get(own.len()..).unwrap_or(&[]);
        if let Err(cut_short) = self.text.take(own) {
            self.phase = Phase::Done(Err(cut_short));
            return;
        }
        if behind.is_empty() {
            return;
        }
        // One row goes on behind the range, or begins there.
        match self.text.take_row(behind) {
            Ok(None) => (),
            Ok(Some(n)) => {
                self.ends = at + own.len() as u64 + n as u64;
                self.phase = Phase::Done(Ok(()));
            }
            Err(cut_short) => self.phase = Phase::Done(Err(cut_short)),
        }
    }

    /// The parts of the file in its order, none so far.
    pub fn joining(&self) -> Joining {
        let (place, line) = self.first_row;
        Joining { ends: place, n_lines: line - 1, hashes: Vec::new(), cut_short: None, tally: None }
    }

    /// The reading of the file whose parts were joined. An error: it must be read as a whole.
    pub fn conclude(self, joined: Joining) -> Result<ReadOutcome, Unlike> {
        if let Some(cut_short) = joined.cut_short {
            return Ok(Err(cut_short.into()));
        }
        let content_hash = content_hash(&joined.hashes);
        let outcome = self.text.conclude_parts(joined.tally.unwrap_or_default(), &self.options)?;
        Ok(outcome.map(|reading| with_hash(reading, content_hash)))
    }
}

/// What of `bytes`, which stand at `at`, stands before `until`.
fn part_before(until: u64, at: u64, bytes: &[u8]) -> &[u8] {
    let n = usize::try_from(until.saturating_sub(at)).unwrap_or(usize::MAX);
    bytes.get(..n).unwrap_or(bytes)
}

/// What of `bytes`, which stand at `at`, does not stand before `from`, and where that is.
fn part_from(from: u64, at: u64, bytes: &[u8]) -> (u64, &[u8]) {
    let n = usize::try_from(from.saturating_sub(at)).unwrap_or(usize::MAX).min(bytes.len());
    (at + n as u64, bytes.get(n..).unwrap_or(&[]))
}

impl Part {
    /// The segments, table by table, which are not part of the serialised form.
    pub fn take_segments(&mut self) -> Vec<Vec<Segment>> {
        let tables = self.tally.tables.iter_mut();
        tables.map(|table| std::mem::take(&mut table.segments)).collect()
    }

    /// Gives back what `take_segments` took.
    pub fn put_segments(&mut self, segments: Vec<Vec<Segment>>) {
        for (table, segments) in self.tally.tables.iter_mut().zip(segments) {
            table.segments = segments;
        }
    }

    /// Data rows.
    pub fn rows(&self) -> u64 {
        self.tally.rows
    }

    /// Bytes from its first row to the next part's.
    pub fn n_bytes(&self) -> u64 {
        self.begins.map_or(0, |begins| self.ends.saturating_sub(begins))
    }
}

/// The parts of a file on their way to become its reading.
#[derive(Debug)]
pub struct Joining {
    ends: u64,
    n_lines: u64,
    hashes: Vec<u64>,
    cut_short: Option<CutShort>,
    tally: Option<Tally>,
}

impl Joining {
    /// Whether the part is of the right rows. Where not, its range has to be read again.
    pub fn fits(&self, part: &Part) -> bool {
        part.begins == Some(self.ends)
    }

    /// Where the next part must begin.
    pub fn ends(&self) -> u64 {
        self.ends
    }

    /// Adds the part of the next range. An error: the file must be read as a whole.
    pub fn add(&mut self, part: Part) -> Result<(), Unlike> {
        if self.cut_short.is_some() {
            return Ok(());
        }
        let below = |it: CutShort| CutShort { line: it.line + self.n_lines };
        self.cut_short = part.cut_short.map(below);
        let tally = self.tally.get_or_insert_with(|| Tally::like(&part.tally));
        tally.append(part.tally, self.n_lines)?;
        self.ends = part.ends;
        self.n_lines += part.n_lines;
        self.hashes.extend(part.hashes);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
