//! The drawing of a trend, read point by point with pointer or arrow keys.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent};

use crate::ui::{
    charts::{ChartCanvas, Scene, Size, TrendPicture},
    format::UNDEFINED,
    i18n::{t_string, use_i18n},
};

const HEIGHT: f64 = 260.0;

/// A slider over the buckets: arrow keys, Home and End move it, and its value is read aloud.
#[component]
pub(super) fn TrendReader(
    /// What is drawn.
    picture: Signal<Arc<TrendPicture>>,
    /// The chart in one sentence.
    summary: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let cursor = RwSignal::new(None::<usize>);
    let width = RwSignal::new(0.0_f64);
    let n_buckets = move || picture.with(|picture| picture.buckets.len());
    let last = move || n_buckets().saturating_sub(1);
    // The newest bucket is read out until another one is chosen.
    let shown = Memo::new(move |_| cursor.get().unwrap_or_else(last).min(last()));
    let words = Memo::new(move |_| {
        let said = [t_string!(i18n, home.limits_at), t_string!(i18n, home.note_at)];
        picture.with(|picture| read_out(picture, shown.get(), said))
    });
    let on_key = move |event: KeyboardEvent| {
        let at = shown.get_untracked();
        let to = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => at.saturating_sub(1),
            "ArrowRight" | "ArrowUp" => (at + 1).min(last()),
            "Home" => 0,
            "End" => last(),
            "Escape" => return cursor.set(None),
            _ => return,
        };
        event.prevent_default();
        cursor.set(Some(to));
    };
    let on_pointer = move |event: PointerEvent| {
        let size = Size { width: width.get_untracked(), height: HEIGHT };
        let x = f64::from(event.offset_x());
        cursor.set(picture.with_untracked(|picture| picture.bucket_at(size, x)));
    };
    let scene =
        move |size: Size| -> Scene { picture.with(|picture| picture.scene(size, cursor.get())) };
    view! {
        <p class="trend__readout">{words}</p>
        <div
            class="trend__reader"
            role="slider"
            tabindex="0"
            aria-label=move || format!("{} {}", summary.get(), t_string!(i18n, home.trend_keys))
            aria-valuemin="0"
            aria-valuemax=move || last().to_string()
            aria-valuenow=move || shown.get().to_string()
            aria-valuetext=words
            on:keydown=on_key
            on:pointermove=on_pointer
            on:pointerdown=on_pointer
            on:pointerleave=move |_| cursor.set(None)
        >
            <ChartCanvas scene height=HEIGHT on_width=move |wide| width.set(wide)/>
        </div>
    }
    .into_any()
}

/// `Nov 3: this period $12,300 · previous period $11,000 · natural limits $9,000–$14,000 · note: price raised`.
fn read_out(picture: &TrendPicture, bucket: usize, [limits, note]: [&str; 2]) -> String {
    let Some(at) = picture.buckets.get(bucket) else { return String::new() };
    let mut lines: Vec<String> = picture
        .lines
        .iter()
        .map(|line| {
            let value = line.values.get(bucket).copied().flatten();
            let value = value.map(|value| picture.style.whole(&value.to_string()));
            format!("{} {}", line.label, value.as_deref().unwrap_or(UNDEFINED))
        })
        .collect();
    let text = |number: &f64| picture.style.whole(&number.to_string());
    lines.extend(picture.band.as_ref().and_then(|band| {
        let (lower, upper) = (band.lower.get(bucket)?, band.upper.get(bucket)?);
        Some(format!("{limits} {}–{}", text(lower), text(upper)))
    }));
    let ranges = picture.ranges.iter().filter(|it| it.bucket == bucket);
    lines.extend(ranges.map(|it| it.text.clone()));
    let said = picture.notes.iter().filter(|it| it.is_of(bucket));
    lines.extend(said.map(|it| format!("{note}{}", it.text)));
    format!("{at}: {}", lines.join(" · "))
}
