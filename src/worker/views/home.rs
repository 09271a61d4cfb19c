//! Home: the figures of the chosen slice and period.

use std::cmp::Reverse;

use crate::{
    domain::{Day, Filters, Granularity, Period, WeekStart, sort_few_by},
    kpis::Entry,
    worker::protocol::{
        ChannelRow, Figure, HomeRequest, KpiCard, ListedKpi, PeriodTile, Trend, ValueView,
    },
};

use super::{
    Slices, Views,
    against::comparison_period,
    values::{Asked, Chosen, chart_value},
};

/// Days shown when the person has chosen no period.
const DEFAULT_DAYS: i32 = 30;
/// Points of a card's small chart: a quarter in weeks.
const SPARK_BUCKETS: usize = 13;
/// The KPI of the trend when the one asked for does not exist.
const DEFAULT_TREND: &str = "sales.net";

const CHANNEL_FIGURES: [&str; 6] =
    ["sales.net", "sales.channel_share", "sales.orders", "ads.spend", "ads.tacos", "pl.cm3"];

/// Net sales, orders, and profits, the one after all costs first.
const SUMMARY: [&str; 6] =
    ["sales.net", "sales.orders", "pl.cm3", "pl.cm2", "pl.cm1", "pl.gross_profit"];

/// The parts of `HomeView` that are made of KPIs.
#[derive(Debug, Clone, PartialEq)]
pub struct HomeFigures {
    /// The period shown, after defaults.
    pub period: Period,
    pub comparison: Option<Period>,
    /// Empty while there is no data.
    pub tiles: Vec<PeriodTile>,
    /// The KPIs on home, in catalogue order.
    pub cards: Vec<KpiCard>,
    /// See `HomeView::summary`.
    pub summary: Vec<Figure>,
    pub trend: Trend,
    /// The total, then the channels with data, largest net sales first.
    pub channels: Vec<ChannelRow>,
}

impl<S: Slices> Views<'_, S> {
    /// The figures of home. Slices are cut once: the filtered one, the whole one and one per
    /// channel; a trend by another dimension cuts one or two per member.
    pub fn home(&self, request: &HomeRequest) -> HomeFigures {
        let chosen = self.chosen(&request.filters);
        let period = self.period(request);
        let comparison = comparison_period(period, request.comparison);
        let entries = self.dictionary.entries();
        let trend = self.asked_id(&request.trend_kpi).or_else(|| self.asked_id(DEFAULT_TREND));
        let trend = trend.or_else(|| entries.first().map(|entry| self.asked(entry)));
        let trend = trend.expect("a dictionary has KPIs");
        let card = |entry: &Entry| self.card(self.asked(entry), request, &chosen, period);
        let figure = |asked| self.figure(asked, &chosen, period, comparison);
        HomeFigures {
            period,
            comparison,
            tiles: self.tiles(request, &chosen),
            cards: entries.iter().filter(|entry| self.is_on_home(entry)).map(card).collect(),
            summary: SUMMARY.iter().filter_map(|id| self.asked_id(id)).map(figure).collect(),
            trend: self.trend(trend, request, &chosen, period),
            channels: self.channel_rows(&chosen, period, comparison),
        }
    }

    /// The value of every KPI, in catalogue order.
    pub fn values(&self, filters: &Filters, period: Period) -> Vec<ValueView> {
        let chosen = self.chosen(filters);
        let entries = self.dictionary.entries().iter();
        entries.map(|entry| self.value(self.asked(entry), &chosen, period)).collect()
    }

    /// Net sales of each period; `None` where there is no value.
    pub fn net_sales(&self, filters: &Filters, periods: &[Period]) -> Vec<Option<String>> {
        let chosen = self.chosen(filters);
        let asked = self.asked_id(DEFAULT_TREND);
        let net = |period: &Period| self.value(asked?, &chosen, *period).value;
        periods.iter().map(net).collect()
    }

    /// Every KPI with its card, in catalogue order.
    pub fn kpis(&self, request: &HomeRequest) -> (Period, Vec<ListedKpi>) {
        let chosen = self.chosen(&request.filters);
        let period = self.period(request);
        let listed = |entry: &Entry| ListedKpi {
            card: self.card(self.asked(entry), request, &chosen, period),
            initials: entry.kpi.initials.clone(),
            is_on_home: self.is_on_home(entry),
        };
        (period, self.dictionary.entries().iter().map(listed).collect())
    }

    /// Whether a person wants the KPI on home, else whether it stands there from the beginning.
    pub(super) fn is_on_home(&self, entry: &Entry) -> bool {
        self.on_home.get(&entry.kpi.id).copied().unwrap_or(entry.kpi.on_home)
    }

    /// The period asked for, or the last 30 days covered by data; up to today while there is
    /// none.
    pub fn period(&self, request: &HomeRequest) -> Period {
        self.period_or_last(request.period, request.today)
    }

    pub(super) fn period_or_last(&self, period: Option<Period>, today: Day) -> Period {
        if let Some(period) = period {
            return period;
        }
        let to = self.covered.map_or(today, |covered| covered.to);
        let from = to.plus(1 - DEFAULT_DAYS);
        Period { from: self.covered.map_or(from, |covered| covered.from.max(from)), to }
    }

    pub(super) fn card(
        &self,
        asked: Asked<'_>,
        request: &HomeRequest,
        chosen: &Chosen<S::Slice>,
        period: Period,
    ) -> KpiCard {
        let previous = comparison_period(period, request.comparison);
        let buckets = newest_buckets(period.to, request.granularity, self.contracts.week());
        let point = |bucket: Period| chart_value(&self.evaluate(asked.entry, chosen, bucket));
        KpiCard {
            figure: self.figure(asked, chosen, period, previous),
            year_before: Some(self.value(asked, chosen, period.year_before())),
            target: None,
            spark: buckets.into_iter().map(point).collect(),
            is_immature: self.is_immature(asked.entry, period),
            meaning: asked.entry.kpi.meaning.clone(),
            group: asked.entry.kpi.group.clone(),
        }
    }

    fn channel_rows(
        &self,
        chosen: &Chosen<S::Slice>,
        period: Period,
        comparison: Option<Period>,
    ) -> Vec<ChannelRow> {
        let asked: Vec<Asked<'_>> =
            CHANNEL_FIGURES.iter().filter_map(|id| self.asked_id(id)).collect();
        let row = |channel: &str, chosen: &Chosen<S::Slice>| {
            let figure = |asked: &Asked<'_>| self.figure(*asked, chosen, period, comparison);
            ChannelRow { channel: channel.to_owned(), figures: asked.iter().map(figure).collect() }
        };
        let channel = |(id, _): &(String, _)| {
            let chosen = chosen.of_channel(id)?;
            let row = row(id, &chosen);
            let has_data = row.figures.iter().any(|figure| figure.value.value.is_some());
            let first = asked.first()?;
            // Ad platforms sell nothing: they stand last.
            let net_sales = self.evaluate(first.entry, &chosen, period).value();
            has_data.then_some((Reverse(net_sales), row))
        };
        let mut channels: Vec<_> = chosen.channels.iter().filter_map(channel).collect();
        sort_few_by(&mut channels, |one, other| {
            (one.0, &one.1.channel).cmp(&(other.0, &other.1.channel))
        });
        let total = row("", chosen);
        std::iter::once(total).chain(channels.into_iter().map(|(_, row)| row)).collect()
    }
}

