//! Writing cells as bytes: separators, quotes, money and dates the way each export spells them.
//!
//! Knows how a value is spelled, not what it means. No `format!` per cell: sixty megabytes are
//! written in one go.

use super::arithmetic::part;
use super::calendar::{Civil, DAY_SECONDS, civil, local, month_name};

/// How the cells of a row are set apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// TAB between cells and no quoting at all, as Amazon's flat files do it.
    Tabs,
    /// Commas, and quotes only where a cell needs them.
    Commas,
    /// Commas, and every cell in quotes.
    Quoted,
}

/// An export being written.
pub(super) struct Text {
    bytes: Vec<u8>,
    layout: Layout,
    newline: &'static str,
    row_has_cells: bool,
}

impl Text {
    pub(super) fn new(layout: Layout, newline: &'static str) -> Self {
        Self { bytes: Vec::new(), layout, newline, row_has_cells: false }
    }

    /// Starts the file with UTF-8's byte order mark.
    pub(super) fn with_byte_order_mark(mut self) -> Self {
        self.bytes.extend_from_slice(b"\xEF\xBB\xBF");
        self
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// A whole line as it stands.
    pub(super) fn line(&mut self, line: &str) {
        let newline = self.newline;
        self.put(line).put(newline);
    }

    /// A row of names.
    pub(super) fn header(&mut self, names: &[&str]) {
        for name in names {
            self.text(name);
        }
        self.end_row();
    }

    /// Ends the row.
    pub(super) fn end_row(&mut self) {
        if self.layout == Layout::Quoted {
            self.bytes.push(b'"');
        }
        self.put(self.newline);
        self.row_has_cells = false;
    }

    /// Begins the next cell, to be filled with `put…`.
    pub(super) fn cell(&mut self) -> &mut Self {
        let separator: &[u8] = match (self.layout, self.row_has_cells) {
            (Layout::Quoted, true) => b"\",\"",
            (Layout::Quoted, false) => b"\"",
            (Layout::Commas, true) => b",",
            (Layout::Tabs, true) => b"\t",
            (_, false) => b"",
        };
        self.bytes.extend_from_slice(separator);
        self.row_has_cells = true;
        self
    }

    /// `count` empty cells.
    pub(super) fn blank(&mut self, count: usize) -> &mut Self {
        for _ in 0..count {
            self.cell();
        }
        self
    }

    /// A cell of text, quoted as the layout asks.
    pub(super) fn text(&mut self, value: &str) -> &mut Self {
        self.cell();
        match self.layout {
            Layout::Quoted => self.put_doubling_quotes(value),
            Layout::Commas if value.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n')) => {
                self.put("\"").put_doubling_quotes(value).put("\"")
            }
            Layout::Tabs | Layout::Commas => self.put(value),
        }
    }

    /// `1234`
    pub(super) fn int(&mut self, value: i64) -> &mut Self {
        self.cell().put_int(value)
    }

    /// `12,345`, quoted where the layout asks.
    pub(super) fn grouped(&mut self, value: i64) -> &mut Self {
        self.cell().put_wrapped(value >= 1_000, |text| text.put_grouped(value))
    }

    /// `-1234.50`
    pub(super) fn cents(&mut self, cents: i64) -> &mut Self {
        self.cell().put_cents(cents)
    }

    /// `$1234.50`
    pub(super) fn dollars(&mut self, cents: i64) -> &mut Self {
        self.cell().put("$").put_cents(cents)
    }

    /// `-1,234.50`, and `0` for nothing.
    pub(super) fn cents_grouped(&mut self, cents: i64) -> &mut Self {
        self.cell();
        if cents == 0 {
            return self.put("0");
        }
        if cents < 0 {
            self.put("-");
        }
        let size = cents.abs();
        self.put_grouped(size / 100).put(".").put_padded(size % 100, 2)
    }

    /// `$1,234.50`
    pub(super) fn dollars_grouped(&mut self, cents: i64) -> &mut Self {
        self.cell().put_wrapped(cents >= 100_000, |text| {
            text.put("$").put_grouped(cents / 100).put(".").put_padded(cents % 100, 2)
        })
    }

    /// `12.34%` of `value` in `whole`; `0.00%` of nothing.
    pub(super) fn percent(&mut self, value: i64, whole: i64) -> &mut Self {
        self.cell().put_cents(part(value, 10_000, whole)).put("%")
    }

