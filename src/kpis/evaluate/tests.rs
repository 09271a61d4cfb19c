//! Each KPI against values worked out by hand.

use super::*;
use crate::{
    catalog::kpi::{Kpi, RollUp, kpis},
    domain::Measure::{
        AdOrders, AdSales, AttributedClicks, AttributedSpend, AverageStockValue, BrandOrders,
        BuyersLast365Days, CartSessions, CartStepOrders, CartStepSessions, CheckoutSessions,
        CheckoutStepSessions, Clicks, Cogs, CogsLast365Days, CohortReturnedUnits, CostedNetSales,
        Days, FeeCogs, FeeNetSales, FeeShopNetSales, FulfilmentCosts, FulfilmentShopNetSales,
        FunnelSessions, Gmv, GrossSales, HeadcountDays, Impressions, ItemSessions,
        NetSalesLast365Days, NewBrandOrders, NewBuyers, OrderItems, OrderSessions, Orders,
        Overheads, PlatformDiscounts, PlatformFees, Refunds, RepeatBuyersLast365Days,
        ReturnableUnits, ReturnedUnits, SellerDiscounts, SkusSold, Spend, StockAvailable,
        StorageCosts, TrafficUnits, UnitSessions, Units, UnitsLast30Days,
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
    let evaluator = Evaluator { dictionary, contracts: &contracts, slice, whole, is_window: false };
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

/// All of the 920 have a cost and fees.
const KNOWN_IN_FULL: [(Measure, &str); 6] = [
    (CostedNetSales, "920"),
    (Cogs, "300"),
    (FeeNetSales, "920"),
    (FeeCogs, "300"),
    (PlatformFees, "120"),
    (FulfilmentCosts, "80"),
];

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
    let whole =
        with(&KNOWN_IN_FULL).and_on(DAY, &[(Overheads, "64"), (HeadcountDays, "62"), (Days, "31")]);
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
            (TrafficUnits, "90"),
            (UnitSessions, "600"),
        ],
    );
    check("trf.unit_session", &store, "0.15");
    check_undefined("trf.unit_session", &Mock::default(), "no_data", "traffic_units");
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
    let ads = with(&KNOWN_IN_FULL).and_on(DAY, &[(AdSales, "460"), (AttributedSpend, "80")]);
    check("ads.poas", &ads, "2.625");
    check_undefined("ads.poas", &business(), "no_data", "costed_net_sales");
}

#[test]
fn a_ratio_of_nothing_is_undefined() {
    let nothing = Mock::on(DAY, &[(Clicks, "0"), (Spend, "5"), (AdSales, "0"), (AdOrders, "0")])
        .and_on(DAY, &[(AttributedClicks, "0"), (AttributedSpend, "5")]);
    check_undefined("ads.cpc", &nothing, "division_by_zero", "ads.clicks");
    check_undefined("ads.acos", &nothing, "division_by_zero", "ads.sales");
    check_undefined("ads.cvr", &nothing, "division_by_zero", "attributed_clicks");
    check("ads.roas", &nothing, "0");
}

#[test]
fn what_no_export_states_is_undefined_and_not_zero() {
    check_undefined("ads.spend", &Mock::default(), "no_data", "spend");
    check_undefined("ads.impr", &Mock::default(), "no_data", "impressions");
    check("ads.impr", &Mock::on(DAY, &[(Impressions, "1200")]), "1200");
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
    let slice = business().without(CostedNetSales, Missing::NoCost).without(Cogs, Missing::NoCost);
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
    assert_eq!(
        notes(&value("svc.return_rate", &returns("29"))),
        ["small_denominator 29 30 0.0061 0.1718"]
    );
    assert!(notes(&value("svc.return_rate", &returns("30"))).is_empty());
    check("svc.return_rate", &returns("40"), "0.025");
    // By the orders' days: 6 of 40 came back in the end, whenever they did.
    let cohort = Mock::on(DAY, &[(CohortReturnedUnits, "6"), (ReturnableUnits, "40")]);
    check("svc.return_rate_cohort", &cohort, "0.15");
    check_undefined("svc.return_rate_cohort", &business(), "no_data", "cohort_returned_units");
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
    // (1000 − 700) ÷ 300.
    let sold = year.and_on(DAY, &[(NetSalesLast365Days, "1000")]);
    check("inv.gmroi", &sold, "1");
    check_undefined("inv.gmroi", &Mock::on(DAY, &[]), "no_data", "net_sales_last_365_days");
}

