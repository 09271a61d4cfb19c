//! Files packed together: a zip (PKWARE's APPNOTE 6.3) is looked into without unpacking it.

use std::ops::Range;

use rawzip::{
    CompressionMethod, ZipArchive, ZipFileHeaderRecord, ZipLocator, time::ZipDateTimeKind,
};

use crate::{
    domain::Day,
    ingest::{
        Refusal,
        container::packed::{MAX_UNPACKED_BYTES, Packed, Packing},
    },
};

pub use rawzip::ReaderAt;

/// More files in one archive are no exports.
const MAX_FILES: usize = 2_000;
/// Room for an entry of the directory: its name and notes have at most 64 kB each.
const DIRECTORY_BYTES: usize = 3 * 64 * 1024;

/// What a zip turned out to be.
#[derive(Debug)]
pub enum Archive {
    /// One workbook, as far as can be told: it is read as a whole.
    Workbook,
    /// Files, in the directory's order.
    Files(Vec<ArchivedFile>),
}

/// A file in an archive.
#[derive(Debug)]
pub struct ArchivedFile {
    /// With its folders, `/` between them.
    pub name: String,
    /// Where its packed bytes are.
    pub range: Range<u64>,
    /// When it was saved, in milliseconds since 1970; 0 where the archive does not say.
    pub modified_millis: i64,
    /// How to unpack it, or why it cannot be.
    pub packed: Result<Packed, Refusal>,
}

/// Whether a file with this beginning is an archive; a workbook is one, too.
pub fn is_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Looks into a zip of that name and of `size` bytes. Folders and what systems put beside files are
/// left out. What is damaged and not called a zip was a workbook.
pub fn look_into(source: impl ReaderAt, name: &str, size: u64) -> Result<Archive, Refusal> {
    match contents(source, size) {
        Err(Refusal::DamagedArchive { .. }) if !name.to_lowercase().ends_with(".zip") => {
            Ok(Archive::Workbook)
        }
        found => found,
    }
}

fn contents(source: impl ReaderAt, size: u64) -> Result<Archive, Refusal> {
    let damaged = |error: rawzip::Error| Refusal::DamagedArchive { detail: error.to_string() };
    let mut buffer = vec![0; DIRECTORY_BYTES];
    let located = ZipLocator::new().locate_in_reader(source, &mut buffer, size);
    let archive = located.map_err(|(_, error)| damaged(error))?;
    let mut files = Vec::new();
    let mut entries = archive.entries(&mut buffer);
    while let Some(entry) = entries.next_entry().map_err(damaged)? {
        let name = name_of(entry.file_path().as_bytes());
        if is_part_of_workbook(&name) {
            return Ok(Archive::Workbook);
        }
        if entry.is_dir() || is_of_a_system(&name) {
            continue;
        }
        if files.len() == MAX_FILES {
            return Err(Refusal::TooManyFiles { limit: MAX_FILES as u64 });
        }
        files.push(archived_file(&archive, name, &entry).map_err(damaged)?);
    }
    if files.is_empty() { Err(Refusal::EmptyArchive) } else { Ok(Archive::Files(files)) }
}

fn archived_file<R: ReaderAt>(
    archive: &ZipArchive<R>,
    name: String,
    entry: &ZipFileHeaderRecord<'_>,
) -> Result<ArchivedFile, rawzip::Error> {
    let (from, until) = archive.get_entry(entry.wayfinder())?.compressed_data_range();
    let modified_millis = millis_of(&entry.last_modified());
    Ok(ArchivedFile { name, range: from..until, modified_millis, packed: packed(entry) })
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
    let name = String::from_utf8(bytes.to_vec())
        .unwrap_or_else(|_| encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned());
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

/// A time without a zone is taken as UTC: it is needed to the day.
fn millis_of(time: &ZipDateTimeKind) -> i64 {
    let (year, month, day, seconds) = match time {
        ZipDateTimeKind::Utc(it) => {
            (it.year(), it.month(), it.day(), seconds_of(it.hour(), it.minute(), it.second()))
        }
        ZipDateTimeKind::Local(it) => {
            (it.year(), it.month(), it.day(), seconds_of(it.hour(), it.minute(), it.second()))
        }
    };
    let day = Day::parse(&format!("{year:04}-{month:02}-{day:02}"));
    // Before that there were no exports: the archive's maker had no clock.
    let day = day.filter(|_| year >= 1990);
    day.map_or(0, |day| (i64::from(day.days_since_epoch()) * Day::SECONDS + seconds) * 1_000)
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

    fn files_of(bytes: &[u8]) -> Vec<ArchivedFile> {
        match look_into(bytes, "a.zip", bytes.len() as u64).unwrap() {
            Archive::Files(files) => files,
            Archive::Workbook => panic!("no workbook"),
        }
    }

    fn read(bytes: &[u8], file: &ArchivedFile) -> ReadOutcome {
        let name = FileName { name: file.name.clone(), modified_millis: 0 };
        let packed = file.packed.clone().unwrap();
        let options = ReadOptions::default();
        let mut reading = FileReading::of_archived(Catalog::built_in(), name, options, packed);
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
        let files = files_of(&bytes);
        let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["2026/März/a.csv", "b.csv"]);
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
        let found = look_into(bytes.as_slice(), "a.xlsx", bytes.len() as u64);
        assert!(matches!(found, Ok(Archive::Workbook)));
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
    fn what_an_archive_states_must_come_out() {
        let bytes = zip(&[("a.csv", RETURNS, Method::Deflated)]);
        for (field, value, expected) in
            [(CRC, 7, "damaged_archive"), (UNPACKED_BYTES, 40, "too_large")]
        {
            let bytes = with_field(bytes.clone(), field, value);
            let refusal = read(&bytes, &files_of(&bytes)[0]).unwrap_err();
            assert_eq!(refusal.id(), expected);
        }
    }

    #[test]
    fn what_cannot_be_unpacked_says_why() {
        let bytes = zip(&[("a.csv", RETURNS, Method::Deflated)]);
        for (field, value, expected) in
            [(FLAGS, 1, "password_protected"), (UNPACKED_BYTES, 0xFFFF_FFF0, "ok")]
        {
            let bytes = with_field(bytes.clone(), field, value);
            let file = &files_of(&bytes)[0];
            let found = file.packed.as_ref().err().map_or("ok", Refusal::id);
            assert_eq!(found, expected);
        }
        let nothing = zip(&[("folder/", "", Method::Stored)]);
        let found = look_into(nothing.as_slice(), "a.zip", nothing.len() as u64).unwrap_err();
        assert_eq!(found, Refusal::EmptyArchive);
        let half = &bytes[..bytes.len() / 2];
        let found = look_into(half, "a.zip", half.len() as u64).unwrap_err();
        assert_eq!(found.id(), "damaged_archive");
        let found = look_into(half, "a.xlsx", half.len() as u64);
        assert!(matches!(found, Ok(Archive::Workbook)));
    }
}
