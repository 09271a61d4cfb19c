//! Of which channel something is said.

use leptos::prelude::*;

use crate::{
    ui::i18n::{name, t, use_i18n},
    worker::protocol::Member,
};

/// A choice of one of the channels with data.
#[component]
pub(super) fn ChannelField(
    /// Channels with data.
    channels: Signal<Vec<Member>>,
    /// Id of the one that is chosen.
    chosen: RwSignal<String>,
    /// What all of them together are called, when they can be chosen.
    all: Option<Signal<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let option = move |member: Member| {
        let names = member.names.clone();
        view! { <option value=member.id.clone()>{move || name(i18n, &names)}</option> }
    };
    view! {
        <label class="field">
            <span class="field__label">{t!(i18n, words.dimension_channel)}</span>
            <select
                class="field__input"
                data-field="channel"
                on:change=move |event| chosen.set(event_target_value(&event))
            >
                {all.map(|all| view! { <option value="">{all}</option> })}
                {move || channels.get().into_iter().map(option).collect_view()}
            </select>
        </label>
    }
    .into_any()
}
