//! Cost rows pasted from a sheet: SKU, cost, currency, first day, one row a line.

use crate::{
    domain::{Currency, Day},
    ui::format,
    worker::protocol::Change,
};

/// What was read from pasted text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Pasted {
    pub(super) costs: Vec<Change>,
    /// 1-based number and text of the lines that are no cost.
    pub(super) wrong: Vec<(usize, String)>,
}

/// Reads rows copied from Excel. Currency and day may be left out; a head line is skipped.
pub(super) fn read(text: &str, currency: Currency, valid_from: Day) -> Pasted {
    let mut pasted = Pasted::default();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let mut cells = line.split('\t').map(str::trim);
        match cost(&mut cells, currency, valid_from) {
            Some(cost) => pasted.costs.push(cost),
            // The first line of a copied sheet is often its head.
            None if index == 0 && line.contains('\t') && !has_digit(line) => {}
            None => pasted.wrong.push((index + 1, line.to_owned())),
        }
    }
    pasted
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|letter| letter.is_ascii_digit())
}

fn cost<'a>(
    cells: &mut impl Iterator<Item = &'a str>,
    currency: Currency,
    valid_from: Day,
) -> Option<Change> {
    let sku = cells.next().filter(|sku| !sku.is_empty())?;
    let unit_cost = amount(cells.next()?)?;
    let currency = match cells.next().filter(|cell| !cell.is_empty()) {
        Some(code) => Currency::parse(code)?,
        None => currency,
    };
    let valid_from = match cells.next().filter(|cell| !cell.is_empty()) {
        Some(text) => day(text)?,
        None => valid_from,
    };
    Some(Change::EnterCost { sku: sku.to_owned(), unit_cost, currency, valid_from })
}

/// `$1,234.50` as `1234.50`; `None` for what is no amount or below zero.
pub(super) fn amount(text: &str) -> Option<String> {
    format::typed_amount(text).filter(|amount| !amount.starts_with('-'))
}

/// `2026-11-01`, `2026/11/1`: year first, as Chinese and ISO sheets write it.
fn day(text: &str) -> Option<Day> {
    let mut parts = text.split(['-', '/', '.']).map(str::parse::<u32>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    let year = i32::try_from(year).ok().filter(|year| (1990..2200).contains(year))?;
    Day::from_ymd(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first() -> Day {
        Day::parse("2026-01-01").unwrap()
    }

    fn enter(sku: &str, unit_cost: &str, currency: &str, from: &str) -> Change {
        Change::EnterCost {
            sku: sku.to_owned(),
            unit_cost: unit_cost.to_owned(),
            currency: Currency::parse(currency).unwrap(),
            valid_from: Day::parse(from).unwrap(),
        }
    }

    #[test]
    fn rows_of_a_sheet_become_costs() {
        let text =
            "SKU\tCost\tCurrency\tFrom\nHL-1\t$6.20\tUSD\t2026/3/1\n\nHL-2\t43\tcny\nHL-3\t1,050";
        let pasted = read(text, Currency::USD, first());
        let expected = [
            enter("HL-1", "6.20", "USD", "2026-03-01"),
            enter("HL-2", "43", "CNY", "2026-01-01"),
            enter("HL-3", "1050", "USD", "2026-01-01"),
        ];
        assert_eq!((pasted.costs.as_slice(), pasted.wrong.len()), (expected.as_slice(), 0));
    }

    #[test]
    fn what_is_no_cost_is_said_with_its_line() {
        let pasted =
            read("HL-1\t-3\nHL-2\t5\tdollars\nHL-3\t5\tUSD\t3/1/2026\n\t5", Currency::USD, first());
        let lines: Vec<usize> = pasted.wrong.iter().map(|(line, _)| *line).collect();
        assert_eq!((pasted.costs.len(), lines), (0, vec![1, 2, 3, 4]));
    }
}
