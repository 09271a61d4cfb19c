//! One change made by a person.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::tagged::tagged;
use crate::domain::{
    Annotation, Currency, Day, Fixed, KpiDefinition, Limit, Names, Peers, Period, ProductEdit,
    Scorecard, ScorecardChange, TargetChange,
};

/// An entry of the log. Entries are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// 1 for the first; grows by one.
    pub number: u64,
    /// When it was made, in milliseconds since the epoch.
    pub at_millis: i64,
    pub kind: EventKind,
}

impl Event {
    /// The day on which it was made, in UTC.
    pub fn day(&self) -> Day {
        Day::from_seconds(self.at_millis.div_euclid(1000))
    }
}

/// What an entry of the log does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum EventKind {
    Changed(Change),
    /// Takes back the entry of that number.
    Undone {
        number: u64,
    },
    /// Does again what an `Undone` took back.
    Redone {
        number: u64,
    },
}

tagged!(EventKind, "event");

/// A change of the workbook's editable state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "snake_case")]
pub enum Change {
    RenameWorkbook {
        name: String,
    },
    ChooseContract {
        contract: String,
        choice: String,
        /// Why; empty when nobody said.
        #[serde(default)]
        reason: String,
    },
    EnterCost {
        sku: String,
        unit_cost: Fixed,
        currency: Currency,
        valid_from: Day,
    },
    /// Files taken in together: one step.
    AddImports {
        imports: Vec<String>,
        files: Vec<String>,
    },
    RemoveImport {
        import: String,
        file: String,
    },
    /// Keeps a person's own recipe, in the place of one with the same id.
    SaveRecipe {
        id: String,
        name: String,
        text: String,
    },
    /// New files are not read by it any more.
    RemoveRecipe {
        id: String,
        name: String,
    },
    /// Says of SKUs what no export tells, beside what was said of them before.
    EditProducts {
        products: Vec<ProductEdit>,
    },
    /// Writes down what a platform states, in the place of the same total typed before.
    EnterTotal {
        total: ControlTotal,
    },
    RemoveTotal {
        total: ControlTotal,
    },
    /// Says what makes up the gap between a total and ours; none: nothing does any more.
    ExplainTotal {
        /// As `ControlTotal::id` gives it, or of a total that a report states.
        total: String,
        causes: Vec<String>,
    },
    /// Somebody has checked the figures of a month and stands for them.
    SignOff {
        month: Period,
        sign_off: SignOff,
    },
    WithdrawSignOff {
        month: Period,
    },
    /// What a channel's own pages show of a KPI on a day, in the place of what was typed of it before.
    EnterValue {
        kpi: String,
        channel: String,
        /// Empty: the whole channel.
        #[serde(default)]
        shop: String,
        day: Day,
        value: Fixed,
    },
    RemoveValue {
        kpi: String,
        channel: String,
        #[serde(default)]
        shop: String,
        day: Day,
    },
    /// Puts a KPI on home, or takes it off.
    ShowOnHome {
        kpi: String,
        is_shown: bool,
    },
    /// Defines a KPI, or a version of it, in the place of one that begins on the same day.
    DefineKpi {
        definition: Box<KpiDefinition>,
    },
    /// Takes a KPI away with all its versions.
    RemoveKpi {
        kpi: String,
        names: Names,
    },
    /// Draws a line for a KPI, or ends it, in the place of one that begins on the same day.
    SetLimit {
        limit: Limit,
    },
    RemoveLimit {
        limit: Limit,
    },
    /// Writes down what comparable sellers reach.
    EnterPeers {
        peers: Peers,
    },
    RemovePeers {
        peers: Peers,
    },
    /// Says something of a warning, and whether it is laid aside, in the place of what was said before.
    NoteWarning {
        /// What it is about, as `Warning::id` gives it.
        warning: String,
        /// Empty: nothing is said.
        note: String,
        /// The day that the warning was about when it was laid aside: one about a later day is shown.
        snoozed_on: Option<Day>,
    },
    /// Says what happened on days.
    Annotate {
        /// Number of the entry that said it first, in the place of which it stands; `None`: it is new.
        #[serde(default)]
        replaces: Option<u64>,
        annotation: Annotation,
    },
    RemoveAnnotation {
        /// Number of the entry that said it first.
        number: u64,
        annotation: Annotation,
    },
    /// Sets targets, or what holds for them.
    ChangeTargets {
        targets: TargetChange,
    },
    /// Changes scorecards, or what people stand for on them.
    ChangeScorecards {
        scorecards: ScorecardChange,
    },
    /// The answers to the first questionnaire, and what they led to: a card, whose KPIs go on home.
    AdoptFramework {
        /// Question id → ids of the choices made.
        answers: BTreeMap<String, Vec<String>>,
        card: Box<Scorecard>,
    },
    /// From now on buyers are kept as hashes. The first secret given stays the workbook’s: hashes of
    /// another one would make other buyers of the same people.
    KeepBuyers {
        secret: String,
    },
    /// Buyers are dropped while reading, and those kept before count no more.
    DropBuyers,
}

