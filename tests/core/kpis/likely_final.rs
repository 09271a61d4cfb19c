//! Where figures of ads that have not settled will probably end, as worked out by hand.

use linkstar_kpi::{
    domain::{Day, Dimension, Filters, Period},
    storage::{MemoryStore, Stored},
    worker::{
        protocol::{FileMeta, HomeRequest, LikelyView, RangeView, Request, Response},
        session::Session,
    },
};

use crate::workbook::{asked_of, opened, session, take_in};

const HEAD: &str = "Date,Portfolio name,Currency,Campaign Name,Impressions,Clicks,Click-Thru Rate (CTR),Cost Per Click (CPC),Spend,7 Day Total Sales,Total Advertising Cost of Sales (ACOS),Total Return on Advertising Spend (ROAS),7 Day Total Orders (#),7 Day Total Units (#)\n";

/// A day of a campaign in August: spend, sales, orders. Twenty clicks.
fn row(campaign: &str, day: i64, [spend, sales, orders]: [i64; 3]) -> String {
    format!(
        "\"Aug {day}, 2026\",,USD,{campaign},1000,20,2%,1.00,{spend}.00,{sales}.00,0%,0,{orders},{orders}\n"
    )
}

/// The first days of August, each downloaded on its evening: 100 of sales, ten orders.
fn early(days: std::ops::RangeInclusive<i64>) -> Vec<String> {
    days.map(|day| format!("{HEAD}{}", row("Mugs", day, [20, 100, 10]))).collect()
}

/// The same days at the end of August: 110, 120 … 180 of sales, 11 … 18 orders. And two days that are new:
/// 200 of sales for 50 on the 30th, 100 for 40 on the 31st.
fn late() -> String {
    let settled = (1..=8).map(|day| row("Mugs", day, [20, 100 + 10 * day, 10 + day]));
    let new = [row("Mugs", 30, [50, 200, 20]), row("Mugs", 31, [40, 100, 10])];
    HEAD.to_owned() + &settled.chain(new).collect::<String>()
}

fn files(early: Vec<String>) -> Vec<String> {
    early.into_iter().chain([late()]).collect()
}

fn workbook_of(files: &[String]) -> Session {
    session(&files.iter().map(String::as_str).collect::<Vec<_>>())
}

fn request((from, to): (u32, u32)) -> HomeRequest {
    let day = |day: u32| Day::from_ymd(2026, 8, day).unwrap();
    let today = Day::from_ymd(2026, 9, 1).unwrap();
    HomeRequest { today, ..asked_of(Period::between(day(from), day(to))) }
}

fn asked(session: &mut Session, kpi: &str, home: HomeRequest) -> Option<LikelyView> {
    let request = Request::Kpi { kpi: kpi.to_owned(), home };
    match session.handle(&request, 0).response {
        Response::Kpi(view) => view.open().unwrap().kpi.likely,
        answer => panic!("{answer:?}"),
    }
}

/// The range of a KPI over days of August; `None` of one that has none.
fn range(session: &mut Session, kpi: &str, days: (u32, u32)) -> Option<[String; 4]> {
    asked(session, kpi, request(days))?.value.map(texts)
}

fn texts(range: RangeView) -> [String; 4] {
    [range.low, range.middle, range.high, range.n_days.to_string()]
}

#[track_caller]
fn check(session: &mut Session, kpi: &str, days: (u32, u32), expected: [&str; 4]) {
    assert_eq!(range(session, kpi, days).unwrap(), expected, "{kpi} {days:?}");
}

/// Sales of the eight days grew to 1.1 … 1.8 times what they were: a tenth of the way through them lies
/// 1.17, the middle is 1.45, and 1.73 is a tenth before their end. Orders grew alike.
#[test]
fn open_days_grow_as_eight_earlier_ones_did() {
    let mut session = workbook_of(&files(early(1..=8)));
    check(&mut session, "ads.sales", (31, 31), ["117", "145", "173", "8"]);
    // The 30th is one day old: days of that age are taken together with those of the last day.
    check(&mut session, "ads.sales", (30, 31), ["351", "435", "519", "8"]);
    // 1,160 have settled; 300 grow.
    check(&mut session, "ads.sales", (1, 31), ["1511", "1595", "1679", "8"]);
    // 40 ÷ 173, 145 and 117: more sales are a smaller share.
    let acos = ["0.23121387", "0.27586207", "0.34188034", "8"];
    check(&mut session, "ads.acos", (31, 31), acos);
    check(&mut session, "ads.roas", (31, 31), ["2.925", "3.625", "4.325", "8"]);
    // 11.7, 14.5 and 17.3 orders of 20 clicks, and 40 for each of them.
    check(&mut session, "ads.cvr", (31, 31), ["0.585", "0.725", "0.865", "8"]);
    check(&mut session, "ads.cpa", (31, 31), ["2.31213873", "2.75862069", "3.41880342", "8"]);
}

