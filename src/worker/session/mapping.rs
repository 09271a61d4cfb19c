//! A mapping in the making: what can be chosen and what would come of it.

use std::collections::BTreeSet;

use crate::{
    catalog::{
        Catalog,
        channel::channels,
        mapping::{KindCategory, MappingTable, mapping_table, mapping_tables},
        words::{column_word, table_word},
    },
    domain::{Fixed, Problem, map_of_few, set_of_few},
    facts::Table as FactTable,
    ingest::{
        self, FactPreview, FileName, Mapping, ReadOptions, Target, UnknownTable, guess, own_recipe,
        positive_kinds, read_whole, with_kinds,
    },
    worker::protocol::{
        CategoryView, CellsView, ColumnName, HeaderRowView, MappingDraft, MappingPreview,
        MappingTableView, MappingView, Member, SignView, TargetView, Words,
    },
};

/// Cells shown of a column.
const N_SAMPLES: usize = 3;
/// Amounts of any table become its rows.
const POSTINGS: &str = "postings";
/// Cells shown of a row that can be the header.
const N_NAMES: usize = 4;
/// Facts and problems shown.
const N_SHOWN: usize = 5;

/// What the columns of `file` are: as `draft` says it, else as they were `before`, else as they probably
/// are.
pub(super) fn mapping_view(
    file: &UnknownTable,
    name: &FileName,
    draft: Option<&MappingDraft>,
    before: Option<Mapping>,
    options: &ReadOptions,
) -> MappingView {
    let first_rows = file;
    let file = &match draft {
        Some(MappingDraft::Header { n_above } | MappingDraft::Table { n_above, .. }) => {
            file.with_header(*n_above)
        }
        Some(MappingDraft::Whole(mapping)) => file.with_header_of(mapping),
        None => before.as_ref().map_or_else(|| file.clone(), |it| file.with_header_of(it)),
    };
    let mapping = match draft {
        Some(MappingDraft::Header { .. }) => guess(file, name, None),
        Some(MappingDraft::Whole(mapping)) => mapping.clone(),
        Some(MappingDraft::Table { table, .. }) => guess(file, name, Some(table)),
        None => before.unwrap_or_else(|| guess(file, name, None)),
    };
    let table = mapping_table(&mapping.table).unwrap_or_else(|| first_table());
    let channels = channels_of(table);
    let mapping = with_kinds(in_channels(mapping, &channels), file);
    let doubled = doubled(&mapping);
    let mut lacking = lacking(&mapping, &table.needs);
    lacking.extend(lacking_kind(&mapping, table));
    let is_said = mapping.kinds.iter().all(|kind| !kind.category.is_empty());
    let preview = if lacking.is_empty() && doubled.is_empty() && is_said {
        preview(file, name, &mapping, table, options)
    } else {
        MappingPreview::Incomplete
    };
    let header_row = |(n_above, cells): (u64, &[String])| HeaderRowView {
        n_above,
        cells: cells.iter().filter(|cell| !cell.trim().is_empty()).take(N_NAMES).cloned().collect(),
    };
    MappingView {
        n_above: file.n_above(),
        header_rows: first_rows.first_rows().map(header_row).collect(),
        cells: cells_of(file, &days_in(&mapping, table)),
        tables: mapping_tables().iter().map(table_view).collect(),
        channels,
        targets: table.columns().map(|column| target_view(table, column)).collect(),
        needs: lacking,
        wants: self::lacking(&mapping, &table.wants),
        doubled,
        categories: categories_of(&mapping),
        positive_kinds: positive_kinds(&mapping, file),
        words: words(table),
        preview,
        mapping,
    }
}

/// The column of kinds, where an amount needs one and none is said to be it.
fn lacking_kind(mapping: &Mapping, table: &MappingTable) -> Option<Vec<String>> {
    let by_kind = table.by_kind.as_ref()?;
    let is_there = |column| mapping.header_of(column).is_some();
    (is_there(&by_kind.amount) && !is_there(&by_kind.kind)).then(|| vec![by_kind.kind.clone()])
}

