//! A large file, read in ranges by the engine and its helpers together.

use std::collections::VecDeque;

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use crate::{
    catalog::Catalog,
    ingest::{FileRange, Part, PartReader, ranges},
    worker::{
        host::{
            Host,
            files::{Buffers, Pieces},
            helpers::{Helpers, n_readers},
            part_message::Order,
            reading::{Passage, Passed},
            turns::Turns,
        },
        session::ReadingTask,
    },
};

/// Files below this are read before a helper has begun.
const MIN_BYTES: f64 = 48e6;
/// Bytes asked for behind a range at first: most rows are shorter.
const BYTES_BEHIND: f64 = 65_536.0;
/// Helpers that need longer to begin take part later.
const MAX_MILLIS_OF_START: u32 = 500;
/// How often a cancellation is looked for while helpers are waited for.
const MILLIS_BETWEEN_LOOKS: u32 = 50;

/// A file on its way through several readers.
struct Task<'a> {
    passage: &'a Passage<'a>,
    reader: PartReader,
    helpers: Helpers,
    /// Ranges that nobody has begun.
    waiting: VecDeque<(usize, FileRange)>,
    parts: Vec<Option<Part>>,
    /// Of parts that are there.
    done: Done,
}

/// What has been read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Done {
    rows: u64,
    bytes: u64,
}

impl Host {
    /// Reads a file with helpers, where it is worth it. `None`: it has to be read from its beginning
    /// to its end.
    pub(super) async fn read_in_ranges(
        &mut self,
        passage: &Passage<'_>,
        last_event: &mut i64,
    ) -> Result<Option<Passed>, JsValue> {
        let Some(mut task) = self.begin_in_ranges(passage).await? else {
            return Ok(None);
        };
        loop {
            task.take_arrived();
            let waiting = &mut task.waiting;
            task.helpers.employ(|| waiting.pop_front());
            if let Some((index, range)) = task.waiting.pop_front() {
                let Some(part) = self.read_own(&mut task, range, last_event).await? else {
                    return Ok(Some(Passed::Cancelled));
                };
                task.take(index, part);
            } else if task.helpers.are_at_work() {
                task.wait().await;
            } else {
                break;
            }
            if self.arrivals.is_cancelled(passage.message) {
                return Ok(Some(Passed::Cancelled));
            }
        }
        self.join(task, last_event).await
    }

    async fn begin_in_ranges<'a>(
        &self,
        passage: &'a Passage<'a>,
    ) -> Result<Option<Task<'a>>, JsValue> {
        let file = passage.blob;
        let n_readers = n_readers();
        if passage.is_packed || file.size() < MIN_BYTES || n_readers < 2 {
            return Ok(None);
        }
        let Some(reading) = self.session.reading_task(passage.pending) else {
            return Ok(None);
        };
        // They take their time to start, meanwhile the head is read.
        let mut helpers = Helpers::start(n_readers - 1);
        let head = file.slice_with_f64_and_f64(0.0, place(PartReader::head_bytes()))?;
        let head = Uint8Array::new(&JsFuture::from(head.array_buffer()).await?).to_vec();
        let catalog = Catalog::built_in().with_own(&reading.recipes);
        let reader = PartReader::new(&catalog, &reading.name, &reading.options, &head);
        let Some(reader) = reader else { return Ok(None) };
        let order = order_of(&reader, reading, head);
        helpers.start_up(file, &order, MAX_MILLIS_OF_START).await;
        let ranges = ranges(passage.bytes_all(), n_readers.into());
        Ok(Some(Task {
            passage,
            reader,
            helpers,
            parts: ranges.iter().map(|_| None).collect(),
            waiting: ranges.into_iter().enumerate().collect(),
            done: Done::default(),
        }))
    }

    /// Reads a range in this worker. `None`: the person stopped it.
    async fn read_own(
        &mut self,
        task: &mut Task<'_>,
        range: FileRange,
        last_event: &mut i64,
    ) -> Result<Option<Part>, JsValue> {
        let Task { passage, reader, done, .. } = task;
        let (arrivals, outbox) = (&self.arrivals, &self.outbox);
        let go_on = |own: Done| {
            let (rows, bytes) = (done.rows + own.rows, done.bytes + own.bytes);
            passage.tell(outbox, rows, bytes, last_event);
            !arrivals.is_cancelled(passage.message)
        };
        read_range(reader, passage.blob, range, &mut self.buffers, go_on).await
    }

    /// Joins the parts in the file's order. Where a reader began at a wrong place, its range is read
    /// again.
    async fn join(
        &mut self,
        mut task: Task<'_>,
        last_event: &mut i64,
    ) -> Result<Option<Passed>, JsValue> {
        let mut joining = task.reader.joining();
        let ranges = ranges(task.passage.bytes_all(), n_readers().into());
        for (range, part) in ranges.into_iter().zip(std::mem::take(&mut task.parts)) {
            let part = match part.filter(|part| joining.fits(part)) {
                Some(part) => part,
                None => {
                    let range = FileRange { begins: Some(joining.ends()), ..range };
                    match self.read_own(&mut task, range, last_event).await? {
                        Some(part) => part,
                        None => return Ok(Some(Passed::Cancelled)),
                    }
                }
            };
            if joining.add(part).is_err() {
                return Ok(None);
            }
        }
        let outcome = task.reader.conclude(joining).ok();
        Ok(outcome.map(|outcome| Passed::Read(Box::new(outcome))))
    }
}

