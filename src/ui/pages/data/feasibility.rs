//! How many KPIs the loaded files feed, and which file would add most.

use leptos::prelude::*;

use super::page::Loaded;
use crate::{
    ui::{
        components::ReportGuide,
        i18n::{fill, name, t, t_string, use_i18n},
    },
    worker::protocol::GainView,
};

/// The meter with the reports that would raise it.
#[component]
pub(super) fn Feasibility(
    /// What is loaded.
    loaded: Loaded,
) -> impl IntoView {
    let i18n = use_i18n();
    let counts =
        Memo::new(move |_| loaded.with(|data| (data.feasibility.n_fed, data.feasibility.n_kpis)));
    let text = move || {
        let (n_fed, n_kpis) = counts.get();
        fill!(i18n, data.feasibility_count, fed = n_fed, all = n_kpis)
    };
    let gains = Memo::new(move |_| loaded.with(|data| data.feasibility.gains.clone()));
    let rows = move || {
        let row = |gain: GainView| {
            let GainView { report, kpis } = gain;
            let note = Signal::derive(move || {
                let names: Vec<String> = kpis.iter().map(|kpi| name(i18n, kpi)).collect();
                let names = names.join(t_string!(i18n, words.list_gap));
                fill!(i18n, data.feasibility_adds, kpis = names)
            });
            view! { <ReportGuide report note/> }
        };
        gains.get().into_iter().map(row).collect_view()
    };
    view! {
        <section class="panel feasibility" aria-labelledby="data-feasibility">
            <div class="panel__head">
                <h2 id="data-feasibility">{t!(i18n, data.feasibility_title)}</h2>
                <span class="panel__note">{text}</span>
            </div>
            <meter
                class="feasibility__meter"
                min="0"
                max=move || counts.get().1
                value=move || counts.get().0
                aria-label=text
            ></meter>
            <Show when=move || gains.with(|gains| !gains.is_empty())>
                <h3>{t!(i18n, data.feasibility_next)}</h3>
                <div class="report-guides" data-dense="true">{rows}</div>
            </Show>
        </section>
    }
}
