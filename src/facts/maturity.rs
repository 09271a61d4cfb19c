//! What imports stated of the same days of ads, early and when they had settled.
//!
//! Superseded statements are facts, too: a report that is downloaded again states its days anew. Only rows
//! that both imports have are held against each other, so that a report of some campaigns is no evidence
//! of how all of them grow. Nothing depends on the order in which files were imported.

use std::{cmp::Reverse, collections::BTreeMap};

use hashbrown::HashMap as KeyMap;

use super::{MergeInput, Segment, Table};
use crate::domain::{Day, Development, Fixed, Measure, Period, sort_few, sort_few_by_key};

/// The measures that grow after their day.
const GROWING: [Measure; 2] = [Measure::AdSales, Measure::AdOrders];

/// Whose day it is: channel, shop, currency.
type Place<'a> = (&'a str, &'a str, &'a str, Day);

/// An import, and its rows that are of a single day: each is looked at as often as another import has the day.
struct Import<'a> {
    last_day: Day,
    rows: BTreeMap<Day, Vec<(&'a Segment, usize)>>,
}

impl<'a> Import<'a> {
    fn of(input: &MergeInput<'a>) -> Self {
        let mut rows: BTreeMap<Day, Vec<(&Segment, usize)>> = BTreeMap::new();
        for segment in input.segments.iter().copied() {
            for row in 0..segment.len() {
                if let Some(days) = segment.days_of(row).filter(|it| it.n_days() == 1) {
                    rows.entry(days.from).or_default().push((segment, row));
                }
            }
        }
        Self { last_day: input.precedence.last_day, rows }
    }
}

/// What two imports say of one row.
struct Said<'a> {
    place: Place<'a>,
    early: Fixed,
    /// Of the newest import that states it when it has settled, with the number of that import.
    settled: Option<(usize, Fixed)>,
}

/// The days that an import of ads states before they have settled, and another of the same report
/// `settling_days` or more after them.
pub fn developments(inputs: &[MergeInput<'_>], settling_days: i32) -> Vec<Development> {
    let mut developments = Vec::new();
    for measure in GROWING {
        let mut reports: BTreeMap<&str, Vec<&MergeInput<'_>>> = BTreeMap::new();
        for input in inputs {
            let states = |segment: &&Segment| !column(segment, measure).is_empty();
            if let Some(first) = input.segments.first()
                && input.segments.iter().all(states)
            {
                reports.entry(first.meta().report.as_str()).or_default().push(input);
            }
        }
        for mut inputs in reports.into_values() {
            sort_few_by_key(&mut inputs, |input| Reverse(input.precedence));
            if inputs.len() < 2 {
                continue;
            }
            let imports: Vec<Import<'_>> = inputs.into_iter().map(Import::of).collect();
            for (index, early) in imports.iter().enumerate() {
                let newer = imports.get(..index).unwrap_or_default();
                let pair = Pair { measure, early, newer, settling_days };
                developments.extend(pair.developments());
            }
        }
    }
    sort_few(&mut developments);
    developments
}

/// The numbers of a measure of ads; none where rows cannot be told apart or do not state it.
fn column(segment: &Segment, measure: Measure) -> &[i64] {
    let name = match measure {
        Measure::AdOrders if segment.states("orders") => "orders",
        Measure::AdOrders => "conversions",
        _ => "sales",
    };
    let is_told = segment.table() == Table::Ads && segment.meta().is_keyed && segment.states(name);
    if is_told { segment.numbers(name) } else { &[] }
}

/// One import beside the newer ones of its report, the newest first.
struct Pair<'a> {
    measure: Measure,
    early: &'a Import<'a>,
    newer: &'a [Import<'a>],
    settling_days: i32,
}

impl<'a> Pair<'a> {
    fn developments(&self) -> Vec<Development> {
        let last = self.early.last_day;
        let open = Period { from: last.plus(1 - self.settling_days), to: last };
        let settled_to = |import: &Import<'_>| import.last_day.plus(-self.settling_days);
        if !self.newer.iter().any(|input| settled_to(input) >= open.from) {
            return Vec::new();
        }
        let mut said: KeyMap<u128, Said<'a>> = KeyMap::new();
        self.each_row(self.early, open, |key, place, value| {
            let one = said.entry(key).or_insert(Said { place, early: Fixed::ZERO, settled: None });
            one.early = one.early.plus(value);
        });
        for (number, input) in self.newer.iter().enumerate() {
            let settled = Period { to: open.to.min(settled_to(input)), ..open };
            self.each_row(input, settled, |key, _, value| {
                let Some(one) = said.get_mut(&key) else { return };
                let (by, sum) = one.settled.get_or_insert((number, Fixed::ZERO));
                if *by == number {
                    *sum = sum.plus(value);
                }
            });
        }
        self.by_day(said.into_values())
    }

    /// Calls `each` with every row of a day of `days`.
    fn each_row(
        &self,
        input: &Import<'a>,
        days: Period,
        mut each: impl FnMut(u128, Place<'a>, Fixed),
    ) {
        if days.from > days.to {
            return;
        }
        for (day, rows) in input.rows.range(days.from..=days.to) {
            for (segment, row) in rows.iter().copied() {
                let text = |name| segment.text(name, row);
                let place = (text("channel"), text("shop"), text("currency"), *day);
                let key = segment.columns().key.get(row);
                let value = column(segment, self.measure).get(row);
                if let (Some(key), Some(value)) = (key, value) {
                    each(*key, place, Fixed::from_ten_thousandths(*value));
                }
            }
        }
    }

    fn by_day(&self, said: impl Iterator<Item = Said<'a>>) -> Vec<Development> {
        let mut days: BTreeMap<Place<'_>, (Fixed, Fixed)> = BTreeMap::new();
        for Said { place, early, settled } in said {
            let Some((_, settled)) = settled else { continue };
            let sums = days.entry(place).or_default();
            *sums = (sums.0.plus(early), sums.1.plus(settled));
        }
        let grew = days.into_iter().filter(|(_, (early, _))| *early > Fixed::ZERO);
        let development = |((channel, _, _, day), (early, settled)): (Place<'_>, _)| Development {
            channel: channel.to_owned(),
            measure: self.measure,
            day,
            age: self.early.last_day.days_since_epoch() - day.days_since_epoch(),
            early,
            settled,
        };
        grew.map(development).collect()
    }
}
