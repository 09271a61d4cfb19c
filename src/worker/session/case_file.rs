//! A figure that is not what somebody expected, as a file for those who can find out why: how it is made and
//! of what, without a name or an amount of the business.

use serde::Serialize;

use super::book::Book;
use crate::{
    domain::Period,
    kpis::Decimal,
    worker::protocol::{CaseRequest, CaseView, Failure, FormulaPart, KpiView, ValueView},
};

/// Of the file: another one would have other fields.
const FORM: u32 = 1;
/// Parts of a thousand by which money and counts are multiplied: from 0.3 to 3.
const FACTORS: std::ops::Range<i128> = 300..3_000;

/// By what money and counts are multiplied, in thousandths. Kept nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Factors {
    money: i128,
    count: i128,
}

/// The file's text. Money is multiplied by one secret factor and counts by another one, so that a price is
/// still money ÷ count; rates, days and ratios stay as they are.
#[derive(Serialize)]
struct Case<'a> {
    form: u32,
    scaled_by_secret_factors: bool,
    kpi: &'a str,
    formula: &'a str,
    period: Period,
    /// How many members of each dimension the filters let pass; channels by their ids.
    channels: &'a [String],
    n_shops: usize,
    n_skus: usize,
    n_brands: usize,
    n_categories: usize,
    n_owners: usize,
    contracts: Vec<(&'a str, &'a str)>,
    expected: String,
    got: Told,
    difference: Option<String>,
    parts: Vec<Part<'a>>,
    reports: Vec<Report<'a>>,
}

/// A value, or why there is none, with what should be known of it.
#[derive(Serialize)]
struct Told {
    value: Option<String>,
    undefined: Option<String>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct Part<'a> {
    id: &'a str,
    is_whole: bool,
    period: Period,
    n_members_named: usize,
    told: Told,
}

#[derive(Serialize)]
struct Report<'a> {
    kind: &'a str,
    period: Option<Period>,
    /// Of a thousand rows, how many were set aside.
    rejected_per_thousand: u64,
}

/// What can be said at once, and the file; `InvalidValue` when nothing was expected, or of an unknown KPI.
pub(super) fn case(book: &Book, request: &CaseRequest, secret: u64) -> Result<CaseView, Failure> {
    let invalid = |value: &str| Failure::InvalidValue { value: value.to_owned() };
    let CaseRequest { kpi, home, expected } = request;
    let expected = Decimal::parse(expected).ok_or_else(|| invalid(expected))?;
    let view = book.kpi(kpi, home).ok_or_else(|| invalid(kpi))?;
    let period = book.with_views(|views| views.period(home));
    let dictionary = book.dictionary();
    let scale = |value: Decimal, name: &str| {
        scaled(value, dictionary.powers(name), Factors::of(secret)).to_string()
    };
    let got = view.card.figure.value.value.as_deref().and_then(Decimal::parse);
    let difference = got.map(|got| got.plus(expected.negated()));
    let filters = &home.filters;
    let case = Case {
        form: FORM,
        scaled_by_secret_factors: true,
        kpi,
        formula: &view.formula,
        period,
        channels: &filters.channels,
        n_shops: filters.shops.len(),
        n_skus: filters.skus.len(),
        n_brands: filters.brands.len(),
        n_categories: filters.categories.len(),
        n_owners: filters.owners.len(),
        contracts: contracts(&view),
        expected: scale(expected, kpi),
        got: told(&view.card.figure.value, kpi, &scale),
        difference: difference.map(|it| scale(it, kpi)),
        parts: view.parts.iter().map(|it| part(it, &scale)).collect(),
        reports: reports(book, &view),
    };
    Ok(CaseView {
        difference: difference.map(|it| it.to_string()),
        text: serde_json::to_string_pretty(&case).unwrap_or_default(),
    })
}

fn contracts(view: &KpiView) -> Vec<(&str, &str)> {
    view.contracts.iter().map(|it| (it.id.as_str(), it.choice.as_str())).collect()
}

/// Writes a value of a KPI or measure as it may be known to others.
type Scale<'a> = &'a dyn Fn(Decimal, &str) -> String;

fn part<'a>(part: &'a FormulaPart, scale: Scale<'_>) -> Part<'a> {
    Part {
        id: &part.id,
        is_whole: part.is_whole,
        period: part.period,
        n_members_named: part.members.len(),
        told: told(&part.value, &part.id, scale),
    }
}

/// Particulars of notes are left out: some are counts of cases.
fn told(value: &ValueView, name: &str, scale: Scale<'_>) -> Told {
    let number = value.value.as_deref().and_then(Decimal::parse);
    Told {
        value: number.map(|it| scale(it, name)),
        undefined: value.undefined.as_ref().map(|it| it.reason.clone()),
        notes: value.notes.iter().map(|it| it.note.clone()).collect(),
    }
}

/// The imports that feed the KPI.
fn reports<'a>(book: &'a Book, view: &KpiView) -> Vec<Report<'a>> {
    let feeds = |report: &str| view.fed_by.iter().any(|it| it.report == report);
    let feeding = book.records().filter(|record| feeds(&record.report));
    let report = feeding.map(|record| Report {
        kind: &record.report,
        period: record.period,
        rejected_per_thousand: record.n_problems.saturating_mul(1_000) / record.rows.max(1),
    });
    report.collect()
}

impl Factors {
    fn of(secret: u64) -> Self {
        let of = |bits: u64| FACTORS.start + i128::from(bits) % (FACTORS.end - FACTORS.start);
        Self { money: of(secret & u64::from(u32::MAX)), count: of(secret >> 32) }
    }
}

/// What is money or a count `powers` times, multiplied as often.
fn scaled(value: Decimal, powers: (i8, i8), factors: Factors) -> Decimal {
    let times = |value: Decimal, power: i8, factor: i128| match power {
        1 => value.times(factor, 1_000),
        -1 => value.times(1_000, factor),
        _ => value,
    };
    times(times(value, powers.0, factors.money), powers.1, factors.count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_counts_and_prices_are_scaled_and_rates_are_not() {
        let value = Decimal::parse("12.5").unwrap();
        let factors = Factors { money: 2_000, count: 500 };
        let scaled = |powers| scaled(value, powers, factors).to_string();
        assert_eq!(scaled((1, 0)), "25");
        assert_eq!(scaled((0, 1)), "6.25");
        assert_eq!(scaled((1, -1)), "50");
        assert_eq!(scaled((0, 0)), "12.5");
        // 300 + 700, 300 + 1,500.
        assert_eq!(Factors::of((1_500 << 32) + 700), Factors { money: 1_000, count: 1_800 });
    }
}
