//! What came back of the orders of a period, SKU by SKU.

use std::collections::BTreeMap;

use super::{
    Choice,
    scan::{Scan, value},
};
use crate::{
    domain::{Fixed, Period, SkuReturns, sort_few_by},
    facts::cube::{Cells, Cube, column},
};

/// The SKUs of a slice with units in the period, sorted. Sales of no known SKU are left out.
pub fn returns_by_sku(cube: &Cube, choice: &Choice, period: Period) -> Vec<SkuReturns> {
    let scan = Scan::new(cube, choice, period);
    let mut of_sku: BTreeMap<u32, (i64, i64)> = BTreeMap::new();
    let mut each = |cells: &Cells, column: usize, take: fn(&mut (i64, i64), i64)| {
        for index in scan.cells_in(cells) {
            let Some(key) = cells.keys.get(index).filter(|key| key.sku > 0) else { continue };
            let days = period.from.days_since_epoch()..=period.to.days_since_epoch();
            if days.contains(&key.day) {
                take(of_sku.entry(key.sku).or_default(), value(cells, column, index));
            }
        }
    };
    each(&cube.sales, column::UNITS, |sums, units| sums.0 += units);
    each(&cube.returns, column::RETURNED_OF_ORDERS, |sums, units| sums.1 += units);
    let told = |(sku, (units, returned)): (u32, (i64, i64))| SkuReturns {
        sku: cube.skus.get(sku as usize).cloned().unwrap_or_default(),
        category: cube.products.get(sku as usize).map(|it| it.category.clone()).unwrap_or_default(),
        units: Fixed::from_ten_thousandths(units),
        returned: Fixed::from_ten_thousandths(returned),
    };
    let mut all: Vec<SkuReturns> = of_sku.into_iter().map(told).collect();
    all.retain(|it| it.units > Fixed::ZERO);
    sort_few_by(&mut all, |one, other| one.sku.cmp(&other.sku));
    all
}
