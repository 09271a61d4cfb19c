//! How many members of a dimension have any of a measure.

use std::collections::{BTreeMap, BTreeSet};

use super::{Slice, covered_days, scan::Scan};
use crate::{
    domain::{Dimension, Fixed, Measure, Measures, Missing, Period, Sum, set_of_few},
    facts::cube::{CellKey, Cells, Cube, column},
};

/// What was counted, or why nothing could be.
pub(super) type MemberCounts = BTreeMap<(Dimension, Measure, Period), Result<Sum, Missing>>;

impl Slice {
    /// See `Measures::count_members`; counted once for a period.
    pub(super) fn members_with(
        &self,
        dimension: Dimension,
        measure: Measure,
        period: Period,
    ) -> Result<Sum, Missing> {
        let asked = (dimension, measure, period);
        if let Some(known) = self.counted.borrow().get(&asked) {
            return *known;
        }
        let counted = self.count(dimension, measure, period);
        self.counted.borrow_mut().insert(asked, counted);
        counted
    }

    fn count(
        &self,
        dimension: Dimension,
        measure: Measure,
        period: Period,
    ) -> Result<Sum, Missing> {
        // Why there is no sum is why there is no count.
        let whole = self.sum(measure, period)?;
        let n = match dimension {
            Dimension::Sku => {
                let scan = Scan::new(&self.cube, &self.choice, covered_days(&self.cube));
                let amounts = scan.by_sku(measure, period).ok_or(Missing::NoSkuDetail)?;
                amounts.iter().skip(1).filter(|amount| **amount != 0).count()
            }
            _ => {
                let mut n = 0;
                for member in members_of(&self.cube, dimension) {
                    match self.narrowed(dimension, member).sum(measure, period) {
                        Ok(sum) => n += usize::from(sum.value != Fixed::ZERO),
                        Err(Missing::NoData) => (),
                        Err(why) => return Err(why),
                    }
                }
                n
            }
        };
        if n == 0 && whole.value != Fixed::ZERO {
            // It is there, and its reports do not say whose it is.
            return Err(Missing::NoSkuDetail);
        }
        let n_facts = n as u64;
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        Ok(Sum { value: Fixed::from_ten_thousandths(n.saturating_mul(Fixed::SCALE)), n_facts })
    }
}

/// What facts name; a product without a brand is of none.
fn members_of(cube: &Cube, dimension: Dimension) -> BTreeSet<&str> {
    let places = cube.places.iter();
    let names: BTreeSet<&str> = match dimension {
        Dimension::Channel => set_of_few(places.map(|place| place.channel.as_str())),
        Dimension::Shop => set_of_few(places.map(|place| place.shop.as_str())),
        Dimension::Sku => set_of_few(cube.skus.iter().map(String::as_str)),
        Dimension::Brand => set_of_few(cube.products.iter().map(|it| it.brand.as_str())),
        Dimension::Category => set_of_few(cube.products.iter().map(|it| it.category.as_str())),
        Dimension::Owner => set_of_few(cube.products.iter().map(|it| it.owner.as_str())),
    };
    names.into_iter().filter(|name| !name.is_empty()).collect()
}

impl Scan<'_> {
    /// A measure of `Measure::BY_SKU` over a period by SKU, the first of which is what names none; `None` for
    /// others.
    fn by_sku(&self, measure: Measure, period: Period) -> Option<Vec<i64>> {
        if measure == Measure::SkuNetSales {
            return Some(self.sku_sums(period).iter().map(|sums| sums.net).collect());
        }
        let cells = self.cells_with(measure)?;
        let mut amounts = vec![0_i64; self.cube.skus.len()];
        for index in self.cells_of_skus(cells, period) {
            let Some(key) = cells.keys.get(index).copied() else { continue };
            if let Some(amount) = amounts.get_mut(key.sku as usize) {
                *amount = amount.saturating_add(self.amount(measure, index, key));
            }
        }
        Some(amounts)
    }

    fn cells_with(&self, measure: Measure) -> Option<&Cells> {
        match measure {
            Measure::Units | Measure::Gmv | Measure::GrossSales => Some(&self.cube.sales),
            Measure::Refunds => Some(&self.cube.money),
            Measure::Spend => Some(&self.cube.ads),
            _ => None,
        }
    }

    /// What a cell of these says.
    fn amount(&self, measure: Measure, index: usize, key: CellKey) -> i64 {
        let money = |cells: &Cells, column: usize| self.money(cells, column, index);
        match measure {
            Measure::Units => self.sales_of(index, key).units,
            Measure::Gmv => self.sales_of(index, key).gmv,
            Measure::GrossSales => self.sales_of(index, key).gross,
            Measure::Refunds if self.has_sales(key.place, key.day) => {
                money(&self.cube.money, column::REFUNDS)
            }
            Measure::Spend => money(&self.cube.ads, column::SPEND),
            _ => 0,
        }
    }
}
