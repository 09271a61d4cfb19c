//! Reports that state the same thing are counted once, whichever comes first.

use linkstar_kpi::{
    domain::{Day, Period},
    storage::Stored,
    worker::{
        protocol::{FileMeta, PendingFile, Question, Reading, ReadingEdit, Request, Response},
        session::Session,
        views::{TableBy, TableRequest},
    },
};

const ORDERS: &str = "\
amazon-order-id\tpurchase-date\tlast-updated-date\torder-status\tsales-channel\tproduct-name\tsku\tasin\tquantity\tcurrency\titem-price\titem-tax\titem-promotion-discount
111-0000001-0000001\t2026-10-30T18:00:00+00:00\t2026-11-20T00:00:00+00:00\tShipped\tAmazon.com\tMug\tMUG\tB0FAKE0001\t30\tUSD\t300.00\t0\t0
111-0000002-0000002\t2026-10-05T18:00:00+00:00\t2026-11-20T00:00:00+00:00\tShipped\tAmazon.com\tBowl\tBOWL\tB0FAKE0002\t1\tUSD\t20.00\t0\t0
";

const DATE_RANGE: &str = "\
\"date/time\",\"type\",\"order id\",\"sku\",\"marketplace\",\"product sales\",\"selling fees\",\"fba fees\",\"other\",\"total\"
\"Oct 31, 2026 9:00:00 AM PDT\",\"Refund\",\"111-0000001-0000001\",\"MUG\",\"amazon.com\",\"-40.00\",\"0\",\"0\",\"0\",\"-40.00\"
";

/// States the refund of the file above again, and one of a day that it does not have.
const SETTLEMENT: &str = "\
settlement-id\tsettlement-start-date\tsettlement-end-date\tdeposit-date\ttotal-amount\tcurrency\ttransaction-type\torder-id\tmarketplace-name\tamount-type\tamount-description\tamount\tposted-date\tposted-date-time\tsku\tquantity-purchased
1\t2026-10-31T00:00:00+00:00\t2026-11-03T00:00:00+00:00\t2026-11-04T00:00:00+00:00\t-65.00\tUSD\t\t\t\t\t\t\t\t\t\t
1\t\t\t\t\tUSD\tRefund\t111-0000001-0000001\tAmazon.com\tItemPrice\tPrincipal\t-40.00\t2026-10-31\t2026-10-31T16:00:00+00:00\tMUG\t4
1\t\t\t\t\tUSD\tRefund\t111-0000001-0000001\tAmazon.com\tItemPrice\tPrincipal\t-25.00\t2026-11-02\t2026-11-02T16:00:00+00:00\tMUG\t2
";

const MANAGE_FBA: &str = "\
sku\tfnsku\tasin\tproduct-name\tafn-fulfillable-quantity\tafn-unsellable-quantity\tafn-total-quantity
MUG\tX1\tB0FAKE0001\tMug\t10\t0\t10
";

fn planning(day: &str, available: u32) -> String {
    format!(
        "snapshot-date\tsku\tfnsku\tasin\tproduct-name\tcondition\tavailable\tpending-removal-quantity\t\
         inv-age-0-to-90-days\tinv-age-91-to-180-days\tinv-age-181-to-270-days\tinv-age-271-to-365-days\t\
         currency\tunits-shipped-t7\tunits-shipped-t30\n\
         {day}\tMUG\tX1\tB0FAKE0001\tMug\tNew\t{available}\t0\t{available}\t0\t0\t0\tUSD\t1\t30\n"
    )
}

