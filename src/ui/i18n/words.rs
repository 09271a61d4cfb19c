//! Words for the ids that the engine answers with. An id that is not known is shown as it is.

use leptos_i18n::I18nContext;

use super::{
    fill,
    i18n::{I18nKeys, Locale, t_string},
};
use crate::{
    domain::{Day, Dimension, Names, Period},
    ui::format,
    worker::protocol::{
        ChangeName, Comparison, Failure, NoteView, ScorecardProblem, TargetProblem, UndefinedView,
        UnitView,
    },
};

/// What every function here needs; `use_i18n()` gives it.
pub(crate) type I18n = I18nContext<Locale, I18nKeys>;

/// The language of the page, tracked.
pub(crate) fn language(i18n: I18n) -> Locale {
    i18n.get_locale()
}

/// The name in the reader's language, tracked.
pub(crate) fn name(i18n: I18n, names: &Names) -> String {
    match i18n.get_locale() {
        Locale::en => names.en.clone(),
        Locale::zh_CN => names.zh.clone(),
    }
}

/// A channel's or platform's name for its id.
pub(crate) fn channel_name(i18n: I18n, channel: &str) -> String {
    match channel {
        "amazon" => t_string!(i18n, words.channel_amazon).to_owned(),
        "shopify" => t_string!(i18n, words.channel_shopify).to_owned(),
        "tiktok" => t_string!(i18n, words.channel_tiktok).to_owned(),
        "walmart" => t_string!(i18n, words.channel_walmart).to_owned(),
        "ebay" => "eBay".to_owned(),
        "etsy" => "Etsy".to_owned(),
        "temu" => "Temu".to_owned(),
        "lingxing" => t_string!(i18n, words.platform_lingxing).to_owned(),
        "google_ads" => t_string!(i18n, words.channel_google_ads).to_owned(),
        "meta_ads" => t_string!(i18n, words.channel_meta_ads).to_owned(),
        "tiktok_ads" => t_string!(i18n, words.channel_tiktok_ads).to_owned(),
        "microsoft_ads" => t_string!(i18n, words.channel_microsoft_ads).to_owned(),
        "user" => t_string!(i18n, words.channel_user).to_owned(),
        "other" => t_string!(i18n, words.channel_other).to_owned(),
        other => other.to_owned(),
    }
}

/// A name that is told as its English and its Chinese form.
pub(crate) fn of_names(i18n: I18n, names: &[String]) -> String {
    let of = |nth: usize| names.get(nth).cloned().unwrap_or_default();
    name(i18n, &Names { en: of(0), zh: of(1) })
}

/// What is wrong with a change of targets, and what to do.
fn target_problem_text(i18n: I18n, problem: &TargetProblem) -> String {
    let days = |period: &Period| format::bucket(*period, i18n.get_locale());
    match problem {
        TargetProblem::UnknownKpi { kpi } => fill!(i18n, words.failure_target_kpi, kpi = kpi),
        TargetProblem::NotOfParts { kpi } => fill!(i18n, words.failure_target_parts, kpi = kpi),
        TargetProblem::NotInCalendar { period } => {
            fill!(i18n, words.failure_target_calendar, period = days(period))
        }
        TargetProblem::WrongShape => t_string!(i18n, words.failure_target_shape).to_owned(),
        TargetProblem::ReasonMissing { period } => {
            fill!(i18n, words.failure_target_reason, period = days(period))
        }
        TargetProblem::Tolerance => t_string!(i18n, words.failure_target_tolerance).to_owned(),
        TargetProblem::Dates => t_string!(i18n, words.failure_target_dates).to_owned(),
    }
}

