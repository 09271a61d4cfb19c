//! The page.

use leptos::prelude::*;

use crate::ui::i18n::{t, use_i18n};

/// Scorecards: all of them, and one in full.
#[component]
pub(crate) fn ScorecardsPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="page">
            <div class="page__head">
                <h1>{t!(i18n, scorecards.title)}</h1>
            </div>
        </div>
    }
    .into_any()
}
