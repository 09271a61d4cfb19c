//! Values as text in the reader's language. Percent exists only here.
//!
//! Values come as exact decimal text and leave as text for people: full (`$12,345.67`), or short
//! for tiles (`$12.3k`, `$1.23万`). What cannot be read as a number is shown as it is.

use chrono::{Datelike, Month};

use crate::{
    domain::{Currency, Day, Granularity, Period, WeekStart},
    ui::i18n::Locale,
    worker::protocol::UnitView,
};

/// What stands where there is no value.
pub const UNDEFINED: &str = "–";

/// In what a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    pub unit: UnitView,
    /// Of money; other units ignore it.
    pub currency: Currency,
    pub language: Locale,
}

impl Style {
    /// All digits that matter: `$12,345.67`, `13.42%`.
    pub fn full(self, value: &str) -> String {
        parse(value).map_or_else(|| value.to_owned(), |number| self.written(number, false))
    }

    /// Short for tiles and cards: `$12.3k`, `$1.23万`, `13.4%`.
    pub fn short(self, value: &str) -> String {
        parse(value).map_or_else(|| value.to_owned(), |number| self.written(number, true))
    }

    /// Whole money with all its digits before the point; other units as in `short`, counts in
    /// full: `$386,140`, `10,870`, `13.4%`. Small amounts keep their cents.
    pub fn whole(self, value: &str) -> String {
        let Some(number) = parse(value) else { return value.to_owned() };
        match self.unit {
            UnitView::Money if (100.0..1e8).contains(&number.abs()) => {
                signed(number, |size| format!("{}{}", symbol(self.currency), grouped(size, 0)))
            }
            UnitView::Count if number.abs() < 1e8 => self.full(value),
            _ => self.short(value),
        }
    }

    /// A line that values are held against: all its digits and no more, `0.5%`.
    pub fn line(self, value: &str) -> String {
        match (self.unit, parse(value)) {
            (UnitView::Share, Some(number)) => {
                signed(number, |size| format!("{}%", trimmed(size * 100.0, 2)))
            }
            _ => self.full(value),
        }
    }

    /// For axes: as short as can be.
    pub fn tick(self, number: f64) -> String {
        match self.unit {
            UnitView::Money => signed(number, |size| {
                let is_broken = size < 1000.0 && size.fract() > 0.0;
                let amount =
                    if is_broken { grouped(size, 2) } else { compact(size, self.language, 0) };
                format!("{}{amount}", symbol(self.currency))
            }),
            UnitView::Share => signed(number, |size| format!("{}%", trimmed(size * 100.0, 1))),
            _ => signed(number, |size| compact(size, self.language, 0)),
        }
    }

    fn written(self, number: f64, is_short: bool) -> String {
        signed(number, |size| match self.unit {
            UnitView::Money => {
                let amount = if is_short && size >= 1000.0 {
                    compact(size, self.language, 2)
                } else {
                    grouped(size, 2)
                };
                format!("{}{amount}", symbol(self.currency))
            }
            UnitView::Count if is_short && size >= 10_000.0 => compact(size, self.language, 2),
            UnitView::Count => grouped_trimmed(size, 2),
            UnitView::Share => format!("{}%", grouped(size * 100.0, if is_short { 1 } else { 2 })),
            UnitView::Ratio | UnitView::TurnsPerYear => grouped(size, 2),
            UnitView::Days | UnitView::Hours | UnitView::Weeks | UnitView::Months => {
                grouped(size, 1)
            }
            UnitView::Score | UnitView::Seconds | UnitView::Milliseconds => {
                grouped_trimmed(size, 2)
            }
        })
    }

    /// The change from `previous` to `value`; `None` when one of them is no number.
    pub fn change(self, value: &str, previous: &str) -> Option<Change> {
        let (now, before) = (parse(value)?, parse(previous)?);
        let difference = now - before;
        if self.unit == UnitView::Share {
            let points = grouped(difference.abs() * 100.0, 1);
            return Some(Change { absolute: with_sign(difference, &points), relative: None });
        }
        // A share of a negative or missing base says nothing.
        let relative = (before > 0.0).then(|| {
            let percent = grouped((difference / before * 100.0).abs(), 1);
            with_sign(difference, &format!("{percent}%"))
        });
        let absolute = with_sign(difference, &self.written(difference.abs(), true));
        Some(Change { absolute, relative })
    }
}

