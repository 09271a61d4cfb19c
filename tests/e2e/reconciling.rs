//! What a platform's page states against the demo company's figures, and a month that is signed.

use serde_json::json;

use crate::{
    browser::Browser,
    home::Home,
    pages::FirstOpen,
    shell::Shell,
    stage::journey,
    wait::{PATIENCE, wait_until},
};

/// October of the demo's Walmart orders, as its file adds up: 18,095.89 sold, 1,454.77 tax. The page of
/// a seller who looks at sales with tax states both together.
const STATED: &str = "$19,550.66";
const TOTAL: &str = "[data-total='walmart||2026-10-01..2026-10-31|sales.gross|USD']";

fn choose(browser: &Browser, field: &str, value: &str) {
    let code = "
        const field = document.querySelector(`main [data-field=${arguments[0]}]`);
        field.value = arguments[1];
        field.dispatchEvent(new Event('change', { bubbles: true }));";
    browser.script_with(code, &json!([field, value]));
}

fn ties(browser: &Browser) -> Option<String> {
    browser.attribute(TOTAL, "data-ties")
}

#[test]
fn a_platforms_total_is_held_against_ours_and_a_month_signed() {
    journey("reconciling", |stage| {
        stage.go("");
        let browser = stage.browser();
        FirstOpen(browser).open_demo();
        Home(browser).wait_for_first_card(PATIENCE * 4);
        Shell(browser).go("reconciliation");
        // Amazon's business reports state every month, and tie.
        wait_until("totals of reports", || browser.count("main [data-total]") >= 6);
        assert!(!browser.has("main [data-total][data-ties=false]"));

        choose(browser, "channel", "walmart");
        choose(browser, "kpi", "sales.gross");
        browser.fill("main [data-field=stated]", STATED);
        browser.click("main .totals__form button");
        wait_until("the typed total", || ties(browser).as_deref() == Some("false"));
        browser.click(&format!("{TOTAL} [data-action=details]"));
        wait_until("the causes", || browser.has("[data-cause=tax] .badge"));
        assert_eq!(browser.count("[data-cause] .badge"), 1, "only tax fits");
        browser.click("[data-cause=tax] input");
        wait_until("an explained total", || ties(browser).as_deref() == Some("true"));

        let month = "[data-month='2026-10-01']";
        browser.click(&format!("{month} [data-action=sign]"));
        browser.fill(&format!("{month} [data-field=name]"), "李伟");
        browser.click(&format!("{month} button[type=submit]"));
        let signed = format!("{month}[data-signed=true]");
        wait_until("a signed month", || browser.has(&signed));

        // All of it is kept.
        stage.go("#/reconciliation");
        browser.reload();
        wait_until("the month as it was signed", || browser.has(&signed));
        assert_eq!(ties(browser).as_deref(), Some("true"));
        Shell(browser).undo();
        wait_until("the month unsigned", || !browser.has(&signed));
    });
}
