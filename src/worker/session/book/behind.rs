//! The facts behind a measure.

use std::{cmp::Reverse, collections::BTreeMap, collections::BinaryHeap};

use super::{Book, basis::cube_options};
use crate::{
    catalog::{kpi::measure_entry, words::column_word},
    domain::{Day, Fixed, Measure, Period, sort_few_by_key},
    facts::{FactBehind, Segment, facts_behind},
    kpis::CostLayering,
    worker::{
        protocol::{FactField, FactRow, FactsFile, FactsRequest, FactsView, Failure},
        session::imports::CubeParts,
        views::Slices as _,
    },
};

/// Facts that are shown one by one.
const N_SHOWN: usize = 100;

/// What the facts of one import add up to.
struct OfImport {
    n_facts: u64,
    sum: Fixed,
    first: Day,
    last: Day,
}

impl Book {
    /// What a measure is made of, for the filters and the period of the request.
    pub(in crate::worker::session) fn facts(
        &self,
        request: &FactsRequest,
    ) -> Result<FactsView, Failure> {
        let invalid = || Failure::InvalidValue { value: request.measure.clone() };
        let measure = Measure::ALL.iter().find(|it| it.id() == request.measure);
        let measure = *measure.ok_or_else(invalid)?;
        let home = &request.home;
        let (period, value) = self.with_views(|views| {
            let period = views.period(home);
            (period, views.measure_value(measure, &self.basis.slice(&home.filters), period))
        });
        let mut found = Found::new(request.import.as_deref());
        let is_of_facts = self.walk_facts(request, measure, period, &mut found);
        let entry = measure_entry(measure);
        Ok(FactsView {
            measure: request.measure.clone(),
            names: entry.names.clone(),
            unit: entry.unit.into(),
            currency: self.basis.currency,
            period,
            value,
            is_of_facts,
            n_facts: found.imports.values().map(|it| it.n_facts).sum(),
            sum: found.imports.values().map(|it| it.sum).sum::<Fixed>().to_string(),
            is_rounded: self.contracts.currency().is_some()
                || self.contracts.cost_layer() != CostLayering::InForce,
            files: self.facts_files(&found),
            facts: self.fact_rows(found),
            members: self.basis.members.clone(),
        })
    }

    fn walk_facts(
        &self,
        request: &FactsRequest,
        measure: Measure,
        period: Period,
        found: &mut Found<'_>,
    ) -> bool {
        let parts = self.parts();
        let masks = self.masks(&parts);
        let cube_parts = CubeParts::of(&self.recipes, &parts, &masks);
        let inputs = cube_parts.inputs();
        let choice = self.basis.choice(&request.home.filters);
        let options = cube_options(&self.contracts, self.fold.keeps_buyers);
        let cube = (&*self.basis.cube, inputs.as_slice(), options);
        facts_behind(cube, &choice, (measure, period), &mut |fact| {
            if let Some(part) = cube_parts.part(fact.input) {
                found.add(&part.import, &part.segment, fact);
            }
        })
    }

    /// The files with facts, most first.
    fn facts_files(&self, found: &Found<'_>) -> Vec<FactsFile> {
        let file = |(import, of): (&String, &OfImport)| {
            let record = self.record(import)?;
            Some(FactsFile {
                import: import.clone(),
                file: record.file.clone(),
                report: self.report_names(&record.report).unwrap_or_default(),
                n_facts: of.n_facts,
                sum: of.sum.to_string(),
                first_day: of.first,
                last_day: of.last,
            })
        };
        let mut files: Vec<FactsFile> = found.imports.iter().filter_map(file).collect();
        sort_few_by_key(&mut files, |file| (Reverse(file.n_facts), file.file.clone()));
        files
    }

    fn fact_rows(&self, found: Found<'_>) -> Vec<FactRow> {
        let row = |Reverse(shown): Reverse<Shown>| FactRow {
            file: self.record(&shown.import).map(|it| it.file.clone()).unwrap_or_default(),
            line: shown.line,
            day: shown.day,
            amount: shown.amount.to_string(),
            fields: shown.fields.into_iter().map(field).collect(),
        };
        found.largest.into_sorted_vec().into_iter().map(row).collect()
    }
}

fn field((id, text): (&'static str, String)) -> FactField {
    let word = column_word(id);
    let names = word.map(|word| word.names.clone()).unwrap_or_default();
    FactField { id: id.to_owned(), names, text, is_money: word.is_some_and(|word| word.is_money) }
}

/// A fact that may be shown: the larger its amount, the sooner.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Shown {
    size: Fixed,
    /// Of equal ones the first.
    before: Reverse<(String, u64)>,
    amount: Fixed,
    import: String,
    line: u64,
    day: Day,
    fields: Vec<(&'static str, String)>,
}

/// What a walk over facts found.
struct Found<'a> {
    /// The only import whose facts are shown.
    import: Option<&'a str>,
    imports: BTreeMap<String, OfImport>,
    /// The smallest of the largest on top.
    largest: BinaryHeap<Reverse<Shown>>,
}

impl<'a> Found<'a> {
    fn new(import: Option<&'a str>) -> Self {
        Self { import, imports: BTreeMap::new(), largest: BinaryHeap::new() }
    }

    fn add(&mut self, import: &str, segment: &Segment, fact: FactBehind) {
        let FactBehind { row, day, amount, .. } = fact;
        match self.imports.get_mut(import) {
            Some(of) => {
                of.n_facts += 1;
                of.sum = of.sum.plus(amount);
                (of.first, of.last) = (of.first.min(day), of.last.max(day));
            }
            None => {
                let of = OfImport { n_facts: 1, sum: amount, first: day, last: day };
                self.imports.insert(import.to_owned(), of);
            }
        }
        let is_shown = self.import.is_none_or(|only| only == import);
        let size = amount.absolute();
        let is_large = self.largest.len() < N_SHOWN
            || self.largest.peek().is_some_and(|Reverse(least)| least.size < size);
        if is_shown && is_large {
            let line = segment.line(row);
            let fields = Segment::field_names(segment.table()).into_iter().zip(segment.fields(row));
            let told = |(name, text): &(&str, String)| !text.is_empty() && !is_provenance(name);
            let fields = fields.filter(told).collect();
            let (before, import) = (Reverse((import.to_owned(), line)), import.to_owned());
            self.largest.push(Reverse(Shown { size, before, amount, import, line, day, fields }));
            if self.largest.len() > N_SHOWN {
                self.largest.pop();
            }
        }
    }
}

/// Where and when a fact is, which a row says by itself.
fn is_provenance(field: &str) -> bool {
    matches!(field, "line" | "at" | "is_moment" | "zone" | "n_days")
}
