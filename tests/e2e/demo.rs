//! The demo company in one click.

use std::time::Duration;

use crate::{
    figures::difference,
    home::Home,
    native::{Native, Sight},
    pages::FirstOpen,
    shell::Shell,
    stage::journey_alone,
    wait::{Clock, wait_until},
};

const PATIENCE: Duration = Duration::from_secs(120);

#[test]
fn the_demo_shows_the_engines_figures() {
    journey_alone("demo", |stage| {
        stage.go("");
        let browser = stage.browser();
        FirstOpen(browser).wait_for_doors(2);
        let clock = Clock::start();
        FirstOpen(browser).open_demo();
        let home = Home(browser);
        home.wait_for_first_card(PATIENCE);
        eprintln!("    demo: first card {} ms after the click", clock.elapsed().as_millis());
        home.wait_for_figures();
        eprintln!("    demo: home at rest after {} ms", clock.elapsed().as_millis());
        assert!(browser.has("[data-demo=true]"));

        let mut native = Native::demo();
        home.wait_to_show(&native.home(&Sight::default()));
        let cards = home.wait_for_cards();
        assert!(cards.iter().filter(|card| !card.value.is_empty()).count() > 20);
        Shell(browser).wait_saved();
        stage.go("#/kpis");
        let cards = home.wait_for_cards();
        let (from, to) = cards[0].period.split_once("..").expect("a period");
        assert_eq!(difference(&native.kpis((from, to)), &cards), None, "linkstar kpis");

        // What the URL says is seen, and survives a reload.
        let filtered = Sight {
            period: Some(("2026-09-01", "2026-09-30")),
            channel: Some("amazon"),
            is_against_year_before: true,
        };
        let expected = native.home(&filtered);
        stage.go(&filtered.hash("home"));
        home.wait_to_show(&expected);
        Shell(browser).wait_saved();
        browser.reload();
        home.wait_to_show(&expected);
        assert_eq!(browser.hash(), filtered.hash("home"));

        // A KPI's page keeps them.
        let card = home.wait_for_cards().into_iter().find(|card| card.kpi == "sales.net").unwrap();
        browser.click("main a[href^='#/kpi/sales.net']");
        wait_until("the KPI's page", || browser.hash() == filtered.hash("kpi/sales.net"));
        let is_shown = || home.cards().is_some_and(|cards| cards == [card.clone()]);
        wait_until("the same card", is_shown);
        browser.reload();
        wait_until("the same card", is_shown);
        wait_until("a title", || browser.text("main h1").is_some_and(|it| !it.is_empty()));

        // Choosing by hand writes the URL.
        Shell(browser).go("home");
        browser.click("button[popovertarget=filter-channel]");
        browser.click("#filter-channel label:has(input:checked)");
        let whole = Sight { channel: None, ..filtered };
        wait_until("the URL", || browser.hash() == whole.hash("home"));
        home.wait_to_show(&native.home(&whole));

        browser.reload();
        home.wait_to_show(&native.home(&whole));
        stage.reopen_browser();
        Home(stage.browser()).wait_to_show(&native.home(&Sight::default()));
    });
}
