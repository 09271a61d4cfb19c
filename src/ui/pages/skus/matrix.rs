//! SKUs by what they leave and how fast they turn.

use leptos::prelude::*;

use super::words::{corner_name, money};
use crate::{
    ui::{
        format,
        i18n::{I18n, fill, t_string},
    },
    worker::protocol::{SkuRow, SkusView},
};

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 320.0;
const MARGIN: f64 = 32.0;
/// Of the SKU that sells most.
const LARGEST: f64 = 22.0;
const SMALLEST: f64 = 3.0;

/// A SKU in the drawing.
#[derive(Debug, Clone, PartialEq)]
struct Bubble {
    at: usize,
    x: f64,
    y: f64,
    radius: f64,
}

/// The drawing: bubbles, largest first, and where the lines cross.
#[derive(Debug, Clone, PartialEq)]
struct Drawing {
    bubbles: Vec<Bubble>,
    cross: (f64, f64),
}

/// `None` where the corners are not known.
fn drawing(view: &SkusView) -> Option<Drawing> {
    let (profit_line, turnover_line) = view.lines.as_ref()?;
    let (profit_line, turnover_line) =
        (root(format::parse(profit_line)?), format::parse(turnover_line)?);
    let known = view.rows.iter().enumerate().filter_map(|(at, row)| {
        let number = |text: &Option<String>| text.as_deref().and_then(format::parse);
        Some((
            at,
            number(&row.turnover)?,
            root(number(&row.profit)?),
            number(&row.net_sales).unwrap_or(0.0),
        ))
    });
    let known: Vec<(usize, f64, f64, f64)> = known.collect();
    let xs = scale(known.iter().map(|it| it.1).chain([turnover_line, 0.0]), MARGIN, WIDTH - MARGIN);
    let ys = scale(known.iter().map(|it| it.2).chain([profit_line, 0.0]), HEIGHT - MARGIN, MARGIN);
    let most = known.iter().map(|it| it.3).fold(1.0, f64::max);
    let bubble = |(at, turnover, profit, sales): &(usize, f64, f64, f64)| Bubble {
        at: *at,
        x: xs(*turnover),
        y: ys(*profit),
        // Its area is what is sold.
        radius: ((sales.max(0.0) / most).sqrt() * LARGEST).max(SMALLEST),
    };
    let mut bubbles: Vec<Bubble> = known.iter().map(bubble).collect();
    // Small ones lie on top.
    bubbles.sort_by(|one, other| other.radius.total_cmp(&one.radius));
    Some(Drawing { bubbles, cross: (xs(turnover_line), ys(profit_line)) })
}

/// Square roots on either side of 0: a few large amounts would press all others onto one line.
fn root(amount: f64) -> f64 {
    amount.abs().sqrt().copysign(amount)
}

/// From the values' range to that of the drawing.
fn scale(values: impl Iterator<Item = f64>, from: f64, to: f64) -> impl Fn(f64) -> f64 {
    let (low, high) =
        values.fold((f64::MAX, f64::MIN), |(low, high), it| (low.min(it), high.max(it)));
    let span = if high > low { high - low } else { 1.0 };
    move |value| from + (value - low) / span * (to - from)
}

/// Reads the language: call it where that is tracked.
pub(super) fn matrix_panel(i18n: I18n, view: &SkusView) -> AnyView {
    let content = match drawing(view) {
        None => view! { <p class="muted">{t_string!(i18n, skus.matrix_none)}</p> }.into_any(),
        Some(drawing) => drawn(i18n, view, &drawing),
    };
    view! {
        <section class="panel" aria-labelledby="sku-matrix">
            <div class="panel__head">
                <h2 id="sku-matrix">{t_string!(i18n, skus.matrix)}</h2>
                <span class="panel__note">{note(i18n, view)}</span>
            </div>
            {content}
        </section>
    }
    .into_any()
}

/// What bubbles, lines and scale mean, with where the lines lie.
fn note(i18n: I18n, view: &SkusView) -> Option<String> {
    let (profit, turnover) = view.lines.as_ref()?;
    let profit = money(i18n, Some(profit), view.currency);
    let turns = format!("{:.1}", format::parse(turnover)?);
    Some(fill!(i18n, skus.matrix_note, profit = profit, turns = turns))
}

fn drawn(i18n: I18n, view: &SkusView, drawing: &Drawing) -> AnyView {
    let bubbles = drawing.bubbles.iter().filter_map(|bubble| {
        let row = view.rows.get(bubble.at)?;
        Some(view! {
            <circle
                class="skus__bubble"
                data-corner=row.corner.clone()
                cx=format!("{:.1}", bubble.x)
                cy=format!("{:.1}", bubble.y)
                r=format!("{:.1}", bubble.radius)
            >
                <title>{told(i18n, view, row)}</title>
            </circle>
        })
    });
    let (x, y) = drawing.cross;
    let lines = format!("M{x:.1} 0V{HEIGHT}M0 {y:.1}H{WIDTH}");
    let corner = |id: &'static str, right: bool, top: bool| {
        view! {
            <span class="skus__corner" data-right=right.to_string() data-top=top.to_string()>{corner_name(i18n, id)}</span>
        }
    };
    view! {
        <figure class="skus__matrix">
            <span class="skus__axis" data-axis="profit">{t_string!(i18n, skus.profit_axis)} " ↑"</span>
            <div class="skus__plot">
                <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=t_string!(i18n, skus.matrix)>
                    <path class="skus__lines" d=lines></path>
                    {bubbles.collect_view()}
                </svg>
                {corner("star", true, true)}
                {corner("slow", false, true)}
                {corner("cash", true, false)}
                {corner("problem", false, false)}
            </div>
            <span class="skus__axis" data-axis="turnover">{t_string!(i18n, skus.turnover_axis)} " →"</span>
        </figure>
    }
    .into_any()
}

fn told(i18n: I18n, view: &SkusView, row: &SkuRow) -> String {
    let turns = row.turnover.as_deref().and_then(format::parse).unwrap_or(0.0);
    let profit = money(i18n, row.profit.as_ref(), view.currency);
    let sales = money(i18n, row.net_sales.as_ref(), view.currency);
    let names =
        [t_string!(i18n, skus.profit), t_string!(i18n, skus.turnover), t_string!(i18n, skus.sales)];
    let [profit_name, turns_name, sales_name] = names;
    format!(
        "{} · {profit_name} {profit} · {turns_name} {turns:.1} · {sales_name} {sales} · {}",
        row.sku,
        corner_name(i18n, &row.corner)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_takes_the_range_to_the_drawing() {
        let to = scale([10.0, 30.0].into_iter(), 0.0, 100.0);
        assert_eq!([to(10.0), to(20.0), to(30.0)], [0.0, 50.0, 100.0]);
        // Upside down, and of one value alone.
        let down = scale([0.0, 4.0].into_iter(), 100.0, 20.0);
        assert_eq!([down(0.0), down(4.0)], [100.0, 20.0]);
        assert_eq!(scale([7.0].into_iter(), 5.0, 9.0)(7.0), 5.0);
    }
}
