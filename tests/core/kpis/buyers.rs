//! Buyers are dropped while reading, or kept as salted hashes where the workbook says so.

use linkstar_kpi::{
    domain::{Day, Period},
    storage::Stored,
    worker::{
        protocol::{Change, FileMeta, Reading, Request, Response, Understood},
        session::Session,
        views::{TableBy, TableRequest},
    },
};

use crate::workbook::value;

/// Ann orders on three days, once two things, and writes her address in two ways. Cat's order was
/// cancelled; of order 5 nobody knows the buyer.
const ORDERS: &str = "\
Name,Email,Financial Status,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Billing Name
#1,ann@example.com,paid,USD,2025-06-01 10:00:00 -0400,1,Lantern,20.00,LAN,true,true,Ann
#1,,,,,1,Mug,10.00,MUG,true,true,
#2,ANN@example.com ,paid,USD,2026-03-01 10:00:00 -0400,1,Mug,10.00,MUG,true,true,Ann
#3,bob@example.com,paid,USD,2026-03-02 10:00:00 -0400,1,Mug,10.00,MUG,true,true,Bob
#4,cat@example.com,voided,USD,2026-03-03 10:00:00 -0400,1,Mug,10.00,MUG,true,true,Cat
#5,,paid,USD,2026-03-04 10:00:00 -0400,1,Mug,10.00,MUG,true,true,
#6,ann@example.com,paid,USD,2026-03-20 10:00:00 -0400,1,Mug,10.00,MUG,true,true,Ann
";

const ADS: &str = "\
Reporting starts,Reporting ends,Campaign name,Amount spent (USD),Impressions,Link clicks,Purchases,Purchases conversion value
2026-03-02,2026-03-02,Launch,30.00,1000,50,1,10.00
";

fn opened() -> Session {
    let mut session = Session::new();
    session.open("w", "W", false, &Stored::default(), 0).unwrap();
    session
}

fn read(session: &mut Session, name: &str, text: &str) -> Reading {
    let meta = FileMeta { name: name.to_owned(), size_bytes: 0, modified_millis: 0 };
    let pending = session.begin_reading(meta, None);
    session.feed(pending, text.as_bytes());
    session.finish_reading(pending);
    let mut files = session.pending().into_iter();
    files.find(|file| file.pending == pending).unwrap().reading
}

fn understood(session: &mut Session, name: &str, text: &str) -> Understood {
    match read(session, name, text) {
        Reading::Ready(understood) => *understood,
        other => panic!("{other:?}"),
    }
}

fn confirm(session: &mut Session) {
    let answer = session.handle(&Request::ConfirmPending, 0).response;
    assert!(matches!(answer, Response::Confirmed { .. }), "{answer:?}");
}

fn keep_buyers(session: &mut Session, keeps: bool) {
    session.give_secret("00112233445566778899aabbccddeeff".to_owned());
    let answer = session.handle(&Request::Change(Change::KeepBuyers { keeps }), 0).response;
    let Response::Changed(state) = answer else { panic!("{answer:?}") };
    assert_eq!(state.keeps_buyers, keeps);
}

/// The values of March 2026, or why there is none.
fn values<const N: usize>(session: &mut Session, kpis: [&str; N]) -> [String; N] {
    kpis.map(|kpi| value(session, kpi, ("2026-03-01", "2026-03-31")))
}

#[test]
fn buyers_are_dropped_unless_somebody_keeps_them() {
    let mut session = opened();
    let file = understood(&mut session, "orders.csv", ORDERS);
    assert_eq!(file.dropped_columns, ["Email", "Billing Name"]);
    assert!(file.hashed_columns.is_empty());
    assert!(!file.facts.contains_key("purchases"));
    confirm(&mut session);
    assert_eq!(values(&mut session, ["cus.new", "cus.repeat"]), ["buyers_dropped"; 2]);
}

#[test]
fn kept_buyers_are_counted_and_nobody_is_named() {
    let mut session = opened();
    understood(&mut session, "orders.csv", ORDERS);
    confirm(&mut session);
    keep_buyers(&mut session, true);

    // The same file says more now: it is no copy of the first.
    let file = understood(&mut session, "orders.csv", ORDERS);
    assert_eq!(
        (file.hashed_columns.as_slice(), file.dropped_columns.as_slice()),
        (&["Email".to_owned()][..], &["Billing Name".to_owned()][..])
    );
    assert_eq!(file.facts.get("purchases"), Some(&6));
    let shown = format!("{file:?}").to_lowercase();
    assert!(["ann@", "bob@", "cat@"].iter().all(|name| !shown.contains(name)));
    confirm(&mut session);
    let ads = understood(&mut session, "meta.csv", ADS);
    assert_eq!(ads.report, "meta_ads.performance");
    confirm(&mut session);

    // Bob is new in March; of Ann and Bob, Ann came again; 30.00 were spent for Bob.
    assert_eq!(values(&mut session, ["cus.new", "cus.repeat", "cus.cac"]), ["1", "0.5", "30"]);
    // Orders 2, 3, 5 and 6: read twice, they count once.
    assert_eq!(values(&mut session, ["sales.net", "sales.orders"]), ["40", "4"]);
    assert!(matches!(read(&mut session, "orders.csv", ORDERS), Reading::AlreadyLoaded { .. }));
}

