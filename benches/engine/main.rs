//! The parts of the engine that a large import is made of, each by itself: `cargo bench --bench engine`.
//!
//! Native, so that a change of a hundredth is seen. What a person waits for is measured by `./bench`.
//! `scan`, `number` and `date` cut the same text into rows: the first cuts only, the others read
//! columns of it, too.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark may stop at the first surprise"
)]

#[path = "../input/mod.rs"]
mod input;

use std::{collections::BTreeMap, hint::black_box, rc::Rc};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use linkstar_kpi::{
    catalog::Catalog,
    domain::{Currency, Day, Dimension, Filters, Granularity, Measure, Measures, Period},
    facts::{
        Booking, Choice, CostBook, CoveredBy, Cube, CubeInput, CubeOptions, DayBoundary,
        MergeInput, Precedence, SaleTiming, Segment, Slice, Source, Transfers, build_cube,
        in_force,
    },
    ingest::{
        FileName, ReadOptions,
        projection::{ProjectedRows, Projection},
        read_whole,
    },
    kpis::Dictionary,
    storage::Stored,
    worker::{
        protocol::{Axis, Comparison, ExploreRequest, FileMeta, HomeRequest, Request},
        session::Session,
    },
};

use crate::input::Form;

const ROWS: u64 = 100_000;
/// As they come from a file.
const PIECE_BYTES: usize = 8 << 20;
const AMOUNTS: [&str; 8] = [
    "item-price",
    "item-tax",
    "shipping-price",
    "shipping-tax",
    "gift-wrap-price",
    "gift-wrap-tax",
    "item-promotion-discount",
    "ship-promotion-discount",
];
const DATES: [&str; 2] = ["purchase-date", "last-updated-date"];

fn text(form: Form) -> Vec<u8> {
    let mut text = Vec::new();
    input::write(&mut text, ROWS, form);
    text
}

/// Reads columns of a text; `take` gets its rows.
fn project(text: &[u8], form: Form, names: &[&str], mut take: impl FnMut(ProjectedRows<'_>)) {
    let (delimiter, is_quoted) = match form {
        Form::Tabs => (b'\t', false),
        Form::Commas => (b',', true),
    };
    let mut projection = Projection::new(delimiter, is_quoted, names);
    for piece in text.chunks(PIECE_BYTES) {
        projection.feed(piece, &mut take);
    }
    projection.finish(take);
}

/// Reads all of the columns, row by row of each.
fn read_columns(text: &[u8], names: &[&str], read: impl Fn(ProjectedRows<'_>, usize)) {
    project(text, Form::Tabs, names, |rows| {
        (0..names.len()).for_each(|column| read(rows, column));
    });
}

fn reading(criterion: &mut Criterion) {
    let (tabs, commas) = (text(Form::Tabs), text(Form::Commas));
    let mut group = criterion.benchmark_group("text");
    for (name, text, form) in [("tabs", &tabs, Form::Tabs), ("commas", &commas, Form::Commas)] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(format!("scan/{name}"), |bencher| {
            bencher.iter(|| {
                let mut n_rows = 0;
                project(text, form, &[], |rows| n_rows += rows.len());
                assert_eq!(n_rows as u64, ROWS);
            });
        });
    }
    group.throughput(Throughput::Bytes(tabs.len() as u64));
    let number = |rows: ProjectedRows<'_>, column| {
        rows.each_number(column, |it| {
            black_box(it);
        });
    };
    let date = |rows: ProjectedRows<'_>, column| {
        rows.each_moment(column, |it| {
            black_box(it);
        });
    };
    group.bench_function("number", |bencher| {
        bencher.iter(|| read_columns(&tabs, &AMOUNTS, number));
    });
    group.bench_function("date", |bencher| bencher.iter(|| read_columns(&tabs, &DATES, date)));
    group.bench_function("import", |bencher| bencher.iter(|| segments(&tabs).len()));
    group.finish();
}

/// The facts of an Amazon All Orders report.
fn segments(text: &[u8]) -> Vec<Rc<Segment>> {
    let name = FileName { name: "orders.txt".to_owned(), modified_millis: 0 };
    read_whole(Catalog::built_in(), name, text, &ReadOptions::default()).unwrap().segments
}

fn figures(criterion: &mut Criterion) {
    let segments = segments(&text(Form::Tabs));
    let mut group = criterion.benchmark_group("facts");
    group.throughput(Throughput::Elements(ROWS));
    let exports: Vec<MergeInput<'_>> = [1, 2].map(|day| export(&segments, day)).into();
    group.bench_function("merge", |bencher| bencher.iter(|| in_force(black_box(&exports))));
    group.bench_function("cube", |bencher| bencher.iter(|| cube(black_box(&segments))));
    group.finish();

    let cube = Rc::new(cube(&segments));
    let all = Filters::default();
    let sku = Filters { skus: vec![input::sku(7)], ..Filters::default() };
    let mut group = criterion.benchmark_group("query");
    for (name, filters) in [("all", &all), ("sku", &sku)] {
        group.bench_function(format!("slice/{name}"), |bencher| {
            bencher.iter(|| with_slice(&cube, filters, |slice| black_box(slice).clone()));
        });
    }
    with_slice(&cube, &all, |slice| {
        group.bench_function("sum", |bencher| {
            bencher.iter(|| slice.sum(black_box(Measure::Orders), black_box(two_years())));
        });
    });
    group.finish();
}

