//! Each contract really changes the figures, as counted by hand.

use linkstar_kpi::{
    domain::{Day, Period},
    worker::{
        protocol::{Change, ContractEffect, Request, Response},
        session::Session,
    },
};

use crate::workbook::{asked_of, opened, take_in, value};

/// Two orders of the 30th of September, one of the 2nd of October; 10 mugs at 10.00, 2 at 15.00, 4 at 10.00.
const AMAZON: &str = "\
amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tsales-channel\tproduct-name\tsku\tasin\tquantity\tcurrency\titem-price\titem-tax\titem-promotion-discount
111-0000001-0000001\t2026-09-30T18:00:00+00:00\t2026-11-20T00:00:00+00:00\tShipped\tAmazon.com\tMug\tMUG\tB0FAKE0001\t10\tUSD\t100.00\t8.00\t0
111-0000002-0000002\t2026-09-30T19:00:00+00:00\t2026-11-20T00:00:00+00:00\tShipped\tAmazon.com\tMug\tMUG\tB0FAKE0001\t2\tUSD\t30.00\t2.40\t0
111-0000003-0000003\t2026-10-02T18:00:00+00:00\t2026-11-20T00:00:00+00:00\tShipped\tAmazon.com\tMug\tMUG\tB0FAKE0001\t4\tUSD\t40.00\t3.20\t0
";

/// The first order is booked in October with a promotion of 5.00; 20.00 of it, and 7.00 of an order that no
/// file has, are given back.
const BOOKED: &str = "\
\"date/time\",\"type\",\"order id\",\"sku\",\"quantity\",\"marketplace\",\"product sales\",\"promotional rebates\",\"selling fees\",\"fba fees\",\"other\",\"total\"
\"Oct 1, 2026 9:00:00 AM PDT\",\"Order\",\"111-0000001-0000001\",\"MUG\",\"10\",\"amazon.com\",\"100.00\",\"-5.00\",\"-15.00\",\"0\",\"0\",\"80.00\"
\"Oct 5, 2026 9:00:00 AM PDT\",\"Refund\",\"111-0000001-0000001\",\"MUG\",\"2\",\"amazon.com\",\"-20.00\",\"0\",\"0\",\"0\",\"0\",\"-20.00\"
\"Oct 6, 2026 9:00:00 AM PDT\",\"Refund\",\"111-0000009-0000009\",\"MUG\",\"1\",\"amazon.com\",\"-7.00\",\"0\",\"0\",\"0\",\"0\",\"-7.00\"
";

/// 60.00 of sales of one's own store, with 4.80 of tax.
const SHOPIFY: &str = "\
Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem discount
#1,,paid,USD,60.00,0.00,4.80,64.80,2026-09-30 10:00:00 -0400,3,Mug,20.00,MUG,true,true,0.00
";

/// Eight mugs at 4.00, then twenty at 6.00.
const BATCHES: &str = "\
SKU,Batch,Date received,Quantity,Unit purchase cost,Currency
MUG,A,2026-09-01,8,4.00,USD
MUG,B,2026-09-20,20,6.00,USD
";

/// 28.00 yuan for a mug.
const COSTS_IN_CNY: &str = "SKU,Unit cost,Currency,Valid from\nMUG,28.00,CNY,2026-09-01\n";

/// Seven yuan for a dollar in September, eight in October.
const RATES: &str = "\
Valid from,From currency,To currency,Rate
2026-09-01,USD,CNY,7
2026-10-01,USD,CNY,8
";

/// Of sponsored products: 30.00 of sales for 10.00, within 7 days.
const PRODUCTS: &str = "\
Date,Portfolio name,Currency,Campaign Name,Impressions,Clicks,Click-Thru Rate (CTR),Cost Per Click (CPC),Spend,7 Day Total Sales,Total Advertising Cost of Sales (ACOS),Total Return on Advertising Spend (ROAS),7 Day Total Orders (#),7 Day Total Units (#)
\"Sep 30, 2026\",,USD,Mugs,1000,10,1%,1.00,10.00,30.00,33%,3,1,1
";

/// Of a brand: 20.00 of sales for 8.00, within 14 days.
const BRANDS: &str = "\
Date,Portfolio name,Currency,Campaign Name,Cost type,Impressions,Clicks,Spend,14 Day Total Sales,14 Day Total Orders (#),14 Day Total Units (#),Viewable Impressions,14 Day Branded Searches
\"Sep 30, 2026\",,USD,Brand,CPC,500,5,8.00,20.00,1,1,400,1
";

