//! The last step: all files that are ready, as one undoable change.

use leptos::prelude::*;

use super::words;
use crate::{
    ui::{
        i18n::{fill, t, t_string, use_i18n},
        state::use_imports,
    },
    worker::protocol::{PendingFile, Reading},
};

/// The pending files by what confirming does with them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Sorted {
    n_ready: usize,
    /// Files that wait for an answer, with their names.
    asking: Vec<(u32, String)>,
    n_out: usize,
}

fn sorted(files: &[PendingFile]) -> Sorted {
    let mut sorted = Sorted::default();
    for file in files {
        match &file.reading {
            Reading::Ready(_) => sorted.n_ready += 1,
            Reading::Asking(_) => sorted.asking.push((file.pending, file.name.clone())),
            Reading::AlreadyLoaded { .. } | Reading::Refused(_) => sorted.n_out += 1,
        }
    }
    sorted
}

/// The button, and beside it why it cannot be pressed yet or what it leaves out.
#[component]
pub(super) fn ConfirmBar(
    /// Called with the file whose question is to be shown.
    #[prop(into)]
    on_show: Callback<u32>,
) -> impl IntoView {
    let i18n = use_i18n();
    let imports = use_imports();
    let sorted = Memo::new(move |_| imports.pending.with(|files| sorted(files)));
    let is_reading = Memo::new(move |_| imports.progress.with(Option::is_some));
    let is_blocked = move || {
        imports.is_busy.get()
            || is_reading.get()
            || sorted.with(|sorted| sorted.n_ready == 0 || !sorted.asking.is_empty())
    };
    let text = move || match sorted.with(|sorted| sorted.n_ready + sorted.asking.len()) {
        _ if imports.is_busy.get() => t_string!(i18n, import.confirm.busy).to_owned(),
        0 => t_string!(i18n, import.confirm.none).to_owned(),
        1 => t_string!(i18n, import.confirm.single).to_owned(),
        count => fill!(i18n, import.confirm.several, count = words::number(count)),
    };
    view! {
        <section class="import-confirm" aria-label=t!(i18n, import.confirm.label)>
            <button
                type="button"
                class="button"
                data-kind="primary"
                data-size="large"
                disabled=is_blocked
                aria-busy=move || imports.is_busy.get().to_string()
                aria-describedby="import-confirm-why"
                on:click=move |_| imports.confirm()
            >
                {text}
            </button>
            <Why sorted is_reading on_show/>
        </section>
    }
}

/// What stands in the way of confirming, or what confirming leaves out.
#[component]
fn Why(
    /// The pending files by what happens to them.
    #[prop(into)]
    sorted: Signal<Sorted>,
    /// Whether files are being read.
    #[prop(into)]
    is_reading: Signal<bool>,
    /// Called with the file whose question is to be shown.
    on_show: Callback<u32>,
) -> impl IntoView {
    let i18n = use_i18n();
    let file = move |(pending, name): (u32, String)| {
        view! {
            <button type="button" class="chip" on:click=move |_| on_show.run(pending)>{name}</button>
        }
    };
    let waits = move || {
        let asking = sorted.with(|sorted| sorted.asking.clone());
        (!asking.is_empty()).then(|| {
            let words = match asking.len() {
                1 => t_string!(i18n, import.confirm.waits_single).to_owned(),
                count => {
                    fill!(i18n, import.confirm.waits_several, count = words::number(count))
                }
            };
            view! { <span>{words}</span> {asking.into_iter().map(file).collect_view()} }
        })
    };
    let out = move || match sorted.with(|sorted| sorted.n_out) {
        0 => String::new(),
        1 => t_string!(i18n, import.confirm.stays_out_single).to_owned(),
        count => fill!(i18n, import.confirm.stays_out_several, count = words::number(count)),
    };
    let asks = move || sorted.with(|sorted| !sorted.asking.is_empty());
    view! {
        <div id="import-confirm-why" class="import-confirm__why" data-state=move || asks().then_some("asks")>
            {waits}
            <Show when=move || is_reading.get()><span>{t!(i18n, import.confirm.reading)}</span></Show>
            <span>{out}</span>
            <Show when=move || sorted.with(|sorted| sorted.n_ready > 0 && sorted.asking.is_empty())>
                <span>{t!(i18n, import.confirm.undoable)}</span>
            </Show>
        </div>
    }
}
