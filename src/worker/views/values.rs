//! Values of KPIs as the page gets them.

use std::{
    collections::BTreeSet,
    rc::Rc,
    sync::{Arc, LazyLock},
};

use crate::{
    catalog::{
        channel::channel,
        kpi::{Direction, MeasureEntry, Unit, kpis, measure_entry},
    },
    domain::{Dimension, Filters, Measure, Measures, Missing, NotStated, Period, Sum, set_of_few},
    kpis::{Decimal, Entry, Evaluator, KpiValue, SaleTiming, Undefined},
    worker::protocol::{
        DirectionView, Figure, NoteView, ReportName, UndefinedView, UnitView, ValueView,
    },
};

use super::{Slices, Views};

/// A choice of filters, cut once.
pub(super) struct Chosen<M> {
    pub(super) slice: Rc<M>,
    /// The same choice without channel and shop.
    pub(super) whole: Rc<M>,
    /// The chosen channels one by one; empty where they do not matter.
    pub(super) channels: Vec<(String, Rc<M>)>,
}

/// A KPI with what is looked up once for all its values.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) entry: &'a Entry,
    /// Refunds that no export states count as 0 in it.
    has_optional_refunds: bool,
    /// It adds up what ad platforms claim for their ads.
    is_attributed: bool,
    /// It is made of sales.
    is_of_sales: bool,
}

impl<M> Chosen<M> {
    /// One of the channels alone.
    pub(super) fn of_channel(&self, channel: &str) -> Option<Self> {
        let (id, slice) = self.channels.iter().find(|(id, _)| id == channel)?;
        let channels = vec![(id.clone(), Rc::clone(slice))];
        Some(Self { slice: Rc::clone(slice), whole: Rc::clone(&self.whole), channels })
    }
}

impl<'a, S: Slices> Views<'a, S> {
    /// Cuts the slices that views of `filters` need.
    pub(super) fn chosen(&self, filters: &Filters) -> Chosen<S::Slice> {
        let slice = self.slices.slice(filters);
        let everywhere = Filters { channels: Vec::new(), shops: Vec::new(), ..filters.clone() };
        let whole =
            if everywhere == *filters { Rc::clone(&slice) } else { self.slices.slice(&everywhere) };
        let channel = |id: String| {
            let narrowed = filters.narrowed(Dimension::Channel, &id);
            let is_same = narrowed == *filters;
            let slice = if is_same { Rc::clone(&slice) } else { self.slices.slice(&narrowed) };
            (id, slice)
        };
        let channels = self.member_ids(Dimension::Channel, filters).into_iter().map(channel);
        Chosen { channels: channels.collect(), slice, whole }
    }

    /// The members of a dimension that pass `filters`, in the order of the filter or the list.
    pub(super) fn member_ids(&self, dimension: Dimension, filters: &Filters) -> Vec<String> {
        let chosen = filters.members(dimension);
        if !chosen.is_empty() {
            return chosen.to_vec();
        }
        self.members.of(dimension).iter().map(|member| member.id.clone()).collect()
    }

    pub(super) fn asked(&self, entry: &'a Entry) -> Asked<'a> {
        let measures = self.dictionary.measures(entry, self.contracts);
        Asked {
            entry,
            has_optional_refunds: measures.get(&Measure::Refunds) == Some(&true),
            is_attributed: measures.contains_key(&Measure::AdSales)
                || measures.contains_key(&Measure::AdOrders),
            is_of_sales: measures.contains_key(&Measure::GrossSales)
                || measures.contains_key(&Measure::Gmv)
                || measures.contains_key(&Measure::Orders)
                || measures.contains_key(&Measure::Units),
        }
    }

    pub(super) fn asked_id(&self, id: &str) -> Option<Asked<'a>> {
        self.dictionary.get(id).map(|entry| self.asked(entry))
    }

    pub(super) fn evaluate(
        &self,
        entry: &Entry,
        chosen: &Chosen<S::Slice>,
        period: Period,
    ) -> KpiValue {
        let (dictionary, contracts) = (self.dictionary, self.contracts);
        let (slice, whole) = (&*chosen.slice, &*chosen.whole);
        Evaluator { dictionary, contracts, slice, whole, is_window: false }.evaluate(entry, period)
    }