#[test]
fn what_has_settled_and_what_never_grows_has_no_range() {
    let mut session = workbook_of(&files(early(1..=8)));
    assert_eq!(range(&mut session, "ads.sales", (1, 8)), None);
    for kpi in ["ads.spend", "ads.ctr", "ads.ntb", "ads.waste", "sales.net"] {
        assert_eq!(asked(&mut session, kpi, request((31, 31))), None, "{kpi}");
    }
}

#[test]
fn each_day_of_the_chart_has_its_own() {
    let mut session = workbook_of(&files(early(1..=8)));
    let likely = asked(&mut session, "ads.sales", request((29, 31))).unwrap();
    let points: Vec<_> = likely.points.into_iter().map(|it| it.map(texts)).collect();
    assert_eq!(points[0], None, "nothing was sold: nothing grows");
    assert_eq!(points[1].as_ref().unwrap()[..3], ["234", "290", "346"]);
    assert_eq!(points[2].as_ref().unwrap()[..3], ["117", "145", "173"]);
    assert_eq!((likely.settling_days, likely.needed_days), (14, 8));
    let split = HomeRequest { trend_by: Some(Dimension::Channel), ..request((29, 31)) };
    assert!(asked(&mut session, "ads.sales", split).unwrap().points.is_empty());
}

#[test]
fn seven_days_are_too_few() {
    let mut session = workbook_of(&files(early(1..=7)));
    let likely = asked(&mut session, "ads.sales", request((31, 31))).unwrap();
    assert_eq!((likely.value, likely.points), (None, vec![None]));
    // The eighth day teaches it.
    take_in(&mut session, &early(8..=8)[0]);
    check(&mut session, "ads.sales", (31, 31), ["117", "145", "173", "8"]);
}

#[test]
fn days_of_an_age_that_is_not_known_have_none() {
    // The 28th is three days old.
    let more = format!("{}{}", late(), row("Mugs", 28, [10, 50, 5]));
    let mut files = early(1..=8);
    files.push(more);
    let mut session = workbook_of(&files);
    assert_eq!(range(&mut session, "ads.sales", (28, 31)), None);
    check(&mut session, "ads.sales", (30, 31), ["351", "435", "519", "8"]);
}

#[test]
fn channels_grow_by_themselves() {
    let google = "Campaign report\n\"August 31, 2026 - August 31, 2026\"\nDay,Campaign,Campaign type,Impr.,Clicks,Cost,Conversions,Conv. value,Currency code\n2026-08-31,Search,Search,100,10,5.00,1.00,30.00,USD\n";
    let mut session = workbook_of(&files(early(1..=8)));
    take_in(&mut session, google);
    assert_eq!(range(&mut session, "ads.sales", (31, 31)), None, "how Google's grow is not known");
    let filters = Filters { channels: vec!["amazon".to_owned()], ..Filters::default() };
    let amazon = HomeRequest { filters, ..request((31, 31)) };
    let likely = asked(&mut session, "ads.sales", amazon).unwrap();
    assert_eq!(texts(likely.value.unwrap()), ["117", "145", "173", "8"]);
}

#[test]
fn only_rows_that_both_files_have_are_held_against_each_other() {
    // A second campaign that the later file leaves out, and one that only the later file has.
    let add_cups = |file: String| format!("{file}{}", row("Cups", 1, [5, 900, 90]));
    let mut files: Vec<String> = early(1..=8);
    files[0] = add_cups(files[0].clone());
    files.push(format!("{}{}", late(), row("Lids", 2, [5, 700, 70])));
    let mut session = workbook_of(&files);
    check(&mut session, "ads.sales", (31, 31), ["117", "145", "173", "8"]);
}

#[test]
fn the_order_of_imports_does_not_matter() {
    let mut files = files(early(1..=8));
    let mut session = workbook_of(&files);
    files.reverse();
    let mut other = workbook_of(&files);
    files.swap(0, 5);
    let mut third = workbook_of(&files);
    let home = request((1, 31));
    let likely = asked(&mut session, "ads.acos", home.clone()).unwrap();
    assert!(likely.value.is_some());
    assert_eq!(Some(&likely), asked(&mut other, "ads.acos", home.clone()).as_ref());
    assert_eq!(Some(&likely), asked(&mut third, "ads.acos", home).as_ref());
}

#[test]
fn what_was_learned_is_stored_with_the_cube() {
    let mut store = MemoryStore::default();
    let mut session = opened();
    for text in files(early(1..=8)) {
        let meta = FileMeta { name: "a.csv".to_owned(), size_bytes: 1, modified_millis: 0 };
        let pending = session.begin_reading(meta, None);
        session.feed(pending, text.as_bytes());
        session.finish_reading(pending);
        store.commit(&session.handle(&Request::ConfirmPending, 0).unstored.writes);
    }
    store.commit(&[session.cube_write().unwrap()]);
    let stored: Stored = store.stored();
    let mut reopened = Session::new();
    reopened.open("w", "W", false, &stored, 0).unwrap();
    let home = request((30, 31));
    let before = asked(&mut session, "ads.sales", home.clone());
    assert!(before.as_ref().unwrap().value.is_some());
    // No segment is supplied: it comes from what is stored.
    assert_eq!(asked(&mut reopened, "ads.sales", home), before);
}
