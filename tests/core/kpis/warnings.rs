//! KPIs that platforms work out by themselves: read from a report or typed, and held against the lines of
//! their day.

use std::{fs, path::Path};

use linkstar_kpi::{
    domain::{Currency, Day, Period},
    worker::{
        protocol::{Change, Failure, Request, Response, ValueView, Warning, WarningReason},
        session::Session,
        views::{TableBy, TableRequest},
    },
};

use crate::workbook::{demo_company, opened, take_in};

const REPORT: &str = "tests/fixtures/amazon.account_health/two_marketplaces/input.json";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn report() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(REPORT)).unwrap()
}

fn enter(session: &mut Session, kpi: &str, channel: &str, on: &str, value: &str) -> Response {
    let (kpi, channel, value) = (kpi.to_owned(), channel.to_owned(), value.to_owned());
    let change = Change::EnterValue { kpi, channel, shop: String::new(), day: day(on), value };
    session.handle(&Request::Change(change), 0).response
}

fn warnings(session: &mut Session, today: &str) -> Vec<Warning> {
    match session.handle(&Request::Warnings { today: day(today) }, 0).response {
        Response::Warnings { warnings } => warnings,
        other => panic!("{other:?}"),
    }
}

/// Kind, KPI and value of each.
fn told(warnings: &[Warning]) -> Vec<String> {
    let text = |it: &Warning| format!("{} {} {}", kind(it), it.kpi, it.value);
    warnings.iter().map(text).collect()
}

fn kind(warning: &Warning) -> &str {
    match &warning.reason {
        WarningReason::Line { line, .. } => &line.kind,
        WarningReason::Creep { .. } => "creep",
        WarningReason::Limit { .. } => "limit",
    }
}

/// What the line is, and how many cases are too many.
fn line(warning: &Warning) -> (&str, Option<i64>) {
    match &warning.reason {
        WarningReason::Line { line, cases, .. } => (&line.value, *cases),
        other => panic!("{other:?}"),
    }
}

fn value(session: &mut Session, kpi: &str) -> ValueView {
    let period = Some(Period::between(day("2026-09-01"), day("2026-09-30")));
    let request = TableRequest { by: TableBy::Total, kpis: vec![kpi.to_owned()], period };
    session.table(&request).unwrap().rows.remove(0).value
}

#[test]
fn an_account_health_report_gives_rates_of_its_cases() {
    let mut session = opened();
    take_in(&mut session, &report().replace("\"A2EUQ1WTGCTBG2\"", "\"ATVPDKIKX0DER\""));
    // 112 of 118; its days end before September does.
    let on_time = value(&mut session, "svc.otdr");
    assert_eq!(on_time.value.as_deref(), Some("0.94915254"));
    assert_eq!(on_time.n.as_deref(), Some("118"));
    assert_eq!(
        (on_time.notes[0].note.as_str(), on_time.notes[0].about[0].as_str()),
        ("as_of", "2026-09-23")
    );
    // A day without data is no day of the business.
    assert!(warnings(&mut session, "2026-10-02").is_empty());
}

#[test]
fn more_late_parcels_than_the_line_allows_are_a_warning_of_their_day() {
    let mut session = opened();
    take_in(
        &mut session,
        &report().replace("\"lateShipmentCount\": 5", "\"lateShipmentCount\": 12"),
    );
    let seen = warnings(&mut session, "2026-10-02");
    assert_eq!(told(&seen), ["policy svc.lsr 0.048"]);
    // Below 4 % of 250 are 9.
    assert_eq!((line(&seen[0]).1, seen[0].day), (Some(3), day("2026-09-30")));
    // What is older than a quarter says nothing of today.
    assert!(warnings(&mut session, "2027-01-15").is_empty());
}

