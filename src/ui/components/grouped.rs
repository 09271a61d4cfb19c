//! KPIs by group.

use crate::domain::sort_few_by_key;

/// Things with the group that each belongs to, by group: groups in the order of their first thing, but
/// what is asked for every day before how far the data can be trusted.
pub(crate) fn grouped<'a, T>(things: impl Iterator<Item = (&'a str, T)>) -> Vec<(&'a str, Vec<T>)> {
    let mut groups: Vec<(&str, Vec<T>)> = Vec::new();
    for (group, thing) in things {
        match groups.iter_mut().find(|(it, _)| *it == group) {
            Some((_, members)) => members.push(thing),
            None => groups.push((group, vec![thing])),
        }
    }
    let rank = |group: &str| match group {
        "sales" => 0,
        "profit" => 1,
        "ads" => 2,
        "traffic" => 3,
        _ => 4,
    };
    sort_few_by_key(&mut groups, |(group, _)| rank(group));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_stand_in_the_order_of_the_day() {
        let things = [("data_quality", 1), ("ads", 2), ("sales", 3), ("ads", 4)].into_iter();
        assert_eq!(
            grouped(things),
            [("sales", vec![3]), ("ads", vec![2, 4]), ("data_quality", vec![1])]
        );
    }
}
