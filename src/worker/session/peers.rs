//! What comparable sellers reach, as reports state it and people type it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{book::Book, imports::Part};
use crate::{
    domain::{Day, Fixed, sort_few},
    facts::{Segment, Table},
    kpis::Decimal,
    worker::views::KnownPeers,
};

/// KPIs of a benchmark report with its columns of the worst quarter, the median and the best quarter.
const COLUMNS: &[(&str, [&str; 3])] = &[
    ("ads.ctr", ["ctr_bottom", "ctr_median", "ctr_top"]),
    ("ads.acos", ["acos_bottom", "acos_median", "acos_top"]),
    ("ads.roas", ["roas_bottom", "roas_median", "roas_top"]),
];
/// Columns that are in percent.
const IN_PERCENT: [&str; 2] = ["ads.ctr", "ads.acos"];

/// Of which peers in which KPI.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct PeerGroup {
    kpi: String,
    channel: String,
    category: String,
}

/// The quartiles of the newest day that the loaded reports state, as they state them.
pub(super) type ReportedPeers = BTreeMap<PeerGroup, (Day, [Fixed; 3])>;

/// What the reports among the facts in force state.
pub(super) fn reported_peers(parts: &[Part], masks: &[Option<Vec<bool>>]) -> ReportedPeers {
    let mut peers = ReportedPeers::new();
    let of_peers = parts.iter().zip(masks).filter(|(part, _)| part.segment.table() == Table::Peers);
    for (part, mask) in of_peers {
        let segment = &part.segment;
        let is_in = |row: &usize| mask.as_ref().is_none_or(|mask| mask.get(*row) != Some(&false));
        for row in (0..segment.len()).filter(is_in) {
            add_row(&mut peers, segment, row);
        }
    }
    peers
}

fn add_row(peers: &mut ReportedPeers, segment: &Segment, row: usize) {
    let Some(day) = segment.days_of(row).map(|days| days.to) else { return };
    for (kpi, columns) in COLUMNS {
        if !columns.iter().all(|column| segment.states(column)) {
            continue;
        }
        let number = |column: &str| segment.numbers(column).get(row).copied().unwrap_or(0);
        let mut quartiles =
            columns.map(|column| Fixed::from_ten_thousandths(number(column))).to_vec();
        // An empty cell is no 0.
        if quartiles.iter().any(|it| *it <= Fixed::ZERO) {
            continue;
        }
        // What is best of costs is low.
        sort_few(&mut quartiles);
        let [first, second, third] = quartiles[..] else { continue };
        let group = PeerGroup {
            kpi: (*kpi).to_owned(),
            channel: segment.text("channel", row).to_owned(),
            category: segment.text("category", row).to_owned(),
        };
        let known = peers.entry(group).or_insert((day, [first, second, third]));
        if known.0 < day {
            *known = (day, [first, second, third]);
        }
    }
}

/// All that is known of peers, typed or reported.
pub(super) fn known_peers(book: &Book) -> Vec<KnownPeers> {
    let typed = book.fold().peers.values().map(|peers| KnownPeers {
        id: peers.id(),
        kpi: peers.kpi.clone(),
        channel: peers.channel.clone(),
        group: peers.group.clone(),
        quartiles: peers.quartiles.map(Decimal::from),
        currency: peers.currency,
        day: peers.day,
        is_typed: true,
    });
    let reported = book.peers().iter().filter_map(|(group, (day, quartiles))| {
        let base = if IN_PERCENT.contains(&group.kpi.as_str()) { 100 } else { 1 };
        let told = |it: Fixed| Decimal::quotient(it, Fixed::from_whole(base));
        let [first, second, third] = quartiles.map(told);
        Some(KnownPeers {
            id: format!("{}|{}|{}", group.kpi, group.channel, group.category),
            kpi: group.kpi.clone(),
            channel: group.channel.clone(),
            group: group.category.clone(),
            quartiles: [first?, second?, third?],
            // Rates and ratios, which have none.
            currency: book.currency(),
            day: *day,
            is_typed: false,
        })
    });
    typed.chain(reported).collect()
}
