//! Values that a platform works out by itself: typed from its pages, with their day.

use std::sync::Arc;

use leptos::{ev::SubmitEvent, prelude::*};

use super::channel_field::ChannelField;
use crate::{
    domain::{Currency, Day},
    ui::{
        components::{
            ChoiceField, FieldKind, SubmitField, TextField, bin_button, typed_value, value_label,
        },
        format::{self, Style},
        hooks::today,
        i18n::{I18n, fill, language, name, t, t_string, use_i18n},
        state::{use_announcer, use_workbook},
    },
    worker::protocol::{Change, KpiView, Member, StatingChannel, TypedValueView, UnitView},
};

/// What a KPI's values are typed in.
#[derive(Clone, PartialEq)]
struct Asked {
    kpi: String,
    unit: UnitView,
    channels: Vec<StatingChannel>,
}

/// The form, and what was typed so far; nothing for a KPI that is made of facts.
#[component]
pub(super) fn Stated(
    /// The KPI in full.
    kpi: Signal<Option<Arc<KpiView>>>,
    /// Of money.
    currency: Signal<Currency>,
) -> impl IntoView {
    let i18n = use_i18n();
    // The form stays while values come and go: whoever types the next one keeps the focus.
    let asked = Memo::new(move |_| {
        let view = kpi.get()?;
        let channels = view.stated.as_ref()?.channels.clone();
        let figure = &view.card.figure;
        Some(Asked { kpi: figure.kpi.clone(), unit: figure.unit, channels })
    });
    let values = move || {
        let stated = kpi.get().and_then(|view| view.stated.clone());
        let typed = stated.filter(|stated| !stated.typed.is_empty())?.typed;
        let asked = asked.get()?;
        Some(typed_values(i18n, &asked, typed, currency.get()))
    };
    move || {
        let Asked { kpi, unit, channels } = asked.get()?;
        Some(view! {
            <section class="panel" aria-labelledby="stated">
                <div class="panel__head">
                    <h2 id="stated">{t!(i18n, kpi.stated)}</h2>
                    <span class="panel__note">{t!(i18n, kpi.stated_note)}</span>
                </div>
                <EnterValue kpi unit channels/>
                {values}
            </section>
        })
    }
}

