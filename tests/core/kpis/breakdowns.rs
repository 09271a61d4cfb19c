//! KPI by KPI over the demo company: what adds up does to the last digit, and of everything else a breakdown is
//! shown whose total is no sum of its parts.

use linkstar_kpi::{
    catalog::kpi::{RollUp, kpis},
    domain::{Dimension, Granularity},
    worker::{session::Session, views::TableBy},
};

use crate::workbook::{demo_company, values};

const QUARTER: (&str, &str) = ("2026-04-01", "2026-06-30");

/// A total and its parts in hundred-millionths; `None` where the total or all but one of them have no value.
fn broken_down(session: &mut Session, kpi: &str, by: TableBy) -> Option<(i128, i128)> {
    let number = |text: &String| -> Option<i128> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text.as_str()), |it| (-1, it));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        Some(sign * format!("{whole}{part:0<8}").parse::<i128>().ok()?)
    };
    let total = number(values(session, kpi, QUARTER, TableBy::Total).first()?)?;
    let parts: Vec<i128> = values(session, kpi, QUARTER, by).iter().filter_map(number).collect();
    (parts.len() > 1).then(|| (total, parts.iter().sum()))
}

#[test]
fn what_adds_up_over_months_does() {
    let mut session = demo_company();
    let mut n_kpis = 0;
    for kpi in kpis().iter().filter(|kpi| kpi.roll_up == RollUp::Sum) {
        if let Some((total, sum)) =
            broken_down(&mut session, &kpi.id, TableBy::Time(Granularity::Month))
        {
            assert_eq!(total, sum, "{}", kpi.id);
            n_kpis += 1;
        }
    }
    assert!(n_kpis > 8, "{n_kpis}");
}

/// Of which the demo company has no such breakdown: a forecast of days that are over and profits whose costs are
/// all known add up, and the others are 0, or of one month and channel alone.
const ALIKE: [&str; 7] = [
    "sales.eop_forecast",
    "pl.gross_profit",
    "pl.restock_loss",
    "fin.recon",
    "dq.rejected",
    "dq.signed",
    "trf.sessions",
];

#[test]
fn of_what_does_not_add_up_a_breakdown_shows_it() {
    let mut session = demo_company();
    let by = [
        TableBy::Time(Granularity::Month),
        TableBy::Dimension(Dimension::Channel),
        TableBy::Dimension(Dimension::Sku),
    ];
    let (mut n_shown, mut alike) = (0, Vec::new());
    let others = kpis().iter().filter(|kpi| kpi.roll_up != RollUp::Sum && kpi.formula != "stated");
    for kpi in others {
        let found: Vec<(i128, i128)> =
            by.iter().filter_map(|by| broken_down(&mut session, &kpi.id, *by)).collect();
        if found.iter().any(|(total, sum)| total != sum) {
            n_shown += 1;
        } else if !found.is_empty() {
            alike.push(kpi.id.as_str());
        }
    }
    assert_eq!(alike, ALIKE);
    // Those of which the demo company has no data are worked out by hand in the other tests.
    assert!(n_shown >= 40, "{n_shown}");
}