/// The figure of a KPI for all days, of files taken in one after the other.
fn figure(kpi: &str, files: &[(&str, &str)]) -> String {
    let mut session = Session::new();
    session.open("w", "w", false, &Stored::default(), 0).expect("an empty workbook");
    for (name, text) in files {
        let size_bytes = text.len() as u64;
        let meta = FileMeta { name: (*name).to_owned(), size_bytes, modified_millis: 0 };
        let pending = session.begin_reading(meta, None);
        session.feed(pending, text.as_bytes());
        session.finish_reading(pending);
        if asks_for_its_period(&session) {
            let day = Day::parse("2026-11-04").expect("a day");
            let period = Period { from: day, to: day };
            session.begin_rereading(pending, ReadingEdit::Period { period }).expect("pending");
            session.feed(pending, text.as_bytes());
            session.finish_reading(pending);
        }
        let response = session.handle(&Request::ConfirmPending, 0).response;
        let Response::Confirmed { imports, .. } = response else { panic!("{name}: {response:?}") };
        assert_eq!(imports.len(), 1, "{name}: {:?}", session.pending());
    }
    let request = TableRequest { by: TableBy::Total, kpis: vec![kpi.to_owned()], period: None };
    let table = session.table(&request).expect("figures");
    let value = table.rows.first().and_then(|row| row.value.value.clone());
    value.unwrap_or_else(|| format!("{:?}", table.rows))
}

fn asks_for_its_period(session: &Session) -> bool {
    let is_open = |file: &PendingFile| match &file.reading {
        Reading::Asking(file) => file.questions == [Question::Period],
        _ => false,
    };
    session.pending().iter().any(is_open)
}

#[test]
fn a_refund_that_two_reports_state_is_given_back_once() {
    let (orders, range, settlement) =
        (("orders.txt", ORDERS), ("range.csv", DATE_RANGE), ("settlement.txt", SETTLEMENT));
    assert_eq!(figure("sales.net", &[orders]), "320");
    assert_eq!(figure("sales.net", &[orders, range]), "280");
    assert_eq!(figure("sales.net", &[orders, settlement]), "255");
    assert_eq!(figure("sales.net", &[orders, range, settlement]), "255");
    assert_eq!(figure("sales.net", &[settlement, range, orders]), "255");
}

#[test]
fn stock_that_two_reports_state_is_there_once() {
    let orders = ("orders.txt", ORDERS);
    let manage = ("inventory 2026-11-04.txt", MANAGE_FBA);
    let (same, later) = (planning("2026-11-04", 12), planning("2026-11-05", 14));
    let (same, later) = (("planning.txt", same.as_str()), ("later.txt", later.as_str()));
    // Thirty mugs in thirty days: a mug lasts a day.
    assert_eq!(figure("inv.dos", &[orders, manage]), "10");
    assert_eq!(figure("inv.dos", &[orders, same]), "12");
    assert_eq!(figure("inv.dos", &[orders, manage, same]), "10");
    assert_eq!(figure("inv.dos", &[same, manage, orders]), "10");
    assert_eq!(figure("inv.dos", &[orders, manage, later]), "14");
}

/// Two campaigns of different kinds, for the days above it.
const CAMPAIGN_MANAGER: &str = "\
State,Campaigns,Status,Type,Campaign bidding strategy,Start date,Impressions,Clicks,Spend(USD),Orders,Sales(USD)
ENABLED,Mugs,RUNNING,SP,,11/15/25,1000,10,12.00,1,30.00
ENABLED,Brand,RUNNING,SB,,11/15/25,500,5,8.00,1,20.00
";

/// The brand's campaign again.
const BRANDS: &str = "\
Date,Portfolio name,Currency,Campaign Name,Cost type,Impressions,Clicks,Spend,14 Day Total Sales,14 Day Total Orders (#),14 Day Total Units (#),Viewable Impressions,14 Day Branded Searches
\"Nov 04, 2026\",,USD,Brand,CPC,500,5,8.00,20.00,1,1,400,1
";

#[test]
fn campaigns_of_one_table_rank_by_their_kind_of_ads() {
    let (manager, brands) = (("campaigns.csv", CAMPAIGN_MANAGER), ("brands.csv", BRANDS));
    assert_eq!(figure("ads.spend", &[brands]), "8");
    assert_eq!(figure("ads.spend", &[manager]), "20");
    assert_eq!(figure("ads.spend", &[manager, brands]), "20");
    assert_eq!(figure("ads.spend", &[brands, manager]), "20");
}