#[test]
fn each_shop_and_kind_is_held_against_the_line_by_itself() {
    let mut session = opened();
    // Of the orders that the seller ships 6 of 500 are defects, with those by Amazon 15 of 2,300: added up
    // they would hide. Germany has lines of its own.
    let worse = report()
        .replace("\"A2EUQ1WTGCTBG2\"", "\"A1PA6795UKMFR9\"")
        .replace("\"orderCount\": 20,", "\"orderCount\": 40,")
        .replace("\"lateShipmentCount\": 0", "\"lateShipmentCount\": 30")
        .replace("\"count\": 3,", "\"count\": 6,");
    take_in(&mut session, &worse);
    let seen = warnings(&mut session, "2026-10-02");
    assert_eq!(told(&seen), ["policy svc.odr 0.012"]);
    // Below 1 % of 500 are 4.
    assert_eq!((line(&seen[0]).1, seen[0].shop.as_str()), (Some(2), "Amazon.com"));
    assert_eq!(value(&mut session, "svc.odr").value.as_deref(), Some("0.00652174"));
}

#[test]
fn typed_scores_are_held_against_the_worst_line() {
    let mut session = opened();
    assert_eq!(value(&mut session, "svc.ahr").undefined.unwrap().reason, "not_stated");
    enter(&mut session, "svc.ahr", "amazon", "2026-09-28", "150");
    enter(&mut session, "svc.vtr", "walmart", "2026-09-28", "0.97");
    assert_eq!(value(&mut session, "svc.ahr").value.as_deref(), Some("150"));
    let seen = warnings(&mut session, "2026-10-02");
    assert_eq!(told(&seen), ["policy svc.ahr 150", "policy svc.vtr 0.97"]);
    assert_eq!(line(&seen[1]).0, "0.99", "the line of that channel");
    enter(&mut session, "svc.ahr", "amazon", "2026-09-30", "90");
    assert_eq!(told(&warnings(&mut session, "2026-10-02"))[0], "critical svc.ahr 90");
    let taken_back = Change::RemoveValue {
        kpi: "svc.ahr".to_owned(),
        channel: "amazon".to_owned(),
        shop: String::new(),
        day: day("2026-09-30"),
    };
    session.handle(&Request::Change(taken_back), 0);
    assert_eq!(told(&warnings(&mut session, "2026-10-02"))[0], "policy svc.ahr 150");
    session.handle(&Request::Undo, 0);
    assert_eq!(told(&warnings(&mut session, "2026-10-02"))[0], "critical svc.ahr 90");
}

#[test]
fn values_of_two_channels_are_not_added_up() {
    let mut session = opened();
    enter(&mut session, "svc.vtr", "amazon", "2026-09-28", "0.99");
    assert_eq!(value(&mut session, "svc.vtr").value.as_deref(), Some("0.99"));
    enter(&mut session, "svc.vtr", "walmart", "2026-09-28", "0.97");
    assert_eq!(value(&mut session, "svc.vtr").undefined.unwrap().reason, "several_stated");
}

#[test]
fn the_demo_companys_returns_wave_is_beyond_every_categorys_line() {
    // Of August's orders all returns are in at the end of October: 16 of 72 came back. September's
    // are still coming back.
    let mut session = demo_company();
    let seen = warnings(&mut session, "2026-11-05");
    let returned: Vec<&Warning> = seen.iter().filter(|it| !it.sku.is_empty()).collect();
    assert_eq!(returned.len(), 1, "{seen:?}");
    let wave = returned[0];
    assert_eq!((wave.sku.as_str(), wave.value.as_str()), ("LS-HM-0045-BLK", "0.22222222"));
    // The category that the cost sheet names is none of Amazon's.
    assert_eq!(line(wave), ("0.128", Some(7)));
    assert!(
        matches!(&wave.reason, WarningReason::Line { is_of_every_category: true, .. }),
        "{wave:?}"
    );
    assert_eq!(wave.period, Some(Period::between(day("2026-08-01"), day("2026-08-31"))));
    assert!(seen.iter().all(|it| kind(it) != "critical"), "{seen:?}");
    // What is long over is no warning.
    assert!(warnings(&mut session, "2027-06-01").is_empty());
}

