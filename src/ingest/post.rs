//! Rows become facts and problems.

use std::collections::BTreeSet;

use crate::{
    catalog::report::ColumnKind,
    domain::{Fixed, Problem, ProblemKind},
    ingest::{
        cells::CellReader,
        clock::Clock,
        container::Row,
        encoding::CellEncoding,
        fact_writer::FactWriter,
        groups::Groups,
        moment::swapped,
        number::read_number,
        plan::{Plan, SkipPlan, Slot},
        posted::Posted,
        problems::Problems,
        values::Values,
    },
};

/// Rows shown to the person.
pub(super) const N_PREVIEW: usize = 50;
/// Longest value shown of a cell, in letters.
pub(super) const MAX_SHOWN: usize = 80;

/// A total that the file states about itself.
#[derive(Debug, Clone)]
pub(crate) struct StatedTotal {
    pub(crate) label: String,
    /// Slot → number.
    pub(crate) numbers: Vec<(usize, Fixed)>,
}

/// Reads rows by a plan.
#[derive(Debug)]
pub(crate) struct Poster<'a> {
    pub(crate) plan: Plan<'a>,
    cells: CellReader,
    pub(crate) clock: Clock,
    groups: Groups,
    /// One per `plan.facts`.
    pub(crate) writers: Vec<FactWriter>,
    values: Values,
    pub(crate) rows: u64,
    pub(crate) problems: Problems,
    pub(crate) totals: Vec<StatedTotal>,
    pub(crate) raw_rows: Vec<Vec<String>>,
    personal: BTreeSet<usize>,
    /// Sum per number slot, to check stated totals.
    pub(crate) slot_sums: Vec<Fixed>,
    pub(crate) last_row_width: usize,
}

impl<'a> Poster<'a> {
    pub(crate) fn new(plan: Plan<'a>, encoding: CellEncoding, is_sheet: bool) -> Self {
        let n_slots = plan.slots.len();
        Self {
            cells: CellReader::new(n_slots, encoding, is_sheet),
            clock: Clock::new(plan.zone),
            groups: Groups::default(),
            writers: plan.facts.iter().map(FactWriter::new).collect(),
            values: Values::new(n_slots),
            rows: 0,
            problems: Problems::default(),
            totals: Vec::new(),
            raw_rows: Vec::new(),
            personal: plan.personal_cells(),
            slot_sums: vec![Fixed::ZERO; n_slots],
            last_row_width: 0,
            plan,
        }
    }

    /// Takes in one row below the header.
    pub(crate) fn row(&mut self, buffer: &[u8], row: &Row) {
        if row.is_blank(buffer) || self.is_skipped(buffer, row) {
            return;
        }
        self.rows += 1;
        self.last_row_width = row.cells.len();
        if self.raw_rows.len() < N_PREVIEW {
            self.keep_raw(buffer, row);
        }
        if self.is_shifted(buffer, row) {
            return;
        }
        let mut values = std::mem::take(&mut self.values);
        if self.read(buffer, row, &mut values) {
            self.apply_overrides(&mut values);
            if self.plan.group.is_some() {
                self.collect(&values);
            } else {
                self.post(&values);
            }
        }
        self.values = values;
    }

    fn keep_raw(&mut self, buffer: &[u8], row: &Row) {
        let cells = row.iter(buffer).enumerate().map(|(cell, bytes)| {
            if self.personal.contains(&cell) {
                String::new()
            } else {
                shown(bytes, self.cells.encoding)
            }
        });
        self.raw_rows.push(cells.collect());
    }

    /// Whether a filled cell stands behind the header's last column: the row is a problem then.
    fn is_shifted(&mut self, buffer: &[u8], row: &Row) -> bool {
        let mut extra = row.iter(buffer).skip(self.plan.n_columns).map(<[u8]>::trim_ascii);
        let Some(extra) = extra.find(|cell| !cell.is_empty()) else { return false };
        self.problems.n_shifted += 1;
        self.problems.first_shifted.get_or_insert((row.line, row.cells.len()));
        let (kind, encoding) = (ProblemKind::TooManyCells, self.cells.encoding);
        self.problems.add(kind, || Problem {
            line: row.line,
            column: String::new(),
            value: shown(extra, encoding),
            kind,
        });
        true
    }

    fn fail(&mut self, slot: usize, line: u64, cell: &[u8], kind: ProblemKind) {
        let (plan, encoding) = (&self.plan, self.cells.encoding);
        self.problems.add(kind, || Problem {
            line,
            column: plan.header_of(slot).to_owned(),
            value: shown(cell.trim_ascii(), encoding),
            kind,
        });
    }

    fn is_skipped(&mut self, buffer: &[u8], row: &Row) -> bool {
        let encoding = self.cells.encoding;
        let fits = |skip: &SkipPlan, cell: &[u8]| skip.test.holds_for_cell(&encoding.text(cell));
        let holds = |skip: &SkipPlan| match skip.test.slot {
            _ if skip.test.is_false => false,
            Some(slot) => {
                let cell = self.plan.slots.get(slot).map_or(usize::MAX, |slot| slot.cell);
                fits(skip, row.cell(buffer, cell))
            }
            None => row.iter(buffer).any(|cell| fits(skip, cell)),
        };
        let Some(skip) = self.plan.skips.iter().find(|skip| holds(skip)) else { return false };
        if skip.is_total && row.cells.len() == self.plan.n_columns {
            self.totals.push(stated_total(&self.plan, encoding, buffer, row));
        }
        true
    }

