//! Rows become facts of one table, column by column.

use xxhash_rust::xxh3::xxh3_128;

use crate::{
    catalog::report::ColumnKind,
    domain::{Day, Fixed},
    facts::{SHOP_TEXT, TableBuilder},
    ingest::{
        batch::{Batch, Dating, Said},
        clock::FactDate,
        column_texts::ColumnTexts,
        plan::{AmountPlan, FactPlan, Slot, TextPlan, TextRole},
    },
};

/// Writes the facts of one `FactPlan`.
#[derive(Debug)]
pub(crate) struct FactWriter {
    pub(crate) table: TableBuilder,
    /// Per text column of the table.
    texts: Vec<TextWriter>,
    /// Per amount: the category's id in the table.
    categories: Vec<Memo>,
    /// Slots that identify a row.
    key_slots: Vec<usize>,
    entries: Vec<Entry>,
    /// Room to work in.
    ids: Vec<u32>,
    numbers: Vec<i64>,
    keys: Vec<u128>,
    key: Vec<u8>,
}

/// A row that becomes a fact, or one for each of its amounts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DatedRow {
    pub(crate) row: usize,
    pub(crate) date: FactDate,
}

/// A fact to be written.
#[derive(Debug, Clone, Copy)]
struct Entry {
    row: usize,
    date: FactDate,
    /// Which of the plan's amounts, and what it is; `None` where facts are whole rows.
    amount: Option<(usize, Fixed)>,
    /// Whether it is the row's first one.
    is_first: bool,
}

/// What each known text of a slot became, by the text's number.
#[derive(Debug, Clone, Default)]
struct Memo(Vec<Option<Written>>);

/// A text in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Written {
    id: u32,
    is_empty: bool,
}

impl Memo {
    fn get(&mut self, known: u32, write: impl FnOnce() -> Written) -> Written {
        let at = known as usize;
        if self.0.len() <= at {
            self.0.resize(at + 1, None);
        }
        match self.0.get_mut(at) {
            Some(place) => *place.get_or_insert_with(write),
            None => write(),
        }
    }
}

#[derive(Debug, Clone, Default)]
struct TextWriter {
    /// Per slot of the plan.
    memos: Vec<Memo>,
    default: Option<u32>,
}

impl FactWriter {
    pub(crate) fn new(facts: &FactPlan, slots: &[Slot]) -> Self {
        // Whether buyers are kept or not makes no other row of it.
        let is_told = |(at, slot): (usize, &Slot)| (slot.kind != ColumnKind::Buyer).then_some(at);
        let all = || slots.iter().enumerate().filter_map(is_told).collect();
        let key_slots = if facts.key.is_empty() { all() } else { facts.key.clone() };
        let mut writer = Self {
            table: TableBuilder::new(facts.table),
            texts: Vec::new(),
            categories: Vec::new(),
            key_slots,
            entries: Vec::new(),
            ids: Vec::new(),
            numbers: Vec::new(),
            keys: Vec::new(),
            key: Vec::new(),
        };
        writer.forget_ids(facts);
        writer
    }

    /// Takes out the facts written so far and begins anew.
    pub(crate) fn take_table(&mut self, facts: &FactPlan, next: TableBuilder) -> TableBuilder {
        self.forget_ids(facts);
        std::mem::replace(&mut self.table, next)
    }

    fn forget_ids(&mut self, facts: &FactPlan) {
        let writer = |text: &TextPlan| TextWriter {
            memos: vec![Memo::default(); text.slots.len()],
            default: None,
        };
        self.texts = facts.texts.iter().map(writer).collect();
        self.categories = vec![Memo::default(); facts.amounts.len()];
    }

