//! The demo company: eighteen months of an invented brand house as real-format export files.
//!
//! Three brands (Kestro Kitchen, Homavel, Trailoft), 120 SKUs, sold on Amazon, an own Shopify
//! store, `TikTok` Shop and Walmart, advertised with Sponsored Products, Google, Meta and `TikTok`.
//! [`files`] gives the bytes a seller would download; they go through the same import as anyone's.
//!
//! One ledger (`business`) is drawn first, then each export is written from it, so that the files
//! agree as far as real ones do: every posting belongs to an order line, advertised products add
//! up to their campaign, stock never sells what it does not have. Integer arithmetic and an own
//! random generator make every byte the same on every machine. Knows no clock, no browser and
//! nothing of how files are read.

mod ad_cells;
mod all_orders;
mod amazon;
mod arithmetic;
mod business;
mod business_report;
mod calendar;
mod campaigns;
mod cost_sheet;
mod date_range;
mod demand;
mod fba_inventory;
mod fba_returns;
mod marketplaces;
mod offsite_ads;
mod offsite_reports;
mod payments;
mod places;
mod products;
mod returns;
mod rng;
mod shop;
mod shopify_orders;
mod sponsored_products;
mod stock;
mod stories;
mod text;
mod tiktok_orders;
mod walmart_orders;

#[cfg(test)]
mod tests;

pub use stories::{STORIES, Story};

use business::Business;
use chrono::NaiveDate;

/// First day the exports cover.
pub const FIRST_DAY: NaiveDate = calendar::date(2025, 5, 1);
/// Last day the exports cover; they were downloaded at its end, Los Angeles time.
pub const LAST_DAY: NaiveDate = calendar::date(2026, 10, 31);

/// One export of the demo company, named as its platform (or its seller) names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// All exports of the demo company, in import order.
pub fn files() -> Vec<DemoFile> {
    let business = Business::run();
    let mut files = vec![cost_sheet::file(&business)];
    files.extend(all_orders::files(&business));
    files.extend(date_range::files(&business));
    files.push(business_report::file(&business));
    files.push(sponsored_products::campaign_file(&business));
    files.push(sponsored_products::product_file(&business));
    files.extend(fba_inventory::files(&business));
    files.push(fba_returns::file(&business));
    files.push(shopify_orders::file(&business));
    files.push(tiktok_orders::file(&business));
    files.push(walmart_orders::file(&business));
    files.push(offsite_reports::google_file(&business));
    files.push(offsite_reports::meta_file(&business));
    files.push(offsite_reports::tiktok_file(&business));
    files
}
