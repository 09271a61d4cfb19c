//! Days and moments as exports write them.

use chrono::{DateTime, LocalResult, NaiveDate, Offset, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::domain::Day;

/// How `03/04/2026` is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    MonthFirst,
    DayFirst,
}

/// A date cell, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    pub(crate) day: Day,
    /// Seconds into the day; `None` where the cell has no time.
    pub(crate) time: Option<i64>,
    /// Seconds east of UTC; `None` where the cell names no zone.
    pub(crate) offset: Option<i64>,
    /// What the cell says about day and month.
    pub(crate) order: OrderEvidence,
}

/// What one date says about the order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OrderEvidence {
    /// Not a date of that kind.
    Irrelevant,
    /// Both numbers are 12 or less.
    Ambiguous,
    Proves(DateOrder),
}

/// Reads a date cell. `None` is no date.
pub(crate) fn read_moment(cell: &str, order: DateOrder) -> Option<Moment> {
    if let Some(moment) = read_iso(cell.as_bytes()) {
        return Some(moment);
    }
    let parts = parts_of(cell);
    let (day, evidence, used) = read_day(&parts, order)?;
    let (time, offset) = read_time(parts.get(used..).unwrap_or(&[]))?;
    Some(Moment { day, time, offset, order: evidence })
}

/// A day counted by a sheet from 1899-12-30, with the time as fraction.
pub(crate) fn read_serial(cell: &str) -> Option<Moment> {
    let serial: f64 = cell.parse().ok()?;
    if !(20_000.0..80_000.0).contains(&serial) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "below 80 000 days")]
    let seconds = (serial * 86_400.0).round() as i64;
    let day = Day::from_ymd(1899, 12, 30)?;
    let whole = i32::try_from(seconds.div_euclid(86_400)).ok()?;
    let rest = seconds.rem_euclid(86_400);
    Some(Moment {
        day: day.plus(whole),
        time: (rest != 0).then_some(rest),
        offset: None,
        order: OrderEvidence::Irrelevant,
    })
}

/// `2020-02-01`, `2020-02-01T08:24:25+00:00`: the commonest forms, straight from bytes.
pub(crate) fn read_iso(cell: &[u8]) -> Option<Moment> {
    let number = |from: usize, to: usize| -> Option<u32> {
        cell.get(from..to)?.iter().try_fold(0, |value, byte| {
            byte.is_ascii_digit().then(|| value * 10 + u32::from(byte - b'0'))
        })
    };
    let is = |at: usize, byte: u8| cell.get(at) == Some(&byte);
    if !is(4, b'-') || !is(7, b'-') || !matches!(cell.len(), 10 | 19 | 20 | 25) {
        return None;
    }
    let day = day_of(number(0, 4)?, number(5, 7)?, number(8, 10)?)?;
    let order = OrderEvidence::Irrelevant;
    if cell.len() == 10 {
        return Some(Moment { day, time: None, offset: None, order });
    }
    if !(is(10, b'T') || is(10, b' ')) || !is(13, b':') || !is(16, b':') {
        return None;
    }
    let time = seconds_of(number(11, 13)?, number(14, 16)?, number(17, 19)?)?;
    let offset = match cell.len() {
        19 => None,
        20 if is(19, b'Z') => Some(0),
        25 if is(22, b':') => {
            let east = i64::from(number(20, 22)? * 3600 + number(23, 25)? * 60);
            Some(if is(19, b'-') { -east } else { east })
        }
        _ => return None,
    };
    Some(Moment { day, time: Some(time), offset, order })
}

fn seconds_of(hour: u32, minute: u32, second: u32) -> Option<i64> {
    (hour < 24 && minute < 60 && second <= 60)
        .then(|| i64::from(hour * 3600 + minute * 60 + second.min(59)))
}

/// A piece of a date cell.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Number { value: u32, n_digits: usize, separator: char },
    Word(String),
}

