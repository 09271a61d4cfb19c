//! A recipe compiled against one file's header: what to do with each cell, decided once.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono_tz::Tz;

use crate::{
    catalog::{
        header::{HeaderName, currency_of, currency_of_amount, normalised},
        report::{
            Amount, ColumnKind, Condition, DateOrderName, Dated, Facts, Invariant, Recipe, Skip,
            Total,
        },
    },
    domain::{Currency, Day, Period, map_of_few},
    facts::Table,
    ingest::{
        ColumnView, Correction, DateOrder, ReadOptions,
        buyers::BuyerHash,
        condition::Test,
        expression::Expression,
        moment::{offset_at, read_moment, read_span},
        number::{DecimalSign, vote},
        recognise::{personal_columns, position, unknown_columns},
    },
};

/// A recipe made ready for one file.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) recipe: Arc<Recipe>,
    pub(crate) n_columns: usize,
    /// Columns of the recipe that the file has; facts refer to them by position.
    pub(crate) slots: Vec<Slot>,
    pub(crate) facts: Vec<FactPlan>,
    pub(crate) skips: Vec<SkipPlan>,
    pub(crate) invariants: Vec<InvariantPlan>,
    pub(crate) group: Option<GroupPlan>,
    pub(crate) zone: Tz,
    pub(crate) date_order: DateOrder,
    /// Whether nothing but the cells can tell the date order.
    pub(crate) date_order_is_open: bool,
    /// For rows that name no currency.
    pub(crate) currency: Option<Currency>,
    /// For rows that name no day.
    pub(crate) period: Option<Period>,
    /// The period is the day on which the file was saved, for want of anything better.
    pub(crate) period_is_guessed: bool,
    pub(crate) headers: Vec<String>,
    /// Texts in place of cells, by line.
    pub(crate) corrections: BTreeMap<u64, Vec<(usize, String)>>,
}

/// A column of the recipe that the file has.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of a recipe")]
pub(crate) struct Slot {
    pub(crate) name: String,
    pub(crate) cell: usize,
    pub(crate) kind: ColumnKind,
    pub(crate) is_filled: bool,
    /// What is no date says nothing.
    pub(crate) is_lenient: bool,
    /// Empty cells take what the group's first row says.
    pub(crate) is_inherited: bool,
    pub(crate) sign: DecimalSign,
    /// Compared form of a cell → what replaces it.
    pub(crate) values: BTreeMap<String, String>,
    pub(crate) otherwise: Option<String>,
    /// A text that is none of `values` is a problem.
    pub(crate) is_closed: bool,
    pub(crate) overrides: Vec<(Test, String)>,
    /// Of a column of buyers: what becomes of them.
    pub(crate) buyers: Option<BuyerHash>,
}

impl Slot {
    /// Whether a row with an empty cell is a problem by itself.
    pub(crate) fn must_be_filled(&self) -> bool {
        self.is_filled && !self.is_inherited
    }
}

#[derive(Debug)]
pub(crate) struct SkipPlan {
    pub(crate) test: Test,
    pub(crate) is_total: bool,
    /// Slots of the total row, and what they are the sum of; empty: of their own column.
    pub(crate) totals: Vec<(usize, Expression)>,
}

#[derive(Debug)]
pub(crate) struct InvariantPlan {
    pub(crate) stated: usize,
    pub(crate) parts: Expression,
}

#[derive(Debug)]
pub(crate) struct GroupPlan {
    pub(crate) by: usize,
    pub(crate) inherit: Vec<usize>,
    pub(crate) spread: Vec<usize>,
    pub(crate) weight: Option<Expression>,
}

