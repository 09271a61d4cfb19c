//! Rows become facts and problems, some rows at a time.

use std::collections::BTreeSet;

use crate::{
    catalog::report::ColumnKind,
    domain::{Fixed, Problem, ProblemKind},
    ingest::{
        batch::Batch,
        cells::{CellReader, Fault},
        clock::Clock,
        container::{Cut, Rows},
        encoding::CellEncoding,
        fact_writer::{DatedRow, FactWriter},
        groups::{Groups, inherit},
        number::read_number,
        plan::{Plan, SkipPlan, Slot},
        tally::{MAX_UNTIED, StatedTotal, Tally, Untied},
    },
};

/// Rows shown to the person.
pub(super) const N_PREVIEW: usize = 50;
/// Longest value shown of a cell, in letters.
pub(crate) const MAX_SHOWN: usize = 80;
/// Facts after which a segment is closed: what has been read then takes little memory.
const FACTS_IN_SEGMENT: usize = 1 << 17;

/// Reads rows by a plan.
#[derive(Debug)]
pub(crate) struct Poster {
    pub(crate) plan: Plan,
    cells: CellReader,
    clock: Clock,
    groups: Groups,
    /// One per `plan.facts`.
    writers: Vec<FactWriter>,
    /// Rows that are being read; between calls those of a group that may go on.
    batch: Batch,
    n_carried: usize,
    personal: BTreeSet<usize>,
    last_row_width: usize,
    tally: Tally,
}

impl Poster {
    pub(crate) fn new(plan: Plan, encoding: CellEncoding, is_sheet: bool) -> Self {
        let n_slots = plan.slots.len();
        Self {
            cells: CellReader::new(n_slots, encoding, is_sheet),
            clock: Clock::new(plan.zone, None),
            groups: Groups::default(),
            writers: plan.facts.iter().map(|facts| FactWriter::new(facts, &plan.slots)).collect(),
            batch: Batch::new(plan.slots.iter().map(|slot| slot.kind)),
            n_carried: 0,
            personal: plan.personal_cells(),
            last_row_width: 0,
            tally: Tally::new(n_slots, plan.facts.len()),
            plan,
        }
    }

    /// Data rows read so far.
    pub(crate) fn rows(&self) -> u64 {
        self.tally.rows
    }

    /// Whether the row read last has fewer cells than the header.
    pub(crate) fn is_last_row_short(&self) -> bool {
        self.last_row_width < self.plan.n_columns
    }

    /// Takes in rows below the header, those that were corrected as they are now.
    pub(crate) fn take(&mut self, rows: Rows<'_>) {
        if rows.len() == 0 || !self.has_corrections(rows) {
            return self.take_as_they_are(rows);
        }
        let (mut bytes, mut cut) = (Vec::new(), Cut::default());
        for row in 0..rows.len() {
            let texts = rows.cells(row).map(|cell| self.cells.encoding.text(&cell).into_owned());
            let mut texts: Vec<String> = texts.collect();
            for (cell, text) in self.plan.corrections.get(&rows.line(row)).into_iter().flatten() {
                if let Some(place) = texts.get_mut(*cell) {
                    place.clone_from(text);
                }
            }
            cut.push_texts(&mut bytes, rows.line(row), &texts);
        }
        self.take_as_they_are(Rows::new(&bytes, &cut, false));
    }

    fn has_corrections(&self, rows: Rows<'_>) -> bool {
        let (first, last) = (rows.line(0), rows.line(rows.len() - 1));
        self.plan.corrections.range(first..=last).next().is_some()
    }

    fn take_as_they_are(&mut self, rows: Rows<'_>) {
        let chosen: Vec<usize> = (0..rows.len()).filter(|row| self.is_wanted(rows, *row)).collect();
        let before = self.batch.n_rows();
        let faults = self.cells.read(&self.plan, rows, &chosen, &mut self.batch);
        self.drop_faulty(rows, &chosen, before, &faults);
        self.apply_overrides(before);
        if self.plan.group.is_some() {
            self.post_groups(false);
        } else {
            self.post(0..self.batch.n_rows());
            self.batch.forget_until(usize::MAX);
        }
        self.close_segments(FACTS_IN_SEGMENT);
    }

