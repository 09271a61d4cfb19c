//! KPIs from the look-alike reports that feed them, against values counted by hand.

use std::{fs, path::Path};

use linkstar_kpi::{
    domain::{Day, Dimension, Granularity, Period},
    worker::{
        protocol::{HomeRequest, Request, Response},
        session::Session,
        views::TableBy,
    },
};

use crate::workbook::{asked_of, opened, take_in, values};

/// Three orders of September 2026 in US dollars: 20.00, 30.00 and 50.00.
const ORDERS: &str = "\
Name,Email,Financial Status,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Lineitem taxable
#1,,paid,USD,2026-09-02 10:00:00 -0400,2,Mug,10.00,MUG,true,true
#2,,paid,USD,2026-09-05 10:00:00 -0400,1,Mug,30.00,MUG,true,true
#3,,paid,USD,2026-09-20 10:00:00 -0400,1,Lantern,50.00,LAN,true,true
";

/// 600.00 over the thirty days of September: 20.00 a day.
const OVERHEADS: &str = "Month,Expense category,Amount,Currency\n2026-09-01,Rent,600.00,USD\n";

/// The same in another currency.
const RENT_IN_CNY: &str = "Month,Expense category,Amount,Currency\n2026-09-01,Rent,600.00,CNY\n";

const TEAM: &str =
    "Month,Team,Role,Headcount\n2026-09-01,Sales,Listing,1.5\n2026-09-01,Store,Packing,0.5\n";

fn session(files: &[&str]) -> Session {
    let mut session = opened();
    for text in files {
        take_in(&mut session, text);
    }
    session
}

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    fs::read_to_string(path.join("input.csv")).unwrap()
}

#[track_caller]
fn check(session: &mut Session, days: (&str, &str), expected: &[(&str, &str)]) {
    for (kpi, text) in expected {
        assert_eq!(values(session, kpi, days, TableBy::Total), [*text], "{kpi}");
    }
}

#[test]
fn a_store_tells_how_far_its_sessions_got() {
    let mut session = session(&[&fixture("shopify.sessions/conversion_over_time")]);
    // 600 sessions: 40 with a cart, 21 at the checkout, 10 with an order.
    let expected = [
        ("trf.atc", "0.06666667"),
        ("trf.checkout", "0.035"),
        ("trf.store_cvr", "0.01666667"),
        ("trf.cart_abandon", "0.75"),
        ("trf.oi_session", "no_data"),
    ];
    check(&mut session, ("2026-09-29", "2026-09-30"), &expected);
    // 22 of 310 and 18 of 290: the total is no sum and no mean of the days.
    let days = values(
        &mut session,
        "trf.atc",
        ("2026-09-29", "2026-09-30"),
        TableBy::Time(Granularity::Day),
    );
    assert_eq!(days, ["0.07096774", "0.06206897"]);
}

#[test]
fn order_items_are_held_against_sessions_of_their_own_reports() {
    let amazon = fixture("amazon.business_report_by_date/us_daily_old");
    let mut session = session(&[&amazon, &fixture("shopify.sessions/conversion_over_time")]);
    // 20 order items; the 600 sessions of the store are none of Amazon's 641.
    check(&mut session, ("2026-03-01", "2026-09-30"), &[("trf.oi_session", "0.03120125")]);
}

#[test]
fn new_buyers_are_told_by_brand_ads_only() {
    let mut session = session(&[&fixture("amazon.sb_campaign/us_daily")]);
    check(
        &mut session,
        ("2026-03-01", "2026-03-02"),
        &[("ads.ntb", "0.66666667"), ("ads.cpa", "6")],
    );
    let days = values(
        &mut session,
        "ads.ntb",
        ("2026-03-01", "2026-03-02"),
        TableBy::Time(Granularity::Day),
    );
    assert_eq!(days, ["0.66666667", "division_by_zero"]);
}

