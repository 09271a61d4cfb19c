//! Cells become texts, numbers and moments.

use std::borrow::Cow;

use crate::{
    catalog::{
        header::{currency_of, normalised},
        report::ColumnKind,
    },
    domain::{Fixed, ProblemKind, sort_few_by_key},
    ingest::{
        batch::{Batch, Column, Dating, OwnTexts, Said},
        column_texts::{ColumnTexts, Meaning},
        container::Rows,
        date_order::OrderNotes,
        encoding::CellEncoding,
        moment::{Moment, OrderEvidence, read_iso, read_moment, read_period, read_serial},
        number::{read_number, read_percent},
        plan::{Plan, Slot},
    },
};

/// Reads the cells of rows by the slots of a plan, and remembers what they said.
#[derive(Debug)]
pub(crate) struct CellReader {
    pub(crate) encoding: CellEncoding,
    is_sheet: bool,
    /// Per slot.
    pub(crate) texts: Vec<ColumnTexts>,
    order: OrderNotes,
}

/// A cell that could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Of the rows that were read.
    pub(crate) row: usize,
    pub(crate) slot: usize,
    pub(crate) kind: ProblemKind,
}

impl CellReader {
    pub(crate) fn new(n_slots: usize, encoding: CellEncoding, is_sheet: bool) -> Self {
        Self {
            encoding,
            is_sheet,
            texts: vec![ColumnTexts::default(); n_slots],
            order: OrderNotes::default(),
        }
    }

    pub(crate) fn order(&self) -> &OrderNotes {
        &self.order
    }

    /// What the dates read so far say of their order; the next ones begin anew.
    pub(crate) fn take_order(&mut self) -> OrderNotes {
        std::mem::take(&mut self.order)
    }

    /// Adds what the rows `chosen` say to `batch`. Faults come row by row; the rows that have some
    /// are in the batch too.
    pub(crate) fn read(
        &mut self,
        plan: &Plan,
        rows: Rows<'_>,
        chosen: &[usize],
        batch: &mut Batch,
    ) -> Vec<Fault> {
        let mut faults = Vec::new();
        batch.add_rows(chosen.iter().map(|row| rows.line(*row)));
        for (slot, column) in plan.slots.iter().enumerate() {
            let Some((said, own)) = batch.column_mut(slot) else { continue };
            let mut note = |row, problem: Option<ProblemKind>| {
                faults.extend(problem.map(|kind| Fault { row, slot, kind }));
            };
            match said {
                Column::Numbers(numbers) => {
                    let read = |_, cell: &[u8]| self.read_number(column, cell);
                    rows.read_column(chosen, column.cell, read, |row, (number, problem)| {
                        numbers.push(number);
                        note(row, problem);
                    });
                }
                Column::Dates(dates) => {
                    let read =
                        |row, cell: &[u8]| self.read_date(plan, column, rows.line(row), cell);
                    rows.read_column(chosen, column.cell, read, |row, (dating, problem)| {
                        dates.push(dating);
                        note(row, problem);
                    });
                }
                Column::Texts(texts) => {
                    let read = |_, cell: &[u8]| self.read_text(column, slot, cell, own);
                    rows.read_column(chosen, column.cell, read, |row, (said, problem)| {
                        texts.push(said);
                        note(row, problem);
                    });
                    if let Some(known) = self.texts.get_mut(slot) {
                        known.add_rows(chosen.len());
                    }
                }
            }
        }
        sort_few_by_key(&mut faults, |fault| (fault.row, fault.slot));
        faults
    }

    fn read_number(&self, column: &Slot, cell: &[u8]) -> (Option<Fixed>, Option<ProblemKind>) {
        let is_rate = column.kind == ColumnKind::Percent;
        let read = if is_rate { read_percent } else { read_number };
        match read(cell, column.sign, self.encoding) {
            // A mark for nothing, such as `n/a`, is no value either.
            Ok(None) => (None, column.must_be_filled().then_some(ProblemKind::MissingValue)),
            Ok(number) => (number, None),
            Err(_) => (None, Some(ProblemKind::NotANumber)),
        }
    }

    /// Reads a cell of a text column. What is inherited from the group's first row is empty until then.
    fn read_text(
        &mut self,
        column: &Slot,
        slot: usize,
        cell: &[u8],
        own: &mut OwnTexts,
    ) -> (Said, Option<ProblemKind>) {
        if column.is_inherited && cell.is_empty() {
            return (Said::Nothing, None);
        }
        let (said, problem) = self.understand(column, slot, cell, own);
        (said, missing(column, cell).or(problem))
    }