const SEPTEMBER: (&str, &str) = ("2026-09-01", "2026-09-30");
const OCTOBER: (&str, &str) = ("2026-10-01", "2026-10-31");

fn session(files: &[&str]) -> Session {
    let mut session = opened();
    for text in files {
        take_in(&mut session, text);
    }
    session
}

fn choose(session: &mut Session, contract: &str, choice: &str) {
    let [contract, choice, reason] = [contract, choice, "a test"].map(str::to_owned);
    let change = Change::ChooseContract { contract, choice, reason };
    let answer = session.handle(&Request::Change(change), 0).response;
    assert!(matches!(answer, Response::Changed(_)), "{answer:?}");
}

/// Under the default, and under the choice.
#[track_caller]
fn check(
    files: &[&str],
    (contract, choice): (&str, &str),
    expected: &[(&str, (&str, &str), &str, &str)],
) {
    let mut session = session(files);
    let told = |session: &mut Session| -> Vec<String> {
        expected.iter().map(|it| value(session, it.0, it.1)).collect()
    };
    let before = told(&mut session);
    choose(&mut session, contract, choice);
    let after = told(&mut session);
    for ((kpi, days, one, other), (before, after)) in expected.iter().zip(before.iter().zip(&after))
    {
        assert_eq!((before.as_str(), after.as_str()), (*one, *other), "{kpi} {days:?}");
    }
}

#[test]
fn refunds_on_the_day_of_their_order() {
    // 20.00 belong to September; of the order of 7.00 no file says when it was.
    check(
        &[AMAZON, BOOKED],
        ("refund_timing", "order_date"),
        &[
            ("sales.net", SEPTEMBER, "130", "110"),
            ("sales.net", OCTOBER, "13", "33"),
            ("sales.gross", SEPTEMBER, "130", "130"),
        ],
    );
}

#[test]
fn sales_when_their_money_is_booked() {
    // Only the first order is booked, in October, with 5.00 off.
    check(
        &[AMAZON, BOOKED],
        ("sale_timing", "settled"),
        &[
            ("sales.gross", SEPTEMBER, "130", "no_data"),
            ("sales.gross", OCTOBER, "40", "100"),
            ("sales.net", OCTOBER, "13", "68"),
            ("sales.units", OCTOBER, "4", "10"),
            ("sales.orders", OCTOBER, "1", "1"),
        ],
    );
}

#[test]
fn sales_when_amazon_books_what_it_ships() {
    // Only the first order was shipped, on the 1st of October; the two reports have two days in common.
    check(
        &[AMAZON, BOOKED],
        ("sale_timing", "shipped"),
        &[
            ("sales.gross", SEPTEMBER, "130", "no_data"),
            ("sales.gross", OCTOBER, "40", "100"),
            ("sales.units", OCTOBER, "4", "10"),
            ("sales.orders", OCTOBER, "1", "1"),
        ],
    );
    // A shop without days of shipment is left out.
    let files = [AMAZON, BOOKED, SHOPIFY];
    check(&files, ("sale_timing", "shipped"), &[("sales.gross", OCTOBER, "40", "100")]);
    check(&[SHOPIFY], ("sale_timing", "shipped"), &[("sales.gross", SEPTEMBER, "60", "no_data")]);
}

/// An order of September sent in October, one that is not sent, and one of two lines sent a day later.
const SENT: &str = "\
Name,Email,Financial Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem discount
#1,,paid,2026-10-01 09:00:00 -0400,USD,60.00,0.00,4.80,64.80,2026-09-30 10:00:00 -0400,3,Mug,20.00,MUG,true,true,0.00
#2,,paid,,USD,20.00,0.00,1.60,21.60,2026-10-02 10:00:00 -0400,1,Mug,20.00,MUG,true,true,0.00
#3,,paid,2026-10-04 23:30:00 -0400,USD,45.00,0.00,3.60,48.60,2026-10-03 10:00:00 -0400,2,Mug,20.00,MUG,true,true,0.00
#3,,,,,,,,,2026-10-03 10:00:00 -0400,1,Lid,5.00,LID,true,true,0.00
#4,,paid,2026-10-08 09:00:00 -0400,USD,20.00,0.00,1.60,21.60,2026-10-05 10:00:00 -0400,1,Mug,20.00,MUG,true,true,0.00
";

