use linkstar_kpi::{
    domain::Currency,
    ui::{
        format::{Style, period},
        i18n::Locale,
    },
    worker::protocol::UnitView,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::september;

#[wasm_bindgen_test]
fn money_is_short_in_the_readers_way() {
    let style = |language| Style { unit: UnitView::Money, currency: Currency::USD, language };
    assert_eq!(style(Locale::en).short("12345.678"), "$12.3k");
    assert_eq!(style(Locale::zh_CN).short("12345.678"), "$1.23万");
    assert_eq!(style(Locale::zh_CN).full("12345.678"), "$12,345.68");
}

#[wasm_bindgen_test]
fn periods_follow_the_language() {
    assert_eq!(period(september().period, Locale::en), "Sep 1 – 30, 2026");
    assert_eq!(period(september().period, Locale::zh_CN), "2026-09-01 – 09-30");
}
