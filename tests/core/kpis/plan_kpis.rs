//! KPIs that hold figures against plans, files against days, and parts of costs against the whole, as worked
//! out by hand.

use linkstar_kpi::{
    domain::{
        Day, Dimension, Fixed, Period, TargetBlock, TargetChange, TargetKey, TargetLevel,
        TargetScope,
    },
    worker::{
        protocol::{Change, Request, Response, Sealed},
        session::Session,
        views::TableBy,
    },
};

use crate::workbook::{check, session, take_in, values};

/// 100, 300 and 600 of a year before, on Monday, Tuesday and Thursday; 80 and 240 on these days of 2026.
const ORDERS: &str = "\
amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tquantity\tcurrency\titem-price
111-0000001-0000001\t2025-10-06T20:00:00+00:00\tShipped\tAmazon.com\tMUG\t10\tUSD\t100.00
111-0000002-0000002\t2025-10-07T20:00:00+00:00\tShipped\tAmazon.com\tMUG\t30\tUSD\t300.00
111-0000003-0000003\t2025-10-09T20:00:00+00:00\tShipped\tAmazon.com\tMUG\t60\tUSD\t600.00
111-0000004-0000004\t2026-10-05T20:00:00+00:00\tShipped\tAmazon.com\tMUG\t8\tUSD\t80.00
111-0000005-0000005\t2026-10-06T20:00:00+00:00\tShipped\tAmazon.com\tLID\t20\tUSD\t240.00
111-0000006-0000006\t2026-10-12T20:00:00+00:00\tShipped\tAmazon.com\tMUG\t1\tUSD\t10.00
";

/// The same four days: 1,000 of the business, of which 500 are of Amazon, and 400 of ads; 10,000 of the month.
const TARGETS: &str = "\
KPI,Scope,From,To,Commit,Currency
Net sales,,2026-10-05,2026-10-08,1000,USD
Net sales,亚马逊,2026-10-05,2026-10-08,500,USD
Ad spend,,2026-10-05,2026-10-08,400,USD
Net sales,,2026-10-01,2026-10-31,10000,USD
";

/// 60 on the first of them.
const ADS: &str = "\
Date,Portfolio name,Currency,Campaign Name,Impressions,Clicks,Click-Thru Rate (CTR),Cost Per Click (CPC),Spend,7 Day Total Sales,Total Advertising Cost of Sales (ACOS),Total Return on Advertising Spend (ROAS),7 Day Total Orders (#),7 Day Total Units (#)
\"Oct 5, 2026\",,USD,Mugs,1000,10,1%,6.00,60.00,30.00,200%,0.5,1,1
";

fn change(session: &mut Session, change: Change) {
    let answer = session.handle(&Request::Change(change), 0).response;
    assert!(matches!(answer, Response::Changed(_)), "{answer:?}");
}

const FIRST_TWO: (&str, &str) = ("2026-10-05", "2026-10-06");

#[test]
fn a_target_is_spread_as_sales_were_a_year_before() {
    let mut session = session(&[ORDERS, TARGETS]);
    // 400 of 1,000 were sold on the first two days of a year before; now 320 are.
    check(&mut session, "sales.pace", FIRST_TWO, "-0.2");
    check(&mut session, "sales.pace", ("2026-10-06", "2026-10-06"), "-0.2");
    // On Wednesdays nothing was sold: nothing is asked for.
    check(&mut session, "sales.pace", ("2026-10-07", "2026-10-07"), "division_by_zero");
    check(&mut session, "sales.attain", FIRST_TWO, "0.32");
    // Of Amazon 200 were planned. A share of its target says nothing of that of the whole.
    let by_channel = TableBy::Dimension(Dimension::Channel);
    assert_eq!(values(&mut session, "sales.pace", FIRST_TWO, by_channel), ["0.6"]);
    let by_sku = TableBy::Dimension(Dimension::Sku);
    let of_skus = values(&mut session, "sales.pace", FIRST_TWO, by_sku);
    assert!(of_skus.iter().all(|value| value == "no_target"), "{of_skus:?}");
}

