//! Of which channel something is said.

use leptos::prelude::*;

use crate::{
    ui::{
        components::ChoiceField,
        i18n::{name, t_string, use_i18n},
    },
    worker::protocol::Member,
};

/// A choice of one of several channels.
#[component]
pub(super) fn ChannelField(
    /// The channels.
    channels: Signal<Vec<Member>>,
    /// Id of the one that is chosen.
    chosen: RwSignal<String>,
    /// What all of them together are called, when they can be chosen.
    all: Option<Signal<String>>,
    /// Called after another choice.
    #[prop(into, optional)]
    on_chosen: Option<Callback<()>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let choices = move || {
        let all = all.map(|all| (String::new(), all.get()));
        let named = |member: &Member| (member.id.clone(), name(i18n, &member.names));
        channels.with(|channels| all.into_iter().chain(channels.iter().map(named)).collect())
    };
    view! {
        <ChoiceField
            label=Signal::derive(move || t_string!(i18n, words.dimension_channel).to_owned())
            value=chosen
            field="channel"
            choices=Signal::derive(choices)
            on_chosen=on_chosen.unwrap_or_else(|| Callback::new(|()| ()))
        />
    }
    .into_any()
}
