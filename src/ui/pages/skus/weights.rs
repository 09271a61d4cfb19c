//! How much each part of the score counts.

use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;

use super::words::part_names;
use crate::{
    domain::{Fixed, ScorecardChange},
    ui::{
        components::typed_percent,
        i18n::{fill, t, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::{Change, Sealed, SkusView},
};

/// The weights that the KPI has.
const USUAL: [i64; 5] = [30, 20, 30, 20, 0];

/// A field for each part; what is typed is seen in the scores at once, and kept when it is saved.
#[component]
pub(super) fn WeightsPanel(
    /// The newest answer.
    shown: Signal<Option<Arc<SkusView>>>,
    /// Weights that are tried out.
    tried: RwSignal<Option<[Fixed; 5]>>,
) -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let weights = Memo::new(move |_| {
        let known = || shown.with(|it| it.as_ref().map(|it| it.weights));
        tried.get().or_else(known).unwrap_or_default()
    });
    let sum = move || weights.get().into_iter().sum::<Fixed>();
    let is_usual = Memo::new(move |_| weights.get() == USUAL.map(Fixed::from_whole));
    let wrong = RwSignal::new(BTreeSet::new());
    // The usual weights write the fields anew, typing does not.
    let round = RwSignal::new(0_u32);
    let has_wrong = move || wrong.with(|it: &BTreeSet<usize>| !it.is_empty());
    let can_save = move || {
        !has_wrong()
            && tried.get().is_some()
            && sum() == Fixed::from_whole(100)
            && workbook.is_writable()
    };
    let keep = move |weights: [Fixed; 5]| {
        let change = ScorecardChange::WeighSkus { weights };
        workbook.change_then(Change::Scorecards(Sealed::of(&change)), move || tried.set(None));
    };
    view! {
        <section class="panel" aria-labelledby="sku-weights">
            <div class="panel__head">
                <h2 id="sku-weights">{t!(i18n, skus.weights)}</h2>
                <span class="panel__note">
                    {move || if is_usual.get() {
                        t_string!(i18n, skus.weights_usual)
                    } else {
                        t_string!(i18n, skus.weights_own)
                    }}
                </span>
            </div>
            <div class="fields skus__weights">
                {move || {
                    round.track();
                    (0..5).map(|at| view! { <WeightField at weights tried wrong/> }).collect_view()
                }}
            </div>
            <p class="row">
                <strong data-part="sum" data-rating=move || (sum() != Fixed::from_whole(100)).then_some("behind")>
                    {move || fill!(i18n, skus.sum, sum = sum())}
                </strong>
                <button
                    type="button"
                    class="button"
                    data-kind="primary"
                    data-action="keep-weights"
                    disabled=move || !can_save()
                    on:click=move |_| keep(weights.get_untracked())
                >
                    {t!(i18n, skus.save)}
                </button>
                <button
                    type="button"
                    class="button"
                    disabled=move || is_usual.get() && !has_wrong() || !workbook.is_writable()
                    on:click=move |_| {
                        wrong.update(BTreeSet::clear);
                        round.update(|it| *it += 1);
                        keep(USUAL.map(Fixed::from_whole));
                    }
                >
                    {t!(i18n, skus.usual)}
                </button>
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn WeightField(
    /// Which of the parts.
    at: usize,
    /// All weights as they are.
    weights: Memo<[Fixed; 5]>,
    /// Weights that are tried out.
    tried: RwSignal<Option<[Fixed; 5]>>,
    /// Parts whose weight cannot be read: what was typed is in the field only.
    wrong: RwSignal<BTreeSet<usize>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let text = move || weights.with(|it| it.get(at).map(ToString::to_string).unwrap_or_default());
    let is_wrong = move || wrong.with(|it| it.contains(&at));
    let write = move |text: String| {
        let weight = typed_percent(&text);
        wrong.update(|it| {
            if weight.is_none() {
                it.insert(at)
            } else {
                it.remove(&at)
            };
        });
        let mut all = weights.get_untracked();
        if let Some((place, weight)) = all.get_mut(at).zip(weight) {
            *place = weight;
            tried.set(Some(all));
        }
    };
    view! {
        <label class="field">
            <span class="field__label">
                {move || part_names(i18n).get(at).copied().unwrap_or_default()} " (%)"
            </span>
            <input
                class="field__input"
                inputmode="decimal"
                autocomplete="off"
                data-field="sku-weight"
                aria-invalid=move || is_wrong().then_some("true")
                prop:value=text
                on:change=move |event| write(event_target_value(&event))
            />
            <Show when=is_wrong>
                <span class="field__problem" role="alert">{t!(i18n, scorecards.weight_problem)}</span>
            </Show>
        </label>
    }
    .into_any()
}
