//! What is loaded, as the data page shows it.

use std::collections::BTreeMap;

use crate::{
    catalog::Catalog,
    domain::{Day, Fixed, Period, sort_few, sort_few_by},
    workbook::ImportRecord,
    worker::{
        protocol::{CostEntry, CoverageRow, DataView, FileMeta, ImportView, SkuWithoutCost},
        session::book::Book,
    },
};

/// SKUs without a cost that are named.
const MAX_SKUS: usize = 50;

pub(super) fn data_view(book: &Book, today: Day) -> DataView {
    let supported = book.with_views(|views| {
        let recipes = Catalog::built_in().recipes.iter();
        recipes.filter_map(|recipe| views.known_report(&recipe.id)).collect()
    });
    DataView {
        imports: book.records().rev().map(|record| import_view(book, record)).collect(),
        coverage: coverage(book, today),
        supported,
        recipes: book.recipes().views(book.records()),
        skus_without_cost: skus_without_cost(book),
        costs_entered: costs(book),
        feasibility: book.with_views(|views| views.feasibility(today)),
    }
}

/// Places of the files of which no import is loaded. Archives are always among them: what they hold has
/// names, sizes and times of its own.
pub(super) fn new_files(book: &Book, files: &[FileMeta]) -> Vec<u32> {
    let is_known = |file: &FileMeta| {
        book.records().any(|record| {
            record.file == file.name
                && record.size_bytes == file.size_bytes
                && record.modified_millis == file.modified_millis
        })
    };
    let new = (0..).zip(files).filter(|(_, file)| !is_known(file));
    new.map(|(place, _)| place).collect()
}

fn import_view(book: &Book, record: &ImportRecord) -> ImportView {
    ImportView {
        import: record.id.clone(),
        file: record.file.clone(),
        report: record.report.clone(),
        names: book.report_names(&record.report).unwrap_or_default(),
        channel: record.channel.clone(),
        shop: record.shops.join(", "),
        period: record.period,
        currencies: record.currencies.clone(),
        rows: record.rows,
        n_problems: record.n_problems,
        size_bytes: record.size_bytes,
        in_force: book.in_force(&record.id),
        facts: record.tables.iter().map(|table| table.n_facts).sum(),
        imported_millis: record.imported_millis,
    }
}

/// The spans of days that each report kind covers; spans that touch are one.
fn coverage(book: &Book, today: Day) -> Vec<CoverageRow> {
    let mut spans: BTreeMap<&str, Vec<Period>> = BTreeMap::new();
    for record in book.records() {
        if let Some(period) = record.period {
            spans.entry(record.report.as_str()).or_default().push(period);
        }
    }
    let row = |(report, mut spans): (&str, Vec<Period>)| {
        sort_few(&mut spans);
        let mut joined: Vec<Period> = Vec::new();
        for span in spans {
            match joined.last_mut() {
                Some(last) if span.from <= last.to.plus(1) => last.to = last.to.max(span.to),
                _ => joined.push(span),
            }
        }
        let last = joined.last().map_or(today, |span| span.to);
        CoverageRow {
            report: report.to_owned(),
            names: book.report_names(report).unwrap_or_default(),
            spans: joined,
            age_days: today.days_since_epoch() - last.days_since_epoch(),
        }
    };
    spans.into_iter().map(row).collect()
}

/// SKUs that were sold and have no cost, largest sales first.
fn skus_without_cost(book: &Book) -> Vec<SkuWithoutCost> {
    let products = book.cube().products();
    let mut skus: Vec<(&str, Fixed)> = book
        .cube()
        .sales_by_sku(book.currency(), book.rates())
        .into_iter()
        .filter(|(sku, _)| !sku.is_empty() && !book.has_cost(sku))
        .collect();
    sort_few_by(&mut skus, |one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    let entry = |(sku, net): (&str, Fixed)| SkuWithoutCost {
        sku: sku.to_owned(),
        title: products.get(sku).map(|product| product.title.clone()).unwrap_or_default(),
        net_sales: net.to_string(),
        currency: book.currency(),
    };
    skus.into_iter().take(MAX_SKUS).map(entry).collect()
}

fn costs(book: &Book) -> Vec<CostEntry> {
    let entries = book.costs().iter().flat_map(|(sku, layers)| {
        layers.iter().map(|layer| CostEntry {
            sku: sku.to_owned(),
            unit_cost: layer.unit_cost.to_string(),
            currency: layer.currency,
            valid_from: layer.valid_from,
            is_typed: layer.is_typed,
        })
    });
    entries.collect()
}
