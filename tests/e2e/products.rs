//! The SKU map: who is responsible for what, and one product under two names.

use crate::{
    home::Home,
    import::{Import, Sheet},
    pages::FirstOpen,
    shell::Shell,
    stage::journey,
    wait::{PATIENCE, wait_until},
};

/// The kettle that sells most, with its white sister as another name of it.
const MAP: &str = "SKU,Alias,Owner\nLS-KT-0001-BLK,LS-KT-0002-WHT,Dana\n";

#[test]
fn products_get_owners_by_hand_and_by_a_sheet() {
    journey("products", |stage| {
        stage.go("");
        let browser = stage.browser();
        FirstOpen(browser).open_demo();
        Home(browser).wait_for_first_card(PATIENCE * 4);
        stage.go("#/products");
        wait_until("products", || browser.count("[data-product]") == 50);
        let black = "[data-product='LS-KT-0001-BLK']";
        let row = || browser.text(black).unwrap_or_default();
        browser.click(&format!("{black} [data-action=edit]"));
        browser.fill(".products__form [data-field=owner]", "李伟");
        browser.click(".products__form button[type=submit]");
        wait_until("the owner", || row().contains("李伟"));
        stage.go("#/products");
        browser.reload();
        wait_until("the owner after a reload", || row().contains("李伟"));
        Shell(browser).undo();
        wait_until("no owner", || browser.has(black) && !row().contains("李伟"));

        let white = "[data-product='LS-KT-0002-WHT']";
        assert!(browser.has(white));
        Shell(browser).go("import");
        let import = Import(browser);
        import.drop_file("map.csv", MAP);
        import.wait_read(1);
        assert!(matches!(import.sheet(), Some(Sheet::Understood(_))));
        import.confirm();
        stage.go("#/products");
        wait_until("one product of two", || row().contains("Dana") && !browser.has(white));
    });
}
