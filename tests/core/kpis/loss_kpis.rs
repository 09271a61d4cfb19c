//! What refunds, losses in warehouses and exchange rates cost, as worked out by hand.

use linkstar_kpi::{
    domain::{Day, Dimension, Period},
    worker::{
        protocol::{Change, Request, Response},
        session::Session,
        views::TableBy,
    },
};

use crate::workbook::{check, session, take_in, values};

const SEPTEMBER: (&str, &str) = ("2026-09-01", "2026-09-30");

/// Four sales of 300.00 in all; one and a half of them are given back. Of the fee on the mug of the first,
/// 3.00 stay with Amazon; half of the second's 6.00 belong to what was given back, of which 2.00 came back.
const DATE_RANGE: &str = "\
\"date/time\",\"settlement id\",\"type\",\"order id\",\"sku\",\"description\",\"quantity\",\"marketplace\",\"fulfillment\",\"order city\",\"order state\",\"order postal\",\"product sales\",\"shipping credits\",\"gift wrap credits\",\"promotional rebates\",\"selling fees\",\"fba fees\",\"other transaction fees\",\"other\",\"total\"
\"Sep 1, 2026 9:00:00 AM PDT\",\"1\",\"Order\",\"111-0000001-0000001\",\"MUG\",\"Mug\",\"1\",\"amazon.com\",\"Amazon\",\"\",\"\",\"\",\"100\",\"0\",\"0\",\"0\",\"-15\",\"-5\",\"0\",\"0\",\"80\"
\"Sep 1, 2026 9:00:00 AM PDT\",\"1\",\"Order\",\"111-0000001-0000001\",\"LID\",\"Lid\",\"1\",\"amazon.com\",\"Amazon\",\"\",\"\",\"\",\"50\",\"0\",\"0\",\"0\",\"-7\",\"-5\",\"0\",\"0\",\"38\"
\"Sep 2, 2026 9:00:00 AM PDT\",\"1\",\"Order\",\"111-0000002-0000002\",\"MUG\",\"Mug\",\"1\",\"amazon.com\",\"Amazon\",\"\",\"\",\"\",\"40\",\"0\",\"0\",\"0\",\"-6\",\"-5\",\"0\",\"0\",\"29\"
\"Sep 3, 2026 9:00:00 AM PDT\",\"1\",\"Order\",\"111-0000003-0000003\",\"MUG\",\"Mug\",\"1\",\"amazon.com\",\"Amazon\",\"\",\"\",\"\",\"110\",\"0\",\"0\",\"0\",\"-16\",\"-5\",\"0\",\"0\",\"89\"
\"Sep 10, 2026 9:00:00 AM PDT\",\"1\",\"Refund\",\"111-0000001-0000001\",\"MUG\",\"Mug\",\"1\",\"amazon.com\",\"Amazon\",\"\",\"\",\"\",\"-100\",\"0\",\"0\",\"0\",\"12\",\"0\",\"0\",\"0\",\"-88\"
\"Sep 11, 2026 9:00:00 AM PDT\",\"1\",\"Refund\",\"111-0000002-0000002\",\"MUG\",\"Mug\",\"1\",\"amazon.com\",\"Amazon\",\"\",\"\",\"\",\"-20\",\"0\",\"0\",\"0\",\"2\",\"0\",\"0\",\"0\",\"-18\"
\"Sep 12, 2026 9:00:00 AM PDT\",\"1\",\"Refund\",\"110-0000009-0000009\",\"MUG\",\"Mug\",\"1\",\"amazon.com\",\"Amazon\",\"\",\"\",\"\",\"-10\",\"0\",\"0\",\"0\",\"1\",\"0\",\"0\",\"0\",\"-9\"
\"Sep 15, 2026 9:00:00 AM PDT\",\"1\",\"Transfer\",\"\",\"\",\"To account ending in: 000\",\"\",\"amazon.com\",\"\",\"\",\"\",\"\",\"0\",\"0\",\"0\",\"0\",\"0\",\"0\",\"0\",\"-100\",\"-100\"
\"Sep 29, 2026 9:00:00 AM PDT\",\"2\",\"Transfer\",\"\",\"\",\"To account ending in: 000\",\"\",\"amazon.com\",\"\",\"\",\"\",\"\",\"0\",\"0\",\"0\",\"0\",\"0\",\"0\",\"0\",\"-50\",\"-50\"
";

