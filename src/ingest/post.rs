//! Cells become facts and problems.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashSet;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use crate::{
    catalog::report::{ColumnKind, Dated},
    domain::{Currency, Day, Fixed, Period, Problem, ProblemKind},
    facts::{FactRow, SegmentMeta, Table, TableBuilder, TextIndex},
    ingest::{
        DateOrder, FactPreview,
        container::Row,
        encoding::CellEncoding,
        moment::{
            Moment, OrderEvidence, instant_of, offset_at, read_moment, read_serial, read_span,
            swapped,
        },
        number::read_number,
        plan::{AmountPlan, FactPlan, GroupPlan, Plan, SkipPlan, Test, TextSource},
    },
};

/// Most problems that are kept; more are only counted.
const MAX_PROBLEMS: usize = 1_000;
/// Rows shown to the person.
const N_PREVIEW: usize = 50;
/// Most text columns of a fact table.
const MAX_TEXTS: usize = 12;
/// Most number columns of a fact table.
const MAX_NUMBERS: usize = 8;
/// Longest value shown of a cell with a problem.
const MAX_SHOWN: usize = 80;

/// What one row says, read by the plan's slots.
#[derive(Debug, Clone, Default)]
struct Values {
    line: u64,
    /// Texts of all slots, one after the other.
    arena: String,
    /// Where each slot's text stands in the arena.
    texts: Vec<(usize, usize)>,
    numbers: Vec<Option<Fixed>>,
    moments: Vec<Option<Dating>>,
}

/// A date or span of dates.
#[derive(Debug, Clone, Copy)]
struct Dating {
    moment: Moment,
    /// The last day of a span.
    until: Option<Day>,
}

impl Values {
    fn text(&self, slot: usize) -> &str {
        let (from, to) = self.texts.get(slot).copied().unwrap_or_default();
        self.arena.get(from..to).unwrap_or("")
    }

    fn push_text(&mut self, text: &str) {
        let from = self.arena.len();
        self.arena.push_str(text);
        self.texts.push((from, self.arena.len()));
    }

    fn replace_text(&mut self, slot: usize, text: &str) {
        let from = self.arena.len();
        self.arena.push_str(text);
        if let Some(place) = self.texts.get_mut(slot) {
            *place = (from, self.arena.len());
        }
    }
}

/// How the dates of a file are told, decided by its first date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clock {
    /// Days without time.
    Days,
    /// Times without a zone: of the store's zone.
    Local,
    /// Times with a zone.
    Instants,
}

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
    encoding: CellEncoding,
    is_sheet: bool,
    tables: Vec<TableBuilder>,
    clock: Option<Clock>,
    /// Last date cell and what it meant, per slot: rows repeat their dates.
    dates: Vec<(Vec<u8>, Option<Dating>)>,
    /// Texts seen in slots with values, and what replaces them.
    mapped: Vec<(TextIndex, Vec<String>)>,
    values: Values,
    key_bytes: Vec<u8>,
    group: Vec<Values>,
    seen_groups: HashSet<u64>,
    pub(crate) rows: u64,
    pub(crate) n_problems: u64,
    pub(crate) problems: Vec<Problem>,
    pub(crate) n_destroyed: u64,
    pub(crate) first_destroyed: Option<Problem>,
    pub(crate) n_shifted: u64,
    pub(crate) first_shifted: Option<(u64, usize)>,
    pub(crate) totals: Vec<StatedTotal>,
    pub(crate) raw_rows: Vec<Vec<String>>,
    pub(crate) understood: Vec<FactPreview>,
    personal: BTreeSet<usize>,
    /// Sum per number slot, to check stated totals.
    pub(crate) slot_sums: Vec<Fixed>,
    proves_month_first: Option<String>,
    proves_day_first: Option<String>,
    ambiguous_date: Option<String>,
    pub(crate) last_row_width: usize,
}

impl<'a> Poster<'a> {
    pub(crate) fn new(plan: Plan<'a>, encoding: CellEncoding, is_sheet: bool) -> Self {
        let n_slots = plan.slots.len();
        Self {
            tables: plan.facts.iter().map(|facts| TableBuilder::new(facts.table)).collect(),
            personal: plan.personal_cells(),
            dates: vec![(Vec::new(), None); n_slots],
            mapped: vec![(TextIndex::default(), Vec::new()); n_slots],
            slot_sums: vec![Fixed::ZERO; n_slots],
            plan,
            encoding,
            is_sheet,
            clock: None,
            values: Values::default(),
            key_bytes: Vec::new(),
            group: Vec::new(),
            seen_groups: HashSet::new(),
            rows: 0,
            n_problems: 0,
            problems: Vec::new(),
            n_destroyed: 0,
            first_destroyed: None,
            n_shifted: 0,
            first_shifted: None,
            totals: Vec::new(),
            raw_rows: Vec::new(),
            understood: Vec::new(),
            proves_month_first: None,
            proves_day_first: None,
            ambiguous_date: None,
            last_row_width: 0,
        }
    }

