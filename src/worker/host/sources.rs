//! What a person's file holds: itself, or the files of an archive.

use std::io;

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use web_sys::{Blob, File, FileReaderSync};

use crate::{
    ingest::{Archive, ArchivedFile, Packed, ReaderAt, is_archive, look_into},
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
    let whole = |packed| vec![Source { meta: meta.clone(), blob: file.clone().into(), packed }];
    let bytes = BlobBytes { blob: file, reader: FileReaderSync::new()? };
    let mut head = [0; 4];
    // Shorter files are no archives.
    if bytes.read_exact_at(&mut head, 0).is_err() || !is_archive(&head) {
        return Ok(whole(Ok(None)));
    }
    match look_into(&bytes, &meta.name, meta.size_bytes) {
        Ok(Archive::Workbook) => Ok(whole(Ok(None))),
        Ok(Archive::Files(files)) => {
            files.into_iter().map(|inner| archived(file, meta, inner)).collect()
        }
        Err(refusal) => Ok(whole(Err(refusal))),
    }
}

fn archived(archive: &File, meta: &FileMeta, file: ArchivedFile) -> Result<Source, JsValue> {
    let blob = archive.slice_with_f64_and_f64(place(file.range.start), place(file.range.end))?;
    let modified_millis = match file.modified_millis {
        0 => meta.modified_millis,
        millis => millis,
    };
    let meta = FileMeta {
        name: format!("{}/{}", meta.name, file.name),
        size_bytes: file.range.end - file.range.start,
        modified_millis,
    };
    Ok(Source { meta, blob, packed: file.packed.map(Some) })
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
