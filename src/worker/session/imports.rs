//! What imports bring: their records, the facts in force, and what they cover.

use std::{collections::BTreeMap, rc::Rc, sync::Arc};

use crate::{
    catalog::{
        Catalog,
        report::{Facts, Feed, Level, Recipe, StatementChoice},
    },
    domain::{Day, Development, Fixed, Period, ProductEdit, sort_few_by_key},
    facts::{
        self, Booking, CoveredBy, Cube, CubeInput, CubeOptions, MergeInput, NAMES_BUYERS,
        Precedence, ReadFile, Segment, SegmentMeta, Source, Transfers, build_cube_in_steps,
    },
    ingest,
    kpis::attribution_days,
    workbook::{ImportRecord, ImportedTable},
    worker::{
        protocol::FileMeta,
        session::{pending::ReadyFile, recipes::Recipes},
    },
};

/// A segment in force with its import.
pub(super) struct Part {
    pub(super) import: String,
    pub(super) segment: Rc<Segment>,
    pub(super) precedence: Precedence,
}

/// The parts that are one file's in one table, each time with the places of its parts.
pub(super) fn merge_inputs(parts: &[Part]) -> Vec<(MergeInput<'_>, Vec<usize>)> {
    let mut inputs: BTreeMap<(facts::Table, &str), (MergeInput<'_>, Vec<usize>)> = BTreeMap::new();
    for (index, part) in parts.iter().enumerate() {
        let precedence = part.precedence;
        let nothing = || (MergeInput { segments: Vec::new(), precedence }, Vec::new());
        let key = (part.segment.table(), part.import.as_str());
        let (input, places) = inputs.entry(key).or_insert_with(nothing);
        input.segments.push(&part.segment);
        places.push(index);
    }
    inputs.into_values().collect()
}

pub(super) fn table_of(input: &MergeInput<'_>) -> Option<facts::Table> {
    input.segments.first().map(|segment| segment.table())
}

/// Whether each fact of each part is in force; `None`: all of a part are.
pub(super) type Masks = Vec<Option<Vec<bool>>>;

/// Which facts of each part are in force, table by table.
pub(super) fn masks(parts: &[Part]) -> Masks {
    let mut masks = vec![None; parts.len()];
    let inputs = merge_inputs(parts);
    for same_table in inputs.chunk_by(|one, other| table_of(&one.0) == table_of(&other.0)) {
        let rivals: Vec<MergeInput<'_>> = same_table.iter().map(|it| it.0.clone()).collect();
        for ((_, places), found) in same_table.iter().zip(facts::in_force(&rivals)) {
            for (index, mask) in places.iter().zip(found) {
                if let Some(place) = masks.get_mut(*index) {
                    *place = mask;
                }
            }
        }
    }
    masks
}

/// How the days of ads grew from import to import.
pub(super) fn developments(parts: &[Part]) -> Vec<Development> {
    let inputs = merge_inputs(parts).into_iter().map(|(input, _)| input);
    let of_ads = inputs.filter(|input| table_of(input) == Some(facts::Table::Ads));
    let of_ads: Vec<MergeInput<'_>> = of_ads.collect();
    facts::developments(&of_ads, attribution_days())
}

pub(super) async fn cube_in_steps(
    recipes: &Recipes,
    parts: &[Part],
    masks: &[Option<Vec<bool>>],
    typed: &BTreeMap<String, ProductEdit>,
    options: CubeOptions,
) -> Cube {
    let parts = CubeParts::of(recipes, parts, masks);
    build_cube_in_steps(&parts.inputs(), typed, options).await
}

/// The parts of a cube in the order in which they count: not that of their imports, since of two SKU maps
/// the newer one does.
pub(super) struct CubeParts<'a> {
    parts: Vec<(&'a Part, Option<&'a [bool]>, Source)>,
}

impl<'a> CubeParts<'a> {
    pub(super) fn of(recipes: &Recipes, parts: &'a [Part], masks: &'a [Option<Vec<bool>>]) -> Self {
        let part = |(part, mask): (&'a Part, &'a Option<Vec<bool>>)| {
            (part, mask.as_deref(), source_of(recipes, &part.segment))
        };
        let mut parts: Vec<_> = parts.iter().zip(masks).map(part).collect();
        sort_few_by_key(&mut parts, |(part, ..)| part.precedence);
        Self { parts }
    }

    pub(super) fn inputs(&self) -> Vec<CubeInput<'_>> {
        self.parts
            .iter()
            .map(|(part, mask, source)| CubeInput { segment: &part.segment, mask: *mask, source })
            .collect()
    }

    /// The part that an input is of.
    pub(super) fn part(&self, input: usize) -> Option<&'a Part> {
        self.parts.get(input).map(|(part, ..)| *part)
    }
}

