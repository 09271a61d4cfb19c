//! What is out of balance on a card.

use super::is_gate;
use crate::{
    catalog::kpi::Perspective,
    domain::{Names, Scorecard},
    scorecard::{Blocking, Imbalance, Weighted, balance},
    worker::{protocol::ImbalanceView, session::book::Book},
};

/// All that is out of balance; KPIs that are not known any more are passed over.
pub(super) fn imbalances(book: &Book, card: &Scorecard) -> Vec<Imbalance> {
    let is_gate = |kpi: &str| is_gate(book, card, kpi);
    let weighted: Vec<Weighted<'_>> = card
        .lines
        .iter()
        .filter(|line| !is_gate(&line.kpi))
        .filter_map(|line| {
            let kpi = &book.dictionary().get(&line.kpi)?.kpi;
            Some(Weighted { kpi, weight: line.weight })
        })
        .collect();
    let gates: Vec<&str> =
        card.lines.iter().map(|line| line.kpi.as_str()).filter(|kpi| is_gate(kpi)).collect();
    balance(&weighted, &gates)
}

pub(super) fn view(book: &Book, imbalance: &Imbalance) -> ImbalanceView {
    let name = |kpi: &String| {
        book.dictionary().get(kpi).map_or_else(Names::default, |entry| entry.kpi.names.clone())
    };
    let blocking = match imbalance.blocking() {
        Blocking::Warns => "warns",
        Blocking::UntilOverridden => "until_overridden",
        Blocking::UntilMended => "until_mended",
    };
    let mut view = ImbalanceView {
        id: String::new(),
        blocking: blocking.to_owned(),
        about: Names::default(),
        others: Vec::new(),
        number: String::new(),
    };
    let id = match imbalance {
        Imbalance::Empty => "empty",
        Imbalance::Twice { kpi } => {
            view.about = name(kpi);
            "twice"
        }
        Imbalance::NoWeight { kpi, weight } => {
            (view.about, view.number) = (name(kpi), weight.to_string());
            "no_weight"
        }
        Imbalance::WeightsOff { sum } => {
            view.number = sum.to_string();
            "weights_off"
        }
        Imbalance::OnlySalesMoney { kpis } => {
            view.others = kpis.iter().map(name).collect();
            "only_sales_money"
        }
        Imbalance::OnlyResults { kpis } => {
            view.others = kpis.iter().map(name).collect();
            "only_results"
        }
        Imbalance::TopHeavy { perspective, share } => {
            (view.about, view.number) = (side(*perspective), share.to_string());
            "top_heavy"
        }
        Imbalance::Unguarded { kpi, guards } => {
            view.about = name(kpi);
            view.others = guards.iter().map(name).collect();
            "unguarded"
        }
    };
    id.clone_into(&mut view.id);
    view
}

/// A side by its stable name, which the page has the words of.
fn side(perspective: Perspective) -> Names {
    let id = perspective.id().to_owned();
    Names { en: id.clone(), zh: id }
}
