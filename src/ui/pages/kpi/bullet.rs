//! A value beside the middle half of others, on a common scale.

use leptos::prelude::*;

/// Thousandths of the drawing's width.
const WIDTH: f64 = 1_000.0;
const MARK_WIDTH: f64 = 6.0;
/// Left free at both ends, as part of what is between.
const ROOM: f64 = 0.1;

/// What is drawn of one reference; all may be missing.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bullet {
    /// From where to where the bar goes.
    pub(super) bar: [Option<f64>; 2],
    /// Whether the bar is the middle half; else it is some range that a source prints.
    pub(super) is_middle_half: bool,
    /// The median or the mean.
    pub(super) middle: Option<f64>,
}

/// From where to where all bullets of a panel go. They are marks on a line, no bars that grow from 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    pub(super) fn of(bullets: &[Bullet], value: Option<f64>) -> Self {
        let figures = bullets.iter().flat_map(|it| it.bar.into_iter().chain([it.middle])).flatten();
        let ends = figures.chain(value).fold(None, |ends: Option<(f64, f64)>, it| {
            let (low, high) = ends.unwrap_or((it, it));
            Some((low.min(it), high.max(it)))
        });
        let (low, high) = ends.unwrap_or((0.0, 0.0));
        // Marks at the ends are seen whole, and one alone stands in the middle.
        let spread = high - low;
        let room = if spread > 0.0 { spread * ROOM } else { 1.0 };
        Self { low: low - room, high: high + room }
    }

    /// Thousandths of the width.
    fn at(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low) * WIDTH
    }
}

/// The drawing; the figures stand beside it as text.
pub(super) fn bullet(bullet: Bullet, value: Option<f64>, scale: Scale) -> AnyView {
    let rect = |class: &'static str, from: f64, to: f64, is_slim: bool| {
        let (top, height) = if is_slim { ("6", "8") } else { ("0", "20") };
        let width = (to - from).max(MARK_WIDTH);
        view! {
            <rect class=class x=format!("{from:.1}") width=format!("{width:.1}") y=top height=height/>
        }
    };
    let [from, to] = bullet.bar;
    let has_bar = from.is_some() || to.is_some();
    let bar = has_bar.then(|| {
        let (from, to) = (from.map_or(0.0, |it| scale.at(it)), to.map_or(WIDTH, |it| scale.at(it)));
        let class = if bullet.is_middle_half { "bullet__middle" } else { "bullet__range" };
        rect(class, from, to, true)
    });
    let mark = |class, at: f64, is_slim| {
        let at = scale.at(at) - MARK_WIDTH / 2.0;
        rect(class, at, at, is_slim)
    };
    view! {
        <svg class="bullet" viewBox="0 0 1000 20" preserveAspectRatio="none" aria-hidden="true">
            <rect class="bullet__ground" x="0" y="9" width="1000" height="2"/>
            {bar}
            {bullet.middle.map(|at| mark("bullet__median", at, true))}
            {value.map(|at| mark("bullet__value", at, false))}
        </svg>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_figures_lie_on_the_scale() {
        let bullets =
            [Bullet { bar: [Some(2.0), Some(6.0)], is_middle_half: true, middle: Some(3.0) }];
        let scale = Scale::of(&bullets, Some(12.0));
        assert_eq!((scale.low, scale.high), (1.0, 13.0));
        assert_eq!(scale.at(7.0), 500.0);
        assert_eq!(Scale::of(&[], Some(3.0)).at(3.0), 500.0);
        assert_eq!(Scale::of(&[], None).at(0.0), 500.0);
    }
}
