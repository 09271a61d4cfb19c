//! KPIs per channel, the total last.

use leptos::prelude::*;

use super::sight::{Home, Sight, part};
use crate::{
    domain::Dimension,
    ui::{
        components::{Place, Precision, kpi_figure},
        i18n::{I18n, channel_name, name, t, t_string, use_i18n},
        routes::scope_text,
    },
    worker::protocol::{ChannelRow, Figure, Member},
};

/// The table under the chart; below 40 rem its rows are stacked.
#[component]
pub(super) fn ChannelTable(
    /// The newest answer.
    home: Home,
) -> impl IntoView {
    let i18n = use_i18n();
    let head = move || {
        part(home, |sight| {
            let figures = sight.home.channels.first().map(|row| &row.figures);
            let heading = |figure: &Figure| {
                view! { <th scope="col" data-align="end">{name(i18n, &figure.names)}</th> }
            };
            figures.map(|figures| figures.iter().map(heading).collect_view())
        })
    };
    let body = move || {
        let sight = home.get()?;
        let (total, channels): (Vec<_>, Vec<_>) =
            sight.home.channels.iter().partition(|row| row.channel.is_empty());
        let rows = |rows: Vec<&ChannelRow>| {
            rows.into_iter().map(|row| channel_row(i18n, row, &sight)).collect_view()
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
                            <th scope="col">{t!(i18n, words.dimension_channel)}</th>
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

fn channel_row(i18n: I18n, row: &ChannelRow, sight: &Sight) -> AnyView {
    let (asked, home) = (&sight.asked, &sight.home);
    let (filters, label) = if row.channel.is_empty() {
        (asked.filters.clone(), t_string!(i18n, home.total).to_owned())
    } else {
        let label = member_name(i18n, &row.channel, &home.members.channels);
        (asked.filters.narrowed(Dimension::Channel, &row.channel), label)
    };
    let place = Place { scope: scope_text(&filters), period: home.period, currency: home.currency };
    let cell = |figure: &Figure| {
        let value = (&figure.value, figure.unit);
        view! {
            <td data-align="end">
                <span class="data-table__label" aria-hidden="true">
                    {name(i18n, &figure.names)}
                </span>
                {kpi_figure(i18n, &figure.kpi, value, &place, Precision::Whole)}
            </td>
        }
    };
    view! {
        <tr>
            <th scope="row">{label}</th>
            {row.figures.iter().map(cell).collect_view()}
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