#[test]
fn overheads_and_heads_are_of_every_day_of_their_month() {
    let mut session = session(&[ORDERS, OVERHEADS, TEAM]);
    // 100.00 of sales; 600.00 of overheads; two full places.
    let month = [("fin.opex_rate", "6"), ("team.sales_head", "50"), ("sales.upo", "1.33333333")];
    check(&mut session, ("2026-09-01", "2026-09-30"), &month);
    // Ten days: 50.00 of sales, 200.00 of overheads, still two places.
    let ten_days = [("fin.opex_rate", "4"), ("team.sales_head", "25")];
    check(&mut session, ("2026-09-01", "2026-09-10"), &ten_days);
    check(&mut session, ("2026-10-01", "2026-10-10"), &[("team.sales_head", "no_data")]);
    // Of October nothing is said: a sum over both months would be too small.
    let beyond = [("fin.opex_rate", "no_data"), ("team.sales_head", "no_data")];
    check(&mut session, ("2026-09-01", "2026-10-10"), &beyond);
    // They belong to no channel.
    let by_channel = values(
        &mut session,
        "fin.opex_rate",
        ("2026-09-01", "2026-09-30"),
        TableBy::Dimension(Dimension::Channel),
    );
    assert_eq!(by_channel, ["whole_only"]);
}

#[test]
fn heads_counted_within_a_month_hold_until_they_are_counted_again() {
    let team =
        "Month,Team,Role,Headcount\n2026-09-01,Sales,Listing,4\n2026-09-21,Sales,Listing,1\n";
    let mut session = session(&[ORDERS, team]);
    // 20 days of 4 and 10 of 1 are 90 days of a head, 3 a day: 100.00 ÷ 3.
    check(&mut session, ("2026-09-01", "2026-09-30"), &[("team.sales_head", "33.33333333")]);
    // 50.00 by ten days of 4 and ten of 1.
    check(&mut session, ("2026-09-11", "2026-09-30"), &[("team.sales_head", "20")]);
}

#[test]
fn refunds_that_no_report_states_are_missing_and_not_0() {
    // The orders state fees, which are postings, too.
    let mut session = session(&[&fixture("lingxing.orders/replacement_and_cancelled")]);
    check(&mut session, ("2026-09-01", "2026-09-30"), &[("sales.refund_rate", "no_data")]);
}

#[test]
fn overheads_of_nothing_are_said() {
    let none = OVERHEADS.replace("600.00", "0.00");
    let mut session = session(&[ORDERS, &none]);
    check(&mut session, ("2026-09-01", "2026-09-30"), &[("fin.opex_rate", "0")]);
}

#[test]
fn a_step_that_a_report_leaves_out_is_missing() {
    let whole = fixture("shopify.sessions/conversion_over_time");
    let mut header = whole.lines().next().unwrap().split(',');
    let checkout = header.position(|name| name.contains("checkout")).unwrap();
    let without = |line: &str| {
        let cells = line.split(',').enumerate().filter(|(column, _)| *column != checkout);
        cells.map(|(_, cell)| cell).collect::<Vec<_>>().join(",")
    };
    let lines: Vec<String> = whole.lines().map(without).collect();
    let mut session = session(&[&lines.join("\n")]);
    let expected = [
        ("trf.store_cvr", "0.01666667"),
        ("trf.atc", "0.06666667"),
        ("trf.checkout", "no_data"),
        ("trf.cart_abandon", "0.75"),
    ];
    check(&mut session, ("2026-09-29", "2026-09-30"), &expected);
}

#[test]
fn overheads_in_another_currency_are_not_zero() {
    let mut session = session(&[ORDERS, RENT_IN_CNY]);
    check(&mut session, ("2026-09-01", "2026-09-30"), &[("fin.opex_rate", "no_data")]);
}

const TRAFFIC: &str = "\
\"Date\",\"Ordered Product Sales\",\"Units Ordered\",\"Total Order Items\",\"Page Views\",\"Sessions\",\"Buy Box Percentage\"
\"09/01/2026\",\"$100.00\",\"4\",\"4\",\"200\",\"100\",\"90%\"
\"09/13/2026\",\"$50.00\",\"2\",\"2\",\"50\",\"40\",\"50%\"
";