/// A change against an earlier value, signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// In the unit of the value; of shares in percentage points, without the unit's name.
    pub absolute: String,
    /// In percent of the earlier value; never of a share.
    pub relative: Option<String>,
}

/// The number of a decimal text.
pub fn parse(value: &str) -> Option<f64> {
    value.parse::<f64>().ok().filter(|number| number.is_finite())
}

/// An amount as a person or a page writes it, as plain decimal text: `$1,234.56`, `1.234,56`, `¥ 7`.
/// `None` when it is none, or when its marks leave open what is meant.
pub fn typed_amount(text: &str) -> Option<String> {
    let is_mark = |letter: char| letter.is_whitespace() || "$€£¥￥'’".contains(letter);
    // Chinese keyboards write digits and marks as wide as words.
    let narrow = |letter: char| match letter {
        '，' => ',',
        '．' => '.',
        '０'..='９' => {
            char::from_digit(u32::from(letter) - u32::from('０'), 10).unwrap_or(letter)
        }
        letter => letter,
    };
    let digits: String = text.chars().map(narrow).filter(|it| !is_mark(*it)).collect();
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |it| ("-", it));
    let last = digits.rfind(['.', ',']);
    let Some(last) = last else { return plain(sign, digits, "") };
    let (whole, end) = digits.split_at(last);
    let (mark, fraction) = end.split_at(1);
    let other = if mark == "." { ',' } else { '.' };
    let is_grouped = |whole: &str, mark: char| {
        let mut groups = whole.split(mark);
        let first = groups.next().unwrap_or_default().len();
        (1..=3).contains(&first) && groups.all(|group| group.len() == 3)
    };
    // `1,234,567`, and `1,234`: a comma before three digits stands between thousands.
    let same = mark.chars().next().unwrap_or('.');
    if whole.contains(same) || mark == "," && fraction.len() == 3 && !whole.contains(other) {
        let is_number = is_grouped(digits, same) && !digits.contains(other);
        return if is_number { plain(sign, &digits.replace(same, ""), "") } else { None };
    }
    let is_number = !whole.contains(other) || is_grouped(whole, other);
    if is_number { plain(sign, &whole.replace(other, ""), fraction) } else { None }
}

fn plain(sign: &str, whole: &str, fraction: &str) -> Option<String> {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() && fraction.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}"))
}

/// A share such as `0.973` as `97.3%`.
pub fn percent(share: &str) -> String {
    parse(share).map_or_else(
        || share.to_owned(),
        |share| signed(share, |size| format!("{}%", trimmed(size * 100.0, 1))),
    )
}

/// Money with all its digits: `$12,345.67`.
pub fn money(value: &str, currency: Currency) -> String {
    Style { unit: UnitView::Money, currency, language: Locale::en }.full(value)
}

/// `18,204`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    group(&digits)
}

/// `12 B`, `4.2 MB`.
pub fn bytes(size: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one digit is shown")]
    let size = size as f64;
    let (amount, unit) = match size {
        ..1e3 => return format!("{size:.0} B"),
        ..1e6 => (size / 1e3, "kB"),
        ..1e9 => (size / 1e6, "MB"),
        _ => (size / 1e9, "GB"),
    };
    format!("{} {unit}", trimmed(amount, 1))
}

/// `Nov 23, 2026` or `2026-11-23`.
pub fn day(day: Day, language: Locale) -> String {
    match language {
        Locale::en => format!("{}, {}", day_short(day, language), day.date().year()),
        Locale::zh_CN => day.to_string(),
    }
}

/// Without the year: `Nov 23` or `11-23`.
pub fn day_short(day: Day, language: Locale) -> String {
    match language {
        Locale::en => format!("{} {}", month_name(day), day.date().day()),
        Locale::zh_CN => format!("{:02}-{:02}", day.date().month(), day.date().day()),
    }
}

/// `Nov 2026` or `2026-11`.
pub fn month(day: Day, language: Locale) -> String {
    match language {
        Locale::en => format!("{} {}", month_name(day), day.date().year()),
        Locale::zh_CN => format!("{:04}-{:02}", day.date().year(), day.date().month()),
    }
}

