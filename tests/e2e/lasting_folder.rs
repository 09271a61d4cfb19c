//! A folder that is remembered: what is new in it is offered at every visit.

use serde_json::json;

use crate::{
    browser::Browser,
    exports::look_alike,
    home::Home,
    import::Import,
    importing::take_in,
    shell::Shell,
    stage::journey,
    wait::{PATIENCE, wait_until},
};

const NEW: &str = "[data-action=read-new-files]";

/// Answers the browser's dialog with a folder of the page's own storage, which needs no permission.
fn answer_dialog(browser: &Browser) {
    browser.script(
        "window.showDirectoryPicker = async () =>
            (await navigator.storage.getDirectory()).getDirectoryHandle('exports', { create: true })",
    );
}

fn put(browser: &Browser, name: &str, bytes: &[u8]) {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let (name, text) = (json!(name), json!(text));
    browser.promise(&format!(
        "const root = await navigator.storage.getDirectory();
        const folder = await root.getDirectoryHandle('exports', {{ create: true }});
        const file = await folder.getFileHandle({name}, {{ create: true }});
        const out = await file.createWritable();
        await out.write({text});
        await out.close();"
    ));
}

#[test]
fn new_files_of_a_remembered_folder_are_offered_at_every_visit() {
    journey("lasting_folder", |stage| {
        let orders = look_alike("walmart.orders/po_data_csv").0;
        let returns = look_alike("amazon.fba_returns/us_csv_utc").0;
        let costs = b"SKU,Unit cost,Currency\nTEE-001,6.50,USD\n";
        stage.go("");
        take_in(stage, &[("orders.csv", &orders)]);
        let browser = stage.browser();
        Home(browser).wait_for_first_card(PATIENCE);
        let asked = || browser.text(".frame__notice [role=status] p").unwrap_or_default();

        answer_dialog(browser);
        put(browser, "returns.csv", &returns);
        put(browser, "cat.jpg", b"no export");
        Shell(browser).go("import");
        browser.click("[data-action=remember-folder]");
        wait_until("one new file", || browser.has(NEW) && asked().contains("exports"));
        browser.click(NEW);
        let import = Import(browser);
        import.wait_read(1);
        import.confirm();
        Shell(browser).wait_saved();

        // What is in the workbook is not asked about, what came meanwhile is.
        put(browser, "costs.csv", costs);
        browser.reload();
        wait_until("the next new file", || browser.has(NEW));
        assert!(asked().contains('1'), "{}", asked());
        browser.click(NEW);
        import.wait_read(1);
        import.confirm();
        Shell(browser).wait_saved();
        put(browser, "later.csv", costs);
        browser.reload();
        wait_until("one more", || browser.has(NEW));

        Shell(browser).go("import");
        browser.click("[data-action=forget-folder]");
        wait_until("no folder", || {
            browser.has("[data-action=remember-folder]") && !browser.has(NEW)
        });
        browser.reload();
        wait_until("still none", || browser.has("[data-action=remember-folder]"));
    });
}