    /// Takes in one row below the header.
    pub(crate) fn row(&mut self, buffer: &[u8], row: &Row) {
        if row.is_blank(buffer) {
            return;
        }
        if self.is_skipped(buffer, row) {
            return;
        }
        self.rows += 1;
        self.last_row_width = row.cells.len();
        if self.raw_rows.len() < N_PREVIEW {
            self.keep_raw(buffer, row);
        }
        if let Some(extra) = self.extra_cell(buffer, row) {
            self.n_shifted += 1;
            self.first_shifted.get_or_insert((row.line, row.cells.len()));
            self.problem(row.line, String::new(), &extra, ProblemKind::TooManyCells);
            return;
        }
        if self.read(buffer, row) {
            self.apply_overrides();
            if self.plan.group.is_some() {
                self.collect();
            } else {
                let values = std::mem::take(&mut self.values);
                self.post(&values);
                self.values = values;
            }
        }
    }

    fn keep_raw(&mut self, buffer: &[u8], row: &Row) {
        let cells = row.iter(buffer).enumerate().map(|(cell, bytes)| {
            if self.personal.contains(&cell) { String::new() } else { self.shown(bytes) }
        });
        self.raw_rows.push(cells.collect());
    }

    /// A filled cell beyond the header's last column.
    fn extra_cell(&self, buffer: &[u8], row: &Row) -> Option<Vec<u8>> {
        let extra = row.iter(buffer).skip(self.plan.n_columns);
        extra.map(<[u8]>::trim_ascii).find(|cell| !cell.is_empty()).map(<[u8]>::to_vec)
    }

    fn shown(&self, cell: &[u8]) -> String {
        self.encoding.text(cell).trim().chars().take(MAX_SHOWN).collect()
    }

