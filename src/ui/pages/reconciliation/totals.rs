//! Every total against ours; what its difference is made of opens below it.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::{causes::Causes, page::Compared};
use crate::{
    domain::Currency,
    ui::{
        components::CellLabel,
        format::{self, Style, UNDEFINED},
        i18n::{I18n, channel_name, fill, language, name, t, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::{Change, TotalSource, TotalView},
};

/// Totals that tie and are shown before all are asked for.
const N_TIES_SHOWN: usize = 6;

/// The table of totals.
#[component]
pub(super) fn Totals(
    /// What was compared.
    #[prop(into)]
    compared: Compared,
    /// Totals whose details are open.
    opened: RwSignal<BTreeSet<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_empty = Memo::new(move |_| compared.with(|view| view.totals.is_empty()));
    let is_whole = RwSignal::new(false);
    let rows = move || {
        let view = compared.get();
        let row = |total: TotalView| {
            view! { <TotalRow total currency=view.currency opened/> }
        };
        shown(&view.totals, is_whole.get()).into_iter().map(row).collect_view()
    };
    let n_hidden = Memo::new(move |_| {
        compared.with(|view| view.totals.len() - shown(&view.totals, is_whole.get()).len())
    });
    view! {
        <section class="panel totals" aria-labelledby="totals-title">
            <div class="panel__head">
                <h2 id="totals-title">{t!(i18n, reconciliation.totals_title)}</h2>
            </div>
            <Show
                when=move || !is_empty.get()
                fallback=move || view! { <p class="muted">{t!(i18n, reconciliation.totals_none)}</p> }
            >
                <table class="data-table" data-stack="true">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, reconciliation.what)}</th>
                            <th scope="col" data-align="end">{t!(i18n, reconciliation.theirs)}</th>
                            <th scope="col" data-align="end">{t!(i18n, reconciliation.ours)}</th>
                            <th scope="col" data-align="end">{t!(i18n, reconciliation.difference)}</th>
                            <th scope="col">{t!(i18n, reconciliation.verdict)}</th>
                            <th scope="col">
                                <span class="visually-hidden">{t!(i18n, reconciliation.action)}</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <Show when=move || n_hidden.get() != 0>
                    <p class="panel__foot">
                        <button type="button" class="button" on:click=move |_| is_whole.set(true)>
                            {move || fill!(i18n, reconciliation.show_ties, count = n_hidden.get())}
                        </button>
                    </p>
                </Show>
            </Show>
        </section>
    }
}

/// Those that do not tie, and of the others the newest; all when the list is whole.
fn shown(totals: &[TotalView], is_whole: bool) -> Vec<TotalView> {
    let (tie, off): (Vec<&TotalView>, Vec<&TotalView>) = totals.iter().partition(|it| it.ties);
    let n_tie = if is_whole { tie.len() } else { N_TIES_SHOWN };
    off.into_iter().chain(tie.into_iter().take(n_tie)).cloned().collect()
}

