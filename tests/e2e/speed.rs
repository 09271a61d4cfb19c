//! How long large files take: measured and told, never a reason to fail.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
    time::Duration,
};

use crate::{
    figures::value_of,
    home::Home,
    import::Import,
    input::{self, Form},
    native::Sight,
    orders_file::Totals,
    renderer,
    shell::Shell,
    stage::{Stage, journey_alone},
    wait::{Clock, wait_for, wait_until},
};

const PATIENCE: Duration = Duration::from_secs(150);

#[test]
fn large_files_are_read_whole() {
    for rows in [100_000, 1_000_000] {
        journey_alone(&format!("speed_{rows}"), |stage| measure(stage, rows));
    }
}

fn measure(stage: &mut Stage, rows: u64) {
    let path = stage.file("orders.txt", b"");
    let totals = write(&path, rows);
    let size = fs::metadata(&path).unwrap().len();
    stage.go("#/import");
    let browser = stage.browser();
    wait_until("the page", || browser.has("main section h2"));
    let empty = renderer::peak_bytes(stage.driver_id());
    let import = Import(browser);
    let clock = Clock::start();
    import.choose(std::slice::from_ref(&path));
    let read = import.wait_read_long(1, PATIENCE);
    let read_after = clock.elapsed();
    assert_eq!(read.values().next().unwrap(), "ready");
    let read_peak = renderer::peak_bytes(stage.driver_id());
    let clock = Clock::start();
    import.confirm_long(PATIENCE);
    let confirmed_after = clock.elapsed();
    let clock = Clock::start();
    Shell(browser).go("home");
    Home(browser).wait_for_figures();
    let shown_after = clock.elapsed();
    let peak = renderer::peak_bytes(stage.driver_id());
    eprintln!(
        "    {rows} rows, {:.0} MB: understood after {} ms, confirmed after another {} ms, \
         home at rest after another {} ms; renderer at most {:.0} MB when read, {:.0} MB in all \
         ({:.0} MB before)",
        megabytes(size),
        read_after.as_millis(),
        confirmed_after.as_millis(),
        shown_after.as_millis(),
        megabytes(read_peak),
        megabytes(peak),
        megabytes(empty),
    );
    let all = Sight { period: Some(("2023-12-01", "2026-01-31")), ..Sight::default() };
    let check = |stage: &Stage| {
        let clock = Clock::start();
        stage.go(&all.hash("home"));
        let home = Home(stage.browser());
        let period = "2023-12-01..2026-01-31";
        let cards = wait_for("the cards of all days", PATIENCE, || {
            home.cards().filter(|cards| cards[0].period == period)
        });
        eprintln!("    {rows} rows: other days after {} ms", clock.elapsed().as_millis());
        assert_eq!(value_of(&cards, "sales.orders"), totals.orders.to_string());
        assert_eq!(value_of(&cards, "sales.units"), totals.units.to_string());
        assert_eq!(value_of(&cards, "sales.gross"), totals.gross());
    };
    check(stage);
    let clock = Clock::start();
    Shell(stage.browser()).wait_saved();
    eprintln!("    {rows} rows: saved after another {} ms", clock.elapsed().as_millis());
    let clock = Clock::start();
    stage.reopen_browser();
    Home(stage.browser()).wait_for_first_card(PATIENCE);
    eprintln!(
        "    {rows} rows: first card of the reopened browser after {} ms, its start included; \
         renderer at most {:.0} MB",
        clock.elapsed().as_millis(),
        megabytes(renderer::peak_bytes(stage.driver_id())),
    );
    check(stage);
    fs::remove_file(path).unwrap();
}

/// The benchmark's file: two years of a busy shop.
fn write(path: &Path, rows: u64) -> Totals {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path).unwrap());
    let sales = input::write(&mut out, rows, Form::Tabs).sales;
    out.flush().unwrap();
    Totals { orders: sales.orders, units: sales.units, gross_cents: sales.gross_cents }
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