fn categories_of(mapping: &Mapping) -> Vec<CategoryView> {
    let categories = mapping.by_kind().into_iter().flat_map(|it| &it.categories);
    let view = |category: &KindCategory| CategoryView {
        id: category.id.clone(),
        names: category.names.clone(),
        is_cost: category.is_cost,
    };
    categories.map(view).collect()
}

/// The columns that are said to hold days.
fn days_in(mapping: &Mapping, table: &MappingTable) -> BTreeSet<usize> {
    let is_day =
        |target: &Target| target.column().is_some_and(|it| table.days.iter().any(|day| day == it));
    let columns = mapping.columns.iter().enumerate();
    set_of_few(columns.filter(|(_, column)| is_day(&column.target)).map(|(index, _)| index))
}

fn cells_of(file: &UnknownTable, days: &BTreeSet<usize>) -> Vec<CellsView> {
    let cells = |column| CellsView {
        samples: file.samples(column, N_SAMPLES, days.contains(&column)),
        can_be_read: file.can_be_read(column),
        is_positive: file.sum(column) > Fixed::ZERO,
        is_negative: file.sum(column) < Fixed::ZERO,
    };
    (0..file.header.len()).map(cells).collect()
}

fn first_table() -> &'static MappingTable {
    mapping_tables().first().expect("there are tables, as a test of the catalogue checks")
}

fn table_view(table: &MappingTable) -> MappingTableView {
    MappingTableView { table: table.id.clone(), meaning: table.meaning.clone() }
}

fn target_view(table: &MappingTable, column: &str) -> TargetView {
    let sign = if table.amount(column).is_some() {
        SignView::Cost
    } else if table.reductions.iter().any(|it| it == column) {
        SignView::Reduction
    } else {
        SignView::Plain
    };
    TargetView { column: column.to_owned(), sign }
}

/// Costs belong to no channel, and where only is advertised nothing is sold.
fn channels_of(table: &MappingTable) -> Vec<Member> {
    if table.id == "costs" {
        return Vec::new();
    }
    let is_ads = table.id == "ads";
    let fitting = channels().iter().filter(|channel| channel.sells || is_ads);
    fitting.map(|it| Member { id: it.id.clone(), names: it.names.clone() }).collect()
}

/// Without a channel that such rows cannot belong to: it has to be chosen.
fn in_channels(mapping: Mapping, channels: &[Member]) -> Mapping {
    let is_one = channels.is_empty() || channels.iter().any(|it| it.id == mapping.channel);
    if is_one { mapping } else { Mapping { channel: String::new(), ..mapping } }
}

fn lacking(mapping: &Mapping, needs: &[Vec<String>]) -> Vec<Vec<String>> {
    let is_met = |need: &&Vec<String>| need.iter().any(|it| mapping.header_of(it).is_some());
    needs.iter().filter(|need| !is_met(need)).cloned().collect()
}

fn doubled(mapping: &Mapping) -> Vec<String> {
    let targets = mapping.columns.iter().filter_map(|column| column.target.column());
    let mut known = BTreeSet::new();
    let doubled: BTreeSet<&str> = set_of_few(targets.filter(|target| !known.insert(*target)));
    doubled.into_iter().map(str::to_owned).collect()
}

/// Reads the first rows of the file as a file by itself.
fn preview(
    file: &UnknownTable,
    name: &FileName,
    mapping: &Mapping,
    table: &MappingTable,
    options: &ReadOptions,
) -> MappingPreview {
    let Ok(own) = own_recipe(mapping, options) else { return MappingPreview::Incomplete };
    let catalog = Catalog::built_in().with_own([&own]).into();
    // The lines of corrections are those of the whole file.
    let options = ReadOptions {
        report: Some(own.recipe().id.clone()),
        corrections: Vec::new(),
        max_left_out_percent: None,
        ..options.clone()
    };
    match read_whole(&catalog, name.clone(), &file.to_csv(&days_in(mapping, table)), &options) {
        Err(refusal) => MappingPreview::Refused(refusal),
        Ok(reading) => read_preview(reading, file.n_above()),
    }
}

