//! Files of the person, streamed into the session.

use std::ops::Range;

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsValue;
use web_sys::{Blob, console};

use crate::{
    ingest::{ReadOutcome, load_sheets},
    worker::{
        host::{
            Host,
            files::Pieces,
            inbox::Message,
            now_millis,
            outbox::Outbox,
            sources::{SmallFiles, Source, sources_of},
        },
        protocol::{Event, Failure, FileMeta, ReadingEdit, Refusal, Response},
    },
};

/// More often nobody sees it.
const MILLIS_BETWEEN_EVENTS: i64 = 100;

/// A file on its way into the session, and what is told of it.
pub(super) struct Passage<'a> {
    /// The request: a `CancelReading` after it ends the passage.
    pub(super) message: &'a Message,
    pub(super) name: &'a str,
    /// The file's bytes, packed where it stands in an archive.
    pub(super) blob: &'a Blob,
    pub(super) is_packed: bool,
    pub(super) pending: u32,
    /// The same bytes, where they are at hand.
    bytes: Option<&'a [u8]>,
    /// Place among the files of the request.
    index: u32,
    n_files: u32,
}

/// How a passage ended.
pub(super) enum Passed {
    /// At the end of the file, or as soon as nothing after could change the result.
    Whole,
    /// By several readers.
    Read(Box<ReadOutcome>),
    Cancelled,
}

impl Host {
    pub(super) async fn read_files(
        &mut self,
        message: &Message,
        metas: &[FileMeta],
    ) -> Result<Response, Failure> {
        self.check_open()?;
        self.supply(&message.request).await?;
        let n_files = u32::try_from(metas.len()).unwrap_or(u32::MAX);
        if message.files.len() != metas.len() {
            let detail = format!("{n_files} files announced, {} came", message.files.len());
            return Err(Failure::Internal { detail });
        }
        let mut last_event = 0;
        let mut small_files = SmallFiles::of(&message.files);
        for ((meta, file), index) in metas.iter().zip(&message.files).zip(0..) {
            if self.arrivals.is_cancelled(message) {
                break;
            }
            let bytes = small_files.next().await;
            let sources = sources_of(file, meta, bytes.as_deref()).unwrap_or_else(|error| {
                console::warn_2(&"a file cannot be looked into".into(), &error);
                let (meta, blob, range) = (meta.clone(), file.clone().into(), 0..meta.size_bytes);
                vec![Source { meta, blob, range, packed: Err(Refusal::Gone) }]
            });
            for source in sources {
                let bytes = bytes.as_deref().and_then(|bytes| bytes_in(bytes, &source.range));
                let place = (index, n_files);
                self.read_source(message, (source, bytes), place, &mut last_event).await;
            }
        }
        Ok(self.pending())
    }

    /// Reads one export for the first time, at its place among the files of the request.
    async fn read_source(
        &mut self,
        message: &Message,
        (source, bytes): (Source, Option<&[u8]>),
        (index, n_files): (u32, u32),
        last_event: &mut i64,
    ) {
        let packed = source.packed.as_ref().ok().copied().flatten();
        let pending = self.session.begin_reading(source.meta.clone(), packed);
        self.files.insert(pending, source.clone());
        match &source.packed {
            Err(refusal) => self.session.refuse_reading(pending, refusal.clone()),
            Ok(_) if self.arrivals.is_cancelled(message) => {
                self.session.refuse_reading(pending, Refusal::Cancelled);
            }
            Ok(_) => {
                let passage = Passage::of(&source, message, pending, (index, n_files));
                let passage = Passage { bytes, ..passage };
                self.pass(&passage, last_event).await;
                self.read_further_sheets(&passage, &source, last_event).await;
            }
        }
    }

    /// Reads the other sheets of a workbook that are reports, too.
    async fn read_further_sheets(
        &mut self,
        workbook: &Passage<'_>,
        source: &Source,
        last_event: &mut i64,
    ) {
        for sheet in self.session.further_sheets(workbook.pending) {
            let Some(pending) = self.session.begin_sheet(workbook.pending, &sheet) else {
                continue;
            };
            self.files.insert(pending, source.clone());
            if self.arrivals.is_cancelled(workbook.message) {
                self.session.refuse_reading(pending, Refusal::Cancelled);
            } else {
                self.pass(&Passage { pending, ..*workbook }, last_event).await;
            }
        }
    }

    /// Reads a pending file from its beginning, as it is to be understood now. What a person says of its
    /// columns holds for all files with these.
    pub(super) async fn read_again(
        &mut self,
        message: &Message,
        pending: u32,
        edit: ReadingEdit,
    ) -> Result<Response, Failure> {
        self.check_open()?;
        self.supply(&message.request).await?;
        let alike = match &edit {
            ReadingEdit::Mapping { .. } => self.session.alike(pending),
            _ => Vec::new(),
        };
        let n_files = u32::try_from(alike.len() + 1).unwrap_or(u32::MAX);
        for (file, index) in std::iter::once(pending).chain(alike).zip(0..) {
            if !self.arrivals.is_cancelled(message) {
                self.read_edited(message, file, edit.clone(), (index, n_files)).await?;
            }
        }
        Ok(self.pending())
    }