    /// Counts a row, and tells whether its cells are to be read.
    fn is_wanted(&mut self, rows: Rows<'_>, row: usize) -> bool {
        if rows.is_blank(row) || self.is_skipped(rows, row) {
            return false;
        }
        self.tally.rows += 1;
        self.last_row_width = rows.width(row);
        if self.tally.raw_rows.len() < N_PREVIEW {
            self.keep_raw(rows, row);
        }
        !self.is_shifted(rows, row)
    }

    fn keep_raw(&mut self, rows: Rows<'_>, row: usize) {
        let encoding = self.cells.encoding;
        let cells = rows.cells(row).enumerate().map(|(cell, bytes)| {
            if self.personal.contains(&cell) { String::new() } else { shown(&bytes, encoding) }
        });
        self.tally.raw_rows.push(cells.collect());
    }

    /// Whether a filled cell stands behind the header's last column: the row is a problem then.
    fn is_shifted(&mut self, rows: Rows<'_>, row: usize) -> bool {
        let (n_columns, width) = (self.plan.n_columns, rows.width(row));
        if width <= n_columns {
            return false;
        }
        let mut extra = rows.cells(row).skip(n_columns);
        let Some(extra) = extra.find(|cell| !cell.trim_ascii().is_empty()) else { return false };
        let line = rows.line(row);
        self.tally.problems.n_shifted += 1;
        self.tally.problems.first_shifted.get_or_insert((line, width));
        let (kind, encoding) = (ProblemKind::TooManyCells, self.cells.encoding);
        self.tally.problems.add(line, kind, || Problem {
            line,
            column: String::new(),
            value: shown(extra.trim_ascii(), encoding),
            kind,
        });
        true
    }

    fn fail(&mut self, slot: usize, line: u64, cell: &[u8], kind: ProblemKind) {
        let (plan, encoding) = (&self.plan, self.cells.encoding);
        if kind == ProblemKind::UnknownKind {
            let text = encoding.text(cell);
            self.tally.problems.note_kind(plan.header_of(slot), text.trim());
        }
        self.tally.problems.add(line, kind, || Problem {
            line,
            column: plan.header_of(slot).to_owned(),
            value: shown(cell.trim_ascii(), encoding),
            kind,
        });
    }

    fn is_skipped(&mut self, rows: Rows<'_>, row: usize) -> bool {
        let encoding = self.cells.encoding;
        let mut room = Vec::new();
        let mut holds = |skip: &SkipPlan| match skip.test.slot {
            _ if skip.test.is_false => false,
            Some(slot) => {
                let cell = self.plan.slots.get(slot).map_or(usize::MAX, |slot| slot.cell);
                skip.test.holds_for_cell(rows.cell(row, cell, &mut room), encoding)
            }
            None => rows.cells(row).any(|cell| skip.test.holds_for_cell(&cell, encoding)),
        };
        let found = self.plan.skips.iter().enumerate().find(|(_, skip)| holds(skip));
        let Some((index, skip)) = found else { return false };
        if skip.is_total && rows.width(row) == self.plan.n_columns {
            let (label, numbers) = stated_total(&self.plan, encoding, rows, row);
            self.tally.totals.push(StatedTotal { label, skip: index, numbers });
        }
        true
    }