#[test]
fn the_choice_can_be_taken_back() {
    let mut session = opened();
    keep_buyers(&mut session, true);
    understood(&mut session, "orders.csv", ORDERS);
    confirm(&mut session);
    assert_eq!(values(&mut session, ["cus.new"]), ["1"]);
    keep_buyers(&mut session, false);
    assert_eq!(values(&mut session, ["cus.new"]), ["buyers_dropped"]);
    session.handle(&Request::Undo, 0);
    assert_eq!(values(&mut session, ["cus.new"]), ["1"]);
}

#[test]
fn one_secret_stays_the_workbooks() {
    let mut session = opened();
    keep_buyers(&mut session, true);
    understood(&mut session, "orders.csv", ORDERS);
    confirm(&mut session);
    keep_buyers(&mut session, false);
    session.give_secret("another".to_owned());
    session.handle(&Request::Change(Change::KeepBuyers { keeps: true }), 0);
    // Under another secret Ann would be somebody else now.
    let later = ORDERS.replace("2026-03-20", "2026-03-21").replace("#6", "#7");
    understood(&mut session, "later.csv", &later);
    confirm(&mut session);
    assert_eq!(values(&mut session, ["cus.new", "cus.repeat"]), ["1", "0.5"]);
}

#[test]
fn hashes_of_a_file_read_before_the_choice_was_taken_back_are_not_kept() {
    let mut session = opened();
    keep_buyers(&mut session, true);
    understood(&mut session, "orders.csv", ORDERS);
    keep_buyers(&mut session, false);
    confirm(&mut session);
    keep_buyers(&mut session, true);
    assert_eq!(values(&mut session, ["cus.new"]), ["buyers_dropped"]);
    assert_eq!(values(&mut session, ["sales.orders"]), ["4"]);
}

/// 2.00 for Ann's second order and 1.00 for Bob's; 4.00 are given back to Bob.
const FEES: &str = "\
Transaction Date,Type,Order,Card Brand,Card Source,Payout Status,Payout Date,Payout ID,Available On,Amount,Fee,Net,Currency
2025-06-01 10:00:00 -0400,charge,#1,visa,online,paid,2025-06-03,1,2025-06-03,30.00,0.50,29.50,USD
2026-03-01 10:00:00 -0400,charge,#2,visa,online,paid,2026-03-03,2,2026-03-03,10.00,2.00,8.00,USD
2026-03-02 10:00:00 -0400,charge,#3,visa,online,paid,2026-03-04,2,2026-03-04,10.00,1.00,9.00,USD
2026-03-21 10:00:00 -0400,charge,#6,visa,online,paid,2026-03-24,3,2026-03-24,10.00,0.00,10.00,USD
2026-03-25 10:00:00 -0400,refund,#3,visa,online,paid,2026-03-27,3,2026-03-27,-4.00,0.00,-4.00,USD
";

#[test]
fn what_a_buyer_is_worth_is_margin() {
    let mut session = opened();
    keep_buyers(&mut session, true);
    understood(&mut session, "orders.csv", ORDERS);
    confirm(&mut session);
    let of_cohorts = ["cus.ltv", "cus.ltv_cac", "cus.payback"];
    assert_eq!(values(&mut session, of_cohorts), ["no_data"; 3]);
    for (name, text) in [("fees.csv", FEES), ("meta.csv", ADS)] {
        understood(&mut session, name, text);
        confirm(&mut session);
    }
    assert_eq!(values(&mut session, of_cohorts), ["missing_cost"; 3]);
    let costs =
        "SKU,Unit cost,Currency,Valid from\nMUG,3.00,USD,2025-01-01\nLAN,8.00,USD,2025-01-01\n";
    understood(&mut session, "costs.csv", costs);
    confirm(&mut session);
    // Of March Bob alone is new: 10 − 3 − 1 − 4. 30.00 were spent on him; of no month after March anything is known.
    assert_eq!(values(&mut session, of_cohorts), ["2", "0.06666667", "too_short"]);
    let june = |session: &mut Session, kpi: &str| {
        let day = |text| Day::parse(text).unwrap();
        let period = Some(Period::between(day("2025-06-01"), day("2025-06-30")));
        let request = TableRequest { by: TableBy::Total, kpis: vec![kpi.to_owned()], period };
        session.table(&request).unwrap().rows.remove(0).value
    };
    // Ann's four orders of a year: (30 − 11 − 0.5) + (10 − 3 − 2) + (10 − 3 − 0).
    assert_eq!(june(&mut session, "cus.ltv").value.as_deref(), Some("30.5"));
    // In June of 2025 nobody knows what was spent.
    assert_eq!(june(&mut session, "cus.payback").undefined.unwrap().reason, "no_data");
    let early = ADS.replace("2026-03-02", "2025-06-02").replace("30.00", "20.00");
    understood(&mut session, "early.csv", &early);
    confirm(&mut session);
    // 18.50 in the first month. The newest fact is 268 days younger than the last who might have come in June.
    assert_eq!(june(&mut session, "cus.payback").undefined.unwrap().reason, "not_paid_back");
    let late = ADS.replace("2026-03-02", "2026-05-20").replace("30.00", "1.00");
    understood(&mut session, "late.csv", &late);
    confirm(&mut session);
    // With the order of the 1st of March 23.50, 273 days later: that is in the tenth month.
    assert_eq!(june(&mut session, "cus.payback").value.as_deref(), Some("10"));
}