/// The lines are those of the file, which has `n_above` ones above its header.
fn read_preview(reading: ingest::Reading, n_above: u64) -> MappingPreview {
    let facts = reading.understood.into_iter().take(N_SHOWN);
    let problems = reading.problems.into_iter().take(N_SHOWN);
    let sums = reading.sums.iter().map(|(column, sum)| (column.clone(), sum.to_string()));
    MappingPreview::Read {
        rows: reading.rows,
        n_problems: reading.n_problems,
        problems: problems.map(|it| Problem { line: it.line + n_above, ..it }).collect(),
        sums: map_of_few(sums),
        facts: facts.map(|it| FactPreview { line: it.line + n_above, ..it }).collect(),
    }
}

/// What the table and its columns are called.
fn words(table: &MappingTable) -> Words {
    let of_tables = [table.id.as_str(), POSTINGS].into_iter().filter_map(FactTable::by_name);
    let of_tables = of_tables.flat_map(|it| it.texts().chain(it.numbers().iter().copied()));
    let offered = table.columns().map(str::to_owned);
    let columns = offered.chain(of_tables.map(str::to_owned)).filter_map(|id| {
        let word = column_word(&id)?;
        let name = ColumnName { names: word.names.clone(), is_money: word.is_money };
        Some((id, name))
    });
    let tables = [table.id.as_str(), POSTINGS];
    let tables = tables.into_iter().filter_map(|id| Some((id.to_owned(), table_word(id)?.clone())));
    Words { tables: map_of_few(tables), columns: map_of_few(columns) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{Day, Filters, Granularity, Period},
        ingest::Refusal,
        storage::Stored,
        worker::{
            protocol::{
                Change, Comparison, DataView, Failure, FileMeta, HomeRequest, PendingFile, Reading,
                ReadingEdit, Request, Response, Target,
            },
            session::Session,
            views::{TableBy, TableRequest},
        },
    };

    const MAY: &str =
        "Nr,When,Article,Count,Each\n1,2026-05-14,A-1,2,12.50\n2,2026-05-15,A-2,3,10\n";
    const JUNE: &str = "Nr,When,Article,Count,Each\n3,2026-06-01,A-1,1,12.50\n";

    fn session() -> Session {
        let mut session = Session::new();
        session.open("w", "W", false, &Stored::default(), 0).unwrap();
        session
    }

    fn drop_file(session: &mut Session, name: &str, text: &str) -> u32 {
        let name = name.to_owned();
        let meta = FileMeta { name, size_bytes: text.len() as u64, modified_millis: 0 };
        let pending = session.begin_reading(meta, None);
        session.feed(pending, text.as_bytes());
        session.finish_reading(pending);
        pending
    }

    fn file(session: &Session, pending: u32) -> PendingFile {
        session.pending().into_iter().find(|file| file.pending == pending).unwrap()
    }

    fn ask(session: &mut Session, request: &Request) -> Response {
        session.handle(request, 0).response
    }

    fn view(session: &mut Session, pending: u32, mapping: Option<MappingDraft>) -> MappingView {
        match ask(session, &Request::Mapping { pending, mapping }) {
            Response::Mapping(view) => view.open().unwrap(),
            other => panic!("{other:?}"),
        }
    }

    fn data(session: &mut Session) -> DataView {
        let today = Day::parse("2026-07-01").unwrap();
        match ask(session, &Request::Data { today }) {
            Response::Data(data) => data.open().unwrap(),
            other => panic!("{other:?}"),
        }
    }

    fn home_request() -> HomeRequest {
        HomeRequest {
            filters: Filters::default(),
            period: None,
            comparison: Comparison::None,
            granularity: Granularity::Month,
            trend_kpi: String::new(),
            trend_by: None,
            today: Day::parse("2026-07-01").unwrap(),
        }
    }

    fn read_as(session: &mut Session, pending: u32, text: &str, mapping: Mapping) {
        session.begin_rereading(pending, ReadingEdit::Mapping { mapping }).unwrap();
        session.feed(pending, text.as_bytes());
        session.finish_reading(pending);
    }

    /// May's file as orders, in dollars.
    fn take_in_may(session: &mut Session) {
        let pending = drop_file(session, "may.csv", MAY);
        let mut mapping = view(session, pending, None).mapping;
        mapping.channel = "other".to_owned();
        mapping.how_to_get = "Tool → Export".to_owned();
        read_as(session, pending, MAY, mapping);
        let currency = ReadingEdit::Currency { currency: crate::domain::Currency::USD };
        session.begin_rereading(pending, currency).unwrap();
        session.feed(pending, MAY.as_bytes());
        session.finish_reading(pending);
        ask(session, &Request::ConfirmPending);
    }

    #[test]
    fn an_unknown_file_is_mapped_and_its_like_is_known_from_then_on() {
        let mut session = session();
        let pending = drop_file(&mut session, "may.csv", MAY);
        let unknown = file(&session, pending);
        assert!(unknown.can_be_mapped);
        assert!(matches!(unknown.reading, Reading::Refused(Refusal::UnknownReport { .. })));
        let view = view(&mut session, pending, None);
        assert_eq!((view.mapping.table.as_str(), view.needs.len()), ("order_lines", 0));
        let MappingPreview::Read { rows: 2, n_problems: 0, sums, .. } = &view.preview else {
            panic!("{:?}", view.preview)
        };
        assert_eq!(sums.get("order_lines.gross").map(String::as_str), Some("55"));
        session.handle(&Request::DiscardPending { pending }, 0);
        take_in_may(&mut session);
        let june = drop_file(&mut session, "june.csv", JUNE);
        let Reading::Ready(understood) = file(&session, june).reading else { panic!() };
        assert!(understood.report.starts_with("own."));
        assert_eq!(understood.sums.get("order_lines.gross").map(String::as_str), Some("12.5"));
        assert_eq!(data(&mut session).imports[0].shop, "Other channel");
        let recipes = data(&mut session).recipes;
        assert_eq!((recipes.len(), recipes[0].n_imports), (1, 1));
        assert_eq!(recipes[0].names.en, "may");
    }

    #[test]
    fn a_shared_recipe_reads_the_same_files_elsewhere() {
        let mut ours = session();
        take_in_may(&mut ours);
        let text = data(&mut ours).recipes[0].text.clone();
        let mut theirs = session();
        let june = drop_file(&mut theirs, "june.csv", JUNE);
        assert!(matches!(file(&theirs, june).reading, Reading::Refused(_)));
        ask(&mut theirs, &Request::Change(Change::AddRecipe { text }));
        // Where to get such files stands with the reports that feed sales, not with those that feed ads.
        let mut guides = |kpi: &str| -> Vec<String> {
            let home = home_request();
            match ask(&mut theirs, &Request::Kpi { kpi: kpi.to_owned(), home }) {
                Response::Kpi(view) => {
                    let fed_by = view.open().unwrap().kpi.fed_by.into_iter();
                    let own = fed_by.filter(|report| report.report.starts_with("own."));
                    own.map(|report| format!("{} {}", report.how_to_get.en, report.is_loaded))
                        .collect()
                }
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(guides("sales.gross"), ["Tool → Export false"]);
        assert_eq!(guides("ads.spend"), [""; 0]);
        let june = drop_file(&mut theirs, "june again.csv", JUNE);
        assert!(matches!(file(&theirs, june).reading, Reading::Ready(_)));
        ask(&mut theirs, &Request::Undo);
        let june = drop_file(&mut theirs, "june once more.csv", JUNE);
        assert!(matches!(file(&theirs, june).reading, Reading::Refused(_)));
    }

    #[test]
    fn a_removed_recipe_reads_nothing_new_and_its_imports_stay() {
        let mut session = session();
        take_in_may(&mut session);
        let recipe = data(&mut session).recipes[0].id.clone();
        ask(&mut session, &Request::Change(Change::RemoveRecipe { recipe: recipe.clone() }));
        let june = drop_file(&mut session, "june.csv", JUNE);
        assert!(matches!(file(&session, june).reading, Reading::Refused(_)));
        let data = data(&mut session);
        assert_eq!((data.recipes.len(), data.imports.len()), (0, 1));
        assert_eq!(data.imports[0].names.en, "may");
        let again = ask(&mut session, &Request::Change(Change::RemoveRecipe { recipe }));
        assert!(matches!(again, Response::Failed(Failure::InvalidValue { .. })));
    }

    #[test]
    fn files_of_one_kind_are_mapped_together() {
        let mut session = session();
        let [may, june] = [("may.csv", MAY), ("june.csv", JUNE)]
            .map(|(name, text)| drop_file(&mut session, name, text));
        let other = drop_file(&mut session, "other.csv", "Whatever,Else\n1,2\n");
        assert_eq!(session.alike(may), [june]);
        assert_eq!(session.alike(other), [0; 0]);
    }

    #[test]
    fn another_meaning_takes_the_place_of_the_one_before_and_counts_no_day_twice() {
        let mut session = session();
        take_in_may(&mut session);
        let first = data(&mut session).recipes[0].id.clone();
        // The same days in another file of the same tool, whose prices are sums now.
        let text = MAY.replace("12.50", "30").replace("3,10", "3,40");
        let pending = drop_file(&mut session, "may again.csv", &text);
        let mut mapping = view(&mut session, pending, None).mapping;
        mapping.columns[4].target = Target::Column("gross".to_owned());
        read_as(&mut session, pending, &text, mapping);
        ask(&mut session, &Request::ConfirmPending);
        let recipes = data(&mut session).recipes;
        assert_eq!(recipes.len(), 1);
        assert_ne!(recipes[0].id, first);
        assert_eq!(value_of(&mut session, "sales.gross", None).as_deref(), Some("70"));
    }

    fn value_of(session: &mut Session, kpi: &str, period: Option<Period>) -> Option<String> {
        let request = TableRequest { by: TableBy::Total, kpis: vec![kpi.to_owned()], period };
        session.table(&request).unwrap().rows[0].value.value.clone()
    }

    /// Takes a file in, mapped to these columns in this currency.
    fn take_in(session: &mut Session, text: &str, targets: &[&str], edits: Vec<ReadingEdit>) {
        let pending = drop_file(session, "file.csv", text);
        let mut mapping = view(session, pending, None).mapping;
        mapping.table = "order_lines".to_owned();
        mapping.channel = "other".to_owned();
        for (column, target) in mapping.columns.iter_mut().zip(targets) {
            column.target = Target::Column((*target).to_owned());
        }
        for edit in [ReadingEdit::Mapping { mapping }].into_iter().chain(edits) {
            session.begin_rereading(pending, edit).unwrap();
            session.feed(pending, text.as_bytes());
            session.finish_reading(pending);
        }
        ask(session, &Request::ConfirmPending);
    }

    fn in_currency(code: &str) -> ReadingEdit {
        ReadingEdit::Currency { currency: crate::domain::Currency::parse(code).unwrap() }
    }

    #[test]
    fn costs_in_another_currency_do_not_hide_the_sales() {
        let mut session = session();
        let targets = ["order_id", "at", "sku", "units", "unit_price"];
        take_in(&mut session, MAY, &targets, vec![in_currency("EUR")]);
        drop_file(&mut session, "costs.csv", "SKU,Unit cost,Currency\nA-1,4.00,USD\n");
        ask(&mut session, &Request::ConfirmPending);
        assert_eq!(data(&mut session).imports.len(), 2);
        assert_eq!(value_of(&mut session, "sales.net", None).as_deref(), Some("55"));
        let without = data(&mut session).skus_without_cost;
        assert_eq!(without.len(), 2, "a cost in dollars is none beside sales in euros");
        assert_eq!(without[0].currency.code(), "EUR");
    }

    #[test]
    fn what_a_file_has_no_column_for_is_not_zero() {
        let mut session = session();
        let text = "When,Sold\n2026-05-14,25\n2026-05-15,30\n";
        take_in(&mut session, text, &["at", "gross"], vec![in_currency("USD")]);
        assert_eq!(value_of(&mut session, "sales.net", None).as_deref(), Some("55"));
        assert_eq!(value_of(&mut session, "sales.orders", None), None);
        assert_eq!(value_of(&mut session, "sales.units", None), None);
    }

    #[test]
    fn a_cut_down_copy_tells_only_what_it_has() {
        let mut session = session();
        let text = "Order ID,Order Status,SKU ID,Seller SKU,Quantity,SKU Subtotal After Discount\n\
            O1,Completed,17,A,2,56.34\nO2,Completed,17,A,3,84.51\n";
        let pending = drop_file(&mut session, "orders.csv", text);
        let day = |text: &str| Day::parse(text).unwrap();
        let period = Period { from: day("2026-05-01"), to: day("2026-05-31") };
        session.begin_rereading(pending, ReadingEdit::Period { period }).unwrap();
        session.feed(pending, text.as_bytes());
        session.finish_reading(pending);
        let Reading::Ready(understood) = file(&session, pending).reading else { panic!() };
        assert_eq!(understood.lacking_columns, ["Created Time", "SKU Subtotal Before Discount"]);
        ask(&mut session, &Request::ConfirmPending);
        let mut value = |kpi: &str| value_of(&mut session, kpi, Some(period));
        assert_eq!(value("sales.orders").as_deref(), Some("2"));
        assert_eq!(value("sales.units").as_deref(), Some("5"));
        assert_eq!(value("sales.gross"), None, "not 0: it says nothing of prices");
        assert_eq!(value("sales.net"), None);
        assert_eq!(value("sales.refund_rate"), None);
    }

    const TIKTOK: &str = "Order ID,Order Status,SKU ID,Seller SKU,Quantity,SKU Subtotal Before Discount,SKU Platform Discount,SKU Seller Discount,Created Time\n\
        O1,Completed,17,A,2,100.00,10.00,5.00,05/04/2026 10:00:00 AM\n";

    fn take_as_it_is(session: &mut Session, name: &str, text: &str) {
        drop_file(session, name, text);
        let answer = ask(session, &Request::ConfirmPending);
        assert!(matches!(answer, Response::Confirmed { imports, .. } if imports.len() == 1));
    }

    #[test]
    fn a_cut_down_copy_never_takes_the_place_of_the_whole_report() {
        let mut session = session();
        take_as_it_is(&mut session, "tiktok.csv", TIKTOK);
        assert_eq!(value_of(&mut session, "sales.gross", None).as_deref(), Some("100"));
        let copy = "Order ID,Order Status,SKU ID,Seller SKU,Quantity,Created Time\n\
            O1,Completed,17,A,2,05/04/2026 10:00:00 AM\n";
        take_as_it_is(&mut session, "copy.csv", copy);
        assert_eq!(value_of(&mut session, "sales.gross", None).as_deref(), Some("100"));
        assert_eq!(value_of(&mut session, "sales.units", None).as_deref(), Some("2"));
    }

    #[test]
    fn discounts_of_the_platform_are_taken_off_once() {
        let mut session = session();
        take_as_it_is(&mut session, "tiktok.csv", TIKTOK);
        assert_eq!(value_of(&mut session, "sales.net", None).as_deref(), Some("95"));
        let (contract, choice) = ("platform_discounts".to_owned(), "out".to_owned());
        ask(
            &mut session,
            &Request::Change(Change::ChooseContract { contract, choice, reason: String::new() }),
        );
        assert_eq!(value_of(&mut session, "sales.gross", None).as_deref(), Some("100"));
        // 100 − 5 − 10
        assert_eq!(value_of(&mut session, "sales.net", None).as_deref(), Some("85"));
    }

    #[test]
    fn sales_without_a_day_are_spread_over_the_days_that_they_are_of() {
        let mut session = session();
        let day = |text: &str| Day::parse(text).unwrap();
        let whole = Period { from: day("2026-05-01"), to: day("2026-05-10") };
        let edits = vec![ReadingEdit::Period { period: whole }, in_currency("USD")];
        take_in(&mut session, "Article,Sold\nA,25\nB,30.01\n", &["sku", "gross"], edits);
        assert_eq!(value_of(&mut session, "sales.net", Some(whole)).as_deref(), Some("55.01"));
        let late = Period { from: day("2026-05-06"), to: day("2026-05-10") };
        let early = Period { from: day("2026-05-01"), to: day("2026-05-05") };
        let [late, early] = [late, early].map(|period| {
            let value = value_of(&mut session, "sales.net", Some(period));
            Fixed::parse(&value.unwrap()).unwrap()
        });
        assert_eq!(late.plus(early).to_string(), "55.01");
        assert!(late > Fixed::parse("27").unwrap() && early > Fixed::parse("27").unwrap());
    }

    #[test]
    fn what_is_needed_and_what_is_doubled_is_said_before_anything_is_read() {
        let mut session = session();
        let pending = drop_file(&mut session, "may.csv", MAY);
        let mut mapping = view(&mut session, pending, None).mapping;
        mapping.columns[4].target = Target::Unused;
        let whole = |mapping: &Mapping| Some(MappingDraft::Whole(mapping.clone()));
        let lacking = view(&mut session, pending, whole(&mapping));
        assert_eq!(lacking.needs, [["gross", "unit_price"]]);
        assert_eq!(lacking.preview, MappingPreview::Incomplete);
        mapping.columns[4].target = Target::Column("units".to_owned());
        assert_eq!(view(&mut session, pending, whole(&mapping)).doubled, ["units"]);
        let stock = MappingDraft::Table { table: "stock".to_owned(), n_above: 0 };
        assert_eq!(view(&mut session, pending, Some(stock)).mapping.table, "stock");
    }

    #[test]
    fn texts_that_are_no_recipes_change_nothing() {
        let mut session = session();
        take_in_may(&mut session);
        let text = data(&mut session).recipes[0].text.clone();
        for wrong in [
            String::new(),
            "[1]".to_owned(),
            text.replace("own.", "amazon."),
            text.replace("\"order_lines\"", "\"nothing\""),
            text.replace("America/Los_Angeles", "Mars/Base"),
            text.replace("\"channel\": \"other\"", "\"channel\": \"zzz\""),
            text.replace("\"required\": true", "\"required\": false"),
        ] {
            let answer = ask(&mut session, &Request::Change(Change::AddRecipe { text: wrong }));
            assert!(
                matches!(answer, Response::Failed(Failure::InvalidRecipe { .. })),
                "{answer:?}"
            );
        }
        // Nonsense that has the form of a recipe is one, and reads nothing it should not.
        let odd = text.replace("unit_price * units", "* - + 9999999999999999999 * unit_price -");
        ask(&mut session, &Request::Change(Change::AddRecipe { text: odd }));
        let june = drop_file(&mut session, "june.csv", JUNE);
        assert!(matches!(file(&session, june).reading, Reading::Ready(_)));
        assert_eq!(data(&mut session).recipes.len(), 1);
    }
}