/// What happened and what to do, for a request that could not be met.
pub(crate) fn failure_text(i18n: I18n, failure: &Failure) -> String {
    match failure {
        Failure::NoWorkbook => t_string!(i18n, words.failure_no_workbook).to_owned(),
        Failure::UnknownWorkbook => t_string!(i18n, words.failure_unknown_workbook).to_owned(),
        Failure::QuotaExceeded => t_string!(i18n, words.failure_quota).to_owned(),
        Failure::StorageBlocked { detail } => {
            fill!(i18n, words.failure_storage_blocked, detail = detail)
        }
        Failure::ReadOnly => t_string!(i18n, words.failure_read_only).to_owned(),
        Failure::InvalidValue { value } => {
            fill!(i18n, words.failure_invalid_value, value = value)
        }
        Failure::InvalidFormula(problem) => match (problem.kind.as_str(), problem.about.first()) {
            ("in_use", Some(_)) => {
                fill!(i18n, words.failure_kpi_in_use, kpi = of_names(i18n, &problem.about))
            }
            ("taken", Some(_)) => {
                fill!(i18n, words.failure_kpi_taken, kpi = of_names(i18n, &problem.about))
            }
            ("no_shared_kpi", _) => t_string!(i18n, words.failure_no_shared_kpi).to_owned(),
            _ => t_string!(i18n, words.failure_formula).to_owned(),
        },
        Failure::InvalidTarget(problem) => target_problem_text(i18n, problem),
        Failure::InvalidScorecard(ScorecardProblem::NameMissing) => {
            t_string!(i18n, words.failure_name).to_owned()
        }
        Failure::InvalidScorecard(_) => t_string!(i18n, words.failure_scorecard).to_owned(),
        Failure::InvalidRecipe { detail } => {
            fill!(i18n, words.failure_invalid_recipe, detail = detail)
        }
        Failure::PartMissing => t_string!(i18n, shell.not_loaded).to_owned(),
        Failure::NothingToUndo => t_string!(i18n, words.failure_nothing_to_undo).to_owned(),
        Failure::Internal { detail } => {
            fill!(i18n, words.failure_internal, detail = detail)
        }
    }
}

/// What an undo or redo concerns: “import of a.csv”.
pub(crate) fn change_text(i18n: I18n, change: &ChangeName) -> String {
    let subject =
        change.names.as_ref().map_or_else(|| change.subject.clone(), |names| name(i18n, names));
    match change.kind.as_str() {
        "rename_workbook" => fill!(i18n, words.change_rename, subject = subject),
        "choose_contract" => fill!(i18n, words.change_contract, subject = subject),
        "enter_cost" => fill!(i18n, words.change_cost, subject = subject),
        "add_imports" => imported_text(i18n, &subject),
        "remove_import" => fill!(i18n, words.change_remove_import, subject = subject),
        "save_recipe" => fill!(i18n, words.change_save_recipe, subject = subject),
        "remove_recipe" => fill!(i18n, words.change_remove_recipe, subject = subject),
        "edit_product" => fill!(i18n, words.change_product, subject = subject),
        "edit_products" => fill!(i18n, words.change_products, count = subject),
        "enter_total" => t_string!(i18n, words.change_enter_total).to_owned(),
        "remove_total" => t_string!(i18n, words.change_remove_total).to_owned(),
        "explain_total" => t_string!(i18n, words.change_explain_total).to_owned(),
        "sign_off" => t_string!(i18n, words.change_sign_off).to_owned(),
        "withdraw_sign_off" => t_string!(i18n, words.change_withdraw_sign_off).to_owned(),
        "enter_value" => fill!(i18n, words.change_enter_value, subject = subject),
        "remove_value" => fill!(i18n, words.change_remove_value, subject = subject),
        "show_on_home" => t_string!(i18n, words.change_show_on_home).to_owned(),
        "take_off_home" => t_string!(i18n, words.change_take_off_home).to_owned(),
        "define_kpi" => fill!(i18n, words.change_define_kpi, subject = subject),
        "remove_kpi" => fill!(i18n, words.change_remove_kpi, subject = subject),
        "set_limit" => fill!(i18n, words.change_set_limit, subject = subject),
        "end_limit" => fill!(i18n, words.change_end_limit, subject = subject),
        "remove_limit" => fill!(i18n, words.change_remove_limit, subject = subject),
        "enter_peers" => fill!(i18n, words.change_enter_peers, subject = subject),
        "remove_peers" => fill!(i18n, words.change_remove_peers, subject = subject),
        "note_warning" => t_string!(i18n, words.change_note_warning).to_owned(),
        "snooze_warning" => t_string!(i18n, words.change_snooze_warning).to_owned(),
        "annotate" => fill!(i18n, words.change_annotate, subject = subject),
        "change_annotation" => fill!(i18n, words.change_annotation, subject = subject),
        "set_targets" => t_string!(i18n, words.change_set_targets).to_owned(),
        "remove_targets" => t_string!(i18n, words.change_remove_targets).to_owned(),
        "change_target_terms" => t_string!(i18n, words.change_target_terms).to_owned(),
        "adopt_framework" => t_string!(i18n, words.change_adopt_framework).to_owned(),
        "save_card" => t_string!(i18n, words.change_save_card).to_owned(),
        "remove_card" => t_string!(i18n, words.change_remove_card).to_owned(),
        "publish_card" => t_string!(i18n, words.change_publish_card).to_owned(),
        "sign_card" => t_string!(i18n, words.change_sign_card).to_owned(),
        "withdraw_card" => t_string!(i18n, words.change_withdraw_card).to_owned(),
        "weigh_skus" => t_string!(i18n, words.change_weigh_skus).to_owned(),
        "decide_on_sku" => t_string!(i18n, words.change_decide_on_sku).to_owned(),
        "put_in_charge" => t_string!(i18n, words.change_put_in_charge).to_owned(),
        "forget_sku" => t_string!(i18n, words.change_forget_sku).to_owned(),
        "decide_card" => t_string!(i18n, words.change_decide_card).to_owned(),
        "remove_annotation" => fill!(i18n, words.change_remove_annotation, subject = subject),
        "keep_buyers" => t_string!(i18n, words.change_keep_buyers).to_owned(),
        "drop_buyers" => t_string!(i18n, words.change_drop_buyers).to_owned(),
        _ => subject,
    }
}

