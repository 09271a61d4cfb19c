//! KPIs that a person defines, over files taken in, as worked out by hand.

use std::{fs, path::PathBuf, process::Command};

use linkstar_kpi::{
    domain::{Day, Granularity, KpiDefinition, Names, Period},
    worker::{
        protocol::{Change, Failure, HomeRequest, Request, Response, TrialRequest, TrialView},
        session::Session,
        views::{TableBy, TableRequest},
    },
};

use crate::workbook::{self, asked_of, opened, take_in};

/// 10 mugs for 100.00 on Amazon in January, 4 for 60.00 in March.
const AMAZON: &str = "\
amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tquantity\tcurrency\titem-price
111-0000001-0000001\t2026-01-15T20:00:00+00:00\tShipped\tAmazon.com\tMUG\t10\tUSD\t100.00
111-0000002-0000002\t2026-03-15T20:00:00+00:00\tShipped\tAmazon.com\tMUG\t4\tUSD\t60.00
";

/// 3 mugs for 60.00 in one's own store in March.
const SHOPIFY: &str = "\
Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem discount
#1,,paid,USD,60.00,0.00,0.00,60.00,2026-03-20 10:00:00 -0400,3,Mug,20.00,MUG,true,true,0.00
";

fn session() -> Session {
    let mut session = opened();
    take_in(&mut session, AMAZON);
    take_in(&mut session, SHOPIFY);
    session
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn definition(formula: &str, unit: &str, valid_from: &str) -> KpiDefinition {
    KpiDefinition {
        id: "own.mine".to_owned(),
        names: Names { en: "Mine".to_owned(), zh: String::new() },
        meaning: Names::default(),
        formula: formula.to_owned(),
        unit: unit.to_owned(),
        direction: "up".to_owned(),
        min_denominator: 0,
        valid_from: day(valid_from),
        reason: String::new(),
    }
}

fn change(session: &mut Session, change: Change) -> Result<(), Failure> {
    match session.handle(&Request::Change(change), 0).response {
        Response::Changed(_) => Ok(()),
        Response::Failed(failure) => Err(failure),
        other => panic!("{other:?}"),
    }
}

fn define(session: &mut Session, formula: &str, unit: &str, from: &str) -> Result<(), Failure> {
    change(session, Change::DefineKpi { definition: definition(formula, unit, from) })
}

/// The value over some days, or why there is none.
fn value(session: &mut Session, days: (&str, &str)) -> String {
    workbook::value(session, "own.mine", days)
}

const JANUARY: (&str, &str) = ("2026-01-01", "2026-01-31");
const MARCH: (&str, &str) = ("2026-03-01", "2026-03-31");

#[test]
fn members_windows_and_days_before_are_part_of_a_formula() {
    let check = |formula: &str, unit: &str, expected: &str| {
        let mut session = session();
        define(&mut session, formula, unit, "2026-01-01").unwrap();
        assert_eq!(value(&mut session, MARCH), expected, "{formula}");
    };
    check("gmv[channel = amazon] / gmv", "share", "0.5");
    check("(gmv / units)[channel = shopify]", "money", "20");
    check("gmv[sku = \"MUG\"][channel = amazon]", "money", "60");
    check("gmv[channel = walmart]", "money", "no_data");
    // The 76 days up to March 31 begin on January 15, the 75 on the day after.
    check("window(units, 76)", "count", "17");
    check("window(units, 75)", "count", "7");
    // Orders of before January 15 are told by no file.
    check("window(units, 77)", "count", "too_short");
    check("lag(gmv, 59) / gmv", "share", "0.83333333");
}

/// A lantern in one's own store in March.
const LANTERN: &str = "\
Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem discount
#2,,paid,USD,30.00,0.00,0.00,30.00,2026-03-21 10:00:00 -0400,1,Lantern,30.00,LAN,true,true,0.00
";

/// Of January's order a mug in January and two in March, of March's order one in March.
const RETURNS: &str = "\
return-date,order-id,sku,asin,fnsku,product-name,quantity,fulfillment-center-id,detailed-disposition,reason,status,license-plate-number,customer-comments
2026-01-20T10:00:00+00:00,111-0000001-0000001,MUG,B0FAKE0001,X00FAKE001,Mug,1,ABC1,SELLABLE,UNWANTED_ITEM,Unit returned to inventory,LPNFAKE00001,
2026-03-05T10:00:00+00:00,111-0000001-0000001,MUG,B0FAKE0001,X00FAKE001,Mug,2,ABC1,SELLABLE,UNWANTED_ITEM,Unit returned to inventory,LPNFAKE00002,
2026-03-25T10:00:00+00:00,111-0000002-0000002,MUG,B0FAKE0001,X00FAKE001,Mug,1,ABC1,SELLABLE,UNWANTED_ITEM,Unit returned to inventory,LPNFAKE00003,
";

#[test]
fn members_with_any_of_a_measure_are_counted() {
    let check = |formula: &str, unit: &str, days: (&str, &str), expected: &str| {
        let mut session = session();
        take_in(&mut session, LANTERN);
        define(&mut session, formula, unit, "2026-01-01").unwrap();
        assert_eq!(value(&mut session, days), expected, "{formula}");
    };
    // In March mugs on both channels and a lantern on one, in January mugs on Amazon.
    check("count_distinct(sku, units)", "count", MARCH, "2");
    check("count_distinct(sku, gmv)", "count", MARCH, "2");
    check("count_distinct(sku, sku_net_sales)", "count", JANUARY, "1");
    check("count_distinct(sku, units)[channel = amazon]", "count", MARCH, "1");
    check("count_distinct(channel, gmv)", "count", MARCH, "2");
    check("count_distinct(channel, gmv)", "count", JANUARY, "1");
    check("count_distinct(channel, units)[sku = \"LAN\"]", "count", MARCH, "1");
    check("count_distinct(shop, orders)", "count", MARCH, "2");
    // 8 units of two SKUs.
    check("units / count_distinct(sku, units)", "ratio", MARCH, "4");
    check("share(count_distinct(sku, units))[channel = amazon]", "share", MARCH, "0.5");
    check("lag(count_distinct(sku, units), 59)", "count", MARCH, "1");
    // No file states any.
    check("count_distinct(channel, spend)", "count", MARCH, "no_data");
    check("count_distinct(sku, refunds)", "count", MARCH, "no_data");
    check("count_distinct(sku, refunds?)", "count", MARCH, "0");
}

#[test]
fn what_comes_of_orders_later_counts_on_their_days() {
    let check = |formula: &str, unit: &str, days: (&str, &str), expected: &str| {
        let mut session = session();
        take_in(&mut session, RETURNS);
        define(&mut session, formula, unit, "2026-01-01").unwrap();
        assert_eq!(value(&mut session, days), expected, "{formula}");
    };
    check("returned_units", "count", JANUARY, "1");
    check("cohort(returned_units)", "count", JANUARY, "3");
    check("cohort(returned_units) / units", "share", JANUARY, "0.3");
    check("returned_units", "count", MARCH, "3");
    check("cohort(returned_units)", "count", MARCH, "1");
}

#[test]
fn a_version_counts_for_periods_that_end_in_its_time() {
    let mut session = session();
    define(&mut session, "gmv", "money", "2026-01-01").unwrap();
    define(&mut session, "gmv / 2", "money", "2026-03-31").unwrap();
    assert_eq!(value(&mut session, JANUARY), "100");
    assert_eq!(value(&mut session, MARCH), "60");
    assert_eq!(value(&mut session, ("2026-03-01", "2026-03-30")), "120");
    session.handle(&Request::Undo, 0);
    assert_eq!(value(&mut session, MARCH), "120");
}

#[test]
fn what_makes_no_kpi_is_refused_and_changes_nothing() {
    let mut session = session();
    let no_formulas = [
        ("gmv + units", "money"),
        ("gmv", "count"),
        ("gmv /", "money"),
        ("count_distinct(sku, clicks)", "count"),
        ("cohort(units)", "count"),
    ];
    for (formula, unit) in no_formulas {
        let refused = define(&mut session, formula, unit, "2026-01-01");
        assert!(matches!(refused, Err(Failure::InvalidFormula(_))), "{formula}: {refused:?}");
    }
    let built_in =
        KpiDefinition { id: "sales.net".to_owned(), ..definition("gmv", "money", "2026-01-01") };
    let refused = change(&mut session, Change::DefineKpi { definition: built_in });
    assert!(matches!(refused, Err(Failure::InvalidValue { .. })), "{refused:?}");
    assert!(
        !session
            .table(&TableRequest { by: TableBy::Total, kpis: Vec::new(), period: None })
            .unwrap()
            .rows
            .iter()
            .any(|row| row.kpi.starts_with("own."))
    );
}

#[test]
fn a_formula_is_tried_before_it_is_kept() {
    let mut session = session();
    let mut tried = |formula: &str| -> TrialView {
        let home = HomeRequest {
            granularity: Granularity::Month,
            today: day("2026-04-01"),
            ..asked_of(Period::between(day("2026-03-01"), day("2026-03-31")))
        };
        let definition = definition(formula, "", "2026-04-01");
        let request = Request::TryFormula(Box::new(TrialRequest { definition, home }));
        match session.handle(&request, 0).response {
            Response::Trial(view) => view.open().unwrap(),
            other => panic!("{other:?}"),
        }
    };
    let view = tried("gmv[channel = amazon] / units");
    let kpi = view.kpi.unwrap();
    // 60 ÷ 7.
    assert_eq!(kpi.card.figure.value.value.as_deref(), Some("8.57142857"));
    let parts: Vec<String> = kpi
        .parts
        .iter()
        .map(|part| format!("{} {:?}", part.id, part.value.value.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(parts, ["gmv \"60\"", "units \"7\""]);
    let problem = tried("gmv / unit").problem.unwrap();
    assert_eq!((problem.at, problem.kind.as_str()), (7, "unknown_name"));
    assert!(problem.about.contains(&"units".to_owned()), "{problem:?}");
}

/// A folder of its own for what the command line tool reads.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

/// Standard output and error of the command line tool, and its exit code.
fn linkstar(folder: &PathBuf, arguments: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_linkstar"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

/// As the page shares a KPI.
fn shared(id: &str, formula: &str) -> String {
    let definition =
        KpiDefinition { id: id.to_owned(), ..definition(formula, "money", "2026-01-01") };
    serde_json::to_string_pretty(&[definition]).unwrap()
}

#[test]
fn the_command_line_tool_takes_what_the_page_shares() {
    let price = shared("own.price", "gmv[sku = \"MUG\"] / units");
    let double = shared("own.double", "own.price * 2");
    let folder = folder(
        "own_kpis_taken",
        &[("amazon.txt", AMAZON), ("shopify.csv", SHOPIFY), ("price", &price), ("double", &double)],
    );
    // 220.00 for 17 mugs. Which of the two files comes first is no matter.
    let files = ["amazon.txt", "shopify.csv", "--own", "double", "--own", "price"];
    let arguments = [&["kpis", "--kpi", "own.double,own.price", "--csv"][..], &files].concat();
    let (told, error, code) = linkstar(&folder, &arguments);
    assert_eq!(code, 0, "{error}");
    let lines: Vec<&str> = told.lines().skip(1).collect();
    let days = "2026-01-15,2026-03-20";
    assert_eq!(
        lines,
        [
            format!("own.double,,{days},25.88235294,USD,17,"),
            format!("own.price,,{days},12.94117647,USD,17,")
        ]
    );
    let (told, error, code) = linkstar(&folder, &[&["explain", "own.double"][..], &files].concat());
    assert_eq!(code, 0, "{error}");
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told.pointer("/formula").unwrap(), "own.price * 2");
    assert_eq!(told.pointer("/parts/0/value").unwrap(), "12.94117647");
}

#[test]
fn the_command_line_tool_points_at_what_is_wrong_with_an_own_kpi() {
    let check = |text: &str, expected: &str| {
        let folder = folder("own_kpis_refused", &[("amazon.txt", AMAZON), ("own.json", text)]);
        let arguments = ["kpis", "amazon.txt", "--own", "own.json"];
        let (told, error, code) = linkstar(&folder, &arguments);
        assert_eq!((told.as_str(), code), ("", 2));
        assert!(error.starts_with(&format!("linkstar: own.json:{expected}")), "{error}");
    };
    let unknown = shared("own.price", "gmv[sku = \"MUG\"] / unit");
    // A quote is two letters of JSON.
    let line = r#"    "formula": "gmv[sku = \"MUG\"] / unit","#;
    let mark = " ".repeat(line.find("unit").unwrap()) + "^";
    let place = format!("12:{}: there is no measure or KPI \"unit\": write the id", mark.len());
    check(&unknown, &place);
    let folder = folder("own_kpis_refused", &[("own.json", &unknown)]);
    let (_, error, _) = linkstar(&folder, &["kpis", "amazon.txt", "--own", "own.json"]);
    let lines: Vec<&str> = error.lines().skip(1).take(2).collect();
    assert_eq!(lines, [format!("  {line}"), format!("  {mark}")]);

    check(&shared("own.price", "gmv / "), "12:23: the formula breaks off");
    check(&shared("own.price", "units"), "12:16: the unit does not fit");
    check(&shared("sales.net", "gmv"), "3:11: an id is");
    check(&shared("own.price", "gmv").replace("\"money\"", "\"usd\""), "13:13: write one of money");
    check(&shared("own.price", "gmv").replace("\"up\"", "\"good\""), "14:18: write up, down");
    check("[{]", "1:3: ");
    check("[]", "1:1: not one KPI");
}
