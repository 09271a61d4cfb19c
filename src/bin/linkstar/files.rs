//! Files of the machine.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
    time::UNIX_EPOCH,
};

use linkstar_kpi::{demo, worker::protocol::FileMeta};

/// Bytes read at a time.
const CHUNK_BYTES: usize = 8 * 1024 * 1024;

pub(crate) fn meta(path: &Path) -> io::Result<FileMeta> {
    let metadata = fs::metadata(path)?;
    let modified = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    let name = path.file_name().unwrap_or(path.as_os_str());
    Ok(FileMeta {
        name: name.to_string_lossy().into_owned(),
        size_bytes: metadata.len(),
        modified_millis: i64::try_from(modified.as_millis()).unwrap_or(0),
    })
}

/// Gives the file's bytes to `take` piece by piece until it wants no more.
pub(crate) fn read(path: &Path, mut take: impl FnMut(&[u8]) -> bool) -> io::Result<()> {
    let mut file = File::open(path)?;
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
