//! Files packed together: a zip (PKWARE's APPNOTE 6.3) is looked into without unpacking it.

use std::ops::Range;

use rawzip::{
    CompressionMethod, ZipArchive, ZipFileHeaderRecord, ZipLocator, time::ZipDateTimeKind,
};

use crate::{
    domain::Day,
    ingest::{
        FileName, Refusal,
        container::packed::{MAX_UNPACKED_BYTES, Packed, Packing},
        gb18030::gb18030,
    },
};

pub use rawzip::ReaderAt;

/// More files in one archive are no exports.
const MAX_FILES: usize = 2_000;
/// Room for an entry of the directory: its name and notes have at most 64 kB each.
const DIRECTORY_BYTES: usize = 3 * 64 * 1024;

/// An export in a person's file: the file itself, or one of an archive.
#[derive(Debug, Clone)]
pub struct Export {
    /// Of the file; in an archive with its name in front and its folders between, `/` after each.
    pub name: FileName,
    /// Where its bytes are; packed ones in an archive.
    pub range: Range<u64>,
    /// How it is packed; `None`: not at all. Or why it cannot be unpacked.
    pub packed: Result<Option<Packed>, Refusal>,
}

/// The exports in a file of `size` bytes, in order, never none: a zip is looked into, all else is one.
pub fn exports_in(source: impl ReaderAt, file: &FileName, size: u64) -> Vec<Export> {
    let whole = |packed| vec![Export { name: file.clone(), range: 0..size, packed }];
    if !is_archive(&source) {
        return whole(Ok(None));
    }
    match contents(source, file, size) {
        Ok(Some(exports)) => exports,
        Ok(None) => whole(Ok(None)),
        // It was a workbook: who reads those says better what is wrong.
        Err(Refusal::DamagedArchive { .. }) if !file.name.to_lowercase().ends_with(".zip") => {
            whole(Ok(None))
        }
        Err(refusal) => whole(Err(refusal)),
    }
}

/// Whether a file begins as an archive; a workbook does, too.
fn is_archive(source: &impl ReaderAt) -> bool {
    let mut head = [0; 4];
    // Shorter files are none.
    source.read_exact_at(&mut head, 0).is_ok() && matches!(&head, b"PK\x03\x04" | b"PK\x05\x06")
}

/// The files of an archive, without folders and what systems put beside files. `None`: its parts are
/// those of one workbook.
fn contents(
    source: impl ReaderAt,
    file: &FileName,
    size: u64,
) -> Result<Option<Vec<Export>>, Refusal> {
    let damaged = |error: rawzip::Error| Refusal::DamagedArchive { detail: error.to_string() };
    let mut buffer = vec![0; DIRECTORY_BYTES];
    let located = ZipLocator::new().locate_in_reader(source, &mut buffer, size);
    let archive = located.map_err(|(_, error)| damaged(error))?;
    let mut exports = Vec::new();
    let mut entries = archive.entries(&mut buffer);
    while let Some(entry) = entries.next_entry().map_err(damaged)? {
        let name = name_of(entry.file_path().as_bytes());
        if is_part_of_workbook(&name) {
            return Ok(None);
        }
        if entry.is_dir() || is_of_a_system(&name) {
            continue;
        }
        if exports.len() == MAX_FILES {
            return Err(Refusal::TooManyFiles { limit: MAX_FILES as u64 });
        }
        exports.push(export(&archive, file, &name, &entry).map_err(damaged)?);
    }
    if exports.is_empty() { Err(Refusal::EmptyArchive) } else { Ok(Some(exports)) }
}

fn export<R: ReaderAt>(
    archive: &ZipArchive<R>,
    file: &FileName,
    name: &str,
    entry: &ZipFileHeaderRecord<'_>,
) -> Result<Export, rawzip::Error> {
    let (from, until) = archive.get_entry(entry.wayfinder())?.compressed_data_range();
    let modified_millis = millis_of(&entry.last_modified()).unwrap_or(file.modified_millis);
    let name = FileName { name: format!("{}/{name}", file.name), modified_millis };
    Ok(Export { name, range: from..until, packed: packed(entry).map(Some) })
}