/// What a row becomes in one table.
#[derive(Debug)]
pub(crate) struct FactPlan {
    pub(crate) table: Table,
    /// The statement group.
    pub(crate) group: String,
    /// Only rows for which all hold.
    pub(crate) when: Vec<Test>,
    /// `false`: the file lacks a column that `when` asks about, so that no row becomes a fact.
    pub(crate) is_possible: bool,
    pub(crate) key: Vec<usize>,
    pub(crate) as_of: Option<usize>,
    pub(crate) at: Option<usize>,
    /// `None` also where `at` is a single day.
    pub(crate) until: Option<usize>,
    pub(crate) dated: Dated,
    /// In the table's order.
    pub(crate) texts: Vec<TextPlan>,
    /// In the table's order; `None`: the file does not state it.
    pub(crate) numbers: Vec<Option<Expression>>,
    pub(crate) amounts: Vec<AmountPlan>,
}

/// Where a text column of a table comes from.
#[derive(Debug)]
pub(crate) struct TextPlan {
    /// The first filled one counts.
    pub(crate) slots: Vec<usize>,
    /// Where none is filled.
    pub(crate) default: String,
    pub(crate) role: TextRole,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextRole {
    Plain,
    /// A shop's name: marketplaces are written in several ways in one account.
    Shop,
    /// Filled in per posting.
    Category,
}

impl TextPlan {
    /// What the table says for a cell's text.
    pub(crate) fn written<'t>(&self, text: &'t str) -> &'t str {
        match self.role {
            TextRole::Shop => MARKETPLACES
                .iter()
                .find(|it| it.eq_ignore_ascii_case(text))
                .copied()
                .unwrap_or(text),
            TextRole::Plain | TextRole::Category => text,
        }
    }
}

const MARKETPLACES: &[&str] =
    &["Amazon.com", "Amazon.ca", "Amazon.com.mx", "Amazon.co.uk", "Amazon.de"];

#[derive(Debug)]
pub(crate) struct AmountPlan {
    pub(crate) column: usize,
    pub(crate) by: Option<usize>,
    pub(crate) is_negated: bool,
    pub(crate) category: BTreeMap<String, String>,
}

impl AmountPlan {
    /// The category of the posting for a text in the column at `by`.
    pub(crate) fn category_of(&self, text: &str) -> &str {
        let category = self.category.get(text).or_else(|| self.category.get("*"));
        category.map_or("other", String::as_str)
    }
}

/// What is known of a file when its header has been found.
#[derive(Debug)]
pub(crate) struct FileHead<'a> {
    pub(crate) headers: Vec<String>,
    /// Cells of the first rows.
    pub(crate) sample: &'a [Vec<String>],
    /// Lines above the header.
    pub(crate) preamble: &'a [String],
    pub(crate) options: &'a ReadOptions,
    /// The day that dates a snapshot which does not say its own, and whether it is only guessed.
    pub(crate) snapshot_day: Option<(Day, bool)>,
}

impl Plan {
    pub(crate) fn new(recipe: &Arc<Recipe>, file: &FileHead<'_>) -> Self {
        let names: Vec<HeaderName> = file.headers.iter().map(|it| HeaderName::new(it)).collect();
        let buyers = file.options.buyers_secret.as_deref().map(BuyerHash::new);
        let slots = slots(recipe, &names, file.sample, buyers.as_ref());
        let zone = file.options.zone.as_deref().and_then(|zone| zone.parse().ok());
        let zone = zone.or_else(|| shown_zone(&slots, file.sample));
        let zone = zone.or_else(|| recipe.zone.parse().ok()).unwrap_or(Tz::UTC);
        let currency = currency(recipe, &names, &slots, file);
        let finder = SlotFinder { slots: &slots };
        let usual = UsualTexts {
            channel: &recipe.channel,
            shop: file.options.shop.as_deref().unwrap_or(&recipe.shop),
            shop_is_chosen: file.options.shop.is_some(),
            currency: currency.as_ref().map_or("", Currency::code),
            window: window(&names),
        };
        let facts = recipe.facts.iter().map(|facts| fact_plan(facts, &finder, &usual)).collect();
        let skips = recipe.skip.iter().map(|skip| finder.skip(skip)).collect();
        let invariants = recipe.invariants.iter().filter_map(|it| finder.invariant(it)).collect();
        let group = recipe.group.as_ref().and_then(|group| {
            Some(GroupPlan {
                by: finder.find(&group.by)?,
                inherit: finder.all(&group.inherit),
                spread: finder.all(&group.spread),
                weight: Expression::parse(&group.weight, |name| finder.find(name)),
            })
        });
        let mut plan = Self {
            recipe: Arc::clone(recipe),
            n_columns: names.len(),
            facts,
            skips,
            invariants,
            group,
            zone,
            date_order: DateOrder::MonthFirst,
            date_order_is_open: false,
            currency,
            period: file.options.period.or_else(|| preamble_period(file.preamble)),
            period_is_guessed: false,
            headers: file.headers.clone(),
            corrections: corrections(&file.headers, &file.options.corrections),
            slots,
        };
        plan.choose_date_order(file.options);
        plan.date_snapshot(file.snapshot_day);
        plan
    }

