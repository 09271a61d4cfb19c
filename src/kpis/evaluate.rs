//! A KPI's value for a slice of the business and a period.

use std::collections::BTreeSet;

use crate::{
    catalog::kpi::CostOrFees,
    domain::{Fixed, Measure, Measures, Missing, Period},
};

use super::{
    Contracts, Defined, Dictionary, Entry, Expression, KpiValue, Note, Operand, Operator, Subject,
    Undefined, dictionary::CoverageRule, fraction::Fraction,
};

/// Evaluates KPIs of one slice. Cheap to make; the sums are asked for as they are needed.
#[derive(Clone, Copy)]
pub struct Evaluator<'a> {
    pub dictionary: &'a Dictionary,
    pub contracts: &'a Contracts,
    /// The facts chosen.
    pub slice: &'a dyn Measures,
    /// The same choice without channel and shop, for shares of the whole; `slice` itself when
    /// neither is chosen.
    pub whole: &'a dyn Measures,
}

/// What stands at a place of a formula.
struct Part {
    value: Fraction,
    /// See `Defined::n`.
    n: Fraction,
    /// Whether `n` is a denominator.
    is_rate: bool,
    /// The smallest share that any part stands on; `None` when all of them are complete.
    coverage: Option<Fraction>,
    notes: BTreeSet<Note>,
}

