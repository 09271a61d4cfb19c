//! The seller's own SKU map: who answers for what. No SKU has another name anywhere.

use super::{
    DemoFile,
    business::Business,
    text::{Layout, Text},
};

const HEADER: [&str; 3] = ["SKU", "Alias", "Owner"];
/// Each answers for the families from one place on; brands are shared between them.
const OWNERS: [(usize, &str); 4] =
    [(0, "Li Na"), (8, "Wang Wei"), (15, "Emma Clark"), (23, "Daniel Kim")];

pub(super) fn file(business: &Business) -> DemoFile {
    let mut text = Text::new(Layout::Commas, "\n");
    text.header(&HEADER);
    for sku in &business.skus {
        text.text(&sku.code).text("").text(owner(sku.family)).end_row();
    }
    DemoFile { name: "sku_map.csv".to_owned(), bytes: text.into_bytes() }
}

fn owner(family: usize) -> &'static str {
    let owner = OWNERS.iter().rev().find(|(first, _)| family >= *first);
    owner.map_or("", |(_, name)| name)
}
