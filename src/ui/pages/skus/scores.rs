//! The score of each SKU with its parts.

use std::sync::Arc;

use leptos::prelude::*;

use super::words::{corner_name, kpi_href, money, part_names, part_value};
use crate::{
    ui::{
        components::CellLabel,
        format,
        i18n::{I18n, fill, t, t_string, use_i18n},
        routes::View,
        state::use_location,
    },
    worker::protocol::{SkuRow, SkusView},
};

/// What the rows are in the order of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Sales,
    Score,
    Profit,
}

impl Sort {
    fn of(self, row: &SkuRow) -> f64 {
        let text = match self {
            Self::Sales => &row.net_sales,
            Self::Score => &row.score,
            Self::Profit => &row.profit,
        };
        // What is not known stands last.
        text.as_deref().and_then(format::parse).unwrap_or(f64::NEG_INFINITY)
    }
}

/// The best sellers as a table.
#[component]
pub(super) fn ScoresPanel(
    /// The newest answer.
    shown: Signal<Option<Arc<SkusView>>>,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let sort = RwSignal::new(Sort::Sales);
    let rows = move || {
        let view = shown.get()?;
        let sort = sort.get();
        let seen = location.route.with_untracked(|route| route.view.clone());
        let mut rows: Vec<&SkuRow> = view.rows.iter().collect();
        rows.sort_by(|one, other| sort.of(other).total_cmp(&sort.of(one)));
        Some(rows.into_iter().map(|it| row(i18n, &view, it, &seen)).collect_view())
    };
    let left_out = move || {
        let view = shown.get().filter(|it| it.n_left_out > 0)?;
        Some(fill!(i18n, skus.left_out, count = view.rows.len(), left = view.n_left_out))
    };
    let head = move |by: Sort, text: fn(I18n) -> &'static str| {
        view! {
            <th scope="col" data-align="end" aria-sort=move || (sort.get() == by).then_some("descending")>
                <button type="button" on:click=move |_| sort.set(by)>{move || text(i18n)}</button>
            </th>
        }
    };
    let parts = move || {
        let part = |name: &'static str| view! { <th scope="col" data-align="end">{name}</th> };
        part_names(i18n).into_iter().map(part).collect_view()
    };
    view! {
        <section class="panel" aria-labelledby="sku-scores">
            <div class="panel__head">
                <h2 id="sku-scores">{t!(i18n, skus.scores)}</h2>
                <span class="panel__note">{t!(i18n, skus.scores_note)}</span>
            </div>
            <div class="data-table-box">
                <table class="data-table" data-stack="true">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, skus.sku)}</th>
                            {head(Sort::Score, |i18n| t_string!(i18n, skus.score))}
                            {parts}
                            {head(Sort::Sales, |i18n| t_string!(i18n, skus.sales))}
                            {head(Sort::Profit, |i18n| t_string!(i18n, skus.profit))}
                            <th scope="col" data-align="end">{t!(i18n, skus.turnover)}</th>
                            <th scope="col" data-align="end">{t!(i18n, skus.acos)}</th>
                            <th scope="col" data-align="end">{t!(i18n, skus.break_even)}</th>
                            <th scope="col">{t!(i18n, skus.corner)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <p class="panel__foot">{left_out}</p>
        </section>
    }
    .into_any()
}

fn row(i18n: I18n, view: &SkusView, row: &SkuRow, seen: &View) -> AnyView {
    let score = row.score.as_deref().and_then(format::parse);
    let score = score.map_or_else(|| "–".to_owned(), |it| format!("{it:.0}"));
    let parts = row.values.iter().zip(&row.points).enumerate();
    let parts =
        parts.map(|(at, (value, points))| part(i18n, at, value.as_deref(), points.as_deref()));
    let number = |text: &Option<String>| text.as_deref().and_then(format::parse);
    let share =
        |text: &Option<String>| text.as_deref().map_or_else(|| "–".to_owned(), format::percent);
    let is_over =
        number(&row.acos).zip(number(&row.break_even_acos)).is_some_and(|(acos, line)| acos > line);
    let turns = number(&row.turnover).map_or_else(|| "–".to_owned(), |it| format!("{it:.1}"));
    let cell = |text: Signal<&'static str>| view! { <CellLabel text/> };
    view! {
        <tr data-sku=row.sku.clone()>
            <th scope="row" class="skus__name">
                <a href=kpi_href("inv.sku_score", &row.sku, seen)>{row.sku.clone()}</a>
                <span class="data-table__sub">{row.title.clone()}</span>
            </th>
            <td data-align="end" class="strong" data-part="score">
                {cell(Signal::derive(move || t_string!(i18n, skus.score)))}{score}
            </td>
            {parts.collect_view()}
            <td data-align="end">
                {cell(Signal::derive(move || t_string!(i18n, skus.sales)))}
                {money(i18n, row.net_sales.as_ref(), view.currency)}
            </td>
            <td data-align="end">
                {cell(Signal::derive(move || t_string!(i18n, skus.profit)))}
                <a href=kpi_href("pl.cm3", &row.sku, seen)>{money(i18n, row.profit.as_ref(), view.currency)}</a>
            </td>
            <td data-align="end">{cell(Signal::derive(move || t_string!(i18n, skus.turnover)))}{turns}</td>
            <td data-align="end" data-rating=is_over.then_some("breach") title=is_over.then(|| t_string!(i18n, skus.over))>
                {cell(Signal::derive(move || t_string!(i18n, skus.acos)))}{share(&row.acos)}
                {is_over.then(|| view! { <span class="visually-hidden">{t_string!(i18n, skus.over)}</span> })}
            </td>
            <td data-align="end">
                {cell(Signal::derive(move || t_string!(i18n, skus.break_even)))}
                <a href=kpi_href("pl.be_acos", &row.sku, seen)>{share(&row.break_even_acos)}</a>
            </td>
            <td>{cell(Signal::derive(move || t_string!(i18n, skus.corner)))}{corner_name(i18n, &row.corner)}</td>
        </tr>
    }
    .into_any()
}

/// A value with its points.
fn part(i18n: I18n, at: usize, value: Option<&str>, points: Option<&str>) -> AnyView {
    let value = value.map_or_else(|| "–".to_owned(), |it| part_value(i18n, at, it));
    let points = points.and_then(format::parse).map(|it| {
        let points = format!("{it:.0}");
        view! { <span class="data-table__sub skus__points">{fill!(i18n, skus.points, points = points)}</span> }
    });
    let text = Signal::derive(move || part_names(i18n).get(at).copied().unwrap_or_default());
    view! { <td data-align="end"><CellLabel text/>{value}{points}</td> }.into_any()
}
