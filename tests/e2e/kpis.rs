//! The list of all KPIs, what is on home, and what platforms state by themselves.

use crate::{
    home::Home,
    pages::FirstOpen,
    shell::Shell,
    stage::journey,
    wait::{PATIENCE, wait_until},
};

#[test]
fn kpis_are_found_put_on_home_and_held_against_lines() {
    journey("kpis", |stage| {
        stage.go("");
        let browser = stage.browser();
        FirstOpen(browser).open_demo();
        Home(browser).wait_for_first_card(PATIENCE * 4);
        browser.click("main a[href^='#/kpis']");
        let listed = |kpi: &str| browser.has(&format!("[data-listed='{kpi}']"));
        wait_until("the list", || listed("sales.net") && listed("svc.ahr"));

        // Found by the initials of its Chinese name, 账户健康评级.
        browser.fill(".kpi-list__tools [type=search]", "zhjkpj");
        wait_until("one KPI", || listed("svc.ahr") && browser.count("[data-listed]") == 1);
        let star = "[data-listed='svc.ahr'] .star";
        browser.click(star);
        wait_until("its star", || browser.has(&format!("{star}[aria-pressed=true]")));
        Shell(browser).go("home");
        let is_on_home = || browser.has("main .kpi-cards a[href^='#/kpi/svc.ahr']");
        wait_until("its card on home", is_on_home);
        assert!(!browser.has("[data-warning='svc.ahr']"), "nothing is stated of it yet");

        // Its value is typed, and lies beyond two lines.
        browser.click("main .kpi-cards a[href^='#/kpi/svc.ahr']");
        browser.fill("[aria-labelledby=stated] [data-field=value]", "90");
        browser.click("[aria-labelledby=stated] button[type=submit]");
        wait_until("the value in the list", || {
            browser.count("[aria-labelledby=stated] tbody tr") == 1
        });
        Shell(browser).go("home");
        let warning = "[data-warning='svc.ahr'][data-kind=critical]";
        wait_until("the warning", || browser.has(warning));
        Shell(browser).wait_saved();
        browser.reload();
        wait_until("the warning after a reload", || browser.has(warning) && is_on_home());
        Shell(browser).undo();
        wait_until("no warning", || {
            browser.has("main .kpi-cards") && !browser.has("[data-warning='svc.ahr']")
        });
        Shell(browser).undo();
        wait_until("no card", || browser.has("main .kpi-cards") && !is_on_home());
    });
}
