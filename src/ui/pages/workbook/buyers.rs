//! Whether buyers are dropped or kept as hashes.

use leptos::prelude::*;

use crate::{
    ui::{
        components::Segmented,
        i18n::{label, t, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::Change,
};

/// The choice, what it means, and what remains of the other one.
#[component]
pub(super) fn Buyers() -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let is_kept = Memo::new(move |_| {
        workbook.state.with(|state| state.as_ref().is_some_and(|open| open.keeps_buyers))
    });
    let choices = move || {
        vec![
            (false, t_string!(i18n, workbook.buyers_drop).to_owned()),
            (true, t_string!(i18n, workbook.buyers_keep).to_owned()),
        ]
    };
    let was_kept = RwSignal::new(false);
    let choose = move |keeps: bool| {
        if keeps != is_kept.get_untracked() && workbook.is_writable() {
            was_kept.set(!keeps);
            workbook.change(Change::KeepBuyers { keeps });
        }
    };
    let meaning = move || {
        if is_kept.get() {
            t_string!(i18n, workbook.buyers_kept)
        } else {
            t_string!(i18n, workbook.buyers_dropped)
        }
    };
    let left = move || {
        let is_left = was_kept.get() && !is_kept.get();
        is_left.then(|| view! { <p class="small">{t!(i18n, workbook.buyers_left)}</p> })
    };
    view! {
        <section class="panel" aria-labelledby="buyers">
            <div class="panel__head">
                <h2 id="buyers">{t!(i18n, workbook.buyers)}</h2>
                <Segmented
                    label=label!(i18n, workbook.buyers)
                    choices=Signal::derive(choices)
                    chosen=is_kept
                    on_choose=choose
                />
            </div>
            <p class="small muted" aria-live="polite">{meaning}</p>
            {left}
        </section>
    }
    .into_any()
}