fn typed_values(
    i18n: I18n,
    asked: &Asked,
    typed: Vec<TypedValueView>,
    currency: Currency,
) -> AnyView {
    let style = Style { unit: asked.unit, currency, language: language(i18n) };
    let row = |value: TypedValueView| {
        let channel = asked.channels.iter().find(|it| it.id == value.channel);
        let channel = channel.cloned().unwrap_or_default();
        view! { <TypedRow kpi=asked.kpi.clone() value channel style/> }
    };
    view! {
        <table class="data-table">
            <thead>
                <tr>
                    <th scope="col">{t!(i18n, kpi.stated_day)}</th>
                    <th scope="col">{t!(i18n, words.dimension_channel)}</th>
                    <th scope="col">{t!(i18n, words.dimension_shop)}</th>
                    <th scope="col" data-align="end">{t!(i18n, kpi.value)}</th>
                    <th scope="col"></th>
                </tr>
            </thead>
            <tbody>{typed.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// One value; taking it away can be undone.
#[component]
fn TypedRow(
    /// Of which KPI.
    kpi: String,
    /// What was typed.
    value: TypedValueView,
    /// Of which channel.
    channel: StatingChannel,
    /// How it is written.
    style: Style,
) -> impl IntoView {
    let (i18n, workbook) = (use_i18n(), use_workbook());
    let of_channel = channel;
    let TypedValueView { channel, shop, day, value } = value;
    let of_shop = shop.clone();
    let remove = move |_| {
        let (kpi, channel, shop) = (kpi.clone(), channel.clone(), of_shop.clone());
        workbook.change(Change::RemoveValue { kpi, channel, shop, day });
    };
    let label = move || fill!(i18n, kpi.stated_remove, day = format::day(day, language(i18n)));
    view! {
        <tr>
            <th scope="row">{move || format::day(day, language(i18n))}</th>
            <td>{move || stating_name(i18n, &of_channel)}</td>
            <td>{shop}</td>
            <td data-align="end">{style.full(&value)}</td>
            <td data-align="end">
                {bin_button(label, remove)}
            </td>
        </tr>
    }
    .into_any()
}

/// Channel, day and value.
#[component]
fn EnterValue(
    /// Of which KPI.
    kpi: String,
    /// Of its values.
    unit: UnitView,
    /// Channels that state it.
    channels: Vec<StatingChannel>,
) -> impl IntoView {
    let (i18n, workbook, announcer) = (use_i18n(), use_workbook(), use_announcer());
    let channel = RwSignal::new(channels.first().map(|it| it.id.clone()).unwrap_or_default());
    let shop = RwSignal::new(String::new());
    let day = RwSignal::new(today().to_string());
    let value = RwSignal::new(String::new());
    let has_problem = RwSignal::new(false);
    let enter = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = value.with(|text| typed_value(text, unit));
        let change = typed.zip(day.with(|text| Day::parse(text)));
        has_problem.set(change.is_none());
        let Some((typed, day)) = change else { return };
        let (kpi, channel, shop) = (kpi.clone(), channel.get(), shop.get());
        workbook.change(Change::EnterValue { kpi, channel, shop, day, value: typed });
        value.set(String::new());
        announcer.say(t_string!(i18n, kpi.stated_entered).to_owned());
    };
    // Of the whole business there is no channel to choose.
    let is_of_channels = channels.iter().any(|channel| !channel.id.is_empty());
    let member =
        |channel: &StatingChannel| Member { id: channel.id.clone(), names: channel.names.clone() };
    let members: Vec<Member> = channels.iter().map(member).collect();
    let of_channels = is_of_channels.then(|| {
        let channels = Signal::stored(members);
        view! { <ChannelField channels chosen=channel all=None on_chosen=move |()| shop.set(String::new())/> }
    });
    // Of one shop there is nothing to choose.
    let shops = Memo::new(move |_| {
        let own = channels.iter().find(|it| it.id == channel.get());
        own.map(|it| it.shops.clone()).filter(|shops| shops.len() > 1).unwrap_or_default()
    });
    let of_shops = move || {
        let shops = shops.get();
        (!shops.is_empty()).then(|| shop_choice(i18n, shop, shops))
    };
    let problem_id = "stated-problem";
    let described = move || has_problem.get().then_some(problem_id);
    view! {
        <form class="fields" on:submit=enter>
            {of_channels}
            {of_shops}
            <TextField
                label=Signal::derive(move || t_string!(i18n, kpi.stated_day).to_owned())
                value=day
                kind=FieldKind::Day
                field="day"
                described_by=described
            />
            <TextField
                label=Signal::derive(move || value_label(i18n, t_string!(i18n, kpi.value), unit))
                value
                kind=FieldKind::Amount
                field="value"
                described_by=described
            />
            <SubmitField label=Signal::derive(move || t_string!(i18n, kpi.stated_enter).to_owned())/>
        </form>
        <p class="field__problem" role="alert" id=problem_id>
            {move || has_problem.get().then(|| t_string!(i18n, kpi.stated_problem))}
        </p>
    }
    .into_any()
}

/// What the channel is called, or the whole business.
fn stating_name(i18n: I18n, channel: &StatingChannel) -> String {
    if channel.id.is_empty() {
        t_string!(i18n, kpi.limit_everywhere).to_owned()
    } else {
        name(i18n, &channel.names)
    }
}

/// Of which shop a value is; the first choice is the whole channel.
fn shop_choice(i18n: I18n, shop: RwSignal<String>, shops: Vec<String>) -> AnyView {
    let choices = move || {
        let all = (String::new(), t_string!(i18n, kpi.stated_all_shops).to_owned());
        std::iter::once(all).chain(shops.iter().map(|id| (id.clone(), id.clone()))).collect()
    };
    view! {
        <ChoiceField
            label=Signal::derive(move || t_string!(i18n, words.dimension_shop).to_owned())
            value=shop
            field="shop"
            choices=Signal::derive(choices)
        />
    }
    .into_any()
}
