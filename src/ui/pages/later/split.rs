//! The border of the part in a program that is cut.

#![expect(clippy::unnecessary_wraps, reason = "loading can fail, which the macro adds")]

use leptos::{
    prelude::AnyView,
    wasm_split::{SplitLoaderError, wasm_split},
};

use super::page::view_of;
use crate::ui::routes::Page;

#[wasm_split(pages, wasm_split_path = leptos::wasm_split, preload(load), fallible)]
pub(crate) fn view(page: Page) -> Result<Option<AnyView>, SplitLoaderError> {
    Ok(view_of(page))
}
