//! What the columns of an unknown file probably are: by what all known reports call theirs, and by what
//! stands in them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use super::{
    MappedColumn, Mapping, Target, UnknownTable,
    kinds::{are_kinds, kinds_by, with_kinds},
    recipe::NEGATED,
    unknown::number,
};
use crate::{
    catalog::{
        Catalog,
        channel::{OWN_CHANNEL, channels},
        header::{HeaderName, currency_of, fits, normalised},
        mapping::{MappingTable, mapping_table, mapping_tables, spellings_of},
        report::{ColumnKind, Facts, Recipe},
        words::column_word,
    },
    domain::{Fixed, map_of_few, set_of_few, sort_few_by_key},
    ingest::{
        FileName,
        moment::{DateOrder, read_moment, read_period},
        number::vote,
        recognise::{is_meant, position},
    },
};

/// A name that a known report gives to the very column.
pub(super) const EXACT: u32 = 100;
/// An ASIN looks like nothing else.
const BY_LOOKS: u32 = 90;
/// A header that holds a known name and other words gets this, and more the less of those there are.
const WITHIN: u32 = 40;
/// Share of a column's cells that have to look like what it is said to be, in percent.
const MIN_FITTING_PERCENT: usize = 80;

/// The channel of whatever has no own one: a word of many other names.
const OTHER_CHANNEL: &str = "other";

/// What tools and people call a column says a little less.
const SPELLED: u32 = 5;

/// Known names of a table's columns, each with the column that is called so, and whether only tools and
/// people call it so.
type Names = Vec<(String, String, bool)>;

/// Names of columns by fact table, and patterns of personal ones.
struct Vocabulary {
    columns: BTreeMap<&'static str, Names>,
    personal: BTreeSet<String>,
}

static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let recipes = &Catalog::built_in().recipes;
    let personal = recipes.iter().flat_map(|recipe| recipe.personal.iter().cloned());
    let names = |table: &'static MappingTable| {
        let mut names: BTreeSet<(String, String, bool)> = BTreeSet::new();
        for column in table.columns() {
            let words = column_word(column).into_iter();
            let words = words.flat_map(|word| [&word.names.en, &word.names.zh]);
            names.extend(words.map(|word| (normalised(word), column.to_owned(), false)));
            let spelled = spellings_of(column).iter();
            names.extend(spelled.map(|word| (normalised(word), column.to_owned(), true)));
        }
        for recipe in recipes {
            for facts in recipe.facts.iter().filter(|facts| facts.table == table.id) {
                let known = names_in(recipe, facts, table).into_iter();
                names.extend(known.map(|(name, column)| (name, column, false)));
            }
        }
        (table.id.as_str(), names.into_iter().collect())
    };
    Vocabulary {
        columns: map_of_few(mapping_tables().iter().map(names)),
        personal: set_of_few(personal),
    }
});

/// What a report calls the columns of a table.
fn names_in(recipe: &Recipe, facts: &Facts, table: &MappingTable) -> Vec<(String, String)> {
    let texts = facts.texts.iter().flat_map(|(text, from)| from.iter().map(move |it| (it, text)));
    let numbers = facts.numbers.iter().map(|(number, expression)| (expression, number));
    let mut pairs: Vec<(&String, String)> =
        texts.chain(numbers).map(|(from, to)| (from, to.clone())).collect();
    for at in &facts.at {
        let is_span = recipe.columns.get(at).is_some_and(|it| it.kind == ColumnKind::Span);
        pairs.push((at, if is_span { "span" } else { "at" }.to_owned()));
    }
    pairs.extend(facts.until.iter().map(|until| (until, "until".to_owned())));
    for amount in &facts.amounts {
        let known = |category: &String| table.amounts.iter().find(|it| it.category == *category);
        if let Some(by_kind) = table.by_kind.as_ref().filter(|_| amount.category.len() > 1) {
            pairs.push((&amount.column, by_kind.amount.clone()));
        }
        // A column of several categories is none of them.
        let only = (amount.category.len() == 1).then(|| amount.category.values().next()).flatten();
        pairs.extend(only.and_then(known).map(|known| (&amount.column, known.column.clone())));
    }
    let spellings = |(from, to): (&String, String)| {
        let column = recipe.columns.get(from)?;
        Some(column.spellings.iter().map(move |it| (it.clone(), to.clone())).collect::<Vec<_>>())
    };
    let is_offered = |(_, to): &(String, String)| table.columns().any(|it| it == to);
    pairs.into_iter().filter_map(spellings).flatten().filter(is_offered).collect()
}