    fn problem(&mut self, line: u64, column: String, value: &[u8], kind: ProblemKind) {
        self.n_problems += 1;
        let value = self.shown(value);
        let problem = Problem { line, column, value, kind };
        if kind == ProblemKind::DestroyedId {
            self.n_destroyed += 1;
            self.first_destroyed.get_or_insert_with(|| problem.clone());
        }
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(problem);
        }
    }

    fn is_skipped(&mut self, buffer: &[u8], row: &Row) -> bool {
        let cell_text = |cell: usize| self.encoding.text(row.cell(buffer, cell)).into_owned();
        let holds = |skip: &SkipPlan| match skip.test.slot {
            _ if skip.test.is_false => false,
            Some(slot) => {
                let cell = self.plan.slots.get(slot).map_or(usize::MAX, |slot| slot.cell);
                holds(&skip.test, &cell_text(cell))
            }
            None => row.iter(buffer).any(|cell| holds(&skip.test, &self.encoding.text(cell))),
        };
        let Some(skip) = self.plan.skips.iter().find(|skip| holds(skip)) else { return false };
        if skip.is_total && row.cells.len() == self.plan.n_columns {
            let label = row
                .iter(buffer)
                .map(|cell| self.encoding.text(cell))
                .find(|it| !it.trim().is_empty());
            let label = label.unwrap_or_default().trim().to_owned();
            let number = |(index, slot): (usize, &super::plan::Slot)| {
                let number =
                    read_number(row.cell(buffer, slot.cell), slot.sign, self.encoding).ok()??;
                (slot.kind == ColumnKind::Number).then_some((index, number))
            };
            let numbers = self.plan.slots.iter().enumerate().filter_map(number).collect();
            self.totals.push(StatedTotal { label, numbers });
        }
        true
    }

    /// Reads the row's cells into `self.values`; `false` when one is a problem.
    fn read(&mut self, buffer: &[u8], row: &Row) -> bool {
        let mut values = std::mem::take(&mut self.values);
        values.line = row.line;
        values.arena.clear();
        values.texts.clear();
        values.numbers.clear();
        values.moments.clear();
        let mut is_good = true;
        for index in 0..self.plan.slots.len() {
            is_good &= self.read_cell(index, buffer, row, &mut values);
        }
        self.values = values;
        is_good
    }

    fn read_cell(&mut self, index: usize, buffer: &[u8], row: &Row, values: &mut Values) -> bool {
        let Some(slot) = self.plan.slots.get(index) else { return true };
        let (kind, is_filled) = (slot.kind, slot.is_filled);
        let cell = trim(row.cell(buffer, slot.cell));
        if is_filled && cell.is_empty() && self.plan.group.is_none() {
            self.fail(index, row.line, cell, ProblemKind::MissingValue);
            return false;
        }
        let (mut number, mut dating, mut failed) = (None, None, None);
        match kind {
            ColumnKind::Number => {
                match read_number(cell, slot.sign, self.encoding) {
                    Ok(read) => number = read,
                    Err(_) => failed = Some(ProblemKind::NotANumber),
                }
                values.push_text("");
            }
            ColumnKind::Moment | ColumnKind::Span => {
                dating = self.read_date(index, kind, cell);
                if dating.is_none() && !is_mark(cell) {
                    failed = Some(ProblemKind::NotADate);
                }
                values.push_text("");
            }
            ColumnKind::Currency => {
                let text = self.encoding.text(cell);
                match crate::catalog::header::currency_of(&text) {
                    Some(currency) => values.push_text(currency.code()),
                    None if is_mark(cell) => values.push_text(""),
                    None => {
                        values.push_text("");
                        failed = Some(ProblemKind::NotACurrency);
                    }
                }
            }
            ColumnKind::Id => {
                let id = unguarded(cell);
                if is_destroyed(id) {
                    failed = Some(ProblemKind::DestroyedId);
                }
                values.push_text(&self.encoding.text(id));
            }
            ColumnKind::Text => self.read_text(index, cell, values),
        }
        values.numbers.push(number);
        values.moments.push(dating);
        if let Some(kind) = failed {
            self.fail(index, row.line, cell, kind);
        }
        failed.is_none()
    }

    fn fail(&mut self, slot: usize, line: u64, cell: &[u8], kind: ProblemKind) {
        let cell_index = self.plan.slots.get(slot).map_or(0, |slot| slot.cell);
        let header = self.plan.headers.get(cell_index).cloned().unwrap_or_default();
        self.problem(line, header, cell, kind);
    }

    fn read_text(&mut self, index: usize, cell: &[u8], values: &mut Values) {
        let text = self.encoding.text(cell);
        let Some(slot) = self.plan.slots.get(index) else { return };
        if slot.values.is_empty() {
            values.push_text(&text);
            return;
        }
        let Some((seen, replacements)) = self.mapped.get_mut(index) else { return };
        let id = seen.intern(&text) as usize;
        if id == replacements.len() {
            let compared = crate::catalog::header::normalised(&text);
            let known = slot.values.get(&compared);
            let other = || slot.otherwise.clone().unwrap_or_else(|| text.trim().to_owned());
            replacements.push(known.cloned().unwrap_or_else(other));
        }
        values.push_text(replacements.get(id).map_or("", String::as_str));
    }

    fn read_date(&mut self, index: usize, kind: ColumnKind, cell: &[u8]) -> Option<Dating> {
        let order = self.plan.date_order;
        let (last_cell, last) = self.dates.get(index)?;
        if last_cell == cell {
            return *last;
        }
        let text = self.encoding.text(cell);
        let dating = if kind == ColumnKind::Span {
            read_span(&text, order).map(|(from, to)| Dating {
                moment: Moment {
                    day: from,
                    time: None,
                    offset: None,
                    order: OrderEvidence::Irrelevant,
                },
                until: Some(to),
            })
        } else {
            None
        };
        let serial = || if self.is_sheet { read_serial(&text) } else { None };
        let dating = dating.or_else(|| {
            let moment = read_moment(&text, order).or_else(serial)?;
            Some(Dating { moment, until: None })
        });
        let evidence = dating.map_or(OrderEvidence::Irrelevant, |it| it.moment.order);
        if evidence != OrderEvidence::Irrelevant {
            let text = text.into_owned();
            self.note_order(evidence, text);
        }
        if let Some(place) = self.dates.get_mut(index) {
            place.0.clear();
            place.0.extend_from_slice(cell);
            place.1 = dating;
        }
        dating
    }

    fn note_order(&mut self, evidence: OrderEvidence, text: String) {
        let place = match evidence {
            OrderEvidence::Irrelevant => return,
            OrderEvidence::Ambiguous => &mut self.ambiguous_date,
            OrderEvidence::Proves(DateOrder::MonthFirst) => &mut self.proves_month_first,
            OrderEvidence::Proves(DateOrder::DayFirst) => &mut self.proves_day_first,
        };
        place.get_or_insert(text);
    }

    fn apply_overrides(&mut self) {
        for index in 0..self.plan.slots.len() {
            let Some(slot) = self.plan.slots.get(index) else { continue };
            let value = slot.overrides.iter().find(|(test, _)| self.values_hold(test));
            if let Some((_, value)) = value {
                let value = value.clone();
                self.values.replace_text(index, &value);
            }
        }
    }

    fn values_hold(&self, test: &Test) -> bool {
        holds_in(test, &self.values)
    }

    /// Adds the row to its group; a row of another group ends the one before.
    fn collect(&mut self) {
        let Some(by) = self.plan.group.as_ref().map(|group| group.by) else { return };
        let is_new = self.group.last().is_none_or(|last| {
            let own = self.values.text(by);
            !own.is_empty() && own != last.text(by)
        });
        if is_new {
            self.end_group();
        }
        self.group.push(self.values.clone());
    }

    fn end_group(&mut self) {
        let mut rows = std::mem::take(&mut self.group);
        let Some(group) = &self.plan.group else { return };
        if let Some(first) = rows.first() {
            let is_first_time = self.seen_groups.insert(xxh3_64(first.text(group.by).as_bytes()));
            inherit(&mut rows, group);
            spread(&mut rows, group, is_first_time);
        }
        for values in &rows {
            self.post(values);
        }
        rows.clear();
        self.group = rows;
    }

    fn post(&mut self, values: &Values) {
        for index in 0..self.plan.facts.len() {
            let Some(facts) = self.plan.facts.get(index) else { continue };
            if !facts.when.iter().all(|test| holds_in(test, values)) {
                continue;
            }
            let Some((at, n_days)) = self.date_of(index, values) else { continue };
            self.post_fact(index, values, at, n_days);
        }
        for (sum, number) in self.slot_sums.iter_mut().zip(&values.numbers) {
            *sum = sum.plus(number.unwrap_or(Fixed::ZERO));
        }
    }

    /// When a fact is: seconds and days covered. `None`: the row is a problem.
    fn date_of(&mut self, index: usize, values: &Values) -> Option<(i64, u32)> {
        let facts = self.plan.facts.get(index)?;
        let dating = facts.at.and_then(|slot| values.moments.get(slot).copied().flatten());
        let Some(dating) = dating else {
            let Some(slot) = facts.at else { return Some(self.usual_date(facts.dated)) };
            if facts.dated == Dated::Always {
                return Some(self.usual_date(facts.dated));
            }
            self.fail(slot, values.line, b"", ProblemKind::MissingValue);
            return None;
        };
        let until = facts.until.and_then(|slot| values.moments.get(slot).copied().flatten());
        let until = dating.until.or(until.map(|it| it.moment.day));
        let n_days = until.map_or(1, |until| {
            let days = until.days_since_epoch() - dating.moment.day.days_since_epoch() + 1;
            u32::try_from(days).unwrap_or(1).clamp(1, 3_700)
        });
        Some((self.seconds_of(dating.moment), n_days))
    }

    /// The date of facts whose row has none.
    fn usual_date(&self, dated: Dated) -> (i64, u32) {
        let midnight = |day: Day| i64::from(day.days_since_epoch()) * Day::SECONDS;
        match (dated, self.plan.period) {
            (Dated::Always, _) => {
                (midnight(Day::from_ymd(2000, 1, 1).unwrap_or(Day::from_days_since_epoch(0))), 1)
            }
            (_, Some(period)) => {
                (midnight(period.from), u32::try_from(period.n_days()).unwrap_or(1))
            }
            (_, None) => (0, 1),
        }
    }

    fn seconds_of(&mut self, moment: Moment) -> i64 {
        let midnight = i64::from(moment.day.days_since_epoch()) * Day::SECONDS;
        let clock = match (moment.time, moment.offset) {
            (None, _) => Clock::Days,
            (Some(_), None) => Clock::Local,
            (Some(_), Some(_)) => Clock::Instants,
        };
        let local = midnight + moment.time.unwrap_or(0);
        match (*self.clock.get_or_insert(clock), moment.offset) {
            (Clock::Instants, Some(offset)) => local - offset,
            (Clock::Instants, None) => instant_of(local, self.plan.zone),
            (Clock::Local, Some(offset)) if moment.time.is_some() => {
                local - offset + offset_at(local - offset, self.plan.zone)
            }
            (Clock::Local, _) => local,
            (Clock::Days, _) => midnight,
        }
    }

    fn post_fact(&mut self, index: usize, values: &Values, at: i64, n_days: u32) {
        let Some(facts) = self.plan.facts.get(index) else { return };
        let mut texts = [""; MAX_TEXTS];
        let mut category_at = None;
        for (place, source) in facts.texts.iter().enumerate() {
            if matches!(source, TextSource::Category) {
                category_at = Some(place);
            }
            if let Some(text) = texts.get_mut(place) {
                *text = text_of(&self.plan, source, values);
            }
        }
        if facts.table == Table::Ads
            && let Some(window) = Table::Ads.text_index("window").and_then(|it| texts.get_mut(it))
            && window.is_empty()
        {
            *window = &self.plan.window;
        }
        let shop = texts.get(1).copied().unwrap_or("");
        let as_of = facts.as_of.and_then(|slot| values.moments.get(slot).copied().flatten());
        let as_of = as_of.map_or(0, |it| {
            let local = i64::from(it.moment.day.days_since_epoch()) * Day::SECONDS;
            local + it.moment.time.unwrap_or(0) - it.moment.offset.unwrap_or(0)
        });
        let mut room = [0; MAX_NUMBERS];
        for (place, number) in room.iter_mut().zip(&facts.numbers) {
            *place = number.as_ref().map_or(0, |it| it.value(&values.numbers).ten_thousandths());
        }
        let Some(numbers) = room.get_mut(..facts.numbers.len()) else { return };
        let n_texts = facts.texts.len();
        let mut key = key_of(facts, values, shop, at, &mut self.key_bytes);
        let Some(table) = self.tables.get_mut(index) else { return };
        let mut push = |texts: &[&str], numbers: &[i64], key: u128| {
            let texts = texts.get(..n_texts).unwrap_or(texts);
            table.push(&FactRow { at, n_days, line: values.line, key, as_of, texts, numbers });
            if self.understood.len() < N_PREVIEW {
                self.understood.push(preview(facts.table, values.line, at, texts, numbers));
            }
        };
        if facts.amounts.is_empty() {
            push(&texts, numbers, key);
            return;
        }
        for amount in &facts.amounts {
            let value = values.numbers.get(amount.column).copied().flatten().unwrap_or_default();
            if value == Fixed::ZERO {
                continue;
            }
            if let Some(category) = category_at.and_then(|it| texts.get_mut(it)) {
                *category = category_of(amount, values);
            }
            if let Some(first) = numbers.first_mut() {
                *first = if amount.is_negated { value.negated() } else { value }.ten_thousandths();
            }
            key = key.wrapping_add(0x9e37_79b9_7f4a_7c15).rotate_left(17);
            push(&texts, numbers, key);
            // Units belong to the row once.
            numbers.iter_mut().skip(1).for_each(|number| *number = 0);
        }
    }

    /// Ends the reading: last group, date order, zone.
    pub(crate) fn finish(mut self) -> Posted<'a> {
        self.end_group();
        let order = self.settle_date_order();
        if self.clock == Some(Clock::Local) {
            let zone = self.plan.zone;
            for table in &mut self.tables {
                let mut last = (i64::MIN, 0);
                // Dates repeat; a zone is asked once for each.
                let mut memo = move |at: i64| {
                    if last.0 != at {
                        last = (at, instant_of(at, zone));
                    }
                    last.1
                };
                table.redate_each(&mut memo);
            }
            self.clock = Some(Clock::Instants);
        }
        Posted { poster: self, order }
    }

    fn settle_date_order(&mut self) -> OrderSettled {
        let (month, day) = (self.proves_month_first.take(), self.proves_day_first.take());
        match (month, day) {
            (None, Some(proof)) if self.plan.date_order == DateOrder::MonthFirst => {
                self.swap_dates();
                OrderSettled { order: DateOrder::DayFirst, proof: Some(proof), open: None }
            }
            (Some(proof), None) if self.plan.date_order == DateOrder::DayFirst => {
                self.swap_dates();
                OrderSettled { order: DateOrder::MonthFirst, proof: Some(proof), open: None }
            }
            (Some(_), Some(proof)) => {
                OrderSettled { order: self.plan.date_order, proof: None, open: Some(proof) }
            }
            (None, None) => {
                let open = self.ambiguous_date.take().filter(|_| self.plan.date_order_is_open);
                OrderSettled { order: self.plan.date_order, proof: None, open }
            }
            (month, day) => {
                OrderSettled { order: self.plan.date_order, proof: month.or(day), open: None }
            }
        }
    }

    fn swap_dates(&mut self) {
        self.tables.iter_mut().for_each(|table| table.redate_each(&mut swapped));
    }
}

