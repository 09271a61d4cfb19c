//! What a person's file holds: itself, or the files of an archive.

use std::{collections::VecDeque, io, ops::Range};

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, FileReaderSync};

use crate::{
    ingest::{Export, FileName, Packed, ReaderAt, exports_in},
    worker::protocol::{FileMeta, Refusal},
};

/// One export, in a file of its own or in an archive.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub(super) meta: FileMeta,
    /// Its bytes; packed ones in an archive.
    pub(super) blob: Blob,
    /// Where they stand in the person's file.
    pub(super) range: Range<u64>,
    /// How the archive packs it, or why it cannot be unpacked.
    pub(super) packed: Result<Option<Packed>, Refusal>,
}

/// Files of up to so many bytes are fetched as a whole, some of them ahead of their turn: to ask the
/// browser for a file takes longer than to read it.
const SMALL_BYTES: f64 = 1e6;
const N_AHEAD: usize = 8;

/// The bytes of the small files among several, in the order of the files.
pub(super) struct SmallFiles<'a> {
    /// Not asked for yet.
    rest: &'a [File],
    /// `None`: of a file that is not small.
    asked: VecDeque<Option<JsFuture>>,
}

impl<'a> SmallFiles<'a> {
    pub(super) fn of(files: &'a [File]) -> Self {
        Self { rest: files, asked: VecDeque::new() }
    }

    /// Of the next file; `None`: it is to be read piece by piece, which will tell why it cannot be.
    pub(super) async fn next(&mut self) -> Option<Vec<u8>> {
        while let Some((file, rest)) =
            self.rest.split_first().filter(|_| self.asked.len() < N_AHEAD)
        {
            let is_small = file.size() <= SMALL_BYTES;
            self.asked.push_back(is_small.then(|| JsFuture::from(file.array_buffer())));
            self.rest = rest;
        }
        let bytes = self.asked.pop_front()??.await.ok()?;
        Some(Uint8Array::new(&bytes).to_vec())
    }
}

/// The exports in `file`, in order; `bytes` are the file's where they are at hand. An error: the browser
/// does not give its bytes.
pub(super) fn sources_of(
    file: &File,
    meta: &FileMeta,
    bytes: Option<&[u8]>,
) -> Result<Vec<Source>, JsValue> {
    let name = FileName { name: meta.name.clone(), modified_millis: meta.modified_millis };
    let exports = match bytes {
        Some(bytes) => exports_in(bytes, &name, meta.size_bytes),
        None => {
            let bytes = BlobBytes { blob: file, reader: FileReaderSync::new()? };
            exports_in(&bytes, &name, meta.size_bytes)
        }
    };
    exports.into_iter().map(|export| source(file, export)).collect()
}

fn source(file: &File, export: Export) -> Result<Source, JsValue> {
    let Export { name: FileName { name, modified_millis }, range, packed } = export;
    let blob = file.slice_with_f64_and_f64(place(range.start), place(range.end))?;
    let meta = FileMeta { name, size_bytes: range.end - range.start, modified_millis };
    Ok(Source { meta, blob, range, packed })
}

#[expect(clippy::cast_precision_loss, reason = "browsers have no files beyond 2^53")]
fn place(at: u64) -> f64 {
    at as f64
}

/// A file's bytes, read at once: only workers may wait for them.
struct BlobBytes<'a> {
    blob: &'a Blob,
    reader: FileReaderSync,
}

impl ReaderAt for BlobBytes<'_> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let told = |error: JsValue| io::Error::other(format!("{error:?}"));
        let end = offset.saturating_add(buffer.len() as u64);
        let slice = self.blob.slice_with_f64_and_f64(place(offset), place(end)).map_err(told)?;
        let bytes = self.reader.read_as_array_buffer(&slice).map_err(told)?;
        let bytes = Uint8Array::new(&bytes);
        let read = bytes.length() as usize;
        if let Some(filled) = buffer.get_mut(..read) {
            bytes.copy_to(filled);
        }
        Ok(read.min(buffer.len()))
    }
}
