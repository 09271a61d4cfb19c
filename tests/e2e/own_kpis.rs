//! A KPI of one's own: written with completion, refused with its reason, kept, changed, removed.

use crate::{
    home::Home,
    pages::FirstOpen,
    shell::Shell,
    stage::journey,
    wait::{PATIENCE, wait_until},
};

#[test]
fn a_kpi_is_defined_tried_kept_and_removed() {
    journey("own_kpis", |stage| {
        stage.go("");
        let browser = stage.browser();
        FirstOpen(browser).open_demo();
        Home(browser).wait_for_first_card(PATIENCE * 4);
        browser.click("main a[href^='#/kpis']");
        wait_until("the list", || browser.has("[data-listed='sales.net']"));
        browser.click("main a[href^='#/own-kpi']");
        browser.fill("[data-field=name-en]", "Sales after ads");

        // Names are offered while one is written; what is wrong is said at its place.
        let problem = || browser.text("#formula-problem").unwrap_or_default();
        browser.fill("[data-field=formula]", "sales.net - sales.ord");
        wait_until("names that fit", || browser.has("[data-word='sales.orders']"));
        browser.script(
            "document.querySelector(\"[data-word='sales.orders']\")\
             .dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }))",
        );
        wait_until("that a count is no amount", || problem().contains("a count"));
        assert!(browser.has(".formula-problem mark"), "its place is marked");
        assert!(browser.has("[aria-labelledby=definition] button[type=submit][disabled]"));

        browser.fill("[data-field=formula]", "sales.net - spend");
        let value = "[data-kpi='own.0'][data-value]";
        wait_until("its value", || browser.has(value));
        let tried = browser.attribute(value, "data-value");
        browser.click("[aria-labelledby=definition] button[type=submit]");
        let kept = "[data-kpi='own.sales_after_ads'][data-value]";
        wait_until("the KPI's page", || {
            browser.has(kept) && browser.has("[aria-labelledby=own-kpi]")
        });
        assert_eq!(browser.attribute(kept, "data-value"), tried);

        // It is one of the KPIs, after a reload, too; a new version stands beside the old one.
        Shell(browser).wait_saved();
        browser.reload();
        wait_until("the KPI after a reload", || browser.has(kept));
        browser.click("[aria-labelledby=own-kpi] a[href^='#/own-kpi/']");
        wait_until("its formula", || {
            browser.script("return document.querySelector('#formula-text')?.value")
                == "sales.net - spend"
        });
        browser.fill("[data-field=formula]", "(sales.net - spend) / 2");
        browser.fill("[data-field=valid-from]", "01012027");
        browser.fill("[data-field=reason]", "Only half is ours");
        wait_until("that it can be kept", || {
            browser.has(kept)
                && browser.attribute(kept, "data-value") != tried
                && browser.has("[aria-labelledby=definition] button[type=submit]:not([disabled])")
        });
        browser.click("[aria-labelledby=definition] button[type=submit]");
        wait_until("two versions", || browser.count("[aria-labelledby=own-kpi] tbody tr") == 2);
        assert_eq!(browser.attribute(kept, "data-value"), tried, "the new one does not hold yet");

        browser.click("[data-action=remove-kpi]");
        wait_until("the list without it", || {
            browser.has("[data-listed='sales.net']") && !browser.has("[data-listed^='own.']")
        });
        Shell(browser).undo();
        wait_until("the list with it", || browser.has("[data-listed='own.sales_after_ads']"));
    });
}