    /// Writes what rows say. `known` are the columns' texts.
    pub(crate) fn write(
        &mut self,
        facts: &FactPlan,
        batch: &Batch,
        known: &[ColumnTexts],
        rows: &[DatedRow],
    ) {
        let mut entries = std::mem::take(&mut self.entries);
        list_entries(facts, batch, rows, &mut entries);
        for place in 0..facts.texts.len() {
            self.write_texts(place, facts, batch, known, &entries);
        }
        for place in 0..facts.numbers.len() {
            self.write_numbers(place, facts, batch, &entries);
        }
        self.write_keys(facts, batch, known, &entries);
        let as_of = |row| facts.as_of.and_then(|slot| batch.date(slot, row)).map_or(0, instant);
        self.table.push_provenance(
            entries.iter().map(|entry| entry.date.at),
            entries.iter().map(|entry| entry.date.n_days),
            entries.iter().map(|entry| batch.line(entry.row)),
            entries.iter().map(|entry| as_of(entry.row)),
        );
        self.entries = entries;
    }

    fn write_texts(
        &mut self,
        place: usize,
        facts: &FactPlan,
        batch: &Batch,
        known: &[ColumnTexts],
        entries: &[Entry],
    ) {
        let Some(plan) = facts.texts.get(place) else { return };
        let mut ids = std::mem::take(&mut self.ids);
        ids.clear();
        if plan.role == TextRole::Category && !facts.amounts.is_empty() {
            ids.extend(entries.iter().map(|entry| {
                let at = entry.amount.map_or(usize::MAX, |(at, _)| at);
                self.category_id(place, at, facts, (batch, known), entry.row)
            }));
        } else if let [slot] = plan.slots.as_slice() {
            // Nearly every column: what is said as in the row above is the same text.
            let (said, mut above) = (batch.texts(*slot), None);
            ids.extend(entries.iter().map(|Entry { row, .. }| {
                let said = said.get(*row).copied().unwrap_or_default();
                let id = match above {
                    Some((same, id)) if same == said => id,
                    _ => self.text_id(place, plan, (batch, known), *row),
                };
                above = Some((said, id));
                id
            }));
        } else {
            let id = |entry: &Entry| self.text_id(place, plan, (batch, known), entry.row);
            ids.extend(entries.iter().map(id));
        }
        self.table.push_texts(place, &ids);
        self.ids = ids;
    }

    fn category_id(
        &mut self,
        place: usize,
        at: usize,
        facts: &FactPlan,
        (batch, known): (&Batch, &[ColumnTexts]),
        row: usize,
    ) -> u32 {
        let Some(amount) = facts.amounts.get(at) else { return 0 };
        let by = |slot| batch.text(slot, row, known);
        let table = &mut self.table;
        let mut write = || {
            let category = amount.category_of(amount.by.map_or("", by));
            Written { id: table.text_id(place, category), is_empty: category.is_empty() }
        };
        let said = amount.by.map_or(Said::Nothing, |slot| batch.said(slot, row));
        match (said, self.categories.get_mut(at)) {
            (Said::Known(id), Some(memo)) => memo.get(id, write).id,
            _ => write().id,
        }
    }

    /// The first filled slot's text, else the default.
    fn text_id(
        &mut self,
        place: usize,
        plan: &TextPlan,
        (batch, known): (&Batch, &[ColumnTexts]),
        row: usize,
    ) -> u32 {
        let Some(writer) = self.texts.get_mut(place) else { return 0 };
        let table = &mut self.table;
        let filled = plan.slots.iter().zip(&mut writer.memos).find_map(|(slot, memo)| {
            let mut write = || {
                let text = plan.written(batch.text(*slot, row, known));
                Written { id: table.text_id(place, text), is_empty: text.is_empty() }
            };
            let written = match batch.said(*slot, row) {
                Said::Nothing => return None,
                Said::Known(id) => memo.get(id, write),
                Said::Own(..) => write(),
            };
            (!written.is_empty).then_some(written.id)
        });
        let default = || *writer.default.get_or_insert_with(|| table.text_id(place, &plan.default));
        filled.unwrap_or_else(default)
    }

