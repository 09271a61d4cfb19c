//! What scorecards say.

use crate::{
    domain::{Day, Fixed, Period},
    ui::{
        format::{self, Style},
        i18n::{I18n, fill, language, name, t_string},
    },
    worker::protocol::{
        CardLineView, CardState, GamingSign, GateLine, GuardCapView, ImbalanceView,
    },
};

/// Points as people read them: one digit behind the point.
pub(super) fn points(text: &str) -> String {
    format::parse(text).map_or_else(String::new, |number| format!("{number:.1}"))
}

/// A weight without zeros at its end.
pub(super) fn weight(text: &str) -> String {
    Fixed::parse(text).map_or_else(String::new, |it| it.to_string())
}

pub(super) fn state_name(i18n: I18n, state: &CardState) -> String {
    match state {
        CardState::Draft => t_string!(i18n, scorecards.draft).to_owned(),
        CardState::Trial { done, needed } => {
            fill!(i18n, scorecards.trial, done = done, needed = needed)
        }
        CardState::Ready => t_string!(i18n, scorecards.ready).to_owned(),
        CardState::Decided { by, on } => {
            let day = format::day(*on, language(i18n));
            fill!(i18n, scorecards.decided, day = day, name = by)
        }
    }
}

/// The look of its badge.
pub(super) const fn state_look(state: &CardState) -> &'static str {
    match state {
        CardState::Draft => "draft",
        CardState::Trial { .. } | CardState::Ready => "trial",
        CardState::Decided { .. } => "signed",
    }
}

/// A card that nobody has decided on is not for pay.
pub(super) const fn is_for_pay(state: &CardState) -> bool {
    matches!(state, CardState::Decided { .. })
}

/// A side of a balanced scorecard, by the id of its perspective.
pub(crate) fn side_name(i18n: I18n, perspective: &str) -> &'static str {
    match perspective {
        "finance" => t_string!(i18n, scorecards.finance),
        "customer" => t_string!(i18n, scorecards.customer),
        "process" => t_string!(i18n, scorecards.process),
        _ => t_string!(i18n, scorecards.learning),
    }
}

/// A month or quarter.
pub(super) fn cycle_name(i18n: I18n, period: Period) -> String {
    format::bucket(period, language(i18n))
}

/// Why a KPI has no points; empty where it has.
pub(super) fn why(i18n: I18n, why: &str) -> &'static str {
    match why {
        "no_value" => t_string!(i18n, scorecards.why_no_value),
        "not_settled" => t_string!(i18n, scorecards.why_not_settled),
        "not_over" => t_string!(i18n, scorecards.why_not_over),
        "no_target" => t_string!(i18n, scorecards.why_no_target),
        "target_not_in_force" => t_string!(i18n, scorecards.why_target_not_in_force),
        "target_out_of_order" => t_string!(i18n, scorecards.why_target_out_of_order),
        "no_line" => t_string!(i18n, scorecards.why_no_line),
        _ => "",
    }
}

/// That a guard left its limits, and what it cost.
pub(super) fn cap(i18n: I18n, cap: &GuardCapView, style: Style) -> String {
    let style = Style { unit: cap.unit, ..style };
    let source = match cap.source.as_str() {
        "limit" => t_string!(i18n, scorecards.source_limit),
        "target" => t_string!(i18n, scorecards.source_target),
        _ => t_string!(i18n, scorecards.source_history),
    };
    let [before, after] = [&cap.before, &cap.after].map(|it| style.full(it));
    let limit = format!("{}{}{source}", style.line(&cap.limit), t_string!(i18n, scorecards.comma));
    let guard = name(i18n, &cap.names);
    if Fixed::parse(&cap.points_off).is_some_and(|it| it > Fixed::ZERO) {
        let off = points(&cap.points_off);
        fill!(
            i18n,
            scorecards.cap,
            guard = guard,
            before = before,
            after = after,
            limit = limit,
            points = off
        )
    } else {
        fill!(
            i18n,
            scorecards.cap_only_told,
            guard = guard,
            before = before,
            after = after,
            limit = limit
        )
    }
}

