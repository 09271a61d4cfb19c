//! What is known of products, and what a person may say of them.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    domain::{Component, Fixed, ProductEdit, ProductEntry, set_of_few, sku_key, sort_few_by},
    workbook,
    worker::{
        protocol::{Failure, ProductView, ProductsView, ToldProduct},
        session::book::Book,
    },
};

pub(super) fn view(book: &Book) -> ProductsView {
    let cube = book.cube();
    let products = cube.products();
    let sales = cube.sales_by_sku(book.currency(), book.rates());
    let identities = cube.identities();
    let known = products.keys().copied();
    let skus: BTreeSet<&str> =
        set_of_few(known.chain(identities.entries().map(|entry| entry.sku.as_str())));
    // What another name stands for is not a product by itself.
    let own = skus.into_iter().filter(|sku| identities.sku_of(sku) == *sku);
    let mut views: Vec<(Reverse<Option<Fixed>>, ProductView)> = own
        .map(|sku| {
            let told = products.get(sku).map(|product| ToldProduct {
                title: product.title.clone(),
                asin: product.asin.clone(),
                brand: product.brand.clone(),
                category: product.category.clone(),
            });
            let blank = || ProductEntry { sku: sku.to_owned(), ..ProductEntry::default() };
            let view = ProductView {
                entry: identities.entry(sku).cloned().unwrap_or_else(blank),
                told: told.unwrap_or_default(),
                net_sales: sales.get(sku).map(Fixed::to_string),
                has_cost: book.has_cost(sku),
                is_in_map: identities.entry(sku).is_some(),
                is_typed: book.fold().products.contains_key(&sku_key(sku)),
            };
            (Reverse(sales.get(sku).copied()), view)
        })
        .collect();
    sort_few_by(&mut views, |one, other| {
        (&one.0, &one.1.entry.sku).cmp(&(&other.0, &other.1.entry.sku))
    });
    let products: Vec<ProductView> = views.into_iter().map(|(_, view)| view).collect();
    ProductsView { similar: similar(&products), products, currency: book.currency() }
}

/// SKUs that are one when only their letters and digits are looked at.
fn similar(products: &[ProductView]) -> Vec<Vec<String>> {
    let mut by_letters: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for product in products {
        let sku = &product.entry.sku;
        let letters = sku.to_lowercase().chars().filter(|it| it.is_alphanumeric()).collect();
        by_letters.entry(letters).or_default().push(sku.clone());
    }
    by_letters.into_values().filter(|skus| skus.len() > 1).collect()
}

/// What a person says of products, when it can be so.
pub(super) fn edited(products: &[ProductEdit]) -> Result<workbook::Change, Failure> {
    let invalid = |value: &str| Failure::InvalidValue { value: value.to_owned() };
    let edit = |edit: &ProductEdit| {
        let edit = trimmed(edit);
        if edit.sku.is_empty() {
            return Err(invalid(""));
        }
        let own = sku_key(&edit.sku);
        let is_wrong = |it: &&Component| it.quantity <= Fixed::ZERO || sku_key(&it.sku) == own;
        match edit.components.iter().flatten().find(is_wrong) {
            Some(part) => Err(invalid(&part.sku)),
            None => Ok(edit),
        }
    };
    let products = products.iter().map(edit).collect::<Result<Vec<_>, _>>()?;
    if products.is_empty() {
        return Err(invalid(""));
    }
    Ok(workbook::Change::EditProducts { products })
}

