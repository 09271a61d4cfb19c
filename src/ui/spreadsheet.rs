//! Sheets for a person to save: rows of cells as spreadsheets read them.

/// A sheet of rows, with the mark by which Excel knows the encoding.
pub(crate) fn csv_text<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> String {
    let rows: Vec<Vec<String>> = rows.into_iter().map(Vec::from).collect();
    csv_of(&rows)
}

/// The same of rows of any length.
pub(crate) fn csv_of(rows: &[Vec<String>]) -> String {
    let mut csv = String::from("\u{feff}");
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| csv_cell(cell)).collect();
        csv.push_str(&cells.join(","));
        csv.push_str("\r\n");
    }
    csv
}

/// Rows as they are pasted into a sheet.
pub(crate) fn tabbed(rows: &[Vec<String>]) -> String {
    let cell = |text: &String| format!("{}{}", guard(text), text.replace(['\t', '\r', '\n'], " "));
    let row = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join("\t");
    rows.iter().map(row).collect::<Vec<_>>().join("\n")
}

/// A cell that is text to every spreadsheet.
fn csv_cell(text: &str) -> String {
    format!("\"{}{}\"", guard(text), text.replace('"', "\"\""))
}

/// An id as spreadsheets keep it: they would take digits for a number, and lose zeros in front and what is
/// behind the fifteenth.
pub(crate) fn kept_id(id: &str) -> String {
    let is_digits = !id.is_empty() && id.bytes().all(|it| it.is_ascii_digit());
    let would_change = is_digits && (id.starts_with('0') || id.len() > 15);
    if would_change { format!("=\"{id}\"") } else { id.to_owned() }
}

/// What stands before a text so that it is not run as a formula. Negative numbers and dashes are none,
/// nor is a kept id.
fn guard(text: &str) -> &'static str {
    let kept = text.strip_prefix("=\"").and_then(|it| it.strip_suffix('"'));
    let is_kept = kept.is_some_and(|id| id.bytes().all(|it| it.is_ascii_digit()));
    let runs = match text.as_bytes() {
        [b'=' | b'@' | b'+', ..] => !is_kept,
        [b'-', next, rest @ ..] => {
            let is_number = |it: &u8| it.is_ascii_digit() || b".,%".contains(it);
            (next.is_ascii_alphanumeric() || *next == b'(')
                && !(is_number(next) && rest.iter().all(is_number))
        }
        _ => false,
    };
    if runs { "'" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_and_never_a_formula() {
        assert_eq!(csv_cell("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(csv_cell("=1+1"), "\"'=1+1\"");
        assert_eq!(csv_cell("-2+3"), "\"'-2+3\"");
        for plain in ["-2.5%", "-12,50", "--", "- discontinued -"] {
            assert_eq!(csv_cell(plain), format!("\"{plain}\""));
        }
    }

    #[test]
    fn ids_of_digits_stay_as_they_are() {
        assert_eq!(kept_id("00123"), "=\"00123\"");
        assert_eq!(kept_id("1729384756123456789"), "=\"1729384756123456789\"");
        assert_eq!((kept_id("123"), kept_id("AB-01")), ("123".into(), "AB-01".into()));
        assert_eq!(csv_cell(&kept_id("00123")), "\"=\"\"00123\"\"\"");
    }

    #[test]
    fn a_sheet_is_read_by_excel() {
        let rows = [["灯", "1"], ["b", ""]].map(|row| row.map(str::to_owned));
        assert_eq!(csv_text(rows), "\u{feff}\"灯\",\"1\"\r\n\"b\",\"\"\r\n");
    }

    #[test]
    fn what_is_pasted_keeps_its_cells() {
        let rows = [["a\tb", "-1"], ["@x", ""]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(tabbed(&rows), "a b\t-1\n'@x\t");
    }
}
