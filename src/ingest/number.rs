//! The one number reader.

use crate::{catalog::header::currency_of, domain::Fixed, ingest::encoding::CellEncoding};

/// Which sign stands before the decimals where a cell alone does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum DecimalSign {
    #[default]
    Dot,
    Comma,
}

/// Texts that mean "nothing here".
const EMPTY_MARKS: &[&str] =
    &["", "-", "--", "—", "–", "/", "n/a", "na", "null", "none", "infinite", "nan", "不适用", "无"];

/// Reads a cell. `Ok(None)` is an empty cell or a mark for one; `Err` is no number.
pub(crate) fn read_number(
    cell: &[u8],
    sign: DecimalSign,
    encoding: CellEncoding,
) -> Result<Option<Fixed>, NotANumber> {
    if cell.is_empty() {
        return Ok(None);
    }
    if let Some(plain) = read_plain(cell, sign) {
        return Ok(Some(plain));
    }
    let text = encoding.text(cell);
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
    if EMPTY_MARKS.contains(&text.to_lowercase().as_str()) {
        return Ok(None);
    }
    read_marked(text, sign).map(Some).ok_or(NotANumber)
}

/// Reads a rate, in percent, as `read_number`: `0.35%`, or the fraction `0.0035`.
pub(crate) fn read_percent(
    cell: &[u8],
    sign: DecimalSign,
    encoding: CellEncoding,
) -> Result<Option<Fixed>, NotANumber> {
    let text = encoding.text(cell);
    let text = text.trim();
    match text.strip_suffix(['%', '％']).filter(|points| !points.is_empty()) {
        Some(points) => read_number(points.trim_end().as_bytes(), sign, CellEncoding::Utf8),
        // The exponent first, or the decimals of a small fraction would be lost.
        None if text.ends_with(|last: char| last.is_ascii_digit())
            && !text.contains(['e', 'E']) =>
        {
            read_number(format!("{text}e2").as_bytes(), sign, CellEncoding::Utf8)
        }
        None => read_number(text.as_bytes(), sign, CellEncoding::Utf8)
            .map(|fraction| fraction.map(|it| it.times(Fixed::from_whole(100)))),
    }
}

/// The cell holds no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotANumber;

/// `-123.45` in plain ASCII with at most four decimals: nearly every cell.
fn read_plain(cell: &[u8], sign: DecimalSign) -> Option<Fixed> {
    let (is_negative, digits) = match cell.split_first()? {
        (b'-', rest) => (true, rest),
        _ => (false, cell),
    };
    if digits.is_empty() || digits.len() > 14 {
        return None;
    }
    let mut value: i64 = 0;
    let mut n_decimals: Option<u32> = None;
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                value = value * 10 + i64::from(byte - b'0');
                n_decimals = n_decimals.map(|n| n + 1);
            }
            b'.' if n_decimals.is_none() && sign == DecimalSign::Dot => n_decimals = Some(0),
            _ => return None,
        }
    }
    let n_decimals = n_decimals.unwrap_or(0);
    if n_decimals > 4 || digits.len() == 1 && !digits.first()?.is_ascii_digit() {
        return None;
    }
    let value = value * 10_i64.pow(4 - n_decimals);
    Some(Fixed::from_ten_thousandths(if is_negative { -value } else { value }))
}

fn read_marked(text: &str, sign: DecimalSign) -> Option<Fixed> {
    let (text, in_brackets) = match text.strip_prefix('(').and_then(|it| it.strip_suffix(')')) {
        Some(inside) => (inside, true),
        None => (text, false),
    };
    let first = text.find(|letter: char| letter.is_ascii_digit())?;
    let last = text.rfind(|letter: char| letter.is_ascii_digit())?;
    let (mut before, body) = (text.get(..first)?, text.get(first..=last)?);
    let after = text.get(last + 1..)?;
    let mut body = body.to_owned();
    // `.5`, but not the point of `Rs.5`.
    if let Some(rest) = before.strip_suffix('.')
        && !rest.ends_with(char::is_alphabetic)
    {
        before = rest;
        body.insert_str(0, "0.");
    }
    let minus = |letter: char| matches!(letter, '-' | '\u{2212}');
    let n_minus = before.chars().chain(after.chars()).filter(|letter| minus(*letter)).count();
    if !is_mark(before) || !is_mark(after) || n_minus + usize::from(in_brackets) > 1 {
        return None;
    }
    let magnitude = read_body(&body, sign)?;
    Some(if n_minus == 1 || in_brackets { magnitude.negated() } else { magnitude })
}

