//! Buyers who come again: dropped at first, counted once the workbook keeps them as hashes.

use crate::{
    home::Home,
    import::{Import, Sheet},
    shell::Shell,
    stage::journey,
    wait::wait_until,
};

const ORDERS: &str = "\
Name,Email,Financial Status,Currency,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem requires shipping,Lineitem taxable
#1,ann@example.com,paid,USD,2026-03-01 10:00:00 -0500,1,Mug,10.00,MUG,true,true
#2,bob@example.com,paid,USD,2026-03-02 10:00:00 -0500,1,Mug,10.00,MUG,true,true
#3,ann@example.com,paid,USD,2026-03-20 10:00:00 -0400,1,Mug,10.00,MUG,true,true
";

const KPIS: &str = "#/kpis?from=2026-03-01&to=2026-03-31";

#[test]
fn buyers_are_counted_when_the_workbook_keeps_them() {
    journey("buyers", |stage| {
        stage.go("");
        let browser = stage.browser();
        let value = |kpi: &str| {
            let cards = Home(browser).wait_for_cards();
            cards.into_iter().find(|card| card.kpi == kpi).map(|card| card.value)
        };
        let take_in = || {
            let import = Import(browser);
            import.drop_file("orders.csv", ORDERS);
            import.wait_read(1);
            assert!(matches!(import.sheet(), Some(Sheet::Understood(_))));
            let text = browser.text("main").unwrap_or_default();
            assert!(!text.contains("ann@example.com"), "personal data is not shown");
            import.confirm();
            Shell(browser).wait_saved();
            stage.go(KPIS);
        };
        take_in();
        assert_eq!(value("cus.new").as_deref(), Some(""));

        stage.go("#/workbook");
        browser.click("[aria-labelledby=buyers] button:nth-of-type(2)");
        wait_until("the choice", || {
            browser.has("[aria-labelledby=buyers] button:nth-of-type(2)[aria-pressed=true]")
        });
        Shell(browser).go("import");
        take_in();
        assert_eq!(value("cus.new").as_deref(), Some("2"));
        assert_eq!(value("cus.repeat").as_deref(), Some("0.5"));
        assert_eq!(value("sales.orders").as_deref(), Some("3"));
        browser.reload();
        assert_eq!(value("cus.new").as_deref(), Some("2"));
    });
}
