//! The form of a recipe: how an export of one report kind is recognised, read and posted.
//!
//! Built-in recipes are the TOML files in `reports/`; what a user makes has the same form.
//! `ingest` compiles a recipe against the header of a file once, so that nothing of this is
//! looked up per row.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    header::{HeaderName, normalised},
    source::{self, SourceError},
};
use crate::domain::{Currency, Names};

/// A report kind.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// `<platform>.<report>`: stored in workbooks, never reused.
    pub id: String,
    pub platform: String,
    /// Where the figures belong: a sales channel or an ad platform of `channels.toml`.
    pub channel: String,
    pub names: Names,
    /// Of a recipe that a person made, when they said; of the built-in ones `guide` tells.
    #[serde(default)]
    pub how_to_get: Names,
    /// What the report can tell, so that a KPI can say what it lacks.
    pub feeds: Vec<Feed>,
    /// Whether cells may be quoted.
    #[serde(default)]
    pub quoting: Quoting,
    /// The store's zone: it gives the days, and the meaning of times without a zone.
    pub zone: String,
    /// How `03/04/2026` is meant where no cell proves it; asked when absent.
    #[serde(default)]
    pub date_order: Option<DateOrderName>,
    /// Currency of a file that names none and shows no symbol; asked when absent.
    #[serde(default)]
    pub currency: Option<Currency>,
    /// Name of the shop where the file says none.
    pub shop: String,
    /// How well its form is known.
    #[serde(default)]
    pub evidence: Evidence,
    pub columns: BTreeMap<String, Column>,
    /// Required columns that a copy of the report which somebody cut down may lack.
    #[serde(default)]
    pub may_lack: Vec<String>,
    /// Headers that hold personal data and are never kept; `*` at an end stands for any text.
    #[serde(default)]
    pub personal: Vec<String>,
    /// Headers that are known and not used; `*` at an end stands for any text.
    #[serde(default)]
    pub ignored: Vec<String>,
    /// Headers that must not be there: they make it another report kind.
    #[serde(default)]
    pub never: Vec<String>,
    /// What it books as transferred are the payouts of the shop, all of them.
    #[serde(default)]
    pub lists_payouts: bool,
    /// The platform books an order's money when it is shipped, so that the booking dates the shipment.
    #[serde(default)]
    pub books_when_shipped: bool,
    /// Of ads: days after a click within which the platform claims a sale in this report.
    #[serde(default)]
    pub ad_window_days: Option<u32>,
    /// Rows that are no data.
    #[serde(default)]
    pub skip: Vec<Skip>,
    /// Rows that belong together, one after the other.
    #[serde(default)]
    pub group: Option<Group>,
    /// What has to be so in every row.
    #[serde(default)]
    pub invariants: Vec<Invariant>,
    pub facts: Vec<Facts>,
}

impl Recipe {
    /// Reads a recipe that a person has written.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        Ok(source::read_toml::<Self>(text)?.prepared())
    }

    /// With its spellings made ready for comparison.
    pub(super) fn prepared(mut self) -> Self {
        for column in self.columns.values_mut() {
            column.spellings = column.headers.iter().map(|it| HeaderName::new(it).text).collect();
        }
        for patterns in [&mut self.personal, &mut self.ignored, &mut self.never] {
            for pattern in patterns.iter_mut() {
                *pattern = normalised(pattern);
            }
        }
        self
    }

    /// How what it says in a fact table ranks among what others of `group` say. An empty group is that
    /// of the first facts of the table.
    pub fn statement(&self, table: &str, group: &str) -> Option<&Statement> {
        let facts = self.facts.iter().filter(|facts| facts.table == table);
        let mut statements = facts.filter_map(|facts| facts.statement.as_ref());
        statements.find(|it| group.is_empty() || it.group == group)
    }
}