impl Evaluator<'_> {
    /// Sums first, division last. Undefined when a measure is missing, a denominator is 0 or too
    /// little is known; never rounds before the end.
    pub fn evaluate(&self, entry: &Entry, period: Period) -> KpiValue {
        match self.defined(entry, period) {
            Ok(defined) => KpiValue::Defined(defined),
            Err(undefined) => KpiValue::Undefined(undefined),
        }
    }

    fn defined(&self, entry: &Entry, period: Period) -> Result<Defined, Undefined> {
        let decimal = |fraction: Fraction| fraction.to_decimal().ok_or(Undefined::OutOfRange);
        let part = self.entry(entry, period)?;
        let n = decimal(part.n)?;
        let mut notes = part.notes;
        let minimum = entry.kpi.min_denominator;
        if part.is_rate && n.absolute() < super::Decimal::from_whole(u64::from(minimum)) {
            notes.insert(Note::SmallDenominator { n, minimum });
        }
        let coverage = part.coverage.map(decimal).transpose()?;
        Ok(Defined { value: decimal(part.value)?, n, coverage, notes })
    }

    fn entry(&self, entry: &Entry, period: Period) -> Result<Part, Undefined> {
        let shares = entry.coverage.iter().map(|rule| self.share(rule, period));
        let shares = shares.collect::<Result<Vec<_>, _>>()?;
        let mut part = self.expression(entry.formula(self.contracts), period)?;
        for share in shares {
            part.coverage = smaller(part.coverage, share.coverage)?;
            part.notes.extend(share.notes);
        }
        Ok(part)
    }

    fn expression(
        &self,
        expression: &Expression<Operand>,
        period: Period,
    ) -> Result<Part, Undefined> {
        match expression {
            Expression::Number { units, places } => {
                let value = Fraction::from_number(*units, *places);
                Ok(Part::of(value.ok_or(Undefined::OutOfRange)?))
            }
            Expression::Name(operand) => self.operand(operand, period),
            Expression::Whole(inner) => {
                Evaluator { slice: self.whole, ..*self }.expression(inner, period)
            }
            Expression::Lag { inner, days } => {
                let days = i32::try_from(*days).unwrap_or(i32::MAX);
                let earlier = Period { from: period.from.plus(-days), to: period.to.plus(-days) };
                self.expression(inner, earlier)
            }
            Expression::Negated(inner) => {
                let part = self.expression(inner, period)?;
                let value = part.value.negated().ok_or(Undefined::OutOfRange)?;
                Ok(Part { value, ..part })
            }
            Expression::Binary { operator, left, right } => {
                let one = self.expression(left, period)?;
                let other = self.expression(right, period)?;
                if *operator == Operator::DividedBy {
                    return one.divided_by(other, right);
                }
                one.combined(*operator, other)
            }
        }
    }

    fn operand(&self, operand: &Operand, period: Period) -> Result<Part, Undefined> {
        let measure = match &operand.subject {
            Subject::Measure(measure) => *measure,
            Subject::Kpi { place, .. } => {
                let entry = self.dictionary.at(*place).ok_or(Undefined::OutOfRange)?;
                return self.entry(entry, period);
            }
            Subject::Stated { kpi, kinds, .. } => return self.stated(kpi, kinds, period),
        };
        match self.slice.sum(measure, period) {
            Ok(sum) => {
                let n = Fraction::from_count(sum.n_facts);
                Ok(Part { n, ..Part::of(sum.value.into()) })
            }
            Err(why) => missing(measure, why, operand.is_optional),
        }
    }

    /// What is stated of a KPI, with a note when it is not of the period's last day.
    fn stated(&self, kpi: &str, kinds: &[String], period: Period) -> Result<Part, Undefined> {
        let undefined = |why| Undefined::NotStated { kpi: kpi.to_owned(), why };
        let stated = self.slice.stated(kpi, kinds, period).map_err(undefined)?;
        let (count, base) = (Fraction::from(stated.count), Fraction::from(stated.base));
        let value = count.divided_by(base).ok_or(Undefined::OutOfRange)?;
        let n = if stated.is_rate { base } else { Fraction::ZERO };
        let note = (stated.day < period.to).then_some(Note::AsOf { day: stated.day });
        let notes = note.into_iter().collect();
        Ok(Part { n, is_rate: stated.is_rate, notes, ..Part::of(value) })
    }

    /// The share of the basis that is covered, with its notes; 1 − gap ÷ basis, so that a SKU
    /// with negative sales and no cost is a gap as well.
    fn share(&self, rule: &CoverageRule, period: Period) -> Result<Part, Undefined> {
        let out_of_range = Undefined::OutOfRange;
        let basis = self.dictionary.at(rule.basis).ok_or(out_of_range.clone())?;
        let basis = self.entry(basis, period)?;
        let covered = self.slice.sum(rule.covered, period);
        let covered = covered.map_err(|why| Undefined::from_missing(rule.covered, why))?;
        let share = share(covered.value.into(), basis.value).ok_or(out_of_range.clone())?;
        let is_below = |line: Fraction| share.is_less_than(line).ok_or(out_of_range.clone());
        let rounded = share.to_decimal().ok_or(out_of_range.clone())?;
        let is_partial = is_below(Fraction::ONE)?;
        let note = match rule.kind {
            CostOrFees::Cost => {
                if is_below(self.contracts.missing_cost().line().into())? {
                    return Err(Undefined::MissingCost { share: rounded });
                }
                Note::PartialCost { share: rounded }
            }
            CostOrFees::Fees => {
                // A share of 0 can also come from sales of both signs, and then there are fees.
                if share.is_zero() && covered.value == Fixed::ZERO {
                    return Err(Undefined::MissingFees { measure: Measure::PlatformFees });
                }
                Note::PartialFees { share: rounded }
            }
        };
        let mut notes = basis.notes;
        let coverage = is_partial.then_some(share);
        notes.extend(is_partial.then_some(note));
        Ok(Part { coverage: smaller(basis.coverage, coverage)?, notes, ..Part::of(share) })
    }
}

impl Part {
    fn of(value: Fraction) -> Self {
        let n = Fraction::ZERO;
        Self { value, n, is_rate: false, coverage: None, notes: BTreeSet::new() }
    }

    /// Sum, difference or product. Two sums rest on the larger number of facts, two rates on the
    /// smaller denominator.
    fn combined(self, operator: Operator, other: Self) -> Result<Self, Undefined> {
        let value = match operator {
            Operator::Plus => self.value.plus(other.value),
            Operator::Minus => self.value.minus(other.value),
            Operator::Times => self.value.times(other.value),
            Operator::DividedBy => self.value.divided_by(other.value),
        };
        let value = value.ok_or(Undefined::OutOfRange)?;
        let is_less = self.n.is_less_than(other.n).ok_or(Undefined::OutOfRange)?;
        let n = match (self.is_rate, other.is_rate) {
            (true, true) => {
                if is_less {
                    self.n
                } else {
                    other.n
                }
            }
            (false, false) => {
                if is_less {
                    other.n
                } else {
                    self.n
                }
            }
            (true, false) => self.n,
            (false, true) => other.n,
        };
        let coverage = smaller(self.coverage, other.coverage)?;
        let mut notes = self.notes;
        notes.extend(other.notes);
        Ok(Self { value, n, is_rate: self.is_rate || other.is_rate, coverage, notes })
    }

