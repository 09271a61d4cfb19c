//! Reading one file, piece by piece.

use std::collections::BTreeMap;

use encoding_rs::{CoderResult, Decoder};
use xxhash_rust::xxh3::Xxh3;

use crate::{
    catalog::{
        Catalog,
        header::HeaderName,
        report::{ColumnKind, Dated, Quoting, Recipe},
    },
    domain::{Day, Fixed},
    ingest::{
        FileName, Question, ReadOptions, ReadOutcome, Reading, Refusal, TotalCheck,
        container::{
            Cut, ROWS_AT_ONCE, Rows,
            delimited::{Cutter, Dialect},
            rest::Rest,
            sheet::{Sheet, SheetError, read_sheets},
        },
        encoding::{CellEncoding, wide_encoding},
        plan::{FileHead, Plan},
        post::Poster,
        posted::Posted,
        recognise::{Match, nearest, recognise},
    },
};

/// Bytes read before the report kind is decided.
const HEAD_BYTES: usize = 256 * 1024;
/// A row longer than this is no row of an export.
const MAX_ROW_BYTES: usize = 16 * 1024 * 1024;
/// Rows in which the header is looked for.
const N_HEADER_ROWS: usize = 30;
/// Rows below the header that vote on number forms and show the currency.
const N_SAMPLE_ROWS: usize = 200;
const DELIMITERS: &[u8] = b",\t;|";
/// Share of shifted rows above which the columns are taken as shifted, in percent.
const MAX_SHIFTED_PERCENT: u64 = 1;
/// Share of rows with problems above which the file is refused, in percent.
const MAX_PROBLEM_PERCENT: u64 = 50;

/// A file being read.
pub struct FileReading<'a> {
    catalog: &'a Catalog,
    name: FileName,
    options: ReadOptions,
    hash: Xxh3,
    n_bytes: u64,
    decoder: Option<Decoder>,
    stage: Stage<'a>,
}

#[derive(Debug)]
enum Stage<'a> {
    /// Not enough bytes to decide.
    Head(Vec<u8>),
    Text(Box<TextStage<'a>>),
    /// Workbooks are read whole.
    Workbook(Vec<u8>),
    Refused(Refusal),
}

#[derive(Debug)]
struct TextStage<'a> {
    poster: Poster<'a>,
    cutter: Cutter,
    encoding: CellEncoding,
    preamble_lines: u32,
    rest: Rest,
    cut: Cut,
}

impl<'a> FileReading<'a> {
    pub fn new(catalog: &'a Catalog, name: FileName, options: ReadOptions) -> Self {
        Self {
            catalog,
            name,
            options,
            hash: Xxh3::new(),
            n_bytes: 0,
            decoder: None,
            stage: Stage::Head(Vec::new()),
        }
    }

    /// Data rows read so far.
    pub fn rows(&self) -> u64 {
        match &self.stage {
            Stage::Text(text) => text.poster.rows,
            _ => 0,
        }
    }

    /// Whether the rest of the file need not be read.
    pub fn is_refused(&self) -> bool {
        matches!(self.stage, Stage::Refused(_))
    }