    fn choose_date_order(&mut self, options: &ReadOptions) {
        let usual = self.recipe.date_order.map(DateOrder::from);
        let is_us = self.currency == Some(Currency::USD);
        let by_market = is_us.then_some(DateOrder::MonthFirst);
        let known = options.date_order.or(usual).or(by_market);
        self.date_order_is_open = known.is_none();
        self.date_order = known.unwrap_or(DateOrder::MonthFirst);
    }

    fn date_snapshot(&mut self, day: Option<(Day, bool)>) {
        let is_undated = |facts: &FactPlan| facts.dated == Dated::Snapshot && facts.at.is_none();
        if let Some((day, is_guessed)) = day
            && self.period.is_none()
            && self.facts.iter().any(is_undated)
        {
            self.period = Some(Period { from: day, to: day });
            self.period_is_guessed = is_guessed;
        }
    }

    /// The header of a slot's column.
    pub(crate) fn header_of(&self, slot: usize) -> &str {
        let cell = self.slots.get(slot).map_or(usize::MAX, |slot| slot.cell);
        self.headers.get(cell).map_or("", String::as_str)
    }

    /// The file's columns with what they are used for.
    pub(crate) fn column_views(&self) -> Vec<ColumnView> {
        let role = |cell: usize| self.slots.iter().find(|slot| slot.cell == cell);
        let view = |(cell, header): (usize, &String)| ColumnView {
            header: header.clone(),
            role: role(cell).map(|slot| slot.name.clone()),
        };
        self.headers.iter().enumerate().map(view).collect()
    }

    /// Headers of the columns that are not kept, and of those that the recipe does not know.
    pub(crate) fn left_out(&self) -> (Vec<String>, Vec<String>) {
        let names: Vec<HeaderName> = self.headers.iter().map(|it| HeaderName::new(it)).collect();
        let headers = |cells: BTreeSet<usize>| {
            cells.iter().filter_map(|cell| self.headers.get(*cell).cloned()).collect()
        };
        let mut personal = personal_columns(&self.recipe, &names);
        personal.retain(|cell| !self.buyer_slots().any(|slot| slot.cell == *cell));
        (headers(personal), headers(unknown_columns(&self.recipe, &names)))
    }

    fn buyer_slots(&self) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(|slot| slot.kind == ColumnKind::Buyer)
    }

    /// Headers of the columns of which a hash is kept.
    pub(crate) fn hashed(&self) -> Vec<String> {
        self.buyer_slots().filter_map(|slot| self.headers.get(slot.cell).cloned()).collect()
    }

    /// Required columns that the header lacks: this is a cut-down copy.
    pub(crate) fn lacking(&self) -> Vec<String> {
        let is_there = |name: &str| self.slots.iter().any(|slot| slot.name == name);
        let lacking =
            self.recipe.columns.iter().filter(|(name, it)| it.required && !is_there(name));
        lacking.filter_map(|(_, column)| column.headers.first().cloned()).collect()
    }

    /// Cells that must not be shown or kept.
    pub(crate) fn personal_cells(&self) -> BTreeSet<usize> {
        let names: Vec<HeaderName> = self.headers.iter().map(|it| HeaderName::new(it)).collect();
        personal_columns(&self.recipe, &names)
    }
}

