//! The border of the part in a program that is not cut.

use std::future::{Ready, ready};

use leptos::{prelude::AnyView, wasm_split::SplitLoaderError};

use super::page::view_of;
use crate::ui::routes::Page;

pub(crate) fn view(page: Page) -> Ready<Result<Option<AnyView>, SplitLoaderError>> {
    ready(Ok(view_of(page)))
}

/// Nothing to load.
pub(crate) fn load() -> Ready<Result<(), SplitLoaderError>> {
    ready(Ok(()))
}
