//! What the kinds of a file's amounts are: rows of one amount column that another column tells apart.

use std::collections::{BTreeMap, BTreeSet};

use super::{MappedKind, Mapping, UnknownTable, guess::likeness, unknown::number};
use crate::{
    catalog::{
        header::normalised,
        mapping::{AmountByKind, KindCategory},
        report::Recipe,
    },
    domain::Fixed,
    ingest::number::vote,
};

/// `mapping` with every kind that the file is known to have, by text: those that it says nothing of with
/// what they probably are. None where its amounts are not of several kinds.
#[must_use]
pub fn with_kinds(mut mapping: Mapping, file: &UnknownTable) -> Mapping {
    let said = std::mem::take(&mut mapping.kinds);
    let Some(by_kind) = mapping.by_kind() else { return mapping };
    let place = |target: &str| {
        mapping.columns.iter().position(|column| column.target.column() == Some(target))
    };
    let (Some(kind), Some(amount)) = (place(&by_kind.kind), place(&by_kind.amount)) else {
        return mapping;
    };
    let mut kinds: BTreeMap<String, MappedKind> = BTreeMap::new();
    let said = said.into_iter().filter(|it| !is_of_another_column(file, kind, &it.text));
    for known in said.chain(guessed(file, by_kind, (kind, amount))) {
        kinds.entry(normalised(&known.text)).or_insert(known);
    }
    mapping.kinds = kinds.into_values().collect();
    mapping
}

/// The kinds that a recipe knows.
pub(super) fn kinds_by(recipe: &Recipe, by_kind: &AmountByKind) -> Vec<MappedKind> {
    let amounts = recipe.facts.iter().flat_map(|facts| &facts.amounts);
    let amounts: Vec<_> = amounts.filter(|amount| amount.by == by_kind.kind).collect();
    let Some(first) = amounts.first() else { return Vec::new() };
    let turned = recipe.facts.iter().filter(|facts| {
        facts.amounts.iter().any(|amount| amount.by == by_kind.kind && amount.negate)
    });
    let turned: BTreeSet<&str> = turned
        .flat_map(|facts| &facts.when)
        .flat_map(|when| when.is.iter().map(String::as_str))
        .collect();
    let kind = |(text, category): (&String, &String)| MappedKind {
        text: text.clone(),
        category: category.clone(),
        is_negated: turned.contains(text.as_str()),
    };
    first.category.iter().map(kind).collect()
}

/// Said when another column was the one of kinds.
fn is_of_another_column(file: &UnknownTable, kind: usize, text: &str) -> bool {
    let stands_in = |column| file.cells(column).any(|cell| cell == text);
    !stands_in(kind) && (0..file.header.len()).any(stands_in)
}

fn guessed(
    file: &UnknownTable,
    by_kind: &AmountByKind,
    (kind, amount): (usize, usize),
) -> impl Iterator<Item = MappedKind> {
    // Spellings of the same kind are one: the first one and the sum of all.
    let mut sums: BTreeMap<String, (&str, Fixed)> = BTreeMap::new();
    let sign = vote(file.cells(amount));
    for row in &file.rows {
        let cell = |column: usize| row.get(column).map_or("", |cell| cell.trim());
        if !cell(kind).is_empty() {
            let known = sums.entry(normalised(cell(kind)));
            let (_, sum) = known.or_insert((cell(kind), Fixed::ZERO));
            *sum = sum.plus(number(cell(amount), sign).unwrap_or(Fixed::ZERO));
        }
    }
    for text in file.unknown_kinds() {
        sums.entry(normalised(text)).or_insert((text, Fixed::ZERO));
    }
    sums.into_values().map(|(text, sum)| {
        let category = category_of(text, &by_kind.categories);
        MappedKind {
            text: text.to_owned(),
            category: category.map(|it| it.id.clone()).unwrap_or_default(),
            is_negated: category.is_some_and(|it| it.is_cost) && sum > Fixed::ZERO,
        }
    })
}

/// The category with the likest name, of equally like ones the first.
fn category_of<'a>(text: &str, categories: &'a [KindCategory]) -> Option<&'a KindCategory> {
    let text = normalised(&text.replace(['_', '-'], " "));
    let likest = |category: &KindCategory| {
        category.spelled.iter().map(|known| likeness(&normalised(known), &text)).max().unwrap_or(0)
    };
    let scored = categories.iter().map(|category| (likest(category), category));
    let best = scored.reduce(|best, it| if it.0 > best.0 { it } else { best });
    best.filter(|(likeness, _)| *likeness > 0).map(|(_, category)| category)
}