/// Cuts a cell at everything that is no letter and no digit; each number remembers the letter
/// right before it (`:`, `/`, `+`, …).
fn parts_of(cell: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = cell.trim_matches(|it: char| it.is_whitespace() || it == '"' || it == '\'');
    let mut separator = ' ';
    while let Some(first) = rest.chars().next() {
        let same: fn(&char) -> bool = if first.is_ascii_digit() {
            char::is_ascii_digit
        } else if first.is_alphabetic() {
            |letter| letter.is_alphabetic()
        } else {
            separator = first;
            rest = rest.get(first.len_utf8()..).unwrap_or("");
            continue;
        };
        let length = rest.chars().take_while(same).map(char::len_utf8).sum();
        let (piece, behind) = rest.split_at(length);
        // Spanish and Portuguese: "4 de septiembre de 2026".
        if matches!(piece, "de" | "del") {
            rest = behind;
            continue;
        }
        parts.push(match piece.parse() {
            Ok(value) => Part::Number { value, n_digits: piece.len(), separator },
            Err(_) => Part::Word(piece.to_lowercase()),
        });
        separator = ' ';
        rest = behind;
    }
    parts
}

/// The day, what it proves, and how many parts it took.
fn read_day(parts: &[Part], order: DateOrder) -> Option<(Day, OrderEvidence, usize)> {
    let unordered = OrderEvidence::Irrelevant;
    let number = |at: usize| match parts.get(at)? {
        Part::Number { value, n_digits, .. } => Some((*value, *n_digits)),
        Part::Word(_) => None,
    };
    if let Some((value, 8)) = number(0) {
        return Some((day_of(value / 10_000, value / 100 % 100, value % 100)?, unordered, 1));
    }
    let months = (0..3).find_map(|at| match parts.get(at)? {
        Part::Word(word) => month_of(word).map(|month| (at, month)),
        Part::Number { .. } => None,
    });
    if let Some((at, month)) = months {
        let numbers: Vec<(u32, usize)> = (0..3).filter(|it| *it != at).filter_map(number).collect();
        let (first, second) = (numbers.first()?, numbers.get(1)?);
        let (year, day) = if first.1 == 4 { (first.0, second.0) } else { (second.0, first.0) };
        return Some((day_of(full_year(year), month, day)?, unordered, 3));
    }
    if let (Some((year, 4)), Some(Part::Word(mark))) = (number(0), parts.get(1))
        && mark == "年"
    {
        return Some((day_of(year, number(2)?.0, number(4)?.0)?, unordered, 6.min(parts.len())));
    }
    let (first, second, third) = (number(0)?, number(1)?, number(2)?);
    if first.1 == 4 {
        return Some((day_of(first.0, second.0, third.0)?, unordered, 3));
    }
    let is_dotted = matches!(parts.get(1), Some(Part::Number { separator: '.', .. }));
    let year = full_year(third.0);
    if is_dotted {
        return Some((day_of(year, second.0, first.0)?, unordered, 3));
    }
    let evidence = evidence_of(first.0, second.0);
    let read_as = if let OrderEvidence::Proves(proved) = evidence { proved } else { order };
    let day = match read_as {
        DateOrder::MonthFirst => day_of(year, first.0, second.0)?,
        DateOrder::DayFirst => day_of(year, second.0, first.0)?,
    };
    Some((day, evidence, 3))
}

fn evidence_of(first: u32, second: u32) -> OrderEvidence {
    match (first > 12, second > 12) {
        (true, _) => OrderEvidence::Proves(DateOrder::DayFirst),
        (_, true) => OrderEvidence::Proves(DateOrder::MonthFirst),
        _ if first == second => OrderEvidence::Irrelevant,
        _ => OrderEvidence::Ambiguous,
    }
}

fn day_of(year: u32, month: u32, day: u32) -> Option<Day> {
    let year = i32::try_from(year).ok()?;
    (1990..2100).contains(&year).then(|| Day::from_ymd(year, month, day)).flatten()
}

/// 26 is 2026.
const fn full_year(year: u32) -> u32 {
    if year < 100 { 2000 + year } else { year }
}

