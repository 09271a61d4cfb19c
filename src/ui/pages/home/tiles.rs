//! A few KPIs for fixed periods, side by side.

use leptos::prelude::*;

use super::sight::Home;
use crate::{
    domain::Currency,
    ui::{
        components::{Place, Precision, kpi_figure},
        format::{self, Style},
        i18n::{I18n, language, name, t, t_string, use_i18n},
        routes::scope_text,
    },
    worker::protocol::{Figure, PeriodTile},
};

/// The row of tiles: the same rows in each, so that the eye reads across.
#[component]
pub(super) fn Tiles(
    /// The newest answer.
    home: Home,
) -> impl IntoView {
    let i18n = use_i18n();
    let tiles = move || {
        let sight = home.get()?;
        let scope = scope_text(&sight.asked.filters);
        let tile = |tile: &PeriodTile| {
            let (period, currency) = (tile.period, sight.home.currency);
            tile_view(i18n, tile, &Place { scope: scope.clone(), period, currency })
        };
        Some(sight.home.tiles.iter().map(tile).collect_view())
    };
    view! {
        <div class="period-tiles" role="group" aria-label=t!(i18n, home.tiles)>
            {tiles}
        </div>
    }
    .into_any()
}

fn tile_name(i18n: I18n, id: &str) -> String {
    match id {
        "yesterday" => t_string!(i18n, home.tile_yesterday).to_owned(),
        "last_7_days" => t_string!(i18n, home.tile_last_7_days).to_owned(),
        "month_to_date" => t_string!(i18n, home.tile_month_to_date).to_owned(),
        "last_month" => t_string!(i18n, home.tile_last_month).to_owned(),
        other => other.to_owned(),
    }
}

/// One period: net sales large, the rest in rows with the change against as many days before.
fn tile_view(i18n: I18n, tile: &PeriodTile, place: &Place) -> AnyView {
    let value = |figure: &Figure| {
        let value = (&figure.value, figure.unit);
        kpi_figure(i18n, &figure.kpi, value, place, Precision::Short)
    };
    let headline = tile.figures.first().map(|figure| {
        view! {
            <p class="period-tile__value">
                {value(figure)}
                <small title=t_string!(i18n, home.tile_change)>
                    {change(i18n, figure, place.currency)}
                </small>
            </p>
        }
    });
    let row = |figure: &Figure| {
        view! {
            <dt>{name(i18n, &figure.names)}</dt>
            <dd>{value(figure)}</dd>
            <dd>{change(i18n, figure, place.currency)}</dd>
        }
    };
    view! {
        <section class="period-tile">
            <div class="period-tile__name">
                <h3>{tile_name(i18n, &tile.id)}</h3>
                <span>{format::period_short(tile.period, language(i18n))}</span>
            </div>
            {headline}
            <dl class="period-tile__rows">
                {tile.figures.iter().skip(1).map(row).collect_view()}
            </dl>
        </section>
    }
    .into_any()
}

/// The change against as many days before, in percent.
fn change(i18n: I18n, figure: &Figure, currency: Currency) -> String {
    let style = Style { unit: figure.unit, currency, language: language(i18n) };
    let now = figure.value.value.clone();
    let before = figure.previous.as_ref().and_then(|previous| previous.value.clone());
    let change = now.zip(before).and_then(|(now, before)| style.change(&now, &before));
    let relative = change.and_then(|change| change.relative);
    relative.unwrap_or_default()
}
