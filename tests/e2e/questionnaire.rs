//! The first questionnaire, from eight questions to a filled grid of targets.

use serde_json::json;

use crate::{
    browser::Browser,
    home::Home,
    pages::FirstOpen,
    shell::Shell,
    stage::journey,
    wait::{PATIENCE, wait_until},
};

/// Question, then choice. The others are not answered: what is usual on these channels counts.
const ANSWERS: [(&str, &str); 6] = [
    ("channels", "amazon"),
    ("channels", "shopify"),
    ("channels", "tiktok"),
    ("channels", "walmart"),
    ("costs", "unit"),
    ("decision", "ads"),
];

/// One of the KPIs that they lead to, which the demo company has a history of.
const NET_SALES: &str = "sales.net";

#[test]
fn from_the_questionnaire_to_a_filled_grid_of_targets() {
    journey("questionnaire", |stage| {
        stage.go("");
        let browser = stage.browser();
        FirstOpen(browser).open_demo();
        Home(browser).wait_for_first_card(PATIENCE * 4);
        stage.go("#/questionnaire");
        wait_until("the questions", || browser.count("fieldset[data-question]") == 8);
        wait_until("the usual KPIs", || {
            browser.has(&proposed("pl.cm3", " [data-mark=needs-costs]"))
        });
        assert!(browser.has(&presumed("channels", "amazon")));
        assert!(!browser.has(&proposed("ads.poas", "")));

        for (question, choice) in ANSWERS {
            browser.click(&input(question, choice));
            wait_until("the answer", || is_chosen(browser, question, choice));
        }
        // What excludes another takes its place, and can be taken back.
        browser.click(&input("ads", "google_ads"));
        wait_until("the answer", || is_chosen(browser, "ads", "google_ads"));
        browser.click(&input("ads", "none"));
        wait_until("no ads at all", || is_chosen(browser, "ads", "none"));
        assert!(!browser.has(&format!("{}:checked", input("ads", "google_ads"))));
        browser.click("fieldset[data-question=ads] [data-action=clear]");
        wait_until("no answer about ads", || browser.has(&presumed("ads", "amazon")));

        wait_until("KPIs of ads", || browser.has(&proposed("ads.poas", "")));
        assert!(!browser.has("[data-proposed] [data-mark=needs-costs]"));
        check_card(browser);
        assert!(browser.has("details[data-report='walmart.orders']"));

        // Nothing is kept yet but in the URL.
        browser.reload();
        wait_until("the same answers", || is_answered(browser));
        wait_until("the same KPIs", || browser.has(&proposed("ads.poas", "")));

        browser.click("[data-action=adopt]");
        wait_until("what was done", || browser.has("[data-part=adopted]"));
        Shell(browser).wait_saved();
        fill_targets(browser);

        // The URL says no answers: those that were taken over are shown.
        stage.go("#/questionnaire");
        wait_until("the answers that were taken over", || is_answered(browser));
        assert!(browser.has("[data-part=adopted]") && !browser.has("[data-action=adopt]"));
        let card = browser.attribute("[data-link=scorecard]", "href").unwrap_or_default();
        assert!(card.starts_with("#/scorecard/first"), "{card}");
    });
}

#[test]
fn a_new_workbook_can_begin_with_the_questions() {
    journey("questionnaire_first", |stage| {
        stage.go("");
        let browser = stage.browser();
        FirstOpen(browser).wait_for_doors(2);
        browser.click("[data-action=questionnaire]");
        wait_until("the questions", || browser.count("fieldset[data-question]") == 8);
        wait_until("the KPIs", || browser.has("[data-proposed]"));
        check_card(browser);
        assert!(!Shell(browser).workbook_name().is_empty());
        browser.click(&input("sales", "new"));
        wait_until("the answer", || is_chosen(browser, "sales", "new"));

        browser.click("[data-action=adopt]");
        wait_until("what was done", || browser.has("[data-part=adopted]"));
        Shell(browser).undo();
        // The answers are still in the URL.
        wait_until("the button again", || browser.has("[data-action=adopt]"));
        assert!(is_chosen(browser, "sales", "new"));

        Shell(browser).go("home");
        browser.click(".empty-state a[href^='#/questionnaire']");
        wait_until("the answers as they were left", || is_chosen(browser, "sales", "new"));
    });
}

