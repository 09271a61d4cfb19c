//! The recipe that follows from a mapping.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{MappedColumn, MappedKind, Mapping, Target};
use crate::{
    catalog::{
        SourceError,
        channel::channel,
        header::HeaderName,
        mapping::{AmountByKind, MappingTable, mapping_table},
        own::{COSTS_GROUP, OWN_PREFIX, OwnRecipe},
        report::{Dated, Feed},
    },
    domain::{Currency, map_of_few, set_of_few},
    ingest::{DateOrder, ReadOptions},
};

/// The table that amounts become rows of.
const POSTINGS: &str = "postings";
/// What is said of a posting.
const POSTING_TEXTS: &[&str] = &["order_id", "sku", "title", "kind", "shop"];
/// How an expression begins that is a column with the other sign.
pub(super) const NEGATED: &str = "0 - ";
/// The last day of a row that covers several.
const UNTIL: &str = "until";
/// Of columns whose texts mean what they say.
const NO_VALUES: BTreeMap<String, Vec<String>> = BTreeMap::new();
/// Cells of rows that are totals.
pub(super) const TOTALS: &[&str] =
    &["Total", "Totals", "Grand total", "Sum", "合计", "总计", "汇总"];
/// The zone of stores that say none.
const USUAL_ZONE: &str = "America/Los_Angeles";

/// The recipe by which a file is read as `mapping` says, and others with the same header later. What a
/// person set right about the reading of the file holds for all of them.
///
/// Its columns are called as their targets are, so that a mapping can be made of it again.
pub fn own_recipe(mapping: &Mapping, options: &ReadOptions) -> Result<OwnRecipe, SourceError> {
    let table = mapping_table(&mapping.table);
    let table = table.ok_or_else(|| SourceError::Table(mapping.table.clone()))?;
    let group = group_of(mapping);
    let currency = options.currency.or(mapping.currency);
    let date_order = options.date_order.map(|order| match order {
        DateOrder::MonthFirst => "month_first",
        DateOrder::DayFirst => "day_first",
    });
    let recipe = json!({
        "id": id_of(mapping),
        "platform": "own",
        "channel": mapping.channel,
        "names": { "en": mapping.name, "zh": mapping.name },
        "how_to_get": { "en": mapping.how_to_get, "zh": mapping.how_to_get },
        "feeds": feeds(mapping, table),
        "zone": options.zone.as_deref().unwrap_or(USUAL_ZONE),
        "shop": options.shop.as_deref().unwrap_or_else(|| shop_of(mapping)),
        "date_order": date_order,
        "currency": currency.map(|currency| currency.code().to_owned()),
        "personal": headers(mapping, &Target::Personal),
        "ignored": headers(mapping, &Target::Unused),
        "columns": columns(mapping, table),
        "skip": [{ "column": "*", "is": TOTALS, "is_total": true }],
        "facts": facts(mapping, table, &group),
    });
    OwnRecipe::parse(&serde_json::to_string_pretty(&recipe).unwrap_or_default())
}

/// The shop, called as its channel when it has no name: figures are of a shop.
fn shop_of(mapping: &Mapping) -> &str {
    let of_channel = channel(&mapping.channel).map(|channel| channel.names.en.as_str());
    match of_channel {
        Some(name) if mapping.shop.is_empty() => name,
        _ => &mapping.shop,
    }
}

/// Another one for every other meaning of the columns: what was read otherwise is another report.
fn id_of(mapping: &Mapping) -> String {
    let meaning = Meaning {
        name: "",
        table: &mapping.table,
        channel: &mapping.channel,
        shop: &mapping.shop,
        currency: None,
        group: &mapping.group,
        columns: &mapping.columns,
    };
    hashed(&serde_json::to_string(&meaning).unwrap_or_default())
}

/// What makes another report of a mapping. Its kinds do not: a month that has one more states the same,
/// and rows of both are told apart by what they say.
#[derive(Serialize)]
struct Meaning<'a> {
    name: &'a str,
    table: &'a str,
    channel: &'a str,
    shop: &'a str,
    currency: Option<Currency>,
    group: &'a str,
    columns: &'a [MappedColumn],
}

/// The same for the same columns, whatever they are mapped to: days that two such reports cover are
/// counted once.
fn group_of(mapping: &Mapping) -> String {
    if !mapping.group.is_empty() {
        return mapping.group.clone();
    }
    let headers: BTreeSet<String> =
        set_of_few(mapping.columns.iter().map(|column| HeaderName::new(&column.header).text));
    hashed(&headers.into_iter().collect::<Vec<_>>().join("\n"))
}

