//! All KPIs as cards, by group.

use std::sync::Arc;

use leptos::prelude::*;

use super::page::part;
use crate::{
    ui::{
        components::{KpiCard, Place},
        i18n::{group_name, t, t_string, use_i18n},
        routes::Page,
        state::use_location,
    },
    worker::protocol::{Comparison, HomeView, KpiCard as Card},
};

/// A panel of cards for each group, in the engine's order.
#[component]
pub(super) fn Cards(
    /// The newest answer.
    home: Signal<Option<Arc<HomeView>>>,
) -> impl IntoView {
    let view = use_location().view();
    let groups = move || {
        let (cards, period, currency) =
            part(home, |home| (home.cards.clone(), home.period, home.currency))?;
        let (scope, comparison) = view.with(|view| (view.scope_text(), view.comparison));
        let place = Place { scope, period, currency };
        let group = |(index, (group, cards)): (usize, (String, Vec<Card>))| {
            let place = place.clone();
            view! { <CardGroup group cards place comparison is_first={index == 0}/> }
        };
        Some(grouped(cards).into_iter().enumerate().map(group).collect_view())
    };
    view! { <div class="kpi-groups">{groups}</div> }.into_any()
}

/// Cards by group, groups in the order of their first card; how far the data can be trusted comes
/// after what is asked for every day.
fn grouped(cards: Vec<Card>) -> Vec<(String, Vec<Card>)> {
    let mut groups: Vec<(String, Vec<Card>)> = Vec::new();
    for card in cards {
        match groups.iter_mut().find(|(group, _)| *group == card.group) {
            Some((_, members)) => members.push(card),
            None => groups.push((card.group.clone(), vec![card])),
        }
    }
    let rank = |group: &str| match group {
        "sales" => 0,
        "profit" => 1,
        "ads" => 2,
        "traffic" => 3,
        _ => 4,
    };
    groups.sort_by_key(|(group, _)| rank(group));
    groups
}

/// One group of KPIs.
#[component]
fn CardGroup(
    /// Id of the group.
    group: String,
    /// Its cards.
    cards: Vec<Card>,
    /// Scope, period and currency.
    place: Place,
    /// What previous values are.
    comparison: Comparison,
    /// The first group says what the small lines are.
    is_first: bool,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let heading_id = format!("group-{group}");
    let labelled_by = heading_id.clone();
    let n_cards = cards.len();
    let card = move |card: Card| {
        let id = card.figure.kpi.clone();
        let href = Signal::derive(move || location.href(Page::Kpi(id.clone())));
        view! { <KpiCard card place=place.clone() comparison href/> }
    };
    view! {
        <section class="panel kpi-group" data-count=n_cards.min(6) aria-labelledby=labelled_by>
            <div class="panel__head">
                <h2 id=heading_id>{move || group_name(i18n, &group)}</h2>
                {is_first.then(|| view! {
                    <span class="panel__note" title=move || t_string!(i18n, home.settling_note)>
                        {t!(i18n, home.cards_note)}
                    </span>
                })}
            </div>
            <div class="kpi-cards">{cards.into_iter().map(card).collect_view()}</div>
        </section>
    }
    .into_any()
}
