//! The tree from demand to profit, as an indented table.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    page::Sight,
    words::{formula, kpi_of, node_name},
};
use crate::{
    ui::{
        components::{CellLabel, Place, Precision, kpi_figure},
        format::{self, Style, UNDEFINED},
        i18n::{I18n, fill, language, t, t_string, undefined_text, use_i18n},
        routes::{Page, Route, scope_text},
        state::use_location,
    },
    worker::protocol::{Node, UnitView, WhatIfNode},
};

/// Each place of the tree: what it was, what it would be, and the change.
#[component]
pub(super) fn TreePanel(
    /// The newest answer.
    shown: Signal<Option<Arc<Sight>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let rows = move || {
        let sight = shown.get()?;
        let rows = sight.view.nodes.iter().map(|node| row(i18n, &sight, node));
        Some(rows.collect_view())
    };
    let notes = move || shown.get().map(|sight| notes(i18n, &sight));
    view! {
        <section class="panel" aria-labelledby="what-if-tree">
            <div class="panel__head">
                <h2 id="what-if-tree">{t!(i18n, what_if.tree)}</h2>
                <span class="panel__note">{t!(i18n, what_if.tree_note)}</span>
            </div>
            <div class="data-table-box">
                <table class="data-table what-if__tree" data-stack="true">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, what_if.part)}</th>
                            <th scope="col" data-align="end">{t!(i18n, what_if.before)}</th>
                            <th scope="col" data-align="end">{t!(i18n, what_if.after)}</th>
                            <th scope="col" data-align="end">{t!(i18n, what_if.change)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="panel__foot">{notes}</div>
        </section>
    }
    .into_any()
}

/// How deep a place of the tree stands.
const fn level(node: Node) -> &'static str {
    match node {
        Node::Gmv | Node::Gross | Node::Net | Node::Cm1 | Node::Cm2 | Node::Cm3 => "group",
        Node::Clicks | Node::Cpc | Node::Units => "leaf",
        _ => "child",
    }
}

fn row(i18n: I18n, sight: &Sight, it: &WhatIfNode) -> AnyView {
    let style = Style { unit: it.unit, currency: sight.view.currency, language: language(i18n) };
    let precision = precision(it);
    let written = |text: &String| {
        if precision == Precision::Full { style.full(text) } else { style.whole(text) }
    };
    let after = it.result.as_ref().map_or_else(|| UNDEFINED.to_owned(), written);
    let change = it.result.as_ref().zip(it.base.value.as_ref());
    let is_changed = change.is_some_and(|(now, before)| now != before);
    let change = change.filter(|_| is_changed).and_then(|(now, before)| style.change(now, before));
    let points = (it.unit == UnitView::Share).then(|| t_string!(i18n, what_if.change_points));
    let (absolute, relative) =
        change.map_or_else(Default::default, |it| (it.absolute, it.relative));
    let points = points.filter(|_| is_changed);
    let label = |text: Signal<&'static str>| view! { <CellLabel text/> };
    view! {
        <tr data-node=it.node.id() data-level=level(it.node)>
            <th scope="row">
                <span>{node_name(i18n, it.node)}</span>
                {formula(i18n, it.node).map(|text| view! { <span class="data-table__sub what-if__formula">{text}</span> })}
                {missing(i18n, it)}
            </th>
            <td data-align="end" data-part="base">
                {label(Signal::derive(move || t_string!(i18n, what_if.before)))}
                {base(i18n, sight, it, precision)}
            </td>
            <td
                data-align="end"
                data-part="result"
                data-value=it.result.clone().unwrap_or_default()
                data-changed=is_changed.to_string()
            >
                {label(Signal::derive(move || t_string!(i18n, what_if.after)))}
                {after}
            </td>
            <td data-align="end" data-part="change">
                {label(Signal::derive(move || t_string!(i18n, what_if.change)))}
                <span>{absolute} {points.map(|it| format!(" {it}"))}</span>
                {relative.map(|it| view! { <span class="data-table__sub what-if__relative">{it}</span> })}
            </td>
        </tr>
    }
    .into_any()
}

/// Amounts of single orders and clicks have cents, rates two places.
const fn precision(it: &WhatIfNode) -> Precision {
    match (it.node, it.unit) {
        (Node::OrderValue | Node::Cpc, _) | (_, UnitView::Share) => Precision::Full,
        _ => Precision::Whole,
    }
}

/// What it was; of a KPI with the way to its page.
fn base(i18n: I18n, sight: &Sight, it: &WhatIfNode, precision: Precision) -> AnyView {
    let Some((kpi, period)) = kpi_of(it.node).zip(sight.view.period) else {
        let style =
            Style { unit: it.unit, currency: sight.view.currency, language: language(i18n) };
        let text = it.base.value.as_deref().map_or_else(
            || UNDEFINED.to_owned(),
            |text| if precision == Precision::Full { style.full(text) } else { style.whole(text) },
        );
        let value = it.base.value.clone().unwrap_or_default();
        return view! { <span data-value=value>{text}</span> }.into_any();
    };
    let place =
        Place { scope: scope_text(&sight.asked.filters), period, currency: sight.view.currency };
    let figure = kpi_figure(i18n, kpi, (&it.base, it.unit), &place, precision);
    let mut view = use_location().route.with_untracked(|route| route.view.clone());
    view.filters.clone_from(&sight.asked.filters);
    view.period = Some(period);
    let href = Route { page: Page::Kpi(kpi.to_owned()), view }.to_hash();
    view! { <a href=href>{figure}</a> }.into_any()
}

/// Why nothing is known, and where to get it.
fn missing(i18n: I18n, it: &WhatIfNode) -> Option<AnyView> {
    let why = it.base.undefined.as_ref().filter(|_| it.base.value.is_none())?;
    let link = (!why.fed_by.is_empty()).then(|| {
        let href = use_location().href_now(Page::Data);
        view! { " " <a href=href data-link="data">{t_string!(i18n, what_if.get_it)}</a> }
    });
    Some(
        view! {
            <span class="data-table__sub what-if__missing" data-missing=why.reason.clone()>
                {undefined_text(i18n, why)} {link}
            </span>
        }
        .into_any(),
    )
}

/// What the figures stand on.
fn notes(i18n: I18n, sight: &Sight) -> AnyView {
    let judged = sight
        .view
        .judged
        .as_ref()
        .map(|share| fill!(i18n, what_if.judged, share = format::percent(share)));
    let presumed = sight.view.presumed.iter().filter_map(|presumed| {
        let text = match presumed.as_str() {
            "yuan" => t_string!(i18n, what_if.presumed_yuan),
            "duty" => t_string!(i18n, what_if.presumed_duty),
            "refunds" => t_string!(i18n, what_if.presumed_refunds),
            "spend" => t_string!(i18n, what_if.presumed_spend),
            _ => return None,
        };
        Some(view! { <li data-presumed=presumed.clone()>{text}</li> })
    });
    view! {
        <ul class="what-if__notes">
            <li>{t_string!(i18n, what_if.rules)}</li>
            {judged.map(|text| view! { <li data-presumed="judged">{text}</li> })}
            {presumed.collect_view()}
        </ul>
    }
    .into_any()
}
