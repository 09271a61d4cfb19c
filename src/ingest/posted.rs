//! The facts of a file whose rows have all been read.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use serde::{Deserialize, Serialize};

use crate::{
    catalog::report::Dated,
    domain::{Currency, Day, Fixed, Period, set_of_few, sort_few_by_key},
    facts::{Segment, SegmentMeta, Table, TableBuilder},
    ingest::{
        FactPreview,
        clock::{Clock, Redating},
        date_order::OrderSettled,
        plan::{FactPlan, Plan},
        post::{MAX_SHOWN, N_PREVIEW},
        tally::Tally,
    },
};

/// All rows, posted.
#[derive(Debug)]
pub(crate) struct Posted {
    pub(crate) plan: Plan,
    pub(crate) tally: Tally,
    pub(crate) order: OrderSettled,
    clock: Clock,
}

/// The segments that one `FactPlan` gave, and what they say together.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct TableParts {
    /// Large: they are moved by themselves.
    #[serde(skip)]
    pub(crate) segments: Vec<Segment>,
    /// The first facts, with their days in the store's zone.
    preview: Vec<FactPreview>,
    /// Per number column, in ten-thousandths.
    sums: Vec<i64>,
    /// Smallest and largest date, the last day of summaries included.
    span: Option<(i64, i64)>,
    /// Distinct texts in order of appearance.
    shops: Vec<String>,
    currencies: Vec<String>,
}

impl TableParts {
    /// Closes a segment. Its dates become final.
    pub(crate) fn add(
        &mut self,
        mut table: TableBuilder,
        facts: &FactPlan,
        report: &str,
        (redating, clock): (Redating, &Clock),
    ) {
        if let Some(mut redate) = redating.into_change() {
            table.redate_each(&mut redate);
        }
        for row in 0..table.len().min(N_PREVIEW.saturating_sub(self.preview.len())) {
            let fact = table.row(row).map(|(line, at, texts, numbers)| {
                preview(table.table(), line, day_said(facts, at, clock), &texts, &numbers)
            });
            self.preview.extend(fact);
        }
        self.sums.resize(facts.numbers.len(), 0);
        for (number, sum) in self.sums.iter_mut().enumerate() {
            *sum = sum.saturating_add(table.sum(number));
        }
        self.span = both_spans(self.span, table.span());
        add_distinct(&mut self.shops, table.distinct("shop"));
        add_distinct(&mut self.currencies, table.distinct("currency"));
        self.segments.push(table.finish(SegmentMeta {
            report: report.to_owned(),
            group: facts.group.clone(),
            is_moment: clock.is_moment(),
            zone: clock.zone().to_owned(),
            is_keyed: !facts.key.is_empty(),
            stated: (0..facts.numbers.len()).filter(|index| is_stated(facts, *index)).collect(),
        }));
    }

    /// Whether no row became a fact.
    pub(crate) fn is_empty(&self) -> bool {
        self.span.is_none()
    }

    /// Adds the facts of the rows behind, which begin `n_lines` below.
    pub(crate) fn append(&mut self, mut next: Self, n_lines: u64) {
        next.segments.iter_mut().for_each(|segment| segment.move_down(n_lines));
        next.preview.iter_mut().for_each(|fact| fact.line += n_lines);
        self.segments.append(&mut next.segments);
        self.preview.append(&mut next.preview);
        self.preview.truncate(N_PREVIEW);
        self.sums.resize(next.sums.len().max(self.sums.len()), 0);
        for (sum, next) in self.sums.iter_mut().zip(next.sums) {
            *sum = sum.saturating_add(next);
        }
        self.span = both_spans(self.span, next.span);
        add_distinct(&mut self.shops, next.shops.iter().map(String::as_str));
        add_distinct(&mut self.currencies, next.currencies.iter().map(String::as_str));
    }
}

/// From the first beginning to the last end.
fn both_spans(one: Option<(i64, i64)>, other: Option<(i64, i64)>) -> Option<(i64, i64)> {
    match (one, other) {
        (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
        (one, other) => one.or(other),
    }
}

fn add_distinct<'t>(known: &mut Vec<String>, texts: impl Iterator<Item = &'t str>) {
    for text in texts {
        if !text.is_empty() && !known.iter().any(|it| it == text) {
            known.push(text.to_owned());
        }
    }
}

impl Posted {
    pub(crate) fn new(plan: Plan, tally: Tally) -> Self {
        let order = tally.order.settle(plan.date_order, plan.date_order_is_open);
        let clock = Clock::new(plan.zone, tally.told);
        Self { plan, tally, order, clock }
    }

