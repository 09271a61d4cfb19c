//! Several files as one zip.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use flate2::{Compression, write::DeflateEncoder};
use rawzip::{CompressionMethod, ZipArchiveWriter};

/// Why there is no zip.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    #[error("the part of the program that writes the files could not be fetched")]
    PartMissing,
    #[error("two files are named {0}")]
    SameName(String),
    #[error(transparent)]
    Entry(#[from] rawzip::Error),
    #[error(transparent)]
    Compression(#[from] io::Error),
}

/// A zip of the files, in their order. The same files give the same bytes: entries carry no date.
pub fn zip_from_files<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<Vec<u8>, ArchiveError> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    let mut names = BTreeSet::new();
    for (name, content) in files {
        if !names.insert(name) {
            return Err(ArchiveError::SameName(name.to_owned()));
        }
        let entry = archive.new_file(name).compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = entry.start()?;
        // The lightest level: the person waits for it, and the bytes go no further than the disk.
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::fast()));
        writer.write_all(content)?;
        let (encoder, descriptor) = writer.finish()?;
        encoder.finish()?;
        entry.finish(descriptor)?;
    }
    archive.finish()?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use zip::ZipArchive;

    use super::*;

    #[test]
    fn files_come_out_as_they_went_in() {
        let long = b"order-id\tsku\n".repeat(1000);
        let files = [
            ("orders.txt", long.as_slice()),
            ("成本.csv", "SKU,成本\n".as_bytes()),
            ("e", b"".as_slice()),
        ];
        let bytes = zip_from_files(files).unwrap();
        assert!(bytes.len() < long.len() / 10, "not compressed: {}", bytes.len());
        let mut archive = ZipArchive::new(Cursor::new(&bytes)).unwrap();
        assert_eq!(archive.len(), files.len());
        for (index, (name, content)) in files.iter().enumerate() {
            let mut file = archive.by_index(index).unwrap();
            assert_eq!(file.name().unwrap(), *name);
            let mut read = Vec::new();
            file.read_to_end(&mut read).unwrap();
            assert_eq!(read, *content);
        }
        assert_eq!(zip_from_files(files).unwrap(), bytes);
    }

    #[test]
    fn two_files_of_one_name_are_refused() {
        assert!(zip_from_files([("a", b"1".as_slice()), ("a", b"2".as_slice())]).is_err());
    }
}
