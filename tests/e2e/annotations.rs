//! What happened on days, noted beside the trend, and the days around a sales event of two years.

use crate::{
    home::Home,
    pages::FirstOpen,
    shell::Shell,
    stage::journey,
    wait::{PATIENCE, wait_until},
};

/// Prime Day 2026 was 23 to 26 June, 350 days after that of 2025.
const JUNE: &str = "from=2026-06-10&to=2026-06-30&compare=event";

#[test]
fn a_day_is_noted_and_prime_day_lies_beside_the_one_before() {
    journey("annotations", |stage| {
        stage.go("");
        let browser = stage.browser();
        FirstOpen(browser).open_demo();
        Home(browser).wait_for_first_card(PATIENCE * 4);
        stage.go(&format!("#/kpi/sales.net?{JUNE}"));
        wait_until("what aligns the comparison", || {
            let said = browser.text(".chart-frame__summary").unwrap_or_default();
            said.contains("Prime Day") && said.contains("Jun 25 – Jul 15, 2025")
        });

        // What is too long is told, and stays.
        let form = "#note-form";
        let rows = "[aria-labelledby=notes] tbody tr";
        browser.fill(&format!("{form} [data-field=note-text]"), &"x".repeat(201));
        browser.click(&format!("{form} button[type=submit]"));
        wait_until("that it is too long", || {
            browser.text("#note-problem").is_some_and(|text| text.contains("201"))
        });
        let typed = browser.script("return document.querySelector('[data-field=note-text]').value");
        assert_eq!(typed.as_str().map(str::len), Some(201));

        // The last day shown is offered; it is read out with what was said of it, here and on home.
        browser.fill(&format!("{form} [data-field=note-text]"), "Price raised to 24.99");
        browser.click(&format!("{form} button[type=submit]"));
        wait_until("the note", || browser.count(rows) == 1);
        let is_read = || {
            let text = browser.text(".trend__readout").unwrap_or_default();
            text.starts_with("Jun 30:") && text.contains("note: Price raised to 24.99")
        };
        wait_until("the note beside its day", is_read);
        Shell(browser).wait_saved();
        stage.go(&format!("#/home?{JUNE}"));
        wait_until("the note on home", is_read);
        browser.reload();
        wait_until("the note after a reload", is_read);

        // Changed, removed, brought back.
        stage.go(&format!("#/kpi/sales.net?{JUNE}"));
        browser.click("[data-action=change-note]");
        browser.fill(&format!("{form} [data-field=note-text]"), "Price raised to 25.99");
        browser.click(&format!("{form} button[type=submit]"));
        let says = |text: &str| browser.text(rows).is_some_and(|row| row.contains(text));
        wait_until("the change", || says("25.99"));

        // Left as it was: the focus is in the form, which keeps nothing of the note.
        let has_focus = |id: &str| {
            let focused = browser.script("return document.activeElement?.id");
            focused.as_str() == Some(id)
        };
        browser.click("[data-action=change-note]");
        browser.click("[data-action=keep-note]");
        wait_until("an offer to add", || !browser.has("[data-action=keep-note]"));
        assert!(has_focus("note-form"), "the focus after a note is left as it was");
        let typed = browser.script("return document.querySelector('[data-field=note-text]').value");
        assert_eq!(typed.as_str(), Some(""));

        browser.click("[aria-labelledby=notes] [data-action=remove]");
        wait_until("no note", || !browser.has(rows));
        assert!(has_focus("notes"), "the focus after a note is removed");
        Shell(browser).undo();
        wait_until("the note again", || says("25.99"));
        Shell(browser).undo();
        wait_until("as it was", || says("24.99"));
    });
}
