//! KPIs that are counted SKU by SKU, day of stock by day of stock or search term by search term, as worked
//! out by hand.

use std::fmt::Write as _;

use linkstar_kpi::worker::session::Session;

use crate::workbook::{opened, take_in, value};

/// Orders of one unit each, noon in Los Angeles; the price is that of all units of the line.
fn orders(lines: &[(&str, &str, u32, u32)]) -> String {
    let mut text = "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tquantity\tcurrency\titem-price\n".to_owned();
    for (nth, (day, sku, units, price)) in lines.iter().enumerate() {
        let order = format!("111-{nth:07}-0000000");
        writeln!(
            text,
            "{order}\t{day}T20:00:00+00:00\tShipped\tAmazon.com\t{sku}\t{units}\tUSD\t{price}.00"
        )
        .unwrap();
    }
    text
}

/// What a snapshot of FBA lists: SKU, available, inbound, aged 181 to 270 days, excess.
fn snapshot(day: &str, levels: &[(&str, u32, u32, u32, u32)]) -> String {
    let mut text = "snapshot-date,sku,available,inv-age-0-to-90-days,inv-age-91-to-180-days,inv-age-181-to-270-days,inv-age-271-to-365-days,inv-age-366-to-455-days,inv-age-456-plus-days,marketplace,estimated-excess-quantity,inbound-quantity\n".to_owned();
    for (sku, available, inbound, old, excess) in levels {
        let young = available - old;
        writeln!(text, "{day},{sku},{available},{young},0,{old},0,0,0,US,{excess},{inbound}")
            .unwrap();
    }
    text
}

/// Fees of single orders.
fn fees(lines: &[(&str, &str, &str)]) -> String {
    let mut text = "\"date/time\",\"type\",\"order id\",\"sku\",\"quantity\",\"marketplace\",\"product sales\",\"promotional rebates\",\"selling fees\",\"fba fees\",\"other\",\"total\"\n".to_owned();
    for (day, sku, fee) in lines {
        writeln!(
            text,
            "\"{day} 9:00:00 AM PST\",\"Order\",\"111-0000001-0000001\",\"{sku}\",\"0\",\"amazon.com\",\"0\",\"0\",\"-{fee}\",\"0\",\"0\",\"-{fee}\""
        )
        .unwrap();
    }
    text
}

/// Twelve SKUs sold on the 12th of March for 120, 110 … 10 dollars; all but the first were sold in September
/// already. The second one sold on the 1st of February, too.
fn twelve_skus() -> Session {
    let names: Vec<String> = (1..=12).map(|nth| format!("S{nth:02}")).collect();
    let price = |nth: usize| 10 * (12 - u32::try_from(nth).unwrap());
    let mut lines = vec![("2026-02-01", "S02", 2, 100)];
    for (nth, sku) in names.iter().enumerate() {
        lines.push(("2026-03-12", sku, 1, price(nth)));
        if nth > 0 {
            lines.push(("2025-09-01", sku, 1, price(nth)));
        }
    }
    let mut session = opened();
    take_in(&mut session, &orders(&lines));
    for text in [
        snapshot("2026-03-10", &[("S01", 3, 0, 0, 0), ("S02", 0, 0, 0, 0)]),
        snapshot("2026-03-14", &[("S01", 2, 0, 0, 0), ("S02", 1, 0, 0, 0)]),
        snapshot("2026-03-31", &[("S01", 5, 0, 2, 1), ("S13", 4, 0, 1, 3), ("S14", 0, 0, 0, 0)]),
    ] {
        take_in(&mut session, &text);
    }
    session
}

const MARCH: (&str, &str) = ("2026-03-01", "2026-03-31");
const FEBRUARY: (&str, &str) = ("2026-02-01", "2026-02-28");

#[track_caller]
fn check(session: &mut Session, kpi: &str, expected: &str) {
    assert_eq!(value(session, kpi, MARCH), expected, "{kpi}");
}

/// 780 in all, 10 + 20 of which are those of the two smallest; the first SKU, 120, is new.
#[test]
fn shares_of_the_largest_and_of_new_skus() {
    let mut session = twelve_skus();
    check(&mut session, "sales.top10", "0.96153846");
    check(&mut session, "sales.new_share", "0.15384615");
    // Who was new in the first half year of the files nobody knows.
    assert_eq!(value(&mut session, "sales.new_share", ("2025-09-01", "2026-02-26")), "too_short");
    assert_eq!(value(&mut session, "sales.new_share", ("2025-09-01", "2026-02-27")), "0");
    assert_eq!(value(&mut session, "sales.top10", ("2026-03-20", "2026-03-31")), "no_data");
}