/// Without outer spaces, empty names and names of itself.
fn trimmed(edit: &ProductEdit) -> ProductEdit {
    let text = |text: &String| text.trim().to_owned();
    let own = sku_key(&edit.sku);
    let names = |names: &Vec<String>| {
        let mut kept: Vec<String> = Vec::new();
        for name in names.iter().map(text) {
            if !name.is_empty() && sku_key(&name) != own && !kept.contains(&name) {
                kept.push(name);
            }
        }
        kept
    };
    let parts = |parts: &Vec<Component>| {
        let part = |part: &Component| Component { sku: text(&part.sku), ..part.clone() };
        parts.iter().map(part).filter(|part| !part.sku.is_empty()).collect()
    };
    ProductEdit {
        sku: text(&edit.sku),
        aliases: edit.aliases.as_ref().map(names),
        asin: edit.asin.as_ref().map(text),
        parent: edit.parent.as_ref().map(text),
        title: edit.title.as_ref().map(text),
        brand: edit.brand.as_ref().map(text),
        category: edit.category.as_ref().map(text),
        owner: edit.owner.as_ref().map(text),
        components: edit.components.as_ref().map(parts),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{Day, Filters, Granularity},
        storage::Stored,
        worker::{
            protocol::{Change, Comparison, FileMeta, HomeRequest, Request, Response},
            session::Session,
            views::{TableBy, TableRequest},
        },
    };

    /// One product under two names, and a set that is made of two of it and one of another.
    const ORDERS: &str = "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tasin\tquantity\tcurrency\titem-price\n\
        111-1\t2026-05-03T15:00:00+00:00\tShipped\tAmazon.com\tLAN-1\tB0A\t1\tUSD\t100.00\n\
        111-2\t2026-05-04T15:00:00+00:00\tShipped\tAmazon.com\tlan 1\tB0B\t2\tUSD\t50.00\n\
        111-3\t2026-05-05T15:00:00+00:00\tShipped\tAmazon.com\tSET\tB0C\t3\tUSD\t90.00\n";
    const COSTS: &str = "SKU,Unit cost,Currency\nLAN-1,4.00,USD\nMUG,1.50,USD\n";
    const MAP: &str = "SKU,Alias,Owner,Component,Component quantity\n\
        LAN-1,lan 1,Dana,,\nSET,,Dana,LAN-1,2\nSET,,,MUG,1\n";

    fn ask(session: &mut Session, request: &Request) -> Response {
        session.handle(request, 7).response
    }

    fn take_in(session: &mut Session, name: &str, text: &str) {
        take_in_saved(session, name, text, 0);
    }

    fn take_in_saved(session: &mut Session, name: &str, text: &str, modified_millis: i64) {
        let (name, size_bytes) = (name.to_owned(), text.len() as u64);
        let pending = session.begin_reading(FileMeta { name, size_bytes, modified_millis }, None);
        session.feed(pending, text.as_bytes());
        session.finish_reading(pending);
        let answer = ask(session, &Request::ConfirmPending);
        assert!(matches!(answer, Response::Confirmed { imports, .. } if imports.len() == 1));
    }

    fn session() -> Session {
        let mut session = Session::new();
        session.open("w", "W", false, &Stored::default(), 0).unwrap();
        take_in(&mut session, "orders.txt", ORDERS);
        take_in(&mut session, "costs.csv", COSTS);
        session
    }

    fn shown(session: &mut Session) -> ProductsView {
        match ask(session, &Request::Products) {
            Response::Products(view) => view.open().unwrap(),
            other => panic!("{other:?}"),
        }
    }

    fn skus(session: &mut Session) -> Vec<String> {
        let view = shown(session);
        let text = |it: &ProductView| {
            let net = it.net_sales.as_deref().unwrap_or("–");
            format!("{} {net} {} {}", it.entry.sku, it.entry.owner, it.has_cost)
        };
        view.products.iter().map(text).collect()
    }

    fn gross_profit(session: &mut Session) -> Option<String> {
        let kpis = vec!["pl.gross_profit".to_owned()];
        let request = TableRequest { by: TableBy::Total, kpis, period: None };
        session.table(&request).unwrap().rows[0].value.value.clone()
    }

    #[test]
    fn a_map_makes_one_product_of_two_names_and_gives_a_bundle_its_cost() {
        let mut session = session();
        assert_eq!(shown(&mut session).similar, [["LAN-1", "lan 1"]]);
        // A cost makes a product known, too.
        let apart = ["LAN-1 100  true", "SET 90  false", "lan 1 50  false", "MUG –  true"];
        assert_eq!(skus(&mut session), apart);
        take_in(&mut session, "map.csv", MAP);
        assert_eq!(skus(&mut session), ["LAN-1 150 Dana true", "SET 90 Dana true", "MUG –  true"]);
        assert!(shown(&mut session).similar.is_empty());
        // 240 − 3 × 4.00 − 3 × (2 × 4.00 + 1.50)
        assert_eq!(gross_profit(&mut session).as_deref(), Some("199.5"));
        ask(&mut session, &Request::Undo);
        assert_eq!(skus(&mut session), apart);
    }

    #[test]
    fn what_is_typed_counts_before_a_file_and_can_be_undone() {
        let mut session = session();
        take_in(&mut session, "map.csv", MAP);
        let owner = ProductEdit {
            sku: " LAN-1 ".to_owned(),
            owner: Some(" Li Wei".to_owned()),
            ..ProductEdit::default()
        };
        let names = ProductEdit {
            sku: "lan-1".to_owned(),
            aliases: Some(vec!["lan 1".into(), " ".into(), "LAN-1".into()]),
            brand: Some("Acme".to_owned()),
            ..ProductEdit::default()
        };
        for edit in [names, owner] {
            ask(&mut session, &Request::Change(Change::EditProducts { products: vec![edit] }));
        }
        let view = shown(&mut session);
        let lantern = view.products.iter().find(|it| it.entry.sku == "LAN-1").unwrap();
        assert_eq!(lantern.entry.aliases, ["lan 1"]);
        assert_eq!((lantern.entry.owner.as_str(), lantern.is_typed), ("Li Wei", true));
        assert_eq!(lantern.told.brand, "Acme");
        let set = view.products.iter().find(|it| it.entry.sku == "SET").unwrap();
        assert_eq!(set.entry.components.len(), 2, "what nobody typed is as the file says");
        ask(&mut session, &Request::Undo);
        assert_eq!(skus(&mut session)[0], "LAN-1 150 Dana true");
    }

    #[test]
    fn skus_that_differ_in_case_are_one_when_a_person_says_so() {
        let mut session = Session::new();
        session.open("w", "W", false, &Stored::default(), 0).unwrap();
        take_in(&mut session, "orders.txt", &ORDERS.replace("lan 1", "lan-1"));
        assert_eq!(shown(&mut session).similar, [["LAN-1", "lan-1"]]);
        let edit = ProductEdit {
            sku: "LAN-1".into(),
            aliases: Some(vec!["lan-1".into()]),
            ..ProductEdit::default()
        };
        ask(&mut session, &Request::Change(Change::EditProducts { products: vec![edit] }));
        assert_eq!(skus(&mut session), ["LAN-1 150  false", "SET 90  false"]);
        assert!(shown(&mut session).similar.is_empty());
    }

    #[test]
    fn a_corrected_map_takes_the_place_of_the_first() {
        let mut session = session();
        // In whichever order they are taken in.
        take_in_saved(&mut session, "map2.csv", &MAP.replace("lan 1", "other"), 2);
        take_in_saved(&mut session, "map.csv", MAP, 1);
        let names: Vec<String> =
            shown(&mut session).products.into_iter().map(|it| it.entry.sku).collect();
        assert_eq!(names, ["LAN-1", "SET", "lan 1", "MUG"]);
    }

    #[test]
    fn a_link_by_a_name_of_before_shows_the_product() {
        let mut session = session();
        take_in(&mut session, "map.csv", MAP);
        let net = |sku: &str, session: &mut Session| {
            let filters = Filters { skus: vec![sku.to_owned()], ..Filters::default() };
            let home = HomeRequest {
                filters,
                period: None,
                comparison: Comparison::None,
                granularity: Granularity::Day,
                trend_kpi: "sales.net".into(),
                trend_by: None,
                today: Day::parse("2026-07-01").unwrap(),
            };
            let Response::Home(home) = ask(session, &Request::Home(home)) else { panic!() };
            let card = home.cards.into_iter().find(|card| card.figure.kpi == "sales.net");
            card.unwrap().figure.value.value
        };
        assert_eq!(net("lan 1", &mut session).as_deref(), Some("150"));
        assert_eq!(net("LAN-1", &mut session).as_deref(), Some("150"));
    }

    #[test]
    fn a_bundle_is_not_a_part_of_itself() {
        let mut session = session();
        let set = |sku: &str, quantity| ProductEdit {
            sku: "SET".into(),
            components: Some(vec![Component { sku: sku.into(), quantity }]),
            ..ProductEdit::default()
        };
        let unnamed = ProductEdit { sku: " ".into(), ..ProductEdit::default() };
        for wrong in [unnamed, set("set", Fixed::from_whole(1)), set("MUG", Fixed::ZERO)] {
            let change = Change::EditProducts { products: vec![wrong] };
            let answer = ask(&mut session, &Request::Change(change));
            assert!(matches!(answer, Response::Failed(Failure::InvalidValue { .. })), "{answer:?}");
        }
    }

    #[test]
    fn a_typed_cost_of_another_name_is_one_of_its_product() {
        let mut session = session();
        take_in(&mut session, "map.csv", MAP);
        let change = Change::EnterCost {
            sku: "lan 1".into(),
            unit_cost: "5".into(),
            currency: crate::domain::Currency::USD,
            valid_from: Day::parse("2026-01-01").unwrap(),
        };
        ask(&mut session, &Request::Change(change));
        // 240 − 3 × 5 − 3 × (2 × 5 + 1.50)
        assert_eq!(gross_profit(&mut session).as_deref(), Some("190.5"));
    }
}