    /// The value with all its notes.
    pub(super) fn value(
        &self,
        asked: Asked<'_>,
        chosen: &Chosen<S::Slice>,
        period: Period,
    ) -> ValueView {
        let defined = match self.evaluate(asked.entry, chosen, period) {
            KpiValue::Defined(defined) => defined,
            KpiValue::Undefined(why) => {
                let undefined = Some(self.undefined(why));
                return ValueView { undefined, ..ValueView::default() };
            }
        };
        let note = |note: &crate::kpis::Note| NoteView { note: note.id(), about: note.about() };
        let mut notes: Vec<NoteView> = defined.notes.iter().map(note).collect();
        if asked.has_optional_refunds {
            name_channels_without_refunds(&mut notes, chosen, period);
        }
        if asked.is_attributed {
            notes.extend(mixed_windows(chosen, period));
        }
        if let Some(note) = left_out_note(self.contracts.sale_timing())
            && asked.is_of_sales
        {
            notes.extend(left_out(note, chosen, period));
        }
        if self.is_immature(asked.entry, period) {
            notes.push(NoteView { note: "immature".to_owned(), about: Vec::new() });
        }
        ValueView {
            value: Some(defined.value.to_string()),
            undefined: None,
            n: Some(defined.n.to_string()),
            coverage: defined.coverage.map(|coverage| coverage.to_string()),
            notes,
        }
    }

    /// A measure as a part of a formula.
    pub fn measure_value(&self, measure: Measure, slice: &S::Slice, period: Period) -> ValueView {
        match slice.sum(measure, period) {
            Ok(Sum { value, n_facts }) => ValueView {
                value: Some(value.to_string()),
                n: Some(n_facts.to_string()),
                ..ValueView::default()
            },
            Err(why) => {
                let undefined = Some(self.undefined(Undefined::Missing { measure, why }));
                ValueView { undefined, ..ValueView::default() }
            }
        }
    }

    pub(super) fn figure(
        &self,
        asked: Asked<'_>,
        chosen: &Chosen<S::Slice>,
        period: Period,
        previous: Option<Period>,
    ) -> Figure {
        let kpi = &asked.entry.kpi;
        Figure {
            kpi: kpi.id.clone(),
            names: kpi.names.clone(),
            unit: kpi.unit.into(),
            direction: kpi.direction.into(),
            value: self.value(asked, chosen, period),
            previous: previous.map(|previous| self.value(asked, chosen, previous)),
        }
    }

    /// Whether the value of `period` will still change as returns or attributed sales come in:
    /// fewer covered days follow it than the KPI takes to settle.
    pub(super) fn is_immature(&self, entry: &Entry, period: Period) -> bool {
        let settling_days = i32::from(entry.kpi.settling_days);
        self.covered.is_some_and(|covered| period.to > covered.to.plus(-settling_days))
            && settling_days > 0
    }

    pub(super) fn report_names(&self, reports: &[impl AsRef<str>]) -> Vec<ReportName> {
        let name = |report: &str| {
            let names = (self.report_names)(report)?;
            Some(ReportName { report: report.to_owned(), names })
        };
        reports.iter().filter_map(|report| name(report.as_ref())).collect()
    }

    fn undefined(&self, why: Undefined) -> Arc<UndefinedView> {
        let mut reasons = self.reasons.borrow_mut();
        if let Some((_, told)) = reasons.iter().find(|(it, _)| *it == why) {
            return Arc::clone(told);
        }
        let told = Arc::new(UndefinedView {
            reason: why.reason().to_owned(),
            about: why.about(),
            fed_by: self.report_names(reports_that_help(&why)),
        });
        reasons.push((why, Arc::clone(&told)));
        told
    }
}

/// The reports whose import would give the value; empty when none would.
pub(super) fn reports_that_help(why: &Undefined) -> &'static [String] {
    let listed = |measure: Measure, list: fn(&'static MeasureEntry) -> &'static Vec<String>| {
        let entry = measure_entry(measure);
        let special = list(entry);
        if special.is_empty() { &entry.fed_by } else { special }
    };
    match why {
        Undefined::Missing { measure, why: Missing::NotAdditive } => {
            listed(*measure, |entry| &entry.totals_fed_by)
        }
        Undefined::NotStated { kpi, why: NotStated::Nothing } => {
            let kpi = kpis().iter().find(|it| it.id == *kpi);
            kpi.and_then(|kpi| kpi.stated.as_ref()).map_or(&[], |stated| &stated.reports)
        }
        // No file would change it.
        Undefined::Missing {
            why:
                Missing::BuyersDropped | Missing::WholeOnly | Missing::OtherWindow | Missing::NoAdOrders,
            ..
        }
        | Undefined::NotStated { .. }
        | Undefined::Missing {
            measure:
                Measure::NewBuyers | Measure::BuyersLast365Days | Measure::RepeatBuyersLast365Days,
            why: Missing::NoSkuDetail,
        }
        | Undefined::DivisionByZero { .. }
        | Undefined::NegativeDenominator { .. }
        | Undefined::OutOfRange => &[],
        Undefined::Missing { measure, why: Missing::NoSkuDetail } => {
            listed(*measure, |entry| &entry.sku_fed_by)
        }
        Undefined::Missing { why: Missing::NoRate | Missing::NoPlanRate, .. } => {
            static RATES: LazyLock<Vec<String>> =
                LazyLock::new(|| vec!["user.fx_rates".to_owned()]);
            &RATES
        }
        Undefined::Missing { why: Missing::NoCost, .. } | Undefined::MissingCost { .. } => {
            &measure_entry(Measure::Cogs).fed_by
        }
        Undefined::Missing { measure, .. } | Undefined::MissingFees { measure } => {
            &measure_entry(*measure).fed_by
        }
    }
}

