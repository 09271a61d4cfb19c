//! From a measure to its facts: they add up to it, whatever is chosen, and stand in the lines of their
//! files.

use std::collections::{BTreeMap, BTreeSet};

use linkstar_kpi::{
    demo,
    domain::{Day, Filters, Fixed, Measure, Period},
    worker::{
        protocol::{Change, FactsRequest, FactsView, HomeRequest, Request, Response},
        session::Session,
    },
};

use crate::workbook::{asked_of, demo_company};

/// Made of no single facts, or of facts that the demo company has none of.
const WITHOUT_FACTS: [&str; 8] = [
    "tax",
    "shipping",
    "utc_gmv",
    "posted_sales",
    "average_stock_value",
    "new_buyers",
    "buyers_last_365_days",
    "repeat_buyers_last_365_days",
];

fn request(measure: &str, filters: Filters, days: (&str, &str)) -> FactsRequest {
    let day = |text| Day::parse(text).unwrap();
    let period = Period::between(day(days.0), day(days.1));
    let home = HomeRequest { filters, ..asked_of(period) };
    FactsRequest { measure: measure.to_owned(), import: None, home }
}

fn facts(session: &mut Session, request: FactsRequest) -> FactsView {
    match session.handle(&Request::Facts(request), 0).response {
        Response::Facts(view) => view.open().unwrap(),
        other => panic!("{other:?}"),
    }
}

fn of(channels: &[&str], skus: &[&str]) -> Filters {
    let owned = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect();
    Filters { channels: owned(channels), skus: owned(skus), ..Filters::default() }
}

/// Facts of every measure add up to it; the measures that had some.
fn check_all(session: &mut Session, filters: &Filters, days: (&str, &str)) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    for measure in Measure::ALL {
        let view = facts(session, request(measure.id(), filters.clone(), days));
        let Some(value) = view.value.value.filter(|_| view.is_of_facts) else { continue };
        assert_eq!(view.sum, value, "{} {filters:?} {days:?}", measure.id());
        let files = view.files.iter().map(|file| Fixed::parse(&file.sum).unwrap());
        assert_eq!(files.sum::<Fixed>().to_string(), value, "{}", measure.id());
        if view.n_facts > 0 {
            seen.insert(measure.id().to_owned());
        }
    }
    seen
}

#[test]
fn facts_add_up_to_every_measure() {
    let mut session = demo_company();
    let all = check_all(&mut session, &Filters::default(), ("2026-09-15", "2026-10-14"));
    assert!(all.len() > 30, "{all:?}");
    assert!(WITHOUT_FACTS.iter().all(|id| !all.contains(*id)));
    check_all(&mut session, &of(&["amazon"], &[]), ("2025-11-01", "2025-11-30"));
    check_all(&mut session, &of(&["tiktok", "shopify"], &[]), ("2026-01-10", "2026-01-10"));
    let two = of(&[], &["LS-KT-0001-BLK", "LS-HM-0041-BLK"]);
    check_all(&mut session, &two, ("2026-03-01", "2026-05-31"));
}

#[test]
fn facts_add_up_under_other_contracts() {
    let mut session = demo_company();
    let choose = |session: &mut Session, choices: &[(&str, &str)]| {
        for (contract, choice) in choices {
            let [contract, choice, reason] = [*contract, *choice, "a test"].map(str::to_owned);
            let change = Change::ChooseContract { contract, choice, reason };
            session.handle(&Request::Change(change), 0);
        }
    };
    let days = ("2026-09-20", "2026-10-10");
    choose(
        &mut session,
        &[("refund_timing", "order_date"), ("excluded_orders", "in"), ("tax", "included")],
    );
    check_all(&mut session, &Filters::default(), days);
    choose(
        &mut session,
        &[
            ("sale_timing", "settled"),
            ("day_boundary", "Asia/Shanghai"),
            ("platform_discounts", "out"),
            ("ad_window", "seven_days"),
        ],
    );
    check_all(&mut session, &Filters::default(), days);
    check_all(&mut session, &of(&["amazon"], &["LS-KT-0001-BLK"]), ("2026-01-01", "2026-10-31"));
    choose(&mut session, &[("sale_timing", "shipped")]);
    check_all(&mut session, &Filters::default(), days);
    check_all(&mut session, &of(&["tiktok"], &[]), ("2026-03-01", "2026-03-01"));
    check_all(&mut session, &of(&[], &["LS-KT-0001-BLK"]), ("2026-10-05", "2026-10-05"));
}

#[test]
fn a_fact_stands_in_the_line_of_its_file() {
    let mut session = demo_company();
    let texts: BTreeMap<String, Vec<String>> = demo::files()
        .into_iter()
        .filter_map(|file| {
            let text = String::from_utf8(file.bytes).ok()?;
            Some((file.name, text.lines().map(str::to_owned).collect()))
        })
        .collect();
    let mut n_checked = 0;
    for measure in ["gross_sales", "refunds", "spend", "returned_units", "platform_fees"] {
        let days = ("2026-08-01", "2026-10-31");
        let view = facts(&mut session, request(measure, Filters::default(), days));
        assert_eq!(view.facts.len(), 100, "{measure}");
        let sizes = view.facts.iter().map(|fact| Fixed::parse(&fact.amount).unwrap().absolute());
        assert!(sizes.clone().zip(sizes.skip(1)).all(|(one, next)| one >= next), "largest first");
        for fact in &view.facts {
            let Some(lines) = texts.get(&fact.file) else { continue };
            let line = &lines[usize::try_from(fact.line).unwrap() - 1];
            let field = |name: &str| {
                let field = fact.fields.iter().find(|field| field.id == name);
                field.map(|field| field.text.clone()).unwrap_or_default()
            };
            let said = ["order_id", "sku", "campaign", "title"].map(field);
            assert!(said.iter().any(|text| !text.is_empty()), "{fact:?}");
            let stands =
                |text: &String| line.contains(text) || line.contains(&text.replace('"', "\"\""));
            assert!(said.iter().all(stands), "{fact:?} {line}");
            n_checked += 1;
        }
    }
    assert!(n_checked > 200, "{n_checked}");
}

#[test]
fn facts_of_one_file_are_shown_alone() {
    let mut session = demo_company();
    let asked = request("spend", Filters::default(), ("2026-10-01", "2026-10-31"));
    let all = facts(&mut session, asked.clone());
    let file = all.files.last().unwrap();
    let one = facts(&mut session, FactsRequest { import: Some(file.import.clone()), ..asked });
    assert!(!one.facts.is_empty() && one.facts.iter().all(|fact| fact.file == file.file));
    assert_eq!((one.n_facts, one.sum), (all.n_facts, all.sum), "the sums stay those of all files");
}
