//! The plan: targets as a grid, what was reached where they stand, numbers that a person may take over, and
//! whether a change of them makes sense.

mod checks;
mod draft;
mod grid;
mod pace;
mod past;
mod resources;
mod what_if;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    catalog::kpi::{Kpi, RollUp},
    domain::{
        Dimension, Filters, Fixed, Names, Period, TargetBlock, TargetKey, TargetLevel,
        TargetNumbers, TargetScope, set_of_few,
    },
    facts::Product,
    kpis::Entry,
    targets::{PlanColumn, plan_columns},
    workbook::TargetCell,
    worker::{
        protocol::{Member, PlanAnswer, PlanBy, PlanChoice, PlanRequest, RowsAsked},
        session::book::Book,
        views::Slices as _,
    },
};

pub(super) use checks::checked;

/// Rows that one answer may have.
const MOST_ROWS: u32 = 2_500;

/// How many years may lie between a period and the one that tells how it goes.
const MOST_YEARS: u32 = 2;

/// Answers a question about the plan.
pub(super) fn answer(book: &Book, request: &PlanRequest) -> PlanAnswer {
    match request {
        PlanRequest::Grid { plan, rows, drafts } => {
            PlanAnswer::Grid(grid::view(&Plan::of(book, plan, drafts), *rows))
        }
        PlanRequest::Past { plan, rows, drafts } => {
            PlanAnswer::Past(past::view(&Plan::of(book, plan, drafts), *rows))
        }
        PlanRequest::Presumed { plan, drafts, row, column } => {
            PlanAnswer::Presumed(resources::view(&Plan::of(book, plan, drafts), (*row, *column)))
        }
        PlanRequest::Pace { kpi, filters } => {
            PlanAnswer::Pace(pace::view(book, kpi, filters).map(Box::new))
        }
        PlanRequest::Draft { plan, drafts, action } => {
            PlanAnswer::Drafts(draft::drafted(&Plan::of(book, plan, drafts), action))
        }
        PlanRequest::WhatIf(asked) => PlanAnswer::WhatIf(Box::new(what_if::view(book, asked))),
        PlanRequest::Propose { asked, year } => {
            PlanAnswer::Drafts(what_if::proposed(book, asked, *year))
        }
    }
}

/// What the grid is made of.
struct Plan<'a> {
    book: &'a Book,
    choice: &'a PlanChoice,
    kpis: Vec<&'a Entry>,
    columns: Vec<PlanColumn>,
    /// Parts of the scope, by the choice.
    parts: Vec<Part>,
    /// Numbers that are not saved yet.
    drafts: BTreeMap<&'a TargetKey, BTreeMap<Period, Typed>>,
}

/// What a person typed and has not saved, level by level; `None`: no number any more.
#[derive(Debug, Clone, Default)]
struct Typed(Vec<(TargetLevel, Option<Fixed>)>);

/// A part of the business.
struct Part {
    scope: TargetScope,
    /// Of the channel, shop, SKU …: what the breakdown is by.
    id: String,
}

impl<'a> Plan<'a> {
    fn of(book: &'a Book, choice: &'a PlanChoice, drafts: &'a [TargetBlock]) -> Self {
        let day = choice.day.unwrap_or(choice.today);
        let kpis = choice.kpis.iter().filter_map(|id| book.dictionary().get(id)).collect();
        let mut by_key: BTreeMap<&TargetKey, BTreeMap<Period, Typed>> = BTreeMap::new();
        for block in drafts {
            for (key, period, number) in block.cells() {
                let of_key = by_key.entry(key).or_default();
                of_key.entry(period).or_default().set(block.level, number);
            }
        }
        Self {
            book,
            choice,
            kpis,
            columns: plan_columns(day, choice.span, book.contracts().week()),
            parts: parts(book, choice),
            drafts: by_key,
        }
    }

    /// Rows of one KPI: the whole, and its parts where something can be said of them.
    fn rows_of(&self, kpi: &Kpi) -> usize {
        1 + if is_whole_only(kpi, self.choice.by) { 0 } else { self.parts.len() }
    }

    fn n_rows(&self) -> usize {
        self.kpis.iter().map(|entry| self.rows_of(&entry.kpi)).sum()
    }

