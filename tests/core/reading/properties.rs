//! What holds whatever the file: reading never panics, pieces make no difference, a file counts
//! once, the order of imports does not matter, parts add up to the whole.

use std::{collections::BTreeMap, fs, io::Write as _, path::Path};

use flate2::{Compression, write::GzEncoder};
use linkstar_kpi::{
    catalog::Catalog,
    demo::zip_from_files,
    domain::{Dimension, Fixed, Granularity},
    ingest::{FileName, FileReading, ReadOptions, ReadOutcome, exports_in, read_whole},
    storage::Stored,
    worker::{
        protocol::{FileMeta, Reading, Request, Response},
        session::Session,
        views::{TableBy, TableRequest},
    },
};
use proptest::{collection::vec, prelude::*, sample::Index};

/// A file in memory.
#[derive(Debug, Clone)]
struct File {
    name: String,
    bytes: Vec<u8>,
}

/// All inputs of the look-alikes, in a fixed order.
fn fixtures() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort_by(|one, other| one.name.cmp(&other.name));
    assert!(files.len() > 50, "the look-alikes are there");
    files
}

fn collect(folder: &Path, files: &mut Vec<File>) {
    for entry in fs::read_dir(folder).expect("a folder of fixtures") {
        let path = entry.expect("an entry").path();
        let name = path.to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, files);
        } else if path.file_stem().is_some_and(|it| it.to_string_lossy().starts_with("input")) {
            files.push(File { name, bytes: fs::read(&path).expect("a fixture") });
        }
    }
}

fn name() -> FileName {
    FileName { name: "file.csv".to_owned(), modified_millis: 0 }
}

fn read(bytes: &[u8]) -> ReadOutcome {
    read_whole(Catalog::built_in(), name(), bytes, &ReadOptions::default())
}

fn read_in_pieces(bytes: &[u8], sizes: &[usize]) -> ReadOutcome {
    let mut reading = FileReading::new(Catalog::built_in(), name(), ReadOptions::default());
    let mut rest = bytes;
    for size in sizes.iter().cycle() {
        let (piece, behind) = rest.split_at((*size).min(rest.len()));
        reading.feed(piece);
        rest = behind;
        if rest.is_empty() {
            break;
        }
    }
    reading.finish()
}

