//! The benchmark's bare task, done by the engine's own reading: of an Amazon All Orders report, per
//! Los Angeles day and SKU distinct orders, units, gross sales and discounts of what is not
//! cancelled, and distinct orders per month.
//!
//! Runs in two workers, which post `"ready"` first. Each answers `{ rows }`, the header and some of
//! the rows as a blob, with all it knows of them, unless they are kept; `{ part }`, such an answer of
//! the other one, is answered with the sums of both.

use std::{cell::RefCell, rc::Rc};

use chrono::{DateTime, Datelike, Offset, TimeZone};
use chrono_tz::{America::Los_Angeles, Tz};
use hashbrown::{HashMap, HashSet};
use js_sys::{
    Array, BigInt64Array, BigUint64Array, Float64Array, Int32Array, Object, Reflect, Uint32Array,
};
use linkstar_kpi::{
    domain::{Day, Fixed},
    facts::ByteIndex,
    ingest::projection::{ProjectedRows, Projection},
    worker::host::each_piece,
};
use rustc_hash::FxBuildHasher;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};
use xxhash_rust::xxh3::xxh3_64;

const COLUMNS: [&str; 8] = [
    "amazon-order-id",
    "purchase-date",
    "order-status",
    "sku",
    "quantity",
    "item-price",
    "item-promotion-discount",
    "ship-promotion-discount",
];
const CENT: i64 = 100;

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let answers = scope.clone();
    let sums = Rc::new(RefCell::new(Sums::default()));
    let on_message = move |event: MessageEvent| {
        let (answers, sums) = (answers.clone(), sums.clone());
        spawn_local(async move {
            let answer = answer(&event.data(), &sums).await;
            let answer = answer.unwrap_or_else(|fault| object([("fault", fault)]));
            answers.post_message(&answer).unwrap_or_default();
        });
    };
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(on_message).into_js_value();
    scope.set_onmessage(Some(on_message.unchecked_ref()));
    scope.post_message(&"ready".into()).unwrap_or_default();
}

async fn answer(question: &JsValue, sums: &RefCell<Sums>) -> Result<JsValue, JsValue> {
    let part = Reflect::get(question, &"part".into())?;
    if part.is_object() {
        let mut sums = sums.take();
        sums.add_part(&part)?;
        return Ok(sums.into_js());
    }
    let rows = Reflect::get(question, &"rows".into())?;
    read(rows.unchecked_ref(), sums).await?;
    let is_kept = Reflect::get(question, &"isKept".into())?.is_truthy();
    Ok(if is_kept { object([]) } else { sums.take().into_part() })
}

async fn read(rows: &Blob, sums: &RefCell<Sums>) -> Result<(), JsValue> {
    let projection = RefCell::new(Projection::new(b'\t', false, &COLUMNS));
    each_piece(rows, |bytes| {
        projection.borrow_mut().feed(bytes, |rows| sums.borrow_mut().add(rows));
    })
    .await?;
    projection.into_inner().finish(|rows| sums.borrow_mut().add(rows));
    Ok(())
}

fn object<const N: usize>(entries: [(&str, JsValue); N]) -> JsValue {
    let object = Object::new();
    for (name, value) in entries {
        Reflect::set(&object, &name.into(), &value).unwrap_or_default();
    }
    object.into()
}

#[derive(Default)]
struct Sums {
    skus: ByteIndex,
    cell_of: HashMap<(i32, u32), u32, FxBuildHasher>,
    cells: Vec<Cell>,
    orders: Orders,
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

impl Sums {
    fn add(&mut self, rows: ProjectedRows<'_>) {
        let mut batch = std::mem::take(&mut self.batch);
        batch.is_out.clear();
        rows.each_cell(2, |status| batch.is_out.push(status == b"Cancelled"));
        batch.days.clear();
        rows.each_moment(1, |moment| batch.days.push(self.days.of(moment.unwrap_or(0))));
        batch.skus.clear();
        rows.each_cell(3, |sku| batch.skus.push(self.skus.intern(sku)));
        batch.cells.clear();
        for ((day, sku), is_out) in batch.days.iter().zip(&batch.skus).zip(&batch.is_out) {
            batch.cells.push(if *is_out { u32::MAX } else { self.cell(*day, *sku) });
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
            if let Some(cell) = cells.next().filter(|cell| **cell != u32::MAX) {
                self.orders.note(xxh3_64(order), *cell);
            }
        });
        self.batch = batch;
    }

