//! What a KPI is held against: its own history, comparable sellers, published figures, own limits.

use crate::{
    home::Home,
    pages::FirstOpen,
    shell::Shell,
    stage::journey,
    wait::{PATIENCE, wait_until},
};

#[test]
fn a_value_is_held_against_others_and_an_own_limit_warns() {
    journey("references", |stage| {
        stage.go("");
        let browser = stage.browser();
        FirstOpen(browser).open_demo();
        Home(browser).wait_for_first_card(PATIENCE * 4);
        browser.click("main .kpi-cards a[href^='#/kpi/ads.tacos']");
        let rows = "[aria-labelledby=references] .reference";
        wait_until("the own history and published figures", || browser.count(rows) > 1);
        let n_rows = browser.count(rows);

        // What a platform shows of others is typed.
        browser.click(".references__form summary");
        for (field, value) in [("group", "Kitchen"), ("p25", "8"), ("p50", "6"), ("p75", "14")] {
            browser.fill(&format!(".references__form [data-field={field}]"), value);
        }
        browser.click(".references__form button[type=submit]");
        wait_until("that they are in disorder", || {
            browser.text("#peers-problem").is_some_and(|text| !text.is_empty())
        });
        browser.fill(".references__form [data-field=p50]", "10.5");
        browser.click(".references__form button[type=submit]");
        wait_until("the peers", || browser.count(rows) == n_rows + 1);
        let peers = browser.text(&format!("{rows}:nth-of-type(2)")).unwrap_or_default();
        assert!(peers.contains("Kitchen") && peers.contains("10.50%"), "{peers}");

        // A limit of one's own becomes a warning, until it is ended.
        browser.fill("[aria-labelledby=limits] [data-field=value]", "1");
        browser.fill("[aria-labelledby=limits] [data-field=from]", "10012026");
        browser.fill("[aria-labelledby=limits] [data-field=reason]", "Plan for Q4");
        browser.click("[aria-labelledby=limits] button[type=submit]");
        wait_until("the limit", || browser.count("[aria-labelledby=limits] tbody tr") == 1);
        Shell(browser).go("home");
        let warning = "[data-warning='ads.tacos'][data-kind=limit]";
        wait_until("its warning", || browser.has(warning));
        let text = browser.text(warning).unwrap_or_default();
        assert!(text.contains("1%") && text.contains("Plan for Q4"), "{text}");
        Shell(browser).wait_saved();
        browser.reload();
        wait_until("the warning after a reload", || browser.has(warning));
        browser.click(&format!("{warning} a"));
        let end = "[aria-labelledby=limits] [data-action=end-limit]";
        wait_until("the limit after a reload", || browser.has(end));
        assert_eq!(browser.count(rows), n_rows + 1);
        browser.click(end);
        wait_until("its end", || !browser.has(end));
        Shell(browser).undo();
        wait_until("no end", || browser.has(end));
        Shell(browser).undo();
        wait_until("no limit", || !browser.has("[aria-labelledby=limits] tbody tr"));

        // What is not as expected is told by how much; the table by SKU and month is a click away.
        browser.click("[data-panel=case] summary");
        browser.fill("[data-panel=case] [data-field=expected]", "5");
        browser.click("[data-panel=case] [data-action=case]");
        wait_until("the difference", || {
            browser.text("[data-panel=case] [role=status]").is_some_and(|text| text.contains('%'))
        });
        browser.click("[data-break-down=sku]");
        wait_until("the table", || {
            browser.hash().contains("rows=sku") && browser.has("main table")
        });
    });
}
