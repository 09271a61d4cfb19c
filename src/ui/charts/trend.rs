//! One KPI over time: lines on a common scale, labelled where they end.

use super::{
    Anchor, Ink, Scene, Size,
    scale::Scale,
    scene::{Point, text_width},
};
use crate::{domain::sort_few_by, ui::format::Style, worker::protocol::TrendNote};

const TOP: f64 = 26.0;
const BOTTOM: f64 = 24.0;
const FONT: f64 = 12.0;
/// How far above the plot what people said has its marks.
const NOTE_RISE: f64 = 7.0;
/// Least distance between two labels at the lines' ends.
const LABEL_STEP: f64 = 15.0;

/// A line of a trend chart.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendLine {
    /// Stands at the line's end.
    pub label: String,
    /// One per bucket; `None` leaves a gap.
    pub values: Vec<Option<f64>>,
    /// Buckets that are still settling: drawn in dashes.
    pub is_settling: Vec<bool>,
    pub role: LineRole,
}

/// What a line of a trend chart says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineRole {
    /// What was reached.
    Own,
    /// The comparison period, drawn lighter.
    Comparison,
    /// What was wanted, drawn in steps.
    Target,
}

/// How far the usual ups and downs of the first line reach.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendBand {
    /// One per bucket.
    pub lower: Vec<f64>,
    pub upper: Vec<f64>,
    /// Buckets whose value lies outside.
    pub outside: Vec<usize>,
}

/// Where a bucket that is still settling will probably end.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendRange {
    pub bucket: usize,
    pub low: f64,
    pub high: f64,
    /// The same in words.
    pub text: String,
}

/// All that a trend chart shows, in the reader's language.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPicture {
    /// What the value axis measures.
    pub axis: String,
    /// One per bucket.
    pub buckets: Vec<String>,
    pub lines: Vec<TrendLine>,
    pub band: Option<TrendBand>,
    /// Of the first line.
    pub ranges: Vec<TrendRange>,
    /// What people said of buckets.
    pub notes: Vec<TrendNote>,
    pub style: Style,
}

/// Where the plot lies inside the drawing.
struct Plot {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    n_buckets: usize,
}

impl Plot {
    #[expect(clippy::cast_precision_loss, reason = "charts have fewer than 2^52 buckets")]
    fn x(&self, bucket: usize) -> f64 {
        let room = self.right - self.left;
        self.left + (bucket as f64 + 0.5) * room / self.n_buckets.max(1) as f64
    }

    fn y(&self, share: f64) -> f64 {
        self.bottom - share * (self.bottom - self.top)
    }
}

impl TrendPicture {
    /// The drawing; `cursor` is the bucket that is read out.
    pub fn scene(&self, size: Size, cursor: Option<usize>) -> Scene {
        let mut scene = Scene { size, marks: Vec::new() };
        let scale = self.scale();
        let plot = self.plot(size, &scale);
        self.draw_axes(&mut scene, &plot, &scale);
        self.draw_band(&mut scene, &plot, &scale);
        self.draw_ranges(&mut scene, &plot, &scale);
        self.draw_notes(&mut scene, &plot);
        if let Some(bucket) = cursor.filter(|bucket| *bucket < plot.n_buckets) {
            let x = plot.x(bucket);
            scene.line(vec![(x, plot.top), (x, plot.bottom)], Ink::Limit, 1.0);
        }
        for (index, line) in self.lines.iter().enumerate().rev() {
            draw_line(&mut scene, &plot, &scale, line, look(index, line));
        }
        self.draw_cursor(&mut scene, &plot, &scale, cursor);
        self.draw_labels(&mut scene, &plot, &scale);
        scene
    }

    /// The bucket nearest to `x`.
    pub fn bucket_at(&self, size: Size, x: f64) -> Option<usize> {
        let plot = self.plot(size, &self.scale());
        (0..plot.n_buckets)
            .min_by(|one, other| (plot.x(*one) - x).abs().total_cmp(&(plot.x(*other) - x).abs()))
    }

    fn scale(&self) -> Scale {
        let values = self.lines.iter().flat_map(|line| line.values.iter().flatten());
        let limits = self.band.iter().flat_map(|band| band.lower.iter().chain(&band.upper));
        let ranges = self.ranges.iter().flat_map(|range| [&range.low, &range.high]);
        Scale::of(values.chain(limits).chain(ranges).copied(), 4)
    }