    /// The rows asked for: the place of their KPI, and of their part; `None`: the whole.
    fn rows(&self, asked: RowsAsked) -> impl Iterator<Item = (usize, Option<&Part>)> {
        let all = self.kpis.iter().enumerate().flat_map(move |(at, entry)| {
            let parts = self.parts.iter().take(self.rows_of(&entry.kpi) - 1).map(Some);
            std::iter::once(None).chain(parts).map(move |part| (at, part))
        });
        let count = asked.count.min(MOST_ROWS);
        let [first, count] = [asked.first, count].map(|it| usize::try_from(it).unwrap_or(0));
        all.skip(first).take(count)
    }

    fn key(&self, kpi: &Kpi, part: Option<&Part>) -> TargetKey {
        let scope = part.map_or(&self.choice.scope, |part| &part.scope);
        TargetKey { kpi: kpi.id.clone(), scope: scope.clone() }
    }

    /// All numbers of a key, found once.
    fn numbers_of<'b>(&'b self, key: &TargetKey) -> NumbersOf<'b> {
        let line = self.book.fold().targets.line(key);
        NumbersOf { cells: line.map(|line| &line.cells), typed: self.drafts.get(key) }
    }

    fn number(&self, key: &TargetKey, period: Period) -> Option<Fixed> {
        self.numbers_of(key).at(period).at(self.choice.level)
    }

    fn is_locked(&self, key: &TargetKey, period: Period) -> bool {
        self.book.fold().targets.cell(key, period).is_some_and(|cell| cell.is_locked)
    }

    /// Whether a period is a column of others, as a quarter is.
    fn has_parts(&self, period: Period) -> bool {
        self.columns.iter().any(|column| column.period == period && column.has_parts)
    }

    /// The periods that a column has.
    fn periods_of(&self, column: usize) -> impl Iterator<Item = Period> {
        let at = u32::try_from(column).ok();
        self.columns.iter().filter(move |it| it.parent == at).map(|it| it.period)
    }

    /// What a cell has, or what its periods add up to where it has no number and they do.
    fn number_or_sum(&self, kpi: &Kpi, numbers: &NumbersOf<'_>, column: usize) -> Option<Fixed> {
        let period = self.columns.get(column)?.period;
        let own = numbers.at(period).at(self.choice.level);
        own.or_else(|| self.sum(kpi, numbers, column))
    }

    /// What the periods of a column add up to, whatever it has itself.
    fn sum(&self, kpi: &Kpi, numbers: &NumbersOf<'_>, column: usize) -> Option<Fixed> {
        let has_parts = self.columns.get(column).is_some_and(|it| it.has_parts);
        if !has_parts || !adds_up_in_time(kpi) || numbers.is_empty() {
            return None;
        }
        let at = u32::try_from(column).ok();
        let parts = self.columns.iter().enumerate().filter(|(_, it)| it.parent == at);
        let mut known = parts.filter_map(|(at, _)| self.number_or_sum(kpi, numbers, at)).peekable();
        known.peek()?;
        Some(known.sum())
    }

    /// What all parts of the business have, column by column; `None` where none of them has anything.
    fn sums_of_parts(&self, kpi: &Kpi) -> Vec<Option<Fixed>> {
        let mut sums = vec![None; self.columns.len()];
        for part in &self.parts {
            let key = self.key(kpi, Some(part));
            let numbers = self.numbers_of(&key);
            if numbers.is_empty() {
                continue;
            }
            for (at, sum) in sums.iter_mut().enumerate() {
                if let Some(number) = self.number_or_sum(kpi, &numbers, at) {
                    *sum = Some(sum.unwrap_or(Fixed::ZERO).plus(number));
                }
            }
        }
        sums
    }

    /// A part with its name.
    fn member(&self, part: &Part) -> Member {
        let dimension = match self.choice.by {
            PlanBy::Channel => Some(Dimension::Channel),
            PlanBy::Shop => Some(Dimension::Shop),
            PlanBy::Sku => Some(Dimension::Sku),
            PlanBy::Whole | PlanBy::Category | PlanBy::Owner => None,
        };
        let known = dimension.and_then(|dimension| {
            self.book.members().of(dimension).iter().find(|member| member.id == part.id)
        });
        known.cloned().unwrap_or_else(|| Member { id: part.id.clone(), names: Names::default() })
    }
}

/// The saved and the typed numbers of a key.
struct NumbersOf<'a> {
    cells: Option<&'a BTreeMap<Period, TargetCell>>,
    typed: Option<&'a BTreeMap<Period, Typed>>,
}