/// The newest buckets up to `last`, oldest first; the newest one is cut off at `last`.
fn newest_buckets(last: Day, granularity: Granularity, week: WeekStart) -> Vec<Period> {
    let mut buckets = Vec::with_capacity(SPARK_BUCKETS);
    let mut to = last;
    for _ in 0..SPARK_BUCKETS {
        let from = granularity.bucket(to, week).from;
        buckets.push(Period { from, to });
        to = from.plus(-1);
    }
    buckets.reverse();
    buckets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{Dimension, Filters},
        kpis::mock::period,
        worker::{
            protocol::{Comparison, Figure, ValueView},
            views::mock::{Business, january, january_of},
        },
    };

    fn home(request: &HomeRequest) -> HomeFigures {
        Business::new().views(Business::covered()).home(request)
    }

    fn card<'a>(home: &'a HomeFigures, kpi: &str) -> &'a KpiCard {
        home.cards.iter().find(|card| card.figure.kpi == kpi).unwrap()
    }

    fn notes(value: &ValueView) -> Vec<String> {
        let text = |note: &crate::worker::protocol::NoteView| {
            format!("{} {}", note.note, note.about.join(", "))
        };
        value.notes.iter().map(text).collect()
    }

    fn texts(figures: &[Figure]) -> Vec<&str> {
        figures.iter().map(|figure| figure.value.value.as_deref().unwrap_or("–")).collect()
    }

    #[test]
    fn every_kpi_is_listed_in_catalogue_order() {
        let business = Business::new();
        let (period, kpis) = business.views(Business::covered()).kpis(&january());
        assert_eq!(Some(period), january().period);
        let ids: Vec<&str> = kpis.iter().map(|it| it.card.figure.kpi.as_str()).collect();
        let catalogue: Vec<&str> =
            crate::catalog::kpi::kpis().iter().map(|kpi| kpi.id.as_str()).collect();
        assert_eq!(ids, catalogue);
    }

    #[test]
    fn home_has_the_kpis_that_a_person_wants_there() {
        let business = Business::new();
        let ids = |views: &Views<'_, Business>| -> Vec<String> {
            views.home(&january()).cards.into_iter().map(|card| card.figure.kpi).collect()
        };
        let mut views = business.views(Business::covered());
        let usual = ids(&views);
        let chosen = [("cus.new".to_owned(), true), ("sales.net".to_owned(), false)].into();
        views.on_home = &chosen;
        let wanted = ids(&views);
        assert!(usual.contains(&"sales.net".to_owned()) && !usual.contains(&"cus.new".to_owned()));
        assert!(
            wanted.contains(&"cus.new".to_owned()) && !wanted.contains(&"sales.net".to_owned())
        );
        assert_eq!(wanted.len(), usual.len());
        // The sentence is made of the same KPIs whatever cards there are.
        assert_eq!(texts(&views.home(&january()).summary)[..2], ["380", "15"]);
    }

    #[test]
    fn a_card_holds_its_value_against_others() {
        let home = home(&january());
        let net = card(&home, "sales.net");
        assert_eq!(net.figure.value.value.as_deref(), Some("380"));
        assert_eq!(net.figure.previous.as_ref().unwrap().value.as_deref(), Some("0"));
        assert_eq!(net.year_before.as_ref().unwrap().value.as_deref(), Some("0"));
        assert_eq!(net.group, "sales");
    }

    #[test]
    fn the_default_period_is_the_last_30_days_covered() {
        let request = HomeRequest { period: None, ..january() };
        assert_eq!(home(&request).period, period("2026-01-02", "2026-01-31"));
        let business = Business::new();
        let young = business.views(period("2026-01-20", "2026-01-31")).home(&request);
        assert_eq!(young.period, period("2026-01-20", "2026-01-31"));
        let empty = business.views(None).home(&request);
        assert_eq!(empty.period, period("2026-01-03", "2026-02-01"));
        assert!(empty.tiles.is_empty());
    }

    #[test]
    fn the_small_chart_ends_with_the_period() {
        let home = home(&HomeRequest { granularity: Granularity::Week, ..january() });
        let spark = &card(&home, "sales.net").spark;
        assert_eq!(spark.len(), 13);
        // 2026-01-31 is a Saturday; the 10th lies in the week of Monday the 5th.
        assert_eq!(spark[12], Some(290.0));
        assert_eq!(spark[9], Some(90.0));
        assert_eq!(spark[11], Some(0.0));
        assert!(card(&home, "sales.aov").spark[11].is_none());
    }

    #[test]
    fn channels_without_refunds_are_named() {
        let home = home(&january());
        assert_eq!(notes(&card(&home, "sales.net").figure.value), ["refunds_missing tiktok"]);
        assert_eq!(
            notes(&card(&home, "sales.aov").figure.value),
            ["refunds_missing tiktok", "small_denominator 15, 30"]
        );
        assert!(notes(&card(&home, "sales.gross").figure.value).is_empty());
    }

    #[test]
    fn ad_sales_of_two_windows_are_marked_and_immature() {
        let both = home(&january());
        let expected = ["mixed_windows amazon, google_ads", "immature "];
        assert_eq!(notes(&card(&both, "ads.sales").figure.value), expected);
        assert!(card(&both, "ads.sales").is_immature);
        assert!(!card(&both, "ads.spend").is_immature);
        let one = home(&january_of(&["amazon"]));
        assert_eq!(notes(&card(&one, "ads.sales").figure.value), ["immature "]);
        let settled = HomeRequest { period: Some(period("2026-01-01", "2026-01-17")), ..january() };
        assert!(!card(&home(&settled), "ads.sales").is_immature);
        let not_yet = HomeRequest { period: Some(period("2026-01-01", "2026-01-18")), ..january() };
        assert!(card(&home(&not_yet), "ads.sales").is_immature);
    }

    #[test]
    fn an_undefined_value_names_the_files_that_would_give_it() {
        let home = home(&january());
        let undefined = |kpi| card(&home, kpi).figure.value.undefined.clone().unwrap();
        let sessions = undefined("trf.sessions");
        assert_eq!((sessions.reason.as_str(), sessions.about.as_str()), ("no_data", "sessions"));
        assert_eq!(sessions.fed_by[0].report, "amazon.business_report_by_date");
        // 280 of 380 have a cost.
        let profit = undefined("pl.gross_profit");
        assert_eq!((profit.reason.as_str(), profit.about.as_str()), ("missing_cost", "0.73684211"));
        assert_eq!(profit.fed_by[0].report, "user.costs");
    }

    #[test]
    fn channel_rows_add_up_to_the_total() {
        let rows = home(&january()).channels;
        let channels: Vec<&str> = rows.iter().map(|row| row.channel.as_str()).collect();
        assert_eq!(channels, ["", "amazon", "tiktok", "google_ads"]);
        assert_eq!(texts(&rows[0].figures), ["380", "1", "15", "38", "0.1", "–"]);
        assert_eq!(texts(&rows[1].figures), ["280", "0.73684211", "10", "19", "0.06785714", "–"]);
        assert_eq!(texts(&rows[2].figures), ["100", "0.26315789", "5", "–", "–", "–"]);
        assert_eq!(texts(&rows[3].figures), ["–", "–", "–", "19", "–", "–"]);
    }

    #[test]
    fn a_filter_leaves_the_share_of_the_whole() {
        let home = home(&january_of(&["tiktok"]));
        assert_eq!(texts(&home.channels[0].figures)[..2], ["100", "0.26315789"]);
        assert_eq!(home.channels.len(), 2);
    }

    #[test]
    fn each_slice_is_cut_once() {
        let business = Business::new();
        let request =
            HomeRequest { trend_by: Some(Dimension::Channel), ..january_of(&["amazon", "tiktok"]) };
        business.views(Business::covered()).home(&request);
        let mut asked = business.asked.borrow().clone();
        assert_eq!(asked.len(), 4);
        asked.sort();
        asked.dedup();
        assert_eq!(asked.len(), 4);
        assert!(asked.contains(&Filters::default()));
    }

    #[test]
    fn tiles_hold_the_fixed_periods() {
        let home = home(&january());
        let ids: Vec<&str> = home.tiles.iter().map(|tile| tile.id.as_str()).collect();
        assert_eq!(ids, ["yesterday", "last_7_days", "month_to_date", "last_month"]);
        assert_eq!(texts(&home.tiles[0].figures), ["290", "11", "11", "38", "–"]);
        assert_eq!(texts(&home.tiles[2].figures), ["380", "15", "15", "38", "–"]);
        assert_eq!(home.tiles[3].period, period("2025-12-01", "2025-12-31"));
    }

    #[test]
    fn the_trend_is_split_by_channel_largest_first() {
        let request = HomeRequest { trend_by: Some(Dimension::Channel), ..january() };
        let trend = home(&request).trend;
        let members: Vec<&str> = trend.series.iter().map(|series| series.member.as_str()).collect();
        assert_eq!(members, ["amazon", "tiktok"]);
        assert_eq!(trend.buckets.len(), 31);
        assert_eq!(trend.series[0].values[9].value.as_deref(), Some("90"));
        assert!(trend.comparison.is_none());
    }

    #[test]
    fn the_trend_is_held_against_as_many_days_before() {
        let trend = home(&january()).trend;
        let comparison = trend.comparison.unwrap();
        assert_eq!(comparison.values.len(), trend.buckets.len());
        assert_eq!(comparison.buckets[0], period("2025-12-01", "2025-12-01"));
        assert_eq!(comparison.buckets[30], period("2025-12-31", "2025-12-31"));
        let none = HomeRequest { comparison: Comparison::None, ..january() };
        let home = home(&none);
        assert!(home.trend.comparison.is_none() && home.comparison.is_none());
        assert!(card(&home, "sales.net").figure.previous.is_none());
    }

    #[test]
    fn days_around_an_event_are_held_against_those_of_the_year_before() {
        let quiet = HomeRequest {
            period: Some(period("2026-01-09", "2026-01-30")),
            comparison: Comparison::SameEvent,
            ..january()
        };
        // Christmas is 15 days before it, and Valentine's Day as many after it.
        let none = home(&quiet);
        assert!(none.comparison.is_none() && none.trend.aligned.is_none());
        assert!(none.trend.comparison.is_none());
        let near = HomeRequest { period: Some(period("2026-01-31", "2026-01-31")), ..quiet };
        let near = home(&near);
        assert_eq!(near.comparison, Some(period("2025-01-31", "2025-01-31")));
        let aligned = near.trend.aligned.unwrap();
        assert_eq!(
            (aligned.names.en.as_str(), near.comparison),
            ("Valentine’s Day", Some(aligned.against))
        );
        // Prime Day 2025 began 357 days after that of 2024; weeks are cut as those of this year.
        let prime = HomeRequest {
            period: Some(period("2025-07-01", "2025-07-31")),
            granularity: Granularity::Week,
            comparison: Comparison::SameEvent,
            ..january()
        };
        let prime = home(&prime).trend;
        let beside = prime.comparison.unwrap().buckets;
        assert_eq!(prime.buckets[1], period("2025-07-07", "2025-07-13"));
        assert_eq!(beside[1], period("2024-07-15", "2024-07-21"));
        assert_eq!((beside.len(), beside[0].from.to_string().as_str()), (5, "2024-07-09"));
    }

    #[test]
    fn an_unknown_trend_is_that_of_net_sales() {
        let request = HomeRequest { trend_kpi: "no.such".to_owned(), ..january() };
        assert_eq!(home(&request).trend.kpi, "sales.net");
    }
}
