//! Several files as one zip.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// A zip of the files, in their order. The same files give the same bytes: entries carry no date.
pub fn zip_from_files<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
) -> Result<Vec<u8>, ZipError> {
    // The lightest level: the person waits for it, and the bytes go no further than the disk.
    let options = SimpleFileOptions::DEFAULT
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name, options)?;
        archive.write_all(bytes)?;
    }
    Ok(archive.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

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