/// The first three letters, as English calendars write it.
fn month_name(day: Day) -> &'static str {
    let month = u8::try_from(day.date().month()).ok().and_then(|it| Month::try_from(it).ok());
    month.and_then(|it| it.name().get(..3)).unwrap_or("")
}

/// `Nov 1 – 22, 2026`, `Oct 25 – Nov 22, 2026`, `2026-11-01 – 11-22`; one day as a day.
pub fn period(period: Period, language: Locale) -> String {
    let (from, to) = (period.from, period.to);
    if from == to {
        return day(from, language);
    }
    let is_one_year = from.date().year() == to.date().year();
    match language {
        Locale::en if is_one_year && from.date().month() == to.date().month() => {
            let (month, first) = (month_name(from), from.date().day());
            format!("{month} {first} – {}, {}", to.date().day(), to.date().year())
        }
        Locale::en if is_one_year => {
            format!("{} – {}", day_short(from, language), day(to, language))
        }
        Locale::zh_CN if is_one_year => format!("{from} – {}", day_short(to, language)),
        _ => format!("{} – {}", day(from, language), day(to, language)),
    }
}

/// Without the year when it is one, for tiles: `Nov 1 – 22`, `11-01 – 11-22`.
pub fn period_short(period: Period, language: Locale) -> String {
    let (from, to) = (period.from, period.to);
    if from == to {
        return day_short(from, language);
    }
    if from.date().year() != to.date().year() {
        return self::period(period, language);
    }
    let is_one_month = from.date().month() == to.date().month();
    match language {
        Locale::en if is_one_month => {
            format!("{} – {}", day_short(from, language), to.date().day())
        }
        _ => format!("{} – {}", day_short(from, language), day_short(to, language)),
    }
}

/// The symbol in front of an amount: `$`, `€`, `CA$`; else the code and a thin gap.
pub fn symbol(currency: Currency) -> String {
    match currency.code() {
        "USD" => "$".to_owned(),
        "EUR" => "€".to_owned(),
        "GBP" => "£".to_owned(),
        "JPY" => "JP¥".to_owned(),
        "CNY" => "CN¥".to_owned(),
        "CAD" => "CA$".to_owned(),
        "MXN" => "MX$".to_owned(),
        "AUD" => "A$".to_owned(),
        code => format!("{code}\u{a0}"),
    }
}

fn signed(number: f64, write: impl FnOnce(f64) -> String) -> String {
    let text = write(number.abs());
    if number < 0.0 && !is_zero(&text) { format!("−{text}") } else { text }
}

/// A size with the sign of `number`; what rounds to nothing has none.
fn with_sign(number: f64, size: &str) -> String {
    let sign = match number {
        _ if is_zero(size) => "±",
        ..0.0 => "−",
        _ => "+",
    };
    format!("{sign}{size}")
}

fn is_zero(text: &str) -> bool {
    text.chars().all(|letter| !matches!(letter, '1'..='9'))
}

/// Short form of a size: `12.3k`, `1.23M`; `1.23万`, `4.5亿`. `digits` after the point at most,
/// three significant ones in all.
fn compact(size: f64, language: Locale, digits: usize) -> String {
    let steps: &[(f64, &str)] = match language {
        Locale::en => &[(1e9, "B"), (1e6, "M"), (1e3, "k")],
        Locale::zh_CN => &[(1e8, "亿"), (1e4, "万")],
    };
    // 999,960 is 1M, not 1000k: judged after rounding to three digits.
    let judged = size * 1.0005;
    let Some((step, name)) = steps.iter().find(|(step, _)| judged >= *step) else {
        return if size >= 1000.0 { grouped(size, 0) } else { trimmed(size, 2) };
    };
    let amount = size / step;
    let wanted = match amount {
        ..9.995 => 2,
        ..99.95 => 1,
        _ => 0,
    };
    if digits == 0 {
        return format!("{}{name}", trimmed(amount, 2));
    }
    format!("{}{name}", grouped(amount, wanted.min(digits)))
}