    fn cell(&mut self, day: i32, sku: u32) -> u32 {
        let next = u32::try_from(self.cells.len()).unwrap_or(u32::MAX);
        let cell = *self.cell_of.entry((day, sku)).or_insert(next);
        if cell == next {
            self.cells.push(Cell { day, sku, ..Cell::default() });
        }
        cell
    }

    /// All that is known, for `add_part` of another worker.
    fn into_part(self) -> JsValue {
        let number = |of: fn(&Cell) -> i64| {
            BigInt64Array::from(self.cells.iter().map(of).collect::<Vec<i64>>().as_slice())
        };
        let (skus, days, sku_ids) = (self.skus_as_js(), self.days_as_js(), self.sku_ids_as_js());
        let (units, gross) = (number(|cell| cell.units), number(|cell| cell.gross));
        let discount = number(|cell| cell.discount);
        let [hashes, cells, ends] = self.orders.into_js();
        object([
            ("skus", skus.into()),
            ("day", days.into()),
            ("sku", sku_ids.into()),
            ("units", units.into()),
            ("gross", gross.into()),
            ("discount", discount.into()),
            ("orders", hashes),
            ("orderCells", cells),
            ("orderEnds", ends),
        ])
    }

    fn add_part(&mut self, part: &JsValue) -> Result<(), JsValue> {
        let get = |name: &str| Reflect::get(part, &name.into());
        let numbers = |name| get(name).map(|it| it.unchecked_into::<BigInt64Array>().to_vec());
        let skus: Vec<u32> = get("skus")?
            .unchecked_into::<Array>()
            .iter()
            .map(|sku| self.skus.intern(sku.as_string().unwrap_or_default().as_bytes()))
            .collect();
        let days = get("day")?.unchecked_into::<Int32Array>().to_vec();
        let sku_ids = get("sku")?.unchecked_into::<Uint32Array>().to_vec();
        let (units, gross, discount) = (numbers("units")?, numbers("gross")?, numbers("discount")?);
        let places = days.into_iter().zip(sku_ids);
        let sums = units.into_iter().zip(gross).zip(discount);
        let mut cells = Vec::new();
        for ((day, sku), ((units, gross), discount)) in places.zip(sums) {
            let sku = skus.get(sku as usize).copied().unwrap_or(u32::MAX);
            let own = self.cell(day, sku);
            cells.push(own);
            if let Some(cell) = self.cells.get_mut(own as usize) {
                cell.units += units;
                cell.gross += gross;
                cell.discount += discount;
            }
        }
        let hashes = get("orders")?.unchecked_into::<BigUint64Array>().to_vec();
        let order_cells = get("orderCells")?.unchecked_into::<Uint32Array>().to_vec();
        let ends = get("orderEnds")?.unchecked_into::<Uint32Array>().to_vec();
        let own = order_cells.iter().map(|cell| cells.get(*cell as usize).copied());
        let lines = hashes.into_iter().zip(own.map(Option::unwrap_or_default));
        self.orders.extend(lines, &ends);
        Ok(())
    }

    fn skus_as_js(&self) -> Array {
        let ids = (0..self.skus.len()).map(|id| u32::try_from(id).unwrap_or(u32::MAX));
        ids.map(|id| JsValue::from_str(&String::from_utf8_lossy(self.skus.bytes(id)))).collect()
    }

    fn days_as_js(&self) -> Int32Array {
        let days: Vec<i32> = self.cells.iter().map(|cell| cell.day).collect();
        Int32Array::from(days.as_slice())
    }

    fn sku_ids_as_js(&self) -> Uint32Array {
        let ids: Vec<u32> = self.cells.iter().map(|cell| cell.sku).collect();
        Uint32Array::from(ids.as_slice())
    }