/// What the cells said about the order of day and month.
#[derive(Debug, Clone)]
pub(crate) struct OrderSettled {
    pub(crate) order: DateOrder,
    pub(crate) proof: Option<String>,
    /// A date that only the person can decide.
    pub(crate) open: Option<String>,
}

/// All rows, posted.
#[derive(Debug)]
pub(crate) struct Posted<'a> {
    pub(crate) poster: Poster<'a>,
    pub(crate) order: OrderSettled,
}

impl Posted<'_> {
    /// Sums of the columns that the file states, by `table.column`.
    pub(crate) fn sums(&self) -> BTreeMap<String, Fixed> {
        let mut sums: BTreeMap<String, Fixed> = BTreeMap::new();
        for (builder, facts) in self.poster.tables.iter().zip(&self.poster.plan.facts) {
            for (index, name) in facts.table.numbers().iter().enumerate() {
                if is_stated(facts, index) && *name != "unit_cost" {
                    let sum = Fixed::from_ten_thousandths(builder.sum(index));
                    let place = sums.entry(format!("{}.{name}", facts.table.name())).or_default();
                    *place = place.plus(sum);
                }
            }
        }
        sums
    }

    /// First and last day in the store's zone, over all tables; `None` where nothing is dated.
    pub(crate) fn period(&self) -> Option<Period> {
        let is_moment = self.poster.clock == Some(Clock::Instants);
        let mut period: Option<Period> = None;
        for (builder, facts) in self.poster.tables.iter().zip(&self.poster.plan.facts) {
            let undated = facts.at.is_none() && self.poster.plan.period.is_none();
            let Some((first, last)) = builder.span() else { continue };
            if undated || facts.dated == Dated::Always {
                continue;
            }
            let day = |at: i64| {
                let offset = if is_moment { offset_at(at, self.poster.plan.zone) } else { 0 };
                Day::from_seconds(at + offset)
            };
            let span = Period { from: day(first), to: day(last) };
            period = Some(period.map_or(span, |it| it.including(&span)));
        }
        period
    }

    /// Whether some facts have no date at all.
    pub(crate) fn is_undated(&self, dated: Dated) -> bool {
        let plan = &self.poster.plan;
        let lacks = |facts: &FactPlan| facts.at.is_none() && facts.dated == dated;
        plan.period.is_none() && plan.facts.iter().any(lacks)
    }

    pub(crate) fn into_tables(self) -> Vec<(TableBuilder, SegmentMeta)> {
        let poster = self.poster;
        let is_moment = poster.clock == Some(Clock::Instants);
        let meta = |facts: &FactPlan| SegmentMeta {
            report: poster.plan.recipe.id.clone(),
            is_moment,
            zone: poster.plan.zone.name().to_owned(),
            is_keyed: !facts.key.is_empty(),
            stated: (0..facts.numbers.len()).filter(|index| is_stated(facts, *index)).collect(),
        };
        let metas: Vec<SegmentMeta> = poster.plan.facts.iter().map(meta).collect();
        poster.tables.into_iter().zip(metas).collect()
    }

    /// Distinct texts of one column over all tables, in order of appearance.
    pub(crate) fn distinct(&self, column: &str) -> Vec<String> {
        let mut distinct = Vec::new();
        for builder in &self.poster.tables {
            for text in builder.distinct(column) {
                if !text.is_empty() && !distinct.iter().any(|it| it == text) {
                    distinct.push(text.to_owned());
                }
            }
        }
        distinct
    }

    pub(crate) fn currencies(&self) -> Vec<Currency> {
        let mut codes: Vec<Currency> =
            self.distinct("currency").iter().filter_map(|code| Currency::parse(code)).collect();
        codes.sort_unstable();
        codes
    }
}

