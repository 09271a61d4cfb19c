//! Months, what was compared in them, and who stands for them.

use leptos::{ev::SubmitEvent, prelude::*};

use super::page::Compared;
use crate::{
    domain::{Currency, Day},
    ui::{
        components::{Glyph, Icon},
        format::{self, Style, UNDEFINED},
        hooks::day_and_time,
        i18n::{I18n, fill, language, name, t, t_string, use_i18n},
        state::use_workbook,
    },
    worker::protocol::{Change, MonthView, SignOffView},
};

/// Months shown before all are asked for: a quarter and the one that has begun.
const N_MONTHS_SHOWN: usize = 4;

/// The table of months.
#[component]
pub(super) fn Months(
    /// What was compared.
    #[prop(into)]
    compared: Compared,
) -> impl IntoView {
    let i18n = use_i18n();
    let is_empty = Memo::new(move |_| compared.with(|view| view.months.is_empty()));
    // Of the month that is being signed.
    let signing = RwSignal::new(None::<Day>);
    let last_name = move || {
        compared.with(|view| {
            let signed = view.months.iter().filter_map(|month| month.signed.as_ref());
            signed.max_by_key(|it| it.at_millis).map(|it| it.name.clone()).unwrap_or_default()
        })
    };
    let is_whole = RwSignal::new(false);
    let rows = move || {
        let view = compared.get();
        let row = |month: &MonthView| {
            let month = month.clone();
            view! { <MonthRow month currency=view.currency signing last_name=last_name()/> }
        };
        shown(&view.months, is_whole.get()).into_iter().map(row).collect_view()
    };
    let n_hidden =
        move || compared.with(|view| view.months.len() - shown(&view.months, is_whole.get()).len());
    view! {
        <Show when=move || !is_empty.get()>
            <section class="panel totals" aria-labelledby="months-title">
                <div class="panel__head">
                    <h2 id="months-title">{t!(i18n, reconciliation.months_title)}</h2>
                    <span class="panel__note">{t!(i18n, reconciliation.months_why)}</span>
                </div>
                <table class="data-table" data-stack="true">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, reconciliation.month)}</th>
                            <th scope="col">{t!(i18n, reconciliation.compared)}</th>
                            <th scope="col">{t!(i18n, reconciliation.signed)}</th>
                            <th scope="col">
                                <span class="visually-hidden">{t!(i18n, reconciliation.action)}</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                <Show when=move || n_hidden() != 0>
                    <p class="panel__foot">
                        <button type="button" class="button" on:click=move |_| is_whole.set(true)>
                            {move || fill!(i18n, reconciliation.show_months, count = n_hidden())}
                        </button>
                    </p>
                </Show>
            </section>
        </Show>
    }
}

/// The newest months, and every one that changed since it was signed; all when the list is whole.
fn shown(months: &[MonthView], is_whole: bool) -> Vec<&MonthView> {
    let is_changed = |it: &MonthView| it.signed.as_ref().is_some_and(|it| !it.changed.is_empty());
    let is_shown =
        |index: usize, it: &MonthView| is_whole || index < N_MONTHS_SHOWN || is_changed(it);
    let months = months.iter().enumerate();
    months.filter(|(index, it)| is_shown(*index, it)).map(|(_, it)| it).collect()
}

