//! Totals that platforms state: typed ones and those of loaded reports.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    catalog::{
        channel::channels,
        kpi::{Unit, kpis},
    },
    domain::{
        Day, Dimension, Filters, Fixed, Granularity, Period, WeekStart, map_of_few, set_of_few,
        sort_few_by, sort_few_by_key,
    },
    facts::{self, Reconciled, Segment},
    workbook::{self, ControlTotal, SignOff},
    worker::{
        protocol::{
            Failure, MonthView, NoteView, ReconciliationView, ReportName, SignOffView,
            SignedMonths, TotalSource, TotalView, TotalsChannel,
        },
        session::{
            book::{Basis, Book},
            imports::Part,
        },
        views::{StatedTotal, TOTAL_KPIS, total_kpis},
    },
};

/// Orders of one product each cannot be added up.
const ORDERS: &str = "orders";

/// Tables in which platforms state totals, each with the columns that are a KPI of ours.
const STATED: &[(facts::Table, &[(&str, &str)])] = &[
    (
        facts::Table::SalesSummaries,
        &[("gross", "sales.gmv"), ("net", "sales.net"), (ORDERS, "sales.orders")],
    ),
    // What Amazon calls ordered product sales.
    (facts::Table::Traffic, &[("sales", "sales.gmv")]),
];

pub(super) fn view(book: &Book) -> ReconciliationView {
    let mut totals = totals(book, |_| true);
    sort_few_by(&mut totals, |one, other| {
        let order = |total: &TotalView| (total.channel.clone(), total.shop.clone());
        other.period.cmp(&one.period).then_with(|| order(one).cmp(&order(other)))
    });
    ReconciliationView {
        currency: book.plain().currency,
        months: months(book, &totals),
        kpis: total_kpis(),
        channels: channels_of(book),
        totals,
    }
}

/// The totals that are asked for, against ours.
fn totals(book: &Book, is_asked: impl Fn(&StatedTotal) -> bool) -> Vec<TotalView> {
    totals_under(book, book.plain(), is_asked)
}

/// The same under a basis in the files' own currency.
fn totals_under(
    book: &Book,
    basis: &Basis,
    is_asked: impl Fn(&StatedTotal) -> bool,
) -> Vec<TotalView> {
    let stated = typed(book).chain(of_reports(book)).filter(|total| is_asked(total));
    let explained = &book.fold().explained;
    book.with_causes(basis, |views| {
        let view = |total: StatedTotal| {
            let chosen = explained.get(&total.id).map_or(&[][..], Vec::as_slice);
            views.total(&total, chosen)
        };
        stated.filter_map(view).collect()
    })
}

fn is_within(total: &StatedTotal, filters: &Filters) -> bool {
    filters.allows(Dimension::Channel, &total.channel)
        && (total.shop.is_empty() || filters.allows(Dimension::Shop, &total.shop))
}

/// The unexplained share of each total of a choice of channels and shops, with its days.
pub(super) fn gaps(book: &Book, filters: &Filters) -> Vec<(Period, Fixed)> {
    let totals = totals(book, |total| is_within(total, filters)).into_iter();
    totals.filter_map(|total| Some((total.period, Fixed::parse(&total.share?)?))).collect()
}

/// How well each KPI of a choice and period ties: of totals that concern some of both, the one that ties
/// least.
pub(super) fn ties(book: &Book, filters: &Filters, period: Period) -> BTreeMap<String, NoteView> {
    let concerns = |total: &StatedTotal| {
        !filters.is_sku_scoped() && total.period.overlaps(&period) && is_within(total, filters)
    };
    let mut worst: BTreeMap<String, (Fixed, bool)> = BTreeMap::new();
    for total in totals(book, concerns) {
        let Some(share) = total.share.as_deref().and_then(Fixed::parse) else { continue };
        let place = worst.entry(total.kpi).or_insert((share, total.ties));
        if share > place.0 {
            *place = (share, total.ties);
        }
    }
    let note = |(kpi, (share, ties)): (String, (Fixed, bool))| {
        let note = if ties { "ties" } else { "does_not_tie" };
        (kpi, NoteView { note: note.to_owned(), about: vec![share.to_string()] })
    };
    map_of_few(worst.into_iter().map(note))
}