    /// The next bytes of the file, in pieces of any size.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
        self.n_bytes += bytes.len() as u64;
        if let Stage::Head(head) = &mut self.stage {
            head.extend_from_slice(bytes);
            if head.len() >= HEAD_BYTES {
                self.decide();
            }
            return;
        }
        match &mut self.decoder {
            Some(decoder) => {
                let text = decoded(decoder, bytes, false);
                self.take(&text);
            }
            None => self.take(bytes),
        }
    }

    /// The file ended.
    pub fn finish(mut self) -> ReadOutcome {
        if self.n_bytes == 0 {
            return Err(Refusal::Empty);
        }
        self.decide();
        if let Some(decoder) = &mut self.decoder {
            let rest = decoded(decoder, &[], true);
            self.take(&rest);
        }
        let content_hash = self.hash.digest();
        let outcome = match self.stage {
            Stage::Refused(refusal) => Err(refusal),
            Stage::Workbook(bytes) => {
                read_workbook(self.catalog, &bytes, &self.name, &self.options)
            }
            Stage::Text(text) => text.finish(&self.options),
            Stage::Head(_) => Err(Refusal::NotText),
        };
        outcome.map(|reading| Reading { content_hash, ..reading })
    }

    fn take(&mut self, bytes: &[u8]) {
        match &mut self.stage {
            Stage::Text(text) => {
                if let Err(refusal) = text.take(bytes) {
                    self.stage = Stage::Refused(refusal);
                }
            }
            Stage::Workbook(all) => all.extend_from_slice(bytes),
            Stage::Head(_) | Stage::Refused(_) => (),
        }
    }

    /// Leaves the head stage: container, encoding, delimiter, header, recipe.
    fn decide(&mut self) {
        let Stage::Head(head) = &mut self.stage else { return };
        let mut head = std::mem::take(head);
        if let Some(encoding) = wide_encoding(&head) {
            let decoder = self.decoder.insert(encoding.new_decoder());
            head = decoded(decoder, &head, false);
        }
        self.stage = match refusal_of(&head) {
            Some(refusal) => Stage::Refused(refusal),
            None if head.starts_with(b"PK\x03\x04") => {
                self.stage = Stage::Workbook(head);
                return;
            }
            None => match text_stage(self.catalog, &head, &self.name, &self.options) {
                Ok(text) => Stage::Text(Box::new(text)),
                Err(refusal) => Stage::Refused(refusal),
            },
        };
        if let Stage::Text(text) = &mut self.stage {
            let from = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            if let Err(refusal) = text.skip_to_data(&head, from) {
                self.stage = Stage::Refused(refusal);
            }
        }
    }
}

/// Text of a 16-bit encoding as UTF-8.
fn decoded(decoder: &mut Decoder, bytes: &[u8], is_last: bool) -> Vec<u8> {
    let room = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3 + 16);
    let mut text = String::with_capacity(room);
    let (result, _, _) = decoder.decode_to_string(bytes, &mut text, is_last);
    debug_assert_eq!(result, CoderResult::InputEmpty, "the buffer holds the longest outcome");
    text.into_bytes()
}

/// Files that are no text and no workbook.
fn refusal_of(head: &[u8]) -> Option<Refusal> {
    let unsupported =
        |container: &str| Some(Refusal::UnsupportedContainer { container: container.to_owned() });
    let start: Vec<u8> = head.trim_ascii_start().iter().copied().take(512).collect();
    let lower = String::from_utf8_lossy(&start).to_lowercase();
    let lower = lower.trim_start_matches('\u{feff}').trim_start();
    if lower.starts_with("<!doctype html")
        || lower.starts_with("<html")
        || lower.starts_with("<head")
    {
        return Some(Refusal::WebPage);
    }
    if lower.starts_with("<?xml") {
        return unsupported("xml");
    }
    if head.starts_with(b"PK\x03\x04") {
        return None;
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0") {
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_locked = memchr::memmem::find(head, &name).is_some();
        return if is_locked { Some(Refusal::PasswordProtected) } else { unsupported("xls") };
    }
    for (magic, container) in [
        (&b"%PDF"[..], "pdf"),
        (b"\x1f\x8b", "gz"),
        (b"PAR1", "parquet"),
        (b"Rar!", "rar"),
        (b"7z\xbc\xaf", "7z"),
        (b"\x89PNG", "png"),
    ] {
        if head.starts_with(magic) {
            return unsupported(container);
        }
    }
    if memchr::memchr(0, head).is_some() {
        return Some(Refusal::NotText);
    }
    if lower.starts_with('{') || lower.starts_with("[{") {
        return unsupported("json");
    }
    if head.trim_ascii().is_empty() { Some(Refusal::Empty) } else { None }
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

fn text_stage<'a>(
    catalog: &'a Catalog,
    head: &[u8],
    name: &FileName,
    options: &ReadOptions,
) -> Result<TextStage<'a>, Refusal> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let encoding = CellEncoding::of(head);
    let mut best: Option<Found<'a>> = None;
    let mut fullest: Vec<String> = Vec::new();
    for delimiter in DELIMITERS {
        let rows = head_rows(head, Dialect { delimiter: *delimiter, is_quoted: true }, encoding);
        for (index, row) in rows.iter().take(N_HEADER_ROWS).enumerate() {
            if filled(row) > filled(&fullest) {
                fullest.clone_from(row);
            }
            let Some(matched) = recognise_row(catalog, row, options) else { continue };
            if best.as_ref().is_none_or(|it| it.matched.strength() < matched.strength()) {
                best = Some(found(matched, *delimiter, &rows, index));
            }
        }
    }
    let Some(found) = best else {
        let names: Vec<HeaderName> = fullest.iter().map(|cell| HeaderName::new(cell)).collect();
        fullest.truncate(60);
        return Err(Refusal::UnknownReport { header: fullest, nearest: nearest(catalog, &names) });
    };
    let file = FileHead {
        headers: found.headers,
        sample: &found.sample,
        preamble: &found.preamble,
        options,
        snapshot_day: name.day(),
    };
    let plan = Plan::new(found.matched.recipe, &file);
    Ok(TextStage {
        poster: Poster::new(plan, encoding, false),
        cutter: Cutter::new(found.dialect),
        encoding,
        preamble_lines: u32::try_from(found.preamble.len()).unwrap_or(u32::MAX),
        rest: Rest::default(),
        cut: Cut::default(),
    })
}

