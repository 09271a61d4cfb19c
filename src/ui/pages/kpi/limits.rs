//! Lines that the workbook's people draw for the KPI.

use leptos::{ev::SubmitEvent, prelude::*};

use super::{channel_field::ChannelField, stacked_table::stacked_table};
use crate::{
    domain::{Comparator, Currency, Day, Fixed, Limit},
    ui::{
        components::{
            CellLabel, ChoiceField, FieldKind, SubmitField, TextField, bin_button, typed_value,
            value_label,
        },
        format::{self, Style},
        hooks::today,
        i18n::{I18n, channel_name, comparator_text, fill, language, t, t_string, use_i18n},
        state::{use_announcer, use_workbook},
    },
    worker::protocol::{Change, Member, ReferencesView, UnitView},
};

/// The limits of the KPI, and a form for another one; nothing while the answer is awaited.
#[component]
pub(super) fn Limits(
    /// The newest answer.
    references: Signal<Option<ReferencesView>>,
    /// Channels with data.
    channels: Signal<Vec<Member>>,
    /// Of money.
    currency: Signal<Currency>,
) -> impl IntoView {
    let i18n = use_i18n();
    // The form stays while limits come and go.
    let asked =
        Memo::new(move |_| references.with(|it| it.as_ref().map(|it| (it.kpi.clone(), it.unit))));
    // Data are older than today: a limit from today on would say nothing of them.
    let begins = move || references.with_untracked(|it| it.as_ref().map(|it| it.period.from));
    let list = move || {
        let view = references.get().filter(|it| !it.limits.is_empty())?;
        let style = Style { unit: view.unit, currency: currency.get(), language: language(i18n) };
        Some(limits_table(i18n, view.limits, style))
    };
    move || {
        let (kpi, unit) = asked.get()?;
        let begins = begins().unwrap_or_else(today);
        Some(view! {
            <section class="panel kpi-lines" aria-labelledby="limits">
                <div class="panel__head">
                    <h2 id="limits">{t!(i18n, kpi.limits)}</h2>
                    <span class="panel__note">{t!(i18n, kpi.limits_note)}</span>
                </div>
                {list}
                <SetLimit kpi unit channels currency begins/>
            </section>
        })
    }
}

fn limits_table(i18n: I18n, limits: Vec<Limit>, style: Style) -> AnyView {
    let day = today();
    let row = |limit: Limit| view! { <LimitRow limit style day/> };
    let heads = [
        t!(i18n, words.dimension_channel).into_any(),
        t!(i18n, kpi.line).into_any(),
        t!(i18n, kpi.line_days).into_any(),
        t!(i18n, kpi.limit_reason).into_any(),
        ().into_any(),
    ];
    stacked_table(heads, limits.into_iter().map(row).collect_view().into_any())
}

/// One limit; ending it and taking it away can be undone.
#[component]
fn LimitRow(
    /// The limit.
    limit: Limit,
    /// How its value is written.
    style: Style,
    /// Today.
    day: Day,
) -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let whose = match limit.channel.as_str() {
        "" => t_string!(i18n, kpi.limit_everywhere).to_owned(),
        channel => channel_name(i18n, channel),
    };
    let text = |day: Day| format::day(day, style.language);
    let days = match limit.to {
        Some(to) => fill!(i18n, kpi.line_between, from = text(limit.from), to = text(to)),
        None => fill!(i18n, kpi.line_from, from = text(limit.from)),
    };
    let style = Style { currency: limit.currency, ..style };
    let line = comparator_text(i18n, limit.comparator.id(), &style.line(&limit.value.to_string()));
    let is_past = limit.to.is_some_and(|to| to < day);
    let is_open = limit.to.is_none() && limit.from <= day;
    let ended = Limit { to: Some(day), ..limit.clone() };
    let end = move |_| workbook.change(Change::SetLimit { limit: ended.clone() });
    let id = limit.id();
    let remove = move |_| workbook.change(Change::RemoveLimit { limit: id.clone() });
    let removed = line.clone();
    let label = move || fill!(i18n, kpi.limit_remove, line = removed);
    view! {
        <tr data-past=is_past.then_some("true")>
            <th scope="row">{whose}</th>
            <td>
                <CellLabel text=Signal::derive(move || t_string!(i18n, kpi.line))/>
                {line}
            </td>
            <td>
                <CellLabel text=Signal::derive(move || t_string!(i18n, kpi.line_days))/>
                {days}
            </td>
            <td data-wrap="true">
                <CellLabel text=Signal::derive(move || t_string!(i18n, kpi.limit_reason))/>
                {limit.reason}
            </td>
            <td data-align="end">
                <span class="row">
                    {is_open.then(|| view! {
                        <button
                            type="button"
                            class="button"
                            data-action="end-limit"
                            disabled=move || !workbook.is_writable()
                            on:click=end
                        >
                            {t!(i18n, kpi.limit_end)}
                        </button>
                    })}
                    {bin_button(label, remove)}
                </span>
            </td>
        </tr>
    }
    .into_any()
}