fn hashed(text: &str) -> String {
    format!("{OWN_PREFIX}{:016x}", xxhash_rust::xxh3::xxh3_64(text.as_bytes()))
}

fn feeds(mapping: &Mapping, table: &MappingTable) -> Vec<&'static str> {
    let is_mapped = |column: &str| mapping.header_of(column).is_some();
    let amounts = table.amounts.iter().filter(|amount| is_mapped(&amount.column));
    let amounts = amounts.map(|amount| amount.feed);
    let is_said = |category: &str| mapping.kinds.iter().any(|kind| kind.category == category);
    let categories = mapping.by_kind().into_iter().flat_map(|it| &it.categories);
    let categories = categories.filter(|category| is_said(&category.id));
    let of_kinds = categories.filter_map(|category| category.feed);
    let feeds: BTreeSet<Feed> =
        set_of_few(table.feeds.iter().copied().chain(amounts).chain(of_kinds));
    feeds.into_iter().map(Feed::name).collect()
}

fn headers(mapping: &Mapping, target: &Target) -> Vec<String> {
    let columns = mapping.columns.iter().filter(|column| column.target == *target);
    columns.map(|column| HeaderName::new(&column.header).text).filter(|it| !it.is_empty()).collect()
}

fn columns(mapping: &Mapping, table: &MappingTable) -> Value {
    let mut columns = Map::new();
    let by_kind = mapping.by_kind();
    for column in &mapping.columns {
        let Some(target) = column.target.column() else { continue };
        let kind = match target {
            "span" => "span",
            "currency" => "currency",
            _ if table.days.iter().any(|it| it == target) => "moment",
            _ if table.is_number(target) => "number",
            _ if table.ids.iter().any(|it| it == target) => "id",
            _ => "text",
        };
        let is_of_kinds = by_kind.is_some_and(|it| it.kind == target);
        let values = (target == "status").then_some(&table.values);
        let kinds = is_of_kinds.then(|| kinds_as_values(&mapping.kinds));
        let mut read = json!({
            "headers": [column.header],
            "kind": kind,
            "required": true,
            "filled": is_of_kinds || table.filled.iter().any(|it| it == target),
            "values": kinds.as_ref().or(values).unwrap_or(&NO_VALUES),
            "otherwise": values.map(|_| "placed"),
        });
        if let Some(read) = read.as_object_mut().filter(|_| is_of_kinds) {
            read.insert("closed".to_owned(), true.into());
        }
        columns.insert(target.to_owned(), read);
    }
    columns.into()
}

/// Every kind as it stands: another spelling of it is replaced, and what is none of them is a problem.
fn kinds_as_values(kinds: &[MappedKind]) -> BTreeMap<String, Vec<String>> {
    map_of_few(kinds.iter().map(|kind| (kind.text.clone(), vec![kind.text.clone()])))
}

/// The rows of the table, and the amounts in them as postings.
fn facts(mapping: &Mapping, table: &MappingTable, group: &str) -> Vec<Value> {
    let own = (table.id != POSTINGS).then(|| rows(mapping, table, group));
    own.into_iter().chain(postings(mapping, table, group)).collect()
}

/// The amounts. Those of kinds with the other sign are facts by themselves: a recipe turns whole columns.
fn postings(mapping: &Mapping, table: &MappingTable, group: &str) -> Vec<Value> {
    let amounts = amounts(mapping, table);
    let of_rows = |amounts: Vec<Value>, when: Vec<Value>| {
        json!({
            "table": POSTINGS,
            "statement": statement(mapping, POSTINGS, group),
            "when": when,
            "key": mapped(mapping, &table.key),
            "at": days(mapping, table),
            "until": until(mapping),
            "texts": texts(mapping, table, |it| POSTING_TEXTS.contains(&it)),
            "amounts": amounts,
        })
    };
    let Some(by_kind) = mapping.by_kind() else {
        return if amounts.is_empty() { Vec::new() } else { vec![of_rows(amounts, Vec::new())] };
    };
    let with_amount = |is_negated| {
        let of_kind = amount_by_kind(mapping, by_kind, is_negated);
        amounts.iter().cloned().chain([of_kind]).collect::<Vec<_>>()
    };
    let negated = mapping.kinds.iter().filter(|kind| kind.is_negated);
    let negated: Vec<&str> = negated.map(|kind| kind.text.as_str()).collect();
    if negated.is_empty() {
        return vec![of_rows(with_amount(false), Vec::new())];
    }
    let plain = json!({ "column": by_kind.kind, "is_not": negated });
    let turned = json!({ "column": by_kind.kind, "is": negated });
    vec![of_rows(with_amount(false), vec![plain]), of_rows(with_amount(true), vec![turned])]
}