    /// Reads the row's cells into `values`; `false` when one is a problem.
    fn read(&mut self, buffer: &[u8], row: &Row, values: &mut Values) -> bool {
        values.begin(row.line);
        let mut is_good = true;
        for index in 0..self.plan.slots.len() {
            let Some(slot) = self.plan.slots.get(index) else { break };
            let cell = row.cell(buffer, slot.cell);
            let is_missing = slot.is_filled && !slot.is_inherited && cell.trim_ascii().is_empty();
            let result = if is_missing {
                Err(ProblemKind::MissingValue)
            } else {
                self.cells.read(&self.plan, index, cell, values)
            };
            if let Err(kind) = result {
                self.fail(index, row.line, cell, kind);
                is_good = false;
            }
        }
        is_good
    }

    fn apply_overrides(&self, values: &mut Values) {
        for (index, slot) in self.plan.slots.iter().enumerate() {
            let mut overrides = slot.overrides.iter();
            if let Some((_, value)) =
                overrides.find(|(test, _)| test.holds(values, &self.cells.texts))
            {
                values.say_own(index, value);
            }
        }
    }

    /// Adds the row to its group; a row of another group ends the one before.
    fn collect(&mut self, values: &Values) {
        let Some(group) = &self.plan.group else { return };
        if let Some(rows) = self.groups.add(values, group, &self.cells.texts) {
            self.post_group(rows);
        }
    }

    fn end_group(&mut self) {
        let Some(group) = &self.plan.group else { return };
        let rows = self.groups.end(group, &self.cells.texts);
        self.post_group(rows);
    }

    fn post_group(&mut self, mut rows: Vec<Values>) {
        rows.retain_mut(|values| self.complete(values));
        if let Some(group) = &self.plan.group {
            self.groups.spread(&mut rows, group, &self.cells.texts);
        }
        for values in &rows {
            self.post(values);
        }
    }

    /// Reads what is still empty after inheriting; `false` when it must not be.
    fn complete(&mut self, values: &mut Values) -> bool {
        for index in 0..self.plan.slots.len() {
            let Some(slot) = self.plan.slots.get(index).filter(|slot| slot.is_inherited) else {
                continue;
            };
            if !values.is_empty_at(index, &self.cells.texts) {
                continue;
            }
            if slot.is_filled {
                self.fail(index, values.line, b"", ProblemKind::MissingValue);
                return false;
            }
            let is_text = matches!(slot.kind, ColumnKind::Text | ColumnKind::Id);
            if is_text && let Err(kind) = self.cells.read_text(slot, index, b"", values) {
                self.fail(index, values.line, b"", kind);
                return false;
            }
        }
        true
    }

    fn post(&mut self, values: &Values) {
        let texts = &self.cells.texts;
        let mut undated = None;
        for (facts, writer) in self.plan.facts.iter().zip(&mut self.writers) {
            if !facts.is_possible || !facts.when.iter().all(|test| test.holds(values, texts)) {
                continue;
            }
            match self.clock.date_of(facts, values, self.plan.period) {
                Ok(date) => writer.write(facts, values, texts, date),
                Err(slot) => undated = Some(slot),
            }
        }
        if let Some(slot) = undated {
            self.fail(slot, values.line, b"", ProblemKind::MissingValue);
        }
        if self.plan.skips.iter().any(|skip| skip.is_total) {
            for (sum, number) in self.slot_sums.iter_mut().zip(&values.numbers) {
                *sum = sum.plus(number.unwrap_or(Fixed::ZERO));
            }
        }
    }

    /// Ends the reading: last group, date order, zone.
    pub(crate) fn finish(mut self) -> Posted<'a> {
        self.end_group();
        let notes = std::mem::take(&mut self.cells.order);
        let order = notes.settle(self.plan.date_order, self.plan.date_order_is_open);
        if order.order != self.plan.date_order {
            self.writers.iter_mut().for_each(|it| it.table.redate_each(&mut swapped));
        }
        if let Some(mut settle) = self.clock.settle() {
            self.writers.iter_mut().for_each(|it| it.table.redate_each(&mut settle));
        }
        Posted { poster: self, order }
    }
}

fn shown(cell: &[u8], encoding: CellEncoding) -> String {
    encoding.text(cell).trim().chars().take(MAX_SHOWN).collect()
}

fn stated_total(plan: &Plan<'_>, encoding: CellEncoding, buffer: &[u8], row: &Row) -> StatedTotal {
    let mut cells = row.iter(buffer).map(|cell| shown(cell, encoding));
    let label = cells.find(|cell| !cell.is_empty()).unwrap_or_default();
    let number = |(index, slot): (usize, &Slot)| {
        let number = read_number(row.cell(buffer, slot.cell), slot.sign, encoding).ok()??;
        (slot.kind == ColumnKind::Number).then_some((index, number))
    };
    StatedTotal { label, numbers: plan.slots.iter().enumerate().filter_map(number).collect() }
}