/// October sold 330 of the sheet's 10,000; of 3,300 that were typed it is a tenth, and of 660 half.
#[test]
fn what_is_typed_counts_before_a_sheet() {
    let mut session = session(&[ORDERS, TARGETS]);
    let october = ("2026-10-01", "2026-10-31");
    let days = Period::between(Day::parse(october.0).unwrap(), Day::parse(october.1).unwrap());
    let key = TargetKey { kpi: "sales.net".to_owned(), scope: TargetScope::default() };
    for (number, expected) in [("3300", "0.1"), ("660", "0.5")] {
        let number = Fixed::parse(number);
        let block = TargetBlock::of_one(TargetLevel::Commit, key.clone(), days, number);
        let targets = TargetChange::Numbers { blocks: vec![block], reason: "plan".to_owned() };
        change(&mut session, Change::Targets(Sealed::of(&targets)));
        check(&mut session, "sales.attain", october, expected);
    }
    let remove = TargetChange::Remove { keys: vec![key] };
    change(&mut session, Change::Targets(Sealed::of(&remove)));
    check(&mut session, "sales.attain", october, "0.033");
}

#[test]
fn the_target_of_fewer_days_counts() {
    let mut session = session(&[ORDERS, TARGETS]);
    // What reaches beyond the four days belongs to the month: 330 of 10,000.
    check(&mut session, "sales.attain", ("2026-10-05", "2026-10-12"), "0.033");
    check(&mut session, "sales.attain", ("2026-10-01", "2026-10-31"), "0.033");
    // Days of two months belong to both.
    let november = "KPI,Scope,From,To,Commit,Floor,Currency\nNet sales,,2026-11-01,2026-11-30,1000,,USD\nNet sales,,2026-11-02,2026-11-03,,7,USD\n";
    take_in(&mut session, november);
    check(&mut session, "sales.attain", ("2026-10-01", "2026-11-30"), "0.03");
    // A floor alone is no promise: it hides none.
    check(&mut session, "sales.attain", ("2026-10-12", "2026-11-03"), "0.00090909");
    check(&mut session, "sales.attain", ("2026-09-30", "2026-10-31"), "no_target");
}

#[test]
fn a_budget_without_a_year_before_is_spread_evenly() {
    let mut session = session(&[ORDERS, TARGETS, ADS]);
    // 100 a day.
    check(&mut session, "ads.budget_use", ("2026-10-05", "2026-10-05"), "0.6");
    check(&mut session, "ads.budget_use", FIRST_TWO, "0.3");
    check(&mut session, "ads.budget_use", ("2026-10-09", "2026-10-09"), "no_data");
}

#[test]
fn what_a_period_will_end_with() {
    // Eight weeks to the 12th: 90 on two Mondays, 240 on one Tuesday. To come are two Mondays and three
    // Tuesdays of October: 330 + 2 × 11.25 + 3 × 30. A year before is not known far enough back.
    let mut session = session(&[ORDERS]);
    let october = ("2026-10-01", "2026-10-31");
    check(&mut session, "sales.eop_forecast", october, "442.5");
    check(&mut session, "sales.eop_forecast", ("2026-10-01", "2026-10-12"), "330");
    check(&mut session, "sales.eop_forecast", ("2026-11-01", "2026-11-30"), "no_data");
    // 10.00 a day in 2025, twice as much in the autumn of 2026: 16 days are left of October.
    let mut daily = "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tquantity\tcurrency\titem-price\n".to_owned();
    let mut day = Day::parse("2025-08-01").unwrap();
    let autumn = Day::parse("2026-08-01").unwrap();
    while day <= Day::parse("2026-10-15").unwrap() {
        let price = if day < autumn { 10 } else { 20 };
        let order = format!("111-{:07}-0000001", day.days_since_epoch());
        daily += &format!(
            "{order}\t{day}T20:00:00+00:00\tShipped\tAmazon.com\tMUG\t1\tUSD\t{price}.00\n"
        );
        day = day.plus(1);
    }
    let mut session = self::session(&[&daily]);
    check(&mut session, "sales.eop_forecast", october, "620");
    let short = daily.lines().take(1).chain(daily.lines().skip(430)).collect::<Vec<_>>().join("\n");
    check(&mut self::session(&[&short]), "sales.eop_forecast", october, "too_short");
    // A second shop is told of to the 31st: what is left of the first one is expected all the same.
    let other = |day: &str| {
        format!(
            "Order ID,Order Status,Seller SKU,SKU ID,Product Name,Quantity,SKU Subtotal Before Discount,SKU Platform Discount,SKU Seller Discount,Created Time\n,,,,,,,,,\n5769{day},Completed,MUG,17,Mug,1,$7.00,$0.00,$0.00,{day} 10:00:00 AM\n"
        )
    };
    take_in(&mut session, &other("10/31/2026"));
    check(&mut session, "sales.eop_forecast", october, "627");
}