/// What every total of money leaves unexplained under a basis, for the KPI of it. Figures that are told in
/// another currency are held against totals in their own, under the contracts in force.
pub(super) fn reconciled(book: &Book, basis: &Basis) -> Vec<Reconciled> {
    let is_converted = basis.contracts.currency().is_some();
    let basis = if is_converted { book.plain() } else { basis };
    let currency = book.plain().currency;
    let totals = totals_under(book, basis, |total| is_money(&total.kpi));
    let reconciled = |total: TotalView| {
        Some(Reconciled {
            unexplained: Fixed::parse(&total.unexplained?)?,
            stated: Fixed::parse(&total.stated)?,
            day: total.period.to,
            channel: total.channel,
            shop: total.shop,
            currency,
        })
    };
    totals.into_iter().filter_map(reconciled).collect()
}

/// Totals that a person typed: amounts in the currency of the figures, and counts.
fn typed(book: &Book) -> impl Iterator<Item = StatedTotal> {
    let is_ours =
        |total: &ControlTotal| total.currency == book.plain().currency || !is_money(&total.kpi);
    let ours = book.fold().totals.iter().filter(move |(_, total)| is_ours(total));
    ours.map(|(id, total)| StatedTotal {
        id: id.clone(),
        source: TotalSource::Typed,
        channel: total.channel.clone(),
        shop: total.shop.clone(),
        period: total.period,
        kpi: total.kpi.clone(),
        stated: total.stated,
    })
}

fn is_money(kpi: &str) -> bool {
    kpis().iter().any(|it| it.id == kpi && it.unit == Unit::Money)
}

/// What a loaded report states of a KPI in a month.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Stated {
    report: String,
    channel: String,
    shop: String,
    /// Empty for what has none.
    currency: String,
    month: Day,
    kpi: String,
}

/// What reports state, in sums of days that follow each other. A report that states a longer span states
/// it in the month in which the span begins.
pub(super) type StatedSums = BTreeMap<Stated, Vec<StatedSum>>;

/// A sum over some days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct StatedSum {
    period: Period,
    sum: Fixed,
    /// Whether it is made of single days, of which the merge lets each count once.
    is_daily: bool,
}

/// What the reports among the facts in force state.
pub(super) fn stated_sums(parts: &[Part], masks: &[Option<Vec<bool>>]) -> StatedSums {
    // One sum for each import: it covers the days between its rows, too.
    let mut by_import: BTreeMap<(Stated, &str), StatedSum> = BTreeMap::new();
    for (part, mask) in parts.iter().zip(masks) {
        let columns = STATED.iter().find(|(table, _)| *table == part.segment.table());
        for (column, kpi) in columns.map_or(&[][..], |(_, columns)| columns) {
            if part.segment.states(column) {
                add_stated(&mut by_import, part, mask.as_deref(), (column, kpi));
            }
        }
    }
    let mut sums = StatedSums::new();
    for ((stated, _), sum) in by_import {
        sums.entry(stated).or_default().push(sum);
    }
    for list in sums.values_mut() {
        *list = joined(std::mem::take(list));
    }
    sums
}

/// Sums that follow each other as one. Of two over the same days that are no single days the longer one
/// counts: they state the same twice.
fn joined(mut sums: Vec<StatedSum>) -> Vec<StatedSum> {
    sort_few_by_key(&mut sums, |it| (it.period.from, std::cmp::Reverse(it.period.to)));
    let mut joined: Vec<StatedSum> = Vec::new();
    for next in sums {
        match joined.last_mut() {
            Some(last) if next.period.from == last.period.to.plus(1) => last.add(&next),
            Some(last) if next.period.overlaps(&last.period) => {
                if last.is_daily && next.is_daily {
                    last.add(&next);
                } else if next.period.n_days() > last.period.n_days() {
                    *last = next;
                }
            }
            _ => joined.push(next),
        }
    }
    joined
}

impl StatedSum {
    fn add(&mut self, other: &Self) {
        self.sum = self.sum.plus(other.sum);
        self.period = self.period.including(&other.period);
        self.is_daily &= other.is_daily;
    }
}

