use leptos::prelude::*;
use linkstar_kpi::{
    ui::{
        components::kpi_card,
        i18n::{Locale, use_i18n},
    },
    worker::protocol::{
        Comparison, Figure, KpiCard as Card, ReportName, UndefinedView, UnitView, ValueView,
    },
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::stage::{figure, mount, names, september, value};

fn card(figure: Figure) -> Card {
    Card {
        figure,
        year_before: Some(value("300000")),
        target: None,
        spark: vec![Some(1.0), Some(2.0), None, Some(3.0)],
        is_immature: false,
        meaning: names("What buyers paid", "买家实付"),
        group: "sales".to_owned(),
    }
}

#[wasm_bindgen_test]
async fn the_card_has_the_exact_value_and_both_changes() {
    let net = figure("sales.net", UnitView::Money, value("386140.49"), Some(value("340000")));
    let stage = mount(Locale::en, move || {
        let card = card(net.clone());
        kpi_card(
            use_i18n(),
            &card,
            &september(),
            Comparison::PreviousPeriod,
            "#/kpi/sales.net".into(),
        )
    })
    .await;
    let shown = stage.find("[data-kpi='sales.net']");
    assert_eq!(shown.get_attribute("data-value").unwrap(), "386140.49");
    assert_eq!(shown.get_attribute("data-scope").unwrap(), "channel=amazon");
    assert_eq!(shown.get_attribute("data-period").unwrap(), "2026-09-01..2026-09-30");
    assert_eq!(shown.get_attribute("title").unwrap(), "$386,140.49");
    let text = stage.text();
    for part in
        ["Net sales", "$386,140", "30 days before", "+$46.1k", "+13.6%", "a year before", "+28.7%"]
    {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
    assert_eq!(stage.find("a").get_attribute("href").unwrap(), "#/kpi/sales.net");
}

#[wasm_bindgen_test]
async fn an_undefined_value_says_why_and_what_would_help() {
    let report =
        ReportName { report: "user.costs".to_owned(), names: names("Cost sheet", "成本表") };
    let why = UndefinedView {
        reason: "missing_cost".to_owned(),
        about: String::new(),
        fed_by: vec![report],
    };
    let undefined = ValueView { undefined: Some(why.into()), ..ValueView::default() };
    let profit = figure("pl.cm3", UnitView::Money, undefined, None);
    let stage = mount(Locale::zh_CN, move || {
        let card = card(profit.clone());
        kpi_card(use_i18n(), &card, &september(), Comparison::PreviousPeriod, "#/kpi/pl.cm3".into())
    })
    .await;
    assert_eq!(stage.find("[data-kpi='pl.cm3']").get_attribute("data-value").unwrap(), "");
    let text = stage.text();
    for part in ["净销售额", "–", "缺成本不等于成本为 0", "成本表"] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
}

#[wasm_bindgen_test]
async fn shares_change_in_percentage_points() {
    let tacos = figure("ads.tacos", UnitView::Share, value("0.134"), Some(value("0.114")));
    let stage = mount(Locale::zh_CN, move || {
        let card = Card { year_before: None, ..card(tacos.clone()) };
        kpi_card(use_i18n(), &card, &september(), Comparison::PreviousPeriod, "#".into())
    })
    .await;
    assert!(stage.text().contains("+2.0 个百分点"), "{}", stage.text());
}
