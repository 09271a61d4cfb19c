//! The star of a KPI: whether it stands on home.

use leptos::prelude::*;

use super::{Glyph, Icon};
use crate::{
    domain::Names,
    ui::{
        i18n::{I18n, fill, name},
        state::Workbook,
    },
    worker::protocol::Change,
};

/// Puts a KPI on home, or takes it off; one change that can be undone.
///
/// Reads the language: call it where that is tracked. Called again it gives the same button, which
/// keeps the focus.
pub(crate) fn home_star(
    i18n: I18n,
    workbook: Workbook,
    kpi: &str,
    names: &Names,
    is_on_home: bool,
) -> AnyView {
    let kpi = kpi.to_owned();
    let toggle = move |_| {
        workbook.change(Change::ShowOnHome { kpi: kpi.clone(), is_shown: !is_on_home });
    };
    view! {
        <button
            type="button"
            class="star"
            aria-pressed=is_on_home.to_string()
            aria-label=fill!(i18n, kpi.on_home, kpi = name(i18n, names))
            disabled=!workbook.is_writable()
            on:click=toggle
        >
            <Icon glyph=Glyph::Star/>
        </button>
    }
    .into_any()
}
