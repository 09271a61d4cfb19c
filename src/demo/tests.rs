//! Reads the exports back as text and holds them against the ledger, against each other and
//! against the figures that the folder's documentation promises.

use super::amazon::{BULK_ORDERS, BULK_QUANTITY, Status};
use super::arithmetic::{part, position};
use super::business::Business;
use super::calendar::{DAYS, FIRST, LAST, day, local_day, month_number, weekday};
use super::marketplaces::TikTokLine;
use super::payments::Purpose;
use super::shop::ShopOrder;
use super::stories::{LOSS_MAKER, MONTH_EDGE, RETURNS_WAVE};
use super::*;
use std::sync::OnceLock;

fn business() -> &'static Business {
    static BUSINESS: OnceLock<Business> = OnceLock::new();
    BUSINESS.get_or_init(Business::run)
}

fn exports() -> &'static [DemoFile] {
    static FILES: OnceLock<Vec<DemoFile>> = OnceLock::new();
    FILES.get_or_init(files)
}

/// A small CSV and TSV reader: quotes only matter when the delimiter is a comma.
fn records(bytes: &[u8], delimiter: char) -> Vec<Vec<String>> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let text = text.trim_start_matches('\u{feff}');
    let read = |line: &str| {
        let (mut cells, mut is_quoted) = (vec![String::new()], false);
        for letter in line.chars() {
            match letter {
                '"' if delimiter == ',' => is_quoted = !is_quoted,
                letter if letter == delimiter && !is_quoted => cells.push(String::new()),
                letter => cells.last_mut().unwrap().push(letter),
            }
        }
        cells
    };
    text.lines().map(read).collect()
}

/// Rows of all files whose name contains `name`, as (header, rows).
fn table(name: &str, lines_before: usize) -> (Vec<String>, Vec<Vec<String>>) {
    let (mut header, mut rows) = (Vec::new(), Vec::new());
    for file in exports().iter().filter(|file| file.name.contains(name)) {
        let delimiter = if file.name.starts_with("amazon_all_orders") { '\t' } else { ',' };
        let mut found = records(&file.bytes, delimiter).split_off(lines_before);
        header = found.remove(0);
        assert!(found.iter().all(|row| row.len() == header.len()), "{}", file.name);
        rows.append(&mut found);
    }
    assert!(!rows.is_empty(), "{name}");
    (header, rows)
}

fn column(header: &[String], name: &str) -> usize {
    header.iter().position(|one| one == name).unwrap_or_else(|| panic!("no column {name}"))
}

/// Cents of `$1,234.50`, `-4.00`, `0` and nothing.
fn cents(cell: &str) -> i64 {
    let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
    let number: i64 = digits.parse().unwrap_or(0);
    let number = if cell.contains('.') { number } else { number * 100 };
    if cell.contains('-') { -number } else { number }
}

fn sum(header: &[String], rows: &[Vec<String>], name: &str) -> i64 {
    let column = column(header, name);
    rows.iter().map(|row| cents(&row[column])).sum()
}

/// FNV-1a over all names and bytes.
fn fingerprint(files: &[DemoFile]) -> u64 {
    let bytes = files.iter().flat_map(|file| file.name.bytes().chain(file.bytes.iter().copied()));
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

#[test]
fn the_bytes_are_the_same_in_every_run() {
    assert_eq!(fingerprint(exports()), fingerprint(&files()));
}

/// Pinned, so that a change of the demo company is a decision: the page and other tests point at
/// its figures.
#[test]
fn the_demo_company_has_not_changed() {
    let bytes: usize = exports().iter().map(|file| file.bytes.len()).sum();
    let rows: usize =
        exports().iter().map(|file| file.bytes.split(|byte| *byte == b'\n').count() - 1).sum();
    assert_eq!((exports().len(), rows, bytes), PINNED);
    assert_eq!(fingerprint(exports()), PINNED_FINGERPRINT);
}

/// Files, lines, bytes.
const PINNED: (usize, usize, usize) = (41, 152_986, 42_785_603);
/// The same in wasm: the zip that the built page saves was compared with these files, byte by byte.
const PINNED_FINGERPRINT: u64 = 0xACEB_3873_91F2_3E3F;

#[test]
fn file_names_differ_and_are_valid_text() {
    let mut names: Vec<&str> = exports().iter().map(|file| file.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), exports().len());
    assert!(exports().iter().all(|file| std::str::from_utf8(&file.bytes).is_ok()));
}

