//! The KPI dictionary, checked: formulas read, names known, no circles, units agree.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::LazyLock,
};

use thiserror::Error;

use crate::{
    catalog::{
        Catalog,
        kpi::{CostOrFees, Coverage, Kpi, StatedBy, Unit, Version, kpis, measure_entry},
        report::Feed,
    },
    domain::{Day, Dimension, KpiDefinition, Measure, set_of_few},
};

use super::{
    Contracts, Expression, Form, FormulaError, Name, Operator,
    formula::counted,
    quantity::{Mismatch, Quantity},
};

/// All KPIs that can be asked for, in the order in which pages show them.
#[derive(Debug)]
pub struct Dictionary {
    entries: Vec<Entry>,
    places: BTreeMap<String, usize>,
}

/// A KPI with its formulas read.
#[derive(Debug)]
pub struct Entry {
    pub kpi: Kpi,
    /// The newest formula.
    base: Expression<Operand>,
    /// Formulas of a KPI that a person defined, with the day from which each holds, oldest first; the last
    /// one is `base` again. Empty for a built-in KPI.
    versions: Vec<(Day, Expression<Operand>)>,
    variants: Vec<Expression<Operand>>,
    pub(super) coverage: Vec<CoverageRule>,
}

/// What a name in a formula stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operand {
    pub subject: Subject,
    /// Of a measure: not its sum, but how many members of this have any of it.
    pub counted: Option<Dimension>,
    /// Written with `?`: a measure that no export states counts as 0.
    pub is_optional: bool,
    /// Where it stands: the 1-based character of the formula.
    pub at: usize,
    /// Of costs in a formula that a person wrote: how much of what they are taken off must have them.
    pub(super) needs: Option<CoverageRule>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Measure(Measure),
    Kpi {
        id: String,
        place: usize,
    },
    /// What is stated of the KPI itself, in its unit.
    Stated {
        kpi: String,
        kinds: Vec<String>,
        unit: Unit,
    },
}

/// `catalog::Coverage` with its names looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CoverageRule {
    pub(super) kind: CostOrFees,
    pub(super) covered: Measure,
    pub(super) basis: usize,
}

/// Why KPIs make no dictionary.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DictionaryError {
    #[error("two KPIs are called {id:?}")]
    DuplicateId { id: String },
    #[error("KPI {kpi:?}: {source}")]
    Formula { kpi: String, source: FormulaError },
    #[error("KPI {kpi:?}: at {at}: no measure or KPI {name:?}")]
    UnknownName { kpi: String, name: String, at: usize },
    /// Only a measure can be missing and count as 0; a KPI says itself what it does without.
    #[error("KPI {kpi:?}: at {at}: {name:?} is a KPI and cannot be optional")]
    OptionalKpi { kpi: String, name: String, at: usize },
    /// `asked` is nothing that can be told; `possible` are those of its kind that can.
    #[error("KPI {kpi:?}: at {at}: nothing tells {asked}")]
    NoForm { kpi: String, asked: String, possible: Vec<String>, at: usize },
    #[error("KPI {kpi:?} hangs on itself")]
    Circle { kpi: String },
    #[error("KPI {kpi:?}: {formula:?} does not give its unit")]
    Unit { kpi: String, formula: String },
    /// What is of two kinds does not add up; `money`, `count`, `number`, `money_per_count`, …
    #[error("KPI {kpi:?}: at {at}: {right} cannot be added to {left}")]
    Mismatch { kpi: String, at: usize, left: String, right: String },
}

static BUILT_IN: LazyLock<Dictionary> = LazyLock::new(|| {
    Dictionary::new(kpis().to_vec()).expect("the built-in KPIs are right, as a test checks")
});

impl Dictionary {
    /// The dictionary that ships with the product.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// The built-in KPIs and those that a person defined, which stand behind them.
    pub fn with_own(own: Vec<Kpi>) -> Result<Self, DictionaryError> {
        Self::new(kpis().iter().cloned().chain(own).collect())
    }

