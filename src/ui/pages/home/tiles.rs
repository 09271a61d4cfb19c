//! A few KPIs for fixed periods, side by side.

use std::sync::Arc;

use leptos::prelude::*;

use super::page::part;
use crate::{
    domain::Currency,
    ui::{
        components::{KpiFigure, Place},
        format::{self, Style},
        i18n::{I18n, language, name, t_string, use_i18n},
        state::use_location,
    },
    worker::protocol::{Figure, HomeView, PeriodTile},
};

/// The row of tiles: the same rows in each, so that the eye reads across.
#[component]
pub(super) fn Tiles(
    /// The newest answer.
    home: Signal<Option<Arc<HomeView>>>,
) -> impl IntoView {
    let (i18n, view) = (use_i18n(), use_location().view());
    let tiles = move || {
        let (tiles, currency) = part(home, |home| (home.tiles.clone(), home.currency))?;
        let scope = view.with(crate::ui::routes::View::scope_text);
        let tile = move |tile: PeriodTile| {
            let place = Place { scope: scope.clone(), period: tile.period, currency };
            view! { <Tile tile place/> }
        };
        Some(tiles.into_iter().map(tile).collect_view())
    };
    view! {
        <div class="period-tiles" role="group" aria-label=move || t_string!(i18n, home.tiles)>
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
#[component]
fn Tile(
    /// What is shown.
    tile: PeriodTile,
    /// Scope, period and currency.
    place: Place,
) -> impl IntoView {
    let i18n = use_i18n();
    let PeriodTile { id, period, figures } = tile;
    let currency = place.currency;
    let mut figures = figures.into_iter();
    let headline = figures.next();
    let large = headline.map(|figure| {
        let change = change(i18n, &figure, currency);
        view! {
            <p class="period-tile__value">
                <KpiFigure
                    kpi=figure.kpi
                    value=figure.value
                    unit=figure.unit
                    place=place.clone()
                />
                <small title=move || t_string!(i18n, home.tile_change)>{change}</small>
            </p>
        }
    });
    let row = move |figure: Figure| {
        let change = change(i18n, &figure, currency);
        let names = figure.names;
        view! {
            <dt>{move || name(i18n, &names)}</dt>
            <dd>
                <KpiFigure
                    kpi=figure.kpi
                    value=figure.value
                    unit=figure.unit
                    place=place.clone()
                />
            </dd>
            <dd>{change}</dd>
        }
    };
    view! {
        <section class="period-tile">
            <div class="period-tile__name">
                <h3>{move || tile_name(i18n, &id)}</h3>
                <span>{move || format::period_short(period, language(i18n))}</span>
            </div>
            {large}
            <dl class="period-tile__rows">{figures.map(row).collect_view()}</dl>
        </section>
    }
    .into_any()
}

/// The change against as many days before, in percent.
fn change(i18n: I18n, figure: &Figure, currency: Currency) -> String {
    let style = Style { unit: figure.unit, currency, language: i18n.get_locale_untracked() };
    let now = figure.value.value.clone();
    let before = figure.previous.as_ref().and_then(|previous| previous.value.clone());
    let change = now.zip(before).and_then(|(now, before)| style.change(&now, &before));
    let relative = change.and_then(|change| change.relative);
    relative.unwrap_or_default()
}