/// The likeliest mapping of a file; `table` says what its rows are when a person has said it.
pub fn guess(file: &UnknownTable, name: &FileName, table: Option<&str>) -> Mapping {
    let names: Vec<HeaderName> = file.header.iter().map(|it| HeaderName::new(it)).collect();
    let tables = mapping_tables().iter().filter(|it| table.is_none_or(|id| it.id == id));
    let guesses = tables.map(|table| (table, columns_of(table, &names, file)));
    // The first one of equals.
    let best = guesses.reduce(|best, it| if it.1.score > best.1.score { it } else { best });
    let Some((table, guessed)) = best else { return Mapping::default() };
    let targets = guessed.targets;
    let columns = file.header.iter().enumerate().map(|(index, header)| {
        let target = targets.get(&index).cloned().unwrap_or_else(|| unused(&names, file, index));
        let sum = file.sum(index);
        let is_negated = target.column().is_some_and(|it| {
            let is_reduction = table.reductions.iter().any(|number| number == it);
            table.amount(it).is_some() && sum > Fixed::ZERO || is_reduction && sum < Fixed::ZERO
        });
        MappedColumn { header: header.clone(), target, is_negated }
    });
    let columns = columns.collect();
    let mapping = Mapping {
        name: report_name(&name.name),
        table: table.id.clone(),
        channel: if table.id == "costs" { OWN_CHANNEL.to_owned() } else { channel_in(&name.name) },
        shop: String::new(),
        currency: None,
        group: String::new(),
        columns,
        kinds: Vec::new(),
        kinds_of: String::new(),
        how_to_get: String::new(),
    };
    with_kinds(mapping, file)
}

/// The mapping that made `recipe`, for a file with this header; `None` when the recipe has a form that no
/// mapping gives, or little of the file.
pub fn mapping_by(recipe: &Recipe, file: &UnknownTable) -> Option<Mapping> {
    let facts = recipe.facts.first().filter(|_| recipe.is_own())?;
    let table = mapping_table(&facts.table)?;
    let names: Vec<HeaderName> = file.header.iter().map(|it| HeaderName::new(it)).collect();
    let mut targets: BTreeMap<usize, &String> = BTreeMap::new();
    for (target, column) in &recipe.columns {
        if !table.columns().any(|it| it == target) {
            return None;
        }
        if let Some(index) = position(column, &names) {
            targets.insert(index, target);
        }
    }
    if targets.len() * 2 < recipe.columns.len() {
        return None;
    }
    let amounts = recipe.facts.iter().flat_map(|facts| &facts.amounts);
    // An amount of several kinds is turned kind by kind.
    let amounts = amounts.filter(|it| it.negate && it.by == it.column).map(|it| it.column.as_str());
    let numbers = facts.numbers.iter().filter(|(_, made_of)| made_of.starts_with(NEGATED));
    let negated: BTreeSet<&str> =
        set_of_few(amounts.chain(numbers.map(|(number, _)| number.as_str())));
    let columns = names.iter().zip(&file.header).enumerate().map(|(index, (name, header))| {
        let is_personal = recipe.personal.iter().any(|it| is_meant(recipe, it, name));
        let target = match targets.get(&index) {
            Some(target) => Target::Column((*target).clone()),
            None if is_personal => Target::Personal,
            None => Target::Unused,
        };
        let is_negated = target.column().is_some_and(|it| negated.contains(it));
        MappedColumn { header: header.clone(), target, is_negated }
    });
    let by_kind = table.by_kind.as_ref();
    let columns: Vec<MappedColumn> = columns.collect();
    let is_of_kinds =
        |column: &&MappedColumn| by_kind.is_some_and(|it| column.target.column() == Some(&it.kind));
    Some(Mapping {
        name: recipe.names.en.clone(),
        how_to_get: recipe.how_to_get.en.clone(),
        table: facts.table.clone(),
        channel: recipe.channel.clone(),
        shop: recipe.shop.clone(),
        currency: recipe.currency,
        group: facts.statement.as_ref().map(|it| it.group.clone()).unwrap_or_default(),
        kinds: by_kind.map(|it| kinds_by(recipe, it)).unwrap_or_default(),
        kinds_of: columns.iter().find(is_of_kinds).map(|it| it.header.clone()).unwrap_or_default(),
        columns,
    })
}

struct Guessed {
    score: u32,
    targets: BTreeMap<usize, Target>,
}