    /// Units in which a formula over these KPIs can be shown; empty when there is none. `of` is the KPI
    /// whose formula it would be.
    pub fn units(&self, of: &str, text: &str) -> Result<Vec<Unit>, DictionaryError> {
        let formula = formula((of, None), text, &self.places)?;
        let quantity = self.quantity(of, &formula)?;
        Ok(Unit::ALL.iter().copied().filter(|unit| quantity.fits(*unit)).collect())
    }

    /// Reads and checks every formula.
    pub fn new(kpis: Vec<Kpi>) -> Result<Self, DictionaryError> {
        let mut places = BTreeMap::new();
        for (place, kpi) in kpis.iter().enumerate() {
            if places.insert(kpi.id.clone(), place).is_some() {
                return Err(DictionaryError::DuplicateId { id: kpi.id.clone() });
            }
        }
        let entry = |kpi: Kpi| Entry::new(kpi, &places);
        let entries = kpis.into_iter().map(entry).collect::<Result<Vec<_>, _>>()?;
        let dictionary = Self { entries, places };
        dictionary.check_circles()?;
        dictionary.check_units()?;
        Ok(dictionary)
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The KPI of that id.
    pub fn get(&self, id: &str) -> Option<&Entry> {
        self.at(*self.places.get(id)?)
    }

    pub(super) fn at(&self, place: usize) -> Option<&Entry> {
        self.entries.get(place)
    }

    /// The KPI and all that it hangs on under `contracts`, itself first.
    fn closure(&self, entry: &Entry, contracts: &Contracts) -> Vec<&Entry> {
        let mut places: Vec<usize> = self.places.get(&entry.kpi.id).copied().into_iter().collect();
        let mut next = 0;
        while let Some(entry) = places.get(next).and_then(|place| self.at(*place)) {
            for place in entry.kpis_of(entry.formula(contracts)) {
                if !places.contains(&place) {
                    places.push(place);
                }
            }
            next += 1;
        }
        places.into_iter().filter_map(|place| self.at(place)).collect()
    }

    /// How often money and counts are factors of what a formula names: (1, −1) is money for a piece. Rates and
    /// what is unknown have neither.
    pub fn powers(&self, name: &str) -> (i8, i8) {
        let of_measure = measure(name).map(|it| Quantity::of_unit(measure_entry(it).unit));
        let of_kpi = || self.quantity(name, &self.get(name)?.base).ok();
        of_measure.or_else(of_kpi).map_or((0, 0), Quantity::powers)
    }

    /// Every measure that the KPI hangs on, with whether it may be missing.
    pub fn measures(&self, entry: &Entry, contracts: &Contracts) -> BTreeMap<Measure, bool> {
        let mut measures = BTreeMap::new();
        for entry in self.closure(entry, contracts) {
            for (operand, _) in entry.formula(contracts).names() {
                if let Subject::Measure(measure) = operand.subject {
                    *measures.entry(measure).or_insert(true) &= operand.is_optional;
                }
            }
            for rule in &entry.coverage {
                measures.insert(rule.covered, false);
            }
        }
        measures
    }

    /// The report kinds that state any measure of the KPI, each once.
    pub fn fed_by<'a>(&'a self, entry: &'a Entry, contracts: &Contracts) -> Vec<&'a str> {
        let stated = entry.kpi.stated.iter().flat_map(|stated| &stated.reports);
        let mut reports: Vec<&str> = stated.map(String::as_str).collect();
        for measure in self.measures(entry, contracts).into_keys() {
            for report in &measure_entry(measure).fed_by {
                if !reports.contains(&report.as_str()) {
                    reports.push(report);
                }
            }
        }
        reports
    }

    /// What a report must be able to tell to feed the KPI: of each measure what all reports that state it have
    /// in common.
    pub fn feeds(&self, entry: &Entry, contracts: &Contracts) -> BTreeSet<Feed> {
        let common = |measure: Measure| {
            let reports = measure_entry(measure).fed_by.iter();
            let told = reports.filter_map(|report| Catalog::built_in().recipe(report));
            let told = told.map(|recipe| set_of_few(recipe.feeds.iter().copied()));
            told.reduce(|one, other| &one & &other).unwrap_or_default()
        };
        set_of_few(self.measures(entry, contracts).into_keys().flat_map(common))
    }

    /// Ids of the contracts that the KPI hangs on.
    pub fn contracts(&self, entry: &Entry, contracts: &Contracts) -> BTreeSet<&str> {
        let closure = self.closure(entry, contracts);
        set_of_few(closure.into_iter().flat_map(|entry| &entry.kpi.contracts).map(String::as_str))
    }

    /// Takes KPIs away as long as all that they hang on is gone; what stays runs in circles.
    fn check_circles(&self) -> Result<(), DictionaryError> {
        let mut open: BTreeSet<usize> = set_of_few(0..self.entries.len());
        loop {
            let hangs_on_open = |place: &usize| {
                let entry = self.at(*place);
                entry.is_some_and(|entry| {
                    let mut formulas = entry.formulas();
                    formulas.any(|formula| !entry.kpis_of(formula).is_disjoint(&open))
                })
            };
            let left: BTreeSet<usize> = set_of_few(open.iter().copied().filter(hangs_on_open));
            if left.len() == open.len() {
                break;
            }
            open = left;
        }
        match open.first().and_then(|place| self.at(*place)) {
            Some(entry) => Err(DictionaryError::Circle { kpi: entry.kpi.id.clone() }),
            None => Ok(()),
        }
    }

    /// Whether a KPI is a part of counted cases: two counts divided, or a rate that is stated with its cases.
    pub(super) fn is_of_cases(&self, entry: &Entry, contracts: &Contracts, day: Day) -> bool {
        let counts = Quantity::of_unit(Unit::Count);
        let is_count = |side| self.quantity(&entry.kpi.id, side) == Ok(counts);
        entry.kpi.unit == Unit::Share
            && match entry.formula_on(contracts, day) {
                Expression::Binary { operator: Operator::DividedBy, left, right } => {
                    is_count(left) && is_count(right)
                }
                Expression::Name(operand) => matches!(operand.subject, Subject::Stated { .. }),
                _ => false,
            }
    }

    fn check_units(&self) -> Result<(), DictionaryError> {
        for entry in &self.entries {
            for formula in entry.formulas() {
                if !self.quantity(&entry.kpi.id, formula)?.fits(entry.kpi.unit) {
                    let (kpi, formula) = (entry.kpi.id.clone(), formula.to_string());
                    return Err(DictionaryError::Unit { kpi, formula });
                }
            }
        }
        Ok(())
    }

    fn quantity(
        &self,
        kpi: &str,
        formula: &Expression<Operand>,
    ) -> Result<Quantity, DictionaryError> {
        let quantity = Quantity::of(formula, &|operand: &Operand| {
            let quantity = match &operand.subject {
                _ if operand.counted.is_some() => Quantity::of_unit(Unit::Count),
                Subject::Measure(measure) => Quantity::of_unit(measure_entry(*measure).unit),
                // Its own formula was checked by itself.
                Subject::Kpi { place, .. } => {
                    let formula = self.at(*place).map(|entry| &entry.base);
                    let quantity = formula.and_then(|formula| self.quantity(kpi, formula).ok());
                    quantity.unwrap_or(Quantity::of_unit(Unit::Ratio))
                }
                Subject::Stated { unit, .. } => Quantity::of_unit(*unit),
            };
            Ok((quantity, operand.at))
        });
        quantity.map_err(|Mismatch { at, left, right }| DictionaryError::Mismatch {
            kpi: kpi.to_owned(),
            at,
            left: left.id().to_owned(),
            right: right.id().to_owned(),
        })
    }
}

impl Entry {
    fn new(kpi: Kpi, places: &BTreeMap<String, usize>) -> Result<Self, DictionaryError> {
        let of = (kpi.id.as_str(), kpi.stated.as_ref().map(|stated| (stated, kpi.unit)));
        let base = formula(of, &kpi.formula, places)?;
        let variants = kpi.variants.iter().map(|variant| formula(of, &variant.formula, places));
        let variants = variants.collect::<Result<Vec<_>, _>>()?;
        let unknown = |name: &str| DictionaryError::UnknownName {
            kpi: kpi.id.clone(),
            name: name.to_owned(),
            at: 1,
        };
        let rule = |rule: &Coverage| {
            Ok(CoverageRule {
                kind: rule.kind,
                covered: measure(&rule.covered).ok_or_else(|| unknown(&rule.covered))?,
                basis: *places.get(&rule.basis).ok_or_else(|| unknown(&rule.basis))?,
            })
        };
        let coverage = kpi.coverage.iter().map(rule).collect::<Result<Vec<_>, _>>()?;
        let version =
            |version: &Version| Ok((version.from, formula(of, &version.formula, places)?));
        let versions = kpi.versions.iter().map(version).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { kpi, base, versions, variants, coverage })
    }

