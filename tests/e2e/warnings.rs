//! What should be looked at first, noted and laid aside.

use crate::{
    home::Home,
    pages::FirstOpen,
    shell::Shell,
    stage::journey,
    wait::{PATIENCE, wait_until},
};

#[test]
fn a_warning_is_noted_and_laid_aside_until_newer_data() {
    journey("warnings", |stage| {
        stage.go("");
        let browser = stage.browser();
        FirstOpen(browser).open_demo();
        Home(browser).wait_for_first_card(PATIENCE * 4);
        let warning = "[data-warning='ads.acos'][data-campaign]";
        wait_until("the creep", || browser.has(warning));
        let n_warnings = browser.count("[data-warning]");

        // Its name leads to the KPI, where it is noted.
        browser.click(&format!("{warning} a"));
        wait_until("the KPI's warning", || browser.has(&format!("{warning} [data-field=note]")));
        browser.fill(&format!("{warning} [data-field=note]"), "Bids lowered on Nov 2");
        browser.click(&format!("{warning} button[type=submit]"));
        let is_noted = || {
            let note = browser.text(&format!("{warning} .warning__note"));
            note.as_deref() == Some("Bids lowered on Nov 2")
        };
        wait_until("the note", is_noted);
        Shell(browser).go("home");
        wait_until("the note on home", is_noted);

        // Laid aside, it is behind a button; after a reload, too.
        browser.click(&format!("{warning} [data-action=snooze]"));
        wait_until("one less", || browser.count("[data-warning]") == n_warnings - 1);
        Shell(browser).wait_saved();
        browser.reload();
        wait_until("the button", || browser.has("[data-action=snoozed]"));
        assert!(!browser.has(warning));
        browser.click("[data-action=snoozed]");
        wait_until("all of them", || browser.count("[data-warning]") == n_warnings && is_noted());
        Shell(browser).undo();
        wait_until("as before", || {
            browser.has(warning) && !browser.has("[data-action=snoozed]") && is_noted()
        });
    });
}