/// One mug comes back fit to be sold, one broken.
const RETURNS: &str = "\
return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\tfulfillment-center-id\tdetailed-disposition\treason\tstatus\tlicense-plate-number\tcustomer-comments
2026-09-01\t110-0000008-0000008\tLID\tB0FAKE0002\tX2\tLid\t1\tABC1\tDAMAGED\tDEFECTIVE\tUnit returned to inventory\tL0\t
2026-09-10\t111-0000001-0000001\tMUG\tB0FAKE0001\tX1\tMug\t1\tABC1\tSELLABLE\tUNWANTED_ITEM\tUnit returned to inventory\tL1\t
2026-09-30\t111-0000002-0000002\tMUG\tB0FAKE0001\tX1\tMug\t1\tABC1\tCUSTOMER_DAMAGED\tDEFECTIVE\tUnit returned to inventory\tL2\t
";

const COSTS: &str =
    "SKU,Unit cost,Currency,Valid from\nMUG,30.00,USD,2026-01-01\nLID,8.00,USD,2026-01-01\n";

const MUG_COSTS: &str = "SKU,Unit cost,Currency,Valid from\nMUG,30.00,USD,2026-01-01\n";

#[test]
fn refunds_cost_what_does_not_come_back() {
    let mut session = session(&[DATE_RANGE]);
    check(&mut session, "pl.refund_cost", SEPTEMBER, "no_data");
    take_in(&mut session, RETURNS);
    check(&mut session, "pl.refund_cost", SEPTEMBER, "missing_cost");
    take_in(&mut session, COSTS);
    // (100 + 20 + 10) given back, less one mug at 30, plus fees of 3 and 1; what was kept of the order that
    // no file has is not known: 104 ÷ 300.
    check(&mut session, "pl.refund_cost", SEPTEMBER, "0.34666667");
    check(&mut session, "pl.refund_cost", ("2026-09-02", "2026-09-02"), "0");
    check(&mut session, "pl.refund_cost", ("2026-09-10", "2026-09-10"), "division_by_zero");
    // By the orders' days all of it is of the 1st and the 2nd.
    let by_order = Change::ChooseContract {
        contract: "refund_timing".to_owned(),
        choice: "order_date".to_owned(),
        reason: String::new(),
    };
    change(&mut session, by_order);
    // (100 − 30 + 3) ÷ 150 and (20 + 1) ÷ 40; the order that no file has stays where its refund is.
    check(&mut session, "pl.refund_cost", ("2026-09-01", "2026-09-01"), "0.48666667");
    check(&mut session, "pl.refund_cost", ("2026-09-02", "2026-09-02"), "0.525");
    check(&mut session, "pl.refund_cost", SEPTEMBER, "0.34666667");
    session.handle(&Request::Undo, 0);
    // Mugs alone: 104 ÷ 250. Lids lost nothing: none was refunded. The whole is no sum of its parts.
    let by_sku = TableBy::Dimension(Dimension::Sku);
    assert_eq!(values(&mut session, "pl.refund_cost", SEPTEMBER, by_sku), ["0", "0.416"]);
}

