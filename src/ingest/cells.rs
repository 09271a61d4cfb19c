//! Cells become texts, numbers and moments.

use std::borrow::Cow;

use crate::{
    catalog::{
        header::{currency_of, normalised},
        report::ColumnKind,
    },
    domain::{ProblemKind, sort_few_by_key},
    ingest::{
        batch::{Batch, Dating, Said},
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
    /// Last date cell and what it meant, per slot: rows repeat their dates.
    dates: Vec<(Vec<u8>, Option<Dating>)>,
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
            dates: vec![(Vec::new(), None); n_slots],
            order: OrderNotes::default(),
        }
    }

    pub(crate) fn order(&self) -> &OrderNotes {
        &self.order
    }

    /// What the dates read so far say of their order; the next ones begin anew.
    pub(crate) fn take_order(&mut self) -> OrderNotes {
        // A date that was noted before has to be noted again.
        self.dates.fill((Vec::new(), None));
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
            let needs = column.is_filled && !column.is_inherited;
            let mut note = |row, cell: &[u8], problem: Option<ProblemKind>| {
                let is_missing = needs && cell.is_empty();
                let problem = if is_missing { Some(ProblemKind::MissingValue) } else { problem };
                faults.extend(problem.map(|kind| Fault { row, slot, kind }));
            };
            each_cell(rows, chosen, column.cell, |row, cell| match column.kind {
                ColumnKind::Number | ColumnKind::Percent => {
                    let is_rate = column.kind == ColumnKind::Percent;
                    let read = if is_rate { read_percent } else { read_number };
                    let number = read(cell, column.sign, self.encoding);
                    batch.push_number(slot, number.unwrap_or_default());
                    // A mark for nothing, such as `n/a`, is no value either.
                    let is_nothing = needs && number == Ok(None);
                    let missing = is_nothing.then_some(ProblemKind::MissingValue);
                    let problem = number.err().map(|_| ProblemKind::NotANumber);
                    note(row, cell, problem.or(missing));
                }
                ColumnKind::Moment | ColumnKind::Span => {
                    let dating = self.read_date(plan, (slot, column.kind), rows.line(row), cell);
                    batch.push_date(slot, dating);
                    let is_bad = dating.is_none() && !is_mark(cell);
                    note(row, cell, is_bad.then_some(ProblemKind::NotADate));
                }
                // What is inherited from the group's first row is empty until then.
                _ if column.is_inherited && cell.is_empty() => batch.push_text(slot, Said::Nothing),
                ColumnKind::Text | ColumnKind::Id | ColumnKind::Currency | ColumnKind::Buyer => {
                    let (said, problem) = self.read_text(column, slot, cell, batch);
                    batch.push_text(slot, said);
                    note(row, cell, problem);
                }
            });
        }
        sort_few_by_key(&mut faults, |fault| (fault.row, fault.slot));
        faults
    }

    /// Reads a cell of a text column.
    pub(crate) fn read_text(
        &mut self,
        column: &Slot,
        slot: usize,
        cell: &[u8],
        batch: &mut Batch,
    ) -> (Said, Option<ProblemKind>) {
        let Some(known) = self.texts.get_mut(slot) else { return (Said::Nothing, None) };
        known.read(cell, self.encoding, batch, |text| match column.kind {
            ColumnKind::Currency => currency_meaning(text),
            ColumnKind::Id => id_meaning(text),
            ColumnKind::Buyer => buyer_meaning(column, text),
            _ => text_meaning(column, text),
        })
    }

    fn read_date(
        &mut self,
        plan: &Plan,
        (slot, kind): (usize, ColumnKind),
        line: u64,
        cell: &[u8],
    ) -> Option<Dating> {
        let (last_cell, last) = self.dates.get_mut(slot)?;
        if last_cell == cell {
            return *last;
        }
        if kind == ColumnKind::Moment
            && let Some(moment) = read_iso(cell)
        {
            return Some(Dating { moment, until: None });
        }
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
        last_cell.clear();
        last_cell.extend_from_slice(cell);
        *last = dating;
        dating
    }
}

/// Gives the trimmed cells of a column, row after row.
fn each_cell(rows: Rows<'_>, chosen: &[usize], column: usize, mut read: impl FnMut(usize, &[u8])) {
    let mut room = Vec::new();
    for row in chosen {
        read(*row, rows.cell(*row, column, &mut room).trim_ascii());
    }
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
