//! Components in headless Chromium: mounted, acted on, asserted by role, text and `data-` values.
#![cfg(all(target_arch = "wasm32", feature = "web"))]
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod format;
mod kpi_card;
mod routes;
mod scan;
mod stage;
mod storage;
mod trend_table;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