    fn write_numbers(&mut self, place: usize, facts: &FactPlan, batch: &Batch, entries: &[Entry]) {
        let expression = facts.numbers.get(place).and_then(Option::as_ref);
        let value = |entry: &Entry| match entry.amount {
            Some((at, value)) if place == 0 => {
                let is_negated = facts.amounts.get(at).is_some_and(|amount| amount.is_negated);
                if is_negated { value.negated() } else { value }
            }
            // Units belong to the row once.
            Some(_) if !entry.is_first => Fixed::ZERO,
            _ => {
                expression.map_or(Fixed::ZERO, |it| it.value(|slot| batch.number(slot, entry.row)))
            }
        };
        let numbers = &mut self.numbers;
        numbers.clear();
        if expression.is_none() && facts.amounts.is_empty() {
            numbers.resize(entries.len(), 0);
        } else {
            numbers.extend(entries.iter().map(|entry| value(entry).ten_thousandths()));
        }
        self.table.push_numbers(place, numbers);
    }

    fn write_keys(
        &mut self,
        facts: &FactPlan,
        batch: &Batch,
        known: &[ColumnTexts],
        entries: &[Entry],
    ) {
        let from = self.table.len();
        let (mut keys, mut key) = (std::mem::take(&mut self.keys), 0);
        keys.clear();
        keys.extend(entries.iter().enumerate().map(|(at, entry)| {
            if entry.is_first {
                let shop = self.table.id_at(SHOP_TEXT, from + at);
                key = self.key_of(facts, batch, known, *entry, shop);
            }
            if entry.amount.is_some() {
                key = key.wrapping_add(0x9e37_79b9_7f4a_7c15).rotate_left(17);
            }
            key
        }));
        self.table.push_keys(&keys);
        self.keys = keys;
    }

    /// What identifies a row's facts: its key columns and shop, or all that the row says.
    fn key_of(
        &mut self,
        facts: &FactPlan,
        batch: &Batch,
        known: &[ColumnTexts],
        Entry { row, date, .. }: Entry,
        shop: u32,
    ) -> u128 {
        let bytes = &mut self.key;
        bytes.clear();
        bytes.push(facts.table as u8);
        bytes.extend_from_slice(self.table.text(SHOP_TEXT, shop).as_bytes());
        for slot in self.key_slots.iter().copied() {
            bytes.push(0x1f);
            batch.write_to(bytes, slot, row, known);
        }
        if facts.at.is_none() {
            bytes.extend_from_slice(&date.at.to_le_bytes());
        }
        xxh3_128(bytes)
    }
}

/// One fact for each row, or for each of its amounts that is not zero. A row of which all are zero
/// becomes none: its texts must not become the table's, which tell what is covered.
fn list_entries(facts: &FactPlan, batch: &Batch, rows: &[DatedRow], entries: &mut Vec<Entry>) {
    entries.clear();
    for DatedRow { row, date } in rows.iter().copied() {
        if facts.amounts.is_empty() {
            entries.push(Entry { row, date, amount: None, is_first: true });
            continue;
        }
        let value =
            |amount: &AmountPlan| batch.number(amount.column, row).filter(|it| *it != Fixed::ZERO);
        let amounts = facts.amounts.iter().enumerate();
        let amounts = amounts.filter_map(|(at, amount)| Some((at, value(amount)?)));
        entries.extend(amounts.enumerate().map(|(nth, amount)| Entry {
            row,
            date,
            amount: Some(amount),
            is_first: nth == 0,
        }));
    }
}

/// Seconds since the epoch by the date's own offset, for comparison with others like it.
fn instant(dating: Dating) -> i64 {
    let moment = dating.moment;
    let midnight = i64::from(moment.day.days_since_epoch()) * Day::SECONDS;
    midnight + moment.time.unwrap_or(0) - moment.offset.unwrap_or(0)
}
