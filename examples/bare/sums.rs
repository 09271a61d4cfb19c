//! What is counted, and what two workers tell each other of it.

use hashbrown::{HashMap, HashSet};
use js_sys::{Array, BigUint64Array, Float64Array, Int32Array, Reflect, Uint32Array};
use linkstar_kpi::{
    domain::Fixed,
    facts::ByteIndex,
    ingest::projection::{ProjectedRows, moment_in},
};
use rustc_hash::FxBuildHasher;
use wasm_bindgen::{JsCast, JsValue};
use xxhash_rust::xxh3::xxh3_64;

use crate::{
    days::{Days, month_of},
    object,
    orders::{Counts, Distinct, Orders},
};

const CENT: i64 = 100;
const NO_CELL: u32 = u32::MAX;

/// All that one worker knows.
#[derive(Default)]
pub(crate) struct Sums {
    skus: ByteIndex,
    places: Places,
    cells: Vec<Cell>,
    orders: Orders,
    counts: Counts,
    /// The own cell of each cell of the other worker's part.
    of_part: Vec<u32>,
    /// What both workers have rows of.
    shared: Shared,
    days: Days,
    batch: Batch,
}

/// Sums of a day and SKU; money in ten-thousandths.
#[derive(Clone, Copy, Default)]
struct Cell {
    day: i32,
    sku: u32,
    units: i64,
    gross: i64,
    discount: i64,
}

/// Columns of the rows being added.
#[derive(Default)]
struct Batch {
    is_out: Vec<bool>,
    cells: Vec<u32>,
    days: Vec<i32>,
    skus: Vec<u32>,
}

#[derive(Default)]
struct Shared {
    cells: Vec<bool>,
    months: HashSet<i32>,
}

impl Sums {
    pub(crate) fn add(&mut self, rows: ProjectedRows<'_>) {
        let mut batch = std::mem::take(&mut self.batch);
        batch.is_out.clear();
        rows.each_cell(2, |status| batch.is_out.push(status == b"Cancelled"));
        batch.days.clear();
        rows.each_cell(1, |text| batch.days.push(self.days.of(text, || moment_in(text))));
        batch.skus.clear();
        rows.each_cell(3, |sku| batch.skus.push(self.skus.intern(sku)));
        batch.cells.clear();
        for ((day, sku), is_out) in batch.days.iter().zip(&batch.skus).zip(&batch.is_out) {
            batch.cells.push(if *is_out { NO_CELL } else { self.cell(*day, *sku) });
        }
        for (column, place) in [(4, 0), (5, 1), (6, 2), (7, 2)] {
            let mut cells = batch.cells.iter();
            rows.each_number(column, |number| {
                let cell = cells.next().and_then(|cell| self.cells.get_mut(*cell as usize));
                if let (Some(cell), Some(number)) = (cell, number) {
                    cell.add(place, number);
                }
            });
        }
        let mut cells = batch.cells.iter();
        rows.each_cell(0, |order| {
            if let Some(cell) = cells.next().filter(|cell| **cell != NO_CELL) {
                self.orders.note(xxh3_64(order), *cell);
            }
        });
        self.batch = batch;
    }

    fn cell(&mut self, day: i32, sku: u32) -> u32 {
        let next = u32::try_from(self.cells.len()).unwrap_or(NO_CELL);
        let cell = self.places.of(day, sku, next);
        if cell == next {
            self.cells.push(Cell { day, sku, ..Cell::default() });
        }
        cell
    }

    pub(crate) fn count_orders(&mut self) {
        self.counts = self.orders.count(&self.months());
    }

    fn months(&self) -> Vec<i32> {
        self.cells.iter().map(|cell| month_of(cell.day)).collect()
    }

