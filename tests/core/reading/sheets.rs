//! Every sheet of a workbook that is a report is read, each as a file of its own.

use std::{fs, path::Path};

use linkstar_kpi::{
    domain::Currency,
    storage::Stored,
    worker::{
        protocol::{FileMeta, Reading, ReadingEdit, Request, Response, Understood},
        session::Session,
    },
};

const WORKBOOK: &str = "tests/fixtures/walmart.orders/several_sheets/input.xls";

/// What the pending files are called, and how they were understood.
fn understood(session: &Session) -> Vec<(String, Understood)> {
    let files = session.pending().into_iter();
    let understood = files.filter_map(|file| match file.reading {
        Reading::Ready(understood) | Reading::Asking(understood) => Some((file.name, *understood)),
        Reading::AlreadyLoaded { .. } | Reading::Refused(_) => None,
    });
    understood.collect()
}

fn read(session: &mut Session, bytes: &[u8]) {
    let meta = FileMeta { name: "a.xls".to_owned(), size_bytes: 0, modified_millis: 0 };
    let first = session.begin_reading(meta, None);
    session.feed(first, bytes);
    session.finish_reading(first);
    for sheet in session.further_sheets(first) {
        let further = session.begin_sheet(first, &sheet).unwrap();
        session.feed(further, bytes);
        session.finish_reading(further);
    }
}

#[test]
fn every_sheet_that_is_a_report_is_a_file_of_its_own() {
    let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(WORKBOOK)).unwrap();
    let mut session = Session::new();
    session.open("id", "name", false, &Stored::default(), 0).unwrap();
    read(&mut session, &bytes);
    let files = understood(&session);
    let told: Vec<(&str, &str, &str, u64)> = files
        .iter()
        .map(|(name, it)| (name.as_str(), it.report.as_str(), it.sheet.as_str(), it.rows))
        .collect();
    assert_eq!(
        told,
        [("a.xls", "walmart.orders", "PO 数据", 4), ("a.xls/Costs", "user.costs", "Costs", 2),]
    );
    // A header without rows has nothing to be read; sheets without cells are not spoken of.
    let unknown: Vec<&[String]> = files.iter().map(|(_, it)| &it.unknown_sheets[..]).collect();
    assert_eq!(unknown, [&["Read me".to_owned()][..], &[]]);

    // Set right, a sheet stays that sheet.
    let costs = session.pending().last().unwrap().pending;
    let currency = ReadingEdit::Currency { currency: Currency::parse("CNY").unwrap() };
    session.begin_rereading(costs, currency).unwrap();
    session.feed(costs, &bytes);
    session.finish_reading(costs);
    let (name, again) = understood(&session).pop().unwrap();
    assert_eq!((name.as_str(), again.report.as_str()), ("a.xls/Costs", "user.costs"));

    let confirmed = session.handle(&Request::ConfirmPending, 0).response;
    let Response::Confirmed { imports, .. } = confirmed else { panic!("{confirmed:?}") };
    assert_eq!(imports.len(), 2);
    read(&mut session, &bytes);
    let is_known = |reading: &Reading| matches!(reading, Reading::AlreadyLoaded { .. });
    let pending = session.pending();
    assert!(!pending.is_empty() && pending.iter().all(|file| is_known(&file.reading)));
}