/// `buyers` is what is made of buyers; without it their columns are not read.
fn slots(
    recipe: &Recipe,
    names: &[HeaderName],
    sample: &[Vec<String>],
    buyers: Option<&BuyerHash>,
) -> Vec<Slot> {
    let found = recipe.columns.iter().filter_map(|(name, column)| {
        let buyers = buyers.filter(|_| column.kind == ColumnKind::Buyer);
        if column.kind == ColumnKind::Buyer && buyers.is_none() {
            return None;
        }
        let cell = position(column, names)?;
        let cells = sample.iter().filter_map(|row| row.get(cell)).map(String::as_str);
        let values = column.values.iter().flat_map(|(value, spellings)| {
            spellings.iter().map(|spelling| (normalised(spelling), value.clone()))
        });
        Some(Slot {
            name: name.clone(),
            cell,
            kind: column.kind,
            is_filled: column.filled,
            is_lenient: column.lenient,
            is_inherited: recipe.group.as_ref().is_some_and(|it| it.inherit.contains(name)),
            sign: match column.kind {
                ColumnKind::Number | ColumnKind::Percent => vote(cells),
                _ => DecimalSign::Dot,
            },
            values: map_of_few(values),
            otherwise: column.otherwise.clone(),
            is_closed: column.closed,
            overrides: Vec::new(),
            buyers: buyers.cloned(),
        })
    });
    let mut slots: Vec<Slot> = found.collect();
    let tests: Vec<Vec<(Test, String)>> = slots
        .iter()
        .map(|slot| {
            let finder = SlotFinder { slots: &slots };
            let overrides = recipe.columns.get(&slot.name).map_or(&[][..], |it| &it.overrides);
            overrides.iter().map(|it| (finder.test(&it.when), it.value.clone())).collect()
        })
        .collect();
    for (slot, tests) in slots.iter_mut().zip(tests) {
        slot.overrides = tests;
    }
    slots
}

struct SlotFinder<'a> {
    slots: &'a [Slot],
}

impl SlotFinder<'_> {
    fn find(&self, name: &str) -> Option<usize> {
        self.slots.iter().position(|slot| slot.name == name)
    }

    fn all(&self, names: &[String]) -> Vec<usize> {
        names.iter().filter_map(|name| self.find(name)).collect()
    }

    fn test(&self, condition: &Condition) -> Test {
        Test::new(condition, self.find(&condition.column))
    }

    fn skip(&self, skip: &Skip) -> SkipPlan {
        let total = |total: &Total| Some((self.find(&total.stated)?, self.expression(&total.sum)?));
        let totals = skip.totals.iter().filter_map(total).collect();
        SkipPlan { test: self.test(&skip.when), is_total: skip.is_total, totals }
    }

    fn invariant(&self, invariant: &Invariant) -> Option<InvariantPlan> {
        let stated = self.find(&invariant.stated)?;
        let is_whole = self.all(&invariant.needs).len() == invariant.needs.len();
        is_whole.then_some(())?;
        Some(InvariantPlan { stated, parts: self.expression(&invariant.parts)? })
    }

    fn expression(&self, text: &str) -> Option<Expression> {
        Expression::parse(text, |column| self.find(column))
    }

    fn amount(&self, amount: &Amount) -> Option<AmountPlan> {
        Some(AmountPlan {
            column: self.find(&amount.column)?,
            by: self.find(&amount.by),
            is_negated: amount.negate,
            category: amount.category.clone(),
        })
    }
}

/// What the texts of a file's facts are where its rows say nothing.
struct UsualTexts<'a> {
    channel: &'a str,
    shop: &'a str,
    /// Whether the shop was chosen by hand: then it holds for all rows.
    shop_is_chosen: bool,
    currency: &'a str,
    window: String,
}

