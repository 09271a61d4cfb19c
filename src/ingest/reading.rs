//! Reading one file, piece by piece.

use std::{collections::BTreeMap, mem, sync::Arc};

use crate::{
    catalog::Catalog,
    domain::{Day, Fixed},
    ingest::{
        FileName, ReadOptions, ReadOutcome, Refusal,
        container::packed::{MAX_UNPACKED_BYTES, Packed, Unpacker, Unpacking, is_gzip},
        content_hash::{BlockHashes, content_hash, with_hash},
        encoding::{WideDecoder, wide_encoding},
        sheets::{WorkbookFile, is_workbook, max_bytes, read_workbook},
        text::{HEAD_BYTES, TextStage, recognise_text},
    },
};

/// A file being read.
pub struct FileReading {
    catalog: Arc<Catalog>,
    name: FileName,
    options: ReadOptions,
    hashes: BlockHashes,
    n_bytes: u64,
    wrapping: Wrapping,
    decoder: Option<WideDecoder>,
    stage: Stage,
}

/// What is around the bytes of the file.
enum Wrapping {
    /// Too few bytes to decide.
    Unknown(Vec<u8>),
    Plain,
    Packed(Box<Unpacker>),
}

#[derive(Debug)]
enum Stage {
    /// Not enough bytes to decide.
    Head(Vec<u8>),
    Text(Box<TextStage>),
    /// Workbooks are read whole.
    Workbook(Vec<u8>),
    Refused(Refusal),
}

impl FileReading {
    pub fn new(catalog: &Arc<Catalog>, name: FileName, options: ReadOptions) -> Self {
        Self {
            catalog: Arc::clone(catalog),
            name,
            options,
            hashes: BlockHashes::default(),
            n_bytes: 0,
            wrapping: Wrapping::Unknown(Vec::new()),
            decoder: None,
            stage: Stage::Head(Vec::new()),
        }
    }

    /// An export as `exports_in` finds it: where it is packed, its packed bytes are fed.
    pub fn of_export(
        catalog: &Arc<Catalog>,
        path: FileName,
        options: ReadOptions,
        packed: Option<Packed>,
    ) -> Self {
        // Folders and archives may be named after other days.
        let own = path.name.rsplit('/').next().unwrap_or_default().to_owned();
        let plain = Self::new(catalog, FileName { name: own, ..path }, options);
        match packed.map(Unpacker::of_archived) {
            Some(unpacker) => Self { wrapping: Wrapping::Packed(Box::new(unpacker)), ..plain },
            None => plain,
        }
    }

    /// Data rows read so far.
    pub fn rows(&self) -> u64 {
        match &self.stage {
            Stage::Text(text) => text.rows(),
            _ => 0,
        }
    }

    /// Whether the rest of the file need not be read.
    pub fn is_refused(&self) -> bool {
        matches!(self.stage, Stage::Refused(_))
    }

    /// Whether `load_sheets` has to be done before the end: this is a workbook, or packed and may be one.
    pub fn needs_sheets(&self) -> bool {
        match &self.stage {
            Stage::Workbook(_) => true,
            Stage::Head(head) => is_workbook(head) || matches!(self.wrapping, Wrapping::Packed(_)),
            Stage::Text(_) | Stage::Refused(_) => false,
        }
    }