fn recognise_row<'a>(
    catalog: &'a Catalog,
    row: &[String],
    options: &ReadOptions,
) -> Option<Match<'a>> {
    let names: Vec<HeaderName> = row.iter().map(|cell| HeaderName::new(cell)).collect();
    recognise(catalog, &names, options.report.as_deref())
}

fn filled(row: &[String]) -> usize {
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
fn trimmed_end(mut headers: Vec<String>) -> Vec<String> {
    while headers.last().is_some_and(|name| name.trim().is_empty()) {
        headers.pop();
    }
    headers
}

/// The first rows of the head, as texts; a row that the head cuts is left out.
fn head_rows(head: &[u8], dialect: Dialect, encoding: CellEncoding) -> Vec<Vec<String>> {
    let mut cut = Cut::default();
    Cutter::new(dialect).cut(head, 0, head.len() < HEAD_BYTES, &mut cut);
    let rows = Rows::new(head, &cut, dialect.is_quoted);
    let texts = |row| rows.cells(row).map(|cell| encoding.text(&cell).into_owned()).collect();
    (0..rows.len().min(N_HEADER_ROWS + N_SAMPLE_ROWS)).map(texts).collect()
}

impl TextStage<'_> {
    /// Passes over the lines above the header and the header, then reads what else is there.
    fn skip_to_data(&mut self, head: &[u8], from: usize) -> Result<(), Refusal> {
        let dialect = self.cutter.dialect();
        let mut quoted = Cutter::new(Dialect { is_quoted: true, ..dialect });
        let n_skipped = self.preamble_lines as usize + 1;
        let at = quoted.pass(head, from, n_skipped);
        self.cutter = quoted.with_dialect(dialect);
        self.take(head.get(at..).unwrap_or(&[]))
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let mut rest = std::mem::take(&mut self.rest);
        rest.feed(bytes, |bytes| self.read_rows(bytes, false));
        self.rest = rest;
        if self.rest.bytes().len() > MAX_ROW_BYTES {
            return Err(Refusal::CutShort { line: self.cutter.line() });
        }
        Ok(())
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

    fn finish(mut self, options: &ReadOptions) -> ReadOutcome {
        let rest = std::mem::take(&mut self.rest);
        let rest = rest.bytes();
        let n_before = self.poster.rows;
        let last_line = self.cutter.line();
        let at = self.read_rows(rest, true);
        let is_short =
            self.poster.rows > n_before && self.poster.last_row_width < self.poster.plan.n_columns;
        if at < rest.len() || !rest.is_empty() && is_short {
            return Err(Refusal::CutShort { line: last_line });
        }
        let text = Described {
            container: "csv",
            encoding: self.encoding.name(),
            delimiter: char::from(self.cutter.dialect().delimiter).to_string(),
            preamble_lines: self.preamble_lines,
        };
        conclude(self.poster, text, options)
    }
}

/// How a file was cut into cells.
struct Described {
    container: &'static str,
    encoding: String,
    delimiter: String,
    preamble_lines: u32,
}

fn read_workbook(
    catalog: &Catalog,
    bytes: &[u8],
    name: &FileName,
    options: &ReadOptions,
) -> ReadOutcome {
    let is_workbook = memchr::memmem::find(bytes, b"xl/").is_some();
    let sheets = read_sheets(bytes).map_err(|error| match error {
        SheetError::Damaged { detail } if is_workbook => Refusal::DamagedSheet { detail },
        SheetError::Damaged { .. } => Refusal::UnsupportedContainer { container: "zip".to_owned() },
        SheetError::Empty => Refusal::EmptySheet,
    })?;
    if sheets.iter().all(|sheet| sheet.rows.iter().all(|row| filled(row) == 0)) {
        return Err(Refusal::EmptySheet);
    }
    let mut best: Option<(Match<'_>, &Sheet, usize)> = None;
    for sheet in &sheets {
        for (index, row) in sheet.rows.iter().take(N_HEADER_ROWS).enumerate() {
            let Some(matched) = recognise_row(catalog, row, options) else { continue };
            if best.as_ref().is_none_or(|(it, ..)| it.strength() < matched.strength()) {
                best = Some((matched, sheet, index));
            }
        }
    }
    let Some((matched, sheet, index)) = best else {
        let rows = sheets.iter().flat_map(|sheet| sheet.rows.iter().take(N_HEADER_ROWS));
        let mut header = rows.max_by_key(|row| filled(row)).cloned().unwrap_or_default();
        header.truncate(60);
        let names: Vec<HeaderName> = header.iter().map(|cell| HeaderName::new(cell)).collect();
        return Err(Refusal::UnknownReport { header, nearest: nearest(catalog, &names) });
    };
    let poster = read_sheet(matched.recipe, sheet, index, name, options);
    let text = Described {
        container: "xlsx",
        encoding: String::new(),
        delimiter: String::new(),
        preamble_lines: u32::try_from(index).unwrap_or(u32::MAX),
    };
    conclude(poster, text, options)
}

fn read_sheet<'a>(
    recipe: &'a Recipe,
    sheet: &Sheet,
    header: usize,
    name: &FileName,
    options: &ReadOptions,
) -> Poster<'a> {
    let preamble: Vec<String> = sheet.rows.iter().take(header).map(|row| row.join(",")).collect();
    let rows = sheet.rows.get(header + 1..).unwrap_or(&[]);
    let file = FileHead {
        headers: trimmed_end(sheet.rows.get(header).cloned().unwrap_or_default()),
        sample: rows.get(..N_SAMPLE_ROWS.min(rows.len())).unwrap_or(&[]),
        preamble: &preamble,
        options,
        snapshot_day: name.day(),
    };
    let mut poster = Poster::new(Plan::new(recipe, &file), CellEncoding::of(b""), true);
    let (mut bytes, mut cut) = (Vec::new(), Cut::default());
    let mut line = header as u64 + 2;
    for rows in rows.chunks(ROWS_AT_ONCE) {
        bytes.clear();
        cut.clear();
        for texts in rows {
            cut.push_texts(&mut bytes, line, texts);
            line += 1;
        }
        poster.take(Rows::new(&bytes, &cut, false));
    }
    poster
}

