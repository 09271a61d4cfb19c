//! The bytes of a file, piece by piece, in memory that is used again for every piece.

use js_sys::{ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStreamByobReader, ReadableStreamReadResult};

/// Room for what the browser gathers: two of them have to fit into a phone's memory.
const BUFFER_BYTES: u32 = 8 << 20;
/// What the browser gathers before it hands over, where it knows how to: left to itself it does so
/// thousands of times for a large file, and each time is a turn of the event loop.
const MIN_GATHERED_BYTES: u32 = 4 << 20;
/// A piece stays in the processor's cache until it has been read.
const PIECE_BYTES: u32 = 256 << 10;

/// Memory for pieces: what the browser fills, and one piece on our side.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    /// At hand for the browser, which gives back what it has filled.
    spare: Vec<ArrayBuffer>,
    piece: Vec<u8>,
}

/// A file, or a range of one, that is being read. While what has arrived is worked on, the browser
/// gathers more.
#[derive(Debug)]
pub(super) struct Pieces<'a> {
    source: Source,
    /// What the browser is filling; `None` after the last bytes.
    next: Option<Promise>,
    /// What has arrived, and how much of it was handed on.
    arrived: Option<(Uint8Array, u32)>,
    buffers: &'a mut Buffers,
}

#[derive(Debug)]
enum Source {
    /// Fills our buffers: no garbage, and the fastest by far.
    Stream(ReadableStreamByobReader),
    /// For browsers whose streams of files cannot do that.
    Slices { file: Blob, start: f64 },
}

/// Hands on all bytes of a file, piece by piece. An error: it cannot be read any more.
pub async fn each_piece(file: &Blob, mut take: impl FnMut(&[u8])) -> Result<(), JsValue> {
    let mut buffers = Buffers::default();
    let mut pieces = Pieces::of(file, &mut buffers)?;
    while let Some(bytes) = pieces.next().await? {
        take(bytes);
    }
    Ok(())
}

impl<'a> Pieces<'a> {
    pub(super) fn of(file: &Blob, buffers: &'a mut Buffers) -> Result<Self, JsValue> {
        let source = match ReadableStreamByobReader::new(&file.stream()) {
            Ok(reader) => Source::Stream(reader),
            Err(_) => Source::Slices { file: file.clone(), start: 0.0 },
        };
        let mut pieces = Self { source, next: None, arrived: None, buffers };
        pieces.ask_for_next()?;
        Ok(pieces)
    }

    /// The next bytes, never none of them; `None` at the end of the file.
    pub(super) async fn next(&mut self) -> Result<Option<&[u8]>, JsValue> {
        while !self.has_copied() {
            let Some(next) = self.next.take() else { return Ok(None) };
            if self.has_more(JsFuture::from(next).await?) {
                self.ask_for_next()?;
            }
        }
        Ok(Some(&self.buffers.piece))
    }

    /// Stops before the end of the file.
    pub(super) async fn cancel(mut self) {
        self.give_back();
        if let Source::Stream(reader) = &self.source {
            // There is nothing to do for a stream that cannot even be cancelled.
            JsFuture::from(reader.cancel()).await.ok();
        }
    }

    fn ask_for_next(&mut self) -> Result<(), JsValue> {
        self.next = match &mut self.source {
            Source::Stream(reader) => {
                let buffer = self.buffers.spare.pop();
                let buffer = buffer.unwrap_or_else(|| ArrayBuffer::new(BUFFER_BYTES));
                Some(read(reader, &Uint8Array::new(&buffer))?)
            }
            Source::Slices { file, start } if *start < file.size() => {
                let end = *start + f64::from(MIN_GATHERED_BYTES);
                let slice = file.slice_with_f64_and_f64(*start, end)?;
                *start = end;
                Some(slice.array_buffer())
            }
            Source::Slices { .. } => None,
        };
        Ok(())
    }

    /// Takes what the browser has gathered. Whether there is more, as far as is known: the last bytes may
    /// come with the news that they are the last ones.
    fn has_more(&mut self, answer: JsValue) -> bool {
        let Source::Stream(_) = &self.source else {
            self.arrived = Some((Uint8Array::new(&answer), 0));
            return true;
        };
        let result: ReadableStreamReadResult = answer.unchecked_into();
        // A cancelled stream keeps the buffer.
        let bytes = result.get_value().dyn_into::<Uint8Array>().ok();
        let is_end = bytes.is_none() || result.get_done().unwrap_or_default();
        self.arrived = bytes.map(|bytes| (bytes, 0));
        !is_end
    }

    /// Copies the next of what has arrived into our memory; false when there is none.
    fn has_copied(&mut self) -> bool {
        let Some((bytes, done)) = &mut self.arrived else { return false };
        let from = *done;
        *done = bytes.length().min(from + PIECE_BYTES);
        if *done == from {
            self.give_back();
            return false;
        }
        let piece = &mut self.buffers.piece;
        piece.resize((*done - from) as usize, 0);
        bytes.subarray(from, *done).copy_to(piece);
        true
    }

    /// Has the browser's memory at hand again.
    fn give_back(&mut self) {
        let arrived = self.arrived.take().filter(|_| matches!(self.source, Source::Stream(_)));
        self.buffers.spare.extend(arrived.map(|(bytes, _)| bytes.buffer()));
    }
}

#[wasm_bindgen]
extern "C" {
    /// A reader whose `read` takes options; older browsers leave them unread.
    type GatheringReader;

    #[wasm_bindgen(method)]
    fn read(this: &GatheringReader, view: &Uint8Array, options: &Object) -> Promise;
}

fn read(reader: &ReadableStreamByobReader, view: &Uint8Array) -> Result<Promise, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"min".into(), &MIN_GATHERED_BYTES.into())?;
    Ok(reader.unchecked_ref::<GatheringReader>().read(view, &options))
}