/// Twelve SKUs sold, one more lies there.
#[test]
fn a_sku_is_active_when_it_sells() {
    let mut session = twelve_skus();
    check(&mut session, "sales.moving_rate", "0.92307692");
    assert_eq!(value(&mut session, "sales.moving_rate", FEBRUARY), "no_data");
}

/// The second SKU was out of stock from the 10th to the 13th, after 2 units in 90 days, and on the 31st, after
/// 3: 8 + 3 units × days without stock. In stock: 7 days each from the 14th on, after 1 and 3 units, and the
/// first SKU on the 31st: 7 + 21 + 1.
#[test]
fn stock_outs_weigh_what_was_sold_before() {
    let mut session = twelve_skus();
    check(&mut session, "inv.instock", "0.725");
    check(&mut session, "inv.oos_days", "5");
    // Four days of 100 ÷ 90 dollars, one of 210 ÷ 90.
    check(&mut session, "inv.lost_sales", "6.7777");
    for kpi in ["inv.instock", "inv.oos_days", "inv.lost_sales"] {
        assert_eq!(value(&mut session, kpi, FEBRUARY), "no_data", "{kpi}");
    }
}

/// Snapshots of 3, 3 and 9 units; 4 units of the SKUs in them were sold in 90 days.
#[test]
fn stock_is_held_against_the_sales_of_ninety_days() {
    let mut session = twelve_skus();
    check(&mut session, "inv.hist_days_supply", "112.5");
    check(&mut session, "inv.sell_through", "0.8");
    let earlier = ("2026-03-01", "2026-03-30");
    assert_eq!(value(&mut session, "inv.sell_through", earlier), "needs_snapshots");
}

/// Of the newest snapshot: 3 of 9 units are old, 4 too many.
#[test]
fn old_and_excess_units_are_those_of_the_newest_snapshot() {
    let mut session = twelve_skus();
    check(&mut session, "inv.age_max", "0.33333333");
    check(&mut session, "inv.excess", "0.44444444");
    assert_eq!(value(&mut session, "inv.age_max", FEBRUARY), "no_data");
}

/// Every week one unit of each of two SKUs for 10.00, with a fee of 1.00. One costs 20.00; the other one cost
/// 20.00 for seven weeks and 5.00 after.
fn weekly() -> Session {
    let weeks = [
        ("2026-01-08", "Jan 8, 2026"),
        ("2026-01-15", "Jan 15, 2026"),
        ("2026-01-22", "Jan 22, 2026"),
        ("2026-01-29", "Jan 29, 2026"),
        ("2026-02-05", "Feb 5, 2026"),
        ("2026-02-12", "Feb 12, 2026"),
        ("2026-02-19", "Feb 19, 2026"),
        ("2026-02-26", "Feb 26, 2026"),
        ("2026-03-05", "Mar 5, 2026"),
        ("2026-03-12", "Mar 12, 2026"),
        ("2026-03-19", "Mar 19, 2026"),
        ("2026-03-26", "Mar 26, 2026"),
    ];
    let mut session = opened();
    let lines = weeks.iter().flat_map(|(day, _)| ["BAD", "NEAR"].map(|sku| (*day, sku, 1, 10)));
    take_in(&mut session, &orders(&lines.collect::<Vec<_>>()));
    let lines = weeks.iter().flat_map(|(_, day)| ["BAD", "NEAR"].map(|sku| (*day, sku, "1.00")));
    take_in(&mut session, &fees(&lines.collect::<Vec<_>>()));
    take_in(
        &mut session,
        "SKU,Unit cost,Currency,Valid from\nBAD,20.00,USD,2025-01-01\nNEAR,20.00,USD,2025-01-01\nNEAR,5.00,USD,2026-02-20\n",
    );
    take_in(&mut session, &snapshot("2026-03-26", &[("BAD", 1, 6, 0, 0), ("NEAR", 1, 8, 0, 0)]));
    session
}

/// In March both sold; 10 − 1 − 20 is a loss, 10 − 1 − 5 is none.
#[test]
fn a_sku_that_does_not_pay_for_itself_loses_money() {
    let mut session = weekly();
    check(&mut session, "pl.loss_sku", "0.5");
    assert_eq!(value(&mut session, "pl.loss_sku", ("2026-02-01", "2026-02-19")), "1");
    assert_eq!(value(&mut session, "pl.loss_sku", ("2026-03-27", "2026-03-31")), "no_data");
}

