//! A file that several readers share is read as by one, wherever it is cut.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::*;
use crate::ingest::{Refusal, read_whole};

/// Costs whose notes have line ends, quotes, and lines that look like rows.
const COSTS: &str = "SKU,Unit cost,Currency,Valid from,Note\r\n\
    A-1,1.25,USD,2026-01-01,\"first\r\nB-1,9.99,USD,2026-01-01,x\r\n\"\r\n\
    A-2,2.50,USD,2026-01-02,plain\r\n\
    A-3,oops,USD,2026-01-03,\"a \"\"quoted\"\" word\nand\n\nlines\"\r\n\
    A-4,4.00,USD,2026-01-04,\"\nC-1,7.77,USD,2026-01-01,x\nC-2,7.77,USD,2026-01-01,x\nC-3,7.77,USD,2026-01-01,x\nC-4,7.77,USD,2026-01-01,x\n\"\r\n\
    \r\n\
    A-5,5.00,USD,2026-01-05,\r\n\
    A-6,6.00,USD,2026-01-06,\"31\" x 19\" rug\"\r\n\
    A-7,7.00,USD,2026-01-07,last,\r\n\
    A-8,8.00,USD,2026-01-08,\"no line end behind\"";

fn name() -> FileName {
    FileName { name: "file.csv".to_owned(), modified_millis: 0 }
}

fn reader(bytes: &[u8]) -> Option<PartReader> {
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    PartReader::new(Catalog::built_in(), &name(), &ReadOptions::default(), head)
}

/// Reads one range, `size` bytes at a time.
fn read_range(reader: &mut PartReader, bytes: &[u8], range: FileRange, size: usize) -> Part {
    reader.begin(range);
    let own = &bytes[usize::try_from(range.from).expect("a small file")..];
    for piece in own.chunks(size) {
        if !reader.feed(piece) {
            break;
        }
    }
    reader.end()
}

/// The parts between the cuts, read by turns; how many had to be read again.
fn joined(
    readers: &mut [PartReader],
    bytes: &[u8],
    cuts: &[usize],
    size: usize,
) -> Result<(Joining, usize), Unlike> {
    let cuts = [&[0], cuts, &[bytes.len()]].concat();
    let ranges = cuts.windows(2).map(|cut| FileRange {
        from: cut[0] as u64,
        until: cut[1] as u64,
        begins: None,
    });
    let n_readers = readers.len();
    let mut joining = readers[0].joining();
    let mut n_again = 0;
    for (range, at) in ranges.zip(0..) {
        let reader = &mut readers[at % n_readers];
        let mut part = read_range(reader, bytes, range, size);
        if !joining.fits(&part) {
            n_again += 1;
            let range = FileRange { begins: Some(joining.ends()), ..range };
            part = read_range(reader, bytes, range, size);
            assert!(joining.fits(&part), "{range:?}");
        }
        joining.add(part)?;
    }
    Ok((joining, n_again))
}

/// Everything that an outcome says but for the segments' borders and the file's hash.
fn told(outcome: &ReadOutcome) -> String {
    let Ok(reading) = outcome else { return format!("{outcome:?}") };
    let mut facts = Vec::new();
    for segment in &reading.segments {
        facts.extend((0..segment.len()).map(|row| fact(segment, row)));
    }
    let mut reading = reading.clone();
    reading.segments.clear();
    reading.content_hash = 0;
    format!("{reading:?}\n{}", facts.join("\n"))
}

fn fact(segment: &Segment, row: usize) -> String {
    let (table, columns) = (segment.table(), segment.columns());
    let texts: Vec<&str> = table.texts().map(|name| segment.text(name, row)).collect();
    let numbers: Vec<i64> = columns.numbers.iter().map(|column| column[row]).collect();
    let (at, n_days, line) = (columns.at[row], columns.n_days[row], columns.line[row]);
    let (key, as_of) = (columns.key[row], columns.as_of[row]);
    format!("{} {at} {n_days} {line} {key} {as_of} {texts:?} {numbers:?}", table.name())
}

/// Compares with the reading as a whole. Gives how many parts had to be read again.
#[track_caller]
fn check(bytes: &[u8], n_readers: usize, cuts: &[usize], size: usize) -> usize {
    let mut readers: Vec<_> = (0..n_readers).filter_map(|_| reader(bytes)).collect();
    let whole = read_whole(Catalog::built_in(), name(), bytes, &ReadOptions::default());
    check_with(&mut readers, bytes, &told(&whole), cuts, size)
}

#[track_caller]
fn check_with(
    readers: &mut [PartReader],
    bytes: &[u8],
    whole: &str,
    cuts: &[usize],
    size: usize,
) -> usize {
    let Ok((joining, n_again)) = joined(readers, bytes, cuts, size) else { return 0 };
    let last = reader(bytes).expect("it could be read in parts before");
    if let Ok(outcome) = last.conclude(joining) {
        assert_eq!(told(&outcome), whole, "cut at {cuts:?}");
    }
    n_again
}

/// For each place of the file: cuts there and at the places that divide it evenly from there on.
fn all_cuts(n_bytes: usize, n_readers: usize, step: usize) -> impl Iterator<Item = Vec<usize>> {
    (0..n_bytes).step_by(step).map(move |first| {
        let cut = |nth: usize| (first + nth * n_bytes / n_readers.max(2)) % n_bytes;
        let mut cuts: Vec<usize> = (0..n_readers.saturating_sub(1)).map(cut).collect();
        cuts.sort_unstable();
        cuts
    })
}

