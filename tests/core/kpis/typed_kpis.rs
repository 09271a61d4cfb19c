//! KPIs that platforms work out by themselves and people type, one by one: each has what was typed, and
//! nothing where nobody has typed it. All others stand in a test with a value that was worked out by hand.

use std::{fs, path::Path};

use linkstar_kpi::{
    catalog::kpi::{Kpi, kpis},
    domain::Day,
    worker::{
        protocol::{Change, Request, Response},
        session::Session,
    },
};

use crate::workbook::{check, session};

const SEPTEMBER: (&str, &str) = ("2026-09-01", "2026-09-30");

const ORDERS: &str = "\
amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tquantity\tcurrency\titem-price
111-0000001-0000001\t2026-09-06T20:00:00+00:00\tShipped\tAmazon.com\tMUG\t10\tUSD\t100.00
";

fn typed(session: &mut Session, kpi: &Kpi, channel: &str, day: &str, value: &str) {
    let change = Change::EnterValue {
        kpi: kpi.id.clone(),
        channel: channel.to_owned(),
        shop: String::new(),
        day: Day::parse(day).unwrap(),
        value: value.to_owned(),
    };
    let answer = session.handle(&Request::Change(change), 0).response;
    assert!(matches!(answer, Response::Changed(_)), "{}: {answer:?}", kpi.id);
}

#[test]
fn each_has_what_was_typed_of_it() {
    let stated = kpis().iter().filter(|kpi| kpi.formula == "stated");
    let mut n_kpis = 0;
    for kpi in stated {
        n_kpis += 1;
        let channels = &kpi.stated.as_ref().unwrap().channels;
        let mut session = session(&[ORDERS]);
        check(&mut session, &kpi.id, SEPTEMBER, "not_stated");
        typed(&mut session, kpi, &channels[0], "2026-10-02", "0.25");
        check(&mut session, &kpi.id, SEPTEMBER, "stated_later");
        typed(&mut session, kpi, &channels[0], "2026-09-10", "0.5");
        typed(&mut session, kpi, &channels[0], "2026-09-20", "0.75");
        // The newest one up to the period's end.
        check(&mut session, &kpi.id, SEPTEMBER, "0.75");
        check(&mut session, &kpi.id, ("2026-09-01", "2026-09-19"), "0.5");
        // Rates of two channels without their cases make no rate of both.
        if let Some(other) = channels.get(1) {
            typed(&mut session, kpi, other, "2026-09-20", "0.25");
            check(&mut session, &kpi.id, SEPTEMBER, "several_stated");
        }
    }
    assert!(n_kpis > 30, "{n_kpis}");
}

#[test]
fn every_other_kpi_is_worked_out_by_hand_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["kpis", "plan"].map(|it| root.join("tests/core").join(it));
    let tests = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let of_engine = ["evaluate/tests.rs", "dictionary.rs"].map(|it| root.join("src/kpis").join(it));
    let files = tests.map(|entry| entry.unwrap().path()).chain(of_engine);
    let texts: String = files.map(|path| fs::read_to_string(path).unwrap()).collect();
    let is_missing =
        |kpi: &&Kpi| kpi.formula != "stated" && !texts.contains(&format!("{:?}", kpi.id));
    let missing: Vec<&str> = kpis().iter().filter(is_missing).map(|kpi| kpi.id.as_str()).collect();
    assert_eq!(missing, [""; 0]);
}