#[test]
fn sales_when_ones_own_store_ships() {
    // The file covers the days of its orders, to the 5th: what is sent on the 8th is not told yet.
    let days = ("2026-10-01", "2026-10-05");
    check(
        &[SENT],
        ("sale_timing", "shipped"),
        &[
            ("sales.gross", SEPTEMBER, "60", "0"),
            ("sales.gross", days, "85", "105"),
            ("sales.orders", days, "3", "2"),
            ("sales.units", days, "5", "6"),
            ("sales.gross", ("2026-10-04", "2026-10-04"), "0", "45"),
            ("sales.gross", ("2026-10-08", "2026-10-08"), "no_data", "no_data"),
        ],
    );
}

/// What ships after the last day of its file is told beside a shop that is told of that day: not at all.
#[test]
fn what_ships_after_its_file_is_in_no_total() {
    let tiktok = "\
Order ID,Order Status,Seller SKU,SKU ID,Product Name,Quantity,SKU Subtotal Before Discount,SKU Platform Discount,SKU Seller Discount,Created Time,Shipped Time
,,,,,,,,,,
576900000000000001,Completed,MUG,17,Mug,1,$40.00,$0.00,$0.00,10/08/2026 08:00:00 AM,10/08/2026 10:00:00 AM
576900000000000002,Completed,MUG,17,Mug,1,$41.00,$0.00,$0.00,10/08/2026 09:00:00 AM,not yet
";
    let mut session = session(&[SENT, tiktok]);
    choose(&mut session, "sale_timing", "shipped");
    let eighth = ("2026-10-08", "2026-10-08");
    assert_eq!(value(&mut session, "sales.gross", eighth), "40");
    assert_eq!(value(&mut session, "sales.orders", eighth), "1");
    // A day that cannot be read makes no order a problem.
    choose(&mut session, "sale_timing", "ordered");
    assert_eq!(value(&mut session, "sales.gross", eighth), "81");
}

/// One order sent in two parts, on the 3rd and the 4th: it is of the 3rd.
#[test]
fn an_order_is_of_the_day_of_its_first_shipment() {
    let parts = "\
Order ID,Order Status,Seller SKU,SKU ID,Product Name,Quantity,SKU Subtotal Before Discount,SKU Platform Discount,SKU Seller Discount,Created Time,Shipped Time
,,,,,,,,,,
576900000000000001,Completed,LID,18,Lid,1,$5.00,$0.00,$0.00,10/01/2026 08:00:00 AM,10/04/2026 10:00:00 AM
576900000000000001,Completed,MUG,17,Mug,1,$40.00,$0.00,$0.00,10/01/2026 08:00:00 AM,10/03/2026 10:00:00 AM
576900000000000002,Completed,MUG,17,Mug,1,$1.00,$0.00,$0.00,10/09/2026 08:00:00 AM,
";
    let mut session = session(&[parts]);
    choose(&mut session, "sale_timing", "shipped");
    assert_eq!(value(&mut session, "sales.gross", ("2026-10-03", "2026-10-03")), "45");
    assert_eq!(value(&mut session, "sales.orders", ("2026-10-03", "2026-10-04")), "1");
    assert_eq!(value(&mut session, "sales.gross", ("2026-10-04", "2026-10-09")), "0");
}

#[test]
fn a_day_of_shipment_begins_where_the_contract_says() {
    let mut session = session(&[SENT]);
    choose(&mut session, "sale_timing", "shipped");
    choose(&mut session, "day_boundary", "Asia/Shanghai");
    // Half past eleven in the evening of the 4th in New York is noon of the 5th in China.
    assert_eq!(value(&mut session, "sales.gross", ("2026-10-04", "2026-10-04")), "0");
    assert_eq!(value(&mut session, "sales.gross", ("2026-10-05", "2026-10-05")), "45");
}

/// A fee of 10.00 on the day of the first orders; 70.00 of another order in November.
const SETTLEMENT: &str = "\
settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\ttransaction-type\torder-id\tmarketplace-name\tamount-type\tamount-description\tamount\tposted-date\tposted-date-time\tsku\tquantity-purchased
1\t2026-09-30T00:00:00+00:00\t2026-11-13T00:00:00+00:00\t2026-11-14T00:00:00+00:00\t60.00\tUSD\t\t\t\t\t\t\t\t\t\t
1\t\t\t\t\tUSD\tOrder\t111-0000001-0000001\tAmazon.com\tItemFees\tCommission\t-10.00\t2026-09-30\t2026-09-30T18:00:00+00:00\tMUG\t
1\t\t\t\t\tUSD\tOrder\t111-0000007-0000007\tAmazon.com\tItemPrice\tPrincipal\t70.00\t2026-11-10\t2026-11-10T18:00:00+00:00\tMUG\t7
";