    fn tables(&self) -> impl Iterator<Item = (&TableParts, &FactPlan)> {
        self.tally.tables.iter().zip(&self.plan.facts)
    }

    /// The first facts in the file's order, with their days in the store's zone.
    pub(crate) fn preview(&self) -> Vec<FactPreview> {
        let mut facts: Vec<FactPreview> =
            self.tally.tables.iter().flat_map(|parts| parts.preview.iter().cloned()).collect();
        sort_few_by_key(&mut facts, |fact| fact.line);
        facts.truncate(N_PREVIEW);
        facts
    }

    /// Sums of the columns that the file states, by `table.column`.
    pub(crate) fn sums(&self) -> BTreeMap<String, Fixed> {
        let mut sums: BTreeMap<String, Fixed> = BTreeMap::new();
        for (parts, facts) in self.tables() {
            for (index, name) in facts.table.numbers().iter().enumerate() {
                let is_of_one = matches!(*name, "unit_cost" | "duty");
                if is_stated(facts, index) && !is_of_one {
                    let sum = parts.sums.get(index).copied().unwrap_or(0);
                    let place = sums.entry(format!("{}.{name}", facts.table.name())).or_default();
                    *place = place.plus(Fixed::from_ten_thousandths(sum));
                }
            }
        }
        sums
    }

    /// First and last day in the store's zone, over all tables; `None` where nothing is dated.
    pub(crate) fn period(&self) -> Option<Period> {
        let mut period: Option<Period> = None;
        for (parts, facts) in self.tables() {
            let undated = facts.at.is_none() && self.plan.period.is_none();
            let Some((first, last)) = parts.span else { continue };
            if undated || facts.dated == Dated::Always || !facts.table.tells_period() {
                continue;
            }
            let clock = &self.clock;
            let span = Period { from: clock.day_of(first), to: clock.day_of(last) };
            period = Some(period.map_or(span, |it| it.including(&span)));
        }
        period
    }

    /// Whether some facts have no date at all.
    pub(crate) fn is_undated(&self, dated: Dated) -> bool {
        let plan = &self.plan;
        let lacks =
            |facts: &FactPlan| facts.is_possible && facts.at.is_none() && facts.dated == dated;
        plan.period.is_none() && plan.facts.iter().any(lacks)
    }

    pub(crate) fn into_segments(self) -> Vec<Rc<Segment>> {
        let segments = self.tally.tables.into_iter().flat_map(|parts| parts.segments);
        segments.map(Rc::new).collect()
    }

    /// Distinct shops over all tables, in order of appearance.
    pub(crate) fn shops(&self) -> Vec<String> {
        let mut shops = Vec::new();
        for parts in &self.tally.tables {
            add_distinct(&mut shops, parts.shops.iter().map(String::as_str));
        }
        shops
    }

    /// Distinct currencies over all tables, sorted.
    pub(crate) fn currencies(&self) -> Vec<Currency> {
        let codes = self.tally.tables.iter().flat_map(|parts| &parts.currencies);
        let codes: BTreeSet<Currency> = set_of_few(codes.filter_map(|code| Currency::parse(code)));
        codes.into_iter().collect()
    }
}

fn is_stated(facts: &FactPlan, number: usize) -> bool {
    let is_amount = facts.table == Table::Postings && number == 0 && !facts.amounts.is_empty();
    is_amount || facts.numbers.get(number).is_some_and(Option::is_some)
}

/// The day of a fact, where the file or a person says it.
fn day_said(facts: &FactPlan, at: i64, clock: &Clock) -> Option<Day> {
    let is_said = facts.at.is_some() || at != 0 && facts.dated != Dated::Always;
    is_said.then(|| clock.day_of(at))
}

fn preview(
    table: Table,
    line: u64,
    day: Option<Day>,
    texts: &[&str],
    numbers: &[i64],
) -> FactPreview {
    let day = day.map(|day| ("at".to_owned(), day.to_string()));
    let mut values: Vec<(String, String)> = day.into_iter().collect();
    for (name, text) in table.texts().zip(texts) {
        if !text.is_empty() {
            values.push((name.to_owned(), text.chars().take(MAX_SHOWN).collect()));
        }
    }
    for (name, number) in table.numbers().iter().zip(numbers) {
        values.push(((*name).to_owned(), Fixed::from_ten_thousandths(*number).to_string()));
    }
    FactPreview { line, table: table.name().to_owned(), values }
}
