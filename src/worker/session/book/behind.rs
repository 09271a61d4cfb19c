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

/// What the facts of one import, or of one of its inputs, add up to.
#[derive(Debug, Clone)]
struct OfImport {
    n_facts: u64,
    sum: Fixed,
    first: Day,
    last: Day,
}

impl OfImport {
    fn add(&mut self, other: &Self) {
        self.n_facts += other.n_facts;
        self.sum = self.sum.plus(other.sum);
        (self.first, self.last) = (self.first.min(other.first), self.last.max(other.last));
    }
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
        let (is_of_facts, imports) = self.walk_facts(request, measure, period, &mut found);
        let entry = measure_entry(measure);
        Ok(FactsView {
            measure: request.measure.clone(),
            names: entry.names.clone(),
            unit: entry.unit.into(),
            currency: self.basis.currency,
            period,
            value,
            is_of_facts,
            n_facts: imports.values().map(|it| it.n_facts).sum(),
            sum: imports.values().map(|it| it.sum).sum::<Fixed>().to_string(),
            is_rounded: self.contracts.currency().is_some()
                || self.contracts.cost_layer() != CostLayering::InForce,
            files: self.facts_files(&imports),
            facts: self.fact_rows(found),
            members: self.basis.members.clone(),
        })
    }

    /// Whether the measure is made of facts, and what those of each import add up to.
    fn walk_facts(
        &self,
        request: &FactsRequest,
        measure: Measure,
        period: Period,
        found: &mut Found<'_>,
    ) -> (bool, BTreeMap<String, OfImport>) {
        let parts = self.parts();
        let masks = self.masks(&parts);
        let cube_parts = CubeParts::of(&self.recipes, &parts, &masks);
        let inputs = cube_parts.inputs();
        let choice = self.basis.choice(&request.home.filters);
        let options = cube_options(&self.contracts, self.fold.keeps_buyers);
        let cube = (&*self.basis.cube, inputs.as_slice(), options);
        let is_of_facts = facts_behind(cube, &choice, (measure, period), &mut |fact| {
            if let Some(part) = cube_parts.part(fact.input) {
                found.add(&part.import, &part.segment, fact);
            }
        });
        let import_of = |input| cube_parts.part(input).map(|part| part.import.as_str());
        (is_of_facts, found.imports(import_of))
    }

    /// The files with facts, most first.
    fn facts_files(&self, imports: &BTreeMap<String, OfImport>) -> Vec<FactsFile> {
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
        let mut files: Vec<FactsFile> = imports.iter().filter_map(file).collect();
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
    /// By the input; facts of one follow each other, and there may be millions.
    inputs: Vec<Option<OfImport>>,
    /// The smallest of the largest on top.
    largest: BinaryHeap<Reverse<Shown>>,
}

impl<'a> Found<'a> {
    fn new(import: Option<&'a str>) -> Self {
        Self { import, inputs: Vec::new(), largest: BinaryHeap::new() }
    }

    /// What the facts of each import add up to; `import_of` names the import of an input.
    fn imports<'b>(
        &self,
        import_of: impl Fn(usize) -> Option<&'b str>,
    ) -> BTreeMap<String, OfImport> {
        let mut imports: BTreeMap<String, OfImport> = BTreeMap::new();
        for (input, of) in self.inputs.iter().enumerate() {
            let (Some(import), Some(of)) = (import_of(input), of) else { continue };
            imports
                .entry(import.to_owned())
                .and_modify(|all| all.add(of))
                .or_insert_with(|| of.clone());
        }
        imports
    }

    fn add(&mut self, import: &str, segment: &Segment, fact: FactBehind) {
        let FactBehind { input, row, day, amount } = fact;
        if self.inputs.len() <= input {
            self.inputs.resize_with(input + 1, || None);
        }
        let one = OfImport { n_facts: 1, sum: amount, first: day, last: day };
        match self.inputs.get_mut(input) {
            Some(Some(of)) => of.add(&one),
            Some(none) => *none = Some(one),
            None => {}
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
