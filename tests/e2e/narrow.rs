//! A phone's width.

use crate::{
    browser::Browser,
    exports::look_alike,
    home::Home,
    import::Import,
    pages::FirstOpen,
    shell::Shell,
    stage::{Stage, journey},
    wait::{PATIENCE, wait_until},
};

const WIDTHS: [u32; 4] = [360, 768, 1280, 1440];

#[test]
fn no_page_scrolls_sideways() {
    journey("narrow", |stage| {
        let mut wide = Vec::new();
        stage.go("");
        FirstOpen(stage.browser()).wait_for_doors(2);
        measure(stage.browser(), "first open", &mut wide);
        FirstOpen(stage.browser()).open_demo();
        Home(stage.browser()).wait_for_first_card(PATIENCE * 4);
        for page in [
            "home",
            "import",
            "data",
            "products",
            "reconciliation",
            "workbook",
            "kpis",
            "explore",
            "explore?rows=sku&columns=month&from=2026-01-01&to=2026-10-31",
            "targets?parts=sku",
            "questionnaire?answer=channels%3Atemu&answer=sales%3Anew&answer=costs%3Anone",
            "scorecards",
            "scorecard",
            "skus",
            "what-if?lever=price%3A0.05&lever=tariff%3A0.1",
            "kpi/ads.acos",
            "facts/refunds",
            "kpi/svc.vtr",
        ] {
            stage.go(&format!("#/{page}"));
            rest(stage.browser());
            measure(stage.browser(), page, &mut wide);
        }
        measure_pending(stage, &mut wide);
        assert!(wide.is_empty(), "{}", wide.join("\n"));
    });
}

/// The import page with files of every state.
fn measure_pending(stage: &Stage, wide: &mut Vec<String>) {
    let cases = [
        "amazon.all_orders/us_2026",
        "refused/unknown_header",
        "refused/web_page",
        "amazon.fba_manage_inventory/spanish_without_day",
        "shopify.orders/us_79_columns",
    ];
    let file = |case: &str| {
        let (bytes, ending) = look_alike(case);
        let name =
            format!("{}_with_a_long_name_as_platforms_like_it.{ending}", case.replace('/', "_"));
        (name.clone(), stage.file(&name, &bytes))
    };
    let files: Vec<_> = cases.iter().map(|case| file(case)).collect();
    let paths: Vec<_> = files.iter().map(|(_, path)| path.clone()).collect();
    let import = Import(stage.browser());
    import.choose(&paths);
    import.wait_read(paths.len());
    for (name, _) in &files {
        import.look_at(name);
        measure(stage.browser(), name, wide);
    }
    import.look_at(&files[1].0);
    stage.browser().click("main [data-action=map]");
    wait_until("the columns", || stage.browser().has(".mapping [data-column]"));
    measure(stage.browser(), "mapping", wide);
}

fn rest(browser: &Browser) {
    wait_until("the page at rest", || {
        browser.has("main h1") && !browser.has("main [aria-busy=true]")
    });
}

/// Notes where the page is wider than its window, in both languages.
fn measure(browser: &Browser, page: &str, wide: &mut Vec<String>) {
    let code = "
        const root = document.documentElement, edge = root.clientWidth;
        if (root.scrollWidth <= edge && document.body.scrollWidth <= edge) return null;
        const over = [...document.body.querySelectorAll('*')].filter(one => {
            if (one.getBoundingClientRect().right <= edge + 0.5) return false;
            for (let box = one.parentElement; box && box !== root; box = box.parentElement)
                if (!['visible', ''].includes(getComputedStyle(box).overflowX)) return false;
            return true;
        });
        return `${root.scrollWidth} px: ` + over.slice(0, 4).map(one =>
            one.tagName.toLowerCase() + '.' + one.className + ' ' +
            (one.innerText ?? '').slice(0, 40).replace(/\\s+/g, ' ')).join(' | ')";
    for language in 0..2 {
        for width in WIDTHS {
            browser.resize(width, 800);
            if let Some(seen) = browser.script(code).as_str() {
                wide.push(format!("{page} at {width} px, language {language}: {seen}"));
            }
        }
        browser.resize(1280, 900);
        Shell(browser).switch_language();
    }
}
