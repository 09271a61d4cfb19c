//! A table of KPIs of the person's own.

use serde_json::{Value, json};

use crate::{
    browser::Browser,
    home::Home,
    pages::FirstOpen,
    stage::{Stage, journey},
    wait::{PATIENCE, wait_until},
};

#[test]
fn a_table_is_put_together_read_and_taken_along() {
    journey("explore", |stage| {
        stage.go("");
        let browser = stage.browser();
        FirstOpen(browser).open_demo();
        Home(browser).wait_for_first_card(PATIENCE * 4);
        let card = browser.attribute("main .kpi-card [data-kpi='sales.orders']", "data-value");
        browser.click("main a[href^='#/explore']");
        wait_until("the table", || browser.count(".explore__table tbody tr") == 9);
        // The total is that of home, and that of the channels: an order is of one of them.
        let orders = values(browser, "sales.orders");
        assert_eq!(orders.first().cloned(), card);
        let numbers: Vec<f64> = orders.iter().filter_map(|it| it.parse().ok()).collect();
        let (total, channels) = numbers.split_first().unwrap();
        assert!((total - channels.iter().sum::<f64>()).abs() < 0.5, "{orders:?}");

        // SKUs in rows: the selects exchange what both would show.
        choose(browser, "rows", "sku");
        wait_until("SKUs", || browser.has("[data-scope^='sku=']"));
        choose(browser, "columns", "kpis");
        wait_until("KPIs in columns", || {
            browser.count(".explore__table thead th") == 10 && browser.hash().contains("rows=sku")
        });
        browser.click(".explore__table thead th:nth-child(3) button");
        wait_until("sorted by orders", || {
            browser.has("[aria-busy=false] th:nth-child(3)[aria-sort=descending]")
        });
        let orders = values(browser, "sales.orders");
        let numbers: Vec<f64> = orders.iter().skip(1).filter_map(|it| it.parse().ok()).collect();
        assert!(numbers.len() > 10 && numbers.is_sorted_by(|one, next| one >= next), "{orders:?}");

        // Copied as a sheet, with what it is of.
        let pasted = copied_sheet(browser);
        let lines: Vec<&str> = pasted.lines().collect();
        // A SKU has its title beside it.
        assert_eq!(lines[0].split('\t').count(), 11);
        let copied: Vec<String> = lines[1..=orders.len()]
            .iter()
            .filter_map(|it| it.split('\t').nth(3))
            .map(str::to_owned)
            .collect();
        assert_eq!((copied.first(), &copied), (card.as_ref(), &orders));
        assert!(lines.iter().any(|line| line.starts_with("Currency\tUSD")), "{lines:?}");

        // A figure leads to its KPI with its scope, and back leads to the same table.
        let sku = ".explore__table tbody tr:nth-child(2) td:nth-child(3)";
        let value = browser.attribute(&format!("{sku} [data-value]"), "data-value");
        let hash = browser.hash();
        browser.click(&format!("{sku} a"));
        let figure = "main .kpi-card [data-kpi='sales.orders'], main [data-kpi='sales.orders']";
        wait_until("the same figure", || {
            browser.hash().starts_with("#/kpi/sales.orders")
                && browser.attribute(figure, "data-value") == value
        });
        browser.script("history.back()");
        wait_until("the same table", || {
            browser.hash() == hash && browser.count("[aria-busy=false] > tbody > tr") > 10
        });
        browser.reload();
        wait_until("the table after a reload", || {
            browser.count(".explore__table thead th") == 10
                && browser.has("[data-scope^='sku=']")
                && browser.has("th:nth-child(3)[aria-sort=descending]")
        });

        more_rows_than_a_screen_has(stage);

        // Nothing chosen, and between two parts of the business one KPI.
        stage.go("#/explore?kpi=");
        wait_until("what to do", || browser.has("main [role=status]"));
        stage.go("#/explore?rows=brand&columns=channel&kpi=gone&kpi=pl.cm3");
        wait_until("one KPI", || {
            browser.count(".explore__table tbody tr") == 4
                && browser.has("[data-kpi='pl.cm3'][data-scope*='channel=amazon;brand=']")
                && browser.has("#chosen-kpis input[value='pl.cm3']:checked")
        });
    });
}

/// What is not seen at once follows, and all of it is taken along.
fn more_rows_than_a_screen_has(stage: &Stage) {
    let browser = stage.browser();
    stage.go("#/kpis");
    wait_until("the catalogue", || browser.has("[data-listed]"));
    let ids = browser.script(
        "return [...document.querySelectorAll('[data-listed]')].map(it => it.dataset.listed)",
    );
    let ids: Vec<&str> = ids.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    assert!(ids.len() > 100, "{ids:?}");
    stage.go(&format!("#/explore?rows=kpis&columns=month&kpi={}", ids.join("&kpi=")));
    wait_until("all rows", || browser.count("[aria-busy=false] > tbody > tr") == ids.len());
    assert!(copied_sheet(browser).lines().count() > ids.len());
}

/// What is put onto the clipboard.
fn copied_sheet(browser: &Browser) -> String {
    browser.script(
        "window.pasted = ''; \
         navigator.clipboard.writeText = text => { window.pasted = text; return Promise.resolve() }",
    );
    browser.click("[data-action=copy]");
    wait_until("the sheet", || browser.script("return window.pasted") != json!(""));
    let pasted = browser.script("return window.pasted");
    pasted.as_str().unwrap_or_default().to_owned()
}

/// The values of a KPI in the table, in reading order.
fn values(browser: &Browser, kpi: &str) -> Vec<String> {
    let code = "return [...document.querySelectorAll('.explore__table [data-kpi]')]
        .filter(it => it.dataset.kpi === arguments[0]).map(it => it.dataset.value)";
    let told = browser.script_with(code, &json!([kpi]));
    let texts = told.as_array().into_iter().flatten();
    texts.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn choose(browser: &Browser, axis: &str, value: &str) {
    browser.click(&format!("[data-axis={axis}] option[value={value}]"));
}
