//! Which lever matters most, each moved by itself.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    page::Sight,
    words::{change, lever_name, moved},
};
use crate::{
    domain::{Currency, Fixed},
    ui::{
        format,
        i18n::{I18n, fill, t, t_string, use_i18n},
    },
    worker::protocol::{Lever, SwingView},
};

/// How far levers are moved in the chart, down and up.
const STEPS: [i64; 2] = [-1_000, 1_000];
/// Half of the width of the drawing: the longest bar.
const REACH: f64 = 100.0;
const HEIGHT: f64 = 24.0;

/// A bar down and a bar up for each lever, with their amounts beside them.
#[component]
pub(super) fn TornadoPanel(
    /// The newest answer.
    shown: Signal<Option<Arc<Sight>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let has_profit = move || shown.with(|it| it.as_ref().is_some_and(|it| knows_profit(it)));
    let rows = move || {
        let sight = shown.get()?;
        let is_of_profit = knows_profit(&sight);
        let swings = &sight.view.swings;
        let longest = longest(swings, is_of_profit);
        let row =
            |swing: &SwingView| row(i18n, swing, (is_of_profit, longest), sight.view.currency);
        Some(swings.iter().map(row).collect_view())
    };
    let measured = move || {
        if has_profit() {
            t_string!(i18n, what_if.effect_profit)
        } else {
            t_string!(i18n, what_if.effect_net)
        }
    };
    let summary = move || summary(i18n, &*shown.get()?);
    let steps =
        move || STEPS.map(|step| moved(i18n, Lever::Price, Fixed::from_ten_thousandths(step)));
    let head = move |at: usize| move || steps().get(at).cloned();
    view! {
        <section class="panel" aria-labelledby="what-if-tornado">
            <div class="panel__head">
                <h2 id="what-if-tornado">{t!(i18n, what_if.tornado)}</h2>
                <span class="panel__note">{t!(i18n, what_if.tornado_note)}</span>
            </div>
            <p data-part="tornado-summary">{summary}</p>
            <div class="data-table-box">
                <table class="data-table what-if__tornado" data-stack="true">
                    <thead>
                        <tr>
                            <th scope="col" rowspan="2">{t!(i18n, what_if.levers)}</th>
                            <th scope="colgroup" colspan="3" data-align="middle">{measured}</th>
                            <th scope="colgroup" colspan="2" data-align="end">{t!(i18n, what_if.effect_net)}</th>
                        </tr>
                        <tr>
                            <th scope="col" data-align="end">{head(0)}</th>
                            <th scope="col"><span class="visually-hidden">{t!(i18n, what_if.bars)}</span></th>
                            <th scope="col" data-align="end">{head(1)}</th>
                            <th scope="col" data-align="end">{head(0)}</th>
                            <th scope="col" data-align="end">{head(1)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn knows_profit(sight: &Sight) -> bool {
    sight.view.swings.iter().any(|swing| swing.profit.iter().any(Option::is_some))
}

/// What the bars are of.
const fn drawn(swing: &SwingView, is_of_profit: bool) -> &[Option<String>; 2] {
    if is_of_profit { &swing.profit } else { &swing.net }
}

fn amount(text: Option<&String>) -> f64 {
    text.and_then(|it| format::parse(it)).unwrap_or(0.0)
}

fn longest(swings: &[SwingView], is_of_profit: bool) -> f64 {
    let amounts = swings.iter().flat_map(|swing| drawn(swing, is_of_profit));
    amounts.map(|it| amount(it.as_ref()).abs()).fold(0.0, f64::max)
}

/// The first of them in a sentence; the chart’s for those who do not see it.
fn summary(i18n: I18n, sight: &Sight) -> Option<String> {
    let first = sight.view.swings.first()?;
    let effects = drawn(first, knows_profit(sight)).each_ref();
    let [down, up] = effects.map(|it| change(i18n, it.as_ref(), sight.view.currency));
    let lever = lever_name(i18n, first.lever);
    let [less, more] =
        STEPS.map(|step| moved(i18n, first.lever, Fixed::from_ten_thousandths(step)));
    Some(fill!(
        i18n,
        what_if.strongest,
        lever = lever,
        less = less,
        down = down,
        more = more,
        up = up
    ))
}

fn row(
    i18n: I18n,
    swing: &SwingView,
    (is_of_profit, longest): (bool, f64),
    currency: Currency,
) -> AnyView {
    let lever = swing.lever;
    let effects = drawn(swing, is_of_profit);
    let texts = |effects: &[Option<String>; 2]| {
        effects.each_ref().map(|it| change(i18n, it.as_ref(), currency))
    };
    let ([down, up], [net_down, net_up]) = (texts(effects), texts(&swing.net));
    let step = move |at: usize| {
        let step = STEPS.get(at).copied().unwrap_or_default();
        moved(i18n, lever, Fixed::from_ten_thousandths(step))
    };
    let label = |text: String| view! { <span class="data-table__label">{text}</span> };
    let net = t_string!(i18n, what_if.effect_net);
    let value = |it: &Option<String>| it.clone().unwrap_or_default();
    let [down_value, up_value] = effects.each_ref().map(value);
    let points =
        (lever == Lever::Tariff).then(|| format!(" ({})", t_string!(i18n, what_if.unit_points)));
    view! {
        <tr data-swing=lever.id()>
            <th scope="row">{lever_name(i18n, lever)} {points}</th>
            <td data-align="end" data-part="down" data-value=down_value>{label(step(0))}{down}</td>
            <td class="what-if__bars">{bars(effects, longest)}</td>
            <td data-align="end" data-part="up" data-value=up_value>{label(step(1))}{up}</td>
            <td data-align="end" data-hide="narrow">{label(format!("{net} {}", step(0)))}{net_down}</td>
            <td data-align="end" data-hide="narrow">{label(format!("{net} {}", step(1)))}{net_up}</td>
        </tr>
    }
    .into_any()
}

/// The bar of a step down above that of a step up, to the left where it costs, to the right where it earns.
fn bars(effects: &[Option<String>; 2], longest: f64) -> AnyView {
    let bar = |(at, effect): (usize, &Option<String>)| {
        let (from, width) = stretch(amount(effect.as_ref()), longest);
        let y = if at == 0 { 2.0 } else { HEIGHT / 2.0 + 1.0 };
        let earns = from >= 0.0;
        view! {
            <rect
                class="what-if__bar"
                x=from.to_string()
                y=y.to_string()
                width=width.to_string()
                height=(HEIGHT / 2.0 - 3.0).to_string()
                data-earns=earns.to_string()
                data-up=(at == 1).to_string()
            ></rect>
        }
    };
    let bars = effects.iter().enumerate().map(bar).collect_view();
    let line = format!("M0 0V{HEIGHT}");
    view! {
        <svg
            viewBox=format!("-{REACH} 0 {} {HEIGHT}", REACH * 2.0)
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            <path class="what-if__zero" d=line></path>
            {bars}
        </svg>
    }
    .into_any()
}

/// Where a bar begins, and how long it is.
fn stretch(effect: f64, longest: f64) -> (f64, f64) {
    if longest <= 0.0 {
        return (0.0, 0.0);
    }
    let width = effect.abs() / longest * REACH;
    (if effect < 0.0 { -width } else { 0.0 }, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_effects() {
        assert_eq!(stretch(50.0, 200.0), (0.0, 25.0));
        assert_eq!(stretch(-200.0, 200.0), (-100.0, 100.0));
        assert_eq!(stretch(0.0, 0.0), (0.0, 0.0));
        let swing = |profit: [Option<&str>; 2]| SwingView {
            lever: Lever::Price,
            net: [Some("-7".to_owned()), Some("7".to_owned())],
            profit: profit.map(|it| it.map(str::to_owned)),
        };
        let known = [swing([Some("-20"), Some("10")]), swing([None, None])];
        assert_eq!(longest(&known, true), 20.0);
        assert_eq!(longest(&known, false), 7.0);
    }
}
