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

/// What stands before a text so that it is not run as a formula. Negative numbers are none.
fn guard(text: &str) -> &'static str {
    let is_number = || text.trim_end_matches('%').parse::<f64>().is_ok();
    if text.starts_with(['=', '@', '+', '-']) && !is_number() { "'" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_and_never_a_formula() {
        assert_eq!(csv_cell("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(csv_cell("=1+1"), "\"'=1+1\"");
        assert_eq!(csv_cell("-2+3"), "\"'-2+3\"");
        assert_eq!(csv_cell("-2.5%"), "\"-2.5%\"");
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
