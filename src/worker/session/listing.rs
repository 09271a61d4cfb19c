//! All facts in force as rows of texts: what a person takes elsewhere, and another engine counts anew.

use std::collections::BTreeSet;

use super::{book::Book, imports::source_of};
use crate::{
    domain::set_of_few,
    facts::{Segment, Source, Table},
};

/// Gives `take` rows of four kinds of lists, each beginning with its header: `covered` (which feed is
/// told of which shop and days), `files` (how each was read), `sources` (how what reports state of the same ranks), and one list for
/// each fact table.
pub(super) fn list(book: &Book, take: &mut dyn FnMut(&str, &[String])) {
    let parts = book.parts();
    list_covered(book, take);
    take(
        "sources",
        &texts([
            "table",
            "report",
            "group",
            "rank",
            "has_skus",
            "is_whole_shop",
            "is_chosen_per_day",
        ]),
    );
    let known: BTreeSet<(&str, Source)> = set_of_few(
        parts
            .iter()
            .map(|part| (part.segment.table().name(), source_of(book.recipes(), &part.segment))),
    );
    for (table, source) in known {
        take("sources", &source_row(table, source));
    }
    let mut begun: BTreeSet<Table> = BTreeSet::new();
    for (part, mask) in parts.iter().zip(book.masks(&parts).iter()) {
        let (table, segment) = (part.segment.table(), &part.segment);
        if begun.insert(table) {
            let own = ["file", "report"].into_iter().chain(Segment::field_names(table));
            take(table.name(), &texts(own));
        }
        let file = book.record(&part.import).map_or("", |record| &record.file);
        let is_in = |row: &usize| mask.as_ref().is_none_or(|mask| mask.get(*row) != Some(&false));
        for row in (0..segment.len()).filter(is_in) {
            let own = [file.to_owned(), segment.meta().report.clone()];
            let fields: Vec<String> = own.into_iter().chain(segment.fields(row)).collect();
            take(table.name(), &fields);
        }
    }
}

fn list_covered(book: &Book, take: &mut dyn FnMut(&str, &[String])) {
    take("covered", &texts(["feed", "channel", "shop", "from", "to"]));
    for (feed, channel, shop, period) in book.covered_by().all() {
        let days = [period.from, period.to].map(|day| day.to_string());
        let [from, to] = days;
        take("covered", &texts([feed, channel, shop, &from, &to]));
    }
    take(
        "files",
        &texts(["channel", "shop", "from", "to", "rows", "rejected", "report", "sheet", "signed"]),
    );
    for file in book.covered_by().files() {
        let [from, to] = [file.period.from, file.period.to].map(|day| day.to_string());
        let [rows, rejected] = [file.n_rows, file.n_rejected].map(|n| n.to_string());
        let [sheet, signed] = [file.is_sheet, file.is_signed].map(|it| it.to_string());
        let read = [&*file.channel, &file.shop, &from, &to, &rows, &rejected];
        let own = read.into_iter().chain([&*file.report, &sheet, &signed]);
        take("files", &texts(own));
    }
}

fn source_row(table: &str, source: Source) -> Vec<String> {
    let Source {
        report,
        group,
        rank,
        has_skus,
        is_whole_shop,
        is_chosen_per_day,
        ad_window_days: _,
        booking: _,
        transfers: _,
    } = source;
    let [has_skus, is_whole_shop, is_chosen_per_day] =
        [has_skus, is_whole_shop, is_chosen_per_day].map(|it| it.to_string());
    vec![
        table.to_owned(),
        report,
        group,
        rank.to_string(),
        has_skus,
        is_whole_shop,
        is_chosen_per_day,
    ]
}

fn texts<'a>(row: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    row.into_iter().map(str::to_owned).collect()
}
