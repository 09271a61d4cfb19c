//! Targets, from the first number to the saved plan.

use serde_json::{Value, json};

use crate::{
    browser::Browser,
    home::Home,
    pages::FirstOpen,
    shell::Shell,
    stage::journey,
    wait::{PATIENCE, wait_until},
};

#[test]
fn a_plan_is_typed_pasted_spread_and_saved() {
    journey("targets", |stage| {
        stage.go("");
        let browser = stage.browser();
        FirstOpen(browser).open_demo();
        Home(browser).wait_for_first_card(PATIENCE * 4);
        browser.click(".nav a[href^='#/targets']");
        wait_until("the grid", || browser.count(".targets__grid [role=gridcell]") > 100);

        // A number is typed as in a sheet: the year adds up at once, and nothing is saved yet.
        stage.go("#/targets?goal=sales.net&of=2027-01-01");
        wait_until("the next year", || has_number(browser, "2027-01-01..2027-12-31", "all", ""));
        press(browser, "plan-0-2", "3");
        wait_until("the caret", || browser.has("#plan-0-2 input"));
        browser.script(
            "const it = document.querySelector('#plan-0-2 input'); it.value = '300,000'; \
             it.dispatchEvent(new Event('input', { bubbles: true }))",
        );
        press_in(browser, "#plan-0-2 input", "Enter");
        let january = "2027-01-01..2027-01-31";
        wait_until("the number", || has_number(browser, january, "all", "300000"));
        wait_until("the sum", || has_number(browser, "2027-01-01..2027-12-31", "all", "300000"));
        assert!(browser.has(".targets__save"));

        // The rest goes to the channels, and the parts make up the whole.
        select(browser, "plan-0-2");
        browser.click("[data-action=actions]");
        browser.click("[data-action=spread-rows]");
        wait_until("the channels", || !browser.has("#plan-0-2 .targets__left"));
        wait_until("numbers of channels", || sum_of_channels(browser, january) == "300000.00");

        // A block of a sheet, one of whose cells is no number, changes nothing.
        paste(browser, "plan-1-3", "1000\t2000\nabc\t4000");
        wait_until("what is wrong", || {
            browser.text("#plan-problem").is_some_and(|it| it.contains("abc"))
        });
        paste(browser, "plan-1-3", "1000\t2000\n3000\t4000");
        let march = "2027-03-01..2027-03-31";
        wait_until("the block", || sum_of_channels(browser, march) == "6000.00");

        // Per cent are no money.
        paste(browser, "plan-1-3", "5%");
        wait_until("no money", || {
            browser.text("#plan-problem").is_some_and(|it| it.contains("5%"))
        });

        // Twelve months of another sheet are months, whatever stands between them; Ctrl+Z takes them back.
        let months: Vec<String> = (1..=12).map(|month| (month * 100).to_string()).collect();
        paste(browser, "plan-2-2", &months.join("\t"));
        let december = "2027-12-01..2027-12-31";
        wait_until("December", || sum_of_channels(browser, december) == "1200.00");
        assert_eq!(sum_of_channels(browser, march), "2300.00");
        take_back(browser, "#plan-2-2");
        wait_until("as before", || sum_of_channels(browser, december) == "0.00");
        assert_eq!(sum_of_channels(browser, march), "6000.00");

        // What is typed and not saved is still there when the page is loaded again.
        wait_until("kept", || browser.script(IS_KEPT) == Value::Bool(true));
        browser.reload();
        wait_until("the block again", || sum_of_channels(browser, march) == "6000.00");
        wait_until("the way to save it", || browser.has("[data-action=save]:enabled"));

        browser.click("[data-action=save]");
        wait_until("saved", || !browser.has(".targets__save"));
        wait_until("no longer kept", || browser.script(IS_KEPT) == Value::Bool(false));
        Shell(browser).wait_saved();
        browser.reload();
        wait_until("the same after a reload", || has_number(browser, january, "all", "300000"));
        assert_eq!(sum_of_channels(browser, january), "300000.00");

        // One step back takes all of it away again.
        Shell(browser).undo();
        wait_until("undone", || has_number(browser, january, "all", ""));

        // Of two years only the columns near to what is seen are there; keys reach the others.
        stage.go("#/targets?goal=sales.net&span=years&of=2027-01-01");
        wait_until("two years", || browser.has(".targets__grid[aria-colcount='35']"));
        wait_until("the first of them", || browser.has("#plan-0-0") && !browser.has("#plan-0-33"));
        press(browser, "plan-0-0", "End");
        wait_until("the last column", || is_focused(browser, "plan-0-33"));
        assert!(!browser.has("#plan-0-0"));
        press_in(browser, "#plan-0-33", "Home");
        wait_until("the first column", || is_focused(browser, "plan-0-0"));
    });
}

fn is_focused(browser: &Browser, cell: &str) -> bool {
    browser.script("return document.activeElement.id") == Value::String(cell.to_owned())
}

/// Whether the browser keeps what was typed.
const IS_KEPT: &str = "return Object.keys(localStorage).some((key) => key.includes('drafts'))";

fn has_number(browser: &Browser, period: &str, scope: &str, value: &str) -> bool {
    let css = format!(
        ".targets__grid [data-period='{period}'][data-scope='{scope}'][data-value='{value}']"
    );
    browser.has(&css)
}

/// To the cent.
fn sum_of_channels(browser: &Browser, period: &str) -> String {
    let code = "return [...document.querySelectorAll('.targets__grid [data-scope^=\"channel=\"]')]
        .filter(it => it.dataset.period === arguments[0] && it.dataset.value)
        .reduce((sum, it) => sum + Number(it.dataset.value), 0).toFixed(2)";
    let sum = browser.script_with(code, &json!([period]));
    sum.as_str().unwrap_or_default().to_owned()
}

fn select(browser: &Browser, cell: &str) {
    let code = "document.getElementById(arguments[0])
        .dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true }))";
    browser.script_with(code, &json!([cell]));
}

fn press(browser: &Browser, cell: &str, key: &str) {
    select(browser, cell);
    press_in(browser, &format!("#{cell}"), key);
}

fn press_in(browser: &Browser, css: &str, key: &str) {
    let code = "document.querySelector(arguments[0]).dispatchEvent(
        new KeyboardEvent('keydown', { key: arguments[1], bubbles: true, cancelable: true }))";
    browser.script_with(code, &json!([css, key]));
}

fn take_back(browser: &Browser, css: &str) {
    let code = "document.querySelector(arguments[0]).dispatchEvent(
        new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, cancelable: true }))";
    browser.script_with(code, &json!([css]));
}

fn paste(browser: &Browser, cell: &str, text: &str) {
    select(browser, cell);
    let code = "const data = new DataTransfer(); data.setData('text/plain', arguments[1]);
        document.getElementById(arguments[0]).dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))";
    let done: Value = browser.script_with(code, &json!([cell, text]));
    assert_eq!(done, Value::Null);
}