#[test]
fn all_orders_are_the_ledger() {
    let (header, rows) = table("amazon_all_orders", 0);
    let bought = || business().amazon.iter().filter(|line| line.is_bought());
    assert_eq!(header.len(), 32);
    assert_eq!(sum(&header, &rows, "item-price"), bought().map(|line| line.price).sum::<i64>());
    let channel = column(&header, "sales-channel");
    let (amazon, other): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|row| row[channel] == "Amazon.com");
    assert_eq!(amazon.len(), business().amazon.len());
    assert_eq!(
        sum(&header, &amazon, "quantity") / 100,
        bought().map(|line| line.quantity).sum::<i64>()
    );
    let sent = business().shop.iter().filter(|order| order.is_multi_channel).count();
    assert_eq!(other.len(), sent);
    assert!(other.iter().all(|row| row[0].starts_with("S01-") && row[16].is_empty()));
    let status = column(&header, "order-status");
    for row in amazon.iter().filter(|row| row[status] == "Cancelled") {
        assert_eq!((row[14].as_str(), row[15].as_str(), row[16].as_str()), ("0", "", ""));
    }
}

#[test]
fn date_range_totals_tie() {
    let (header, rows) = table("CustomTransaction", 3);
    assert_eq!(header.len(), 30);
    for row in &rows {
        let parts: i64 = row[14..29].iter().map(|cell| cents(cell)).sum();
        assert_eq!(parts, cents(&row[29]), "{row:?}");
    }
    assert_eq!(rows.len(), business().postings.len());
    let orders: Vec<_> = rows.into_iter().filter(|row| row[2] == "Order").collect();
    let shipped = business().amazon.iter().filter(|line| line.status == Status::Shipped);
    let (count, sales) = shipped.fold((0, 0), |sum, line| (sum.0 + 1, sum.1 + line.price));
    assert_eq!((orders.len(), sum(&header, &orders, "product sales")), (count, sales));
}

#[test]
fn payouts_are_the_sum_of_their_settlement() {
    let mut settlements = std::collections::BTreeMap::new();
    for posting in &business().postings {
        let (balance, is_paid) = settlements.entry(posting.settlement).or_insert((0, false));
        *balance += posting.amounts.total();
        *is_paid |= posting.purpose == Purpose::Transfer;
    }
    assert_eq!(settlements.len(), 36);
    assert_eq!(
        settlements.values().filter(|(balance, is_paid)| *is_paid && *balance == 0).count(),
        35
    );
}

#[test]
fn the_business_report_ties_to_the_pacific_days_of_all_orders() {
    let (header, rows) = table("BusinessReport", 0);
    assert_eq!(rows.len(), position(DAYS));
    let mut days = vec![(0, 0, 0); position(DAYS)];
    for line in business().amazon.iter().filter(|line| line.is_bought()) {
        let day = &mut days[position(local_day(line.purchased) - FIRST)];
        *day = (day.0 + line.price, day.1 + line.quantity, day.2 + 1);
    }
    let columns = ["Ordered Product Sales", "Units Ordered", "Total Order Items"]
        .map(|name| column(&header, name));
    for (row, (sales, units, items)) in rows.iter().zip(days) {
        let found = columns.map(|column| cents(&row[column]));
        assert_eq!(found, [sales, units * 100, items * 100], "{row:?}");
    }
}