    /// Both limits in dots, and a ring around what lies outside.
    fn draw_band(&self, scene: &mut Scene, plot: &Plot, scale: &Scale) {
        let Some(band) = &self.band else { return };
        for limits in [&band.lower, &band.upper] {
            let place =
                |(bucket, value): (usize, &f64)| (plot.x(bucket), plot.y(scale.share(*value)));
            let points: Vec<Point> = limits.iter().enumerate().map(place).collect();
            scene.dashed(&points, Ink::Limit, 1.0, (2.0, 3.0));
        }
        let values = self.lines.first().map(|line| line.values.as_slice()).unwrap_or_default();
        for bucket in &band.outside {
            if let Some(value) = values.get(*bucket).copied().flatten() {
                let at = (plot.x(*bucket), plot.y(scale.share(value)));
                let mark = super::Mark::Dot { at, radius: 5.0, ink: Ink::Text, is_filled: false };
                scene.marks.push(mark);
            }
        }
    }

    /// A hatched bar from the low to the high end of each.
    fn draw_ranges(&self, scene: &mut Scene, plot: &Plot, scale: &Scale) {
        let width = ((plot.x(1) - plot.x(0)) * 0.7).clamp(2.0, 10.0);
        for range in &self.ranges {
            let x = plot.x(range.bucket);
            let ends = [range.high, range.low].map(|value| (x, plot.y(scale.share(value))));
            scene.dashed(&ends, Ink::Forecast, width, (1.0, 2.0));
        }
    }

    /// Dots above the first and the last bucket of each, with a line between them, and a dotted way down.
    fn draw_notes(&self, scene: &mut Scene, plot: &Plot) {
        let y = plot.top - NOTE_RISE;
        for note in &self.notes {
            let [from, to] =
                [note.first, note.last].map(|it| plot.x(usize::try_from(it).unwrap_or(0)));
            scene.dashed(&[(from, y), (from, plot.bottom)], Ink::Muted, 1.0, (1.0, 3.0));
            scene.line(vec![(from, y), (to, y)], Ink::Text, 2.0);
            for at in [(from, y), (to, y)] {
                let (radius, ink) = (3.0, Ink::Text);
                scene.marks.push(super::Mark::Dot { at, radius, ink, is_filled: true });
            }
        }
    }

    fn plot(&self, size: Size, scale: &Scale) -> Plot {
        let ticks = scale.ticks().into_iter().map(|tick| text_width(&self.style.tick(tick), FONT));
        // The first label is bold, and bold is wider.
        let labels = self.lines.iter().map(|line| text_width(&line.label, FONT) * 1.12);
        let left = ticks.fold(16.0_f64, f64::max) + 8.0;
        let right = labels.fold(0.0_f64, f64::max).min(size.width * 0.3) + 10.0;
        Plot {
            left,
            right: (size.width - right).max(left + 20.0),
            top: TOP,
            bottom: (size.height - BOTTOM).max(TOP + 20.0),
            n_buckets: self.buckets.len(),
        }
    }

