//! Lists of names and parts as a person writes them in one field, and the map as a sheet.

use crate::{
    domain::{Component, Fixed, ProductEntry},
    ui::spreadsheet::csv_text,
    worker::protocol::ProductView,
};

/// `A, B`.
pub(super) fn aliases_text(entry: &ProductEntry) -> String {
    entry.aliases.join(", ")
}

/// Names between commas, semicolons or line ends.
pub(super) fn aliases_of(text: &str) -> Vec<String> {
    let names = text.split([',', '，', ';', '；', '\n']).map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// `2 × A, 1 × B`.
pub(super) fn components_text(entry: &ProductEntry) -> String {
    let part = |part: &Component| format!("{} × {}", part.quantity, part.sku);
    entry.components.iter().map(part).collect::<Vec<_>>().join(", ")
}

/// Parts as `2 × A, 1 × B`, `2*A`, `2 x A`, or `A` for one of it; `None` when a number is none.
pub(super) fn components_of(text: &str) -> Option<Vec<Component>> {
    aliases_of(text).iter().map(|part| component_of(part)).collect()
}

const TIMES: [char; 3] = ['×', '*', '✕'];

fn component_of(text: &str) -> Option<Component> {
    let one = || Component { sku: text.to_owned(), quantity: Fixed::from_whole(1) };
    let end = text.find(|letter: char| letter == ' ' || TIMES.contains(&letter));
    let Some((number, rest)) = end.map(|end| text.split_at(end)) else { return Some(one()) };
    let Some(quantity) = Fixed::parse(number) else {
        // A SKU may have spaces in it.
        return (!text.contains(TIMES)).then(one);
    };
    let rest = rest.trim_start();
    // One mark between the two; an `x` is one only before a space.
    let sku = rest.strip_prefix(TIMES).or_else(|| rest.strip_prefix("x ")).unwrap_or(rest).trim();
    (quantity > Fixed::ZERO && !sku.is_empty()).then(|| Component { sku: sku.to_owned(), quantity })
}

/// The map as a sheet that can be imported: one row per SKU, and one more per further name or part.
pub(super) fn sheet(products: &[ProductView]) -> String {
    let head = [
        "SKU",
        "Alias",
        "ASIN",
        "Parent ASIN",
        "Product name",
        "Brand",
        "Category",
        "Owner",
        "Component",
        "Component quantity",
    ];
    csv_text(std::iter::once(head.map(str::to_owned)).chain(products.iter().flat_map(rows)))
}

fn rows(product: &ProductView) -> Vec<[String; 10]> {
    let ProductView { entry, told, .. } = product;
    let filled = |own: &str, told: &str| if own.is_empty() { told } else { own }.to_owned();
    let n_rows = entry.aliases.len().max(entry.components.len()).max(1);
    let row = |index: usize| {
        let alias = entry.aliases.get(index).cloned().unwrap_or_default();
        let part = entry.components.get(index);
        let (sku, quantity) =
            part.map(|part| (part.sku.clone(), part.quantity.to_string())).unwrap_or_default();
        let described = [
            filled(&entry.asin, &told.asin),
            entry.parent.clone(),
            filled(&entry.title, &told.title),
            filled(&entry.brand, &told.brand),
            filled(&entry.category, &told.category),
            entry.owner.clone(),
        ];
        let [asin, parent, title, brand, category, owner] =
            if index == 0 { described } else { <[String; 6]>::default() };
        let own = entry.sku.clone();
        [own, alias, asin, parent, title, brand, category, owner, sku, quantity]
    };
    (0..n_rows).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worker::protocol::ToldProduct;

    fn read(text: &str) -> Option<String> {
        let components = components_of(text)?;
        Some(components_text(&ProductEntry { components, ..ProductEntry::default() }))
    }

    #[test]
    fn parts_are_read_as_people_write_them() {
        assert_eq!(read("2 × LAN-1, 1 × MUG").as_deref(), Some("2 × LAN-1, 1 × MUG"));
        assert_eq!(read("2*LAN-1；MUG").as_deref(), Some("2 × LAN-1, 1 × MUG"));
        assert_eq!(read("3 x A B").as_deref(), Some("3 × A B"));
        assert_eq!(read("1 × xl-shirt").as_deref(), Some("1 × xl-shirt"));
        assert_eq!(read("blue mug").as_deref(), Some("1 × blue mug"));
        assert_eq!(read("").as_deref(), Some(""));
        assert_eq!(read("two × LAN-1"), None);
        assert_eq!(read("0 × LAN-1"), None);
    }

    #[test]
    fn names_stand_between_commas_of_any_kind() {
        assert_eq!(aliases_of(" a, b，c;; d\ne "), ["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn a_sheet_has_a_row_for_every_name_and_part() {
        let entry = ProductEntry {
            sku: "SET".to_owned(),
            aliases: aliases_of("s1"),
            owner: "Dana".to_owned(),
            components: components_of("2 × A, 1 × B").unwrap(),
            ..ProductEntry::default()
        };
        let told = ToldProduct { title: "Set".to_owned(), ..ToldProduct::default() };
        let product = ProductView {
            entry,
            told,
            net_sales: None,
            has_cost: false,
            is_in_map: true,
            is_typed: false,
        };
        let sheet = sheet(&[product]);
        let lines: Vec<&str> = sheet.lines().skip(1).collect();
        assert_eq!(
            lines,
            [
                r#""SET","s1","","","Set","","","Dana","A","2""#,
                r#""SET","","","","","","","","B","1""#,
            ]
        );
    }
}
