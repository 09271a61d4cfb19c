//! What a person's file holds: itself, or the files of an archive.

use std::io;

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
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
    /// How the archive packs it, or why it cannot be unpacked.
    pub(super) packed: Result<Option<Packed>, Refusal>,
}

/// The exports in `file`, in order. An error: the browser does not give its bytes.
pub(super) fn sources_of(file: &File, meta: &FileMeta) -> Result<Vec<Source>, JsValue> {
    let bytes = BlobBytes { blob: file, reader: FileReaderSync::new()? };
    let name = FileName { name: meta.name.clone(), modified_millis: meta.modified_millis };
    let exports = exports_in(&bytes, &name, meta.size_bytes);
    exports.into_iter().map(|export| source(file, export)).collect()
}

fn source(file: &File, export: Export) -> Result<Source, JsValue> {
    let Export { name: FileName { name, modified_millis }, range, packed } = export;
    let blob = file.slice_with_f64_and_f64(place(range.start), place(range.end))?;
    let meta = FileMeta { name, size_bytes: range.end - range.start, modified_millis };
    Ok(Source { meta, blob, packed })
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
