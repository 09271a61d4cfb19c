//! What was reached, as it stands below the numbers.

use crate::{
    ui::{
        format::Style,
        i18n::{I18n, fill},
    },
    worker::protocol::PastCell,
};

/// What was reached, else what it was a year before; empty where neither is known.
pub(super) fn past_text(i18n: I18n, past: &PastCell, style: Style) -> String {
    match (&past.actual, &past.year_before) {
        (Some(actual), _) => fill!(i18n, targets.actual, value = style.whole(actual)),
        (None, Some(before)) => fill!(i18n, targets.year_before, value = style.whole(before)),
        (None, None) => String::new(),
    }
}