/// A slice of several channels may know the refunds of some of them only: the sum is there, and
/// still too small. The note names those that sold something without stating refunds.
fn name_channels_without_refunds<M: Measures>(
    notes: &mut Vec<NoteView>,
    chosen: &Chosen<M>,
    period: Period,
) {
    let lacks_refunds = |slice: &M| {
        let has_sales = slice.sum(Measure::GrossSales, period).is_ok_and(|sum| sum.n_facts > 0);
        has_sales && slice.sum(Measure::Refunds, period) == Err(Missing::NoData)
    };
    let channels = chosen.channels.iter().filter(|(_, slice)| lacks_refunds(slice));
    let about: Vec<String> = channels.map(|(id, _)| id.clone()).collect();
    if about.is_empty() {
        return;
    }
    match notes.iter_mut().find(|note| note.note == "refunds_missing") {
        Some(note) => note.about = about,
        None => notes.insert(0, NoteView { note: "refunds_missing".to_owned(), about }),
    }
}

/// The note on channels that sell and do not tell what makes a sale.
const fn left_out_note(timing: SaleTiming) -> Option<&'static str> {
    match timing {
        SaleTiming::Ordered => None,
        SaleTiming::Shipped => Some("not_shipped"),
        SaleTiming::Settled => Some("not_booked"),
    }
}

/// A note that names channels which sell, but of which no sales are known under the contract.
fn left_out<M: Measures>(note: &str, chosen: &Chosen<M>, period: Period) -> Option<NoteView> {
    let is_left_out = |(id, slice): &&(String, Rc<M>)| {
        channel(id).is_some_and(|channel| channel.sells)
            && slice.sum(Measure::GrossSales, period) == Err(Missing::NoData)
    };
    let about: Vec<String> =
        chosen.channels.iter().filter(is_left_out).map(|(id, _)| id.clone()).collect();
    (!about.is_empty()).then(|| NoteView { note: note.to_owned(), about })
}

/// A note when ad sales of different attribution windows are added up; about those channels.
fn mixed_windows<M: Measures>(chosen: &Chosen<M>, period: Period) -> Option<NoteView> {
    let claims_sales =
        |slice: &M| slice.sum(Measure::AdSales, period).is_ok_and(|sum| sum.n_facts > 0);
    let window = |(id, slice): &'_ (String, Rc<M>)| {
        let window = channel(id)?.ad_window.as_deref()?;
        claims_sales(slice).then(|| (id.clone(), window))
    };
    let windows: Vec<(String, &str)> = chosen.channels.iter().filter_map(window).collect();
    let distinct: BTreeSet<&str> = set_of_few(windows.iter().map(|(_, window)| *window));
    let about = windows.into_iter().map(|(id, _)| id).collect();
    (distinct.len() > 1).then(|| NoteView { note: "mixed_windows".to_owned(), about })
}

/// For charts: `None` when undefined.
pub(super) fn chart_value(value: &KpiValue) -> Option<f64> {
    value.value().map(Decimal::to_f64)
}

impl From<Unit> for UnitView {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Money => Self::Money,
            Unit::Count => Self::Count,
            Unit::Share => Self::Share,
            Unit::Ratio => Self::Ratio,
            Unit::Days => Self::Days,
            Unit::TurnsPerYear => Self::TurnsPerYear,
            Unit::Score => Self::Score,
            Unit::Hours => Self::Hours,
            Unit::Weeks => Self::Weeks,
            Unit::Months => Self::Months,
            Unit::Seconds => Self::Seconds,
            Unit::Milliseconds => Self::Milliseconds,
        }
    }
}

impl From<Direction> for DirectionView {
    fn from(direction: Direction) -> Self {
        match direction {
            Direction::Up => Self::Up,
            Direction::Down => Self::Down,
            Direction::Band => Self::Band,
            Direction::None => Self::None,
        }
    }
}