    /// The next bytes of the file, in pieces of any size.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.n_bytes += bytes.len() as u64;
        match &mut self.wrapping {
            Wrapping::Unknown(start) if start.len() + bytes.len() < 2 => {
                start.extend_from_slice(bytes);
            }
            Wrapping::Unknown(start) => {
                let start = [start, bytes].concat();
                self.wrapping = if is_gzip(&start) {
                    Wrapping::Packed(Box::new(Unpacker::of_gzip()))
                } else {
                    Wrapping::Plain
                };
                self.unpack(&start);
            }
            Wrapping::Plain | Wrapping::Packed(_) => self.unpack(bytes),
        }
    }

    fn unpack(&mut self, bytes: &[u8]) {
        match mem::replace(&mut self.wrapping, Wrapping::Plain) {
            Wrapping::Packed(mut unpacker) => {
                let unpacked = unpacker.feed(bytes, |bytes| self.feed_plain(bytes));
                self.wrapping = Wrapping::Packed(unpacker);
                self.refuse_packed(unpacked);
            }
            wrapping => {
                self.wrapping = wrapping;
                self.feed_plain(bytes);
            }
        }
    }

    /// Gives the rest of the packed bytes.
    fn unpack_end(&mut self) {
        match mem::replace(&mut self.wrapping, Wrapping::Plain) {
            Wrapping::Unknown(start) => self.feed_plain(&start),
            Wrapping::Plain => (),
            Wrapping::Packed(mut unpacker) => {
                let unpacked = unpacker.finish(|bytes| self.feed_plain(bytes));
                self.refuse_packed(unpacked);
            }
        }
    }

    fn refuse_packed(&mut self, unpacked: Result<(), Unpacking>) {
        let Err(why) = unpacked else { return };
        if !self.is_refused() {
            self.stage = Stage::Refused(match why {
                Unpacking::Damaged(detail) => Refusal::DamagedArchive { detail },
                Unpacking::TooLarge => {
                    Refusal::TooLarge { bytes: self.n_bytes, limit: MAX_UNPACKED_BYTES }
                }
            });
        }
    }

    /// The next bytes of what is in the file, unpacked.
    fn feed_plain(&mut self, bytes: &[u8]) {
        self.hashes.update(bytes);
        let mut bytes = bytes;
        if let Stage::Head(head) = &mut self.stage {
            let (missing, behind) = bytes.split_at((HEAD_BYTES - head.len()).min(bytes.len()));
            head.extend_from_slice(missing);
            if head.len() < HEAD_BYTES {
                return;
            }
            self.decide(false);
            bytes = behind;
        }
        match &mut self.decoder {
            Some(decoder) => {
                let text = decoder.decode(bytes, false);
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
        self.unpack_end();
        self.decide(true);
        if let Some(decoder) = &mut self.decoder {
            let rest = decoder.decode(&[], true);
            self.take(&rest);
        }
        let content_hash = content_hash(&self.hashes.finish());
        let outcome = match self.stage {
            Stage::Refused(refusal) => Err(refusal),
            Stage::Workbook(bytes) => read_workbook(WorkbookFile {
                catalog: &self.catalog,
                bytes: &bytes,
                name: &self.name,
                options: &self.options,
            }),
            Stage::Text(mut text) => {
                let tally = text.take_end().map(|()| text.end());
                tally.map_err(Refusal::from).and_then(|tally| text.conclude(tally, &self.options))
            }
            Stage::Head(_) => Err(Refusal::NotText),
        };
        outcome.map(|reading| with_hash(reading, content_hash))
    }

    fn take(&mut self, bytes: &[u8]) {
        match &mut self.stage {
            Stage::Text(text) => {
                if let Err(refusal) = text.take(bytes) {
                    self.stage = Stage::Refused(refusal.into());
                }
            }
            Stage::Workbook(all) => {
                all.extend_from_slice(bytes);
                let limit = max_bytes(all);
                if all.len() as u64 > limit {
                    self.stage = Stage::Refused(Refusal::TooLarge { bytes: self.n_bytes, limit });
                }
            }
            Stage::Head(_) | Stage::Refused(_) => (),
        }
    }

    /// Leaves the head stage: container, encoding, delimiter, header, recipe. `is_whole`: there are no
    /// bytes behind the head.
    fn decide(&mut self, is_whole: bool) {
        let Stage::Head(head) = &mut self.stage else { return };
        let mut head = mem::take(head);
        // Old workbooks begin with as many zeros as wide texts have.
        if let Some(encoding) = wide_encoding(&head).filter(|_| !is_workbook(&head)) {
            let decoder = self.decoder.insert(WideDecoder::new(encoding));
            head = decoder.decode(&head, false);
        }
        self.stage = match refusal_of(&head) {
            Some(refusal) => Stage::Refused(refusal),
            None if is_workbook(&head) => Stage::Workbook(head),
            None => self.text_stage(&head, is_whole).unwrap_or_else(Stage::Refused),
        };
    }

    fn text_stage(&self, head: &[u8], is_whole: bool) -> Result<Stage, Refusal> {
        let (catalog, options) = (&self.catalog, &self.options);
        let (mut text, rows_from) = recognise_text(catalog, (head, is_whole), &self.name, options)?;
        text.take(head.get(rows_from..).unwrap_or(&[]))?;
        Ok(Stage::Text(Box::new(text)))
    }
}

/// Files that are no text and no workbook.
pub(super) fn refusal_of(head: &[u8]) -> Option<Refusal> {
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
    if is_workbook(head) {
        return None;
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
    if head.trim_ascii().is_empty() { Some(Refusal::Empty) } else { None }
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
    pub(super) fn day(&self) -> Option<(Day, bool)> {
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