fn amount_by_kind(mapping: &Mapping, by_kind: &AmountByKind, is_negated: bool) -> Value {
    let category = |kind: &MappedKind| (kind.text.clone(), Value::from(kind.category.as_str()));
    json!({
        "column": by_kind.amount,
        "by": by_kind.kind,
        "negate": is_negated,
        "category": object(mapping.kinds.iter().map(category)),
    })
}

fn rows(mapping: &Mapping, table: &MappingTable, group: &str) -> Value {
    json!({
        "table": table.id,
        "statement": statement(mapping, &table.id, group),
        "key": mapped(mapping, &table.key),
        "at": days(mapping, table),
        "until": until(mapping),
        "dated": match table.dated {
            Dated::Period => "period",
            Dated::Snapshot => "snapshot",
            Dated::Always => "always",
        },
        "texts": texts(mapping, table, |_| true),
        "numbers": numbers(mapping, table),
    })
}

/// Those of `columns` that are mapped.
fn mapped(mapping: &Mapping, columns: &[String]) -> Vec<String> {
    columns.iter().filter(|column| mapping.header_of(column).is_some()).cloned().collect()
}

fn days(mapping: &Mapping, table: &MappingTable) -> Vec<String> {
    mapped(mapping, &table.days).into_iter().filter(|day| day != UNTIL).collect()
}

fn until(mapping: &Mapping) -> Option<&'static str> {
    mapping.header_of(UNTIL).map(|_| UNTIL)
}

/// Text columns of the table, but for the currency, which is none of a recipe's facts.
fn texts(mapping: &Mapping, table: &MappingTable, is_wanted: fn(&str) -> bool) -> Value {
    let texts = mapped(mapping, &table.ids).into_iter().chain(mapped(mapping, &table.texts));
    let texts = texts.filter(|text| text != "currency" && is_wanted(text));
    object(texts.map(|text| (text.clone(), json!([text])))).into()
}

fn object(entries: impl Iterator<Item = (String, Value)>) -> Map<String, Value> {
    let mut object = Map::new();
    object.extend(entries);
    object
}

fn numbers(mapping: &Mapping, table: &MappingTable) -> Value {
    let mut numbers = object(mapped(mapping, &table.numbers).into_iter().map(|number| {
        let expression = signed(mapping, table, &number);
        (number, expression.into())
    }));
    // What others are made of is no column of the table.
    for (number, expression) in &table.made {
        let parts: Vec<&str> = expression.split('*').map(str::trim).collect();
        numbers.remove(parts.first().copied().unwrap_or_default());
        if !numbers.contains_key(number) {
            numbers.insert(number.clone(), made_of(expression, &parts, mapping).into());
        }
    }
    numbers.into()
}

/// A column as it stands, or with the other sign where it is written so.
fn signed(mapping: &Mapping, table: &MappingTable, number: &str) -> String {
    let mut columns = mapping.columns.iter();
    let column = columns.find(|column| column.target.column() == Some(number));
    let is_negated = table.reductions.iter().any(|it| it == number)
        && column.is_some_and(|column| column.is_negated);
    if is_negated { format!("{NEGATED}{number}") } else { number.to_owned() }
}

/// The product, of those of its parts that the file has.
fn made_of(expression: &str, parts: &[&str], mapping: &Mapping) -> String {
    let is_whole = parts.iter().all(|part| mapping.header_of(part).is_some());
    if is_whole { expression } else { parts.first().copied().unwrap_or_default() }.to_owned()
}

/// Among the recipes for the same columns the one that was saved last counts; costs are one group, since
/// every SKU has one.
fn statement(mapping: &Mapping, table: &str, group: &str) -> Value {
    let is_mapped = |column: &str| mapping.header_of(column).is_some();
    let level = if is_mapped("sku") || is_mapped("asin") {
        "sku"
    } else if is_mapped("campaign") {
        "campaign"
    } else {
        "shop"
    };
    let (group, choice) =
        if table == "costs" { (COSTS_GROUP, "per_shop") } else { (group, "per_day") };
    json!({ "group": group, "rank": 1, "level": level, "choice": choice })
}

fn amounts(mapping: &Mapping, table: &MappingTable) -> Vec<Value> {
    let columns = mapping.columns.iter().filter_map(|column| {
        let amount = table.amount(column.target.column()?)?;
        Some(json!({
            "column": amount.column,
            "by": amount.column,
            "negate": column.is_negated,
            "category": { "*": amount.category },
        }))
    });
    columns.collect()
}
