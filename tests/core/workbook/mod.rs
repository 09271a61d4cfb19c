//! A workbook with files taken in, as several tests need it.

pub(crate) mod mugs_and_cups;

use linkstar_kpi::{
    demo,
    domain::{Day, Filters, Granularity, Period},
    storage::Stored,
    worker::{
        protocol::{Comparison, FileMeta, HomeRequest, Request, Response, ValueView},
        session::Session,
        views::{TableBy, TableRequest},
    },
};

/// An empty workbook.
pub(crate) fn opened() -> Session {
    let mut session = Session::new();
    session.open("w", "W", false, &Stored::default(), 0).unwrap();
    session
}

/// Takes in one file of a kind that is recognised by itself.
#[track_caller]
pub(crate) fn take_in(session: &mut Session, text: &str) {
    read(session, "a.csv", text.as_bytes());
    let answer = session.handle(&Request::ConfirmPending, 0).response;
    let is_taken = matches!(&answer, Response::Confirmed { imports, .. } if imports.len() == 1);
    assert!(is_taken, "{:?}", session.pending());
}

/// A workbook with these files.
pub(crate) fn session(files: &[&str]) -> Session {
    let mut session = opened();
    for text in files {
        take_in(&mut session, text);
    }
    session
}

/// The values of a KPI over some days, row by row, or why there is none.
pub(crate) fn values(
    session: &mut Session,
    kpi: &str,
    (from, to): (&str, &str),
    by: TableBy,
) -> Vec<String> {
    let [from, to] = [from, to].map(|text| Day::parse(text).unwrap());
    let period = Some(Period::between(from, to));
    let request = TableRequest { by, kpis: vec![kpi.to_owned()], period };
    let text = |ValueView { value, undefined, .. }| {
        value.unwrap_or_else(|| undefined.unwrap().reason.clone())
    };
    session.table(&request).unwrap().rows.into_iter().map(|row| text(row.value)).collect()
}

/// The value of the whole business, or why there is none.
pub(crate) fn value(session: &mut Session, kpi: &str, days: (&str, &str)) -> String {
    values(session, kpi, days, TableBy::Total).remove(0)
}

/// Holds the value of the whole business against what was worked out by hand.
#[track_caller]
pub(crate) fn check(session: &mut Session, kpi: &str, days: (&str, &str), expected: &str) {
    assert_eq!(value(session, kpi, days), expected, "{kpi} {days:?}");
}

/// What is asked of some days, day by day and beside nothing, on their last one.
pub(crate) fn asked_of(period: Period) -> HomeRequest {
    HomeRequest {
        filters: Filters::default(),
        period: Some(period),
        comparison: Comparison::None,
        granularity: Granularity::Day,
        trend_kpi: "sales.net".to_owned(),
        trend_by: None,
        today: period.to,
    }
}

/// The demo company with all its files.
pub(crate) fn demo_company() -> Session {
    let mut session = opened();
    for file in demo::files() {
        read(&mut session, &file.name, &file.bytes);
    }
    let answer = session.handle(&Request::ConfirmPending, 0).response;
    assert!(matches!(answer, Response::Confirmed { .. }), "{answer:?}");
    session
}

fn read(session: &mut Session, name: &str, bytes: &[u8]) {
    let size_bytes = bytes.len() as u64;
    let meta = FileMeta { name: name.to_owned(), size_bytes, modified_millis: 0 };
    let pending = session.begin_reading(meta, None);
    session.feed(pending, bytes);
    session.finish_reading(pending);
}
