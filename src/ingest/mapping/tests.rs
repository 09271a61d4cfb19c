use super::*;
use crate::{
    catalog::{
        Catalog,
        mapping::{mapping_tables, spelled_columns},
        own::OwnRecipe,
        words::column_word,
    },
    domain::{Fixed, ProblemKind},
    facts::Table,
    ingest::{FileName, ReadOptions, Reading, Refusal, read_whole},
};

fn name(name: &str) -> FileName {
    FileName { name: name.to_owned(), modified_millis: 0 }
}

fn unknown(text: &str) -> UnknownTable {
    let outcome = read_whole(
        Catalog::built_in(),
        name("orders.csv"),
        text.as_bytes(),
        &ReadOptions::default(),
    );
    match outcome {
        Err(Refusal::UnknownReport { table, .. }) => *table,
        other => panic!("{other:?}"),
    }
}

fn mapping(table: &str, columns: &[(&str, &str)]) -> Mapping {
    let column = |(header, target): &(&str, &str)| MappedColumn {
        header: (*header).to_owned(),
        target: match *target {
            "" => Target::Unused,
            "personal" => Target::Personal,
            target => Target::Column(target.to_owned()),
        },
        is_negated: target.starts_with("amount_"),
    };
    Mapping {
        name: "My tool".to_owned(),
        how_to_get: "Tool → Export".to_owned(),
        table: table.to_owned(),
        channel: "other".to_owned(),
        shop: "Shop".to_owned(),
        currency: None,
        group: String::new(),
        columns: columns.iter().map(column).collect(),
        kinds: Vec::new(),
        kinds_of: String::new(),
    }
}

fn read(text: &str, mapping: &Mapping) -> Reading {
    let own = own_recipe(mapping, &ReadOptions::default()).unwrap();
    let catalog = Catalog::built_in().with_own([&own]).into();
    read_whole(&catalog, name("other.csv"), text.as_bytes(), &ReadOptions::default()).unwrap()
}

/// The mapping that a recipe was made of; it goes on with the recipe's group.
fn again(own: &OwnRecipe, table: &UnknownTable) -> Option<Mapping> {
    let mapping = mapping_by(own.recipe(), table)?;
    assert!(mapping.group.starts_with("own."));
    Some(Mapping { group: String::new(), ..mapping })
}

/// The recipe of a mapping gives it back for a file with its header.
fn assert_comes_back(mapping: Mapping) {
    let own = own_recipe(&mapping, &ReadOptions::default()).unwrap();
    let header = mapping.columns.iter().map(|column| column.header.clone()).collect();
    let table = UnknownTable { header, ..UnknownTable::default() };
    assert_eq!(again(&own, &table), Some(mapping));
}

fn sum(reading: &Reading, column: &str) -> Option<Fixed> {
    reading.sums.get(column).copied()
}

#[test]
fn every_column_that_is_offered_is_one_of_its_table_and_has_a_name() {
    for offered in mapping_tables() {
        let table = Table::by_name(&offered.id).unwrap();
        for column in offered.columns() {
            assert!(column_word(column).is_some(), "{column} has no name");
            let is_made_of = offered.made.values().any(|made| made.contains(column));
            let is_stated =
                table.text_index(column).is_some() || table.number_index(column).is_some();
            let is_day = offered.days.iter().any(|day| day == column);
            let is_amount = offered.amount(column).is_some();
            assert!(is_stated || is_day || is_amount || is_made_of, "{}.{column}", offered.id);
        }
        let named = offered.key.iter().chain(offered.needs.iter().chain(&offered.wants).flatten());
        for column in named {
            assert!(offered.columns().any(|it| it == column), "{column} is not offered");
        }
    }
}

#[test]
fn every_spelling_is_of_a_column_that_is_offered() {
    for column in spelled_columns() {
        assert!(
            mapping_tables().iter().any(|table| table.columns().any(|it| it == column)),
            "{column}"
        );
    }
}

const ORDERS: &str = "Nr,When,Who,Article,Count,Each,State\r\n\
    1,2026-05-14,Ann,A-1,2,12.50,sent\r\n\
    2,2026-05-15,Bob,A-2,3,10,Void\r\n";

