//! From an export to figures, and back again.

use std::{collections::BTreeMap, io::Write as _};

use flate2::{Compression, write::GzEncoder};
use linkstar_kpi::{demo::zip_from_files, domain::Day};

use crate::{
    exports::{demo_file, look_alike},
    figures::{Shown, difference, value_of},
    home::Home,
    import::{Import, Sheet},
    native::{Native, Sight, effect},
    orders_file::{Statement, Totals},
    pages::Data,
    shell::Shell,
    stage::{Stage, journey},
    wait::wait_until,
    words::word,
};

/// Takes files in and goes home.
#[track_caller]
pub(crate) fn take_in(stage: &Stage, files: &[(&str, &[u8])]) {
    take_in_exports(stage, files, files.len());
}

/// The same with files that hold `n` exports together.
#[track_caller]
fn take_in_exports(stage: &Stage, files: &[(&str, &[u8])], n: usize) {
    let paths: Vec<_> = files.iter().map(|(name, bytes)| stage.file(name, bytes)).collect();
    let import = Import(stage.browser());
    import.choose(&paths);
    import.wait_read(n);
    import.confirm();
    Shell(stage.browser()).go("home");
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn workbooks_and_packed_files_become_figures_too() {
    journey("containers", |stage| {
        let orders = demo_file("amazon_all_orders");
        let [(workbook, ending), (costs, _)] =
            ["tiktok.orders/us_xlsx", "user.costs/chinese_xlsx"].map(look_alike);
        assert_eq!(ending, "xlsx");
        let (sheets, _) = look_alike("walmart.orders/several_sheets");
        let files = [
            ("september.xls", sheets),
            ("orders.xlsx", workbook),
            ("orders.txt.gz", packed(&orders.bytes)),
            ("costs.xlsx.gz", packed(&costs)),
        ];
        let archived = ["walmart.orders/po_data_csv", "amazon.fba_returns/us_csv_utc"];
        let archived = archived.map(|case| (format!("{case}.csv"), look_alike(case).0));
        let archived = || archived.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        let zip = zip_from_files(archived()).unwrap();
        let files = files.iter().map(|(name, bytes)| (*name, bytes.as_slice()));
        let all: Vec<(&str, &[u8])> = files.clone().chain(archived()).collect();
        let expected = Native::of(&all).home(&Sight::default());
        stage.go("");
        let dropped: Vec<(&str, &[u8])> =
            files.chain([("september.zip", zip.as_slice())]).collect();
        // Two sheets of one workbook are reports.
        take_in_exports(stage, &dropped, all.len() + 1);
        Home(stage.browser()).wait_to_show(&expected);
    });
}

#[test]
fn a_whole_folder_is_taken_but_for_what_systems_leave_in_it() {
    journey("folder", |stage| {
        let (orders, ending) = look_alike("walmart.orders/po_data_csv");
        let (returns, _) = look_alike("amazon.fba_returns/us_csv_utc");
        let folder = stage.file(&format!("exports/orders.{ending}"), &orders);
        stage.file("exports/deeper/still/returns.csv", &returns);
        stage.file("exports/.DS_Store", b"\0\0\0\x01Bud1");
        stage.file("exports/~$orders.xlsx", b"\x05Owner");
        stage.go("");
        let import = Import(stage.browser());
        import.choose_folder(folder.parent().unwrap());
        let names: Vec<String> = import.wait_read(2).into_keys().collect();
        assert_eq!(names, [&format!("orders.{ending}"), "returns.csv"]);
    });
}

#[test]
fn an_export_becomes_figures_that_stay() {
    journey("import", |stage| {
        let (orders, costs) = (demo_file("amazon_all_orders"), demo_file("cost"));
        let mut native = Native::of(&[(&orders.name, &orders.bytes), (&costs.name, &costs.bytes)]);
        let expected = native.home(&Sight::default());
        stage.go("");
        let paths = [orders, costs].map(|file| stage.file(&file.name, &file.bytes));
        let import = Import(stage.browser());
        import.choose(&paths);
        let read = import.wait_read(2);
        assert!(read.values().all(|state| state == "ready"), "{read:?}");
        let Sheet::Understood(sentence) = import.look_at(&orders.name) else {
            panic!("{} was refused", orders.name)
        };
        for part in ["Amazon · All Orders", "Amazon.com", "USD", "2026"] {
            assert!(sentence.contains(part), "{part:?} is not in {sentence:?}");
        }
        assert!(stage.browser().hash().starts_with("#/import"));
        import.confirm();
        Shell(stage.browser()).go("home");
        Home(stage.browser()).wait_to_show(&expected);
        Shell(stage.browser()).wait_saved();
        stage.browser().reload();
        Home(stage.browser()).wait_to_show(&expected);
        stage.go("#/kpis");
        let cards = Home(stage.browser()).wait_for_cards();
        let (from, to) = cards[0].period.split_once("..").expect("a period");
        assert_eq!(difference(&native.kpis((from, to)), &cards), None, "linkstar kpis");
        Shell(stage.browser()).go("home");
        stage.reopen_browser();
        Home(stage.browser()).wait_to_show(&expected);
        Shell(stage.browser()).go("data");
        assert_eq!(Data(stage.browser()).wait_for_files(2).len(), 2);
    });
}

#[test]
fn a_dropped_file_is_read_without_a_network() {
    journey("drop", |stage| {
        let orders = demo_file("walmart");
        let mut native = Native::of(&[(&orders.name, &orders.bytes)]);
        let text = String::from_utf8(orders.bytes.clone());
        stage.go("");
        wait_until("the page", || stage.browser().has("main h1"));
        // Its worker starts with the page: from here on nothing more is needed.
        wait_until("the engine", || stage.browser().has("main section h2"));
        let n_requests = stage.server().n_requests();
        stage.server().go_off();
        let import = Import(stage.browser());
        match text {
            Ok(text) => import.drop_file(&orders.name, &text),
            Err(_) => import.choose(&[stage.file(&orders.name, &orders.bytes)]),
        }
        assert_eq!(import.wait_read(1).values().next().unwrap(), "ready");
        import.confirm();
        Shell(stage.browser()).go("home");
        Home(stage.browser()).wait_to_show(&native.home(&Sight::default()));
        assert_eq!(stage.server().n_requests(), n_requests);
    });
}

fn day(text: &str) -> i32 {
    Day::parse(text).expect("a day").days_since_epoch()
}

/// Net of nothing here: gross sales, orders and units of the days 2026-09-01 to 2026-09-30.
const SEPTEMBER: Sight = Sight {
    period: Some(("2026-09-01", "2026-09-30")),
    channel: None,
    is_against_year_before: false,
};

#[track_caller]
fn check_totals(cards: &[Shown], expected: Totals) {
    assert_eq!(value_of(cards, "sales.orders"), expected.orders.to_string());
    assert_eq!(value_of(cards, "sales.units"), expected.units.to_string());
    assert_eq!(value_of(cards, "sales.gross"), expected.gross());
}

fn plus(one: Totals, other: Totals) -> Totals {
    Totals {
        orders: one.orders + other.orders,
        units: one.units + other.units,
        gross_cents: one.gross_cents + other.gross_cents,
    }
}

fn effects(new: u64, replaced: u64, same: u64, outdated: u64) -> BTreeMap<String, u64> {
    let parts = [("new", new), ("replaced", replaced), ("same", same), ("outdated", outdated)];
    parts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect()
}

#[test]
fn the_same_file_again_changes_nothing_and_a_newer_one_only_the_overlap() {
    journey("overlap", |stage| {
        let older = Statement {
            days: day("2026-09-01")..day("2026-09-11"),
            orders_a_day: 12,
            price_cents: 2_499,
            updated: day("2026-09-12"),
        };
        let newer = Statement {
            days: day("2026-09-06")..day("2026-09-16"),
            price_cents: 1_999,
            updated: day("2026-09-20"),
            ..older.clone()
        };
        let september = SEPTEMBER.hash("home");
        stage.go("");
        let first = older.bytes();
        take_in(stage, &[("orders_1.txt", &first)]);
        stage.go(&september);
        let home = Home(stage.browser());
        let before = home.wait_for_figures();
        check_totals(&home.wait_for_cards(), older.totals(older.days.clone()));

        // The same file under its own and under another name.
        let import = Import(stage.browser());
        import.choose(&[stage.file("orders_1.txt", &first)]);
        assert_eq!(import.wait_read(1).values().next().unwrap(), "already");
        let said = stage.browser().text("main").unwrap();
        assert!(said.contains(&word("import.already.title")), "{said}");
        assert!(!import.can_confirm());
        import.discard();
        import.choose(&[stage.file("orders_1 (2).txt", &first)]);
        assert_eq!(import.wait_read(1).values().next().unwrap(), "already");
        import.discard();
        stage.go(&september);
        Home(stage.browser()).wait_to_show(&before);

        // The same rows in a file that differs by its end.
        let mut longer = first.clone();
        longer.extend_from_slice(b"\n");
        import.choose(&[stage.file("orders_1_again.txt", &longer)]);
        assert_eq!(import.wait_read(1).values().next().unwrap(), "ready");
        assert_eq!(import.effect(), effects(0, 0, 120, 0));
        import.discard();

        let second = newer.bytes();
        let mut native = Native::of(&[("orders_1.txt", &first)]);
        let told = effect(&native.read("orders_2.txt", &second));
        native.confirm();
        import.choose(&[stage.file("orders_2.txt", &second)]);
        assert_eq!(import.wait_read(1).values().next().unwrap(), "ready");
        let expected = effects(60, 60, 0, 0);
        assert_eq!(import.effect(), expected);
        assert_eq!((told.new, told.replaced, told.same, told.outdated), (60, 60, 0, 0));
        import.confirm();
        stage.go(&september);
        Home(stage.browser()).wait_to_show(&native.home(&SEPTEMBER));
        let kept = older.totals(older.days.start..newer.days.start);
        let expected = plus(kept, newer.totals(newer.days.clone()));
        check_totals(&Home(stage.browser()).wait_for_cards(), expected);
        Shell(stage.browser()).wait_saved();
        stage.browser().reload();
        check_totals(&Home(stage.browser()).wait_for_cards(), expected);

        // The older statement again: it is known, and it is not the newer one.
        import.choose(&[stage.file("orders_1_late.txt", &longer)]);
        import.wait_read(1);
        assert_eq!(import.effect(), effects(0, 0, 60, 60));
        import.confirm();
        stage.go(&september);
        check_totals(&Home(stage.browser()).wait_for_cards(), expected);
    });
}

#[test]
fn a_second_file_adds_and_every_step_can_be_taken_back() {
    journey("undo", |stage| {
        let (orders, shop) = (demo_file("amazon_all_orders"), demo_file("orders_export"));
        let sight = Sight { period: Some(("2026-10-01", "2026-10-31")), ..Sight::default() };
        let first = [(orders.name.as_str(), orders.bytes.as_slice())];
        let second = [(shop.name.as_str(), shop.bytes.as_slice())];
        let only_first = Native::of(&first).home(&sight);
        let only_second = Native::of(&second).home(&sight);
        let both = Native::of(&[first[0], second[0]]).home(&sight);
        let home_hash = sight.hash("home");

        stage.go("");
        take_in(stage, &first);
        stage.go(&home_hash);
        Home(stage.browser()).wait_to_show(&only_first);
        assert!(!Shell(stage.browser()).can_redo());
        take_in(stage, &second);
        stage.go(&home_hash);
        Home(stage.browser()).wait_to_show(&both);

        let shell = Shell(stage.browser());
        shell.undo();
        Home(stage.browser()).wait_to_show(&only_first);
        assert!(shell.can_redo());
        shell.wait_saved();
        stage.browser().reload();
        Home(stage.browser()).wait_to_show(&only_first);
        shell.redo();
        Home(stage.browser()).wait_to_show(&both);

        shell.go("data");
        let data = Data(stage.browser());
        data.wait_for_files(2);
        data.remove(&orders.name);
        assert_eq!(data.wait_for_files(1), std::slice::from_ref(&shop.name));
        stage.go(&home_hash);
        Home(stage.browser()).wait_to_show(&only_second);
        shell.wait_saved();
        stage.browser().reload();
        Home(stage.browser()).wait_to_show(&only_second);
        shell.undo();
        Home(stage.browser()).wait_to_show(&both);
        assert!(shell.can_undo());
    });
}