    /// The formula in force under `contracts` on a day. Before its first version a KPI has that one.
    pub fn formula_on(&self, contracts: &Contracts, day: Day) -> &Expression<Operand> {
        let mut begun = self.versions.iter().rev().filter(|(from, _)| *from <= day);
        let version = begun.next().or(self.versions.first());
        version.map_or_else(|| self.formula(contracts), |(_, formula)| formula)
    }

    /// The newest formula in force under `contracts`.
    pub fn formula(&self, contracts: &Contracts) -> &Expression<Operand> {
        let mut variants = self.kpi.variants.iter().zip(&self.variants);
        variants
            .find(|(variant, _)| contracts.choice(&variant.contract) == variant.choice)
            .map_or(&self.base, |(_, formula)| formula)
    }

    fn formulas(&self) -> impl Iterator<Item = &Expression<Operand>> {
        let versions = self.versions.iter().map(|(_, formula)| formula);
        std::iter::once(&self.base).chain(&self.variants).chain(versions)
    }

    /// The places of the KPIs that `formula` and the coverage rules name.
    fn kpis_of(&self, formula: &Expression<Operand>) -> BTreeSet<usize> {
        let named = formula.names().into_iter().filter_map(|(operand, _)| match operand.subject {
            Subject::Kpi { place, .. } => Some(place),
            Subject::Measure(_) | Subject::Stated { .. } => None,
        });
        set_of_few(named.chain(self.coverage.iter().map(|rule| rule.basis)))
    }
}