#[test]
fn the_share_of_the_featured_offer_is_one_of_page_views() {
    let mut session = session(&[TRAFFIC]);
    // 180 + 25 of 250; the mean of both days would be 0.7.
    check(&mut session, ("2026-09-01", "2026-09-30"), &[("trf.buybox", "0.82")]);
    let days = ("2026-09-01", "2026-09-13");
    let by = TableBy::Time(Granularity::Day);
    let days = values(&mut session, "trf.buybox", days, by);
    assert_eq!((days[0].as_str(), days[12].as_str()), ("0.9", "0.5"));
    assert_eq!(days[1], "division_by_zero");
    // A report without the column says nothing of it.
    let column = "\",\"Buy Box Percentage\"";
    let without = TRAFFIC.replace(column, "\"").replace(",\"90%\"", "").replace(",\"50%\"", "");
    let mut session = self::session(&[&without]);
    let expected = [("trf.pv", "250"), ("trf.buybox", "no_data")];
    check(&mut session, ("2026-09-01", "2026-09-30"), &expected);
}

#[test]
fn the_cost_of_a_unit_is_that_of_the_units_sold() {
    let month = ("2026-09-01", "2026-09-30");
    let costs = "SKU,Unit cost,Currency\nMUG,4.00,USD\n";
    let mut session = session(&[ORDERS, costs]);
    // Three mugs; nothing is known of the lantern.
    check(&mut session, month, &[("pl.landed_unit", "4")]);
    let mut session = self::session(&[ORDERS, &format!("{costs}LAN,10.00,USD\n")]);
    // 3 × 4 + 10 of 4 units, which is no sum and no mean of both.
    check(&mut session, month, &[("pl.landed_unit", "5.5")]);
    let by = TableBy::Dimension(Dimension::Sku);
    let mut skus = values(&mut session, "pl.landed_unit", month, by);
    skus.sort();
    assert_eq!(skus, ["10", "4"]);
    let mut session = self::session(&[ORDERS]);
    check(&mut session, month, &[("pl.landed_unit", "missing_cost")]);
}

#[test]
fn a_trend_tells_how_far_its_usual_ups_and_downs_reach() {
    let header = ORDERS.lines().next().unwrap();
    // One order a day; the last one is far later, so that the others have settled.
    let amounts = [10, 12, 11, 13, 12, 11, 14, 13, 40];
    let order = |(index, amount): (usize, &i32)| {
        let day = index + 1;
        format!("#{day},,paid,USD,2026-09-{day:02} 10:00:00 -0400,1,Mug,{amount},MUG,true,true\n")
    };
    let rows: String = amounts.iter().enumerate().map(order).collect();
    let late = "#99,,paid,USD,2026-12-20 10:00:00 -0500,1,Mug,9,MUG,true,true\n";
    let mut session = session(&[&format!("{header}\n{rows}{late}")]);
    let day = |text: &str| Day::parse(text).unwrap();
    let mut trend = |from: &str, to: &str| {
        let request = HomeRequest {
            trend_kpi: "sales.gmv".to_owned(),
            today: day("2026-12-31"),
            ..asked_of(Period::between(day(from), day(to)))
        };
        match session.handle(&Request::Home(request), 0).response {
            Response::Home(home) => home.trend.limits,
            other => panic!("{other:?}"),
        }
    };
    // Eight days: mean 12, mean range 11/7; 12 ± 3 × 11/7 ÷ 1.128 by hand.
    let limits = trend("2026-09-01", "2026-09-08").unwrap();
    assert_eq!((limits.n_points, limits.outside.len()), (8, 0));
    assert!((limits.lower[0] - 7.820_669).abs() < 1e-6, "{}", limits.lower[0]);
    assert!((limits.upper[7] - 16.179_331).abs() < 1e-6, "{}", limits.upper[7]);
    // With the ninth: mean 136/9, mean range 38/8; its 40 lies above 15.11 + 12.63.
    let limits = trend("2026-09-01", "2026-09-09").unwrap();
    assert_eq!((limits.n_points, limits.outside), (9, vec![8]));
    assert!((limits.upper[0] - 27.744_090).abs() < 1e-6, "{}", limits.upper[0]);
    // Seven points are too few.
    assert_eq!(trend("2026-09-01", "2026-09-07"), None);
}