fn is_stated(facts: &FactPlan, number: usize) -> bool {
    let is_amount = facts.table == Table::Postings && number == 0 && !facts.amounts.is_empty();
    is_amount || facts.numbers.get(number).is_some_and(Option::is_some)
}

fn text_of<'t>(plan: &'t Plan<'_>, source: &'t TextSource, values: &'t Values) -> &'t str {
    let first_filled =
        |slots: &[usize]| slots.iter().map(|slot| values.text(*slot)).find(|text| !text.is_empty());
    match source {
        TextSource::Channel => &plan.recipe.channel,
        TextSource::Shop(_) if plan.shop_is_chosen => &plan.shop,
        TextSource::Shop(slots) => first_filled(slots).map_or(plan.shop.as_str(), shop_name),
        TextSource::Currency(slot) => {
            let own = slot.map(|slot| values.text(slot)).filter(|code| !code.is_empty());
            own.or(plan.currency.as_ref().map(Currency::code)).unwrap_or("")
        }
        TextSource::Slots(slots) => first_filled(slots).unwrap_or(""),
        TextSource::Constant(text) => text,
        TextSource::Category => "",
    }
}

/// Marketplaces are written in several ways in one account.
fn shop_name(text: &str) -> &str {
    const NAMES: &[&str] =
        &["Amazon.com", "Amazon.ca", "Amazon.com.mx", "Amazon.co.uk", "Amazon.de"];
    NAMES.iter().find(|name| name.eq_ignore_ascii_case(text)).copied().unwrap_or(text)
}

