//! What can be moved.

use leptos::{ev::Event, prelude::*};

use super::{
    tried::Tried,
    words::{from_field, in_field, lever_hint, lever_name, moved},
};
use crate::{
    domain::Fixed,
    ui::i18n::{fill, t, t_string, use_i18n},
    worker::protocol::Lever,
};

/// A slider for each lever.
#[component]
pub(super) fn LeversPanel(
    /// How far they are moved.
    tried: Tried,
) -> impl IntoView {
    let i18n = use_i18n();
    let rows = Lever::ALL.map(|lever| view! { <LeverRow lever tried/> });
    view! {
        <section class="panel what-if__levers" aria-labelledby="what-if-levers">
            <div class="panel__head">
                <h2 id="what-if-levers">{t!(i18n, what_if.levers)}</h2>
                <button
                    type="button"
                    class="button push"
                    data-kind="quiet"
                    data-action="reset-all"
                    disabled=move || tried.is_still()
                    on:click=move |_| tried.reset()
                >
                    {t!(i18n, what_if.reset_all)}
                </button>
            </div>
            <div class="what-if__list">{rows.collect_view()}</div>
        </section>
    }
    .into_any()
}

/// A slider, a field for the exact number, and the way back.
#[component]
fn LeverRow(
    /// Which one.
    lever: Lever,
    /// How far all are moved.
    tried: Tried,
) -> impl IntoView {
    let i18n = use_i18n();
    let amount = Memo::new(move |_| tried.levers.with(|levers| levers.at(lever)));
    let range = lever.range();
    let [least, most, step] =
        [range.least, range.most, range.step].map(|it| in_field(lever, it).to_string());
    let slider = format!("what-if-{}", lever.id());
    let hint = format!("{slider}-hint");
    let shown = move || moved(i18n, lever, amount.get());
    let in_numbers = move || in_field(lever, amount.get()).to_string();
    let exact = move || fill!(i18n, what_if.exact, lever = lever_name(i18n, lever));
    let back = move || fill!(i18n, what_if.reset, lever = lever_name(i18n, lever));
    let is_wrong = RwSignal::new(false);
    let slide = move |text: String| {
        if let Some(amount) = from_field(lever, &text) {
            tried.move_to(lever, amount);
        }
    };
    let keep = move |text: String| {
        let amount = from_field(lever, &text);
        is_wrong.set(amount.is_none());
        if let Some(amount) = amount {
            tried.keep(lever, amount);
        }
        amount.is_some()
    };
    let write = move |event: Event| {
        if keep(event_target_value(&event)) {
            // The lever may have been at its bound before.
            let field = event_target::<web_sys::HtmlInputElement>(&event);
            field.set_value(&untrack(in_numbers));
        }
    };
    let (low, high) = (least.clone(), most.clone());
    let said = move || {
        if is_wrong.get() {
            fill!(i18n, what_if.wrong, least = low, most = high)
        } else {
            lever_hint(i18n, lever).to_owned()
        }
    };
    let put_back = move |_| {
        is_wrong.set(false);
        tried.keep(lever, Fixed::ZERO);
    };
    view! {
        <div class="what-if__lever" data-lever=lever.id() data-moved=move || (amount.get() != Fixed::ZERO).to_string()>
            <label class="what-if__name" for=slider.clone()>{move || lever_name(i18n, lever)}</label>
            <output class="what-if__amount" for=slider.clone() data-part="amount" data-value=move || amount.get().to_string()>
                {shown}
            </output>
            <input
                type="range"
                class="what-if__slider"
                id=slider
                min=least
                max=most
                step=step
                prop:value=in_numbers
                aria-valuetext=shown
                aria-describedby=hint.clone()
                on:input=move |event| slide(event_target_value(&event))
                on:change=move |event| {
                    keep(event_target_value(&event));
                }
            />
            <input
                class="field__input what-if__exact"
                inputmode="text"
                autocomplete="off"
                data-field="exact"
                aria-label=exact
                aria-invalid=move || is_wrong.get().to_string()
                prop:value=in_numbers
                on:change=write
            />
            <span class="what-if__unit" aria-hidden="true">
                {move || match lever {
                    Lever::Demand => "",
                    Lever::Tariff => t_string!(i18n, what_if.unit_points),
                    _ => "%",
                }}
            </span>
            <button
                type="button"
                class="button"
                data-kind="icon"
                data-action="reset"
                aria-label=back
                title=back
                disabled=move || amount.get() == Fixed::ZERO
                on:click=put_back
            >
                "↺"
            </button>
            <p class="what-if__hint" id=hint role="status" data-wrong=move || is_wrong.get().to_string()>
                {said}
            </p>
        </div>
    }
    .into_any()
}