/// How what a segment states ranks among what others state.
pub(super) fn source_of(recipes: &Recipes, segment: &Segment) -> Source {
    let SegmentMeta { report, group, .. } = segment.meta();
    let recipe = recipes.known.recipe(report);
    let statement = recipe.and_then(|it| it.statement(segment.table().name(), group));
    let level = statement.map_or(Level::Sku, |it| it.level);
    Source {
        report: report.clone(),
        group: statement.map(|it| it.group.clone()).unwrap_or_default(),
        rank: recipes.rank(report).or(statement.map(|it| it.rank)).unwrap_or(1),
        has_skus: level == Level::Sku,
        is_whole_shop: level == Level::Shop,
        ad_window_days: recipe.and_then(|it| it.ad_window_days).unwrap_or(0),
        transfers: match recipe {
            Some(recipe) if recipe.lists_payouts => Transfers::Payouts,
            _ => Transfers::Others,
        },
        booking: match recipe {
            Some(recipe) if recipe.books_when_shipped => Booking::WithShipment,
            _ => Booking::AnyTime,
        },
        is_chosen_per_day: statement.is_some_and(|it| it.choice == StatementChoice::PerDay),
    }
}

pub(super) fn precedence(
    period: Option<Period>,
    is_cut_down: bool,
    modified_millis: i64,
    content_hash: u64,
) -> Precedence {
    let last_day = period.map_or(Day::from_days_since_epoch(0), |period| period.to);
    Precedence { is_whole: !is_cut_down, last_day, modified_millis, content_hash }
}

/// The same of a file that is not taken in yet.
pub(super) fn precedence_of(meta: &FileMeta, reading: &ingest::Reading) -> Precedence {
    let is_cut_down = !reading.lacking_columns.is_empty();
    precedence(reading.period, is_cut_down, meta.modified_millis, reading.content_hash)
}

/// The id that a reading's import gets.
pub(super) fn import_id(reading: &ingest::Reading) -> String {
    format!("{:016x}-{}", reading.content_hash, short_hash(&reading.shops.join("/")))
}

/// An import's record, and its segments under their keys.
pub(super) fn record_of(
    catalog: &Catalog,
    file: ReadyFile,
    now: i64,
) -> (ImportRecord, Vec<(String, Rc<Segment>)>) {
    let ReadyFile { meta, reading, .. } = file;
    let id = import_id(&reading);
    let (mut tables, mut segments) = (Vec::new(), Vec::new());
    for (segment, number) in reading.segments.into_iter().zip(0..) {
        let table = segment.table().name();
        let key = format!("{id}-{number}-{table}");
        let n_facts = segment.len() as u64;
        tables.push(ImportedTable { segment: key.clone(), table: table.to_owned(), n_facts });
        segments.push((key, segment));
    }
    let channel = catalog.recipe(&reading.report).map(|it| it.channel.clone());
    let record = ImportRecord {
        id,
        file: meta.name,
        size_bytes: meta.size_bytes,
        modified_millis: meta.modified_millis,
        imported_millis: now,
        content_hash: reading.content_hash,
        report: reading.report,
        channel: channel.unwrap_or_default(),
        shops: reading.shops,
        zone: reading.zone,
        period: reading.period,
        currencies: reading.currencies,
        rows: reading.rows,
        n_problems: reading.n_problems,
        n_problem_rows: Some(reading.n_problem_rows),
        is_cut_down: !reading.lacking_columns.is_empty(),
        tables,
        sums: reading.sums,
    };
    (record, segments)
}

fn short_hash(text: &str) -> String {
    format!("{:08x}", xxhash_rust::xxh3::xxh3_64(text.as_bytes()) & 0xffff_ffff)
}

/// Whether KPIs are made of what an import brought.
pub(super) fn feeds_kpis(catalog: &Catalog, record: &ImportRecord) -> bool {
    let is_of_measures = |facts: &Facts| {
        ["service", "payouts", "reimbursements"].contains(&facts.table.as_str())
            || facts.table == facts::Table::StockMoves.name() && facts.numbers.contains_key("lost")
    };
    catalog
        .recipe(&record.report)
        .is_none_or(|recipe| !recipe.feeds.is_empty() || recipe.facts.iter().any(is_of_measures))
}