fn category_of<'t>(amount: &'t AmountPlan, values: &Values) -> &'t str {
    let value = amount.by.map_or("", |slot| values.text(slot));
    let category = amount.category.get(value).or_else(|| amount.category.get("*"));
    category.map_or("other", String::as_str)
}

/// What identifies the fact: its key columns and shop, or all that the row says. `bytes` is only
/// room to work in.
fn key_of(facts: &FactPlan, values: &Values, shop: &str, at: i64, bytes: &mut Vec<u8>) -> u128 {
    bytes.clear();
    bytes.push(facts.table as u8);
    bytes.extend_from_slice(shop.as_bytes());
    let all = if facts.key.is_empty() { 0..values.texts.len() } else { 0..0 };
    for slot in facts.key.iter().copied().chain(all) {
        bytes.push(0x1f);
        bytes.extend_from_slice(values.text(slot).as_bytes());
        if let Some(number) = values.numbers.get(slot).copied().flatten() {
            bytes.extend_from_slice(&number.ten_thousandths().to_le_bytes());
        }
        if let Some(dating) = values.moments.get(slot).copied().flatten() {
            bytes.extend_from_slice(&dating.moment.day.days_since_epoch().to_le_bytes());
            bytes.extend_from_slice(&dating.moment.time.unwrap_or(-1).to_le_bytes());
            let until = dating.until.map_or(0, Day::days_since_epoch);
            bytes.extend_from_slice(&until.to_le_bytes());
        }
    }
    if facts.at.is_none() {
        bytes.extend_from_slice(&at.to_le_bytes());
    }
    xxh3_128(bytes)
}