/// “import of a.csv”, “import of a.csv and 39 more files”.
fn imported_text(i18n: I18n, files: &str) -> String {
    match files.split(", ").collect::<Vec<_>>().as_slice() {
        [first, rest @ ..] if rest.len() > 1 => {
            fill!(i18n, words.change_add_many, first = first, more = rest.len())
        }
        _ => fill!(i18n, words.change_add_imports, subject = files),
    }
}

/// What a value is held against: “30 days before”, “a year before”.
pub(crate) fn against_text(i18n: I18n, comparison: Comparison, days: i32) -> String {
    match comparison {
        Comparison::PreviousPeriod if days == 1 => t_string!(i18n, words.day_before).to_owned(),
        Comparison::PreviousPeriod => fill!(i18n, words.days_before, days = days),
        Comparison::YearBefore => t_string!(i18n, words.year_before).to_owned(),
        Comparison::SameEvent => t_string!(i18n, words.event_before).to_owned(),
        Comparison::None => String::new(),
    }
}

/// A change in percentage points.
pub(crate) fn points_text(i18n: I18n, points: &str) -> String {
    fill!(i18n, words.points, points = points)
}

/// What stands behind a value of the unit; most units need nothing.
pub(crate) fn unit_text(i18n: I18n, unit: UnitView) -> &'static str {
    match unit {
        UnitView::Days => t_string!(i18n, words.unit_days),
        UnitView::TurnsPerYear => t_string!(i18n, words.unit_turns),
        UnitView::Hours => t_string!(i18n, words.unit_hours),
        UnitView::Weeks => t_string!(i18n, words.unit_weeks),
        UnitView::Months => t_string!(i18n, words.unit_months),
        UnitView::Seconds => t_string!(i18n, words.unit_seconds),
        UnitView::Milliseconds => t_string!(i18n, words.unit_milliseconds),
        UnitView::Money | UnitView::Count | UnitView::Share | UnitView::Ratio | UnitView::Score => {
            ""
        }
    }
}

/// What values of a unit are called.
pub(crate) fn unit_name(i18n: I18n, unit: UnitView) -> &'static str {
    match unit {
        UnitView::Money => t_string!(i18n, words.unit_name_money),
        UnitView::Count => t_string!(i18n, words.unit_name_count),
        UnitView::Share => t_string!(i18n, words.unit_name_share),
        UnitView::Ratio => t_string!(i18n, words.unit_name_ratio),
        UnitView::Score => t_string!(i18n, words.unit_name_score),
        other => unit_text(i18n, other),
    }
}