    /// `12.34`: `value ÷ whole` with two decimals; `0.00` of nothing.
    pub(super) fn ratio(&mut self, value: i64, whole: i64) -> &mut Self {
        self.cell().put_cents(part(value, 100, whole))
    }

    /// `2026-09-22`
    pub(super) fn iso_day(&mut self, day: i64) -> &mut Self {
        self.cell().put_iso_day(day)
    }

    /// `09/22/2026`
    pub(super) fn us_day(&mut self, day: i64) -> &mut Self {
        self.cell().put_us_day(day)
    }

    /// `Nov 16, 2025`, quoted where the layout asks.
    pub(super) fn long_day(&mut self, day: i64) -> &mut Self {
        self.cell().put_wrapped(true, |text| text.put_long_day(day))
    }

    /// `2026-09-22T17:15:30+00:00`
    pub(super) fn utc(&mut self, instant: i64) -> &mut Self {
        let second = instant.rem_euclid(DAY_SECONDS);
        self.cell().put_iso_day(instant.div_euclid(DAY_SECONDS)).put("T");
        self.put_clock(second).put("+00:00")
    }

    /// `2026-09-22 10:15:30 -0700`, Los Angeles time.
    pub(super) fn with_offset(&mut self, instant: i64) -> &mut Self {
        let shown = local(instant);
        self.cell().put_iso_day(shown.day).put(" ").put_clock(shown.second);
        self.put(if shown.is_summer_time { " -0700" } else { " -0800" })
    }

    /// `Sep 4, 2026 1:05:07 AM PDT`, Los Angeles time, quoted where the layout asks.
    pub(super) fn pacific(&mut self, instant: i64) -> &mut Self {
        let shown = local(instant);
        self.cell().put_wrapped(true, |text| {
            text.put_long_day(shown.day).put(" ").put_int(hour_of_twelve(shown.second));
            text.put_after_hour(shown.second);
            text.put(if shown.is_summer_time { " PDT" } else { " PST" })
        })
    }

    /// `09/22/2026 10:15:30 AM`, Los Angeles time, without a cell of its own.
    pub(super) fn put_us_clock(&mut self, instant: i64) -> &mut Self {
        let shown = local(instant);
        self.put_us_day(shown.day).put(" ").put_padded(hour_of_twelve(shown.second), 2);
        self.put_after_hour(shown.second)
    }

    /// `0.1234`: `value ÷ whole` with four decimals, without a cell of its own.
    pub(super) fn put_ratio(&mut self, value: i64, whole: i64) -> &mut Self {
        let ratio = part(value, 10_000, whole);
        self.put_int(ratio / 10_000).put(".").put_padded(ratio % 10_000, 4)
    }

    pub(super) fn put(&mut self, value: &str) -> &mut Self {
        self.bytes.extend_from_slice(value.as_bytes());
        self
    }

    pub(super) fn put_int(&mut self, value: i64) -> &mut Self {
        if value < 0 {
            self.bytes.push(b'-');
        }
        self.put_padded(value.abs(), 1)
    }

    /// At least `width` digits, zeros in front; not for numbers below 0.
    pub(super) fn put_padded(&mut self, value: i64, width: usize) -> &mut Self {
        if value < 100 && width <= 2 {
            return self.put_up_to_two_digits(value, width);
        }
        let mut digits = [b'0'; 20];
        let (mut left, mut count) = (value, 0);
        for digit in digits.iter_mut().rev() {
            if left == 0 && count >= width {
                break;
            }
            *digit = b'0' + u8::try_from(left % 10).unwrap_or(0);
            left /= 10;
            count += 1;
        }
        self.bytes.extend_from_slice(digits.get(20 - count..).unwrap_or_default());
        self
    }

    /// The common case, without a detour.
    fn put_up_to_two_digits(&mut self, value: i64, width: usize) -> &mut Self {
        let value = u8::try_from(value).unwrap_or(0);
        if value >= 10 || width == 2 {
            self.bytes.push(b'0' + value / 10);
        }
        self.bytes.push(b'0' + value % 10);
        self
    }

    fn put_cents(&mut self, cents: i64) -> &mut Self {
        if cents < 0 {
            self.bytes.push(b'-');
        }
        let size = cents.abs();
        self.put_int(size / 100).put(".").put_padded(size % 100, 2)
    }

