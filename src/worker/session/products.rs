//! What is known of products, and what a person may say of them.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    domain::{Fixed, ProductEntry, sku_key},
    workbook,
    worker::{
        protocol::{Failure, ProductView, ProductsView, ToldProduct},
        session::book::Book,
    },
};

pub(super) fn view(book: &Book) -> ProductsView {
    let cube = book.cube();
    let products = cube.products();
    let sales = cube.sales_by_sku(book.currency());
    let identities = cube.identities();
    let known = products.keys().copied();
    let skus: BTreeSet<&str> =
        known.chain(identities.entries().map(|entry| entry.sku.as_str())).collect();
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
                is_typed: book.fold().products.contains_key(sku),
            };
            (Reverse(sales.get(sku).copied()), view)
        })
        .collect();
    views.sort_by(|one, other| (&one.0, &one.1.entry.sku).cmp(&(&other.0, &other.1.entry.sku)));
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
pub(super) fn edited(products: &[ProductEntry]) -> Result<workbook::Change, Failure> {
    let invalid = |value: &str| Failure::InvalidValue { value: value.to_owned() };
    let entry = |entry: &ProductEntry| {
        let entry = trimmed(entry);
        if entry.sku.is_empty() {
            return Err(invalid(""));
        }
        let own = sku_key(&entry.sku);
        match entry
            .components
            .iter()
            .find(|it| it.quantity <= Fixed::ZERO || sku_key(&it.sku) == own)
        {
            Some(part) => Err(invalid(&part.sku)),
            None => Ok(entry),
        }
    };
    let products = products.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
    if products.is_empty() {
        return Err(invalid(""));
    }
    Ok(workbook::Change::EditProducts { products })
}

/// Without outer spaces, empty names and names of itself.
fn trimmed(entry: &ProductEntry) -> ProductEntry {
    let text = |text: &str| text.trim().to_owned();
    let own = sku_key(&entry.sku);
    let mut aliases: Vec<String> = Vec::new();
    for alias in entry.aliases.iter().map(|alias| text(alias)) {
        if !alias.is_empty() && sku_key(&alias) != own && !aliases.contains(&alias) {
            aliases.push(alias);
        }
    }
    let mut components = entry.components.clone();
    for part in &mut components {
        part.sku = text(&part.sku);
    }
    components.retain(|part| !part.sku.is_empty());
    ProductEntry {
        sku: text(&entry.sku),
        aliases,
        asin: text(&entry.asin),
        parent: text(&entry.parent),
        title: text(&entry.title),
        brand: text(&entry.brand),
        category: text(&entry.category),
        owner: text(&entry.owner),
        components,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{Component, Day},
        storage::Stored,
        worker::{
            protocol::{Change, FileMeta, Request, Response},
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
        let (name, size_bytes) = (name.to_owned(), text.len() as u64);
        let pending =
            session.begin_reading(FileMeta { name, size_bytes, modified_millis: 0 }, None);
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
            Response::Products(view) => *view,
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
        let entry = ProductEntry {
            sku: " LAN-1 ".to_owned(),
            aliases: vec!["lan 1".into(), " ".into(), "LAN-1".into()],
            owner: "Li Wei".to_owned(),
            brand: "Acme".to_owned(),
            ..ProductEntry::default()
        };
        ask(&mut session, &Request::Change(Change::EditProducts { products: vec![entry] }));
        let view = shown(&mut session);
        let lantern = view.products.iter().find(|it| it.entry.sku == "LAN-1").unwrap();
        assert_eq!(lantern.entry.aliases, ["lan 1"]);
        assert_eq!((lantern.entry.owner.as_str(), lantern.is_typed), ("Li Wei", true));
        assert_eq!(lantern.told.brand, "Acme");
        ask(&mut session, &Request::Undo);
        assert_eq!(skus(&mut session)[0], "LAN-1 150 Dana true");
    }

    #[test]
    fn a_bundle_is_not_a_part_of_itself() {
        let mut session = session();
        let part = |sku: &str, quantity| Component { sku: sku.into(), quantity };
        for wrong in [
            ProductEntry { sku: " ".into(), ..ProductEntry::default() },
            ProductEntry {
                sku: "SET".into(),
                components: vec![part("set", Fixed::from_whole(1))],
                ..ProductEntry::default()
            },
            ProductEntry {
                sku: "SET".into(),
                components: vec![part("MUG", Fixed::ZERO)],
                ..ProductEntry::default()
            },
        ] {
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