/// With grouping and exactly `digits` after the point, rounded half away from zero.
fn grouped(size: f64, digits: usize) -> String {
    let scale = 10_f64.powi(i32::try_from(digits).unwrap_or(0));
    // 1.005 is 1.00499… in binary: a nudge far below any shown digit.
    let rounded = (size * scale * (1.0 + 1e-12)).round() / scale;
    let text = format!("{rounded:.digits$}");
    match text.split_once('.') {
        Some((whole, fraction)) => format!("{}.{fraction}", group(whole)),
        None => group(&text),
    }
}

/// The same without zeros at the end.
fn grouped_trimmed(size: f64, digits: usize) -> String {
    trim_zeros(grouped(size, digits))
}

/// A step of time: a whole month by its name, `Jan 2026`, `2026-01`; else as `period`.
pub fn bucket(bucket: Period, language: Locale) -> String {
    let month = Granularity::Month.bucket(bucket.from, WeekStart::Monday);
    if bucket != month {
        return period(bucket, language);
    }
    let first = bucket.from;
    match language {
        Locale::en => format!("{} {}", month_name(first), first.date().year()),
        Locale::zh_CN => format!("{}-{:02}", first.date().year(), first.date().month()),
    }
}

/// A share as spreadsheets read it, with all its digits: `13.41937%`.
pub fn exact_percent(value: &str) -> String {
    let exact = |share: f64| format!("{}%", trim_zeros(format!("{:.6}", share * 100.0)));
    parse(value).map_or_else(|| value.to_owned(), exact)
}

fn trimmed(size: f64, digits: usize) -> String {
    trim_zeros(grouped(size, digits))
}