fn add_stated<'a>(
    sums: &mut BTreeMap<(Stated, &'a str), StatedSum>,
    part: &'a Part,
    mask: Option<&[bool]>,
    (column, kpi): (&str, &str),
) {
    let segment: &Segment = &part.segment;
    let numbers = segment.numbers(column);
    let in_force = |row: &usize| mask.is_none_or(|mask| mask.get(*row) != Some(&false));
    let is_of_product =
        |row: usize| !segment.text("sku", row).is_empty() || !segment.text("asin", row).is_empty();
    for row in (0..segment.len()).filter(in_force) {
        let Some(period) = segment.days_of(row) else { continue };
        if column == ORDERS && is_of_product(row) {
            continue;
        }
        let stated = Stated {
            report: segment.meta().report.clone(),
            channel: segment.text("channel", row).to_owned(),
            shop: segment.text("shop", row).to_owned(),
            currency: segment.text("currency", row).to_owned(),
            month: month_of(period.from).from,
            kpi: kpi.to_owned(),
        };
        let sum = Fixed::from_ten_thousandths(numbers.get(row).copied().unwrap_or(0));
        let one = StatedSum { period, sum, is_daily: period.n_days() == 1 };
        match sums.get_mut(&(stated.clone(), part.import.as_str())) {
            Some(all) => all.add(&one),
            None => {
                sums.insert((stated, &part.import), one);
            }
        }
    }
}

/// Totals that loaded reports state, in the currency of the figures.
fn of_reports(book: &Book) -> impl Iterator<Item = StatedTotal> {
    let is_ours = |stated: &Stated| {
        stated.currency.is_empty() || stated.currency == book.plain().currency.code()
    };
    let ours = book.stated().iter().filter(move |(stated, _)| is_ours(stated));
    let each = ours.flat_map(|(stated, sums)| sums.iter().map(move |sum| (stated, sum)));
    each.map(|(stated, StatedSum { period, sum, .. })| StatedTotal {
        // By its first day: more days may follow, and what was said of it stays.
        id: format!(
            "{}|{}|{}|{}|{}",
            stated.report, stated.channel, stated.shop, period.from, stated.kpi
        ),
        source: TotalSource::Report(ReportName {
            names: book.report_names(&stated.report).unwrap_or_default(),
            report: stated.report.clone(),
        }),
        channel: stated.channel.clone(),
        shop: stated.shop.clone(),
        period: *period,
        kpi: stated.kpi.clone(),
        stated: *sum,
    })
}

fn month_of(day: Day) -> Period {
    Granularity::Month.bucket(day, WeekStart::Monday)
}

/// Every month with data: what was compared in it and who stands for it.
fn months(book: &Book, totals: &[TotalView]) -> Vec<MonthView> {
    // A month that was signed is shown though its data be gone.
    let signed = book.fold().signed.keys().copied();
    let all = book.cube().covered().into_iter().chain(signed);
    let Some(whole) = all.reduce(|all, one| all.including(&one)) else { return Vec::new() };
    let whole = month_of(whole.from).including(&month_of(whole.to));
    let months = whole.buckets(Granularity::Month, WeekStart::Monday);
    let month = |month: Period| {
        let inside = || {
            totals.iter().filter(move |total| {
                month.contains(total.period.from) && month.contains(total.period.to)
            })
        };
        let signed = book.fold().signed.get(&month).map(|sign_off| SignOffView {
            name: sign_off.name.clone(),
            at_millis: sign_off.at_millis,
            currency: sign_off.currency.unwrap_or(book.plain().currency),
            changed: book.with_plain(|views| views.changed_since(month, &sign_off.figures)),
        });
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        MonthView {
            month,
            n_totals: count(inside().count()),
            n_ties: count(inside().filter(|total| total.ties).count()),
            signed,
        }
    };
    months.into_iter().rev().map(month).collect()
}

/// How far the months of a period are signed off.
pub(super) fn signed_months(book: &Book, period: Period) -> SignedMonths {
    let whole = month_of(period.from).including(&month_of(period.to));
    let months = whole.buckets(Granularity::Month, WeekStart::Monday);
    let signed: Vec<(Period, &SignOff)> =
        months.iter().filter_map(|month| Some((*month, book.fold().signed.get(month)?))).collect();
    let is_changed = |(month, sign_off): &&(Period, &SignOff)| {
        book.with_plain(|views| !views.changed_since(*month, &sign_off.figures).is_empty())
    };
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let names: BTreeSet<&str> = set_of_few(signed.iter().map(|(_, it)| it.name.as_str()));
    SignedMonths {
        n_months: count(months.len()),
        n_signed: count(signed.len()),
        n_changed: count(signed.iter().filter(is_changed).count()),
        names: names.into_iter().map(str::to_owned).collect(),
    }
}