fn orders() -> Mapping {
    mapping(
        "order_lines",
        &[
            ("Nr", "order_id"),
            ("When", "at"),
            ("Who", "personal"),
            ("Article", "sku"),
            ("Count", "units"),
            ("Each", "unit_price"),
            ("State", "status"),
        ],
    )
}

#[test]
fn a_mapped_file_becomes_the_facts_that_its_cells_state() {
    assert_eq!(unknown(ORDERS).header, ["Nr", "When", "Who", "Article", "Count", "Each", "State"]);
    let reading = read(ORDERS, &orders());
    // 2 × 12.50 + 3 × 10, by hand.
    assert_eq!(sum(&reading, "order_lines.gross"), Fixed::parse("55"));
    assert_eq!(sum(&reading, "order_lines.units"), Fixed::parse("5"));
    assert_eq!((reading.rows, reading.n_problems), (2, 0));
    assert_eq!(reading.dropped_columns, ["Who"]);
    assert_eq!(reading.shops, ["Shop"]);
    let states: Vec<&str> = reading
        .understood
        .iter()
        .flat_map(|fact| &fact.values)
        .filter(|(column, _)| column == "status")
        .map(|(_, state)| state.as_str())
        .collect();
    assert_eq!(states, ["placed", "cancelled"]);
}

#[test]
fn fees_become_postings_of_their_kinds_with_what_the_seller_pays_below_zero() {
    let text = "Day,Order,Commission,Parcel\n2026-05-14,1,1.50,4\n2026-05-15,2,2.50,\n";
    let columns = [
        ("Day", "at"),
        ("Order", "order_id"),
        ("Commission", "amount_platform_fee"),
        ("Parcel", "amount_fulfilment_fee"),
    ];
    let reading = read(text, &mapping("postings", &columns));
    assert_eq!(sum(&reading, "postings.amount"), Fixed::parse("-8"));
    let categories: Vec<(&str, &str)> = reading
        .understood
        .iter()
        .map(|fact| {
            let value = |name: &str| {
                let found = fact.values.iter().find(|(column, _)| column == name);
                found.map_or("", |(_, value)| value.as_str())
            };
            (value("category"), value("amount"))
        })
        .collect();
    assert_eq!(
        categories,
        [("platform_fee", "-1.5"), ("fulfilment_fee", "-4"), ("platform_fee", "-2.5")]
    );
}

#[test]
fn orders_with_their_fees_become_orders_and_postings() {
    let text = "Order,Day,SKU,Sold,Commission\n1,2026-05-14,A,20,3\n2,2026-05-15,B,30,-4.5\n";
    let columns = [
        ("Order", "order_id"),
        ("Day", "at"),
        ("SKU", "sku"),
        ("Sold", "gross"),
        ("Commission", "amount_platform_fee"),
    ];
    let mapping = mapping("order_lines", &columns);
    let reading = read(text, &mapping);
    assert_eq!(sum(&reading, "order_lines.gross"), Fixed::parse("50"));
    // Written with the other sign: 3 is paid, 4.50 comes back.
    assert_eq!(sum(&reading, "postings.amount"), Fixed::parse("1.5"));
    let own = own_recipe(&mapping, &ReadOptions::default()).unwrap();
    let feeds: Vec<&str> = own.recipe().feeds.iter().map(|feed| feed.name()).collect();
    assert_eq!(feeds, ["sales", "platform_fees"]);
    assert_comes_back(mapping);
}

const STATEMENT: &str = "Day,Entry,Ref,Money\n\
    2026-05-14,Order payment,1,100.00\n\
    2026-05-14,Referral commission,1,15.00\n\
    2026-05-15,Refund,1,20.00\n\
    2026-05-15,Referral Commission,2,-1.50\n\
    2026-05-16,Blue moon levy,2,-3.00\n\
    2026-05-17,Bank payout,,-60.50\n";

fn statement_columns() -> Mapping {
    let columns = [("Day", "at"), ("Entry", "kind"), ("Ref", "order_id"), ("Money", "amount")];
    mapping("postings", &columns)
}

