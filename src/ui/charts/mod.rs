//! Charts. What is drawn is a pure `Scene`, made from view models and tested natively; one canvas
//! component draws it. plotters is known to `canvas` only.

mod canvas;
mod scale;
mod scene;
mod sparkline;
mod theme;
mod trend;

pub(crate) use canvas::ChartCanvas;
pub use scene::{Anchor, Ink, Mark, Scene, Size};
pub(crate) use sparkline::sparkline;
pub use trend::{LineRole, TrendBand, TrendLine, TrendPicture, TrendRange};
