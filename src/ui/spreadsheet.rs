//! Sheets for a person to save: rows of cells as spreadsheets read them.

/// A sheet of rows, with the mark by which Excel knows the encoding.
pub(crate) fn csv_text<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut csv = String::from("\u{feff}");
    for row in rows {
        csv.push_str(&row.map(|cell| csv_cell(&cell)).join(","));
        csv.push_str("\r\n");
    }
    csv
}

/// A cell that is text to every spreadsheet: what looks like a formula is not run.
fn csv_cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '@', '+']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_and_never_a_formula() {
        assert_eq!(csv_cell("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(csv_cell("=1+1"), "\"'=1+1\"");
    }

    #[test]
    fn a_sheet_is_read_by_excel() {
        let rows = [["灯", "1"], ["b", ""]].map(|row| row.map(str::to_owned));
        assert_eq!(csv_text(rows), "\u{feff}\"灯\",\"1\"\r\n\"b\",\"\"\r\n");
    }
}