    /// What a cell of a text column says.
    pub(crate) fn understand(
        &mut self,
        column: &Slot,
        slot: usize,
        cell: &[u8],
        own: &mut OwnTexts,
    ) -> (Said, Option<ProblemKind>) {
        let Some(known) = self.texts.get_mut(slot) else { return (Said::Nothing, None) };
        known.read(cell, self.encoding, own, |text| match column.kind {
            ColumnKind::Currency => currency_meaning(text),
            ColumnKind::Id => id_meaning(text),
            ColumnKind::Buyer => buyer_meaning(column, text),
            _ => text_meaning(column, text),
        })
    }

    fn read_date(
        &mut self,
        plan: &Plan,
        column: &Slot,
        line: u64,
        cell: &[u8],
    ) -> (Option<Dating>, Option<ProblemKind>) {
        let iso = if column.kind == ColumnKind::Moment { read_iso(cell) } else { None };
        let iso = iso.map(|moment| Dating { moment, until: None });
        let dating = iso.or_else(|| self.read_dating(plan, column.kind, line, cell));
        let is_bad = dating.is_none() && !column.is_lenient && !is_mark(cell);
        (dating, missing(column, cell).or(is_bad.then_some(ProblemKind::NotADate)))
    }

    fn read_dating(
        &mut self,
        plan: &Plan,
        kind: ColumnKind,
        line: u64,
        cell: &[u8],
    ) -> Option<Dating> {
        let text = self.encoding.text(cell);
        let span = || {
            let (from, until) = read_period(&text, plan.date_order)?;
            let order = OrderEvidence::Irrelevant;
            let moment = Moment { day: from, time: None, offset: None, order };
            Some(Dating { moment, until: Some(until) })
        };
        let serial = || if self.is_sheet { read_serial(&text) } else { None };
        let moment = || {
            let moment = read_moment(&text, plan.date_order).or_else(serial)?;
            Some(Dating { moment, until: None })
        };
        let dating = if kind == ColumnKind::Span { span() } else { None };
        let dating = dating.or_else(moment);
        if let Some(dating) = dating {
            self.order.note(dating.moment.order, line, &text);
        }
        dating
    }
}

/// The problem of an empty cell, where a row needs one that is not.
fn missing(column: &Slot, cell: &[u8]) -> Option<ProblemKind> {
    (cell.is_empty() && column.must_be_filled()).then_some(ProblemKind::MissingValue)
}

fn currency_meaning(text: &str) -> Meaning<'_> {
    let currency = currency_of(text);
    let is_unknown = currency.is_none() && !is_mark(text.as_bytes());
    Meaning {
        text: currency.map_or(Cow::Borrowed(""), |it| Cow::Owned(it.code().to_owned())),
        problem: is_unknown.then_some(ProblemKind::NotACurrency),
    }
}

fn id_meaning(text: &str) -> Meaning<'_> {
    let id = unguarded(text);
    let problem = is_destroyed(id.as_bytes()).then_some(ProblemKind::DestroyedId);
    Meaning { text: Cow::Borrowed(id), problem }
}

fn buyer_meaning<'t>(column: &Slot, text: &'t str) -> Meaning<'t> {
    let said = if is_mark(text.as_bytes()) { "" } else { unguarded(text) };
    let hash = column.buyers.as_ref().map(|buyers| buyers.of(said)).unwrap_or_default();
    Meaning { text: Cow::Owned(hash), problem: None }
}

fn text_meaning<'t>(column: &Slot, text: &'t str) -> Meaning<'t> {
    if column.values.is_empty() && !column.is_closed {
        return Meaning { text: Cow::Borrowed(text), problem: None };
    }
    match column.values.get(&normalised(text)).or(column.otherwise.as_ref()) {
        Some(value) => Meaning { text: Cow::Owned(value.clone()), problem: None },
        None => Meaning {
            text: Cow::Borrowed(text.trim()),
            problem: column.is_closed.then_some(ProblemKind::UnknownKind),
        },
    }
}

/// An id without the guards that keep spreadsheets from changing it: `="…"`, `'…`.
fn unguarded(id: &str) -> &str {
    let inner = id.strip_prefix("=\"").and_then(|it| it.strip_suffix('"'));
    inner.or_else(|| id.strip_prefix('\'')).unwrap_or(id).trim_ascii()
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
    matches!(cell, b"" | b"-" | b"--" | b"/" | b"N/A" | b"n/a")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lose_their_guards_only() {
        assert_eq!(unguarded("=\"00123\""), "00123");
        assert_eq!(unguarded("'00123"), "00123");
        assert_eq!(unguarded("111-1"), "111-1");
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