/// Everything that an outcome says, facts included.
fn told(outcome: &ReadOutcome) -> String {
    let reading = match outcome {
        Ok(reading) => reading,
        Err(refusal) => return format!("{refusal:?}"),
    };
    let mut text = format!(
        "{} {} {} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {}\n",
        reading.report,
        reading.rows,
        reading.n_problems,
        reading.problems,
        reading.sums,
        reading.period,
        reading.currencies,
        reading.questions,
        reading.checks,
        reading.understood,
        reading.content_hash,
    );
    for segment in &reading.segments {
        let table = segment.table();
        for number in table.numbers() {
            text += &format!("{} {number} {:?}\n", table.name(), segment.numbers(number));
        }
        for row in 0..segment.len() {
            let texts = table.texts().map(|column| segment.text(column, row));
            text += &format!("{:?}\n", texts.collect::<Vec<&str>>());
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn any_bytes_are_read_or_refused(
        start in prop::sample::select(vec![
            &b""[..], b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\xd0\xcf\x11\xe0",
            b"\x1f\x8b\x08",
            b"SKU,Unit cost,Currency\n", b"\"SKU\",\"Unit cost\"\n\"", b"SKU;Unit cost\r\n",
        ]),
        bytes in vec(any::<u8>(), 0..2_000),
    ) {
        let bytes = [start, bytes.as_slice()].concat();
        let _outcome = read(&bytes);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(SKU,Unit cost,Currency,Valid from\n)?[-a-zA-Z0-9,;\t\r\n\"'$%.()=/: é（中]{0,600}") {
        let _outcome = read(text.as_bytes());
    }

    #[test]
    fn a_damaged_export_is_read_or_refused(
        file in any::<Index>(),
        changes in vec((any::<Index>(), any::<u8>()), 1..20),
    ) {
        let files = fixtures();
        let mut bytes = file.get(&files).bytes.clone();
        for (place, byte) in changes {
            *place.get_mut(&mut bytes) = byte;
        }
        let _outcome = read(&bytes);
    }

    #[test]
    fn a_cut_export_is_read_or_refused(file in any::<Index>(), place in any::<Index>()) {
        let files = fixtures();
        let bytes = &file.get(&files).bytes;
        let _outcome = read(&bytes[..place.index(bytes.len())]);
    }

    #[test]
    fn the_size_of_the_pieces_makes_no_difference(
        file in any::<Index>(),
        sizes in vec(1_usize..5_000, 1..8),
    ) {
        let files = fixtures();
        let bytes = &file.get(&files).bytes;
        prop_assert_eq!(told(&read_in_pieces(bytes, &sizes)), told(&read(bytes)));
    }

    #[test]
    fn a_packed_export_is_read_as_the_plain_one(
        file in any::<Index>(),
        sizes in vec(1_usize..5_000, 1..8),
    ) {
        let files = fixtures();
        let bytes = &file.get(&files).bytes;
        prop_assert_eq!(told(&read_in_pieces(&packed(bytes), &sizes)), told(&read(bytes)));
    }

    #[test]
    fn any_archive_is_looked_into_or_refused(
        names in vec("[a-z/.]{1,12}", 0..4),
        changes in vec((any::<Index>(), any::<u8>()), 0..12),
        place in any::<Index>(),
    ) {
        let files: BTreeMap<&str, &[u8]> =
            names.iter().map(|name| (name.as_str(), b"SKU,Unit cost\n".as_slice())).collect();
        let mut bytes = zip_from_files(files).expect("a zip");
        for (place, byte) in changes {
            *place.get_mut(&mut bytes) = byte;
        }
        bytes.truncate(bytes.len() - place.index(bytes.len()) / 8);
        let file = FileName { name: "a.zip".to_owned(), modified_millis: 0 };
        prop_assert!(!exports_in(bytes.as_slice(), &file, bytes.len() as u64).is_empty());
    }

    #[test]
    fn a_packed_export_that_is_cut_is_refused(file in any::<Index>(), place in any::<Index>()) {
        let files = fixtures();
        let packed = packed(&file.get(&files).bytes);
        prop_assert!(read(&packed[..place.index(packed.len())]).is_err());
    }
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).expect("room");
    packer.finish().expect("room")
}

proptest! {
    // Each case is a file of half a megabyte.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(8) })]

    #[test]
    fn pieces_make_no_difference_beyond_the_head(
        orders in vec(order(), 1..40),
        sizes in vec(1_usize..200_000, 1..8),
    ) {
        // Repeated until the file is longer than the part that the report kind is decided by.
        let repeated: Vec<Order> = orders.iter().cycle().take(4_000).cloned().collect();
        let bytes = all_orders(&repeated);
        prop_assert!(bytes.len() > 300_000);
        prop_assert_eq!(told(&read_in_pieces(&bytes, &sizes)), told(&read(&bytes)));
    }
}

#[test]
fn one_byte_at_a_time_gives_the_same() {
    for file in fixtures() {
        let outcome = read_in_pieces(&file.bytes, &[1]);
        assert_eq!(told(&outcome), told(&read(&file.bytes)), "{}", file.name);
    }
}

/// One line of an order.
#[derive(Debug, Clone)]
struct Order {
    number: u32,
    hour: u32,
    sku: u8,
    quantity: u32,
    cents: u32,
    status: &'static str,
}

fn order() -> impl Strategy<Value = Order> {
    let status = prop::sample::select(vec!["Shipped", "Pending", "Cancelled"]);
    (0_u32..60, 0_u32..2_000, 0_u8..5, 0_u32..4, 0_u32..100_000, status).prop_map(
        |(number, hour, sku, quantity, cents, status)| Order {
            // An order has one day, and an identity that no other order of the file has.
            number: number * 2_000 + hour,
            hour,
            sku,
            quantity,
            cents,
            status,
        },
    )
}

/// An All Orders file.
fn all_orders(orders: &[Order]) -> Vec<u8> {
    let mut text = "amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tsales-channel\t\
        product-name\tsku\tasin\tquantity\tcurrency\titem-price\titem-tax\titem-promotion-discount\n"
        .to_owned();
    for order in orders {
        let (day, hour) = (order.hour / 24, order.hour % 24);
        let (month, day) = (day / 28 + 1, day % 28 + 1);
        text += &format!(
            "111-{:07}-0000001\t2026-{month:02}-{day:02}T{hour:02}:00:00+00:00\t2026-12-01T00:00:00+00:00\t\
             {}\tAmazon.com\tThing\tSKU-{}\tB0FAKE000{}\t{}\tUSD\t{}.{:02}\t0.10\t0.25\n",
            order.number,
            order.status,
            order.sku,
            order.sku,
            order.quantity,
            order.cents / 100,
            order.cents % 100,
        );
    }
    text.into_bytes()
}

/// A workbook with the files taken in one after the other; questions leave a file out.
fn workbook(files: &[&[u8]]) -> Session {
    let mut session = Session::new();
    session.open("w", "w", false, &Stored::default(), 0).expect("an empty workbook");
    for (index, bytes) in files.iter().enumerate() {
        take_in(&mut session, bytes, i64::try_from(index).unwrap_or(0));
    }
    session
}

fn take_in(session: &mut Session, bytes: &[u8], now_millis: i64) {
    let size_bytes = bytes.len() as u64;
    // All saved at the same time: the order of imports is all that differs.
    let meta = FileMeta { name: "file.csv".to_owned(), size_bytes, modified_millis: 0 };
    let pending = session.begin_reading(meta, None);
    session.feed(pending, bytes);
    session.finish_reading(pending);
    let outcome = session.handle(&Request::ConfirmPending, now_millis);
    assert!(matches!(outcome.response, Response::Confirmed { .. }), "{:?}", outcome.response);
}

/// Every KPI, cut in one way, as text.
fn figures(session: &mut Session, by: TableBy) -> Vec<String> {
    let request = TableRequest { by, kpis: Vec::new(), period: None };
    let table = session.table(&request).expect("figures");
    let row = |row: &linkstar_kpi::worker::views::TableRow| {
        let undefined = row.value.undefined.as_ref().map(|it| it.reason.clone());
        format!("{} {:?} {:?} {:?} {undefined:?}", row.kpi, row.scope, row.period, row.value.value)
    };
    table.rows.iter().map(row).collect()
}

/// The sum of one KPI over the parts of a cut.
fn sum_of(session: &mut Session, kpi: &str, by: TableBy) -> Fixed {
    let request = TableRequest { by, kpis: vec![kpi.to_owned()], period: None };
    let table = session.table(&request).expect("figures");
    let value = |text: &String| Fixed::parse(text).expect("an exact decimal");
    table.rows.iter().filter_map(|row| row.value.value.as_ref()).map(value).sum()
}

/// The look-alikes that can be taken in without a question.
fn readable() -> Vec<File> {
    let ready =
        |file: &File| matches!(read(&file.bytes), Ok(reading) if reading.questions.is_empty());
    fixtures().into_iter().filter(ready).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn the_order_of_imports_does_not_matter(
        chosen in prop::sample::subsequence(readable(), 2..8)
            .prop_flat_map(|files| (Just(files.clone()), Just(files).prop_shuffle())),
    ) {
        let (files, shuffled) = chosen;
        let bytes: Vec<&[u8]> = files.iter().map(|it| it.bytes.as_slice()).collect();
        let other: Vec<&[u8]> = shuffled.iter().map(|it| it.bytes.as_slice()).collect();
        let (mut one, mut two) = (workbook(&bytes), workbook(&other));
        for by in [TableBy::Total, TableBy::Dimension(Dimension::Sku), TableBy::Time(Granularity::Day)] {
            prop_assert_eq!(figures(&mut one, by), figures(&mut two, by));
        }
    }

    #[test]
    fn overlapping_files_do_not_depend_on_their_order(
        orders in vec(order(), 1..40),
        cut in any::<Index>(),
        back in any::<Index>(),
    ) {
        let middle = cut.index(orders.len());
        let (first, second) = (&orders[..=middle], &orders[back.index(middle + 1)..]);
        let (first, second) = (all_orders(first), all_orders(second));
        let mut one = workbook(&[&first, &second]);
        let mut two = workbook(&[&second, &first]);
        prop_assert_eq!(figures(&mut one, TableBy::Total), figures(&mut two, TableBy::Total));
    }

    #[test]
    fn overlapping_periods_end_in_the_same_facts_in_any_order(
        orders in vec(order(), 2..60),
        (cuts, order) in (1_usize..6).prop_flat_map(|n| {
            let cuts = vec((any::<Index>(), 0_usize..20), n);
            (cuts, Just((0..=n).collect::<Vec<usize>>()).prop_shuffle())
        }),
    ) {
        let mut orders = orders;
        orders.sort_by_key(|order| (order.hour, order.number));
        orders.dedup_by_key(|order| order.number);
        // Each piece goes on from the one before, and some orders beyond the next cut.
        let mut ends: Vec<(usize, usize)> =
            cuts.iter().map(|(cut, more)| (cut.index(orders.len()), *more)).collect();
        ends.sort_unstable();
        ends.push((orders.len(), 0));
        let mut from = 0;
        let mut pieces = Vec::new();
        for (end, more) in ends {
            pieces.push(all_orders(&orders[from..(end + more).min(orders.len())]));
            from = end;
        }
        // A piece without a row is no export.
        let has_rows = |piece: &&Vec<u8>| piece.split(|byte| *byte == b'\n').count() > 2;
        let chosen = order.iter().filter_map(|at| pieces.get(*at)).filter(has_rows);
        let chosen: Vec<&[u8]> = chosen.map(Vec::as_slice).collect();
        let distinct: std::collections::BTreeSet<&[u8]> = chosen.iter().copied().collect();
        prop_assume!(distinct.len() == chosen.len());
        let (mut one, mut two) = (workbook(&[&all_orders(&orders)]), workbook(&chosen));
        for by in [TableBy::Total, TableBy::Dimension(Dimension::Sku)] {
            prop_assert_eq!(figures(&mut one, by), figures(&mut two, by));
        }
    }

    #[test]
    fn importing_twice_adds_nothing(file in any::<Index>()) {
        let files = readable();
        let bytes = file.get(&files).bytes.as_slice();
        let (mut once, mut twice) = (workbook(&[bytes]), workbook(&[bytes]));
        let size_bytes = bytes.len() as u64;
        let meta = FileMeta { name: "again.csv".to_owned(), size_bytes, modified_millis: 9 };
        let pending = twice.begin_reading(meta, None);
        twice.feed(pending, bytes);
        twice.finish_reading(pending);
        let view = twice.pending().pop().expect("a pending file").reading;
        prop_assert!(matches!(view, Reading::AlreadyLoaded { .. }), "{:?}", view);
        prop_assert_eq!(figures(&mut once, TableBy::Total), figures(&mut twice, TableBy::Total));
    }

    #[test]
    fn the_same_rows_saved_anew_add_nothing(file in any::<Index>()) {
        let files: Vec<File> =
            readable().into_iter().filter(|file| file.name.to_lowercase().ends_with(".csv") && !file.bytes.starts_with(b"\xff\xfe")).collect();
        let bytes = file.get(&files).bytes.clone();
        // Another file byte for byte, the same rows.
        let anew = [bytes.as_slice(), b"\r\n\r\n"].concat();
        let (mut once, mut twice) = (workbook(&[&bytes]), workbook(&[&bytes, &anew]));
        prop_assert_eq!(figures(&mut once, TableBy::Total), figures(&mut twice, TableBy::Total));
    }

    #[test]
    fn two_halves_are_the_whole(orders in vec(order(), 2..60), cut in any::<Index>()) {
        // Each order once, as a cut between two orders would leave it.
        let mut orders = orders;
        orders.sort_by_key(|order| order.number);
        orders.dedup_by_key(|order| order.number);
        let middle = cut.index(orders.len());
        let whole = all_orders(&orders);
        let (first, second) = (all_orders(&orders[..middle]), all_orders(&orders[middle..]));
        let mut one = workbook(&[&whole]);
        let mut two = workbook(&[&first, &second]);
        prop_assert_eq!(figures(&mut one, TableBy::Total), figures(&mut two, TableBy::Total));
    }

    #[test]
    fn parts_add_up_to_the_total(orders in vec(order(), 1..60)) {
        let mut session = workbook(&[&all_orders(&orders)]);
        for kpi in ["sales.gmv", "sales.gross", "sales.units"] {
            let total = sum_of(&mut session, kpi, TableBy::Total);
            for by in [
                TableBy::Time(Granularity::Day),
                TableBy::Time(Granularity::Week),
                TableBy::Time(Granularity::Month),
                TableBy::Dimension(Dimension::Channel),
                TableBy::Dimension(Dimension::Shop),
                TableBy::Dimension(Dimension::Sku),
            ] {
                prop_assert_eq!(sum_of(&mut session, kpi, by), total, "{} by {:?}", kpi, by);
            }
        }
    }
}
