//! What the kinds of a file's amounts are: rows of one amount column that another column tells apart.

use std::collections::BTreeSet;

use super::{MappedKind, Mapping, UnknownTable, guess::likeness, unknown::number};
use crate::{
    catalog::{
        header::normalised,
        mapping::{AmountByKind, KindCategory},
        report::Recipe,
    },
    domain::{Fixed, set_of_few, sort_few_by_key},
    ingest::number::vote,
};

/// So few rows may all be of different kinds.
const N_FEW_ROWS: usize = 10;

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
    let said = said.into_iter().filter(|it| !is_of_another_column(file, kind, &it.text));
    mapping.kinds = said.chain(guessed(file, by_kind, (kind, amount))).collect();
    let mut known: Vec<String> = Vec::new();
    mapping.kinds.retain(|kind| {
        let text = normalised(&kind.text);
        let is_new = !known.contains(&text);
        known.extend(is_new.then_some(text));
        is_new
    });
    sort_few_by_key(&mut mapping.kinds, |kind| kind.text.clone());
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
    let turned = turned.flat_map(|facts| &facts.when);
    let turned: BTreeSet<&str> =
        set_of_few(turned.flat_map(|when| when.is.iter().map(String::as_str)));
    let kind = |(text, category): (&String, &String)| MappedKind {
        text: text.clone(),
        category: category.clone(),
        is_negated: turned.contains(text.as_str()),
    };
    first.category.iter().map(kind).collect()
}

/// Whether the texts of a column are kinds of amounts: most of them by their names, with one that
/// sellers pay or give back among them, and several to a few rows.
pub(super) fn are_kinds(file: &UnknownTable, column: usize, by_kind: &AmountByKind) -> bool {
    let texts: BTreeSet<&str> = set_of_few(file.cells(column));
    let n_cells = file.cells(column).count();
    let of_texts = texts.iter().map(|text| category_of(text, &by_kind.categories));
    let known: Vec<&KindCategory> = of_texts.flatten().collect();
    texts.len() > 1
        && (texts.len() < n_cells || n_cells < N_FEW_ROWS)
        && known.len() * 3 >= texts.len() * 2
        && known.iter().any(|category| category.is_cost)
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
    let mut sums: Vec<(String, &str, Fixed)> = Vec::new();
    let mut add = |text, amount| {
        let name = normalised(text);
        match sums.iter_mut().find(|(known, ..)| *known == name) {
            Some((_, _, sum)) => *sum = sum.plus(amount),
            None => sums.push((name, text, amount)),
        }
    };
    let sign = vote(file.cells(amount));
    for row in &file.rows {
        let cell = |column: usize| row.get(column).map_or("", |cell| cell.trim());
        if !cell(kind).is_empty() {
            add(cell(kind), number(cell(amount), sign).unwrap_or(Fixed::ZERO));
        }
    }
    for text in file.unknown_kinds() {
        add(text, Fixed::ZERO);
    }
    sums.into_iter().map(|(_, text, sum)| {
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