fn channels_of(book: &Book) -> Vec<TotalsChannel> {
    let mut shops: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (channel, shop) in book.cube().shops() {
        shops.entry(channel).or_default().insert(shop);
    }
    let known = channels().iter().filter_map(|channel| {
        let shops = shops.get(channel.id.as_str())?;
        let named = shops.iter().filter(|shop| !shop.is_empty());
        Some(TotalsChannel {
            channel: channel.id.clone(),
            shops: named.map(|shop| (*shop).to_owned()).collect(),
        })
    });
    known.collect()
}

/// A total as a person typed it, when it is one.
pub(super) fn entered(
    book: &Book,
    channel: &str,
    shop: &str,
    period: Period,
    kpi: &str,
    stated: &str,
) -> Result<ControlTotal, Failure> {
    let invalid = |value: &str| Failure::InvalidValue { value: value.to_owned() };
    let amount = Fixed::parse(stated).ok_or_else(|| invalid(stated))?;
    if !TOTAL_KPIS.contains(&kpi) {
        return Err(invalid(kpi));
    }
    if !channels().iter().any(|it| it.id == channel) {
        return Err(invalid(channel));
    }
    Ok(ControlTotal {
        channel: channel.to_owned(),
        shop: shop.to_owned(),
        period,
        kpi: kpi.to_owned(),
        stated: amount,
        currency: book.plain().currency,
    })
}