/// What a report can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feed {
    Sales,
    Refunds,
    PlatformFees,
    Fulfilment,
    Returns,
    Ads,
    Traffic,
    Stock,
    Costs,
}

impl Feed {
    /// As recipes and formulas write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sales => "sales",
            Self::Refunds => "refunds",
            Self::PlatformFees => "platform_fees",
            Self::Fulfilment => "fulfilment",
            Self::Returns => "returns",
            Self::Ads => "ads",
            Self::Traffic => "traffic",
            Self::Stock => "stock",
            Self::Costs => "costs",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quoting {
    /// A cell that begins with `"` ends with `"`; `""` is one `"`.
    #[default]
    Standard,
    /// `"` is an ordinary letter (Amazon's tab-separated files).
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrderName {
    MonthFirst,
    DayFirst,
}

/// How the form of a report is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// From real files, or from the tests of programs that read them.
    #[default]
    Seen,
    /// From descriptions only: a person is asked to look before the figures count.
    Described,
}

/// What a report states, when others state the same.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    pub group: String,
    /// 1 is believed first.
    pub rank: u32,
    pub level: Level,
    /// Whether the choice is made for each day, or once for all of a shop's data.
    pub choice: StatementChoice,
}

/// The finest thing a report tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Shop,
    Campaign,
    Sku,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementChoice {
    PerDay,
    PerShop,
}

/// A column of the file under the name that the rest of the recipe uses.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of a recipe")]
pub struct Column {
    /// Every known spelling. Compared after NFKC, lower case, one kind of dash, single spaces,
    /// and without a currency in brackets at the end. The first one is shown.
    pub headers: Vec<String>,
    /// `headers` as they are compared; filled when the recipe is made ready.
    #[serde(skip)]
    pub(crate) spellings: Vec<String>,
    pub kind: ColumnKind,
    /// The report cannot be read without it; required columns are the recipe's signature.
    #[serde(default)]
    pub required: bool,
    /// An empty cell makes the row a problem.
    #[serde(default)]
    pub filled: bool,
    /// A cell that is no date says nothing, instead of making the row a problem.
    #[serde(default)]
    pub lenient: bool,
    /// Text cells are replaced by the key whose list holds them (any case); others by `otherwise`,
    /// or kept when there is none.
    #[serde(default)]
    pub values: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub otherwise: Option<String>,
    /// A text that no list of `values` holds makes the row a problem.
    #[serde(default)]
    pub closed: bool,
    /// The first one that holds replaces the cell.
    #[serde(default)]
    pub overrides: Vec<Override>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnKind {
    Text,
    /// Text whose guards (`="…"`, a leading `'`, a trailing tab) are taken off and that is
    /// checked for digits lost in a spreadsheet.
    Id,
    Number,
    /// A rate, kept in percent: `0.35%`, or the fraction 0.0035 that spreadsheets make of it.
    Percent,
    /// A day or a moment.
    Moment,
    /// `Jul 06, 2026 - Jul 29, 2026`, a month such as `2026-09`, or one day: usable as `at` and as `until`.
    Span,
    Currency,
    /// What the report calls a buyer: personal, and dropped. Where a workbook keeps buyers, a salted
    /// hash of it takes its place.
    Buyer,
}

/// Replaces a text cell where another cell says so.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    #[serde(flatten)]
    pub when: Condition,
    pub value: String,
}

/// A test of one cell; texts are compared without case. All that is given must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of a recipe")]
pub struct Condition {
    /// A column of the recipe; `*` in `skip` means any cell of the row.
    pub column: String,
    #[serde(default)]
    pub is: Vec<String>,
    #[serde(default)]
    pub is_not: Vec<String>,
    #[serde(default)]
    pub starts_with: Vec<String>,
    #[serde(default)]
    pub contains: Vec<String>,
    /// `true`: the cell holds no digit (or nothing at all).
    #[serde(default)]
    pub no_digit: bool,
    /// `true`: the cell is empty.
    #[serde(default)]
    pub empty: bool,
    /// `true`: the cell holds a number, be it zero.
    #[serde(default)]
    pub is_number: bool,
    /// `true`: the number in the cell is not zero.
    #[serde(default)]
    pub nonzero: bool,
    /// `true`: the cell says something of its column's kind: a text, a number or a date.
    #[serde(default)]
    pub filled: bool,
}