/// By the link to the grid: all that its history suggests is taken over and saved.
fn fill_targets(browser: &Browser) {
    browser.click("[data-link=targets]");
    let rows = ".targets__grid [role=gridcell][aria-colindex='2']";
    wait_until("a row for each KPI", || browser.count(rows) == 12);
    assert!(browser.hash().starts_with("#/targets?goal="), "{}", browser.hash());
    wait_until("columns", || browser.has("#plan-11-1"));
    let last = browser.count(".targets__grid [aria-rowindex='2'] [role=gridcell]") - 1;
    press_cell(browser, "plan-0-0", false);
    press_cell(browser, &format!("plan-11-{last}"), true);
    wait_until("all cells to be chosen", || {
        browser.count(".targets__grid [aria-selected=true]") == 12 * (last + 1)
    });
    browser.click("[data-action=actions]");
    browser.click("[data-action=suggest]");
    wait_until("suggestions", || n_numbers(browser, NET_SALES) > 12);
    browser.fill(".targets__save [data-field=reason]", "The first plan");
    browser.click(".targets__save [data-action=save]");
    wait_until("saved", || !browser.has(".targets__save"));
    Shell(browser).wait_saved();

    let (of_net_sales, of_all) = (n_numbers(browser, NET_SALES), n_all_numbers(browser));
    // KPIs that nothing is known of stay empty; half of them are known.
    assert!(of_all >= 6 * 12, "{of_all}");
    browser.reload();
    wait_until("the same after a reload", || n_numbers(browser, NET_SALES) == of_net_sales);
    assert_eq!(n_all_numbers(browser), of_all);
}

/// Twelve KPIs whose weights make 100 %.
#[track_caller]
fn check_card(browser: &Browser) {
    assert_eq!(browser.count("[data-proposed]"), 12);
    let code = "return [...document.querySelectorAll('[data-proposed]')]
        .reduce((sum, it) => sum + Number(it.dataset.weight), 0)";
    assert_eq!(browser.script(code).as_u64(), Some(100));
}

fn input(question: &str, choice: &str) -> String {
    format!("fieldset[data-question={question}] input[value={choice}]")
}

fn presumed(question: &str, choice: &str) -> String {
    format!("fieldset[data-question={question}] [data-presumed=true] input[value={choice}]")
}

fn proposed(kpi: &str, rest: &str) -> String {
    format!("[data-proposed='{kpi}']{rest}")
}

/// Whether the page has taken the choice in: the browser alone ticks a box before that.
fn is_chosen(browser: &Browser, question: &str, choice: &str) -> bool {
    let label = format!("fieldset[data-question={question}] [data-set=true]");
    browser.has(&format!("{label} input[value={choice}]:checked"))
}

/// Whether all answers are chosen, and nothing else.
fn is_answered(browser: &Browser) -> bool {
    ANSWERS.iter().all(|(question, choice)| is_chosen(browser, question, choice))
        && browser.count("fieldset[data-question] input:checked") == ANSWERS.len()
}

/// How many cells of a KPI have a number or a sum.
fn n_numbers(browser: &Browser, kpi: &str) -> usize {
    browser.count(&format!(".targets__grid [data-kpi='{kpi}'] [data-value]"))
}

fn n_all_numbers(browser: &Browser) -> usize {
    browser.count(".targets__grid [data-value]")
}

fn press_cell(browser: &Browser, cell: &str, extends: bool) {
    let code = "document.getElementById(arguments[0]).dispatchEvent(new MouseEvent(
        'mousedown', { bubbles: true, cancelable: true, shiftKey: arguments[1] }))";
    browser.script_with(code, &json!([cell, extends]));
}
