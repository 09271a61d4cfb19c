//! Parts that two pages or more use.

mod cell_label;
mod demo_files_button;
mod empty_state;
mod figure;
mod filter_bar;
mod grouped;
mod home_star;
mod icon;
mod kpi_card;
mod notice;
mod popover;
mod report_guide;
mod segmented;
mod text_field;
mod trend_panel;
mod trend_reader;
mod trend_table;
mod warning_row;

pub(crate) use cell_label::CellLabel;
pub(crate) use demo_files_button::DemoFilesButton;
pub(crate) use empty_state::EmptyState;
pub use figure::{Place, Precision, kpi_figure};
pub use filter_bar::FilterBar;
pub(crate) use grouped::grouped;
pub(crate) use home_star::home_star;
pub(crate) use icon::{Glyph, Icon};
pub use kpi_card::kpi_card;
pub(crate) use notice::{FailureNotice, Notice, Severity};
pub(crate) use popover::{Popover, hide_popover};
pub(crate) use report_guide::ReportGuide;
pub(crate) use segmented::Segmented;
pub(crate) use text_field::{FieldKind, TextField};
pub use trend_panel::{TrendInView, TrendPanel};
pub use trend_table::TrendTable;
pub(crate) use warning_row::WarningRow;
