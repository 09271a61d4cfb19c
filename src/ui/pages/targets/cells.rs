//! Numbers as people type and paste them.

use crate::{domain::Fixed, ui::components::typed_value, worker::protocol::UnitView};

/// A text that is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NoNumber;

/// What was typed: a number in the KPI's unit, or nothing; a share is typed in percent.
pub(super) fn typed_number(text: &str, unit: UnitView) -> Result<Option<Fixed>, NoNumber> {
    match text.trim() {
        "" | "-" | "–" => Ok(None),
        text => {
            let number = typed_value(text, unit).and_then(|it| Fixed::parse(&it));
            number.map(Some).ok_or(NoNumber)
        }
    }
}

/// The text that a number is typed as, which `typed_number` reads back.
pub(super) fn typing_text(number: &str, unit: UnitView) -> String {
    match unit {
        UnitView::Share => crate::ui::format::exact_percent(number),
        _ => number.to_owned(),
    }
}

/// Cells as spreadsheets copy them, row by row; the line end behind the last row makes no further one.
pub(super) fn pasted(text: &str) -> Vec<Vec<String>> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.strip_suffix('\n').unwrap_or(&text);
    text.split('\n').map(|row| row.split('\t').map(str::to_owned).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_typed_in_their_unit() {
        let typed = |text, unit| typed_number(text, unit).map(|it| it.map(|it| it.to_string()));
        let some = |text: &str| Ok(Some(text.to_owned()));
        assert_eq!(typed("$1,234.50", UnitView::Money), some("1234.5"));
        assert_eq!(typed("12.5%", UnitView::Share), some("0.125"));
        assert_eq!(typed("12.5", UnitView::Share), some("0.125"));
        assert_eq!(typed(" ", UnitView::Money), Ok(None));
        assert_eq!(typed("many", UnitView::Money), Err(NoNumber));
        let text = typing_text("0.125", UnitView::Share);
        assert_eq!(typed(&text, UnitView::Share), some("0.125"));
    }

    #[test]
    fn a_pasted_block_keeps_its_shape() {
        assert_eq!(pasted("1\t2\r\n3\t\r\n"), [["1", "2"], ["3", ""]]);
        assert_eq!(pasted("7"), [["7"]]);
    }
}
