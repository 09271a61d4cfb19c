//! The page: a list of parts.

use leptos::prelude::*;

use super::{
    buyers::Buyers,
    contracts::Contracts,
    costs::Costs,
    history::History,
    workbooks::{Rename, Workbooks},
};
use crate::ui::{
    i18n::{t, use_i18n},
    pages::first_open::PrivacyProof,
    state::use_workbook,
};

/// Everything that is set for the whole workbook.
#[component]
pub(crate) fn WorkbookPage() -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let name = move || workbook.state.with(|state| state.as_ref().map(|open| open.name.clone()));
    view! {
        <div class="page">
            <div class="page__head">
                <h1>{name}</h1>
                <p class="page__lead">{t!(i18n, workbook.lead)}</p>
            </div>
            <div class="split">
                <div class="stack">
                    <Contracts/>
                    <Costs/>
                </div>
                <div class="stack">
                    <Rename/>
                    <History/>
                    <Workbooks/>
                    <Buyers/>
                    <section class="panel" aria-labelledby="privacy">
                        <div class="panel__head"><h2 id="privacy">{t!(i18n, workbook.privacy)}</h2></div>
                        <PrivacyProof/>
                    </section>
                </div>
            </div>
        </div>
    }
    .into_any()
}