    /// The denominator becomes `n`, or gives its own `n` when it is a rate itself. Dividing by a
    /// number only scales.
    fn divided_by(self, other: Self, denominator: &Expression<Operand>) -> Result<Self, Undefined> {
        if other.value.is_zero() {
            return Err(Undefined::DivisionByZero { denominator: denominator.to_string() });
        }
        if other.value.is_less_than(Fraction::ZERO).ok_or(Undefined::OutOfRange)? {
            return Err(Undefined::NegativeDenominator { denominator: denominator.to_string() });
        }
        let n = if other.is_rate { other.n } else { other.value };
        let is_scaled = denominator.names().is_empty();
        let part = self.combined(Operator::DividedBy, other)?;
        Ok(if is_scaled { part } else { Self { n, is_rate: true, ..part } })
    }
}

/// 1 − |basis − covered| ÷ |basis|, at least 0. A basis of 0 is covered by 0 and nothing else.
fn share(covered: Fraction, basis: Fraction) -> Option<Fraction> {
    let gap = basis.minus(covered)?.absolute()?;
    if gap.is_zero() {
        return Some(Fraction::ONE);
    }
    if basis.is_zero() {
        return Some(Fraction::ZERO);
    }
    let share = Fraction::ONE.minus(gap.divided_by(basis.absolute()?)?)?;
    Some(if share.is_less_than(Fraction::ZERO)? { Fraction::ZERO } else { share })
}

fn smaller(one: Option<Fraction>, other: Option<Fraction>) -> Result<Option<Fraction>, Undefined> {
    let (Some(left), Some(right)) = (one, other) else { return Ok(one.or(other)) };
    let is_less = left.is_less_than(right).ok_or(Undefined::OutOfRange)?;
    Ok(Some(if is_less { left } else { right }))
}

