//! Files of the machine.

use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom},
    ops::Range,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use linkstar_kpi::{
    demo,
    ingest::{Archive, Packed, ReaderAt, Refusal, is_archive, look_into},
    worker::protocol::FileMeta,
};

/// Bytes read at a time.
const CHUNK_BYTES: usize = 8 * 1024 * 1024;

/// One export, in a file of its own or in an archive.
pub(crate) struct Source {
    /// The path, and in an archive the name behind it.
    pub(crate) file: String,
    pub(crate) meta: FileMeta,
    pub(crate) packed: Option<Packed>,
    path: PathBuf,
    range: Range<u64>,
}

/// The exports in a file, in order; one that cannot be unpacked with the reason.
pub(crate) fn sources(path: &Path) -> io::Result<Vec<(Source, Option<Refusal>)>> {
    let meta = meta(path)?;
    let whole = |refusal| {
        let (file, path, range) = (path.display().to_string(), path.to_owned(), 0..meta.size_bytes);
        vec![(Source { file, meta: meta.clone(), packed: None, path, range }, refusal)]
    };
    let bytes = FileBytes(File::open(path)?.into());
    let mut head = [0; 4];
    // Shorter files are no archives.
    if bytes.read_exact_at(&mut head, 0).is_err() || !is_archive(&head) {
        return Ok(whole(None));
    }
    let files = match look_into(&bytes, &meta.name, meta.size_bytes) {
        Ok(Archive::Workbook) => return Ok(whole(None)),
        Ok(Archive::Files(files)) => files,
        Err(refusal) => return Ok(whole(Some(refusal))),
    };
    let source = |inner: linkstar_kpi::ingest::ArchivedFile| {
        let name = format!("{}/{}", meta.name, inner.name);
        let size_bytes = inner.range.end - inner.range.start;
        let modified_millis = match inner.modified_millis {
            0 => meta.modified_millis,
            millis => millis,
        };
        let (packed, refusal) = match inner.packed {
            Ok(packed) => (Some(packed), None),
            Err(refusal) => (None, Some(refusal)),
        };
        let source = Source {
            file: format!("{}/{}", path.display(), inner.name),
            meta: FileMeta { name, size_bytes, modified_millis },
            packed,
            path: path.to_owned(),
            range: inner.range,
        };
        (source, refusal)
    };
    Ok(files.into_iter().map(source).collect())
}

/// A file that is read at any place.
struct FileBytes(std::cell::RefCell<File>);

impl ReaderAt for FileBytes {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut file = self.0.borrow_mut();
        file.seek(SeekFrom::Start(offset))?;
        file.read(buffer)
    }
}

fn meta(path: &Path) -> io::Result<FileMeta> {
    let metadata = fs::metadata(path)?;
    let modified = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    let name = path.file_name().unwrap_or(path.as_os_str());
    Ok(FileMeta {
        name: name.to_string_lossy().into_owned(),
        size_bytes: metadata.len(),
        modified_millis: i64::try_from(modified.as_millis()).unwrap_or(0),
    })
}

/// Gives the export's bytes to `take` piece by piece, packed as they are, until it wants no more.
pub(crate) fn read(source: &Source, mut take: impl FnMut(&[u8]) -> bool) -> io::Result<()> {
    let mut file = File::open(&source.path)?;
    file.seek(SeekFrom::Start(source.range.start))?;
    let mut file = file.take(source.range.end - source.range.start);
    let mut buffer = vec![0; CHUNK_BYTES];
    loop {
        let n_bytes = file.read(&mut buffer)?;
        let wants_more = n_bytes > 0 && take(buffer.get(..n_bytes).unwrap_or(&[]));
        if !wants_more {
            return Ok(());
        }
    }
}

/// Writes the demo company's files; says where.
pub(crate) fn write_demo(folder: &Path) -> io::Result<String> {
    fs::create_dir_all(folder)?;
    let files = demo::files();
    for file in &files {
        fs::write(folder.join(&file.name), &file.bytes)?;
    }
    Ok(format!("{} files written to {}\n", files.len(), folder.display()))
}
