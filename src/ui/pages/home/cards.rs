//! All KPIs as cards, by group.

use leptos::prelude::*;

use super::sight::{Home, part};
use crate::{
    ui::{
        components::{Place, grouped, kpi_card},
        i18n::{I18n, fill, group_name, t, t_string, use_i18n},
        routes::{Page, scope_text},
        state::{Location, use_location},
    },
    worker::protocol::{Comparison, KpiCard},
};

/// A panel of cards for each group, in the engine's order.
#[component]
pub(super) fn Cards(
    /// The newest answer.
    home: Home,
) -> impl IntoView {
    let (i18n, location) = (use_i18n(), use_location());
    let groups = move || {
        let sight = home.get()?;
        let place = Place {
            scope: scope_text(&sight.asked.filters),
            period: sight.home.period,
            currency: sight.home.currency,
        };
        let frame = Frame { i18n, location, place: &place, comparison: sight.asked.comparison };
        let group = |(index, (id, cards)): (usize, (&str, Vec<&KpiCard>))| {
            frame.group(id, &cards, index == 0)
        };
        let cards = sight.home.cards.iter().map(|card| (card.group.as_str(), card));
        Some(grouped(cards).into_iter().enumerate().map(group).collect_view())
    };
    let n_kpis = move || part(home, |sight| fill!(i18n, home.all_kpis, count = sight.home.n_kpis));
    view! {
        <div class="kpi-groups">{groups}</div>
        <p class="kpi-groups__all">
            <a href=move || location.href(Page::Kpis)>{n_kpis}</a>
            " · "
            <a href=move || location.href(Page::Explore)>{t!(i18n, explore.title)}</a>
        </p>
    }
    .into_any()
}

/// What all cards share.
struct Frame<'a> {
    i18n: I18n,
    location: Location,
    place: &'a Place,
    /// What previous values are.
    comparison: Comparison,
}

impl Frame<'_> {
    /// One group of KPIs; the first one says what the small lines are.
    fn group(&self, id: &str, cards: &[&KpiCard], is_first: bool) -> AnyView {
        let i18n = self.i18n;
        let heading_id = format!("group-{id}");
        let labelled_by = heading_id.clone();
        let note = is_first.then(|| {
            view! {
                <span class="panel__note" title=t_string!(i18n, home.settling_note)>
                    {t_string!(i18n, home.cards_note)}
                </span>
            }
        });
        view! {
            <section
                class="panel kpi-group"
                data-count=cards.len().min(6)
                aria-labelledby=labelled_by
            >
                <div class="panel__head">
                    <h2 id=heading_id>{group_name(i18n, id)}</h2>
                    {note}
                </div>
                <div class="kpi-cards">
                    {cards.iter().map(|card| self.card(card)).collect_view()}
                </div>
            </section>
        }
        .into_any()
    }

    fn card(&self, card: &KpiCard) -> AnyView {
        let href = self.location.href_now(Page::Kpi(card.figure.kpi.clone()));
        kpi_card(self.i18n, card, self.place, self.comparison, href)
    }
}
