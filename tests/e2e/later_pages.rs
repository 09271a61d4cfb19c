//! The part of the program that is loaded after the first page.

use std::{fs, path::PathBuf};

use crate::{
    home::Home,
    pages::{FirstOpen, wait_for_heading},
    shell::Shell,
    stage::{Stage, dist, output_folder},
    wait::{PATIENCE, wait_until},
};

#[test]
fn a_part_that_does_not_come_is_named_and_a_reload_mends_it() {
    let site = output_folder().join("site_without_a_part");
    let missing = copy_without_later_pages(&site);
    let faults = Stage::new("later_pages", &site).play(|stage| {
        stage.go("");
        let browser = stage.browser();
        FirstOpen(browser).open_demo();
        Home(browser).wait_for_first_card(PATIENCE * 4);
        Shell(browser).go("data");
        wait_until("the failure to be named", || browser.has("main .page [role=alert] button"));
        fs::copy(dist().join(&missing), site.join(&missing)).unwrap();
        browser.click("main .page [role=alert] button");
        wait_for_heading(browser, "en", "data.title");
    });
    let faults = faults.unwrap();
    let name = missing.to_string_lossy();
    assert!(faults.iter().any(|fault| fault.contains(&*name)), "{faults:?}");
}

/// Copies the site to `to`; the name of the file that was left out.
fn copy_without_later_pages(to: &PathBuf) -> PathBuf {
    fs::remove_dir_all(to).ok();
    fs::create_dir_all(to).unwrap();
    let names =
        fs::read_dir(dist()).unwrap().map(|entry| PathBuf::from(entry.unwrap().file_name()));
    let (missing, kept): (Vec<_>, Vec<_>) =
        names.partition(|name| name.to_string_lossy().starts_with("app-pages-"));
    for name in kept {
        fs::copy(dist().join(&name), to.join(&name)).unwrap();
    }
    missing.into_iter().next().expect("the page's program is in parts")
}
