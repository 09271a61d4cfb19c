//! What levers and places of the tree are called.

use crate::{
    domain::{Currency, Fixed},
    ui::{
        format::{Style, UNDEFINED},
        i18n::{I18n, fill, language, t_string},
    },
    worker::protocol::{Lever, Node, UnitView},
};

pub(super) fn lever_name(i18n: I18n, lever: Lever) -> &'static str {
    match lever {
        Lever::Price => t_string!(i18n, what_if.lever.price),
        Lever::Demand => t_string!(i18n, what_if.lever.demand),
        Lever::Conversion => t_string!(i18n, what_if.lever.conversion),
        Lever::Returns => t_string!(i18n, what_if.lever.returns),
        Lever::Fees => t_string!(i18n, what_if.lever.fees),
        Lever::Cpc => t_string!(i18n, what_if.lever.cpc),
        Lever::Tariff => t_string!(i18n, what_if.lever.tariff),
        Lever::ExchangeRate => t_string!(i18n, what_if.lever.exchange_rate),
    }
}

/// What moving it means, and what stays.
pub(super) fn lever_hint(i18n: I18n, lever: Lever) -> &'static str {
    match lever {
        Lever::Price => t_string!(i18n, what_if.hint.price),
        Lever::Demand => t_string!(i18n, what_if.hint.demand),
        Lever::Conversion => t_string!(i18n, what_if.hint.conversion),
        Lever::Returns => t_string!(i18n, what_if.hint.returns),
        Lever::Fees => t_string!(i18n, what_if.hint.fees),
        Lever::Cpc => t_string!(i18n, what_if.hint.cpc),
        Lever::Tariff => t_string!(i18n, what_if.hint.tariff),
        Lever::ExchangeRate => t_string!(i18n, what_if.hint.exchange_rate),
    }
}

pub(super) fn node_name(i18n: I18n, node: Node) -> &'static str {
    match node {
        Node::Gmv => t_string!(i18n, what_if.node.gmv),
        Node::Sessions => t_string!(i18n, what_if.node.sessions),
        Node::Conversion => t_string!(i18n, what_if.node.conversion),
        Node::Orders => t_string!(i18n, what_if.node.orders),
        Node::Units => t_string!(i18n, what_if.node.units),
        Node::OrderValue => t_string!(i18n, what_if.node.order_value),
        Node::Cancelled => t_string!(i18n, what_if.node.cancelled),
        Node::Gross => t_string!(i18n, what_if.node.gross),
        Node::Discounts => t_string!(i18n, what_if.node.discounts),
        Node::Refunds => t_string!(i18n, what_if.node.refunds),
        Node::Net => t_string!(i18n, what_if.node.net),
        Node::JudgedNet => t_string!(i18n, what_if.node.judged_net),
        Node::Goods => t_string!(i18n, what_if.node.goods),
        Node::Duty => t_string!(i18n, what_if.node.duty),
        Node::Fees => t_string!(i18n, what_if.node.fees),
        Node::Cm1 => t_string!(i18n, what_if.node.cm1),
        Node::Fulfilment => t_string!(i18n, what_if.node.fulfilment),
        Node::Storage => t_string!(i18n, what_if.node.storage),
        Node::Cm2 => t_string!(i18n, what_if.node.cm2),
        Node::AdSpend => t_string!(i18n, what_if.node.ad_spend),
        Node::Clicks => t_string!(i18n, what_if.node.clicks),
        Node::Cpc => t_string!(i18n, what_if.node.cpc),
        Node::Cm3 => t_string!(i18n, what_if.node.cm3),
        Node::Cm3Rate => t_string!(i18n, what_if.node.cm3_rate),
        Node::Acos => t_string!(i18n, what_if.node.acos),
        Node::Tacos => t_string!(i18n, what_if.node.tacos),
    }
}

