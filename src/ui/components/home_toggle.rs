//! The star of a KPI: whether it stands on home.

use leptos::prelude::*;

use super::{Glyph, Icon};
use crate::{
    domain::Names,
    ui::{
        i18n::{fill, name, use_i18n},
        state::use_workbook,
    },
    worker::protocol::Change,
};

/// Puts a KPI on home, or takes it off; one change that can be undone.
#[component]
pub(crate) fn HomeToggle(
    /// The KPI's id.
    kpi: String,
    /// What it is called.
    names: Names,
    /// Whether it stands there.
    is_on_home: bool,
) -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let label = move || fill!(i18n, kpi.on_home, kpi = name(i18n, &names));
    let toggle = move |_| {
        workbook.change(Change::ShowOnHome { kpi: kpi.clone(), is_shown: !is_on_home });
    };
    view! {
        <button
            type="button"
            class="star"
            aria-pressed=is_on_home.to_string()
            aria-label=label
            disabled=move || !workbook.is_writable()
            on:click=toggle
        >
            <Icon glyph=Glyph::Star/>
        </button>
    }
    .into_any()
}