    fn draw_axes(&self, scene: &mut Scene, plot: &Plot, scale: &Scale) {
        for tick in scale.ticks() {
            let y = plot.y(scale.share(tick)).round();
            let ink = if tick.abs() < f64::EPSILON { Ink::Axis } else { Ink::Grid };
            scene.line(vec![(plot.left, y), (plot.right, y)], ink, 1.0);
            scene.text((plot.left - 6.0, y), self.style.tick(tick), Ink::Muted, Anchor::End);
        }
        scene.text((0.0, 8.0), self.axis.clone(), Ink::Muted, Anchor::Start);
        let widest = self.buckets.iter().map(|text| text_width(text, FONT)).fold(1.0, f64::max);
        let room = (plot.right - plot.left).max(1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a positive number of labels that fit the screen"
        )]
        let n_labels = (room / (widest + 16.0)).floor().max(1.0) as usize;
        let step = plot.n_buckets.div_ceil(n_labels).max(1);
        for (bucket, text) in self.buckets.iter().enumerate().step_by(step) {
            let at = (plot.x(bucket), plot.bottom + 14.0);
            scene.text(at, text.clone(), Ink::Muted, Anchor::Middle);
        }
    }

    fn draw_cursor(&self, scene: &mut Scene, plot: &Plot, scale: &Scale, cursor: Option<usize>) {
        let Some(bucket) = cursor else { return };
        for (index, line) in self.lines.iter().enumerate() {
            if let Some(value) = line.values.get(bucket).copied().flatten() {
                let at = (plot.x(bucket), plot.y(scale.share(value)));
                let ink = look(index, line).ink;
                scene.marks.push(super::Mark::Dot { at, radius: 4.0, ink, is_filled: true });
            }
        }
    }

    /// Labels beside the lines' last points, pushed apart downwards, then kept inside.
    fn draw_labels(&self, scene: &mut Scene, plot: &Plot, scale: &Scale) {
        let mut labels: Vec<(f64, usize, &TrendLine)> = self
            .lines
            .iter()
            .enumerate()
            .filter_map(|(index, line)| {
                let value = line.values.iter().rev().flatten().next()?;
                Some((plot.y(scale.share(*value)), index, line))
            })
            .collect();
        sort_few_by(&mut labels, |one, other| one.0.total_cmp(&other.0));
        let mut least = plot.top - 8.0;
        for label in &mut labels {
            label.0 = label.0.max(least);
            least = label.0 + LABEL_STEP;
        }
        let mut most = plot.bottom;
        for label in labels.iter_mut().rev() {
            label.0 = label.0.min(most);
            most = label.0 - LABEL_STEP;
        }
        for (y, index, line) in labels {
            scene.marks.push(super::Mark::Text {
                at: (plot.right + 6.0, y),
                text: line.label.clone(),
                ink: if line.role == LineRole::Own { Ink::Text } else { Ink::Muted },
                anchor: Anchor::Start,
                is_strong: index == 0,
            });
        }
    }
}

/// How a line is told apart: by lightness and dashes, not by hue.
#[derive(Clone, Copy)]
struct Look {
    ink: Ink,
    width: f64,
    dash: Option<(f64, f64)>,
}

fn look(index: usize, line: &TrendLine) -> Look {
    match line.role {
        LineRole::Comparison => return Look { ink: Ink::Previous, width: 1.25, dash: None },
        LineRole::Target => return Look { ink: Ink::Text, width: 1.25, dash: Some((6.0, 3.0)) },
        LineRole::Own => (),
    }
    let dashes = [None, None, Some((7.0, 3.0)), Some((7.0, 3.0)), Some((2.0, 3.0))];
    let ink = if index.is_multiple_of(2) { Ink::Actual } else { Ink::Previous };
    Look { ink, width: 1.75, dash: dashes.get(index % dashes.len()).copied().flatten() }
}

fn draw_line(scene: &mut Scene, plot: &Plot, scale: &Scale, line: &TrendLine, look: Look) {
    if line.role == LineRole::Target {
        return draw_steps(scene, plot, scale, line, look);
    }
    for (points, is_settling) in runs(plot, scale, line) {
        if let [at] = points.as_slice() {
            let (at, ink) = (*at, look.ink);
            scene.marks.push(super::Mark::Dot { at, radius: 2.5, ink, is_filled: true });
        } else if let Some(dash) = look.dash.or(is_settling.then_some((3.0, 3.0))) {
            scene.dashed(&points, look.ink, look.width, dash);
        } else {
            scene.line(points, look.ink, look.width);
        }
    }
}

/// A level stretch for each bucket that has a value, and an upright one where two of them meet.
fn draw_steps(scene: &mut Scene, plot: &Plot, scale: &Scale, line: &TrendLine, look: Look) {
    let half = (plot.x(1) - plot.x(0)) / 2.0;
    let mut run: Vec<Point> = Vec::new();
    for (bucket, value) in line.values.iter().chain([&None]).enumerate() {
        if let Some(value) = value {
            let (x, y) = (plot.x(bucket), plot.y(scale.share(*value)));
            run.extend([(x - half, y), (x + half, y)]);
        } else if !run.is_empty() {
            scene.dashed(&run, look.ink, look.width, look.dash.unwrap_or((6.0, 3.0)));
            run.clear();
        }
    }
}