/// The likeliest columns of a table, each of one column of the file.
fn columns_of(table: &MappingTable, names: &[HeaderName], file: &UnknownTable) -> Guessed {
    let known = VOCABULARY.columns.get(table.id.as_str());
    let mut likely: Vec<(u32, usize, &str)> = Vec::new();
    for (index, (name, header)) in names.iter().zip(&file.header).enumerate() {
        if !file.can_be_read(index) {
            continue;
        }
        let words = in_words(header);
        for target in table.columns() {
            let spellings = known.into_iter().flatten().filter(|(_, column, _)| column == target);
            let alike = |(known, _, is_spelled): &(String, String, bool)| {
                let alike = likeness(known, &name.text).max(likeness(known, &words));
                alike.saturating_sub(if *is_spelled { SPELLED } else { 0 })
            };
            let by_name = spellings.map(alike).max();
            let by_looks = if target == "asin" && are_asins(file, index) { BY_LOOKS } else { 0 };
            let score = by_name.unwrap_or(0).max(by_looks);
            if score > 0 && looks_like(table, target, file, index) {
                likely.push((score, index, target));
            }
        }
    }
    let mut guessed = Guessed { score: 0, targets: BTreeMap::new() };
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    likely.extend(kinds_by_looks(table, file));
    sort_few_by_key(&mut likely, |(score, index, _)| (std::cmp::Reverse(*score), *index));
    // What nothing tells apart is no amount of several kinds.
    let is_lonely = |target: &str| {
        let by_kind = table.by_kind.as_ref().filter(|it| it.amount == target);
        by_kind.is_some_and(|it| !likely.iter().any(|(_, _, other)| *other == it.kind))
    };
    for (score, index, target) in likely.iter().copied().filter(|it| !is_lonely(it.2)) {
        if !guessed.targets.contains_key(&index) && taken.insert(target) {
            guessed.targets.insert(index, Target::Column(target.to_owned()));
            guessed.score += score;
        }
    }
    if !taken.contains("at") && !taken.contains("span") {
        let is_free =
            |index: &usize| !guessed.targets.contains_key(index) && file.can_be_read(*index);
        let day = (0..names.len()).filter(is_free).find(|index| are_days(file, *index));
        if let Some(index) = day {
            guessed.targets.insert(index, Target::Column("at".to_owned()));
        }
    }
    let is_met = |need: &&Vec<String>| need.iter().any(|it| taken.contains(it.as_str()));
    let n_met = table.needs.iter().filter(is_met).count();
    if n_met < table.needs.len() {
        guessed.score /= 2;
    }
    guessed
}

/// A column whose texts are kinds of amounts, and the first column of amounts that it can be of.
fn kinds_by_looks<'a>(
    table: &'a MappingTable,
    file: &UnknownTable,
) -> impl Iterator<Item = (u32, usize, &'a str)> {
    let places = table.by_kind.as_ref().and_then(|by_kind| {
        let mut places = (0..file.header.len()).filter(|it| file.can_be_read(*it));
        let kind = places.clone().find(|it| are_kinds(file, *it, by_kind))?;
        let is_money = |it: &usize| are_amounts(file, *it) && file.cells(*it).any(is_decimal);
        let amount = places.find(is_money)?;
        Some([(BY_LOOKS, kind, by_kind.kind.as_str()), (WITHIN, amount, by_kind.amount.as_str())])
    });
    places.into_iter().flatten()
}

/// A header as people would say it: `UnitPrice` and `unit_price` as `unit price`.
fn in_words(header: &str) -> String {
    let mut words = String::with_capacity(header.len() + 8);
    let mut is_behind_small = false;
    for letter in header.chars() {
        if is_behind_small && letter.is_uppercase() {
            words.push(' ');
        }
        is_behind_small = letter.is_lowercase();
        words.push(if letter == '_' { ' ' } else { letter });
    }
    HeaderName::new(&words).text
}

/// How much a header is like a known name; 0 when it is not.
pub(super) fn likeness(known: &str, header: &str) -> u32 {
    if known == header {
        return EXACT;
    }
    let is_long = if known.is_ascii() { known.len() >= 3 } else { known.chars().count() >= 2 };
    if !is_long || !holds(header, known) {
        return 0;
    }
    let share = known.chars().count() * 40 / header.chars().count().max(1);
    WITHIN + u32::try_from(share).unwrap_or(0)
}

