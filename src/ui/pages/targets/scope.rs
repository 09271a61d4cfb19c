//! What the grid is of, and the way into its parts and back.

use leptos::prelude::*;

use super::url::{PlanUrl, scope_parts};
use crate::{
    domain::TargetScope,
    ui::{
        components::{Glyph, Icon},
        i18n::{I18n, channel_name, fill, t, t_string, use_i18n},
        state::use_location,
    },
    worker::protocol::PlanBy,
};

/// The name of what a scope is broken down by.
pub(super) fn by_name(i18n: I18n, by: PlanBy) -> &'static str {
    match by {
        PlanBy::Whole => t_string!(i18n, targets.by_whole),
        PlanBy::Channel => t_string!(i18n, words.dimension_channel),
        PlanBy::Shop => t_string!(i18n, words.dimension_shop),
        PlanBy::Category => t_string!(i18n, targets.by_category),
        PlanBy::Owner => t_string!(i18n, targets.by_owner),
        PlanBy::Sku => t_string!(i18n, words.dimension_sku),
    }
}

/// What comes below the parts of a breakdown.
pub(super) const fn below(by: PlanBy) -> PlanBy {
    match by {
        PlanBy::Whole | PlanBy::Sku => PlanBy::Whole,
        PlanBy::Channel => PlanBy::Category,
        PlanBy::Shop | PlanBy::Category | PlanBy::Owner => PlanBy::Sku,
    }
}

/// The names of a scope's parts; the whole business where it has none.
pub(crate) fn scope_name(i18n: I18n, scope: &TargetScope) -> String {
    let part = |(key, value): (&str, &String)| match key {
        "channel" => channel_name(i18n, value),
        _ => value.clone(),
    };
    let parts: Vec<String> = scope_parts(scope).map(part).collect();
    if parts.is_empty() { t_string!(i18n, targets.whole).to_owned() } else { parts.join(" · ") }
}

/// A chip for each part of the scope, which takes it away.
#[component]
pub(super) fn ScopeChips() -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let parts = Memo::new(move |_| {
        let plan = location.route.with(|route| PlanUrl::of(&route.view));
        let parts = scope_parts(&plan.scope).map(|(key, value)| (key, value.clone()));
        parts.collect::<Vec<_>>()
    });
    let chip = move |(key, value): (&'static str, String)| {
        let text = if key == "channel" { channel_name(i18n, &value) } else { value };
        let label = fill!(i18n, targets.leave_scope, part = text);
        let leave = move |_| {
            PlanUrl::change(location, |plan| {
                let TargetScope { channel, shop, category, owner, sku } = &mut plan.scope;
                let (place, by) = match key {
                    "channel" => (channel, PlanBy::Channel),
                    "shop" => (shop, PlanBy::Shop),
                    "category" => (category, PlanBy::Category),
                    "owner" => (owner, PlanBy::Owner),
                    _ => (sku, PlanBy::Sku),
                };
                place.clear();
                plan.by = by;
            });
        };
        view! {
            <button type="button" class="chip" data-set="true" aria-label=label on:click=leave>
                <span class="chip__value">{text.clone()}</span>
                <Icon glyph=Glyph::Close/>
            </button>
        }
    };
    let chips = move || parts.get().into_iter().map(chip).collect_view();
    view! {
        <Show when=move || parts.with(|parts| !parts.is_empty())>
            <span class="row targets__scope" role="group" aria-label=t!(i18n, targets.scope)>
                {chips}
            </span>
        </Show>
    }
    .into_any()
}
