//! The SKUs of a period by what they sold.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{Choice, scan::Scan};
use crate::{
    domain::{Period, sort_few_by_key},
    facts::cube::{Cube, column},
};

/// The SKUs of a slice with sales in the period, largest gross sales first; of equal ones the first name.
pub fn best_sellers(cube: &Cube, choice: &Choice, period: Period) -> Vec<String> {
    let scan = Scan::new(cube, choice, period);
    let days = period.from.days_since_epoch()..=period.to.days_since_epoch();
    let mut sales: BTreeMap<u32, i64> = BTreeMap::new();
    for index in scan.cells_in(&cube.sales) {
        let Some(key) = cube.sales.keys.get(index).filter(|key| key.sku > 0) else { continue };
        if days.contains(&key.day) {
            let sum = sales.entry(key.sku).or_default();
            *sum = sum.saturating_add(scan.money(&cube.sales, column::GROSS, index));
        }
    }
    let name = |sku: u32| cube.skus.get(sku as usize).map_or("", String::as_str);
    let mut sellers: Vec<(Reverse<i64>, &str)> =
        sales.into_iter().map(|(sku, gross)| (Reverse(gross), name(sku))).collect();
    sort_few_by_key(&mut sellers, |seller| *seller);
    sellers.into_iter().map(|(_, sku)| sku.to_owned()).collect()
}