/// An optional measure that no export states is 0, with a note. A sum over no SKU with a cost is
/// 0 indeed. One that exists but not in this detail stays missing: 0 would be wrong.
fn missing(measure: Measure, why: Missing, is_optional: bool) -> Result<Part, Undefined> {
    match why {
        Missing::NoData if is_optional => {
            let notes = BTreeSet::from([Note::Missing { measure }]);
            Ok(Part { notes, ..Part::of(Fraction::from(Fixed::ZERO)) })
        }
        Missing::NoCost if is_optional => Ok(Part::of(Fraction::ZERO)),
        _ => Err(Undefined::from_missing(measure, why)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalog::kpi::{RollUp, kpis},
        domain::Measure::{
            AdOrders, AdSales, AttributedClicks, AttributedSpend, AverageStockValue, BrandOrders,
            BuyersLast365Days, CartSessions, CartStepOrders, CartStepSessions, CheckoutSessions,
            CheckoutStepSessions, Clicks, Cogs, CogsLast365Days, CostedNetSales, Days, FeeCogs,
            FeeNetSales, FeeShopNetSales, FulfilmentCosts, FulfilmentShopNetSales, FunnelSessions,
            Gmv, GrossSales, HeadcountDays, Impressions, ItemSessions, NewBrandOrders, NewBuyers,
            OrderItems, OrderSessions, Orders, Overheads, PlatformDiscounts, PlatformFees, Refunds,
            RepeatBuyersLast365Days, ReturnableUnits, ReturnedUnits, SellerDiscounts, Spend,
            StockAvailable, StorageCosts, Units, UnitsLast30Days,
        },
        kpis::{
            Decimal,
            mock::{Mock, period},
        },
    };

    const DAY: &str = "2026-01-15";

    fn value_under(kpi: &str, slice: &Mock, whole: &Mock, pairs: &[(&str, &str)]) -> KpiValue {
        let contracts = Contracts::new(pairs.iter().copied()).unwrap();
        let dictionary = Dictionary::built_in();
        let evaluator = Evaluator { dictionary, contracts: &contracts, slice, whole };
        evaluator.evaluate(dictionary.get(kpi).unwrap(), period("2026-01-01", "2026-01-31"))
    }

    fn value(kpi: &str, slice: &Mock) -> KpiValue {
        value_under(kpi, slice, slice, &[])
    }

    #[track_caller]
    fn check(kpi: &str, slice: &Mock, expected: &str) {
        assert_eq!(value(kpi, slice).text().as_deref(), Some(expected), "{:?}", value(kpi, slice));
    }

    #[track_caller]
    fn check_undefined(kpi: &str, slice: &Mock, reason: &str, about: &str) {
        let value = value(kpi, slice);
        let undefined = value.undefined().unwrap();
        assert_eq!((undefined.reason(), undefined.about().as_str()), (reason, about));
    }

    fn notes(value: &KpiValue) -> Vec<String> {
        let defined = value.defined().unwrap();
        let note = |note: &Note| [vec![note.id()], note.about()].concat().join(" ");
        defined.notes.iter().map(note).collect()
    }

    /// Net sales 1000 − 50 − 30 = 920 over 40 orders.
    fn business() -> Mock {
        let amounts = [
            (Gmv, "1100"),
            (GrossSales, "1000"),
            (SellerDiscounts, "50"),
            (Refunds, "30"),
            (Orders, "40"),
            (Units, "60"),
            (Spend, "92"),
        ];
        Mock::on(DAY, &amounts)
    }

    fn with(amounts: &[(Measure, &str)]) -> Mock {
        business().and_on(DAY, amounts)
    }

    #[test]
    fn sums_come_first_and_division_last() {
        check("sales.net", &business(), "920");
        check("sales.aov", &business(), "23");
        check("sales.asp", &business(), "16.66666667");
        check("sales.discount_rate", &business(), "0.04545455");
        check("sales.refund_rate", &business(), "0.03");
        check("ads.tacos", &business(), "0.1");
        check("ads.mer", &business(), "10");
        // A mean of the days' ratios would be (10 + 100) ÷ 2.
        let days = Mock::on("2026-01-01", &[(AdSales, "100"), (AttributedSpend, "10")])
            .and_on("2026-01-02", &[(AdSales, "100"), (AttributedSpend, "1")]);
        check("ads.roas", &days, "18.18181818");
    }

    #[test]
    fn rates_of_ads_have_their_own_denominators() {
        let ads = with(&[
            (Impressions, "20000"),
            (Clicks, "400"),
            (AdSales, "460"),
            // 12 of the 92 are of a report that claims no sales.
            (AttributedSpend, "80"),
            (AttributedClicks, "320"),
            (AdOrders, "16"),
            (NewBrandOrders, "3"),
            (BrandOrders, "12"),
        ]);
        check("ads.cpm", &ads, "4.6");
        check("ads.cpa", &ads, "5");
        check("ads.acos", &ads, "0.17391304");
        check("ads.cvr", &ads, "0.05");
        check("ads.dep", &ads, "0.5");
        // 12 of the 16 orders are in reports that tell who is new.
        check("ads.ntb", &ads, "0.25");
        check_undefined("ads.ntb", &business(), "no_data", "new_brand_orders");
        let none = with(&[(AdOrders, "0"), (AttributedSpend, "5")]);
        check_undefined("ads.cpa", &none, "division_by_zero", "ad_orders");
    }

    #[test]
    fn fees_are_held_against_sales_of_shops_that_state_them() {
        let fees = with(&[
            (FeeShopNetSales, "800"),
            (PlatformFees, "120"),
            // Fulfilment is known of fewer shops than fees are.
            (FulfilmentShopNetSales, "500"),
            (FulfilmentCosts, "100"),
            (StorageCosts, "20"),
        ]);
        check("pl.platform_fee_rate", &fees, "0.15");
        check("pl.fulfil_rate", &fees, "0.2");
        check("inv.storage_rate", &fees, "0.04");
        check_undefined("pl.platform_fee_rate", &business(), "missing_fees", "platform_fees");
        check("sales.upo", &business(), "1.5");
    }

    #[test]
    fn profit_goes_on_to_overheads_and_heads() {
        let whole = with(&[
            (CostedNetSales, "920"),
            (Cogs, "300"),
            (FeeNetSales, "920"),
            (FeeCogs, "300"),
            (PlatformFees, "120"),
            (FulfilmentCosts, "80"),
            (Overheads, "64"),
            (HeadcountDays, "62"),
            (Days, "31"),
        ]);
        // 920 − 300 − 120 − 80 − 92 of ads = 328; less 64.
        check("pl.cm3", &whole, "328");
        check("pl.net_profit", &whole, "264");
        check("pl.net_margin", &whole, "0.28695652");
        check("pl.roi", &whole, "0.88");
        // 920 − 300 − 120 − 80 = 420 before ads.
        check("pl.be_acos", &whole, "0.45652174");
        check("fin.opex_rate", &whole, "0.06956522");
        // 62 days of heads in 31 days are two.
        check("team.sales_head", &whole, "460");
        check("team.profit_head", &whole, "132");
        check_undefined(
            "pl.net_profit",
            &whole.without(Overheads, Missing::NoData),
            "no_data",
            "overheads",
        );
    }

    #[test]
    fn the_way_to_an_order_is_counted_in_sessions() {
        let store = Mock::on(
            DAY,
            &[
                (FunnelSessions, "2000"),
                (OrderSessions, "40"),
                // Half of them are of a report without the steps between.
                (CartStepSessions, "1000"),
                (CartSessions, "160"),
                (CheckoutStepSessions, "750"),
                (CheckoutSessions, "90"),
                (CartStepOrders, "32"),
                (OrderItems, "66"),
                (ItemSessions, "600"),
            ],
        );
        check("trf.store_cvr", &store, "0.02");
        check("trf.atc", &store, "0.16");
        check("trf.checkout", &store, "0.12");
        check("trf.cart_abandon", &store, "0.8");
        check("trf.oi_session", &store, "0.11");
        let empty = Mock::on(DAY, &[(CartSessions, "0"), (CartStepOrders, "0")]);
        check_undefined("trf.cart_abandon", &empty, "division_by_zero", "cart_sessions");
    }

    #[test]
    fn buyers_and_what_they_cost() {
        let buyers =
            with(&[(NewBuyers, "8"), (BuyersLast365Days, "50"), (RepeatBuyersLast365Days, "12")]);
        check("cus.new", &buyers, "8");
        check("cus.repeat", &buyers, "0.24");
        check("cus.cac", &buyers, "11.5");
        let dropped = business().without(NewBuyers, Missing::BuyersDropped);
        check_undefined("cus.cac", &dropped, "buyers_dropped", "new_buyers");
    }

    #[test]
    fn what_a_platform_states_is_its_cases_over_all() {
        let stated = business().stating("svc.lsr", "5", "250", "2026-01-20");
        check("svc.lsr", &stated, "0.02");
        let late = value("svc.lsr", &stated);
        assert_eq!(late.defined().unwrap().n.to_string(), "250");
        assert_eq!(notes(&late), ["as_of 2026-01-20"]);
        check_undefined("svc.lsr", &business(), "not_stated", "svc.lsr");
    }

    #[test]
    fn sums_keep_every_digit() {
        let amounts = [(GrossSales, "0.3"), (SellerDiscounts, "0.1"), (Refunds, "0.1999")];
        check("sales.net", &Mock::on(DAY, &amounts), "0.0001");
    }

    #[test]
    fn growth_is_held_against_the_same_weekdays_of_a_year_before() {
        // January 2026 is held against 2 January to 1 February 2025; what is a day earlier does not count.
        let growth = with(&[(AdOrders, "10")])
            .and_on("2025-01-02", &[(GrossSales, "500"), (SellerDiscounts, "40")])
            .and_on("2025-01-01", &[(GrossSales, "9000")]);
        check("sales.yoy", &growth, "1");
        check_undefined("sales.yoy", &business(), "division_by_zero", "lag(sales.net, 364)");
        let worse = business().and_on("2025-02-01", &[(SellerDiscounts, "10")]);
        check_undefined("sales.yoy", &worse, "negative_denominator", "lag(sales.net, 364)");
        check("sales.organic_share", &growth, "0.75");
    }

    #[test]
    fn profit_of_ad_sales_is_their_share_of_cm2() {
        // CM2 of 420 from 920, of 460 of ad sales 210, for 80.
        let ads = with(&[
            (CostedNetSales, "920"),
            (Cogs, "300"),
            (FeeNetSales, "920"),
            (FeeCogs, "300"),
            (PlatformFees, "120"),
            (FulfilmentCosts, "80"),
            (AdSales, "460"),
            (AttributedSpend, "80"),
        ]);
        check("ads.poas", &ads, "2.625");
        check_undefined("ads.poas", &business(), "no_data", "costed_net_sales");
    }

    #[test]
    fn a_ratio_of_nothing_is_undefined() {
        let nothing =
            Mock::on(DAY, &[(Clicks, "0"), (Spend, "5"), (AdSales, "0"), (AdOrders, "0")])
                .and_on(DAY, &[(AttributedClicks, "0"), (AttributedSpend, "5")]);
        check_undefined("ads.cpc", &nothing, "division_by_zero", "ads.clicks");
        check_undefined("ads.acos", &nothing, "division_by_zero", "ads.sales");
        check_undefined("ads.cvr", &nothing, "division_by_zero", "attributed_clicks");
        check("ads.roas", &nothing, "0");
    }

    #[test]
    fn what_no_export_states_is_undefined_and_not_zero() {
        check_undefined("ads.spend", &Mock::default(), "no_data", "spend");
        check_undefined("ads.tacos", &Mock::on(DAY, &[(Spend, "5")]), "no_data", "gross_sales");
        let by_asin = Mock::default().without(Measure::Sessions, Missing::NotAdditive);
        check_undefined("trf.sessions", &by_asin, "not_additive", "sessions");
        let two = Mock::on(DAY, &[(CogsLast365Days, "9")])
            .without(AverageStockValue, Missing::NeedsSnapshots);
        check_undefined("inv.dio", &two, "needs_snapshots", "average_stock_value");
    }

    #[test]
    fn net_sales_without_refunds_carry_a_note() {
        let amounts = [(GrossSales, "1000"), (SellerDiscounts, "50"), (Orders, "100")];
        let slice = Mock::on(DAY, &amounts);
        check("sales.net", &slice, "950");
        assert_eq!(notes(&value("sales.net", &slice)), ["refunds_missing"]);
        assert_eq!(notes(&value("sales.aov", &slice)), ["refunds_missing"]);
        check_undefined("sales.refund_rate", &slice, "no_data", "refunds");
        assert!(notes(&value("sales.net", &business())).is_empty());
    }

    #[test]
    fn an_optional_measure_without_sku_detail_is_not_zero() {
        let slice = with(&COSTED).without(Spend, Missing::NoSkuDetail);
        check_undefined("pl.cm3", &slice, "no_sku_detail", "spend");
        let slice = business().without(Refunds, Missing::NoSkuDetail);
        check_undefined("sales.net", &slice, "no_sku_detail", "refunds");
    }

    #[test]
    fn platform_discounts_leave_revenue_under_their_contract() {
        let slice = with(&[(PlatformDiscounts, "20")]);
        let out = [("platform_discounts", "out")];
        assert_eq!(value_under("sales.net", &slice, &slice, &[]).text().unwrap(), "920");
        assert_eq!(value_under("sales.net", &slice, &slice, &out).text().unwrap(), "900");
        assert_eq!(value_under("sales.aov", &slice, &slice, &out).text().unwrap(), "22.5");
    }

    #[test]
    fn a_channel_share_is_of_the_whole_business() {
        let other = Mock::on(DAY, &[(GrossSales, "280"), (SellerDiscounts, "0")]);
        let whole = business().and(&other);
        let share = value_under("sales.channel_share", &business(), &whole, &[]);
        assert_eq!(share.text().unwrap(), "0.76666667");
        assert_eq!(share.defined().unwrap().n.to_string(), "1200");
        let share = value_under("sales.channel_share", &other, &whole, &[]);
        assert_eq!(share.text().unwrap(), "0.23333333");
        assert_eq!(notes(&share), ["refunds_missing"]);
    }

    /// All of the 920 have a cost; 736 of them have fees.
    const COSTED: [(Measure, &str); 6] = [
        (CostedNetSales, "920"),
        (Cogs, "420"),
        (FeeNetSales, "736"),
        (FeeCogs, "336"),
        (PlatformFees, "110.4"),
        (FulfilmentCosts, "89.6"),
    ];

    #[test]
    fn profit_takes_off_one_layer_after_the_other() {
        let slice = with(&COSTED);
        check("pl.gross_profit", &slice, "500");
        check("pl.gross_margin", &slice, "0.54347826");
        check("pl.cm1", &slice, "289.6");
        check("pl.cm2", &slice, "200");
        check("pl.cm3", &slice, "108");
        check("dq.cogs_cover", &slice, "1");
    }

    #[test]
    fn partial_fees_are_shown_with_their_share() {
        let cm3 = value("pl.cm3", &with(&COSTED));
        assert_eq!(cm3.defined().unwrap().coverage.unwrap().to_string(), "0.8");
        assert_eq!(notes(&cm3), ["partial_fees 0.8"]);
        let without_fees = with(&COSTED[..2]);
        check_undefined("pl.cm1", &without_fees, "missing_fees", "fee_net_sales");
        let none = with(&[(CostedNetSales, "920"), (Cogs, "1"), (FeeNetSales, "0")]);
        check_undefined("pl.cm1", &none, "missing_fees", "platform_fees");
    }

    #[test]
    fn more_refunds_than_sales_give_sums_but_no_ratios() {
        // 1000 − 50 − (30 + 1000) = −80.
        let slice = with(&[(Refunds, "1000"), (CostedNetSales, "-80"), (Cogs, "10")]);
        check("sales.net", &slice, "-80");
        check("sales.aov", &slice, "-2");
        check("pl.gross_profit", &slice, "-90");
        check_undefined("ads.tacos", &slice, "negative_denominator", "sales.net");
        check_undefined("pl.gross_margin", &slice, "negative_denominator", "costed_net_sales");
        // Sales of both signs: fees are known for +100 of −80, so none of it is covered.
        let fees = [(FeeNetSales, "100"), (FeeCogs, "5"), (PlatformFees, "3")];
        let slice = slice.and_on(DAY, &fees);
        check("pl.cm1", &slice, "92");
        assert_eq!(notes(&value("pl.cm1", &slice)), ["partial_fees 0"]);
    }

    #[test]
    fn profit_needs_95_percent_of_costs() {
        let costed = |amount| with(&[(CostedNetSales, amount), (Cogs, "400")]);
        check("pl.gross_profit", &costed("874"), "474");
        let at_the_line = value("pl.gross_profit", &costed("874"));
        assert_eq!(notes(&at_the_line), ["partial_cost 0.95"]);
        assert_eq!(at_the_line.defined().unwrap().coverage.unwrap().to_string(), "0.95");
        check_undefined("pl.gross_profit", &costed("873.9999"), "missing_cost", "0.94999989");
        check_undefined("pl.gross_margin", &costed("460"), "missing_cost", "0.5");
        check_undefined("pl.cm3", &costed("460"), "missing_cost", "0.5");
        assert_eq!(value("pl.gross_profit", &costed("920")).defined().unwrap().coverage, None);
    }

    #[test]
    fn blocking_asks_for_all_costs() {
        let slice = with(&[(CostedNetSales, "919.9999"), (Cogs, "400")]);
        let blocked = value_under("pl.gross_profit", &slice, &slice, &[("missing_cost", "block")]);
        assert_eq!(blocked.undefined().unwrap().reason(), "missing_cost");
    }

    #[test]
    fn no_cost_at_all_is_missing_cost_and_no_coverage() {
        let slice =
            business().without(CostedNetSales, Missing::NoCost).without(Cogs, Missing::NoCost);
        check_undefined("pl.gross_profit", &slice, "missing_cost", "0");
        check("dq.cogs_cover", &slice, "0");
        assert!(notes(&value("dq.cogs_cover", &slice)).is_empty());
    }

    #[test]
    fn a_gap_on_either_side_counts() {
        // A SKU without a cost has more refunds than sales: 940 costed of 920.
        let slice = with(&[(CostedNetSales, "940"), (Cogs, "400")]);
        let profit = value("pl.gross_profit", &slice);
        assert_eq!(profit.defined().unwrap().coverage.unwrap().to_string(), "0.97826087");
        // A day without sales is complete; sales that cancel out are not.
        let empty = [(GrossSales, "0"), (SellerDiscounts, "0"), (Refunds, "0"), (Cogs, "0")];
        check("pl.gross_profit", &Mock::on(DAY, &empty).and_on(DAY, &[(CostedNetSales, "0")]), "0");
        let cancelled = Mock::on(DAY, &empty).and_on(DAY, &[(CostedNetSales, "5")]);
        check_undefined("pl.gross_profit", &cancelled, "missing_cost", "0");
    }

    #[test]
    fn notes_of_all_parts_come_together() {
        let amounts = [
            (GrossSales, "1000"),
            (SellerDiscounts, "80"),
            (CostedNetSales, "900"),
            (Cogs, "400"),
            (FeeNetSales, "460"),
            (FeeCogs, "200"),
            (PlatformFees, "60"),
            (FulfilmentCosts, "40"),
        ];
        let cm3 = value("pl.cm3", &Mock::on(DAY, &amounts));
        let expected =
            ["refunds_missing", "spend_missing", "partial_cost 0.97826087", "partial_fees 0.5"];
        assert_eq!(notes(&cm3), expected);
        assert_eq!(cm3.text().unwrap(), "160");
        assert_eq!(cm3.defined().unwrap().coverage.unwrap().to_string(), "0.5");
    }

    #[test]
    fn n_is_the_denominator_or_the_number_of_facts() {
        let n = |kpi, slice: &Mock| value(kpi, slice).defined().unwrap().n.to_string();
        assert_eq!(n("sales.aov", &business()), "40");
        assert_eq!(n("sales.net", &business()), "1");
        let days = business().and_on("2026-01-16", &[(GrossSales, "1"), (Refunds, "1")]);
        assert_eq!(n("sales.net", &days), "2");
        let stock = Mock::on(DAY, &[(CogsLast365Days, "600"), (AverageStockValue, "200")]);
        assert_eq!(n("inv.dio", &stock), "200");
    }

    #[test]
    fn rates_over_few_cases_say_so() {
        let returns = |units| Mock::on(DAY, &[(ReturnedUnits, "1"), (ReturnableUnits, units)]);
        assert_eq!(notes(&value("svc.return_rate", &returns("29"))), ["small_denominator 29 30"]);
        assert!(notes(&value("svc.return_rate", &returns("30"))).is_empty());
        check("svc.return_rate", &returns("40"), "0.025");
    }

    #[test]
    fn stock_kpis_are_rounded_once() {
        let stock = Mock::on(DAY, &[(StockAvailable, "100"), (UnitsLast30Days, "45")]);
        check("inv.dos", &stock, "66.66666667");
        // 365 ÷ (700 ÷ 300); from a rounded turnover it would be 156.42857147.
        let year = Mock::on(DAY, &[(CogsLast365Days, "700"), (AverageStockValue, "300")]);
        check("inv.turnover", &year, "2.33333333");
        check("inv.dio", &year, "156.42857143");
        let none = Mock::on(DAY, &[(StockAvailable, "100"), (UnitsLast30Days, "0")]);
        check_undefined("inv.dos", &none, "division_by_zero", "units_last_30_days");
    }

    #[test]
    fn parts_of_additive_kpis_add_up_to_the_whole() {
        let days = [("2026-01-01", "0.1"), ("2026-01-02", "33.3333"), ("2026-01-31", "-7.77")];
        let sums = kpis().iter().filter(|kpi| kpi.roll_up == RollUp::Sum);
        for kpi in sums {
            let all = Measure::ALL;
            let parts: Vec<Mock> = days
                .iter()
                .map(|(day, amount)| {
                    let amounts: Vec<_> = all.iter().map(|measure| (*measure, *amount)).collect();
                    Mock::on(day, &amounts)
                })
                .collect();
            let whole = parts.iter().fold(Mock::default(), Mock::and);
            let of = |slice: &Mock| value(&kpi.id, slice).value().unwrap();
            let sum = parts.iter().map(of).fold(Decimal::ZERO, Decimal::plus);
            assert_eq!(sum, of(&whole), "{}", kpi.id);
        }
    }
}
