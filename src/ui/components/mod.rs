//! Parts that two pages or more use.

mod demo_files_button;
mod empty_state;
mod icon;
mod notice;
mod popover;
mod segmented;

pub(crate) use demo_files_button::DemoFilesButton;
pub(crate) use empty_state::EmptyState;
pub(crate) use icon::{Glyph, Icon};
pub(crate) use notice::{FailureNotice, Notice, Severity};
pub(crate) use popover::{Popover, hide_popover};
pub(crate) use segmented::Segmented;
