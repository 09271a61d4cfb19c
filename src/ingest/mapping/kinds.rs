//! What the kinds of a file's amounts are: rows of one amount column that another column tells apart.

use std::collections::BTreeSet;

use super::{
    MappedKind, Mapping, UnknownTable,
    guess::{EXACT, likeness},
    unknown::number,
};
use crate::{
    catalog::{
        header::normalised,
        mapping::{AmountByKind, KindCategory},
        report::Recipe,
    },
    domain::{Fixed, set_of_few, sort_few_by_key},
    ingest::{number::vote, post::MAX_SHOWN},
};

/// So few rows may all be of different kinds.
const N_FEW_ROWS: usize = 10;

/// `mapping` with every kind that the file is known to have, by text: those that it says nothing of with
/// what they probably are. None where its amounts are not of several kinds.
#[must_use]
pub fn with_kinds(mut mapping: Mapping, file: &UnknownTable) -> Mapping {
    let said = std::mem::take(&mut mapping.kinds);
    let said_of = std::mem::take(&mut mapping.kinds_of);
    let Some((by_kind, columns)) = columns_of(&mapping) else { return mapping };
    mapping.kinds_of = file.header.get(columns.kind).cloned().unwrap_or_default();
    let said = said.into_iter().filter(|_| said_of == mapping.kinds_of);
    mapping.kinds = said.chain(guessed(file, by_kind, columns)).collect();
    let mut known: Vec<String> = Vec::new();
    mapping.kinds.retain(|kind| {
        let text = normalised(&kind.text);
        let is_new = !text.is_empty() && !known.contains(&text);
        known.extend(is_new.then_some(text));
        is_new
    });
    let is_cost = |id: &str| by_kind.categories.iter().any(|it| it.id == id && it.is_cost);
    for kind in &mut mapping.kinds {
        kind.is_negated &= is_cost(&kind.category);
    }
    sort_few_by_key(&mut mapping.kinds, |kind| kind.text.clone());
    mapping
}

/// The kinds whose amounts in the first rows add up to more than nothing: as costs they are written with
/// the other sign.
pub fn positive_kinds(mapping: &Mapping, file: &UnknownTable) -> Vec<String> {
    let Some((_, columns)) = columns_of(mapping) else { return Vec::new() };
    let sums = sums_of(file, columns).into_iter();
    let positive: Vec<String> =
        sums.filter(|(.., sum)| *sum > Fixed::ZERO).map(|(name, ..)| name).collect();
    let kinds = mapping.kinds.iter().map(|kind| &kind.text);
    kinds.filter(|text| positive.contains(&normalised(text))).cloned().collect()
}

/// Places of the two columns.
#[derive(Clone, Copy)]
struct Places {
    kind: usize,
    amount: usize,
}

fn columns_of(mapping: &Mapping) -> Option<(&'static AmountByKind, Places)> {
    let by_kind = mapping.by_kind()?;
    let place = |target: &str| {
        mapping.columns.iter().position(|column| column.target.column() == Some(target))
    };
    Some((by_kind, Places { kind: place(&by_kind.kind)?, amount: place(&by_kind.amount)? }))
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
    // What stands for all others is no kind.
    first.category.iter().filter(|(text, _)| *text != "*").map(kind).collect()
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

/// Of each kind in the first rows its name for comparison, its first spelling and its sum. Long texts are
/// left out: those of a file that was read are cut, and no kind is called so.
fn sums_of(file: &UnknownTable, columns: Places) -> Vec<(String, &str, Fixed)> {
    let mut sums: Vec<(String, &str, Fixed)> = Vec::new();
    let sign = vote(file.cells(columns.amount));
    for row in &file.rows {
        let cell = |column: usize| row.get(column).map_or("", |cell| cell.trim());
        let text = cell(columns.kind);
        if text.chars().count() >= MAX_SHOWN {
            continue;
        }
        let name = normalised(text);
        let amount = number(cell(columns.amount), sign).unwrap_or(Fixed::ZERO);
        match sums.iter_mut().find(|(known, ..)| *known == name) {
            Some((_, _, sum)) => *sum = sum.plus(amount),
            None => sums.push((name, text, amount)),
        }
    }
    sums
}

/// All kinds with what they probably are. Where costs as a whole are written as positive numbers, those
/// of them that are so are turned: a fee that was given back once is not.
fn guessed<'a>(
    file: &'a UnknownTable,
    by_kind: &'static AmountByKind,
    columns: Places,
) -> impl Iterator<Item = MappedKind> + use<'a> {
    let mut sums = sums_of(file, columns);
    let header = file.header.get(columns.kind).map_or("", String::as_str);
    sums.extend(file.unknown_kinds(header).map(|text| (normalised(text), text, Fixed::ZERO)));
    let guessed: Vec<(&str, Fixed, Option<&KindCategory>)> = sums
        .into_iter()
        .map(|(_, text, sum)| (text, sum, category_of(text, &by_kind.categories)))
        .collect();
    let is_cost = |category: Option<&KindCategory>| category.is_some_and(|it| it.is_cost);
    let costs = guessed.iter().filter(|(.., category)| is_cost(*category));
    let costs = costs.fold(Fixed::ZERO, |total, (_, sum, _)| total.plus(*sum));
    guessed.into_iter().map(move |(text, sum, category)| MappedKind {
        text: text.to_owned(),
        category: category.map(|it| it.id.clone()).unwrap_or_default(),
        is_negated: is_cost(category) && costs > Fixed::ZERO && sum >= Fixed::ZERO,
    })
}

/// The category with the likest name. The first category gives way to every other that the kind's name
/// holds: an order fee is a fee.
fn category_of<'a>(text: &str, categories: &'a [KindCategory]) -> Option<&'a KindCategory> {
    let text = plain(text);
    let likest = |(at, category): (usize, &'a KindCategory)| {
        let likeness = category.spelled.iter().map(|known| likeness(&plain(known), &text)).max();
        let likeness = likeness.unwrap_or(0);
        let gives_way = at == 0 && likeness < EXACT;
        (if gives_way { likeness / 2 } else { likeness }, category)
    };
    let scored = categories.iter().enumerate().map(likest);
    let best = scored.reduce(|best, it| if it.0 > best.0 { it } else { best });
    best.filter(|(likeness, _)| *likeness > 0).map(|(_, category)| category)
}

/// For comparison, without the marks that stand between words.
fn plain(text: &str) -> String {
    normalised(&text.replace(['_', '-'], " "))
}