/// What it is made of, in words; `None`: it is an input.
pub(super) fn formula(i18n: I18n, node: Node) -> Option<&'static str> {
    Some(match node {
        Node::Gmv => t_string!(i18n, what_if.formula.gmv),
        Node::Conversion => t_string!(i18n, what_if.formula.conversion),
        Node::OrderValue => t_string!(i18n, what_if.formula.order_value),
        Node::Gross => t_string!(i18n, what_if.formula.gross),
        Node::Net => t_string!(i18n, what_if.formula.net),
        Node::JudgedNet => t_string!(i18n, what_if.formula.judged_net),
        Node::Cm1 => t_string!(i18n, what_if.formula.cm1),
        Node::Cm2 => t_string!(i18n, what_if.formula.cm2),
        Node::AdSpend => t_string!(i18n, what_if.formula.ad_spend),
        Node::Cm3 => t_string!(i18n, what_if.formula.cm3),
        Node::Cm3Rate => t_string!(i18n, what_if.formula.cm3_rate),
        Node::Acos => t_string!(i18n, what_if.formula.acos),
        Node::Tacos => t_string!(i18n, what_if.formula.tacos),
        _ => return None,
    })
}

/// The KPI that a place of the tree is.
pub(super) const fn kpi_of(node: Node) -> Option<&'static str> {
    Some(match node {
        Node::Gmv => "sales.gmv",
        Node::Sessions => "trf.sessions",
        Node::Orders => "sales.orders",
        Node::Units => "sales.units",
        Node::Gross => "sales.gross",
        Node::Net => "sales.net",
        Node::Cm1 => "pl.cm1",
        Node::Cm2 => "pl.cm2",
        Node::AdSpend => "ads.spend",
        Node::Clicks => "ads.clicks",
        Node::Cpc => "ads.cpc",
        Node::Cm3 => "pl.cm3",
        Node::Acos => "ads.acos",
        Node::Tacos => "ads.tacos",
        _ => return None,
    })
}

/// As the fields take it: in per cent or points, the reaction of demand as it is.
pub(super) fn in_field(lever: Lever, amount: Fixed) -> Fixed {
    let times = if lever == Lever::Demand { 1 } else { 100 };
    Fixed::from_ten_thousandths(amount.ten_thousandths() * times)
}

/// What stands in a field; `None`: no number.
pub(super) fn from_field(lever: Lever, text: &str) -> Option<Fixed> {
    let text = text.trim().trim_end_matches(['%', '％']).trim().replace(['−', '－'], "-");
    let text = crate::ui::format::typed_amount(text.trim_start_matches(['+', '＋']))?;
    let whole = if lever == Lever::Demand { 1 } else { 100 };
    Some(Fixed::parse(&text)?.share(Fixed::from_whole(1), Fixed::from_whole(whole)))
}

/// How far a lever is moved, with its sign: `+5%`, `−10 pts`, `−1.5`.
pub(super) fn moved(i18n: I18n, lever: Lever, amount: Fixed) -> String {
    let sign = match amount.cmp(&Fixed::ZERO) {
        std::cmp::Ordering::Less => "−",
        std::cmp::Ordering::Equal => "",
        std::cmp::Ordering::Greater => "+",
    };
    let size = in_field(lever, amount.absolute());
    match lever {
        Lever::Demand => format!("{sign}{size}"),
        Lever::Tariff => fill!(i18n, what_if.points, points = format!("{sign}{size}")),
        _ => format!("{sign}{size}%"),
    }
}

/// A change in whole money, with its sign; a dash where there is none.
pub(super) fn change(i18n: I18n, amount: Option<&String>, currency: Currency) -> String {
    let style = Style { unit: UnitView::Money, currency, language: language(i18n) };
    let Some(amount) = amount else { return UNDEFINED.to_owned() };
    let sign = if amount.starts_with('-') || amount == "0" { "" } else { "+" };
    format!("{sign}{}", style.whole(amount))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lever: Lever, typed: &str, expected: Option<&str>) {
        let read = from_field(lever, typed);
        assert_eq!(read.map(|it| it.to_string()).as_deref(), expected, "{typed}");
    }

    #[test]
    fn fields_are_in_per_cent() {
        check(Lever::Price, "5", Some("0.05"));
        check(Lever::Price, "+5 %", Some("0.05"));
        check(Lever::Price, "−2.5", Some("-0.025"));
        check(Lever::Price, "－１０％", Some("-0.1"));
        check(Lever::Demand, "-1.5", Some("-1.5"));
        check(Lever::Price, "much", None);
        let amount = Fixed::parse("0.055").unwrap();
        assert_eq!(in_field(Lever::Price, amount).to_string(), "5.5");
        assert_eq!(in_field(Lever::Demand, amount), amount);
    }
}