/// Month names by their beginnings in the languages of the exports. Longer ones first where one
/// begins another.
const MONTHS: &[(&str, u32)] = &[
    ("jan", 1),
    ("ene", 1),
    ("gen", 1),
    ("feb", 2),
    ("fév", 2),
    ("fev", 2),
    ("mar", 3),
    ("mär", 3),
    ("apr", 4),
    ("avr", 4),
    ("abr", 4),
    ("may", 5),
    ("mai", 5),
    ("mag", 5),
    ("maj", 5),
    ("jun", 6),
    ("juin", 6),
    ("giu", 6),
    ("juil", 7),
    ("jul", 7),
    ("lug", 7),
    ("aug", 8),
    ("aoû", 8),
    ("aou", 8),
    ("ago", 8),
    ("sep", 9),
    ("set", 9),
    ("oct", 10),
    ("okt", 10),
    ("ott", 10),
    ("out", 10),
    ("nov", 11),
    ("dec", 12),
    ("déc", 12),
    ("dez", 12),
    ("dic", 12),
];

fn month_of(word: &str) -> Option<u32> {
    MONTHS.iter().find(|(start, _)| word.starts_with(start)).map(|(_, month)| *month)
}

/// Time and zone behind the day; both may be missing. `None` when something there is neither.
fn read_time(parts: &[Part]) -> Option<(Option<i64>, Option<i64>)> {
    let mut parts = parts;
    if let Some((Part::Word(word), rest)) = parts.split_first()
        && matches!(word.as_str(), "t" | "at" | "um" | "à")
    {
        parts = rest;
    }
    let mut clock = Vec::new();
    while let Some((Part::Number { value, separator, .. }, rest)) = parts.split_first() {
        let belongs = if clock.is_empty() { true } else { matches!(separator, ':' | '.') };
        if !belongs {
            break;
        }
        clock.push(*value);
        parts = rest;
    }
    if clock.is_empty() {
        return Some((None, read_zone(parts)?));
    }
    let hour = *clock.first()?;
    let (hour, parts) = match parts.split_first() {
        Some((Part::Word(word), rest)) if word == "am" => (hour % 12, rest),
        Some((Part::Word(word), rest)) if word == "pm" => (hour % 12 + 12, rest),
        Some((Part::Word(word), rest)) if word == "a" || word == "p" => {
            let rest = if rest.first() == Some(&Part::Word("m".to_owned())) {
                rest.get(1..).unwrap_or(&[])
            } else {
                rest
            };
            (hour % 12 + if word == "p" { 12 } else { 0 }, rest)
        }
        _ => (hour, parts),
    };
    let minute = clock.get(1).copied().unwrap_or(0);
    let second = clock.get(2).copied().unwrap_or(0);
    Some((Some(seconds_of(hour, minute, second)?), read_zone(parts)?))
}

/// Zones by name, in hours east of UTC.
const ZONES: &[(&str, i64)] = &[
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("pst", -8),
    ("pdt", -7),
    ("mst", -7),
    ("mdt", -6),
    ("cst", -6),
    ("cdt", -5),
    ("est", -5),
    ("edt", -4),
    ("bst", 1),
    ("cet", 1),
    ("mez", 1),
    ("cest", 2),
    ("mesz", 2),
    ("jst", 9),
    ("pt", -8),
];

/// `Some(None)`: no zone named; `None`: something that is no zone.
#[expect(clippy::option_option, reason = "an error type would say no more than None")]
fn read_zone(parts: &[Part]) -> Option<Option<i64>> {
    let Some((first, rest)) = parts.split_first() else { return Some(None) };
    match first {
        Part::Word(word) => {
            let (_, hours) = ZONES.iter().find(|(name, _)| name == word)?;
            match rest {
                [] => Some(Some(hours * 3600)),
                // `GMT+01:00`
                _ if *hours == 0 => read_zone(rest),
                _ => None,
            }
        }
        Part::Number { value, n_digits, separator } => {
            let sign = match separator {
                '+' => 1,
                '-' | '\u{2212}' => -1,
                _ => return None,
            };
            let (hours, minutes) = match (n_digits, rest) {
                (4, []) => (value / 100, value % 100),
                (1 | 2, []) => (*value, 0),
                (1 | 2, [Part::Number { value: minutes, .. }]) => (*value, *minutes),
                _ => return None,
            };
            Some(Some(sign * i64::from(hours * 3600 + minutes * 60)))
        }
    }
}

/// The first and last day of what a cell covers: two days, or a month.
pub(crate) fn read_period(cell: &str, order: DateOrder) -> Option<(Day, Day)> {
    read_span(cell, order).or_else(|| read_month(cell))
}