/// What may stand around the digits: a sign, spaces, and a currency.
fn is_mark(text: &str) -> bool {
    let is_sign = |letter: char| matches!(letter, '-' | '\u{2212}' | '+' | '\'');
    let mark = text.trim_matches(|letter: char| letter.is_whitespace() || is_sign(letter));
    // Yen and yuan share a sign, so that it names no currency.
    mark.is_empty() || matches!(mark, "¥" | "￥") || currency_of(mark).is_some()
}

/// Digits with grouping and decimals, or with an exponent.
fn read_body(body: &str, sign: DecimalSign) -> Option<Fixed> {
    if body.contains(['e', 'E']) {
        return read_exponent(body);
    }
    let is_space = |letter: char| letter.is_whitespace() || letter == '\'' || letter == '\u{2019}';
    let body: String = body.chars().filter(|letter| !is_space(*letter)).collect();
    let decimal_at = decimal_place(&body, sign);
    let mut value: i128 = 0;
    let mut n_decimals = 0;
    let mut next_decimal = 0;
    for (at, letter) in body.char_indices() {
        let is_decimal = decimal_at.is_some_and(|place| at > place);
        match letter {
            '0'..='9' if is_decimal && n_decimals == 4 => {
                if next_decimal == 0 {
                    next_decimal = letter as u32 - '0' as u32 + 1;
                }
            }
            '0'..='9' => {
                value = value.checked_mul(10)? + i128::from(letter as u32 - '0' as u32);
                n_decimals += u32::from(is_decimal);
            }
            ',' | '.' => (),
            _ => return None,
        }
    }
    value = value.checked_mul(10_i128.pow(4 - n_decimals))?;
    if next_decimal > 5 {
        value += 1;
    }
    i64::try_from(value).ok().map(Fixed::from_ten_thousandths)
}

/// Where the decimal sign stands, if there is one.
fn decimal_place(body: &str, sign: DecimalSign) -> Option<usize> {
    let (dot, comma) = (body.rfind('.'), body.rfind(','));
    match (dot, comma) {
        (None, None) => None,
        (Some(dot), Some(comma)) => Some(dot.max(comma)),
        (Some(place), None) => alone(body, place, '.', sign == DecimalSign::Dot),
        (None, Some(place)) => alone(body, place, ',', sign == DecimalSign::Comma),
    }
}

/// A sign without the other: repeated, it groups; before three digits it groups unless it is the
/// column's decimal sign.
fn alone(body: &str, place: usize, letter: char, is_decimal_sign: bool) -> Option<usize> {
    if body.matches(letter).count() > 1 {
        return None;
    }
    let n_behind = body.len() - place - 1;
    (is_decimal_sign || n_behind != 3).then_some(place)
}

#[expect(clippy::cast_possible_truncation, reason = "checked against the range before")]
fn read_exponent(body: &str) -> Option<Fixed> {
    let value: f64 = body.parse().ok()?;
    let scaled = (value * 10_000.0).round();
    (scaled.abs() < 9.0e15).then(|| Fixed::from_ten_thousandths(scaled as i64))
}