/// 310.00 of rent for October, of which 300.00 were planned.
const RENT: &str = "Month,Expense category,Amount,Currency\n2026-10-01,Rent,310.00,USD\n";
const BUDGET: &str =
    "KPI,Scope,From,To,Commit,Currency\nOverheads,,2026-10-01,2026-10-31,300,USD\n";

#[test]
fn overheads_against_their_budget() {
    let mut session = session(&[ORDERS, RENT, BUDGET]);
    check(&mut session, "fin.budget_var", ("2026-10-01", "2026-10-31"), "0.03333333");
    // Of ten days 100.00 against 96.7742.
    check(&mut session, "fin.budget_var", ("2026-10-01", "2026-10-10"), "0.03333326");
    check(&mut session, "fin.budget_var", ("2026-09-01", "2026-09-30"), "no_data");
    let by_channel = TableBy::Dimension(Dimension::Channel);
    let of_channels = values(&mut session, "fin.budget_var", FIRST_TWO, by_channel);
    assert_eq!(of_channels, ["whole_only"]);
}

#[test]
fn how_fresh_the_files_are() {
    let mut session = session(&[ORDERS, TARGETS, ADS]);
    // Orders to the 12th, ads to the 5th; the sheet of targets is no report.
    check(&mut session, "dq.fresh", ("2026-10-01", "2026-10-11"), "1");
    check(&mut session, "dq.fresh", ("2026-10-01", "2026-10-12"), "0.5");
    check(&mut session, "dq.fresh", ("2026-10-01", "2026-10-20"), "0");
    check(&mut session, "dq.fresh", ("2025-10-01", "2025-10-05"), "no_data");
}

#[test]
fn which_files_a_person_has_checked() {
    let mut session = session(&[ORDERS, ADS]);
    let october = ("2026-10-01", "2026-10-31");
    check(&mut session, "dq.signed", october, "0");
    let month = Day::parse("2026-10-01").unwrap();
    change(&mut session, Change::SignOff { month, name: "Ann".into() });
    // The orders reach over 13 months, of which one is signed.
    check(&mut session, "dq.signed", october, "0.5");
    change(&mut session, Change::WithdrawSignOff { month });
    check(&mut session, "dq.signed", october, "0");
    check(&mut session, "dq.signed", ("2027-01-01", "2027-01-31"), "no_data");
}

/// A mug for 3.00 and 1.00 of duty, dearer from the 6th on; of the lid nobody says its duty.
const COSTS: &str = "\
SKU,Unit cost,Duty,Currency,Valid from
MUG,3.00,1.00,USD,2026-10-01
LID,2.00,,USD,2026-10-01
MUG,3.00,2.00,USD,2026-10-07
";

