//! What is wrong with a formula, at its place.

use leptos::prelude::*;

use crate::{
    ui::i18n::{I18n, fill, of_names, t_string},
    worker::protocol::FormulaProblem,
};

/// The problem in words, and the formula with its place marked.
pub(super) fn problem_view(i18n: I18n, formula: &str, problem: &FormulaProblem) -> AnyView {
    let text = problem_text(i18n, problem);
    let at = problem.at as usize;
    let marked = (at > 0).then(|| {
        let before: String = formula.chars().take(at - 1).collect();
        let from_here: String = formula.chars().skip(at - 1).collect();
        let end =
            from_here.find(char::is_whitespace).filter(|end| *end > 0).unwrap_or(from_here.len());
        let (here, behind) = from_here.split_at(end);
        let here = if here.is_empty() { " ".to_owned() } else { here.to_owned() };
        view! {
            <code class="formula-problem">{before}<mark>{here}</mark>{behind.to_owned()}</code>
        }
    });
    view! {
        <p class="field__problem">{text}</p>
        {marked}
    }
    .into_any()
}

/// What is wrong, and what to do.
pub(crate) fn problem_text(i18n: I18n, problem: &FormulaProblem) -> String {
    let about = |nth: usize| problem.about.get(nth).cloned().unwrap_or_default();
    let (first, second) = (about(0), about(1));
    match problem.kind.as_str() {
        "unexpected" if second.is_empty() => {
            fill!(i18n, kpi.problem_end, expected = expected_text(i18n, &first))
        }
        "unexpected" => {
            let expected = expected_text(i18n, &first);
            fill!(i18n, kpi.problem_unexpected, expected = expected, found = second)
        }
        "too_long" => t_string!(i18n, kpi.problem_too_long).to_owned(),
        "too_deep" => t_string!(i18n, kpi.problem_too_deep).to_owned(),
        "unknown_name" if second.is_empty() => fill!(i18n, kpi.problem_unknown, name = first),
        "unknown_name" => {
            let like = problem.about.iter().skip(1).cloned().collect::<Vec<_>>();
            let like = like.join(t_string!(i18n, words.list_gap));
            fill!(i18n, kpi.problem_unknown_like, name = first, like = like)
        }
        "optional_kpi" => fill!(i18n, kpi.problem_optional, name = first),
        "no_form" => {
            let possible = problem.about.iter().skip(1).cloned().collect::<Vec<_>>();
            let possible = possible.join(t_string!(i18n, words.list_gap));
            fill!(i18n, kpi.problem_form, asked = first, possible = possible)
        }
        "circle" => t_string!(i18n, kpi.problem_circle).to_owned(),
        "mismatch" => {
            let (left, right) = (quantity_text(i18n, &first), quantity_text(i18n, &second));
            fill!(i18n, kpi.problem_mismatch, left = left, right = right)
        }
        "formula_too_long" => t_string!(i18n, kpi.problem_formula_too_long).to_owned(),
        "in_use" => fill!(i18n, kpi.problem_in_use, name = of_names(i18n, &problem.about)),
        _ => t_string!(i18n, kpi.problem_unit).to_owned(),
    }
}

fn expected_text(i18n: I18n, expected: &str) -> String {
    match expected {
        "operand" => t_string!(i18n, kpi.expected_operand),
        "operator" => t_string!(i18n, kpi.expected_operator),
        "closing_parenthesis" => ")",
        "comma" => ",",
        "measure" => t_string!(i18n, kpi.expected_measure),
        "days" => t_string!(i18n, kpi.expected_days),
        "bound" => t_string!(i18n, kpi.expected_bound),
        "dimension" => "channel, shop, brand, category, owner, sku",
        "equals" => "=",
        "member" => t_string!(i18n, kpi.expected_member),
        "closing_bracket" => "]",
        _ => "\"",
    }
    .to_owned()
}

fn quantity_text(i18n: I18n, quantity: &str) -> String {
    match quantity {
        "money" => t_string!(i18n, kpi.quantity_money),
        "count" => t_string!(i18n, kpi.quantity_count),
        "number" => t_string!(i18n, kpi.quantity_number),
        "money_per_count" => t_string!(i18n, kpi.quantity_price),
        _ => t_string!(i18n, kpi.quantity_other),
    }
    .to_owned()
}