    /// Adds what the other worker has counted; answers what both have rows of, cells as the other one
    /// numbers them.
    pub(crate) fn add_part(&mut self, part: &JsValue) -> Result<JsValue, JsValue> {
        let get = |name: &str| Reflect::get(part, &name.into());
        let numbers = |name| get(name).map(|it| it.unchecked_into::<Float64Array>().to_vec());
        let skus: Vec<u32> = get("skus")?
            .unchecked_into::<Array>()
            .iter()
            .map(|sku| self.skus.intern(sku.as_string().unwrap_or_default().as_bytes()))
            .collect();
        let days = get("day")?.unchecked_into::<Int32Array>().to_vec();
        let sku_ids = get("sku")?.unchecked_into::<Uint32Array>().to_vec();
        let orders = get("orders")?.unchecked_into::<Uint32Array>().to_vec();
        let (units, gross, discount) = (numbers("units")?, numbers("gross")?, numbers("discount")?);
        let places = days.into_iter().zip(sku_ids);
        let sums = units.into_iter().zip(gross).zip(discount);
        let n_own = self.cells.len();
        self.shared.cells = vec![false; n_own];
        let mut shared = Vec::new();
        for (((day, sku), ((units, gross), discount)), number) in places.zip(sums).zip(0..) {
            let sku = skus.get(sku as usize).copied().unwrap_or(NO_CELL);
            let own = self.cell(day, sku);
            self.of_part.push(own);
            if let Some(cell) = self.cells.get_mut(own as usize) {
                cell.units += integer(units);
                cell.gross += integer(gross);
                cell.discount += integer(discount);
            }
            if let Some(is_shared) = self.shared.cells.get_mut(own as usize) {
                *is_shared = true;
                shared.push(number);
            }
        }
        self.counts.of_cells.resize(self.cells.len(), 0);
        for (own, count) in self.of_part.iter().zip(orders) {
            if let Some(own) = self.counts.of_cells.get_mut(*own as usize) {
                *own += count;
            }
        }
        let months = get("month")?.unchecked_into::<Int32Array>().to_vec();
        let month_orders = get("monthOrders")?.unchecked_into::<Uint32Array>().to_vec();
        for (month, count) in months.into_iter().zip(month_orders) {
            if let Some(own) = self.counts.of_months.get_mut(&month) {
                *own += count;
                self.shared.months.insert(month);
            } else {
                self.counts.of_months.insert(month, count);
            }
        }
        let months: Vec<i32> = self.shared.months.iter().copied().collect();
        Ok(object([
            ("cells", Uint32Array::from(shared.as_slice()).into()),
            ("months", Int32Array::from(months.as_slice()).into()),
        ]))
    }

    /// The orders in what is shared.
    pub(crate) fn orders_in(&self, shared: &JsValue) -> Result<JsValue, JsValue> {
        let get = |name: &str| Reflect::get(shared, &name.into());
        let mut cells = vec![false; self.cells.len()];
        for cell in get("cells")?.unchecked_into::<Uint32Array>().to_vec() {
            if let Some(is_shared) = cells.get_mut(cell as usize) {
                *is_shared = true;
            }
        }
        let months = get("months")?.unchecked_into::<Int32Array>().to_vec().into_iter().collect();
        let Distinct { in_cells, in_months } =
            self.orders.distinct(&self.months(), &cells, &months);
        let (orders, cells): (Vec<u64>, Vec<u32>) = in_cells.into_iter().unzip();
        let (month_orders, months): (Vec<u64>, Vec<i32>) = in_months.into_iter().unzip();
        Ok(object([
            ("orders", BigUint64Array::from(orders.as_slice()).into()),
            ("cells", Uint32Array::from(cells.as_slice()).into()),
            ("monthOrders", BigUint64Array::from(month_orders.as_slice()).into()),
            ("months", Int32Array::from(months.as_slice()).into()),
        ]))
    }

