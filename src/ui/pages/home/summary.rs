//! The page's first sentence, made from the numbers.

use crate::{
    ui::{
        format::{self, Style},
        i18n::{I18n, against_text, fill, language, name, t_string, undefined_text},
    },
    worker::protocol::{Comparison, Figure, HomeView, UnitView},
};

/// Profits, the one after all costs first.
const PROFITS: [&str; 4] = ["pl.cm3", "pl.cm2", "pl.cm1", "pl.gross_profit"];

/// Whether a profit stands on all of net sales: one without a part of the fees would read as what
/// the whole period earned.
fn is_whole(figure: &Figure) -> bool {
    figure.value.value.is_some() && figure.value.coverage.is_none()
}

/// What the period brought, in one sentence; says so when there is nothing.
pub(super) fn summary(i18n: I18n, home: &HomeView, comparison: Comparison) -> String {
    let figure = |id: &str| home.summary.iter().find(|one| one.kpi == id);
    let style = |unit| Style { unit, currency: home.currency, language: language(i18n) };
    let whole = |figure: &Figure| {
        figure.value.value.as_deref().map(|value| style(figure.unit).whole(value))
    };
    let period = format::period(home.period, language(i18n));
    let Some((net, sales)) = figure("sales.net").and_then(|net| Some((net, whole(net)?))) else {
        let why = figure("sales.net").and_then(|net| net.value.undefined.as_ref());
        return match why.filter(|why| why.reason != "no_data") {
            Some(why) => undefined_text(i18n, why),
            None => fill!(i18n, home.summary_none, period = period),
        };
    };
    let mut parts = vec![fill!(i18n, home.summary_sales, period = period, sales = sales)];
    if let Some(change) = relative(net, style(net.unit)) {
        let against = against_text(i18n, comparison, home.period.n_days());
        parts.push(fill!(i18n, home.summary_change, change = change, against = against));
    }
    if let Some(orders) = figure("sales.orders").and_then(whole) {
        parts.push(fill!(i18n, home.summary_orders, orders = orders));
    }
    let profit = PROFITS.iter().filter_map(|id| figure(id)).find(|figure| is_whole(figure));
    if let Some((profit, amount)) = profit.and_then(|profit| Some((profit, whole(profit)?))) {
        let profit_name = name(i18n, &profit.names);
        let share = share_of(profit, net).map(|share| style(UnitView::Share).short(&share));
        parts.push(match share {
            Some(share) => {
                fill!(
                    i18n,
                    home.summary_profit,
                    profit = profit_name,
                    amount = amount,
                    share = share
                )
            }
            None => fill!(i18n, home.summary_profit_only, profit = profit_name, amount = amount),
        });
    }
    let sentence =
        parts.join(t_string!(i18n, home.summary_gap)) + t_string!(i18n, home.summary_end);
    // A word joiner: no line may end between the sign and its number.
    sentence.replace('−', "−\u{2060}")
}

fn relative(figure: &Figure, style: Style) -> Option<String> {
    let (now, before) = (figure.value.value.as_deref()?, figure.previous.as_ref()?);
    style.change(now, before.value.as_deref()?)?.relative
}

/// Part ÷ whole, both in the same unit.
fn share_of(part: &Figure, whole: &Figure) -> Option<String> {
    let value = |figure: &Figure| format::parse(figure.value.value.as_deref()?);
    let (part, whole) = (value(part)?, value(whole)?);
    (whole > 0.0).then(|| (part / whole).to_string())
}
