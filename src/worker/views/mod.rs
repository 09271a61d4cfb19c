//! View models: what the page shows, as plain values made from KPIs.
//!
//! Pure functions of a request, the dictionary, the contracts and slices of the business. Knows
//! no fact, no file and no sentence.

mod against;
mod annotations;
mod contracts;
mod explore;
mod feasibility;
mod home;
mod kpi;
mod likely_final;
mod plan;
mod reconciliation;
mod references;
mod table;
mod tiles;
mod trend;
mod values;
mod warnings;

/// A made-up business for tests.
#[cfg(test)]
mod mock;

use std::{cell::RefCell, collections::BTreeMap, rc::Rc, sync::Arc};

use crate::{
    domain::{
        Annotation, CampaignAds, Day, Development, Dimension, Filters, Limit, Measures, Names,
        Period, SkuReturns, SkuWeeks,
    },
    kpis::{Contracts, Dictionary, Undefined},
    worker::protocol::{Members, UndefinedView},
};

pub use contracts::contract_views;
pub use explore::{Explored, kpi_choices};
pub use home::HomeFigures;
pub use plan::{PartOf, PastOf, Reached, counterparts};
pub use reconciliation::{StatedTotal, TOTAL_KPIS, total_kpis};
pub use references::KnownPeers;
pub use table::{TableBy, TableRequest, TableRow};

/// Cuts slices out of the business. A view asks once for each slice and then for many periods.
pub trait Slices {
    type Slice: Measures + 'static;

    /// The facts that pass `filters`, in the workbook's currency and under its contracts.
    fn slice(&self, filters: &Filters) -> Rc<Self::Slice>;

    /// The same, not kept for further questions: of one of many SKUs.
    fn slice_once(&self, filters: &Filters) -> Rc<Self::Slice> {
        self.slice(filters)
    }

    /// The members of a dimension that `filters` let pass, by the other dimensions too: shops of chosen
    /// channels, SKUs of chosen brands. SKUs by their sales in the period, largest first.
    fn members_in(
        &self,
        dimension: Dimension,
        filters: &Filters,
        period: Option<Period>,
    ) -> Vec<String>;

    /// What came back of the orders of a period, SKU by SKU.
    fn returns_by_sku(&self, filters: &Filters, period: Period) -> Vec<SkuReturns>;

    /// The SKUs that are on their way in, with what they left in the twelve weeks up to a day.
    fn sku_weeks(&self, filters: &Filters, to: Day) -> Vec<SkuWeeks>;

    /// What all campaigns cost and brought in periods that follow each other.
    fn campaigns(&self, periods: &[Period]) -> Vec<CampaignAds>;
}

/// Everything that view models are made from.
pub struct Views<'a, S: Slices> {
    pub dictionary: &'a Dictionary,
    pub contracts: &'a Contracts,
    pub slices: &'a S,
    /// Members of the whole business.
    pub members: &'a Members,
    /// KPIs that a person put on home or took off it.
    pub on_home: &'a BTreeMap<String, bool>,
    /// Lines that people drew for KPIs, by their ids.
    pub limits: &'a BTreeMap<String, Limit>,
    pub peers: &'a [KnownPeers],
    /// What people said of days, by the numbers that it is changed by.
    pub annotations: &'a BTreeMap<u64, Annotation>,
    /// How days of ads grew until they had settled.
    pub developments: &'a [Development],
    /// First and last day with a fact; `None` while there is none.
    pub covered: Option<Period>,
    /// The names of a report kind; `None` when it is not known.
    pub report_names: &'a dyn Fn(&str) -> Option<Names>,
    /// Whether files of a report kind are loaded.
    pub is_loaded: &'a dyn Fn(&str) -> bool,
    /// Why values are undefined, each reason once.
    pub reasons: &'a Reasons,
}

/// The reasons met so far, as they are told.
pub type Reasons = RefCell<Vec<(Undefined, Arc<UndefinedView>)>>;
