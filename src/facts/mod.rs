//! The columnar fact tables, their merge and the cube. The only place that knows Arrow.
//!
//! Knows no file format, no KPI, no browser.

mod builder;
mod cube;
mod flat;
mod ipc;
mod maturity;
mod merge;
mod schema;
mod segment;
mod text_index;

pub use builder::TableBuilder;
pub(crate) use cube::NAMES_BUYERS;
pub use cube::{
    Batch, BatchOrder, Booking, Choice, CostBook, CostLayer, CoveredBy, Cube, CubeInput,
    CubeOptions, DayBoundary, FactBehind, FxRates, Identities, Place, Product, ReadFile,
    Reconciled, SaleTiming, Slice, Source, Target, Transfers, TypedValue, best_sellers,
    build as build_cube, build_in_steps as build_cube_in_steps, campaigns_over, facts_behind,
    returns_by_sku, sku_weeks,
};
pub use flat::FlatSegment;
pub use ipc::{IpcError, load_ipc};
pub use maturity::developments;
pub use merge::{MergeEffect, MergeInput, Precedence, effect, in_force};
pub(crate) use schema::SHOP_TEXT;
pub use schema::Table;
pub use segment::{Segment, SegmentMeta};
pub use text_index::{ByteIndex, TextIndex};