    fn into_js(self) -> JsValue {
        let column = |of: fn(&Cell) -> f64| {
            Float64Array::from(self.cells.iter().map(of).collect::<Vec<f64>>().as_slice())
        };
        let (skus, days, sku_ids) = (self.skus_as_js(), self.days_as_js(), self.sku_ids_as_js());
        let units = column(|cell| whole(cell.units / Fixed::SCALE));
        let gross = column(|cell| whole(cell.gross / CENT));
        let discount = column(|cell| whole(cell.discount / CENT));
        let (orders, months) = self.orders.count(&self.cells);
        let (month, month_orders): (Vec<i32>, Vec<u32>) = months.into_iter().unzip();
        object([
            ("skus", skus.into()),
            ("day", days.into()),
            ("sku", sku_ids.into()),
            ("orders", Uint32Array::from(orders.as_slice()).into()),
            ("units", units.into()),
            ("gross", gross.into()),
            ("discount", discount.into()),
            ("month", Int32Array::from(month.as_slice()).into()),
            ("monthOrders", Uint32Array::from(month_orders.as_slice()).into()),
        ])
    }
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn whole(number: i64) -> f64 {
    number as f64
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

/// Days of moments in Los Angeles.
#[derive(Default)]
struct Days {
    /// Quarter of an hour and its offset.
    last: Option<(i64, i64)>,
}

impl Days {
    fn of(&mut self, moment: i64) -> i32 {
        let quarter = moment.div_euclid(900);
        let offset = match self.last {
            Some((last, offset)) if last == quarter => offset,
            _ => offset_at(moment, Los_Angeles),
        };
        self.last = Some((quarter, offset));
        Day::from_seconds(moment + offset).days_since_epoch()
    }
}

fn offset_at(moment: i64, zone: Tz) -> i64 {
    let utc = DateTime::from_timestamp(moment, 0).unwrap_or_default().naive_utc();
    i64::from(zone.offset_from_utc_datetime(&utc).fix().local_minus_utc())
}

/// Orders with their cells, in parts by hash: counting a part remembers little.
struct Orders {
    parts: Vec<Vec<(u64, u32)>>,
}

impl Default for Orders {
    fn default() -> Self {
        Self { parts: vec![Vec::new(); 256] }
    }
}

impl Orders {
    fn note(&mut self, order: u64, cell: u32) {
        let part = usize::try_from(order >> 56).unwrap_or(0);
        if let Some(lines) = self.parts.get_mut(part) {
            lines.push((order, cell));
        }
    }

    /// Hashes, cells and, for each part, where it ends in both.
    fn into_js(self) -> [JsValue; 3] {
        let mut end = 0;
        let ends: Vec<u32> = self
            .parts
            .iter()
            .map(|lines| {
                end += u32::try_from(lines.len()).unwrap_or(u32::MAX);
                end
            })
            .collect();
        let (hashes, cells): (Vec<u64>, Vec<u32>) = self.parts.into_iter().flatten().unzip();
        [
            BigUint64Array::from(hashes.as_slice()).into(),
            Uint32Array::from(cells.as_slice()).into(),
            Uint32Array::from(ends.as_slice()).into(),
        ]
    }

    /// Adds the lines of all parts of another one.
    fn extend(&mut self, mut lines: impl Iterator<Item = (u64, u32)>, ends: &[u32]) {
        let mut from = 0;
        for (own, end) in self.parts.iter_mut().zip(ends) {
            own.extend(lines.by_ref().take((end - from) as usize));
            from = *end;
        }
    }

    /// Distinct orders of each cell, and of each month (year × 12 + month - 1).
    fn count(self, cells: &[Cell]) -> (Vec<u32>, Vec<(i32, u32)>) {
        let months: Vec<i32> = cells.iter().map(|cell| month_of(cell.day)).collect();
        let mut of_cells = vec![0; cells.len()];
        let mut of_months = HashMap::new();
        let mut seen = Seen::default();
        for lines in self.parts {
            seen.count(&lines, &months, &mut of_cells, &mut of_months);
        }
        (of_cells, of_months.into_iter().collect())
    }
}

#[derive(Default)]
struct Seen {
    in_cells: HashSet<(u64, u32), FxBuildHasher>,
    in_months: HashSet<(u64, i32), FxBuildHasher>,
}

impl Seen {
    /// A call for each part: a browser runs only the first ones slowly.
    #[inline(never)]
    fn count(
        &mut self,
        lines: &[(u64, u32)],
        months: &[i32],
        of_cells: &mut [u32],
        of_months: &mut HashMap<i32, u32>,
    ) {
        self.in_cells.clear();
        self.in_months.clear();
        for (order, cell) in lines.iter().copied() {
            if !self.in_cells.insert((order, cell)) {
                continue;
            }
            if let Some(count) = of_cells.get_mut(cell as usize) {
                *count += 1;
            }
            let month = months.get(cell as usize).copied().unwrap_or(0);
            if self.in_months.insert((order, month)) {
                *of_months.entry(month).or_insert(0) += 1;
            }
        }
    }
}

fn month_of(day: i32) -> i32 {
    let date = DateTime::from_timestamp(i64::from(day) * Day::SECONDS, 0).unwrap_or_default();
    date.year() * 12 + i32::try_from(date.month0()).unwrap_or(0)
}