/// `ACoS` of a month in percent, from its decimal text.
fn percent(share: &str) -> f64 {
    share.parse::<f64>().unwrap() * 100.0
}

#[test]
fn the_demo_companys_creeping_campaign_is_told_month_by_month() {
    let mut session = demo_company();
    let creeps = |session: &mut Session, today: &str| -> Vec<Warning> {
        let seen = warnings(session, today).into_iter();
        seen.filter(|it| matches!(it.reason, WarningReason::Creep { .. })).collect()
    };
    // October's sales are all claimed on November 14.
    let seen = creeps(&mut session, "2026-11-14");
    let [creep] = seen.as_slice() else { panic!("{seen:?}") };
    assert_eq!((creep.kpi.as_str(), creep.channel.as_str()), ("ads.acos", "amazon"));
    assert_eq!(creep.campaign, "SP | Coffee Grinder | Exact");
    let WarningReason::Creep { usual, months, excess, currency } = &creep.reason else { panic!() };
    let firsts: Vec<String> = months.iter().map(|(month, _)| month.from.to_string()).collect();
    assert_eq!(firsts, ["2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01"]);
    // The story's plan: 22 % before, then 26, 31, 36 and 41 %.
    let planned = [(usual.as_str(), 22.0)]
        .into_iter()
        .chain(months.iter().map(|(_, value)| value.as_str()).zip([26.0, 31.0, 36.0, 41.0]));
    for (value, plan) in planned {
        assert!((percent(value) - plan).abs() < 2.0, "{value} for {plan} %");
    }
    assert_eq!(creep.value, months[3].1);
    assert!(excess.parse::<f64>().unwrap() > 100.0, "{excess}");
    assert_eq!(*currency, Currency::USD);
    // A day earlier September is the newest month that can be told.
    let before = creeps(&mut session, "2026-11-13");
    assert_eq!(before[0].day, day("2026-09-30"));
    // In time the rise is what is usual.
    assert!(creeps(&mut session, "2027-03-01").is_empty());
}

#[test]
fn only_what_a_platform_states_can_be_typed() {
    let mut session = opened();
    let wrong = [
        ("sales.net", "amazon", "1"),
        ("svc.ahr", "walmart", "200"),
        ("svc.ahr", "amazon", "good"),
        ("no.such", "amazon", "1"),
    ];
    for (kpi, channel, text) in wrong {
        let answer = enter(&mut session, kpi, channel, "2026-09-28", text);
        assert!(matches!(answer, Response::Failed(Failure::InvalidValue { .. })), "{answer:?}");
    }
}

#[test]
fn a_warning_that_was_laid_aside_comes_back_with_newer_data() {
    let mut session = opened();
    enter(&mut session, "svc.ahr", "amazon", "2026-09-20", "90");
    let seen = warnings(&mut session, "2026-10-02").remove(0);
    assert!(seen.note.is_empty() && !seen.is_snoozed);
    let said = |note: &str, snoozed_on| Change::NoteWarning {
        warning: seen.id(),
        note: note.to_owned(),
        snoozed_on,
    };
    let change = said("  appealed ", Some(seen.day));
    session.handle(&Request::Change(change), 0);
    let noted = warnings(&mut session, "2026-10-02").remove(0);
    assert_eq!((noted.note.as_str(), noted.is_snoozed), ("appealed", true));
    // A value of the same day is no news, one of the next day is.
    enter(&mut session, "svc.ahr", "amazon", "2026-09-20", "80");
    assert!(warnings(&mut session, "2026-10-02")[0].is_snoozed);
    enter(&mut session, "svc.ahr", "amazon", "2026-09-21", "85");
    let newer = warnings(&mut session, "2026-10-02").remove(0);
    assert_eq!((newer.note.as_str(), newer.is_snoozed), ("appealed", false));
    // The last that was said counts as a whole.
    session.handle(&Request::Change(said("", None)), 0);
    assert!(warnings(&mut session, "2026-10-02")[0].note.is_empty());
}