fn preview(table: Table, line: u64, at: i64, texts: &[&str], numbers: &[i64]) -> FactPreview {
    let mut values = vec![("at".to_owned(), Day::from_seconds(at).to_string())];
    for (name, text) in table.texts().zip(texts) {
        if !text.is_empty() {
            values.push((name.to_owned(), (*text).chars().take(MAX_SHOWN).collect()));
        }
    }
    for (name, number) in table.numbers().iter().zip(numbers) {
        values.push(((*name).to_owned(), Fixed::from_ten_thousandths(*number).to_string()));
    }
    FactPreview { line, table: table.name().to_owned(), values }
}

/// Fills what stands on a group's first row only.
fn inherit(rows: &mut [Values], group: &GroupPlan) {
    let Some((first, rest)) = rows.split_first_mut() else { return };
    for values in rest {
        for slot in &group.inherit {
            if values.text(*slot).is_empty() {
                values.replace_text(*slot, first.text(*slot));
            }
            if let Some(moment) = values.moments.get_mut(*slot)
                && moment.is_none()
            {
                *moment = first.moments.get(*slot).copied().flatten();
            }
            if let Some(number) = values.numbers.get_mut(*slot)
                && number.is_none()
            {
                *number = first.numbers.get(*slot).copied().flatten();
            }
        }
    }
}

/// Splits the group's amounts over its rows by weight; the parts add up exactly. A group seen
/// before has had its amounts.
fn spread(rows: &mut [Values], group: &GroupPlan, is_first_time: bool) {
    let weights: Vec<i128> = rows
        .iter()
        .map(|row| {
            group
                .weight
                .as_ref()
                .map_or(0, |it| i128::from(it.value(&row.numbers).ten_thousandths().max(0)))
        })
        .collect();
    let whole: i128 = weights.iter().sum();
    for slot in &group.spread {
        let stated = rows.iter().find_map(|row| row.numbers.get(*slot).copied().flatten());
        let amount =
            stated.filter(|_| is_first_time).map_or(0, |it| i128::from(it.ten_thousandths()));
        let (mut given, mut seen) = (0, 0);
        for (index, (row, weight)) in rows.iter_mut().zip(&weights).enumerate() {
            seen += weight;
            let until_here = match (whole, index) {
                (0, _) => amount,
                _ => amount * seen / whole,
            };
            if let Some(number) = row.numbers.get_mut(*slot) {
                let part = i64::try_from(until_here - given).unwrap_or(0);
                *number = stated.map(|_| Fixed::from_ten_thousandths(part));
            }
            given = until_here;
        }
    }
}

