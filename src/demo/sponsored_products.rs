//! Amazon Ads · Sponsored Products: the campaign report and the advertised product report, daily.
//!
//! Both are written from the same cells: on every day the advertised products of a campaign add
//! up to the campaign. Sales are those within seven days of the click.

use super::DemoFile;
use super::ad_cells::AdCell;
use super::arithmetic::{item, position, whole};
use super::business::Business;
use super::calendar::{DAYS, FIRST, day};
use super::campaigns::{AdRow, CAMPAIGNS, Campaign};
use super::products::Sku;
use super::text::{Layout, Text};

const CAMPAIGN_HEADER: [&str; 19] = [
    "Date",
    "Start Date",
    "End Date",
    "Portfolio name",
    "Campaign Type",
    "Campaign Name",
    "Status",
    "Currency",
    "Budget",
    "Targeting Type",
    "Bidding strategy",
    "Impressions",
    "Clicks",
    "Click-Thru Rate (CTR)",
    "Spend",
    "Cost Per Click (CPC)",
    "7 Day Total Orders (#)",
    "Total Advertising Cost of Sales (ACoS) ",
    "7 Day Total Sales ",
];

const PRODUCT_HEADER: [&str; 22] = [
    "Date",
    "Portfolio name",
    "Currency",
    "Campaign Name",
    "Ad Group Name",
    "Advertised SKU",
    "Advertised ASIN",
    "Impressions",
    "Clicks",
    "Click-Thru Rate (CTR)",
    "Cost Per Click (CPC)",
    "Spend",
    "7 Day Total Sales ",
    "Total Advertising Cost of Sales (ACoS) ",
    "Total Return on Advertising Spend (RoAS)",
    "7 Day Total Orders (#)",
    "7 Day Total Units (#)",
    "7 Day Conversion Rate",
    "7 Day Advertised SKU Units (#)",
    "7 Day Other SKU Units (#)",
    "7 Day Advertised SKU Sales ",
    "7 Day Other SKU Sales ",
];

/// The campaign report.
pub(super) fn campaign_file(business: &Business) -> DemoFile {
    let mut text = Text::new(Layout::Commas, "\r\n").with_byte_order_mark();
    text.header(&CAMPAIGN_HEADER);
    for place in 0..position(DAYS) {
        for (index, campaign) in CAMPAIGNS.iter().enumerate() {
            let mut sum = AdCell::default();
            for row in business.ad_rows.iter().filter(|row| row.campaign == index) {
                sum.add(item(&row.days, place));
            }
            if sum.impressions > 0 {
                campaign_row(&mut text, campaign, FIRST + whole(place), &sum);
            }
        }
    }
    DemoFile { name: "Sponsored Products Campaign report.csv".to_owned(), bytes: text.into_bytes() }
}

/// The advertised product report.
pub(super) fn product_file(business: &Business) -> DemoFile {
    let mut text = Text::new(Layout::Commas, "\r\n").with_byte_order_mark();
    text.header(&PRODUCT_HEADER);
    for place in 0..position(DAYS) {
        for row in &business.ad_rows {
            let cell = item(&row.days, place);
            if cell.impressions > 0 {
                product_row(
                    &mut text,
                    item(&business.skus, row.sku),
                    row,
                    (FIRST + whole(place), cell),
                );
            }
        }
    }
    DemoFile {
        name: "Sponsored Products Advertised product report.csv".to_owned(),
        bytes: text.into_bytes(),
    }
}

fn campaign_row(text: &mut Text, campaign: &Campaign, on: i64, cell: &AdCell) {
    text.long_day(on).long_day(day(2025, 2, 10)).blank(1).text(campaign.portfolio);
    text.text("Sponsored Products").text(campaign.name).text("ENABLED").text("USD");
    text.dollars(campaign.budget).text(campaign.targeting).text("Dynamic bids - down only");
    text.int(cell.impressions).int(cell.clicks).percent(cell.clicks, cell.impressions);
    text.dollars(cell.spend);
    cost_per_click(text, cell);
    text.int(cell.orders).percent(cell.spend, cell.total_sales()).dollars(cell.total_sales());
    text.end_row();
}

fn product_row(text: &mut Text, sku: &Sku, row: &AdRow, (on, cell): (i64, &AdCell)) {
    let campaign = item(&CAMPAIGNS, row.campaign);
    text.long_day(on).text(campaign.portfolio).text("USD").text(campaign.name);
    text.text("Main").text(&sku.code).text(&sku.asin);
    text.int(cell.impressions).int(cell.clicks).percent(cell.clicks, cell.impressions);
    cost_per_click(text, cell);
    text.dollars(cell.spend).dollars(cell.total_sales());
    if cell.total_sales() > 0 {
        text.percent(cell.spend, cell.total_sales());
    } else {
        text.blank(1);
    }
    text.ratio(cell.total_sales(), cell.spend).int(cell.orders).int(cell.total_units());
    text.percent(cell.orders, cell.clicks).int(cell.units).int(cell.other_units);
    text.dollars(cell.sales).dollars(cell.other_sales).end_row();
}

fn cost_per_click(text: &mut Text, cell: &AdCell) {
    text.cell().put("$");
    text.put_ratio(cell.spend, cell.clicks * 100);
}