fn trim_zeros(text: String) -> String {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

fn group(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_month_has_its_name() {
        let of = |from: &str, to: &str| {
            Period::between(Day::parse(from).unwrap(), Day::parse(to).unwrap())
        };
        let february = of("2026-02-01", "2026-02-28");
        assert_eq!(bucket(february, Locale::en), "Feb 2026");
        assert_eq!(bucket(february, Locale::zh_CN), "2026-02");
        let part = of("2026-02-02", "2026-02-28");
        assert_eq!(bucket(part, Locale::en), period(part, Locale::en));
    }

    #[test]
    fn spreadsheets_get_all_digits_of_a_share() {
        assert_eq!(exact_percent("0.13419370"), "13.41937%");
        assert_eq!(exact_percent("-1"), "-100%");
        assert_eq!(exact_percent("0"), "0%");
        assert_eq!(exact_percent("?"), "?");
    }

    const fn style(unit: UnitView, language: Locale) -> Style {
        Style { unit, currency: Currency::USD, language }
    }

    #[track_caller]
    fn check(unit: UnitView, value: &str, full: &str, short_en: &str, short_zh: &str) {
        assert_eq!(style(unit, Locale::en).full(value), full);
        assert_eq!(style(unit, Locale::en).short(value), short_en);
        assert_eq!(style(unit, Locale::zh_CN).short(value), short_zh);
    }

    #[test]
    fn amounts_are_read_as_pages_write_them() {
        for (typed, amount) in [
            ("$12,345.67", Some("12345.67")),
            ("1,234", Some("1234")),
            ("1,234,567", Some("1234567")),
            ("1.234,56", Some("1234.56")),
            ("1234,56", Some("1234.56")),
            ("6,20", Some("6.20")),
            ("1.234", Some("1.234")),
            ("-7", Some("-7")),
            ("¥ 7.5", Some("7.5")),
            (".5", Some("0.5")),
            ("９６３，５７２．５", Some("963572.5")),
            ("1e5", None),
            ("12,34,567", None),
            ("1,23.4,5", None),
            ("much", None),
            ("", None),
            (",", None),
        ] {
            assert_eq!(typed_amount(typed).as_deref(), amount, "{typed}");
        }
    }

    #[test]
    fn money_is_short_in_the_readers_way() {
        check(UnitView::Money, "12345.678", "$12,345.68", "$12.3k", "$1.23万");
        check(UnitView::Money, "-386140", "−$386,140.00", "−$386k", "−$38.6万");
        check(UnitView::Money, "999.995", "$1,000.00", "$1,000.00", "$1,000.00");
        check(UnitView::Money, "1234567890", "$1,234,567,890.00", "$1.23B", "$12.3亿");
        check(UnitView::Money, "4200", "$4,200.00", "$4.20k", "$4,200");
        check(UnitView::Money, "-0.001", "$0.00", "$0.00", "$0.00");
        check(UnitView::Money, "999960", "$999,960.00", "$1.00M", "$100万");
    }

    #[test]
    fn counts_and_ratios_have_their_digits() {
        check(UnitView::Count, "10870", "10,870", "10.9k", "1.09万");
        check(UnitView::Count, "604", "604", "604", "604");
        check(UnitView::Count, "1.5", "1.5", "1.5", "1.5");
        check(UnitView::Share, "0.13416", "13.42%", "13.4%", "13.4%");
        check(UnitView::Ratio, "3.456", "3.46", "3.46", "3.46");
        check(UnitView::Days, "41.25", "41.3", "41.3", "41.3");
    }

    #[test]
    fn whole_money_has_no_cents_unless_it_is_small() {
        let money = style(UnitView::Money, Locale::en);
        assert_eq!(money.whole("386140.49"), "$386,140");
        assert_eq!(money.whole("-12.5"), "−$12.50");
        assert_eq!(money.whole("386140490"), "$386M");
        assert_eq!(style(UnitView::Count, Locale::zh_CN).whole("10870"), "10,870");
    }

    #[test]
    fn what_is_no_number_is_shown_as_it_is() {
        check(UnitView::Money, "n/a", "n/a", "n/a", "n/a");
        assert_eq!(percent("0.973"), "97.3%");
    }

    #[test]
    fn changes_of_shares_are_percentage_points() {
        let change = style(UnitView::Share, Locale::en).change("0.134", "0.114").unwrap();
        assert_eq!((change.absolute.as_str(), change.relative), ("+2.0", None));
        let change = style(UnitView::Money, Locale::en).change("900", "1000").unwrap();
        assert_eq!(change.absolute, "−$100.00");
        assert_eq!(change.relative.as_deref(), Some("−10.0%"));
        let change = style(UnitView::Count, Locale::en).change("5", "0").unwrap();
        assert_eq!((change.absolute.as_str(), change.relative), ("+5", None));
        assert_eq!(style(UnitView::Count, Locale::en).change("", "0"), None);
        let change = style(UnitView::Share, Locale::en).change("0.1341", "0.1343").unwrap();
        assert_eq!(change.absolute, "±0.0");
    }

    #[test]
    fn ticks_are_short() {
        assert_eq!(style(UnitView::Money, Locale::en).tick(40_000.0), "$40k");
        assert_eq!(style(UnitView::Money, Locale::zh_CN).tick(40_000.0), "$4万");
        assert_eq!(style(UnitView::Money, Locale::zh_CN).tick(2500.0), "$2,500");
        // Cents have two digits or none.
        assert_eq!(style(UnitView::Money, Locale::en).tick(0.5), "$0.50");
        assert_eq!(style(UnitView::Money, Locale::en).tick(967.5), "$967.50");
        assert_eq!(style(UnitView::Money, Locale::en).tick(44.0), "$44");
        assert_eq!(style(UnitView::Share, Locale::en).tick(0.125), "12.5%");
        assert_eq!(style(UnitView::Count, Locale::en).tick(-1500.0), "−1.5k");
    }

    #[test]
    fn days_and_periods_follow_the_language() {
        let at = |text| Day::parse(text).unwrap();
        let month = Period { from: at("2026-11-01"), to: at("2026-11-22") };
        assert_eq!(period(month, Locale::en), "Nov 1 – 22, 2026");
        assert_eq!(period(month, Locale::zh_CN), "2026-11-01 – 11-22");
        let turn = Period { from: at("2025-12-30"), to: at("2026-01-02") };
        assert_eq!(period(turn, Locale::en), "Dec 30, 2025 – Jan 2, 2026");
        assert_eq!(period(turn, Locale::zh_CN), "2025-12-30 – 2026-01-02");
        assert_eq!(period_short(month, Locale::en), "Nov 1 – 22");
        assert_eq!(period_short(turn, Locale::zh_CN), "2025-12-30 – 2026-01-02");
        assert_eq!(day(at("2026-11-23"), Locale::en), "Nov 23, 2026");
    }

    #[test]
    fn sizes_are_rounded() {
        assert_eq!(bytes(980), "980 B");
        assert_eq!(bytes(4_230_000), "4.2 MB");
        assert_eq!(count(18_204), "18,204");
    }
}
