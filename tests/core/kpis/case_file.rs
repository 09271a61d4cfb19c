//! A case file tells how a figure is made, and nothing of the business.

use linkstar_kpi::{
    domain::{Day, Filters, Granularity, Period},
    worker::{
        protocol::{CaseRequest, CaseView, Failure, HomeRequest, Request, Response},
        session::Session,
    },
};

use crate::workbook::{asked_of, opened, take_in};

/// 7 mugs for 7,654.32 dollars in one order.
const ORDERS: &str = "\
amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tquantity\tcurrency\titem-price
111-0000001-0000001\t2026-03-15T20:00:00+00:00\tShipped\tAmazon.com\tMUGSECRET\t7\tUSD\t7654.32
";

fn case(
    session: &mut Session,
    kpi: &str,
    expected: &str,
    skus: &[&str],
) -> Result<CaseView, Failure> {
    let day = |text| Day::parse(text).unwrap();
    let home = HomeRequest {
        filters: Filters {
            skus: skus.iter().map(|sku| (*sku).to_owned()).collect(),
            ..Filters::default()
        },
        granularity: Granularity::Month,
        today: day("2026-04-01"),
        ..asked_of(Period::between(day("2026-03-01"), day("2026-03-31")))
    };
    let request = CaseRequest { kpi: kpi.to_owned(), home, expected: expected.to_owned() };
    match session.handle(&Request::Case(Box::new(request)), 0).response {
        Response::Case(view) => Ok(view.open().unwrap()),
        Response::Failed(failure) => Err(failure),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_case_has_the_formula_and_scaled_amounts_but_no_name() {
    let mut session = opened();
    take_in(&mut session, ORDERS);
    session.give_secret("a secret".to_owned());
    let CaseView { difference, text } =
        case(&mut session, "sales.asp", "1000", &["MUGSECRET"]).unwrap();
    // 7,654.32 ÷ 7 = 1,093.474…
    assert_eq!(difference.as_deref(), Some("93.47428571"));
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["formula"], "sales.gross / sales.units");
    assert_eq!((&json["n_skus"], &json["parts"][0]["id"]), (&1.into(), &"sales.gross".into()));
    for known in ["MUGSECRET", "7654", "1093", "\"1000\"", "\"7\"", "a.csv"] {
        assert!(!text.contains(known), "{known} in {text}");
    }
    // The parts still make up the figure, and what was expected is as far from it as it was.
    let number = |value: &serde_json::Value| value.as_str().unwrap().parse::<f64>().unwrap();
    let part = |nth: usize| number(&json["parts"][nth]["told"]["value"]);
    let (got, expected) = (number(&json["got"]["value"]), number(&json["expected"]));
    assert!((part(0) / part(1) - got).abs() < 1e-4);
    assert!((got / expected - 7.654_32 / 7.0).abs() < 1e-6);
}

#[test]
fn a_secret_is_used_once_and_nonsense_is_refused() {
    let mut session = opened();
    take_in(&mut session, ORDERS);
    assert!(matches!(case(&mut session, "sales.asp", "1", &[]), Err(Failure::Internal { .. })));
    session.give_secret("a secret".to_owned());
    assert!(matches!(
        case(&mut session, "sales.asp", "much", &[]),
        Err(Failure::InvalidValue { .. })
    ));
    assert!(matches!(case(&mut session, "sales.asp", "1", &[]), Err(Failure::Internal { .. })));
}