fn packed(entry: &ZipFileHeaderRecord<'_>) -> Result<Packed, Refusal> {
    if entry.flags().is_encrypted() {
        return Err(Refusal::PasswordProtected);
    }
    let packing = match entry.compression_method() {
        CompressionMethod::STORE => Packing::Stored,
        CompressionMethod::DEFLATE => Packing::Deflate,
        _ => return Err(Refusal::UnsupportedContainer { container: "zip".to_owned() }),
    };
    let n_bytes = entry.uncompressed_size_hint();
    if n_bytes > MAX_UNPACKED_BYTES {
        return Err(Refusal::TooLarge { bytes: n_bytes, limit: MAX_UNPACKED_BYTES });
    }
    Ok(Packed { packing, n_bytes, crc: entry.crc32() })
}

/// Names are UTF-8, or of the system on which the archive was made: in China that is GB18030.
fn name_of(bytes: &[u8]) -> String {
    let name = String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| gb18030(bytes));
    let parts = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}

fn is_part_of_workbook(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name == "[content_types].xml" || name.starts_with("xl/")
}

/// What Finder and Explorer add by themselves.
fn is_of_a_system(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or_default();
    name.starts_with("__MACOSX/")
        || last.starts_with("._")
        || matches!(last, "" | ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

/// A time without a zone is taken as UTC: it is needed to the day. `None` where the archive's maker had
/// no clock.
fn millis_of(time: &ZipDateTimeKind) -> Option<i64> {
    let (year, month, day, seconds) = match time {
        ZipDateTimeKind::Utc(it) => {
            (it.year(), it.month(), it.day(), seconds_of(it.hour(), it.minute(), it.second()))
        }
        ZipDateTimeKind::Local(it) => {
            (it.year(), it.month(), it.day(), seconds_of(it.hour(), it.minute(), it.second()))
        }
    };
    // Before that there were no exports.
    let day = Day::from_ymd(year.into(), month.into(), day.into()).filter(|_| year >= 1990)?;
    Some((i64::from(day.days_since_epoch()) * Day::SECONDS + seconds) * 1_000)
}

fn seconds_of(hour: u8, minute: u8, second: u8) -> i64 {
    i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::{CompressionMethod as Method, ZipWriter, write::SimpleFileOptions};

    use super::*;
    use crate::{
        catalog::Catalog,
        ingest::{FileName, FileReading, ReadOptions, ReadOutcome, read_whole},
    };

    const RETURNS: &str = "return-date,order-id,sku,asin,fnsku,product-name,quantity,fulfillment-center-id,detailed-disposition,reason,status,license-plate-number,customer-comments\n2026-03-01,114-1,LAN-1,B0,X0,Lantern,2,ABC1,SELLABLE,UNWANTED_ITEM,,LPN1,\n";

    fn zip(files: &[(&str, &str, Method)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text, method) in files {
            let options = SimpleFileOptions::default().compression_method(*method);
            writer.start_file(*name, options).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn exports(name: &str, bytes: &[u8]) -> Vec<Export> {
        let file = FileName { name: name.to_owned(), modified_millis: 7 };
        exports_in(bytes, &file, bytes.len() as u64)
    }

    fn read(bytes: &[u8], file: &Export) -> ReadOutcome {
        let (name, options) = (file.name.clone(), ReadOptions::default());
        let packed = file.packed.clone().unwrap();
        let mut reading = FileReading::of_export(Catalog::built_in(), name, options, packed);
        let range =
            usize::try_from(file.range.start).unwrap()..usize::try_from(file.range.end).unwrap();
        for piece in bytes[range].chunks(7) {
            reading.feed(piece);
        }
        reading.finish()
    }

    #[test]
    fn files_are_read_where_they_stand() {
        let bytes = zip(&[
            ("__MACOSX/._a.csv", "noise", Method::Stored),
            ("2026/../März/a.csv", RETURNS, Method::Stored),
            (".DS_Store", "noise", Method::Stored),
            ("b.csv", RETURNS, Method::Deflated),
        ]);
        let files = exports("a.zip", &bytes);
        let names: Vec<&str> = files.iter().map(|file| file.name.name.as_str()).collect();
        assert_eq!(names, ["a.zip/2026/März/a.csv", "a.zip/b.csv"]);
        let readings = files.iter().map(|file| read(&bytes, file).unwrap());
        let (reports, hashes): (Vec<String>, Vec<u64>) =
            readings.map(|reading| (reading.report, reading.content_hash)).unzip();
        assert_eq!(reports, ["amazon.fba_returns"; 2]);
        let name = FileName { name: "r.csv".into(), modified_millis: 0 };
        let (text, options) = (RETURNS.as_bytes(), ReadOptions::default());
        let plain = read_whole(Catalog::built_in(), name, text, &options);
        assert_eq!(hashes, [plain.unwrap().content_hash; 2], "packed or not, it is one file");
    }

    #[test]
    fn a_workbook_is_one_file() {
        let bytes = zip(&[
            ("[Content_Types].xml", "<Types/>", Method::Deflated),
            ("xl/workbook.xml", "<workbook/>", Method::Deflated),
        ]);
        assert_is_whole("a.xlsx", &bytes);
        assert_is_whole("a.zip", &bytes);
        assert_is_whole("a.xlsx", &bytes[..bytes.len() / 2]);
        assert_is_whole("a.csv", b"SKU");
    }

    #[track_caller]
    fn assert_is_whole(name: &str, bytes: &[u8]) {
        let found = exports(name, bytes);
        let [Export { name: found, range, packed: Ok(None) }] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!((found.name.as_str(), range), (name, &(0..bytes.len() as u64)));
    }

    #[test]
    fn names_of_chinese_systems_are_read() {
        // 订单.csv in GB18030, as Windows writes it.
        let name = b"\xb6\xa9\xb5\xa5.csv";
        assert_eq!(name_of(name), "订单.csv");
    }

    /// Writes four bytes over the field that stands `at` bytes into the entry of the directory.
    fn with_field(mut bytes: Vec<u8>, at: usize, value: u32) -> Vec<u8> {
        let entry = memchr::memmem::rfind(&bytes, b"PK\x01\x02").unwrap();
        bytes[entry + at..entry + at + 4].copy_from_slice(&value.to_le_bytes());
        bytes
    }

    const FLAGS: usize = 8;
    const CRC: usize = 16;
    const UNPACKED_BYTES: usize = 24;

    #[test]
    fn what_cannot_be_unpacked_says_why() {
        let bytes = zip(&[("a.csv", RETURNS, Method::Deflated)]);
        for (field, value, expected) in [
            (FLAGS, 1, "password_protected"),
            (CRC, 7, "damaged_archive"),
            // It states less than comes out.
            (UNPACKED_BYTES, 40, "too_large"),
        ] {
            let bytes = with_field(bytes.clone(), field, value);
            let file = &exports("a.zip", &bytes)[0];
            let refused = file.packed.clone().err().or_else(|| read(&bytes, file).err());
            assert_eq!(refused.as_ref().map(Refusal::id), Some(expected));
        }
        let nothing = zip(&[("folder/", "", Method::Stored)]);
        for (bytes, expected) in
            [(nothing.as_slice(), "empty_archive"), (&bytes[..bytes.len() / 2], "damaged_archive")]
        {
            let refused = exports("a.zip", bytes)[0].packed.clone().unwrap_err();
            assert_eq!(refused.id(), expected);
        }
    }
}
