//! What becomes of a tree when levers are moved.

use super::{
    factor::Factor,
    lever::{Lever, Levers},
    tree::Tree,
};
use crate::domain::Fixed;

/// The tree with all levers moved. Each amount is rounded once, to a ten-thousandth; net sales and the margins
/// are made of the rounded parts, so that parts add up to their whole. What is not known stays unknown.
///
/// - Demand: orders and units are × (1 + conversion) × (1 + reaction × price), and never below 0; sessions stay.
/// - Sales: GMV, gross sales and discounts are × demand × (1 + price): the depth of discounts stays. So are the
///   sales that ads claim.
/// - Refunds: as sales, × (1 + returns).
/// - Net sales whose costs and fees are known change as all net sales do.
/// - Goods: × demand × (1 + exchange rate × the share paid in yuan; all of it where no share is known). Goods
///   that come back are not taken off, as in the KPIs.
/// - Duty: as goods, and so many points of their cost more; never below 0. Where it is not known only what the
///   points change is told, of the whole landed cost.
/// - Fees: as sales, × (1 + fees).
/// - Fulfilment: as demand. Storage is of stock and stays.
/// - Ads: clicks stay, spend is × (1 + cost of a click).
pub fn apply(tree: &Tree, levers: &Levers) -> Tree {
    let more = |lever: Lever| Factor::more(levers.at(lever));
    let demand = more(Lever::Conversion)
        .times(Factor::more_by(levers.at(Lever::Demand), levers.at(Lever::Price)));
    let sales = demand.times(more(Lever::Price));
    let click = more(Lever::Cpc);
    let times = |factor: Factor, amount: Option<Fixed>| amount.map(|it| factor.of(it));
    let (goods, duty) = goods_and_duty(tree, levers, demand);
    let mut result = Tree {
        orders: times(demand, tree.orders),
        units: times(demand, tree.units),
        gmv: times(sales, tree.gmv),
        gross: times(sales, tree.gross),
        discounts: times(sales, tree.discounts),
        refunds: times(sales.times(more(Lever::Returns)), tree.refunds),
        goods,
        duty,
        fees: times(sales.times(more(Lever::Fees)), tree.fees),
        fulfilment: times(demand, tree.fulfilment),
        ad_spend: times(click, tree.ad_spend),
        ad_sales: times(sales, tree.ad_sales),
        claiming_spend: times(click, tree.claiming_spend),
        ..tree.clone()
    };
    result.judged_net = judged_net(tree, result.net());
    result
}

fn goods_and_duty(tree: &Tree, levers: &Levers, demand: Factor) -> (Option<Fixed>, Option<Fixed>) {
    let yuan_share = tree.yuan_share.unwrap_or(Fixed::from_whole(1));
    let landed = demand.times(Factor::more_by(yuan_share, levers.at(Lever::ExchangeRate)));
    let goods = tree.goods.map(|it| landed.of(it));
    let tariff = levers.at(Lever::Tariff);
    let added = goods.map(|it| it.times(tariff));
    let duty = match (tree.duty, added) {
        (Some(duty), Some(added)) => Some(landed.of(duty).plus(added).max(Fixed::ZERO)),
        (None, added) if tariff != Fixed::ZERO => added,
        _ => None,
    };
    (goods, duty)
}