impl NumbersOf<'_> {
    fn is_empty(&self) -> bool {
        self.cells.is_none() && self.typed.is_none()
    }

    fn is_typed(&self, period: Period) -> bool {
        self.typed.is_some_and(|typed| typed.contains_key(&period))
    }

    /// Those of a period, as typed where something was.
    fn at(&self, period: Period) -> TargetNumbers {
        let saved = self.cells.and_then(|cells| cells.get(&period));
        let mut numbers = saved.map(|cell| cell.numbers).unwrap_or_default();
        if let Some(typed) = self.typed.and_then(|typed| typed.get(&period)) {
            typed.apply(&mut numbers);
        }
        numbers
    }
}

impl Typed {
    fn set(&mut self, level: TargetLevel, number: Option<Fixed>) {
        self.0.push((level, number));
    }

    /// Of two numbers of a level the later one counts.
    fn apply(&self, numbers: &mut TargetNumbers) {
        for (level, number) in &self.0 {
            numbers.set(*level, *number);
        }
    }
}

/// Whether parts of the business make up the whole: a thing is of one channel, shop and owner, an order
/// may be of several SKUs.
const fn adds_up(kpi: &Kpi, by: PlanBy) -> bool {
    let is_of_products = matches!(by, PlanBy::Category | PlanBy::Owner | PlanBy::Sku);
    match kpi.roll_up {
        RollUp::Sum => true,
        RollUp::DistinctCount => !is_of_products,
        // What ads cost is not told product by product everywhere.
        RollUp::Recompute => kpi.is_difference && !is_of_products,
        RollUp::RatioOfSums | RollUp::NotAdditive => false,
    }
}

const fn adds_up_in_time(kpi: &Kpi) -> bool {
    kpi.adds_up_in_time()
}

/// Whether nothing can be said of a part: how sessions spread over products is not known of a whole.
const fn is_whole_only(kpi: &Kpi, by: PlanBy) -> bool {
    matches!(by, PlanBy::Whole)
        || (matches!(kpi.roll_up, RollUp::NotAdditive)
            && matches!(by, PlanBy::Category | PlanBy::Owner | PlanBy::Sku))
}

/// The parts of the scope.
fn parts(book: &Book, choice: &PlanChoice) -> Vec<Part> {
    let PlanChoice { scope, by, .. } = choice;
    let dimension = match by {
        PlanBy::Whole => return Vec::new(),
        PlanBy::Channel => Dimension::Channel,
        PlanBy::Shop => Dimension::Shop,
        PlanBy::Sku => Dimension::Sku,
        PlanBy::Category => return named_parts(book, choice, |it| &it.category),
        PlanBy::Owner => return named_parts(book, choice, |it| &it.owner),
    };
    let filters = filters_of(scope);
    let ids = book.with_views(|views| views.slices.members_in(dimension, &filters, views.covered));
    let part = |id: String| {
        let mut own = scope.clone();
        match by {
            PlanBy::Channel => own.channel.clone_from(&id),
            PlanBy::Shop => own.shop.clone_from(&id),
            _ => own.sku.clone_from(&id),
        }
        Part { scope: own, id }
    };
    ids.into_iter().map(part).collect()
}

/// What products of the scope are said to be of, in the order of the names.
fn named_parts(book: &Book, choice: &PlanChoice, name: impl Fn(&Product) -> &String) -> Vec<Part> {
    let products = book.cube().products();
    let in_scope = products.iter().filter(|(sku, product)| is_of(&choice.scope, sku, product));
    let names: BTreeSet<&String> =
        set_of_few(in_scope.map(|(_, product)| name(product)).filter(|it| !it.is_empty()));
    let part = |name: &String| {
        let mut own = choice.scope.clone();
        if choice.by == PlanBy::Owner { &mut own.owner } else { &mut own.category }
            .clone_from(name);
        Part { scope: own, id: name.clone() }
    };
    names.into_iter().map(part).collect()
}

fn is_of(scope: &TargetScope, sku: &str, product: &Product) -> bool {
    (scope.sku.is_empty() || scope.sku == sku)
        && (scope.category.is_empty() || scope.category == product.category)
        && (scope.owner.is_empty() || scope.owner == product.owner)
}

/// The filters by which figures of a part are asked for.
pub(super) fn filters_of(scope: &TargetScope) -> Filters {
    let one = |text: &String| if text.is_empty() { Vec::new() } else { vec![text.clone()] };
    Filters {
        channels: one(&scope.channel),
        shops: one(&scope.shop),
        skus: one(&scope.sku),
        brands: Vec::new(),
        categories: one(&scope.category),
        owners: one(&scope.owner),
    }
}