/// On which side of a platform's line a gate is.
pub(super) fn gate(i18n: I18n, gate: &GateLine, style: Style) -> String {
    let sign = if gate.is_at_least { "≥" } else { "≤" };
    let line = format!("{sign} {}", style.line(&gate.line));
    let channel = name(i18n, &gate.channel);
    let value = gate.value.as_ref().map(|it| style.full(it)).unwrap_or_default();
    match gate.is_passed {
        Some(true) => {
            fill!(i18n, scorecards.gate_passed, channel = channel, value = value, line = line)
        }
        Some(false) => {
            fill!(i18n, scorecards.gate_failed, channel = channel, value = value, line = line)
        }
        None => fill!(i18n, scorecards.gate_unknown, channel = channel, line = line),
    }
}

/// All that is to be said of a line of a card.
pub(super) fn remarks(i18n: I18n, line: &CardLineView, style: Style) -> Vec<String> {
    let why = Some(why(i18n, &line.why).to_owned()).filter(|it| !it.is_empty());
    let caps = line.caps.iter().map(|it| cap(i18n, it, style));
    let gates = line.gate.iter().map(|it| gate(i18n, it, style));
    why.into_iter().chain(caps).chain(gates).collect()
}

pub(super) fn imbalance(i18n: I18n, found: &ImbalanceView) -> String {
    let about = match found.id.as_str() {
        "top_heavy" => side_name(i18n, &found.about.en).to_owned(),
        _ => name(i18n, &found.about),
    };
    let others: Vec<String> = found.others.iter().map(|it| name(i18n, it)).collect();
    let others = others.join(t_string!(i18n, scorecards.comma));
    let number = weight(&found.number);
    match found.id.as_str() {
        "empty" => t_string!(i18n, scorecards.im_empty).to_owned(),
        "twice" => fill!(i18n, scorecards.im_twice, about = about),
        "no_weight" => fill!(i18n, scorecards.im_no_weight, about = about, number = number),
        "weights_off" => fill!(i18n, scorecards.im_weights_off, number = number),
        "only_sales_money" => fill!(i18n, scorecards.im_only_sales_money, others = others),
        "only_results" => fill!(i18n, scorecards.im_only_results, others = others),
        "top_heavy" => fill!(i18n, scorecards.im_top_heavy, about = about, number = number),
        _ => fill!(i18n, scorecards.im_unguarded, about = about, others = others),
    }
}

/// What was seen that looks like moved figures.
pub(super) fn sign(i18n: I18n, sign: &GamingSign) -> String {
    let share = |at: usize| sign.numbers.get(at).map(|it| format::percent(it)).unwrap_or_default();
    let plain = |at: usize| {
        let number = sign.numbers.get(at).and_then(|it| format::parse(it));
        number.map_or_else(String::new, |it| {
            if it >= 100.0 { format!("{it:.0}") } else { format!("{it:.2}") }
        })
    };
    match sign.id.as_str() {
        "month_end_pull" => fill!(
            i18n,
            scorecards.sign_month_end_pull,
            a = share(0),
            b = share(1),
            c = share(2),
            d = share(3)
        ),
        "refund_delay" => {
            fill!(i18n, scorecards.sign_refund_delay, a = share(0), b = share(1), c = share(2))
        }
        _ => fill!(
            i18n,
            scorecards.sign_order_splitting,
            a = plain(0),
            b = plain(1),
            c = plain(2),
            d = plain(3)
        ),
    }
}

/// A day that anything of the cycle before or after is on.
pub(super) const fn neighbour(period: Period, is_after: bool) -> Day {
    if is_after { period.to.plus(1) } else { period.from.plus(-1) }
}