fn fact_plan(facts: &Facts, finder: &SlotFinder<'_>, usual: &UsualTexts<'_>) -> FactPlan {
    let table = Table::by_name(&facts.table).unwrap_or(Table::Postings);
    let number = |name: &&str| {
        let expression = facts.numbers.get(*name)?;
        Expression::parse(expression, |column| finder.find(column))
    };
    let at = facts.at.iter().find_map(|name| Some((name, finder.find(name)?)));
    // The columns before the last one are single days or say their own end.
    let is_start = at.is_some_and(|(name, _)| facts.at.last() == Some(name));
    let until = facts.until.as_ref().filter(|_| is_start);
    let when: Vec<Test> = facts.when.iter().map(|condition| finder.test(condition)).collect();
    let amounts: Vec<AmountPlan> =
        facts.amounts.iter().filter_map(|amount| finder.amount(amount)).collect();
    // Without any of its amounts a row is no posting of nothing.
    let has_amounts = facts.amounts.is_empty() || !amounts.is_empty();
    FactPlan {
        table,
        group: facts.statement.as_ref().map(|it| it.group.clone()).unwrap_or_default(),
        is_possible: has_amounts && when.iter().all(|test| !test.is_false),
        when,
        key: finder.all(&facts.key),
        as_of: facts.as_of.as_ref().and_then(|name| finder.find(name)),
        at: at.map(|(_, slot)| slot),
        until: until.and_then(|name| finder.find(name)),
        dated: facts.dated,
        texts: table.texts().map(|name| text_plan(name, facts, finder, usual)).collect(),
        numbers: table.numbers().iter().map(number).collect(),
        amounts,
    }
}

fn text_plan(
    name: &str,
    facts: &Facts,
    finder: &SlotFinder<'_>,
    usual: &UsualTexts<'_>,
) -> TextPlan {
    let columns = facts.texts.get(name).map(|columns| finder.all(columns)).unwrap_or_default();
    let constant = facts.constants.get(name).map_or("", String::as_str);
    let (slots, default, role) = match name {
        "channel" => (Vec::new(), usual.channel, TextRole::Plain),
        "shop" if usual.shop_is_chosen => (Vec::new(), usual.shop, TextRole::Shop),
        "shop" => (columns, usual.shop, TextRole::Shop),
        "currency" => (finder.find(name).into_iter().collect(), usual.currency, TextRole::Plain),
        "category" if !facts.amounts.is_empty() => (Vec::new(), "", TextRole::Category),
        "window" if constant.is_empty() => (columns, usual.window.as_str(), TextRole::Plain),
        _ => (columns, constant, TextRole::Plain),
    };
    TextPlan { slots, default: default.to_owned(), role }
}

impl From<DateOrderName> for DateOrder {
    fn from(name: DateOrderName) -> Self {
        match name {
            DateOrderName::MonthFirst => Self::MonthFirst,
            DateOrderName::DayFirst => Self::DayFirst,
        }
    }
}

fn corrections(
    headers: &[String],
    corrections: &[Correction],
) -> BTreeMap<u64, Vec<(usize, String)>> {
    let mut by_line: BTreeMap<u64, Vec<(usize, String)>> = BTreeMap::new();
    for Correction { line, column, value } in corrections {
        if let Some(cell) = headers.iter().position(|header| header == column) {
            by_line.entry(*line).or_default().push((cell, value.clone()));
        }
    }
    by_line
}

