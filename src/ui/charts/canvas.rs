//! The one canvas: draws a scene again when data, size, theme or pixel ratio change, once per
//! animation frame.

use leptos::{html, prelude::*};
use plotters::{
    coord::Shift,
    element::{Circle, PathElement, Text},
    prelude::{DrawingArea, IntoDrawingArea},
    style::{Color, FontDesc, FontFamily, FontStyle, ShapeStyle, TextStyle, text_anchor},
};
use plotters_canvas::CanvasBackend;
use web_sys::{HtmlCanvasElement, HtmlElement};

use super::{Anchor, Ink, Mark, Scene, Size, theme::Theme};
use crate::ui::{
    hooks::{use_dark_system, use_pixel_ratio, use_size},
    state::use_preferences,
};

/// A drawing that fills its container's width. It is decoration for assistive technology: the
/// caller gives it a name, a read-out and a table.
#[component]
pub(crate) fn ChartCanvas(
    /// The drawing for a size; what it reads is tracked.
    #[prop(into)]
    scene: Callback<Size, Scene>,
    /// In CSS pixels.
    height: f64,
    /// Told the width in CSS pixels whenever it changes.
    #[prop(into)]
    on_width: Callback<f64>,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let canvas = NodeRef::<html::Canvas>::new();
    let width = use_size(frame).width;
    let (ratio, is_dark) = (use_pixel_ratio(), use_dark_system());
    let theme = use_preferences().theme();
    let waiting = StoredValue::new(None::<AnimationFrameRequestHandle>);
    let cancel = move || {
        if let Some(Some(handle)) = waiting.try_update_value(Option::take) {
            handle.cancel();
        }
    };
    #[expect(clippy::disallowed_methods, reason = "draws on the canvas")]
    Effect::new(move || {
        theme.track();
        is_dark.track();
        let (width, ratio) = (width.get(), ratio.get());
        let Some(canvas) = canvas.get() else { return };
        if width < 1.0 {
            return;
        }
        on_width.run(width);
        let scene = scene.run(Size { width, height });
        cancel();
        let handle = request_animation_frame_with_handle(move || draw(&canvas, &scene, ratio));
        waiting.set_value(handle.ok());
    });
    on_cleanup(cancel);
    view! {
        <div class="chart-canvas" node_ref=frame aria-hidden="true">
            <canvas class="chart-canvas__paper" node_ref=canvas></canvas>
        </div>
    }
    .into_any()
}

fn draw(canvas: &HtmlCanvasElement, scene: &Scene, ratio: f64) {
    let ratio = ratio.clamp(1.0, 4.0);
    let (width, height) = (pixels(scene.size.width * ratio), pixels(scene.size.height * ratio));
    canvas.set_width(width.unsigned_abs());
    canvas.set_height(height.unsigned_abs());
    // A style that the browser refuses leaves the drawing at its pixel size.
    HtmlElement::style(canvas).set_property("height", &format!("{}px", scene.size.height)).ok();
    let Some(theme) = Theme::read(canvas) else { return };
    let Some(backend) = CanvasBackend::with_canvas_object(canvas.clone()) else { return };
    let area = backend.into_drawing_area();
    // A mark that cannot be drawn is left out; the table twin has the figures.
    area.fill(&theme.colour(Ink::Surface)).ok();
    for mark in &scene.marks {
        draw_mark(&area, mark, &theme, ratio);
    }
}

fn draw_mark(area: &DrawingArea<CanvasBackend, Shift>, mark: &Mark, theme: &Theme, ratio: f64) {
    let at = |(x, y): (f64, f64)| (pixels(x * ratio), pixels(y * ratio));
    let stroke = |ink: Ink, width: f64| ShapeStyle {
        color: theme.colour(ink).to_rgba(),
        filled: false,
        stroke_width: pixels((width * ratio).max(1.0)).unsigned_abs(),
    };
    match mark {
        Mark::Line { points, ink, width } => {
            let points: Vec<_> = points.iter().map(|point| at(*point)).collect();
            area.draw(&PathElement::new(points, stroke(*ink, *width))).ok();
        }
        Mark::Dot { at: centre, radius, ink, is_filled } => {
            let style = ShapeStyle { filled: *is_filled, ..stroke(*ink, 1.5) };
            area.draw(&Circle::new(at(*centre), pixels(radius * ratio), style)).ok();
        }
        Mark::Text { at: place, text, ink, anchor, is_strong } => {
            let style = text_style(theme, *ink, *anchor, *is_strong, ratio);
            area.draw(&Text::new(text.as_str(), at(*place), style)).ok();
        }
    }
}

fn text_style(
    theme: &Theme,
    ink: Ink,
    anchor: Anchor,
    is_strong: bool,
    ratio: f64,
) -> TextStyle<'_> {
    let side = match anchor {
        Anchor::Start => text_anchor::HPos::Left,
        Anchor::Middle => text_anchor::HPos::Center,
        Anchor::End => text_anchor::HPos::Right,
    };
    let weight = if is_strong { FontStyle::Bold } else { FontStyle::Normal };
    TextStyle {
        font: FontDesc::new(FontFamily::Name(&theme.font_family), 12.0 * ratio, weight),
        color: theme.colour(ink).to_backend_color(),
        pos: text_anchor::Pos::new(side, text_anchor::VPos::Center),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a place on the screen")]
fn pixels(length: f64) -> i32 {
    length.round() as i32
}
