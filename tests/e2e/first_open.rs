//! A browser that has never been here.

use crate::{
    pages::{FirstOpen, wait_for_heading},
    shell::Shell,
    stage::journey,
    wait::wait_until,
};

#[test]
fn the_doors_stand_open() {
    journey("first_open", |stage| {
        stage.go("");
        let browser = stage.browser();
        // Without workbooks there is none to open: that door comes with the first one.
        FirstOpen(browser).wait_for_doors(2);
        assert!(browser.has("main section[data-kind=drop] button"));
        assert!(browser.has("main section[data-kind=demo] button"));
        assert!(browser.has("#import-input[type=file][multiple]"));
        assert!(browser.script("return document.title").as_str().unwrap().contains("Linkstar"));
    });
}

#[test]
fn language_and_theme_are_kept() {
    journey("preferences", |stage| {
        stage.go("");
        let shell = Shell(stage.browser());
        let browser = stage.browser();
        let root = |name| browser.attribute("html", name).unwrap_or_default();
        wait_for_heading(browser, "en", "first.title");
        assert_eq!(root("lang"), "en");
        shell.switch_language();
        wait_for_heading(browser, "zh-CN", "first.title");
        assert_eq!(root("lang"), "zh-CN");
        browser.reload();
        wait_for_heading(browser, "zh-CN", "first.title");
        shell.switch_language();
        wait_for_heading(browser, "en", "first.title");

        let ink = || {
            let code = "return getComputedStyle(document.body).color";
            browser.script(code).as_str().unwrap().to_owned()
        };
        assert_eq!(root("data-theme"), "system");
        shell.switch_theme();
        wait_until("the light theme", || root("data-theme") == "light");
        let light = ink();
        shell.switch_theme();
        wait_until("the dark theme", || root("data-theme") == "dark");
        assert_ne!(ink(), light);
        browser.reload();
        // Set before the page's program runs.
        assert_eq!(root("data-theme"), "dark");
        wait_for_heading(browser, "en", "first.title");
        assert_eq!(root("data-theme"), "dark");
    });
}
