//! The exports of Google Ads (campaigns), Meta Ads (ads) and `TikTok` Ads (ads), day by day.

use super::DemoFile;
use super::ad_cells::AdCell;
use super::arithmetic::{item, part, position, whole};
use super::business::Business;
use super::calendar::{DAYS, FIRST};
use super::offsite_ads::{OffsiteAd, ad_id};
use super::text::{Layout, Text};

const GOOGLE_HEADER: [&str; 8] =
    ["Day", "Campaign", "Currency code", "Cost", "Impr.", "Clicks", "Conversions", "Conv. value"];

const META_HEADER: [&str; 13] = [
    "Day",
    "Campaign name",
    "Ad set name",
    "Ad name",
    "Impressions",
    "Reach",
    "Frequency",
    "Link clicks",
    "Amount spent (USD)",
    "Purchases",
    "Purchases conversion value",
    "Reporting starts",
    "Reporting ends",
];

const TIKTOK_HEADER: [&str; 15] = [
    "By Day",
    "Campaign name",
    "Campaign ID",
    "Ad group name",
    "Ad group ID",
    "Ad ID",
    "Ad name",
    "Cost",
    "Impressions",
    "Clicks (destination)",
    "Purchases (Shop)",
    "Gross revenue (Shop)",
    "Product page views (Shop)",
    "Checkouts initiated (Shop)",
    "Adds to cart (Shop)",
];

/// Two lines before the header; three overlapping total rows at the end.
pub(super) fn google_file(business: &Business) -> DemoFile {
    let mut text = Text::new(Layout::Commas, "\n");
    text.line("Campaign report");
    text.line("\"May 1, 2025 - October 31, 2026\"");
    text.header(&GOOGLE_HEADER);
    let mut total = AdCell::default();
    let mut search = AdCell::default();
    each_cell(&business.offsite.google, |day, index, ad, cell| {
        text.iso_day(day).text(ad.campaign);
        google_cells(&mut text, cell);
        total.add(cell);
        if index == 0 {
            search.add(cell);
        }
    });
    for (name, sum) in
        [("Total: Campaigns", &total), ("Total: Account", &total), ("Total: Search", &search)]
    {
        text.text(name).text(" --");
        google_cells(&mut text, sum);
    }
    DemoFile { name: "Google Ads Campaign report.csv".to_owned(), bytes: text.into_bytes() }
}

fn google_cells(text: &mut Text, cell: &AdCell) {
    text.text("USD").cents(cell.spend).grouped(cell.impressions).grouped(cell.clicks);
    text.cents(cell.units).cents(cell.sales).end_row();
}

/// The first row is the account's total, with empty names, as Ads Manager writes it.
pub(super) fn meta_file(business: &Business) -> DemoFile {
    let ads = &business.offsite.meta;
    let mut text = Text::new(Layout::Commas, "\n");
    text.header(&META_HEADER);
    let mut total = AdCell::default();
    each_cell(ads, |_, _, _, cell| total.add(cell));
    text.blank(4);
    meta_cells(&mut text, &total, None);
    text.iso_day(FIRST).iso_day(FIRST + DAYS - 1).end_row();
    each_cell(ads, |day, index, ad, cell| {
        text.iso_day(day).text(ad.campaign).text(ad.group).text(ad.name);
        let reach = part(cell.impressions, 60 + (day + whole(index) * 7) % 23, 100).max(1);
        meta_cells(&mut text, cell, Some(reach));
        text.iso_day(day).iso_day(day).end_row();
    });
    DemoFile { name: "Meta Ads - Ads - by day.csv".to_owned(), bytes: text.into_bytes() }
}

fn meta_cells(text: &mut Text, cell: &AdCell, reach: Option<i64>) {
    text.int(cell.impressions);
    match reach {
        Some(reach) => text.int(reach).ratio(cell.impressions, reach),
        None => text.blank(2),
    };
    text.int(cell.clicks).cents(cell.spend);
    if cell.orders > 0 {
        text.int(cell.orders).cents(cell.sales);
    } else {
        text.blank(2);
    }
}

pub(super) fn tiktok_file(business: &Business) -> DemoFile {
    let ads = &business.offsite.tiktok;
    let mut text = Text::new(Layout::Commas, "\n");
    text.header(&TIKTOK_HEADER);
    each_cell(ads, |day, index, ad, cell| {
        let campaign = ads.iter().position(|one| one.campaign == ad.campaign).unwrap_or(0);
        let group = ads.iter().position(|one| one.group == ad.group).unwrap_or(0);
        text.iso_day(day).text(ad.campaign).int(ad_id(1, campaign));
        text.text(ad.group).int(ad_id(2, group)).int(ad_id(3, index)).text(ad.name);
        text.cents(cell.spend).int(cell.impressions).int(cell.clicks);
        text.int(cell.orders).cents(cell.sales);
        let carts = part(cell.clicks, 14, 100).max(cell.orders);
        text.int(part(cell.clicks, 93, 100))
            .int(i64::midpoint(carts, cell.orders))
            .int(carts)
            .end_row();
    });
    DemoFile { name: "TikTok Ads - Ads - by day.csv".to_owned(), bytes: text.into_bytes() }
}

/// Every ad on every day it was shown, day by day: day, place of the ad, ad, cell.
fn each_cell(ads: &[OffsiteAd], mut visit: impl FnMut(i64, usize, &OffsiteAd, &AdCell)) {
    for place in 0..position(DAYS) {
        for (index, ad) in ads.iter().enumerate() {
            let cell = item(&ad.days, place);
            if cell.impressions > 0 {
                visit(FIRST + whole(place), index, ad, cell);
            }
        }
    }
}