/// One month; the field for the name opens in its row.
#[component]
fn MonthRow(
    /// The month.
    month: MonthView,
    /// Of its figures.
    currency: Currency,
    /// The month that is being signed.
    signing: RwSignal<Option<Day>>,
    /// Of who signed last.
    last_name: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    let MonthView { month, n_totals, n_ties, signed } = month;
    let first = month.from;
    let title = move || format::month(first, language(i18n));
    let is_signed = signed.is_some();
    let signed = StoredValue::new(signed);
    let last_name = StoredValue::new(last_name);
    let compared = move || match n_totals {
        0 => t_string!(i18n, reconciliation.compared_none).to_owned(),
        _ => fill!(i18n, reconciliation.compared_some, ties = n_ties, totals = n_totals),
    };
    let state = move || {
        signed.with_value(|signed| match signed {
            Some(signed) => signed_text(i18n, signed),
            None => t_string!(i18n, reconciliation.not_signed).to_owned(),
        })
    };
    let changes =
        move || signed.with_value(|it| it.as_ref().and_then(|it| changes_text(i18n, it, currency)));
    let is_signing = Memo::new(move |_| signing.get() == Some(first));
    let sign_text = move || {
        if is_signed {
            t_string!(i18n, reconciliation.sign_again)
        } else {
            t_string!(i18n, reconciliation.sign)
        }
    };
    view! {
        <tr data-month=first.to_string() data-signed=is_signed.to_string()>
            <th scope="row">{title}</th>
            <td>{compared}</td>
            <td data-wrap="true">
                <span class=if is_signed { "" } else { "muted" }>{state}</span>
                {move || changes().map(|text| view! {
                    <p class="totals__missing"><Icon glyph=Glyph::Warning/> {text}</p>
                })}
            </td>
            <td>
                <Show
                    when=move || is_signing.get()
                    fallback=move || view! {
                        <span class="row">
                            <button
                                type="button"
                                class="button"
                                data-action="sign"
                                disabled=move || !workbook.is_writable()
                                aria-label=move || {
                                    fill!(i18n, reconciliation.sign_named, month = title())
                                }
                                on:click=move |_| signing.set(Some(first))
                            >
                                {sign_text}
                            </button>
                            {is_signed.then(|| view! {
                                <button
                                    type="button"
                                    class="button"
                                    data-action="withdraw"
                                    disabled=move || !workbook.is_writable()
                                    aria-label=move || {
                                        fill!(i18n, reconciliation.withdraw_named, month = title())
                                    }
                                    on:click=move |_| {
                                        workbook.change(Change::WithdrawSignOff { month: first });
                                    }
                                >
                                    {t!(i18n, reconciliation.withdraw)}
                                </button>
                            })}
                        </span>
                    }
                >
                    <SignForm month=first signing last_name=last_name.get_value()/>
                </Show>
            </td>
        </tr>
    }
}

/// The name of who stands for the month.
#[component]
fn SignForm(
    /// First day of the month.
    month: Day,
    /// The month that is being signed.
    signing: RwSignal<Option<Day>>,
    /// Offered.
    last_name: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let workbook = use_workbook();
    let typed = RwSignal::new(last_name);
    let is_empty = Memo::new(move |_| typed.with(|typed| typed.trim().is_empty()));
    let sign = move |event: SubmitEvent| {
        event.prevent_default();
        workbook.change(Change::SignOff { month, name: typed.get_untracked() });
        signing.set(None);
    };
    view! {
        <form class="row" novalidate on:submit=sign>
            <input
                class="field__input"
                data-size="inline"
                data-field="name"
                type="text"
                maxlength="60"
                autocomplete="name"
                autofocus
                placeholder=t!(i18n, reconciliation.your_name)
                aria-label=t!(i18n, reconciliation.your_name)
                prop:value=typed
                on:input=move |event| typed.set(event_target_value(&event))
            />
            <button
                type="submit"
                class="button"
                data-kind="primary"
                disabled=move || is_empty.get()
            >
                {t!(i18n, reconciliation.sign)}
            </button>
            <button type="button" class="button" on:click=move |_| signing.set(None)>
                {t!(i18n, reconciliation.cancel)}
            </button>
        </form>
    }
}

fn signed_text(i18n: I18n, signed: &SignOffView) -> String {
    let (day, _) = day_and_time(signed.at_millis);
    let day = format::day(day, language(i18n));
    fill!(i18n, reconciliation.signed_by, name = signed.name, day = day)
}

/// What is not as it was signed; `None` when all is.
fn changes_text(i18n: I18n, signed: &SignOffView, currency: Currency) -> Option<String> {
    if signed.changed.is_empty() {
        return None;
    }
    let changes = signed.changed.iter().map(|changed| {
        let value = |value: &Option<String>, currency: Currency| {
            let style = Style { unit: changed.unit, currency, language: language(i18n) };
            value.as_ref().map_or_else(|| UNDEFINED.to_owned(), |value| style.full(value))
        };
        let then = value(&changed.then, signed.currency);
        let now = value(&changed.now, currency);
        let kpi = name(i18n, &changed.names);
        fill!(i18n, reconciliation.change, kpi = kpi, then = then, now = now)
    });
    let changes = changes.collect::<Vec<_>>();
    let changes = changes.join(t_string!(i18n, reconciliation.changes_gap));
    Some(fill!(i18n, reconciliation.changed, changes = changes))
}
