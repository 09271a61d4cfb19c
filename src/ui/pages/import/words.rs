//! Words of the import page for ids and numbers. An id that is not known is shown as it is.

use crate::{
    domain::{Currency, ProblemKind},
    ui::{
        format::{self, Style},
        i18n::{I18n, Locale, fill, name, t_string},
    },
    worker::protocol::{Understood, UnitView, Words},
};

/// `1 file`, `3 files`.
pub(super) fn files(i18n: I18n, count: usize) -> String {
    match count {
        1 => t_string!(i18n, import.files.single).to_owned(),
        _ => fill!(i18n, import.files.several, count = number(count)),
    }
}

/// `18,204 rows`.
pub(super) fn rows(i18n: I18n, count: u64) -> String {
    match count {
        1 => t_string!(i18n, import.rows.single).to_owned(),
        _ => fill!(i18n, import.rows.several, count = format::count(count)),
    }
}

/// A length as text.
pub(super) fn number(count: usize) -> String {
    format::count(u64::try_from(count).unwrap_or(u64::MAX))
}

/// Names side by side: `a, b` or `a、b`.
pub(super) fn list(i18n: I18n, names: &[String]) -> String {
    names.join(t_string!(i18n, import.list_gap))
}

/// What an empty cell is called, else the cell itself.
pub(super) fn or_empty(i18n: I18n, value: &str) -> String {
    let is_empty = value.trim().is_empty();
    if is_empty { t_string!(i18n, import.problem.empty).to_owned() } else { value.to_owned() }
}

/// What stood to be expected where a problem was found.
pub(super) fn expected(i18n: I18n, kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::NotANumber => t_string!(i18n, import.problem.not_a_number),
        ProblemKind::NotADate => t_string!(i18n, import.problem.not_a_date),
        ProblemKind::MissingValue => t_string!(i18n, import.problem.missing_value),
        ProblemKind::TooFewCells => t_string!(i18n, import.problem.too_few_cells),
        ProblemKind::TooManyCells => t_string!(i18n, import.problem.too_many_cells),
        ProblemKind::DestroyedId => t_string!(i18n, import.problem.destroyed_id),
        ProblemKind::NotACurrency => t_string!(i18n, import.problem.not_a_currency),
        ProblemKind::UnknownKind => t_string!(i18n, import.problem.unknown_kind),
        ProblemKind::OpenQuote => t_string!(i18n, import.problem.open_quote),
        ProblemKind::NotText => t_string!(i18n, import.problem.not_text),
    }
}

/// A fact table's name.
pub(super) fn table(i18n: I18n, words: &Words, id: &str) -> String {
    words.tables.get(id).map_or_else(|| plain(id), |names| name(i18n, names))
}

/// The name of a column of a fact table or a recipe.
pub(super) fn column(i18n: I18n, words: &Words, id: &str) -> String {
    words.columns.get(id).map_or_else(|| plain(id), |column| name(i18n, &column.names))
}

/// An id that has no name.
fn plain(id: &str) -> String {
    id.replace('_', " ")
}

/// The sum of `column` as text; money only when there is one currency.
pub(super) fn figure(file: &Understood, column: &str, value: &str) -> String {
    let is_money = file.words.columns.get(column).is_some_and(|it| it.is_money);
    match file.currencies.as_slice() {
        [currency] if is_money => format::money(value, *currency),
        _ => decimal(value),
    }
}

/// A plain number with grouping.
pub(super) fn decimal(value: &str) -> String {
    // Counts have neither currency nor language.
    let style = Style { unit: UnitView::Count, currency: Currency::USD, language: Locale::en };
    style.full(value)
}

/// Splits `table.column`.
pub(super) fn split(sum: &str) -> (&str, &str) {
    sum.split_once('.').unwrap_or(("", sum))
}

/// A time zone in words, with its name kept for those that have none.
pub(super) fn zone(i18n: I18n, iana: &str) -> String {
    let known = match iana {
        "America/Los_Angeles" => t_string!(i18n, import.zone.pacific),
        "America/Denver" => t_string!(i18n, import.zone.mountain),
        "America/Phoenix" => t_string!(i18n, import.zone.arizona),
        "America/Chicago" => t_string!(i18n, import.zone.central),
        "America/New_York" => t_string!(i18n, import.zone.eastern),
        "America/Anchorage" => t_string!(i18n, import.zone.alaska),
        "Pacific/Honolulu" => t_string!(i18n, import.zone.hawaii),
        "America/Toronto" => t_string!(i18n, import.zone.toronto),
        "America/Mexico_City" => t_string!(i18n, import.zone.mexico),
        "America/Sao_Paulo" => t_string!(i18n, import.zone.sao_paulo),
        other => return zone_elsewhere(i18n, other),
    };
    known.to_owned()
}

fn zone_elsewhere(i18n: I18n, iana: &str) -> String {
    let known = match iana {
        "UTC" => "UTC",
        "Europe/London" => t_string!(i18n, import.zone.london),
        "Europe/Berlin" => t_string!(i18n, import.zone.berlin),
        "Europe/Paris" => t_string!(i18n, import.zone.paris),
        "Europe/Madrid" => t_string!(i18n, import.zone.madrid),
        "Europe/Rome" => t_string!(i18n, import.zone.rome),
        "Asia/Shanghai" => t_string!(i18n, import.zone.shanghai),
        "Asia/Hong_Kong" => t_string!(i18n, import.zone.hong_kong),
        "Asia/Tokyo" => t_string!(i18n, import.zone.tokyo),
        "Asia/Kolkata" => t_string!(i18n, import.zone.kolkata),
        "Asia/Dubai" => t_string!(i18n, import.zone.dubai),
        "Asia/Singapore" => t_string!(i18n, import.zone.singapore),
        "Australia/Sydney" => t_string!(i18n, import.zone.sydney),
        other => other,
    };
    known.to_owned()
}

/// The zones that the engine knows, those of the US first.
pub(super) const ZONES: &[&str] = &[
    "America/Los_Angeles",
    "America/Denver",
    "America/Phoenix",
    "America/Chicago",
    "America/New_York",
    "America/Anchorage",
    "Pacific/Honolulu",
    "UTC",
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Tokyo",
    "Asia/Singapore",
    "Asia/Dubai",
    "Asia/Kolkata",
    "America/Toronto",
    "America/Mexico_City",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Rome",
    "Australia/Sydney",
];

/// The currencies offered; any other code can be typed.
pub(super) const CURRENCIES: &[&str] = &["USD", "CNY", "CAD", "MXN", "GBP", "EUR", "JPY", "AUD"];
