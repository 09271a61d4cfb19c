//! The four sides of a card.

use leptos::prelude::*;

use super::{
    head::score_bar,
    words::{points, side_name, weight},
};
use crate::{
    ui::i18n::{I18n, fill, t_string},
    worker::protocol::{ScorecardView, SideView},
};

/// What each side comes to; nothing of a card without KPIs.
pub(super) fn side_tiles(i18n: I18n, view: &ScorecardView) -> Option<AnyView> {
    let tiles = view.sides.iter().map(|side| tile(i18n, side)).collect_view();
    (!view.sides.is_empty())
        .then(|| view! { <div class="scorecard__sides">{tiles}</div> }.into_any())
}

fn tile(i18n: I18n, side: &SideView) -> AnyView {
    let score = side.score.as_ref();
    let brings = side.contribution.as_ref().map(|it| {
        let brought = points(it);
        fill!(i18n, scorecards.side_points, points = brought)
    });
    let share = fill!(i18n, scorecards.side_weight, weight = weight(&side.whole_weight));
    view! {
        <section class="panel" data-side=side.perspective.clone()>
            <h2 class="scorecard__side">{side_name(i18n, &side.perspective)}</h2>
            <strong class="scorecard__side-score">
                {score.map_or_else(|| t_string!(i18n, scorecards.no_score).to_owned(), |it| points(it))}
            </strong>
            {score.map(|it| score_bar(it))}
            <p class="panel__note">{share} {brings.map(|it| format!(" · {it}"))}</p>
        </section>
    }
    .into_any()
}