    fn put_grouped(&mut self, value: i64) -> &mut Self {
        if value >= 1_000 {
            return self.put_grouped(value / 1_000).put(",").put_padded(value % 1_000, 3);
        }
        self.put_int(value)
    }

    fn put_wrapped(&mut self, has_comma: bool, fill: impl Fn(&mut Self) -> &mut Self) -> &mut Self {
        if has_comma && self.layout == Layout::Commas {
            self.put("\"");
            fill(self);
            return self.put("\"");
        }
        fill(self)
    }

    fn put_doubling_quotes(&mut self, value: &str) -> &mut Self {
        if !value.bytes().any(|byte| byte == b'"') {
            return self.put(value);
        }
        for (count, piece) in value.split('"').enumerate() {
            if count > 0 {
                self.put("\"\"");
            }
            self.put(piece);
        }
        self
    }

    fn put_iso_day(&mut self, day: i64) -> &mut Self {
        let Civil { year, month, day } = civil(day);
        self.put_int(year).put("-").put_padded(month, 2).put("-").put_padded(day, 2)
    }

    fn put_us_day(&mut self, day: i64) -> &mut Self {
        let Civil { year, month, day } = civil(day);
        self.put_padded(month, 2).put("/").put_padded(day, 2).put("/").put_int(year)
    }

    fn put_long_day(&mut self, day: i64) -> &mut Self {
        let Civil { year, month, day } = civil(day);
        self.put(month_name(month)).put(" ").put_int(day).put(", ").put_int(year)
    }

    fn put_clock(&mut self, second: i64) -> &mut Self {
        self.put_padded(second / 3_600, 2).put(":").put_padded(second / 60 % 60, 2);
        self.put(":").put_padded(second % 60, 2)
    }

    fn put_after_hour(&mut self, second: i64) -> &mut Self {
        self.put(":").put_padded(second / 60 % 60, 2).put(":").put_padded(second % 60, 2);
        self.put(if second < DAY_SECONDS / 2 { " AM" } else { " PM" })
    }
}

fn hour_of_twelve(second: i64) -> i64 {
    match second / 3_600 % 12 {
        0 => 12,
        hour => hour,
    }
}

#[cfg(test)]
mod tests {
    use super::super::calendar::{day, instant};
    use super::*;

    #[track_caller]
    fn check(layout: Layout, fill: impl Fn(&mut Text), expected: &str) {
        let mut text = Text::new(layout, "\n");
        fill(&mut text);
        text.end_row();
        assert_eq!(String::from_utf8(text.into_bytes()).unwrap(), expected);
    }

    #[test]
    fn cells_are_set_apart_and_quoted_by_layout() {
        let fill = |text: &mut Text| {
            text.text("Pan 5\"").int(-12).blank(1).cents(-5);
        };
        check(Layout::Tabs, fill, "Pan 5\"\t-12\t\t-0.05\n");
        check(Layout::Commas, fill, "\"Pan 5\"\"\",-12,,-0.05\n");
        check(Layout::Quoted, fill, "\"Pan 5\"\"\",\"-12\",\"\",\"-0.05\"\n");
    }

    #[test]
    fn money_and_shares_are_spelled_as_in_the_exports() {
        let fill = |text: &mut Text| {
            text.cents_grouped(-1_234_567).cents_grouped(0).dollars_grouped(123_450);
            text.percent(1, 3).ratio(7, 2).percent(1, 0);
        };
        check(
            Layout::Quoted,
            fill,
            "\"-12,345.67\",\"0\",\"$1,234.50\",\"33.33%\",\"3.50\",\"0.00%\"\n",
        );
        check(Layout::Commas, |text| _ = text.grouped(12_345).grouped(9), "\"12,345\",9\n");
    }

    #[test]
    fn instants_are_spelled_in_four_ways() {
        let moment = instant(day(2026, 9, 4), 3_907);
        check(Layout::Quoted, |text| _ = text.pacific(moment), "\"Sep 4, 2026 1:05:07 AM PDT\"\n");
        check(Layout::Tabs, |text| _ = text.utc(moment), "2026-09-04T08:05:07+00:00\n");
        check(Layout::Commas, |text| _ = text.with_offset(moment), "2026-09-04 01:05:07 -0700\n");
        check(
            Layout::Commas,
            |text| _ = text.cell().put_us_clock(moment + 12 * 3_600),
            "09/04/2026 01:05:07 PM\n",
        );
    }
}