fn holds_in(test: &Test, values: &Values) -> bool {
    if test.is_false {
        return false;
    }
    let Some(slot) = test.slot else { return test.condition.empty };
    if test.condition.nonzero {
        return values.numbers.get(slot).copied().flatten().is_some_and(|it| it != Fixed::ZERO);
    }
    holds(test, values.text(slot))
}

/// Most texts whose tests are remembered; columns with more of them hold ids.
const MAX_KNOWN: usize = 4_096;

/// Whether a cell's text fits all that the condition says.
fn holds(test: &Test, text: &str) -> bool {
    let mut known = test.known.borrow_mut();
    let (texts, results) = &mut *known;
    if let Some(result) = texts.find(text).and_then(|id| results.get(id as usize)) {
        return *result;
    }
    let result = fits(test, text);
    if texts.len() < MAX_KNOWN {
        texts.intern(text);
        results.push(result);
    }
    result
}

fn fits(test: &Test, text: &str) -> bool {
    let condition = &test.condition;
    let text = text.trim();
    if condition.empty && !text.is_empty()
        || condition.no_digit && text.bytes().any(|it| it.is_ascii_digit())
    {
        return false;
    }
    let needs_text =
        [&condition.is, &condition.is_not, &condition.starts_with, &condition.contains];
    if needs_text.iter().all(|list| list.is_empty()) {
        return true;
    }
    let text = crate::catalog::header::normalised(text);
    let any = |list: &Vec<String>, fits: fn(&str, &str) -> bool| {
        list.is_empty() || list.iter().any(|it| fits(&text, it))
    };
    any(&condition.is, |text, it| text == it)
        && any(&condition.starts_with, |text, it| text.starts_with(it))
        && any(&condition.contains, |text, it| text.contains(it))
        && !condition.is_not.contains(&text)
}

fn trim(cell: &[u8]) -> &[u8] {
    cell.trim_ascii()
}

/// An id without the guards that keep spreadsheets from changing it: `="…"`, `'…`.
fn unguarded(cell: &[u8]) -> &[u8] {
    let inner = cell.strip_prefix(b"=\"").and_then(|it| it.strip_suffix(b"\""));
    let inner = inner.or_else(|| cell.strip_prefix(b"'")).unwrap_or(cell);
    inner.trim_ascii()
}

/// `1.11E+17`: the digits are lost.
fn is_destroyed(id: &[u8]) -> bool {
    let Some(place) = id.iter().position(|byte| matches!(byte, b'E' | b'e')) else { return false };
    let (number, exponent) = id.split_at(place);
    let exponent = exponent.get(1..).unwrap_or(&[]);
    let signed = exponent.strip_prefix(b"+");
    let exponent = signed.unwrap_or(exponent);
    let is_number = |bytes: &[u8]| !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit);
    let mut parts = number.splitn(2, |byte| *byte == b'.' || *byte == b',');
    let (whole, decimals) = (parts.next().unwrap_or(&[]), parts.next());
    whole.len() == 1
        && is_number(whole)
        && decimals.is_none_or(is_number)
        && is_number(exponent)
        && exponent.len() <= 2
        && (decimals.is_some() || signed.is_some())
}

/// A cell that says nothing.
fn is_mark(cell: &[u8]) -> bool {
    matches!(cell, b"" | b"-" | b"--" | b"N/A" | b"n/a")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lose_their_guards_only() {
        assert_eq!(unguarded(b"=\"00123\""), b"00123");
        assert_eq!(unguarded(b"'00123"), b"00123");
        assert_eq!(unguarded(b"111-1"), b"111-1");
    }

    #[test]
    fn destroyed_ids_are_seen() {
        for id in ["1.11E+17", "1.73E18", "5,76913E+17", "1E+15"] {
            assert!(is_destroyed(id.as_bytes()), "{id}");
        }
        for id in [
            "111-1234567-1234567",
            "B0E1234567",
            "12E4-RED",
            "",
            "E",
            "SE-200",
            "5E-GREEN",
            "1E5",
            "5E22",
        ] {
            assert!(!is_destroyed(id.as_bytes()), "{id}");
        }
    }
}