/// The sides of a limit in the form.
const AT_MOST: &str = "at_most";
const AT_LEAST: &str = "at_least";

/// Channel, side, value, first day and reason.
#[component]
fn SetLimit(
    /// Of which KPI.
    kpi: String,
    /// Of its values.
    unit: UnitView,
    /// Channels with data.
    channels: Signal<Vec<Member>>,
    /// Of money.
    currency: Signal<Currency>,
    /// The first day that is offered.
    begins: Day,
) -> impl IntoView {
    let (i18n, workbook, announcer) = (use_i18n(), use_workbook(), use_announcer());
    let (channel, reason) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let side = RwSignal::new(AT_MOST.to_owned());
    let from = RwSignal::new(begins.to_string());
    let value = RwSignal::new(String::new());
    let has_problem = RwSignal::new(false);
    let set = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = value.with(|text| typed_value(text, unit)).and_then(|text| Fixed::parse(&text));
        let entered = typed.zip(from.with(|text| Day::parse(text)));
        has_problem.set(entered.is_none());
        let Some((typed, from)) = entered else { return };
        let limit = Limit {
            kpi: kpi.clone(),
            channel: channel.get(),
            comparator: if side.with(|it| it == AT_LEAST) {
                Comparator::AtLeast
            } else {
                Comparator::AtMost
            },
            value: typed,
            currency: currency.get(),
            from,
            to: None,
            reason: reason.get(),
        };
        workbook.change(Change::SetLimit { limit });
        value.set(String::new());
        reason.set(String::new());
        announcer.say(t_string!(i18n, kpi.limit_saved).to_owned());
    };
    let problem_id = "limit-problem";
    let described = move || has_problem.get().then_some(problem_id);
    let sides = move || {
        let at_most = (AT_MOST.to_owned(), t_string!(i18n, kpi.limit_at_most).to_owned());
        let at_least = (AT_LEAST.to_owned(), t_string!(i18n, kpi.limit_at_least).to_owned());
        vec![at_most, at_least]
    };
    let everywhere = Signal::derive(move || t_string!(i18n, kpi.limit_everywhere).to_owned());
    view! {
        <form class="fields" novalidate on:submit=set>
            <ChannelField channels chosen=channel all=Some(everywhere)/>
            <ChoiceField
                label=Signal::derive(move || t_string!(i18n, kpi.limit_side).to_owned())
                value=side
                field="side"
                choices=Signal::derive(sides)
            />
            <TextField
                label=Signal::derive(move || value_label(i18n, t_string!(i18n, kpi.value), unit))
                value
                kind=FieldKind::Amount
                field="value"
                described_by=described
            />
            <TextField
                label=Signal::derive(move || t_string!(i18n, kpi.limit_from).to_owned())
                value=from
                kind=FieldKind::Day
                field="from"
                described_by=described
            />
            <TextField
                label=Signal::derive(move || t_string!(i18n, kpi.limit_reason).to_owned())
                value=reason
                field="reason"
            />
            <SubmitField label=Signal::derive(move || t_string!(i18n, kpi.limit_save).to_owned())/>
        </form>
        <p class="field__problem" role="alert" id=problem_id>
            {move || has_problem.get().then(|| t_string!(i18n, kpi.stated_problem))}
        </p>
    }
    .into_any()
}