#[test]
fn advertised_products_add_up_to_their_campaign_every_day() {
    let key = |row: &[String], header: &[String]| {
        (row[column(header, "Date")].clone(), row[column(header, "Campaign Name")].clone())
    };
    let totals = |name: &str| {
        let (header, rows) = table(name, 0);
        let columns =
            ["Impressions", "Clicks", "Spend", "7 Day Total Orders (#)", "7 Day Total Sales "]
                .map(|name| column(&header, name));
        let mut totals = std::collections::BTreeMap::new();
        for row in &rows {
            let total = totals.entry(key(row, &header)).or_insert([0; 5]);
            for (sum, column) in total.iter_mut().zip(columns) {
                *sum += cents(&row[column]);
            }
        }
        totals
    };
    assert_eq!(totals("Products Campaign report"), totals("Advertised product"));
}

#[test]
fn advertising_is_billed_as_spent() {
    let last_bill = (FIRST..=LAST).rev().find(|day| weekday(*day) == 0).unwrap();
    let cells = business().ad_rows.iter().flat_map(|row| &row.days[..position(last_bill - FIRST)]);
    let spent: i64 = cells.map(|cell| cell.spend).sum();
    let bills = business().postings.iter().filter(|one| one.purpose == Purpose::Advertising);
    assert_eq!(-spent, bills.map(|bill| bill.amounts.other).sum::<i64>());
}

#[test]
fn other_channels_are_their_ledgers() {
    let (header, rows) = table("orders_export", 0);
    assert_eq!(header.len(), 79);
    let gross = |row: &Vec<String>| cents(&row[18]) * cents(&row[16]) / 100;
    let shop: i64 = business().shop.iter().map(|order| order.gross).sum();
    assert_eq!(rows.iter().map(gross).sum::<i64>(), shop);
    let total: i64 = business().shop.iter().map(ShopOrder::total).sum();
    assert_eq!(sum(&header, &rows, "Total"), total);
    assert!(rows.iter().all(|row| row[1].ends_with("@example.com")));

    let (header, mut rows) = table("tiktok_shop", 0);
    assert_eq!((header.len(), rows.remove(0)[0].as_str()), (57, "Platform unique order ID."));
    let lines = || business().tiktok.iter().flat_map(|order| &order.lines);
    let before: i64 = lines().map(TikTokLine::before_discount).sum();
    assert_eq!(sum(&header, &rows, "SKU Subtotal Before Discount"), before);
    assert_eq!(rows.len(), lines().count());
    assert!(rows.iter().all(|row| row[0].ends_with('\t') && row[24].ends_with('\t')));

    let (header, rows) = table("walmart_po", 0);
    let lines = business().walmart.iter().flat_map(|order| &order.lines);
    let cost: i64 = lines.map(|line| line.unit_price * line.quantity).sum();
    assert_eq!((header.len(), sum(&header, &rows, "Item Cost")), (37, cost));
}

#[test]
fn totals_in_ad_exports_are_their_rows() {
    let (header, rows) = table("Google Ads", 2);
    let (totals, days): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|row| row[0].starts_with("Total"));
    assert_eq!(totals.len(), 3);
    assert_eq!(cents(&totals[0][3]), sum(&header, &days, "Cost"));
    let (header, mut rows) = table("Meta Ads", 0);
    let total = rows.remove(0);
    assert!(total[0].is_empty() && total[1].is_empty());
    assert_eq!(cents(&total[8]), sum(&header, &rows, "Amount spent (USD)"));
}

#[test]
fn the_returns_wave_is_four_times_the_usual() {
    let sku = business().skus.iter().position(|sku| sku.is(&RETURNS_WAVE)).unwrap();
    let rate = |from: i64, to: i64| {
        let lines = business().amazon.iter().filter(|line| {
            line.sku == sku && line.status == Status::Shipped && (from..=to).contains(&line.day)
        });
        let (units, returned) = lines.fold((0, 0), |sum, line| {
            (sum.0 + line.quantity, sum.1 + line.returned.map_or(0, |one| one.quantity))
        });
        returned * 10_000 / units
    };
    let before = rate(FIRST, RETURNS_WAVE.first_day() - 1);
    // Sold early enough that all of them are back by the last day.
    let wave = rate(RETURNS_WAVE.first_day(), day(2026, 9, 30));
    assert!((360..=520).contains(&before), "{before}");
    assert!((33 * before / 10..=50 * before / 10).contains(&wave), "{wave} after {before}");
}

