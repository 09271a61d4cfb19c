//! Scorecards, from the first KPI to the end of their trial; and what is to become of a SKU.

use serde_json::json;

use crate::{
    browser::Browser,
    home::Home,
    pages::FirstOpen,
    shell::Shell,
    stage::journey,
    wait::{PATIENCE, wait_until},
};

#[test]
fn a_card_is_made_guarded_published_signed_and_decided() {
    journey("scorecards", |stage| {
        stage.go("");
        let browser = stage.browser();
        FirstOpen(browser).open_demo();
        Home(browser).wait_for_first_card(PATIENCE * 4);
        suggest_targets(stage, &["sales.gmv", "pl.cm3"]);

        // A card of GMV alone.
        stage.go("#/scorecards");
        browser.click("[data-action=new]");
        browser.fill("[data-field=card-name]", "US store");
        choose(browser, "sales.gmv");
        browser.click("[data-action=spread]");
        browser.click("[data-action=save-card]");
        wait_until("the kept card", || browser.hash().starts_with("#/scorecard/card-"));
        wait_until("its balance", || browser.has("[data-imbalance=only_sales_money]"));
        assert!(browser.has("[data-part=not-for-pay]"));
        // It cannot be published without a written reason.
        browser.fill("[data-field=signed-by]", "Li Na");
        assert!(browser.has("[data-action=publish][disabled]"));
        browser.fill("[data-field=override]", "launch year");
        browser.click("[data-action=publish]");
        wait_until("the trial", || browser.has(".badge[data-state=trial]"));
        assert!(browser.has("[data-part=not-for-pay]"));

        // In October GMV rose while contribution margin 3 fell below its floor.
        wait_until("October", || {
            browser.text("[data-part=cycle]").is_some_and(|it| it.contains("Oct 2026"))
        });
        wait_until("the breach", || browser.has("tr[data-kpi='sales.gmv'] [data-rating=breach]"));
        assert!(browser.has("[data-part=score][data-value='100']"), "capped at the commitment");

        // Two cycles are signed; somebody decides.
        for cycle in ["2026-10-01..2026-10-31", "2026-09-01..2026-09-30"] {
            let row = format!("tr[data-cycle='{cycle}']");
            browser.click(&format!("{row} [data-action=sign]"));
            wait_until("the signature", || browser.has(&format!("{row} [data-counts=true]")));
        }
        browser.click("[data-action=decide]");
        wait_until("the decision", || !browser.has("[data-part=not-for-pay]"));
        Shell(browser).wait_saved();
        browser.reload();
        wait_until("the same after a reload", || browser.has(".badge[data-state=signed]"));
        assert!(!browser.has("[data-part=not-for-pay]"));

        // Another KPI makes another card: in draft, and not for pay.
        browser.click("[data-action=edit]");
        choose(browser, "pl.cm3");
        browser.click("[data-action=spread]");
        wait_until("the sum", || browser.has("[data-part=sum]:not([data-rating])"));
        browser.click("[data-action=save-card]");
        wait_until("a draft again", || browser.has("[data-part=not-for-pay]"));
        Shell(browser).undo();
        wait_until("as it was decided", || !browser.has("[data-part=not-for-pay]"));
    });
}

#[test]
fn a_sku_that_is_bought_again_at_a_loss_is_decided_on() {
    journey("skus", |stage| {
        stage.go("");
        let browser = stage.browser();
        FirstOpen(browser).open_demo();
        Home(browser).wait_for_first_card(PATIENCE * 4);
        browser.click(".nav a[href^='#/skus']");
        let planted = ".skus__restocked > [data-sku='LS-HM-0070-WHT']";
        wait_until("the loss maker", || browser.has(&format!("{planted}[data-rating=breach]")));
        assert_eq!(browser.count(".skus__restocked > [data-sku]"), 1);
        assert!(browser.count(".skus__bubble") > 5);
        assert!(browser.count("tr[data-sku]") > 10);

        browser.fill(&format!("{planted} [data-field=sku-note]"), "loses in every week");
        browser.fill(&format!("{planted} [data-field=decided-by]"), "Wang Wei");
        browser.click(&format!("{planted} button[type=submit]"));
        let decided = format!("{planted} [data-part=decided]");
        wait_until("the decision", || {
            browser.text(&decided).is_some_and(|it| it.contains("Wang Wei"))
        });
        Shell(browser).wait_saved();
        browser.reload();
        wait_until("the decision after a reload", || browser.has(&decided));
        Shell(browser).undo();
        wait_until("no decision", || !browser.has(&decided));
    });
}

/// Fills the year's grid with what history suggests, and saves it.
fn suggest_targets(stage: &crate::stage::Stage, kpis: &[&str]) {
    let browser = stage.browser();
    let goals: Vec<String> = kpis.iter().map(|kpi| format!("goal={kpi}")).collect();
    stage.go(&format!("#/targets?parts=whole&{}", goals.join("&")));
    wait_until("the grid", || browser.has("#plan-1-16"));
    select(browser, "plan-0-0", false);
    select(browser, "plan-1-16", true);
    browser.click("[data-action=actions]");
    browser.click("[data-action=suggest]");
    wait_until("numbers to save", || browser.has(".targets__save"));
    browser.fill(".targets__save [data-field=reason]", "first plan");
    browser.click("[data-action=save]");
    wait_until("saved", || !browser.has(".targets__save"));
}

fn select(browser: &Browser, cell: &str, is_more: bool) {
    let code = "document.getElementById(arguments[0]).dispatchEvent(new MouseEvent('mousedown',
        { bubbles: true, cancelable: true, shiftKey: arguments[1] }))";
    browser.script_with(code, &json!([cell, is_more]));
}

/// Ticks a KPI in the editor's list.
fn choose(browser: &Browser, kpi: &str) {
    browser.click(".scorecard__editor .chip");
    browser.click(&format!("input[name=chosen-kpi][value='{kpi}']"));
    browser.script("document.getElementById('chosen-kpis').hidePopover()");
}
