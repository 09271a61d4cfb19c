//! The planted stories as data: which SKU, from when to when.
//!
//! What each one looks like in the figures is written in the folder's documentation; the tests
//! there hold the figures.

use super::calendar::{date, day_of};
use chrono::NaiveDate;

/// Something that happened to the demo company and can be found in its exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Story {
    pub id: &'static str,
    /// The SKU it is about; `None` when it is about a campaign or the whole business.
    pub sku: Option<&'static str>,
    /// The Amazon campaign it is about.
    pub campaign: Option<&'static str>,
    pub from: NaiveDate,
    /// Last day, included.
    pub to: NaiveDate,
    /// The same two as day counts.
    days: (i64, i64),
}

impl Story {
    const fn new(id: &'static str, from: NaiveDate, to: NaiveDate) -> Self {
        let days = (day_of(from), day_of(to));
        Self { id, sku: None, campaign: None, from, to, days }
    }

    const fn of_sku(mut self, sku: &'static str) -> Self {
        self.sku = Some(sku);
        self
    }

    const fn of_campaign(mut self, campaign: &'static str) -> Self {
        self.campaign = Some(campaign);
        self
    }

    /// The first day as a day count.
    pub(super) const fn first_day(&self) -> i64 {
        self.days.0
    }

    /// The last day as a day count.
    pub(super) const fn last_day(&self) -> i64 {
        self.days.1
    }

    /// Whether the day lies within the story.
    pub(super) const fn covers(&self, day: i64) -> bool {
        self.first_day() <= day && day <= self.last_day()
    }
}

pub(super) const PRIME_DAY_2025: Story =
    Story::new("prime_day_2025", date(2025, 7, 8), date(2025, 7, 11));

pub(super) const BLACK_FRIDAY_2025: Story =
    Story::new("black_friday_2025", date(2025, 11, 27), date(2025, 12, 1));

pub(super) const ACOS_CREEP: Story = Story::new("acos_creep", date(2026, 7, 1), date(2026, 10, 31))
    .of_campaign("SP | Coffee Grinder | Exact");

pub(super) const PRIME_DAY_2026: Story =
    Story::new("prime_day_2026", date(2026, 7, 7), date(2026, 7, 10));

pub(super) const LOSS_MAKER: Story =
    Story::new("restocked_loss_maker", date(2026, 8, 3), date(2026, 10, 31))
        .of_sku("LS-HM-0070-WHT");

pub(super) const RETURNS_WAVE: Story =
    Story::new("returns_wave", date(2026, 8, 10), date(2026, 10, 31)).of_sku("LS-HM-0045-BLK");

pub(super) const STOCK_OUT: Story =
    Story::new("stock_out", date(2026, 9, 8), date(2026, 9, 23)).of_sku("LS-KT-0001-BLK");

pub(super) const MONTH_EDGE: Story =
    Story::new("month_edge_refund", date(2026, 9, 29), date(2026, 10, 3)).of_sku("LS-OD-0085-BLK");

/// All stories, in the order in which they begin.
pub const STORIES: &[Story] = &[
    PRIME_DAY_2025,
    BLACK_FRIDAY_2025,
    ACOS_CREEP,
    PRIME_DAY_2026,
    LOSS_MAKER,
    RETURNS_WAVE,
    STOCK_OUT,
    MONTH_EDGE,
];