/// Six units at 20.00 are on their way of the SKU that lost in every week. The other one lost in seven.
#[test]
fn what_comes_in_of_loss_makers_is_told_at_cost() {
    let mut session = weekly();
    assert_eq!(value(&mut session, "pl.restock_loss", ("2026-03-01", "2026-03-26")), "120");
    // A week earlier nothing was known of what comes in.
    assert_eq!(value(&mut session, "pl.restock_loss", ("2026-03-01", "2026-03-19")), "no_data");
}

/// 20 orders of 130 clicks: ln 0.05 ÷ ln (1 − 2 ÷ 13) = 17.9, so that 20 clicks without an order are too many
/// and 10 are not.
#[test]
fn terms_with_many_clicks_and_no_order_are_waste() {
    let header = "Date,Currency,Campaign Name,Ad Group Name,Targeting,Match Type,Customer Search Term,Impressions,Clicks,Spend,7 Day Total Sales,7 Day Total Orders (#),7 Day Total Units (#)\n";
    let line = |day: &str, term: &str, clicks: u32, spend: &str, orders: u32| {
        format!(
            "\"Mar {day}, 2026\",USD,Mugs,All,mug,BROAD,{term},1000,{clicks},{spend},{orders}.00,{orders},{orders}\n"
        )
    };
    let mut session = opened();
    let lines = [
        line("02", "mug", 100, "50.00", 20),
        // Of two days: each alone would be too few.
        line("02", "cup", 10, "4.00", 0),
        line("03", "cup", 10, "6.00", 0),
        line("03", "glass", 10, "5.00", 0),
    ];
    take_in(&mut session, &format!("{header}{}", lines.concat()));
    check(&mut session, "ads.waste", "0.15384615");
    // On the 3rd nothing was ordered.
    assert_eq!(value(&mut session, "ads.waste", ("2026-03-03", "2026-03-03")), "no_ad_orders");
    assert_eq!(value(&mut session, "ads.waste", FEBRUARY), "no_data");
}

/// One of 200 rows has no day.
#[test]
fn rows_that_were_set_aside_are_counted_among_all() {
    let lines = vec![("2026-03-01", "A", 1, 1); 199];
    let text =
        format!("{}111-9-9\tyesterday\tShipped\tAmazon.com\tA\t1\tUSD\t1.00\n", orders(&lines));
    let mut session = opened();
    take_in(&mut session, &text);
    check(&mut session, "dq.rejected", "0.005");
    assert_eq!(value(&mut session, "dq.rejected", FEBRUARY), "no_data");
}

/// 30 mugs were sold in March for 600.00, which cost 540.00 and fees of 30.00; 3 came back; 10 are left.
#[test]
fn a_sku_is_scored_by_cover_margin_activity_and_returns() {
    let mut session = opened();
    take_in(&mut session, &orders(&[("2026-01-01", "MUG", 1, 20), ("2026-03-10", "MUG", 30, 600)]));
    take_in(&mut session, &fees(&[("Jan 1, 2026", "MUG", "5"), ("Mar 31, 2026", "MUG", "30")]));
    take_in(&mut session, &snapshot("2026-03-31", &[("MUG", 10, 0, 0, 0)]));
    check(&mut session, "inv.sku_score", "missing_cost");
    take_in(&mut session, "SKU,Unit cost,Currency,Valid from\nMUG,18.00,USD,2025-01-01\n");
    check(&mut session, "inv.sku_score", "no_data");
    let returned = "\
return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\tfulfillment-center-id\tdetailed-disposition\treason\tstatus\tlicense-plate-number\tcustomer-comments
2026-01-01\t111-0000000-0000000\tMUG\tB0FAKE0001\tX1\tMug\t1\tABC1\tSELLABLE\tUNWANTED_ITEM\tUnit returned to inventory\tL1\t
2026-03-31\t111-0000001-0000000\tMUG\tB0FAKE0001\tX1\tMug\t3\tABC1\tSELLABLE\tUNWANTED_ITEM\tUnit returned to inventory\tL2\t
";
    take_in(&mut session, returned);
    // 10 days of 30, 5 % of 15, 10 % of returns: a third of the points for each. It sold: 20.
    // 0.8 × 33.33333333 + 20.
    check(&mut session, "inv.sku_score", "46.66666666");
    // Of the first weeks of the files too little is known.
    assert_eq!(value(&mut session, "inv.sku_score", FEBRUARY), "no_data");
}
