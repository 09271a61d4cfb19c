//! The page.

use leptos::prelude::*;

use crate::ui::i18n::{t, use_i18n};

/// SKUs beside one another.
#[component]
pub(crate) fn SkusPage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="page">
            <div class="page__head">
                <h1>{t!(i18n, skus.title)}</h1>
            </div>
        </div>
    }
    .into_any()
}
