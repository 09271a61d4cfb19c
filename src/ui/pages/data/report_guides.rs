//! The reports that can be read, and where to get each.

use leptos::prelude::*;

use super::page::Loaded;
use crate::{
    ui::{
        components::ReportGuide,
        hooks::lower_case,
        i18n::{channel_name, t, use_i18n},
    },
    worker::protocol::KnownReport,
};

/// All report kinds by platform; a field narrows them down.
#[component]
pub(super) fn ReportGuides(
    /// What is loaded.
    loaded: Loaded,
) -> impl IntoView {
    let i18n = use_i18n();
    let sought = RwSignal::new(String::new());
    let platforms = Memo::new(move |_| {
        let sought = sought.with(|sought| lower_case(sought.trim()));
        loaded
            .with(|data| by_platform(data.supported.iter().filter(|kind| is_found(kind, &sought))))
    });
    view! {
        <section class="panel" aria-labelledby="data-guides">
            <div class="panel__head">
                <h2 id="data-guides">{t!(i18n, data.supported_title)}</h2>
                <span class="panel__note">{t!(i18n, data.supported_why)}</span>
            </div>
            <label class="field report-guides__search">
                <span class="field__label">{t!(i18n, data.supported_filter)}</span>
                <input
                    type="search"
                    class="field__input"
                    autocomplete="off"
                    prop:value=sought
                    on:input=move |event| sought.set(event_target_value(&event))
                />
            </label>
            <div class="report-guides">
                <For
                    each=move || platforms.get()
                    key=|(platform, kinds)| (platform.clone(), loaded_of(kinds))
                    let((platform, kinds))
                >
                    <div class="report-guides__platform">
                        <h3>{move || channel_name(i18n, &platform)}</h3>
                        {kinds.into_iter().map(|kind| view! { <ReportGuide report=kind is_under_platform=true/> }).collect_view()}
                    </div>
                </For>
            </div>
            <Show when=move || platforms.with(Vec::is_empty)>
                <p class="muted">{t!(i18n, data.supported_none)}</p>
            </Show>
        </section>
    }
}

/// Which of the kinds are loaded.
fn loaded_of(kinds: &[KnownReport]) -> Vec<(String, bool)> {
    kinds.iter().map(|kind| (kind.report.clone(), kind.is_loaded)).collect()
}

/// Whether the kind is called like `sought` in either language.
fn is_found(kind: &KnownReport, sought: &str) -> bool {
    [&kind.names.en, &kind.names.zh, &kind.report]
        .into_iter()
        .any(|name| lower_case(name).contains(sought))
}

/// The kinds of each platform, platforms in the order of first sight.
fn by_platform<'a>(
    kinds: impl Iterator<Item = &'a KnownReport>,
) -> Vec<(String, Vec<KnownReport>)> {
    let mut platforms: Vec<(String, Vec<KnownReport>)> = Vec::new();
    for kind in kinds {
        match platforms.iter_mut().find(|(platform, _)| *platform == kind.platform) {
            Some((_, known)) => known.push(kind.clone()),
            None => platforms.push((kind.platform.clone(), vec![kind.clone()])),
        }
    }
    platforms
}