/// Rows to leave out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Skip {
    #[serde(flatten)]
    pub when: Condition,
    /// The row is a total of the rows: its numbers are kept to check ours.
    #[serde(default)]
    pub is_total: bool,
    /// What the total row states, where it stands in other columns than in the rows; empty: each number
    /// of it is the sum of its own column.
    #[serde(default)]
    pub totals: Vec<Total>,
}

/// A number of a total row.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Total {
    /// The column of the total row.
    pub stated: String,
    /// What the rows add up to, such as `price + fee`: columns added and subtracted.
    pub sum: String,
}

/// Two expressions over a row's columns that are equal, such as a total and its parts. Rows in which
/// it is not so are told; they count all the same.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invariant {
    /// The column that is named. Nothing is compared where it is empty, or the file lacks it.
    pub stated: String,
    /// An expression such as `a + b - c`.
    pub parts: String,
    /// Columns without which nothing is compared: the file is cut down, or an older form.
    #[serde(default)]
    pub needs: Vec<String>,
}

/// Rows with the same value in `by`, one after the other, are one thing (an order).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub by: String,
    /// Columns filled on the first row only: empty cells take its value.
    #[serde(default)]
    pub inherit: Vec<String>,
    /// Numbers of the whole group, standing on its first row or repeated on each: they are split
    /// over the rows in proportion to `weight`, to the last ten-thousandth.
    #[serde(default)]
    pub spread: Vec<String>,
    /// An expression such as `price * quantity`.
    #[serde(default)]
    pub weight: String,
}

/// What a row becomes in one fact table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    pub table: String,
    /// Facts that state the same thing are counted once: the lowest rank in a group counts.
    #[serde(default)]
    pub statement: Option<Statement>,
    /// Only rows for which all hold.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// Columns that identify the row across files; empty: the whole row does, and equal rows of
    /// one file are several facts.
    #[serde(default)]
    pub key: Vec<String>,
    /// The column that says which of two statements about the same thing is newer.
    #[serde(default)]
    pub as_of: Option<String>,
    /// The first of these columns that the file has dates the fact.
    pub at: Vec<String>,
    /// The last day, where a row covers several; used when the file has it and `at` is not a
    /// single day.
    #[serde(default)]
    pub until: Option<String>,
    #[serde(default)]
    pub dated: Dated,
    /// Text column of the table → columns of the recipe, the first filled one counts.
    #[serde(default)]
    pub texts: BTreeMap<String, Vec<String>>,
    /// Text column of the table → fixed text.
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    /// Number column of the table → expression such as `price * quantity` or `a + b - c` over
    /// columns of the recipe. Columns that the file lacks count as empty; when it lacks all of
    /// them, the table's column is not stated by the file.
    #[serde(default)]
    pub numbers: BTreeMap<String, String>,
    /// One posting per amount column that is not zero.
    #[serde(default)]
    pub amounts: Vec<Amount>,
}

/// What dates the facts when no column does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dated {
    /// A column of `at` must be there, or the lines above the header must state a period, or the
    /// person is asked for the period.
    #[default]
    Period,
    /// A snapshot: the day in the file's name, else the day the file was saved.
    Snapshot,
    /// Valid always.
    Always,
}

/// An amount column that becomes postings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    pub column: String,
    /// The column that decides the category.
    pub by: String,
    /// Post the amount with the other sign.
    #[serde(default)]
    pub negate: bool,
    /// Its value → category of the posting; `*` for all others.
    pub category: BTreeMap<String, String>,
}
