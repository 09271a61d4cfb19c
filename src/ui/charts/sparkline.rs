//! Thirteen points beside a figure, with their least and greatest value.

use leptos::prelude::*;

use crate::ui::format::Style;

const WIDTH: f64 = 130.0;
const HEIGHT: f64 = 40.0;
const MARGIN: f64 = 4.0;

/// The drawing of a series, in its own box.
#[derive(Debug, Clone, PartialEq)]
struct Spark {
    /// Path data; a gap lifts the pen.
    path: String,
    /// The newest value, when the last point has one.
    last: Option<(f64, f64)>,
    low: f64,
    high: f64,
}

/// `None` with fewer than two values.
fn spark(values: &[Option<f64>]) -> Option<Spark> {
    let known = || values.iter().flatten().copied();
    if known().count() < 2 {
        return None;
    }
    let (low, high) = (known().fold(f64::MAX, f64::min), known().fold(f64::MIN, f64::max));
    let span = if high > low { high - low } else { 1.0 };
    #[expect(clippy::cast_precision_loss, reason = "thirteen points")]
    let place = |index: usize, value: f64| {
        let step = (WIDTH - 2.0 * MARGIN) / (values.len() - 1) as f64;
        let x = MARGIN + index as f64 * step;
        (x, HEIGHT - MARGIN - (value - low) / span * (HEIGHT - 2.0 * MARGIN))
    };
    let (mut path, mut is_down, mut last) = (String::new(), false, None);
    for (index, value) in values.iter().enumerate() {
        last = value.map(|value| place(index, value));
        if let Some((x, y)) = last {
            path += &format!("{}{x:.1} {y:.1}", if is_down { "L" } else { "M" });
        }
        is_down = value.is_some();
    }
    Some(Spark { path, last, low, high })
}

/// Decoration: the card's figures say the same. `values` are oldest first, `None` where there is no
/// value; `style` writes the least and greatest; `is_settling`: the newest may still change.
pub(crate) fn sparkline(values: &[Option<f64>], style: Style, is_settling: bool) -> AnyView {
    let drawing = spark(values).map(|spark| {
        let last = spark.last.map(|(x, y)| format!("M{x:.1} {y:.1}h.01"));
        let state = is_settling.then_some("settling");
        view! {
            <div class="sparkline" aria-hidden="true">
                <svg viewBox="0 0 130 40" preserveAspectRatio="none">
                    <path class="sparkline__line" data-state=state d=spark.path></path>
                    {last.map(|path| view! {
                        <path class="sparkline__last" data-state=state d=path></path>
                    })}
                </svg>
                <span class="sparkline__limits">
                    <span>{style.tick(spark.high)}</span>
                    <span>{style.tick(spark.low)}</span>
                </span>
            </div>
        }
    });
    drawing.into_any()
}

#[cfg(test)]
mod tests {
    use super::spark;

    #[test]
    fn gaps_lift_the_pen() {
        let drawn = spark(&[Some(1.0), Some(3.0), None, Some(2.0)]).unwrap();
        assert_eq!(drawn.path.matches('M').count(), 2);
        assert_eq!((drawn.low, drawn.high), (1.0, 3.0));
        assert!(drawn.last.is_some());
    }

    #[test]
    fn one_value_is_no_line() {
        assert_eq!(spark(&[None, Some(1.0)]), None);
        assert_eq!(spark(&[]), None);
    }

    #[test]
    fn equal_values_are_a_flat_line() {
        assert!(spark(&[Some(2.0), Some(2.0)]).unwrap().path.contains("36.0"));
    }
}
