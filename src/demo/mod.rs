//! The demo company: eighteen months of an invented brand house as real-format export files.
//!
//! Three brands (Kestro Kitchen, Homavel, Trailoft), 120 SKUs, sold on Amazon, an own Shopify
//! store, `TikTok` Shop and Walmart, advertised with Sponsored Products, Google, Meta and `TikTok`;
//! four people answer for the products.
//! [`files`] gives the bytes a seller would download; they go through the same import as anyone's.
//!
//! One ledger (`business`) is drawn first, then each export is written from it, so that the files
//! agree as far as real ones do: every posting belongs to an order line, advertised products add
//! up to their campaign, stock never sells what it does not have. Integer arithmetic and an own
//! random generator make every byte the same on every machine. Knows no clock, no browser and
//! nothing of how files are read.
//!
//! # Stories
//!
//! [`STORIES`] lists what was planted; this is what a reader should find (Amazon, Los Angeles days):
//!
//! - `prime_day_2025`, 8–11 July 2025: $9,378 a day against $3,048 in the three weeks of
//!   10–30 June. `prime_day_2026`, 7–10 July 2026: $11,528 against $3,944 (9–29 June).
//! - `black_friday_2025`, 27 November – 1 December 2025: $10,267 a day against $3,654 (30 October –
//!   19 November); all four channels peak.
//! - `acos_creep`, campaign `SP | Coffee Grinder | Exact`: `ACoS` 21–23 % a month until June 2026,
//!   then 26, 31, 36 and 41 % in July, August, September and October; clicks get dearer too.
//! - `restocked_loss_maker`, `LS-HM-0070-WHT` (Amazon only): price cut to $94.99 on 30 July 2026,
//!   landed cost $66.10 since 1 March. From 3 August on net proceeds less goods less ads are below
//!   0 in each of twelve Monday weeks (−$84 to −$1,317), while every snapshot has 48 or 72 inbound.
//! - `returns_wave`, `LS-HM-0045-BLK`: of units bought before 10 August 2026 4.2 % came back, of
//!   those bought from then to 30 September 18.4 %, 26 of 30 as DEFECTIVE. Later ones are still
//!   coming back.
//! - `stock_out`, `LS-KT-0001-BLK`, the best seller: 0 available and nothing sold on any channel
//!   from 8 to 23 September 2026; the snapshots of 13 and 20 September show it. It sold 134 units
//!   on Amazon in the four weeks before: about 77 are lost.
//! - `month_edge_refund`, `LS-OD-0085-BLK`: eight orders of 60 units ($19,195.20 in all) on 29 and
//!   30 September 2026, posted on the 30th, refunded from 1 to 3 October. By refund date September
//!   (ordered $123,095) keeps them and October bears them; by order date it is the other way round.
//!
//! # Where it is simpler than the world
//!
//! The business report leaves cancelled orders out, so that it ties to All Orders to the cent.
//! A `TikTok` order's shipping, taxes, amount and refund repeat on each of its rows. Walmart's
//! `Item Cost` is the line's total. Shopify refunds carry no date, as in the real file. Stock exists
//! for Amazon's warehouses only.

mod ad_cells;
mod all_orders;
mod amazon;
mod archive;
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
mod sku_map;
mod sponsored_products;
mod stock;
mod stories;
mod text;
mod tiktok_orders;
mod walmart_orders;

#[cfg(feature = "split_engine")]
#[path = "split.rs"]
mod part;
#[cfg(not(feature = "split_engine"))]
#[path = "whole.rs"]
mod part;

#[cfg(test)]
mod tests;

pub use archive::{ArchiveError, zip_from_files};
pub use part::{fetched_archive, fetched_files};
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

/// The part of the program that writes the files could not be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartMissing;

/// They in one zip.
fn files_as_zip() -> Result<Vec<u8>, ArchiveError> {
    let files = files();
    zip_from_files(files.iter().map(|it| (it.name.as_str(), it.bytes.as_slice())))
}

/// All exports of the demo company, in import order.
pub fn files() -> Vec<DemoFile> {
    let business = Business::run();
    let mut files = vec![cost_sheet::file(&business), sku_map::file(&business)];
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