/// The last step: what is wrong with the file as a whole, what must be asked, the segments.
fn conclude(poster: Poster<'_>, text: Described, options: &ReadOptions) -> ReadOutcome {
    let posted = poster.finish();
    if let Some(refusal) = refusal_of_rows(&posted.poster) {
        return Err(refusal);
    }
    let poster = &posted.poster;
    let (dropped_columns, unknown_columns) = poster.plan.left_out();
    let slot_sums = poster.slot_sums.clone();
    let mut reading = Reading {
        report: poster.plan.recipe.id.clone(),
        container: text.container,
        encoding: text.encoding,
        delimiter: text.delimiter,
        preamble_lines: text.preamble_lines,
        columns: poster.plan.column_views(),
        dropped_columns,
        unknown_columns,
        rows: poster.rows,
        n_problems: poster.problems.n,
        problems: poster.problems.first.clone(),
        raw_rows: poster.raw_rows.clone(),
        understood: posted.preview(),
        sums: posted.sums(),
        period: posted.period(),
        period_is_guessed: poster.plan.period_is_guessed,
        currencies: posted.currencies(),
        shops: posted.shops(),
        zone: poster.plan.zone.name().to_owned(),
        date_order: posted.order.order,
        date_order_proof: posted.order.proof.clone(),
        questions: questions(&posted, options),
        checks: checks(poster, &slot_sums),
        segments: Vec::new(),
        content_hash: 0,
    };
    reading.segments = posted.into_segments();
    Ok(reading)
}

