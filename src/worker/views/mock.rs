//! A made-up business of two channels and an ad platform.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use crate::{
    domain::{
        CampaignAds, Day, Dimension, Filters, Granularity, Limit,
        Measure::{
            self, AdSales, Clicks, Cogs, CostedNetSales, FreshSources, GrossSales, Orders,
            ReadFiles, ReadRows, Refunds, RejectedRows, SellerDiscounts, SignedFiles, Sources,
            Spend, Units,
        },
        Names, Period, SkuReturns, SkuWeeks,
    },
    kpis::{
        Contracts, Dictionary,
        mock::{Mock, period},
    },
    worker::protocol::{Comparison, HomeRequest, Member, Members},
};

use super::{Reasons, Slices, Views};

/// Slices by channel; remembers what it was asked for.
pub(super) struct Business {
    channels: BTreeMap<String, Mock>,
    pub(super) asked: RefCell<Vec<Filters>>,
    pub(super) members: Members,
    pub(super) contracts: Contracts,
    pub(super) limits: BTreeMap<String, Limit>,
    reasons: Reasons,
}

impl Slices for Business {
    type Slice = Mock;

    fn slice(&self, filters: &Filters) -> Rc<Mock> {
        self.asked.borrow_mut().push(filters.clone());
        let chosen = filters.members(Dimension::Channel);
        let passes = |channel: &str| chosen.is_empty() || chosen.iter().any(|id| id == channel);
        let slices = self.channels.iter().filter(|(channel, _)| passes(channel));
        Rc::new(slices.fold(Mock::default(), |whole, (_, slice)| whole.and(slice)))
    }

    fn members_in(
        &self,
        _dimension: Dimension,
        filters: &Filters,
        _period: Option<Period>,
    ) -> Vec<String> {
        let chosen = &filters.channels;
        let passes = |id: &&String| chosen.is_empty() || chosen.contains(id);
        self.channels.keys().filter(passes).cloned().collect()
    }

    fn returns_by_sku(&self, _filters: &Filters, _period: Period) -> Vec<SkuReturns> {
        Vec::new()
    }

    fn sku_weeks(&self, _filters: &Filters, _to: Day) -> Vec<SkuWeeks> {
        Vec::new()
    }

    fn campaigns(&self, _periods: &[Period]) -> Vec<CampaignAds> {
        Vec::new()
    }
}

impl Business {
    /// January 2026. Amazon: net 90 + 190 on the 10th and the 31st. `TikTok` Shop: 100 on the 31st,
    /// without refunds. Google: spend 19 and claimed sales.
    pub(super) fn new() -> Self {
        let amazon = Mock::on("2026-01-10", &day("100", "10", "4"))
            .and_on("2026-01-31", &day("200", "10", "6"))
            .and_on("2026-01-31", &[(AdSales, "50"), (Spend, "19"), (Clicks, "8")])
            .and_on("2026-01-31", &[(CostedNetSales, "280"), (Cogs, "100")])
            .and_on("2026-01-31", &[(ReadRows, "20"), (RejectedRows, "0")])
            .and_on("2026-01-31", &[(Sources, "3"), (FreshSources, "3")])
            .and_on("2026-01-31", &[(ReadFiles, "3"), (SignedFiles, "0")]);
        let tiktok = [(GrossSales, "100"), (SellerDiscounts, "0"), (Orders, "5"), (Units, "5")];
        let google = [(AdSales, "38"), (Spend, "19"), (Clicks, "12")];
        let channels = [
            ("amazon", amazon),
            ("google_ads", Mock::on("2026-01-31", &google)),
            ("tiktok", Mock::on("2026-01-31", &tiktok)),
        ];
        let member = |id: &str| Member { id: id.to_owned(), names: Names::default() };
        Self {
            members: Members {
                channels: channels.iter().map(|(id, _)| member(id)).collect(),
                ..Members::default()
            },
            channels: channels.map(|(id, slice)| (id.to_owned(), slice)).into(),
            asked: RefCell::default(),
            contracts: Contracts::default(),
            limits: BTreeMap::new(),
            reasons: Reasons::default(),
        }
    }

    /// What a channel states of a KPI: cases among all.
    pub(super) fn state(&mut self, channel: &str, kpi: &str, of: (&str, &str), day: &str) {
        if let Some(slice) = self.channels.get_mut(channel) {
            *slice = std::mem::take(slice).stating(kpi, of.0, of.1, day);
        }
    }

    pub(super) fn views(&self, covered: impl Into<Option<Period>>) -> Views<'_, Self> {
        Views {
            dictionary: Dictionary::built_in(),
            contracts: &self.contracts,
            slices: self,
            members: &self.members,
            on_home: const { &BTreeMap::new() },
            limits: &self.limits,
            peers: &[],
            annotations: const { &BTreeMap::new() },
            developments: &[],
            covered: covered.into(),
            report_names: &|report| Some(Names { en: report.to_owned(), zh: report.to_owned() }),
            is_loaded: &|_| false,
            reasons: &self.reasons,
        }
    }

    pub(super) fn covered() -> Period {
        period("2025-06-01", "2026-01-31")
    }
}

fn day(
    gross: &'static str,
    refunds: &'static str,
    orders: &'static str,
) -> [(Measure, &'static str); 5] {
    [
        (GrossSales, gross),
        (SellerDiscounts, "0"),
        (Refunds, refunds),
        (Orders, orders),
        (Units, orders),
    ]
}

/// January by day, held against December.
pub(super) fn january() -> HomeRequest {
    let january = period("2026-01-01", "2026-01-31");
    HomeRequest {
        filters: Filters::default(),
        period: Some(january),
        comparison: Comparison::PreviousPeriod,
        granularity: Granularity::Day,
        trend_kpi: "sales.net".to_owned(),
        trend_by: None,
        today: january.to.plus(1),
    }
}

/// The same for some channels.
pub(super) fn january_of(channels: &[&str]) -> HomeRequest {
    let channels = channels.iter().map(|channel| (*channel).to_owned()).collect();
    HomeRequest { filters: Filters { channels, ..Filters::default() }, ..january() }
}
