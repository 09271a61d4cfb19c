//! A file of a tool that nobody knows: the person says what its columns mean, once.

use serde_json::json;

use crate::{
    browser::Browser,
    home::Home,
    import::{Import, Sheet},
    pages::{Data, FirstOpen, WorkbookPage},
    shell::Shell,
    stage::{Stage, journey},
    wait::wait_until,
};

/// What stands above the columns looks as if it named them.
const MAY: &str = "Till,Corner store,New York,East,Open,Daily\n\
    Ticket,Day,Item,Pieces,Each,Cut\n\
    1,2026-05-14,A-1,2,12.50,2.5\n\
    2,2026-05-15,A-2,3,10,3\n";
/// Amounts of several kinds in one column; one of them has a name that says nothing.
const STATEMENT: &str = "Day,Entry,Ref,Money\n\
    2026-05-14,Order payment,1,100.00\n\
    2026-05-14,Commission,1,15.00\n\
    2026-05-15,Refund,1,20.00\n\
    2026-05-16,Blue moon,2,-3.00\n";
const JUNE: &str = "Ticket,Day,Item,Pieces,Each,Cut\n3,2026-06-01,A-1,1,12.50,1.25\n";

/// Sets a field of the mapping as a person would.
fn set(browser: &Browser, css: &str, value: &str) {
    let code = "
        const field = document.querySelector(arguments[0]);
        field.value = arguments[1];
        field.dispatchEvent(new Event('change', { bubbles: true }));";
    browser.script_with(code, &json!([css, value]));
}

fn column(index: usize) -> String {
    format!(".mapping [data-column='{index}'] select")
}

/// Drops the first file of all.
fn drop_at_the_doors<'a>(stage: &'a Stage, name: &str, text: &str) -> &'a Browser {
    stage.go("");
    let browser = stage.browser();
    FirstOpen(browser).wait_for_doors(2);
    Import(browser).drop_file(name, text);
    Import(browser).wait_read(1);
    browser
}

/// Says that the second row is the header.
fn choose_header(browser: &Browser) {
    let first = || browser.text(".mapping [data-column='0']").unwrap_or_default();
    assert!(first().contains("Till"), "{}", first());
    set(browser, ".mapping [data-field=header]", "1");
    wait_until("the columns below", || !first().contains("Till"));
}

#[test]
fn a_file_of_an_unknown_tool_is_mapped_kept_and_shared() {
    journey("mapping", |stage| {
        let browser = drop_at_the_doors(stage, "till may.csv", MAY);
        let import = Import(browser);
        assert_eq!(import.sheet(), Some(Sheet::Refused("unknown_report".to_owned())));
        browser.click("main [data-action=map]");
        wait_until("the columns", || browser.count(".mapping [data-column]") == 6);
        choose_header(browser);
        // What the names do not say, the person does.
        set(browser, ".mapping [data-field=table]", "order_lines");
        set(browser, ".mapping [data-field=channel]", "other");
        for (index, target) in
            ["order_id", "at", "sku", "units", "unit_price", "amount_platform_fee"]
                .iter()
                .enumerate()
        {
            set(browser, &column(index), target);
        }
        // 2 × 12.50 + 3 × 10, and the cut as a cost.
        let sum =
            |id: &str| browser.attribute(&format!(".mapping [data-sum='{id}']"), "data-value");
        wait_until("the preview", || sum("order_lines.gross").as_deref() == Some("55"));
        let cut = sum("postings.amount");
        assert!(cut.as_deref() == Some("-5.5"), "{cut:?}");
        browser.click(".mapping button[data-kind=primary]");
        wait_until("the question about the currency", || {
            browser.has("main [data-asks=true] input")
        });
        browser.fill("main [data-asks=true] input", "USD");
        browser.click("main [data-asks=true] button[type=submit]");
        wait_until("the answer to be taken", || import.can_confirm());
        import.confirm();
        Shell(browser).go("home");
        let figures = Home(browser).wait_for_cards();
        let net = figures.iter().find(|figure| figure.kpi == "sales.net");
        assert_eq!(net.map(|net| net.value.as_str()), Some("55"), "{figures:?}");

        Shell(browser).go("import");
        import.drop_file("till june.csv", JUNE);
        import.wait_read(1);
        let Some(Sheet::Understood(sentence)) = import.sheet() else { panic!("it is not known") };
        assert!(sentence.contains("till may"), "{sentence}");
        import.discard();

        Shell(browser).go("data");
        Data(browser).wait_for_files(1);
        let text = browser.promise(
            "const row = document.querySelector('[data-recipe]');
            let copied = '';
            navigator.clipboard.writeText = async text => { copied = text; };
            row.querySelector('[data-action=copy]').click();
            return new Promise(done => setTimeout(() => done(copied), 200));",
        );
        let text = text.as_str().unwrap_or_default().to_owned();
        assert!(text.contains("\"own."), "{text}");

        Shell(browser).go("workbook");
        let page = WorkbookPage(browser);
        page.rename("First");
        wait_until("the new name", || Shell(browser).workbook_name() == "First");
        Shell(browser).wait_saved();
        page.create();
        wait_until("the other one", || Shell(browser).workbook_name() != "First");
        Shell(browser).go("data");
        browser.click(".own-recipes__add > summary");
        browser.fill(".own-recipes__add textarea", &text);
        browser.click(".own-recipes__add button[type=submit]");
        wait_until("the recipe", || browser.count("[data-recipe]") == 1);
        Shell(browser).go("import");
        import.drop_file("till june.csv", JUNE);
        import.wait_read(1);
        assert!(matches!(import.sheet(), Some(Sheet::Understood(_))));
    });
}

#[test]
fn a_statement_whose_rows_are_of_several_kinds_is_mapped_kind_by_kind() {
    journey("mapping-kinds", |stage| {
        let browser = drop_at_the_doors(stage, "statement may.csv", STATEMENT);
        browser.click("main [data-action=map]");
        wait_until("the columns", || browser.count(".mapping [data-column]") == 4);
        set(browser, ".mapping [data-field=channel]", "other");
        // What stands in the columns says that it is a statement, and of which kinds.
        wait_until("the kinds", || browser.count(".mapping tr[data-kind]") == 4);
        let kind = |text: &str| format!(".mapping tr[data-kind='{text}']");
        assert_eq!(browser.count(&format!("{}[data-state=open]", kind("Blue moon"))), 1);
        set(browser, &format!("{} select", kind("Blue moon")), "storage_fee");
        // 100 - 15 - 20 - 3: what the seller pays and gives back stands there above zero.
        let sum = || browser.attribute(".mapping [data-sum='postings.amount']", "data-value");
        let is = |amount: &str| sum().as_deref() == Some(amount);
        wait_until("the preview", || is("62"));
        let sign = format!("{} input[type=checkbox]", kind("Commission"));
        browser.click(&sign);
        wait_until("the commission as it stands", || is("92"));
        browser.click(&sign);
        wait_until("the commission below zero", || is("62"));
        browser.click(".mapping button[data-kind=primary]");
        wait_until("the question about the currency", || {
            browser.has("main [data-asks=true] input")
        });
    });
}
