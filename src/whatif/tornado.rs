//! Which lever matters most.

use super::{
    apply::apply,
    lever::{Lever, Levers},
    tree::Tree,
};
use crate::domain::{Fixed, sort_few_by_key};

/// What a lever changes when it alone is moved: down by a step, then up by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swing {
    pub lever: Lever,
    /// Of net sales; `None` where they are not known.
    pub net: [Option<Fixed>; 2],
    /// Of CM3.
    pub profit: [Option<Fixed>; 2],
}

/// Each lever by itself, moved by a step down and up from where all stand still; the largest effect on CM3
/// first, on net sales where CM3 is not known. Demand reacts to the price as `demand` says; it is no lever of
/// its own.
pub fn tornado(tree: &Tree, step: Fixed, demand: Fixed) -> Vec<Swing> {
    let still = Levers::default().with(Lever::Demand, demand);
    let moved = |lever: Lever| {
        let results = [step.negated(), step].map(|to| apply(tree, &still.with(lever, to)));
        let change = |of: fn(&Tree) -> Option<Fixed>| {
            results.each_ref().map(|result| Some(of(result)?.minus(of(tree)?)))
        };
        Swing { lever, net: change(Tree::net), profit: change(Tree::cm3) }
    };
    let levers = Lever::ALL.into_iter().filter(|lever| *lever != Lever::Demand);
    let mut swings: Vec<Swing> = levers.map(moved).collect();
    sort_few_by_key(&mut swings, |swing| std::cmp::Reverse(swing.size()));
    swings
}

impl Swing {
    /// The larger of its two effects.
    fn size(&self) -> Fixed {
        let known = if self.profit == [None, None] { self.net } else { self.profit };
        known.into_iter().flatten().map(Fixed::absolute).max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(text: &str) -> Fixed {
        Fixed::parse(text).unwrap()
    }

    /// CM3: 900 − 300 − 100 − 50 − 100 = 350.
    fn tree() -> Tree {
        let known = |text| Some(fixed(text));
        Tree {
            gross: known("1000"),
            discounts: known("0"),
            refunds: known("100"),
            judged_net: known("900"),
            goods: known("300"),
            fees: known("100"),
            fulfilment: known("50"),
            ad_spend: known("100"),
            ..Tree::default()
        }
    }

    fn texts(swings: &[Swing]) -> Vec<String> {
        let text = |it: Option<Fixed>| it.map_or("–".to_owned(), |it| it.to_string());
        let line = |swing: &Swing| {
            let [net, profit] = [swing.net, swing.profit].map(|it| it.map(text).join(" "));
            format!("{} {net} | {profit}", swing.lever.id())
        };
        swings.iter().map(line).collect()
    }

    #[test]
    fn levers_stand_by_what_they_do_to_profit() {
        let swings = tornado(&tree(), fixed("0.1"), Fixed::ZERO);
        assert_eq!(
            texts(&swings),
            [
                "price -90 90 | -80 80",
                "conversion -90 90 | -45 45",
                "tariff 0 0 | 30 -30",
                "exchange_rate 0 0 | 30 -30",
                "returns 10 -10 | 10 -10",
                "fees 0 0 | 10 -10",
                "cpc 0 0 | 10 -10",
            ]
        );
    }

    #[test]
    fn demand_reacts_in_it() {
        let swings = tornado(&tree(), fixed("0.1"), fixed("-2"));
        // Price down: units × 1.2, sales × 1.08. Up: units × 0.8, sales × 0.88.
        let price = swings.iter().find(|it| it.lever == Lever::Price).unwrap();
        assert_eq!(texts(&[*price]), ["price 72 -108 | -6 -26"]);
    }

    #[test]
    fn without_costs_net_sales_count() {
        let swings = tornado(&Tree { goods: None, ..tree() }, fixed("0.1"), Fixed::ZERO);
        assert_eq!(texts(&swings)[0], "price -90 90 | – –");
        assert_eq!(texts(&swings)[2], "returns 10 -10 | – –");
        let nothing = tornado(&Tree::default(), fixed("0.1"), Fixed::ZERO);
        assert_eq!(nothing.len(), 7);
    }
}
