use leptos::{prelude::*, task::tick};
use linkstar_kpi::{
    domain::{Currency, Filters, Granularity, Period},
    ui::{
        charts::TrendRange,
        components::{TrendInView, TrendTable},
        i18n::Locale,
    },
    worker::protocol::{
        Comparison, HomeRequest, Trend, TrendNote, TrendSeries, UnitView, ValueView,
    },
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::stage::{day, mount, names, value};

fn trend() -> TrendInView {
    let buckets =
        ["2026-09-01", "2026-09-02"].map(|text| Period { from: day(text), to: day(text) }).to_vec();
    let values = vec![value("1200.5"), ValueView::default()];
    let trend = Trend {
        kpi: "sales.net".to_owned(),
        names: names("Net sales", "净销售额"),
        unit: UnitView::Money,
        granularity: Granularity::Day,
        buckets: buckets.clone(),
        series: vec![TrendSeries { member: String::new(), values, buckets }],
        comparison: None,
        target: None,
        limits: None,
        aligned: None,
        notes: vec![TrendNote { first: 1, last: 1, text: "price raised".to_owned() }],
    };
    let asked = HomeRequest {
        filters: Filters::default(),
        period: None,
        comparison: Comparison::PreviousPeriod,
        granularity: Granularity::Day,
        trend_kpi: "sales.net".to_owned(),
        trend_by: None,
        today: day("2026-09-03"),
    };
    let range = TrendRange { bucket: 0, low: 1300.0, high: 1500.0, text: "grows on".to_owned() };
    TrendInView { trend, currency: Currency::USD, asked, ranges: vec![range] }
}

#[wasm_bindgen_test]
async fn the_twin_has_every_value_once_it_is_opened() {
    let stage = mount(Locale::en, || {
        let trend = Signal::stored(Some(trend()));
        view! { <TrendTable trend/> }
    })
    .await;
    assert!(stage.host.query_selector("table").unwrap().is_none());
    stage.find("summary").unchecked_into::<HtmlElement>().click();
    // The browser tells of the opening in a task of its own.
    gloo_timers::future::TimeoutFuture::new(20).await;
    tick().await;
    let figures = stage.host.query_selector_all("[data-kpi='sales.net']").unwrap();
    assert_eq!(figures.length(), 2);
    let first = stage.find("[data-period='2026-09-01..2026-09-01']");
    assert_eq!(first.get_attribute("data-value").unwrap(), "1200.5");
    assert_eq!(first.text_content().unwrap(), "$1,200.50");
    let second = stage.find("[data-period='2026-09-02..2026-09-02']");
    assert_eq!(second.text_content().unwrap(), "–");
    let said = stage.host.query_selector_all("td[data-wrap]").unwrap();
    let said = [0, 1].map(|row| said.item(row).unwrap().text_content().unwrap());
    assert_eq!(said, ["grows on", ""], "where the first day will end, and no note on it");
}