/// What the imports tell, shop by shop.
pub(super) fn covered_by<'a>(
    catalog: &Catalog,
    records: impl Iterator<Item = &'a ImportRecord>,
) -> CoveredBy {
    let mut covered = CoveredBy::default();
    for record in records {
        let recipe = catalog.recipe(&record.report);
        let ImportRecord { channel, shops, period, sums, tables, .. } = record;
        let has = |table: facts::Table| {
            tables.iter().any(|it| it.table == table.name() && it.n_facts > 0)
        };
        let (has_buyers, has_shipments) =
            (has(facts::Table::Purchases), has(facts::Table::Shipments));
        let told = Told { channel, shops, sums, has_buyers, has_shipments };
        add_told(&mut covered, recipe.map(Arc::as_ref), &told, *period);
        if let Some(period) = *period {
            covered.add_file(ReadFile {
                channel: channel.clone(),
                shop: if let [shop] = &shops[..] { shop.clone() } else { String::new() },
                report: record.report.clone(),
                is_sheet: recipe.is_some_and(|recipe| recipe.platform == "user"),
                period,
                is_signed: false,
                n_rows: record.rows,
                n_rejected: record.n_problem_rows.unwrap_or(record.n_problems).min(record.rows),
            });
        }
    }
    covered
}

/// The same with a file that may be taken in, and was read by `catalog`.
pub(super) fn add_reading(covered: &mut CoveredBy, catalog: &Catalog, reading: &ingest::Reading) {
    let recipe = catalog.recipe(&reading.report).map(Arc::as_ref);
    let channel = recipe.map_or("", |recipe| recipe.channel.as_str());
    let has = |table: facts::Table| {
        reading.segments.iter().any(|it| it.table() == table && !it.is_empty())
    };
    let (has_buyers, has_shipments) = (has(facts::Table::Purchases), has(facts::Table::Shipments));
    let (shops, sums) = (&reading.shops, &reading.sums);
    let told = Told { channel, shops, sums, has_buyers, has_shipments };
    add_told(covered, recipe, &told, reading.period);
}

/// What a file says.
struct Told<'a> {
    channel: &'a str,
    shops: &'a [String],
    /// Of the columns that it states.
    sums: &'a BTreeMap<String, Fixed>,
    /// Buyers were kept of it: a column that is empty names none.
    has_buyers: bool,
    /// It lists what was shipped.
    has_shipments: bool,
}

/// What a file tells of its shops.
fn add_told(
    covered: &mut CoveredBy,
    recipe: Option<&Recipe>,
    told: &Told<'_>,
    period: Option<Period>,
) {
    let Told { channel, shops, sums, .. } = *told;
    let Some(period) = period else { return };
    let feeds = recipe.map_or(&[][..], |recipe| &recipe.feeds);
    let mut names: Vec<&'static str> = feeds.iter().map(|feed| feed.name()).collect();
    if recipe.is_some_and(names_orders) {
        names.push("orders");
    }
    // A copy without its prices tells of orders, not of sales, and one without its money of no fees.
    let lacks = |table: facts::Table, column: &str| {
        recipe.is_some_and(|recipe| posts(recipe, table).next().is_some())
            && !sums.contains_key(column)
    };
    if lacks(facts::Table::OrderLines, "order_lines.gross") {
        names.retain(|name| *name != Feed::Sales.name());
    }
    if lacks(facts::Table::Postings, "postings.amount") {
        names.retain(|name| !MONEY_FEEDS.iter().any(|feed| feed.name() == *name));
    }
    let stated = STATED_FEEDS.iter().filter(|(column, _)| sums.contains_key(*column));
    names.extend(stated.map(|(_, name)| *name));
    let states_all = |columns: &[&str]| columns.iter().all(|it| sums.contains_key(*it));
    let funnels = FUNNELS.iter().filter(|(columns, _)| states_all(columns));
    names.extend(funnels.map(|(_, name)| *name));
    if recipe.is_some_and(|it| books(it, "product_sales")) && sums.contains_key("postings.amount") {
        names.push(BOOKED_SALES);
        names.extend(sums.contains_key("postings.units").then_some(BOOKED_UNITS));
        let books_when_shipped = recipe.is_some_and(|recipe| recipe.books_when_shipped);
        names.extend(books_when_shipped.then_some(SHIPMENTS));
    }
    names.extend(told.has_shipments.then_some(SHIPMENTS));
    let has_affiliates =
        recipe.is_some_and(|it| books(it, "affiliate_fee") && books(it, "product_sales"));
    if has_affiliates && sums.contains_key("postings.amount") {
        names.push("affiliates");
    }
    let is_settled = |facts: &Facts| facts.texts.contains_key("settlement");
    let has_settlements = recipe.is_some_and(|recipe| {
        books(recipe, "product_sales") && posts(recipe, facts::Table::Postings).any(is_settled)
    });
    if has_settlements && sums.contains_key("postings.amount") {
        names.push("settlements");
    }
    names.extend(recipe.is_some_and(tells_dispositions).then_some("dispositions"));
    if recipe.is_some_and(|it| it.lists_payouts) && sums.contains_key("postings.amount") {
        names.push(PAYOUTS);
    }
    let names_order = |facts: &Facts| facts.texts.contains_key("order_id");
    let names_orders_of_fees =
        recipe.is_some_and(|it| posts(it, facts::Table::Postings).any(names_order));
    if names_orders_of_fees && names.contains(&Feed::PlatformFees.name()) {
        names.push("order_fees");
    }
    let has_orders = sums.contains_key("ads.orders") || sums.contains_key("ads.conversions");
    if recipe.is_some_and(names_search_terms) && sums.contains_key("ads.clicks") && has_orders {
        names.push("search_terms");
    }
    if recipe.is_some_and(|recipe| posts(recipe, facts::Table::Purchases).next().is_some()) {
        names.push(NAMES_BUYERS);
    }
    if !told.has_buyers {
        names.retain(|name| *name != BUYERS);
    }
    for shop in shops {
        for name in &names {
            covered.add(name, channel, shop, period);
        }
    }
}

