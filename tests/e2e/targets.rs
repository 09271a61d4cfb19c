//! Targets, from the first number to the saved plan.

use serde_json::{Value, json};

use crate::{
    browser::Browser,
    home::Home,
    pages::FirstOpen,
    shell::Shell,
    stage::{Stage, journey},
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
        check_keys(browser);
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
        select(browser, "plan-0-0");
        strike(browser, "End", 0);
        wait_until("the last column", || is_focused(browser, "plan-0-33"));
        assert!(!browser.has("#plan-0-0"));
        strike(browser, "Home", 0);
        wait_until("the first column", || is_focused(browser, "plan-0-0"));

        check_rows_that_are_not_there(stage);
    });
}

/// Of many rows only those near to what is seen are there. Keys reach the others, and what is done with what is
/// chosen is done with all of it.
fn check_rows_that_are_not_there(stage: &Stage) {
    let browser = stage.browser();
    stage.go(
        "#/targets?goal=sales.net&goal=sales.gross&goal=sales.units&goal=sales.orders&parts=sku&of=2027-01-01",
    );
    let n_rows = || browser.attribute(".targets__grid", "aria-rowcount")?.parse::<usize>().ok();
    wait_until("many rows", || n_rows().is_some_and(|n| n > 62) && browser.has("#plan-0-2"));
    assert!(!browser.has("#plan-60-2"));
    select(browser, "plan-0-2");
    for row in 1..=6 {
        strike(browser, "PageDown", SHIFT);
        wait_until("the row", || is_focused(browser, &format!("plan-{row}0-2")));
    }
    assert!(!browser.has("#plan-0-2"));
    let value = |cell: &str| browser.attribute(&format!("#{cell} [data-value]"), "data-value");
    paste_in(browser, ".targets__box", "7");
    wait_until("the number", || value("plan-60-2").as_deref() == Some("7"));
    strike(browser, "Delete", 0);
    wait_until("no number", || value("plan-60-2").is_none());
    browser.script("document.querySelector('.targets__box').scrollTop = 0");
    wait_until("the first row", || browser.has("#plan-0-2"));
    assert_eq!(value("plan-1-2"), None);
    assert_eq!(value("plan-9-2"), None);
    // Keys stay with the grid, and bring back the cell that they are about.
    strike(browser, "ArrowDown", 0);
    wait_until("the cursor", || is_focused(browser, "plan-61-2"));
}

fn is_focused(browser: &Browser, cell: &str) -> bool {
    browser.script("return document.activeElement.id") == Value::String(cell.to_owned())
}

/// Whether the browser keeps what was typed.
const IS_KEPT: &str = "return Object.keys(localStorage).some((key) => key.includes('drafts'))";

fn has_number(browser: &Browser, period: &str, scope: &str, value: &str) -> bool {
    let cells = format!("[data-scope='{scope}']");
    numbers(browser, period, &cells).is_some_and(|it| it == [value])
}

/// What stands in the cells of a period, in the rows that `rows` chooses; `None` where the period is no column.
fn numbers(browser: &Browser, period: &str, rows: &str) -> Option<Vec<String>> {
    let code =
        "const head = document.querySelector(`.targets__grid th[data-period='${arguments[0]}']`);
        const column = head?.getAttribute('aria-colindex');
        return head && [...document.querySelectorAll(
            `.targets__grid ${arguments[1]} > [role=gridcell][aria-colindex='${column}']`)]
            .map(it => it.querySelector('[data-value]')?.dataset.value ?? '')";
    serde_json::from_value(browser.script_with(code, &json!([period, rows]))).ok()?
}

/// To the cent.
fn sum_of_channels(browser: &Browser, period: &str) -> String {
    let numbers = numbers(browser, period, "[data-scope^='channel=']").unwrap_or_default();
    let sum = numbers.iter().filter_map(|it| it.parse::<f64>().ok()).fold(0.0, |sum, it| sum + it);
    format!("{sum:.2}")
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

/// As the browser numbers keys that are held down.
const SHIFT: u32 = 8;

/// Strikes a key, whatever has the focus.
fn strike(browser: &Browser, key: &str, held: u32) {
    for kind in ["rawKeyDown", "keyUp"] {
        let event = json!({ "type": kind, "key": key, "modifiers": held });
        browser.devtools("Input.dispatchKeyEvent", &event);
    }
}

/// Each key finds the focus where the one before has left it.
fn check_keys(browser: &Browser) {
    select(browser, "plan-0-2");
    let ways = [
        ("ArrowDown", "plan-1-2"),
        ("ArrowRight", "plan-1-3"),
        ("ArrowDown", "plan-2-3"),
        ("End", "plan-2-16"),
        ("ArrowLeft", "plan-2-15"),
        ("Home", "plan-2-0"),
        ("ArrowUp", "plan-1-0"),
    ];
    for (key, cell) in ways {
        strike(browser, key, 0);
        wait_until(cell, || is_focused(browser, cell));
    }
    strike(browser, "F2", 0);
    wait_until("the caret", || browser.has("#plan-1-0 input:focus"));
    strike(browser, "Escape", 0);
    wait_until("the cell again", || is_focused(browser, "plan-1-0"));
    // Figures of the past come later and leave the focus where it is.
    wait_until("rest", || browser.has(".targets[aria-busy=false]"));
    strike(browser, "ArrowUp", 0);
    wait_until("the first row", || is_focused(browser, "plan-0-0"));
}

fn take_back(browser: &Browser, css: &str) {
    let code = "document.querySelector(arguments[0]).dispatchEvent(
        new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, cancelable: true }))";
    browser.script_with(code, &json!([css]));
}

fn paste(browser: &Browser, cell: &str, text: &str) {
    select(browser, cell);
    paste_in(browser, &format!("#{cell}"), text);
}

fn paste_in(browser: &Browser, css: &str, text: &str) {
    let code = "const data = new DataTransfer(); data.setData('text/plain', arguments[1]);
        document.querySelector(arguments[0]).dispatchEvent(
            new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))";
    let done: Value = browser.script_with(code, &json!([css, text]));
    assert_eq!(done, Value::Null);
}
