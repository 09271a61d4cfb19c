//! The figures of the open workbook, as views ask for them.

use std::{cmp::Reverse, collections::BTreeMap, rc::Rc};

use super::{Book, basis::Basis};
use crate::{
    domain::{
        CampaignAds, Day, Dimension, Filters, Fixed, KpiDefinition, Period, SkuReturns, SkuWeeks,
        sort_few_by_key,
    },
    facts::Slice,
    kpis::DictionaryError,
    worker::{
        protocol::{
            ExploreRequest, ExploreView, Freshness, HomeRequest, HomeView, KpiCard, KpiInFrame,
            KpiView, KpisView, ReferencesView, TrialRequest, TrialView, TypedValueView, ViewFrame,
            Warning,
        },
        session::{
            card_targets::{note_targets, note_trend},
            own_kpis::{self, own_view},
            peers::known_peers,
            reconciliation::{reconciled, signed_months, ties},
        },
        views::{Reasons, Slices, TableRequest, TableRow, Views},
    },
};

impl Book {
    pub(in crate::worker::session) fn with_views<T>(
        &self,
        with: impl FnOnce(&Views<'_, Basis>) -> T,
    ) -> T {
        self.views_of(&self.basis, with)
    }

    /// The same of a basis with what gaps to platforms' totals are made of.
    pub(in crate::worker::session) fn with_causes<T>(
        &self,
        basis: &Basis,
        with: impl FnOnce(&Views<'_, WithCauses<'_>>) -> T,
    ) -> T {
        self.with_slices(basis, &WithCauses(basis), with)
    }

    /// The figures in the files' own currency, which months are signed in.
    pub(in crate::worker::session) fn with_plain<T>(
        &self,
        with: impl FnOnce(&Views<'_, Basis>) -> T,
    ) -> T {
        self.views_of(self.plain(), with)
    }

    /// The views of a basis.
    pub(super) fn views_of<T>(
        &self,
        basis: &Basis,
        with: impl FnOnce(&Views<'_, Basis>) -> T,
    ) -> T {
        basis.reconcile(|| reconciled(self, basis));
        self.with_slices(basis, basis, with)
    }

    fn with_slices<S: Slices, T>(
        &self,
        basis: &Basis,
        slices: &S,
        with: impl FnOnce(&Views<'_, S>) -> T,
    ) -> T {
        let names = |report: &str| self.report_names(report);
        let is_loaded = |report: &str| self.is_loaded(report);
        let peers = known_peers(self);
        with(&Views {
            dictionary: self.dictionary(),
            contracts: &basis.contracts,
            slices,
            members: &basis.members,
            on_home: &self.fold.on_home,
            limits: &self.fold.limits,
            peers: &peers,
            annotations: &self.fold.annotations,
            developments: &self.derived.developments,
            covered: basis.cube.covered(),
            report_names: &names,
            is_loaded: &is_loaded,
            reasons: &Reasons::default(),
        })
    }

    pub(in crate::worker::session) fn home(&self, request: &HomeRequest) -> HomeView {
        let mut figures = self.with_views(|views| views.home(request));
        self.note_ties(&mut figures.cards, &request.filters, figures.period);
        note_targets(self, &mut figures.cards, (&request.filters, figures.period));
        note_trend(self, &mut figures.trend, &request.filters);
        HomeView {
            period: figures.period,
            comparison: figures.comparison,
            currency: self.basis.currency,
            other_currencies: self.basis.other_currencies(),
            tiles: figures.tiles,
            cards: figures.cards,
            summary: figures.summary,
            n_kpis: u32::try_from(self.dictionary().entries().len()).unwrap_or(u32::MAX),
            trend: figures.trend,
            channels: figures.channels,
            members: self.basis.members.clone(),
            freshness: self.freshness(),
            signed: signed_months(self, figures.period),
        }
    }

    pub(in crate::worker::session) fn kpis(&self, request: &HomeRequest) -> KpisView {
        let (period, mut kpis) = self.with_views(|views| views.kpis(request));
        let cards = kpis.iter_mut().map(|listed| &mut listed.card);
        self.note_ties(cards, &request.filters, period);
        KpisView {
            period,
            currency: self.basis.currency,
            kpis,
            members: self.basis.members.clone(),
        }
    }

    /// What should be looked at first, with what people said of it.
    pub(in crate::worker::session) fn warnings(&self, today: Day) -> Vec<Warning> {
        let mut warnings = self.with_views(|views| views.warnings(today, self.basis.currency));
        for warning in &mut warnings {
            if let Some(said) = self.fold.warnings.get(&warning.id()) {
                warning.note.clone_from(&said.note);
                warning.is_snoozed = said.snoozed_on.is_some_and(|day| warning.day <= day);
            }
        }
        warnings
    }

    pub(in crate::worker::session) fn explore(&self, request: &ExploreRequest) -> ExploreView {
        let explored = self.with_views(|views| views.explore(request));
        ExploreView {
            period: explored.period,
            currency: self.basis.currency,
            other_currencies: self.basis.other_currencies(),
            kpis: explored.kpis,
            rows: explored.rows.heads,
            columns: explored.columns.heads,
            cells: explored.cells,
            n_rows_left_out: explored.rows.n_left_out,
            n_columns_left_out: explored.columns.n_left_out,
            members: self.basis.members.clone(),
            choices: explored.choices,
        }
    }

    /// What a definition would give beside the KPIs that are there.
    pub(in crate::worker::session) fn trial(&self, request: &TrialRequest) -> TrialView {
        let TrialRequest { definition, home } = request;
        let failed = |error: &DictionaryError| TrialView {
            problem: Some(own_kpis::problem(error, &definition.id, self.dictionary())),
            units: Vec::new(),
            kpi: None,
        };
        let units = match self.dictionary().units(&definition.id, &definition.formula) {
            Ok(units) => units,
            Err(error) => return failed(&error),
        };
        let asked = units.iter().find(|unit| unit.id() == definition.unit);
        let Some(unit) = asked.or(units.first()) else {
            let (kpi, formula) = (definition.id.clone(), definition.formula.clone());
            return failed(&DictionaryError::Unit { kpi, formula });
        };
        let definition = KpiDefinition { unit: unit.id().to_owned(), ..definition.clone() };
        let mut own = own_kpis::with_version(&self.fold.kpis, &definition);
        if let Err(error) = own_kpis::dictionary_of(&own) {
            return failed(&error);
        }
        // It is shown as if it held always, whatever the period.
        own.insert(definition.id.clone(), vec![definition.clone()]);
        let dictionary = match own_kpis::dictionary_of(&own) {
            Ok(dictionary) => dictionary,
            Err(error) => return failed(&error),
        };
        let kpi = self.with_views(|views| {
            Views { dictionary: &dictionary, ..*views }.kpi(&definition.id, home)
        });
        TrialView {
            problem: None,
            units: units.into_iter().map(Into::into).collect(),
            kpi: kpi.map(Box::new),
        }
    }

    pub(in crate::worker::session) fn references(
        &self,
        kpi: &str,
        request: &HomeRequest,
    ) -> Option<ReferencesView> {
        self.with_views(|views| views.references(kpi, request, self.basis.currency))
    }

    /// Says on the cards how well their KPIs tie with what platforms state.
    fn note_ties<'a>(
        &self,
        cards: impl IntoIterator<Item = &'a mut KpiCard>,
        filters: &Filters,
        period: Period,
    ) {
        let ties = ties(self, filters, period);
        for card in cards {
            let is_told = card.figure.value.value.is_some();
            let tie = ties.get(&card.figure.kpi).filter(|_| is_told);
            card.figure.value.notes.extend(tie.cloned());
        }
    }

    fn is_loaded(&self, report: &str) -> bool {
        self.records().any(|record| record.report == report)
    }

    /// A KPI with what its page says around it; `None` when there is no such KPI.
    pub(in crate::worker::session) fn kpi_in_frame(
        &self,
        kpi: &str,
        request: &HomeRequest,
    ) -> Option<KpiInFrame> {
        let frame = ViewFrame {
            period: self.with_views(|views| views.period(request)),
            currency: self.basis.currency,
            members: self.basis.members.clone(),
        };
        Some(KpiInFrame { kpi: self.kpi(kpi, request)?, frame })
    }

    pub(in crate::worker::session) fn kpi(
        &self,
        kpi: &str,
        request: &HomeRequest,
    ) -> Option<KpiView> {
        let (mut view, period) =
            self.with_views(|views| Some((views.kpi(kpi, request)?, views.period(request))))?;
        self.note_ties([&mut view.card], &request.filters, period);
        note_targets(self, [&mut view.card], (&request.filters, period));
        note_trend(self, &mut view.trend, &request.filters);
        view.own = self.fold.kpis.get(kpi).map(|versions| own_view(versions));
        if let Some(entry) = self.dictionary().get(kpi) {
            let feeds = self.dictionary().feeds(entry, self.contracts());
            let own = self.recipes().feeding(&feeds, |report| self.is_loaded(report));
            view.fed_by.extend(own);
        }
        if let Some(stated) = &mut view.stated {
            let of_kpi = self.fold.values.iter().filter(|((id, ..), _)| id == kpi);
            stated.typed = of_kpi.map(typed_value).collect();
            sort_few_by_key(&mut stated.typed, |value| Reverse(value.day));
            let shops = self.derived.cube.shops();
            for channel in &mut stated.channels {
                let own = shops.iter().filter(|(it, shop)| *it == channel.id && !shop.is_empty());
                channel.shops = own.map(|(_, shop)| (*shop).to_owned()).collect();
            }
        }
        Some(view)
    }

    pub(in crate::worker::session) fn table(&self, request: &TableRequest) -> Vec<TableRow> {
        self.with_views(|views| views.table(request))
    }

    /// The last day that each report kind covers.
    fn freshness(&self) -> Vec<Freshness> {
        let mut last: BTreeMap<&str, Day> = BTreeMap::new();
        for record in self.records() {
            if let Some(period) = record.period {
                let day = last.entry(record.report.as_str()).or_insert(period.to);
                *day = (*day).max(period.to);
            }
        }
        let freshness = |(report, last_day): (&str, Day)| Freshness {
            report: report.to_owned(),
            names: self.report_names(report).unwrap_or_default(),
            last_day,
        };
        last.into_iter().map(freshness).collect()
    }
}

fn typed_value(typed: (&(String, String, String, Day), &Fixed)) -> TypedValueView {
    let ((_, channel, shop, day), value) = typed;
    TypedValueView {
        channel: channel.clone(),
        shop: shop.clone(),
        day: *day,
        value: value.to_string(),
    }
}

/// A basis whose slices have what the causes of gaps are made of.
pub(in crate::worker::session) struct WithCauses<'a>(&'a Basis);

impl Slices for WithCauses<'_> {
    type Slice = Slice;

    fn slice(&self, filters: &Filters) -> Rc<Slice> {
        self.0.cut(filters, true)
    }

    fn members_in(
        &self,
        dimension: Dimension,
        filters: &Filters,
        period: Option<Period>,
    ) -> Vec<String> {
        self.0.members_in(dimension, filters, period)
    }

    fn returns_by_sku(&self, filters: &Filters, period: Period) -> Vec<SkuReturns> {
        self.0.returns_by_sku(filters, period)
    }

    fn sku_weeks(&self, filters: &Filters, to: Day) -> Vec<SkuWeeks> {
        self.0.sku_weeks(filters, to)
    }

    fn campaigns(&self, periods: &[Period]) -> Vec<CampaignAds> {
        self.0.campaigns(periods)
    }
}