#[test]
fn duty_in_what_was_sold() {
    let mut session = session(&[ORDERS, COSTS]);
    // 8 mugs with 1.00 of 4.00; lids are left out.
    check(&mut session, "pl.tariff_rate", FIRST_TWO, "0.25");
    // And one with 2.00 of 5.00: 10 of 37.
    check(&mut session, "pl.tariff_rate", ("2026-10-05", "2026-10-12"), "0.27027027");
    let by_sku = TableBy::Dimension(Dimension::Sku);
    let mut of_skus = values(&mut session, "pl.tariff_rate", FIRST_TWO, by_sku);
    of_skus.sort();
    assert_eq!(of_skus, ["0.25", "no_data"]);
    check(&mut session, "pl.tariff_rate", ("2025-10-01", "2025-10-31"), "no_data");
    // A cost that was typed later does not tell its duty.
    let typed = Change::EnterCost {
        sku: "MUG".into(),
        unit_cost: "9.00".into(),
        currency: linkstar_kpi::domain::Currency::parse("USD").unwrap(),
        valid_from: Day::parse("2026-10-10").unwrap(),
    };
    change(&mut session, typed);
    check(&mut session, "pl.tariff_rate", ("2026-10-05", "2026-10-12"), "0.25");
}

/// Two orders of 40.00 and 60.00, the second brought by a creator for 9.00.
const STATEMENT: &str = "\
Statement date,Statement ID,Payment ID,Status,Currency,Type,Order/adjustment ID,SKU ID,Quantity,Product name,SKU name,Order created date,Order delivery date,Total settlement amount,Net sales,Gross sales,Gross sales refund,Seller discount,Seller discount refund,Shipping,Fees,Transaction fee,Referral fee,Affiliate commission,Adjustment amount,Adjustment reason,Related order ID,Customer payment
2026/10/05,34001,p1,Paid,USD,Order,576900000000000001,1729900000000000011,1,Mug,S,2026/09/20,2026/09/25,37.60,40.00,40.00,0,0,0,0,-2.40,0,-2.40,0,0,,,40.00
2026/10/06,34002,p2,Paid,USD,Order,576900000000000002,1729900000000000011,1,Mug,S,2026/09/20,2026/09/25,47.40,60.00,60.00,0,0,0,0,-12.60,0,-3.60,-9.00,0,,,60.00
";

#[test]
fn what_creators_cost() {
    let mut session = session(&[STATEMENT]);
    check(&mut session, "ads.creator_rate", FIRST_TWO, "0.15");
    let first = ("2026-10-05", "2026-10-05");
    check(&mut session, "ads.creator_rate", first, "division_by_zero");
    check(&mut session, "ads.creator_rate", ("2026-10-07", "2026-10-07"), "no_data");
    let by_channel = TableBy::Dimension(Dimension::Channel);
    assert_eq!(values(&mut session, "ads.creator_rate", FIRST_TWO, by_channel), ["0.15"]);
}

/// Orders of the 20th and the 30th of September.
const SOLD: &str = "\
Order ID,Order Status,Seller SKU,SKU ID,Product Name,Quantity,SKU Subtotal Before Discount,SKU Platform Discount,SKU Seller Discount,Created Time
,,,,,,,,,
576900000000000001,Completed,MUG,1729900000000000011,Mug,1,$40.00,$0.00,$0.00,09/20/2026 10:00:00 AM
576900000000000002,Completed,MUG,1729900000000000011,Mug,1,$60.00,$0.00,$0.00,09/30/2026 10:00:00 AM
";

#[test]
fn how_long_money_is_on_its_way() {
    let mut session = session(&[SOLD, STATEMENT]);
    // 40.00 for 15 days and 60.00 for 6.
    check(&mut session, "fin.settle_lag", FIRST_TWO, "9.6");
    check(&mut session, "fin.settle_lag", ("2026-10-05", "2026-10-05"), "15");
    check(&mut session, "fin.settle_lag", ("2026-09-20", "2026-09-30"), "no_data");
    let by_channel = TableBy::Dimension(Dimension::Channel);
    assert_eq!(values(&mut session, "fin.settle_lag", FIRST_TWO, by_channel), ["9.6"]);
    // One settlement alone is one, too.
    let one = STATEMENT.lines().take(2).collect::<Vec<_>>().join("\n");
    check(&mut self::session(&[SOLD, &one]), "fin.settle_lag", FIRST_TWO, "15");
    // The fee of a settlement's last day ends it for its sales.
    let late = "\
settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\ttransaction-type\torder-id\tmarketplace-name\tamount-type\tamount-description\tamount\tposted-date\tposted-date-time\tsku\tquantity-purchased
1\t2026-10-01T00:00:00+00:00\t2026-10-15T00:00:00+00:00\t2026-10-16T00:00:00+00:00\t60.00\tUSD\t\t\t\t\t\t\t\t\t\t
1\t\t\t\t\tUSD\tOrder\t111-0000004-0000004\tAmazon.com\tItemPrice\tPrincipal\t80.00\t2026-10-07\t2026-10-07T20:00:00+00:00\tMUG\t8
1\t\t\t\t\tUSD\tOrder\t111-0000004-0000004\tAmazon.com\tItemFees\tCommission\t-20.00\t2026-10-13\t2026-10-13T20:00:00+00:00\tMUG\t
";
    let october = ("2026-10-01", "2026-10-31");
    check(&mut self::session(&[ORDERS, late]), "fin.settle_lag", october, "8");
    // Of orders that no file names nobody knows when they were made.
    let mut alone = self::session(&[STATEMENT]);
    check(&mut alone, "fin.settle_lag", FIRST_TWO, "division_by_zero");
}

