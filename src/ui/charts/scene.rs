//! What a chart consists of, in CSS pixels from the upper left corner.

/// A point in CSS pixels.
pub type Point = (f64, f64);

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    pub width: f64,
    pub height: f64,
}

/// What a mark means; the theme knows its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    Actual,
    Previous,
    Grid,
    Axis,
    Text,
    Muted,
    Surface,
    Limit,
    Forecast,
}

impl Ink {
    /// In the order of the theme's colours.
    pub const ALL: [Self; 9] = [
        Self::Actual,
        Self::Previous,
        Self::Grid,
        Self::Axis,
        Self::Text,
        Self::Muted,
        Self::Surface,
        Self::Limit,
        Self::Forecast,
    ];

    /// The token of `tokens.css`.
    pub const fn token(self) -> &'static str {
        match self {
            Self::Actual => "--mark-actual",
            Self::Previous => "--mark-previous",
            Self::Grid => "--mark-grid",
            Self::Axis => "--mark-axis",
            Self::Text => "--color-text",
            Self::Muted => "--color-text-muted",
            Self::Surface => "--color-surface",
            Self::Limit => "--mark-limit",
            Self::Forecast => "--mark-forecast",
        }
    }
}

/// Which side of a text its point is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    Line {
        points: Vec<Point>,
        ink: Ink,
        width: f64,
    },
    Dot {
        at: Point,
        radius: f64,
        ink: Ink,
        is_filled: bool,
    },
    /// Vertically centred on its point.
    Text {
        at: Point,
        text: String,
        ink: Ink,
        anchor: Anchor,
        is_strong: bool,
    },
}

/// A drawing, in the order in which its marks lie over each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    pub size: Size,
    pub marks: Vec<Mark>,
}

impl Scene {
    pub(crate) fn line(&mut self, points: Vec<Point>, ink: Ink, width: f64) {
        self.marks.push(Mark::Line { points, ink, width });
    }

    pub(crate) fn text(&mut self, at: Point, text: impl Into<String>, ink: Ink, anchor: Anchor) {
        self.marks.push(Mark::Text { at, text: text.into(), ink, anchor, is_strong: false });
    }

    /// The same line in strokes of `on` pixels with gaps of `off`.
    pub(crate) fn dashed(&mut self, points: &[Point], ink: Ink, width: f64, dash: (f64, f64)) {
        for stroke in dashes(points, dash) {
            self.line(stroke, ink, width);
        }
    }
}

/// Cuts a line into strokes of `on` pixels with gaps of `off`, corners kept.
fn dashes(points: &[Point], (on, off): (f64, f64)) -> Vec<Vec<Point>> {
    let mut strokes = Vec::new();
    let mut stroke: Vec<Point> = points.first().copied().into_iter().collect();
    let (mut is_on, mut left) = (true, on.max(1.0));
    for pair in points.windows(2) {
        let &[from, to] = pair else { continue };
        let (mut at, mut length) = (from, (to.0 - from.0).hypot(to.1 - from.1));
        while length > left {
            let share = left / length;
            at = (at.0 + (to.0 - at.0) * share, at.1 + (to.1 - at.1) * share);
            length -= left;
            if is_on {
                stroke.push(at);
                strokes.push(std::mem::take(&mut stroke));
            } else {
                stroke = vec![at];
            }
            is_on = !is_on;
            left = if is_on { on.max(1.0) } else { off.max(1.0) };
        }
        left -= length;
        if is_on {
            stroke.push(to);
        }
    }
    if stroke.len() > 1 {
        strokes.push(stroke);
    }
    strokes
}

/// About how wide a text is at `size` pixels in the widest of the fonts; Chinese is square.
pub(crate) fn text_width(text: &str, size: f64) -> f64 {
    let share = |letter| match letter {
        '%' => 0.96,
        '\u{2e80}'.. => 1.0,
        _ => 0.64,
    };
    text.chars().map(share).sum::<f64>() * size
}

#[cfg(test)]
mod tests {
    use super::dashes;

    #[test]
    fn dashes_keep_corners_and_lengths() {
        let strokes = dashes(&[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)], (6.0, 2.0));
        assert_eq!(strokes.len(), 3);
        assert_eq!(strokes[0], [(0.0, 0.0), (6.0, 0.0)]);
        assert_eq!(strokes[1], [(8.0, 0.0), (10.0, 0.0), (10.0, 4.0)]);
        assert_eq!(strokes[2], [(10.0, 6.0), (10.0, 10.0)]);
    }

    #[test]
    fn a_line_without_points_has_no_strokes() {
        assert!(dashes(&[], (4.0, 2.0)).is_empty());
    }
}
