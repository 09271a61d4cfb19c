//! Rows become facts of one table.

use xxhash_rust::xxh3::xxh3_128;

use crate::{
    domain::{Day, Fixed},
    facts::{FactRow, SHOP_TEXT, TableBuilder},
    ingest::{
        clock::FactDate,
        plan::{AmountPlan, FactPlan, TextPlan, TextRole},
        values::{ColumnTexts, Dating, Said, Values},
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
    /// Room to work in.
    ids: Vec<u32>,
    numbers: Vec<i64>,
    key: Vec<u8>,
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
    pub(crate) fn new(facts: &FactPlan) -> Self {
        let writer = |text: &TextPlan| TextWriter {
            memos: vec![Memo::default(); text.slots.len()],
            default: None,
        };
        Self {
            table: TableBuilder::new(facts.table),
            texts: facts.texts.iter().map(writer).collect(),
            categories: vec![Memo::default(); facts.amounts.len()],
            ids: vec![0; facts.texts.len()],
            numbers: vec![0; facts.numbers.len()],
            key: Vec::new(),
        }
    }

    /// Writes what a row says. `known` are the columns' texts.
    pub(crate) fn write(
        &mut self,
        facts: &FactPlan,
        values: &Values,
        known: &[ColumnTexts],
        date: FactDate,
    ) {
        let is_zero = |it: &AmountPlan| values.number(it.column).unwrap_or_default() == Fixed::ZERO;
        if !facts.amounts.is_empty() && facts.amounts.iter().all(is_zero) {
            // No fact: its texts must not become the table's, which tell what is covered.
            return;
        }
        for place in 0..facts.texts.len() {
            self.write_text(place, facts, values, known);
        }
        for (place, number) in self.numbers.iter_mut().zip(&facts.numbers) {
            *place = number.as_ref().map_or(0, |it| it.value(&values.numbers).ten_thousandths());
        }
        let as_of = facts.as_of.and_then(|slot| values.moment(slot)).map_or(0, instant);
        let key = self.key_of(facts, values, known, date.at);
        if facts.amounts.is_empty() {
            self.push(values.line, date, as_of, key);
        } else {
            self.write_amounts(facts, values, known, (date, as_of, key));
        }
    }

    fn push(&mut self, line: u64, date: FactDate, as_of: i64, key: u128) {
        let FactDate { at, n_days } = date;
        let (texts, numbers) = (&self.ids, &self.numbers);
        self.table.push(&FactRow { at, n_days, line, key, as_of, texts, numbers });
    }

    /// One fact per amount that is not zero.
    fn write_amounts(
        &mut self,
        facts: &FactPlan,
        values: &Values,
        known: &[ColumnTexts],
        (date, as_of, mut key): (FactDate, i64, u128),
    ) {
        let category_at = facts.texts.iter().position(|text| text.role == TextRole::Category);
        for (at, amount) in facts.amounts.iter().enumerate() {
            let value = values.number(amount.column).unwrap_or_default();
            if value == Fixed::ZERO {
                continue;
            }
            if let Some(place) = category_at {
                self.write_category(place, at, amount, (values, known));
            }
            if let Some(first) = self.numbers.first_mut() {
                *first = if amount.is_negated { value.negated() } else { value }.ten_thousandths();
            }
            key = key.wrapping_add(0x9e37_79b9_7f4a_7c15).rotate_left(17);
            self.push(values.line, date, as_of, key);
            // Units belong to the row once.
            self.numbers.iter_mut().skip(1).for_each(|number| *number = 0);
        }
    }

    fn write_category(
        &mut self,
        place: usize,
        at: usize,
        amount: &AmountPlan,
        (values, known): (&Values, &[ColumnTexts]),
    ) {
        let by = |slot| values.text(slot, known);
        let table = &mut self.table;
        let mut write = || {
            let category = amount.category_of(amount.by.map_or("", by));
            Written { id: table.text_id(place, category), is_empty: category.is_empty() }
        };
        let said = amount.by.map_or(Said::Nothing, |slot| values.said(slot));
        let written = match (said, self.categories.get_mut(at)) {
            (Said::Known(id), Some(memo)) => memo.get(id, write),
            _ => write(),
        };
        if let Some(id) = self.ids.get_mut(place) {
            *id = written.id;
        }
    }

    /// The first filled slot's text, else the default.
    fn write_text(
        &mut self,
        place: usize,
        facts: &FactPlan,
        values: &Values,
        known: &[ColumnTexts],
    ) {
        let (Some(plan), Some(writer)) = (facts.texts.get(place), self.texts.get_mut(place)) else {
            return;
        };
        let table = &mut self.table;
        let filled = plan.slots.iter().zip(&mut writer.memos).find_map(|(slot, memo)| {
            let mut write = || {
                let text = plan.written(values.text(*slot, known));
                Written { id: table.text_id(place, text), is_empty: text.is_empty() }
            };
            let written = match values.said(*slot) {
                Said::Nothing => return None,
                Said::Known(id) => memo.get(id, write),
                Said::Own(..) => write(),
            };
            (!written.is_empty).then_some(written.id)
        });
        let default = || *writer.default.get_or_insert_with(|| table.text_id(place, &plan.default));
        let id = filled.unwrap_or_else(default);
        if let Some(room) = self.ids.get_mut(place) {
            *room = id;
        }
    }

    /// What identifies the fact: its key columns and shop, or all that the row says.
    fn key_of(
        &mut self,
        facts: &FactPlan,
        values: &Values,
        known: &[ColumnTexts],
        at: i64,
    ) -> u128 {
        let bytes = &mut self.key;
        bytes.clear();
        bytes.push(facts.table as u8);
        let shop = self.ids.get(SHOP_TEXT).copied().unwrap_or_default();
        bytes.extend_from_slice(self.table.text(SHOP_TEXT, shop).as_bytes());
        let all = if facts.key.is_empty() { 0..values.n_slots() } else { 0..0 };
        for slot in facts.key.iter().copied().chain(all) {
            bytes.push(0x1f);
            bytes.extend_from_slice(values.text(slot, known).as_bytes());
            if let Some(number) = values.number(slot) {
                bytes.extend_from_slice(&number.ten_thousandths().to_le_bytes());
            }
            if let Some(dating) = values.moment(slot) {
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
}

/// Seconds since the epoch by the date's own offset, for comparison with others like it.
fn instant(dating: Dating) -> i64 {
    let moment = dating.moment;
    let midnight = i64::from(moment.day.days_since_epoch()) * Day::SECONDS;
    midnight + moment.time.unwrap_or(0) - moment.offset.unwrap_or(0)
}