/// What the cells of a column say about its decimal sign; `Dot` when they say nothing.
pub(crate) fn vote<'a>(cells: impl Iterator<Item = &'a str>) -> DecimalSign {
    let (mut dots, mut commas) = (0_u32, 0_u32);
    for cell in cells {
        let digits = cell.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        match (digits.rfind('.'), digits.rfind(',')) {
            (Some(dot), Some(comma)) if dot > comma => dots += 1,
            (Some(_), Some(_)) => commas += 1,
            (Some(dot), None) if digits.len() - dot - 1 != 3 => dots += 1,
            (None, Some(comma)) if digits.len() - comma - 1 != 3 => commas += 1,
            _ => (),
        }
    }
    if commas > dots { DecimalSign::Comma } else { DecimalSign::Dot }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: &str, expected: &str) {
        check_as(cell, DecimalSign::Dot, expected);
    }

    #[track_caller]
    fn check_as(cell: &str, sign: DecimalSign, expected: &str) {
        let actual = match read_number(cell.as_bytes(), sign, CellEncoding::of(b"")) {
            Ok(Some(value)) => value.to_string(),
            Ok(None) => "empty".to_owned(),
            Err(NotANumber) => "no number".to_owned(),
        };
        assert_eq!(actual, expected, "{cell:?}");
    }

    #[test]
    fn plain_numbers() {
        check("0", "0");
        check("1433", "1433");
        check("-9.02", "-9.02");
        check("136.7", "136.7");
        check("12.", "12");
    }

    #[test]
    fn money_in_every_form_seen() {
        check("$12,905.25", "12905.25");
        check("$-9.02", "-9.02");
        check("-$1.08", "-1.08");
        check("Rs.201.68", "201.68");
        check("US$5,000.00", "5000");
        check("MX$2,000.00", "2000");
        check("BRL 1.234,56", "1234.56");
        check("1\u{a0}234,56", "1234.56");
        check("(12.50)", "-12.5");
        check("12,50 €", "12.5");
        check("$0.4966667", "0.4967");
        check("¥2.25", "2.25");
        check("-$ 1.5", "-1.5");
        check(".5", "0.5");
        check("-.5", "-0.5");
        check("1,234,567", "1234567");
    }

    #[test]
    fn noise_of_floats_is_rounded_off() {
        check("3.000000000000004", "3");
        check("14.217777799999999", "14.2178");
        check("0.99995", "1");
        check("1.5e3", "1500");
    }

    #[test]
    fn empty_marks_are_not_zero() {
        for cell in ["", " ", "--", " --", "N/A", "-", "Infinite"] {
            check(cell, "empty");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for cell in [
            "abc",
            "< 10%",
            "5.63%",
            "12abcde",
            "2x",
            "S01-222-1",
            "1-2",
            "2026-01-01",
            "--1",
            ".",
            "$",
        ] {
            check(cell, "no number");
        }
    }

    #[test]
    fn rates_are_kept_in_percent() {
        let cases = [
            ("0.3512%", Ok(Some("0.3512"))),
            ("12 %", Ok(Some("12"))),
            ("0.003512", Ok(Some("0.3512"))),
            ("1", Ok(Some("100"))),
            ("3.5E-3", Ok(Some("0.35"))),
            ("--", Ok(None)),
            ("", Ok(None)),
            ("%", Err(NotANumber)),
            ("< 10%", Err(NotANumber)),
        ];
        for (cell, expected) in cases {
            let read = read_percent(cell.as_bytes(), DecimalSign::Dot, CellEncoding::Utf8);
            let expected = expected.map(|it| it.map(|it| Fixed::parse(it).unwrap()));
            assert_eq!(read, expected, "{cell}");
        }
        let read = read_percent(b"0,35 %", DecimalSign::Comma, CellEncoding::Utf8);
        assert_eq!(read, Ok(Fixed::parse("0.35")));
    }

    #[test]
    fn the_columns_decimal_sign_decides_what_a_cell_alone_does_not() {
        check_as("1.234", DecimalSign::Comma, "1234");
        check_as("1.234", DecimalSign::Dot, "1.234");
        check_as("1,234", DecimalSign::Dot, "1234");
        check_as("1,234", DecimalSign::Comma, "1.234");
        check_as("0,28", DecimalSign::Dot, "0.28");
        check_as("17.92", DecimalSign::Comma, "17.92");
    }

    #[test]
    fn columns_vote() {
        assert_eq!(vote(["1.234,56", "7"].into_iter()), DecimalSign::Comma);
        assert_eq!(vote(["1,234.56", "0,5"].into_iter()), DecimalSign::Dot);
        assert_eq!(vote(["1,234"].into_iter()), DecimalSign::Dot);
    }

    #[test]
    fn numbers_too_long_are_refused_not_cut() {
        check("99999999999999999999999999999999999999999999", "no number");
    }
}