/// What a code that a fact holds is called: a category of money, a kind, a status; others stay as they are.
pub(crate) fn code_text(i18n: I18n, code: &str) -> String {
    let text = match code {
        "product_sales" => t_string!(i18n, words.code_product_sales),
        "shipping_income" => t_string!(i18n, words.code_shipping_income),
        "refund_principal" => t_string!(i18n, words.code_refund_principal),
        "refund_shipping" => t_string!(i18n, words.code_refund_shipping),
        "promotion" => t_string!(i18n, words.code_promotion),
        "promotion_refund" => t_string!(i18n, words.code_promotion_refund),
        "platform_fee" => t_string!(i18n, words.code_platform_fee),
        "payment_fee" => t_string!(i18n, words.code_payment_fee),
        "affiliate_fee" => t_string!(i18n, words.code_affiliate_fee),
        "fulfilment_fee" => t_string!(i18n, words.code_fulfilment_fee),
        "storage_fee" => t_string!(i18n, words.code_storage_fee),
        "advertising" => t_string!(i18n, words.code_advertising),
        "tax" => t_string!(i18n, words.code_tax),
        "other" => t_string!(i18n, words.code_other),
        "chargeback" => t_string!(i18n, words.code_chargeback),
        "reserve" => t_string!(i18n, words.code_reserve),
        "transfer" => t_string!(i18n, words.code_transfer),
        "adjustment" => t_string!(i18n, words.code_adjustment),
        "placed" => t_string!(i18n, words.code_placed),
        "cancelled" => t_string!(i18n, words.code_cancelled),
        "refund" => t_string!(i18n, words.code_refund),
        "order" => t_string!(i18n, words.code_order),
        "service_fee" => t_string!(i18n, words.code_service_fee),
        "fba_inventory_fee" => t_string!(i18n, words.code_fba_inventory_fee),
        _ => return code.to_owned(),
    };
    text.to_owned()
}

/// Why a KPI has no value, and which reports would give it.
pub(crate) fn undefined_text(i18n: I18n, why: &UndefinedView) -> String {
    if why.reason == "stated_later" {
        let day = Day::parse(&why.about).map(|day| format::day(day, language(i18n)));
        let day = day.unwrap_or_else(|| why.about.clone());
        return fill!(i18n, words.undefined_stated_later, day = day);
    }
    let reason = match why.reason.as_str() {
        "no_data" => t_string!(i18n, words.undefined_no_data),
        "division_by_zero" => t_string!(i18n, words.undefined_division_by_zero),
        "negative_denominator" => t_string!(i18n, words.undefined_negative_denominator),
        "missing_cost" => t_string!(i18n, words.undefined_missing_cost),
        "missing_fees" => t_string!(i18n, words.undefined_missing_fees),
        "not_additive" => t_string!(i18n, words.undefined_not_additive),
        "needs_snapshots" => t_string!(i18n, words.undefined_needs_snapshots),
        "mixed_windows" => t_string!(i18n, words.undefined_mixed_windows),
        "whole_only" => t_string!(i18n, words.undefined_whole_only),
        "too_short" => t_string!(i18n, words.undefined_too_short),
        "other_window" => t_string!(i18n, words.undefined_other_window),
        "no_rate" => t_string!(i18n, words.undefined_no_rate),
        "no_sku_detail" => t_string!(i18n, words.undefined_no_sku_detail),
        "not_stated" => t_string!(i18n, words.undefined_not_stated),
        "stated_of_shops" => t_string!(i18n, words.undefined_stated_of_shops),
        "several_stated" => t_string!(i18n, words.undefined_several_stated),
        "no_target" => t_string!(i18n, words.undefined_no_target),
        "no_ad_orders" => t_string!(i18n, words.undefined_no_ad_orders),
        "buyers_dropped" => t_string!(i18n, words.undefined_buyers_dropped),
        "out_of_range" => t_string!(i18n, words.undefined_out_of_range),
        other => other,
    };
    if why.fed_by.is_empty() {
        return reason.to_owned();
    }
    let mut reports: Vec<String> =
        why.fed_by.iter().take(3).map(|report| name(i18n, &report.names)).collect();
    if why.fed_by.len() > 3 {
        reports.push("…".to_owned());
    }
    let reports = reports.join(t_string!(i18n, words.list_gap));
    fill!(i18n, words.undefined_fed_by, reason = reason, reports = reports)
}