#[test]
fn which_report_counts_is_decided_on_the_day_of_the_refund() {
    // The refund of October is believed before the settlement; on the order's day only the settlement
    // knows the fee.
    check(
        &[AMAZON, BOOKED, SETTLEMENT],
        ("refund_timing", "order_date"),
        &[("pl.platform_fee_rate", SEPTEMBER, "0.07692308", "0.09090909")],
    );
}

#[test]
fn booked_orders_of_two_payment_reports() {
    check(
        &[BOOKED, SETTLEMENT],
        ("sale_timing", "settled"),
        &[
            ("sales.orders", OCTOBER, "1", "1"),
            ("sales.orders", ("2026-11-01", "2026-11-13"), "no_data", "1"),
            ("sales.units", ("2026-11-01", "2026-11-13"), "no_data", "7"),
        ],
    );
}

#[test]
fn booked_sales_without_units_have_no_cost() {
    let fixture = "tests/fixtures/tiktok.statement/older_utc_csv_bad_row/input.csv";
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(fixture);
    let statement = std::fs::read_to_string(path).unwrap();
    let mut session = session(&[&statement]);
    choose(&mut session, "sale_timing", "settled");
    let days = ("2024-01-01", "2026-12-31");
    assert_ne!(value(&mut session, "sales.gross", days), "no_data");
    assert_eq!(value(&mut session, "sales.units", days), "no_data");
    assert_eq!(value(&mut session, "pl.gross_profit", days), "missing_cost");
}

#[test]
fn days_that_begin_in_china() {
    // 11 o'clock on the 30th in California is 2 o'clock on the 1st in China.
    check(
        &[AMAZON],
        ("day_boundary", "Asia/Shanghai"),
        &[("sales.gmv", SEPTEMBER, "130", "0"), ("sales.gmv", OCTOBER, "40", "170")],
    );
}

#[test]
fn tax_of_ones_own_store() {
    // Amazon pays its tax itself; 4.80 are the store's.
    check(
        &[AMAZON, SHOPIFY],
        ("tax", "included"),
        &[("sales.gross", SEPTEMBER, "190", "194.8"), ("sales.gmv", SEPTEMBER, "190", "194.8")],
    );
}

#[test]
fn money_in_yuan_at_the_rate_of_its_day() {
    // 130.00 × 7 and 40.00 × 8; a mug costs 28.00 yuan, in dollars 4.00.
    check(
        &[AMAZON, RATES, COSTS_IN_CNY],
        ("currency", "cny"),
        &[
            ("sales.gross", SEPTEMBER, "130", "910"),
            ("sales.gross", OCTOBER, "40", "320"),
            ("pl.gross_profit", SEPTEMBER, "missing_cost", "574"),
        ],
    );
    // Costs at the rate of the day from which they hold: 12 × 4.00 and 4 × 4.00.
    check(
        &[AMAZON, RATES, COSTS_IN_CNY],
        ("currency", "usd"),
        &[
            ("pl.gross_profit", SEPTEMBER, "missing_cost", "82"),
            ("pl.gross_profit", OCTOBER, "missing_cost", "24"),
        ],
    );
}

#[test]
fn a_typed_cost_counts_before_batches_in_any_currency() {
    // Typed on the 1st of October: 40.00 yuan are 5.00 dollars; 4 mugs for 40.00. Before, first in.
    let mut session = session(&[AMAZON, RATES, BATCHES]);
    let typed = Change::EnterCost {
        sku: "MUG".to_owned(),
        unit_cost: "40".to_owned(),
        currency: linkstar_kpi::domain::Currency::parse("CNY").unwrap(),
        valid_from: Day::parse("2026-10-01").unwrap(),
    };
    session.handle(&Request::Change(typed), 0);
    choose(&mut session, "currency", "usd");
    choose(&mut session, "cost_layer", "fifo");
    assert_eq!(value(&mut session, "pl.gross_profit", SEPTEMBER), "74");
    assert_eq!(value(&mut session, "pl.gross_profit", OCTOBER), "20");
}