/// Money that went to the bank, as payments reports book it or a report of its own lists it.
const PAYOUTS: &str = "payouts";

/// What is told by postings.
const MONEY_FEEDS: [Feed; 3] = [Feed::Refunds, Feed::PlatformFees, Feed::Fulfilment];

/// What of a recipe posts into a table.
fn posts(recipe: &Recipe, table: facts::Table) -> impl Iterator<Item = &Facts> {
    recipe.facts.iter().filter(move |facts| facts.table == table.name())
}

/// Whether it says when money of a category was booked.
fn books(recipe: &Recipe, category: &str) -> bool {
    let mut amounts = posts(recipe, facts::Table::Postings).flat_map(|facts| &facts.amounts);
    amounts.any(|amount| amount.category.values().any(|it| it == category))
}

/// Whether it says in which state units came back.
fn tells_dispositions(recipe: &Recipe) -> bool {
    posts(recipe, facts::Table::Returns).any(|facts| facts.texts.contains_key("disposition"))
}

/// Whether its sales can be told apart by orders.
fn names_orders(recipe: &Recipe) -> bool {
    posts(recipe, facts::Table::OrderLines).any(|facts| facts.texts.contains_key("order_id"))
}

/// Whether its ads can be told apart by what people searched for.
fn names_search_terms(recipe: &Recipe) -> bool {
    posts(recipe, facts::Table::Ads).any(|facts| facts.texts.contains_key("search_term"))
}

/// What is told where the booking of sales is.
pub(super) const BOOKED_SALES: &str = "booked_sales";
/// And where it says how many units they are of.
pub(super) const BOOKED_UNITS: &str = "booked_units";

/// What is told where shipments are, or bookings that are made with them.
pub(super) const SHIPMENTS: &str = "shipments";

/// What is told where buyers were kept while reading.
pub(super) const BUYERS: &str = "buyers";

/// What only exports tell that have each of several columns.
const FUNNELS: &[(&[&str], &str)] = &[
    (&["traffic.sessions", "traffic.orders"], "funnel"),
    (&["traffic.sessions", "traffic.carts", "traffic.orders"], "carts"),
    (&["traffic.sessions", "traffic.checkouts"], "checkouts"),
];

/// Columns that not every export of a kind has.
const STATED_FEEDS: &[(&str, &str)] = &[
    ("order_lines.units", "units"),
    ("order_lines.tax", "tax"),
    ("order_lines.shipping", "shipping"),
    ("ads.sales", "ad_sales"),
    ("ads.orders", "ad_orders"),
    ("ads.conversions", "ad_orders"),
    ("ads.clicks", "ad_clicks"),
    ("ads.impressions", "ad_impressions"),
    ("traffic.sessions", "sessions"),
    ("traffic.page_views", "page_views"),
    ("traffic.units", "traffic_units"),
    ("purchases.amount", BUYERS),
    ("traffic.order_items", "order_items"),
    ("traffic.featured_views", "featured_views"),
    ("ads.new_buyer_orders", "new_brand_orders"),
    ("payouts.amount", PAYOUTS),
    ("reimbursements.amount", "reimbursements"),
    ("stock_moves.lost", "losses"),
];
