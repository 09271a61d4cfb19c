//! Several workbooks, strictly apart, and deleting one.

use crate::{
    browser::Browser,
    exports::demo_file,
    home::Home,
    importing::take_in,
    native::{Native, Sight},
    pages::{FirstOpen, WorkbookPage, databases},
    shell::Shell,
    stage::journey,
    wait::wait_until,
};

const PREFIX: &str = "linkstar-workbook-";

#[test]
fn a_deleted_workbook_is_really_gone() {
    journey("delete_workbook", |stage| {
        let (orders, shop) = (demo_file("walmart"), demo_file("orders_export"));
        let first = [(orders.name.as_str(), orders.bytes.as_slice())];
        let second = [(shop.name.as_str(), shop.bytes.as_slice())];
        let figures_of_first = Native::of(&first).home(&Sight::default());
        let kept = |names: &[String]| names.iter().filter(|name| name.starts_with(PREFIX)).count();
        stage.go("");
        take_in(stage, &first);
        let browser = stage.browser();
        Home(browser).wait_to_show(&figures_of_first);
        stage.go("#/workbook");
        rename(browser, "Keep me");

        let page = WorkbookPage(browser);
        page.create();
        wait_until("the other one", || Shell(browser).workbook_name() != "Keep me");
        rename(browser, "Delete me");
        take_in(stage, &second);
        Home(browser).wait_to_show(&Native::of(&second).home(&Sight::default()));
        assert_eq!(kept(&databases(browser)), 2);

        stage.go("#/workbook");
        page.delete("Delete me");
        FirstOpen(browser).wait_for_doors(3);
        assert_eq!(kept(&databases(browser)), 1);
        browser.reload();
        FirstOpen(browser).wait_for_doors(3);
        assert!(!browser.page_text().contains("Delete me"));
        assert_eq!(kept(&databases(browser)), 1);
        FirstOpen(browser).open_workbook("Keep me");
        Home(browser).wait_to_show(&figures_of_first);
        stage.reopen_browser();
        Home(stage.browser()).wait_to_show(&figures_of_first);
        assert_eq!(kept(&databases(stage.browser())), 1);
    });
}

fn rename(browser: &Browser, name: &str) {
    WorkbookPage(browser).rename(name);
    wait_until("the new name", || Shell(browser).workbook_name() == name);
    Shell(browser).wait_saved();
}

#[test]
fn one_tab_writes_and_the_others_read() {
    journey("two_tabs", |stage| {
        let orders = demo_file("walmart");
        let files = [(orders.name.as_str(), orders.bytes.as_slice())];
        let figures = Native::of(&files).home(&Sight::default());
        stage.go("");
        take_in(stage, &files);
        let browser = stage.browser();
        Home(browser).wait_to_show(&figures);
        Shell(browser).wait_saved();
        let first = browser.open_tab();
        stage.go("");
        Home(browser).wait_to_show(&figures);
        Shell(browser).wait_read_only();
        stage.go("#/workbook");
        let page = WorkbookPage(browser);
        assert!(!page.can_rename("Typed in the second tab"));
        let second = browser.tab();
        browser.enter_tab(&first);
        stage.go("#/workbook");
        rename(browser, "Typed in the first tab");

        // The tab that is left takes over by itself, with what the other one has done.
        browser.close_tab(&second);
        let name = || Shell(browser).workbook_name();
        wait_until("the first tab's name", || name() == "Typed in the first tab");
        Shell(browser).wait_saved();
        rename(browser, "Typed in the second tab");
    });
}