#[test]
fn a_cost_without_a_rate_ends_the_one_before() {
    // 3.00 dollars at first, then 28.00 yuan from a day before the first rate.
    let costs =
        "SKU,Unit cost,Currency,Valid from\nMUG,3.00,USD,2026-08-01\nMUG,28.00,CNY,2026-08-15\n";
    check(
        &[AMAZON, RATES, costs],
        ("currency", "usd"),
        &[("pl.gross_profit", SEPTEMBER, "94", "missing_cost")],
    );
}

#[test]
fn bundles_take_their_parts_out_of_the_batches() {
    // Ten cups, of which eight go at 4.00 into the pairs of the first order and two into the second at
    // 6.00, with two at 6.00 more; then four at 6.00.
    let pairs = "SKU,Component,Quantity\nMUG,CUP,1\n";
    let batches = BATCHES.replace("MUG,", "CUP,");
    check(
        &[AMAZON, pairs, &batches],
        ("cost_layer", "fifo"),
        &[("pl.gross_profit", SEPTEMBER, "58", "74"), ("pl.gross_profit", OCTOBER, "16", "16")],
    );
}

#[test]
fn what_has_no_rate_is_not_told() {
    let late = RATES.replace("2026-09-01", "2026-10-01").replace(",8\n", ",7\n");
    check(
        &[AMAZON, &late],
        ("currency", "cny"),
        &[
            ("sales.gross", SEPTEMBER, "130", "no_rate"),
            ("sales.aov", SEPTEMBER, "65", "no_rate"),
            ("sales.units", SEPTEMBER, "12", "12"),
            ("sales.gross", OCTOBER, "40", "280"),
        ],
    );
}

#[test]
fn costs_batch_by_batch() {
    // In force: 12 × 6.00. First in: 8 × 4.00 and 4 × 6.00; then 4 × 6.00.
    check(
        &[AMAZON, BATCHES],
        ("cost_layer", "fifo"),
        &[("pl.gross_profit", SEPTEMBER, "58", "74"), ("pl.gross_profit", OCTOBER, "16", "16")],
    );
    // 28 mugs cost 152.00: 12 of them 65.1429, 4 of the other 16 for 86.8571 21.7143.
    check(
        &[AMAZON, BATCHES],
        ("cost_layer", "moving_average"),
        &[
            ("pl.gross_profit", SEPTEMBER, "58", "64.8571"),
            ("pl.gross_profit", OCTOBER, "16", "18.2857"),
        ],
    );
}

#[test]
fn ad_sales_of_seven_days() {
    // 50.00 for 18.00, of which 20.00 for 8.00 are told of 14 days only. Spend itself stays.
    check(
        &[PRODUCTS, BRANDS],
        ("ad_window", "seven_days"),
        &[
            ("ads.sales", SEPTEMBER, "50", "30"),
            ("ads.acos", SEPTEMBER, "0.36", "0.33333333"),
            ("ads.roas", SEPTEMBER, "2.77777778", "3"),
            ("ads.spend", SEPTEMBER, "18", "18"),
        ],
    );
    check(
        &[BRANDS],
        ("ad_window", "seven_days"),
        &[("ads.sales", SEPTEMBER, "20", "other_window"), ("ads.spend", SEPTEMBER, "8", "8")],
    );
}

#[test]
fn what_another_choice_would_change_is_told_before() {
    let mut session = session(&[AMAZON, BOOKED]);
    let october = Period::between(Day::parse(OCTOBER.0).unwrap(), Day::parse(OCTOBER.1).unwrap());
    let home = asked_of(october);
    let [contract, choice] = ["refund_timing", "order_date"].map(str::to_owned);
    let request = Request::ContractEffect { contract, choice, home };
    let Response::ContractEffect(effect) = session.handle(&request, 0).response else {
        panic!("an effect")
    };
    let ContractEffect { kpis, months, .. } = effect.open().unwrap();
    let net = kpis.iter().find(|it| it.kpi == "sales.net").unwrap();
    assert_eq!((net.before.value.as_deref(), net.after.value.as_deref()), (Some("13"), Some("33")));
    assert!(kpis.iter().all(|it| it.kpi != "sales.gross"), "what stays is not told");
    let months: Vec<(String, Option<&str>, Option<&str>)> = months
        .iter()
        .map(|it| (it.month.to_string(), it.before.as_deref(), it.after.as_deref()))
        .collect();
    let expected = [
        ("2026-09-01".to_owned(), Some("130"), Some("110")),
        ("2026-10-01".to_owned(), Some("13"), Some("33")),
    ];
    assert_eq!(months, expected);
    assert_eq!(value(&mut session, "sales.net", OCTOBER), "13", "nothing was chosen yet");
}