/// Of net sales of 0 nothing can be told once they change.
fn judged_net(tree: &Tree, net: Option<Fixed>) -> Option<Fixed> {
    let (judged, before, after) = (tree.judged_net?, tree.net()?, net?);
    if before == after {
        return Some(judged);
    }
    (before != Fixed::ZERO).then(|| judged.share(after, before))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::whatif::Node;

    pub(super) fn fixed(text: &str) -> Fixed {
        Fixed::parse(text).unwrap()
    }

    /// Net sales of 1,000 − 50 − 100 = 850, all of them with cost and fees. CM1: 850 − 200 − 50 − 150 = 450,
    /// CM2: − 80 − 20 = 350, CM3: − 100 = 250.
    fn tree() -> Tree {
        let known = |text| Some(fixed(text));
        Tree {
            sessions: known("2000"),
            orders: known("40"),
            units: known("50"),
            gmv: known("1100"),
            gross: known("1000"),
            discounts: known("50"),
            refunds: known("100"),
            judged_net: known("850"),
            goods: known("200"),
            duty: known("50"),
            fees: known("150"),
            fulfilment: known("80"),
            storage: known("20"),
            clicks: known("400"),
            ad_spend: known("100"),
            ad_sales: known("500"),
            claiming_spend: known("90"),
            yuan_share: known("0.5"),
        }
    }

    fn levers(moved: &[(Lever, &str)]) -> Levers {
        moved.iter().fold(Levers::default(), |levers, (lever, to)| levers.with(*lever, fixed(to)))
    }

    /// Nodes with what they have to be; all others have to stay as they are.
    #[track_caller]
    fn check(tree: &Tree, moved: &[(Lever, &str)], expected: &[(Node, &str)]) {
        let result = apply(tree, &levers(moved));
        for node in Node::ALL {
            let text = |tree: &Tree| tree.at(node).map_or("–".to_owned(), |it| it.to_string());
            let wanted = expected.iter().find(|(it, _)| *it == node);
            let wanted = wanted.map_or_else(|| text(tree), |(_, it)| (*it).to_owned());
            assert_eq!(text(&result), wanted, "{node:?} {moved:?}");
        }
    }

    #[test]
    fn nothing_moves_by_itself() {
        check(&tree(), &[], &[]);
        assert_eq!(apply(&tree(), &Levers::default()), tree());
        assert_eq!(apply(&Tree::default(), &levers(&[(Lever::Price, "0.1")])), Tree::default());
    }

    #[test]
    fn a_price_moves_sales_and_fees_but_no_units() {
        check(
            &tree(),
            &[(Lever::Price, "0.1")],
            &[
                (Node::Gmv, "1210"),
                (Node::OrderValue, "30.25"),
                (Node::Cancelled, "110"),
                (Node::Gross, "1100"),
                (Node::Discounts, "55"),
                (Node::Refunds, "110"),
                (Node::Net, "935"),
                (Node::JudgedNet, "935"),
                (Node::Fees, "165"),
                // 935 − 250 − 165
                (Node::Cm1, "520"),
                (Node::Cm2, "420"),
                (Node::Cm3, "320"),
                (Node::Cm3Rate, "0.34224599"),
                // 90 ÷ 550, 100 ÷ 935
                (Node::Acos, "0.16363636"),
                (Node::Tacos, "0.10695187"),
            ],
        );
    }

    #[test]
    fn demand_may_react_to_the_price() {
        // 10 % more price, 20 % fewer units: sales × 0.88, costs of units × 0.8.
        check(
            &tree(),
            &[(Lever::Price, "0.1"), (Lever::Demand, "-2")],
            &[
                (Node::Gmv, "968"),
                (Node::Conversion, "0.016"),
                (Node::Orders, "32"),
                (Node::Units, "40"),
                (Node::OrderValue, "30.25"),
                (Node::Cancelled, "88"),
                (Node::Gross, "880"),
                (Node::Discounts, "44"),
                (Node::Refunds, "88"),
                (Node::Net, "748"),
                (Node::JudgedNet, "748"),
                (Node::Goods, "160"),
                (Node::Duty, "40"),
                (Node::Fees, "132"),
                (Node::Cm1, "416"),
                (Node::Fulfilment, "64"),
                (Node::Cm2, "332"),
                (Node::Cm3, "232"),
                (Node::Cm3Rate, "0.31016043"),
                // 90 ÷ 440, 100 ÷ 748
                (Node::Acos, "0.20454545"),
                (Node::Tacos, "0.13368984"),
            ],
        );
        // Nobody buys less than nothing; of no sales there are no rates.
        let none = apply(&tree(), &levers(&[(Lever::Price, "0.5"), (Lever::Demand, "-3")]));
        assert_eq!((none.units, none.net()), (Some(Fixed::ZERO), Some(Fixed::ZERO)));
        assert_eq!(none.cm3(), Some(fixed("-120")));
        assert_eq!([Node::OrderValue, Node::Acos, Node::Tacos].map(|it| none.at(it)), [None; 3]);
    }

    #[test]
    fn conversion_moves_all_but_prices_ads_and_storage() {
        check(
            &tree(),
            &[(Lever::Conversion, "-0.1")],
            &[
                (Node::Gmv, "990"),
                (Node::Conversion, "0.018"),
                (Node::Orders, "36"),
                (Node::Units, "45"),
                (Node::Cancelled, "90"),
                (Node::Gross, "900"),
                (Node::Discounts, "45"),
                (Node::Refunds, "90"),
                (Node::Net, "765"),
                (Node::JudgedNet, "765"),
                (Node::Goods, "180"),
                (Node::Duty, "45"),
                (Node::Fees, "135"),
                (Node::Cm1, "405"),
                (Node::Fulfilment, "72"),
                // 405 − 72 − 20
                (Node::Cm2, "313"),
                (Node::Cm3, "213"),
                (Node::Cm3Rate, "0.27843137"),
                (Node::Acos, "0.2"),
                (Node::Tacos, "0.13071895"),
            ],
        );
    }

    #[test]
    fn returns_fees_and_clicks_move_what_they_are_of() {
        check(
            &tree(),
            &[(Lever::Returns, "0.5")],
            &[
                (Node::Refunds, "150"),
                (Node::Net, "800"),
                (Node::JudgedNet, "800"),
                (Node::Cm1, "400"),
                (Node::Cm2, "300"),
                (Node::Cm3, "200"),
                (Node::Cm3Rate, "0.25"),
                (Node::Tacos, "0.125"),
            ],
        );
        check(
            &tree(),
            &[(Lever::Fees, "0.1")],
            &[
                (Node::Fees, "165"),
                (Node::Cm1, "435"),
                (Node::Cm2, "335"),
                (Node::Cm3, "235"),
                (Node::Cm3Rate, "0.27647059"),
            ],
        );
        check(
            &tree(),
            &[(Lever::Cpc, "0.2")],
            &[
                (Node::AdSpend, "120"),
                (Node::Cpc, "0.3"),
                (Node::Cm3, "230"),
                (Node::Cm3Rate, "0.27058824"),
                // 108 ÷ 500, 120 ÷ 850
                (Node::Acos, "0.216"),
                (Node::Tacos, "0.14117647"),
            ],
        );
    }

    #[test]
    fn a_tariff_is_points_of_the_cost_of_goods() {
        check(
            &tree(),
            &[(Lever::Tariff, "0.1")],
            &[
                (Node::Duty, "70"),
                (Node::Cm1, "430"),
                (Node::Cm2, "330"),
                (Node::Cm3, "230"),
                (Node::Cm3Rate, "0.27058824"),
            ],
        );
        // Fifty points less would be −50 of duty.
        let cheap = apply(&tree(), &levers(&[(Lever::Tariff, "-0.5")]));
        assert_eq!(cheap.duty, Some(Fixed::ZERO));
        // Where no sheet tells the duty it is somewhere in the cost of goods.
        let untold = Tree { goods: Some(fixed("250")), duty: None, ..tree() };
        let more = apply(&untold, &levers(&[(Lever::Tariff, "0.1")]));
        assert_eq!((more.goods, more.duty), (Some(fixed("250")), Some(fixed("25"))));
        assert_eq!(more.cm3(), Some(fixed("225")));
        let less = apply(&untold, &levers(&[(Lever::Tariff, "-0.1")]));
        assert_eq!(less.cm3(), Some(fixed("275")));
    }

    #[test]
    fn a_dearer_yuan_moves_what_is_paid_in_it() {
        // Half of it: 20 % more are 10 % of the landed cost, duty is raised on what goods cost then.
        check(
            &tree(),
            &[(Lever::ExchangeRate, "0.2")],
            &[
                (Node::Goods, "220"),
                (Node::Duty, "55"),
                (Node::Cm1, "425"),
                (Node::Cm2, "325"),
                (Node::Cm3, "225"),
                (Node::Cm3Rate, "0.26470588"),
            ],
        );
        let unknown = Tree { yuan_share: None, ..tree() };
        let all = apply(&unknown, &levers(&[(Lever::ExchangeRate, "0.2")]));
        assert_eq!((all.goods, all.duty), (Some(fixed("240")), Some(fixed("60"))));
        let none = Tree { yuan_share: Some(Fixed::ZERO), ..tree() };
        assert_eq!(apply(&none, &levers(&[(Lever::ExchangeRate, "0.2")])), none);
    }

    #[test]
    fn what_is_not_known_stays_unknown() {
        let moved = levers(&Lever::ALL.map(|lever| (lever, "0.1")));
        let without = |forget: fn(&mut Tree)| {
            let mut tree = tree();
            forget(&mut tree);
            apply(&tree, &moved)
        };
        let no_cost = without(|tree| (tree.goods, tree.duty) = (None, None));
        assert_eq!((no_cost.cogs(), no_cost.cm1(), no_cost.cm3()), (None, None, None));
        assert!(no_cost.net().is_some() && no_cost.ad_spend.is_some());
        let no_fees = without(|tree| tree.fees = None);
        assert_eq!((no_fees.fees, no_fees.cm3()), (None, None));
        let no_fulfilment = without(|tree| tree.fulfilment = None);
        assert!(no_fulfilment.cm1().is_some() && no_fulfilment.cm2().is_none());
        let no_discounts = without(|tree| tree.discounts = None);
        assert_eq!((no_discounts.net(), no_discounts.judged_net), (None, None));
        let no_sessions = without(|tree| tree.sessions = None);
        assert_eq!(no_sessions.at(Node::Conversion), None);
        assert!(no_sessions.orders.is_some());
        // Refunds and spend that nobody states count as 0 in the KPIs, and so they do here.
        let silent = without(|tree| (tree.refunds, tree.ad_spend) = (None, None));
        assert_eq!((silent.refunds, silent.ad_spend), (None, None));
        assert_eq!(silent.cm3(), silent.cm2());
        assert_eq!(silent.net(), Some(silent.gross.unwrap().minus(silent.discounts.unwrap())));
    }

    #[test]
    fn nothing_and_losses_are_moved_alike() {
        let zero = Tree { judged_net: Some(Fixed::ZERO), ..Tree::default() };
        let nothing = Tree {
            gross: Some(fixed("100")),
            discounts: Some(Fixed::ZERO),
            refunds: Some(fixed("100")),
            ..zero
        };
        // Both grow alike: still nothing. With more returns it is less than nothing, and nobody knows whose.
        let dearer = apply(&nothing, &levers(&[(Lever::Price, "0.1")]));
        assert_eq!((dearer.net(), dearer.judged_net), (Some(Fixed::ZERO), Some(Fixed::ZERO)));
        let returned = apply(&nothing, &levers(&[(Lever::Returns, "0.1")]));
        assert_eq!((returned.net(), returned.judged_net), (Some(fixed("-10")), None));
        // More came back than was sold: −60 in all, −30 of them judged.
        let loss = Tree { gross: Some(fixed("40")), judged_net: Some(fixed("-30")), ..nothing };
        let dearer = apply(&loss, &levers(&[(Lever::Price, "0.5")]));
        assert_eq!((dearer.net(), dearer.judged_net), (Some(fixed("-90")), Some(fixed("-45"))));
        assert_eq!(dearer.at(Node::Tacos), None);
    }

    #[test]
    fn parts_add_up_whatever_is_moved() {
        let known = |text| Some(fixed(text));
        let odd = Tree {
            gross: known("1234.5678"),
            discounts: known("33.3333"),
            refunds: known("77.7777"),
            judged_net: known("1001.0001"),
            goods: known("211.1119"),
            duty: known("17.0003"),
            fees: known("149.9999"),
            fulfilment: known("83.1234"),
            storage: known("9.0909"),
            ad_spend: known("101.0107"),
            ..tree()
        };
        let moves = ["-0.07", "0.13", "0.01"];
        for (at, to) in moves.into_iter().cycle().take(9).enumerate() {
            let moved = Lever::ALL.map(|lever| if lever as usize > at { "0" } else { to });
            let moved: Vec<_> = Lever::ALL.into_iter().zip(moved).collect();
            let result = apply(&odd, &levers(&moved));
            let all = |parts: [Option<Fixed>; 2]| parts.into_iter().flatten().sum::<Fixed>();
            let net = result.net().unwrap();
            assert_eq!(
                all([Some(net), result.discounts]).plus(result.refunds.unwrap()),
                result.gross.unwrap()
            );
            let costs = [
                result.goods,
                result.duty,
                result.fees,
                result.fulfilment,
                result.storage,
                result.ad_spend,
                result.cm3(),
            ];
            assert_eq!(costs.into_iter().flatten().sum::<Fixed>(), result.judged_net.unwrap());
        }
    }

    #[test]
    fn levers_of_several_kinds_are_moved_together() {
        // Demand × 1.2 × (1 − 1 × 0.1) = 1.08, sales × 1.188.
        let together = apply(
            &tree(),
            &levers(&[
                (Lever::Price, "0.1"),
                (Lever::Demand, "-1"),
                (Lever::Conversion, "0.2"),
                (Lever::Returns, "-0.2"),
                (Lever::Fees, "0.05"),
                (Lever::Cpc, "-0.1"),
                (Lever::Tariff, "0.1"),
                (Lever::ExchangeRate, "-0.1"),
            ]),
        );
        let amount = |node| together.at(node).unwrap().to_string();
        assert_eq!(amount(Node::Gross), "1188");
        assert_eq!(amount(Node::Discounts), "59.4");
        assert_eq!(amount(Node::Refunds), "95.04");
        assert_eq!(amount(Node::Net), "1033.56");
        // 200 × 1.08 × 0.95, 50 × 1.08 × 0.95 + 20.52
        assert_eq!((amount(Node::Goods), amount(Node::Duty)), ("205.2".into(), "71.82".into()));
        assert_eq!(amount(Node::Fees), "187.11");
        assert_eq!(amount(Node::Fulfilment), "86.4");
        assert_eq!(amount(Node::AdSpend), "90");
        // 1033.56 − 277.02 − 187.11 − 86.4 − 20 − 90
        assert_eq!(amount(Node::Cm3), "373.03");
    }
}
