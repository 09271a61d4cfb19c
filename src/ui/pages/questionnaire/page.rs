//! The page.

use leptos::prelude::*;

use crate::ui::i18n::{t, use_i18n};

/// The first questionnaire: eight questions, and the KPIs that their answers lead to.
#[component]
pub(crate) fn QuestionnairePage() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="page">
            <div class="page__head">
                <h1>{t!(i18n, questionnaire.title)}</h1>
            </div>
        </div>
    }
    .into_any()
}