/// Of ten units lost on the 4th four are found on the 6th; two of what could be sold are damaged, which moves
/// them, and a lid is lost.
const LEDGER: &str = "\
Date\tFNSKU\tASIN\tMSKU\tTitle\tDisposition\tStarting Warehouse Balance\tIn Transit Between Warehouses\tReceipts\tCustomer Shipments\tCustomer Returns\tVendor Returns\tWarehouse Transfer In/Out\tFound\tLost\tDamaged\tDisposed\tOther Events\tEnding Warehouse Balance\tUnknown Events\tLocation\tStore
09/04/2026\tX1\tB0FAKE0001\tMUG\tMug\tSELLABLE\t50\t0\t0\t0\t0\t0\t0\t0\t-10\t-2\t0\t0\t38\t0\tUS\t
09/04/2026\tX1\tB0FAKE0001\tMUG\tMug\tWAREHOUSE_DAMAGED\t0\t0\t0\t0\t0\t0\t0\t0\t0\t2\t0\t0\t2\t0\tUS\t
09/06/2026\tX1\tB0FAKE0001\tMUG\tMug\tSELLABLE\t38\t0\t0\t0\t0\t0\t0\t4\t0\t0\t0\t0\t42\t0\tUS\t
09/07/2026\tX2\tB0FAKE0002\tLID\tLid\tSELLABLE\t5\t0\t0\t0\t0\t0\t0\t0\t-1\t0\t0\t0\t4\t0\tUS\t
09/30/2026\tX2\tB0FAKE0002\tLID\tLid\tSELLABLE\t4\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t4\t0\tUS\t
";

/// 75.00 for mugs and one put back; what a buyer did not send back is another matter.
const REIMBURSED: &str = "\
\"approval-date\",\"reimbursement-id\",\"case-id\",\"amazon-order-id\",\"reason\",\"sku\",\"fnsku\",\"asin\",\"product-name\",\"condition\",\"currency-unit\",\"amount-per-unit\",\"amount-total\",\"quantity-reimbursed-cash\",\"quantity-reimbursed-inventory\",\"quantity-reimbursed-total\",\"original-reimbursement-id\",\"original-reimbursement-type\"
\"2026-09-20 PDT\",\"5001\",\"\",\"\",\"Lost_Warehouse\",\"MUG\",\"X1\",\"B0FAKE0001\",\"Mug\",\"Sellable\",\"USD\",\"25.00\",\"75.00\",\"3\",\"0\",\"3\",\"\",\"\"
\"2026-09-21 PDT\",\"5002\",\"\",\"\",\"Damaged_Warehouse\",\"MUG\",\"X1\",\"B0FAKE0001\",\"Mug\",\"Sellable\",\"USD\",\"0.00\",\"0.00\",\"0\",\"1\",\"1\",\"\",\"\"
\"2026-09-22 PDT\",\"5003\",\"\",\"111-0000001-0000001\",\"CustomerReturn\",\"MUG\",\"X1\",\"B0FAKE0001\",\"Mug\",\"Sellable\",\"USD\",\"99.00\",\"99.00\",\"1\",\"0\",\"1\",\"\",\"\"
";

#[test]
fn what_is_paid_for_losses_in_warehouses() {
    let mut session = session(&[LEDGER]);
    check(&mut session, "fin.reimb", SEPTEMBER, "no_data");
    take_in(&mut session, REIMBURSED);
    check(&mut session, "fin.reimb", SEPTEMBER, "missing_cost");
    take_in(&mut session, COSTS);
    // (75 + 30) ÷ ((10 + 2 − 4) × 30 + 8).
    check(&mut session, "fin.reimb", SEPTEMBER, "0.4233871");
    // Where what a lid costs is not known, nothing is said of the whole.
    let mut partly = self::session(&[LEDGER, REIMBURSED, MUG_COSTS]);
    check(&mut partly, "fin.reimb", SEPTEMBER, "missing_cost");
    // A ledger by months says it of all days of the month.
    let monthly =
        LEDGER.lines().take(2).collect::<Vec<_>>().join("\n").replace("09/04/2026", "09/2026");
    let mut monthly = self::session(&[&monthly, REIMBURSED, COSTS]);
    // 105 ÷ 360 in all, and ÷ half of it in half of the days.
    check(&mut monthly, "fin.reimb", SEPTEMBER, "0.29166667");
    check(&mut monthly, "fin.reimb", ("2026-09-16", "2026-09-30"), "0.58333333");
    check(&mut session, "fin.reimb", ("2026-09-20", "2026-09-21"), "division_by_zero");
    // Found again more than was lost: no part of it.
    check(&mut session, "fin.reimb", ("2026-09-05", "2026-09-21"), "negative_denominator");
}

