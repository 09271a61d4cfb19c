//! From a card to the lines of the files, with sums that agree at each step.

use serde_json::json;

use crate::{
    home::Home,
    pages::FirstOpen,
    stage::{Stage, journey},
    wait::{PATIENCE, wait_until},
};

/// Steps from a KPI to a measure at most.
const MOST_STEPS: usize = 5;

#[test]
fn from_cards_to_the_lines_of_files() {
    journey("facts", |stage| {
        stage.go("");
        let browser = stage.browser();
        FirstOpen(browser).open_demo();
        Home(browser).wait_for_first_card(PATIENCE * 4);
        for kpi in ["sales.net", "ads.acos", "pl.cm3", "svc.return_rate", "sales.asp"] {
            walk(stage, kpi);
        }
        // One file alone, and back.
        browser.click("[data-facts-file] button");
        wait_until("one file", || browser.has("[data-facts-file] [aria-pressed=true]"));
        browser.reload();
        wait_until("the facts again", || browser.has("[data-fact-line]"));
    });
}

/// Follows the last part of each formula down to a measure.
fn walk(stage: &Stage, kpi: &str) {
    let browser = stage.browser();
    stage.go(&format!("#/kpi/{kpi}"));
    let mut page = kpi.to_owned();
    for _ in 0..MOST_STEPS {
        let own = ".data-table [data-part]";
        wait_until("the parts", || browser.hash().contains(&page) && browser.has(own));
        let code = "const rows = [...document.querySelectorAll('[data-part]')];
            const row = rows[rows.length - 1];
            return [row.dataset.part, row.closest('tr').querySelector('[data-value]').dataset.value]";
        let told = browser.script_with(code, &json!([]));
        let text = |index: usize| told[index].as_str().unwrap_or_default().to_owned();
        let (part, value) = (text(0), text(1));
        browser.click(&format!("[data-part='{part}']"));
        page.clone_from(&part);
        if !part.contains('.') {
            wait_until("the facts", || {
                browser.has("[data-fact-line]") && browser.hash().contains(&part)
            });
            let sum = browser.attribute("[data-facts-sum]", "data-facts-sum");
            let shown = browser.attribute(".facts-value [data-value]", "data-value");
            assert_eq!(
                (sum.as_deref(), shown.as_deref()),
                (Some(&*value), Some(&*value)),
                "{kpi} {part}"
            );
            return;
        }
    }
    panic!("{kpi} comes down to no measure");
}
