//! The bytes of a file, piece by piece, in memory that is used again for every piece.

use js_sys::{ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStreamByobReader, ReadableStreamReadResult};

/// Large enough that the calls cost nothing, small enough for two of them in a phone's memory.
const PIECE_BYTES: u32 = 8 << 20;
/// What the browser gathers before it hands over a piece, where it knows how to: left to itself it does
/// so thousands of times for a large file.
const MIN_PIECE_BYTES: u32 = 4 << 20;

/// Memory for pieces: one on the browser's side, one on ours.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    /// Lent to the stream while it fills it. `None` before the first file, and when a stream did
    /// not give it back.
    lent: Option<ArrayBuffer>,
    piece: Vec<u8>,
}

/// A file, or a range of one, that is being read. While a piece is worked on, the browser fills the next one.
#[derive(Debug)]
pub(super) struct Pieces<'a> {
    source: Source,
    /// What the browser is filling; `None` after the last piece.
    next: Option<Promise>,
    buffers: &'a mut Buffers,
}

#[derive(Debug)]
enum Source {
    /// Fills our buffer: no garbage, and the fastest by far.
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
        let mut pieces = Self { source, next: None, buffers };
        pieces.ask_for_next()?;
        Ok(pieces)
    }

    /// The next bytes, never none of them; `None` at the end of the file.
    pub(super) async fn next(&mut self) -> Result<Option<&[u8]>, JsValue> {
        loop {
            let Some(next) = self.next.take() else { return Ok(None) };
            let answer = JsFuture::from(next).await?;
            if self.take_over(answer) {
                self.ask_for_next()?;
            }
            if !self.buffers.piece.is_empty() {
                break;
            }
        }
        Ok(Some(&self.buffers.piece))
    }

    /// Stops before the end of the file.
    pub(super) async fn cancel(self) {
        if let Source::Stream(reader) = &self.source {
            // There is nothing to do for a stream that cannot even be cancelled.
            JsFuture::from(reader.cancel()).await.ok();
        }
    }

    fn ask_for_next(&mut self) -> Result<(), JsValue> {
        self.next = match &mut self.source {
            Source::Stream(reader) => {
                let lent = self.buffers.lent.take();
                let lent = lent.unwrap_or_else(|| ArrayBuffer::new(PIECE_BYTES));
                Some(read(reader, &Uint8Array::new(&lent))?)
            }
            Source::Slices { file, start } if *start < file.size() => {
                let end = *start + f64::from(PIECE_BYTES);
                let slice = file.slice_with_f64_and_f64(*start, end)?;
                *start = end;
                Some(slice.array_buffer())
            }
            Source::Slices { .. } => None,
        };
        Ok(())
    }

    /// Copies what the browser read into our memory. Whether there is more, as far as is known: the last
    /// bytes may come with the news that they are the last ones.
    fn take_over(&mut self, answer: JsValue) -> bool {
        let (bytes, is_end) = match &self.source {
            Source::Stream(_) => {
                let result: ReadableStreamReadResult = answer.unchecked_into();
                // A cancelled stream keeps the buffer.
                let Ok(bytes) = result.get_value().dyn_into::<Uint8Array>() else {
                    self.buffers.piece.clear();
                    return false;
                };
                self.buffers.lent = Some(bytes.buffer());
                (bytes, result.get_done().unwrap_or_default())
            }
            Source::Slices { .. } => (Uint8Array::new(&answer), false),
        };
        let piece = &mut self.buffers.piece;
        piece.resize(bytes.length() as usize, 0);
        bytes.copy_to(piece);
        !is_end
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
    Reflect::set(&options, &"min".into(), &MIN_PIECE_BYTES.into())?;
    Ok(reader.unchecked_ref::<GatheringReader>().read(view, &options))
}
