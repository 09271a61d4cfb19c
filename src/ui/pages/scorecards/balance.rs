//! What is out of balance on a card, and signs that figures were moved.

use leptos::prelude::*;

use super::words::{imbalance, sign};
use crate::{
    ui::{
        components::{Glyph, Icon},
        i18n::{I18n, t_string},
    },
    worker::protocol::{ImbalanceView, ScorecardView},
};

/// Both in a panel each; signs only where there are some.
pub(super) fn balance_panel(i18n: I18n, view: &ScorecardView) -> AnyView {
    let found = view.imbalances.iter().map(|it| row(i18n, it)).collect_view();
    let list = if view.imbalances.is_empty() {
        view! { <p><Icon glyph=Glyph::Check/> {t_string!(i18n, scorecards.balanced)}</p> }
            .into_any()
    } else {
        view! { <ul class="scorecard__list">{found}</ul> }.into_any()
    };
    let signs = (!view.signs.is_empty()).then(|| {
        let seen = view.signs.iter().map(|it| {
            view! { <li data-sign=it.id.clone()><Icon glyph=Glyph::Warning/> <span>{sign(i18n, it)}</span></li> }
        });
        view! {
            <section class="panel" aria-labelledby="card-signs">
                <div class="panel__head">
                    <h2 id="card-signs">{t_string!(i18n, scorecards.signs)}</h2>
                    <span class="panel__note">{t_string!(i18n, scorecards.signs_note)}</span>
                </div>
                <ul class="scorecard__list">{seen.collect_view()}</ul>
            </section>
        }
    });
    view! {
        <section class="panel" aria-labelledby="card-balance">
            <div class="panel__head"><h2 id="card-balance">{t_string!(i18n, scorecards.balance)}</h2></div>
            {list}
        </section>
        {signs}
    }
    .into_any()
}

fn row(i18n: I18n, found: &ImbalanceView) -> AnyView {
    let then = match found.blocking.as_str() {
        "until_overridden" => Some(t_string!(i18n, scorecards.until_overridden)),
        "until_mended" => Some(t_string!(i18n, scorecards.until_mended)),
        _ => None,
    };
    let rating = then.map(|_| "breach");
    view! {
        <li data-imbalance=found.id.clone() data-rating=rating>
            <Icon glyph=if then.is_some() { Glyph::Warning } else { Glyph::Info }/>
            <span>{imbalance(i18n, found)} {then.map(|it| format!(" {it}"))}</span>
        </li>
    }
    .into_any()
}
