//! How a value stands to its target: a shape, and the word for those who do not see it.

use leptos::prelude::*;

use crate::{
    ui::i18n::{I18n, t_string},
    worker::protocol::Standing,
};

/// The word for how a value stands to its target.
pub(crate) fn standing_name(i18n: I18n, standing: Standing) -> &'static str {
    match standing {
        Standing::Missed => t_string!(i18n, words.standing_missed),
        Standing::Behind => t_string!(i18n, words.standing_behind),
        Standing::OnTarget => t_string!(i18n, words.standing_on_target),
        Standing::Ahead => t_string!(i18n, words.standing_ahead),
        Standing::Outstanding => t_string!(i18n, words.standing_outstanding),
    }
}

/// The stable name of it.
const fn standing_id(standing: Standing) -> &'static str {
    match standing {
        Standing::Missed => "missed",
        Standing::Behind => "behind",
        Standing::OnTarget => "on_target",
        Standing::Ahead => "ahead",
        Standing::Outstanding => "outstanding",
    }
}

/// A shape beside the word, for those who do not see colours.
const fn shape(standing: Standing) -> &'static str {
    match standing {
        Standing::Missed | Standing::Behind => "▼",
        Standing::OnTarget => "●",
        Standing::Ahead | Standing::Outstanding => "▲",
    }
}

/// The shape, with the word as its title. Reads the language: call it where that is tracked.
pub(crate) fn standing_mark(i18n: I18n, standing: Standing) -> AnyView {
    let text = standing_name(i18n, standing);
    view! {
        <span class="standing" data-standing=standing_id(standing) title=text>
            <span aria-hidden="true">{shape(standing)}</span>
            <span class="visually-hidden">{text}</span>
        </span>
    }
    .into_any()
}