/// The currency of rows that name none: chosen by hand, named by a header or by the lines above
/// it, shown by the amounts, or the usual one of the report kind.
fn currency(
    recipe: &Recipe,
    names: &[HeaderName],
    slots: &[Slot],
    file: &FileHead<'_>,
) -> Option<Currency> {
    let used = |cell: usize| slots.iter().any(|slot| slot.cell == cell);
    let by_header = || {
        let used_names = names.iter().enumerate().filter(|(cell, _)| used(*cell));
        used_names.into_iter().find_map(|(_, name)| name.currency)
    };
    let by_preamble = || file.preamble.iter().find_map(|line| stated_currency(line));
    let by_amount = || {
        let numbers = slots.iter().filter(|slot| slot.kind == ColumnKind::Number);
        numbers
            .flat_map(|slot| file.sample.iter().filter_map(|row| row.get(slot.cell)))
            .find_map(|cell| currency_of_amount(cell))
    };
    let by_column = || {
        let column = slots.iter().find(|slot| slot.kind == ColumnKind::Currency)?;
        let cells = file.sample.iter().filter_map(|row| row.get(column.cell));
        cells.into_iter().find_map(|cell| currency_of(cell))
    };
    file.options
        .currency
        .or_else(by_column)
        .or_else(by_header)
        .or_else(by_preamble)
        .or_else(by_amount)
        .or(recipe.currency)
}

/// `All amounts in USD, unless specified` and its translations: the first known code behind the
/// word for amounts.
fn stated_currency(line: &str) -> Option<Currency> {
    let line = line.to_lowercase();
    let is_about_amounts =
        ["amounts", "beträge", "montants", "importes", "importi", "金額", "金额"]
            .iter()
            .any(|word| line.contains(word));
    let words = line.split(|letter: char| !letter.is_ascii_alphabetic());
    let codes = words.filter(|word| word.len() == 3);
    if is_about_amounts { codes.into_iter().find_map(currency_of) } else { None }
}

/// A period such as `July 8, 2025 - July 31, 2025` in the lines above the header.
fn preamble_period(preamble: &[String]) -> Option<Period> {
    preamble.iter().find_map(|line| {
        let line = line.trim().trim_matches('"').trim_end_matches(',');
        let (from, to) = read_span(line, DateOrder::MonthFirst)?;
        Some(Period { from, to })
    })
}

/// Zones of shops, the commonest first; of two that the cells do not tell apart the first counts.
const SHOP_ZONES: &[Tz] = &[
    Tz::America__Los_Angeles,
    Tz::America__New_York,
    Tz::America__Chicago,
    Tz::America__Denver,
    Tz::Asia__Shanghai,
    Tz::Europe__London,
    Tz::Europe__Berlin,
    Tz::America__Phoenix,
    Tz::America__Anchorage,
    Tz::Pacific__Honolulu,
    Tz::America__Sao_Paulo,
    Tz::Asia__Tokyo,
    Tz::Asia__Kolkata,
    Tz::Asia__Dubai,
    Tz::Australia__Sydney,
];

/// The store's zone as the cells' own offsets show it: some exports write local times, such as
/// `2025-05-11 09:55:16 -0400`. `None` where they write none, or UTC.
fn shown_zone(slots: &[Slot], sample: &[Vec<String>]) -> Option<Tz> {
    let moments: Vec<(i64, i64)> = slots
        .iter()
        .filter(|slot| slot.kind == ColumnKind::Moment)
        .flat_map(|slot| sample.iter().filter_map(|row| row.get(slot.cell)))
        .filter_map(|cell| {
            let moment = read_moment(cell, DateOrder::MonthFirst)?;
            let (time, offset) = (moment.time?, moment.offset?);
            let local = i64::from(moment.day.days_since_epoch()) * Day::SECONDS + time;
            Some((local - offset, offset))
        })
        .collect();
    if moments.iter().all(|(_, offset)| *offset == 0) {
        return None;
    }
    let fits = |zone: &&Tz| moments.iter().all(|(at, offset)| offset_at(*at, **zone) == *offset);
    SHOP_ZONES.iter().find(fits).copied()
}

/// `7d` where the headers say `7 Day …`; empty where they say nothing.
fn window(names: &[HeaderName]) -> String {
    let days = names.iter().find_map(HeaderName::window_days);
    days.map(|days| format!("{days}d")).unwrap_or_default()
}