#[test]
fn quoted_line_ends_are_read_alike_by_any_number_of_readers_at_every_cut() {
    let bytes = COSTS.as_bytes();
    let whole = read_whole(Catalog::built_in(), name(), bytes, &ReadOptions::default());
    let reading = whole.as_ref().expect("costs");
    assert_eq!((reading.rows, reading.n_problems), (8, 1), "{:?}", reading.problems);
    let whole = told(&whole);
    let mut n_again = 0;
    for n_readers in [1, 2, 3, 7] {
        let mut readers: Vec<_> = (0..n_readers).filter_map(|_| reader(bytes)).collect();
        for cuts in all_cuts(bytes.len(), n_readers, 1) {
            n_again += check_with(&mut readers, bytes, &whole, &cuts, bytes.len());
        }
    }
    assert!(n_again > 100, "some cuts stand inside quotes: {n_again}");
}

#[test]
fn pieces_make_no_difference() {
    let bytes = COSTS.as_bytes();
    for size in [1, 2, 50] {
        for cut in (0..bytes.len()).step_by(17) {
            check(bytes, 2, &[cut], size);
        }
    }
}

#[test]
fn every_look_alike_is_read_alike_in_parts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut n_in_parts = 0;
    for report in folders(&root) {
        for case in folders(&report) {
            let input = folders(&case).into_iter().find(|path| {
                path.file_name().is_some_and(|it| it.to_string_lossy().starts_with("input"))
            });
            let bytes = fs::read(input.expect("an input")).expect("a readable input");
            if reader(&bytes).is_none() {
                continue;
            }
            n_in_parts += 1;
            for (n_readers, step) in [(2, 97), (7, 499)] {
                for cuts in all_cuts(bytes.len(), n_readers, step) {
                    check(&bytes, n_readers, &cuts, bytes.len());
                }
            }
        }
    }
    assert!(n_in_parts > 25, "{n_in_parts}");
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else { return Vec::new() };
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

/// A large file of orders, as Amazon writes them.
fn many_rows(n_rows: usize) -> Vec<u8> {
    let mut text = "SKU,Unit cost,Currency,Valid from,Note\n".to_owned();
    for row in 0..n_rows {
        let day = row % 28 + 1;
        text += &format!("A-{row},{}.25,USD,2026-01-{day:02},\"note\n{row}\"\n", row % 90);
    }
    text.into_bytes()
}

#[test]
fn ranges_of_whole_blocks_give_the_same_hash() {
    let bytes = many_rows(100_000);
    let ranges = ranges(1 << 30, 2);
    let total: u64 = ranges.iter().map(|range| range.until - range.from).sum();
    assert_eq!(total, 1 << 30);
    assert!(ranges.iter().all(|range| range.from % (1 << 20) == 0));

    let whole = read_whole(Catalog::built_in(), name(), &bytes, &ReadOptions::default());
    let whole = whole.expect("costs");
    let mut readers: Vec<_> = (0..2).filter_map(|_| reader(&bytes)).collect();
    let (joining, n_again) =
        joined(&mut readers, &bytes, &[1 << 20, 3 << 20], 100_000).expect("dates of one kind");
    assert_eq!(n_again, 0);
    let reading = readers.remove(0).conclude(joining).expect("one order").expect("costs");
    assert_eq!(reading.content_hash, whole.content_hash);
    assert_eq!(told(&Ok(reading)), told(&Ok(whole)));
}

#[test]
fn a_file_that_breaks_off_is_refused_on_its_line() {
    let whole = [COSTS, "\r\nA-9,1.00,USD,2026-01-09,\"open\r\n"].concat();
    for cut in 0..whole.len() {
        let mut readers: Vec<_> = (0..2).filter_map(|_| reader(whole.as_bytes())).collect();
        let (joining, _) = joined(&mut readers, whole.as_bytes(), &[cut], 64).expect("one order");
        let outcome = readers.remove(0).conclude(joining).expect("one order");
        assert_eq!(outcome.map(|it| it.rows), Err(Refusal::CutShort { line: 21 }), "{cut}");
    }
}

#[test]
fn dates_that_only_all_parts_together_explain_need_the_whole_file() {
    let row = |day: &str| format!("A-1,1.25,EUR,{day},x\n");
    let text = "SKU,Unit cost,Currency,Valid from,Note\n".to_owned();
    let text = text + &row("03/04/2026").repeat(20) + &row("21/04/2026").repeat(20);
    let mut readers: Vec<_> = (0..2).filter_map(|_| reader(text.as_bytes())).collect();
    let cut = text.len() / 3;
    let joined = joined(&mut readers, text.as_bytes(), &[cut], 64);
    let outcome = joined.and_then(|(joining, _)| readers.remove(0).conclude(joining));
    assert!(matches!(outcome, Err(Unlike)), "{outcome:?}");
}

#[test]
fn orders_whose_rows_belong_together_are_not_read_in_parts() {
    let case = "tests/fixtures/shopify.orders";
    for case in folders(&Path::new(env!("CARGO_MANIFEST_DIR")).join(case)) {
        for input in folders(&case).iter().filter(|it| it.extension() == Some("csv".as_ref())) {
            assert!(reader(&fs::read(input).expect("an input")).is_none());
        }
    }
}