/// The text of the operand in a formula.
impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.is_optional { "?" } else { "" };
        let name = format_args!("{}{mark}", self.subject.id());
        match self.counted {
            Some(dimension) => f.write_str(&counted(dimension, name)),
            None => write!(f, "{name}"),
        }
    }
}

impl Subject {
    /// The measure id or KPI id.
    pub fn id(&self) -> &str {
        match self {
            Self::Measure(measure) => measure.id(),
            Self::Kpi { id, .. } => id,
            Self::Stated { .. } => STATED,
        }
    }
}

pub(super) fn measure(id: &str) -> Option<Measure> {
    Measure::ALL.iter().copied().find(|measure| measure.id() == id)
}

/// What must be known where costs are taken off: else sales without a cost would look like profit. `None` for
/// other measures, and where the formula names sales that have these costs.
fn needed_coverage(measure: Measure, named: &[Measure]) -> Option<(CostOrFees, Measure)> {
    let (kind, covered, matching): (_, _, &[Measure]) = match measure {
        Measure::Cogs | Measure::FeeCogs => (
            CostOrFees::Cost,
            Measure::CostedNetSales,
            &[Measure::CostedNetSales, Measure::CostedUnits, Measure::FeeNetSales],
        ),
        Measure::PlatformFees => (
            CostOrFees::Fees,
            Measure::FeeShopNetSales,
            &[Measure::FeeShopNetSales, Measure::FeeNetSales],
        ),
        Measure::FulfilmentCosts | Measure::StorageCosts => {
            (CostOrFees::Fees, Measure::FulfilmentShopNetSales, &[Measure::FulfilmentShopNetSales])
        }
        _ => return None,
    };
    let is_matched = named.iter().any(|it| matching.contains(it));
    (!is_matched).then_some((kind, covered))
}

