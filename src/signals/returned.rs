//! A product of which more comes back than its category allows.

use crate::{catalog::policy::PolicyLine, domain::Day, domain::Fixed, domain::Stated};

use super::{Breach, breach};

/// The breach of a product, with its line: that of its category where this is named as the platform does;
/// else the highest of all, above which it is over the line of any category. `lines` are those of one KPI.
pub fn returned<'a>(
    lines: &[&'a PolicyLine],
    category: &str,
    (returned, units): (Fixed, Fixed),
    (day, minimum): (Day, u32),
) -> Option<(&'a PolicyLine, Breach)> {
    let is_own = |line: &&&PolicyLine| line.category.eq_ignore_ascii_case(category.trim());
    let own = lines.iter().find(is_own).copied();
    let line = own.or_else(|| lines.iter().copied().max_by_key(|line| line.value()))?;
    let stated = Stated { count: returned, base: units, is_rate: true, day };
    Some((line, breach(line, &stated, minimum)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::policy::policy_lines;

    /// Category of the line and cases too many.
    fn check(
        category: &str,
        returned_units: i64,
        units: i64,
    ) -> Option<(&'static str, Option<i64>)> {
        let lines = policy_lines().iter().filter(|line| line.kpi == "svc.return_rate_cohort");
        let lines: Vec<&PolicyLine> = lines.collect();
        let of = (Fixed::from_whole(returned_units), Fixed::from_whole(units));
        let day = Day::parse("2026-08-31").unwrap();
        let (line, breach) = returned(&lines, category, of, (day, 25))?;
        Some((line.category.as_str(), breach.cases))
    }

    #[test]
    fn a_product_is_held_against_its_own_category() {
        // 8.1 % of 100 are 8.
        assert_eq!(check("home & kitchen", 9, 100), Some(("Home & Kitchen", Some(1))));
        assert_eq!(check("Home & Kitchen", 8, 100), None);
    }

    #[test]
    fn an_unknown_category_is_held_against_the_highest_line() {
        // 12.8 % of 72 are 9.
        let highest = "Backpacks, Handbags & Luggage";
        assert_eq!(check("Kettles", 16, 72), Some((highest, Some(7))));
        assert_eq!(check("", 9, 72), None);
    }

    #[test]
    fn fewer_than_25_units_cost_nothing() {
        assert_eq!(check("", 12, 24), None);
    }
}