/// Whether a text stands in another one, in Latin letters as whole words.
fn holds(header: &str, known: &str) -> bool {
    let is_letter = |letter: Option<char>| letter.is_some_and(|it| it.is_ascii_alphanumeric());
    header.match_indices(known).any(|(at, _)| {
        let before = header.get(..at).and_then(|it| it.chars().next_back());
        let behind = header.get(at + known.len()..).and_then(|it| it.chars().next());
        !known.is_ascii() || !is_letter(before) && !is_letter(behind)
    })
}

fn unused(names: &[HeaderName], file: &UnknownTable, index: usize) -> Target {
    let name = names.get(index).map_or("", |name| name.text.as_str());
    let is_named = !name.is_empty() && VOCABULARY.personal.iter().any(|it| fits(it, name));
    let is_mail = most(file, index, |cell| cell.contains('@'));
    if is_named || is_mail { Target::Personal } else { Target::Unused }
}

/// Whether nothing in a column speaks against it.
fn looks_like(table: &MappingTable, target: &str, file: &UnknownTable, index: usize) -> bool {
    if file.cells(index).next().is_none() {
        return true;
    }
    match target {
        "span" => most(file, index, |cell| read_period(cell, DateOrder::MonthFirst).is_some()),
        "currency" => most(file, index, |cell| currency_of(cell).is_some()),
        _ if table.days.iter().any(|it| it == target) => {
            are_days(file, index) || most(file, index, |cell| file.is_counted_day(cell))
        }
        _ if table.is_number(target) => are_amounts(file, index),
        _ => !are_days(file, index) && !most(file, index, is_decimal),
    }
}

fn are_days(file: &UnknownTable, index: usize) -> bool {
    let orders = [DateOrder::MonthFirst, DateOrder::DayFirst];
    orders.iter().any(|order| most(file, index, |cell| read_moment(cell, *order).is_some()))
}

fn are_asins(file: &UnknownTable, index: usize) -> bool {
    let is_code =
        |cell: &str| cell.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
    most(file, index, |cell| cell.len() == 10 && cell.starts_with("B0") && is_code(cell))
}

fn are_amounts(file: &UnknownTable, index: usize) -> bool {
    let sign = vote(file.cells(index));
    most(file, index, |cell| number(cell, sign).is_some())
}

fn is_decimal(cell: &str) -> bool {
    cell.contains(['.', ',']) && super::unknown::is_number(cell)
}

/// Whether nearly all filled cells of a column, of which there is one, are so.
fn most(file: &UnknownTable, index: usize, is_so: impl Fn(&str) -> bool) -> bool {
    let (mut n_cells, mut n_fitting) = (0, 0);
    for cell in file.cells(index) {
        n_cells += 1;
        n_fitting += usize::from(is_so(cell));
    }
    n_cells > 0 && n_fitting * 100 >= n_cells * MIN_FITTING_PERCENT
}

/// The file's name without its ending, days and numbers.
fn report_name(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let words = stem.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> = words.filter(|it| it.contains(|c: char| c.is_alphabetic())).collect();
    if words.is_empty() { stem.to_owned() } else { words.join(" ") }
}