/// In a formula: what is stated of the KPI itself.
const STATED: &str = "stated";

/// The formula of a KPI with its names looked up. What is stated of it is in its unit.
fn formula(
    (kpi, stated): (&str, Option<(&StatedBy, Unit)>),
    text: &str,
    places: &BTreeMap<String, usize>,
) -> Result<Expression<Operand>, DictionaryError> {
    let parsed = Expression::parse(text)
        .map_err(|source| DictionaryError::Formula { kpi: kpi.to_owned(), source })?;
    let named: Vec<Measure> =
        parsed.names().into_iter().filter_map(|(name, _)| name.measure()).collect();
    parsed.try_map(&mut |name: &Name| {
        let (id, at) = (name.id.clone(), name.at);
        let plain =
            |subject| Operand { subject, counted: None, is_optional: false, at, needs: None };
        if let Some((stated, unit)) = stated.filter(|_| id == STATED) {
            let (kpi, kinds) = (kpi.to_owned(), stated.kinds.clone());
            return Ok(plain(Subject::Stated { kpi, kinds, unit }));
        }
        let counted = if let Form::CountDistinct(by) = name.form { Some(by) } else { None };
        let needs = |measure| {
            let is_own = kpi.starts_with(KpiDefinition::PREFIX) && counted.is_none();
            let rule = needed_coverage(measure, &named).filter(|_| is_own)?;
            let basis = *places.get("sales.net")?;
            Some(CoverageRule { kind: rule.0, covered: rule.1, basis })
        };
        let is_known = measure(&id).is_some() || places.contains_key(&id);
        if is_known && !name.can_be_told() {
            let (kpi, possible) = (kpi.to_owned(), name.possible());
            let asked = Name { is_optional: false, ..name.clone() }.to_string();
            return Err(DictionaryError::NoForm { kpi, asked, possible, at });
        }
        if let Some(measure) = name.measure() {
            let (subject, needs) = (Subject::Measure(measure), needs(measure));
            return Ok(Operand { counted, is_optional: name.is_optional, needs, ..plain(subject) });
        }
        let kpi = kpi.to_owned();
        match places.get(&id) {
            Some(_) if name.is_optional => Err(DictionaryError::OptionalKpi { kpi, name: id, at }),
            Some(place) => Ok(plain(Subject::Kpi { id, place: *place })),
            None => Err(DictionaryError::UnknownName { kpi, name: id, at }),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::kpi::RollUp;

    /// `sales.gmv` and `sales.asp`, the latter with another formula.
    fn with_formula(formula: &str) -> Result<Dictionary, DictionaryError> {
        let keep = ["sales.gmv", "sales.asp"];
        let mut some: Vec<Kpi> =
            kpis().iter().filter(|kpi| keep.contains(&kpi.id.as_str())).cloned().collect();
        some[1].formula = formula.to_owned();
        Dictionary::new(some)
    }

    #[track_caller]
    fn check_error(formula: &str, expected: &str) {
        assert_eq!(with_formula(formula).unwrap_err().to_string(), expected);
    }

    #[test]
    fn the_built_in_kpis_are_right() {
        let dictionary = Dictionary::new(kpis().to_vec()).unwrap();
        let n_kpis = dictionary.entries().len();
        assert_eq!(n_kpis, 148);
    }

    #[test]
    fn mistakes_in_formulas_are_named() {
        check_error(
            "gmv /",
            "KPI \"sales.asp\": at 6: expected a number, a name or '(', found \"\"",
        );
        check_error("gmv / unit", "KPI \"sales.asp\": at 7: no measure or KPI \"unit\"");
        check_error("sales.asp / units", "KPI \"sales.asp\" hangs on itself");
        check_error("1 + gmv", "KPI \"sales.asp\": at 5: money cannot be added to number");
        check_error("gmv + 1", "KPI \"sales.asp\": at 1: number cannot be added to money");
        check_error(
            "gmv - units / orders",
            "KPI \"sales.asp\": at 7: number cannot be added to money",
        );
        check_error("units", "KPI \"sales.asp\": \"units\" does not give its unit");
        check_error(
            "gmv / count_distinct(sku, clicks)",
            "KPI \"sales.asp\": at 27: nothing tells count_distinct(sku, clicks)",
        );
        check_error(
            "gmv / count_distinct(shop, sales.gmv)",
            "KPI \"sales.asp\": at 28: nothing tells count_distinct(shop, sales.gmv)",
        );
        check_error(
            "gmv / cohort(units?)",
            "KPI \"sales.asp\": at 14: nothing tells cohort(units)",
        );
        check_error("gmv / cohort(unit)", "KPI \"sales.asp\": at 14: no measure or KPI \"unit\"");
        check_error(
            "gmv - count_distinct(shop, gmv)",
            "KPI \"sales.asp\": at 28: count cannot be added to money",
        );
        check_error(
            "sales.gmv? / units",
            "KPI \"sales.asp\": at 1: \"sales.gmv\" is a KPI and cannot be optional",
        );
    }

    #[test]
    fn a_duplicate_is_refused() {
        let twice = [kpis()[0].clone(), kpis()[0].clone()];
        let problem = Dictionary::new(twice.to_vec()).unwrap_err();
        assert_eq!(problem, DictionaryError::DuplicateId { id: "sales.gmv".to_owned() });
    }

    #[test]
    fn a_variant_is_in_force_under_its_choice_only() {
        let dictionary = Dictionary::built_in();
        let net = dictionary.get("sales.net").unwrap();
        let out = Contracts::new([("platform_discounts", "out")]).unwrap();
        assert_eq!(
            net.formula(&Contracts::default()).to_string(),
            "gross_sales - seller_discounts - refunds?"
        );
        assert_eq!(
            net.formula(&out).to_string(),
            "gross_sales - seller_discounts - platform_discounts? - refunds?"
        );
    }

    #[test]
    fn costs_in_an_own_formula_must_be_known() {
        let needs = |formula: &str| {
            let kpi = own(&[("2026-01-01", formula)]);
            let dictionary = Dictionary::with_own(vec![Kpi { unit: Unit::Money, ..kpi }]).unwrap();
            let entry = dictionary.get("own.price").unwrap();
            let operands = entry.base.names().into_iter();
            let needs =
                operands.filter_map(|(operand, _)| Some(operand.needs.as_ref()?.covered.id()));
            needs.collect::<Vec<_>>()
        };
        assert_eq!(needs("gross_sales - cogs"), ["costed_net_sales"]);
        assert_eq!(needs("cogs / costed_units"), [""; 0]);
        let both = needs("gross_sales - platform_fees - storage_costs");
        assert_eq!(both, ["fee_shop_net_sales", "fulfilment_shop_net_sales"]);
    }

    /// A KPI of one's own over an old and a new formula.
    fn own(versions: &[(&str, &str)]) -> Kpi {
        let version = |(from, formula): &(&str, &str)| Version {
            from: Day::parse(from).unwrap(),
            formula: (*formula).to_owned(),
        };
        let versions: Vec<Version> = versions.iter().map(version).collect();
        let formula = versions.last().unwrap().formula.clone();
        let asp = kpis().iter().find(|kpi| kpi.id == "sales.asp").unwrap().clone();
        Kpi { id: "own.price".to_owned(), formula, versions, ..asp }
    }

    #[test]
    fn a_version_holds_from_its_day_and_the_first_one_before() {
        let versions = [("2026-01-01", "gmv / units"), ("2026-03-01", "sales.net / units")];
        let dictionary = Dictionary::with_own(vec![own(&versions)]).unwrap();
        let entry = dictionary.get("own.price").unwrap();
        let on =
            |day| entry.formula_on(&Contracts::default(), Day::parse(day).unwrap()).to_string();
        assert_eq!(["2025-06-01", "2026-02-28"].map(on), ["gmv / units"; 2]);
        assert_eq!(on("2026-03-01"), "sales.net / units");
        let circle = Dictionary::with_own(vec![own(&[("2026-01-01", "own.price / units")])]);
        assert_eq!(circle.unwrap_err(), DictionaryError::Circle { kpi: "own.price".to_owned() });
    }

    #[test]
    fn a_formula_tells_in_which_units_it_can_be_shown() {
        let units = |formula| Dictionary::built_in().units("own.x", formula);
        assert_eq!(units("gmv / units").unwrap(), [Unit::Money]);
        assert_eq!(units("orders").unwrap(), [Unit::Count]);
        assert!(units("refunds / gmv").unwrap().contains(&Unit::Share));
        assert!(units("gmv * units").unwrap().is_empty());
        let mismatch = units("gmv + orders").unwrap_err().to_string();
        assert_eq!(mismatch, "KPI \"own.x\": at 7: count cannot be added to money");
        assert!(matches!(units("own.x"), Err(DictionaryError::UnknownName { .. })));
    }

    #[test]
    fn what_feeds_a_kpi_follows_from_its_measures() {
        let dictionary = Dictionary::built_in();
        let fed_by = |id| dictionary.fed_by(dictionary.get(id).unwrap(), &Contracts::default());
        assert_eq!(
            fed_by("svc.return_rate"),
            ["amazon.fba_returns", "tiktok.orders", "amazon.mfn_returns", "amazon.all_orders"]
        );
        let gross_profit = fed_by("pl.gross_profit");
        assert!(gross_profit.contains(&"user.costs") && gross_profit.contains(&"walmart.orders"));
        assert_eq!(fed_by("svc.lsr"), ["amazon.account_health"]);
        // What no report holds is typed.
        for entry in dictionary.entries().iter().filter(|entry| entry.kpi.stated.is_none()) {
            assert!(!fed_by(&entry.kpi.id).is_empty(), "{}", entry.kpi.id);
        }
    }

    #[test]
    fn contracts_come_from_the_parts_too() {
        let dictionary = Dictionary::built_in();
        let tacos = dictionary.get("ads.tacos").unwrap();
        let contracts = dictionary.contracts(tacos, &Contracts::default());
        assert!(contracts.contains("refund_timing"));
        for entry in dictionary.entries() {
            let n_own = entry.kpi.contracts.len();
            let n_all = dictionary.contracts(entry, &Contracts::default()).len();
            assert!(n_all >= n_own, "{}", entry.kpi.id);
        }
    }

    #[test]
    fn a_kpi_settles_no_sooner_than_its_parts() {
        let dictionary = Dictionary::built_in();
        for entry in dictionary.entries() {
            for part in dictionary.closure(entry, &Contracts::default()) {
                let (whole, part) = (&entry.kpi, &part.kpi);
                assert!(whole.settling_days >= part.settling_days, "{}: {}", whole.id, part.id);
            }
        }
    }

    #[test]
    fn only_plain_sums_of_sums_roll_up_by_sum() {
        let dictionary = Dictionary::built_in();
        for entry in dictionary.entries().iter().filter(|entry| entry.kpi.roll_up == RollUp::Sum) {
            let formula = entry.base.to_string();
            assert!(!formula.contains(['*', '/']), "{}: {formula}", entry.kpi.id);
        }
    }
}