#[test]
fn the_month_edge_moves_both_months() {
    let bulk = BULK_ORDERS * BULK_QUANTITY * 3_999;
    assert_eq!(bulk, 1_919_520);
    let on = |purpose: fn(&Purpose) -> bool, from: i64, to: i64| -> i64 {
        let rows = business().postings.iter().filter(|one| {
            purpose(&one.purpose)
                && one.quantity == BULK_QUANTITY
                && (from..=to).contains(&local_day(one.instant))
        });
        rows.map(|one| one.amounts.product_sales).sum()
    };
    let september = day(2026, 9, 1)..=day(2026, 9, 30);
    let sold = on(|one| matches!(one, Purpose::Order(_)), *september.start(), *september.end());
    let refunded =
        on(|one| matches!(one, Purpose::Refund(_)), day(2026, 10, 1), MONTH_EDGE.last_day());
    assert_eq!((sold, refunded), (bulk, -bulk));
    let lines = business().amazon.iter().filter(|line| september.contains(&line.day));
    let month: i64 = lines.filter(|line| line.is_bought()).map(|line| line.price).sum();
    assert!(bulk * 100 > month * 12, "{bulk} of {month}");
}

/// Net proceeds after goods and ads, by Monday week of posting.
#[test]
fn the_loss_maker_loses_in_each_of_twelve_weeks() {
    let sku = business().skus.iter().position(|sku| sku.is(&LOSS_MAKER)).unwrap();
    let ads = business().ad_rows.iter().find(|row| row.sku == sku).unwrap();
    for week in 0..12 {
        let monday = LOSS_MAKER.first_day() + 7 * week;
        assert_eq!(weekday(monday), 0);
        let days = monday..monday + 7;
        let mut margin = 0;
        for posting in
            business().postings.iter().filter(|one| days.contains(&local_day(one.instant)))
        {
            let (line, goes_out) = match posting.purpose {
                Purpose::Order(line) => (&business().amazon[line], true),
                Purpose::Refund(line) => (&business().amazon[line], false),
                _ => continue,
            };
            if line.sku == sku {
                let cost = business().skus[sku].cost(monday) * posting.quantity;
                margin += posting.amounts.total() - if goes_out { cost } else { 0 };
            }
        }
        let places = position(monday - FIRST)..position(monday + 7 - FIRST);
        margin -= ads.days[places].iter().map(|cell| cell.spend).sum::<i64>();
        assert!(margin < 0, "week {week}: {margin}");
    }
}

#[test]
fn sale_days_stand_out_in_amazons_sales() {
    let sales = |from: i64, to: i64| {
        let lines = business().amazon.iter().filter(|line| (from..=to).contains(&line.day));
        lines.filter(|line| line.is_bought()).map(|line| line.price).sum::<i64>() / (to - from + 1)
    };
    for (from, to) in STORIES
        .iter()
        .filter(|story| story.id.starts_with("prime") || story.id.starts_with("black"))
        .map(|story| (story.first_day(), story.last_day()))
    {
        let usual = sales(from - 28, from - 8);
        assert!(sales(from, to) * 10 > usual * 20, "{} against {usual}", sales(from, to));
    }
    assert_eq!(month_number(FIRST), 0);
}

#[test]
fn amazon_leads_with_about_two_thirds() {
    let amazon: i64 =
        business().amazon.iter().filter(|line| line.is_bought()).map(|line| line.price).sum();
    let shop: i64 = business().shop.iter().map(|order| order.gross).sum();
    let tiktok: i64 = business()
        .tiktok
        .iter()
        .flat_map(|order| &order.lines)
        .map(TikTokLine::before_discount)
        .sum();
    let walmart: i64 = business()
        .walmart
        .iter()
        .flat_map(|order| &order.lines)
        .map(|line| line.unit_price * line.quantity)
        .sum();
    let share = part(amazon, 100, amazon + shop + tiktok + walmart);
    assert!((62..=68).contains(&share), "{share}");
}