/// Something to know about a value.
pub(crate) fn note_text(i18n: I18n, note: &NoteView) -> String {
    match (note.note.as_str(), note.about.as_slice()) {
        ("small_denominator", [n, wanted]) => {
            return fill!(i18n, words.note_small, n = n, wanted = wanted);
        }
        ("small_denominator", [n, wanted, low, high]) => {
            let (low, high) = (format::percent(low), format::percent(high));
            return fill!(
                i18n,
                words.note_small_within,
                n = n,
                wanted = wanted,
                low = low,
                high = high
            );
        }
        _ => (),
    }
    if let ("ties" | "does_not_tie", [share]) = (note.note.as_str(), note.about.as_slice()) {
        let percent = format::percent(share);
        return match note.note.as_str() {
            "does_not_tie" => fill!(i18n, words.note_does_not_tie, share = percent),
            _ if share == "0" => t_string!(i18n, words.note_ties_exactly).to_owned(),
            _ => fill!(i18n, words.note_ties, share = percent),
        };
    }
    if let ("as_of", [day]) = (note.note.as_str(), note.about.as_slice()) {
        let shown = Day::parse(day).map(|day| format::day(day, language(i18n)));
        return fill!(i18n, words.note_as_of, day = shown.unwrap_or_else(|| day.clone()));
    }
    let text = match note.note.as_str() {
        "refunds_missing" => t_string!(i18n, words.note_refunds_missing),
        "partial_cost" => t_string!(i18n, words.note_partial_cost),
        "partial_fees" => t_string!(i18n, words.note_partial_fees),
        "immature" => t_string!(i18n, words.note_immature),
        "spend_missing" => t_string!(i18n, words.note_spend_missing),
        "platform_discounts_missing" => t_string!(i18n, words.note_platform_discounts_missing),
        "mixed_windows" => t_string!(i18n, words.note_mixed_windows),
        "not_booked" => t_string!(i18n, words.note_not_booked),
        "not_shipped" => t_string!(i18n, words.note_not_shipped),
        other => other,
    };
    // What is covered stands beside it already.
    if note.about.is_empty() || note.note.starts_with("partial_") {
        return text.to_owned();
    }
    let about = note.about.iter().map(|about| match about.parse::<f64>() {
        Ok(share) => format!("{:.1} %", share * 100.0),
        Err(_) => channel_name(i18n, about),
    });
    let about: Vec<String> = about.collect();
    let about = about.join(t_string!(i18n, words.list_gap));
    fill!(i18n, words.note_about, text = text, about = about)
}

/// On which side of a line a value has to be: “below 4%”.
pub(crate) fn comparator_text(i18n: I18n, comparator: &str, value: &str) -> String {
    match comparator {
        "below" => fill!(i18n, words.line_below, value = value),
        "at_most" => fill!(i18n, words.line_at_most, value = value),
        "above" => fill!(i18n, words.line_above, value = value),
        "at_least" => fill!(i18n, words.line_at_least, value = value),
        _ => value.to_owned(),
    }
}

/// What it costs to be on the wrong side of a line.
pub(crate) fn line_kind(i18n: I18n, kind: &str) -> String {
    match kind {
        "critical" => t_string!(i18n, words.line_critical).to_owned(),
        "policy" => t_string!(i18n, words.line_policy).to_owned(),
        "fee" => t_string!(i18n, words.line_fee).to_owned(),
        "creep" => t_string!(i18n, words.line_creep).to_owned(),
        "limit" => t_string!(i18n, words.line_limit).to_owned(),
        "badge" => t_string!(i18n, words.line_badge).to_owned(),
        "advice" => t_string!(i18n, words.line_advice).to_owned(),
        other => other.to_owned(),
    }
}

/// The heading of a group of KPIs.
pub(crate) fn group_name(i18n: I18n, group: &str) -> String {
    match group {
        "sales" => t_string!(i18n, words.group_sales).to_owned(),
        "profit" | "pl" => t_string!(i18n, words.group_profit).to_owned(),
        "ads" => t_string!(i18n, words.group_ads).to_owned(),
        "traffic" => t_string!(i18n, words.group_traffic).to_owned(),
        "inventory" | "inv" => t_string!(i18n, words.group_inventory).to_owned(),
        "service" => t_string!(i18n, words.group_service).to_owned(),
        "team" => t_string!(i18n, words.group_team).to_owned(),
        "customers" | "cus" => t_string!(i18n, words.group_customers).to_owned(),
        "own" => t_string!(i18n, words.group_own).to_owned(),
        "data_quality" | "dq" => t_string!(i18n, words.group_data_quality).to_owned(),
        other => other.to_owned(),
    }
}

/// A dimension's name.
pub(crate) fn dimension_name(i18n: I18n, dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Channel => t_string!(i18n, words.dimension_channel),
        Dimension::Shop => t_string!(i18n, words.dimension_shop),
        Dimension::Sku => t_string!(i18n, words.dimension_sku),
        Dimension::Brand => t_string!(i18n, words.dimension_brand),
        Dimension::Category => t_string!(i18n, words.dimension_category),
        Dimension::Owner => t_string!(i18n, words.dimension_owner),
    }
}
