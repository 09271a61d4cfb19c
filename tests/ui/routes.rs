use linkstar_kpi::ui::routes::{Page, Route};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn what_the_browser_writes_is_read_back() {
    let hash = "#/kpi/sales.net?from=2026-09-01&to=2026-09-30&sku=%E5%92%96%E5%95%A1%20%26%201";
    let location = web_sys::window().unwrap().location();
    location.set_hash(hash).unwrap();
    let route = Route::parse(&location.hash().unwrap());
    assert_eq!(route.page, Page::Kpi("sales.net".to_owned()));
    assert_eq!(route.view.filters.skus, ["咖啡 & 1"]);
    assert_eq!(route.to_hash(), hash);
    location.set_hash("").unwrap();
}
