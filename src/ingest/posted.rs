//! The facts of a file whose rows have all been read.

use std::collections::BTreeMap;

use crate::{
    catalog::report::Dated,
    domain::{Currency, Day, Fixed, Period},
    facts::{SegmentMeta, Table, TableBuilder},
    ingest::{
        FactPreview,
        date_order::OrderSettled,
        plan::FactPlan,
        post::{MAX_SHOWN, N_PREVIEW, Poster},
    },
};

/// All rows, posted.
#[derive(Debug)]
pub(crate) struct Posted<'a> {
    pub(crate) poster: Poster<'a>,
    pub(crate) order: OrderSettled,
}

impl Posted<'_> {
    fn tables(&self) -> impl Iterator<Item = (&TableBuilder, &FactPlan)> {
        self.poster.writers.iter().map(|writer| &writer.table).zip(&self.poster.plan.facts)
    }

    /// The first facts in the file's order, with their days in the store's zone.
    pub(crate) fn preview(&self) -> Vec<FactPreview> {
        let first = |builder: &TableBuilder| {
            let rows = (0..builder.len().min(N_PREVIEW)).filter_map(|row| {
                let (line, at, texts, numbers) = builder.row(row)?;
                let day = self.poster.clock.day_of(at);
                Some(preview(builder.table(), line, day, &texts, &numbers))
            });
            rows.collect::<Vec<_>>()
        };
        let mut facts: Vec<FactPreview> =
            self.tables().flat_map(|(builder, _)| first(builder)).collect();
        facts.sort_by_key(|fact| fact.line);
        facts.truncate(N_PREVIEW);
        facts
    }

    /// Sums of the columns that the file states, by `table.column`.
    pub(crate) fn sums(&self) -> BTreeMap<String, Fixed> {
        let mut sums: BTreeMap<String, Fixed> = BTreeMap::new();
        for (builder, facts) in self.tables() {
            for (index, name) in facts.table.numbers().iter().enumerate() {
                if is_stated(facts, index) && *name != "unit_cost" {
                    let sum = Fixed::from_ten_thousandths(builder.sum(index));
                    let place = sums.entry(format!("{}.{name}", facts.table.name())).or_default();
                    *place = place.plus(sum);
                }
            }
        }
        sums
    }

    /// First and last day in the store's zone, over all tables; `None` where nothing is dated.
    pub(crate) fn period(&self) -> Option<Period> {
        let mut period: Option<Period> = None;
        for (builder, facts) in self.tables() {
            let undated = facts.at.is_none() && self.poster.plan.period.is_none();
            let Some((first, last)) = builder.span() else { continue };
            if undated || facts.dated == Dated::Always {
                continue;
            }
            let clock = &self.poster.clock;
            let span = Period { from: clock.day_of(first), to: clock.day_of(last) };
            period = Some(period.map_or(span, |it| it.including(&span)));
        }
        period
    }

    /// Whether some facts have no date at all.
    pub(crate) fn is_undated(&self, dated: Dated) -> bool {
        let plan = &self.poster.plan;
        let lacks =
            |facts: &FactPlan| facts.is_possible && facts.at.is_none() && facts.dated == dated;
        plan.period.is_none() && plan.facts.iter().any(lacks)
    }

    pub(crate) fn into_tables(self) -> Vec<(TableBuilder, SegmentMeta)> {
        let poster = self.poster;
        let is_moment = poster.clock.is_moment();
        let meta = |facts: &FactPlan| SegmentMeta {
            report: poster.plan.recipe.id.clone(),
            is_moment,
            zone: poster.plan.zone.name().to_owned(),
            is_keyed: !facts.key.is_empty(),
            stated: (0..facts.numbers.len()).filter(|index| is_stated(facts, *index)).collect(),
        };
        let metas: Vec<SegmentMeta> = poster.plan.facts.iter().map(meta).collect();
        poster.writers.into_iter().map(|writer| writer.table).zip(metas).collect()
    }

    /// Distinct texts of one column over all tables, in order of appearance.
    pub(crate) fn distinct(&self, column: &str) -> Vec<String> {
        let mut distinct = Vec::new();
        for (builder, _) in self.tables() {
            for text in builder.distinct(column) {
                if !text.is_empty() && !distinct.iter().any(|it| it == text) {
                    distinct.push(text.to_owned());
                }
            }
        }
        distinct
    }

    pub(crate) fn currencies(&self) -> Vec<Currency> {
        let mut codes: Vec<Currency> =
            self.distinct("currency").iter().filter_map(|code| Currency::parse(code)).collect();
        codes.sort_unstable();
        codes
    }
}

fn is_stated(facts: &FactPlan, number: usize) -> bool {
    let is_amount = facts.table == Table::Postings && number == 0 && !facts.amounts.is_empty();
    is_amount || facts.numbers.get(number).is_some_and(Option::is_some)
}

fn preview(table: Table, line: u64, day: Day, texts: &[&str], numbers: &[i64]) -> FactPreview {
    let mut values = vec![("at".to_owned(), day.to_string())];
    for (name, text) in table.texts().zip(texts) {
        if !text.is_empty() {
            values.push((name.to_owned(), text.chars().take(MAX_SHOWN).collect()));
        }
    }
    for (name, number) in table.numbers().iter().zip(numbers) {
        values.push(((*name).to_owned(), Fixed::from_ten_thousandths(*number).to_string()));
    }
    FactPreview { line, table: table.name().to_owned(), values }
}