/// One total; its details open in a row below.
#[component]
fn TotalRow(
    /// The total.
    total: TotalView,
    /// Of its amounts.
    currency: Currency,
    /// Totals whose details are open.
    opened: RwSignal<BTreeSet<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    let has_details = has_gap(&total) || !total.missing.is_empty();
    let total = StoredValue::new(total);
    let is_open =
        Memo::new(move |_| total.with_value(|it| opened.with(|ids| ids.contains(&it.id))));
    let toggle = move |_| {
        let id = total.with_value(|it| it.id.clone());
        opened.update(|ids| {
            if !ids.remove(&id) {
                ids.insert(id);
            }
        });
    };
    let amount = move |pick: fn(&TotalView) -> Option<&String>| {
        total.with_value(|total| written(i18n, total, currency, pick(total)))
    };
    let removal = total.with_value(|total| {
        (total.source == TotalSource::Typed)
            .then(|| Change::RemoveTotal { total: total.id.clone() })
    });
    let remove = StoredValue::new(removal);
    view! {
        <tr
            data-total=total.with_value(|total| total.id.clone())
            data-ties=total.with_value(|total| total.ties).to_string()
        >
            <th scope="row" data-wrap="true">
                {move || total.with_value(|total| name(i18n, &total.names))}
                <small class="totals__place">
                    {move || total.with_value(|total| place(i18n, total))}
                </small>
            </th>
            <td data-align="end">
                <CellLabel text=move || t_string!(i18n, reconciliation.theirs)/>
                {move || amount(|total| Some(&total.stated))}
            </td>
            <td data-align="end">
                <CellLabel text=move || t_string!(i18n, reconciliation.ours)/>
                {move || amount(|total| total.ours.value.as_ref())}
            </td>
            <td data-align="end">
                <CellLabel text=move || t_string!(i18n, reconciliation.difference)/>
                {move || amount(|total| total.unexplained.as_ref())}
            </td>
            <td>
                <span
                    class="totals__verdict"
                    data-ties=total.with_value(|total| total.ties).to_string()
                >
                    {move || total.with_value(|total| verdict(i18n, total))}
                </span>
            </td>
            <td>
                <span class="row">
                    {has_details.then(|| view! {
                        <button
                            type="button"
                            class="button"
                            data-action="details"
                            aria-expanded=move || is_open.get().to_string()
                            aria-label=move || {
                                let total = total.with_value(|total| title(i18n, total));
                                fill!(i18n, reconciliation.details_named, total = total)
                            }
                            on:click=toggle
                        >
                            {t!(i18n, reconciliation.details)}
                        </button>
                    })}
                    {remove.get_value().map(|change| view! {
                        <button
                            type="button"
                            class="button"
                            data-action="remove"
                            disabled=move || !workbook.is_writable()
                            aria-label=move || {
                                let total = total.with_value(|total| title(i18n, total));
                                fill!(i18n, reconciliation.remove_named, total = total)
                            }
                            on:click=move |_| workbook.change(change.clone())
                        >
                            {t!(i18n, reconciliation.remove)}
                        </button>
                    })}
                </span>
            </td>
        </tr>
        <Show when=move || has_details && is_open.get()>
            <tr>
                <td colspan="6" data-wrap="true"><Causes total currency/></td>
            </tr>
        </Show>
    }
}

/// Whether there is a difference to be explained.
pub(super) fn has_gap(total: &TotalView) -> bool {
    total.gap.as_deref().is_some_and(|gap| gap != "0")
}

/// An amount of the total's KPI with all its digits.
pub(super) fn written(
    i18n: I18n,
    total: &TotalView,
    currency: Currency,
    value: Option<&String>,
) -> String {
    let style = Style { unit: total.unit, currency, language: language(i18n) };
    value.map_or_else(|| UNDEFINED.to_owned(), |value| style.full(value))
}

/// Days, channel, shop and source.
fn place(i18n: I18n, total: &TotalView) -> String {
    let shop = match total.shop.as_str() {
        "" => t_string!(i18n, reconciliation.all_shops).to_owned(),
        shop => shop.to_owned(),
    };
    let source = match &total.source {
        TotalSource::Typed => t_string!(i18n, reconciliation.source_typed).to_owned(),
        TotalSource::Report(report) => name(i18n, &report.names),
    };
    let days = format::period(total.period, language(i18n));
    [days, channel_name(i18n, &total.channel), shop, source].join(" · ")
}

/// For screen readers: which total.
fn title(i18n: I18n, total: &TotalView) -> String {
    format!("{} · {}", name(i18n, &total.names), place(i18n, total))
}

fn verdict(i18n: I18n, total: &TotalView) -> String {
    let is_zero = total.unexplained.as_deref() == Some("0");
    match &total.share {
        _ if total.gap.is_none() => t_string!(i18n, reconciliation.not_known).to_owned(),
        _ if is_zero => t_string!(i18n, reconciliation.ties_exactly).to_owned(),
        // More than all of it: another figure is meant.
        share if share.as_deref().and_then(format::parse).is_none_or(|share| share > 1.0) => {
            t_string!(i18n, reconciliation.off_all).to_owned()
        }
        None => t_string!(i18n, reconciliation.off_all).to_owned(),
        Some(share) => {
            // What is not nothing is not written as nothing.
            let share = match format::percent(share).as_str() {
                "0%" => "< 0.1%".to_owned(),
                share => share.to_owned(),
            };
            if total.ties {
                fill!(i18n, reconciliation.ties, share = share)
            } else {
                fill!(i18n, reconciliation.off, share = share)
            }
        }
    }
}