/// Home as the page asks for it, the filter another one each time.
fn home(criterion: &mut Criterion) {
    let mut session = session();
    let mut group = criterion.benchmark_group("home");
    for (name, period) in [("30 days", None), ("two years", Some(two_years()))] {
        let mut skus = (0..500).cycle();
        group.bench_function(format!("sku/{name}"), |bencher| {
            bencher.iter(|| {
                let skus = skus.by_ref().take(1).map(input::sku).collect();
                let filters = Filters { skus, ..Filters::default() };
                session.handle(&Request::Home(HomeRequest { filters, period, ..whole() }), 0)
            });
        });
        let request = Request::Home(HomeRequest { period, ..whole() });
        session.handle(&request, 0);
        group.bench_function(format!("all/{name}"), |bencher| {
            bencher.iter(|| session.handle(&request, 0));
        });
    }
    group.finish();
}

/// Tables of all KPIs, and of many SKUs.
fn explore(criterion: &mut Criterion) {
    let mut session = session();
    let kpis: Vec<String> =
        Dictionary::built_in().entries().iter().map(|entry| entry.kpi.id.clone()).collect();
    let mut group = criterion.benchmark_group("explore");
    let months = Axis::Time(Granularity::Month);
    let skus = Axis::Members(Dimension::Sku);
    for (name, rows, columns) in
        [("KPIs, months", Axis::Kpis, months), ("SKUs, KPIs", skus, Axis::Kpis)]
    {
        let request = Request::Explore(ExploreRequest {
            filters: Filters::default(),
            period: Some(two_years()),
            kpis: kpis.clone(),
            rows,
            columns,
            today: two_years().to,
        });
        session.handle(&request, 0);
        group.bench_function(name, |bencher| bencher.iter(|| session.handle(&request, 0)));
    }
    group.finish();
}

/// A workbook with the report in it.
fn session() -> Session {
    let text = text(Form::Tabs);
    let mut session = Session::new();
    session.open("bench", "", false, &Stored::default(), 0).unwrap();
    let meta = FileMeta {
        name: "orders.txt".to_owned(),
        size_bytes: text.len() as u64,
        modified_millis: 0,
    };
    let pending = session.begin_reading(meta, None);
    session.feed(pending, &text);
    session.finish_reading(pending);
    session.handle(&Request::ConfirmPending, 0);
    session
}

fn whole() -> HomeRequest {
    HomeRequest {
        filters: Filters::default(),
        period: None,
        comparison: Comparison::PreviousPeriod,
        granularity: Granularity::Day,
        trend_kpi: "sales.net".to_owned(),
        trend_by: None,
        today: two_years().to,
    }
}

/// The same report saved on several days: all of its rows compete.
fn export(segments: &[Rc<Segment>], day: i32) -> MergeInput<'_> {
    let last_day = Day::from_days_since_epoch(day);
    let precedence = Precedence { is_whole: true, last_day, modified_millis: 0, content_hash: 0 };
    MergeInput { segments: segments.iter().map(Rc::as_ref).collect(), precedence }
}

fn cube(segments: &[Rc<Segment>]) -> Cube {
    let source = Source {
        report: "amazon.all_orders".to_owned(),
        group: String::new(),
        rank: 1,
        has_skus: true,
        is_whole_shop: false,
        is_chosen_per_day: false,
        ad_window_days: 0,
        booking: Booking::AnyTime,
        transfers: Transfers::Others,
    };
    let input = |segment| CubeInput { segment, mask: None, source: &source };
    let inputs: Vec<CubeInput<'_>> = segments.iter().map(Rc::as_ref).map(input).collect();
    let day_boundary = DayBoundary::Store;
    build_cube(
        &inputs,
        &BTreeMap::new(),
        CubeOptions {
            day_boundary,
            includes_cancelled: false,
            keeps_buyers: false,
            sale_timing: SaleTiming::Ordered,
            refunds_on_order_day: false,
        },
    )
}

fn with_slice<T>(cube: &Rc<Cube>, filters: &Filters, with: impl FnOnce(&Slice) -> T) -> T {
    let mut covered = CoveredBy::default();
    for (channel, shop) in cube.shops() {
        covered.add("sales", channel, shop, two_years());
    }
    let costs = Rc::new(CostBook::default());
    with(&Slice::of(
        cube,
        Choice {
            filters: filters.clone(),
            currency: Currency::USD,
            is_converted: false,
            sale_timing: SaleTiming::Ordered,
            taxed_channels: Rc::default(),
            most_window_days: None,
            platform_discounts_are_revenue: false,
            has_causes: false,
            covered: Rc::new(covered),
            costs: Rc::clone(&costs),
            stock_costs: costs,
            typed: Rc::default(),
            channel_names: Rc::default(),
            targets: Rc::default(),
            reconciled: Rc::default(),
        },
    ))
}

fn two_years() -> Period {
    Period { from: Day::parse("2024-01-01").unwrap(), to: Day::parse("2025-12-31").unwrap() }
}

criterion_group! {
    name = engine;
    config = Criterion::default().sample_size(20);
    targets = reading, figures, home, explore
}
criterion_main!(engine);