/// A month such as `2026-09`, `9/2026`, `2026年9月` or `Sep 2026`.
fn read_month(cell: &str) -> Option<(Day, Day)> {
    let (year, month) = match parts_of(cell).as_slice() {
        [Part::Number { value: year, n_digits: 4, .. }, Part::Number { value: month, .. }]
        | [Part::Number { value: month, .. }, Part::Number { value: year, n_digits: 4, .. }] => {
            (*year, *month)
        }
        [Part::Number { value: year, n_digits: 4, .. }, Part::Word(name)]
        | [Part::Word(name), Part::Number { value: year, n_digits: 4, .. }] => {
            (*year, month_of(name)?)
        }
        [
            Part::Number { value: year, .. },
            Part::Word(mark),
            Part::Number { value: month, .. },
            Part::Word(_),
        ] if mark == "年" => (*year, *month),
        _ => return None,
    };
    let first = day_of(year, month, 1)?;
    let next = if month == 12 { day_of(year + 1, 1, 1)? } else { day_of(year, month + 1, 1)? };
    Some((first, next.plus(-1)))
}

/// Two days such as `Jul 06, 2026 - Jul 29, 2026` or `2026-09-01 ~ 2026-09-30`.
pub(crate) fn read_span(cell: &str, order: DateOrder) -> Option<(Day, Day)> {
    for separator in [" - ", " – ", " — ", " ~ ", "~", " to ", " 至 ", "至"] {
        let Some((from, to)) = cell.split_once(separator) else { continue };
        if let (Some(from), Some(to)) = (read_moment(from, order), read_moment(to, order)) {
            return (from.day <= to.day).then_some((from.day, to.day));
        }
    }
    None
}

/// The moment that a clock in `zone` shows as `local` seconds. In the hour that a zone skips the
/// clock is taken as already set forward; of the hour that comes twice the first counts.
pub(crate) fn instant_of(local: i64, zone: Tz) -> i64 {
    let naive = DateTime::from_timestamp(local, 0).map(|it| it.naive_utc()).unwrap_or_default();
    match zone.from_local_datetime(&naive) {
        LocalResult::Single(it) | LocalResult::Ambiguous(it, _) => it.timestamp(),
        LocalResult::None => local - offset_at(local, zone),
    }
}

/// Seconds east of UTC in `zone` at a moment.
pub(crate) fn offset_at(instant: i64, zone: Tz) -> i64 {
    let utc = DateTime::<Utc>::from_timestamp(instant, 0).unwrap_or_default().naive_utc();
    i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
}