/// The channel that a file's name speaks of, by its longest name; empty when it speaks of none.
fn channel_in(file: &str) -> String {
    let file = normalised(&file.replace('_', " "));
    let named = channels().iter().filter(|channel| channel.id != OTHER_CHANNEL).flat_map(|it| {
        let names = [it.id.replace('_', " "), normalised(&it.names.en), normalised(&it.names.zh)];
        names.into_iter().map(|name| (name, it.id.as_str()))
    });
    let named = named.filter(|(name, _)| holds(&file, name));
    let longest = named.max_by_key(|(name, _)| name.chars().count());
    longest.map(|(_, id)| id.to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> UnknownTable {
        let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect();
        UnknownTable::in_rows(&text.trim().lines().map(cells).collect::<Vec<Vec<String>>>(), false)
    }

    fn guessed(text: &str, name: &str) -> (String, String, Vec<String>) {
        let name = FileName { name: name.to_owned(), modified_millis: 0 };
        let mapping = guess(&file(text), &name, None);
        let target = |column: &MappedColumn| match &column.target {
            Target::Unused => "-".to_owned(),
            Target::Personal => "personal".to_owned(),
            Target::Column(target) => target.clone(),
        };
        let targets = mapping.columns.iter().map(target).collect();
        (mapping.table, mapping.channel, targets)
    }

    #[test]
    fn orders_of_an_unknown_shop() {
        let text = "
            Order No. | Placed on  | Buyer Name | Buyer Email | Item SKU | Item Title | Qty Ordered | Price Each | Line State
            7001      | 05/14/2026 | Ann        | a@b.c       | TUM-1    | Tumbler    | 2           | $12.50     | Shipped
            7002      | 05/15/2026 | Bob        | b@b.c       | TUM-2    | Tumbler    | 1           | $9.00      | Cancelled";
        let (table, channel, targets) = guessed(text, "SHEIN orders 2026-05.csv");
        assert_eq!((table.as_str(), channel.as_str()), ("order_lines", ""));
        let [order, at, name, mail, sku, title, units, price, _] = targets.as_slice() else {
            panic!("{targets:?}")
        };
        assert_eq!([order, at, sku, title, units], ["order_id", "at", "sku", "title", "units"]);
        assert_eq!([name, mail, price], ["personal", "personal", "unit_price"]);
    }

    #[test]
    fn an_advertising_table_in_chinese() {
        let text = "
            日期       | 广告活动名称 | 展现量 | 点击量 | 花费   | 广告销售额 | 广告订单数
            2026-05-14 | 新品         | 1000   | 20     | 15.20  | 80.00      | 4";
        let (table, channel, targets) = guessed(text, "walmart 广告.xlsx");
        assert_eq!((table.as_str(), channel.as_str()), ("ads", "walmart"));
        assert_eq!(
            targets,
            ["at", "campaign", "impressions", "clicks", "spend", "sales", "orders"]
        );
    }

    #[test]
    fn fees_that_are_written_as_positive_numbers_are_turned() {
        let text = "
            Date       | Order ID | SKU | Commission fee | Shipping fee | Refund amount
            2026-05-14 | 1        | A   | 1.50           | 4.00         | 0
            2026-05-15 | 2        | B   | 2.50           | 4.00         | -20.00";
        let name = FileName { name: "x.csv".into(), modified_millis: 0 };
        let mapping = guess(&file(text), &name, None);
        assert_eq!(mapping.table, "postings");
        let negated: Vec<bool> = mapping.columns.iter().map(|it| it.is_negated).collect();
        assert_eq!(negated, [false, false, false, true, true, false]);
    }

    #[test]
    fn what_stands_in_a_column_can_speak_against_its_name() {
        let text = "
            Date | Units | ASIN
            yes  | many  | B0ABCDEFGH";
        let (_, _, targets) = guessed(text, "x.csv");
        assert_eq!(targets, ["-", "-", "asin"]);
    }

    #[test]
    fn headers_of_programs_are_read_as_words() {
        let text = "
            InvoiceNo | StockCode | Description | Quantity | InvoiceDate      | UnitPrice | CustomerID
            536365    | 85123A    | Lantern     | 6        | 10/1/2026 8:26   | 2.55      | 17850
            536366    | 71053     | Lamp        | 6        | 10/14/2026 10:26 | 3.39      | 17850";
        let (table, _, targets) = guessed(text, "retail.csv");
        assert_eq!(table, "order_lines");
        let mapped = ["order_id", "sku", "title", "units", "at", "unit_price"];
        assert_eq!(targets.get(..6), Some(mapped.map(str::to_owned).as_slice()));
        assert_eq!(in_words("unit_priceUSD"), "unit price usd");
    }

    #[test]
    fn the_plainer_name_is_taken() {
        let text = "
            SKU | On hand | Reserved | Available
            A   | 520     | 20       | 500";
        let (table, _, targets) = guessed(text, "x.csv");
        assert_eq!(table, "stock");
        assert_eq!(targets, ["sku", "-", "reserved", "available"]);
    }

    #[test]
    fn a_files_name_tells_its_channel_by_whole_words() {
        assert_eq!(channel_in("TikTok Ads 2026-05.csv"), "tiktok_ads");
        assert_eq!(channel_in("tiktok_orders.csv"), "tiktok");
        assert_eq!(channel_in("Brother printers.csv"), "");
        assert_eq!(channel_in("沃尔玛5月.csv"), "walmart");
    }

    #[test]
    fn columns_without_a_name_of_their_own_are_not_guessed() {
        let text = "
                       | Placed     | SKU | Total | Total
            2026-05-13 | 2026-05-14 | A   | 3.50  | 7.00";
        let (_, _, targets) = guessed(text, "x.csv");
        assert_eq!(targets, ["-", "at", "sku", "gross", "-"]);
    }

    #[test]
    fn a_header_holds_a_name_as_whole_words() {
        assert!(holds("total spend (usd)", "spend") && !holds("suspended", "spend"));
        assert!(holds("广告花费合计", "花费"));
        assert!(likeness("spend", "total spend") < likeness("spend", "spend"));
    }
}
