//! Files of the machine.

use std::{
    fs::{self, File},
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use linkstar_kpi::{
    demo,
    ingest::{Export, FileName, Packed, ReaderAt, Refusal, exports_in},
    worker::protocol::FileMeta,
};

/// Bytes read at a time.
const CHUNK_BYTES: usize = 8 * 1024 * 1024;

/// One export, in a file of its own or in an archive.
pub(crate) struct Source {
    /// The file's path.
    path: PathBuf,
    export: Export,
}

impl Source {
    /// The path, and in an archive the name behind it.
    pub(crate) fn shown(&self) -> String {
        match self.export.name.name.split_once('/') {
            Some((_, inside)) => format!("{}/{inside}", self.path.display()),
            None => self.path.display().to_string(),
        }
    }

    pub(crate) fn name(&self) -> FileName {
        self.export.name.clone()
    }

    pub(crate) fn meta(&self) -> FileMeta {
        let Export { name: FileName { name, modified_millis }, range, .. } = &self.export;
        let (size_bytes, modified_millis) = (range.end - range.start, *modified_millis);
        FileMeta { name: name.clone(), size_bytes, modified_millis }
    }

    /// How it is packed, or why it cannot be unpacked.
    pub(crate) fn packed(&self) -> Result<Option<Packed>, Refusal> {
        self.export.packed.clone()
    }
}

/// The exports in a file, in order.
pub(crate) fn sources(path: &Path) -> io::Result<Vec<Source>> {
    let metadata = fs::metadata(path)?;
    let modified = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    let name = FileName {
        name: path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
        modified_millis: i64::try_from(modified.as_millis()).unwrap_or(0),
    };
    let bytes = FileBytes(File::open(path)?.into());
    let exports = exports_in(bytes, &name, metadata.len());
    Ok(exports.into_iter().map(|export| Source { path: path.to_owned(), export }).collect())
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

/// Gives the export's bytes to `take` piece by piece, packed as they are, until it wants no more.
pub(crate) fn read(source: &Source, mut take: impl FnMut(&[u8]) -> bool) -> io::Result<()> {
    let mut file = File::open(&source.path)?;
    let range = &source.export.range;
    file.seek(SeekFrom::Start(range.start))?;
    let mut file = file.take(range.end - range.start);
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