/// Unbroken stretches of a line; a stretch ends where values are missing or begin to settle.
fn runs(plot: &Plot, scale: &Scale, line: &TrendLine) -> Vec<(Vec<Point>, bool)> {
    let mut runs: Vec<(Vec<Point>, bool)> = Vec::new();
    let mut previous: Option<(Point, bool)> = None;
    for (bucket, value) in line.values.iter().enumerate() {
        let Some(value) = value else {
            previous = None;
            continue;
        };
        let point = (plot.x(bucket), plot.y(scale.share(*value)));
        let is_settling = line.is_settling.get(bucket).copied().unwrap_or(false);
        match (previous, runs.last_mut()) {
            (Some((_, was_settling)), Some(run)) if was_settling == is_settling => {
                run.0.push(point);
            }
            (Some((from, _)), _) => runs.push((vec![from, point], is_settling)),
            (None, _) => runs.push((vec![point], is_settling)),
        }
        previous = Some((point, is_settling));
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::Currency,
        ui::{charts::Mark, i18n::Locale},
        worker::protocol::UnitView,
    };

    const SIZE: Size = Size { width: 600.0, height: 240.0 };

    fn line(label: &str, values: &[Option<f64>], is_comparison: bool) -> TrendLine {
        let role = if is_comparison { LineRole::Comparison } else { LineRole::Own };
        let is_settling = vec![false; values.len()];
        TrendLine { label: label.to_owned(), values: values.to_vec(), is_settling, role }
    }

    fn picture(lines: Vec<TrendLine>) -> TrendPicture {
        let n_buckets = lines.first().map_or(0, |line| line.values.len());
        TrendPicture {
            axis: "Net sales, USD".to_owned(),
            buckets: (1..=n_buckets).map(|day| format!("Nov {day}")).collect(),
            lines,
            band: None,
            ranges: Vec::new(),
            notes: Vec::new(),
            style: Style { unit: UnitView::Money, currency: Currency::USD, language: Locale::en },
        }
    }

    fn texts(scene: &Scene) -> Vec<&str> {
        let text = |mark| match mark {
            &Mark::Text { ref text, .. } => Some(text.as_str()),
            _ => None,
        };
        scene.marks.iter().filter_map(text).collect()
    }

    #[test]
    fn limits_are_drawn_and_what_lies_outside_has_a_ring() {
        let values = [Some(1.0), Some(9.0), Some(2.0)];
        let mut picture = picture(vec![line("now", &values, false)]);
        let band = TrendBand { lower: vec![0.5; 3], upper: vec![4.0; 3], outside: vec![1] };
        picture.band = Some(band);
        let scene = picture.scene(SIZE, None);
        let is_limit = |mark: &&Mark| matches!(mark, Mark::Line { ink: Ink::Limit, .. });
        assert!(scene.marks.iter().filter(is_limit).count() > 10, "two dotted lines");
        let ring = scene.marks.iter().find_map(|mark| match mark {
            Mark::Dot { at, is_filled: false, .. } => Some(*at),
            _ => None,
        });
        let (x, _) = ring.expect("a ring");
        assert_eq!(picture.bucket_at(SIZE, x), Some(1));
    }

    #[test]
    fn where_a_bucket_will_probably_end_is_hatched_and_on_the_scale() {
        let mut picture = picture(vec![line("now", &[Some(1.0), Some(2.0)], false)]);
        picture.ranges = vec![TrendRange { bucket: 1, low: 3.0, high: 9.0, text: String::new() }];
        let scene = picture.scene(SIZE, None);
        let ends: Vec<Point> = scene
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Line { points, ink: Ink::Forecast, .. } => Some(points.clone()),
                _ => None,
            })
            .flatten()
            .collect();
        assert!(ends.len() > 10, "strokes: {ends:?}");
        assert!(ends.iter().all(|at| picture.bucket_at(SIZE, at.0) == Some(1)));
        assert!(ends.iter().all(|at| at.1 >= TOP), "the high end is inside: {ends:?}");
    }

    #[test]
    fn a_target_is_drawn_in_steps_and_ends_where_there_is_none() {
        let values = [Some(10.0), Some(10.0), Some(20.0), None];
        let target = TrendLine { role: LineRole::Target, ..line("Target", &values, false) };
        let picture = picture(vec![line("now", &[Some(1.0); 4], false), target]);
        let scene = picture.scene(SIZE, None);
        let strokes = scene.marks.iter().filter_map(|mark| match mark {
            Mark::Line { points, ink: Ink::Text, width: 1.25 } => Some(points.as_slice()),
            _ => None,
        });
        let pairs: Vec<(Point, Point)> =
            strokes.flat_map(|points| points.windows(2).map(|pair| (pair[0], pair[1]))).collect();
        let is_level = |(one, other): &&(Point, Point)| (one.1 - other.1).abs() < 1e-9;
        let is_upright = |(one, other): &&(Point, Point)| (one.0 - other.0).abs() < 1e-9;
        assert!(pairs.iter().all(|it| is_level(&it) || is_upright(&it)), "{pairs:?}");
        let mut heights: Vec<f64> = pairs.iter().filter(is_level).map(|it| it.0.1).collect();
        heights.dedup_by(|one, other| (*one - *other).abs() < 1e-9);
        assert_eq!(heights.len(), 2, "one step up: {heights:?}");
        assert!(pairs.iter().all(|it| picture.bucket_at(SIZE, it.1.0 - 1.0) != Some(3)));
    }

    #[test]
    fn what_is_said_has_marks_above_its_days() {
        let mut picture = picture(vec![line("now", &[Some(1.0); 5], false)]);
        picture.notes = vec![TrendNote { first: 1, last: 3, text: "price raised".to_owned() }];
        let scene = picture.scene(SIZE, None);
        let dots: Vec<Point> = scene
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Dot { at, ink: Ink::Text, is_filled: true, .. } => Some(*at),
                _ => None,
            })
            .collect();
        let buckets: Vec<_> = dots.iter().map(|at| picture.bucket_at(SIZE, at.0)).collect();
        assert_eq!(buckets, [Some(1), Some(3)]);
        assert!(dots.iter().all(|at| at.1 < TOP), "{dots:?}");
    }

    #[test]
    fn a_gap_breaks_the_line_and_a_lone_value_is_a_dot() {
        let values = [Some(1.0), Some(2.0), None, Some(3.0)];
        let scene = picture(vec![line("now", &values, false)]).scene(SIZE, None);
        let actual = scene.marks.iter().filter(|mark| {
            matches!(mark, Mark::Line { ink: Ink::Actual, .. } | Mark::Dot { ink: Ink::Actual, .. })
        });
        assert_eq!(actual.count(), 2);
    }

    #[test]
    fn labels_stand_apart_and_inside() {
        let lines = ["one", "two", "three"].map(|label| line(label, &[Some(5.0); 3], false));
        let scene = picture(lines.to_vec()).scene(SIZE, None);
        let mut at: Vec<f64> = scene
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Text { at, text, .. } if ["one", "two", "three"].contains(&text.as_str()) => {
                    Some(at.1)
                }
                _ => None,
            })
            .collect();
        at.sort_by(f64::total_cmp);
        assert!(at.windows(2).all(|pair| pair[1] - pair[0] >= LABEL_STEP - 0.01), "{at:?}");
        assert!(at.iter().all(|y| (0.0..=SIZE.height).contains(y)), "{at:?}");
    }

    #[test]
    fn axis_labels_never_overlap() {
        let values = vec![Some(1.0); 90];
        let scene = picture(vec![line("now", &values, false)])
            .scene(Size { width: 320.0, height: 200.0 }, None);
        let days = texts(&scene).into_iter().filter(|text| text.starts_with("Nov")).count();
        assert!((2..=5).contains(&days), "{days}");
    }

    #[test]
    fn the_pointer_finds_the_nearest_bucket() {
        let picture = picture(vec![line("now", &[Some(1.0); 10], false)]);
        assert_eq!(picture.bucket_at(SIZE, 0.0), Some(0));
        assert_eq!(picture.bucket_at(SIZE, 599.0), Some(9));
        assert_eq!(TrendPicture { buckets: Vec::new(), ..picture }.bucket_at(SIZE, 9.0), None);
    }

    #[test]
    fn nothing_to_draw_is_an_empty_frame() {
        let scene = picture(Vec::new()).scene(SIZE, Some(3));
        assert!(texts(&scene).contains(&"$0"));
    }
}