    /// Notes the rows just read that have faults, and takes them out of the batch, in which they
    /// stand from `before` on.
    fn drop_faulty(&mut self, rows: Rows<'_>, chosen: &[usize], before: usize, faults: &[Fault]) {
        if faults.is_empty() {
            return;
        }
        let mut room = Vec::new();
        for Fault { row, slot, kind } in faults.iter().copied() {
            let cell = self.plan.slots.get(slot).map_or(usize::MAX, |slot| slot.cell);
            self.fail(slot, rows.line(row), rows.cell(row, cell, &mut room), kind);
        }
        let is_faulty = |row: &usize| faults.binary_search_by_key(row, |it| it.row).is_ok();
        let keeps: Vec<bool> = chosen.iter().map(|row| !is_faulty(row)).collect();
        let is_kept = |row: usize| row.checked_sub(before).and_then(|at| keeps.get(at).copied());
        self.batch.retain(|row| is_kept(row).unwrap_or(true));
    }

    fn apply_overrides(&mut self, before: usize) {
        let overridden = |slot: &&Slot| !slot.overrides.is_empty();
        for (index, slot) in self.plan.slots.iter().enumerate().filter(|it| overridden(&it.1)) {
            for row in before..self.batch.n_rows() {
                let holds = |test: &crate::ingest::condition::Test| {
                    test.holds(&self.batch, row, &self.cells.texts)
                };
                let found = slot.overrides.iter().find(|(test, _)| holds(test));
                if let Some((_, value)) = found {
                    let said = self.batch.own(value);
                    self.batch.set_text(index, row, said);
                }
            }
        }
    }

    /// Posts the groups that have ended, or all.
    fn post_groups(&mut self, is_end: bool) {
        let Some(plan) = self.plan.group.take() else { return };
        let mut groups = Groups::of(&self.batch, self.n_carried, &plan, &self.cells.texts);
        let open = if is_end { None } else { groups.pop() };
        for group in groups {
            inherit(&mut self.batch, group.clone(), &plan, &self.cells.texts);
            let rows: Vec<usize> = group.filter(|row| self.complete(*row)).collect();
            self.groups.spread(&mut self.batch, &rows, &plan, &self.cells.texts);
            self.post(rows.into_iter());
        }
        self.plan.group = Some(plan);
        self.batch.forget_until(open.map_or(usize::MAX, |rows| rows.start));
        self.n_carried = self.batch.n_rows();
    }

    /// Reads what is still empty after inheriting; `false` when it must not be.
    fn complete(&mut self, row: usize) -> bool {
        for index in 0..self.plan.slots.len() {
            let Some(slot) = self.plan.slots.get(index).filter(|slot| slot.is_inherited) else {
                continue;
            };
            if !self.batch.is_empty_at(index, row, &self.cells.texts) {
                continue;
            }
            let line = self.batch.line(row);
            if slot.is_filled {
                self.fail(index, line, b"", ProblemKind::MissingValue);
                return false;
            }
            if matches!(slot.kind, ColumnKind::Text | ColumnKind::Id) {
                let Some((_, own)) = self.batch.column_mut(index) else { continue };
                let (said, problem) = self.cells.understand(slot, index, b"", own);
                if let Some(kind) = problem {
                    self.fail(index, line, b"", kind);
                    return false;
                }
                self.batch.set_text(index, row, said);
            }
        }
        true
    }

    /// Makes facts of rows of the batch.
    fn post(&mut self, rows: impl Iterator<Item = usize>) {
        let mut dated: Vec<Vec<DatedRow>> = self.plan.facts.iter().map(|_| Vec::new()).collect();
        let adds_up = self.plan.skips.iter().any(|skip| skip.is_total);
        for row in rows {
            if let Some(slot) = self.date(row, &mut dated) {
                self.fail(slot, self.batch.line(row), b"", ProblemKind::MissingValue);
            }
            self.check_invariants(row);
            if adds_up {
                for (slot, sum) in self.tally.slot_sums.iter_mut().enumerate() {
                    *sum = sum.plus(self.batch.number(slot, row).unwrap_or(Fixed::ZERO));
                }
            }
        }
        for ((facts, writer), rows) in self.plan.facts.iter().zip(&mut self.writers).zip(&dated) {
            writer.write(facts, &self.batch, &self.cells.texts, rows);
        }
    }