fn refusal_of_rows(poster: &Poster<'_>) -> Option<Refusal> {
    if poster.rows == 0 {
        return Some(Refusal::NoRows { report: poster.plan.recipe.id.clone() });
    }
    if let Some(first) = &poster.problems.first_destroyed {
        return Some(Refusal::DestroyedIds {
            line: first.line,
            column: first.column.clone(),
            value: first.value.clone(),
            n_rows: poster.problems.n_destroyed,
        });
    }
    if let Some((line, found)) = poster.problems.first_shifted
        && poster.problems.n_shifted * 100 > poster.rows * MAX_SHIFTED_PERCENT
    {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        return Some(Refusal::ShiftedColumns {
            line,
            expected: number(poster.plan.n_columns),
            found: number(found),
            n_rows: poster.problems.n_shifted,
        });
    }
    let first = poster.problems.first.first()?;
    (poster.problems.n * 100 > poster.rows * MAX_PROBLEM_PERCENT).then(|| {
        Refusal::TooManyProblems {
            problems: poster.problems.n,
            rows: poster.rows,
            first: first.clone(),
        }
    })
}

fn questions(posted: &Posted<'_>, options: &ReadOptions) -> Vec<Question> {
    let mut questions = Vec::new();
    if let Some(sample) = &posted.order.open
        && options.date_order.is_none()
    {
        questions.push(Question::DateOrder { sample: sample.clone() });
    }
    if posted.is_undated(Dated::Period) {
        questions.push(Question::Period);
    }
    if posted.is_undated(Dated::Snapshot) {
        questions.push(Question::SnapshotDay);
    }
    let plan = &posted.poster.plan;
    let has_money =
        plan.slots.iter().any(|slot| slot.kind == ColumnKind::Number && is_money(&slot.name));
    let has_column = plan.slots.iter().any(|slot| slot.kind == ColumnKind::Currency);
    if plan.currency.is_none() && !has_column && has_money {
        questions.push(Question::Currency);
    }
    questions
}

/// Number columns of recipes that hold money are named so.
fn is_money(slot: &str) -> bool {
    ["price", "cost", "spend", "sales", "amount", "total", "gross", "subtotal"]
        .iter()
        .any(|word| slot.contains(word))
}

/// The file's own total rows against the sums of its rows.
fn checks(poster: &Poster<'_>, sums: &[Fixed]) -> Vec<TotalCheck> {
    let Some(total) = poster.totals.first() else { return Vec::new() };
    let check = |(slot, stated): &(usize, Fixed)| {
        let name = poster.plan.slots.get(*slot)?.name.clone();
        let ours = sums.get(*slot).copied()?;
        Some(TotalCheck {
            label: total.label.clone(),
            column: name,
            stated: stated.to_string(),
            ours: ours.to_string(),
        })
    };
    total.numbers.iter().filter_map(check).collect()
}

/// Sums of several readings, as they would be added.
pub fn added(sums: impl Iterator<Item = BTreeMap<String, Fixed>>) -> BTreeMap<String, Fixed> {
    let mut all: BTreeMap<String, Fixed> = BTreeMap::new();
    for (column, sum) in sums.flatten() {
        let place = all.entry(column).or_default();
        *place = place.plus(sum);
    }
    all
}

impl FileName {
    /// A day in the file's name (`…2026-10-31…`, `…20261031…`), else the day it was saved, which
    /// is only a guess.
    fn day(&self) -> Option<(Day, bool)> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let windows = |length: usize| {
            (0..self.name.len()).filter_map(move |at| self.name.get(at..at + length))
        };
        let dashed = windows(10).find_map(|text| Day::parse(&text.replace('_', "-")));
        let plain = || {
            windows(8).filter(|text| digits(text)).find_map(|text| {
                Day::parse(&format!("{}-{}-{}", text.get(..4)?, text.get(4..6)?, text.get(6..)?))
                    .filter(|day| *day >= Day::from_days_since_epoch(7_300))
            })
        };
        let saved =
            || (self.modified_millis > 0).then(|| Day::from_seconds(self.modified_millis / 1_000));
        let named = dashed.or_else(plain).map(|day| (day, false));
        named.or_else(|| saved().map(|day| (day, true)))
    }
}
