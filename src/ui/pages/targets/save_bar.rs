//! What has changed and is not saved yet.

use leptos::prelude::*;

use super::row::Shared;
use crate::{
    domain::TargetChange,
    ui::{
        hooks::{use_kept, use_leave_guard},
        i18n::{fill, t, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::{Change, Sealed},
};

/// How many numbers have changed, why, and the two ways on; nothing while nothing has.
#[component]
pub(super) fn SaveBar(
    /// What rows share.
    shared: Shared,
) -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let reason = RwSignal::new(String::new());
    let drafts = shared.drafts;
    let counts = Memo::new(move |_| {
        shared.shown.with(|it| it.as_ref().map_or((0, 0), |it| (it.view.n_drafts, it.view.n_begun)))
    });
    let is_shown = Memo::new(move |_| !drafts.is_empty());
    let is_kept = RwSignal::new(true);
    use_kept(move || drafts.track(), move || is_kept.set(drafts.keep()));
    use_leave_guard(Signal::derive(move || is_shown.get() && !is_kept.get()));
    let lacks_reason = move || counts.get().1 > 0 && reason.with(|it| it.trim().is_empty());
    let save = move |_| {
        let blocks = untrack(|| drafts.blocks());
        let numbers = TargetChange::Numbers { blocks, reason: reason.get_untracked() };
        workbook.change_then(Change::Targets(Sealed::of(&numbers)), move || {
            drafts.saved();
            reason.set(String::new());
        });
    };
    view! {
        <Show when=move || is_shown.get()>
            <div class="targets__save" role="group" aria-label=t!(i18n, targets.changes)>
                <strong>{move || fill!(i18n, targets.n_changed, count = counts.get().0)}</strong>
                {move || (counts.get().1 > 0).then(|| {
                    view! { <span>{fill!(i18n, targets.n_begun, count = counts.get().1)}</span> }
                })}
                <input
                    class="field__input"
                    data-size="inline"
                    data-field="reason"
                    maxlength="500"
                    aria-label=t!(i18n, targets.reason)
                    placeholder=move || {
                        if counts.get().1 > 0 {
                            t_string!(i18n, targets.reason_needed)
                        } else {
                            t_string!(i18n, targets.reason)
                        }
                    }
                    prop:value=reason
                    on:input=move |event| reason.set(event_target_value(&event))
                />
                <button
                    type="button"
                    class="button"
                    data-kind="primary"
                    data-action="save"
                    disabled=move || lacks_reason() || !workbook.is_writable()
                    on:click=save
                >
                    {t!(i18n, targets.save)}
                </button>
                <button type="button" class="button" data-action="discard" on:click=move |_| drafts.discard()>
                    {t!(i18n, targets.discard)}
                </button>
            </div>
        </Show>
    }
    .into_any()
}