tagged!(Change, "change");

/// A figure as a platform's own pages state it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlTotal {
    pub channel: String,
    /// Empty: all shops of the channel.
    pub shop: String,
    pub period: Period,
    pub kpi: String,
    pub stated: Fixed,
    /// Of money; of a count too, where it is not used.
    pub currency: Currency,
}

impl ControlTotal {
    /// What it is a total of: there is one at a time.
    pub fn id(&self) -> String {
        let Self { channel, shop, period, kpi, currency, .. } = self;
        format!("{channel}|{shop}|{period}|{kpi}|{currency}")
    }
}

/// Who signed, and what the figures were then: a later change of them shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOff {
    pub name: String,
    pub at_millis: i64,
    /// Of amounts.
    #[serde(default)]
    pub currency: Option<Currency>,
    /// KPI and value; no value where it was undefined.
    pub figures: Vec<(String, Option<String>)>,
}

/// What was read from one file. Kept beside the log, since it never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRecord {
    pub id: String,
    pub file: String,
    pub size_bytes: u64,
    pub modified_millis: i64,
    pub imported_millis: i64,
    /// Hash of the file's bytes.
    pub content_hash: u64,
    pub report: String,
    pub channel: String,
    pub shops: Vec<String>,
    pub zone: String,
    pub period: Option<Period>,
    pub currencies: Vec<Currency>,
    pub rows: u64,
    pub n_problems: u64,
    /// Rows with a problem; `None` in what was kept before they were counted.
    #[serde(default)]
    pub n_problem_rows: Option<u64>,
    /// A copy of the report that lacks columns which figures need.
    #[serde(default)]
    pub is_cut_down: bool,
    pub tables: Vec<ImportedTable>,
    pub sums: BTreeMap<String, Fixed>,
}

/// The facts of an import in one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedTable {
    /// Key of the stored segment.
    pub segment: String,
    pub table: String,
    pub n_facts: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: EventKind, text: &str) {
        assert_eq!(
            serde_json::to_value(&kind).unwrap(),
            serde_json::from_str::<serde_json::Value>(text).unwrap()
        );
        assert_eq!(serde_json::from_str::<EventKind>(text).unwrap(), kind);
    }

    #[test]
    fn an_entry_is_one_object() {
        let name = "Ours".to_owned();
        let renamed = EventKind::Changed(Change::RenameWorkbook { name });
        check(renamed, r#"{"event":"changed","change":"rename_workbook","name":"Ours"}"#);
        let dropped = EventKind::Changed(Change::DropBuyers);
        check(dropped, r#"{"event":"changed","change":"drop_buyers"}"#);
        check(EventKind::Undone { number: 7 }, r#"{"event":"undone","number":7}"#);
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in ["7", "{}", r#"{"event":"changed"}"#, r#"{"event":"lost","number":1}"#] {
            assert!(serde_json::from_str::<EventKind>(text).is_err(), "{text}");
        }
        // What an earlier version did not write has its default.
        let text =
            r#"{"event":"changed","change":"choose_contract","contract":"week","choice":"sunday"}"#;
        assert!(serde_json::from_str::<EventKind>(text).is_ok());
    }
}
