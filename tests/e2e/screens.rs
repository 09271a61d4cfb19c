//! Pictures of every page, for people to look at. Only with `SCREENS=1`.

use std::{env, fs};

use serde_json::json;

use crate::{
    browser::Browser,
    exports::look_alike,
    home::Home,
    import::Import,
    pages::FirstOpen,
    stage::{Stage, journey, output_folder},
    wait::{PATIENCE, wait_until},
};

const WIDTHS: [(u32, u32); 3] = [(1440, 900), (768, 1024), (360, 780)];
const PAGES: [(&str, &str); 17] = [
    ("home", "#/home"),
    ("import", "#/import"),
    ("data", "#/data"),
    ("products", "#/products"),
    ("kpis", "#/kpis"),
    ("explore", "#/explore"),
    ("targets", "#/targets"),
    ("what_if", "#/what-if?lever=price%3A0.05&lever=demand%3A-0.5&lever=tariff%3A0.1"),
    ("explore_months", "#/explore?columns=month&from=2026-01-01&to=2026-10-31"),
    ("kpi_stated", "#/kpi/svc.vtr"),
    ("reconciliation", "#/reconciliation"),
    ("workbook", "#/workbook"),
    ("kpi_acos", "#/kpi/ads.acos"),
    ("kpi_net_sales", "#/kpi/sales.net?from=2026-01-01&to=2026-10-31"),
    ("kpi_growth", "#/kpi/sales.yoy"),
    ("facts", "#/facts/refunds"),
    ("facts_of_stock", "#/facts/stock_available"),
];

#[test]
fn every_page_has_its_picture_taken() {
    if env::var("SCREENS").as_deref() != Ok("1") {
        return;
    }
    journey("screens", |stage| {
        stage.go("");
        FirstOpen(stage.browser()).wait_for_doors(2);
        in_all_dresses(stage.browser(), "first_open", |browser| browser.has("main h2"));
        FirstOpen(stage.browser()).open_demo();
        Home(stage.browser()).wait_for_first_card(PATIENCE * 4);
        for (name, hash) in PAGES {
            stage.go(hash);
            in_all_dresses(stage.browser(), name, is_at_rest);
        }
        stage.go("#/workbook");
        in_all_dresses(stage.browser(), "contract_dialog", |browser| {
            let is_open = browser.has("dialog[open] [data-moved]");
            if !is_open && is_at_rest(browser) && !browser.has("dialog[open]") {
                browser.click("#contract-sale_timing option[value=settled]");
            }
            is_open
        });
        for (name, case) in [
            ("import_ready", "amazon.all_orders/us_2026"),
            ("import_asking", "amazon.fba_manage_inventory/spanish_without_day"),
            ("import_refused", "refused/unknown_header"),
            ("import_problems", "amazon.all_orders/problem_rows"),
        ] {
            pending_in_all_dresses(stage, name, case, |_| true);
        }
        pending_in_all_dresses(stage, "import_mapping", "refused/unknown_header", |browser| {
            let is_open = browser.has(".mapping [data-column]");
            if !is_open && browser.has("main [data-action=map]") {
                browser.click("main [data-action=map]");
            }
            is_open
        });
    });
}

/// A reload would lose the pending file: it is chosen anew for every picture.
fn pending_in_all_dresses(
    stage: &Stage,
    name: &str,
    case: &str,
    is_shown: impl Fn(&Browser) -> bool,
) {
    let (bytes, ending) = look_alike(case);
    let path = stage.file(&format!("{name}.{ending}"), &bytes);
    in_all_dresses(stage.browser(), name, |browser| {
        let import = Import(browser);
        if browser.has("main .import-sheet__step") {
            return is_shown(browser);
        }
        if is_at_rest(browser) {
            import.choose(std::slice::from_ref(&path));
            import.wait_read(1);
        }
        false
    });
}

fn is_at_rest(browser: &Browser) -> bool {
    browser.has("main h1") && !browser.has("main [aria-busy=true]")
}

/// The present page in each language, theme and width.
fn in_all_dresses(browser: &Browser, name: &str, is_ready: impl Fn(&Browser) -> bool) {
    let folder = output_folder().join("screens");
    fs::create_dir_all(&folder).unwrap();
    for language in ["zh-CN", "en"] {
        for theme in ["light", "dark"] {
            // The page would ask before it is left with a pending file.
            if browser.has("main .import-sheet") {
                Import(browser).discard();
            }
            let code = "localStorage.setItem('linkstar.language', arguments[0]);\
                localStorage.setItem('linkstar.theme', arguments[1])";
            browser.script_with(code, &json!([language, theme]));
            browser.reload();
            for (width, height) in WIDTHS {
                browser.resize(width, height);
                wait_until(name, || is_ready(browser));
                // Two frames later charts are drawn in their new size.
                browser.promise(
                    "for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame)",
                );
                let picture = browser.long_screenshot().expect("a picture");
                let file = format!("{name}_{width}_{theme}_{language}.png");
                fs::write(folder.join(file), picture).unwrap();
            }
        }
    }
    browser.resize(1280, 900);
}
