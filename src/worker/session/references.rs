//! What KPIs are held against, as people say it.

use super::{MOST_NOTE_LETTERS, book::Book};
use crate::{
    catalog::channel::channels,
    domain::{Limit, Peers},
    kpis::Dictionary,
    workbook,
    worker::protocol::{Change, Failure},
};

/// A change of limits or peers as an entry of the log, when it is a valid one.
pub(super) fn checked(change: &Change, book: &Book) -> Result<workbook::Change, Failure> {
    let fold = book.fold();
    Ok(match change {
        Change::SetLimit { limit } => set_limit(limit, book.dictionary())?,
        Change::RemoveLimit { limit } => {
            let limit = fold.limits.get(limit).ok_or_else(|| invalid(limit))?.clone();
            workbook::Change::RemoveLimit { limit }
        }
        Change::EnterPeers { peers } => entered_peers(peers, book.dictionary())?,
        Change::RemovePeers { peers } => {
            let peers = fold.peers.get(peers).ok_or_else(|| invalid(peers))?.clone();
            workbook::Change::RemovePeers { peers }
        }
        _ => return Err(invalid("")),
    })
}

fn invalid(value: &str) -> Failure {
    Failure::InvalidValue { value: value.to_owned() }
}

/// A limit of a KPI and a channel that are known, with an end that is not before its beginning.
fn set_limit(limit: &Limit, dictionary: &Dictionary) -> Result<workbook::Change, Failure> {
    let Limit { kpi, channel, from, to, .. } = limit;
    dictionary.get(kpi).ok_or_else(|| invalid(kpi))?;
    if !channel.is_empty() && !channels().iter().any(|it| it.id == *channel) {
        return Err(invalid(channel));
    }
    if let Some(to) = to.filter(|to| to < from) {
        return Err(invalid(&to.to_string()));
    }
    let reason = limit.reason.trim().chars().take(MOST_NOTE_LETTERS).collect();
    Ok(workbook::Change::SetLimit { limit: Limit { reason, ..limit.clone() } })
}

/// Quartiles in their order, of a KPI and a channel that are known.
fn entered_peers(peers: &Peers, dictionary: &Dictionary) -> Result<workbook::Change, Failure> {
    dictionary.get(&peers.kpi).ok_or_else(|| invalid(&peers.kpi))?;
    if !channels().iter().any(|it| it.id == peers.channel) {
        return Err(invalid(&peers.channel));
    }
    if !peers.quartiles.is_sorted() {
        return Err(invalid(&peers.quartiles.map(|it| it.to_string()).join(" > ")));
    }
    let group = peers.group.trim().chars().take(MOST_NOTE_LETTERS).collect();
    Ok(workbook::Change::EnterPeers { peers: Peers { group, ..peers.clone() } })
}