/// Swaps day and month of a date where that gives a date.
pub(crate) fn swapped(at: i64) -> i64 {
    use chrono::Datelike;
    let day = Day::from_seconds(at);
    let date: NaiveDate = day.date();
    if date.day() > 12 {
        return at;
    }
    let other = Day::from_ymd(date.year(), date.day(), date.month());
    other.map_or(at, |other| {
        at + i64::from(other.days_since_epoch() - day.days_since_epoch()) * Day::SECONDS
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, expected: &str) {
        check_as(cell, DateOrder::MonthFirst, expected);
    }

    #[track_caller]
    fn check_as(cell: &str, order: DateOrder, expected: &str) {
        let text = read_moment(cell, order).map_or("no date".to_owned(), |it| {
            let time = it.time.map_or(String::new(), |time| {
                format!(" {:02}:{:02}:{:02}", time / 3600, time / 60 % 60, time % 60)
            });
            let offset = it.offset.map_or(String::new(), |offset| format!(" {offset:+}"));
            format!("{}{time}{offset}", it.day)
        });
        assert_eq!(text, expected, "{cell:?}");
    }

    #[test]
    fn every_form_of_the_catalogue() {
        check("2026-08-18T09:12:44+00:00", "2026-08-18 09:12:44 +0");
        check("Feb 1, 2020 12:24:25 AM PST", "2020-02-01 00:24:25 -28800");
        check("Sep 4, 2026 1:05:07 PM PDT", "2026-09-04 13:05:07 -25200");
        check("15 Mar 2026 3:22:08 PM UTC", "2026-03-15 15:22:08 +0");
        check("12/01/2019", "2019-12-01");
        check("12/1/19", "2019-12-01");
        check("09/22/2026 10:15:30 AM", "2026-09-22 10:15:30");
        check("09/22/2026 12:00:10 PM", "2026-09-22 12:00:10");
        check("22/09/2026 17:00:10", "2026-09-22 17:00:10");
        check("2026/6/12", "2026-06-12");
        check("2026-08-12 PDT", "2026-08-12 -25200");
        check("10-Jul-2025", "2025-07-10");
        check("Jul-21-25", "2025-07-21");
        check("20260421", "2026-04-21");
        check("2025-05-11 09:55:16 -0400", "2025-05-11 09:55:16 -14400");
        check("Nov 16, 2019", "2019-11-16");
        check("July 8, 2025", "2025-07-08");
        check("2026-06-16 00:00:00 UTC", "2026-06-16 00:00:00 +0");
        check("15.08.2026 10:00:01", "2026-08-15 10:00:01");
        check("2026年6月12日", "2026-06-12");
        check("31 July, 2026", "2026-07-31");
        check("4 de septiembre de 2026", "2026-09-04");
        check("2026-09-04T10:00:00Z", "2026-09-04 10:00:00 +0");
        check("2026-09-04T10:00:00.123+08:00", "2026-09-04 10:00:00 +28800");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for cell in [
            "",
            "not-a-date",
            "13/13/2026",
            "2026-02-30",
            "1234",
            "12/2026",
            "25:61",
            "May",
            "1889-01-01",
        ] {
            check(cell, "no date");
        }
    }

    #[test]
    fn day_and_month_follow_the_order_unless_the_cell_proves_one() {
        check_as("03/04/2026", DateOrder::MonthFirst, "2026-03-04");
        check_as("03/04/2026", DateOrder::DayFirst, "2026-04-03");
        check_as("25/12/2026", DateOrder::MonthFirst, "2026-12-25");
        let order = |cell| read_moment(cell, DateOrder::MonthFirst).map(|it| it.order);
        assert_eq!(order("03/04/2026"), Some(OrderEvidence::Ambiguous));
        assert_eq!(order("03/03/2026"), Some(OrderEvidence::Irrelevant));
        assert_eq!(order("25/12/2026"), Some(OrderEvidence::Proves(DateOrder::DayFirst)));
    }

    #[test]
    fn spans_and_serials() {
        for cell in ["2026-02", "2/2026", "02/2026", "2026年2月", "Feb 2026", "2026 février"] {
            let month =
                read_period(cell, DateOrder::MonthFirst).map(|(from, to)| format!("{from} {to}"));
            assert_eq!(month.as_deref(), Some("2026-02-01 2026-02-28"), "{cell}");
        }
        for cell in ["13/2026", "2026", "2026-02-01", "Feb 3 2026"] {
            assert_eq!(read_period(cell, DateOrder::MonthFirst), None, "{cell}");
        }
        let span = read_span("Jul 06, 2026 - Jul 29, 2026", DateOrder::MonthFirst).unwrap();
        assert_eq!(
            (span.0.to_string().as_str(), span.1.to_string().as_str()),
            ("2026-07-06", "2026-07-29")
        );
        assert_eq!(read_serial("43800").unwrap().day.to_string(), "2019-12-01");
        assert_eq!(read_serial("43800.5").unwrap().time, Some(43_200));
        assert_eq!(read_serial("12"), None);
    }

    #[test]
    fn clocks_are_read_in_their_zone() {
        let zone = chrono_tz::America::Los_Angeles;
        let noon =
            i64::from(Day::parse("2026-07-01").unwrap().days_since_epoch()) * 86_400 + 43_200;
        assert_eq!(instant_of(noon, zone), noon + 7 * 3600);
        // 2026-03-08 02:30 does not exist there.
        let gap = i64::from(Day::parse("2026-03-08").unwrap().days_since_epoch()) * 86_400 + 9_000;
        assert!((instant_of(gap, zone) - (gap + 8 * 3600)).abs() <= 3600);
    }

    #[test]
    fn swapping_twice_changes_nothing() {
        let at = i64::from(Day::parse("2026-03-04").unwrap().days_since_epoch()) * 86_400 + 5;
        assert_eq!(Day::from_seconds(swapped(at)).to_string(), "2026-04-03");
        assert_eq!(swapped(swapped(at)), at);
    }
}
