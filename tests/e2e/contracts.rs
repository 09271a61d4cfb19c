//! Contracts: what a choice would change is shown first; made, it changes the figures and can be undone.

use serde_json::json;

use crate::{
    home::Home,
    pages::FirstOpen,
    shell::Shell,
    stage::journey,
    wait::{PATIENCE, wait_until},
};

const SELECT: &str = "#contract-refund_timing";

#[test]
fn a_choice_shows_what_it_changes_and_asks_why() {
    journey("contracts", |stage| {
        stage.go("");
        let browser = stage.browser();
        FirstOpen(browser).open_demo();
        Home(browser).wait_for_first_card(PATIENCE * 4);
        let net = || {
            let cards = Home(browser).wait_for_cards();
            cards.into_iter().find(|card| card.kpi == "sales.net").map(|card| card.value)
        };
        let before = net();
        stage.go("#/workbook");
        let choose = |choice: &str| {
            wait_until("the contracts", || browser.has(SELECT));
            browser.click(&format!("{SELECT} option[value='{choice}']"));
            wait_until("what would change", || {
                browser.has("dialog[open] [data-moved='sales.net']")
            });
        };
        let chosen = || {
            let code = "return document.querySelector(arguments[0])?.value";
            browser.script_with(code, &json!([SELECT])).as_str().map(str::to_owned)
        };
        choose("order_date");
        browser.click("dialog[open] button[type=button]");
        wait_until("the dialog closed", || !browser.has("dialog[open]"));
        assert_eq!(chosen().as_deref(), Some("refund_date"), "nothing was chosen");

        choose("order_date");
        browser.fill("dialog[open] [data-field=reason]", "Returns by order month");
        browser.click("dialog[open] [data-action=choose]");
        wait_until("the choice", || chosen().as_deref() == Some("order_date"));
        let text = browser.text("main").unwrap_or_default();
        assert!(text.contains("Returns by order month"), "the reason is kept");
        stage.go("#/home");
        wait_until("other net sales", || net() != before);
        Shell(browser).undo();
        wait_until("net sales of before", || net() == before);
    });
}
