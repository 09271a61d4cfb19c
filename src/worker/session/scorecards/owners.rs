//! Who answers for products, and what these come to.

use std::collections::BTreeMap;

use crate::{
    domain::{Period, TargetScope},
    worker::{
        protocol::{OwnerRow, OwnersView},
        session::{
            book::{Basis, Book},
            plan::filters_of,
        },
        views::Views,
    },
};

/// Days that are looked back on.
const DAYS: i32 = 30;

pub(super) fn view(book: &Book) -> OwnersView {
    let covered = book.cube().covered();
    let period = covered.map(|it| Period { from: it.to.plus(1 - DAYS), to: it.to });
    let mut n_skus: BTreeMap<&str, u32> = BTreeMap::new();
    let products = book.cube().products();
    for product in products.values() {
        *n_skus.entry(product.owner.as_str()).or_default() += 1;
    }
    let n_without = n_skus.remove("").unwrap_or(0);
    let owners = book.with_views(|views| {
        let row = |(owner, n): (&&str, &u32)| row(book, views, (owner, *n), period);
        n_skus.iter().map(row).collect()
    });
    OwnersView { period, currency: book.currency(), owners, n_without }
}

fn row(
    book: &Book,
    views: &Views<'_, Basis>,
    (owner, n_skus): (&str, u32),
    period: Option<Period>,
) -> OwnerRow {
    let scope = TargetScope { owner: owner.to_owned(), ..TargetScope::default() };
    let part = views.part_of(&filters_of(book, &scope));
    let value = |kpi: &str| Some(part.past(kpi)?.reached(period?)?.value.to_string());
    let cards = book.fold().scorecards.cards().map(|kept| &kept.card);
    let own = cards.filter(|card| card.person == owner || card.scope.owner == owner);
    OwnerRow {
        owner: owner.to_owned(),
        n_skus,
        net_sales: value("sales.net"),
        profit: value("pl.cm3"),
        acos: value("ads.acos"),
        return_rate: value("svc.return_rate"),
        cards: own.map(|card| (card.id.clone(), card.name.clone())).collect(),
    }
}