/// Category and amount of every posting, by line.
fn posted(reading: &Reading) -> Vec<(u64, String, String)> {
    let facts = reading.understood.iter().map(|fact| {
        let value = |name: &str| {
            let found = fact.values.iter().find(|(column, _)| column == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        (fact.line, value("category"), value("amount"))
    });
    let mut facts: Vec<_> = facts.collect();
    facts.sort();
    facts
}

#[test]
fn kinds_of_amounts_are_guessed_by_what_they_are_called() {
    let file = unknown(STATEMENT);
    let mapping = with_kinds(statement_columns(), &file);
    let kinds: Vec<(&str, &str, bool)> = mapping
        .kinds
        .iter()
        .map(|kind| (kind.text.as_str(), kind.category.as_str(), kind.is_negated))
        .collect();
    assert_eq!(
        kinds,
        [
            ("Bank payout", "transfer", false),
            ("Blue moon levy", "", false),
            ("Order payment", "product_sales", false),
            // Two spellings are one kind; what sellers pay stands there above zero.
            ("Referral commission", "platform_fee", true),
            ("Refund", "refund_principal", true),
        ]
    );
    assert_eq!(positive_kinds(&mapping, &file), ["Order payment", "Referral commission", "Refund"]);
    // What a person has said stays, but for the sign of what is no cost any more.
    let mut said = mapping.clone();
    said.kinds[1].category = "other".to_owned();
    said.kinds[4].category = "product_sales".to_owned();
    let again = with_kinds(said.clone(), &file);
    assert_eq!(again.kinds[1].category, "other");
    assert_eq!(
        (again.kinds[4].category.as_str(), again.kinds[4].is_negated),
        ("product_sales", false)
    );
    // Of another column nothing was said.
    said.columns.swap(1, 2);
    (said.columns[1].header, said.columns[2].header) = ("Entry".to_owned(), "Ref".to_owned());
    let other: Vec<String> = with_kinds(said, &file).kinds.into_iter().map(|it| it.text).collect();
    assert_eq!(other, ["1", "2"]);
    // Without the column of kinds there are none.
    let mut without = mapping;
    without.columns[1].target = Target::Unused;
    assert_eq!(with_kinds(without, &file).kinds, []);
}

#[test]
fn a_statement_is_known_by_the_kinds_that_stand_in_it() {
    let guessed = guess(&unknown(STATEMENT), &name("x.csv"), None);
    assert_eq!((guessed.table.as_str(), guessed.kinds.len()), ("postings", 5));
    let targets: Vec<&str> = guessed.columns.iter().filter_map(|it| it.target.column()).collect();
    assert_eq!(targets, ["at", "kind", "amount"]);
    // An order's state is no kind of amount, and nothing tells the amounts of a plain list apart.
    let orders = guess(&unknown(ORDERS), &name("x.csv"), None);
    assert_eq!((orders.table.as_str(), orders.kinds), ("order_lines", Vec::new()));
    let plain = "Day,Note,Amount\n2026-05-14,a,1.50\n2026-05-15,b,2.50\n";
    let plain = guess(&unknown(plain), &name("x.csv"), Some("postings"));
    assert_eq!(plain.header_of("amount"), None);
}

#[test]
fn the_name_of_a_kind_says_more_than_that_it_is_of_an_order() {
    let category = |text: &str| {
        let line = format!("Day,Entry,Ref,Money\n2026-05-14,{text},1,-1.00\n2026-05-14,x,2,1.00\n");
        let mapping = with_kinds(statement_columns(), &unknown(&line));
        mapping.kinds.into_iter().find(|it| it.text == text).unwrap().category
    };
    for (text, expected) in [
        ("Order", "product_sales"),
        ("ORDER_PAYMENT", "product_sales"),
        ("订单收入", "product_sales"),
        ("Order fee", "platform_fee"),
        ("Order refund", "refund_principal"),
        ("订单退款", "refund_principal"),
        ("订单佣金", "platform_fee"),
        ("订单运费", "fulfilment_fee"),
        ("A-to-z claim", "chargeback"),
        ("FBA inbound placement", "fulfilment_fee"),
        ("Monthly storage fee", "storage_fee"),
        ("Payment processing fee", "payment_fee"),
        ("Creator commission", "affiliate_fee"),
        ("Sponsored products", "advertising"),
        ("Marketplace sales tax", "tax"),
        ("Bank transfer", "transfer"),
    ] {
        assert_eq!(category(text), expected, "{text}");
    }
}

#[test]
fn a_fee_that_was_given_back_is_not_turned_where_costs_are_below_zero() {
    let text = "Day,Entry,Ref,Money\n2026-05-14,Commission,1,-9.00\n2026-05-14,Commission refund fee,2,5.00\n";
    let mapping = with_kinds(statement_columns(), &unknown(text));
    assert!(mapping.kinds.iter().all(|kind| !kind.is_negated), "{:?}", mapping.kinds);
}

#[test]
fn a_further_kind_makes_no_other_report_of_it() {
    let id = |mapping: &Mapping| {
        own_recipe(mapping, &ReadOptions::default()).unwrap().recipe().id.clone()
    };
    let mapping = with_kinds(statement_columns(), &unknown(STATEMENT));
    let mut fewer = mapping.clone();
    fewer.kinds.truncate(2);
    assert_eq!(id(&fewer), id(&mapping));
}

#[test]
fn amounts_of_several_kinds_become_postings_of_their_categories() {
    let mut mapping = with_kinds(statement_columns(), &unknown(STATEMENT));
    mapping.kinds[1].category = "other".to_owned();
    let reading = read(STATEMENT, &mapping);
    let line = |line, category: &str, amount: &str| (line, category.to_owned(), amount.to_owned());
    assert_eq!(
        posted(&reading),
        [
            line(2, "product_sales", "100"),
            line(3, "platform_fee", "-15"),
            line(4, "refund_principal", "-20"),
            line(5, "platform_fee", "1.5"),
            line(6, "other", "-3"),
            line(7, "transfer", "-60.5"),
        ]
    );
    // 100 - 15 - 20 + 1.50 - 3 - 60.50
    assert_eq!(sum(&reading, "postings.amount"), Fixed::parse("3"));
    let own = own_recipe(&mapping, &ReadOptions::default()).unwrap();
    let feeds: Vec<&str> = own.recipe().feeds.iter().map(|feed| feed.name()).collect();
    assert_eq!(feeds, ["refunds", "platform_fees"]);
    assert_comes_back(mapping);
}

#[test]
fn a_kind_that_nobody_has_said_the_meaning_of_is_left_out_and_asked_for() {
    let mut mapping = with_kinds(statement_columns(), &unknown(STATEMENT));
    mapping.kinds.remove(1);
    let reading = read(STATEMENT, &mapping);
    assert_eq!((reading.rows, reading.n_problems), (6, 1));
    let problem = &reading.problems[0];
    assert_eq!((problem.line, problem.value.as_str()), (6, "Blue moon levy"));
    assert_eq!(problem.kind, ProblemKind::UnknownKind);
    // It can be said afterwards, even if it stands below the rows that are kept.
    let file = UnknownTable { rows: Vec::new(), ..unknown(STATEMENT) };
    let file = file.with_unknown_kinds(&reading);
    let asked = with_kinds(mapping.clone(), &file);
    assert_eq!(asked.kinds[1].text, "Blue moon levy");
    // Whichever row is said to be the header.
    let headed = UnknownTable { above: vec![vec!["Shop".to_owned(), "x".to_owned()]], ..file };
    let other = headed.with_header(headed.n_above() + 1);
    assert_eq!(other.unknown_kinds, [("Entry".to_owned(), "Blue moon levy".to_owned())]);
    // However long it is.
    let long = "A levy ".repeat(20).trim().to_owned();
    let reading = read(&STATEMENT.replace("Blue moon levy", &long), &mapping);
    assert_eq!(reading.unknown_kinds, [("Entry".to_owned(), long)]);
    // Even where they are most of the file.
    mapping.kinds.truncate(1);
    let reading = read(STATEMENT, &mapping);
    assert_eq!((reading.n_problems, sum(&reading, "postings.amount")), (5, Fixed::parse("-60.5")));
}

#[test]
fn the_recipe_of_a_mapping_gives_the_mapping_back() {
    let own = own_recipe(&orders(), &ReadOptions::default()).unwrap();
    assert_eq!(again(&own, &unknown(ORDERS)), Some(orders()));
    assert_comes_back(mapping(
        "postings",
        &[("Day", "at"), ("Fee", "amount_platform_fee"), ("x", "")],
    ));
    // A built-in recipe is no mapping.
    let built_in = Catalog::built_in().recipe("amazon.all_orders").unwrap();
    assert_eq!(mapping_by(built_in, &unknown(ORDERS)), None);
}

#[test]
fn another_meaning_is_another_report_that_states_the_same() {
    let ids = |mapping: &Mapping| {
        let own = own_recipe(mapping, &ReadOptions::default()).unwrap();
        let statement = own.recipe().facts[0].statement.clone().unwrap();
        (own.recipe().id.clone(), statement.group)
    };
    let mut other = orders();
    other.columns[5].target = Target::Column("gross".to_owned());
    assert_ne!(ids(&orders()).0, ids(&other).0);
    assert_eq!(ids(&orders()).1, ids(&other).1);
    other.columns[5].header = "Total".to_owned();
    assert_ne!(ids(&orders()).1, ids(&other).1);
    // A mapping that goes on from another one stays in its group.
    other.group = ids(&orders()).1;
    assert_eq!(ids(&orders()).1, ids(&other).1);
    let renamed = Mapping { name: "Else".to_owned(), ..orders() };
    assert_eq!(ids(&orders()), ids(&renamed));
}

#[test]
fn what_a_person_meant_for_some_columns_reads_no_others() {
    let more =
        ORDERS.replace("Nr,", "Clicks,Nr,").replace("\n1,", "\n9,1,").replace("\n2,", "\n9,2,");
    let own = own_recipe(&orders(), &ReadOptions::default()).unwrap();
    let catalog = Catalog::built_in().with_own([&own]).into();
    let outcome = read_whole(&catalog, name("x.csv"), more.as_bytes(), &ReadOptions::default());
    assert!(matches!(outcome, Err(Refusal::UnknownReport { .. })));
    // A star is no pattern there.
    let mut mapping = orders();
    mapping.columns.push(MappedColumn { header: "*".to_owned(), ..MappedColumn::default() });
    let own = own_recipe(&mapping, &ReadOptions::default()).unwrap();
    let catalog = Catalog::built_in().with_own([&own]).into();
    let outcome = read_whole(&catalog, name("x.csv"), more.as_bytes(), &ReadOptions::default());
    assert!(matches!(outcome, Err(Refusal::UnknownReport { .. })));
}

#[test]
fn totals_are_no_rows_and_negative_discounts_are_turned() {
    let text = "Order,Day,Sold,Off\n1,2026-05-14,20,-2\n2,2026-05-15,30,-3\nTotal,,50,-5\n";
    let columns =
        [("Order", "order_id"), ("Day", "at"), ("Sold", "gross"), ("Off", "seller_discount")];
    let mut mapping = mapping("order_lines", &columns);
    mapping.columns[3].is_negated = true;
    let reading = read(text, &mapping);
    assert_eq!((reading.rows, reading.n_problems), (2, 0));
    assert_eq!(sum(&reading, "order_lines.gross"), Fixed::parse("50"));
    assert_eq!(sum(&reading, "order_lines.seller_discount"), Fixed::parse("5"));
    assert_comes_back(mapping);
}

#[test]
fn a_cost_that_is_not_there_is_not_zero() {
    let text = "Article,Price in\nA,4.20\nB,\nC,n/a\nD,5\n";
    let reading = read(text, &mapping("costs", &[("Article", "sku"), ("Price in", "unit_cost")]));
    assert_eq!((reading.rows, reading.n_problems), (4, 2));
    assert_eq!(reading.segments[0].len(), 2);
}

#[test]
fn what_was_set_right_about_a_file_holds_for_its_recipe() {
    let options = ReadOptions {
        zone: Some("America/New_York".to_owned()),
        shop: Some("Outlet".to_owned()),
        currency: Currency::parse("EUR"),
        date_order: Some(crate::ingest::DateOrder::DayFirst),
        ..ReadOptions::default()
    };
    let own = own_recipe(&orders(), &options).unwrap();
    let text = ORDERS.replace("2026-05-14", "04/05/2026").replace("2026-05-15", "05/05/2026");
    let catalog = Catalog::built_in().with_own([&own]).into();
    let reading =
        read_whole(&catalog, name("x.csv"), text.as_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!((reading.zone.as_str(), reading.shops[0].as_str()), ("America/New_York", "Outlet"));
    assert_eq!(reading.period.unwrap().from.to_string(), "2026-05-04");
    assert_eq!(reading.questions, []);
}