#[test]
fn days_for_which_a_dollar_is_bound() {
    let costs = "SKU,Unit cost,Currency,Valid from\nMUG,4.00,USD,2025-01-01\n";
    let mut session = session(&[ORDERS, SOLD, STATEMENT, costs]);
    let days = ("2026-10-05", "2026-10-12");
    check(&mut session, "fin.ccc", days, "no_data");
    for day in ["2026-09-05", "2026-09-12", "2026-09-19", "2026-09-26"] {
        let heads = "snapshot-date,sku,available,inv-age-0-to-90-days,inv-age-91-to-180-days,inv-age-181-to-270-days,inv-age-271-to-365-days,inv-age-366-to-455-days,inv-age-456-plus-days,marketplace,estimated-excess-quantity,inbound-quantity";
        take_in(&mut session, &format!("{heads}\n{day},MUG,100,100,0,0,0,0,0,US,0,0\n"));
    }
    check(&mut session, "fin.ccc", days, "not_stated");
    let terms = Change::EnterValue {
        kpi: "fin.dpo".into(),
        channel: String::new(),
        shop: String::new(),
        day: Day::parse("2026-10-01").unwrap(),
        value: "30".into(),
    };
    change(&mut session, terms);
    // 9 mugs of 4.00 were sold at Amazon in a year out of 400.00: 365 ÷ 0.09 days. And 9.6 less 30.
    check(&mut session, "inv.dio", days, "4055.55555556");
    check(&mut session, "fin.ccc", days, "4035.15555556");
}

#[test]
fn what_a_team_says_of_itself() {
    let mut session = session(&[ORDERS]);
    let kpis = [
        "team.tickets_head",
        "team.action_close",
        "team.review_done",
        "team.agree",
        "kpi.validity",
    ];
    for kpi in kpis {
        check(&mut session, kpi, FIRST_TWO, "not_stated");
        let day = Day::parse("2026-10-01").unwrap();
        let (kpi, channel, shop) = (kpi.to_owned(), String::new(), String::new());
        let value = "0.75".to_owned();
        change(&mut session, Change::EnterValue { kpi, channel, shop, day, value });
    }
    for kpi in kpis {
        check(&mut session, kpi, FIRST_TWO, "0.75");
        // It is of the business, not of a channel.
        let by_channel = TableBy::Dimension(Dimension::Channel);
        assert_ne!(values(&mut session, kpi, FIRST_TWO, by_channel), ["0.75"]);
    }
    let reserve = |channel: &str| Change::EnterValue {
        kpi: "fin.reserve".into(),
        channel: channel.into(),
        shop: String::new(),
        day: Day::parse("2026-10-02").unwrap(),
        value: "0.2".into(),
    };
    change(&mut session, reserve("amazon"));
    check(&mut session, "fin.reserve", FIRST_TWO, "0.2");
    let refused = session.handle(&Request::Change(reserve("")), 0).response;
    assert!(matches!(refused, Response::Failed(_)), "a reserve is of a platform");
}
