//! Values as people type them.

use crate::{
    domain::Fixed,
    ui::{
        format,
        i18n::{I18n, unit_text},
    },
    worker::protocol::UnitView,
};

/// “Value (%)”: what is typed, and in what.
pub(crate) fn value_label(i18n: I18n, what: &str, unit: UnitView) -> String {
    let unit = match unit {
        UnitView::Share => "%",
        unit => unit_text(i18n, unit),
    };
    if unit.is_empty() { what.to_owned() } else { format!("{what} ({unit})") }
}

/// What was typed as plain decimal text; a share is typed in percent.
pub(crate) fn typed_value(text: &str, unit: UnitView) -> Option<String> {
    if unit != UnitView::Share {
        return format::typed_amount(text.trim());
    }
    hundredth(&format::typed_amount(text.trim().trim_end_matches(['%', '％']))?)
}

/// Percent from 0 to 100; nothing typed is 0.
pub(crate) fn typed_percent(text: &str) -> Option<Fixed> {
    let text = text.trim().trim_end_matches(['%', '％']);
    if text.is_empty() {
        return Some(Fixed::ZERO);
    }
    let percent = Fixed::parse(&format::typed_amount(text)?)?;
    (Fixed::ZERO..=Fixed::from_whole(100)).contains(&percent).then_some(percent)
}

/// A hundredth of a decimal text, exactly; `None` when it has more places than are kept.
fn hundredth(amount: &str) -> Option<String> {
    let (sign, digits) = amount.strip_prefix('-').map_or(("", amount), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let padded = format!("{whole:0>3}");
    let (whole, hundredths) = padded.split_at(padded.len() - 2);
    (fraction.len() <= 2).then(|| format!("{sign}{whole}.{hundredths}{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_percent() {
        assert_eq!(typed_percent(" 12,5 % "), Fixed::parse("12.5"));
        assert_eq!(typed_percent(""), Some(Fixed::ZERO));
        assert_eq!([typed_percent("101"), typed_percent("-1"), typed_percent("many")], [None; 3]);
    }

    #[test]
    fn shares_are_typed_in_percent() {
        let share = |text| typed_value(text, UnitView::Share);
        assert_eq!(share("97.5 %").as_deref(), Some("0.975"));
        assert_eq!(share("0,85").as_deref(), Some("0.0085"));
        assert_eq!(share("100").as_deref(), Some("1.00"));
        assert_eq!(share("97.555"), None, "more places than are kept");
        assert_eq!(share("many"), None);
        assert_eq!(typed_value("1,000", UnitView::Score).as_deref(), Some("1000"));
        assert_eq!(typed_value("-0.5", UnitView::Days).as_deref(), Some("-0.5"));
        // Five per cent of what?
        assert_eq!(typed_value("5%", UnitView::Money), None);
    }
}