impl Task<'_> {
    fn take(&mut self, index: usize, part: Part) {
        self.done.rows += part.rows();
        self.done.bytes += part.n_bytes();
        if let Some(place) = self.parts.get_mut(index) {
            *place = Some(part);
        }
    }

    fn take_arrived(&mut self) {
        while let Some((index, part)) = self.helpers.arrived() {
            self.take(index, part);
        }
        self.waiting.extend(self.helpers.left_ranges());
    }

    /// Until a part arrives, or it is time to look for a cancellation.
    async fn wait(&mut self) {
        if let Some((index, part)) = self.helpers.next_within(MILLIS_BETWEEN_LOOKS).await {
            self.take(index, part);
        }
    }
}

/// What a helper has to know of a file.
fn order_of(reader: &PartReader, reading: ReadingTask, head: Vec<u8>) -> Order {
    let ReadingTask { name, options, recipes } = reading;
    let report = reader.report().to_owned();
    let own = recipes.iter().find(|own| own.recipe().id == report).map(|own| own.text().to_owned());
    Order::File { name, options: Box::new(options), report, own, head }
}

/// Reads one range of a file. `go_on` is asked after each piece, with what of the range is done;
/// `None`: it said no.
pub(super) async fn read_range(
    reader: &mut PartReader,
    file: &Blob,
    range: FileRange,
    buffers: &mut Buffers,
    mut go_on: impl FnMut(Done) -> bool,
) -> Result<Option<Part>, JsValue> {
    reader.begin(range);
    let (mut done, mut turns) = (Done::default(), Turns::default());
    let (mut from, mut behind) = (place(range.from), BYTES_BEHIND);
    let mut until = place(range.until) + behind;
    while from < file.size() {
        let slice = file.slice_with_f64_and_f64(from, until)?;
        let mut pieces = Pieces::of(&slice, buffers)?;
        while let Some(bytes) = pieces.next().await? {
            let is_wanted = reader.feed(bytes);
            done = Done { rows: reader.rows(), bytes: done.bytes + bytes.len() as u64 };
            turns.let_messages_in().await?;
            let goes_on = go_on(done);
            if !goes_on || !is_wanted {
                pieces.cancel().await;
                return Ok(goes_on.then(|| reader.end()));
            }
        }
        // A very long row.
        behind *= 4.0;
        (from, until) = (until, until + behind);
    }
    Ok(Some(reader.end()))
}

#[expect(clippy::cast_precision_loss, reason = "files are smaller than 2^53 bytes")]
fn place(at: u64) -> f64 {
    at as f64
}
