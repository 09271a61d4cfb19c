//! KPIs per channel, the total last.

use std::sync::Arc;

use leptos::prelude::*;

use super::page::part;
use crate::{
    domain::{Dimension, Names},
    ui::{
        components::{KpiFigure, Place, Precision},
        i18n::{I18n, channel_name, name, t, t_string, use_i18n},
        routes::{View, scope_text},
        state::use_location,
    },
    worker::protocol::{ChannelRow, Figure, HomeView, Member},
};

/// The table under the chart; below 40 rem its rows are stacked.
#[component]
pub(super) fn ChannelTable(
    /// The newest answer.
    home: Signal<Option<Arc<HomeView>>>,
) -> impl IntoView {
    let (i18n, view) = (use_i18n(), use_location().view());
    let head = move || {
        let rows = part(home, |home| home.channels.clone())?;
        let figures = rows.into_iter().next()?.figures;
        let names = figures.into_iter().map(|figure| figure.names);
        Some(names.map(|names| heading(i18n, names)).collect_view())
    };
    let body = move || {
        let home = home.get()?;
        let view = view.get();
        let (total, channels): (Vec<_>, Vec<_>) =
            home.channels.iter().cloned().partition(|row| row.channel.is_empty());
        let rows = |rows: Vec<ChannelRow>| {
            rows.into_iter().map(|row| channel_row(i18n, row, &home, &view)).collect_view()
        };
        Some(view! {
            <tbody>{rows(channels)}</tbody>
            <tfoot>{rows(total)}</tfoot>
        })
    };
    view! {
        <section class="panel" aria-labelledby="channels">
            <div class="panel__head">
                <h2 id="channels">{t!(i18n, home.channels)}</h2>
                <span class="panel__note">{t!(i18n, home.channels_note)}</span>
            </div>
            <div class="data-table-box" tabindex="0" role="region" aria-labelledby="channels">
                <table class="data-table" data-stack="true">
                    <thead>
                        <tr>
                            <th scope="col">{move || t_string!(i18n, words.dimension_channel)}</th>
                            {head}
                        </tr>
                    </thead>
                    {body}
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn heading(i18n: I18n, names: Names) -> impl IntoView {
    view! { <th scope="col" data-align="end">{move || name(i18n, &names)}</th> }.into_any()
}

fn channel_row(i18n: I18n, row: ChannelRow, home: &HomeView, view: &View) -> impl IntoView + use<> {
    let filters = if row.channel.is_empty() {
        view.filters.clone()
    } else {
        view.filters.narrowed(Dimension::Channel, &row.channel)
    };
    let place = Place { scope: scope_text(&filters), period: home.period, currency: home.currency };
    let (channel, known) = (row.channel, home.members.channels.clone());
    let label = move || {
        if channel.is_empty() {
            t_string!(i18n, home.total).to_owned()
        } else {
            member_name(i18n, &channel, &known)
        }
    };
    let cell = move |figure: Figure| {
        let names = figure.names;
        view! {
            <td data-align="end">
                <span class="data-table__label" aria-hidden="true">
                    {move || name(i18n, &names)}
                </span>
                <KpiFigure
                    kpi=figure.kpi
                    value=figure.value
                    unit=figure.unit
                    place=place.clone()
                    precision=Precision::Whole
                />
            </td>
        }
    };
    view! {
        <tr>
            <th scope="row">{label}</th>
            {row.figures.into_iter().map(cell).collect_view()}
        </tr>
    }
    .into_any()
}

/// A channel's name as the engine knows it, else ours.
fn member_name(i18n: I18n, channel: &str, known: &[Member]) -> String {
    let found = known.iter().find(|member| member.id == channel);
    let text = found.map(|member| name(i18n, &member.names)).unwrap_or_default();
    if text.is_empty() { channel_name(i18n, channel) } else { text }
}