#[test]
fn skus_are_shared_among_the_heads_of_a_day() {
    // 60 heads in 30 days are two people.
    let team = Mock::on(DAY, &[(SkusSold, "50"), (Days, "30"), (HeadcountDays, "60")]);
    check("team.sku_head", &team, "25");
    let nobody = Mock::on(DAY, &[(SkusSold, "50"), (Days, "30"), (HeadcountDays, "0")]);
    check_undefined("team.sku_head", &nobody, "division_by_zero", "headcount_days");
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

/// A formula over a business, worked out under an id of one's own.
fn own_value(formula: &str, whole: &Mock) -> String {
    let asp = kpis().iter().find(|kpi| kpi.id == "sales.asp").unwrap().clone();
    let kpi = Kpi { id: "own.x".to_owned(), formula: formula.to_owned(), ..asp };
    let dictionary = Dictionary::with_own(vec![kpi]).unwrap();
    let contracts = Contracts::default();
    let evaluator = Evaluator {
        dictionary: &dictionary,
        contracts: &contracts,
        slice: whole,
        whole,
        is_window: false,
    };
    let entry = dictionary.get("own.x").unwrap();
    let value = evaluator.evaluate(entry, period("2026-01-01", "2026-01-31"));
    value.text().unwrap_or_else(|| value.undefined().unwrap().reason().to_owned())
}

/// The value of a formula over a business of two channels.
fn of_formula(formula: &str) -> String {
    let amazon = Mock::on(DAY, &[(Gmv, "300"), (Orders, "10")]);
    let whole = Mock::on(DAY, &[(Gmv, "400"), (Orders, "16")])
        .and_on("2025-12-31", &[(Gmv, "50")])
        .with_member("amazon", amazon);
    own_value(formula, &whole)
}

#[test]
fn a_filter_looks_at_one_member_alone() {
    assert_eq!(of_formula("gmv[channel = amazon]"), "300");
    assert_eq!(of_formula("gmv[channel = amazon] / orders"), "18.75");
    assert_eq!(of_formula("(gmv / orders)[channel = amazon]"), "30");
    // The whole stays the whole business.
    assert_eq!(of_formula("gmv * share(orders)[channel = amazon]"), "250");
    assert_eq!(of_formula("gmv[channel = walmart]"), "no_data");
}

/// The 32 days up to January 31 begin on December 31.
#[test]
fn a_window_ends_with_the_period() {
    assert_eq!(of_formula("window(gmv, 32)"), "450");
    assert_eq!(of_formula("window(gmv, 31)"), "400");
    assert_eq!(of_formula("window(gmv, 1)"), "0");
}

/// 40 of 100 of net sales have a cost: what is left of the others is no profit.
#[test]
fn costs_are_known_where_they_are_taken_off() {
    let sales = [(Gmv, "100"), (GrossSales, "100"), (SellerDiscounts, "0"), (Refunds, "0")];
    let costs = |covered: &str| {
        Mock::on(DAY, &sales).and_on(DAY, &[(CostedNetSales, covered), (Cogs, "30")])
    };
    let whole = costs("100").with_member("amazon", costs("40"));
    let of = |formula: &str| own_value(formula, &whole);
    assert_eq!(of("gross_sales - cogs"), "70");
    assert_eq!(of("(gross_sales - cogs)[channel = amazon]"), "missing_cost");
    assert_eq!(of("gross_sales[channel = amazon]"), "100");
}