/// The sign-off of a month, with its figures as they are.
pub(super) fn signing(
    book: &Book,
    month: Day,
    name: &str,
    at_millis: i64,
) -> Result<workbook::Change, Failure> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Failure::InvalidValue { value: name.to_owned() });
    }
    let month = month_of(month);
    let figures = book.with_plain(|views| views.figures_to_sign(month));
    let currency = Some(book.plain().currency);
    let sign_off = SignOff { name: name.to_owned(), at_millis, currency, figures };
    Ok(workbook::Change::SignOff { month, sign_off })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ingest::FileName,
        worker::{
            protocol::{Change, Comparison, FileMeta, HomeRequest, Request, Response},
            session::Session,
        },
    };

    /// Two orders of May: 100 and 50 with 8.25 of tax, and a cancelled one of 20. A fourth of June.
    const ORDERS: &str = "amazon-order-id\tpurchase-date\torder-status\tsales-channel\tsku\tasin\tquantity\tcurrency\titem-price\titem-tax\tshipping-price\n\
        111-1\t2026-05-03T15:00:00+00:00\tShipped\tAmazon.com\tA\tB0A\t1\tUSD\t100.00\t8.25\t5.00\n\
        111-2\t2026-05-20T15:00:00+00:00\tShipped\tAmazon.com\tB\tB0B\t2\tUSD\t50.00\t0.00\t0.00\n\
        111-3\t2026-05-21T15:00:00+00:00\tCancelled\tAmazon.com\tB\tB0B\t1\tUSD\t20.00\t1.00\t0.00\n\
        111-4\t2026-06-02T15:00:00+00:00\tShipped\tAmazon.com\tA\tB0A\t1\tUSD\t100.00\t8.25\t0.00\n";

    /// What Amazon states for May and June: ordered product sales, cancelled orders with them.
    const BY_DATE: &str = "Date,Ordered Product Sales,Units Ordered,Total Order Items,Page Views - Total,Sessions - Total\n\
        05/03/2026,$100.00,1,1,10,5\n05/20/2026,$50.00,2,1,10,5\n05/21/2026,$20.00,1,1,10,5\n06/02/2026,$99.00,1,1,10,5\n";

    fn ask(session: &mut Session, request: &Request) -> Response {
        assert!(session.needs(request).is_empty());
        session.handle(request, 7).response
    }

    fn take_in(session: &mut Session, name: &str, text: &str) {
        let FileName { name, modified_millis } = FileName { name: name.into(), modified_millis: 0 };
        let meta = FileMeta { name, size_bytes: text.len() as u64, modified_millis };
        let pending = session.begin_reading(meta, None);
        session.feed(pending, text.as_bytes());
        session.finish_reading(pending);
        let Response::Confirmed { imports, .. } = ask(session, &Request::ConfirmPending) else {
            panic!("not taken in")
        };
        assert_eq!(imports.len(), 1, "{:?}", session.pending());
    }

    fn session() -> Session {
        let mut session = Session::new();
        session.open("w", "W", false, &crate::storage::Stored::default(), 0).unwrap();
        take_in(&mut session, "orders.txt", ORDERS);
        session
    }

    fn shown(session: &mut Session) -> ReconciliationView {
        match ask(session, &Request::Reconciliation) {
            Response::Reconciliation(view) => view.open().unwrap(),
            other => panic!("{other:?}"),
        }
    }

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn type_total(session: &mut Session, kpi: &str, stated: &str) -> Response {
        let period = Period { from: day("2026-05-01"), to: day("2026-05-31") };
        let change = Change::EnterTotal {
            channel: "amazon".into(),
            shop: String::new(),
            period,
            kpi: kpi.into(),
            stated: stated.into(),
        };
        ask(session, &Request::Change(change))
    }

    #[test]
    fn a_typed_total_is_held_against_ours_and_its_gap_explained() {
        let mut session = session();
        type_total(&mut session, "sales.gross", "158.25");
        let total = shown(&mut session).totals.remove(0);
        assert_eq!(total.ours.value.as_deref(), Some("150"));
        assert_eq!((total.gap.as_deref(), total.ties), (Some("8.25"), false));
        let causes: Vec<(&str, &str, bool)> = total
            .causes
            .iter()
            .map(|it| (it.cause.as_str(), it.amount.as_str(), it.fits))
            .collect();
        assert_eq!(
            causes,
            [("cancelled", "20", false), ("tax", "8.25", true), ("shipping", "5", false)]
        );
        let causes = vec!["tax".to_owned()];
        let change = Change::ExplainTotal { total: total.id.clone(), causes };
        ask(&mut session, &Request::Change(change));
        let total = shown(&mut session).totals.remove(0);
        assert_eq!((total.unexplained.as_deref(), total.ties), (Some("0"), true));
        ask(&mut session, &Request::Undo);
        assert!(!shown(&mut session).totals[0].ties);
        ask(&mut session, &Request::Change(Change::RemoveTotal { total: total.id }));
        assert!(shown(&mut session).totals.is_empty());
    }

    #[test]
    fn what_is_typed_again_takes_the_place_of_the_first() {
        let mut session = session();
        for stated in ["100", "2"] {
            type_total(&mut session, "sales.orders", stated);
        }
        let totals = shown(&mut session).totals;
        assert_eq!(totals.len(), 1);
        assert_eq!((totals[0].stated.as_str(), totals[0].ties), ("2", true));
        for (kpi, stated) in [("sales.net", "much"), ("ads.acos", "1"), ("sales.net", "")] {
            let answer = type_total(&mut session, kpi, stated);
            assert!(matches!(answer, Response::Failed(Failure::InvalidValue { .. })), "{answer:?}");
        }
    }

    #[test]
    fn a_report_of_the_platform_states_totals_by_month() {
        let mut session = session();
        take_in(&mut session, "BusinessReport.csv", BY_DATE);
        let view = shown(&mut session);
        let totals: Vec<String> = view
            .totals
            .iter()
            .map(|it| format!("{} {} {:?} {}", it.period, it.stated, it.ours.value, it.ties))
            .collect();
        assert_eq!(
            totals,
            [
                "2026-06-02..2026-06-02 99 Some(\"100\") false",
                "2026-05-03..2026-05-21 170 Some(\"170\") true",
            ]
        );
        assert!(
            matches!(&view.totals[0].source, TotalSource::Report(report) if report.report == "amazon.business_report_by_date")
        );
        let months: Vec<(u32, u32)> =
            view.months.iter().map(|month| (month.n_totals, month.n_ties)).collect();
        assert_eq!(months, [(1, 0), (1, 1)]);
    }

    /// Of the evenings before May and at its end: in UTC the one of 30 is of May, that of 70 is not.
    #[test]
    fn days_that_begin_elsewhere_are_a_cause() {
        let mut session = session();
        let header = ORDERS.lines().next().unwrap();
        let line = |id: u32, at: &str, price: &str| {
            format!("111-{id}\t{at}:00+00:00\tShipped\tAmazon.com\tA\tB0A\t1\tUSD\t{price}\t0\t0\n")
        };
        let (before, end) =
            (line(7, "2026-05-01T03:00", "30.00"), line(8, "2026-06-01T02:00", "70.00"));
        take_in(&mut session, "late.txt", &format!("{header}\n{before}{end}"));
        type_total(&mut session, "sales.gmv", "200.00");
        let total = shown(&mut session).totals.remove(0);
        assert_eq!(total.ours.value.as_deref(), Some("240"));
        let days = total.causes.iter().find(|it| it.cause == "utc_days").unwrap();
        assert_eq!((days.amount.as_str(), days.fits), ("-40", true));
    }

    #[test]
    fn only_days_that_follow_each_other_are_one_total() {
        let day = |text: &str| day(&format!("2026-05-{text}"));
        let sum = |from, to, sum: i64, is_daily| StatedSum {
            period: Period { from: day(from), to: day(to) },
            sum: Fixed::from_whole(sum),
            is_daily,
        };
        let texts = |sums: Vec<StatedSum>| {
            let sums = joined(sums).into_iter();
            sums.map(|it| format!("{} {}", it.period, it.sum)).collect::<Vec<_>>()
        };
        let apart = texts(vec![sum("25", "31", 7, true), sum("01", "05", 5, true)]);
        assert_eq!(apart, ["2026-05-01..2026-05-05 5", "2026-05-25..2026-05-31 7"]);
        let daily = texts(vec![sum("01", "10", 5, true), sum("08", "20", 7, true)]);
        assert_eq!(daily, ["2026-05-01..2026-05-20 12"]);
        // A month and a part of it are not added up.
        let spans = texts(vec![sum("01", "31", 9, false), sum("05", "14", 4, false)]);
        assert_eq!(spans, ["2026-05-01..2026-05-31 9"]);
    }

    #[test]
    fn cards_say_how_well_they_tie() {
        let mut session = session();
        take_in(&mut session, "BusinessReport.csv", BY_DATE);
        let mut notes = |from: &str, to: &str, channel: &str| {
            let home = HomeRequest {
                filters: Filters { channels: vec![channel.into()], ..Filters::default() },
                period: Some(Period { from: day(from), to: day(to) }),
                comparison: Comparison::None,
                granularity: Granularity::Day,
                trend_kpi: "sales.net".into(),
                trend_by: None,
                today: day("2026-07-01"),
            };
            let Response::Home(home) = ask(&mut session, &Request::Home(home)) else { panic!() };
            let card = home.cards.into_iter().find(|card| card.figure.kpi == "sales.gmv").unwrap();
            let notes = card.figure.value.notes.into_iter();
            notes.map(|note| format!("{} {}", note.note, note.about.join(","))).collect::<Vec<_>>()
        };
        assert_eq!(notes("2026-05-01", "2026-05-31", "amazon"), ["ties 0"]);
        // 1 / 99 = 0.0101…; June is the one that ties least.
        assert_eq!(notes("2026-05-01", "2026-06-30", "amazon"), ["does_not_tie 0.0101"]);
        assert!(notes("2026-06-10", "2026-06-30", "amazon").is_empty());
        assert!(notes("2026-05-01", "2026-05-31", "walmart").is_empty());
    }

    #[test]
    fn a_signed_month_tells_what_changed_since() {
        let mut session = session();
        let sign = Change::SignOff { month: day("2026-05-09"), name: " 李伟 ".into() };
        ask(&mut session, &Request::Change(sign));
        let signed = |session: &mut Session| {
            let months = shown(session).months;
            let may = months.into_iter().find(|month| month.month.from == day("2026-05-01"));
            may.and_then(|month| month.signed)
        };
        let fresh = signed(&mut session).unwrap();
        assert_eq!((fresh.name.as_str(), fresh.at_millis, fresh.changed.len()), ("李伟", 7, 0));
        let more = ORDERS.replace("111-2", "111-5").replace("50.00", "70.00");
        take_in(&mut session, "more.txt", &more);
        let changed = signed(&mut session).unwrap().changed;
        let net = &changed[0];
        assert_eq!(net.names.en, "Net sales");
        assert_eq!((net.then.as_deref(), net.now.as_deref()), (Some("150"), Some("220")));
        ask(&mut session, &Request::Change(Change::WithdrawSignOff { month: day("2026-05-01") }));
        assert_eq!(signed(&mut session), None);
        let unnamed = Change::SignOff { month: day("2026-05-01"), name: " ".into() };
        assert!(matches!(ask(&mut session, &Request::Change(unnamed)), Response::Failed(_)));
    }
}
