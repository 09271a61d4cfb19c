//! What was reached, as it stands below the numbers.

use crate::{
    targets::Standing,
    ui::{
        format::Style,
        i18n::{I18n, fill, t_string},
    },
    worker::protocol::PastCell,
};

/// The word for how a value stands to its target.
pub(super) fn standing_name(i18n: I18n, standing: Standing) -> &'static str {
    match standing {
        Standing::Missed => t_string!(i18n, targets.missed),
        Standing::Behind => t_string!(i18n, targets.behind),
        Standing::OnTarget => t_string!(i18n, targets.on_target),
        Standing::Ahead => t_string!(i18n, targets.ahead),
        Standing::Outstanding => t_string!(i18n, targets.outstanding),
    }
}

/// The stable name of it.
pub(super) const fn standing_id(standing: Standing) -> &'static str {
    match standing {
        Standing::Missed => "missed",
        Standing::Behind => "behind",
        Standing::OnTarget => "on_target",
        Standing::Ahead => "ahead",
        Standing::Outstanding => "outstanding",
    }
}

/// A shape beside the word, for those who do not see colours.
pub(super) const fn standing_mark(standing: Standing) -> &'static str {
    match standing {
        Standing::Missed | Standing::Behind => "▼",
        Standing::OnTarget => "●",
        Standing::Ahead | Standing::Outstanding => "▲",
    }
}

/// What was reached, else what it was a year before; empty where neither is known.
pub(super) fn past_text(i18n: I18n, past: &PastCell, style: Style) -> String {
    match (&past.actual, &past.year_before) {
        (Some(actual), _) => fill!(i18n, targets.actual, value = style.whole(actual)),
        (None, Some(before)) => fill!(i18n, targets.year_before, value = style.whole(before)),
        (None, None) => String::new(),
    }
}