    /// Counts once what both have: `orders` are the other one's in what is shared.
    pub(crate) fn count_once(&mut self, orders: &JsValue) -> Result<(), JsValue> {
        let get = |name: &str| Reflect::get(orders, &name.into());
        let hashes =
            |name: &str| get(name).map(|it| it.unchecked_into::<BigUint64Array>().to_vec());
        let own = self.orders.distinct(&self.months(), &self.shared.cells, &self.shared.months);
        let cells = get("cells")?.unchecked_into::<Uint32Array>().to_vec();
        for (order, cell) in hashes("orders")?.into_iter().zip(cells) {
            let cell = self.of_part.get(cell as usize).copied().unwrap_or(NO_CELL);
            if own.in_cells.contains(&(order, cell))
                && let Some(count) = self.counts.of_cells.get_mut(cell as usize)
            {
                *count -= 1;
            }
        }
        let months = get("months")?.unchecked_into::<Int32Array>().to_vec();
        for (order, month) in hashes("monthOrders")?.into_iter().zip(months) {
            if own.in_months.contains(&(order, month))
                && let Some(count) = self.counts.of_months.get_mut(&month)
            {
                *count -= 1;
            }
        }
        Ok(())
    }

    /// The part for the other worker: units and money in ten-thousandths.
    pub(crate) fn to_part(&self) -> JsValue {
        self.to_js(1, 1)
    }

    /// The end: whole units, money in cents.
    pub(crate) fn to_answer(&self) -> JsValue {
        self.to_js(Fixed::SCALE, CENT)
    }

    fn to_js(&self, unit: i64, cent: i64) -> JsValue {
        let column = |of: fn(&Cell) -> i64, scale: i64| {
            let numbers: Vec<f64> = self.cells.iter().map(|cell| whole(of(cell) / scale)).collect();
            JsValue::from(Float64Array::from(numbers.as_slice()))
        };
        let days: Vec<i32> = self.cells.iter().map(|cell| cell.day).collect();
        let sku_ids: Vec<u32> = self.cells.iter().map(|cell| cell.sku).collect();
        let months = &self.counts.of_months;
        let (month, month_orders): (Vec<i32>, Vec<u32>) = months.iter().unzip();
        object([
            ("skus", self.skus_as_js().into()),
            ("day", Int32Array::from(days.as_slice()).into()),
            ("sku", Uint32Array::from(sku_ids.as_slice()).into()),
            ("orders", Uint32Array::from(self.counts.of_cells.as_slice()).into()),
            ("units", column(|cell| cell.units, unit)),
            ("gross", column(|cell| cell.gross, cent)),
            ("discount", column(|cell| cell.discount, cent)),
            ("month", Int32Array::from(month.as_slice()).into()),
            ("monthOrders", Uint32Array::from(month_orders.as_slice()).into()),
        ])
    }

    fn skus_as_js(&self) -> Array {
        let ids = (0..self.skus.len()).map(|id| u32::try_from(id).unwrap_or(u32::MAX));
        ids.map(|id| JsValue::from_str(&String::from_utf8_lossy(self.skus.bytes(id)))).collect()
    }
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn whole(number: i64) -> f64 {
    number as f64
}

#[expect(clippy::cast_possible_truncation, reason = "what `whole` made")]
fn integer(number: f64) -> i64 {
    number as i64
}

impl Cell {
    fn add(&mut self, place: usize, number: Fixed) {
        let sum = match place {
            0 => &mut self.units,
            1 => &mut self.gross,
            _ => &mut self.discount,
        };
        *sum += number.ten_thousandths();
    }
}

/// The cells of days and SKUs. Rows come by time: most are of the day before.
#[derive(Default)]
struct Places {
    day: i32,
    /// Of `day` the cells by SKU.
    cells: Vec<u32>,
    other_days: HashMap<i32, Vec<u32>, FxBuildHasher>,
}

impl Places {
    /// The cell; `next`, which it is from now on, where there was none.
    fn of(&mut self, day: i32, sku: u32, next: u32) -> u32 {
        if day != self.day {
            let cells = self.other_days.remove(&day).unwrap_or_default();
            let left = std::mem::replace(&mut self.cells, cells);
            self.other_days.insert(std::mem::replace(&mut self.day, day), left);
        }
        let sku = sku as usize;
        if let Some(cell) = self.cells.get_mut(sku) {
            if *cell == NO_CELL {
                *cell = next;
            }
            *cell
        } else {
            self.cells.resize(sku, NO_CELL);
            self.cells.push(next);
            next
        }
    }
}