    async fn read_edited(
        &mut self,
        message: &Message,
        pending: u32,
        edit: ReadingEdit,
        place: (u32, u32),
    ) -> Result<(), Failure> {
        let source = self.files.get(&pending).cloned();
        let missing = || Failure::Internal { detail: format!("no file {pending} is pending") };
        let source = source.ok_or_else(missing)?;
        self.session.begin_rereading(pending, edit)?;
        let passage = Passage::of(&source, message, pending, place);
        self.pass(&passage, &mut 0).await;
        // Of a workbook that is a report only now.
        self.read_further_sheets(&passage, &source, &mut 0).await;
        Ok(())
    }

    fn check_open(&self) -> Result<(), Failure> {
        if self.open.is_some() { Ok(()) } else { Err(Failure::NoWorkbook) }
    }

    /// Reads the file into the session, and ends its reading there in any case.
    async fn pass(&mut self, passage: &Passage<'_>, last_event: &mut i64) {
        let pending = passage.pending;
        match self.pass_whole(passage, last_event).await {
            Ok(Passed::Whole) => self.session.finish_reading(pending),
            Ok(Passed::Read(outcome)) => self.session.settle_reading(pending, *outcome),
            Ok(Passed::Cancelled) => self.session.refuse_reading(pending, Refusal::Cancelled),
            Err(error) => {
                // Moved, changed since it was chosen, or a folder.
                console::warn_2(&"a file cannot be read".into(), &error);
                self.session.refuse_reading(pending, Refusal::Gone);
            }
        }
    }

    async fn pass_whole(
        &mut self,
        passage: &Passage<'_>,
        last_event: &mut i64,
    ) -> Result<Passed, JsValue> {
        match self.read_in_ranges(passage, last_event).await? {
            Some(passed) => Ok(passed),
            None => self.feed_all(passage, last_event).await,
        }
    }

    async fn feed_all(
        &mut self,
        passage: &Passage<'_>,
        last_event: &mut i64,
    ) -> Result<Passed, JsValue> {
        if let Some(bytes) = passage.bytes.filter(|bytes| !bytes.is_empty()) {
            return Ok(self.feed_at_once(passage, bytes, last_event).await);
        }
        let (mut bytes_done, mut needs_sheets) = (0, false);
        let mut pieces = Pieces::of(passage.blob, &mut self.buffers)?;
        while let Some(bytes) = pieces.next().await? {
            let progress = self.session.feed(passage.pending, bytes);
            bytes_done += bytes.len() as u64;
            needs_sheets = progress.needs_sheets;
            if progress.is_settled {
                pieces.cancel().await;
                return Ok(Passed::Whole);
            }
            if passage.tell(&self.outbox, progress.rows, bytes_done, last_event) {
                // Lets a `CancelReading` in, even if the browser has the next piece at hand.
                TimeoutFuture::new(0).await;
            }
            if self.arrivals.is_cancelled(passage.message) {
                pieces.cancel().await;
                return Ok(Passed::Cancelled);
            }
        }
        have_sheets(needs_sheets).await;
        Ok(Passed::Whole)
    }

    async fn feed_at_once(
        &mut self,
        passage: &Passage<'_>,
        bytes: &[u8],
        last_event: &mut i64,
    ) -> Passed {
        let progress = self.session.feed(passage.pending, bytes);
        if passage.tell(&self.outbox, progress.rows, bytes.len() as u64, last_event) {
            // Lets a `CancelReading` in.
            TimeoutFuture::new(0).await;
        }
        have_sheets(progress.needs_sheets && !progress.is_settled).await;
        if self.arrivals.is_cancelled(passage.message) { Passed::Cancelled } else { Passed::Whole }
    }
}

async fn have_sheets(are_needed: bool) {
    if are_needed && load_sheets().await.is_err() {
        console::warn_1(&"the part that reads workbooks cannot be loaded".into());
    }
}

fn bytes_in<'a>(bytes: &'a [u8], range: &Range<u64>) -> Option<&'a [u8]> {
    let place = |at: u64| usize::try_from(at).ok();
    bytes.get(place(range.start)?..place(range.end)?)
}

impl<'a> Passage<'a> {
    fn of(
        source: &'a Source,
        message: &'a Message,
        pending: u32,
        (index, n_files): (u32, u32),
    ) -> Self {
        let is_packed = !matches!(source.packed, Ok(None));
        let (name, blob) = (source.meta.name.as_str(), &source.blob);
        Self { message, name, blob, is_packed, pending, bytes: None, index, n_files }
    }

    /// Tells how far it is, if it was not told just before; whether it was told.
    pub(super) fn tell(
        &self,
        outbox: &Outbox,
        rows: u64,
        bytes_done: u64,
        last_event: &mut i64,
    ) -> bool {
        let is_due = now_millis() - *last_event >= MILLIS_BETWEEN_EVENTS;
        if is_due {
            *last_event = now_millis();
            outbox.tell(Event::Reading {
                name: self.name.to_owned(),
                index: self.index,
                n_files: self.n_files,
                bytes_done: bytes_done.min(self.bytes_all()),
                bytes_all: self.bytes_all(),
                rows,
            });
        }
        is_due
    }

    #[expect(clippy::cast_possible_truncation, reason = "a size is a whole number below 2^53")]
    #[expect(clippy::cast_sign_loss, reason = "a size is not negative")]
    pub(super) fn bytes_all(&self) -> u64 {
        self.blob.size() as u64
    }
}