    fn check_invariants(&mut self, row: usize) {
        for invariant in &self.plan.invariants {
            let number = |slot| self.batch.number(slot, row);
            let Some(stated) = number(invariant.stated) else { continue };
            let parts = invariant.parts.value(number);
            if stated != parts && self.tally.untied.len() < MAX_UNTIED {
                let (line, slot) = (self.batch.line(row), invariant.stated);
                self.tally.untied.push(Untied { line, slot, stated, parts });
            }
        }
    }

    /// Adds the row to those of each plan that it becomes a fact of. Gives the slot of a date that
    /// it lacks.
    fn date(&mut self, row: usize, dated: &mut [Vec<DatedRow>]) -> Option<usize> {
        let (batch, texts) = (&self.batch, &self.cells.texts);
        let mut undated = None;
        for (facts, rows) in self.plan.facts.iter().zip(dated) {
            if !facts.is_possible || !facts.when.iter().all(|test| test.holds(batch, row, texts)) {
                continue;
            }
            match self.clock.date_of(facts, batch, row, self.plan.period) {
                Ok(date) => rows.push(DatedRow { row, date }),
                Err(slot) => undated = Some(slot),
            }
        }
        undated
    }

    /// Closes the segments that have as many facts, unless later rows may change their dates.
    fn close_segments(&mut self, n_facts: usize) {
        let Some(order) = self.cells.order().so_far(self.plan.date_order) else { return };
        let redating = self.clock.redating(order != self.plan.date_order);
        let report = &self.plan.recipe.id;
        let writers = self.plan.facts.iter().zip(&mut self.writers).zip(&mut self.tally.tables);
        for ((facts, writer), parts) in writers {
            if writer.table.len() >= n_facts {
                let next = writer.table.another();
                let table = writer.take_table(facts, next);
                parts.add(table, facts, report, (redating, &self.clock));
            }
        }
    }

    /// Ends the rows that belong together, a file or a part of it: last group, date order, zone.
    pub(crate) fn end(&mut self) -> Tally {
        self.post_groups(true);
        let notes = self.cells.take_order();
        let order = notes.settle(self.plan.date_order, self.plan.date_order_is_open).order;
        let redating = self.clock.redating(order != self.plan.date_order);
        let report = &self.plan.recipe.id;
        let writers = self.plan.facts.iter().zip(&mut self.writers).zip(&mut self.tally.tables);
        for ((facts, writer), parts) in writers {
            if !writer.table.is_empty() {
                // Of a file read in parts, the next part is as large as this one or smaller.
                let next = writer.table.another();
                let table = writer.take_table(facts, next);
                parts.add(table, facts, report, (redating, &self.clock));
            }
        }
        let next = Tally::new(self.plan.slots.len(), self.plan.facts.len());
        let mut tally = std::mem::replace(&mut self.tally, next);
        tally.dated_by = tally.has_facts().then_some(order);
        tally.order = notes;
        tally.told = self.clock.told();
        self.clock = Clock::new(self.plan.zone, None);
        tally
    }
}

fn shown(cell: &[u8], encoding: CellEncoding) -> String {
    encoding.text(cell).trim().chars().take(MAX_SHOWN).collect()
}

/// What the row is called, and its numbers by slot.
fn stated_total(
    plan: &Plan,
    encoding: CellEncoding,
    rows: Rows<'_>,
    row: usize,
) -> (String, Vec<(usize, Fixed)>) {
    let mut cells = rows.cells(row).map(|cell| shown(&cell, encoding));
    let label = cells.find(|cell| !cell.is_empty()).unwrap_or_default();
    let mut room = Vec::new();
    let number = |(index, slot): (usize, &Slot)| {
        let cell = rows.cell(row, slot.cell, &mut room);
        let number = read_number(cell, slot.sign, encoding).ok()??;
        (slot.kind == ColumnKind::Number).then_some((index, number))
    };
    let numbers = plan.slots.iter().enumerate().filter_map(number).collect();
    (label, numbers)
}