#[test]
fn payouts_are_worth_more_or_less_than_planned() {
    let mut session = session(&[DATE_RANGE]);
    check(&mut session, "fin.fx", SEPTEMBER, "no_plan_rate");
    let rates = "Valid from,From currency,To currency,Rate,Plan rate\n2026-09-01,USD,CNY,7.2,7\n2026-09-20,USD,CNY,6.8,\n";
    take_in(&mut session, rates);
    // 100 × 0.2 yuan on the 15th are 2.7778 dollars at 7.2; 50 × −0.2 on the 29th are −1.4706 at 6.8.
    check(&mut session, "fin.fx", ("2026-09-15", "2026-09-15"), "2.7778");
    check(&mut session, "fin.fx", ("2026-09-29", "2026-09-29"), "-1.4706");
    check(&mut session, "fin.fx", SEPTEMBER, "1.3072");
    check(&mut session, "fin.fx", ("2026-08-01", "2026-08-31"), "no_data");
    // The same the other way round: 100 ÷ 0.125 − 100 ÷ 0.16 = 175 of a currency that is 0.125 dollars.
    let turned =
        "Valid from,From currency,To currency,Rate,Plan rate\n2026-09-01,CNY,USD,0.125,0.16\n";
    let mut turned = self::session(&[DATE_RANGE, turned]);
    check(&mut turned, "fin.fx", ("2026-09-15", "2026-09-15"), "21.875");
    // A payout alone is told, and one without a plan is not left out of the sum.
    let payouts = "Payout Date,Status,Charges,Refunds,Adjustments,Marketplace Sales Tax,Advances,Reserved Funds,Fees,Retried Amount,Total,Currency,Bank Reference\n2026-09-03,paid,110.00,0.00,0.00,0.00,0.00,0.00,-10.00,0.00,100.00,USD,REF-1\n";
    check(&mut self::session(&[payouts, rates]), "fin.fx", ("2026-09-03", "2026-09-03"), "2.7778");
    let late = rates.replace("2026-09-01", "2026-09-16");
    check(&mut self::session(&[DATE_RANGE, &late]), "fin.fx", SEPTEMBER, "no_plan_rate");
}

fn change(session: &mut Session, change: Change) {
    let answer = session.handle(&Request::Change(change), 0).response;
    assert!(matches!(answer, Response::Changed(_)), "{answer:?}");
}

fn enter_total(session: &mut Session, kpi: &str, stated: &str) {
    let day = |text| Day::parse(text).unwrap();
    let total = Change::EnterTotal {
        channel: "amazon".to_owned(),
        shop: String::new(),
        period: Period::between(day(SEPTEMBER.0), day(SEPTEMBER.1)),
        kpi: kpi.to_owned(),
        stated: stated.to_owned(),
    };
    change(session, total);
}

#[test]
fn what_nobody_can_explain_beside_a_platforms_total() {
    let mut session = session(&[DATE_RANGE]);
    check(&mut session, "fin.recon", SEPTEMBER, "no_data");
    // Ours are 300 of gross and 170 of net sales: 130 were given back.
    enter_total(&mut session, "sales.gross", "310");
    enter_total(&mut session, "sales.net", "300");
    check(&mut session, "fin.recon", SEPTEMBER, "0.2295082");
    check(&mut session, "fin.recon", ("2026-09-01", "2026-09-29"), "no_data");
    let by_channel = TableBy::Dimension(Dimension::Channel);
    assert_eq!(values(&mut session, "fin.recon", SEPTEMBER, by_channel), ["0.2295082"]);
    let by_sku = TableBy::Dimension(Dimension::Sku);
    assert_eq!(values(&mut session, "fin.recon", SEPTEMBER, by_sku), ["no_sku_detail"; 2]);
    let answer = session.handle(&Request::Reconciliation, 0).response;
    let Response::Reconciliation(view) = answer else { panic!("{answer:?}") };
    let view = view.open().unwrap();
    let total = view.totals.iter().find(|total| total.kpi == "sales.net").unwrap().id.clone();
    change(&mut session, Change::ExplainTotal { total, causes: vec!["refunds".to_owned()] });
    // Of 610 only the 10 of gross sales are left.
    check(&mut session, "fin.recon", SEPTEMBER, "0.01639344");
}
